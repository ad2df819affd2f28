// Logs through everything: reading, merging, correlation, exceptions, budget, state.
#include "hunt/run.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"
#include "engine/correlate.h"
#include "event/json_line.h"
#include "hunt/event_path.h"
#include "hunt/rules.h"

using namespace sekisho;
using namespace sekisho::hunt;
using Texts = std::vector<std::string>;

namespace {

constexpr std::string_view kRules = R"(
rule many_failed {
  meta:
    author = "Corp Example"
    severity = "HIGH"
  events:
    $e.metadata.event_type = "USER_LOGIN"
    $e.security_result.action = "BLOCK"
    $e.principal.user.userid = $user
  match:
    $user over 5m
  outcome:
    $ips = array_distinct($e.principal.ip)
  condition:
    #e >= 3
}
rule export_vault {
  events:
    $e.metadata.event_type = "RESOURCE_READ"
    $e.principal.user.userid = $user
  condition:
    $e
}
rule sign_in_then_export {
  events:
    $a.metadata.event_type = "USER_LOGIN"
    $a.principal.user.userid = $user
    $b.metadata.event_type = "RESOURCE_READ"
    $b.principal.user.userid = $user
  match:
    $user over 10m
  condition:
    $a and $b
}
)";

constexpr int64_t kStart = 1767571200;  // 2026-01-05T00:00:00Z

std::string event_at(int64_t second, std::string_view user, std::string_view type = "USER_LOGIN",
                     std::string_view action = "BLOCK") {
  return "{\"metadata\":{\"eventTimestamp\":\"" + format_rfc3339({kStart + second, 0}) + "\",\"eventType\":\"" +
         std::string(type) + "\"},\"principal\":{\"user\":{\"userid\":\"" + std::string(user) +
         "\"},\"ip\":[\"192.0.2." + std::to_string(second % 250) + "\"]},\"securityResult\":[{\"action\":[\"" +
         std::string(action) + "\"]}]}";
}

struct Outcome {
  std::vector<std::string> lines;
  std::vector<std::string> problems;  // "name:line text"
  std::vector<std::string> expired;
  HuntStatistics statistics;
  std::string error;

  Texts at(std::string_view path) const {
    Texts out;
    event::JsonLine json;
    for (const std::string& line : lines) {
      const auto root = json.parse(line, false);
      REQUIRE(root);
      for (const auto& leaf : leaves(*root, path)) out.push_back(leaf_text(leaf));
    }
    return out;
  }
};

engine::Engine engine_of(std::string_view rules) {
  RuleSet set = compile_rules({{"rules.yaral", std::string(rules), {}}}, {}, {});
  for (const Error& e : set.errors) FAIL(e.one_line());
  auto engine = engine::Engine::build(std::move(set.rules), {}, engine::EngineOptions{});
  if (!engine) FAIL(engine.error().one_line());
  return std::move(*engine);
}

Outcome run(const engine::Engine& engine, HuntOptions options, std::string_view exceptions = {}) {
  Outcome out;
  const FixedClock clock({kStart, 0});
  HuntSinks sinks;
  sinks.write = [&](std::string_view line) { out.lines.emplace_back(line.substr(0, line.size() - 1)); };
  sinks.problem = [&](const std::string& name, const Problem& p) {
    out.problems.push_back(name.substr(name.rfind('/') + 1) + ":" + std::to_string(p.line) + " " + p.text);
  };
  sinks.expired = [&](const Exception& e) { out.expired.push_back(e.rule); };
  sinks.stop = [] { return false; };
  Hunt hunt(engine, std::move(options), std::move(sinks), clock);
  std::vector<Error> errors;
  hunt.exceptions().read(exceptions, "x.toml", errors);
  REQUIRE(errors.empty());
  auto statistics = hunt.run();
  if (statistics) out.statistics = *statistics;
  else out.error = statistics.error().code;
  return out;
}

HuntOptions of(std::vector<std::string> logs, unsigned threads = 1) {
  HuntOptions out;
  out.logs = std::move(logs);
  out.stream.threads = threads;
  return out;
}

}  // namespace

