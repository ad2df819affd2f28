// The syntax tree of a rule file, as written: nothing is resolved or typed here (check.h does that). Expressions lie in
// one flat array and name their children by index, so that a tree of any shape is built and freed without recursion;
// `depth` of every node is at most Limits::rule_depth, so walking one may recurse. Owns all its text. Spans are bytes
// of the source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::yaral {

using ExprId = uint32_t;
inline constexpr ExprId kNoExpr = UINT32_MAX;

enum class ExprKind : uint8_t {
  text,        // text = decoded
  regex,       // text = pattern
  integer,     // integer
  real,        // real
  boolean,     // integer 0 or 1
  duration,    // integer seconds
  word,        // text; only in named arguments: metric: event_count_sum, filter: value_sum > 10, and * for any value
  variable,    // text = name without $, steps (none: a placeholder, an event in the condition, an outcome)
  count,       // text = name without #
  list,        // text = name without %, column (may be empty): after in, or as a value of the table's row
  call,        // text = "re.regex", children = arguments, names (parallel, only if any argument is named)
  if_,         // children = condition, then[, else]
  negate,      // children[0]
  arithmetic,  // op, children[0], children[1]
  compare,     // op, children[0], children[1]
  member,      // op = in, in_regex or in_cidr; children[0], children[1] a list
  not_,        // children[0]
  and_,        // two or more children
  or_,         // two or more children
  of,          // integer of children (variables): "2 of [$a, $b]"; any = 1, all = their number
};

enum class Op : uint8_t {
  none,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  in,
  in_regex,
  in_cidr,
};
std::string_view spelling(Op op);

enum class Quantifier : uint8_t { none, any, all };

struct Step {
  enum class Kind : uint8_t { field, index, key };
  Kind kind = Kind::field;
  std::string name;   // field or key
  int64_t index = 0;  // index
  Span span;          // without the dot, with the brackets
};

struct Expr {
  ExprKind kind = ExprKind::text;
  Op op = Op::none;
  Quantifier quantifier = Quantifier::none;  // any, all before a variable
  bool nocase = false;                       // on compare, member and call
  uint32_t depth = 1;                        // 1 + the deepest child
  Span span;
  Span mark;  // what to point at: operator, function name, variable name, nocase
  Span nocase_span;
  int64_t integer = 0;
  double real = 0;
  std::string text;
  std::string column;
  std::vector<Step> steps;
  std::vector<ExprId> children;
  std::vector<std::string> names;
};

struct MetaEntry {
  std::string key;
  std::string value;
  Span key_span;
  Span span;
};

struct Match {
  enum class Window : uint8_t {
    hop,
    tumbling,
    before,
    after
  };  // over T · by T · over T before $pivot · over T after $pivot
  struct Key {
    std::string name;        // of a field: how it is written, "e.principal.ip"
    ExprId value = kNoExpr;  // a field
    Span span;
  };
  std::vector<Key> keys;
  Window window = Window::hop;
  int64_t seconds = 0;
  std::string pivot;
  Span window_span;  // the duration
  Span pivot_span;
  Span span;  // all of it, without the header
};

struct Outcome {
  std::string name;
  ExprId value = kNoExpr;
  Span name_span;
  Span span;
};

struct Option {
  std::string name;
  ExprId value = kNoExpr;
  Span name_span;
  Span span;
};

struct Rule {
  std::string name;
  Span name_span;
  Span span;
  std::vector<MetaEntry> meta;
  std::vector<ExprId> events;  // ANDed
  bool has_match = false;
  Match match;
  std::vector<Outcome> outcomes;
  ExprId condition = kNoExpr;
  std::vector<Option> options;
  bool damaged = false;  // syntax errors inside: parts are missing, so do not complain about what is absent
};

struct File {
  std::string name;
  std::vector<Rule> rules;
  std::vector<Expr> exprs;
  std::vector<uint32_t> statements;  // where each line of a section begins, in bytes, ascending: for format.h
  const Expr& at(ExprId id) const { return exprs[id]; }
};

// The tree as indented text, one node a line: what the parse goldens compare.
std::string dump(const File& file);

// An expression in YARA-L again, in one line, for messages and tests.
std::string to_text(const File& file, ExprId id);

}  // namespace sekisho::yaral
