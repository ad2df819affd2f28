// Host → which brand it tries to look like, how, and how sure; or none. Knows brands, words and weights only from
// packs. Some 0.7 µs a host with 1,000 brands (bench/names_bench). Immutable after make(); any number of threads may
// ask.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "brand/brand.h"
#include "brand/features.h"

namespace sekisho::brand {

struct Words {                        // what hosts hold beside brands; lower-case ASCII
  std::vector<std::string> lure;      // brand + word is what lures are called
  std::vector<std::string> common;    // everyday words near a token: no look-alikes
  std::vector<std::string> registry;  // imitations of a registry's suffix: cojp
};

struct Judgement {
  enum class State : uint8_t {
    nothing,    // a name that resembles no brand's
    owned,      // a brand owns it, or its genuine mail uses it
    resembles,  // `brand` and all below are filled in
    address,    // an IP address
    malformed,  // no host name: empty labels, characters that no name has
    too_long,   // a label above 63 bytes, a name above 253 (RFC 1035)
  };
  static constexpr size_t kMostFeatures = 40;

  State state = State::nothing;
  bool told = false;     // there is a brand, and log_odds is at or above the weights' tell_…
  bool flagged = false;  // log_odds is at or above the weights' flag
  Operator how = Operator::none;
  Place place = Place::label;
  // Of the evidence in the host, lower-cased; in an internationalised name in what its letters look like.
  uint8_t offset = 0, length = 0;
  uint8_t feature_count = 0;
  std::optional<Index> brand;  // none: its shape alone says something
  uint32_t token = ~0U;        // Judge::token
  float log_odds = 0;  // natural; of being a reported phishing host rather than an honest one, for equal numbers
  std::array<Feature, kMostFeatures> features;
  std::span<const Feature> all_features() const { return {features.data(), feature_count}; }
  std::string_view how_name() const;                     // of the operator; "embedded", "skeleton" where that says more
  bool exact() const { return how < Operator::edited; }  // the token itself stands there
  bool has(Feature f) const { return std::ranges::find(all_features(), f) != all_features().end(); }
};
std::string_view state_name(Judgement::State s);

class Judge {
 public:
  // `brands` and `suffixes` must outlive it. platforms: suffixes under which anybody may have a name, beside the
  // private part of the public suffix list; services: suffixes under which a provider names its customers.
  static Judge make(const Brands& brands, const net::PublicSuffixes& suffixes, const Words& words, Weights weights,
                    const std::vector<std::string>& platforms = {}, const std::vector<std::string>& services = {});
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  Judgement judge(std::string_view host) const;
  // Words of a display name or a path, judged as one label: no suffix, no ownership.
  Judgement judge_text(std::string_view normalized) const;

  std::string_view token(uint32_t index) const;  // as in the pack
  std::string name_of(Feature f) const;          // fixed features and TLDs ("tld.cn")
  float weight_of(Feature f) const;
  size_t token_count() const;
  bool is_lure(std::string_view word) const;    // in Words::lure
  bool is_common(std::string_view word) const;  // in Words::common
  const Weights& weights() const;
  Judge reweighed(Weights weights) const;
  Judge with_brands(const Brands& brands) const;  // the same words and weights

 private:
  struct Impl;
  explicit Judge(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sekisho::brand
