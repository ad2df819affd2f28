// Takes a text, gives counts of what stands out in it. Entries: random_token, shape. Refuses nothing; ill-formed UTF-8
// counts as nothing.
#include "text/shapes.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/strings.h"

namespace sekisho::text {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_symbol(UChar32 c) {
  return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x3030 || c == 0x303D || c == 0x3297 ||
         c == 0x3299;
}

bool is_disguised(UChar32 c) {
  return (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F110 && c <= 0x1F189) ||
         (c >= 0x2100 && c <= 0x214F && u_isalpha(c));
}

}  // namespace

std::string_view random_token(std::string_view s, size_t shortest) {
  for (size_t i = 0; i < s.size();) {
    if (!is_alnum(s[i])) {
      ++i;
      continue;
    }
    const size_t from = i;
    size_t changes = 0;
    for (++i; i < s.size() && is_alnum(s[i]); ++i)
      changes += is_digit(s[i]) != is_digit(s[i - 1]) || (is_upper(s[i]) && is_alpha(s[i - 1]) && !is_upper(s[i - 1]));
    if (i - from >= shortest && changes >= 4) return s.substr(from, i - from);
  }
  return {};
}

bool has_word(std::string_view text, std::string_view word) {
  if (word.empty()) return false;
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool before = at == 0 || !is_alnum(text[at - 1]);
    const size_t end = at + word.size();
    if (before && (end == text.size() || !is_alnum(text[end]))) return true;
  }
  return false;
}

Shape shape(std::string_view s) {
  Shape out;
  size_t digits = 0, consonants = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(s.data());
  const auto size = static_cast<int32_t>(std::min<size_t>(s.size(), INT32_MAX));
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) c = ' ';
    const char ascii = c < 0x80 ? static_cast<char>(c) : '\0';
    digits = is_digit(ascii) ? digits + 1 : 0;
    out.longest_digits = std::max(out.longest_digits, digits);
    const bool vowel = std::string_view("aeiouy").find(ascii_lower(ascii)) != std::string_view::npos;
    consonants = is_alpha(ascii) && !vowel ? consonants + 1 : 0;
    out.longest_consonants = std::max(out.longest_consonants, consonants);
    if (ascii != '\0') {
      out.letters += is_alpha(ascii);
      out.capitals += is_upper(ascii);
      out.marks += std::string_view("[]{}#|!_*<>=~^\\%").find(ascii) != std::string_view::npos;
      continue;
    }
    if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A)) ++out.wide;
    else if (is_disguised(c)) ++out.disguised;
    else if (is_symbol(c)) ++out.symbols;
    else if (u_isupper(c)) ++out.letters, ++out.capitals;
    else if (u_islower(c)) ++out.letters;
  }
  return out;
}

}  // namespace sekisho::text
