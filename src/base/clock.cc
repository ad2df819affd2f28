// Takes the texts of RFC 3339 and RFC 5322 dates, gives UTC timestamps, and back. Own calendar arithmetic (days from
// civil, proleptic Gregorian): libstdc++ 12 has no chrono::parse. Refuses out-of-range fields; leap second 60 is read
// as 59.
#include "base/clock.h"

#include <array>
#include <cctype>
#include <chrono>

#include "base/strings.h"

namespace sekisho {
namespace {

int64_t days_from_civil(int64_t y, int m, int d) {
  y -= m <= 2;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<int64_t>(y - era * 400);
  const int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

// Reads exactly `digits` digits.
bool take_digits(std::string_view& s, int digits, int& out) {
  if (s.size() < static_cast<size_t>(digits)) return false;
  out = 0;
  for (int i = 0; i < digits; ++i) {
    if (s[i] < '0' || s[i] > '9') return false;
    out = out * 10 + (s[i] - '0');
  }
  s.remove_prefix(digits);
  return true;
}

bool take(std::string_view& s, char c) {
  if (s.empty() || s[0] != c) return false;
  s.remove_prefix(1);
  return true;
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool valid(int year, int month, int day, int hour, int minute, int second) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month) &&
         hour <= 23 && minute <= 59 && second <= 60;
}

}  // namespace

Timestamp SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
  return {nanos / 1'000'000'000, static_cast<int32_t>(nanos % 1'000'000'000)};
}

int64_t seconds_from_civil(int year, int month, int day, int hour, int minute, int second) {
  return days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

CivilTime civil_utc(int64_t seconds) {
  int64_t days = seconds / 86400, rest = seconds % 86400;
  if (rest < 0) rest += 86400, --days;
  const int64_t z = days + 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int64_t doe = z - era * 146097;
  const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  const int year = static_cast<int>(yoe + era * 400 + (month <= 2));
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  return {year,
          month,
          day,
          static_cast<int>(rest / 3600),
          static_cast<int>(rest / 60 % 60),
          static_cast<int>(rest % 60),
          static_cast<int>(((days + 4) % 7 + 7) % 7)};
}

std::optional<Timestamp> parse_rfc3339(std::string_view s) {
  int year, month, day, hour, minute, second;
  if (!take_digits(s, 4, year) || !take(s, '-') || !take_digits(s, 2, month) || !take(s, '-') ||
      !take_digits(s, 2, day))
    return std::nullopt;
  if (s.empty() || (s[0] != 'T' && s[0] != 't' && s[0] != ' ')) return std::nullopt;
  s.remove_prefix(1);
  if (!take_digits(s, 2, hour) || !take(s, ':') || !take_digits(s, 2, minute) || !take(s, ':') ||
      !take_digits(s, 2, second))
    return std::nullopt;
  int32_t nanos = 0;
  if (take(s, '.')) {
    int32_t scale = 100'000'000;
    if (s.empty() || !std::isdigit(static_cast<unsigned char>(s[0]))) return std::nullopt;
    for (; !s.empty() && s[0] >= '0' && s[0] <= '9'; s.remove_prefix(1), scale /= 10) nanos += (s[0] - '0') * scale;
  }
  int64_t offset = 0;
  if (s == "Z" || s == "z") {
    s = {};
  } else {
    if (s.empty() || (s[0] != '+' && s[0] != '-')) return std::nullopt;
    const int sign = s[0] == '-' ? -1 : 1;
    s.remove_prefix(1);
    int zone_hour, zone_minute;
    if (!take_digits(s, 2, zone_hour) || !take(s, ':') || !take_digits(s, 2, zone_minute) || zone_hour > 23 ||
        zone_minute > 59)
      return std::nullopt;
    offset = sign * (zone_hour * 3600 + zone_minute * 60);
  }
  if (!s.empty() || !valid(year, month, day, hour, minute, second)) return std::nullopt;
  if (second == 60) second = 59;
  return Timestamp{seconds_from_civil(year, month, day, hour, minute, second) - offset, nanos};
}

std::string format_rfc3339(Timestamp at) {
  const CivilTime t = civil_utc(at.seconds);
  char buffer[48];
  int n = std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d", t.year, t.month, t.day, t.hour,
                        t.minute, t.second);
  std::string out(buffer, n);
  if (at.nanos != 0) {  // proto3 JSON: 3, 6 or 9 digits
    n = std::snprintf(buffer, sizeof buffer, ".%09d", at.nanos);
    std::string_view digits(buffer, n);
    if (digits.ends_with("000000")) digits.remove_suffix(6);
    else if (digits.ends_with("000")) digits.remove_suffix(3);
    out += digits;
  }
  return out + "Z";
}

