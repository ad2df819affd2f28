// Takes text, gives the language that it is written in, of the two that the desk reads. Entry: language_of. "" for all
// others and for what has too few letters to tell.
#include <algorithm>

#include "article/reading.h"
#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::article {

std::string language_of(std::string_view text, const Words::Impl& words) {
  text = utf8_prefix(text, 64u << 10);  // more would say the same
  size_t kana = 0, han = 0, latin = 0, other = 0, english = 0, count = 0;
  for (size_t i = 0; i < text.size();) {
    if (is_alpha(text[i])) {
      size_t end = i;
      while (end < text.size() && is_alpha(text[end])) ++end;
      latin += end - i;
      ++count;
      if (end - i <= 8) english += words.english.contains(ascii_lower(text.substr(i, end - i)));
      i = end;
      continue;
    }
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const char32_t c = text::next_utf8(text, i);
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0xFF66 && c <= 0xFF9F)) ++kana;
    else if ((c >= 0x3400 && c <= 0x9FFF) || c == 0x3005) ++han;
    else if (c >= 0xC0 && !(c >= 0x2000 && c <= 0x33FF) && !(c >= 0xFE00)) ++other;
  }
  const size_t letters = kana + han + latin + other;
  if (letters == 0) return {};
  // One Japanese letter says as much as three Latin ones; hosts and product names are Latin in every language.
  if (kana >= 2 && (kana + han) * 5 >= latin && (kana + han) > other) return "ja";
  if (latin * 10 >= letters * 9 && count >= 3 && english * 8 >= count) return "en";
  return {};
}

}  // namespace sekisho::article
