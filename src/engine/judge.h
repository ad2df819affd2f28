// What the joined rows of one group and window say: counts, aggregates, outcomes, the condition, and the Detection
// where it holds. Inside engine/ only.
#pragma once

#include "engine/join.h"

namespace sekisho::engine {

// What is judged. Of a rule over one variable every row of its side is a joined row, and `joined` is null.
struct Evidence {
  std::span<const Side> sides;
  const JoinedRows* joined = nullptr;
  std::vector<std::vector<uint32_t>> partners;  // by variable: places of the rows of unbounded ones
  size_t size() const { return joined ? joined->size() : sides[0].size(); }
};

class Judge {
 public:
  Judge(const Plans& plans, const JoinPlan& plan);

  // The condition over the evidence; where it holds `out` gets all but rule, time, window and keys. evaluation: has
  // begun on Plans::joined. Evidence must not be empty.
  bool run(const Evidence& evidence, Evaluation& evaluation, Detection& out);
  // The match variables on joined row i, and those of the rows in `frame` as bytes.
  std::vector<Value> keys(const Evidence& evidence, size_t i, Evaluation& evaluation);
  void append_keys(const RowFrame& frame, Evaluation& evaluation, std::string& out) const;

  // Counters: of rules over one variable whose condition reads only what counters can tell.
  bool countable() const { return countable_; }
  std::vector<Counter> counters() const;
  void count(std::vector<Counter>& counters, const Side& side, uint32_t place, Evaluation& evaluation);
  bool holds(const std::vector<Counter>& counters, uint32_t events, Evaluation& evaluation);

  // False: the condition cannot hold, told by what costs nothing. counters: null where there are none.
  bool passes_gates(std::span<const Side> sides, const std::vector<Counter>* counters) const;

 private:
  struct Counted {
    bool placeholder;
    uint32_t index;
  };
  void find_needed(const Plans& plans);
  void load(const Evidence& evidence, size_t i);
  void load_first(const Evidence& evidence);
  template <class Take>
  bool each_value(NodeId node, StoredAt many, Evaluation& evaluation, Take take);  // on the rows in the frame
  template <class Visit>
  void each_row(const Evidence& evidence, uint32_t only, Visit visit);
  Datum aggregate(const Evidence& evidence, uint32_t index, Evaluation& evaluation);
  int64_t placeholder(const Evidence& evidence, uint32_t index, bool all, Evaluation& evaluation,
                      std::vector<Value>* values);
  Datum outcome(uint32_t index, Evaluation& evaluation, const MatchValues& match) const;
  std::vector<uint32_t> places(const Evidence& evidence, uint32_t variable) const;
  MatchValues known() const;
  AggregateKind kind_of(const JoinAggregate& aggregate) const;

  const Correlation& c_;
  const Rule& rule_;
  const Program& program_;
  const JoinPlan& plan_;
  RowFrame frame_;
  std::vector<bool> needed_aggregates_, needed_outcomes_;  // by the condition
  bool countable_ = false;
  std::vector<Counted> counted_;
  std::vector<Datum> aggregates_, outcomes_, placeholder_counts_;
  std::vector<int64_t> event_counts_;
};

}  // namespace sekisho::engine
