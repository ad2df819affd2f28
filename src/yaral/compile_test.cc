// The compiler on hostile and odd input: limits, linear time, what compile() promises about its result.
#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "engine/engine.h"
#include "yaral/lex.h"
#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

std::string rule(const std::string& events, const std::string& rest = "") {
  return "rule r { events: " + events + "\n" + rest + " condition: $e }";
}

std::string repeat(const std::string& part, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string first_code(const CompiledFile& file) { return file.errors.empty() ? "" : file.errors[0].code; }

TEST_CASE("a plain rule becomes a plan that the engine takes") {
  const CompiledFile file = compile(
      rule("$e.metadata.event_type = \"EMAIL_TRANSACTION\" $e.principal.ip = $ip", "outcome: $n = count_distinct($ip)"),
      "plain.yaral");
  CHECK(file.errors.empty());
  REQUIRE(file.rules.size() == 1);
  CHECK(file.parsed);
  CHECK(file.checked);
  CHECK(file.rules[0].name == "r");
  CHECK(file.rules[0].source == "plain.yaral");
  CHECK(file.rules[0].placeholders.size() == 1);
  CHECK(file.rules[0].outcomes.size() == 1);
  CHECK(engine::Engine::check(file.rules).empty());
}

TEST_CASE("an empty file has no rules and no mistakes") {
  for (const char* text : {"", " \n\t", "// only a comment", "/* a */ // b", "\xEF\xBB\xBF"}) {
    const CompiledFile file = compile(text, "empty.yaral");
    CHECK(file.errors.empty());
    CHECK(file.file.rules.empty());
  }
}

TEST_CASE("one bad rule does not take the others of its file along") {
  const std::string good = rule("$e.target.port = 1");
  const std::string bad = "rule bad { events: $e.target.prot = 1 condition: $e }";
  const CompiledFile file = compile(bad + "\n" + good, "two.yaral");
  CHECK(file.rules.size() == 1);
  CHECK(file.errors.size() == 1);
  CHECK(file.errors[0].code == "yaral.field");
  CHECK(file.parsed);
  CHECK_FALSE(file.checked);
}

TEST_CASE("every metrics function counts something") {
  size_t metrics = 0;
  for (const engine::Function& f : engine::functions()) {
    if (f.support != engine::Support::metric) continue;
    ++metrics;
    const std::string call =
        "max(" + std::string(f.name) + "(period: 1d, window: 30d, metric: event_count_sum, agg: max, target.ip: $ip))";
    const CompiledFile file = compile(rule("$e.target.ip = $ip", "outcome: $n = " + call), "metric.yaral");
    CAPTURE(f.name);
    REQUIRE(file.rules.size() == 1);
    REQUIRE(file.rules[0].measures.size() == 1);
    REQUIRE(file.rules[0].measures[0].counts);
    CHECK(file.rules[0].measures[0].name == std::string(f.name) + "(target.ip)");
    CHECK(engine::Engine::build({file.rules[0]}));
  }
  CHECK(metrics == 22);
}

TEST_CASE("metrics of the same fields in another order are one measure") {
  const std::string head = "max(metrics.auth_attempts_total(period: 1d, window: 30d, metric: event_count_sum, agg: ";
  const CompiledFile file = compile(
      rule("$e.target.ip = $ip", "outcome: $n = " + head + "max, target.ip: $ip, target.user.userid: \"a\")) $m = " +
                                     head + "min, target.user.userid: \"b\", target.ip: $ip))"),
      "two.yaral");
  REQUIRE(file.rules.size() == 1);
  CHECK(file.rules[0].measures.size() == 1);
}

TEST_CASE("limits") {
  Limits limits;
  limits.rule_file_bytes = 100;
  CHECK(first_code(compile(std::string(101, ' '), "big", limits)) == "yaral.limit.bytes");
  limits = {};
  limits.rule_depth = 10;
  CHECK(first_code(compile(rule(repeat("(", 20) + "$e.target.port = 1" + repeat(")", 20)), "deep", limits)) ==
        "yaral.limit.depth");
  CHECK(first_code(compile(rule("$e.target.port = 1" + repeat(" + 1", 20)), "chain", limits)) == "yaral.limit.depth");
  CHECK(first_code(compile(rule(repeat("not ", 20) + "$e.target.port = 1"), "nots", limits)) == "yaral.limit.depth");
  CHECK(first_code(compile(rule("$e.target.port = " + repeat("-", 20) + "$e.target.port"), "minus", limits)) ==
        "yaral.limit.depth");
  CHECK(first_code(compile(
            rule("strings.to_lower(" + repeat("strings.to_lower(", 20) + "\"a\"" + repeat(")", 21) + " = \"a\""),
            "calls", limits)) == "yaral.limit.depth");
  CHECK(compile(rule("$e.target.port = 1" + repeat(" or $e.target.port = 2", 5000)), "wide", limits).errors.empty());
  CHECK(first_code(compile(rule(repeat("$e.target.port=1 ", 52'000)), "many")) == "yaral.limit.size");
  std::string variables;
  for (int i = 0; i < 31; ++i) variables += "$v" + std::to_string(i) + ".principal.ip = $ip ";
  CHECK(compile(rule("$e.principal.ip = $ip " + variables, "match: $ip over 5m"), "many").errors.empty());
  CHECK(first_code(compile(rule("$e.principal.ip = $ip " + variables + "$w.principal.ip = $ip", "match: $ip over 5m"),
                           "many")) == "yaral.limit.size");
}

TEST_CASE("at most fifty mistakes, in order of place") {
  const CompiledFile file = compile(rule(repeat("$e.nowhere = 1\n\x01\n$x = = 3\n", 200)), "many");
  CHECK(file.errors.size() == kMostErrors);
  for (size_t i = 1; i < file.errors.size(); ++i) CHECK(file.errors[i - 1].span->offset <= file.errors[i].span->offset);
}

TEST_CASE("a lot of anything is read in linear time") {
  const auto start = std::chrono::steady_clock::now();
  for (const char* part : {"(",         ")",
                           "\"",        "'",
                           "`",         "/",
                           "\\\"\n",    "\"\n",
                           "/*",        "$e.",
                           "$e.a=",     "$",
                           "%x in ",    "#",
                           "not ",      "-",
                           "x(",        "if(",
                           "$x=$y\n",   "$e.a[0]",
                           "rule r {",  "}",
                           "events:",   "match: $a",
                           "\n\"a\\\"", "\xE3\x80\x8C",
                           "= =\n",     "1 of [",
                           "any $e.a ", "$a = strings.to_lower($b)\n",
                           "or",        "a:b,"}) {
    const std::string body = repeat(part, (1u << 18) / std::string_view(part).size() - 40);
    CHECK(compile(body, "bare").errors.size() <= kMostErrors);
    CHECK(compile("rule r { events: " + body, "inside").errors.size() <= kMostErrors);
    CHECK(compile("rule r { events: $e.a = 1 outcome: " + body, "outcome").errors.size() <= kMostErrors);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 60);  // 24 MB; about 5 s with sanitizers
}

TEST_CASE("every cut of a rule is an ordinary mistake") {
  const std::string text =
      "rule r { meta: a = \"b\" events: $e.about.labels[\"k\"] = \"v\" nocase and not re.regex($e.target.url, `x`) or "
      "any $e.principal.ip in cidr %l\n"
      "$p = if($e.target.port > 5, \"a\", \"b\") match: $p, $q over 5m before $e outcome: $n = max(1 + 2) condition: "
      "#e > 1 and 1 of [$e] options: "
      "allow_zero_values = true }";
  for (size_t n = 0; n < text.size(); ++n) {
    const CompiledFile cut = compile(text.substr(0, n), "cut");
    CHECK((n == 0 || !cut.errors.empty()));
    for (const Error& error : cut.errors) {
      REQUIRE(error.span);
      CHECK(error.span->offset + error.span->length <= n);
    }
    const CompiledFile hole = compile(text.substr(0, n) + text.substr(n + 1), "hole");
    for (const Error& error : hole.errors) CHECK(error.span->offset + error.span->length < text.size());
  }
}

TEST_CASE("strings are decoded as the header says") {
  CHECK(decode_string(TokenKind::string, R"("a\\b\"c\n\t")") == "a\\b\"c\n\t");
  CHECK(decode_string(TokenKind::string, R"("\x41\u3042\q\.")") == "A\xE3\x81\x82\\q\\.");
  CHECK(decode_string(TokenKind::string, R"("\ud800")") == "\xEF\xBF\xBD");
  CHECK(decode_string(TokenKind::string, R"("\x4")") == "\\x4");
  CHECK(decode_string(TokenKind::raw_string, R"(`a\n"`)") == "a\\n\"");
  CHECK(decode_string(TokenKind::regex, R"(/a\/b\.c/)") == "a/b\\.c");
}

}  // namespace
}  // namespace sekisho::yaral
