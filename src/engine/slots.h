// Slots: which field of an event a rule reads. resolve() checks a path against the schema; the engine turns equal slots
// of all rules into one column.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/value.h"
#include "event/schema.h"

namespace sekisho::engine {

enum class Quantifier : uint8_t { each, any, all };

struct Step {
  const event::Field* field = nullptr;
  int64_t index = -1;  // >= 0: that element only; -1: not indexed
  bool operator==(const Step&) const = default;
};

// A path from the root of an event (or entity) to a scalar. Map access: the last step's field is a Struct or a Label
// list and `keyed` is set; its type is text. An unkeyed slot ends in a scalar field. follows_noun: a declared label
// under a repeated noun, which expands that noun as an ordinary field would
// (docs/decisions/2026-11-22-labels-follow-their-noun.md).
struct Slot {
  uint32_t variable = 0;
  std::vector<Step> steps;
  bool keyed = false;
  std::string key;
  bool follows_noun = false;
  Quantifier quantifier = Quantifier::each;
  Type type = Type::text;
  const event::EnumType* enumeration = nullptr;  // type is integer then
  // A field of a vendor's JSON event by its dotted name ("" = every leaf); no steps then. See plan.h.
  bool raw = false;
  std::string field;
  bool repeated()
      const;  // reads more than one element: an unindexed repeated step (a plain map access reads one string)
  std::string path() const;  // "about.labels[\"link.owner\"]", "principal.ip[0]"
  bool operator==(const Slot&) const = default;
};

// One written segment: `about`, `ip[0]`, `labels["link.owner"]`.
struct PathStep {
  std::string_view name;
  std::optional<int64_t> index;
  std::optional<std::string_view> key;
};

// A refusal names the segment, so that the front end can place its carets.
struct PathError {
  size_t step = 0;   // index into the path given
  std::string text;  // "no field \"usrid\" in User"
  std::string hint;  // near names, or what is allowed
};

// Resolves a path below `root` (Schema::event(), or Schema::entity() for what stands behind `graph.`). Struct fields
// are written PATH.fields["key"]. Refuses: unknown fields, fields of scalars, messages as values, indexes on what is
// not repeated or on maps, keys on what is no map, an index on some but not all repeated levels, quantifiers on what is
// not repeated or on (undeclared) map access.
std::expected<Slot, PathError> resolve(const event::MessageType& root, std::span<const PathStep> path,
                                       Quantifier quantifier = Quantifier::each);
// A vendor's field: all its elements (Quantifier::any), or the first one.
Slot raw_slot(std::string field, bool first = false);
// For tests and tools: "about.labels[\"kind\"]" written as in a rule.
Result<Slot> resolve(std::string_view path, Quantifier quantifier = Quantifier::each);

}  // namespace sekisho::engine
