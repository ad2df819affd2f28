// The schema table: every message, field, enum value and declared label that an event may carry (udm.table). Built
// once, at first use; immutable, shared by all threads, lives as long as the program. Pointers into it are stable and
// may be compared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"

namespace sekisho::event {

enum class Kind : uint8_t {
  boolean,
  integer,  // int32, int64
  unsigned_integer,
  real,  // float, double
  string,
  bytes,  // kept as text; JSON carries base64 and we keep what was written
  enumeration,
  message,
  map,  // google.protobuf.Struct; YARA-L spells it PATH.fields["key"]
};

struct MessageType;

struct EnumType {
  struct Member {
    std::string name;
    int64_t number;
  };
  std::string name;
  std::vector<Member> values;                        // in file order
  const Member* find(std::string_view value) const;  // exact
  std::string_view name_of(int64_t number) const;    // "" if no value has the number
  StringMap<uint32_t> index;
};

struct Field {
  std::string name;  // "product_event_type"
  std::string json;  // "productEventType"
  Kind kind = Kind::string;
  bool repeated = false;
  uint16_t index = 0;                     // position in its message
  const MessageType* message = nullptr;   // kind == message
  const EnumType* enumeration = nullptr;  // kind == enumeration
  bool is_label_list() const;             // repeated Label: may be read as a map, labels["key"]
};

struct MessageType {
  std::string name;
  std::vector<Field> fields;
  const Field* find(std::string_view field_name) const;      // snake_case
  const Field* find_json(std::string_view json_name) const;  // camelCase or snake_case, as proto3 JSON allows
  std::string near(std::string_view field_name) const;       // "did you mean …?" or ""
  StringMap<uint16_t> by_name, by_json;
};

// A key that Sekisho itself writes into a label list or Struct. A label declared under a repeated noun ("about.labels")
// belongs to that noun: rules that read it copy the event per noun, as for an ordinary field (docs/decisions, "labels
// follow their noun").
struct Label {
  std::string home;  // "about.labels", "additional.fields"
  std::string key;   // "link.owner"; ends in ".*" when open
  std::string text;
};

class Schema {
 public:
  static const Schema& get();
  const MessageType& event() const { return *event_; }          // the UDM event
  const MessageType& entity() const { return *entity_; }        // what rules call graph
  const MessageType& detection() const { return *detection_; }  // what composite rules read
  const MessageType* message(std::string_view name) const;
  const EnumType* enumeration(std::string_view name) const;
  const std::vector<Label>& labels() const { return labels_; }
  const Label* label(std::string_view home, std::string_view key) const;  // nullptr if not declared
  std::string markdown() const;                                           // docs/schema.md

 private:
  Schema();
  std::vector<std::unique_ptr<MessageType>> messages_;
  std::vector<std::unique_ptr<EnumType>> enums_;
  std::vector<Label> labels_;
  StringMap<const MessageType*> message_by_name_;
  StringMap<const EnumType*> enum_by_name_;
  StringMap<size_t> label_by_key_;  // "home\nkey"
  const MessageType* event_ = nullptr;
  const MessageType* entity_ = nullptr;
  const MessageType* detection_ = nullptr;
};

}  // namespace sekisho::event
