// Takes logs and an engine, gives what the events matched, merged by time. Entry: Stream::next. Reports what it cannot
// read and goes on. Bounded: a few blocks of each open log, at most kMostOpen logs at once.
#include "hunt/stream.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include "event/json_line.h"
#include "hunt/event_path.h"

namespace sekisho::hunt {
namespace {

constexpr size_t kMostOpen = 64;      // logs read side by side
constexpr size_t kMostProblems = 20;  // of one block that are named; all are counted

// One block on its way: read, then matched, then taken.
struct Chunk {
  Block block;
  engine::Matched matched;
  std::vector<KeptText> texts;
  std::vector<Problem> problems;
  uint64_t events = 0, bytes = 0, malformed = 0, too_long = 0, other = 0;
  engine::RunStatistics work;
  std::optional<Problem> broken;
  std::optional<Timestamp> latest;  // the time of its last event
  bool done = false;
};

struct Lane {
  Log log;
  std::optional<Reader> reader;
  bool plain = false;
  bool reading = false;  // some thread reads its next block
  bool ended = false;
  std::deque<std::unique_ptr<Chunk>> chunks;           // in order of the log
  size_t event = 0, row = 0, detection = 0, text = 0;  // where in the first chunk the merge is
};

struct Pending {
  Log log;
  std::optional<Timestamp> first;  // none: opened at once
};

void note(Chunk& chunk, Problem problem) {
  ++(problem.code == "hunt.limit.event" ? chunk.too_long : chunk.other);
  if (chunk.problems.size() < kMostProblems) chunk.problems.push_back(std::move(problem));
}

// An exception would end the whole run: this block alone is lost, and said to be.
template <class Step>
Result<bool> guarded(Step step) {
  try {
    return step();
  } catch (const std::exception& e) {
    return fail("hunt.block", std::string("part of the log was lost: ") + e.what());
  }
}

}  // namespace

struct Stream::State {
  State(const engine::Engine& engine_, StreamOptions options_) : engine(engine_), options(std::move(options_)) {}

  struct Tools {  // of one thread
    explicit Tools(const StreamOptions& options) : json(options.limits) { scratch.know(options.known); }
    event::JsonLine json;
    engine::Scratch scratch;
  };

  const engine::Engine& engine;
  const StreamOptions options;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopped = false;
  std::vector<std::unique_ptr<Lane>> lanes;  // open
  std::vector<std::unique_ptr<Chunk>> spare;
  std::vector<Pending> pending;     // by first time, the last one is next
  std::vector<Problem> failed;      // logs that could not be opened
  std::unique_ptr<Tools> own;       // of the caller's thread, when there is no other
  std::optional<Timestamp> latest;  // of the chunks taken
  std::vector<std::jthread> threads;

  // ---- reading and matching

  // The log that lacks blocks most; null if none does.
  Lane* hungry() {
    const size_t most = std::max<size_t>(2, 2 * options.threads / std::max<size_t>(1, lanes.size()) + 1);
    Lane* found = nullptr;
    for (const auto& lane : lanes)
      if (!lane->ended && !lane->reading && lane->chunks.size() < most &&
          (!found || lane->chunks.size() < found->chunks.size()))
        found = lane.get();
    return found;
  }

  // Reads the next block of a lane and matches it. The lock is held on entry and on return.
  void work(Lane& lane, Tools& tools, std::unique_lock<std::mutex>& lock) {
    lane.reading = true;
    std::unique_ptr<Chunk> made;
    if (!spare.empty()) {
      made = std::move(spare.back());
      spare.pop_back();
    }
    lock.unlock();
    if (!made) made = std::make_unique<Chunk>();
    Chunk& chunk = *made;
    const Log log = lane.log;
    const bool plain = lane.plain;
    const auto more = guarded([&] { return lane.reader->next(chunk.block); });
    if (!more) chunk.broken = Problem{log.source, 0, more.error().code, more.error().text};
    const bool gives = !more || *more;
    lock.lock();
    lane.reading = false;
    lane.ended = !more || !*more;
    if (gives) lane.chunks.push_back(std::move(made));
    else spare.push_back(std::move(made));
    changed.notify_all();
    if (!gives) return;
    lock.unlock();
    // The chunk stays where it is until it is done.
    if (more) {
      const auto matched = guarded([&]() -> Result<bool> { return match(chunk, log, plain, tools), true; });
      if (!matched) chunk.broken = Problem{log.source, 0, matched.error().code, matched.error().text};
    }
    lock.lock();
    chunk.done = true;
    changed.notify_all();
  }

