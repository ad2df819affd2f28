// A small open-addressing table from text to a number, for keys that are known before the events come: quicker than
// std::unordered_map on short keys because a miss costs one multiplication and one probe. Owns its keys.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::engine {

class KeyTable {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  KeyTable() = default;
  KeyTable(KeyTable&&) = default;  // keys stay where they are; a copy's views would point into the original
  KeyTable& operator=(KeyTable&&) = default;

  // The value stored under the key: `value`, or what was there before.
  uint32_t insert(std::string_view key, uint32_t value) {
    if ((count_ + 1) * 2 > cells_.size()) grow();
    Cell& cell = probe(key, hash(key));
    if (cell.value == kAbsent) {
      texts_.emplace_back(key);
      cell = {texts_.back(), static_cast<uint32_t>(hash(key) >> 32), value};
      ++count_;
      if (key.size() > longest_) longest_ = key.size();
    }
    return cell.value;
  }
  uint32_t find(std::string_view key) const {
    if (key.size() > longest_ || count_ == 0) return kAbsent;
    return const_cast<KeyTable*>(this)->probe(key, hash(key)).value;
  }
  size_t size() const { return count_; }
  size_t longest() const { return longest_; }

 private:
  struct Cell {
    std::string_view key;
    uint32_t tag = 0;
    uint32_t value = kAbsent;
  };
  static uint64_t word(const char* at, size_t n) {
    uint64_t w = 0;
    std::memcpy(&w, at, n);
    return w;
  }
  static uint64_t mix(uint64_t a, uint64_t b) {
    a *= b;
    return a ^ a >> 32;
  }
  // Keys are ours, so the hash need not stand up to an attacker: a crafted text can only miss.
  static uint64_t hash(std::string_view key) {
    uint64_t h = key.size() * 0x9e3779b97f4a7c15u;
    const char* at = key.data();
    size_t n = key.size();
    while (n > 8) {
      h = mix(h ^ word(at, 8), 0xbf58476d1ce4e5b9u);
      at += 8;
      n -= 8;
    }
    return mix(h ^ (n > 0 ? word(at, n) : 0), 0x94d049bb133111ebu);
  }
  Cell& probe(std::string_view key, uint64_t h) {
    const auto tag = static_cast<uint32_t>(h >> 32);
    for (size_t i = h & (cells_.size() - 1);; i = (i + 1) & (cells_.size() - 1)) {
      Cell& cell = cells_[i];
      if (cell.value == kAbsent || (cell.tag == tag && cell.key == key)) return cell;
    }
  }
  void grow() {
    std::vector<Cell> old(cells_.empty() ? 8 : cells_.size() * 2);
    old.swap(cells_);
    for (const Cell& cell : old)
      if (cell.value != kAbsent) probe(cell.key, hash(cell.key)) = cell;
  }

  std::vector<Cell> cells_;
  std::deque<std::string> texts_;
  size_t count_ = 0, longest_ = 0;
};

}  // namespace sekisho::engine
