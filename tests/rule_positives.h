// Events that a rule must fire on, made from the rule itself; and the same events with one field changed, on which it
// must not. For conformance figures and for the streams of benches.
//
// How: every predicate that the rule demands is made true in turn by giving the fields it reads a value taken from the
// predicate (a constant, a text made from its regular expression, an entry of its list …), keeping what was made true
// before; of `or` the first branch that can be had. Fields that no predicate asks for stay absent. Conditions that
// count get as many instances of the events as they ask for. plan_model.h judges what is true.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace sekisho::tests {

struct MadeEvent {
  std::string variable;
  engine::Variable::Kind kind = engine::Variable::Kind::event;
  int64_t time = 0;  // milliseconds since 1970; 0 for entity records
  std::string json;  // of an event that has a time, with it as 2026-01-31T12:00:00Z, or with three digits more
};

struct Mutation {
  std::string field;  // "e.metadata.event_type", or "e" for one event less
  std::vector<MadeEvent> events;
};

struct Positive {
  std::vector<MadeEvent> events;  // entity records first, then in order of time
  std::vector<Mutation> mutations;
  // Fields the rule sets for which no such change was found: another branch of an `or`, or another event, holds
  // whatever is written there.
  size_t not_mutated = 0;
};

// Lists that every `in %list` of the rules finds something in.
engine::ReferenceLists lists_for(const std::vector<engine::Rule>& rules);

// Errors: positive.unsolved (at the predicate), positive.contradiction (the rule plainly cannot be fulfilled),
// positive.kind (reads detections or tables).
Result<Positive> make_positive(const engine::Rule& rule, const engine::ReferenceLists& lists);

}  // namespace sekisho::tests
