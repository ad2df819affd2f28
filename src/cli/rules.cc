// sekisho rules check | test: takes rule files and folders, YARA-L and Sigma. check compiles them and prints every
// error with carets; test runs the cases that stand beside them.
#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/json.h"
#include "base/strings.h"
#include "cli/rule_set.h"
#include "engine/correlate.h"
#include "event/json_line.h"
#include "scan/rule_tests.h"

namespace sekisho::cli {
namespace {

using hunt::RuleSet;

void report(const RulesOptions& options, const std::vector<Error>& errors, const std::vector<TextFile>& files,
            std::string_view kind = "error") {
  options.json ? print_errors_json(errors, files, kind) : print_errors(errors, files, kind);
}

// The closing line: "3 files, 12 rules ready", or an object with the keys.
struct Number {
  std::string_view key, words;
  size_t value;
};
void print_numbers(const RulesOptions& options, std::initializer_list<Number> numbers) {
  std::string out;
  if (options.json) {
    JsonWriter json(out);
    json.begin_object();
    for (const Number& n : numbers) json.member(n.key, uint64_t{n.value});
    json.end_object();
  } else {
    for (const Number& n : numbers) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n.value, n.words);
  }
  put(out + "\n");
}

// The tests/*.toml below a folder.
std::vector<std::string> test_files(const std::string& folder, std::vector<Error>& errors) {
  const auto is_test = [](const std::filesystem::path& path) {
    return path.extension() == ".toml" && path.parent_path().filename() == "tests";
  };
  return files_below(folder, is_test, errors);
}

// A test finds its rule by name, id or title.
std::vector<uint32_t> rules_called(const std::vector<engine::Rule>& rules, std::string_view name) {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < rules.size(); ++i)
    if (rules[i].name == name || rules[i].meta_value("id") == name || rules[i].meta_value("title") == name)
      out.push_back(i);
  return out;
}

bool reads_raw(const engine::Rule& rule) {
  return std::any_of(rule.variables.begin(), rule.variables.end(),
                     [](const engine::Variable& v) { return v.kind == engine::Variable::Kind::raw; });
}

// How often the rules of a test fire on its events. An event that is not JSON is an error.
Result<int64_t> run_test(const engine::Engine& engine, const scan::RuleTest& test, const std::vector<uint32_t>& rules,
                         engine::Scratch& scratch) {
  int64_t fired = 0;
  constexpr int64_t kAnyOrder = 3650 * int64_t{86'400};  // the order in which a test lists its events does not matter
  engine::Correlator correlator(engine, {{}, kAnyOrder}, [&](engine::Detection&& d) {
    fired += std::find(rules.begin(), rules.end(), d.rule) != rules.end();
  });
  for (const event::Event& e : test.context) correlator.context(e);
  engine::Matched matched;
  event::JsonLine json;
  uint32_t line = 0;
  for (const scan::RuleTest::Step& step : test.events) {
    const engine::EventRef ref{0, 0, ++line, line};
    const std::string bytes = step.json + "#" + std::to_string(line);  // equal events are two events
    if (step.event) {
      engine.match(*step.event, bytes, ref, scratch, matched);
      continue;
    }
    const auto value = json.parse(step.json, false);
    if (!value) return std::unexpected(value.error());
    const bool raw = std::any_of(rules.begin(), rules.end(), [&](uint32_t r) { return reads_raw(engine.rules()[r]); });
    engine.match(*value, raw ? engine::Reading::raw : engine::Reading::udm, bytes, ref, scratch, matched);
  }
  correlator.add(std::move(matched));
  correlator.finish();
  return fired;
}

void read_tests(const RulesOptions& options, RuleSet& set, std::vector<scan::RuleTest>& out) {
  for (const std::string& path : options.paths) {
    std::error_code code;
    std::string folder = path;
    if (!std::filesystem::is_directory(path, code)) folder = std::filesystem::path(path).parent_path().string();
    for (const std::string& file : test_files(folder.empty() ? "." : folder, set.errors)) {
      auto text = read_file(file, 16u << 20);
      if (!text) {
        set.errors.push_back(text.error());
        continue;
      }
      for (scan::RuleTest& t : scan::read_rule_tests(*text, file, set.errors)) out.push_back(std::move(t));
      set.files.push_back({file, std::move(*text), {}});
    }
  }
}

}  // namespace

