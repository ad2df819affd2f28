// Time is passed in. Programs hand SystemClock down from main; tests hand a FixedClock.
// All times are UTC, as seconds and nanoseconds since 1970-01-01 (proto3 Timestamp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho {

struct Timestamp {
  int64_t seconds = 0;
  int32_t nanos = 0;  // 0 … 999,999,999
  auto operator<=>(const Timestamp&) const = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;  // safe to call from any thread
};

class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Timestamp at) : at_(at) {}
  Timestamp now() const override { return at_; }

 private:
  Timestamp at_;
};

// RFC 3339 with Z or an offset; up to nine fractional digits. nullopt for anything else or outside years 1–9999.
std::optional<Timestamp> parse_rfc3339(std::string_view text);
std::string format_rfc3339(Timestamp at);

// "90", "90s", "5m", "1h", "2d" → seconds, at most ten years; nullopt for anything else.
std::optional<int64_t> parse_time_span(std::string_view text);

// The date of a mail header (RFC 5322 section 3.3, with obsolete zones and missing day name). nullopt if unreadable.
std::optional<Timestamp> parse_rfc5322_date(std::string_view text);

struct CivilTime {
  int year, month, day, hour, minute, second, weekday;  // weekday 0 = Sunday
};
CivilTime civil_utc(int64_t seconds);
int64_t seconds_from_civil(int year, int month, int day, int hour, int minute, int second);

}  // namespace sekisho
