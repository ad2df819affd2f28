// The plan: what a rule says, free of its language. yaral/ (and sigma/) lower into it; engine.h runs it; oracle.h runs
// it slowly and plainly.
//
// A Rule is a flat, self-contained value: slots (which fields are read) and one array of expressions that point at each
// other by index, always backwards (an operand has a smaller index than its user), so nothing here needs recursion and
// anything can be walked in one loop. Sharing between rules (one column per path, one test per predicate) is found by
// Engine::build; a front end writes each rule down plainly.
//
// What a front end must know
//  * One row = one copy of the event, in which every *expanded* repeated field holds exactly one element. A slot with
//    unindexed repeated steps and Quantifier::each expands them. `where` is evaluated on every row; a rule matches when
//    at least one row satisfies it. Which rows exist is decided by the slots in `where` and in placeholder definitions;
//    an aggregate additionally expands the fields that only its own argument reads.
//  * Absent = zero value ("" / 0 / 0.0 / false / enum 0). Slots never yield "nothing"; an empty repeated field yields
//    one element, the zero value.
//  * Implicit and, precedence and the like are the front end's business: here there is only all_of / any_of / negate.
//    Give them all their operands at once: nesting counts against Limits::rule_depth.
//  * Enums are integers. Constants: resolve the name yourself (slot.enumeration->find) and write the number; to use an
//    enum slot as text (functions, outcomes), wrap it in enum_name().
//  * `nocase` is a flag on compare, match, in_list and on text functions that take it (Function::nocase).
//  * `any $e.ip = "x"`: slot with Quantifier::any, and the predicate it stands in wrapped by quantified(). One
//    quantified slot per predicate. any of an empty list is false, all of an empty list is true.
//  * `$e.f = $p`, `$p = fn($e.f)`: placeholder(name), then define(id, expr), and put *nothing* into `where` for it. A
//    second define of the same placeholder means equality (inside one variable: a test on the row; across variables:
//    the join). Other uses of $p in where: placeholder_ref(id). A definition under `or` or `not` is only allowed when
//    the placeholder has another definition: write it as a compare with placeholder_ref then.
//  * In `where`, a bare boolean slot or function is a predicate. Comparisons: both sides boolean, both text, or both
//    numbers (integer and real mix).
//  * `condition`: use exists(var), count_of(var), placeholder_count(p), outcome_ref(o), constants, compare and logic;
//    no slots.
//  * Outcome expressions may hold aggregates at any depth but not in each other. A slot outside an aggregate is read
//    from the first matching row. An outcome_ref must point to an earlier outcome.
//  * re.regex(x, "p") may be written as call() or as matches(). re.capture, re.capture_all, re.replace are calls whose
//    pattern is a constant expression.
//  * A repeated field given to a Param::list argument (arrays.length($e.principal.ip)) is whole(slot), everything else
//    slot(slot).
//  * A raw slot (raw_slot(), vendor fields of rules in Sigma) reads a JSON event by the names its vendor gave. Its
//  elements
//    are all scalar leaves other than null that the dotted name reaches, through lists at any level, as text (numbers
//    as written, true, false). It stands under quantified() like any other `any` slot; a raw slot with first = true is
//    the first of these elements or "", and does not repeat. has_field: the name is there, if only with null;
//    has_value: there is an element. An ordered comparison of text with a number reads the text as a number; if it is
//    none, false.
//  * Several variables: a predicate reads one or several; the engine sorts that out. With `match`, or a graph variable,
//    rows are joined: docs/correlation.md says how. An event_time() is nanoseconds since 1970 (integer).
//  * A metric() reads placeholders, fields and constants as its keys, nothing else; it stands in outcomes, under an
//    aggregate or not. It is told as of the first event variable of the rule that must be there and that gives one of
//    the keys; where all are constants, of the first that must be there.
//  * A slot belongs to its variable's kind: event → Schema::event(), graph → Schema::entity(), detection →
//    Schema::detection(), raw → raw_slot(), table → raw_slot(column, true) (a row of the data table is the event).
//  * Arithmetic never fails: integers saturate, x / 0 and x % 0 are 0.
//  * Errors found by Engine::build (bad regex, unknown list, malformed or unsupported plan) carry rule.source and the
//    expression's span, so set spans.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/expr.h"

