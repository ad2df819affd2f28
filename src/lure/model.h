// The learned part of the lure facts: a linear model over hashed features, logistic, with its calibration. A file of a
// text header and packed weights (docs/model.md), written by `sekisho train`; without one everything else works the
// same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lure/features.h"

namespace sekisho::lure {

class Model {
 public:
  Model() = default;
  // Errors: "model.format", "model.version", "model.truncated".
  static Result<Model> read(std::string_view bytes);
  static Model make(std::vector<float> weights, float bias, float slope, float shift);
  // Keeps the `most` weights that are farthest from 0. The same model gives the same bytes.
  std::string write(size_t most) const;

  // Log-odds that such a text is phish, where both kinds are equally frequent: calibrated on mail that it had not seen.
  struct Says {
    float odds = 0;
    struct Phrase {
      bool subject;
      uint32_t offset, length;  // bytes of the comparable form
      float weight;             // its share of the odds
    };
    std::vector<Phrase> phrases;  // those that speak most for phish, at most three
  };
  float odds(const Features& features) const;
  Says explain(const Features& features) const;  // the odds, and what gave them

  struct Weighed {
    float raw = 0;                            // before calibration
    size_t from = 0, to = std::string::npos;  // the bytes of the text that gave it
  };
  Weighed weigh(const Features& features) const;
  bool empty() const { return weights_.empty(); }
  const std::vector<float>& weights() const { return weights_; }
  float bias() const { return bias_; }
  Model calibrated_as(const Model& other) const { return make(weights_, bias_, other.slope_, other.shift_); }

 private:
  std::vector<float> weights_;  // by bucket
  float bias_ = 0, slope_ = 1, shift_ = 0;
};

}  // namespace sekisho::lure
