#include "event/json_line.h"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

using namespace sekisho;
using namespace sekisho::event;

namespace {

using Type = JsonValue::Type;
using Element = simdjson::dom::element;

// The same value, read with our own walk and with simdjson's.
void same(const JsonValue& ours, const Element& theirs) {
  using simdjson::dom::element_type;
  switch (theirs.type()) {
    case element_type::OBJECT: {
      REQUIRE(ours.type() == Type::object);
      JsonValue key = ours.first();
      const simdjson::dom::object object = theirs.get_object();
      for (const auto [their_key, their_value] : object) {
        REQUIRE(key);
        REQUIRE(key.type() == Type::text);
        CHECK(key.text() == their_key);
        const JsonValue value = key.after();
        same(value, their_value);
        CHECK(ours.at(value.place()).type() == value.type());
        key = value.next(ours);
      }
      CHECK_FALSE(key);
      return;
    }
    case element_type::ARRAY: {
      REQUIRE(ours.type() == Type::list);
      JsonValue item = ours.first();
      const simdjson::dom::array array = theirs.get_array();
      for (const Element their_item : array) {
        REQUIRE(item);
        same(item, their_item);
        item = item.next(ours);
      }
      CHECK_FALSE(item);
      return;
    }
    case element_type::STRING:
      REQUIRE(ours.type() == Type::text);
      CHECK(ours.text() == theirs.get_string().value_unsafe());
      return;
    case element_type::INT64:
      REQUIRE(ours.type() == Type::integer);
      CHECK(ours.integer() == theirs.get_int64().value_unsafe());
      return;
    case element_type::UINT64:
      REQUIRE(ours.type() == Type::unsigned_integer);
      CHECK(ours.unsigned_integer() == theirs.get_uint64().value_unsafe());
      return;
    case element_type::DOUBLE:
      REQUIRE(ours.type() == Type::real);
      CHECK(ours.real() == theirs.get_double().value_unsafe());
      return;
    case element_type::BOOL:
      REQUIRE(ours.type() == Type::boolean);
      CHECK(ours.boolean() == theirs.get_bool().value_unsafe());
      return;
    case element_type::NULL_VALUE:
      CHECK(ours.type() == Type::null);
  }
}

std::string random_json(std::mt19937& random, int depth) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  static const char* const kScalars[] = {"null",
                                         "true",
                                         "false",
                                         "0",
                                         "-1",
                                         "9223372036854775807",
                                         "18446744073709551615",
                                         "1.5",
                                         "-0.0",
                                         "1e300",
                                         "\"\"",
                                         "\"a\"",
                                         R"("\u00e9\n\"\\")",
                                         "\"日本\"",
                                         "-9223372036854775808"};
  if (depth == 0 || below(3) == 0) return kScalars[below(std::size(kScalars))];
  const bool object = below(2) == 0;
  std::string out = object ? "{" : "[";
  for (unsigned n = below(5), i = 0; i < n; ++i) {
    if (i > 0) out += ',';
    if (below(4) == 0) out += ' ';
    if (object) out += R"(")" + std::string(1, static_cast<char>('a' + below(4))) + R"(":)";
    out += random_json(random, depth - 1);
  }
  return out + (object ? "}" : "]");
}

std::string code(const Result<JsonValue>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("the tape is walked as simdjson walks it") {
  std::mt19937 random(7);
  JsonLine line;
  simdjson::dom::parser parser;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = random_json(random, 6);
    const auto ours = line.parse(text, false);
    Element theirs;
    REQUIRE(parser.parse(text).get(theirs) == simdjson::SUCCESS);
    REQUIRE_MESSAGE(ours, text);
    same(*ours, theirs);
  }
}

TEST_CASE("members, the last of two of one name, and texts with escapes") {
  JsonLine line;
  const auto root = line.parse(R"({"a":1,"b":{"c":[10,"\u0041\u0000z",{}]},"a":2,"":null})", false);
  REQUIRE(root);
  CHECK(root->member("a").integer() == 2);
  CHECK(root->member("").type() == Type::null);
  CHECK_FALSE(root->member("d"));
  const JsonValue list = root->member("b").member("c");
  REQUIRE(list.type() == Type::list);
  JsonValue item = list.first();
  CHECK(item.integer() == 10);
  item = item.next(list);
  CHECK(item.text() == std::string_view("A\0z", 3));
  item = item.next(list);
  CHECK(item.type() == Type::object);
  CHECK_FALSE(item.first());
  CHECK_FALSE(item.next(list));
}

