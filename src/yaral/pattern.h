// Whether RE2 takes a pattern. Apart, because RE2's header stays in one .cc.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::yaral {

// "" if it compiles, else RE2's reason ("missing ): (abc").
std::string pattern_error(std::string_view pattern);

}  // namespace sekisho::yaral
