// The joined rows of a group in a window: one row of each bounded variable, such that all join classes agree and all
// relations hold, and every record is valid at the time of the latest event. What is equal is looked up where a side is
// large, so that a large side costs no more than its partners. Inside engine/ only.
#pragma once

#include <functional>

#include "engine/groups.h"

namespace sekisho::engine {

// Entity records or table rows as a rule's variable selects them. Rows of one record share its number.
struct Record {
  StoredRow row;
  uint64_t number = 0;
  int64_t from = INT64_MIN, until = INT64_MAX;  // valid at from <= t < until
};
struct Records {
  std::vector<Record> rows;
  std::vector<std::unique_ptr<RowIndex>> indexes;  // by member of a join class; null for those of other variables
  size_t bytes() const;
};

// A column whose rows can be looked up by value: it takes part in a join class, or is a key within the group.
struct JoinMember {
  uint32_t class_;  // kNone: a key only
  uint32_t variable, column;
};

// How rows are brought together, starting from one variable.
struct JoinStep {
  uint32_t variable = 0;
  struct Same {
    uint32_t member;  // of the variable
    StoredAt other;   // bound before it
  };
  std::vector<Same> same;
  std::vector<uint32_t> relations;  // that can be tested from here on
};

struct JoinPlan {
  JoinPlan(const Correlation& correlation, const Program& joined);
  const Correlation& correlation;
  std::vector<JoinMember> members;
  std::vector<uint32_t> keys;               // members that give a key; where keys are not the partition
  std::vector<uint32_t> joined;             // bounded variables
  std::vector<uint32_t> ring_of;            // by variable: its ring in a group; kNone for records
  std::vector<uint32_t> temporal;           // by ring: its variable
  std::vector<std::vector<JoinStep>> from;  // by variable; empty for unbounded ones
  bool several() const { return correlation.variables.size() > 1; }
};

// The rows of one variable that stand in the window: places [first, end) of a ring or of records.
struct Side {
  const Ring* ring = nullptr;
  const Records* records = nullptr;
  const std::vector<std::unique_ptr<RowIndex>>* indexes = nullptr;  // by member; null: none
  uint32_t first = 0, end = 0;
  uint32_t size() const { return end - first; }
  const StoredRow& row(uint32_t place) const { return ring ? (*ring)[place].row : records->rows[place].row; }
  int64_t time(uint32_t place) const { return ring ? (*ring)[place].time : INT64_MIN; }
  uint64_t event(uint32_t place) const { return ring ? (*ring)[place].event : records->rows[place].number; }
};

// What nodes over joined rows read: the row that each variable holds now.
class RowFrame {
 public:
  explicit RowFrame(const Correlation& correlation);
  void set(uint32_t variable, const Side& side, uint32_t place) {
    rows_[variable] = &side.row(place);
    times_[variable] = side.time(place);
  }
  void clear(uint32_t variable) {
    rows_[variable] = nullptr;
    times_[variable] = 0;
  }
  const StoredRow* row(uint32_t variable) const { return rows_[variable]; }
  MatchValues values() const {
    MatchValues out;
    out.rows = rows_;
    out.columns = columns_;
    out.times = times_;
    return out;
  }

 private:
  std::vector<const StoredRow*> rows_;
  std::vector<const std::vector<StoredColumn>*> columns_;
  std::vector<int64_t> times_;
};

// Joined rows in order: for each the place of every variable's row (0 for unbounded ones).
struct JoinedRows {
  size_t width = 0;
  std::vector<uint32_t> places;
  uint64_t not_looked_at = 0;  // combinations beyond the limit, at most
  size_t size() const { return width == 0 ? 0 : places.size() / width; }
  std::span<const uint32_t> operator[](size_t i) const { return {places.data() + i * width, width}; }
};

class Joiner {
 public:
  Joiner(const JoinPlan& plan, size_t limit) : plan_(plan), limit_(limit), frame_(plan.correlation) {}

  // sides: by variable. evaluation: has begun on Plans::joined.
  void begin(std::span<const Side> sides, Evaluation& evaluation);
  // From here on only joined rows whose keys are those of this one (its places), as far as single columns give them.
  void fix_keys(std::span<const uint32_t> places);
  // Whether a joined row has one of the places [from, to) as its row of `variable`; it is in frame() then.
  bool any(uint32_t variable, uint32_t from, uint32_t to);
  // All joined rows with such a row, for which keep() holds (frame() has them), unordered, added to `out`.
  void with(uint32_t variable, uint32_t from, uint32_t to, const std::function<bool()>& keep, JoinedRows& out);
  // All joined rows, in order.
  void all(const std::function<bool()>& keep, JoinedRows& out);
  // Of an unbounded variable: its rows that go with one of the joined rows, ascending.
  std::vector<uint32_t> partners(uint32_t variable, const JoinedRows& joined);

  RowFrame& frame() { return frame_; }
  bool cut() const { return cut_; }  // since begin(): the limit was met

 private:
  struct Cursor {
    uint32_t at = 0, end = 0;         // places
    const RowIndex* chain = nullptr;  // only those of a chain
  };
  void run(uint32_t variable, const Cursor& first, const std::function<bool()>& found);
  void open(const JoinStep& step, Cursor& cursor) const;
  bool advance(const JoinStep& step, Cursor& cursor);  // to the next row that fits
  bool agrees(const JoinStep& step) const;
  bool has_fixed_keys(uint32_t variable) const;
  uint32_t at_most(uint32_t variable) const;  // rows of a side that need to be looked at
  bool valid() const;
  bool spend();
  Datum value(StoredAt at) const;

  const JoinPlan& plan_;
  const size_t limit_;
  RowFrame frame_;
  std::span<const Side> sides_;
  Evaluation* evaluation_ = nullptr;
  std::vector<uint32_t> places_;
  std::vector<Cursor> cursors_;
  std::vector<Datum> fixed_;  // by plan_.keys; empty: none
  MatchValues values_;
  uint64_t looked_at_ = 0, steps_ = 0;
  bool cut_ = false;
};

uint64_t join_hash(const Datum& value);

}  // namespace sekisho::engine
