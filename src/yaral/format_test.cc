// The pretty-printer: tests/yaral/format/*.yaral → *.expected; and what holds for any rule file, here for all that the
// tests of this folder have. UPDATE_GOLDEN=1 writes the expected files anew.
#include "yaral/format.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "yaral/parse.h"

namespace sekisho::yaral {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files(const fs::path& folder, const char* extension) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / folder))
    if (entry.path().extension() == extension) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

void check_laws(const std::string& source) {
  const std::string once = format(source);
  CHECK(format(once) == once);
  const Parsed before = parse(source, "", {}), after = parse(once, "", {});
  if (before.errors.empty()) {
    CHECK(after.errors.empty());
    CHECK(dump(after.file) == dump(before.file));
  } else {
    CHECK(once == source);
  }
}

TEST_CASE("rules are laid out as expected") {
  const auto inputs = files("tests/yaral/format", ".yaral");
  CHECK(inputs.size() >= 4);
  for (const fs::path& input : inputs) {
    const std::string name = input.filename().string();
    CAPTURE(name);
    const std::string source = read(input), got = format(source);
    fs::path expected = input;
    expected.replace_extension(".expected");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << got;
    else CHECK(got == read(expected));
    CHECK(parse(source, name, {}).errors.empty());
    check_laws(source);
  }
}

TEST_CASE("formatting changes no meaning, and nothing the second time") {
  size_t seen = 0;
  for (const char* folder : {"tests/yaral", "content/rules"})
    for (const fs::path& path : files(folder, ".yaral")) {
      const std::string name = path.filename().string();
      CAPTURE(name);
      check_laws(read(path));
      ++seen;
    }
  for (const char* folder : {"tests/yaral", "tests/rules"})
    for (const fs::path& path : files(folder, ".case")) {
      const std::string text = read(path);
      const size_t from = text.find("== rules\n"), to = text.find("\n== ", from + 1);
      if (from != std::string::npos && to != std::string::npos) check_laws(text.substr(from + 9, to - from - 9));
    }
  CHECK(seen > 100);
}

TEST_CASE("odd texts") {
  CHECK(format("").empty());
  CHECK(format("\n\n // a \n\n\n/* b */  ") == "// a\n\n/* b */\n");
  CHECK(format("rule r {") == "rule r {");
  CHECK(format("rule r{events:$e.target.port=-1 condition:$e}") ==
        "rule r {\n  events:\n    $e.target.port = -1\n\n  condition:\n    $e\n}\n");
  // A comment may stand anywhere.
  const std::string rule =
      "rule r { meta: a = \"b\" events: not $e.target.port = 1 and ( any $e.principal.ip in %l ) match: $ip , "
      "$e.src.ip "
      "over 5m before $e outcome: $n = max ( 1 + 2 ) condition: #e > 1 options: allow_zero_values = true } // end";
  for (const char* comment : {"// c\n", "/* c */", "\n/* c\n   d */\n", "\n\n// c\n\n"})
    for (size_t i = 0; i <= rule.size(); ++i) {
      if (i < rule.size() && rule[i] != ' ') continue;
      const std::string source = rule.substr(0, i) + comment + rule.substr(i);
      CAPTURE(source);
      const std::string got = format(source);
      CHECK(got.find('c') != std::string::npos);
      check_laws(source);
      CHECK(std::count(got.begin(), got.end(), 'd') >= std::count(source.begin(), source.end(), 'd'));
    }
}

}  // namespace
}  // namespace sekisho::yaral
