// Arithmetic and comparison on plain values; they never fail. Inside engine/ only.
#pragma once

#include <cmath>

#include "engine/program.h"

namespace sekisho::engine {

inline std::string_view arena_text(const std::string& text, const CallContext& calls) { return calls.keep(text); }

inline bool compare(Code code, const Datum& a, const Datum& b, bool nocase) {
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
