// One rule on one event: its rows, and what it says about them. Inside engine/ only.
#pragma once

#include "engine/evaluate.h"

namespace sekisho::engine {

// rows.cc. The rows of a rule that satisfy it; each is one element for each of program.dims, in that order.
struct MatchedRows {
  std::vector<uint32_t> elements;  // rows × dims
  uint64_t count = 0;
  uint64_t not_looked_at = 0;  // beyond Limits::rows
};
bool match_rows(Evaluation& evaluation, const RuleProgram& rule, MatchedRows& out);
// Puts a row's elements into env.
void load_row(const RuleProgram& rule, const MatchedRows& rows, uint64_t row, uint32_t* env);

// The values of a `many` column on the row in env: those of all elements that only it expands, at most Limits::rows.
Datum expand_value(Evaluation& evaluation, const StoredValue& value);

// outcome.cc. nothing when the condition does not hold.
bool describe_match(Evaluation& evaluation, RuleId rule, const MatchedRows& rows, Detection& out);

}  // namespace sekisho::engine
