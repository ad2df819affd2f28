// Takes labelled sentences, gives the table of weights. Entry: learn. Refuses nothing: no sentences, no features.
#include "attack/learn.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace sekisho::attack {
namespace {

constexpr float kUnmoved = 1e-3f;   // errors below it move nothing: most techniques are no candidates
constexpr float kNeverCommon = 50;  // sentences: in a small set nothing is known to be common
constexpr float kFirstStep = 0.1f;
constexpr float kMassOfOne = 20;  // a technique of so many sentences counts as one without balance

// Features that stand in the examples, by hash, with their rarity among the sentences of their language.
void find_features(std::span<const Example* const> examples, const Learning& how, Table& out) {
  std::vector<uint32_t> all;
  float japanese = 0, sentences = 0;
  for (const Example* e : examples) {
    japanese += e->japanese, ++sentences;
    for (const Features::Place& p : e->places) all.push_back(p.hash);
  }
  std::ranges::sort(all);
  for (size_t i = 0; i < all.size();) {
    size_t end = i;
    while (end < all.size() && all[end] == all[i]) ++end;
    const float among = all[i] & kJapaneseBit ? japanese : sentences;
    const auto in = static_cast<float>(end - i);
    if (in <= std::max(kNeverCommon, how.common * among)) {
      out.hashes.push_back(all[i]);
      out.rarity.push_back(std::max(0.1f, std::log((among + 1) / in)));
    }
    i = end;
  }
}

using Sentences = std::vector<std::vector<Table::Known>>;

// Which techniques each feature has met, and the centroids as weights.
void start(std::span<const Example* const> examples, const Sentences& sentences, size_t techniques, float centroid,
           Table& out) {
  std::vector<uint64_t> pairs;
  for (size_t i = 0; i < examples.size(); ++i)
    for (const Table::Known& k : sentences[i]) pairs.push_back(uint64_t{k.feature} << 16 | examples[i]->technique);
  std::ranges::sort(pairs);
  pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
  out.first.assign(out.hashes.size() + 1, 0);
  out.technique.reserve(pairs.size());
  for (const uint64_t p : pairs) {
    ++out.first[(p >> 16) + 1];
    out.technique.push_back(static_cast<uint16_t>(p));
  }
  for (size_t f = 0; f < out.hashes.size(); ++f) out.first[f + 1] += out.first[f];
  out.weight.assign(pairs.size(), 0);
  for (size_t i = 0; i < examples.size(); ++i)
    for (const Table::Known& k : sentences[i]) {
      const auto at = std::lower_bound(out.technique.begin() + out.first[k.feature],
                                       out.technique.begin() + out.first[k.feature + 1], examples[i]->technique);
      out.weight[static_cast<size_t>(at - out.technique.begin())] += k.value * examples[i]->weight;
    }
  std::vector<double> squares(techniques);
  for (size_t i = 0; i < pairs.size(); ++i) squares[out.technique[i]] += double{out.weight[i]} * out.weight[i];
  for (size_t i = 0; i < pairs.size(); ++i)
    out.weight[i] *= centroid / static_cast<float>(std::sqrt(squares[out.technique[i]] + 1e-9));
}

}  // namespace

Table learn(std::span<const Example* const> examples, size_t techniques, const Learning& how) {
  Table out;
  find_features(examples, how, out);
  Sentences sentences(examples.size());
  for (size_t i = 0; i < examples.size(); ++i) out.known(examples[i]->places, sentences[i]);
  start(examples, sentences, techniques, how.centroid, out);

  std::vector<float> mass(techniques), steps(out.weight.size(), kFirstStep), scores(techniques);
  for (const Example* e : examples) mass[e->technique] += e->weight;
  for (float& m : mass) m = m > 0 ? std::pow(m / kMassOfOne, -how.balance) : 0;
  std::vector<uint32_t> order(examples.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(7);  // the order is always the same
  for (unsigned round = 0; round < how.rounds; ++round) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const uint32_t i : order) {
      const Example& e = *examples[i];
      out.score(sentences[i], scores);
      to_shares(scores, 1);
      scores[e.technique] -= 1;
      for (float& s : scores) s = std::abs(s) < kUnmoved ? 0 : s;
      const float worth = e.weight * mass[e.technique];
      for (const Table::Known& k : sentences[i])
        for (uint32_t j = out.first[k.feature]; j < out.first[k.feature + 1]; ++j) {
          const float error = scores[out.technique[j]];
          if (error == 0) continue;
          const float slope = error * k.value * worth;
          steps[j] += slope * slope;
          out.weight[j] -= how.rate * slope / std::sqrt(steps[j]);
        }
    }
  }
  return out;
}

}  // namespace sekisho::attack
