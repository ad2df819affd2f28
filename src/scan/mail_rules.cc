// Takes a compiled rule, gives what keeps it from being a mail rule. Entries: check_mail_rule,
// check_one_event.
#include "scan/mail_rules.h"

#include <algorithm>

#include "base/strings.h"
#include "event/schema.h"

namespace sekisho::scan {
namespace {

// The label list or Struct that a slot reads by key: "about.labels", "additional.fields"; "" for others, whose keys
// vendors choose.
std::string_view home_of(const engine::Slot& slot) {
  if (!slot.keyed || slot.steps.empty()) return {};
  const std::string& first = slot.steps[0].field->name;
  if (first == "additional" && slot.steps.size() == 1) return "additional.fields";
  if (first == "about" && slot.steps.size() == 2 && slot.steps[1].field->name == "labels") return "about.labels";
  return {};
}

}  // namespace

void check_one_event(const engine::Rule& rule, std::vector<Error>& errors) {
  const auto refuse = [&](Span span, std::string text) {
    errors.push_back({"rules.mail",
                      std::move(text),
                      rule.source,
                      span,
                      "rules over several events run in sekisho hunt: keep them in a folder of their own",
                      {}});
  };
  const auto foreign = std::ranges::find_if(
      rule.variables, [](const engine::Variable& v) { return v.kind != engine::Variable::Kind::event; });
  if (rule.match) refuse(rule.match->span, "a mail is judged alone: there is nothing to match it with");
  else if (foreign != rule.variables.end())
    refuse(rule.span, "a mail is judged alone, and this rule reads more: \"" + foreign->name + "\"");
  else if (rule.variables.size() > 1)
    refuse(rule.span,
           "a mail is judged alone, and this rule is over " + std::to_string(rule.variables.size()) + " events");
  else if (!rule.measures.empty())
    refuse(rule.span, "a mail is judged alone: nothing before it is counted for " + rule.measures[0].name);
}

void check_mail_rule(const engine::Rule& rule, const Settings& settings, std::vector<Error>& errors,
                     std::vector<Error>& warnings) {
  const std::string_view family = rule.meta_value("family");
  if (family.empty()) return;
  check_one_event(rule, errors);
  const auto error = [&](Span span, std::string text, std::string hint = {}) {
    errors.push_back({"rules.mail", std::move(text), rule.source, span, std::move(hint), {}});
  };
  std::vector<std::string_view> families;
  for (const auto& [name, cap] : settings.family_caps) families.push_back(name);
  if (std::find(families.begin(), families.end(), family) == families.end()) {
    std::string list;
    for (const std::string_view f : families) list += (list.empty() ? "one of: " : ", ") + std::string(f);
    error(rule.span, "\"" + std::string(family) + "\" is no family of mail rules", list);
  }
  for (const std::string_view key : {"author", "description", "description_ja", "severity"})
    if (rule.meta_value(key).empty())
      warnings.push_back({"rules.mail", "a mail rule has meta " + std::string(key), rule.source, rule.span, {}, {}});
  bool weight = false;
  for (const engine::Outcome& o : rule.outcomes) weight |= o.name == "mail_weight";
  if (!weight) error(rule.span, "a mail rule has an outcome $mail_weight", "for example: $mail_weight = 20");
  for (const engine::Outcome& o : rule.outcomes) {
    if (o.name != "floor") continue;
    const engine::Expr& e = rule.exprs[o.value];
    const std::string* literal = e.op == engine::Op::constant ? std::get_if<std::string>(&e.value) : nullptr;
    if (literal && *literal != "banner" && *literal != "quarantine" && *literal != "reject")
      error(e.span, "\"" + *literal + "\" is no floor", "banner, quarantine or reject");
  }
  for (const engine::Expr& e : rule.exprs) {
    if (e.op != engine::Op::slot) continue;
    const engine::Slot& slot = rule.slots[e.index];
    const std::string_view home = home_of(slot);
    if (home.empty() || event::Schema::get().label(home, slot.key)) continue;
    std::vector<std::string_view> keys;
    for (const event::Label& l : event::Schema::get().labels())
      if (l.home == home) keys.push_back(l.key);
    error(e.span, "nothing writes the label \"" + slot.key + "\"", near_names(slot.key, keys));
  }
}

}  // namespace sekisho::scan
