// Golden tests: tests/yaral/errors/*.yaral → the mistakes as people read them, tests/yaral/parse/*.yaral → the tree.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diag/golden.h"
#include "diag/render.h"
#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

using diag::compare_golden;
using diag::read_golden;

TEST_CASE("mistakes are explained as expected") {
  CheckOptions options;
  options.list_exists = [](std::string_view name) {
    return name == "known_hosts" || name == "own.networks" || name.starts_with("hosts.");
  };
  const auto files = diag::golden_inputs("yaral/errors", ".yaral");
  CHECK(files.size() >= 40);
  for (const std::filesystem::path& path : files) {
    const std::string text = read_golden(path);
    const CompiledFile file = compile(text, path.filename().string(), {}, options);
    std::string got;
    for (const Error& error : file.errors) got += diag::render(error, text) + "\n";
    for (const Error& warning : file.warnings)
      got += "warning" + diag::render(warning, text).substr(5) + "\n";  // in place of "error"
    if (got.empty()) got = "no mistakes\n";
    compare_golden(path, got);
  }
}

TEST_CASE("trees are as expected, and survive being written out and read again") {
  const auto files = diag::golden_inputs("yaral/parse", ".yaral");
  CHECK(files.size() >= 12);
  for (const std::filesystem::path& path : files) {
    const std::string text = read_golden(path);
    const Parsed parsed = parse_file(text, path.filename().string());
    std::string got;
    for (const Error& error : parsed.errors) got += diag::render(error, text) + "\n";
    compare_golden(path, got + dump(parsed.file));
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