int rules_check_command(const RulesOptions& options) {
  LoadedRules loaded;
  if (!load_rules(options, loaded)) return 2;
  RuleSet& set = loaded.set;
  hunt::check_rules(set, loaded.lists);
  report(options, set.errors, set.files);
  report(options, set.warnings, set.files, "warning");
  print_numbers(options, {{"files", "files", set.files.size()},
                          {"rules", "rules ready", set.rules.size()},
                          {"errors", "errors", set.errors.size()},
                          {"warnings", "warnings", set.warnings.size()}});
  return set.errors.empty() ? 0 : 2;
}

int rules_test_command(const RulesOptions& options, const Clock& clock) {
  LoadedRules loaded;
  if (!load_rules(options, loaded)) return 2;
  RuleSet& set = loaded.set;
  std::vector<scan::RuleTest> tests;
  const auto broken = [&] {
    report(options, set.errors, set.files);
    if (options.json)
      print_numbers(options, {{"rules", "", set.rules.size()},
                              {"tests", "", tests.size()},
                              {"errors", "", set.errors.size()},
                              {"failures", "", 0}});
    return 2;
  };
  if (set.errors.empty()) read_tests(options, set, tests);
  if (!set.errors.empty()) return broken();
  auto engine = engine::Engine::build(set.rules, loaded.lists, engine_options(loaded, clock));
  if (!engine) {
    set.errors.push_back(engine.error());
    return broken();
  }

  engine::Scratch scratch;
  std::set<uint32_t> fired_somewhere, silent_somewhere;
  std::vector<Error> failures;
  for (const scan::RuleTest& t : tests) {
    const auto fail_test = [&](std::string text, std::string hint) {
      failures.push_back({"rules.test", std::move(text), t.file, t.span, std::move(hint), {}});
    };
    const std::vector<uint32_t> rules = rules_called(set.rules, t.rule);
    if (rules.empty()) {
      fail_test("no rule \"" + t.rule + "\"", {});
      continue;
    }
    const auto fired = run_test(*engine, t, rules, scratch);
    if (!fired) {
      fail_test("an event is not JSON: " + fired.error().text, {});
      continue;
    }
    (t.fires ? fired_somewhere : silent_somewhere).insert(rules.begin(), rules.end());
    if ((*fired > 0) != t.fires)
      fail_test(t.rule + (t.fires ? " did not fire and should" : " fired and should not"), t.note);
    else if (t.count >= 0 && *fired != t.count)
      fail_test(fmt::format("{} fired {} times, not {}", t.rule, *fired, t.count), t.note);
  }
  // A rule nobody has seen fire, or stay silent, is not tested.
  for (uint32_t i = 0; i < set.rules.size(); ++i) {
    const engine::Rule& r = set.rules[i];
    if (r.silent) continue;  // only read by others, whose tests are its own
    if (!fired_somewhere.contains(i))
      failures.push_back({"rules.test", r.name + " has no test that fires", r.source, r.span, {}, {}});
    if (!silent_somewhere.contains(i))
      failures.push_back({"rules.test", r.name + " has no test that must stay silent", r.source, r.span, {}, {}});
  }
  report(options, failures, set.files);
  if (options.json)
    print_numbers(options, {{"rules", "", set.rules.size()},
                            {"tests", "", tests.size()},
                            {"errors", "", 0},
                            {"failures", "", failures.size()}});
  else
    print_numbers(options, {{"rules", "rules", set.rules.size()},
                            {"tests", "tests", tests.size()},
                            {"failures", "failures", failures.size()}});
  return failures.empty() ? 0 : 1;
}

}  // namespace sekisho::cli
