// Lists, tables, context, log sources.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/test_folder.h"
#include "hunt/context.h"
#include "hunt/csv.h"
#include "hunt/event_path.h"
#include "hunt/lists.h"
#include "hunt/logsources.h"
#include "hunt/rules.h"

using namespace sekisho;
using namespace sekisho::hunt;
using Texts = std::vector<std::string>;

TEST_CASE("CSV: quotes, commas and line breaks within cells") {
  std::vector<Error> errors;
  const Csv csv = read_csv(
      "\xef\xbb\xbf"
      "a, b ,c\r\n1,\"x, \"\"y\"\"\nz\",\r\n\n,,3\n",
      "t.csv", errors);
  CHECK(errors.empty());
  CHECK(csv.header.cells == Texts{"a", "b", "c"});
  REQUIRE(csv.rows.size() == 2);
  CHECK(csv.rows[0].cells == Texts{"1", "x, \"y\"\nz", ""});
  CHECK(csv.rows[0].line == 2);
  CHECK(csv.rows[1].cells == Texts{"", "", "3"});
  CHECK(csv.rows[1].line == 5);
}

TEST_CASE("CSV: each mistake with its place") {
  std::vector<Error> errors;
  const std::string text = "a,b\n1\n1,2\n1,2,3\n\"open,1\n";
  const Csv csv = read_csv(text, "t.csv", errors);
  REQUIRE(csv.rows.size() == 1);
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].text == "1 cells where the header has 2");
  CHECK(text.substr(errors[0].span->offset, errors[0].span->length) == "1");
  CHECK(errors[1].text == "3 cells where the header has 2");
  CHECK(errors[2].text == "the quote is not closed");
  for (const std::string_view bad : {"", "a,a\n", "a,,b\n"}) {
    errors.clear();
    read_csv(bad, "t.csv", errors);
    CHECK(errors.size() == 1);
  }
  errors.clear();
  read_csv(
      "a,b\n" +
          [] {
            std::string s;
            for (int i = 0; i < 100; ++i) s += "x\n";
            return s;
          }(),
      "t.csv", errors);
  CHECK(errors.size() == 20);
}

TEST_CASE("lists and tables of a folder") {
  TestFolder folder;
  folder.write("vips.txt", "# people\nalice\n bob # the second\nhttps://x.example/#top\n\n");
  folder.write("hosts.csv", "name,owner\nweb-1,alice\nweb-2,\n");
  engine::ReferenceLists lists{{"vips", {"gone"}}};
  std::vector<TextFile> files;
  std::vector<Error> errors;
  read_lists(folder.path(""), lists, files, errors);
  CHECK(errors.empty());
  CHECK(lists["vips"] == Texts{"alice", "bob", "https://x.example/#top"});
  CHECK(lists["hosts.name"] == Texts{"web-1", "web-2"});
  CHECK(lists["hosts.owner"] == Texts{"alice", ""});  // rows stay side by side
  read_lists(folder.path("nothing"), lists, files, errors);
  CHECK(errors.size() == 1);
}

namespace {

struct Context {
  std::vector<event::Event> records;
  std::vector<Error> errors;
  std::vector<TextFile> files;
};
Context context(const TestFolder& folder, std::string_view name, std::string_view text) {
  Context out;
  read_context(
      folder.write(name, text), {}, [&](event::Event&& e) { out.records.push_back(std::move(e)); }, out.files,
      out.errors);
  return out;
}

}  // namespace

