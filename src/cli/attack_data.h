// The files that `sekisho attack train|eval` learns from, as a corpus (attack/corpus.h). Also for the figures of
// tests/attack_conformance.cc.
#pragma once

#include <string>

#include "attack/corpus.h"
#include "base/result.h"

namespace sekisho::cli {

struct AttackFiles {
  std::string techniques, revoked;  // JSON arrays: id, name, live, tactics, description; old, new
  std::string procedures;           // NDJSON: technique, text
  std::string tram;                 // NDJSON: label, text, doc_title
  std::string sentences;            // folder: sentences_*.tsv, identity.tsv, concepts.toml (content/attack)
  std::string version;              // of ATT&CK
};

// Errors: those of read_file, toml.*, "attack.data" (a line or table that is none of the above, an id that never was).
Result<attack::Corpus> read_attack_corpus(const AttackFiles& files);

}  // namespace sekisho::cli
