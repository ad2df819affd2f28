// Dates as they are written, before it is known from which day a relative one counts. article/ only.
#pragma once

#include <string_view>
#include <vector>

#include "article/article.h"

namespace sekisho::article {

int days_in_month(int year, int month);  // 0: no such month

struct WrittenDate {
  enum class What : uint8_t {
    full,        // year, month, day
    month,       // year and month
    no_year,     // month and day
    month_only,  // a month of this year or the last
    day_only,    // 「2日」
    days_back,   // `shift` days from the day of publication (−1: yesterday)
    months_back,
    weekday,     // the last one, or the next when shift is 1, or the one before today when −1
    clock_back,  // hours or minutes ago
  } what = What::full;
  int year = 0, month = 0, day = 0;
  // Of `month` and `no_year` forms: the year is counted from that of publication (−1: 昨年), if year_shift_set.
  int shift = 0;
  bool year_shifted = false;
  bool either = false;   // 03/04/2026: day and month may be the other way round
  bool of_page = false;  // a label before it says that it is the day of publication ("Published 2 days ago")
  bool same_month = false, same_year = false;  // as the date before it
  uint32_t at = 0, length = 0;
};

std::vector<WrittenDate> written_dates(std::string_view text, size_t most, const Words::Impl& words);

}  // namespace sekisho::article
