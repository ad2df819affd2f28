// A detection as people and other systems need it: with what its rule says of itself and with the events themselves.
// What exceptions look at and formats write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace sekisho::hunt {

// What a rule says of itself, in one form for both languages; from meta (YARA-L) or the attributes that sigma/ keeps
// there. Views point into the rule.
struct RuleInfo {
  struct Attack {
    std::string technique;  // "T1110.003"
    std::string tactic;     // "TA0006", or a name in words ("credential access")
  };
  std::string_view id, title, description, author, severity, status, license;
  std::vector<std::string_view> references, tags, false_positives;
  std::vector<Attack> attacks;  // each with a technique or a tactic
};
RuleInfo rule_info(const engine::Rule& rule);

// 1 informational, 2 low, 3 medium, 4 high, 5 critical, 0 unknown: of the words that both languages use (the numbers
// are those of OCSF severity_id).
int severity_number(std::string_view severity);

struct FoundEvent {
  std::string_view variable;  // without $
  Timestamp time;
  std::string_view source;  // the log
  engine::EventRef ref;
  std::string text;  // the event as it stands in the log; "" if it cannot be had again
};

struct Finding {
  const engine::Rule* rule = nullptr;
  const RuleInfo* info = nullptr;
  const engine::Detection* detection = nullptr;
  std::vector<FoundEvent> events;

  // The same detection has the same uid in every run: a digest of rule, keys, time and window.
  std::string uid() const;
  // The values of a key, placeholder or outcome by name, as text. False if there is none of this name.
  bool values(std::string_view name, std::vector<std::string>& out) const;
  // All scalar values that a dotted path reaches in the events, through lists; names as in the log or, for UDM, as in
  // rules (principal.user.email_addresses).
  void event_values(std::string_view path, std::vector<std::string>& out) const;
  double risk_score() const;  // of the outcome; -1 if there is none
};

// What the values of a finding are about, for fields that other systems search by.
struct Related {
  std::vector<std::string> users, addresses, hosts, hashes;  // each sorted, no value twice
};
Related related(const Finding& finding);

}  // namespace sekisho::hunt
