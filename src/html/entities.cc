// Takes a string and the place of an '&', gives what the character reference there stands for. Entries: read_reference,
// and decode_entities for whole values. Refuses nothing: what is no reference stays as written.
#include "html/entities.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/strings.h"
#include "html/page.h"

namespace sekisho::html {
namespace {

struct Named {
  std::string_view name;
  char32_t first;
  char32_t second = 0;
  bool bare = false;  // known without its semicolon too
};

constexpr Named kNamed[] = {
#include "html/entities.inc"
};
constexpr size_t kLongestName = 31;  // CounterClockwiseContourIntegral
constexpr size_t kLongestBare = 6;

// Where the names of each first letter begin, so that the search is over some dozens of names.
constexpr auto kFirstLetter = [] {
  std::array<uint16_t, 129> begin{};
  size_t i = 0;
  for (size_t c = 0; c < begin.size(); ++c) {
    while (i < std::size(kNamed) && static_cast<unsigned char>(kNamed[i].name[0]) < c) ++i;
    begin[c] = static_cast<uint16_t>(i);
  }
  return begin;
}();

const Named* find_named(std::string_view name) {
  const auto c = static_cast<unsigned char>(name[0]);
  if (c >= 128) return nullptr;
  const Named* begin = kNamed + kFirstLetter[c];
  const Named* end = kNamed + kFirstLetter[c + 1u];
  const Named* it = std::lower_bound(begin, end, name, [](const Named& n, std::string_view v) { return n.name < v; });
  return it != end && it->name == name ? it : nullptr;
}

// 13.2.5.80: bytes of windows-1252 written as numbers.
constexpr char16_t kC1[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                              0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                              0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

int digit_value(char c, bool hexadecimal) { return hexadecimal || is_digit(c) ? hex_digit(c) : -1; }

Reference read_numeric(std::string_view s, size_t at) {
  size_t i = at + 2;
  const bool hexadecimal = i < s.size() && (s[i] == 'x' || s[i] == 'X');
  if (hexadecimal) ++i;
  const size_t digits = i;
  char32_t value = 0;
  for (; i < s.size(); ++i) {
    const int d = digit_value(s[i], hexadecimal);
    if (d < 0) break;
    if (value <= 0x10FFFF) value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(d);
  }
  if (i == digits) return {};
  if (i < s.size() && s[i] == ';') ++i;
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  if (value >= 0x80 && value <= 0x9F) value = kC1[value - 0x80];
  return {i - at, value, 0};
}

}  // namespace

void append_code_point(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

Reference read_reference(std::string_view s, size_t at, bool in_attribute) {
  if (at + 1 >= s.size()) return {};
  if (s[at + 1] == '#') return read_numeric(s, at);
  if (!is_alpha(s[at + 1])) return {};
  const std::string_view rest = s.substr(at + 1, kLongestName + 1);
  size_t n = 1;
  while (n < rest.size() && is_alnum(rest[n])) ++n;
  if (n < rest.size() && rest[n] == ';') {
    const std::string_view name = rest.substr(0, n);
    if (name == "nbsp") return {6, 0xA0, 0};  // by far the most frequent one in mail
    if (const Named* hit = find_named(name)) return {n + 2, hit->first, hit->second};
  }
  // Only old names do without the semicolon, and then the longest one that fits counts ("&notit;" is "¬it;").
  for (size_t length = std::min(n, kLongestBare); length >= 2; --length) {
    const Named* hit = find_named(rest.substr(0, length));
    if (!hit || !hit->bare) continue;
    if (in_attribute && length < rest.size() && (rest[length] == '=' || is_alnum(rest[length]))) return {};
    return {length + 1, hit->first, hit->second};
  }
  return {};
}

std::string decode_entities(std::string_view s, bool in_attribute) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0;;) {
    const size_t amp = s.find('&', i);
    out.append(s.substr(i, amp == std::string_view::npos ? amp : amp - i));
    if (amp == std::string_view::npos) return out;
    const Reference r = read_reference(s, amp, in_attribute);
    if (r.length == 0) {
      out += '&';
      i = amp + 1;
      continue;
    }
    append_code_point(out, r.first);
    if (r.second) append_code_point(out, r.second);
    i = amp + r.length;
  }
}

}  // namespace sekisho::html
