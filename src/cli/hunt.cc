// sekisho hunt: takes rules and event logs, gives detections as lines of JSON; figures on standard error. Refuses to
// start with bad rules (unless told to skip them), and goes on past bad lines, which it counts.
#include <fmt/format.h>

#include <chrono>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "engine/engine.h"
#include "hunt/context.h"
#include "hunt/rules.h"
#include "hunt/run.h"

namespace sekisho::cli {
namespace {

struct Prepared {
  hunt::RuleSet rules;
  engine::ReferenceLists lists;
  hunt::LogSources sources;
  size_t bad_rules = 0;   // errors in rules that were skipped
  size_t unreadable = 0;  // rules for other events
};

void report(const HuntOptions& options, const std::vector<Error>& errors, const std::vector<TextFile>& files,
            std::string_view kind = "error") {
  options.json ? print_errors_json(errors, files, kind) : print_errors(errors, files, kind);
}

// False, with the errors printed, if there is nothing to start with.
bool prepare(const HuntOptions& options, const scan::Settings& settings, const std::optional<engine::LogSource>& raw,
             Prepared& out) {
  std::vector<TextFile> files;
  std::vector<Error> errors;
  out.lists = read_lists(settings, options.lists, files, errors);
  out.sources = read_log_sources(settings, errors);
  report(options, errors, files);
  if (!errors.empty()) return false;

  hunt::RuleSet& set = out.rules;
  set = hunt::load_rules(options.rules, out.lists, settings.limits);
  const size_t found = set.rules.size();
  out.unreadable = hunt::keep_readable(set.rules, raw);
  hunt::check_rules(set, out.lists);
  report(options, set.errors, set.files, options.skip_bad_rules ? "skipped" : "error");
  out.bad_rules = set.errors.size();
  if (!set.errors.empty() && !options.skip_bad_rules) {
    complain("", fmt::format("{} errors in the rules; --skip-bad-rules goes on without those that have one",
                             set.errors.size()));
    return false;
  }
  if (set.rules.empty()) {
    std::string text = "no rule can read these events";
    if (found > 0 && !raw) text += fmt::format(": {} rules are for raw events, which --logsource PRODUCT names", found);
    else if (found > 0) text += fmt::format(": of {} rules none is for {}", found, options.logsource);
    if (raw)
      if (const std::string hint = out.sources.hint(*raw); !hint.empty()) text += "; " + hint;
    complain("", text);
    return false;
  }
  return true;
}

bool read_exceptions(const HuntOptions& options, std::span<const engine::Rule> rules, hunt::Exceptions& out) {
  std::vector<Error> errors;
  std::vector<TextFile> files;
  for (const std::string& path : options.exceptions) {
    auto some = text_files(path, {".toml"});
    if (!some) {
      errors.push_back(some.error());
      continue;
    }
    for (TextFile& f : *some) {
      out.read(f.text, f.name, errors);
      files.push_back(std::move(f));
    }
  }
  report(options, errors, files);
  report(options, out.unfit(rules), files, "warning");
  return errors.empty();
}

// The figures, one a line: "name  value unit".
struct Figure {
  std::string_view key, english, japanese;
  uint64_t value;
  bool always = true;  // else only when it is not 0
};

std::vector<Figure> figures_of(const Prepared& prepared, const hunt::HuntStatistics& s) {
  const auto& c = s.correlation;
  return {
      {"rules", "rules", "ルール", prepared.rules.rules.size()},
      {"rules_left_out", "rules for other events", "対象外のルール", prepared.unreadable, false},
      {"rule_errors", "errors in rules that were skipped", "飛ばしたルールの誤り", prepared.bad_rules, false},
      {"events", "events", "イベント", s.events},
      {"bytes", "bytes", "バイト", s.bytes},
      {"malformed", "malformed events, skipped", "壊れたイベント（無視）", s.malformed, false},
      {"too_long", "events over the size limit, skipped", "大きすぎるイベント（無視）", s.too_long, false},
      {"other_problems", "other damage in logs", "ログのその他の損傷", s.other, false},
      {"broken_logs", "logs that could not be read in full", "最後まで読めなかったログ", s.broken_logs, false},
      {"detections", "detections", "検知", s.detections},
      {"excepted", "detections kept back by exceptions", "例外により抑止した検知", s.excepted, false},
      {"over_budget", "detections over the alert budget", "アラート上限を超えた検知", s.over_budget, false},
      {"suppressed", "detections within a suppression window", "抑止期間内の検知", c.suppressed, false},
      {"late", "events too late for correlation (raise --lateness)",
       "相関に間に合わなかったイベント（--lateness を大きく）", c.late, false},
      {"untimed", "events without a time, not correlated", "時刻がなく相関しなかったイベント", c.untimed, false},
      {"evicted_groups", "groups dropped for memory", "メモリ上限で捨てたグループ", c.evicted_groups, false},
      {"evicted_rows", "rows dropped for memory", "メモリ上限で捨てた行", c.evicted_rows, false},
      {"evicted_measures", "keys whose metrics were dropped for memory", "メモリ上限で捨てた計測", c.evicted_measures,
       false},
      {"released_early", "events released early for memory", "メモリ上限で早めに処理したイベント", c.released_early,
       false},
      {"cut_evaluations", "evaluations cut at the row limit", "行の上限で打ち切った評価", c.cut_evaluations, false},
      {"rules_cut", "single events cut at the row limit", "行の上限で打ち切ったイベント", s.work.rules_cut, false},
      {"dropped_state", "rules whose saved state no longer fits", "保存した状態が合わなくなったルール", s.dropped_state,
       false},
      {"groups", "groups held at the end", "終了時のグループ", c.groups, false},
      {"measured", "keys with metrics at the end", "終了時に計測しているキー", c.measured, false},
      {"state_bytes", "bytes of state held at the end", "終了時の状態のバイト数", c.state_bytes, false},
      {"context_records", "entity records", "エンティティ情報", c.context_records, false},
      {"predicates", "predicates evaluated", "評価した述語", s.work.tests},
      {"rules_tried", "rules reached", "到達したルール", s.work.rules_tried},
  };
}

void print_statistics(const HuntOptions& options, const std::vector<Figure>& figures, uint64_t events, double seconds) {
  const uint64_t rate = seconds > 0 ? static_cast<uint64_t>(static_cast<double>(events) / seconds) : 0;
  if (options.json) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.member("kind", "statistics");
    for (const Figure& f : figures) json.member(f.key, f.value);
    json.member("seconds", seconds);
    json.member("events_per_second", rate);
    json.end_object();
    std::fputs((out + "\n").c_str(), stderr);
    return;
  }
  const bool ja = options.language == scan::Language::ja;
  for (const Figure& f : figures)
    if (f.always || f.value > 0)
      std::fputs(fmt::format("{:>14}  {}\n", f.value, ja ? f.japanese : f.english).c_str(), stderr);
  std::fputs(fmt::format("{:>14.2f}  {}\n{:>14}  {}\n", seconds, ja ? "秒" : "seconds", rate,
                         ja ? "イベント/秒" : "events a second")
                 .c_str(),
             stderr);
}

// What a person has to know even without --stats: what was not looked at.
void print_left_out(const HuntOptions& options, const std::vector<Figure>& figures) {
  std::string text;
  for (const Figure& f : figures)
    for (const std::string_view key :
         {"malformed", "too_long", "other_problems", "broken_logs", "late", "untimed", "evicted_groups", "evicted_rows",
          "evicted_measures", "released_early", "cut_evaluations"})
      if (f.key == key && f.value > 0)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", f.value,
                            options.language == scan::Language::ja ? f.japanese : f.english);
  if (!text.empty()) complain("", text);
}