  void match(Chunk& chunk, const Log& log, bool plain, Tools& tools) const {
    for (Problem& p : chunk.block.problems) note(chunk, std::move(p));
    for (const Record& record : chunk.block.records) {
      const std::string_view text = chunk.block.text(record);
      chunk.bytes += text.size() + 1;
      const auto bad = [&](std::string code, std::string why) {
        ++chunk.malformed;
        if (chunk.problems.size() < kMostProblems)
          chunk.problems.push_back({log.source, record.line, std::move(code), std::move(why)});
      };
      const auto value = tools.json.parse(text, true);
      if (!value) {
        bad(value.error().code, value.error().text);
        continue;
      }
      if (value->type() != event::JsonValue::Type::object) {
        bad("event.json", "not a JSON object");
        continue;
      }
      ++chunk.events;
      if (&record == &chunk.block.records.back()) chunk.latest = time_of(unwrapped(*value), time_fields());
      const size_t before = chunk.matched.events.size();
      const engine::EventRef ref{log.source, record.length, record.line, record.offset};
      engine.match(*value, options.reading, text, ref, tools.scratch, chunk.matched);
      const engine::RunStatistics& s = tools.scratch.statistics();
      chunk.work.rules_tried += s.rules_tried;
      chunk.work.patterns_run += s.patterns_run;
      chunk.work.rules_cut += s.rules_cut;
      chunk.work.tests += s.tests;
      if (!plain && chunk.matched.events.size() > before) chunk.texts.push_back({ref, std::string(text)});
    }
  }

  void thread(std::stop_token) {
    Tools tools(options);
    std::unique_lock lock(mutex);
    for (;;) {
      Lane* lane = nullptr;
      changed.wait(lock, [&] { return stopped || (lane = hungry()) != nullptr; });
      if (stopped) return;
      work(*lane, tools, lock);
    }
  }

  // The first chunk of a lane, done; null at the lane's end.
  Chunk* front(Lane& lane, std::unique_lock<std::mutex>& lock) {
    for (;;) {
      if (!lane.chunks.empty() && lane.chunks.front()->done) return lane.chunks.front().get();
      if (lane.chunks.empty() && lane.ended && !lane.reading) return nullptr;
      if (own) work(lane, *own, lock);
      else changed.wait(lock);
    }
  }

  // ---- opening

  const std::vector<std::string>& time_fields() const {
    static const std::vector<std::string> kUdm = {"metadata.event_timestamp"};
    return options.reading == engine::Reading::udm ? kUdm : options.time_fields;
  }

  // When a log begins: the first readable time near its beginning.
  std::optional<Timestamp> first_time(const Log& log) const {
    auto input = Input::open(log.path);
    if (!input) return std::nullopt;
    const std::vector<std::string>& fields = time_fields();
    Reader reader(std::move(*input), 0, options.limits, 64u << 10);
    event::JsonLine json(options.limits);
    Block block;
    const auto more = reader.next(block);
    if (!more || !*more) return std::nullopt;
    constexpr size_t kMostLooked = 50;
    for (size_t i = 0; i < block.records.size() && i < kMostLooked; ++i)
      if (const auto value = json.parse(block.text(block.records[i]), true); value)
        if (const auto time = time_of(unwrapped(*value), fields)) return time;
    return std::nullopt;
  }

