// One rule over several events, compiled: which values each variable's rows carry, how rows join, and what is asked of
// the joined rows. Expressions over joined rows are nodes of Plans::joined, whose leaves are Code::stored (a column of
// a variable's row), counts, aggregates and earlier outcomes. Built by compile_join.cc; run by groups.cc, windows.cc
// and join.cc; immutable. Inside engine/ only.
#pragma once

#include <array>

#include "engine/program.h"
#include "engine/stored.h"

namespace sekisho::engine {

// Whether rows of this kind happen at a time; records and rows of tables do not.
inline bool is_temporal(Variable::Kind kind) { return kind != Variable::Kind::graph && kind != Variable::Kind::table; }

struct JoinVariable {
  Variable::Kind kind = Variable::Kind::event;
  RuleId selector = 0;                // Program::programs of its kind
  std::vector<StoredColumn> columns;  // of its rows; the partition keys come first
  uint32_t text = kNone;              // the last column, with the event as JSON, where Plans::reads_texts
  bool bounded = true;                // false: absent in the joined rows, only counted ("unbounded")
  bool temporal() const { return is_temporal(kind); }
};

// A column of a variable's rows.
struct StoredAt {
  uint32_t variable = 0, column = 0;
};

// Values that must be equal across variables: one column in each of two or more of them. Of one type; text compares by
// bytes.
struct JoinClass {
  std::vector<StoredAt> members;  // ascending by variable
};

// Any other predicate over several variables.
struct Relation {
  NodeId node = 0;                  // in Plans::joined
  std::vector<uint32_t> variables;  // ascending
};

struct JoinAggregate {
  Aggregate kind = Aggregate::count;
  NodeId arg = kNone;         // in Plans::joined; kNone: count(), or `many`
  StoredAt many{kNone, 0};    // the argument is this `many` column (variable kNone: it is not)
  uint32_t only = kNone;      // the one variable that the argument reads; kNone: none or several
  Type type = Type::integer;  // of the argument
  double percentage = 0;
  // first, last: what is kept with the number; as arg and many are.
  NodeId text = kNone;
  StoredAt text_many{kNone, 0};
  bool skip_zeros = false;  // avg, min, max, median
};

// A necessary condition that a counter can answer: at least `least` distinct events of a variable, or distinct values
// or a total of an aggregate of it. Used to leave evaluations out, never to decide.
struct Gate {
  enum class Of : uint8_t { events, aggregate, placeholder } of = Of::events;
  uint32_t index = 0;  // variable, aggregate or placeholder
  double least = 0;    // value >= least
  bool more = false;   // value > least
};

struct Correlation {
  RuleId rule = 0;  // Plans::rules
  std::vector<JoinVariable> variables;
  std::vector<JoinClass> classes;  // without those that are the partition
  std::vector<Relation> relations;
  uint32_t partition = 0;                // columns [0, partition) of every temporal variable's rows are the group's key
  std::vector<NodeId> keys;              // match variables
  bool keys_are_partition = false;       // the match variables are exactly the partition keys, in this order
  std::vector<NodeId> placeholders;      // their values on a joined row; kNone where only an unbounded variable has it
  std::vector<uint32_t> placeholder_of;  // the one variable that a placeholder reads; kNone: several
  std::vector<JoinAggregate> aggregates;
  std::vector<NodeId> outcomes;
  std::vector<uint32_t> aggregates_before;
  NodeId condition = kNone;  // kNone: every bounded variable has an event
  std::vector<Gate> gates;   // all must hold where the condition does
  bool existence = false;    // the condition says no more than that every variable has an event
  bool counts_placeholders = false;
  // The window. none: judged per event (a rule without match but with graph or table variables).
  enum class Judged : uint8_t { per_event, arrival, grid } judged = Judged::arrival;
  Match::Window window = Match::Window::hop;
  int64_t seconds = 0;
  int64_t step = 0;        // of the grid
  uint32_t pivot = kNone;  // variable
  int64_t suppression_seconds = 0;
  uint32_t suppression_key = kNone;  // outcome
  uint32_t measure = kNone;          // its rows are counted and not judged
};

// What a measure is fed by (plan.h).
struct Counted {
  bool unique = false;           // the last key column is counted
  uint32_t correlation = kNone;  // its rows: keys are the partition
  uint32_t sum = kNone;          // column; kNone: nothing is summed
};

// A column of a variable's records that is compared with a value of each event.
struct Lookup {
  uint32_t correlation = 0;
  StoredAt record;
};

// All that an Engine holds.
struct Plans {
  std::vector<Rule> rules;  // and, after own_rules of them, what counts for measures
  size_t own_rules = 0;
  // By kind of variable: what selects rows of one event. Null where no rule has such a variable.
  std::array<std::unique_ptr<Program>, 5> selectors;
  std::unique_ptr<Program> joined;  // nodes over joined rows; no dims, columns or selectors
  std::vector<Correlation> correlations;
  std::vector<Lookup> lookups;
  std::vector<Counted> counted;  // by measure
  StringMap<uint32_t> measures;  // by name
  // Data tables that rules join: each row as a JSON object. A table variable reads the rows of the table it is named
  // after (Variable::name), and no others, though the selector may wake for them.
  StringMap<std::vector<std::string>> tables;
  EngineOptions options;
  bool reads_texts = false;  // some rule reads the events of detections (collection_elements)
  uint64_t serial = 0;

  const Program* selector(Variable::Kind kind) const { return selectors[static_cast<size_t>(kind)].get(); }
};

}  // namespace sekisho::engine
