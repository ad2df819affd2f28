// Events as proto3 JSON: camelCase names, enum values by name, 64-bit integers as strings, Timestamps as RFC 3339,
// Struct as an object.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "event/event.h"

namespace sekisho::event {

// indent: spaces a level, 0 = one line.
void write_json(const Event& event, std::string& out, int indent = 0);

struct ReadOptions {
  bool refuse_unknown = false;  // else unknown fields are skipped and named in `unknown`
  std::vector<std::string>* unknown = nullptr;
  Limits limits;
  const MessageType* root = nullptr;  // what the object is; null = a UDM event
};
// One JSON object → Event. Accepts camelCase and snake_case names, and the wrapper objects {"udm": …} and {"idm":
// {"readOnlyUdm": …}}. Errors: event.json (syntax), event.field (unknown field or enum value, wrong type; names the
// path), event.limit.depth, event.limit.bytes.
Result<Event> read_json(std::string_view json, const ReadOptions& options = {});

}  // namespace sekisho::event
