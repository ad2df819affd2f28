// One Program on one event: columns are filled, pools scanned and nodes answered when they are first asked for, once.
// Inside engine/ only.
#pragma once

#include <bit>

#include "engine/arena.h"
#include "engine/json_paths.h"
#include "engine/known.h"
#include "engine/program.h"
#include "engine/routes.h"
#include "engine/stored.h"
#include "event/event.h"
#include "event/json_line.h"

namespace sekisho::engine {

class History;
struct Period;

// The elements of a dim in this event. Of messages, values and places only what fits the event and the dim is set.
struct DimRows {
  uint32_t count = 0;
  const uint32_t* parent = nullptr;                 // element of the parent dim
  const uint32_t* begin = nullptr;                  // by element of the parent, and one more: where its elements start
  const uint32_t* position = nullptr;               // in its own list; kNone for the zero element of an empty list
  const event::Message* const* messages = nullptr;  // repeated messages; nullptr for the zero element
  const event::Value* values = nullptr;             // repeated scalars
  const JsonPaths::Place* places = nullptr;         // of a JSON text; 0 for the zero element
  uint64_t* zeros = nullptr;                        // an empty bit set of count bits
};

// What outcomes and conditions read besides fields.
struct MatchValues {
  std::span<const Datum> aggregates, outcomes, placeholder_counts;
  // Of joined rows (correlation.h), by variable: event counts; the row, its columns and the time of its event in
  // nanoseconds. A null row reads as zero values.
  std::span<const int64_t> event_counts = {};
  std::span<const StoredRow* const> rows = {};
  std::span<const std::vector<StoredColumn>* const> columns = {};
  std::span<const int64_t> times = {};
};

class Evaluation {
 public:
  void begin(const Program& program, const event::Event& event);
  // A JSON text: UDM in proto3 JSON where the program has a root, else as its vendor wrote it.
  void begin(const Program& program, const event::JsonValue& event);
  // After begin(): the bytes that the event was read from. They must live as long as the evaluation of the event.
  void tell(std::string_view bytes) { calls_.event = bytes; }
  // Plans::joined, for at() only.
  void begin_joined(const Program& program, int64_t now_seconds);
  // What metric functions look up; null: nothing.
  void remember(const History* history) { history_ = history; }
  // null: rules that need a record always may match.
  void know(const KnownKeys* records) {
    if (known_ == records) return;
    known_ = records;
    routes_.clear();
    route_ = nullptr;
  }
  // The event's time; nothing if it has none that can be read.
  std::optional<Timestamp> event_time();
  // Rules that may match, ascending: their witness holds, and so does each of their conjuncts alone.
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
  const CallContext& calls();
  uint64_t* new_bits(uint32_t count, bool value);
  uint32_t up(DimId from, uint32_t element, DimId to);  // the element of `to` above an element of `from`
  std::vector<uint32_t>& env() { return env_; }
  size_t rules_woken = 0, patterns_run = 0, tests_run = 0;  // since begin()

 private:
  struct Entry {  // one value of a sparse column
    Datum value;
    uint32_t element;
    uint32_t next;
  };
  struct ColumnData {
    const Datum* dense = nullptr;
    uint32_t epoch = 0;
    uint32_t head = kNone, tail = kNone;  // of entries_, for grouped columns
  };
  struct NodeData {
    uint32_t epoch = 0;
    uint32_t touched = 0;  // epoch in which a pool found it
    union {
      const uint64_t* bits;
      const Datum* values;
    };
    uint64_t* hits = nullptr;  // elements that satisfy it; at least one, or null
  };
  struct LiteralData {
    uint32_t epoch = 0;            // in which an element had it
    uint64_t* elements = nullptr;  // that have it
  };

