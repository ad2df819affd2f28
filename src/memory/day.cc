// Takes dates as lists write them, gives days. Entries: parse_day, day_of, format_day. Refuses what is no date.
#include "memory/day.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::memory {
namespace {

constexpr int64_t kSecondsADay = 86'400, kLast = 65'535;

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  text = trim(text);
  if (text.size() < 10 || text.size() > 40) return std::nullopt;
  std::string whole(text);
  for (const size_t at : {4, 7}) {
    if (whole[at] != '-' && whole[at] != '/') return std::nullopt;
    whole[at] = '-';
  }
  std::optional<Timestamp> at = parse_rfc3339(whole);
  if (!at && (whole.size() == 10 || whole[10] == ' ' || whole[10] == 'T'))
    at = parse_rfc3339(whole.substr(0, 10) + "T00:00:00Z");
  if (!at || at->seconds < kSecondsADay || at->seconds / kSecondsADay > kLast) return std::nullopt;
  return static_cast<Day>(at->seconds / kSecondsADay);
}

Day day_of(Timestamp at) { return static_cast<Day>(std::clamp<int64_t>(at.seconds / kSecondsADay, 1, kLast)); }

std::string format_day(Day day) {
  return day == 0 ? std::string() : format_rfc3339({day * kSecondsADay, 0}).substr(0, 10);
}

}  // namespace sekisho::memory
