// Arithmetic and comparison on plain values; they never fail. Inside engine/ only.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>

#include "engine/program.h"

namespace sekisho::engine {

inline std::string_view arena_text(const std::string& text, const CallContext& calls) { return calls.keep(text); }

// A text as the number that all of it writes: an integer where it is one that fits, else a real.
inline std::optional<Datum> read_number(std::string_view text) {
  const char* end = text.data() + text.size();
  int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
    return Datum::integer(whole);
  double real = 0;
  const auto read = std::from_chars(text.data(), end, real);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(real)) return std::nullopt;
  return Datum::real(real);
}

// Less, equal or greater. In an order with a number a text is read as a number; if it is none, nothing holds.
inline bool compare(Code code, const Datum& a, const Datum& b, bool nocase) {
  if (code != Code::equal && (a.type() == Type::text) != (b.type() == Type::text)) {
    const auto x = a.type() == Type::text ? read_number(a.as_text()) : a;
    const auto y = b.type() == Type::text ? read_number(b.as_text()) : b;
    return x && y && compare(code, *x, *y, false);
  }
  switch (code) {
    case Code::equal:
      return equal(a, b, nocase);
    case Code::less:
      return order(a, b) < 0;
    case Code::less_equal:
      return order(a, b) <= 0;
    case Code::greater:
      return order(a, b) > 0;
    case Code::greater_equal:
      return order(a, b) >= 0;
    default:
      return false;
  }
}

// Integers saturate; division and remainder by zero are 0.
inline Datum arithmetic(Code code, const Datum& x, const Datum& y, Type type) {
  if (type == Type::integer) {
    const int64_t a = x.as_int(), b = y.as_int();
    int64_t out = 0;
    switch (code) {
      case Code::add:
        return Datum::integer(__builtin_add_overflow(a, b, &out) ? (b > 0 ? INT64_MAX : INT64_MIN) : out);
      case Code::subtract:
        return Datum::integer(__builtin_sub_overflow(a, b, &out) ? (b < 0 ? INT64_MAX : INT64_MIN) : out);
      case Code::multiply:
        return Datum::integer(__builtin_mul_overflow(a, b, &out) ? ((a < 0) == (b < 0) ? INT64_MAX : INT64_MIN) : out);
      case Code::modulo:
        return Datum::integer(b == 0 || b == -1 ? 0 : a % b);
      case Code::minus:
        return Datum::integer(a == INT64_MIN ? INT64_MAX : -a);
      default:
        return Datum::integer(0);
    }
  }
  const double a = x.as_real(), b = y.as_real();
  switch (code) {
    case Code::add:
      return Datum::real(a + b);
    case Code::subtract:
      return Datum::real(a - b);
    case Code::multiply:
      return Datum::real(a * b);
    case Code::divide:
      return Datum::real(b == 0 ? 0 : a / b);
    case Code::modulo:
      return Datum::real(b == 0 ? 0 : std::fmod(a, b));
    case Code::minus:
      return Datum::real(-a);
    default:
      return Datum::real(0);
  }
}

}  // namespace sekisho::engine
