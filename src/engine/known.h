// Which values the records of a Correlator have (entities, rows of tables), as hashes, by what they are compared with.
// A rule that joins each event with a record need not look at an event that no record goes with, and most go with none.
// Immutable once shared. Inside engine/ only; others pass it on.
#pragma once

#include <cstdint>
#include <vector>

namespace sekisho::engine {

class KnownKeys {
 public:
  // rules: Plans::serial of the rules whose lookups these are.
  KnownKeys(uint64_t rules, size_t lookups) : rules_(rules), live_(lookups, false), cells_(16) {}
  uint64_t rules() const { return rules_; }

  // lookup: index into Plans::lookups. hash: join_hash() of a record's value.
  void add(uint32_t lookup, uint64_t hash) {
    live_[lookup] = true;
    insert(mixed(kAny, hash));
    insert(mixed(lookup, hash));
  }
  bool live(uint32_t lookup) const { return live_[lookup]; }                       // it has any record
  bool any(uint64_t hash) const { return cells_[place(mixed(kAny, hash))] != 0; }  // of any lookup
  bool has(uint32_t lookup, uint64_t hash) const { return cells_[place(mixed(lookup, hash))] != 0; }

 private:
  static constexpr uint32_t kAny = UINT32_MAX;
  static uint64_t mixed(uint32_t lookup, uint64_t hash) {
    const uint64_t h = (hash ^ lookup) * 0x9e3779b97f4a7c15u;
    return (h ^ h >> 32) | 1;  // 0 is an empty cell; hashes that meet only let an event through that joins nothing
  }
  size_t place(uint64_t key) const {
    size_t at = (key >> 1) & (cells_.size() - 1);
    while (cells_[at] != 0 && cells_[at] != key) at = (at + 1) & (cells_.size() - 1);
    return at;
  }
  void insert(uint64_t key) {
    if (uint64_t& cell = cells_[place(key)]; cell == 0) {
      cell = key;
      if (++count_ * 2 > cells_.size()) grow();
    }
  }
  void grow() {
    std::vector<uint64_t> old(cells_.size() * 2);
    old.swap(cells_);
    for (const uint64_t key : old)
      if (key != 0) cells_[place(key)] = key;
  }

  uint64_t rules_;
  std::vector<bool> live_;       // by lookup
  std::vector<uint64_t> cells_;  // open addressing
  size_t count_ = 0;
};

}  // namespace sekisho::engine
