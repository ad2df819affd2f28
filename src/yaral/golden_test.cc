// Golden tests: tests/yaral/errors/*.yaral → the mistakes as people read them, tests/yaral/parse/*.yaral → the tree.
// UPDATE_GOLDEN=1 writes the expected files anew.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "diag/render.h"
#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> inputs(const char* folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / "tests/yaral" / folder))
    if (entry.path().extension() == ".yaral") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

void compare(const fs::path& input, const std::string& got) {
  fs::path expected = input;
  expected.replace_extension(".expected");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << got;
    return;
  }
  const std::string name = input.filename().string();
  CAPTURE(name);
  CHECK(got == read(expected));
}

TEST_CASE("mistakes are explained as expected") {
  CheckOptions options;
  options.list_exists = [](std::string_view name) {
    return name == "known_hosts" || name == "own.networks" || name.starts_with("hosts.");
  };
  const auto files = inputs("errors");
  CHECK(files.size() >= 40);
  for (const fs::path& path : files) {
    const std::string text = read(path);
    const CompiledFile file = compile(text, path.filename().string(), {}, options);
    std::string got;
    for (const Error& error : file.errors) got += diag::render(error, text) + "\n";
    for (const Error& warning : file.warnings)
      got += "warning" + diag::render(warning, text).substr(5) + "\n";  // in place of "error"
    if (got.empty()) got = "no mistakes\n";
    compare(path, got);
  }
}

TEST_CASE("trees are as expected, and survive being written out and read again") {
  const auto files = inputs("parse");
  CHECK(files.size() >= 12);
  for (const fs::path& path : files) {
    const std::string text = read(path);
    const Parsed parsed = parse_file(text, path.filename().string());
    std::string got;
    for (const Error& error : parsed.errors) got += diag::render(error, text) + "\n";
    compare(path, got + dump(parsed.file));
    for (const Rule& rule : parsed.file.rules) {
      std::string again = "rule again { events:\n";
      for (ExprId id : rule.events) again += to_text(parsed.file, id) + "\n";
      again += "condition: " + to_text(parsed.file, rule.condition) + " }";
      const Parsed second = parse_file(again, "again");
      CAPTURE(again);
      REQUIRE(second.errors.empty());
      REQUIRE(second.file.rules[0].events.size() == rule.events.size());
      for (size_t i = 0; i < rule.events.size(); ++i)
        CHECK(to_text(second.file, second.file.rules[0].events[i]) == to_text(parsed.file, rule.events[i]));
    }
  }
}

}  // namespace
}  // namespace sekisho::yaral
