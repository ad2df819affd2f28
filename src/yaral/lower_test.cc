// The plan that comes of a rule over several events.
#include "yaral/lower.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

using engine::Aggregate;
using engine::Op;
using engine::Variable;

engine::Rule plan(const std::string& text) {
  const CompiledFile file = compile("rule r { " + text + " }", "r");
  for (const Error& error : file.errors) FAIL(error.one_line());
  REQUIRE(file.rules.size() == 1);
  return file.rules[0];
}

// The variables whose slots stand below id.
std::set<uint32_t> reads(const engine::Rule& rule, engine::ExprId id) {
  std::set<uint32_t> out;
  std::vector<engine::ExprId> stack{id};
  while (!stack.empty()) {
    const engine::Expr& e = rule.exprs[stack.back()];
    stack.pop_back();
    if (e.op == Op::slot || e.op == Op::whole) out.insert(rule.slots[e.index].variable);
    CHECK(e.op != Op::placeholder);
    stack.insert(stack.end(), e.args.begin(), e.args.end());
  }
  return out;
}

TEST_CASE("windows, keys and options") {
  const engine::Rule hop =
      plan("events: $e.principal.ip = $ip match: $ip, $e.target.user.userid over 5m condition: $e");
  CHECK(hop.language == "yara-l");
  REQUIRE(hop.match);
  CHECK(hop.match->window == engine::Match::Window::hop);
  CHECK(hop.match->seconds == 300);
  REQUIRE(hop.match->keys.size() == 2);
  CHECK(hop.placeholders[hop.match->keys[0]].name == "ip");
  CHECK(hop.placeholders[hop.match->keys[1]].name == "e.target.user.userid");
  CHECK(hop.placeholders[hop.match->keys[1]].definitions.size() == 1);
  CHECK(plan("events: $e.principal.ip = $ip match: $ip by 1d condition: $e").match->window ==
        engine::Match::Window::tumbling);
  const engine::Rule pivot = plan(
      "events: $a.principal.ip = $ip $b.principal.ip = $ip match: $ip over 10m before $b condition: $a and $b "
      "options: suppression_window = 1h allow_zero_values = true");
  CHECK(pivot.match->window == engine::Match::Window::before);
  CHECK(pivot.match->pivot == 1);
  CHECK(pivot.options.suppression_seconds == 3600);
  CHECK(pivot.options.allow_zero_values);
  CHECK_FALSE(pivot.options.suppression_key);
  const engine::Rule single = plan(
      "events: $e.principal.hostname = $h outcome: $x = 1 $suppression_key = $h condition: $e options: "
      "suppression_window = 5m");
  CHECK(single.options.suppression_seconds == 300);
  CHECK(single.options.suppression_key == 1u);
}

TEST_CASE("each definition reads one variable") {
  const engine::Rule r = plan(
      "events: $a.principal.ip = $ip $b.target.ip = $ip $low = strings.to_lower($ip) $b.principal.hostname = $host "
      "$c.src.hostname = $low $upper = strings.concat($low, $host) match: $ip over 5m condition: $a and $b and $c");
  REQUIRE(r.variables.size() == 3);
  std::vector<std::set<uint32_t>> variables;
  for (const engine::Placeholder& p : r.placeholders) {
    std::set<uint32_t> of;
    for (engine::ExprId id : p.definitions) {
      const auto one = reads(r, id);
      CHECK(one.size() == 1);
      of.insert(one.begin(), one.end());
    }
    variables.push_back(of);
  }
  const auto of = [&](const char* name) {
    for (size_t i = 0; i < r.placeholders.size(); ++i)
      if (r.placeholders[i].name == name) return variables[i];
    return std::set<uint32_t>{99};
  };
  CHECK(of("ip") == std::set<uint32_t>{0, 1});
  CHECK(of("low") == std::set<uint32_t>{0, 2});
  CHECK(of("host") == std::set<uint32_t>{1});
  // $low is known of a and c, $host of b: no one event tells $upper, so it stands for its expression.
  CHECK(of("upper") == std::set<uint32_t>{99});
}

TEST_CASE("a value of several events is written out where it is used") {
  const engine::Rule r = plan(
      "events: $a.principal.ip = $ip $b.principal.ip = $ip $lag = $b.metadata.event_timestamp.seconds - "
      "$a.metadata.event_timestamp.seconds $lag > 10 match: $ip over 5m outcome: $most = max($lag) condition: $a "
      "and $b");
  REQUIRE(r.placeholders.size() == 1);
  REQUIRE(r.where != engine::kNoExpr);
  CHECK(reads(r, r.where) == std::set<uint32_t>{0, 1});
  CHECK(r.exprs[r.outcomes[0].value].op == Op::aggregate);
  // A placeholder that one event tells already makes such a line a test.
  const engine::Rule test = plan(
      "events: $a.principal.ip = $ip $b.principal.ip = $ip $a.target.port = $port $port = $a.src.port + "
      "$b.src.port match: $ip over 5m condition: $a and $b");
  CHECK(test.placeholders.size() == 2);
  REQUIRE(test.where != engine::kNoExpr);
  CHECK(test.exprs[test.where].op == Op::equal);
}

