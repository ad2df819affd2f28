// The pretty-printer of rule files, for `sekisho rules fmt`. One line a statement, sections indented by two and their
// lines by four, one blank line between sections and between rules, keywords in lower case, one space around operators.
// Comments stay where they are, a line break inside a statement stays a line break, and blank lines between statements
// stay (one at most). The text says the same rule as before, and formatting it again changes nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"

namespace sekisho::yaral {

// A text that does not parse comes back unchanged: parse_file() says why. Never fails, linear time.
std::string format(std::string_view source, const Limits& limits = {});

}  // namespace sekisho::yaral
