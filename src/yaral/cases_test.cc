// End to end: tests/yaral/cases/*.case, each a rule file, events and the detections that the documented semantics
// demand. A case is
//   # what it stands for
//   == lists            (optional)  name: value | value
//   == rules
//   == events           one JSON object a line
//   == detections       event number (from 1), rule, then "$outcome = value" joined by "; "
// Both the engine and its slow twin have to give exactly these detections. Expected values come from the documentation
// and are never renewed by a switch.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/strings.h"
#include "diag/render.h"
#include "engine/engine.h"
#include "engine/oracle.h"
#include "event/json.h"
#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string rules, expected;
  std::vector<std::string> events;
  engine::ReferenceLists lists;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Case read_case(const fs::path& path) {
  Case out;
  std::string section;
  const std::string text = read_file(path);
  for (std::string_view line : split(text, '\n')) {
    if (line.starts_with("== ")) {
      section = trim(line.substr(3));
    } else if (section == "rules") {
      out.rules += std::string(line) + "\n";
    } else if (trim(line).empty()) {
      continue;
    } else if (section == "lists") {
      const size_t colon = line.find(':');
      REQUIRE(colon != std::string_view::npos);
      auto& values = out.lists[std::string(trim(line.substr(0, colon)))];
      for (std::string_view value : split(line.substr(colon + 1), '|')) values.emplace_back(trim(value));
    } else if (section == "events") {
      out.events.emplace_back(line);
    } else if (section == "detections") {
      out.expected += std::string(trim(line)) + "\n";
    }
  }
  return out;
}

std::string describe(size_t event, const std::vector<engine::Rule>& rules,
                     const std::vector<engine::Detection>& detections) {
  std::string out;
  for (const engine::Detection& d : detections) {
    out += std::to_string(event) + " " + rules[d.rule].name;
    for (size_t i = 0; i < d.outcomes.size(); ++i)
      out += (i ? "; $" : " $") + std::string(d.outcomes[i].first) + " = " + d.outcomes[i].second.to_string();
    while (out.ends_with(' ')) out.pop_back();
    out += "\n";
  }
  return out;
}

TEST_CASE("rules detect what the documentation says") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / "tests/yaral/cases"))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 60);
  for (const fs::path& path : files) {
    const std::string name = path.filename().string();
    CAPTURE(name);
    const Case c = read_case(path);
    CompiledFile file = compile(c.rules, name);
    for (const Error& error : file.errors) FAIL_CHECK(diag::render(error, c.rules));
    if (!file.errors.empty()) continue;
    const auto built = engine::Engine::build(file.rules, c.lists);
    if (!built) {
      FAIL_CHECK(diag::render(built.error(), c.rules));
      continue;
    }
    engine::Scratch scratch;
    std::string fast, slow;
    for (size_t i = 0; i < c.events.size(); ++i) {
      event::ReadOptions options;
      options.refuse_unknown = true;
      const auto event = event::read_json(c.events[i], options);
      if (!event) {
        FAIL_CHECK(event.error().one_line());
        continue;
      }
      fast += describe(i + 1, file.rules, built->run(*event, scratch));
      slow += describe(i + 1, file.rules, engine::oracle_run(file.rules, *event, c.lists));
    }
    CHECK(fast == c.expected);
    CHECK(slow == c.expected);
  }
}

}  // namespace
}  // namespace sekisho::yaral
