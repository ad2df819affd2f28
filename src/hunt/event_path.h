// Looking into the JSON of one event by dotted names: its time, and values that exceptions and formats ask for. The
// engine has its own, faster ways; this is for the few events that people see.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "event/json_line.h"

namespace sekisho::hunt {

// The UDM event within {"udm": …}, {"idm": {"readOnlyUdm": …}}, {"event": {"idm": …}}; anything else as it is.
event::JsonValue unwrapped(const event::JsonValue& root);

// All scalar values other than null that a dotted path reaches, through lists at any level. A name may itself hold
// dots; snake_case names find camelCase members.
std::vector<event::JsonValue> leaves(const event::JsonValue& root, std::string_view path);

// Every scalar other than null with the name of its member (of the list it stands in, for list items).
void each_leaf(const event::JsonValue& root,
               const std::function<void(std::string_view field, const event::JsonValue& leaf)>& visit);

std::string leaf_text(const event::JsonValue& leaf);  // as rules see it: numbers as written by JSON, true, false

// The first of the fields that holds a time: RFC 3339, without a zone taken as UTC, or a number of seconds, milli-,
// micro- or nanoseconds since 1970 (told apart by size).
std::optional<Timestamp> time_of(const event::JsonValue& root, std::span<const std::string> fields);

}  // namespace sekisho::hunt