TEST_CASE("entities, detections and data tables are variables") {
  const engine::Rule r = plan(R"(
    events:
      $d.detection.detection.rule_name = "a"
      $d.detection.detection.variables["user"] = $user
      $g.graph.entity.user.userid = $user
      $e.udm.target.user.userid = $user
      %people.name = $user
      %people.port = $e.target.port
      %people.limit >= $e.target.port
      $e.target.hostname in %people.hosts
    match:
      $user over 1h
    outcome:
      $n = count_distinct(%people.name)
    condition:
      $d and $g and $e)");
  REQUIRE(r.variables.size() == 4);
  CHECK(r.variables[0].kind == Variable::Kind::detection);
  CHECK(r.variables[1].kind == Variable::Kind::graph);
  CHECK(r.variables[2].kind == Variable::Kind::event);
  CHECK(r.variables[3].kind == Variable::Kind::table);
  CHECK(r.variables[3].name == "people");
  size_t columns = 0;
  for (const engine::Slot& s : r.slots) {
    if (s.variable != 3) continue;
    ++columns;
    CHECK(s.raw);
    CHECK(s.quantifier == engine::Quantifier::each);
  }
  CHECK(columns == 3);
  bool keyed = false;
  for (const engine::Slot& s : r.slots) keyed |= s.variable == 0 && s.path() == "detection.variables.fields[\"user\"]";
  CHECK(keyed);
  for (const engine::Expr& e : r.exprs)  // equality of a column is that of text
    if (e.op == Op::equal) CHECK(r.type_of(e.args[0]) == r.type_of(e.args[1]));
}

TEST_CASE("a table and an event may share a name") {
  const engine::Rule r = plan(
      "events: $users.target.user.userid = %users.name $users.principal.ip = $ip match: $ip over 1h condition: $users");
  REQUIRE(r.variables.size() == 2);
  CHECK(r.variables[0].kind != r.variables[1].kind);
  REQUIRE(r.condition != engine::kNoExpr);
  CHECK(r.variables[r.exprs[r.condition].index].kind == Variable::Kind::event);
}

TEST_CASE("window functions are aggregates") {
  const engine::Rule r = plan(
      "events: $e.principal.ip = $ip match: $ip over 5m outcome: $a = window.avg($e.target.port) $b = "
      "window.median($e.target.port, true) $c = window.stddev($e.target.port) $d = window.range($e.target.port, true) "
      "$f = window.first($e.metadata.event_timestamp.seconds, $e.metadata.event_type) $g = "
      "window.mode($e.target.port) $h = latest($e.metadata.event_timestamp) condition: $e");
  const auto outcome = [&](size_t i) -> const engine::Expr& { return r.exprs[r.outcomes[i].value]; };
  CHECK(outcome(0).kind == Aggregate::avg);
  CHECK(outcome(1).kind == Aggregate::median);
  CHECK(outcome(1).value == engine::Constant(true));
  CHECK(outcome(2).op == Op::call);
  CHECK(r.exprs[outcome(2).args[0]].kind == Aggregate::variance);
  CHECK(outcome(3).op == Op::list);
  CHECK(outcome(3).args.size() == 2);
  CHECK(outcome(4).kind == Aggregate::first);
  REQUIRE(outcome(4).args.size() == 2);
  CHECK(r.type_of(outcome(4).args[1]) == engine::Type::text);
  CHECK(outcome(5).kind == Aggregate::mode);
  CHECK(r.type_of(outcome(5).args[0]) == engine::Type::text);
  CHECK(outcome(6).kind == Aggregate::latest);
  CHECK(outcome(6).type == engine::Type::integer);
}

TEST_CASE("absence keeps its variable") {
  const engine::Rule r =
      plan("events: $a.principal.ip = $ip $b.principal.ip = $ip match: $ip by 1h condition: $a and (!$b)");
  REQUIRE(r.condition != engine::kNoExpr);
  CHECK(r.exprs[r.condition].op == Op::all_of);
  CHECK(r.exprs[r.exprs[r.condition].args[1]].op == Op::negate);
}

}  // namespace
}  // namespace sekisho::yaral
