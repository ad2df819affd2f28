// From rules that fired to a verdict: of each family the strongest rule counts, capped; the sum is the score, the curve
// makes it a probability, thresholds and floors make it an action. All numbers come from settings, content and rules
// (docs/decisions: scoring).
#pragma once

#include "scan/settings.h"
#include "scan/verdict.h"

namespace sekisho::scan {

// Fills families, score, probability, action, floor_rule of the verdict, marks which rules count and sorts them.
void judge(const Settings& settings, const Curve& curve, Verdict& verdict);

// By what a judged verdict is ranked among others (ROC): its score; where a floor lifted the action, at least the
// points of that action.
double ranked_score(const Settings& settings, const Verdict& verdict);

}  // namespace sekisho::scan
