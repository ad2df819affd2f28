// Tokens → syntax tree. Recursive descent with a depth counter: nesting and operator chains beyond Limits::rule_depth
// are an error (yaral.limit.depth). A mistake is reported, the parser goes to the next statement, section or rule, and
// goes on: one run lists all mistakes of a file, at most kMostErrors.
//
//   file       = rule*                      rule = "rule" NAME "{" section* "}"
//   sections   meta, events, match, outcome, condition, options, in this order; events and condition are required
//   match      = key ("," key)* ("over" DURATION [("before" | "after") VARIABLE] | "by" DURATION)   key = VARIABLE
//   step* events     = or*        one after the other: ANDed; an explicit "or" binds its neighbours first or         =
//   and ("or" and)*            and = not ("and" not)*          not = ("not" | "!") not | compare compare    = sum [("="
//   | "!=" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" ["regex" | "cidr"] LIST] ["nocase"] sum        = term (("+" |
//   "-") term)*   term = factor (("*" | "/" | "%") factor)*    factor = "-" factor | primary primary    = STRING |
//   REGEX | NUMBER | DURATION | "true" | "false" | COUNT | LIST | ["any" | "all"] VARIABLE step*
//              | NAME ("." NAME)* "(" [arg ("," arg)*] ")" | "(" or ")" | (NUMBER | "any" | "all") "of" "[" VARIABLE, …
//              "]"
//   step       = "." NAME | "[" INTEGER "]" | "[" STRING "]"                arg = [NAME ("." NAME)* ":"] (or | NAME |
//   "*")
// Keywords are case-insensitive. The tree is looser than the language ($a = ($b or $c) parses); check.h refuses the
// rest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "yaral/ast.h"

namespace sekisho::yaral {

inline constexpr size_t kMostErrors = 50;

struct Parsed {
  File file;
  std::vector<Error> errors;  // lexer and parser, by place, at most kMostErrors
};

Parsed parse(std::string_view text, std::string name, const Limits& limits);

}  // namespace sekisho::yaral
