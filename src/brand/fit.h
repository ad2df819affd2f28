// Logistic regression over the features of hosts: how the weights of the judge are found. Deterministic.
#pragma once

#include <cstdint>
#include <vector>

#include "brand/features.h"

namespace sekisho::brand {

struct FitRow {
  std::vector<Feature> features;
  bool reported = false;
  float weight = 1;
};

struct Fitted {
  std::vector<double> of;  // by feature
  double start = 0;
  double loss = 0;  // mean, natural
};

// Newton's method with an L2 penalty on all but the start (the same for each feature). features: how many there are.
Fitted fit(const std::vector<FitRow>& rows, size_t features, double penalty);

}  // namespace sekisho::brand
