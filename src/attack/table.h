// The numbers behind the model: for each feature the techniques that it speaks for or against. Internal to attack/ and
// to `sekisho attack train`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attack/attack.h"
#include "attack/features.h"
#include "base/result.h"

namespace sekisho::attack {

struct Table {
  std::vector<uint32_t> hashes;     // of features, ascending
  std::vector<float> rarity;        // by feature
  std::vector<uint32_t> first;      // by feature, and one more: into the two below
  std::vector<uint16_t> technique;  // ascending within a feature
  std::vector<float> weight;

  // A feature of a sentence that the table knows; those of one sentence have length 1.
  struct Known {
    uint32_t feature;
    uint32_t place;  // in the sentence's places
    float value;
  };
  void known(std::span<const Features::Place> places, std::vector<Known>& out) const;
  // scores: one for each technique, overwritten; as large as there are techniques.
  void score(std::span<const Known> known, std::span<float> scores) const;
  float weight_of(uint32_t feature, uint32_t technique) const;  // 0: says nothing
};

// Scores → shares of 1, in place. slope: of the calibration.
void to_shares(std::span<float> scores, float slope);

// All that a model's file holds.
struct Parts {
  std::string version;
  std::vector<Technique> techniques;                         // live, by id
  std::vector<std::pair<std::string, std::string>> revoked;  // old → a live id, by the old
  Concepts concepts;
  float slope = 1;
  Table table;
};

// The same parts give the same bytes. Weights are kept in one byte each, those nearest to 0 dropped.
std::string write_model(const Parts& parts);
// Errors: "attack.format", "attack.version", "attack.truncated".
Result<Parts> read_model(std::string_view bytes);

}  // namespace sekisho::attack
