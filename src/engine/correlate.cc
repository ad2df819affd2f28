// Takes what events gave one by one, gives the detections of rules over several events, and those of the other rules in
// the same order of time. Entries: Correlator. Refuses events that come too late: they are counted, and only judged
// alone.
#include "engine/correlate.h"

#include <algorithm>

#include "engine/correlator_state.h"
#include "engine/detection_event.h"

namespace sekisho::engine {
namespace {

constexpr uint32_t kDepth = 5;  // detections of detections of …: deeper ones are given but not read

int order_values(const Value& a, const Value& b) {
  if (a.type == Type::text && b.type == Type::text) return a.text.compare(b.text);
  if (a.type == Type::integer && b.type == Type::integer) return a.integer < b.integer ? -1 : a.integer > b.integer;
  return a.as_real() < b.as_real() ? -1 : a.as_real() > b.as_real();
}

bool comes_before(const Detection& a, const Detection& b) {
  if (a.rule != b.rule) return a.rule < b.rule;
  for (size_t k = 0; k < std::min(a.keys.size(), b.keys.size()); ++k)
    if (const int by = order_values(a.keys[k].second, b.keys[k].second); by != 0) return by < 0;
  return false;
}

std::optional<Timestamp> time_in(const event::Message* message, std::string_view field) {
  const event::Message* time = message ? message->get(field).as_message() : nullptr;
  if (time == nullptr) return std::nullopt;
  return Timestamp{time->get("seconds").as_int(), static_cast<int32_t>(time->get("nanos").as_int())};
}

void append_value(std::string& out, const Value& v) {
  if (v.type == Type::list) {
    for (const Value& item : v.list)
      if (item.type != Type::list) append_value(out, item);
    return;
  }
  append_key_value(v.type == Type::text      ? Datum::text(v.text)
                   : v.type == Type::integer ? Datum::integer(v.integer)
                   : v.type == Type::real    ? Datum::real(v.real)
                                             : Datum::boolean(v.boolean),
                   out);
}

}  // namespace

Correlator::State::State(const Engine& rules, CorrelatorOptions settings, std::function<void(Detection&&)> out)
    : engine(rules),
      plans(rules.plans()),
      options(std::move(settings)),
      sink(std::move(out)),
      queue(options.lateness_seconds),
      watch(plans, options.limits) {
  load_tables();
}

// A table's variable has its name; the selector may wake for the rows of others too.
void Correlator::State::load_tables() {
  event::JsonLine line(options.limits);
  for (const auto& [name, rows] : plans.tables) {
    for (const std::string& row : rows) {
      const auto read = line.parse(row, false);
      if (!read) continue;
      Matched matched;
      engine.match_row(*read, scratch, matched);
      std::erase_if(matched.rows, [&](const Matched::Row& r) {
        return plans.rules[plans.correlations[r.correlation].rule].variables[r.variable].name != name;
      });
      watch.add_record(matched.rows, INT64_MIN, INT64_MAX);
    }
  }
}

// ---- in

void Correlator::State::add(Matched& matched, size_t event, size_t rows, size_t detections) {
  const Matched::Event& from = matched.events[event];
  std::vector<Detection> given;
  for (size_t d = 0; d < from.detections; ++d) {
    given.push_back(std::move(matched.detections[detections + d]));
    // The event itself does not stay.
    for (auto& row : given.back().rows)
      for (Element& element : row) element.message = nullptr;
  }
  const int64_t time = nanoseconds(from.time);
  if (!from.timed) return give_apart(given);
  if (!queue.in_time(time)) {
    ++counts.late;
    return give_apart(given);
  }
  Pending pending{.time = time, .hash = from.hash, .ref = from.ref, .depth = from.depth, .rows = {}, .detections = {}};
  pending.rows.reserve(from.rows);
  for (size_t r = 0; r < from.rows; ++r) pending.rows.push_back(std::move(matched.rows[rows + r]));
  pending.detections = std::move(given);
  queue.push(std::move(pending));
  release(false);
  while (queue.bytes() > options.limits.pending_bytes && !queue.empty()) {
    ++counts.released_early;
    Pending early = queue.pop_early();
    pass(early.time, kBefore);
    arrive(std::move(early));
  }
}

void Correlator::State::release(bool all) {
  while (queue.ready(all)) {
    Pending next = queue.pop();
    pass(next.time, kBefore);
    arrive(std::move(next));
  }
  // What ends before the watermark ends before whatever may still come.
  if (all) pass(INT64_MAX, kAfter);
  else if (queue.watermark() > INT64_MIN) pass(queue.watermark(), kBefore);
}

void Correlator::State::arrive(Pending event) {
  std::vector<Detection> found = std::move(event.detections);
  watch.arrive(event.time, event.ref, event.depth, event.rows, found);
  keep_within_limits(event.time);
  if (!found.empty()) give(std::move(found));
}

void Correlator::State::keep_within_limits(int64_t now) {
  const size_t most = options.limits.state_bytes;
  if (suppressor.bytes() > most / 4) suppressor.forget(now);
  if (suppressor.bytes() > most / 4) {
    counts.evicted_groups += suppressor.ends().size();
    suppressor.clear();
  }
  watch.evict(most - std::min(most, suppressor.bytes()));
  watch.history().evict(options.limits.history_bytes);
}

void Correlator::State::pass(int64_t time, Phase phase) {
  for (auto due = watch.next_deadline(); due && *due <= Deadline{time, phase, 0}; due = watch.next_deadline()) {
    const Deadline moment = *due;
    std::vector<Detection> found;
    for (; due && due->time == moment.time && due->phase == moment.phase; due = watch.next_deadline())
      watch.pass_deadline(found);
    if (!found.empty()) give(std::move(found));
  }
}

// ---- out

void Correlator::State::give(std::vector<Detection> found) {
  std::ranges::stable_sort(found, comes_before);
  std::erase_if(found, [&](const Detection& d) {
    const bool left_out = !is_first(d);
    counts.suppressed += left_out;
    return left_out;
  });
  const bool composites = engine.reads(Variable::Kind::detection);
  for (Detection& d : found) {
    if (plans.rules[d.rule].silent) continue;
    if (composites) sink(Detection(d));
    else sink(std::move(d));
  }
  if (!composites) return;
  for (const Detection& d : found)
    if (d.depth < kDepth) feed(d);
}

void Correlator::State::give_apart(std::vector<Detection>& found) {
  for (Detection& d : found)
    if (!plans.rules[d.rule].silent) sink(std::move(d));
}

// Calls give() in turn, no deeper than kDepth.
void Correlator::State::feed(const Detection& detection) {
  Matched matched;
  engine.match(detection_event(plans.rules[detection.rule], detection), {}, {}, scratch, matched);
  for (Detection& d : matched.detections) {
    d.time = detection.time;
    d.depth = detection.depth + 1;
    d.events.assign(1, {0, detection.time, {}});
    for (auto& row : d.rows)
      for (Element& element : row) element.message = nullptr;
  }
  if (matched.rows.empty() && matched.detections.empty()) return;
  Pending event{.time = nanoseconds(detection.time),
                .hash = 0,
                .ref = {},
                .depth = detection.depth,
                .rows = std::move(matched.rows),
                .detections = std::move(matched.detections)};
  arrive(std::move(event));
}

bool Correlator::State::is_first(const Detection& d) {
  const Rule& rule = plans.rules[d.rule];
  if (rule.options.suppression_seconds <= 0) return true;
  std::string key;
  for (const auto& [name, value] : d.keys) append_value(key, value);
  if (!rule.match && rule.options.suppression_key && *rule.options.suppression_key < d.outcomes.size())
    append_value(key, d.outcomes[*rule.options.suppression_key].second);
  return suppressor.first(d.rule, key, nanoseconds(d.time), seconds_as_nanoseconds(rule.options.suppression_seconds));
}

// ---- Correlator

Correlator::Correlator(const Engine& engine, CorrelatorOptions options, std::function<void(Detection&&)> sink)
    : state_(std::make_unique<State>(engine, std::move(options), std::move(sink))) {}
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;
Correlator& Correlator::operator=(Correlator&&) noexcept = default;

void Correlator::context(const event::Event& entity) {
  if (!state_->engine.reads(Variable::Kind::graph)) return;
  Matched matched;
  state_->engine.match(entity, {}, {}, state_->scratch, matched);
  if (matched.rows.empty()) return;
  const event::Message* metadata = entity.root().get("metadata").as_message();
  const event::Message* interval = metadata ? metadata->get("interval").as_message() : nullptr;
  const auto from = time_in(interval, "start_time"), until = time_in(interval, "end_time");
  ++state_->counts.context_records;
  state_->watch.add_record(matched.rows, from ? nanoseconds(*from) : INT64_MIN,
                           until ? nanoseconds(*until) : INT64_MAX);
}

std::shared_ptr<const KnownKeys> Correlator::known() const { return state_->watch.known(); }

void Correlator::add(Matched&& matched) {
  state_->counts.untimed += matched.untimed;
  size_t rows = 0, detections = 0;
  for (size_t e = 0; e < matched.events.size(); ++e) {
    const size_t own_rows = matched.events[e].rows, own_detections = matched.events[e].detections;
    state_->add(matched, e, rows, detections);
    rows += own_rows;
    detections += own_detections;
  }
  matched.clear();
}

void Correlator::advance(Timestamp now) {
  state_->queue.advance(nanoseconds(now));
  state_->release(false);
}

void Correlator::finish() { state_->release(true); }

const CorrelatorStatistics& Correlator::statistics() const {
  State& s = *state_;
  s.shown = s.counts;
  const WatchStatistics& w = s.watch.statistics();
  s.shown.evicted_groups += w.evicted_groups;
  s.shown.evicted_rows = w.evicted_rows;
  s.shown.evicted_measures = s.watch.history().evicted();
  s.shown.cut_evaluations = w.cut_evaluations;
  s.shown.overlapping = w.overlapping;
  s.shown.groups = s.watch.groups();
  s.shown.rows = s.watch.rows();
  s.shown.pending = s.queue.size();
  s.shown.measured = s.watch.history().size();
  s.shown.state_bytes = s.watch.bytes() + s.watch.record_bytes() + s.suppressor.bytes() + s.watch.history().bytes();
  return s.shown;
}

}  // namespace sekisho::engine
