// The measure that engines are held against: simdjson's DOM parser over every line, and nothing else.
#pragma once

#include <cstddef>
#include <string_view>

namespace sekisho::bench {

// Lines that are JSON objects. 64 bytes behind the text must be readable.
size_t parse_only(std::string_view lines);

}  // namespace sekisho::bench
