// Takes Unix seconds and the name of a time zone, gives calendar pieces: the timestamp.* functions of functions.cc. An
// unknown zone reads as GMT.
#include <unicode/timezone.h>

#include <charconv>
#include <ctime>

#include "base/clock.h"
#include "base/strings.h"
#include "engine/functions_impl.h"

namespace sekisho::engine::impl {
namespace {

constexpr int64_t kEndOfTime = 253402300799;  // 9999-12-31T23:59:59Z

int64_t clamp_seconds(int64_t s) { return std::min(std::max(s, -kEndOfTime), kEndOfTime); }

// "(+|-)H[H][:M[M]]" in seconds.
std::optional<int64_t> fixed_offset(std::string_view zone) {
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return {};
  const int64_t sign = zone[0] == '-' ? -1 : 1;
  int hours = 0, minutes = 0;
  const char *at = zone.data() + 1, *end = zone.data() + zone.size();
  auto read = std::from_chars(at, end, hours);
  if (read.ec != std::errc() || hours > 23) return {};
  if (read.ptr != end) {
    if (*read.ptr != ':') return {};
    read = std::from_chars(read.ptr + 1, end, minutes);
    if (read.ec != std::errc() || read.ptr != end || minutes > 59) return {};
  }
  return sign * (hours * 3600 + minutes * 60);
}

// Seconds to add to UTC at that moment. `local`: seconds are local already.
int64_t zone_offset(std::string_view zone, int64_t seconds, bool local) {
  if (zone.empty() || zone == "GMT" || zone == "UTC") return 0;
  if (const auto fixed = fixed_offset(zone)) return *fixed;
  // One zone a thread is remembered: rules use few, and making one costs microseconds.
  thread_local std::string name;
  thread_local std::unique_ptr<icu::TimeZone> known;
  if (name != zone || !known) {
    name = zone;
    known.reset(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())})));
  }
  if (!known || *known == icu::TimeZone::getUnknown()) return 0;
  int32_t raw = 0, dst = 0;
  UErrorCode status = U_ZERO_ERROR;
  known->getOffset(static_cast<double>(seconds) * 1000, local, raw, dst, status);
  return U_SUCCESS(status) ? (raw + dst) / 1000 : 0;
}

CivilTime civil(Args args, size_t zone) {
  const int64_t seconds = clamp_seconds(args[0].as_int());
  return civil_utc(seconds + (zone < args.size() ? zone_offset(args[zone].as_text(), seconds, false) : 0));
}

// Days since 1 January.
int day_of_year(const CivilTime& t) {
  return static_cast<int>(
      (seconds_from_civil(t.year, t.month, t.day, 0, 0, 0) - seconds_from_civil(t.year, 1, 1, 0, 0, 0)) / 86400);
}

std::string format(const CivilTime& t, const std::string& how) {
  std::tm tm{};
  tm.tm_year = t.year - 1900;
  tm.tm_mon = t.month - 1;
  tm.tm_mday = t.day;
  tm.tm_hour = t.hour;
  tm.tm_min = t.minute;
  tm.tm_sec = t.second;
  tm.tm_wday = t.weekday;
  tm.tm_yday = day_of_year(t);
  char buffer[256];
  return {buffer, std::strftime(buffer, sizeof buffer, how.c_str(), &tm)};
}

}  // namespace

Datum current_seconds(const Context& context, Args) { return Datum::integer(context.now_seconds); }

Datum as_unix_seconds(const Context&, Args args) {
  std::string text(args[0].as_text());
  if (text.size() != 19 || text[10] != ' ') return Datum::integer(0);
  text[10] = 'T';
  const auto at = parse_rfc3339(text + "Z");
  if (!at) return Datum::integer(0);
  return Datum::integer(at->seconds - (args.size() > 1 ? zone_offset(args[1].as_text(), at->seconds, true) : 0));
}

Datum time_diff(const Context&, Args args) {
  const int64_t seconds = clamp_seconds(args[0].as_int()) - clamp_seconds(args[1].as_int());
  const std::string_view unit = args.size() > 2 ? args[2].as_text() : "SECOND";
  if (iequals(unit, "MINUTE")) return Datum::integer(seconds / 60);
  if (iequals(unit, "HOUR")) return Datum::integer(seconds / 3600);
  if (iequals(unit, "DAY")) return Datum::integer(seconds / 86400);
  if (iequals(unit, "WEEK")) return Datum::integer(seconds / 604800);
  return Datum::integer(seconds);
}

Datum get_date(const Context& context, Args args) { return Datum::text(context.keep(format(civil(args, 1), "%F"))); }
Datum get_day_of_week(const Context&, Args args) { return Datum::integer(civil(args, 1).weekday + 1); }
Datum get_hour(const Context&, Args args) { return Datum::integer(civil(args, 1).hour); }
Datum get_minute(const Context&, Args args) { return Datum::integer(civil(args, 1).minute); }

Datum get_week(const Context&, Args args) {
  // "Weeks begin with Sunday. Dates before the first Sunday of the year are in week 0."
  const CivilTime t = civil(args, 1);
  return Datum::integer((day_of_year(t) + 7 - t.weekday) / 7);
}

Datum get_timestamp(const Context& context, Args args) {
  std::string how(args.size() > 1 ? args[1].as_text() : std::string_view("%F %T"));
  CivilTime t = civil(args, 2);
  if (how == "SECOND") how = "%F %T";
  else if (how == "MINUTE") how = "%F %H:%M";
  else if (how == "HOUR") how = "%F %H";
  else if (how == "DATE") how = "%F";
  else if (how == "MONTH") how = "%Y-%m";
  else if (how == "YEAR") how = "%Y";
  else if (how == "WEEK") {
    how = "%F";  // the Sunday on which the week began
    t = civil_utc(seconds_from_civil(t.year, t.month, t.day, 0, 0, 0) - t.weekday * 86400);
  }
  return Datum::text(context.keep(format(t, how)));
}

}  // namespace sekisho::engine::impl