hunt::Format format_of(const std::string& name) {
  return name == "ecs" ? hunt::Format::ecs : name == "ocsf" ? hunt::Format::ocsf : hunt::Format::ndjson;
}

}  // namespace

int hunt_command(const HuntOptions& options, const Clock& clock) {
  scan::Settings settings;
  if (!read_settings(options, settings)) return 2;
  int64_t lateness = settings.hunt_lateness;
  if (!options.lateness.empty()) {
    const auto given = parse_time_span(options.lateness);
    if (!given)
      return complain("", "--lateness: \"" + options.lateness + "\" is no time span; write 30s, 5m, 1h or 2d"), 2;
    lateness = *given;
  }
  std::optional<engine::LogSource> raw;
  if (!options.logsource.empty()) raw = hunt::parse_log_source(options.logsource);
  Prepared prepared;
  if (!prepare(options, settings, raw, prepared)) return 2;

  engine::EngineOptions engine_options{settings.limits, &clock, {}};
  if (raw) engine_options.time_fields = prepared.sources.time_fields(*raw);
  auto engine = engine::Engine::build(prepared.rules.rules, prepared.lists, engine_options);
  if (!engine) return report(options, {engine.error()}, prepared.rules.files), 2;

  bool input_error = false;
  std::vector<Error> unreadable;
  hunt::HuntOptions hunt_options;
  hunt_options.logs = hunt::log_files(options.logs, unreadable);
  for (const Error& e : unreadable) {
    complain(e.source, e.text + (e.hint.empty() ? "" : "; " + e.hint));
    input_error = true;
  }
  hunt_options.stream = {raw ? engine::Reading::raw : engine::Reading::udm, engine_options.time_fields,
                         thread_count(options.threads), settings.limits};
  hunt_options.lateness_seconds = lateness;
  hunt_options.budget = static_cast<uint64_t>(options.budget >= 0 ? options.budget : settings.alert_budget);
  hunt_options.format = format_of(options.format);
  hunt_options.state = options.state;
  hunt::HuntSinks sinks;
  sinks.write = [](std::string_view line) { put(line); };
  sinks.problem = [](const std::string& name, const hunt::Problem& p) {
    complain(p.line > 0 ? name + ":" + std::to_string(p.line) : name, p.text);
  };
  sinks.expired = [](const hunt::Exception& e) {
    complain(e.source, fmt::format("the exception for {} has ended ({}): {}", e.rule, e.until_text, e.reason));
  };
  sinks.stop = [] { return output_failed(); };
  hunt::Hunt hunt(*engine, std::move(hunt_options), std::move(sinks), clock);
  if (!read_exceptions(options, engine->rules(), hunt.exceptions())) return 2;
  for (const std::string& path : options.context) {
    std::vector<TextFile> files;
    std::vector<Error> errors;
    hunt::read_context(path, settings.limits, [&](event::Event&& e) { hunt.context(e); }, files, errors);
    report(options, errors, files);
    if (!errors.empty()) return 2;
  }

  const auto start = std::chrono::steady_clock::now();
  const auto statistics = hunt.run();
  if (!statistics) return report(options, {statistics.error()}, {}), 2;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const std::vector<Figure> figures = figures_of(prepared, *statistics);
  if (options.stats) {
    print_statistics(options, figures, statistics->events, took.count());
    for (const hunt::Exception& e : hunt.exceptions().all())
      if (e.covered > 0 || e.expired > 0)
        complain(e.source, fmt::format("the exception for {} ({}) kept back {}, and {} more after its end", e.rule,
                                       e.reason, e.covered, e.expired));
  } else {
    print_left_out(options, figures);
  }
  if (input_error || statistics->broken_logs > 0) return 2;
  return statistics->detections > 0 || statistics->over_budget > 0 ? 1 : 0;
}

}  // namespace sekisho::cli
