// For tests and fuzzing: random rules over one and several events, and random events that make them fire now and then.
// Everything is drawn from Choices, so a case can come from a seed or from a fuzzer's bytes.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "engine/pair.h"

namespace sekisho::engine {

class Choices {
 public:
  explicit Choices(uint32_t seed) : random_(seed) {}
  explicit Choices(std::span<const uint8_t> bytes) : bytes_(bytes), from_bytes_(true) {}
  size_t below(size_t n) {
    if (!from_bytes_) return random_() % n;
    if (at_ >= bytes_.size()) return 0;
    return bytes_[at_++] % n;
  }
  bool chance(size_t percent) { return below(100) < percent; }
  template <class T, size_t N>
  const T& pick(const T (&items)[N]) {
    return items[below(N)];
  }

 private:
  std::mt19937 random_;
  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
  bool from_bytes_ = false;
};

// Rules that Engine::build accepts, with what they read; events in order of arrival, and mostly none of them
// late or without a time.
PairCase random_case(Choices& choices);

}  // namespace sekisho::engine
