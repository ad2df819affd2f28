// Tokens of a YARA-L 2.0 file. A token is a kind and a place: its text is source.substr(span.offset, span.length), and
// the few kinds that need decoding (strings, numbers) are decoded by the parser. Plain values; they do not own the
// source.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace sekisho::yaral {

enum class TokenKind : uint8_t {
  end,   // past the last byte; length 0
  word,  // rule, and, principal, strings …: keywords are words, told apart by the parser (they are field names after a
         // dot)
  variable,    // $name
  count,       // #name
  list,        // %name
  string,      // "…" with escapes
  raw_string,  // `…`, nothing is an escape
  regex,       // /…/, \/ is a slash
  integer,     // 80
  real,        // 0.5
  duration,    // 30s 5m 1h 1d
  left_paren,
  right_paren,
  left_brace,
  right_brace,
  left_bracket,
  right_bracket,
  comma,
  colon,
  dot,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  plus,
  minus,
  star,
  slash,
  percent,
  bang,
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool starts_line = false;  // nothing but white space and comments before it on its line
  Span span;
};

// "a name", "'('", "a string": for messages.
std::string_view describe(TokenKind kind);

}  // namespace sekisho::yaral