  void plan(std::vector<Log> logs) {
    for (Log& log : logs) {
      const bool pipe = log.path == "-" || log.path.starts_with("/dev/") || log.path.starts_with("/proc/");
      std::optional<Timestamp> first;
      if (logs.size() > 1 && !pipe) first = first_time(log);
      pending.push_back({std::move(log), first});
    }
    const auto key = [](const Pending& p) { return p.first.value_or(Timestamp{INT64_MIN, 0}); };
    std::stable_sort(pending.begin(), pending.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::reverse(pending.begin(), pending.end());
  }

  void open(const Pending& p) {
    auto input = Input::open(p.log.path);
    if (!input) {
      failed.push_back({p.log.source, 0, input.error().code, input.error().text});
      return;
    }
    auto lane = std::make_unique<Lane>();
    lane->log = p.log;
    lane->plain = input->plain();
    lane->reader.emplace(std::move(*input), p.log.source, options.limits);
    lanes.push_back(std::move(lane));
    changed.notify_all();
  }

  // ---- merging

  static Timestamp head(const Lane& lane) {
    const engine::Matched::Event& e = lane.chunks.front()->matched.events[lane.event];
    return e.timed ? e.time : Timestamp{INT64_MIN, 0};
  }

  void take_figures(Chunk& chunk, Piece& out) {
    out.events += std::exchange(chunk.events, 0);
    out.bytes += std::exchange(chunk.bytes, 0);
    out.malformed += std::exchange(chunk.malformed, 0);
    out.too_long += std::exchange(chunk.too_long, 0);
    out.other += std::exchange(chunk.other, 0);
    const engine::RunStatistics s = std::exchange(chunk.work, {});
    out.work.rules_tried += s.rules_tried;
    out.work.patterns_run += s.patterns_run;
    out.work.rules_cut += s.rules_cut;
    out.work.tests += s.tests;
    out.matched.untimed += std::exchange(chunk.matched.untimed, 0);
    out.problems.insert(out.problems.end(), std::make_move_iterator(chunk.problems.begin()),
                        std::make_move_iterator(chunk.problems.end()));
    chunk.problems.clear();
    if (const auto at = std::exchange(chunk.latest, std::nullopt); at && (!latest || *latest < *at)) latest = at;
    if (chunk.broken) out.broken = std::exchange(chunk.broken, std::nullopt);
  }

  void drop_front(Lane& lane) {
    std::unique_ptr<Chunk> chunk = std::move(lane.chunks.front());
    lane.chunks.pop_front();
    lane.event = lane.row = lane.detection = lane.text = 0;
    chunk->matched.clear();
    chunk->texts.clear();
    chunk->done = false;
    constexpr size_t kMostSpare = 2 * kMostOpen;
    if (spare.size() < kMostSpare) spare.push_back(std::move(chunk));
    changed.notify_all();
  }

  // Moves events of the lane's first chunk to `out`, as long as they are not after `bound`.
  static void take(Lane& lane, const std::optional<Timestamp>& bound, Piece& out) {
    Chunk& chunk = *lane.chunks.front();
    engine::Matched& from = chunk.matched;
    if (!bound && lane.event == 0) {
      const uint64_t untimed = out.matched.untimed;
      std::swap(out.matched, from);
      out.matched.untimed += untimed;
      from.clear();
      out.texts = std::move(chunk.texts);
      return;
    }
    do {
      const engine::Matched::Event& e = from.events[lane.event++];
      for (uint32_t i = 0; i < e.rows; ++i) out.matched.rows.push_back(std::move(from.rows[lane.row++]));
      for (uint32_t i = 0; i < e.detections; ++i)
        out.matched.detections.push_back(std::move(from.detections[lane.detection++]));
      for (; lane.text < chunk.texts.size() && chunk.texts[lane.text].ref == e.ref; ++lane.text)
        out.texts.push_back(std::move(chunk.texts[lane.text]));
      out.matched.events.push_back(e);
    } while (lane.event < from.events.size() && (!bound || head(lane) <= *bound));
  }
};

Stream::Stream(const engine::Engine& engine, std::vector<Log> logs, StreamOptions options)
    : state_(std::make_unique<State>(engine, std::move(options))) {
  State& s = *state_;
  s.plan(std::move(logs));
  for (unsigned i = 0; s.options.threads > 1 && i < s.options.threads; ++i) {
    try {
      s.threads.emplace_back([&s](std::stop_token stop) { s.thread(stop); });
    } catch (const std::system_error&) {
      break;  // fewer, then; none: the caller's thread does it all
    }
  }
  if (s.threads.empty()) s.own = std::make_unique<State::Tools>(s.options);
}

Stream::~Stream() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopped = true;
  }
  state_->changed.notify_all();
  state_->threads.clear();  // joins
}

std::optional<Timestamp> Stream::latest() const { return state_->latest; }

bool Stream::next(Piece& out) {
  State& s = *state_;
  out = {};
  std::unique_lock lock(s.mutex);
  for (;;) {
    // Every open log shows its next event, or goes.
    for (size_t i = 0; i < s.lanes.size();) {
      Lane& lane = *s.lanes[i];
      Chunk* chunk = s.front(lane, lock);
      if (!chunk) {
        s.lanes.erase(s.lanes.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      s.take_figures(*chunk, out);
      if (lane.event < chunk->matched.events.size()) ++i;
      else s.drop_front(lane);
      if (!out.problems.empty() || out.broken) return true;
    }
    Lane* first = nullptr;
    for (const auto& lane : s.lanes)
      if (!first || State::head(*lane) < State::head(*first)) first = lane.get();
    // The next log is opened when the merge has come to it.
    if (!s.pending.empty() && s.lanes.size() < kMostOpen &&
        (!first || !s.pending.back().first || *s.pending.back().first <= State::head(*first))) {
      s.open(s.pending.back());
      s.pending.pop_back();
      if (!s.failed.empty()) {
        out.broken = std::move(s.failed.back());
        s.failed.pop_back();
        return true;
      }
      continue;
    }
    if (!first) return out.events > 0 || out.bytes > 0;
    std::optional<Timestamp> bound;
    const auto limit = [&](Timestamp t) { bound = bound ? std::min(*bound, t) : t; };
    for (const auto& lane : s.lanes)
      if (lane.get() != first) limit(State::head(*lane));
    if (!s.pending.empty() && s.pending.back().first) limit(*s.pending.back().first);
    State::take(*first, bound, out);
    if (first->event >= first->chunks.front()->matched.events.size()) s.drop_front(*first);
    return true;
  }
}

}  // namespace sekisho::hunt
