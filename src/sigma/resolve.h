// References between documents of all files: correlations → rules and correlations, filters → rules. By id, or by name.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sigma/document.h"

namespace sekisho::sigma {

inline constexpr size_t kMostErrors = 50;  // of one file, and of hints to near names
inline constexpr size_t kChain = 5;        // correlations above each other

// A document and what stands around it.
struct Linked {
  const Document* document = nullptr;
  bool good = true;                 // nothing wrong with it or with what it is made of
  bool silent = false;              // only correlations read it
  std::vector<uint32_t> parts;      // of a correlation: what its `rules` are, in order
  std::vector<uint32_t> filters;    // of a rule
  std::vector<std::string> extras;  // of a correlation: fields that others read from it beside its group-by
};

struct Links {
  std::vector<Linked> all;      // one for each document, in order
  std::vector<uint32_t> order;  // rules, then correlations: each behind its parts; those in circles are left out
  std::vector<Error> errors, warnings;
};

// broken: ids and names of documents that could not be read. files: names, for errors.
Links resolve(std::span<const Document> documents, std::span<const std::string> broken,
              std::span<const std::string> files);

// The field that `key` of a correlation (a group-by or value field, or an alias) is in the events or detections of
// `part`; nullptr if the alias says nothing about it.
const std::string* field_of(const Correlation& correlation, const std::string& key, const Document& part);

inline bool answers_to(const Document& document, const std::string& reference) {
  return !reference.empty() && (document.id == reference || document.name == reference);
}

}  // namespace sekisho::sigma
