// Takes a Verdict with its fired rules, gives score, probability and action. Entries: judge, ranked_score.
#include "scan/score.h"

#include <cmath>

namespace sekisho::scan {

void judge(const Settings& settings, const Curve& curve, Verdict& v) {
  std::map<std::string, Fired*> strongest;
  for (Fired& f : v.rules) {
    // Counter-evidence is a family of its own ("trust"): the most negative counts.
    Fired*& best = strongest[f.family];
    if (!best || std::abs(f.weight) > std::abs(best->weight)) best = &f;
  }
  v.score = 0;
  for (auto& [family, fired] : strongest) {
    fired->counts = true;
    const auto cap = settings.family_caps.find(family);
    const double points = cap == settings.family_caps.end() ? fired->weight : std::min(fired->weight, cap->second);
    v.families[family] = points;
    v.score += points;
  }
  v.score = std::max(0.0, v.score);
  v.probability = 1 / (1 + std::exp(-(v.score - curve.midpoint) / curve.spread));

  v.action = v.score >= settings.reject       ? Action::reject
             : v.score >= settings.quarantine ? Action::quarantine
             : v.score >= settings.banner     ? Action::banner
                                              : Action::accept;
  for (const Fired& f : v.rules) {
    const Action floor = action_from(f.floor);
    if (floor > v.action) v.action = floor, v.floor_rule = f.rule;
  }
  if (v.action == Action::reject && !settings.allow_reject) v.action = Action::quarantine;
  std::stable_sort(v.rules.begin(), v.rules.end(), [](const Fired& a, const Fired& b) { return a.weight > b.weight; });
}

double ranked_score(const Settings& settings, const Verdict& v) {
  if (v.floor_rule.empty()) return v.score;
  return std::max(v.score, v.action >= Action::quarantine ? settings.quarantine : settings.banner);
}

}  // namespace sekisho::scan
