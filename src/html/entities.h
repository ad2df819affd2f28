// Character references (WHATWG HTML 13.2.5.72 ff. and 13.5): named, decimal, hexadecimal, with the rules for missing
// semicolons. No allocation, no state; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::html {

struct Reference {
  size_t length = 0;  // bytes consumed from the '&' on; 0: not a reference, the '&' stands for itself
  char32_t first = 0;
  char32_t second = 0;  // 0 for all but a few (93) names
};

// s[at] is '&'. Looks at no more than a few dozen bytes except for the digits of a numeric reference, which it
// consumes.
Reference read_reference(std::string_view s, size_t at, bool in_attribute);

void append_code_point(std::string& out, char32_t c);  // a valid scalar value, as UTF-8

}  // namespace sekisho::html
