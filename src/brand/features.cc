// Names of features. Entries: operator_name, feature_name, feature_by_name.
#include "brand/features.h"

#include <array>

namespace sekisho::brand {
namespace {

constexpr std::array<std::string_view, kOperators> kOperatorNames = {
    "token", "joined", "worded", "within", "edit", "edit_worded", "edit2", "scramble", "name", "shape"};
constexpr std::array<std::string_view, feature::kLengths> kLengthNames = {"2", "3", "4", "5", "6", "8", "10"};
constexpr std::array<std::string_view, kPlaces> kPlaceNames = {"label", "subdomain", "platform"};
constexpr std::array<std::string_view, 10> kEditNames = {"equal",     "transposition", "doubled",  "vowel",
                                                         "look",      "keyboard",      "bit_flip", "omission",
                                                         "insertion", "substitution"};
constexpr std::array<std::string_view, feature::kFixed - feature::kFirstOther> kOtherNames = {"danger.medium",
                                                                                              "danger.low",
                                                                                              "confusable",
                                                                                              "owned_label",
                                                                                              "embedded",
                                                                                              "registry.after",
                                                                                              "registry.elsewhere",
                                                                                              "registry.glued",
                                                                                              "word.beside",
                                                                                              "words.beside",
                                                                                              "word.elsewhere",
                                                                                              "other.beside",
                                                                                              "others.beside",
                                                                                              "covers.most",
                                                                                              "covers.little",
                                                                                              "at.start",
                                                                                              "at.end",
                                                                                              "digits.beside",
                                                                                              "order.most",
                                                                                              "order.little",
                                                                                              "first.differs",
                                                                                              "again",
                                                                                              "other.brand",
                                                                                              "resembles.twice",
                                                                                              "punycode",
                                                                                              "mixed.scripts",
                                                                                              "www.deep",
                                                                                              "depth.1",
                                                                                              "depth.2",
                                                                                              "depth.3",
                                                                                              "depth.4",
                                                                                              "hyphens.1",
                                                                                              "hyphens.2",
                                                                                              "hyphens.3",
                                                                                              "label.digits",
                                                                                              "label.only_digits",
                                                                                              "label.consonants",
                                                                                              "label.no_vowel",
                                                                                              "label.short",
                                                                                              "label.long",
                                                                                              "label.common",
                                                                                              "platform",
                                                                                              "unlisted_suffix",
                                                                                              "tld.other"};

}  // namespace

std::string_view operator_name(Operator o) { return kOperatorNames[static_cast<size_t>(o)]; }

std::string feature_name(Feature f) {
  if (f < feature::kFirstPlace)
    return std::string(kOperatorNames[f / feature::kLengths]) + ".length." +
           std::string(kLengthNames[f % feature::kLengths]);
  if (f < feature::kFirstEdit) {
    const size_t i = f - feature::kFirstPlace;
    return std::string(kOperatorNames[i / kPlaces]) + ".in." + std::string(kPlaceNames[i % kPlaces]);
  }
  if (f < feature::kFirstOther) return "by." + std::string(kEditNames[f - feature::kFirstEdit]);
  return f < feature::kFixed ? std::string(kOtherNames[f - feature::kFirstOther]) : "";
}

std::optional<Feature> feature_by_name(std::string_view name) {
  static const StringMap<Feature> kByName = [] {
    StringMap<Feature> out;
    for (Feature f = 0; f < feature::kFixed; ++f) out.emplace(feature_name(f), f);
    return out;
  }();
  const auto it = kByName.find(name);
  return it == kByName.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace sekisho::brand
