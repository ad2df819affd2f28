// Takes the options of a `rules` subcommand, gives its rules and what compiling them needs. Entries: load_rules,
// engine_options.
#include "cli/rule_set.h"

#include <algorithm>

#include "scan/mail_rules.h"

namespace sekisho::cli {

bool load_rules(const RulesOptions& options, LoadedRules& out) {
  if (!read_settings(options, out.settings)) return false;
  std::vector<Error> errors;
  std::vector<TextFile> list_files;
  out.lists = read_lists(out.settings, options.lists, list_files, errors);
  out.sources = read_log_sources(out.settings, errors);
  if (options.paths.empty()) {
    auto all = scan::content_files(out.settings);
    if (!all) errors.push_back(all.error());
    else
      std::erase_if(*all, [](const TextFile& f) { return !f.name.ends_with(".yaral") && !f.name.ends_with(".yml"); });
    if (all) out.set = hunt::compile_rules(std::move(*all), out.lists, out.settings.limits);
  } else {
    out.set = hunt::load_rules(options.paths, out.lists, out.settings.limits);
  }
  for (TextFile& f : list_files) out.set.files.push_back(std::move(f));
  out.set.errors.insert(out.set.errors.begin(), errors.begin(), errors.end());
  for (const engine::Rule& r : out.set.rules) {
    scan::check_mail_rule(r, out.settings, out.set.errors, out.set.warnings);
    if (options.paths.empty() && r.language == "yara-l" && r.meta_value("family").empty())
      scan::check_one_event(r, out.set.errors);
  }
  return true;
}

engine::EngineOptions engine_options(const LoadedRules& loaded, const Clock& clock) {
  engine::EngineOptions out{loaded.settings.limits, &clock, {}};
  std::vector<engine::LogSource> sources{{}};
  for (const engine::Rule& r : loaded.set.rules)
    sources.insert(sources.end(), r.logsources.begin(), r.logsources.end());
  for (auto it = sources.rbegin(); it != sources.rend(); ++it)
    for (const std::string& field : loaded.sources.time_fields(*it))
      if (std::find(out.time_fields.begin(), out.time_fields.end(), field) == out.time_fields.end())
        out.time_fields.push_back(field);
  return out;
}

}  // namespace sekisho::cli
