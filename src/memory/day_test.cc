#include "memory/day.h"

#include <doctest/doctest.h>

namespace sekisho::memory {
namespace {

TEST_CASE("days as lists write them") {
  CHECK(parse_day("1970-01-02") == Day{1});
  CHECK(parse_day("2026-11-22") == Day{20779});
  CHECK(parse_day("2026/11/22") == Day{20779});
  CHECK(parse_day(" 2023/12/28 17:34:00 ") == parse_day("2023-12-28"));
  CHECK(parse_day("2026-11-22T23:30:00-05:00") == Day{20780});  // the day in UTC
  CHECK(parse_day("2149-06-06") == Day{65535});
  for (const char* text : {"", "2026-11", "2026-02-30", "2026-11-22x", "22/11/2026", "1970-01-01", "1969-12-31",
                           "2149-06-07", "9999-12-31", "abcd-ef-gh", "2026_11_22"})
    CHECK_MESSAGE(!parse_day(text), text);
  CHECK(format_day(20779) == "2026-11-22");
  CHECK(format_day(0) == "");
  CHECK(day_of({20779 * 86'400 + 86'399, 0}) == 20779);
  CHECK(day_of({-5, 0}) == 1);
  CHECK(day_of({int64_t{1} << 60, 0}) == 65535);
}

}  // namespace
}  // namespace sekisho::memory
