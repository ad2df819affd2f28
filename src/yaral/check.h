// The type checker: a syntax tree against the schema (event/schema.h) and the function table (engine/functions.h). It
// resolves every path, gives every expression a type, tells event variables, placeholders and outcomes apart, and finds
// which line defines which placeholder.
//
// Two leniencies, because rules that Google publishes need them: a number compared with a text literal that is a number
// ("443") reads it as that number, and a number given to a function that wants text becomes text. An enum compared with
// a text that is none of its values, but does not look like a misspelt one either, is a warning.
//
// Rules of the language that are enforced here: names (unknown fields, enum values, functions, variables; with near
// names as hint), types on both sides of an operator, arguments, patterns (RE2's own reason), nocase on text only,
// any/all not with joins, placeholders, maps, lists or indexes and one per predicate, placeholders bound by an equality
// outside `or` and `not`, match keys bound, windows of 1 minute to 48 hours, at most 20 outcomes, aggregates in
// outcomes only and not nested, options, duplicates.
//
// Of rules over several events: a match section, entities and data tables joined with an event, at least one event that
// has to be there, the pivot of a sliding window among them, no join of two events that both may be absent, no `or`
// between tests of different events, match keys bound by an event that has to be there. Warnings, because it runs but
// is seldom meant: events that nothing joins, outcomes of a rule with match that read one event where many are.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/functions.h"
#include "engine/plan.h"
#include "engine/slots.h"
#include "event/schema.h"
#include "yaral/ast.h"

namespace sekisho::yaral {

enum class ValueType : uint8_t {
  unknown,  // an error was reported below: suits everything
  boolean,
  integer,
  real,
  text,
  enumeration,  // an integer slot with names; as text where text is wanted
  list,
  pattern,  // /…/
};

enum class Role : uint8_t { none, field, placeholder, event, outcome };

// What is known of one expression; parallel to File::exprs.
struct Typed {
  ValueType type = ValueType::unknown;
  Role role = Role::none;      // of a variable or count
  bool done = false;           // visited
  bool aggregate = false;      // a call of an aggregate: `kind`, or `function` is one of window.*
  bool whole = false;          // a repeated field handed to a function as a list
  bool defines = false;        // an equality that is a placeholder's definition
  uint32_t index = 0;          // of the event variable, placeholder or outcome
  uint32_t slot = UINT32_MAX;  // in Checked::slots
  const event::EnumType* enumeration = nullptr;
  const engine::Function* function = nullptr;
  engine::Aggregate kind = engine::Aggregate::max;
};

struct EventVariable {
  std::string name;  // of a data table: the table's
  engine::Variable::Kind kind = engine::Variable::Kind::event;
  Span span;             // first use
  bool bounded = false;  // has to be there for the condition to hold
  bool is_event() const { return kind == engine::Variable::Kind::event || kind == engine::Variable::Kind::detection; }
};

struct PlaceholderInfo {
  std::string name;
  ValueType type = ValueType::unknown;  // never enumeration: a placeholder on an enum holds its name
  const event::EnumType* enumeration = nullptr;
  bool bound = false;
  Span span;  // first use
  // The variables that define it, each by itself. None if its value reads several together: it is then an alias, a name
  // that only stands for that expression.
  std::set<uint32_t> variables = {};
  ExprId alias = kNoExpr;
  std::set<uint32_t> reads = {};  // all that any of its definitions reads
};

// `$e.field = $p`: in an order in which each value needs only placeholders defined before it for the same variable.
struct Definition {
  uint32_t placeholder = 0;
  ExprId value = kNoExpr;
  ExprId statement = kNoExpr;  // none for a match key that is a field
  uint32_t variable = 0;       // the one that it reads
};

struct CheckedRule {
  uint32_t rule = 0;  // in File::rules
  bool ok = false;    // no error inside it
  std::vector<EventVariable> variables;
  std::vector<PlaceholderInfo> placeholders;
  std::vector<Definition> definitions;
  std::vector<uint32_t> keys;      // placeholders of the match section
  std::vector<ExprId> statements;  // events, with top-level `and` taken apart
};

struct Checked {
  std::vector<Typed> typed;
  std::vector<engine::Slot> slots;
  std::vector<CheckedRule> rules;  // one per rule of the file
  std::vector<Error> errors;       // by place, at most kMostErrors
  std::vector<Error>
      warnings;  // likewise: what is allowed but can never be true, such as an enum compared with a text it never has
};

struct CheckOptions {
  // Tells whether a list is known: "name", or "table.column". Empty: any name passes (Engine::build looks it up later).
  std::function<bool(std::string_view)> list_exists;
};

Checked check(const File& file, const CheckOptions& options = {});

std::string_view type_name(ValueType type);

}  // namespace sekisho::yaral
