// The tokens of all brands and the words of the packs as tables that a host's text is looked up in: one probe for each
// piece, each letter left out, each four letters. Built once, then only asked. Inside brand/ only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "brand/brand.h"
#include "brand/host_text.h"
#include "brand/judge.h"

namespace sekisho::brand {

enum WordKind : uint8_t { kLure = 1, kCommon = 2, kRegistry = 4, kOfWords = 8 };  // the last: made of several

// A multimap from hashes to small numbers, with a filter in front that says no to nearly all that is not there.
class HashTable {
 public:
  void add(uint64_t hash, uint32_t value) { pairs_.emplace_back(spread(hash), value); }
  void build();
  struct Filter {  // by value: a loop keeps it in registers
    const uint64_t* bits;
    unsigned shift;
    bool maybe(uint64_t spread_hash) const {
      const uint64_t at = spread_hash >> shift;
      return (bits[at >> 6] >> (at & 63) & 1) != 0;
    }
  };
  Filter filter() const { return {filter_.data(), shift_}; }
  bool maybe(uint64_t spread_hash) const { return filter().maybe(spread_hash); }
  // Calls f on each value under the hash (and, once in four thousand million, on one of another).
  template <class F>
  void each(uint64_t spread_hash, F f) const {
    for (size_t i = spread_hash >> slot_shift_;; i = (i + 1) & mask_) {
      const Slot& s = slots_[i];
      if (s.value == kEmpty) return;
      if (s.print == static_cast<uint32_t>(spread_hash)) f(s.value);
    }
  }

 private:
  static constexpr uint32_t kEmpty = ~0U;
  struct Slot {
    uint32_t print = 0, value = kEmpty;
  };
  std::vector<std::pair<uint64_t, uint32_t>> pairs_;
  std::vector<uint64_t> filter_{0};
  std::vector<Slot> slots_{Slot{}};
  unsigned shift_ = 63, slot_shift_ = 63;
  size_t mask_ = 0;
};

struct TokenEntry {
  std::string text;  // folded
  std::string raw;   // as in the pack, separators left out
  Index brand = 0;
  Danger danger = Danger::high;
  bool owned_label = false;  // a domain of the brand is this token and a suffix
};

class TokenIndex {
 public:
  static TokenIndex make(std::span<const Brand> brands, const Words& words, const net::PublicSuffixes& suffixes);

  const TokenEntry& operator[](uint32_t token) const { return tokens_[token]; }
  size_t size() const { return tokens_.size(); }
  uint8_t word(const HostText& host, size_t begin, size_t end) const {  // kinds; 0: none
    return word(spread(host.hash(begin, end)), host.view().substr(begin, end - begin));
  }
  uint8_t word(uint64_t spread_hash, std::string_view text) const {
    return words.maybe(spread_hash) ? known_word(spread_hash, text) : uint8_t{0};
  }

  // Tokens equal to a text, or one edit from it.
  HashTable near;
  HashTable words;
  // Tokens by their first four letters, where they may stand within something longer.
  HashTable grams;
  static uint64_t gram(const char* four) {
    uint32_t v;
    __builtin_memcpy(&v, four, 4);
    return v;
  }
  // Tokens by first letter, for what is farther than one edit: their sets of letters, ascending by length.
  struct Family {
    std::vector<uint32_t> letters;
    std::vector<uint32_t> tokens;
    std::array<uint16_t, 56> from{};  // of length n and more
  };
  std::array<Family, 256> families;
  // How unlikely letters follow each other so in a word: bits a letter, by the pairs of all words of the packs.
  double surprise(std::string_view letters) const;
  static uint32_t letter_set(std::string_view text);
  static constexpr size_t kShortestNear = 5, kShortestWithin = 4, kShortestFar = 6, kLongestFar = 38;
  static constexpr size_t kShortestFarAlone = 9;  // where nothing but the registrable label could speak for it

 private:
  uint8_t known_word(uint64_t hash, std::string_view text) const;
  std::vector<TokenEntry> tokens_;
  struct Word {
    std::string text;
    uint8_t kinds;
  };
  std::vector<Word> words_;
  std::array<std::array<float, 28>, 28> pairs_{};  // 0: a border, 27: a digit
};

}  // namespace sekisho::brand
