// The slow, obvious twin of the engine: copies the event once for each combination of elements, walks the rule's
// expressions on every copy, keeps nothing. It shares with the engine only the value operations, the functions'
// implementations and the plan. For tests: the rules have to be ones that Engine::build accepts.
#pragma once

#include "engine/engine.h"

namespace sekisho::engine {

// As Engine::run, for one rule; nothing if it does not match. rows_not_looked_at is always 0: the oracle looks at all.
std::vector<Detection> oracle_run(const std::vector<Rule>& rules, const event::Event& event,
                                  const ReferenceLists& lists = {});

}  // namespace sekisho::engine
