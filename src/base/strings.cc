// Takes bytes, gives bytes: the ASCII helpers of strings.h. Refuses nothing.
#include "base/strings.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sekisho {
namespace {

struct Character {
  char32_t code;
  size_t length;  // bytes; 0 = not UTF-8
};

// RFC 3629: no surrogates, no overlong forms.
Character character_at(std::string_view s) {
  const auto first = static_cast<unsigned char>(s[0]);
  if (first < 0x80) return {first, 1};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || s.size() < length) return {first, 0};
  char32_t code = first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if ((c & 0xC0) != 0x80) return {first, 0};
    code = code << 6 | (c & 0x3F);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {first, 0};
  return {code, length};
}

// What a terminal acts on, or what changes the order in which a line is read.
bool acts(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string ascii_lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = ascii_lower(c);
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool istarts_with(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() && iequals(s.substr(0, prefix.size()), prefix);
}

size_t ifind(std::string_view haystack, std::string_view needle, size_t from) {
  if (needle.empty()) return from <= haystack.size() ? from : std::string_view::npos;
  if (haystack.size() < needle.size()) return std::string_view::npos;
  const char first = ascii_lower(needle[0]);
  for (size_t i = from; i + needle.size() <= haystack.size(); ++i)
    if (ascii_lower(haystack[i]) == first && iequals(haystack.substr(i, needle.size()), needle)) return i;
  return std::string_view::npos;
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const size_t at = s.find(separator);
    out.push_back(s.substr(0, at));
    if (at == std::string_view::npos) return out;
    s.remove_prefix(at + 1);
  }
}

bool is_ascii(std::string_view s) {
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, s.data() + i, 8);
    if (word & 0x8080808080808080ull) return false;
  }
  for (; i < s.size(); ++i)
    if (static_cast<unsigned char>(s[i]) >= 0x80) return false;
  return true;
}

std::string_view utf8_prefix(std::string_view s, size_t most) {
  if (s.size() <= most) return s;
  while (most > 0 && (static_cast<unsigned char>(s[most]) & 0xC0) == 0x80) --most;
  return s.substr(0, most);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : " ") + w;
  return out;
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (unsigned char c : bytes) out += kDigits[c >> 4], out += kDigits[c & 15];
  return out;
}

std::string printable(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character c = character_at(text);
    const size_t length = std::max<size_t>(1, c.length);
    if (c.length != 0 && !acts(c.code)) {
      out += text.substr(0, length);
    } else {
      out += "\\u{";
      int digits = c.code > 0xFF ? 4 : 2;  // all that act lie below U+10000
      while (digits-- > 0) out += kDigits[(c.code >> (4 * digits)) & 15];
      out += '}';
    }
    text.remove_prefix(length);
  }
  return out;
}

size_t edit_distance(std::string_view a, std::string_view b, size_t cap) {
  if (a.size() > 64 || b.size() > 64) return cap;
  std::array<size_t, 65> row;
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t up = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = up;
    }
  }
  return std::min(row[b.size()], cap);
}

std::string near_names(std::string_view name, const std::vector<std::string_view>& candidates) {
  std::vector<std::pair<size_t, std::string_view>> ranked;
  for (const std::string_view candidate : candidates) {
    const size_t distance = edit_distance(name, candidate);
    const bool inside = name.size() >= 3 && (candidate.find(name) != std::string_view::npos ||
                                             (candidate.size() >= 3 && name.find(candidate) != std::string_view::npos));
    if (inside || distance <= 1 + name.size() / 4) ranked.push_back({distance, candidate});
  }
  std::sort(ranked.begin(), ranked.end());
  std::string out;
  for (size_t i = 0; i < ranked.size() && i < 3; ++i) {
    out += i ? ", " : "did you mean ";
    out += ranked[i].second;
  }
  return out.empty() ? out : out + "?";
}

}  // namespace sekisho
