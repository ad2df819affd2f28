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
  template <class Word>
  static uint64_t load(const char* at) {
    Word w;
    std::memcpy(&w, at, sizeof w);
    return w;
  }
  // The last n < 8 bytes as one number; those of equal texts are equal.
  static uint64_t rest(const char* at, size_t n) {
    if (n >= 4) return load<uint32_t>(at) | load<uint32_t>(at + n - 4) << 32;
    if (n == 0) return 0;
    return load<uint8_t>(at) | load<uint8_t>(at + n / 2) << 8 | load<uint8_t>(at + n - 1) << 16;
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
    for (; n > 8; at += 8, n -= 8) h = mix(h ^ load<uint64_t>(at), 0xbf58476d1ce4e5b9u);
    return mix(h ^ (n == 8 ? load<uint64_t>(at) : rest(at, n)), 0x94d049bb133111ebu);
  }
  static bool same(const char* a, const char* b, size_t n) {
    if (n < 8) return rest(a, n) == rest(b, n);
    for (size_t i = 0; i + 8 <= n; i += 8)
      if (load<uint64_t>(a + i) != load<uint64_t>(b + i)) return false;
    return load<uint64_t>(a + n - 8) == load<uint64_t>(b + n - 8);
  }
  Cell& probe(std::string_view key, uint64_t h) {
    const auto tag = static_cast<uint32_t>(h >> 32);
    for (size_t i = h & (cells_.size() - 1);; i = (i + 1) & (cells_.size() - 1)) {
      Cell& cell = cells_[i];
      if (cell.value == kAbsent) return cell;
      if (cell.tag == tag && cell.key.size() == key.size() && same(cell.key.data(), key.data(), key.size()))
        return cell;
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

// Texts folded as engine::fold does, where it can be done without memory: ASCII of up to kMost bytes.
class FoldedKey {
 public:
  static constexpr size_t kMost = 128;

  // false: it cannot.
  bool set(std::string_view text) {
    if (text.size() > kMost) return false;
    size_ = text.size();
    if (size_ < 8) {
      for (size_t i = 0; i < size_; ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) return false;
        bytes_[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      return true;
    }
    for (size_t i = 0; i + 8 <= size_; i += 8)
      if (!fold_word(text.data() + i, bytes_ + i)) return false;
    return fold_word(text.data() + size_ - 8, bytes_ + size_ - 8);
  }
  std::string_view text() const { return {bytes_, size_}; }

 private:
  static bool fold_word(const char* from, char* to) {
    uint64_t w;
    std::memcpy(&w, from, 8);
    constexpr uint64_t kOnes = 0x0101'0101'0101'0101u;
    if ((w & kOnes * 0x80) != 0) return false;
    const uint64_t upper = ((w + kOnes * (0x80 - 'A')) ^ (w + kOnes * (0x7f - 'Z'))) & kOnes * 0x80;
    w |= upper >> 2;
    std::memcpy(to, &w, 8);
    return true;
  }

  char bytes_[kMost];
  size_t size_ = 0;
};

}  // namespace sekisho::engine
