// Takes quoted-printable text, gives bytes. Entry: decode_quoted_printable. Refuses nothing.
#include "mail/codec.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/strings.h"

namespace sekisho::mail {
std::string decode_quoted_printable(std::string_view text, size_t most) {
  std::string out;
  out.reserve(std::min(text.size(), most));
  size_t i = 0;
  while (i < text.size() && out.size() < most) {
    const size_t escape = std::min(text.find('=', i), text.size());
    out += text.substr(i, escape - i);
    i = escape;
    if (i >= text.size()) break;
    int high, low;
    if (i + 2 < text.size() && (high = hex_digit(text[i + 1])) >= 0 && (low = hex_digit(text[i + 2])) >= 0) {
      out += static_cast<char>(high << 4 | low);
      i += 3;
      continue;
    }
    size_t j = i + 1;  // a soft line break, perhaps with padding before the line end
    while (j < text.size() && (text[j] == ' ' || text[j] == '\t') && j - i < 100) ++j;
    if (j < text.size() && text[j] == '\r') ++j;
    if (j < text.size() && text[j] == '\n') {
      i = j + 1;
    } else if (j >= text.size()) {
      i = j;
    } else {
      out += '=';
      ++i;
    }
  }
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace sekisho::mail