TEST_CASE("rules over detections read their events, also those of several, with or without a wrapper") {
  const engine::Engine engine = engine_of(std::string(kRules) + R"(
rule where {
  events:
    $d.detection.detection.rule_name = "sign_in_then_export"
    $d.detection.collection_elements.label = "b"
    $d.detection.collection_elements.references.event.principal.ip = $ip
  match:
    $ip over 1h
  condition:
    $d
}
)");
  TestFolder folder;
  const std::string first = event_at(0, "alice"), second = event_at(7, "alice", "RESOURCE_READ");
  for (const std::string& text :
       {first + "\n" + second + "\n", "{\"udm\":" + first + "}\n{\"idm\":{\"readOnlyUdm\":" + second + "}}\n"}) {
    const Outcome out = run(engine, of({folder.write("a.ndjson", text)}));
    CHECK(out.at("rule") == Texts{"export_vault", "sign_in_then_export", "where"});
    CHECK(out.at("keys.ip") == Texts{"192.0.2.7"});
  }
}

TEST_CASE("a sequence is found, with its events, window and offsets") {
  TestFolder folder;
  const std::string log =
      folder.write("a.ndjson", event_at(0, "bob") + "\n" + event_at(10, "alice") + "\n" + event_at(20, "alice") + "\n" +
                                   event_at(30, "alice") + "\n" + event_at(400, "bob") + "\n");
  const engine::Engine engine = engine_of(kRules);
  const Outcome o = run(engine, of({log}));
  REQUIRE(o.lines.size() == 1);
  CHECK(o.at("rule") == Texts{"many_failed"});
  CHECK(o.at("keys.user") == Texts{"alice"});
  CHECK(o.at("time") == Texts{"2026-01-05T00:00:30Z"});
  CHECK(o.at("outcomes.ips") == Texts{"192.0.2.10", "192.0.2.20", "192.0.2.30"});
  CHECK(o.at("events.line") == Texts{"2", "3", "4"});
  CHECK(o.at("events.source") == Texts{log, log, log});
  CHECK(o.at("events.event.principal.user.userid") == Texts{"alice", "alice", "alice"});
  CHECK(o.statistics.events == 5);
  CHECK(o.statistics.detections == 1);
  CHECK(o.problems.empty());
}

TEST_CASE("logs of the same time are merged, whatever their order on the command line") {
  TestFolder folder;
  std::string sign_ins, exports;
  for (int hour = 0; hour < 24; ++hour) {
    const std::string user = "user" + std::to_string(hour);
    sign_ins += event_at(hour * 3600, user, "USER_LOGIN", "ALLOW") + "\n";
    exports += event_at(hour * 3600 + 300, user, "RESOURCE_READ") + "\n";
  }
  const std::string a = folder.write("a.ndjson", sign_ins), b = folder.write("b.ndjson", exports);
  const engine::Engine engine = engine_of(kRules);
  const Outcome ab = run(engine, of({a, b})), ba = run(engine, of({b, a}));
  const auto joined = [](const Outcome& o) {
    const Texts rules = o.at("rule");
    return std::count(rules.begin(), rules.end(), "sign_in_then_export");
  };
  CHECK(joined(ab) == 24);
  CHECK(joined(ba) == 24);
  CHECK(ab.statistics.correlation.late == 0);
  CHECK(ba.statistics.correlation.late == 0);
}

