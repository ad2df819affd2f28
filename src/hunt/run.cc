// Takes logs, an engine and what is to be held back; gives lines of JSON and figures. Entry: Hunt::run. Refuses a state
// file that is not whole; goes on past everything that is wrong with logs.
#include "hunt/run.h"

#include <deque>
#include <filesystem>

#include "event/json_line.h"
#include "hunt/budget.h"
#include "hunt/state_file.h"

namespace sekisho::hunt {
namespace {

// Texts of events that cannot be read again, the newest of them: what a detection shows of a compressed log.
class KeptTexts {
 public:
  void add(KeptText&& kept) {
    held_ += kept.text.size();
    const std::pair key{kept.ref.source, kept.ref.offset};
    if (texts_.emplace(key, std::move(kept.text)).second) order_.push_back(key);
    while (held_ > kMost && !order_.empty()) {
      const auto it = texts_.find(order_.front());
      held_ -= it->second.size();
      texts_.erase(it);
      order_.pop_front();
    }
  }
  std::string find(const engine::EventRef& ref) const {
    const auto it = texts_.find({ref.source, ref.offset});
    return it == texts_.end() ? std::string() : it->second;
  }

 private:
  static constexpr size_t kMost = 64u << 20;
  std::map<std::pair<uint32_t, uint64_t>, std::string> texts_;
  std::deque<std::pair<uint32_t, uint64_t>> order_;
  size_t held_ = 0;
};

}  // namespace

struct Hunt::State {
  State(const engine::Engine& engine_, HuntOptions options_, HuntSinks sinks_, const Clock& clock_)
      : engine(engine_),
        options(std::move(options_)),
        sinks(std::move(sinks_)),
        clock(clock_),
        correlator(engine, {options.stream.limits, options.lateness_seconds},
                   [this](engine::Detection&& d) { found(std::move(d)); }),
        budget(options.budget, [this](const BudgetReport& r) { report(r); }) {
    for (const engine::Rule& rule : engine.rules()) infos.push_back(rule_info(rule));
  }

  const engine::Engine& engine;
  const HuntOptions options;
  const HuntSinks sinks;
  const Clock& clock;
  engine::Correlator correlator;
  Budget budget;
  Exceptions exceptions;
  std::vector<RuleInfo> infos;
  std::vector<std::string> sources;  // names of logs, by number
  size_t first_own = 0;              // those before it are of earlier runs
  KeptTexts kept;
  event::JsonLine json;
  HuntStatistics statistics;
  std::vector<uint8_t> told;  // exceptions that were said to have ended
  uint64_t problems = 0;
  std::string line;

  std::string text_of(const engine::EventRef& ref) {
    if (ref.source < first_own || ref.source >= sources.size() || ref.length == 0) return {};
    if (std::string text = kept.find(ref); !text.empty()) return text;
    std::string text = read_again(sources[ref.source], ref.offset, ref.length);
    // A log that changed meanwhile may hold anything there.
    if (!text.empty() && !json.parse(text, false)) text.clear();
    return text;
  }

  void found(engine::Detection&& d) {
    const engine::Rule& rule = engine.rules()[d.rule];
    Finding finding{&rule, &infos[d.rule], &d, {}};
    for (const engine::DetectionEvent& e : d.events) {
      const std::string_view variable =
          e.variable < rule.variables.size() ? std::string_view(rule.variables[e.variable].name) : std::string_view();
      const std::string_view source =
          e.ref.source < sources.size() ? std::string_view(sources[e.ref.source]) : std::string_view();
      finding.events.push_back({variable, e.time, source, e.ref, text_of(e.ref)});
    }
    if (exceptions.covers(finding, clock.now())) {
      ++statistics.excepted;
      return;
    }
    tell_expired();
    const std::string& name = rule.name;
    if (!budget.spend(name, d.time == Timestamp{} ? clock.now().seconds : d.time.seconds)) {
      ++statistics.over_budget;
      return;
    }
    ++statistics.detections;
    line.clear();
    write_finding(options.format, finding, line);
    line += '\n';
    sinks.write(line);
  }

  void tell_expired() {
    const auto& all = exceptions.all();
    told.resize(all.size());
    for (size_t i = 0; i < all.size(); ++i)
      if (all[i].expired > 0 && !told[i]) {
        told[i] = 1;
        sinks.expired(all[i]);
      }
  }

  void report(const BudgetReport& r) {
    line.clear();
    write_budget(options.format, r, line);
    line += '\n';
    sinks.write(line);
  }

  void tell(const Problem& problem) {
    constexpr uint64_t kMostNamed = 20;
    if (problem.line > 0 && ++problems > kMostNamed) return;
    sinks.problem(problem.source < sources.size() ? sources[problem.source] : std::string(), problem);
  }

  Result<void> restore() {
    std::error_code code;
    if (options.state.empty() || !std::filesystem::exists(options.state, code)) return {};
    TRY_ASSIGN(file, read_state(options.state));
    TRY_ASSIGN(dropped, correlator.restore(file.correlator));
    statistics.dropped_state = dropped;
    sources = std::move(file.sources);
    for (BudgetReport& b : file.budgets) budget.restore(std::move(b));
    return {};
  }

  Result<void> finish() {
    if (options.state.empty()) {
      correlator.finish();
      budget.finish();
      return {};
    }
    StateFile file{sources, {}, correlator.save()};
    for (const auto& [rule, open] : budget.open()) file.budgets.push_back(open);
    return write_state(options.state, file);
  }

  Result<HuntStatistics> run() {
    TRY(restore());
    first_own = sources.size();
    std::vector<Log> logs;
    for (const std::string& path : options.logs) {
      logs.push_back({path, static_cast<uint32_t>(sources.size())});
      sources.push_back(path);
    }
    StreamOptions how = options.stream;
    how.known = correlator.known();
    Stream stream(engine, std::move(logs), std::move(how));
    for (Piece piece; !sinks.stop() && stream.next(piece);) {
      statistics.events += piece.events;
      statistics.bytes += piece.bytes;
      statistics.malformed += piece.malformed;
      statistics.too_long += piece.too_long;
      statistics.other += piece.other;
      statistics.work.rules_tried += piece.work.rules_tried;
      statistics.work.patterns_run += piece.work.patterns_run;
      statistics.work.rules_cut += piece.work.rules_cut;
      statistics.work.tests += piece.work.tests;
      for (const Problem& p : piece.problems) tell(p);
      if (piece.broken) {
        ++statistics.broken_logs;
        tell(*piece.broken);
      }
      for (KeptText& text : piece.texts) kept.add(std::move(text));
      correlator.add(std::move(piece.matched));
    }
    // A run that is to be continued: what no event of these logs can change any more is told now, not in the next run
    // in which something happens.
    if (const auto latest = stream.latest(); latest && !options.state.empty())
      correlator.advance({latest->seconds - options.lateness_seconds, latest->nanos});
    TRY(finish());
    statistics.correlation = correlator.statistics();
    return statistics;
  }
};

Hunt::Hunt(const engine::Engine& engine, HuntOptions options, HuntSinks sinks, const Clock& clock)
    : state_(std::make_unique<State>(engine, std::move(options), std::move(sinks), clock)) {}
Hunt::~Hunt() = default;
Exceptions& Hunt::exceptions() { return state_->exceptions; }
void Hunt::context(const event::Event& entity) { state_->correlator.context(entity); }
Result<HuntStatistics> Hunt::run() { return state_->run(); }

}  // namespace sekisho::hunt
