// Takes an event, gives the time at which it happened. Entry: Evaluation::event_time(). Refuses nothing: a time that
// cannot be read is none, and the next of the fields that may hold it is tried.
#include <charconv>
#include <cmath>

#include "engine/evaluate.h"
#include "engine/json_values.h"

namespace sekisho::engine {
namespace {

using event::JsonValue;
using Json = JsonValue::Type;

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kYear1 = -62'135'596'800, kYear10000 = 253'402'300'800;  // as of a Timestamp

// A number of seconds, milli-, micro- or nanoseconds, told apart by size: each unit covers the years until about 5138.
std::optional<Timestamp> of_number(double v) {
  if (!std::isfinite(v) || std::abs(v) >= 1e20) return std::nullopt;
  const double scale = std::abs(v) < 1e11 ? 1 : std::abs(v) < 1e14 ? 1e3 : std::abs(v) < 1e17 ? 1e6 : 1e9;
  const double seconds = std::floor(v / scale);
  const auto nanos = static_cast<int64_t>(std::round((v - seconds * scale) * (1e9 / scale)));
  return Timestamp{static_cast<int64_t>(seconds) + nanos / kBillion, static_cast<int32_t>(nanos % kBillion)};
}

std::optional<Timestamp> of_number(int64_t v) {
  const int64_t size = v < 0 ? -(v + 1) : v;
  const int64_t scale = size < 100 * kBillion           ? 1
                        : size < 100'000 * kBillion     ? 1000
                        : size / 100'000'000 < kBillion ? 1'000'000
                                                        : kBillion;
  const int64_t seconds = v / scale - (v % scale < 0);
  return Timestamp{seconds, static_cast<int32_t>((v - seconds * scale) * (kBillion / scale))};
}

// RFC 3339; a zone may be missing (UTC then) or written without its colon.
std::optional<Timestamp> of_text(std::string_view text) {
  if (auto read = parse_rfc3339(text)) return read;
  if (text.empty() || text.size() > 40) return std::nullopt;
  int64_t whole = 0;
  double real = 0;
  const char* end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
    return of_number(whole);
  if (const auto read = std::from_chars(text.data(), end, real); read.ec == std::errc() && read.ptr == end)
    return of_number(real);
  std::string other(text);
  if (const size_t sign = other.size() - std::min<size_t>(other.size(), 5); other[sign] == '+' || other[sign] == '-')
    if (auto read = parse_rfc3339(std::string(other).insert(sign + 3, ":"))) return read;
  return parse_rfc3339(other + "Z");
}

std::optional<Timestamp> of_value(const JsonValue& value) {
  switch (value.type()) {
    case Json::integer:
      return of_number(value.integer());
    case Json::unsigned_integer:
      return of_number(static_cast<double>(value.unsigned_integer()));
    case Json::real:
      return of_number(value.real());
    case Json::text:
      return of_text(value.text());
    default:
      return std::nullopt;
  }
}

// The first value under a dotted name, as raw fields are read, that is a time. No deeper than the text.
std::optional<Timestamp> of_field(const JsonValue& in, std::string_view name) {
  if (in.type() == Json::list) {
    for (JsonValue item = in.first(); item; item = item.next(in))
      if (auto read = name.empty() ? of_value(item) : of_field(item, name)) return read;
  }
  if (in.type() != Json::object) return name.empty() ? of_value(in) : std::nullopt;
  if (name.empty()) return std::nullopt;
  const size_t dot = name.find('.');
  for (JsonValue key = in.first(); key;) {
    const JsonValue value = key.member_value();
    std::optional<Timestamp> read;
    if (key.text() == name) read = of_field(value, {});
    else if (dot != std::string_view::npos && key.text() == name.substr(0, dot))
      read = of_field(value, name.substr(dot + 1));
    if (read) return read;
    key = value.next(in);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Timestamp> Evaluation::event_time() {
  const Program& p = *program_;
  if (p.root == nullptr) {
    if (json_)
      for (const std::string& field : p.time_fields)
        if (auto read = of_field(json_, field)) return read;
    return std::nullopt;
  }
  if (p.root == &event::Schema::get().detection()) {
    if (event_ == nullptr) return std::nullopt;
    const event::Message* held = event_->root().get("detection_time").as_message();
    if (held == nullptr) return std::nullopt;
    return Timestamp{held->get("seconds").as_int(), static_cast<int32_t>(held->get("nanos").as_int())};
  }
  const event::Field* metadata = p.root->find("metadata");
  const event::Field* time = metadata && metadata->message ? metadata->message->find("event_timestamp") : nullptr;
  if (time == nullptr || time->message == nullptr) return std::nullopt;
  std::optional<Timestamp> read;
  if (event_ != nullptr) {
    const event::Message* held = event_->root().get(*metadata).as_message();
    held = held ? held->get(*time).as_message() : nullptr;
    if (held != nullptr)
      read = Timestamp{held->get(*time->message->find("seconds")).as_int(),
                       static_cast<int32_t>(held->get(*time->message->find("nanos")).as_int())};
  } else if (json_) {
    read = json_time(member(member(json_, *metadata), *time), *time);
  }
  const bool sane =
      read && read->seconds >= kYear1 && read->seconds < kYear10000 && read->nanos >= 0 && read->nanos < kBillion;
  return sane ? read : std::nullopt;
}

}  // namespace sekisho::engine
