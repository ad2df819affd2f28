// Advisories made up in code, for tests and figures: every member filled, values varied by a seed, among them what
// hostile news would try (markup, links, invisible characters, broken UTF-8). The same seed gives the same advisory.
#pragma once

#include <string>
#include <vector>

#include "desk/advisory.h"

namespace sekisho::tests {

std::vector<std::string> hostile_texts();  // each would do harm in one of the outputs if it were not escaped
desk::Advisory full_advisory();            // tame, each member set
desk::Advisory varied_advisory(uint32_t seed);

}  // namespace sekisho::tests