namespace sekisho::engine {

struct Variable {
  // Where its rows come from: UDM events, entity records, detections of other rules, vendor events, rows of a data
  // table.
  enum class Kind : uint8_t { event, graph, detection, raw, table };
  std::string name;  // "e", without $; of a table: the table's
  Kind kind = Kind::event;
};

struct Placeholder {
  std::string name;
  Type type = Type::text;
  std::vector<ExprId> definitions;  // at least one; several = all equal
};

struct Outcome {
  std::string name;  // without $
  ExprId value = kNoExpr;
  Type type = Type::text;
};

struct Rule;

// What metric functions look up: events that are counted as they pass, by key and hour. Measures of one name are one.
struct Measure {
  std::string name;  // "metrics.auth_attempts_success(target.user.userid)"
  // Selects the events; over one of them, with match. Its match keys, all texts, are the keys; an event without one of
  // them counts nowhere unless allow_zero_values. Its first outcome, if there is one, is a sum: that is value_sum.
  std::shared_ptr<const Rule> counts;
  bool unique = false;  // values of the last key are counted, not looked up by: num_unique_filter_values
};

// match section.
struct Match {
  enum class Window : uint8_t { hop, tumbling, before, after };
  std::vector<uint32_t> keys;  // placeholders (a key that is a field gets a placeholder of its own)
  int64_t seconds = 0;
  Window window = Window::hop;
  uint32_t pivot = 0;  // variable, for before and after
  Span span;
};
struct Options {
  bool allow_zero_values = false;
  int64_t suppression_seconds = 0;          // 0: none
  std::optional<uint32_t> suppression_key;  // an outcome; rules without match
};
// Which events a Sigma rule is for; empty = any.
struct LogSource {
  std::string category, product, service;
  bool operator==(const LogSource&) const = default;
};

struct Rule {
  std::string name;
  std::string language;                                   // "yara-l", "sigma"
  std::string source;                                     // file, for errors
  Span span;                                              // of the name
  std::vector<std::pair<std::string, std::string>> meta;  // in order; numbers and booleans as written
  std::vector<Variable> variables;
  std::vector<Slot> slots;
  std::vector<Expr> exprs;
  std::vector<Placeholder> placeholders;
  std::vector<Outcome> outcomes;
  std::vector<Measure> measures;
  ExprId where = kNoExpr;      // kNoExpr = true
  ExprId condition = kNoExpr;  // kNoExpr = exists of every variable
  std::optional<Match> match;
  Options options;
  std::vector<LogSource> logsources;  // of all its variables
  bool silent = false;                // only read by other rules: its detections are not reported

  std::string_view meta_value(std::string_view key) const;  // "" if absent

  // Building. Each returns the id of the new expression; `at` is its place in the source. None of them checks types:
  // Engine::build does.
  uint32_t variable(std::string_view name, Variable::Kind kind = Variable::Kind::event);  // finds or adds
  uint32_t placeholder(std::string_view name, Type type);                                 // finds or adds
  void define(uint32_t placeholder, ExprId value);
  uint32_t add_slot(Slot slot);  // finds an equal one or adds
  ExprId add(Expr expr);
  ExprId constant(Constant value, Span at = {});
  ExprId slot(Slot slot, Span at = {});
  ExprId whole(Slot slot, Span at = {});
  ExprId list(std::vector<ExprId> items, Span at = {});
  ExprId placeholder_ref(uint32_t placeholder, Span at = {});
  ExprId enum_name(ExprId arg, const event::EnumType* enumeration, Span at = {});
  ExprId all_of(std::vector<ExprId> args, Span at = {});
  ExprId any_of(std::vector<ExprId> args, Span at = {});
  ExprId negate(ExprId arg, Span at = {});
  ExprId compare(Op op, ExprId a, ExprId b, bool nocase = false, Span at = {});
  ExprId matches(ExprId text, std::string pattern, bool nocase = false, Span at = {});
  ExprId in_list(ExprId text, std::string list, ListMode mode = ListMode::exact, bool nocase = false, Span at = {});
  ExprId quantified(ExprId predicate,
                    Span at = {});  // wraps: looks up the any/all slot in the predicate; none = returns it as it is
  ExprId call(const Function& function, std::vector<ExprId> args, bool nocase = false, Span at = {});
  ExprId arithmetic(Op op, ExprId a, ExprId b = kNoExpr, Span at = {});
  ExprId choose(ExprId condition, ExprId yes, ExprId no = kNoExpr,
                Span at = {});  // no `no`: the zero value of yes's type
  ExprId aggregate(Aggregate kind, ExprId arg = kNoExpr, Span at = {}, double percentage = 0);
  ExprId outcome_ref(uint32_t outcome, Span at = {});
  uint32_t measure(Measure measure);  // finds the one of its name or adds
  ExprId metric(uint32_t measure, MetricUse use, std::vector<ExprId> args, Span at = {});
  ExprId observed(Observed of, Span at = {});
  ExprId has_field(Slot raw, Span at = {});
  ExprId has_value(Slot raw, Span at = {});
  ExprId event_time(uint32_t variable, Span at = {});
  ExprId exists(uint32_t variable, Span at = {});
  ExprId count_of(uint32_t variable, Span at = {});
  ExprId placeholder_count(uint32_t placeholder, Span at = {});
  uint32_t outcome(std::string name, ExprId value);
  Type type_of(ExprId id) const { return exprs[id].type; }
};

}  // namespace sekisho::engine
