// Takes rule files of both languages, gives plans and every error. Entries: load_rules, compile_rules, check_rules,
// keep_readable.
#include "hunt/rules.h"

#include "base/strings.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

namespace sekisho::hunt {
namespace {

bool is_sigma(const std::string& name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }
bool is_yaral(const std::string& name) { return name.ends_with(".yaral"); }

void move_to(std::vector<Error>& from, std::vector<Error>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

RuleSet load_rules(const std::vector<std::string>& paths, const engine::ReferenceLists& lists, const Limits& limits) {
  std::vector<TextFile> files;
  std::vector<Error> errors;
  for (const std::string& path : paths) {
    auto some = text_files(path, {".yaral", ".yml", ".yaml"});
    if (!some) {
      errors.push_back(some.error());
      continue;
    }
    if (some->empty() || (some->size() == 1 && !is_sigma(some->front().name) && !is_yaral(some->front().name)))
      errors.push_back(
          {"hunt.rules", "no rules in " + path, {}, {}, "rules end in .yaral (YARA-L), .yml or .yaml (Sigma)", {}});
    for (TextFile& f : *some) files.push_back(std::move(f));
  }
  RuleSet out = compile_rules(std::move(files), lists, limits);
  out.errors.insert(out.errors.begin(), errors.begin(), errors.end());
  return out;
}

RuleSet compile_rules(std::vector<TextFile> files, const engine::ReferenceLists& lists, const Limits& limits) {
  RuleSet out;
  out.files = std::move(files);
  StringMap<std::string> places;
  std::vector<sigma::Source> sources;
  for (const TextFile& f : out.files) {
    if (is_sigma(f.name)) sources.push_back({f.text, f.name});
    if (!is_yaral(f.name)) continue;
    yaral::CompiledFile compiled = yaral::compile(f.text, f.name, limits);
    move_to(compiled.errors, out.errors);
    move_to(compiled.warnings, out.warnings);
    for (engine::Rule& rule : compiled.rules) {
      const auto [place, fresh] = places.try_emplace(rule.name, f.name);
      if (fresh) out.rules.push_back(std::move(rule));
      else
        out.errors.push_back({"hunt.rules",
                              "rule \"" + rule.name + "\" stands in " + place->second + " already",
                              f.name,
                              rule.span,
                              {},
                              {}});
    }
  }
  if (!sources.empty()) {
    sigma::Options options;
    options.lists = &lists;
    sigma::Compiled compiled = sigma::compile(sources, options, limits);
    move_to(compiled.errors, out.errors);
    move_to(compiled.warnings, out.warnings);
    out.rules.insert(out.rules.end(), std::make_move_iterator(compiled.rules.begin()),
                     std::make_move_iterator(compiled.rules.end()));
  }
  return out;
}

void check_rules(RuleSet& set, const engine::ReferenceLists& lists) {
  std::vector<engine::Rule> good;
  std::vector<engine::Rule> one(1);
  for (engine::Rule& rule : set.rules) {
    one[0] = std::move(rule);
    std::vector<Error> errors = engine::Engine::check(one, lists);
    if (errors.empty()) good.push_back(std::move(one[0]));
    move_to(errors, set.errors);
  }
  set.rules = std::move(good);
}

engine::LogSource parse_log_source(std::string_view text) {
  const auto parts = split(text, '/');
  const auto part = [&](size_t i) { return i < parts.size() ? ascii_lower(trim(parts[i])) : std::string(); };
  return {part(2), part(0), part(1)};
}

bool fits(const engine::LogSource& rule, const engine::LogSource& events) {
  const auto agree = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() || iequals(a, b); };
  if (!rule.product.empty() && !iequals(rule.product, events.product)) return false;
  // A rule for a category of any product says nothing of this one: the category has to be named.
  if (rule.product.empty() && !rule.category.empty() && !iequals(rule.category, events.category)) return false;
  return agree(rule.category, events.category) && agree(rule.service, events.service);
}

size_t keep_readable(std::vector<engine::Rule>& rules, const std::optional<engine::LogSource>& raw) {
  using Kind = engine::Variable::Kind;
  return std::erase_if(rules, [&](const engine::Rule& rule) {
    const auto reads = [&](Kind kind) {
      return std::any_of(rule.variables.begin(), rule.variables.end(), [&](const auto& v) { return v.kind == kind; });
    };
    if (!raw) return reads(Kind::raw);
    if (reads(Kind::event)) return true;
    return !rule.logsources.empty() &&
           std::none_of(rule.logsources.begin(), rule.logsources.end(), [&](const auto& l) { return fits(l, *raw); });
  });
}

}  // namespace sekisho::hunt