TEST_CASE("context from CSV: scalars, times, maps and labels; empty cells are absent") {
  TestFolder folder;
  const Context c =
      context(folder, "people.csv",
              "entity.user.userid,metadata.interval.start_time,metadata.entity_type,risk_score.risk_score,"
              "additional.fields[\"tier\"],\"entity.labels[\"\"team\"\"]\",\"entity.labels[\"\"site\"\"]\"\n"
              "alice,2026-01-01T00:00:00Z,USER,7.5,0,blue,\n"
              "bob,,,,,,\n");
  for (const Error& e : c.errors) MESSAGE(e.text, " ", e.hint);
  REQUIRE(c.records.size() == 2);
  const event::Event& alice = c.records[0];
  CHECK(alice.get("entity.user.userid").as_text() == "alice");
  CHECK(alice.get("metadata.interval.start_time.seconds").as_int() == 1767225600);
  CHECK(alice.get("metadata.entity_type").as_int() != 0);
  CHECK(alice.get("risk_score.risk_score").as_real() == 7.5);
  const auto& schema = event::Schema::get();
  const auto* noun = alice.get("entity").as_message();
  REQUIRE(noun);
  CHECK(noun->label(*schema.message("Noun")->find("labels"), "team") == "blue");
  CHECK(noun->label(*schema.message("Noun")->find("labels"), "site").empty());
  CHECK(alice.get("additional").as_map()->get("tier").as_text() == "0");
  CHECK(!c.records[1].get("metadata"));
  CHECK(c.records[1].get("entity.user.userid").as_text() == "bob");
}

TEST_CASE("context from JSON, with its mistakes by line") {
  TestFolder folder;
  Context c =
      context(folder, "a.ndjson",
              "{\"entity\":{\"user\":{\"userid\":\"alice\"}}}\nnonsense\n\n"
              "{\"metadata\":{\"interval\":{\"startTime\":\"yesterday\"}}}\n{\"entity\":{\"hostname\":\"h\"}}\n");
  CHECK(c.records.size() == 2);
  REQUIRE(c.errors.size() == 2);
  CHECK(c.errors[0].text.starts_with("line 2: not JSON"));
  CHECK(c.errors[1].text.starts_with("line 4: metadata.interval.startTime must be"));
  CHECK(context(folder, "a.json", "[{\"entity\":{\"hostname\":\"a\"}},{\"entity\":{\"hostname\":\"b\"}}]")
            .records.size() == 2);
}

TEST_CASE("context: a column that is no field is an error with a hint") {
  TestFolder folder;
  const Context c = context(folder, "a.csv", "entity.user.usrid,entity.user,nothing[\nx,y,z\n");
  CHECK(c.records.empty());
  REQUIRE(c.errors.size() == 3);
  CHECK(c.errors[0].text == "no field \"usrid\" in User");
  CHECK(c.errors[0].hint.find("userid") != std::string::npos);
  CHECK(c.errors[0].span.has_value());
  const Context bad = context(folder, "b.csv", "metadata.interval.start_time\n2026-01-01T00:00:00Z\nsoon\n");
  CHECK(bad.records.size() == 1);
  REQUIRE(bad.errors.size() == 1);
  CHECK(bad.errors[0].text.starts_with("line 3: "));
  CHECK(context(folder, "c.csv", "").errors.size() == 1);
}

TEST_CASE("values by dotted names") {
  const std::string text =
      R"({"a":{"b":[{"c":1},{"c":[true,null,"x"]}],"d.e":{"f":2.5}},"someName":{"innerPart":"y"},"empty":[],"o":{}})";
  event::JsonLine json;
  const auto root = json.parse(text, false);
  REQUIRE(root);
  const auto at = [&](std::string_view path) {
    Texts out;
    for (const auto& leaf : leaves(*root, path)) out.push_back(leaf_text(leaf));
    return out;
  };
  CHECK(at("a.b.c") == Texts{"1", "true", "x"});
  CHECK(at("a.d.e.f") == Texts{"2.5"});
  CHECK(at("some_name.inner_part") == Texts{"y"});
  CHECK(at("a").empty());
  CHECK(at("a.b.c.d").empty());
  CHECK(at("").empty());
  Texts all;
  each_leaf(*root, [&](std::string_view field, const event::JsonValue& leaf) {
    all.push_back(std::string(field) + "=" + leaf_text(leaf));
  });
  CHECK(all == Texts{"c=1", "c=true", "c=x", "f=2.5", "innerPart=y"});
}

