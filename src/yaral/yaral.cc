// Takes the text of a rule file, gives plans and mistakes. Entries: compile(), parse_file(). A rule with any mistake
// gives no plan; the others of its file do.
#include "yaral/yaral.h"

#include <algorithm>

#include "yaral/lower.h"

namespace sekisho::yaral {

Parsed parse_file(std::string_view source_text, std::string name, const Limits& limits) {
  return parse(source_text, std::move(name), limits);
}

CompiledFile compile(std::string_view source_text, std::string name, const Limits& limits,
                     const CheckOptions& options) {
  Parsed parsed = parse(source_text, std::move(name), limits);
  const Checked checked = check(parsed.file, options);
  CompiledFile out;
  out.parsed = parsed.errors.empty();
  out.checked = out.parsed && checked.errors.empty();
  out.errors = std::move(parsed.errors);
  out.errors.insert(out.errors.end(), checked.errors.begin(), checked.errors.end());
  out.warnings = checked.warnings;
  for (const CheckedRule& rule : checked.rules)
    if (rule.ok) out.rules.push_back(lower(parsed.file, checked, rule));
  std::stable_sort(out.errors.begin(), out.errors.end(),
                   [](const Error& a, const Error& b) { return a.span->offset < b.span->offset; });
  if (out.errors.size() > kMostErrors) out.errors.resize(kMostErrors);
  out.file = std::move(parsed.file);
  return out;
}

}  // namespace sekisho::yaral
