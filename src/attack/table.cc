// Takes the features of a sentence, gives a score for each technique. Entries: Table::known, Table::score, to_shares.
// Refuses nothing: features that were never met say nothing.
#include "attack/table.h"

#include <algorithm>
#include <cmath>

namespace sekisho::attack {

void Table::known(std::span<const Features::Place> places, std::vector<Known>& out) const {
  out.clear();
  float sum = 0;
  auto at = hashes.begin();
  for (uint32_t p = 0; p < places.size(); ++p) {  // both ascend
    at = std::lower_bound(at, hashes.end(), places[p].hash);
    if (at == hashes.end()) break;
    if (*at != places[p].hash) continue;
    const auto feature = static_cast<uint32_t>(at - hashes.begin());
    const float value = places[p].weight * rarity[feature];
    out.push_back({feature, p, value});
    sum += value * value;
  }
  const float scale = sum > 0 ? 1 / std::sqrt(sum) : 0;
  for (Known& k : out) k.value *= scale;
}

void Table::score(std::span<const Known> known_features, std::span<float> scores) const {
  std::ranges::fill(scores, 0.0f);
  for (const Known& k : known_features)
    for (uint32_t i = first[k.feature]; i < first[k.feature + 1]; ++i) scores[technique[i]] += k.value * weight[i];
}

float Table::weight_of(uint32_t feature, uint32_t which) const {
  const auto from = technique.begin() + first[feature], to = technique.begin() + first[feature + 1];
  const auto at = std::lower_bound(from, to, which);
  return at != to && *at == which ? weight[static_cast<size_t>(at - technique.begin())] : 0;
}

void to_shares(std::span<float> scores, float slope) {
  if (scores.empty()) return;
  const float most = std::ranges::max(scores);
  float sum = 0;
  for (float& s : scores) s = std::exp((s - most) * slope), sum += s;
  for (float& s : scores) s /= sum;
}

}  // namespace sekisho::attack
