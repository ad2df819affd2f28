// A correlation and the documents it reads → a plan with a match section. docs/sigma.md says what each type becomes.
#pragma once

#include "engine/plan.h"
#include "sigma/lower.h"
#include "sigma/resolve.h"

namespace sekisho::sigma {

// links.all[index] is a correlation whose parts are all good; its parts' detections have been lowered without mistakes
// before. Appends sigma.correlation errors to how.errors; the plan is of no use then.
engine::Rule lower_correlation(const Links& links, uint32_t index, const Lowering& how);

}  // namespace sekisho::sigma
