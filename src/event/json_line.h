// One JSON text, parsed, with nothing copied out of it: what logs are read with. JsonValue walks the tape that simdjson
// writes (its documented form: doc/tape.md), so this header needs no header of simdjson; json_line.cc does, and checks
// the form once at start-up of its tests.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/limits.h"
#include "base/result.h"

namespace sekisho::event {

// A value within a parsed text. Cheap to copy; valid until its JsonLine parses again.
class JsonValue {
 public:
  enum class Type : uint8_t { none, null, boolean, integer, unsigned_integer, real, text, list, object };

  JsonValue() = default;
  JsonValue(const uint64_t* at, const uint64_t* tape, const uint8_t* strings)
      : at_(at), tape_(tape), strings_(strings) {}

  Type type() const {
    if (at_ == nullptr) return Type::none;
    switch (static_cast<char>(*at_ >> 56)) {
      case '{':
        return Type::object;
      case '[':
        return Type::list;
      case '"':
        return Type::text;
      case 'l':
        return Type::integer;
      case 'u':
        return Type::unsigned_integer;
      case 'd':
        return Type::real;
      case 't':
      case 'f':
        return Type::boolean;
      default:
        return Type::null;
    }
  }
  explicit operator bool() const { return at_ != nullptr; }
  bool is_scalar() const { return type() > Type::null && type() < Type::list; }
  // Each getter needs its type.
  std::string_view text() const {
    const uint8_t* s = strings_ + payload();
    uint32_t size;
    std::memcpy(&size, s, sizeof size);
    return {reinterpret_cast<const char*>(s + sizeof size), size};
  }
  bool boolean() const { return static_cast<char>(*at_ >> 56) == 't'; }
  int64_t integer() const { return static_cast<int64_t>(at_[1]); }
  uint64_t unsigned_integer() const { return at_[1]; }
  double real() const {
    double v;
    std::memcpy(&v, at_ + 1, sizeof v);
    return v;
  }

  // Items of a list, members of an object: for (auto v = list.first(); v; v = v.next(list)).
  // In an object first() and next() are keys (texts), and after() is the key's value.
  JsonValue first() const { return child(at_ + 1); }
  JsonValue next(const JsonValue& parent) const {
    JsonValue v = after();
    return v.at_ >= parent.last() ? JsonValue() : v;
  }
  JsonValue after() const {  // what follows this value: the value of a key
    const auto kind = static_cast<char>(*at_ >> 56);
    if (kind == '"') return JsonValue(at_ + 1, tape_, strings_);  // most are
    if (kind == '{' || kind == '[') return JsonValue(tape_ + (payload() & UINT32_MAX), tape_, strings_);
    return JsonValue(at_ + (kind == 'l' || kind == 'u' || kind == 'd' ? 2 : 1), tape_, strings_);
  }
  JsonValue member_value() const { return JsonValue(at_ + 1, tape_, strings_); }  // of a key: its value
  // The member of an object; the last one where a name is given twice, as JSON readers do.
  JsonValue member(std::string_view name) const {
    JsonValue found;
    for (JsonValue key = first(); key;) {
      const JsonValue value = key.after();
      if (key.text() == name) found = value;
      key = value.next(*this);
    }
    return found;
  }

  // Where it is on the tape, for those who note many places: at() of any value of the same text leads back. No value
  // is at 0.
  uint32_t place() const { return static_cast<uint32_t>(at_ - tape_); }
  JsonValue at(uint32_t place) const { return JsonValue(tape_ + place, tape_, strings_); }
  const uint64_t* tape() const { return tape_; }
  const uint8_t* strings() const { return strings_; }

 private:
  uint64_t payload() const { return *at_ & 0x00ff'ffff'ffff'ffffu; }
  const uint64_t* last() const { return tape_ + (payload() & UINT32_MAX) - 1; }  // the closing bracket's word
  JsonValue child(const uint64_t* at) const { return at >= last() ? JsonValue() : JsonValue(at, tape_, strings_); }

  const uint64_t* at_ = nullptr;
  const uint64_t* tape_ = nullptr;
  const uint8_t* strings_ = nullptr;
};

// A scalar as text: texts as they are, true, false, integers in decimal, reals in the shortest form that reads back the
// same. "" for anything else.
std::string_view scalar_text(const JsonValue& value, char (&buffer)[32]);

// "1.5s", as proto3 JSON writes a Duration; nothing if it is none. Negative ones have both parts negative.
std::optional<Timestamp> parse_duration(std::string_view text);

// Parses one text after another, reusing its memory. One per thread.
class JsonLine {
 public:
  // Bytes that must be readable behind the text (their content does not matter).
  static constexpr size_t kPadding = 64;

  explicit JsonLine(const Limits& limits = {});
  ~JsonLine();
  JsonLine(JsonLine&&) noexcept;
  JsonLine& operator=(JsonLine&&) noexcept;

  // The root. padded: kPadding bytes behind the text may be read; otherwise it is copied first. Errors: event.json (not
  // one JSON value), event.limit.bytes (Limits::json_bytes), event.limit.depth (Limits::json_depth, and 8 for what is
  // wrapped around an event).
  Result<JsonValue> parse(std::string_view text, bool padded);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sekisho::event
