// What a mail wants: phrases by intent, in any language of the packs (content/lures/*.toml). Knows no phrase by itself.
// Immutable after make(); any number of threads may ask it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/phrases.h"
#include "text/reading.h"

namespace sekisho::lure {

struct Intent {
  std::string id, family;         // "master_password", "credential"
  std::string text, text_ja;      // what a hit means, for people
  std::vector<std::string> aims;  // what is wanted: credential, secret, pressure, money …; several or none
  bool strong = false;            // rarely said in honest mail
  bool negates = false;           // "we never ask for …": takes back what other intents find inside it or touching it
  std::vector<std::string> phrases;  // of all languages
};

// What all phrases of a language have in common.
struct Language {
  struct Spelling {
    std::string variant, as;
  };
  std::vector<Spelling> spellings;  // read as one: "下さい" as "ください" (text/reading.h)
  std::vector<std::string> joints;  // what "~" may stand for, besides nothing (text/phrases.h)
};

struct Hit {
  uint32_t intent;          // index in Lures::all()
  uint32_t offset, length;  // bytes in the normalised text
  bool disguised;           // some letters were others than they seem, or set apart
};

class Lures {
 public:
  static Lures make(std::vector<Intent> intents, const Language& language = {});
  std::span<const Intent> all() const { return intents_; }
  const Intent& operator[](uint32_t i) const { return intents_[i]; }
  // The text is read first (text/reading.h), so that spelling, accents and disguises do not matter. Hits in order of
  // their end; overlapping hits of one intent are one hit (the longest). Hits that touch one of a negating intent are
  // left out.
  std::vector<Hit> find(std::string_view normalized, size_t most = 5000) const;
  size_t phrases() const { return intent_of_.size(); }
  size_t bytes() const { return phrases_.bytes() + reader_.bytes(); }  // of memory, about

 private:
  std::vector<Intent> intents_;
  text::Reader reader_;
  text::Phrases phrases_;
  std::vector<uint32_t> intent_of_;  // by phrase index
};

}  // namespace sekisho::lure
