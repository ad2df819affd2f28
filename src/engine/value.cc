// Takes values of events and plans, gives Datum and Value: construction, equality, order, case folding. Refuses
// nothing.
#include "engine/value.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <charconv>
#include <cmath>

#include "base/strings.h"

namespace sekisho::engine {

std::string_view type_name(Type type) {
  static constexpr std::string_view kNames[] = {"boolean", "integer", "float", "string", "list"};
  return kNames[static_cast<size_t>(type)];
}

Type type_of(const Constant& constant) { return static_cast<Type>(constant.index()); }

Datum Datum::zero(Type type) {
  Datum out;
  out.type_ = type;
  return out;
}
Datum Datum::boolean(bool v) {
  Datum out;
  out.integer_ = v;
  return out;
}
Datum Datum::integer(int64_t v) {
  Datum out;
  out.type_ = Type::integer;
  out.integer_ = v;
  return out;
}
Datum Datum::real(double v) {
  Datum out;
  out.type_ = Type::real;
  out.real_ = v;
  return out;
}
Datum Datum::text(std::string_view v) {
  Datum out;
  out.type_ = Type::text;
  out.size_ = static_cast<uint32_t>(v.size());
  out.text_ = v.data();
  return out;
}
Datum Datum::list(std::span<const Datum> v) {
  Datum out;
  out.type_ = Type::list;
  out.size_ = static_cast<uint32_t>(v.size());
  out.list_ = v.data();
  return out;
}
Datum Datum::of(const Constant& constant) {
  if (const bool* b = std::get_if<bool>(&constant)) return boolean(*b);
  if (const int64_t* i = std::get_if<int64_t>(&constant)) return integer(*i);
  if (const double* d = std::get_if<double>(&constant)) return real(*d);
  return text(std::get<std::string>(constant));
}

bool Datum::is_zero() const {
  switch (type_) {
    case Type::boolean:
    case Type::integer:
      return integer_ == 0;
    case Type::real:
      return real_ == 0;
    default:
      return size_ == 0;
  }
}

int64_t Datum::clamp(double v) {
  if (std::isnan(v)) return 0;
  if (v >= 9223372036854775808.0) return INT64_MAX;
  if (v <= -9223372036854775808.0) return INT64_MIN;
  return static_cast<int64_t>(v);
}

Value Value::of(const Datum& datum) {
  Value out;
  out.type = datum.type();
  switch (datum.type()) {
    case Type::boolean:
      out.boolean = datum.as_bool();
      break;
    case Type::integer:
      out.integer = datum.as_int();
      break;
    case Type::real:
      out.real = datum.as_real();
      break;
    case Type::text:
      out.text = datum.as_text();
      break;
    case Type::list:
      for (const Datum& item : datum.as_list()) out.list.push_back(of(item));
      break;
  }
  return out;
}

std::string Value::to_string() const {
  char buffer[32];
  switch (type) {
    case Type::boolean:
      return boolean ? "true" : "false";
    case Type::integer:
      return std::to_string(integer);
    case Type::real: {
      const auto end = std::to_chars(buffer, buffer + sizeof buffer, real).ptr;
      return {buffer, end};
    }
    case Type::text:
      return text;
    case Type::list:
      break;
  }
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ", ";
    // Lists hold scalars; a list in a list (which no function makes) would be shown empty.
    if (list[i].type != Type::list) out += list[i].to_string();
  }
  return out;
}

bool equal(const Datum& a, const Datum& b, bool nocase) {
  if (a.type() == Type::text || b.type() == Type::text) {
    if (a.type() != b.type()) return false;
    return nocase ? equal_folded(a.as_text(), b.as_text()) : a.as_text() == b.as_text();
  }
  if (a.type() == Type::list || b.type() == Type::list) {
    const auto x = a.as_list(), y = b.as_list();
    if (a.type() != b.type() || x.size() != y.size()) return false;
    for (size_t i = 0; i < x.size(); ++i)
      if (x[i].type() == Type::list || !equal(x[i], y[i], nocase)) return false;
    return true;
  }
  if (a.type() == Type::boolean || b.type() == Type::boolean) return a.type() == b.type() && a.as_bool() == b.as_bool();
  if (a.type() == Type::real || b.type() == Type::real) return a.as_real() == b.as_real();
  return a.as_int() == b.as_int();
}

int order(const Datum& a, const Datum& b) {
  if (a.type() == Type::text && b.type() == Type::text) return a.as_text().compare(b.as_text());
  if (a.type() == Type::real || b.type() == Type::real) {
    const double x = a.as_real(), y = b.as_real();
    if (std::isnan(x) || std::isnan(y)) return std::isnan(y) - std::isnan(x);
    return x < y ? -1 : x > y;
  }
  const int64_t x = a.type() == Type::boolean ? a.as_bool() : a.as_int();
  const int64_t y = b.type() == Type::boolean ? b.as_bool() : b.as_int();
  return x < y ? -1 : x > y;
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(std::min<size_t>(text.size(), INT32_MAX));
  for (int32_t i = 0; i < length;) {
    if (bytes[i] < 0x80) {
      out += ascii_lower(text[static_cast<size_t>(i++)]);
      continue;
    }
    const int32_t start = i;
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    const UChar32 folded = c < 0 ? c : u_foldCase(c, U_FOLD_CASE_DEFAULT);
    if (folded == c || c < 0) {
      out += text.substr(static_cast<size_t>(start), static_cast<size_t>(i - start));
      continue;
    }
    uint8_t encoded[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(encoded, n, folded);
    out.append(reinterpret_cast<const char*>(encoded), static_cast<size_t>(n));
  }
  return out;
}

bool equal_folded(std::string_view a, std::string_view b) {
  if (is_ascii(a) && is_ascii(b)) return iequals(a, b);
  return fold(a) == fold(b);
}

}  // namespace sekisho::engine
