// Which names to register before others do: each token of a brand with the words, letters and suffixes that attackers
// put to tokens, the likeliest first. The likelihoods are content (content/names/plan.toml), counted by `names fit`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "brand/edits.h"
#include "brand/judge.h"

namespace sekisho::brand {

// Shares of the registered look-alike domains, each list adding up to about 1.
struct PlanModel {
  std::map<std::string, double, std::less<>> affixes;   // "before|after" the token: "|", "my-|", "|-login"
  std::map<std::string, double, std::less<>> edits;     // of the token alone, by edit_name
  std::map<std::string, double, std::less<>> suffixes;  // public suffixes
  double edited = 0;                                    // how many are edits; the others are affixes
};

// Counts what was done to tokens in the registrable labels of reported hosts. words: what may stand in an affix; all
// else is somebody's random string.
PlanModel learn_plan(const Judge& judge, const net::PublicSuffixes& suffixes,
                     const std::vector<std::string_view>& hosts);

struct PlannedName {
  std::string domain;
  double share;  // of the look-alikes of a brand that are expected under this name
};
// The likeliest `budget` names that no brand owns.
std::vector<PlannedName> plan(const Brands& brands, Index brand, const PlanModel& model, size_t budget);

}  // namespace sekisho::brand
