// What RE2 makes of a pattern. Apart, because RE2's header stays in one .cc.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::yaral {

// "" if it compiles, else RE2's reason ("missing ): (abc").
std::string pattern_error(std::string_view pattern);
int pattern_groups(std::string_view pattern);  // how many it captures; -1 if it does not compile

}  // namespace sekisho::yaral
