#include "sigma/sigma.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace sekisho::sigma {
namespace {

std::string rule(const std::string& name, const std::string& more = "", const std::string& value = "x") {
  return "title: Rule " + name + "\nname: " + name + "\n" + more +
         "logsource:\n  product: example\ndetection:\n  s:\n    field: " + value + "\n  condition: s\n";
}
std::string counting(const std::string& title, const std::string& of, const std::string& more = "") {
  return "title: " + title + "\n" + more + "correlation:\n  type: event_count\n  rules: " + of +
         "\n  group-by: user\n  timespan: 5m\n  condition:\n    gte: 3\n";
}
const engine::Rule& named(const Compiled& all, std::string_view name) {
  const auto it = std::find_if(all.rules.begin(), all.rules.end(), [&](const auto& r) { return r.name == name; });
  REQUIRE(it != all.rules.end());
  return *it;
}

TEST_CASE("references reach over files, forwards and backwards") {
  const std::string first = counting("Many", "b"), second = rule("a") + "---\n" + rule("b", "id: 4d0a2c83\n"),
                    third = counting("More", "4d0a2c83");
  const Source files[] = {{first, "1.yml"}, {second, "2.yml"}, {third, "3.yml"}};
  const Compiled all = compile(files);
  REQUIRE(all.errors.empty());
  REQUIRE(all.rules.size() == 4);
  CHECK(all.documents == 4);
  CHECK(named(all, "Many").source == "1.yml");
  CHECK(named(all, "More").source == "3.yml");
  CHECK(named(all, "Rule b").silent);
  CHECK_FALSE(named(all, "Rule a").silent);
}

TEST_CASE("places of a rule in another file are not places in the correlation's") {
  const std::string first = counting("Many", "a"), second = std::string(500, '#') + "\n" + rule("a");
  const Source files[] = {{first, "1.yml"}, {second, "2.yml"}};
  const Compiled all = compile(files);
  for (const engine::Expr& e : named(all, "Many").exprs) CHECK(e.span.offset + e.span.length <= first.size());
  for (const engine::Expr& e : named(all, "Rule a").exprs) CHECK(e.span.offset > 500);
}

TEST_CASE("the author stays with a rule and with all that is made of it") {
  const std::string text = rule("a", "author: Jane Doe\n") + "---\n" + rule("b", "author:\n  - John Roe\n  - Kim\n") +
                           "---\n" + counting("Own", "[a, b]", "author: Third\nname: own\ngenerate: true\n") + "---\n" +
                           counting("None", "[a, b]") + "---\n" + counting("Chain", "own", "author: ''\n");
  const Compiled all = compile(text, "t.yml");
  REQUIRE(all.errors.empty());
  CHECK(named(all, "Rule a").meta_value("author") == "Jane Doe");
  CHECK(named(all, "Rule b").meta_value("author") == "John Roe, Kim");
  CHECK(named(all, "Own").meta_value("author") == "Third");
  CHECK(named(all, "Own").meta_value("rules") == "Rule a by Jane Doe; Rule b by John Roe, Kim");
  CHECK(named(all, "None").meta_value("author") == "Jane Doe, John Roe, Kim");
  CHECK(named(all, "Chain").meta_value("author") == "Third, Jane Doe, John Roe, Kim");
}

TEST_CASE("generate keeps a rule's own detections") {
  const auto silent = [](const std::string& text) { return named(compile(text, "t.yml"), "Rule a").silent; };
  CHECK_FALSE(silent(rule("a")));
  CHECK(silent(rule("a") + "---\n" + counting("Many", "a")));
  CHECK_FALSE(silent(rule("a") + "---\n" + counting("Many", "a", "generate: true\n")));
  CHECK_FALSE(
      silent(rule("a") + "---\n" + counting("Many", "a") + "---\n" + counting("More", "a", "generate: true\n")));
}

TEST_CASE("a mistake costs its own rule and what reads it") {
  const std::string text = rule("good") + "---\n" + rule("bad") + "  x: [\n---\n" + rule("wrong", "", "{a: b}") +
                           "---\n" + counting("Of the good", "good") + "---\n" + counting("Of the wrong", "wrong") +
                           "---\n" + counting("Of both", "[good, wrong]");
  const Compiled all = compile(text, "t.yml");
  CHECK(all.rules.size() == 2);
  CHECK(named(all, "Of the good").match->seconds == 300);
  CHECK(all.errors.size() == 4);
}

TEST_CASE("limits") {
  std::string many;
  for (int i = 0; i < 200; ++i) many += "---\ntitle: No logic\n";
  CHECK(compile(many, "t.yml").errors.size() == kMostErrors);

  std::string wide = "title: Wide\nlogsource:\n  product: example\ndetection:\n  s:\n    field|windash|contains:\n";
  for (int i = 0; i < 400; ++i) wide += "      - '-a -b -c " + std::to_string(i) + "'\n";
  const Compiled large = compile(wide + "  condition: s\n", "t.yml");
  REQUIRE(large.errors.size() == 1);
  CHECK(large.errors[0].code == "sigma.limit.size");
  CHECK(large.rules.empty());

  std::string chain = rule("c0");
  for (int i = 1; i <= 7; ++i) {
    const std::string n = std::to_string(i);
    chain += "---\n" + counting("Chain " + n, "c" + std::to_string(i - 1), "name: c" + n + "\n");
  }
  const Compiled linked = compile(chain, "t.yml");
  CHECK(linked.rules.size() == 6);
  REQUIRE(linked.errors.size() == 2);
  CHECK(linked.errors[0].text == "a chain of more than 5 correlations");
}

TEST_CASE("the engine takes every plan") {
  const std::string text = rule("a") + "---\n" + rule("b", "", "['y*', '*z', null]") + "---\n" +
                           counting("Many", "[a, b]", "name: many\n") + "---\n" + counting("Chain", "many");
  const Compiled all = compile(text, "t.yml");
  REQUIRE(all.errors.empty());
  for (const Error& error : engine::Engine::check(all.rules)) FAIL_CHECK(error.one_line());
}

}  // namespace
}  // namespace sekisho::sigma
