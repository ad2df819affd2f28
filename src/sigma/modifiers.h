// A key of a selection, `field|modifier|modifier`, → what is asked of the field. Every modifier of the Sigma modifiers
// appendix 2.1 is known; combinations that say nothing sensible are refused at the modifier that makes them so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sigma/yaml.h"

namespace sekisho::sigma {

enum class Compare : uint8_t {
  equal,        // no modifier: equal, wildcards read
  contains,     // contains
  starts_with,  // startswith
  ends_with,    // endswith
  regex,        // re
  cidr,
  less,
  less_equal,
  greater,
  greater_equal,
  exists,
};
enum class TimePart : uint8_t { none, minute, hour, day, week, month, year };
enum class Encoding : uint8_t { base64, base64offset, utf16le, utf16be, utf16 };  // wide = utf16le

struct Key {
  std::string field;  // "": the whole event (keywords)
  Span span;          // of the field, or of the whole key
  Compare compare = Compare::equal;
  TimePart part = TimePart::none;  // of a date; the comparison is with a number then
  bool field_ref = false;          // values are names of other fields
  bool all = false;                // all values, not any
  bool cased = false;
  bool negated = false;  // neq
  bool windash = false;
  bool expand = false;
  bool ignore_case = false, multi_line = false, dot_all = false;  // re|i, re|m, re|s
  std::vector<Encoding> encodings;                                // in order
};

// Appends sigma.modifier or sigma.field errors; nothing then.
std::optional<Key> parse_key(const Node& key, const std::string& file, std::vector<Error>& errors);

}  // namespace sekisho::sigma
