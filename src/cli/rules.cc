// sekisho rules check | test: takes rule files and folders. check compiles them and prints every error with carets;
// test runs the cases that stand beside them.
#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "base/json.h"
#include "base/strings.h"
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

void report(const RulesOptions& options, const std::vector<Error>& errors, const std::vector<scan::TextFile>& files,
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

// The tests/*.toml below a folder, sorted. Links to folders are not followed.
std::vector<std::string> test_files(const std::string& top, std::vector<Error>& errors) {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  std::vector<fs::path> folders{top};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code code, type;
    fs::directory_iterator it(folder, code), end;
    for (; !code && it != end; it.increment(code)) {
      if (it->is_directory(type) && !it->is_symlink(type)) folders.push_back(it->path());
      else if (it->path().extension() == ".toml" && folder.filename() == "tests") out.push_back(it->path().string());
    }
    if (code) errors.push_back({"io.read", "cannot read " + folder.string() + ": " + code.message(), {}, {}, {}, {}});
  }
  std::sort(out.begin(), out.end());
  return out;
}

// False, with the reason among the errors, if a path cannot be read at all.
bool load(const RulesOptions& options, const scan::Settings& settings, RuleSet& out) {
  std::vector<scan::TextFile> files;
  if (options.paths.empty()) {
    auto all = scan::content_files(settings);
    if (!all) return out.errors.push_back(all.error()), false;
    for (scan::TextFile& f : *all)
      if (f.name.ends_with(".yaral")) files.push_back(std::move(f));
  }
  for (const std::string& path : options.paths) {
    auto some = scan::rule_files(path);
    if (!some) return out.errors.push_back(some.error()), false;
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
  if (!read_settings(options, settings)) return 2;
  if (load(options, settings, set))
    for (Error& e : engine::Engine::check(set.rules, lists_of(settings))) set.errors.push_back(std::move(e));
  report(options, set.errors, set.files);
  report(options, set.later, set.files, options.json ? "not_yet_supported" : "error");
  report(options, set.warnings, set.files, "warning");
  print_numbers(options, {{"files", "files", set.files.size()},
                          {"rules", "rules ready", set.rules.size()},
                          {"errors", "errors", set.errors.size()},
                          {"warnings", "warnings", set.warnings.size()},
                          {"not_yet_supported", "not yet supported", set.later.size()}});
  return set.errors.empty() ? 0 : 2;
}

int rules_test_command(const RulesOptions& options) {
  scan::Settings settings;
  RuleSet set;
  if (!read_settings(options, settings)) return 2;
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
  if (!load(options, settings, set)) return broken();
  for (const std::string& path : options.paths) {
    std::error_code code;
    std::string folder = path;
    if (!std::filesystem::is_directory(path, code)) folder = std::filesystem::path(path).parent_path().string();
    for (const std::string& file : test_files(folder.empty() ? "." : folder, set.errors)) {
      auto text = scan::read_file(file, 16u << 20);
      if (!text) {
        set.errors.push_back(text.error());
        continue;
      }
      for (scan::RuleTest& t : scan::read_rule_tests(*text, file, set.errors)) tests.push_back(std::move(t));
      set.files.push_back({file, std::move(*text)});
    }
  }
  if (!set.errors.empty()) return broken();
  auto engine = engine::Engine::build(set.rules, lists_of(settings), settings.limits);
  if (!engine) {
    set.errors.push_back(engine.error());
    return broken();
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
