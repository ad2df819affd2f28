// Names of features. Entries: operator_name, feature_name, feature_text.
#include "brand/features.h"

#include <array>

#include "brand/edits.h"

namespace sekisho::brand {
namespace {

constexpr std::array<std::string_view, kOperators> kOperatorNames = {
    "token", "joined", "worded", "within", "edit", "edit_worded", "edit2", "scramble", "spelled", "shape"};
constexpr std::array<std::string_view, feature::kLengths> kLengthNames = {"2", "3", "4", "5", "6", "8", "10"};
constexpr std::array<std::string_view, kPlaces> kPlaceNames = {"label", "subdomain", "platform"};
struct Other {
  std::string_view name, text, text_ja;
};
constexpr Other kOthers[] = {
#define F(constant, name, text, text_ja) {name, text, text_ja},
#include "brand/features.inc"
#undef F
};

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
  if (f < feature::kFirstOther) return "by." + std::string(edit_name(static_cast<Edit>(f - feature::kFirstEdit)));
  return f < feature::kFixed ? std::string(kOthers[f - feature::kFirstOther].name) : "";
}

std::string_view feature_text(Feature f, bool japanese) {
  if (f < feature::kFirstOther || f >= feature::kFixed) return "";
  const Other& o = kOthers[f - feature::kFirstOther];
  return japanese ? o.text_ja : o.text;
}

}  // namespace sekisho::brand
