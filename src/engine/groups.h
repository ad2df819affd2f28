// The groups of all rules: for each distinct key the rows that a later window may need, oldest first, and when it is to
// be looked at again. Every byte they hold is counted. Inside engine/ only.
#pragma once

#include <limits>
#include <optional>
#include <unordered_map>

#include "base/strings.h"
#include "engine/aggregates.h"
#include "engine/correlation.h"

namespace sekisho::engine {

// What a block of this size takes on the heap, with what the allocator adds.
inline size_t heap_block(size_t bytes) { return bytes == 0 ? 0 : std::max<size_t>(32, (bytes + 8 + 15) / 16 * 16); }

struct RowEntry {
  int64_t time = 0;    // nanoseconds
  uint64_t event = 0;  // number of the event in order of release, times 8, plus its depth: equal for its rows only
  EventRef ref;
  StoredRow row;
  static constexpr uint64_t kDepths = 8;
};

// Rows of one variable in one group: in at the new end, out at the old one.
class Ring {
 public:
  Ring() = default;
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;

  size_t push(RowEntry entry);  // bytes it took
  size_t pop();                 // bytes it gave back
  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const RowEntry& operator[](uint32_t i) const { return entries_[(head_ + i) & (capacity_ - 1)]; }  // 0: the oldest
  const RowEntry& newest() const { return (*this)[size_ - 1]; }
  // Rows are numbered as they come; numbers go round at 2^32.
  uint32_t first_number() const { return first_number_; }
  uint32_t events() const { return events_; }  // distinct ones
  uint32_t from(int64_t time) const;           // the first row not before `time`
  size_t bytes() const;
  void restore_numbers(uint32_t first) { first_number_ = first; }

 private:
  size_t resize(uint32_t capacity);
  std::unique_ptr<RowEntry[]> entries_;
  uint32_t head_ = 0, size_ = 0, capacity_ = 0, first_number_ = 0, events_ = 0;
};

// Rows by the value of one column: a chain of places, ascending, for each value. Places count from the oldest row, as
// in a Ring.
class RowIndex {
 public:
  void push(uint64_t hash);
  void pop();  // the oldest
  // The first row with this hash, and the one after a row; kNone at the end. Different values may share a hash.
  uint32_t first(uint64_t hash) const;
  uint32_t next(uint32_t place) const;
  uint32_t count(uint64_t hash) const;
  size_t size() const { return links_.size(); }
  size_t bytes() const;

 private:
  struct Link {
    uint64_t hash;
    uint64_t next;  // rows are numbered as they come; 0: none
  };
  struct Chain {
    uint64_t first, last;
    uint32_t count;
  };
  struct Same {
    size_t operator()(uint64_t hash) const { return hash; }
  };
  std::deque<Link> links_;
  std::unordered_map<uint64_t, Chain, Same> chains_;
  uint64_t oldest_ = 1;  // number of place 0
};

// What only large groups, and those with keys within the group, need.
struct GroupExtra {
  bool counting = false;                           // counters are kept; a rule that counts only events has none
  std::vector<Counter> counters;                   // of the rule's counted values
  std::vector<std::unique_ptr<RowIndex>> indexes;  // by member of a join class; null while the ring is short
  StringMap<int64_t> not_before;                   // by keys: as KeyedGroup::not_before
  size_t kept_marks = 0;                           // of not_before, when it was last swept
  size_t bytes = 0;                                // as last counted
};

inline constexpr int64_t kNever = std::numeric_limits<int64_t>::min();

struct KeyedGroup {
  std::unique_ptr<char[]> key;
  std::unique_ptr<GroupExtra> extra;
  Ring first;                      // of its rule's first temporal variable
  std::unique_ptr<Ring[]> others;  // of the further ones
  int64_t newest = kNever;         // time of its newest row
  int64_t not_before = kNever;     // windows that start earlier overlap one that gave a detection
  int64_t due = 0;                 // when it is looked at again
  uint32_t correlation = kNone, key_size = 0;
  uint32_t tag = 0;  // of its key
  uint32_t newer = kNone, older = kNone;
  uint32_t generation = 0;  // of its deadline: earlier ones in the heap count no more
  uint32_t next_pivot = 0;  // rows of the pivot variable from this number on are still to be judged
  uint8_t phase = 0;        // of the deadline
  bool scheduled = false;   // there is a deadline
  bool judging = false;     // it judges a window; otherwise it only frees what is no longer needed
  std::string_view key_bytes() const { return {key.get(), key_size}; }
  Ring& ring(uint32_t i) { return i == 0 ? first : others[i - 1]; }
  const Ring& ring(uint32_t i) const { return i == 0 ? first : others[i - 1]; }
};

// Deadlines at one time: those before the events of that time, and those after.
enum Phase : uint8_t { kBefore = 0, kAfter = 1 };

struct Deadline {
  int64_t time = 0;
  Phase phase = kBefore;
  uint32_t group = 0;
  bool operator<=(const Deadline& o) const { return time != o.time ? time < o.time : phase <= o.phase; }
};

class GroupStore {
 public:
  explicit GroupStore(std::vector<uint32_t> rings) : rings_(std::move(rings)) {}

  uint32_t find_or_add(uint32_t correlation, std::string_view key);  // and counts as used now
  KeyedGroup& operator[](uint32_t id) { return chunks_[id / kChunk][id % kChunk]; }
  const KeyedGroup& operator[](uint32_t id) const { return chunks_[id / kChunk][id % kChunk]; }
  uint32_t rings_of(const KeyedGroup& group) const { return rings_[group.correlation]; }

  void push(KeyedGroup& group, uint32_t ring, RowEntry entry);
  void pop(KeyedGroup& group, uint32_t ring);
  GroupExtra& extra(KeyedGroup& group);
  void recount_extra(KeyedGroup& group);  // after counters or indexes changed
  void erase(uint32_t id);

  void schedule(uint32_t id, int64_t time, Phase phase, bool judging);  // in place of its former deadline
  std::optional<Deadline> next();                                       // the earliest
  void take();                                                          // that one is over: the group has none now

  uint32_t longest_unused() const { return oldest_; }
  uint32_t after(uint32_t id) const { return (*this)[id].newer; }  // the one used next
  size_t size() const { return count_; }
  size_t rows() const { return rows_count_; }
  size_t bytes() const;       // all that is held
  size_t live_bytes() const;  // by the groups there are: what goes when they go

 private:
  static constexpr uint32_t kChunk = 1024;
  struct Slot {
    uint32_t group = kNone, tag = 0;
  };
  struct Due {
    int64_t time;
    uint32_t group;
    uint32_t generation_phase;
    bool operator>(const Due& o) const {
      return time != o.time ? time > o.time : (generation_phase & 1) > (o.generation_phase & 1);
    }
  };
  size_t probe(uint32_t correlation, std::string_view key, uint32_t tag) const;
  void grow();
  void forget_slot(uint32_t id);
  void drop_deadline();
  size_t own_bytes(const KeyedGroup& group) const;
  void link(uint32_t id);
  void unlink(uint32_t id);
  bool stands(const Due& due) const;
  void sweep_heap();

  std::vector<uint32_t> rings_;  // by correlation
  std::vector<std::unique_ptr<KeyedGroup[]>> chunks_;
  std::vector<uint32_t> free_;
  std::vector<Slot> slots_;
  std::vector<Due> heap_;
  uint32_t newest_ = kNone, oldest_ = kNone;
  size_t count_ = 0, rows_count_ = 0;
  size_t held_ = 0;  // keys, rings, rows, extras
};

}  // namespace sekisho::engine
