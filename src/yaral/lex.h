// Source text → tokens. One pass, linear, never fails: what is no token is reported and skipped, so that one run shows
// all mistakes. Comments are // to the end of the line and /* … */. Two characters depend on what stands before them:
//   /   after an operand divides; anywhere else, and at the start of a line if the line goes on like a pattern, it
//   opens a /regex/ %   after an operand is modulo; after in, regex, cidr, an operator, or at the start of a line it
//   opens a %list name
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "yaral/token.h"

namespace sekisho::yaral {

struct Lexed {
  std::vector<Token> tokens;  // the last is TokenKind::end
  std::vector<Error> errors;  // yaral.syntax, .string, .comment, .limit.bytes; in order of place
};

// name: how the file is called in errors. Text longer than limits.rule_file_bytes gives one error and no tokens.
Lexed lex(std::string_view text, const std::string& name, const Limits& limits);

// The value of a string, raw_string or regex token (quotes included in `token_text`). In "…": \\ \" \' \` \n \r \t \0
// \a \b \f \v \/ \xHH \uHHHH; any other escape keeps its backslash, as public rules write "\." and "\d" for patterns.
// In /…/ only \/ is undone.
std::string decode_string(TokenKind kind, std::string_view token_text);

}  // namespace sekisho::yaral
