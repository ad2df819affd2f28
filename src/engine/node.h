// Expressions of all rules merged into one graph: a Node for each distinct one, operands first. Inside engine/ only.
#pragma once

#include "engine/plan.h"

namespace sekisho::engine {

using NodeId = uint32_t;
using DimId = uint32_t;
using RuleId = uint32_t;
inline constexpr DimId kRoot = 0;           // the event itself: always one element
inline constexpr DimId kMany = UINT32_MAX;  // depends on dims that are not one chain: evaluated row by row
inline constexpr uint32_t kNone = UINT32_MAX;

enum class Code : uint8_t {
  constant,
  column,
  whole,
  list,
  enum_name,
  fold,
  all_of,
  any_of,
  negate,
  equal,
  less,
  less_equal,
  greater,
  greater_equal,
  present,  // args[0] is not its zero value
  match,
  contains,
  prefix,
  suffix,  // args[0] against a constant
  in_set,
  in_cidr,  // args[0] against sets
  any,
  all,
  call,
  capture,
  capture_all,
  replace,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  minus,
  choose,
  aggregate,
  outcome,
  placeholder_count,  // of the rule that matched: kMany, only under outcomes and conditions
  event_time,         // integer of the root: nanoseconds since 1970
  // Over joined rows only (correlation.h): kMany.
  stored,       // index = column, of = variable
  stored_time,  // of = variable: the time of its row's event
  event_count,  // of = variable
  metric,       // index = measure, of = the variable as of whose event; args: its keys, and the filter if there is one
  observed,     // index = Observed: of the period that a filter is asked about
};

struct Node {
  Code code = Code::constant;
  Type type = Type::boolean;
  bool nocase = false;
  bool leaf = false;         // a test of args[0] alone
  bool zero_result = false;  // of a leaf on the zero value
  uint32_t gate = kNone;   // of a JSON event: the mark (JsonPaths) without which it holds nowhere; kNone: none is known
  bool decidable = false;  // decided, or some operand is
  bool decided = false;    // of a JSON event by the keys of its plain looks alone (Dispatch, routes.h)
  enum class Pool : uint8_t { none, keys, literals } pooled = Pool::none;
  uint16_t cost = 1;
  DimId dim = kRoot;
  uint32_t first = 0, count = 0;  // operands: Program::args
  uint32_t index = 0;             // column, dim (any, all), pattern, set, aggregate, outcome, placeholder
  uint32_t of = 0;                // variable
  uint32_t pool = kNone;
  // Of a leaf in a pool of literals: those of which a text that satisfies it has at least one (Program::literals).
  uint32_t first_literal = 0;
  uint16_t literals = 0;
  bool exact = false;  // its one literal is all there is to it
  bool folds = false;  // U+017F or U+212A in a text may stand for a letter of its literals
  const Function* function = nullptr;
  const event::EnumType* enumeration = nullptr;
  MetricUse metric = {};
  Datum value;  // constant, or the right side of a leaf
};

}  // namespace sekisho::engine
