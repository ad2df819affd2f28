// Many literals searched for in one pass (Aho-Corasick): linear in the text whatever it holds, and small: the busy
// states near the root have full rows, the others one edge and a failure link. Where no literal is short, the automaton
// only runs from places that the last two bytes of a literal's beginning allow (Wu and Manber's shifts); a text shorter
// than every literal is not looked at. ASCII letters are folded in both; other bytes compare exactly. Built once, then
// immutable and shared by threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"

namespace sekisho::engine {

class Literals {
 public:
  // Which states already reported during this text. One per thread.
  struct Seen {
    std::vector<uint32_t> stamp;
    uint32_t serial = 0;
  };

  uint32_t add(std::string_view literal);  // not empty; the number of an equal one if there is one already
  void build();                            // after the last add()
  size_t size() const { return count_; }
  size_t states() const { return states_.size(); }

  // Calls found(number) once for each literal that occurs in the text.
  template <class Found>
  void scan(std::string_view text, Seen& seen, Found found) const {
    if (states_.size() <= 1 || text.size() < shortest_) return;
    if (seen.stamp.size() != states_.size() || ++seen.serial == 0) {
      seen.stamp.assign(states_.size(), 0);
      seen.serial = 1;
    }
    const bool skips = !shifts_.empty();
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
  static constexpr size_t kShifts = 4096;
  static size_t block(uint8_t a, uint8_t b) { return (a * size_t{37} + b * size_t{131}) % kShifts; }
  // The first place from `i` on where a literal may begin; the text's end if there is none. No literal is open at i.
  size_t next_start(std::string_view text, size_t i) const {
    for (size_t last = i + shortest_ - 1; last < text.size();) {
      const uint8_t shift =
          shifts_[block(fold_[static_cast<uint8_t>(text[last - 1])], fold_[static_cast<uint8_t>(text[last])])];
      if (shift == 0) return last + 1 - shortest_;
      last += shift;
    }
    return text.size();
  }
  uint32_t other_edge(const State& state, uint8_t byte) const {
    for (const Edge* e = &edges_[state.more - 1]; e->to != 0; ++e)
      if (e->byte == byte) return e->to;
    return 0;
  }

  StringMap<uint32_t> added_;
  uint32_t count_ = 0;
  std::vector<State> states_;
  std::vector<Edge> edges_;
  std::vector<uint32_t> rows_;  // full rows of the first dense_ states
  uint32_t dense_ = 1, classes_ = 1;
  size_t shortest_ = 0;
  std::vector<uint8_t> shifts_;  // by block: how far the end of a literal's beginning is away at least
  uint8_t fold_[256] = {}, class_[256] = {};
};

}  // namespace sekisho::engine
