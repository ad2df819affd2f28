// Small byte-string helpers that everything may use. ASCII only, locale-free: Unicode work is text/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sekisho {

inline char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string ascii_lower(std::string_view s);
bool iequals(std::string_view a, std::string_view b);  // ASCII case-insensitive
bool istarts_with(std::string_view s, std::string_view prefix);
size_t ifind(std::string_view haystack, std::string_view needle, size_t from = 0);
std::string_view trim(std::string_view s);                                // ASCII white space, both ends
std::vector<std::string_view> split(std::string_view s, char separator);  // keeps empty pieces
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
inline int hex_digit(char c) {  // 0 to 15; -1: it is none
  const char low = static_cast<char>(c | 0x20);
  return is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}
bool is_ascii(std::string_view s);
std::string_view utf8_prefix(std::string_view s, size_t most);  // at most `most` bytes, never half a character
std::string hex(std::string_view bytes);                        // lower case
std::string joined(const std::vector<std::string>& words);      // by spaces

// Text from outside as it may be shown on a terminal, on one line: control characters (C0, DEL, C1), line separators
// and bidirectional controls become \u{1B}, bytes that are not UTF-8 become \u{9B}. All else stays.
std::string printable(std::string_view text);

// Levenshtein distance in bytes, for near-name hints; `cap` when farther or when a text is over 64 bytes.
size_t edit_distance(std::string_view a, std::string_view b, size_t cap = 8);
// "did you mean a, b" of the candidates that sound like `name` (at most three), or "".
std::string near_names(std::string_view name, const std::vector<std::string_view>& candidates);

// Look up std::string keys by string_view with no copy.
struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
template <class V>
using StringMap = std::unordered_map<std::string, V, StringHash, std::equal_to<>>;
using StringSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

}  // namespace sekisho
