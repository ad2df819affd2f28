#include "sigma/condition.h"

#include <doctest/doctest.h>

namespace sekisho::sigma {
namespace {

Node node(const std::string& text) {
  Node out;
  out.kind = Node::Kind::scalar;
  out.literal = true;
  out.text = text;
  out.span = {100, static_cast<uint32_t>(text.size())};
  return out;
}

// With parentheses around everything, as the parser understood it.
std::string shape(const Condition& c, uint32_t id) {
  const ConditionNode& n = c.nodes[id];
  std::string out;
  switch (n.kind) {
    case ConditionNode::Kind::name:
      return n.name;
    case ConditionNode::Kind::some_of:
      return (n.count == 0 ? "all" : std::to_string(n.count)) + "/" + (n.them ? "them" : n.name);
    case ConditionNode::Kind::negate:
      return "!" + shape(c, n.args[0]);
    default:
      for (uint32_t arg : n.args)
        out += (out.empty() ? "" : n.kind == ConditionNode::Kind::all_of ? " & " : " | ") + shape(c, arg);
      return "(" + out + ")";
  }
}

std::string parsed(const std::string& text) {
  const auto c = parse_condition(node(text), "test.yml", {});
  return c ? shape(*c, c->root) : c.error().code + ": " + c.error().text;
}

// The piece of the text that the error points at.
std::string points_at(const std::string& text) {
  const auto c = parse_condition(node(text), "test.yml", {});
  if (c) return "no error";
  return text.substr(c.error().span->offset - 100, c.error().span->length);
}

TEST_CASE("not binds before and, and before or") {
  CHECK(parsed("a") == "a");
  CHECK(parsed("a or b and not c") == "(a | (b & !c))");
  CHECK(parsed("(a or b) and c") == "((a | b) & c)");
  CHECK(parsed("not not a") == "!!a");
  CHECK(parsed("not (a and b)") == "!(a & b)");
  CHECK(parsed("a AND b Or c") == "((a & b) | c)");
  CHECK(parsed("  (a)and(b) ") == "(a & b)");
  CHECK(parsed("or_1 and and-2 or not.3") == "((or_1 & and-2) | not.3)");
}

TEST_CASE("some of the selections") {
  CHECK(parsed("1 of them") == "1/them");
  CHECK(parsed("all of them") == "all/them");
  CHECK(parsed("any of x*") == "1/x*");
  CHECK(parsed("3 of *_part_*") == "3/*_part_*");
  CHECK(parsed("not 1 of filter_* and all of selection") == "(!1/filter_* & all/selection)");
  CHECK(parsed("all") == "all");
}

TEST_CASE("mistakes point at their place") {
  CHECK(parsed("") == "sigma.condition: a condition is a text such as \"selection and not filter\"");
  CHECK(points_at("a and") == "");
  CHECK(points_at("a b") == "b");
  CHECK(points_at("a and or b") == "or");
  CHECK(points_at("(a or b") == "(");
  CHECK(points_at("a)") == ")");
  CHECK(points_at("x of them") == "x");
  CHECK(points_at("0 of them") == "0");
  CHECK(points_at("1 of") == "");
  CHECK(points_at("1 of (a)") == "(");
  CHECK(points_at("a | count() by b > 3") == "|");
  CHECK(points_at("(a | near b)") == "|");
}

TEST_CASE("limits") {
  Limits limits;
  limits.rule_depth = 10;
  const auto deep = [&](size_t n) {
    const auto c = parse_condition(node(std::string(n, '(') + "a" + std::string(n, ')')), "test.yml", limits);
    return c ? std::string("good") : c.error().code;
  };
  CHECK(deep(9) == "good");
  CHECK(deep(10) == "sigma.limit.depth");
  CHECK(deep(1'000'000) == "sigma.limit.depth");
  std::string many = "a";
  for (size_t i = 0; i < kConditionNodes; ++i) many += " or a";
  CHECK(parse_condition(node(many), "test.yml", {}).error().code == "sigma.limit.size");
}

TEST_CASE("names with stars") {
  CHECK(name_matches("a*", "abc"));
  CHECK(name_matches("*", ""));
  CHECK(name_matches("a*c*e", "abcde"));
  CHECK(name_matches("**x", "x"));
  CHECK_FALSE(name_matches("a*", "ba"));
  CHECK_FALSE(name_matches("abc", "abcd"));
  CHECK_FALSE(name_matches("A", "a"));
  CHECK_FALSE(name_matches(std::string(2000, '*') + "b", std::string(20000, 'a')));
}

}  // namespace
}  // namespace sekisho::sigma
