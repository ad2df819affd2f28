// Aggregates two ways. A Collector reads all values there are, one by one, and gives the result. A Counter follows a
// window: rows come in at one end and leave at the other, each for the price of one step. Where both can tell, they
// tell the same. Inside engine/ only.
#pragma once

#include <deque>
#include <vector>

#include "base/keyed_hash.h"
#include "engine/evaluate.h"

namespace sekisho::engine {

inline constexpr size_t kArray = 25;  // elements of array and array_distinct, and values of placeholders, as documented

// The identity of a scalar among those of an aggregate or placeholder: type and value.
Digest digest_of(const Datum& value);

// A multiset of digests. Open addressing; 24 bytes a slot, at most two thirds full.
class DistinctCounts {
 public:
  bool add(const Digest& d);     // true: it was not there
  void remove(const Digest& d);  // must be there
  uint32_t count(const Digest& d) const { return slots_.empty() ? 0 : slots_[find(d)].count; }
  size_t size() const { return size_; }
  size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    Digest key;
    uint32_t count = 0;
  };
  size_t find(const Digest& d) const;
  void grow();
  std::vector<Slot> slots_;
  size_t size_ = 0;
};

// A sum of doubles without rounding until it is read: the same in any order, and what was added can be taken away.
// Beyond 1e300 a number counts as infinite.
class ExactSum {
 public:
  void add(double v);
  void subtract(double v);
  double value() const;

 private:
  int64_t* beyond(double v);
  std::vector<double> parts_;  // ascending, without overlap
  int64_t infinite_ = 0, minus_infinite_ = 0, not_numbers_ = 0;
};

__extension__ using Wide = __int128;
Datum saturated(Wide v);

struct AggregateKind {
  Aggregate kind = Aggregate::count;
  Type type = Type::integer;  // of the argument
  double percentage = 0;
  bool skip_zeros = false;  // avg, min, max, median
};

class Collector {
 public:
  explicit Collector(const AggregateKind& kind) : kind_(kind) {}
  // v: the argument; of first and last the number, and `text` what is kept with it. Texts are viewed until result().
  void take(const Datum& v, const Datum& text = {});
  bool full() const;  // further values change nothing
  Datum result(Arena& arena) const;

 private:
  AggregateKind kind_;
  uint64_t count_ = 0;
  Datum best_, kept_;
  Wide whole_ = 0;
  ExactSum sum_;
  double mean_ = 0, squares_ = 0;
  std::vector<Datum> items_;
  DistinctCounts seen_;
};

class Counter {
 public:
  static bool can(Aggregate kind);
  explicit Counter(const AggregateKind& kind) : kind_(kind) {}
  void push(std::span<const Datum> values);  // of one row, the newest; numbers, or anything for the counts
  void pop();                                // the oldest row
  Datum result() const;
  size_t bytes() const;

 private:
  AggregateKind kind_;
  uint64_t pushed_ = 0, popped_ = 0;  // rows
  uint64_t count_ = 0;                // values
  std::deque<uint32_t> values_;       // by row: how many values, where that is not always one
  std::deque<Digest> digests_;
  std::deque<Datum> numbers_;                          // sum
  std::deque<std::pair<uint64_t, Datum>> candidates_;  // of the extreme: row and value, best first
  DistinctCounts distinct_;
  Wide whole_ = 0;
  ExactSum sum_;
};

}  // namespace sekisho::engine