  void start(const Program& program);
  // columns.cc
  void fill_rows(DimId dim);
  template <class Empty>
  DimRows& make_rows(DimId dim, const uint32_t* begin, uint32_t parents, Empty empty);
  const event::Message* follow(const event::Message* from, std::span<const Step> steps) const;
  void fill_group(uint32_t group);
  void put_entry(uint32_t column, uint32_t element, const Datum& value);
  const Datum* fill_column(uint32_t column);
  bool find_key(const event::Message* from, std::span<const Step> steps, std::string_view key, Datum& out) const;
  Datum read(const Column& column, const DimRows& rows, uint32_t element) const;
  // columns_json.cc
  event::JsonValue noted(DimId dim, uint32_t element, uint32_t mark);
  event::JsonValue noted(const JsonPaths::Path& path, std::span<const Step> steps, DimId dim, uint32_t element);
  uint32_t collect_elements(DimId dim, uint32_t parent);
  void collect_leaves(uint32_t mark);
  void collect_leaves(const event::JsonValue& value, bool objects);
  void fill_group_json(uint32_t group);
  Datum read_json(uint32_t column, const DimRows& rows, uint32_t element);
  Datum json_datum(uint32_t column, const event::JsonValue& value);
  enum class Found : uint8_t { none, one, many };
  Found plain_value(const Node& value, Datum& out);
  template <class Visit>
  bool each_listed(const Node& value, Visit visit);
  bool lists_no_key(uint32_t pool);
  Datum read_raw(const Column& column, const DimRows& rows, uint32_t element, uint32_t mark);
  bool find_key_json(const event::JsonValue& value, std::span<const Step> steps, std::string_view key, Datum& out);
  Datum leaf_text(const event::JsonValue& leaf);
  // candidates.cc
  template <class Visit>
  void each_present(NodeId value, Visit visit);  // (element, Datum), zero values left out
  bool any_present(NodeId value);
  void look_at(const PoolRef& pool);
  void look_at(const Dispatch::Look& look);
  bool may_match(RuleId rule);
  bool holds_somewhere(NodeId id, const Node& n);
  template <class Visit>
  void each_look(Visit visit);
  bool meet_keys();
  void remember_route(uint64_t hash);
  enum class Truth : uint8_t { no, yes, unknown };
  Truth decided(NodeId id);
  uint32_t find_key(const KeyPool& pool, const Datum& value);
  bool goes_with_records(const RuleProgram& rule);
  void scan_keys(uint32_t pool);
  void put_keys();
  void scan_literals(uint32_t pool);
  bool may_have_literals(uint32_t pool);
  // One element of `count`.
  void match_keys(const KeyPool& pool, uint32_t element, uint32_t count, const Datum& value);
  void match_literals(uint32_t pool, uint32_t element, uint32_t count, std::string_view text);
  void hit(uint64_t*& bits, uint32_t element, uint32_t count);
  void wake(NodeId leaf);
  void wake(std::span<const RuleId> rules);
  bool surely_holds(NodeId leaf, const Node& n) const;
  NodeData& touch(NodeId leaf);
  bool is_untouched(NodeId leaf, const Node& n);
  bool is_idle(const Node& n) const {  // nothing was found for its pool
    if (n.pooled == Node::Pool::none) return false;
    const PoolData& pool = (n.pooled == Node::Pool::keys ? key_pools_ : literal_pools_)[n.pool];
    return pool.scanned == epoch_ && pool.found != epoch_;
  }
  const uint64_t* leaf_bits(NodeId id, const Node& n);
  bool root_holds(const Node& n);
  bool root_leaf(NodeId id, const Node& n);
  void combine(uint64_t* into, NodeId arg, DimId dim, bool conjunction);
  Datum stored(const Node& n, const MatchValues& match);
  Datum metric(const Node& n, uint32_t* env, const MatchValues& match);
  template <class Get>
  Datum compute(const Node& n, Get get);
  bool tested(const Node& leaf, const Datum& value) {
    ++tests_run;
    patterns_run += leaf.code == Code::match;
    return test(*program_, leaf, value);
  }

  const Program* program_ = nullptr;
  uint64_t serial_ = 0;
  uint32_t epoch_ = 0;
  // What is read: an Event, or a JSON text whose root this is, or (joined rows) neither.
  const event::Event* event_ = nullptr;
  event::JsonValue json_;
  JsonPaths::Notes notes_;
  std::vector<JsonPaths::Place*> dim_notes_;  // by dim: what is noted of each of its elements
  std::vector<JsonPaths::Place> places_;      // while elements are collected
  uint32_t now_epoch_ = 0;
  Arena arena_;
  CallContext calls_{};
  std::vector<DimRows> rows_;
  std::vector<uint32_t> rows_epoch_, notes_epoch_, group_epoch_, rule_epoch_;
  struct PoolData {
    uint32_t scanned = 0, found = 0;  // epochs: it was looked at; something was found
  };
  std::vector<PoolData> key_pools_, literal_pools_;
  std::vector<ColumnData> columns_;
  std::vector<NodeData> nodes_;
  std::vector<LiteralData> literals_;  // by number
  std::vector<LiteralData> folded_;    // by pool of literals: elements with U+017F or U+212A
  std::vector<Entry> entries_;
  std::vector<Literals::Seen> seen_, seen_in_bytes_;
  std::vector<RuleId> candidates_;
  std::vector<PoolRef> open_;  // pools to be looked at
  bool waking_ = false;
  Routes routes_;
  const Route* route_ = nullptr;             // of this event; null: none is known
  std::vector<uint64_t> keys_;               // Route::keys
  std::vector<uint32_t> considered_;         // by program: the epoch in which a route was worked out for it
  std::vector<std::vector<NodeId>> chains_;  // by program: RuleProgram::chain, in the order in which they are asked
  const History* history_ = nullptr;
  const Period* period_ = nullptr;  // that a filter is asked about
  const KnownKeys* known_ = nullptr;
  struct Held {  // hashes of a value's elements that some record has
    uint32_t epoch = 0, count = 0;
    const uint64_t* hashes = nullptr;
  };
  std::vector<Held> held_;  // by node
  std::vector<uint32_t> env_;
  const event::Field *label_key_ = nullptr, *label_value_ = nullptr;
};

// Saturates outside the years 1678 to 2262.
inline int64_t nanoseconds(Timestamp at) {
  int64_t out;
  if (__builtin_mul_overflow(at.seconds, int64_t{1'000'000'000}, &out) || __builtin_add_overflow(out, at.nanos, &out))
    return at.seconds < 0 ? INT64_MIN : INT64_MAX;
  return out;
}

inline bool bit(const uint64_t* bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
inline void set_bit(uint64_t* bits, uint32_t i) { bits[i / 64] |= uint64_t{1} << (i % 64); }
inline void clear_bit(uint64_t* bits, uint32_t i) { bits[i / 64] &= ~(uint64_t{1} << (i % 64)); }
inline uint32_t words(uint32_t count) { return (count + 63) / 64; }
bool none(const uint64_t* bits, uint32_t count);

}  // namespace sekisho::engine
