// Labelled sentences to learn from and to measure with, and what ATT&CK says of its techniques. Only for
// `sekisho attack train|eval` and the figures; a model's file holds none of these sentences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attack/features.h"
#include "attack/learn.h"
#include "attack/table.h"

namespace sekisho::attack {

enum class Set : uint8_t {
  description,     // ATT&CK's own text of a technique
  procedure,       // ATT&CK's procedure examples
  report,          // TRAM
  identity,        // content/attack/sentences_en_identity.tsv
  identity_plain,  // …_plain.tsv: never measured
  japanese,        // content/attack/sentences_ja.tsv
  japanese_plain,  // …_plain.tsv: never measured
};

struct Corpus {
  struct Sentence {
    std::string text;
    uint32_t technique;
    Set set;
    uint32_t fold;  // 0…kFolds - 1: what shares a source or a document is together
  };
  std::string version;
  std::vector<Technique> techniques;                         // live, by id: fixed before the first sentence
  std::vector<std::pair<std::string, std::string>> revoked;  // old → live, by the old
  std::vector<uint32_t> identity;                            // techniques of phishing and identity, ascending
  Concepts concepts;
  std::vector<Sentence> sentences;

  std::optional<uint32_t> find(std::string_view id) const;  // live, or the live one that a revoked id leads to
  void add_description(uint32_t technique, std::string_view text);
  void add_procedure(uint32_t technique, std::string_view text);
  void add_report(uint32_t technique, std::string_view text, std::string_view document);
  void add_own(uint32_t technique, std::string_view text, Set set,
               uint32_t number);          // the how-manieth of its technique
  std::vector<Example> examples() const;  // one for each sentence, in order
};
inline constexpr uint32_t kFolds = 5;

// Sorts, and follows chains to a live id; what leads to none is left out.
std::vector<std::pair<std::string, std::string>> settled(std::vector<std::pair<std::string, std::string>> revoked,
                                                         const std::vector<Technique>& live);

// ATT&CK's Markdown → text: links become their words, citations and tags go, and the first name of a group, malware or
// campaign goes, so that no name is learned by heart.
std::string plain_text(std::string_view markdown, bool drop_first_name);
// The first such name: what a procedure is of.
std::string_view source_name(std::string_view markdown);

}  // namespace sekisho::attack
