// One Program on one event: columns are filled, pools scanned and nodes answered when they are first asked for, once.
// Inside engine/ only.
#pragma once

#include <bit>
#include <memory_resource>

#include "engine/program.h"
#include "event/event.h"

namespace sekisho::engine {

// Memory of one event, handed out in order and taken back all at once; blocks are kept for the next event (up to 4 MB).
class Arena final : public std::pmr::memory_resource {
 public:
  template <class T>
  T* make(size_t n) {
    return static_cast<T*>(allocate(n * sizeof(T) + 1, alignof(T)));
  }
  void reset();

 private:
  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void*, size_t, size_t) override {}
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t block_ = 0, used_ = 0;
};

// The elements of a dim in this event.
struct DimRows {
  uint32_t count = 0;
  const uint32_t* parent = nullptr;                 // element of the parent dim
  const uint32_t* begin = nullptr;                  // by element of the parent, and one more: where its elements start
  const uint32_t* position = nullptr;               // in its own list; kNone for the zero element of an empty list
  const event::Message* const* messages = nullptr;  // repeated messages; nullptr for the zero element
  const event::Value* values = nullptr;             // repeated scalars
  uint64_t* zeros = nullptr;                        // an empty bit set of count bits
};

// What outcomes and conditions read besides fields.
struct MatchValues {
  std::span<const Datum> aggregates, outcomes, placeholder_counts;
};

class Evaluation {
 public:
  void begin(const Program& program, const event::Event& event);
  // Rules that may match, ascending: witnesses looked at, pools scanned.
  std::span<const RuleId> candidates();

  const DimRows& rows(DimId dim);
  // Predicates and values on a chain of dims: one bit or Datum for each element of node.dim.
  const uint64_t* bits(NodeId id);
  const Datum* values(NodeId id);
  // Any node, where env holds the element of each dim that it reads.
  Datum at(NodeId id, uint32_t* env, const MatchValues* match = nullptr);
  bool holds(NodeId id, uint32_t* env, const MatchValues* match = nullptr) { return at(id, env, match).as_bool(); }

  const Program& program() const { return *program_; }
  Arena& arena() { return arena_; }
  const CallContext& calls() const { return calls_; }
  uint64_t* new_bits(uint32_t count, bool value);
  uint32_t up(DimId from, uint32_t element, DimId to);  // the element of `to` above an element of `from`
  std::vector<uint32_t>& env() { return env_; }
  size_t patterns_run = 0;

 private:
  struct Entry {  // one value of a sparse column
    Datum value;
    uint32_t element;
    uint32_t next;
  };
  struct ColumnData {
    uint64_t epoch = 0;
    const Datum* dense = nullptr;
    uint32_t head = kNone, tail = kNone;  // of entries_, for grouped columns
  };
  struct NodeData {
    uint64_t epoch = 0;
    union {
      const uint64_t* bits;
      const Datum* values;
    };
    uint64_t touched = 0;       // epoch in which a pool wrote bits or candidates
    uint64_t* hits = nullptr;   // elements that satisfy it
    uint64_t* maybe = nullptr;  // elements that have its literals
  };

  void fill_rows(DimId dim);
  const event::Message* follow(const event::Message* from, std::span<const Step> steps) const;
  void fill_group(uint32_t group);
  const Datum* fill_column(uint32_t column);
  bool find_key(const event::Message* from, std::span<const Step> steps, std::string_view key, Datum& out) const;
  Datum read(const Column& column, const DimRows& rows, uint32_t element) const;
  template <class Visit>
  void each_present(NodeId value, Visit visit);  // (element, Datum), zero values left out
  bool any_present(NodeId value);
  void scan_keys(uint32_t pool);
  void scan_literals(uint32_t pool);
  void wake(NodeId leaf);
  NodeData& touch(NodeId leaf);
  const uint64_t* leaf_bits(NodeId id, const Node& n);
  void combine(uint64_t* into, NodeId arg, DimId dim, bool conjunction);
  template <class Get>
  Datum compute(const Node& n, Get get);
  bool tested(const Node& leaf, const Datum& value) {
    patterns_run += leaf.code == Code::match;
    return test(*program_, leaf, value);
  }

  const Program* program_ = nullptr;
  uint64_t serial_ = 0, epoch_ = 0;
  const event::Event* event_ = nullptr;
  Arena arena_;
  CallContext calls_{};
  std::vector<DimRows> rows_;
  std::vector<uint64_t> rows_epoch_, group_epoch_, key_epoch_, literal_epoch_, rule_epoch_;
  std::vector<ColumnData> columns_;
  std::vector<NodeData> nodes_;
  std::vector<Entry> entries_;
  std::vector<Literals::Seen> seen_;
  std::vector<RuleId> candidates_;
  std::vector<uint32_t> env_;
  const event::Field *label_key_ = nullptr, *label_value_ = nullptr;
};

inline bool bit(const uint64_t* bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
inline void set_bit(uint64_t* bits, uint32_t i) { bits[i / 64] |= uint64_t{1} << (i % 64); }
inline void clear_bit(uint64_t* bits, uint32_t i) { bits[i / 64] &= ~(uint64_t{1} << (i % 64)); }
inline uint32_t words(uint32_t count) { return (count + 63) / 64; }
bool none(const uint64_t* bits, uint32_t count);

}  // namespace sekisho::engine
