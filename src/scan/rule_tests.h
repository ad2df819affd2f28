// Tests that stand beside rules: tests/*.toml in a rule folder, events and whether a rule fires on them.
//
//   [[test]]
//   rule = "mail_link_lookalike_host"            # name, id or title
//   fires = true
//   note = "why this case"
//   fields = {"network.email.from" = "a@example.com", "network.email.to" = ["b@example.jp"]}
//   facts = {direction = "inbound", "aim.credential" = "1"}            # additional.fields
//   about = [{kind = "link", url = "https://x.example/", "link.lookalike" = "some_brand"}]   # url, hostname: fields;
//   the rest: labels
//
// That is one mail event: metadata.event_type is EMAIL_TRANSACTION unless `fields` says otherwise. Any events, one or
// more, stand in `events`, and entity records in `context`:
//
//   [[test]]
//   rule = "many_failed_sign_ins"
//   context = [{fields = {"entity.user.userid" = "alice"}}]
//   events = [
//     {at = "0s", fields = {"metadata.event_type" = "USER_LOGIN", "principal.user.userid" = "alice"}},
//     {json = '{"metadata": {"eventTimestamp": "2026-01-05T00:04:00Z", …}}'},   # UDM, or for Sigma the raw event
//   ]
//
// at: how long after 2026-01-05T00:00:00Z; without it, and without a time in `fields`, events come a second apart.
// Undeclared labels and unknown fields are errors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "event/event.h"

namespace sekisho::scan {

struct RuleTest {
  std::string rule, note;
  bool fires = true;
  int64_t count = -1;  // how often it fires; -1 = at least once
  Span span;           // of the test in its file
  std::string file;
  struct Step {
    std::optional<event::Event> event;  // or
    std::string json;
  };
  std::vector<Step> events;
  std::vector<event::Event> context;
};

std::vector<RuleTest> read_rule_tests(std::string_view toml, const std::string& source, std::vector<Error>& errors);

}  // namespace sekisho::scan
