// Lure packs (content/lures/*.toml, docs/content.md): forms, spellings and joints, which are of all packs, and intents,
// whose phrases may use the forms of any pack. Only this room knows their file format.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diag/toml.h"
#include "lure/expand.h"
#include "lure/lure.h"

namespace sekisho::scan {

constexpr size_t kMostPhrases = 200'000;  // of all packs, expanded

// First add() every pack, then ask for intents() once. Errors (with places, all of them): toml.*, lure.phrase,
// content.lure. One thread.
class LurePacks {
 public:
  void add(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  std::vector<lure::Intent> intents(std::vector<Error>& errors);  // in order of the packs, phrases expanded
  // A warning (content.aim) for each aim of an intent that no rule reads.
  void check_aims(const std::function<bool(std::string_view aim)>& read, std::vector<Error>& warnings) const;
  const lure::Language& language() const { return language_; }  // after intents()

 private:
  struct Pack {
    diag::TomlValue root;
    std::string source, text;
  };
  std::vector<std::string> expanded(const Pack& pack, const diag::TomlValue& table, std::string_view key,
                                    std::vector<Error>& errors);

  std::vector<Pack> packs_;
  size_t total_ = 0;  // phrases and joints, expanded
  lure::Forms forms_;
  lure::Language language_;
};

}  // namespace sekisho::scan
