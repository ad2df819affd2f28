// Takes JSON values and fields of the schema, gives integers, reals, times and members. Entries: those of
// json_values.h. Refuses nothing: what does not fit is zero or nothing.
#include "engine/json_values.h"

#include <charconv>
#include <cmath>

namespace sekisho::engine {

using event::Field;
using event::JsonValue;
using Json = JsonValue::Type;

namespace {

template <class T>
bool whole_text(std::string_view text, T& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

int64_t enum_number(const JsonValue& v, const event::EnumType& type) {
  if (v.type() == Json::integer) return v.integer();
  if (v.type() != Json::text) return 0;
  const event::EnumType::Member* member = type.find(v.text());
  return member ? member->number : 0;
}

}  // namespace

int64_t json_integer(const JsonValue& v, const Field& field) {
  if (field.kind == event::Kind::enumeration) return enum_number(v, *field.enumeration);
  switch (v.type()) {
    case Json::integer:
      return v.integer();
    case Json::unsigned_integer:
      return static_cast<int64_t>(v.unsigned_integer());
    case Json::real: {
      const double d = v.real();
      return std::abs(d) < 9e15 && d == std::trunc(d) ? static_cast<int64_t>(d) : 0;
    }
    case Json::text: {
      int64_t i = 0;
      uint64_t u = 0;
      if (whole_text(v.text(), i)) return i;
      return whole_text(v.text(), u) ? static_cast<int64_t>(u) : 0;
    }
    default:
      return 0;
  }
}

double json_real(const JsonValue& v) {
  switch (v.type()) {
    case Json::integer:
      return static_cast<double>(v.integer());
    case Json::unsigned_integer:
      return static_cast<double>(v.unsigned_integer());
    case Json::real:
      return v.real();
    case Json::text: {
      double d = 0;
      return whole_text(v.text(), d) ? d : 0;
    }
    default:
      return 0;
  }
}

bool json_boolean(const JsonValue& v) {
  return v.type() == Json::boolean ? v.boolean() : v.type() == Json::text && v.text() == "true";
}

std::optional<Timestamp> json_time(const JsonValue& value, const Field& field) {
  if (!value) return std::nullopt;
  if (value.type() == Json::text)
    return field.message->name == "Duration" ? event::parse_duration(value.text()) : parse_rfc3339(value.text());
  if (value.type() != Json::object) return std::nullopt;
  const auto part = [&](const char* name) {
    const Field& of = *field.message->find(name);
    const JsonValue held = member(value, of);
    return held ? json_integer(held, of) : 0;
  };
  return Timestamp{part("seconds"), static_cast<int32_t>(part("nanos"))};
}

int64_t json_time_part(const JsonValue& text, const Field& time, const Field& part) {
  if (!text || text.type() != Json::text) return 0;
  const auto read = json_time(text, time);
  if (!read) return 0;
  return part.name == "seconds" ? read->seconds : part.name == "nanos" ? read->nanos : 0;
}

JsonValue member(const JsonValue& object, const Field& field) {
  JsonValue found;
  if (!object || object.type() != Json::object) return found;
  for (JsonValue key = object.first(); key;) {
    const JsonValue value = key.member_value();
    if (const std::string_view name = key.text();
        (name == field.json || name == field.name) && value.type() != Json::null)
      found = value;
    key = value.next(object);
  }
  return found;
}

JsonValue item_at(const JsonValue& list, int64_t index) {
  if (!list || list.type() == Json::null) return {};
  if (list.type() != Json::list) return index == 0 ? list : JsonValue();
  JsonValue item = list.first();
  for (; item && index > 0; --index) item = item.next(list);
  return item;
}

JsonValue descend(JsonValue value, std::span<const Step> steps) {
  for (size_t i = 0; value; ++i) {
    if (steps[i].index >= 0 && steps[i].field->repeated) value = item_at(value, steps[i].index);
    if (i + 1 == steps.size()) break;
    value = member(value, *steps[i + 1].field);
  }
  return value;
}

}  // namespace sekisho::engine