TEST_CASE("the time of an event") {
  event::JsonLine json;
  const auto at = [&](const std::string& value) -> int64_t {
    const auto root = json.parse("{\"x\":\"no\",\"t\":" + value + "}", false);
    REQUIRE(root);
    const Texts fields{"missing", "x", "t"};
    const auto time = time_of(*root, fields);
    return time ? time->seconds : -1;
  };
  for (const char* written : {"\"2026-01-05T00:00:00Z\"", "\"2026-01-05T09:00:00+09:00\"", "\"2026-01-05T00:00:00\"",
                              "\"2026-01-05 00:00:00.123456\"", "1767571200", "1767571200.5", "1767571200123",
                              "1767571200123456", "1767571200123456789", "\"1767571200\""})
    CHECK(at(written) == 1767571200);
  for (const char* written : {"\"soon\"", "null", "-5", "0", "true", "1e300", "{}"}) CHECK(at(written) == -1);
}

TEST_CASE("time fields: of the service, then of the product, then the default ones") {
  LogSources sources;
  std::vector<Error> errors;
  sources.read(
      "default = [\"time\"]\n[[logsource]]\nproduct = \"p\"\nservice = \"s\"\ntime = [\"a\"]\n[[logsource]]\nproduct = "
      "\"p\"\ntime = [\"b\", \"a\"]\n",
      "l.toml", errors);
  CHECK(errors.empty());
  CHECK(sources.time_fields({"", "P", "s"}) == Texts{"a", "b", "time"});
  CHECK(sources.time_fields({"", "p", "other"}) == Texts{"b", "a", "time"});
  CHECK(sources.time_fields({"", "q", ""}) == Texts{"time"});
  CHECK(sources.hint({"", "p", ""}).empty());
  sources.read("[[logsource]]\nproduct = \"q\"\n", "l.toml", errors);
  CHECK(errors.size() == 1);
}

TEST_CASE("which rules fit a log source") {
  const engine::LogSource okta = parse_log_source("okta"), logins = parse_log_source("Azure/SignInLogs"),
                          proxy = parse_log_source("squid//proxy");
  CHECK(fits({"", "okta", "okta"}, okta));
  CHECK(fits({"", "okta", ""}, okta));
  CHECK(fits({}, okta));
  CHECK_FALSE(fits({"", "azure", ""}, okta));
  CHECK_FALSE(fits({"proxy", "", ""}, okta));
  CHECK(fits({"", "azure", "signinlogs"}, logins));
  CHECK_FALSE(fits({"", "azure", "auditlogs"}, logins));
  CHECK(fits({"proxy", "", ""}, proxy));
  CHECK_FALSE(fits({"webserver", "", ""}, proxy));
}

TEST_CASE("rules of both languages, with the mistakes of all files") {
  TestFolder folder;
  const std::string_view good = "rule a { events: $e.metadata.event_type = \"USER_LOGIN\" condition: $e }\n";
  folder.write("a.yaral", good);
  folder.write("b.yaral", "rule a { events: $e.metadata.event_type = \"USER_LOGIN\" condition: $e }\n");
  folder.write("c.yaral", "rule c { events: $e.metadata.event_typ = \"USER_LOGIN\" condition: $e }\n");
  folder.write("d.yml", "title: D\nlogsource:\n  product: okta\ndetection:\n  s:\n    eventType: x\n  condition: s\n");
  folder.write("e.yml", "title: E\ndetection:\n  s: [\n");
  folder.write("tests/f.yaral", "nonsense");
  folder.write("notes.txt", "nonsense");
  RuleSet set = load_rules({folder.path("")}, {}, {});
  CHECK(set.rules.size() == 2);
  CHECK(set.files.size() == 5);
  for (const std::string_view name : {"b.yaral", "c.yaral", "e.yml"}) {
    CAPTURE(name);
    CHECK(std::any_of(set.errors.begin(), set.errors.end(), [&](const Error& e) { return e.source.ends_with(name); }));
  }
  check_rules(set, {});
  auto rules = set.rules;
  CHECK(keep_readable(rules, std::nullopt) == 1);
  CHECK(rules[0].name == "a");
  rules = set.rules;
  CHECK(keep_readable(rules, parse_log_source("okta")) == 1);
  CHECK(rules[0].language == "sigma");
  CHECK(load_rules({folder.path("notes.txt")}, {}, {}).errors.size() == 1);
  CHECK(load_rules({folder.path("nothing")}, {}, {}).errors.size() == 1);
}
