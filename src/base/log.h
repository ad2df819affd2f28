// Log lines for operators: one JSON object a line on standard error ({"time":…,"level":…,"event":…,"text":…,…}), or
// plain text when standard error is a terminal. Thread-safe; never called with anything a victim typed.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace sekisho::log {

enum class Level { debug, info, warning, error };
using Pair = std::pair<std::string_view, std::string_view>;

void set_level(Level least);
// event: a stable dotted name ("scan.start"); text: a sentence.
void write(Level level, std::string_view event, std::string_view text, std::initializer_list<Pair> more = {});
inline void info(std::string_view event, std::string_view text, std::initializer_list<Pair> more = {}) {
  write(Level::info, event, text, more);
}
inline void warning(std::string_view event, std::string_view text, std::initializer_list<Pair> more = {}) {
  write(Level::warning, event, text, more);
}

}  // namespace sekisho::log
