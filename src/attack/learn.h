// Learning the table from labelled sentences: centroids of rare-word weighted features to begin with, then softmax
// regression over all techniques, where a feature has weights for those techniques only in whose sentences it stood.
// Deterministic, one thread; sentences of one technique count together by the square root of how many they are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attack/table.h"

namespace sekisho::attack {

struct Example {
  std::vector<Features::Place> places;
  uint32_t technique = 0;
  float weight = 1;
  bool japanese = false;
};

struct Learning {
  float common = 0.1f;  // features in more than this share of the sentences are left out
  float centroid = 6;   // how much the centroids are worth at the start
  float rate = 0.8f;
  float balance = 0.5f;  // 1: all techniques are worth the same, 0: all sentences
  unsigned rounds = 15;
};

Table learn(std::span<const Example* const> examples, size_t techniques, const Learning& how = {});

}  // namespace sekisho::attack
