// Inside the oracle: what rows are made of, and a rule whose expressions can be walked on them. oracle.cc walks
// expressions, oracle_rows.cc reads fields and copies events, oracle_judge.cc makes a detection of joined rows,
// oracle_metric.cc counts what lies before, oracle_condition.cc reads conditions, oracle_windows.cc puts events in
// order and tries windows.
#pragma once

#include <map>
#include <memory_resource>
#include <set>

#include "engine/oracle.h"

namespace sekisho::engine {

// A vendor's event or a row of a data table: scalars are text, as rules see them.
struct OracleJson {
  enum class Kind : uint8_t { null, scalar, list, object } kind = Kind::null;
  std::string text;
  std::vector<OracleJson> items;   // of a list, or the values of an object
  std::vector<std::string> names;  // of an object: one for each item
};
OracleJson oracle_json(const event::JsonValue& value);

// What a row is taken from: an event, an entity record, a detection or a row of a data table.
struct OracleSource {
  Variable::Kind kind = Variable::Kind::event;
  std::optional<event::Event> event;
  const event::Message* message = nullptr;  // null: json
  OracleJson json;
  bool timed = false;
  Timestamp time;
  std::optional<Timestamp> from, until;  // of a record: when it is valid
  uint64_t hash = 0;
  std::string_view bytes = {};
  EventRef ref;
  uint32_t depth = 0;
};

// A repeated field, by the steps that lead to it, and which element a copy holds (-1: the zero element of an empty
// list). A step with an index is followed by as many nulls, so that f[0].g is not f.g.
using OraclePath = std::vector<const event::Field*>;
using OracleCopy = std::map<OraclePath, int64_t>;

struct OracleRow {
  const OracleSource* source = nullptr;
  OracleCopy copy;
};
// One row of each variable; null where a variable takes no part.
using OracleJoin = std::vector<const OracleRow*>;

struct OracleGroup {
  std::vector<OracleJoin> joined;                       // in order, at least one
  std::vector<std::vector<const OracleRow*>> unjoined;  // by variable: rows of an unbounded one
};

// What stands in Detection::events, one by one.
struct OracleDetection : Detection {
  std::vector<const OracleSource*> sources;
};
// A detection as composite rules read it. Views its sources.
event::Event oracle_event(const Rule& rule, const OracleDetection& detection);

// What was measured in a day or an hour.
struct OraclePeriod {
  int64_t events = 0, first = 0, last = 0, sum = 0;
  std::set<std::string> values;
};

class OracleRule {
 public:
  OracleRule(const Rule& rule, const ReferenceLists& lists);

  // All events that take part in correlation, for metrics: what of them lies before an event is looked for there.
  void remember(const std::vector<OracleSource*>& events) { past_ = &events; }
  // Whether a measure of the rule counts the event.
  bool counts(const OracleSource& source);

  bool bounded(uint32_t variable) const { return bounded_.contains(variable); }
  bool temporal(uint32_t variable) const;  // of events, not of records
  // The copies of a source that satisfy all that reads this variable only, and have the match keys that it defines.
  std::vector<OracleRow> rows(uint32_t variable, const OracleSource& source);
  // Whether everything holds that reads only the variables that are there.
  bool holds(const OracleJoin& join);
  // The values of the match keys; nothing for a key that needs a variable that is not there.
  std::vector<std::optional<Value>> keys(const OracleJoin& join);
  // Outcomes, placeholders and the condition. Fills all of `out` but rule, time, window, keys and depth.
  bool judge(const OracleGroup& group, OracleDetection& out);

 private:
  struct Bound {
    const OracleSource* source = nullptr;
    const OracleCopy* copy = nullptr;
    const OracleCopy* row = nullptr;  // the copy without what an aggregate expands
  };

  // oracle.cc; aggregate() and collect() in oracle_judge.cc
  void bind(const OracleJoin& join);
  bool readable(ExprId id, const std::set<uint32_t>& where) const;
  ExprId definition(uint32_t placeholder, const std::set<uint32_t>& where) const;
  Datum eval(ExprId id);
  Datum compare(const Expr& e);
  Datum arithmetic(const Expr& e);
  Datum call(const Expr& e);
  Datum aggregate(const Expr& e);
  Datum metric(const Expr& e);  // oracle_metric.cc
  OracleRule& counting(uint32_t measure);
  std::vector<Datum> collect(const Expr& e, size_t argument);
  bool is_zero_field(ExprId id);
  Datum kept(const std::string& text);
  Datum kept(const std::vector<Datum>& items);

  // oracle_rows.cc
  std::vector<const Slot*> expanding(std::vector<ExprId> roots, uint32_t variable) const;
  std::vector<OracleCopy> copies(const OracleSource& source, std::vector<OracleCopy> from,
                                 const std::vector<const Slot*>& slots) const;
  std::vector<Datum> elements(const Slot& slot);  // of any, all and whole: as they are
  Datum read(const Slot& slot);
  bool has_field(const Slot& slot) const;

  const Rule& rule_;
  const ReferenceLists& lists_;
  std::set<uint32_t> bounded_;
  std::vector<ExprId> conjuncts_;
  std::pmr::monotonic_buffer_resource memory_;
  CallContext calls_{};
  std::vector<Bound> env_;    // by variable
  std::set<uint32_t> there_;  // the variables that have a row
  Datum quantified_;          // under any and all: the element
  bool loose_ = false;        // outside rows: a repeated field that the row has not chosen is read at its first element
  const OracleGroup* group_ = nullptr;
  const std::vector<OracleSource*>* past_ = nullptr;
  std::map<uint32_t, std::unique_ptr<OracleRule>> counting_;  // by measure
  const OraclePeriod* period_ = nullptr;                      // that a filter is asked about
  std::vector<Datum> outcomes_;
  std::vector<int64_t> counts_, placeholder_counts_;
};

}  // namespace sekisho::engine
