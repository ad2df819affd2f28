// Many literals searched for at once (Aho-Corasick): linear in the text whatever it holds, and small: the busy states
// near the root have full rows, the others one edge and a failure link. Unless a literal is one byte long, an automaton
// only runs from places where the first bytes of one may stand. Such places are found sixteen at a time or, where all
// literals are long, by looking at four bytes here and there, so far apart that each literal covers one of those.
// Short, middling and long literals have an automaton each; a text shorter than every literal is not looked at. ASCII
// letters are folded in both; other bytes compare exactly. Built once, then immutable and shared by threads.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"

namespace sekisho::engine {

class LiteralAutomaton {
 public:
  // Which states already reported during this text. One per thread.
  struct Seen {
    std::vector<uint32_t> stamp;
    uint32_t serial = 0;
  };

  explicit LiteralAutomaton(const StringMap<uint32_t>& literals);  // folded; with their numbers
  size_t states() const { return states_.size(); }

  // Calls found(number) once for each literal that occurs in the text.
  template <class Found>
  void scan(std::string_view text, Seen& seen, Found found) const {
    if (states_.size() <= 1 || text.size() < shortest_) return;
    if (seen.stamp.size() != states_.size() || ++seen.serial == 0) {
      seen.stamp.assign(states_.size(), 0);
      seen.serial = 1;
    }
    const bool skips = !starts_.empty();
    uint32_t state = 0;
    for (size_t i = 0; i < text.size(); ++i) {
      if (state == 0 && skips) {
        i = next_start(text, i);
        if (i == text.size()) return;
      }
      const uint8_t byte = fold_[static_cast<uint8_t>(text[i])];
      while (state >= dense_) {
        const State& s = states_[state];
        if (s.byte == byte && s.next != 0) {
          state = s.next;
          goto moved;
        }
        if (s.more != 0) {
          if (const uint32_t to = other_edge(s, byte); to != 0) {
            state = to;
            goto moved;
          }
        }
        state = s.fail;
      }
      state = rows_[state * classes_ + class_[byte]];
    moved:
      // A state that has reported has reported all that hang on it.
      for (uint32_t at = states_[state].report; at != 0 && seen.stamp[at] != seen.serial;
           at = states_[states_[at].fail].report) {
        seen.stamp[at] = seen.serial;
        found(states_[at].literal);
      }
    }
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct State {
    uint32_t next = 0;  // the first edge
    uint32_t more = 0;  // 1 + index into edges_ of the others, which end with byte 0 to state 0
    uint32_t fail = 0;
    uint32_t report = 0;  // this state or the nearest one on the failure path that ends a literal; 0 = none
    uint32_t literal = kNone;
    uint8_t byte = 0;
  };
  struct Edge {
    uint32_t to;
    uint8_t byte;
  };
  // The bit of the first bytes of a literal. Folding a byte this way also takes together some that are different.
  uint32_t start_of(uint32_t bytes) const {
    return ((bytes | 0x2020'2020u) & start_mask_) * 0x9e37'79b1u >> start_shift_;
  }
  // The first place from `i` on where a literal may begin; the text's end if there is none. No literal is open at i.
  size_t next_start(std::string_view text, size_t i) const;
  size_t next_start_by_16(std::string_view text, size_t i) const;
  size_t next_start_by_samples(std::string_view text, size_t i) const;
  void find_samples(const StringMap<uint32_t>& literals);
  static uint32_t sample_at(const char* at) {
    uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return (bytes | 0x2020'2020u) * 0x85eb'ca6bu >> kSampleShift;
  }
  bool may_begin(std::string_view text, size_t i) const {
    uint32_t bytes = 0;
    if (i + sizeof bytes <= text.size()) std::memcpy(&bytes, text.data() + i, sizeof bytes);
    else std::memcpy(&bytes, text.data() + i, text.size() - i);
    const uint32_t bit = start_of(bytes);
    return (starts_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  void find_starts(const StringMap<uint32_t>& literals);
  uint32_t other_edge(const State& state, uint8_t byte) const {
    for (const Edge* e = &edges_[state.more - 1]; e->to != 0; ++e)
      if (e->byte == byte) return e->to;
    return 0;
  }

  std::vector<State> states_;
  std::vector<Edge> edges_;
  std::vector<uint32_t> rows_;  // full rows of the first dense_ states
  uint32_t dense_ = 1, classes_ = 1;
  size_t shortest_ = 0;
  std::vector<uint64_t> starts_;  // bits
  uint32_t start_mask_ = 0, start_shift_ = 0;
  static constexpr uint32_t kSampleShift = 16;
  std::vector<uint64_t> samples_;  // bits: the four bytes stand in some literal's first shortest_ bytes
  // By place in a literal's beginning and by the halves of the byte there: which of eight groups of literals have it.
  static constexpr size_t kPlaces = 4;
  uint8_t low_[kPlaces][16] = {}, high_[kPlaces][16] = {};
  uint8_t fold_[256] = {}, class_[256] = {};
};

class Literals {
 public:
  using Seen = std::vector<LiteralAutomaton::Seen>;  // one per thread

  uint32_t add(std::string_view literal);  // not empty; the number of an equal one if there is one already
  void build();                            // after the last add()
  size_t size() const { return count_; }
  size_t states() const;

  // Calls found(number) once for each literal that occurs in the text.
  template <class Found>
  void scan(std::string_view text, Seen& seen, Found found) const {
    if (seen.size() != automata_.size()) seen.resize(automata_.size());
    for (size_t i = 0; i < automata_.size(); ++i) automata_[i].scan(text, seen[i], found);
  }

 private:
  StringMap<uint32_t> added_;
  uint32_t count_ = 0;
  std::vector<LiteralAutomaton> automata_;
};

}  // namespace sekisho::engine
