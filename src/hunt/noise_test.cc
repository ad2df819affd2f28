// Exceptions, the budget, and the three forms of output.
#include <doctest/doctest.h>

#include "event/json_line.h"
#include "hunt/budget.h"
#include "hunt/event_path.h"
#include "hunt/exceptions.h"
#include "hunt/output.h"

using namespace sekisho;
using namespace sekisho::hunt;
using Texts = std::vector<std::string>;

namespace {

engine::Value text(std::string t) {
  engine::Value v;
  v.text = std::move(t);
  return v;
}
engine::Value number(int64_t n) {
  engine::Value v;
  v.type = engine::Type::integer;
  v.integer = n;
  return v;
}

constexpr int64_t kTime = 1767571200;  // 2026-01-05T00:00:00Z

struct Example {
  engine::Rule rule;
  RuleInfo info;
  engine::Detection detection;
  Finding finding;
  Example() {
    rule.name = "many_sign_ins";
    rule.language = "yara-l";
    rule.meta = {{"author", "Corp Example"}, {"description", "Many failed sign-ins"},
                 {"severity", "High"},       {"technique", "T1110.003"},
                 {"tactic", "TA0006"},       {"reference", "https://corp.example/1"}};
    const uint32_t user = rule.placeholder("user", engine::Type::text);
    rule.define(user, rule.slot(*engine::resolve("principal.user.userid")));
    info = rule_info(rule);
    detection.time = {kTime + 60, 0};
    detection.window = engine::Window{engine::Match::Window::hop, {kTime - 240, 0}, {kTime + 60, 0}, 0};
    detection.keys = {{"user", text("alice@corp.example")}};
    detection.outcomes = {{"risk_score", number(70)}, {"ips", text("192.0.2.7")}};
    detection.placeholders = {{"ip", {text("192.0.2.7"), text("192.0.2.9")}}};
    detection.event_count = 12;
    detection.matched_rows = 12;
    finding = {&rule, &info, &detection, {}};
    finding.events.push_back(
        {"e",
         {kTime, 0},
         "a.ndjson",
         {0, 70, 3, 200},
         R"({"principal":{"user":{"userid":"alice@corp.example"},"hostname":"ws-1","ip":["2001:db8::7"]}})"});
  }
};

bool covers(const std::string& toml, const Finding& finding, Timestamp now = {kTime, 0}) {
  Exceptions exceptions;
  std::vector<Error> errors;
  exceptions.read(toml, "x.toml", errors);
  for (const Error& e : errors) FAIL_CHECK(e.text);
  return exceptions.covers(finding, now);
}

std::string exception(const std::string& where, const std::string& rule = "many_*",
                      const std::string& until = "2026-12-31") {
  return "[[exception]]\nrule = \"" + rule + "\"\nreason = \"r\"\nuntil = " + until + "\nwhere = " + where + "\n";
}

}  // namespace

