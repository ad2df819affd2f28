// What a mail wants: phrases by intent, in any language of the packs (content/lures/*.toml). Knows no phrase by itself.
// Immutable after make(); any number of threads may ask it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/phrases.h"

namespace sekisho::lure {

struct Intent {
  std::string id, family;         // "master_password", "credential"
  std::string text, text_ja;      // what a hit means, for people
  std::vector<std::string> aims;  // what is wanted: credential, secret, pressure, money …; several or none
  bool strong = false;            // rarely said in honest mail
  bool negates = false;           // "we never ask for …": takes back what other intents find inside it or touching it
  std::vector<std::string> phrases;  // of all languages
};

struct Hit {
  uint32_t intent;          // index in Lures::all()
  uint32_t offset, length;  // bytes in the normalised text
};

class Lures {
 public:
  static Lures make(std::vector<Intent> intents);
  std::span<const Intent> all() const { return intents_; }
  const Intent& operator[](uint32_t i) const { return intents_[i]; }
  // Hits in order of their end; overlapping hits of one intent are one hit (the longest). Hits that touch
  // one of a negating intent are left out.
  std::vector<Hit> find(std::string_view normalized, size_t most = 5000) const;

 private:
  std::vector<Intent> intents_;
  text::Phrases phrases_;
  std::vector<uint32_t> intent_of_;  // by phrase index
};

}  // namespace sekisho::lure