std::optional<Timestamp> parse_rfc5322_date(std::string_view text) {
  // Comments out, then words: [day-name ,] day month year time zone.
  std::array<std::string_view, 8> words;
  size_t count = 0;
  int depth = 0;
  for (size_t i = 0; i < text.size() && count < words.size();) {
    const char c = text[i];
    if (c == '(') ++depth, ++i;
    else if (c == ')') depth -= depth > 0, ++i;
    else if (depth > 0 || c == ' ' || c == '\t' || c == ',' || c == '\r' || c == '\n') ++i;
    else {
      const size_t start = i;
      while (i < text.size() && std::string_view(" \t,\r\n(").find(text[i]) == std::string_view::npos) ++i;
      words[count++] = text.substr(start, i - start);
    }
  }
  size_t at = 0;
  if (count > 0 && std::isalpha(static_cast<unsigned char>(words[0][0]))) ++at;
  if (count < at + 4) return std::nullopt;
  auto number = [](std::string_view s) -> int {
    int n = 0;
    if (s.empty() || s.size() > 4) return -1;
    for (char c : s) {
      if (c < '0' || c > '9') return -1;
      n = n * 10 + (c - '0');
    }
    return n;
  };
  const int day = number(words[at]);
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::string month_name = ascii_lower(words[at + 1].substr(0, 3));
  const size_t month_at = month_name.size() == 3 ? kMonths.find(month_name) : std::string_view::npos;
  if (month_at == std::string_view::npos || month_at % 3 != 0) return std::nullopt;
  const int month = static_cast<int>(month_at / 3) + 1;
  int year = number(words[at + 2]);
  if (year >= 0 && year < 50 && words[at + 2].size() <= 2) year += 2000;  // RFC 5322 section 4.3
  else if (year >= 50 && year < 1000) year += 1900;
  std::string_view time = words[at + 3];
  int hour = 0, minute = 0, second = 0;
  const size_t colon = time.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  hour = number(time.substr(0, colon));
  time.remove_prefix(colon + 1);
  const size_t colon2 = time.find(':');
  minute = number(time.substr(0, colon2));
  if (colon2 != std::string_view::npos) second = number(time.substr(colon2 + 1));
  if (day < 0 || hour < 0 || minute < 0 || second < 0 || !valid(year, month, day, hour, minute, second))
    return std::nullopt;
  int64_t offset = 0;
  if (count > at + 4) {
    const std::string_view zone = words[at + 4];
    if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-')) {
      const int hhmm = number(zone.substr(1));
      if (hhmm < 0) return std::nullopt;
      offset = (zone[0] == '-' ? -1 : 1) * (hhmm / 100 * 3600 + hhmm % 100 * 60);
    } else {
      const std::string name = ascii_lower(zone);
      static constexpr std::array<std::pair<std::string_view, int>, 9> kZones{{{"est", -5},
                                                                               {"edt", -4},
                                                                               {"cst", -6},
                                                                               {"cdt", -5},
                                                                               {"mst", -7},
                                                                               {"mdt", -6},
                                                                               {"pst", -8},
                                                                               {"pdt", -7},
                                                                               {"jst", 9}}};
      for (const auto& [zone_name, hours] : kZones)
        if (name == zone_name) offset = hours * 3600;
    }
  }
  if (second == 60) second = 59;
  return Timestamp{seconds_from_civil(year, month, day, hour, minute, second) - offset, 0};
}

std::optional<int64_t> parse_time_span(std::string_view text) {
  int64_t unit = 1;
  if (!text.empty() && !is_digit(text.back())) {
    const size_t at = std::string_view("smhd").find(text.back());
    if (at == std::string_view::npos) return std::nullopt;
    constexpr int64_t kUnits[] = {1, 60, 3600, 86'400};
    unit = kUnits[at];
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > 9) return std::nullopt;
  int64_t number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  constexpr int64_t kMost = 3653 * int64_t{86'400};
  if (number > kMost / unit) return std::nullopt;
  return number * unit;
}

}  // namespace sekisho
