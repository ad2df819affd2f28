// Values of a selection → the texts they stand for. Wildcards and their escapes (specification, "String Wildcard" and
// "Escaping"), encodings, dashes and placeholders are resolved here; what is left is a list of patterns, any of which
// (all, with `all`) is to be found.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sigma/modifiers.h"
#include "sigma/yaml.h"

namespace sekisho::sigma {

struct Piece {
  enum class Kind : uint8_t { literal, one, run };  // text, `?` (one character), `*` (any number)
  Kind kind = Kind::literal;
  std::string text;
  bool operator==(const Piece&) const = default;
};
using Text = std::vector<Piece>;  // no two literals, no two runs beside each other

// `\*`, `\?` and `\\` are plain characters, any other backslash is itself.
Text parse_text(std::string_view written);

// What the engine is asked for. nothing_but_runs: any value at all.
struct Wanted {
  enum class Shape : uint8_t { equal, starts_with, ends_with, contains, any_value, regex };
  Shape shape = Shape::equal;
  std::string text;  // regex: an RE2 pattern that sets (?s)
  bool operator==(const Wanted&) const = default;
};
Wanted wanted(const Text& text);

// The lines of a placeholder's list; nullptr if there is none.
using ListOf = std::function<const std::vector<std::string>*(std::string_view name)>;

inline constexpr size_t kMostTexts = 1000;  // that one value may stand for

// All texts that one scalar stands for under a key with a text comparison (equal, contains, startswith, endswith): its
// encodings, windash, expand and the wildcards that the comparison puts around it. sigma.modifier, sigma.limit.values.
std::expected<std::vector<Text>, Error> texts_of(const Node& value, const Key& key, const ListOf& lists,
                                                 const std::string& file);

// A scalar whose placeholders are to be replaced and that is no text with wildcards (re, cidr): plain strings.
std::expected<std::vector<std::string>, Error> strings_of(const Node& value, const Key& key, const ListOf& lists,
                                                          const std::string& file);

// Why RE2 refuses a pattern; `part` is the piece of the pattern it points at ("" if it points at none).
struct PatternError {
  std::string text, part;
};
std::optional<PatternError> pattern_error(std::string_view pattern);

std::string quote_pattern(std::string_view literal);  // as a regular expression

}  // namespace sekisho::sigma
