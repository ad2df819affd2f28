// Tests that stand beside rules: tests/*.toml in a rule folder, an event and whether a rule fires on it.
//
//   [[test]]
//   rule = "mail_link_lookalike_host"
//   fires = true
//   note = "why this case"
//   fields = {"network.email.from" = "a@example.com", "network.email.to" = ["b@example.jp"]}
//   facts = {direction = "inbound", "aim.credential" = "1"}            # additional.fields
//   about = [{kind = "link", url = "https://x.example/", "link.lookalike" = "some_brand"}]   # url, hostname: fields;
//   the rest: labels
//
// metadata.event_type is EMAIL_TRANSACTION unless `fields` says otherwise. Undeclared labels and unknown fields are
// errors.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "event/event.h"

namespace sekisho::scan {

struct RuleTest {
  std::string rule, note;
  bool fires = true;
  Span span;  // of the test in its file
  std::string file;
  event::Event event;
};

std::vector<RuleTest> read_rule_tests(std::string_view toml, const std::string& source, std::vector<Error>& errors);

}  // namespace sekisho::scan
