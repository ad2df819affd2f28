// Rules from files and folders, both languages, as plans; and which of them can read the events at hand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/limits.h"
#include "engine/engine.h"

namespace sekisho::hunt {

struct RuleSet {
  std::vector<TextFile> files;      // all texts, for diag::render (Error::source names one)
  std::vector<engine::Rule> rules;  // without errors, in the order of files
  std::vector<Error> errors;        // of all files, in their order
  std::vector<Error> warnings;
};

// paths: .yaral, .yml and .yaml files, or folders of them (their tests/ left out). A path that cannot be read is an
// error (io.read), as is one without rules (hunt.rules). Two YARA-L rules of one name: hunt.rules.
RuleSet load_rules(const std::vector<std::string>& paths, const engine::ReferenceLists& lists, const Limits& limits);
// The same for texts at hand; files that are no rules are passed over.
RuleSet compile_rules(std::vector<TextFile> files, const engine::ReferenceLists& lists, const Limits& limits);

// Takes rules out that the engine refuses; its errors go to set.errors.
void check_rules(RuleSet& set, const engine::ReferenceLists& lists);

// "product", "product/service" or "product/service/category"; a part may be empty.
engine::LogSource parse_log_source(std::string_view text);
// Whether a rule for `rule` can find something in events of `events`: parts that both name must agree (any case), and a
// rule for a product needs that product.
bool fits(const engine::LogSource& rule, const engine::LogSource& events);

// Keeps the rules that can read the events: without `raw`, those of UDM events; with it, those of vendor events whose
// log source fits. Rules over detections stay. Returns how many went.
size_t keep_readable(std::vector<engine::Rule>& rules, const std::optional<engine::LogSource>& raw);

}  // namespace sekisho::hunt
