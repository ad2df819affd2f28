// What can be said of a host that carries something like a brand's token: each feature has a name, by which a person
// reads it, rules test it and the fit weighs it. The weights are content (content/names/weights.toml), not code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"

namespace sekisho::brand {

// How the token stands in the host.
enum class Operator : uint8_t {
  whole,          // a piece of the host is the token
  joined,         // is the token once hyphens or dots are taken out
  worded,         // a piece is the token and words that lures use
  within,         // inside a longer piece
  edited,         // a piece is one edit away
  edited_worded,  // … beside lure words in one piece
  edited_two,     // two edits
  scrambled,      // its letters in another order
  spelled,        // most of its letters in order, before what looks like a registry's suffix
  none,           // no token: only the shape of the host
};
constexpr size_t kOperators = 10;
std::string_view operator_name(Operator o);

enum class Place : uint8_t {
  label,
  subdomain,
  platform
};  // the registrable label; below it; a name given by a platform
constexpr size_t kPlaces = 3;

using Feature = uint16_t;

// Fixed features come first; after them one for each TLD that the weights name.
namespace feature {
constexpr Feature kLengths = 7;  // of a token: 2, 3, 4, 5, 6–7, 8–9, 10 and more
constexpr Feature of_length(Operator o, size_t token_length) {
  const size_t n = token_length;
  const unsigned bucket = n <= 2 ? 0 : n == 3 ? 1 : n == 4 ? 2 : n == 5 ? 3 : n <= 7 ? 4 : n <= 9 ? 5 : 6;
  return static_cast<Feature>(static_cast<unsigned>(o) * kLengths + bucket);
}
constexpr Feature kFirstPlace = kOperators * kLengths;
constexpr Feature of_place(Operator o, Place p) {
  return static_cast<Feature>(kFirstPlace + static_cast<unsigned>(o) * kPlaces + static_cast<unsigned>(p));
}
constexpr Feature kFirstEdit = kFirstPlace + kOperators * kPlaces;  // by brand/edits.h: ten kinds
constexpr Feature kFirstOther = kFirstEdit + 10;
enum Other : Feature {
  kBeforeOther = kFirstOther - 1,
#define F(constant, name, text, text_ja) constant,
#include "brand/features.inc"
#undef F
  kFixed,
};
}  // namespace feature

std::string feature_name(Feature f);                      // of fixed ones
std::string_view feature_text(Feature f, bool japanese);  // of those in features.inc; else ""

// Natural logarithms of odds. Of a fit: how much more often reported phishing hosts have the feature than others.
struct Weights {
  std::vector<float> of = std::vector<float>(feature::kFixed);
  StringMap<float> tlds;
  float start = 0;  // before any feature
  // From these sums on, what a host resembles is worth telling beside other evidence: where the token itself stands in
  // it, and where something near it does, or an everyday word.
  float tell_exact = 0, tell_near = 0;
  float flag = 0;  // from this sum on, a host is called a look-alike for its name alone
};

}  // namespace sekisho::brand
