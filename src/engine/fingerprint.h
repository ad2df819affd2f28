// Tells whether a rule is still the same one, between runs and builds: what it asks and what its rows carry, not its
// meta section or place. Inside engine/ only.
#pragma once

#include <string>

#include "engine/correlation.h"

namespace sekisho::engine {

// 64 hexadecimal digits. correlation: null for a rule over one event.
std::string fingerprint(const Rule& rule, const Correlation* correlation);

}  // namespace sekisho::engine
