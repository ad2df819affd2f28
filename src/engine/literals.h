// Many literals searched for in one pass (Aho-Corasick): linear in the text whatever it holds, and small: the busy
// states near the root have full rows, the others one edge and a failure link. ASCII letters are folded in both; other
// bytes compare exactly. Built once, then immutable and shared by threads.
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
    if (states_.size() <= 1) return;
    if (seen.stamp.size() != states_.size() || ++seen.serial == 0) {
      seen.stamp.assign(states_.size(), 0);
      seen.serial = 1;
    }
    uint32_t state = 0;
    for (const char c : text) {
      const uint8_t byte = fold_[static_cast<uint8_t>(c)];
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
  uint8_t fold_[256] = {}, class_[256] = {};
};

}  // namespace sekisho::engine