TEST_CASE("globs") {
  CHECK(glob_matches("svc-*", "svc-backup"));
  CHECK(glob_matches("*@corp.*", "a@corp.example"));
  CHECK(glob_matches("a?c", "abc"));
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("a*b*c", "aXXbYYbZc"));
  CHECK_FALSE(glob_matches("a*b", "abc"));
  CHECK_FALSE(glob_matches("", "a"));
  CHECK_FALSE(glob_matches("ABC", "abc"));
  CHECK_FALSE(glob_matches(std::string(200, '*') + "b", std::string(20'000, 'a')));
}

TEST_CASE("exceptions by key, placeholder, outcome and field") {
  const Example e;
  CHECK(covers(exception("{user = \"alice@*\"}"), e.finding));
  CHECK(covers(exception("{\"$user\" = \"alice@corp.example\"}"), e.finding));
  CHECK(covers(exception("{ip = \"192.0.2.9\"}"), e.finding));
  CHECK(covers(exception("{ip = [\"198.51.100.0/24\", \"192.0.2.8/29\"]}"), e.finding));
  CHECK(covers(exception("{risk_score = 70}"), e.finding));
  CHECK(covers(exception("{\"principal.hostname\" = \"ws-*\", \"principal.ip\" = \"2001:db8::/32\"}"), e.finding));
  CHECK(covers("[[exception]]\nrule = \"many_sign_ins\"\nreason = \"r\"\nuntil = 2026-12-31\n", e.finding));
  CHECK_FALSE(covers(exception("{user = \"bob@*\"}"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"Alice@*\"}"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"alice@*\", ip = \"203.0.113.1\"}"), e.finding));
  CHECK_FALSE(covers(exception("{nothing = \"*x\"}"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"alice@*\"}", "other"), e.finding));
}

TEST_CASE("an exception ends with its last day, by the detection's time") {
  Example e;
  CHECK(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-05"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-04"), e.finding));
  CHECK(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-05T00:02:00Z"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-05T00:01:00Z"), e.finding));
  CHECK_FALSE(covers(exception("{user = \"alice@*\"}", "many_*", "\"2026-01-04\""), e.finding));
  // Without a time of its own, now counts.
  e.detection.time = {};
  CHECK(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-05"), e.finding, {kTime, 0}));
  CHECK_FALSE(covers(exception("{user = \"alice@*\"}", "many_*", "2026-01-05"), e.finding, {kTime + 86'400, 0}));
}

TEST_CASE("what exceptions did is counted") {
  const Example e;
  Exceptions exceptions;
  std::vector<Error> errors;
  exceptions.read(exception("{user = \"alice@*\"}", "many_*", "2026-01-04") + exception("{user = \"alice@*\"}"),
                  "x.toml", errors);
  CHECK(exceptions.covers(e.finding, {}));
  CHECK(exceptions.covers(e.finding, {}));
  CHECK(exceptions.all()[0].expired == 2);
  CHECK(exceptions.all()[0].covered == 0);
  CHECK(exceptions.all()[1].covered == 2);
}

TEST_CASE("mistakes in exceptions") {
  const auto first = [](const std::string& toml) {
    Exceptions exceptions;
    std::vector<Error> errors;
    exceptions.read(toml, "x.toml", errors);
    return errors.empty() ? std::string() : errors[0].text;
  };
  CHECK(first("[[exception]]\nrule = \"a\"\nuntil = 2026-12-31\n") == "an exception needs a reason");
  CHECK(first("[[exception]]\nrule = \"a\"\nreason = \" \"\nuntil = 2026-12-31\n") == "an exception needs a reason");
  CHECK(first("[[exception]]\nrule = \"a\"\nreason = \"r\"\n") == "an exception needs an end");
  CHECK(first("[[exception]]\nrule = \"a\"\nreason = \"r\"\nuntil = \"soon\"\n") == "\"soon\" is not a date");
  CHECK(first("[[exception]]\nrule = \"a\"\nreason = \"r\"\nuntil = 5\n") == "until must be a date");
  CHECK(first("[[exception]]\nreason = \"r\"\nuntil = 2026-12-31\n") == "rule is missing or empty");
  CHECK(first("[[exception]]\nrule = \"*\"\nreason = \"r\"\nuntil = 2026-12-31\n") == "this would silence every rule");
  CHECK(first("[[exception]]\nrule = \"*\"\nreason = \"r\"\nuntil = 2026-12-31\nwhere = {user = [\"a\", \"*\"]}\n") ==
        "this would silence every rule");
  CHECK(first("[[exception]]\nrule = \"a\"\nreason = \"r\"\nuntil = 2026-12-31\nwhere = {user = 1.5}\n") ==
        "\"user\" must be a text, or a list of texts");
  CHECK(
      first("[[exception]]\nrule = \"a\"\nreason = \"r\"\nuntil = 2026-12-31\nwher = {}\n").starts_with("unknown key"));
  CHECK(first("[[exception\n") != "");
  CHECK(first("[[exception]]\nrule = \"*\"\nreason = \"r\"\nuntil = 2026-12-31\nwhere = {user = \"a\"}\n").empty());
}

TEST_CASE("exceptions that can never hold are named") {
  const Example e;
  Exceptions exceptions;
  std::vector<Error> errors;
  exceptions.read(
      exception("{usr = \"x\", \"a.b\" = \"x\", user = \"x\"}") + exception("{user = \"x\"}", "many_sing_ins"),
      "x.toml", errors);
  const auto unfit = exceptions.unfit({&e.rule, 1});
  REQUIRE(unfit.size() == 2);
  CHECK(unfit[0].hint == "did you mean user?");
  CHECK(unfit[1].text == "no rule is called \"many_sing_ins\"");
  CHECK(unfit[1].hint == "did you mean many_sign_ins?");
}

TEST_CASE("the budget counts by rule and day, and reports once") {
  std::vector<BudgetReport> reports;
  Budget budget(2, [&](const BudgetReport& r) { reports.push_back(r); });
  CHECK(budget.spend("a", kTime));
  CHECK(budget.spend("a", kTime + 5));
  CHECK_FALSE(budget.spend("a", kTime + 6));
  CHECK(budget.spend("b", kTime + 6));
  CHECK_FALSE(budget.spend("a", kTime + 86'399));
  CHECK_FALSE(budget.spend("a", kTime - 1));  // older than the day in hand
  CHECK(reports.empty());
  CHECK(budget.spend("a", kTime + 86'400));
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].rule == "a");
  CHECK(reports[0].start == kTime);
  CHECK(reports[0].end == kTime + 86'400);
  CHECK(reports[0].written == 2);
  CHECK(reports[0].held == 3);
  budget.finish();
  CHECK(reports.size() == 1);
  CHECK(budget.spend("a", -1));
  budget.finish();
  CHECK(reports.size() == 1);
  Budget none(0, [&](const BudgetReport& r) { reports.push_back(r); });
  for (int i = 0; i < 100; ++i) CHECK(none.spend("a", kTime));
}

TEST_CASE("what a rule says of itself") {
  engine::Rule sigma;
  sigma.name = "x";
  sigma.language = "sigma";
  sigma.meta = {{"title", "A title"},
                {"id", "0f0"},
                {"author", "Ann, Bob"},
                {"level", "medium"},
                {"tags", "attack.t1078.004, attack.initial-access, attack.s0002, cve.2026-1"},
                {"references", "https://a.example/, https://b.example/"}};
  const RuleInfo info = rule_info(sigma);
  CHECK(info.title == "A title");
  CHECK(info.id == "0f0");
  CHECK(info.author == "Ann, Bob");
  CHECK(info.references.size() == 2);
  CHECK(info.tags.size() == 4);
  REQUIRE(info.attacks.size() == 2);
  CHECK(info.attacks[0].technique == "T1078.004");
  CHECK(info.attacks[1].tactic == "initial access");
  engine::Rule yaral;
  yaral.meta = {{"mitre_attack_tactic", "Credential Access"},
                {"mitre_attack_url", "https://x.example/techniques/T1078/004/"},
                {"mitre_attack_version", "v13.1"},
                {"technique", "T1078.004 T12345"}};
  const RuleInfo other = rule_info(yaral);
  REQUIRE(other.attacks.size() == 2);
  CHECK(other.attacks[0].tactic == "Credential Access");
  CHECK(other.attacks[1].technique == "T1078.004");
  CHECK(severity_number("HIGH") == 4);
  CHECK(severity_number("Info") == 1);
  CHECK(severity_number("odd") == 0);
}

namespace {

Texts at(const std::string& json_text, std::string_view path) {
  event::JsonLine json;
  const auto root = json.parse(json_text, false);
  REQUIRE(root);
  Texts out;
  for (const auto& leaf : leaves(*root, path)) out.push_back(leaf_text(leaf));
  return out;
}
std::string written(Format format, const Finding& f) {
  std::string out;
  write_finding(format, f, out);
  CHECK(out.find('\n') == std::string::npos);
  return out;
}

}  // namespace

TEST_CASE("Sekisho's own record") {
  Example e;
  const std::string out = written(Format::ndjson, e.finding);
  CHECK(at(out, "kind") == Texts{"detection"});
  CHECK(at(out, "rule") == Texts{"many_sign_ins"});
  CHECK(at(out, "author") == Texts{"Corp Example"});
  CHECK(at(out, "time") == Texts{"2026-01-05T00:01:00Z"});
  CHECK(at(out, "window.start") == Texts{"2026-01-04T23:56:00Z"});
  CHECK(at(out, "window.kind") == Texts{"hop"});
  CHECK(at(out, "window.step").empty());
  CHECK(at(out, "keys.user") == Texts{"alice@corp.example"});
  CHECK(at(out, "risk_score") == Texts{"70"});
  CHECK(at(out, "placeholders.ip") == Texts{"192.0.2.7", "192.0.2.9"});
  CHECK(at(out, "events.variable") == Texts{"e"});
  CHECK(at(out, "events.offset") == Texts{"200"});
  CHECK(at(out, "events.event.principal.hostname") == Texts{"ws-1"});
  CHECK(at(out, "counts.events") == Texts{"12"});
  // The same again, and another one for another user.
  CHECK(at(out, "uid") == at(written(Format::ndjson, e.finding), "uid"));
  const Texts uid = at(out, "uid");
  e.detection.keys[0].second = text("bob");
  CHECK(at(written(Format::ndjson, e.finding), "uid") != uid);
  // Of an element over several lines.
  e.finding.events[0].text = "{\n\"a\": 1\r\n}";
  CHECK(at(written(Format::ndjson, e.finding), "events.event.a") == Texts{"1"});
  e.finding.events[0].text.clear();
  CHECK(at(written(Format::ndjson, e.finding), "events.line") == Texts{"3"});
}

TEST_CASE("the Elastic Common Schema") {
  const Example e;
  const std::string out = written(Format::ecs, e.finding);
  CHECK(at(out, "@timestamp") == Texts{"2026-01-05T00:01:00Z"});
  CHECK(at(out, "ecs.version") == Texts{"8.17.0"});
  CHECK(at(out, "event.kind") == Texts{"alert"});
  CHECK(at(out, "event.severity") == Texts{"4"});
  CHECK(at(out, "event.start") == Texts{"2026-01-04T23:56:00Z"});
  CHECK(at(out, "rule.name") == Texts{"many_sign_ins"});
  CHECK(at(out, "rule.author") == Texts{"Corp Example"});
  CHECK(at(out, "threat.technique.id") == Texts{"T1110"});
  CHECK(at(out, "threat.technique.subtechnique.id") == Texts{"T1110.003"});
  CHECK(at(out, "threat.tactic.id") == Texts{"TA0006"});
  CHECK(at(out, "related.user") == Texts{"alice@corp.example"});
  CHECK(at(out, "related.ip") == Texts{"192.0.2.7", "192.0.2.9", "2001:db8::7"});
  CHECK(at(out, "related.hosts") == Texts{"ws-1"});
  CHECK(at(out, "labels.user") == Texts{"alice@corp.example"});
  CHECK(at(out, "message") == Texts{"many_sign_ins: user alice@corp.example"});
  CHECK(at(out, "sekisho.window.kind") == Texts{"hop"});
}

TEST_CASE("the Open Cybersecurity Schema Framework") {
  const Example e;
  const std::string out = written(Format::ocsf, e.finding);
  CHECK(at(out, "class_uid") == Texts{"2004"});
  CHECK(at(out, "type_uid") == Texts{"200401"});
  CHECK(at(out, "time") == Texts{"1767571260000"});
  CHECK(at(out, "severity_id") == Texts{"4"});
  CHECK(at(out, "severity") == Texts{"High"});
  CHECK(at(out, "finding_info.analytic.name") == Texts{"many_sign_ins"});
  CHECK(at(out, "finding_info.attacks.sub_technique.uid") == Texts{"T1110.003"});
  CHECK(at(out, "finding_info.first_seen_time") == Texts{"1767570960000"});
  CHECK(at(out, "observables.value") == Texts{"ws-1", "192.0.2.7", "192.0.2.9", "2001:db8::7", "alice@corp.example"});
  CHECK(at(out, "evidences.data.event.principal.hostname") == Texts{"ws-1"});
  CHECK(at(out, "unmapped.sekisho.author") == Texts{"Corp Example"});
  CHECK(at(out, "risk_score") == Texts{"70"});
}

TEST_CASE("a budget report in each form") {
  const BudgetReport report{"many", kTime, kTime + 86'400, 1000, 5};
  for (const auto& [format, path] : {std::pair(Format::ndjson, ""), std::pair(Format::ecs, "sekisho."),
                                     std::pair(Format::ocsf, "unmapped.sekisho.")}) {
    std::string out;
    write_budget(format, report, out);
    CHECK(at(out, path + std::string("kind")) == Texts{"budget"});
    CHECK(at(out, path + std::string("held")) == Texts{"5"});
  }
}
