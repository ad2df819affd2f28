// Which ATT&CK techniques a sentence speaks of: three suggestions with what in the sentence spoke for them, from a
// linear model over words and letters, English and Japanese. Suggestions for a person to confirm, never a finding.
// Knows nothing by itself: all comes from content/models/attack.model (written by `sekisho attack train`; card beside
// it). Immutable once read; any number of threads may ask it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::attack {

struct Technique {
  std::string id, name;              // "T1566.002", "Spearphishing Link"
  std::vector<std::string> tactics;  // "initial-access" …
};

struct Suggestion {
  uint32_t technique = 0;  // index in Model::techniques()
  float probability = 0;   // 0…1, calibrated on text that the model had not seen
  struct Evidence {
    uint32_t at, length;  // bytes of the sentence
    float weight;
  };
  std::vector<Evidence> evidence;  // what spoke most for it, at most three, in order of place
};

class Model {
 public:
  Model();
  ~Model();
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  // Errors: "attack.format", "attack.version", "attack.truncated".
  static Result<Model> read(std::string_view bytes);

  const std::string& version() const;  // of ATT&CK: "18.1"
  std::span<const Technique> techniques() const;
  std::optional<uint32_t> find(std::string_view id) const;  // live ones only
  // A literal id → the id in force: revoked ones mapped (revoked-by, to the end of the chain), live ones themselves;
  // "" for what never was one.
  std::string_view current(std::string_view id) const;

  // Best first, at most `most`. A sentence without letters, or of words that the model never met, gives none. A literal
  // id in the sentence, brought to the one in force, comes first with probability 1. Reads 4 KiB of the sentence.
  std::vector<Suggestion> suggest(std::string_view sentence_utf8, size_t most = 3) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace sekisho::attack
