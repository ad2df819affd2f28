// The short form in which people write phrases, and all the phrases that it stands for.
//
//   {a|b|}      one of these, here also nothing; may be nested
//   {name}      one of the texts of the form `name` (content/lures/forms.toml); those may hold braces too
//   * and ~     are left to text/phrases.h: up to three words; nothing or a particle
//
// "password {has|} expired" stands for two phrases, "ご確認{please}" for as many as the form has. What has no brace
// stands for itself. Not thread-safe while forms are added.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/strings.h"

namespace sekisho::lure {

constexpr size_t kMostExpansions = 1000;  // phrases that one short form may stand for
constexpr size_t kMostNesting = 4;        // braces in braces, forms in forms
constexpr size_t kMostPhraseBytes = 500;

class Forms {
 public:
  // false if there is one of that name. The texts are looked at when they are first used.
  bool add(std::string_view name, std::vector<std::string> texts);

  // Errors: lure.phrase with a span in `phrase` (offsets in bytes, no source): an open or a stray brace, an unknown
  // form, nesting or expansions over the limits, a phrase that nothing is left of. A mistake in the texts of a form is
  // told where the form is used, with itself as the cause.
  Result<std::vector<std::string>> expand(std::string_view phrase) const;

 private:
  struct Expansion;
  StringMap<std::vector<std::string>> forms_;
};

}  // namespace sekisho::lure
