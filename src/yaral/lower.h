// A checked rule → the engine's plan (engine/plan.h). Straight translation: what the language leaves unsaid is said
// here (implicit and, enum names, definitions of placeholders taken out of `where` and each over one variable, numbers
// given as text, window.* as aggregates, metrics.* with what they count). Cannot fail on a rule that passed the
// checker; must not be called on another.
#pragma once

#include "engine/plan.h"
#include "yaral/check.h"

namespace sekisho::yaral {

engine::Rule lower(const File& file, const Checked& checked, const CheckedRule& rule);

}  // namespace sekisho::yaral
