// Takes examples, gives a model. Entries: learn, calibrate. Refuses nothing: without examples all weights are those of
// the model it began from.
#include "lure/learn.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace sekisho::lure {

Model learn(const std::vector<Example>& examples, const Learning& how, const std::vector<uint32_t>& without) {
  std::vector<const Example*> used;
  for (const Example& e : examples)
    if (std::ranges::find(without, e.fold) == without.end() && !e.features.features.empty()) used.push_back(&e);
  const bool goes_on = how.from && !how.from->empty();
  const std::vector<float> start = goes_on ? how.from->weights() : std::vector<float>(kBuckets);
  std::vector<float> w = start, squares(kBuckets, 1e-6f);
  double bias = goes_on ? how.from->bias() : 0, bias_square = 1e-6;
  std::mt19937 random(1);
  for (unsigned epoch = 0; epoch < how.epochs; ++epoch) {
    // Fisher and Yates by hand: std::shuffle differs between libraries.
    for (size_t i = used.size(); i > 1; --i) std::swap(used[i - 1], used[random() % i]);
    for (const Example* e : used) {
      const auto scale = static_cast<float>(1 / std::sqrt(static_cast<double>(e->features.features.size())));
      float sum = 0;
      for (const Features::Feature& f : e->features.features) sum += w[f.bucket];
      const double p = 1 / (1 + std::exp(-(sum * scale + bias)));
      const double slope = (p - (e->phish ? 1 : 0)) * e->weight;
      if (std::abs(slope) < 1e-5) continue;
      for (const Features::Feature& f : e->features.features) {
        const uint32_t b = f.bucket;
        const auto g = static_cast<float>(slope * scale + how.penalty * (w[b] - start[b]));
        squares[b] += g * g;
        w[b] -= static_cast<float>(how.rate) * g / std::sqrt(squares[b]);
      }
      bias_square += slope * slope;
      bias -= how.rate * 0.2 * slope / std::sqrt(bias_square);
    }
  }
  return Model::make(std::move(w), static_cast<float>(bias), 1, 0);
}

Calibration calibrate(const std::vector<Scored>& scored) {
  // Newton's method on two numbers; a small penalty keeps the slope finite where the classes do not overlap.
  double a = 1, b = 0;
  for (int round = 0; round < 50; ++round) {
    double ga = 1e-3 * (a - 1), gb = 1e-3 * b, haa = 1e-3, hab = 0, hbb = 1e-3;
    for (const Scored& s : scored) {
      const double p = 1 / (1 + std::exp(-(a * s.raw + b)));
      const double slope = (p - (s.phish ? 1 : 0)) * s.weight, bend = std::max(p * (1 - p), 1e-9) * s.weight;
      ga += slope * s.raw, gb += slope;
      haa += bend * s.raw * s.raw, hab += bend * s.raw, hbb += bend;
    }
    const double determinant = haa * hbb - hab * hab;
    if (determinant < 1e-12) break;
    const double da = (hbb * ga - hab * gb) / determinant, db = (haa * gb - hab * ga) / determinant;
    const double longest = std::max(std::abs(da), std::abs(db)), step = longest > 1 ? 1 / longest : 1;
    a -= step * da, b -= step * db;
    if (longest < 1e-7) break;
  }
  return {std::max(a, 0.01), b};
}

}  // namespace sekisho::lure
