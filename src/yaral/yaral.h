// YARA-L 2.0 in, plans for the engine out. The one entry of this folder; the stages are lex.h → parse.h → check.h →
// lower.h. Nothing here keeps state: any thread may compile anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "engine/plan.h"
#include "yaral/ast.h"
#include "yaral/check.h"
#include "yaral/parse.h"

namespace sekisho::yaral {

struct CompiledFile {
  File file;                        // the tree, as far as it could be read
  std::vector<engine::Rule> rules;  // those without any error, in file order
  // All mistakes, by place, at most kMostErrors. Codes: yaral.syntax, .string, .comment, .section, .field, .enum,
  // .type, .variable, .placeholder, .join, .function, .arguments, .aggregate, .regex, .list, .nocase, .quantifier,
  // .match, .outcome, .condition, .option, .duplicate, .limit.{bytes,depth,size}.
  std::vector<Error> errors;
  std::vector<Error> warnings;
  bool parsed = false;   // no mistake of form
  bool checked = false;  // parsed, and nothing wrong
};

// name: the file's name in errors and plans.
CompiledFile compile(std::string_view source_text, std::string name, const Limits& limits = {},
                     const CheckOptions& options = {});

// The tree alone.
Parsed parse_file(std::string_view source_text, std::string name, const Limits& limits = {});

}  // namespace sekisho::yaral
