// Takes the themes of an advisory, gives the chains that such attacks follow: each step a technique, with the
// statements that report it; what no statement reports is assumed, and said to be. Entry: add_scenarios.
#include <algorithm>

#include "desk/judge.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMostScenarios = 3;
constexpr size_t kMostStatementsOfStep = 4;

std::string_view parent(std::string_view technique) { return technique.substr(0, technique.find('.')); }

// What was reported of a step: facts one of whose suggestions is the step's technique, or the same one told more or
// less exactly.
std::vector<uint32_t> reported(const Advisory& a, const std::string& technique, double least) {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < a.statements.size() && out.size() < kMostStatementsOfStep; ++i) {
    const Statement& s = a.statements[i];
    if (s.kind != Kind::fact || s.themes.empty()) continue;
    const bool named = std::ranges::any_of(s.techniques, [&](const Technique& t) {
      if (!t.literal && t.probability < least) return false;
      return t.id == technique ||
             (parent(t.id) == parent(technique) && (t.id.size() < technique.size() || technique.size() < t.id.size()));
    });
    if (named) out.push_back(i);
  }
  return out;
}

}  // namespace

void add_scenarios(const DeskContent& desk, Advisory& a) {
  for (const std::string& id : a.themes) {
    if (a.scenarios.size() >= kMostScenarios) break;
    const Theme* theme = desk.theme(id);
    if (!theme || theme->steps.size() < 2) continue;
    Scenario scenario;
    scenario.id = std::string(1, static_cast<char>('A' + a.scenarios.size()));
    const lure::Intent* intent = desk.words.find_id(id);
    scenario.title = intent ? Both{intent->text, intent->text_ja} : Both{id, id};
    scenario.impact = theme->impact;
    for (const Theme::Link& link : theme->steps) {
      Step step;
      step.technique = std::string(desk.attack.current(link.technique));
      if (step.technique.empty()) step.technique = link.technique;
      if (const auto index = desk.attack.find(step.technique)) {
        const attack::Technique& t = desk.attack.techniques()[*index];
        step.name = t.name;
        if (!t.tactics.empty()) step.tactic = t.tactics.front();
      }
      step.text = link.text;
      step.statements = reported(a, step.technique, desk.numbers.reported_least);
      scenario.steps.push_back(std::move(step));
    }
    a.scenarios.push_back(std::move(scenario));
  }
}

}  // namespace sekisho::desk
