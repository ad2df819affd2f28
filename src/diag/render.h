// Errors as people read them: file, line, column, the line itself, carets under the span, the hint. UTF-8 aware: carets
// stand under wide (Japanese) characters too. No colours unless asked for.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::diag {

struct Position {
  uint32_t line = 1;    // from 1
  uint32_t column = 1;  // from 1, in characters (code points)
};
Position position(std::string_view text, uint32_t offset);

// error[yaral.syntax]: expected "=" after the field
//   --> rules/x.yaral:4:12
//    |
//  4 |     $e.network.email.subject "reset"
//    |                              ^^^^^^^
//    = hint: …
// kind: the first word, "error" or "warning". Without a span, only the first line and the hint. source_text must be the
// text that error.source names.
std::string render(const Error& error, std::string_view source_text, bool colour = false,
                   std::string_view kind = "error");

}  // namespace sekisho::diag
