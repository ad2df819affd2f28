// Takes JSON texts one after another, gives the root of each on simdjson's tape. Entry: JsonLine::parse(). Refuses what
// is not exactly one JSON value in UTF-8, is too long or too deep.
#include "event/json_line.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>

namespace sekisho::event {

std::string_view scalar_text(const JsonValue& value, char (&buffer)[32]) {
  const auto number = [&](auto v) -> std::string_view {
    return {buffer, static_cast<size_t>(std::to_chars(buffer, buffer + sizeof buffer, v).ptr - buffer)};
  };
  switch (value.type()) {
    case JsonValue::Type::text:
      return value.text();
    case JsonValue::Type::boolean:
      return value.boolean() ? "true" : "false";
    case JsonValue::Type::integer:
      return number(value.integer());
    case JsonValue::Type::unsigned_integer:
      return number(value.unsigned_integer());
    case JsonValue::Type::real:
      return number(value.real());
    default:
      return {};
  }
}

std::optional<Timestamp> parse_duration(std::string_view text) {
  double seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ec != std::errc() || std::string_view(read.ptr, text.data() + text.size()) != "s") return {};
  if (!(std::abs(seconds) <= 1e12)) return {};
  const auto whole = static_cast<int64_t>(seconds);
  return Timestamp{whole, static_cast<int32_t>((seconds - static_cast<double>(whole)) * 1e9)};
}

struct JsonLine::State {
  Limits limits;
  simdjson::dom::parser parser;
  std::unique_ptr<char[]> copy;  // of a text that is not padded
  size_t copy_size = 0;
};

JsonLine::JsonLine(const Limits& limits) : state_(std::make_unique<State>()) { state_->limits = limits; }
JsonLine::~JsonLine() = default;
JsonLine::JsonLine(JsonLine&&) noexcept = default;
JsonLine& JsonLine::operator=(JsonLine&&) noexcept = default;

Result<JsonValue> JsonLine::parse(std::string_view text, bool padded) {
  static_assert(kPadding >= simdjson::SIMDJSON_PADDING);
  State& s = *state_;
  if (text.size() > s.limits.json_bytes) return fail("event.limit.bytes", "the JSON is too long");
  // Grown by doubling: simdjson alone would take exactly what each longer text needs.
  if (s.parser.capacity() < text.size() || s.parser.capacity() == 0) {
    const size_t capacity = std::max<size_t>({text.size(), 2 * s.parser.capacity(), 16u << 10});
    if (s.parser.allocate(capacity, s.limits.json_depth + 8) != simdjson::SUCCESS ||
        s.parser.doc.allocate(capacity) != simdjson::SUCCESS)
      return fail("event.json", "out of memory");
  }
  if (!padded) {
    if (s.copy_size < text.size() + kPadding) {
      s.copy_size = 2 * text.size() + kPadding;
      s.copy.reset(new char[s.copy_size]);
    }
    std::memcpy(s.copy.get(), text.data(), text.size());
    std::memset(s.copy.get() + text.size(), ' ', kPadding);
    text = {s.copy.get(), text.size()};
  }
  const auto error = s.parser.parse(text.data(), text.size(), false).error();
  if (error == simdjson::DEPTH_ERROR) return fail("event.limit.depth", "JSON is nested too deep");
  if (error != simdjson::SUCCESS) return fail("event.json", std::string("not JSON: ") + simdjson::error_message(error));
  const uint64_t* tape = s.parser.doc.tape.get();
  return JsonValue(tape + 1, tape, s.parser.doc.string_buf.get());
}

}  // namespace sekisho::event
