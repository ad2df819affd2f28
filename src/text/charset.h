// Bytes in some charset → UTF-8, as browsers and phones read them (WHATWG Encoding labels; Shift_JIS is windows-31J,
// ISO-2022-JP is CP50221 with ①, ㈱ and half-width kana; ISO-8859-1 is windows-1252; GB2312 is GB18030; KS C 5601 is
// windows-949). A wrong or missing label survives: see decode_as_labelled.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::text {

struct Decoded {
  std::string utf8;          // always well-formed UTF-8; unreadable bytes are U+FFFD
  std::string charset;       // canonical name of what was used: "utf-8", "windows-31j", "iso-2022-jp", …
  size_t replacements = 0;   // how many U+FFFD this reading put in
  bool label_wrong = false;  // the label named another charset, which did not fit the bytes, or no known one
};

// label: what the mail or page says ("shift_jis", "x-sjis", "" …), any case. Tries the label; if the label is unknown,
// empty or leaves replacements, tries UTF-8 (strict), ISO-2022-JP (by its escapes), then by statistics windows-31j /
// euc-jp / gb18030 / big5 / windows-1252, and keeps the reading with the fewest replacements (ties: the label). ASCII
// bytes cost one scan and one copy. Thread-safe.
Decoded decode_as_labelled(std::string_view bytes, std::string_view label);

// Canonical name for a label, or "" if unknown.
std::string_view canonical_charset(std::string_view label);

bool is_utf8(std::string_view bytes);  // well-formed by RFC 3629

// Append one code point as UTF-8 (surrogates and > U+10FFFF become U+FFFD).
void append_utf8(std::string& out, char32_t c);
// Read the code point at `i` and move `i` past it; ill-formed bytes give U+FFFD and move by one.
char32_t next_utf8(std::string_view s, size_t& i);

// UTF-8 → bytes of a charset (tests and sample makers use it); unencodable characters become '?'.
std::string encode(std::string_view utf8, std::string_view label);

}  // namespace sekisho::text
