// sekisho rules check | test: takes rule files and folders. check compiles them and prints every error with carets;
// test runs the cases that stand beside them.
#include <cstdio>
#include <filesystem>
#include <set>

#include "cli/cli.h"
#include "scan/mail_rules.h"
#include "scan/rule_tests.h"

namespace sekisho::cli {
namespace {

struct RuleSet {
  std::vector<scan::TextFile> files;
  std::vector<engine::Rule> rules;
  std::vector<Error> errors, warnings, later;  // later: valid, but not run yet ("not yet supported")
};

bool load(const RulesOptions& options, const scan::Settings& settings, RuleSet& out) {
  std::vector<scan::TextFile> files;
  if (options.paths.empty()) {
    auto all = scan::content_files(settings);
    if (!all) return print_errors({all.error()}, {}), false;
    for (scan::TextFile& f : *all)
      if (f.name.ends_with(".yaral")) files.push_back(std::move(f));
  }
  for (const std::string& path : options.paths) {
    auto some = scan::rule_files(path);
    if (!some) return print_errors({some.error()}, {}), false;
    for (scan::TextFile& f : *some) files.push_back(std::move(f));
  }
  for (scan::TextFile& f : files) {
    yaral::CompiledFile compiled = yaral::compile(f.text, f.name, settings.limits);
    for (Error& e : compiled.errors) (e.code == "yaral.unsupported" ? out.later : out.errors).push_back(std::move(e));
    for (engine::Rule& r : compiled.rules) {
      scan::check_mail_rule(r, settings, out.errors, out.warnings);
      out.rules.push_back(std::move(r));
    }
    for (Error& e : compiled.warnings) out.warnings.push_back(std::move(e));
    out.files.push_back(std::move(f));
  }
  return true;
}

engine::ReferenceLists lists_of(const scan::Settings& settings) {
  engine::ReferenceLists out;
  if (const auto files = scan::content_files(settings))
    for (const scan::TextFile& f : *files)
      if (f.path.starts_with("lists/"))
        for (const std::string_view line : split(f.text, '\n'))
          if (const auto entry = trim(line.substr(0, line.find('#'))); !entry.empty())
            out[std::filesystem::path(f.name).stem().string()].emplace_back(entry);
  return out;
}

}  // namespace

int rules_check_command(const RulesOptions& options) {
  scan::Settings settings;
  RuleSet set;
  if (!read_settings(options, settings) || !load(options, settings, set)) return 2;
  for (Error& e : engine::Engine::check(set.rules, lists_of(settings))) set.errors.push_back(std::move(e));
  print_errors(set.errors, set.files);
  print_errors(set.later, set.files);
  print_errors(set.warnings, set.files, "warning");
  std::printf("%zu files, %zu rules ready, %zu errors, %zu warnings, %zu not yet supported\n", set.files.size(),
              set.rules.size(), set.errors.size(), set.warnings.size(), set.later.size());
  return set.errors.empty() ? 0 : 2;
}

int rules_test_command(const RulesOptions& options) {
  scan::Settings settings;
  RuleSet set;
  if (!read_settings(options, settings) || !load(options, settings, set)) return 2;
  std::vector<scan::RuleTest> tests;
  for (const std::string& path : options.paths) {
    const std::string folder =
        std::filesystem::is_directory(path) ? path : std::filesystem::path(path).parent_path().string();
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
      if (it->path().extension() == ".toml" && it->path().parent_path().filename() == "tests")
        found.push_back(it->path().string());
    std::sort(found.begin(), found.end());
    for (const std::string& file : found) {
      auto text = scan::read_file(file, 16u << 20);
      if (!text) {
        set.errors.push_back(text.error());
        continue;
      }
      for (scan::RuleTest& t : scan::read_rule_tests(*text, file, set.errors)) tests.push_back(std::move(t));
      set.files.push_back({file, std::move(*text)});
    }
  }
  print_errors(set.errors, set.files);
  if (!set.errors.empty()) return 2;
  auto engine = engine::Engine::build(set.rules, lists_of(settings), settings.limits);
  if (!engine) {
    print_errors({engine.error()}, set.files);
    return 2;
  }

  engine::Scratch scratch;
  std::set<std::string> fired_somewhere, silent_somewhere, known;
  for (const engine::Rule& r : set.rules) known.insert(r.name);
  std::vector<Error> failures;
  for (const scan::RuleTest& t : tests) {
    if (!known.contains(t.rule)) {
      failures.push_back({"rules.test", "no rule \"" + t.rule + "\"", t.file, t.span, {}, {}});
      continue;
    }
    bool fired = false;
    for (const engine::Detection& d : engine->run(t.event, scratch)) fired |= engine->rules()[d.rule].name == t.rule;
    (t.fires ? fired_somewhere : silent_somewhere).insert(t.rule);
    if (fired != t.fires)
      failures.push_back({"rules.test",
                          t.rule + (fired ? " fired and should not" : " did not fire and should"),
                          t.file,
                          t.span,
                          t.note,
                          {}});
  }
  // A rule nobody has seen fire, or stay silent, is not tested.
  for (const engine::Rule& r : set.rules) {
    if (!fired_somewhere.contains(r.name))
      failures.push_back({"rules.test", r.name + " has no test that fires", r.source, r.span, {}, {}});
    if (!silent_somewhere.contains(r.name))
      failures.push_back({"rules.test", r.name + " has no test that must stay silent", r.source, r.span, {}, {}});
  }
  print_errors(failures, set.files);
  std::printf("%zu rules, %zu tests, %zu failures\n", set.rules.size(), tests.size(), failures.size());
  return failures.empty() ? 0 : 1;
}

}  // namespace sekisho::cli
