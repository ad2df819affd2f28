// A rule's detection → predicates of a plan (engine/plan.h). Used for the rule itself, and again for each correlation
// that reads it, which is why it writes into a plan that somebody else began.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "engine/plan.h"
#include "sigma/document.h"
#include "sigma/resolve.h"
#include "sigma/value.h"

namespace sekisho::sigma {

inline constexpr size_t kPlanSize = 100'000;  // expressions of one plan

// What lowering may look at, and where it complains.
struct Lowering {
  std::span<const std::string> files;
  ListOf lists;
  std::vector<Error>* errors;
  std::vector<Error>* warnings;
};

// The detection of `rule` without what its filters (that passed check_filter()) take out, on the events of `variable`
// (of Kind::raw). Spans are kept where the rule lies in the plan's own file. kNoExpr if there were mistakes.
engine::ExprId lower_detection(engine::Rule& plan, uint32_t variable, const Document& rule,
                               std::span<const Document* const> filters, const Lowering& how);

// Appends a filter's own mistakes; true if there are none.
bool check_filter(const Document& filter, const Lowering& how);

// A whole plan for a rule.
engine::Rule lower_rule(const Document& rule, std::span<const Document* const> filters, const Lowering& how);

// The beginning of any plan of a document: name, meta, file, place.
engine::Rule begin_plan(const Document& document, const Lowering& how);

// field <op> number, for fields and counts alike: whole where the number is.
engine::Constant number_constant(double number);

}  // namespace sekisho::sigma
