// Takes numbers, lists and scalars of any type, gives numbers and text: the arrays.*, cast.* and math.* functions of
// functions.cc. They refuse nothing.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/strings.h"
#include "engine/functions_impl.h"

namespace sekisho::engine::impl {
namespace {

// An index may count from the end (-1). nullptr when out of range.
const Datum* element(Args args) {
  const auto items = args[0].as_list();
  int64_t i = args[1].as_int();
  if (i < 0) i += static_cast<int64_t>(items.size());
  return i >= 0 && static_cast<size_t>(i) < items.size() ? &items[static_cast<size_t>(i)] : nullptr;
}

double to_real(const Datum& value) {
  if (value.type() != Type::text) return value.type() == Type::boolean ? value.as_bool() : value.as_real();
  std::string_view s = sekisho::trim(value.as_text());
  if (s.starts_with('+')) s.remove_prefix(1);
  double out = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size() && std::isfinite(out) ? out : 0;
}

int64_t to_int(const Datum& value) {
  if (value.type() == Type::text) {
    const std::string_view s = sekisho::trim(value.as_text());
    int64_t out = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
    if (error == std::errc() && end == s.data() + s.size()) return out;
  } else if (value.type() != Type::real) {
    return value.type() == Type::boolean ? value.as_bool() : value.as_int();
  }
  return Datum::real(std::trunc(to_real(value))).as_int();
}

// "Will return 0 if … too big to fit in an int64."
Datum whole(double v) { return Datum::integer(std::fabs(v) < 9223372036854775808.0 ? static_cast<int64_t>(v) : 0); }

double finite(double v) { return std::isfinite(v) ? v : 0; }

}  // namespace

Datum array_concat(const Context& context, Args args) {
  const auto a = args[0].as_list(), b = args[1].as_list();
  const size_t size = a.size() + b.size();
  auto* items =
      static_cast<Datum*>(context.memory->allocate(std::max<size_t>(size, 1) * sizeof(Datum), alignof(Datum)));
  std::uninitialized_copy(b.begin(), b.end(), std::uninitialized_copy(a.begin(), a.end(), items));
  return Datum::list({items, size});
}

Datum array_contains(const Context&, Args args) {
  for (const Datum& item : args[0].as_list())
    if (equal(item, args[1], false)) return Datum::boolean(true);
  return Datum::boolean(false);
}

Datum index_to_float(const Context&, Args args) {
  const Datum* item = element(args);
  return Datum::real(item ? to_real(*item) : 0);
}
Datum index_to_int(const Context&, Args args) {
  const Datum* item = element(args);
  return Datum::integer(item ? to_int(*item) : 0);
}
Datum index_to_str(const Context& context, Args args) {
  const Datum* item = element(args);
  if (item == nullptr) return Datum::text({});
  return item->type() == Type::text ? *item : Datum::text(context.keep(Value::of(*item).to_string()));
}

Datum join_string(const Context& context, Args args) {
  std::string out;
  const std::string_view by = args.size() > 1 ? args[1].as_text() : std::string_view();
  const auto items = args[0].as_list();
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += by;
    if (items[i].type() == Type::text) out += items[i].as_text();
    else out += Value::of(items[i]).to_string();
  }
  return Datum::text(context.keep(out));
}

Datum array_size(const Context&, Args args) { return Datum::integer(static_cast<int64_t>(args[0].as_list().size())); }

Datum array_max(const Context&, Args args) {
  const auto items = args[0].as_list();
  double out = items.empty() ? 0 : to_real(items[0]);
  for (const Datum& item : items) out = std::max(out, to_real(item));
  return Datum::real(out);
}

Datum array_min(const Context&, Args args) {
  const bool skip = args.size() > 1 && args[1].as_bool();
  bool found = false;
  double out = 0;
  for (const Datum& item : args[0].as_list()) {
    const double v = to_real(item);
    if (skip && v == 0) continue;
    out = found ? std::min(out, v) : v;
    found = true;
  }
  return Datum::real(out);
}

Datum as_bool(const Context&, Args args) {
  switch (args[0].type()) {
    case Type::text:
      return Datum::boolean(iequals(args[0].as_text(), "true"));
    case Type::boolean:
      return args[0];
    default:
      return Datum::boolean(args[0].as_real() == 1);
  }
}
Datum as_float(const Context&, Args args) { return Datum::real(to_real(args[0])); }
Datum as_int(const Context&, Args args) { return Datum::integer(to_int(args[0])); }
Datum as_string(const Context& context, Args args) {
  return args[0].type() == Type::text ? args[0] : Datum::text(context.keep(Value::of(args[0]).to_string()));
}

Datum absolute(const Context&, Args args) {
  if (args[0].type() == Type::real) return Datum::real(std::fabs(args[0].as_real()));
  const int64_t v = args[0].as_int();
  return Datum::integer(v == INT64_MIN ? INT64_MAX : std::abs(v));
}
Datum ceiling(const Context&, Args args) {
  return args[0].type() == Type::real ? whole(std::ceil(args[0].as_real())) : Datum::integer(args[0].as_int());
}
Datum floor_of(const Context&, Args args) {
  return args[0].type() == Type::real ? whole(std::floor(args[0].as_real())) : Datum::integer(args[0].as_int());
}

Datum geo_distance(const Context&, Args args) {
  // Longitude first. Great circle on the mean sphere (6,371,008.8 m).
  constexpr double kRadian = 3.14159265358979323846 / 180;
  const double lon1 = args[0].as_real(), lat1 = args[1].as_real(), lon2 = args[2].as_real(), lat2 = args[3].as_real();
  if (!(std::fabs(lat1) <= 90 && std::fabs(lat2) <= 90 && std::fabs(lon1) <= 180 && std::fabs(lon2) <= 180))
    return Datum::real(-1);
  const double up = std::sin((lat2 - lat1) * kRadian / 2), across = std::sin((lon2 - lon1) * kRadian / 2);
  const double h = up * up + std::cos(lat1 * kRadian) * std::cos(lat2 * kRadian) * across * across;
  return Datum::real(2 * 6371008.8 * std::asin(std::min(1.0, std::sqrt(h))));
}

Datum is_increasing(const Context&, Args args) {
  for (size_t i = 1; i < args.size(); ++i)
    if (order(args[i - 1], args[i]) >= 0) return Datum::boolean(false);
  return Datum::boolean(true);
}

Datum logarithm(const Context&, Args args) { return Datum::real(finite(std::log(args[0].as_real()))); }
Datum power(const Context&, Args args) { return Datum::real(finite(std::pow(args[0].as_real(), args[1].as_real()))); }
Datum square_root(const Context&, Args args) { return Datum::real(finite(std::sqrt(args[0].as_real()))); }

Datum round_to(const Context&, Args args) {
  if (args[0].type() != Type::real) return args[0];
  const double scale =
      std::pow(10.0, args.size() > 1 ? static_cast<double>(std::clamp<int64_t>(args[1].as_int(), -15, 15)) : 0.0);
  const double scaled = args[0].as_real() * scale;
  return Datum::real(std::isfinite(scaled) ? std::round(scaled) / scale : args[0].as_real());
}

}  // namespace sekisho::engine::impl