TEST_CASE("what is not one JSON value is an error, and the next text is read") {
  JsonLine line;
  for (const char* bad : {"",
                          " ",
                          "{",
                          "}",
                          "{\"a\":1}}",
                          "{\"a\":1} {\"b\":2}",
                          "{\"a\":1}x",
                          "{\"a\":01}",
                          "{\"a\":1,}",
                          "[1,]",
                          "\"a",
                          "\"\\x\"",
                          "\"\\ud800\"",
                          "\"\xff\"",
                          "nul",
                          "nan",
                          "Infinity",
                          "1e999",
                          "99999999999999999999",
                          "{a:1}",
                          "{'a':1}",
                          "\"\t\"",
                          "\xEF\xBB\xBF{}",
                          "{\"a\" 1}",
                          "[1 2]"}) {
    CHECK_MESSAGE(code(line.parse(bad, false)) == "event.json", bad);
    CHECK(line.parse("{\"fine\":true}", false));
  }
  CHECK(code(line.parse(std::string_view("{}\0", 3), false)) == "event.json");
  CHECK(line.parse(" {\"a\":[]}\r\n", false));
  CHECK(line.parse("7", false)->integer() == 7);
}

TEST_CASE("each limit is met by an error of its name") {
  Limits limits;
  limits.json_bytes = 100;
  limits.json_depth = 10;
  JsonLine line(limits);
  const auto nested = [](size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); };
  CHECK(code(line.parse("\"" + std::string(99, 'a') + "\"", false)) == "event.limit.bytes");
  CHECK(line.parse("\"" + std::string(98, 'a') + "\"", false));
  CHECK(line.parse(nested(17), false));
  CHECK(code(line.parse(nested(18), false)) == "event.limit.depth");
  JsonLine usual;
  CHECK(code(usual.parse(nested(1 << 20), false)) == "event.limit.depth");
}

TEST_CASE("a padded text is read in place, and a longer one after a short one") {
  JsonLine line;
  std::string buffer = R"({"a":"b"}{"c":)";  // what follows belongs to somebody else
  const size_t size = std::string_view(R"({"a":"b"})").size();
  buffer.resize(buffer.size() + JsonLine::kPadding, 'x');
  CHECK(line.parse(std::string_view(buffer).substr(0, size), true)->member("a").text() == "b");
  const std::string large = "[\"" + std::string(200'000, 'y') + "\"]";
  CHECK(line.parse(large, false)->first().text().size() == 200'000);
  CHECK(line.parse(std::string_view(buffer).substr(0, size), true)->member("a").text() == "b");
}

TEST_CASE("scalars as text") {
  JsonLine line;
  char buffer[32];
  const auto text = [&](const char* json) { return std::string(scalar_text(*line.parse(json, false), buffer)); };
  CHECK(text("\"a b\"") == "a b");
  CHECK(text("true") == "true");
  CHECK(text("false") == "false");
  CHECK(text("-12") == "-12");
  CHECK(text("18446744073709551615") == "18446744073709551615");
  CHECK(text("2.50") == "2.5");
  CHECK(text("1.0") == "1");
  CHECK(text("-1.7976931348623157e308") == "-1.7976931348623157e+308");
  CHECK(text("null").empty());
  CHECK(text("[1]").empty());
}

TEST_CASE("durations") {
  CHECK(parse_duration("1.5s") == Timestamp{1, 500'000'000});
  CHECK(parse_duration("-1.5s") == Timestamp{-1, -500'000'000});
  CHECK(parse_duration("3600s") == Timestamp{3600, 0});
  for (const char* bad : {"", "s", "1", "1.5", "1.5m", "1.5s ", "nans", "infs", "1e13s"})
    CHECK_FALSE(parse_duration(bad));
}
