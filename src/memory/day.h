// Days, as memory counts them: whole UTC days since 1970-01-01, as 16 bits (to 2149-06-06). 0 = not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace sekisho::memory {

using Day = uint16_t;

// "2026-11-22" or "2026/11/22", alone or with a time behind it ("2026-11-22T09:00:00Z": the day that this is in UTC;
// "2026/11/22 09:00": as written). nullopt for anything else, and outside 1970-01-02 … 2149-06-06.
std::optional<Day> parse_day(std::string_view text);
Day day_of(Timestamp at);         // the nearest day there is, if it lies outside
std::string format_day(Day day);  // "2026-11-22"; "" for 0

}  // namespace sekisho::memory
