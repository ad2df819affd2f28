// What an organisation knows to be harmless, with a reason and an end: content files that keep detections from being
// reported. The detections are counted, never lost unseen.
//
//   [[exception]]
//   rule = "okta_*"                              # name, id or title of rules; * and ? stand for anything
//   where = {user = "svc-*", ip = ["192.0.2.0/24", "2001:db8::7"]}
//   until = 2026-12-31                           # the last day (UTC), or a date with a time
//   reason = "backup accounts sign in from everywhere"
//   author = "Mori"
//
// Names under where: match variables, placeholders and outcomes, else the path of a field of the detection's events.
// All of them must hold; of several patterns or values one is enough. A pattern is an address block (with a slash), or
// a text with * and ?; upper and lower case differ.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hunt/finding.h"

namespace sekisho::hunt {

struct Exception {
  struct Condition {
    std::string name;
    std::vector<std::string> patterns;
    Span span;
  };
  std::string rule, reason, author;
  std::vector<Condition> where;
  int64_t until = 0;  // seconds since 1970: covers detections before it
  std::string until_text;
  std::string source;
  Span span, rule_span;
  uint64_t covered = 0;  // detections that it kept back
  uint64_t expired = 0;  // detections that it would have kept back, had it not ended
};

class Exceptions {
 public:
  // One file. Errors: toml.syntax, hunt.exception (no reason, no end, nothing that narrows it …).
  void read(std::string_view toml, const std::string& name, std::vector<Error>& errors);
  // What can never hold: a rule that is not there, a name that none of its rules has. For warnings.
  std::vector<Error> unfit(std::span<const engine::Rule> rules) const;
  // Whether an exception keeps the finding back; the first in the order of reading. now: stands for the time of a
  // detection that has none.
  bool covers(const Finding& finding, Timestamp now);
  const std::vector<Exception>& all() const { return all_; }

 private:
  std::vector<Exception> all_;
};

// * any run of characters, ? any one byte; the whole text.
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace sekisho::hunt
