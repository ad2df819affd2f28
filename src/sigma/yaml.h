// YAML text → plain trees with places. libfyaml reads the events; the tree, its limits and its spans are ours.
//
// What is read: YAML 1.2 streams of any number of documents; aliases (a copy of what they name); duplicate keys and
// keys that are no scalars are errors; tags are passed over; `<<` is an ordinary key. A mistake ends its document;
// reading goes on at the next line that starts with `---`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace sekisho::sigma {

struct Node {
  enum class Kind : uint8_t { null, scalar, list, map };  // null: ~, null or nothing at all, unquoted
  Kind kind = Kind::null;
  bool plain = true;        // a scalar without quotes
  bool literal = false;     // the bytes at `span` are `text`: an offset into the text is one into the file
  std::string text;         // scalars
  Span span;                // of the value, without quotes; of a list or map: its first line
  std::vector<Node> items;  // list
  struct Entry;
  std::vector<Entry> entries;  // map, in order; keys are scalars (or null), none twice

  bool is(Kind k) const { return kind == k; }
  const Node* find(std::string_view key) const;   // in a map; nullptr if absent
  Span part(size_t offset, size_t length) const;  // of the text, as precisely as the file allows
};

struct Node::Entry {
  Node key, value;
};

struct Stream {
  std::vector<Node> documents;  // those that could be read; empty ones are left out
  std::vector<Error> errors;    // sigma.yaml, sigma.limit.bytes, sigma.limit.depth, sigma.limit.nodes
};

inline constexpr size_t kYamlDepth = 32;       // nesting of lists and maps
inline constexpr size_t kYamlNodes = 100'000;  // of one file, copies by aliases included
inline constexpr size_t kYamlText = 8u << 20;  // bytes of all scalars of one file, copies included

// name: the file's, for errors. Refuses files over limits.rule_file_bytes, and what is not UTF-8, whole.
Stream read_yaml(std::string_view text, const std::string& name, const Limits& limits);

// Scalars by the YAML 1.2 core schema; quoted ones are text only.
bool is_boolean(const Node& node, bool& value);
bool is_number(const Node& node, double& value);  // also hexadecimal and octal; never inf or nan

}  // namespace sekisho::sigma
