// The `condition` of a detection, a filter or a temporal correlation → a tree in one array.
//
//   or  = and ("or" and)*        and = not ("and" not)*        not = "not" not | "(" or ")" | of | NAME
//   of  = (NUMBER | "any" | "all") "of" ("them" | PATTERN)     NAME, PATTERN: anything but white space, ( ) and |
// Keywords are case-insensitive. PATTERN may hold `*` anywhere. "them" leaves out names that start with `_`. The pipe
// of old rules (`| count() …`) is refused with a hint towards correlations.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "sigma/yaml.h"

namespace sekisho::sigma {

struct ConditionNode {
  enum class Kind : uint8_t { name, some_of, all_of, any_of, negate };
  Kind kind = Kind::name;
  Span span;
  std::string name;            // name, or the pattern of some_of ("*" for them)
  bool them = false;           // some_of
  uint32_t count = 0;          // some_of: so many; 0 = all
  std::vector<uint32_t> args;  // all_of, any_of, negate: indexes of nodes before this one
};

struct Condition {
  std::vector<ConditionNode> nodes;
  uint32_t root = 0;
};

inline constexpr size_t kConditionNodes = 2000;

// sigma.condition, sigma.limit.depth, sigma.limit.size. file: the name for the error.
std::expected<Condition, Error> parse_condition(const Node& text, const std::string& file, const Limits& limits);

// `*` = any run of characters; exact case. Linear in practice: at most one star is open at a time.
bool name_matches(std::string_view pattern, std::string_view name);

}  // namespace sekisho::sigma
