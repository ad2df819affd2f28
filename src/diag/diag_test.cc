#include <doctest/doctest.h>

#include "diag/render.h"
#include "diag/toml.h"

using namespace sekisho;

TEST_CASE("carets stand under the span, also after wide characters") {
  const Error error{"x.y", "bad word", "a.txt", Span{7 + 9, 4}, "say better", {}};
  CHECK(diag::render(error, "first\n\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E word\n") ==
        "error[x.y]: bad word\n  --> a.txt:2:5\n  |\n2 | \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E word\n  |        ^^^^\n  "
        "= hint: say better\n");
}

TEST_CASE("a span past the end is clipped") {
  const Error error{"x", "y", "a", Span{99, 5}, {}, {}};
  CHECK(diag::render(error, "ab") == "error[x]: y\n  --> a:1:3\n  |\n1 | ab\n  |   ^\n");
}

TEST_CASE("toml: values, unknown keys with a hint, wrong types") {
  const std::string text = "name = \"a\"\nthreshhold = 3\nlist = [1]\n";
  const auto root = diag::parse_toml(text, "t.toml");
  REQUIRE(root);
  std::vector<Error> errors;
  diag::TomlReader reader(*root, "t.toml", errors);
  CHECK(reader.text("name") == "a");
  CHECK(reader.number("threshold", 7) == 7);
  CHECK(reader.texts("list").empty());
  reader.finish();
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].code == "toml.type");
  CHECK(errors[1].text == "unknown key \"threshhold\"");
  CHECK(errors[1].hint == "did you mean threshold?");
  CHECK(diag::position(text, errors[1].span->offset).line == 2);
}

TEST_CASE("toml: a syntax error has its place") {
  const auto root = diag::parse_toml("a = 1\nb = \n", "t.toml");
  REQUIRE_FALSE(root);
  CHECK(root.error().code == "toml.syntax");
  CHECK(diag::position("a = 1\nb = \n", root.error().span->offset).line == 2);
}
