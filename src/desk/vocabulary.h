// The words by which the desk understands a text: intents of content/desk/words/*.toml, in the form of lure packs
// (docs/content.md), found in one pass. Immutable once built; any number of threads may ask it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "lure/lure.h"

namespace sekisho::desk {

// What an intent's words are for; see the heads of the word files.
enum class Family : uint8_t {
  other_use,  // a family that the desk does not know: an error when the words are read
  theme,
  asked,
  process,
  actor,
  kind,
  kind_start,
  kind_end,
  kind_if,
  kind_clause,
  kind_attacker,
  confidence,
  deep,
  activity,
  novel,
  scale,
  hurry,
  loss,
  denial,
  other,
  order,
  after_brand,
  subject,
  imitate,
  asking,
};

struct Word {
  uint32_t intent = 0;          // index in Vocabulary::all()
  uint32_t at = 0, length = 0;  // bytes of the text that was searched
};

class Vocabulary {
 public:
  // forms: content/lures/forms.toml, whose spellings and joints hold here too. Errors: toml.*, lure.phrase,
  // content.lure, desk.family.
  static Vocabulary read(const std::vector<TextFile>& words, const std::vector<TextFile>& forms,
                         std::vector<Error>& errors);
  std::vector<Word> find(std::string_view utf8) const;  // in order of place
  const lure::Intent& operator[](uint32_t intent) const { return lures_[intent]; }
  Family family(uint32_t intent) const { return families_[intent]; }
  std::string_view name(uint32_t intent) const { return names_[intent]; }  // the id without its family's prefix
  std::span<const lure::Intent> all() const { return lures_.all(); }
  const lure::Intent* find_id(std::string_view id) const;

 private:
  lure::Lures lures_;
  std::vector<Family> families_;
  std::vector<std::string> names_;
};

}  // namespace sekisho::desk
