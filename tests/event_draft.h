// An event put together field by field, written as one line of JSON: proto3 JSON for fields of the schema, plain nested
// objects for the dotted names of vendors.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/slots.h"
#include "engine/value.h"

namespace sekisho::tests {

class EventDraft {
 public:
  EventDraft();
  ~EventDraft();
  // A slot without an index writes the first element. Zero values are written too.
  void set(const engine::Slot& slot, const engine::Constant& value);
  void set_time(int64_t milliseconds);  // metadata.event_timestamp, in an event of the schema
  void set_raw(std::string_view dotted_name, const engine::Constant& value);
  std::string json() const;

 private:
  struct Tree;
  std::unique_ptr<Tree> root_;
};

// RFC 3339 with milliseconds, in UTC.
std::string time_text(int64_t milliseconds);  // since 1970

}  // namespace sekisho::tests
