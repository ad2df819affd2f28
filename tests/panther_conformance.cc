// Our rules in tests/panther/rules say in Sigma what rules of Panther say in Python; Panther's unit tests, vendor
// events with the verdict expected, are in $SEKISHO_DATA/events/panther. Each rule names its twin in its first line
// ("# panther: RULE-ID") and must give the same verdict on all of the twin's events.
//   panther_conformance [--verbose] [RULE-FILE…]
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "base/files.h"
#include "base/json.h"
#include "engine/engine.h"
#include "event/json_line.h"
#include "sigma/sigma.h"
#include "sigma/yaml.h"

namespace {

using namespace sekisho;
using sigma::Node;

struct Test {
  std::string name, event;
  bool expected = false;
};
using Suite = std::map<std::string, std::vector<Test>, std::less<>>;  // by rule id

void write(const Node& node, JsonWriter& out, size_t depth = 0) {
  bool flag = false;
  double number = 0;
  switch (node.kind) {
    case Node::Kind::null:
      return out.raw("null");
    case Node::Kind::scalar:
      if (is_boolean(node, flag)) return out.value(flag);
      if (node.plain && is_number(node, number) && node.text.find_first_of("xo_+") == std::string::npos &&
          node.text[0] != '.')
        return out.raw(node.text);
      return out.value(node.text);
    case Node::Kind::list:
      out.begin_array();
      for (const Node& item : node.items) write(item, out, depth + 1);
      return out.end_array();
    case Node::Kind::map:
      out.begin_object();
      for (const auto& [key, value] : node.entries) {
        out.key(key.text);
        write(value, out, depth + 1);
      }
      return out.end_object();
  }
}

std::string text_of(const Node* node) { return node ? node->text : std::string(); }

Suite read_suite(const std::string& folder) {
  Suite out;
  const auto files = text_files(folder, {".yml"});
  if (!files) return out;
  for (const TextFile& file : *files) {
    const sigma::Stream stream = sigma::read_yaml(file.text, file.name, {});
    for (const Error& e : stream.errors) std::printf("unreadable: %s\n", e.one_line().c_str());
    for (const Node& document : stream.documents) {
      const Node* tests = document.find("Tests");
      if (tests == nullptr) continue;
      for (const Node& t : tests->items) {
        const Node *log = t.find("Log"), *expected = t.find("ExpectedResult");
        if (log == nullptr || expected == nullptr) continue;
        Test test{text_of(t.find("Name")), {}, false};
        is_boolean(*expected, test.expected);
        JsonWriter writer(test.event);
        write(*log, writer);
        out[text_of(document.find("RuleID"))].push_back(std::move(test));
      }
    }
  }
  return out;
}

std::string twin_of(const TextFile& file) {
  constexpr std::string_view kMark = "# panther: ";
  const size_t at = file.text.find(kMark);
  if (at == std::string::npos || at > 400) return {};
  const size_t from = at + kMark.size();
  return file.text.substr(from, file.text.find('\n', from) - from);
}

struct Totals {
  size_t rules = 0, equal_rules = 0, events = 0, equal_events = 0;
};

void judge(const TextFile& file, const Suite& suite, bool verbose, Totals& totals) {
  ++totals.rules;
  const std::string twin = twin_of(file);
  const auto tests = suite.find(twin);
  const sigma::Compiled compiled = sigma::compile(file.text, file.name);
  for (const Error& e : compiled.errors) std::printf("refused: %s: %s\n", file.name.c_str(), e.one_line().c_str());
  const auto engine = engine::Engine::build(compiled.rules);
  if (!engine) std::printf("refused: %s: %s\n", file.name.c_str(), engine.error().one_line().c_str());
  if (tests == suite.end()) std::printf("no tests: %s: %s\n", file.name.c_str(), twin.c_str());
  if (tests == suite.end() || !engine || !compiled.errors.empty()) return;
  engine::Scratch scratch;
  event::JsonLine line;
  size_t equal = 0;
  for (const Test& test : tests->second) {
    const auto json = line.parse(test.event, false);
    engine::Matched matched;
    if (json) engine->match(*json, engine::Reading::raw, test.event, {}, scratch, matched);
    const bool found = !matched.detections.empty(), good = json && found == test.expected;
    equal += good;
    if (!good || verbose)
      std::printf("%s: %s: %s: expected %s, found %s\n", good ? "equal" : "differs", file.name.c_str(),
                  test.name.c_str(), test.expected ? "true" : "false", found ? "true" : "false");
  }
  totals.events += tests->second.size();
  totals.equal_events += equal;
  totals.equal_rules += equal == tests->second.size();
}

}  // namespace

int main(int argc, char** argv) {
  bool verbose = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--verbose") == 0) verbose = true;
    else paths.emplace_back(argv[i]);
  const char* data = std::getenv("SEKISHO_DATA");
  const Suite suite = data && *data ? read_suite(std::string(data) + "/events/panther") : Suite{};
  if (suite.empty()) {
    std::puts("panther: skipped: no data");
    return 0;
  }
  if (paths.empty()) paths.emplace_back(SEKISHO_SOURCE_DIR "/tests/panther/rules");
  Totals totals;
  for (const std::string& path : paths) {
    const auto files = text_files(path, {".yml"});
    if (!files) {
      std::printf("%s\n", files.error().one_line().c_str());
      return 2;
    }
    for (const TextFile& file : *files) judge(file, suite, verbose, totals);
  }
  std::printf("panther/rules  %zu/%zu\npanther/events  %zu/%zu\n", totals.equal_rules, totals.rules,
              totals.equal_events, totals.events);
  return totals.equal_rules == totals.rules ? 0 : 1;
}
