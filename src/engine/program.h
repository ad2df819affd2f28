// What the engine runs: all rules merged. Dims (repeated fields that are expanded), columns (one a distinct field),
// nodes (hash-consed expressions), pools (tests on one value that are answered together) and what each rule needs.
// One Program for each kind of variable
// (UDM events, vendor events, entities, detections, table rows). Built by compile.cc and dispatch.cc, run by
// evaluate.cc and outcome.cc; immutable then. Inside engine/ only.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "engine/engine.h"
#include "engine/key_table.h"
#include "engine/literals.h"
#include "engine/node.h"
#include "engine/pattern.h"
#include "net/host.h"

namespace sekisho::engine {

// One repeated field below another (or below the root). A quantified dim holds the elements as they are; the others
// hold one zero element where a list is empty, because such an event still has one copy. A raw dim holds the elements
// of a vendor's field (Slot::raw): the values of its one column; its parent is the root.
struct Dim {
  DimId parent = kRoot;
  std::vector<Step> via;  // from an element of the parent to the message that has the field
  const event::Field* field = nullptr;
  bool quantified = false;
  bool raw = false;
  std::string path;  // of a raw dim: the dotted name, "" = every leaf
};

struct Column {
  DimId dim = kRoot;
  std::vector<Step> steps;  // from an element of dim; empty: the element itself. Map access: the last one is the map
  bool keyed = false;
  // Of a vendor's field: values: the elements, one each of its raw dim; first: the first element or "", of the root;
  // has_field, has_value: a boolean of the root.
  enum class Raw : uint8_t { no, values, first, has_field, has_value } raw = Raw::no;
  std::string key;  // of a map; of a vendor's field its dotted name
  Type type = Type::text;
  uint32_t group = kNone;  // keyed, and no repeated field between dim and the map: filled with its group
};

// All keys that rules read of one map per element of one dim: filled in one walk over what the event has.
struct Group {
  DimId dim = kRoot;
  std::vector<Step> steps;  // to the map or label list
  KeyTable keys;            // key → column
  std::vector<uint32_t> columns;
};

// Equality of one value with many constants: one probe an element.
struct KeyPool {
  NodeId value = 0;
  bool deciding = false;  // of a plain look (Dispatch)
  bool nocase = false;
  KeyTable texts;  // key → index into leaves
  std::unordered_map<int64_t, uint32_t> numbers;
  std::vector<std::vector<NodeId>> leaves;
};

// Substrings, prefixes, suffixes and regular expressions on one value: one scan an element.
struct LiteralPool {
  NodeId value = 0;
  Literals literals;
  uint32_t base = 0;                 // the number of its first literal among those of all pools
  bool folds = false;                // one of its leaves does
  std::vector<uint32_t> wakes;       // by literal, and one more: where in Dispatch::rules those begin that it wakes
  std::vector<RuleId> folded_wakes;  // rules that U+017F or U+212A wake
  // Of every value of a vendor's event: a piece of each literal that stands in the event's bytes, however it is written
  // there, where the literal stands in a value. Empty: there is none of some literal.
  std::optional<Literals> in_bytes;
};

// A pool, or a test that is in none.
struct PoolRef {
  Node::Pool kind = Node::Pool::none;
  uint32_t index = 0;  // key_pools, literal_pools; none: the test's node
  auto operator<=>(const PoolRef&) const = default;
};

// What is looked at in an event before any rule is: made by witness.cc.
struct Dispatch {
  // Pools over one value. Of a plain look [first, keys) are pools of keys: in JSON the value has at most one element
  // mostly, so that they decide predicates without asking for elements.
  struct Look {
    NodeId value = 0;
    uint32_t first = 0, keys = 0, end = 0;  // of look_pools
  };
  std::vector<Look> looks;
  std::vector<PoolRef> look_pools;
  // For JSON: looks that come only where it has a field, by mark of Program::paths (looks [at[mark], at[mark + 1]));
  // the others are from `anyway` on.
  std::vector<uint32_t> at;
  uint32_t anyway = 0;
  // What a leaf sets off where it holds, by node: rules are woken, further pools are looked at.
  struct Effect {
    uint32_t rules = 0, rules_end = 0, pools = 0, pools_end = 0;
    uint32_t opens = 0, opens_end = 0;  // the same pools, each with a rule that it is for
  };
  struct Opening {
    PoolRef pool;
    RuleId rule;
    bool open;  // else it is looked at in any case
  };
  std::vector<Effect> effects;
  std::vector<RuleId> rules;
  std::vector<PoolRef> pools;
  std::vector<Opening> openings;
  // Rules that keys of plain looks do not wake or open pools for: those of which such keys may decide something, and a
  // bit for each of the others.
  std::vector<RuleId> unguarded;
  std::vector<uint64_t> undecided;
};

struct Set {
  std::vector<std::string> items;  // as given; blocks for in_cidr
  KeyTable keys;                   // in_set
  net::CidrBlocks blocks;          // in_cidr
};

struct AggregateUse {
  Aggregate kind = Aggregate::count;
  NodeId arg = kNone;
  std::vector<DimId> extra;  // dims that only the argument expands, parents first
  double percentage = 0;
  NodeId text = kNone;      // first, last: what is kept with the number
  bool skip_zeros = false;  // avg, min, max, median
};

// A column of the rows that a rule over several events keeps (correlation.h).
struct StoredValue {
  NodeId node = kNone;
  std::vector<DimId> extra;  // many: dims that only this value expands
  bool many = false;
};

// A value of which some record must have an equal one, or no row of the rule's joins anything (known.h).
struct RecordLookup {
  NodeId value = kNone;
  uint32_t lookup = 0;  // Plans::lookups
};

// What one rule asks of one event: of a rule over one event everything; of another, what one of its variables selects,
// and the values to keep.
struct RuleProgram {
  RuleId rule = 0;  // Plans::rules
  uint32_t variable = 0;
  uint32_t correlation = kNone;  // Plans::correlations; kNone: a rule over one event
  std::vector<StoredValue> stored;
  std::vector<RecordLookup> lookups;
  std::vector<NodeId> chain;         // conjuncts of where on one chain of dims, cheapest first
  std::vector<NodeId> rest;          // the others: tested row by row
  std::vector<DimId> dims;           // expanded, parents first
  std::vector<DimId> loose;          // read by outcomes without being expanded: first element
  std::vector<NodeId> placeholders;  // values
  std::vector<AggregateUse> aggregates;
  std::vector<NodeId> outcomes;
  std::vector<uint32_t> aggregates_before;  // by outcome: aggregates to be known first
  NodeId condition = kNone;
  bool counts_placeholders = false;
  bool always = false;  // has no witness
};

struct Program {
  const std::vector<Rule>* rules = nullptr;  // Plans::rules
  const event::MessageType* root = nullptr;  // of its events; null: raw ones
  std::vector<RuleProgram> programs;
  std::vector<Dim> dims;
  std::vector<Column> columns;
  std::vector<Group> groups;
  std::vector<Node> nodes;
  std::vector<NodeId> args;
  std::vector<Pattern> patterns;
  std::vector<Set> sets;
  std::vector<KeyPool> key_pools;
  std::vector<LiteralPool> literal_pools;
  std::vector<uint32_t> literals;          // what leaves refer to: numbers of literals
  uint32_t literal_count = 0;              // of all pools
  std::deque<std::string> texts;           // what Datums of nodes view
  std::vector<std::vector<RuleId>> woken;  // by node: rules whose witness it is
  Dispatch dispatch;
  std::vector<RuleId> always;
  std::shared_ptr<const class JsonPaths> paths;  // where JSON has the fields; json_paths.h
  Limits limits;
  const Clock* clock = nullptr;
  std::vector<std::string> time_fields;  // of raw events
  uint64_t serial = 0;                   // tells one Program from another that lives at the same address

  std::span<const NodeId> operands(const Node& node) const { return {args.data() + node.first, node.count}; }
  bool within(DimId dim, DimId ancestor) const {  // ancestor is dim or above it
    while (dim != ancestor && dim != kRoot) dim = dims[dim].parent;
    return dim == ancestor;
  }
};

// compile.cc
Result<std::unique_ptr<struct Plans>> compile(std::vector<Rule> rules, const ReferenceLists& lists,
                                              const EngineOptions& options);
// dispatch.cc, witness.cc: pools and witnesses, after all rules are compiled
void build_pools(Program& program);
void choose_witnesses(Program& program);
bool test(const Program& program, const Node& leaf, const Datum& value);  // a leaf's own

}  // namespace sekisho::engine
