// Takes logsources.toml, gives the time fields of a product. Entries: LogSources::read, time_fields.
#include "hunt/logsources.h"

#include <algorithm>

#include "base/strings.h"
#include "diag/toml.h"

namespace sekisho::hunt {

void LogSources::read(std::string_view toml, const std::string& name, std::vector<Error>& errors) {
  const auto root = diag::parse_toml(toml, name);
  if (!root) {
    errors.push_back(root.error());
    return;
  }
  diag::TomlReader top(*root, name, errors);
  if (top.has("default")) default_ = top.texts("default");
  std::vector<Entry> entries;
  for (const diag::TomlValue* table : top.tables("logsource")) {
    diag::TomlReader t(*table, name, errors);
    Entry entry{ascii_lower(t.required_text("product")), ascii_lower(t.text("service")), t.texts("time")};
    if (entry.time.empty()) t.error("time", "time names no field");
    t.finish();
    entries.push_back(std::move(entry));
  }
  top.finish();
  entries_.insert(entries_.begin(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
}

std::vector<std::string> LogSources::time_fields(const engine::LogSource& source) const {
  std::vector<std::string> out;
  const auto add = [&](const std::vector<std::string>& fields) {
    for (const std::string& f : fields)
      if (std::find(out.begin(), out.end(), f) == out.end()) out.push_back(f);
  };
  for (const Entry& e : entries_)
    if (iequals(e.product, source.product) && !e.service.empty() && iequals(e.service, source.service)) add(e.time);
  for (const Entry& e : entries_)
    if (iequals(e.product, source.product) && (e.service.empty() || source.service.empty())) add(e.time);
  add(default_);
  return out;
}

std::string LogSources::hint(const engine::LogSource& source) const {
  std::vector<std::string_view> names;
  for (const Entry& e : entries_) {
    if (iequals(e.product, source.product)) return {};
    if (std::find(names.begin(), names.end(), e.product) == names.end()) names.push_back(e.product);
  }
  return near_names(ascii_lower(source.product), names);
}

}  // namespace sekisho::hunt
