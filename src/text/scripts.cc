// Takes UTF-8, says which scripts its letters have, how Japanese it is, and how wide a terminal shows it.
// Entries: scripts, japanese_share, display_width. Refuses nothing.
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "text/charset.h"
#include "text/charset_tables.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

bool ascii_letter(char32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

}  // namespace

std::vector<std::string> scripts(std::string_view utf8) {
  std::vector<bool> seen(256, false);
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    if (c < 0x80) {
      if (ascii_letter(c)) seen[USCRIPT_LATIN] = true;
      continue;
    }
    if (!u_isalpha(static_cast<UChar32>(c))) continue;
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
    if (U_SUCCESS(error) && script > USCRIPT_INHERITED && static_cast<size_t>(script) < seen.size())
      seen[static_cast<size_t>(script)] = true;
  }
  std::vector<std::string> out;
  for (size_t i = 0; i < seen.size(); ++i)
    if (seen[i]) out.emplace_back(uscript_getShortName(static_cast<UScriptCode>(i)));
  std::sort(out.begin(), out.end());
  return out;
}

double japanese_share(std::string_view utf8) {
  size_t letters = 0, kana = 0, han = 0;
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    if (c < 0x80) {
      letters += ascii_letter(c);
      continue;
    }
    const bool is_kana = (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE && c != 0x30FB) ||
                         (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xFF66 && c <= 0xFF9D);
    const bool is_han = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
                        (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005;
    kana += is_kana;
    han += is_han;
    letters += is_kana || is_han || u_isalpha(static_cast<UChar32>(c));
  }
  if (letters == 0 || kana == 0) return 0;
  return static_cast<double>(kana + han) / static_cast<double>(letters);
}

size_t display_width(std::string_view utf8) {
  size_t width = 0;
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    if (c < 0x80) {
      width += c >= 0x20 && c != 0x7F;
      continue;
    }
    const auto u = static_cast<UChar32>(c);
    const int type = u_charType(u);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_CONTROL_CHAR || type == U_FORMAT_CHAR ||
        u_hasBinaryProperty(u, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      width += c == 0x00AD ? 1 : 0;  // terminals show the soft hyphen
      continue;
    }
    const int wide = u_getIntPropertyValue(u, UCHAR_EAST_ASIAN_WIDTH);
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace sekisho::text