TEST_CASE("the same lines whatever the number of threads") {
  TestFolder folder;
  std::vector<std::string> logs;
  for (int file = 0; file < 5; ++file) {
    std::string text = file == 4 ? "[" : "";
    for (int i = 0; i < 4000; ++i) {
      if (i % 500 == 7) text += file == 4 ? "{\"a\":x},\n" : "{broken\n";
      text += event_at(i * 3 + file, "user" + std::to_string(i * 7 % 50), i % 40 == 0 ? "RESOURCE_READ" : "USER_LOGIN",
                       i % 5 == 0 ? "BLOCK" : "ALLOW") +
              (file == 4 && i < 3999 ? ",\n" : "\n");
    }
    if (file == 4) text += "]";
    logs.push_back(folder.write("log" + std::to_string(file), text));
  }
  const engine::Engine engine = engine_of(kRules);
  const Outcome one = run(engine, of(logs, 1));
  CHECK(one.lines.size() > 100);
  CHECK(one.statistics.events == 20'000);
  CHECK(one.statistics.malformed == 40);
  for (const unsigned threads : {2u, 3u, 8u}) {
    const Outcome many = run(engine, of(logs, threads));
    CHECK(many.lines == one.lines);
    CHECK(many.problems == one.problems);
    CHECK(many.statistics.events == one.statistics.events);
    CHECK(many.statistics.malformed == one.statistics.malformed);
  }
}

TEST_CASE("bad lines are counted, named and skipped") {
  TestFolder folder;
  Limits limits;
  limits.event_bytes = 1000;
  std::string deep(3000, '[');
  const std::string log =
      folder.write("bad.ndjson", event_at(0, "alice", "RESOURCE_READ") +
                                     "\nnot json\n[1]\n\"text\"\n{\"a\":\"\xff\xfe\"}\n{\"a\":" + deep.substr(0, 900) +
                                     "\n" + deep + "\n{\"metadata\":{\"eventTimestamp\":1e999}}\n{\"a\":1" +
                                     std::string(900, '0') + "}\n{\"metadata\":[1,2],\"principal\":\"x\"}\n" +
                                     std::string(3, '\0') + "\n" + event_at(1, "bob", "RESOURCE_READ"));
  HuntOptions options = of({log});
  options.stream.limits = limits;
  const engine::Engine engine = engine_of(kRules);
  const Outcome o = run(engine, options);
  CHECK(o.at("placeholders.user") == Texts{"alice", "bob"});
  CHECK(o.statistics.too_long == 1);
  CHECK(o.statistics.malformed >= 7);
  CHECK(o.problems.size() == o.statistics.malformed + o.statistics.too_long);
  CHECK(std::find(o.problems.begin(), o.problems.end(), "bad.ndjson:3 not a JSON object") != o.problems.end());
  CHECK(std::find(o.problems.begin(), o.problems.end(), "bad.ndjson:7 longer than 1000 bytes") != o.problems.end());
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "{\n";
  const Outcome flood = run(engine, of({folder.write("many", many)}));
  CHECK(flood.problems.size() == 20);
  CHECK(flood.statistics.malformed == 5000);
}

TEST_CASE("a log that cannot be read is named, and the others are read") {
  TestFolder folder;
  const std::string log = folder.write("a.ndjson", event_at(0, "alice", "RESOURCE_READ") + "\n");
  const engine::Engine engine = engine_of(kRules);
  for (const unsigned threads : {1u, 3u}) {
    const Outcome o = run(engine, of({folder.path("nothing"), log}, threads));
    CHECK(o.lines.size() == 1);
    CHECK(o.statistics.broken_logs == 1);
    CHECK(o.problems == Texts{"nothing:0 no such file or folder"});
  }
  CHECK(run(engine, of({})).lines.empty());
}

TEST_CASE("the budget keeps back and reports once") {
  TestFolder folder;
  std::string text;
  for (int day = 0; day < 2; ++day)
    for (int i = 0; i < 10; ++i) text += event_at(day * 86'400 + i, "alice", "RESOURCE_READ") + "\n";
  HuntOptions options = of({folder.write("a", text)});
  options.budget = 4;
  const engine::Engine engine = engine_of(kRules);
  const Outcome o = run(engine, options);
  CHECK(o.at("kind") == Texts{"detection", "detection", "detection", "detection", "budget", "detection", "detection",
                              "detection", "detection", "budget"});
  CHECK(o.at("held") == Texts{"6", "6"});
  CHECK(o.at("start") == Texts{"2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"});
  CHECK(o.statistics.over_budget == 12);
}

TEST_CASE("exceptions keep back, count, and say when they have ended") {
  TestFolder folder;
  std::string text;
  for (int day = 0; day < 3; ++day)
    for (const char* user : {"alice", "svc-1"}) text += event_at(day * 86'400, user, "RESOURCE_READ") + "\n";
  const engine::Engine engine = engine_of(kRules);
  const Outcome o =
      run(engine, of({folder.write("a", text)}),
          "[[exception]]\nrule = \"export_vault\"\nwhere = {user = \"svc-*\"}\nuntil = 2026-01-06\nreason = \"r\"\n");
  CHECK(o.at("placeholders.user") == Texts{"alice", "alice", "alice", "svc-1"});
  CHECK(o.statistics.excepted == 2);
  CHECK(o.expired == Texts{"export_vault"});
}

TEST_CASE("state: two runs over halves are one run over the whole") {
  TestFolder folder;
  std::string first, second;
  for (int i = 0; i < 400; ++i)
    (i < 201 ? first : second) +=
        event_at(i * 20, "user" + std::to_string(i % 7), i % 11 == 0 ? "RESOURCE_READ" : "USER_LOGIN") + "\n";
  const std::string a = folder.write("a", first), b = folder.write("b", second);
  const engine::Engine engine = engine_of(kRules);
  HuntOptions options = of({a, b});
  options.state = folder.path("whole");
  const Outcome whole = run(engine, options);
  options.logs = {a};
  options.state = folder.path("halves");
  const Outcome half = run(engine, options);
  options.logs = {b};
  const Outcome rest = run(engine, options);
  CHECK(half.lines.size() + rest.lines.size() == whole.lines.size());
  CHECK(!half.lines.empty());
  CHECK(!rest.lines.empty());
  const auto times = [](const Outcome& o) { return o.at("time"); };
  Texts together = times(half);
  for (const std::string& t : times(rest)) together.push_back(t);
  CHECK(together == times(whole));
  // Events of the earlier run keep the name of their log.
  const Texts sources = rest.at("events.source");
  CHECK(std::find(sources.begin(), sources.end(), a) != sources.end());
  CHECK_FALSE(std::filesystem::exists(folder.path("halves.new")));
}

TEST_CASE("a run that keeps state tells what the end of its logs decides") {
  TestFolder folder;
  HuntOptions options = of({folder.write(
      "a", event_at(0, "ann", "RESOURCE_READ") + "\n" + event_at(4 * 3600, "bob", "GENERIC_EVENT") + "\n")});
  options.state = folder.path("state");
  options.lateness_seconds = 60;
  CHECK(run(engine_of(kRules), options).lines.size() == 1);  // though nothing that a rule selects came after it
}

TEST_CASE("what is known of the records of some rules says nothing to other rules") {
  const engine::Engine plain = engine_of(kRules);
  const engine::Engine joined = engine_of(R"(
rule listed {
  events:
    $e.metadata.event_type = "USER_LOGIN"
    $e.principal.ip = $ip
    $g.graph.entity.ip = $ip
  match:
    $ip over 5m
  condition:
    $e and $g
}
)");
  const auto rows = [&](const engine::Engine& knowing) {
    engine::Correlator correlator(knowing, {}, [](engine::Detection&&) {});
    engine::Scratch scratch;
    scratch.know(correlator.known());
    engine::Matched out;
    event::JsonLine json;
    const std::string text = event_at(0, "ann");
    joined.match(*json.parse(text, false), engine::Reading::udm, text, {}, scratch, out);
    return out.rows.size();
  };
  CHECK(rows(plain) == 1);
  CHECK(rows(joined) == 0);  // there is no record
}

TEST_CASE("what the clock says while rules are compiled decides nothing") {
  RuleSet set = compile_rules({{"rules.yaral",
                                R"(
rule sum {
  events:
    $e.target.port + timestamp.get_hour(timestamp.current_seconds(), "-10") = 5
  condition:
    $e
}
)",
                                {}}},
                              {}, {});
  REQUIRE(set.errors.empty());
  // At ten in London it is hour 0 there: the sum is nothing where the field is not there, but only then.
  const FixedClock clock({kStart + 10 * 3600, 0});
  engine::EngineOptions options;
  options.clock = &clock;
  const auto engine = engine::Engine::build(std::move(set.rules), {}, options);
  REQUIRE(engine.has_value());
  engine::Scratch scratch;
  engine::Matched out;
  event::JsonLine json;
  const std::string text = event_at(15 * 3600, "ann");
  engine->match(*json.parse(text, false), engine::Reading::udm, text, {}, scratch, out);
  CHECK(out.detections.size() == 1);
}

TEST_CASE("a state file that is not whole is refused and left alone") {
  TestFolder folder;
  const engine::Engine engine = engine_of(kRules);
  HuntOptions options = of({folder.write("a", event_at(0, "alice") + "\n")});
  options.state = folder.path("state");
  REQUIRE(run(engine, options).error.empty());
  const std::string good = folder.read("state");
  for (const std::string& bad :
       {std::string(), std::string("nonsense"), good.substr(0, good.size() - 1), good + "x", good.substr(0, 30)}) {
    folder.write("state", bad);
    CHECK(run(engine, options).error == "hunt.state");
    CHECK(folder.read("state") == bad);
  }
  std::string other = good;
  other.replace(other.find(":1,"), 3, ":9,");
  folder.write("state", other);
  CHECK(run(engine, options).error == "hunt.state");
  options.state = folder.path("no/such/folder/state");
  CHECK(run(engine, options).error == "hunt.state");
}
