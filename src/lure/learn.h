// How the model's weights are found: logistic regression by AdaGrad with an L2 penalty towards an earlier model (or
// nothing). Deterministic: the same examples in the same order give the same weights.
#pragma once

#include <cstdint>
#include <vector>

#include "lure/model.h"

namespace sekisho::lure {

struct Example {
  Features features;
  bool phish = false;
  float weight = 1;
  uint32_t fold = 0;
};

struct Learning {
  unsigned epochs = 12;
  double rate = 0.5, penalty = 2e-5;
  const Model* from = nullptr;  // learning goes on from here
};

// Uses the examples whose fold is none of `without`. The result is not calibrated.
Model learn(const std::vector<Example>& examples, const Learning& how, const std::vector<uint32_t>& without = {});

// Platt's two numbers: odds = slope * raw + shift, over raw sums of mails that the model had not seen; over scores of
// whole verdicts it is their curve (scan/fit.h).
struct Calibration {
  double slope = 1, shift = 0;  // slope: at least 0.01
};
struct Scored {
  double raw;
  bool phish;
  double weight;
};
Calibration calibrate(const std::vector<Scored>& scored);

}  // namespace sekisho::lure
