#include "sigma/value.h"

#include <doctest/doctest.h>

#include <set>

namespace sekisho::sigma {
namespace {

Node node(const std::string& text) {
  Node out;
  out.kind = Node::Kind::scalar;
  out.literal = true;
  out.text = text;
  out.span = {0, static_cast<uint32_t>(text.size())};
  return out;
}

std::optional<Key> key(const std::string& text) {
  std::vector<Error> errors;
  return parse_key(node(text), "test.yml", errors);
}
std::string key_error(const std::string& text) {
  std::vector<Error> errors;
  (void)parse_key(node(text), "test.yml", errors);
  std::string out;
  for (const Error& e : errors)
    out += text.substr(e.span->offset, e.span->length) + ": " + e.text + "; " + e.hint + "\n";
  return out;
}

std::string shape_of(const Text& text) {
  static constexpr const char* kNames[] = {"equal ", "starts ", "ends ", "contains ", "any", "regex "};
  const Wanted w = wanted(text);
  return kNames[static_cast<size_t>(w.shape)] + w.text;
}
std::string shape(const std::string& written) { return shape_of(parse_text(written)); }

std::set<std::string> texts(const std::string& key_text, const std::string& value, const ListOf& lists = {}) {
  const auto out = texts_of(node(value), *key(key_text), lists, "test.yml");
  if (!out) return {out.error().code + ": " + out.error().text};
  std::set<std::string> shapes;
  for (const Text& t : *out) shapes.insert(shape_of(t));
  return shapes;
}
using Set = std::set<std::string>;

TEST_CASE("wildcards become the plainest test there is") {
  CHECK(shape("abc") == "equal abc");
  CHECK(shape("") == "equal ");
  CHECK(shape("abc*") == "starts abc");
  CHECK(shape("*abc") == "ends abc");
  CHECK(shape("*abc*") == "contains abc");
  CHECK(shape("**abc***") == "contains abc");
  CHECK(shape("*") == "any");
  CHECK(shape("?") == "regex (?s)^.$");
  CHECK(shape("a?c") == "regex (?s)^a.c$");
  CHECK(shape("a*c") == "regex (?s)^a.*c$");
  CHECK(shape("*a.b*c") == "regex (?s)a\\.b.*c$");
  CHECK(shape("a*b*") == "regex (?s)^a.*b");
  CHECK(shape("?*") == "regex (?s)^.");
  CHECK(shape("日*本") == "regex (?s)^日.*本$");
}

TEST_CASE("the specification's escapes") {
  CHECK(shape(R"(C:\Windows\cmd.exe)") == R"(equal C:\Windows\cmd.exe)");
  CHECK(shape(R"(C:\\Windows)") == R"(equal C:\Windows)");
  CHECK(shape(R"(a\*)") == "equal a*");
  CHECK(shape(R"(a\?)") == "equal a?");
  CHECK(shape(R"(a\\*)") == R"(starts a\)");
  CHECK(shape(R"(a\\\*)") == R"(equal a\*)");
  CHECK(shape(R"(\\\\server)") == R"(equal \\server)");
  CHECK(shape(R"(\\\server)") == R"(equal \\server)");
  CHECK(shape(R"(end\)") == R"(equal end\)");
}

TEST_CASE("contains, startswith and endswith put wildcards around") {
  CHECK(texts("f|contains", "a") == Set{"contains a"});
  CHECK(texts("f|startswith", "a") == Set{"starts a"});
  CHECK(texts("f|endswith", "*a") == Set{"ends a"});
  CHECK(texts("f|startswith", "*a") == Set{"contains a"});
  CHECK(texts("f|contains", "a*b") == Set{"regex (?s)a.*b"});
  CHECK(texts("f|contains", "") == Set{"any"});
}

TEST_CASE("base64, at any offset and in UTF-16") {
  CHECK(texts("f|base64", "foobar") == Set{"equal Zm9vYmFy"});
  CHECK(texts("f|base64", "fo") == Set{"equal Zm8="});
  // RFC 4648 of "foobar", " foobar" and "  foobar", without what neighbours may change.
  CHECK(texts("f|base64offset|contains", "foobar") == Set{"contains Zm9vYmFy", "contains Zvb2Jhc", "contains mb29iYX"});
  CHECK(texts("f|wide|base64", "cmd") == Set{"equal YwBtAGQA"});
  CHECK(texts("f|utf16be|base64", "cmd") == Set{"equal AGMAbQBk"});
  CHECK(texts("f|utf16|base64", "cmd") == Set{"equal //5jAG0AZAA="});
  CHECK(texts("f|utf16le", "a") == Set{std::string("equal a\0", 8)});
  CHECK(texts("f|utf16be|base64", "\U0001F511") == Set{"equal 2D3dEQ=="});
  CHECK(texts("f|base64", "a*") == Set{"sigma.modifier: wildcards cannot be encoded"});
  CHECK(texts("f|base64", "a\\*") == Set{"equal YSo="});
  CHECK(texts("f|base64offset", "a").begin()->starts_with("sigma.modifier: this text is too short"));
}

TEST_CASE("every occurrence of base64 text is found by base64offset") {
  const std::string secret = "password";
  const auto wanted_texts = texts_of(node(secret), *key("f|base64offset|contains"), {}, "test.yml");
  for (size_t before = 0; before < 7; ++before)
    for (const char* after : {"", "x", "yy", "zzz"}) {
      const std::string whole = std::string(before, 'q') + secret + after;
      const std::string encoded = wanted(texts_of(node(whole), *key("f|base64"), {}, "test.yml")->at(0)).text;
      bool found = false;
      for (const Text& t : *wanted_texts) found |= encoded.find(wanted(t).text) != std::string::npos;
      CAPTURE(encoded);
      CHECK(found);
    }
}

TEST_CASE("windash turns the dashes of flags") {
  CHECK(texts("f|windash|contains", " -u ").size() == 5);
  CHECK(texts("f|contains|windash", " /u ") == texts("f|contains|windash", " -u "));
  CHECK(texts("f|windash", "-a x-y") ==
        Set{"equal -a x-y", "equal /a x-y", "equal –a x-y", "equal —a x-y", "equal ―a x-y"});
  CHECK(texts("f|windash", "-a -b").size() == 25);
  CHECK(texts("f|windash", "--all").size() == 5);
  CHECK(texts("f|windash", "a - b") == Set{"equal a - b"});
  CHECK(texts("f|windash", "-a -b -c -d -e").begin()->starts_with("sigma.limit.values"));
}

TEST_CASE("expand puts in the lines of lists") {
  const std::vector<std::string> hosts{"a", "b*"}, users{"x", "y"}, none;
  const ListOf lists = [&](std::string_view name) -> const std::vector<std::string>* {
    return name == "hosts" ? &hosts : name == "users" ? &users : name == "none" ? &none : nullptr;
  };
  CHECK(texts("f|expand", "%hosts%", lists) == Set{"equal a", "starts b"});
  CHECK(texts("f|contains|expand", "%users%@%hosts%", lists) ==
        Set{"contains x@a", "contains y@a", "contains x@b", "contains y@b"});
  CHECK(texts("f|expand", R"(\%plain%users%)", lists) == Set{"equal %plainx", "equal %plainy"});
  CHECK(texts("f|expand", "%none%", lists).empty());
  CHECK(texts("f|expand", "%other%", lists) == Set{"sigma.modifier: no list named \"other\" for this placeholder"});
  CHECK(texts("f|expand", "plain", lists) == Set{"sigma.modifier: expand, but no placeholder such as %name%"});
  CHECK(texts("f|expand", "50% of", lists) == Set{"sigma.modifier: a placeholder is written %name%"});
  CHECK(texts("f", "%users%", lists) == Set{"equal %users%"});
  std::string many;
  for (int i = 0; i < 10; ++i) many += "%users%";
  CHECK(texts("f|expand", many, lists).begin()->starts_with("sigma.limit.values"));
}

TEST_CASE("keys") {
  const auto k = key("user.name|contains|all|cased");
  REQUIRE(k);
  CHECK(k->field == "user.name");
  CHECK((k->compare == Compare::contains && k->all && k->cased && !k->negated));
  CHECK(key("|all")->field.empty());
  CHECK(key("a b")->field == "a b");
  const auto re = key("f|re|i|s");
  CHECK((re->compare == Compare::regex && re->ignore_case && re->dot_all && !re->multi_line));
  CHECK((key("f|hour|gte")->part == TimePart::hour && key("f|hour|gte")->compare == Compare::greater_equal));
  CHECK((key("f|fieldref|endswith")->field_ref && key("f|neq")->negated));
}

TEST_CASE("keys that say nothing sensible") {
  CHECK(key_error("f|contain") == "contain: no modifier \"contain\"; did you mean contains?\n");
  CHECK(key_error("f|") == ": no modifier \"\"; \n");
  CHECK(key_error("f|contains|endswith") == "endswith: \"endswith\" cannot stand beside \"contains\"; \n");
  CHECK(key_error("f|contains|base64") ==
        "base64: \"base64\" must stand before \"contains\"; modifiers are applied from left to right\n");
  CHECK(key_error("f|i|re") == "i: \"i\" belongs behind \"re\"; \n");
  CHECK(key_error("f|all|all") == "all: \"all\" stands twice; \n");
  CHECK(key_error("f|hour|day") == "day: one part of a date at a time; \n");
  for (const char* bad : {"f|re|windash", "f|cidr|base64", "f|lt|expand", "f|gt|neq", "f|exists|neq", "f|fieldref|re",
                          "f|fieldref|expand", "f|hour|contains", "f|year|expand", "|exists", "|fieldref", ""}) {
    CAPTURE(bad);
    CHECK_FALSE(key(bad));
  }
}

TEST_CASE("patterns") {
  CHECK_FALSE(pattern_error("a{1,3}(b|c)$"));
  CHECK(pattern_error("a(?=b)")->part == "(?=");
  CHECK(pattern_error("(a")->text == "missing ): (a");
  CHECK(pattern_error("(x{500}){500}"));
  CHECK(quote_pattern(std::string("a.b\\\0日", 8)) == "a\\.b\\\\\\x00日");
}

}  // namespace
}  // namespace sekisho::sigma
