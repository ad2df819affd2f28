// How the condition of a rule over several events is judged: which variables must have events, whether more events can
// only make it truer, and what must hold at the least. docs/correlation.md has the reasons. Inside engine/ only.
#pragma once

#include "engine/correlation.h"

namespace sekisho::engine {

// By variable: false where the condition can hold without any event of it ("unbounded").
std::vector<bool> bounded_variables(const Rule& rule);
// That the rule asks for something that can happen, and has a window where it needs one. Error: engine.join.
Result<void> check_variables(const Rule& rule, const std::vector<bool>& bounded);
// More rows can only make the condition truer.
bool is_monotone(const Rule& rule);
// The condition asks no more than that every variable it names has an event.
bool asks_existence_only(const Rule& rule);
// Top-level conjuncts that a counter answers. correlation: its aggregates and outcomes, lowered.
std::vector<Gate> gates_of(const Rule& rule, const Correlation& correlation);

}  // namespace sekisho::engine
