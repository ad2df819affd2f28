// Takes days of the calendar, gives their ISO form, number and weekday. Entries: iso, parse_iso_date, days_from_civil,
// civil_from_days, weekday. Refuses days that no month has.
#include <cstdio>

#include "article/find_dates.h"
#include "base/strings.h"

namespace sekisho::article {

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

std::string iso(const Date& date) {
  if (!date.known()) return {};
  char out[32];
  if (date.day == 0) std::snprintf(out, sizeof out, "%04d-%02d", date.year, date.month);
  else std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
  return out;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  const auto number = [&](size_t at, size_t length) {
    int value = 0;
    for (size_t i = at; i < at + length; ++i) {
      if (i >= text.size() || !is_digit(text[i])) return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  if ((text.size() != 10 && text.size() != 7) || text[4] != '-') return std::nullopt;
  Date out{number(0, 4), number(5, 2), 0};
  if (out.year < 1 || out.month < 1 || out.month > 12) return std::nullopt;
  if (text.size() == 7) return out;
  out.day = number(8, 2);
  if (text[7] != '-' || out.day < 1 || out.day > days_in_month(out.year, out.month)) return std::nullopt;
  return out;
}

// Eras of 400 years that begin on 1 March: the leap day is the last of its year.
int64_t days_from_civil(const Date& date) {
  const int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t year = y - era * 400;
  const int64_t month = (date.month + 9) % 12;
  const int64_t day = (153 * month + 2) / 5 + (date.day > 0 ? date.day : 1) - 1;
  return era * 146'097 + year * 365 + year / 4 - year / 100 + day - 719'468;
}

Date civil_from_days(int64_t days) {
  days += 719'468;
  const int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const int64_t in_era = days - era * 146'097;
  const int64_t year = (in_era - in_era / 1460 + in_era / 36'524 - in_era / 146'096) / 365;
  const int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
  const int64_t month = (5 * in_year + 2) / 153;
  Date out;
  out.day = static_cast<int>(in_year - (153 * month + 2) / 5 + 1);
  out.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  out.year = static_cast<int>(year + era * 400 + (out.month <= 2 ? 1 : 0));
  return out;
}

int weekday(const Date& date) {
  const int64_t days = days_from_civil(date);
  return static_cast<int>(((days + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
}

}  // namespace sekisho::article
