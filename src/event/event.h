// The sealed Event: one thing that happened, as a UDM tree. Immutable after EventBuilder::seal(); any number of threads
// may read it. All memory is one arena owned by the Event: views and Message pointers live as long as it does. Absent
// fields read as their zero value, as in proto3.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "event/schema.h"

namespace sekisho::event {

class Message;
class Map;

// One value of a field or map. 24 bytes, trivially copyable; text views point into the event's arena.
class Value {
 public:
  enum class Type : uint8_t { none, boolean, integer, unsigned_integer, real, text, message, list, map };

  Value() = default;
  static Value boolean(bool v);
  static Value integer(int64_t v);
  static Value unsigned_integer(uint64_t v);
  static Value real(double v);
  static Value text(std::string_view v);  // caller owns the bytes
  static Value message(const Message* v);
  static Value list(std::span<const Value> v);
  static Value map(const Map* v);

  Type type() const { return type_; }
  explicit operator bool() const { return type_ != Type::none; }
  // Each getter gives the zero value when the type is another.
  bool as_bool() const { return type_ == Type::boolean && integer_ != 0; }
  int64_t as_int() const { return type_ == Type::integer || type_ == Type::unsigned_integer ? integer_ : 0; }
  uint64_t as_uint() const { return static_cast<uint64_t>(as_int()); }
  double as_real() const { return type_ == Type::real ? real_ : 0; }
  std::string_view as_text() const { return type_ == Type::text ? std::string_view(text_, size_) : std::string_view(); }
  const Message* as_message() const { return type_ == Type::message ? message_ : nullptr; }
  std::span<const Value> as_list() const {
    return type_ == Type::list ? std::span<const Value>(list_, size_) : std::span<const Value>();
  }
  const Map* as_map() const { return type_ == Type::map ? map_ : nullptr; }

 private:
  Type type_ = Type::none;
  uint32_t size_ = 0;
  union {
    int64_t integer_ = 0;
    double real_;
    const char* text_;
    const Message* message_;
    const Value* list_;
    const Map* map_;
  };
};

// A message instance: the fields that are set, ascending by index. Repeated fields hold one Value of type list (even of
// one element).
class Message {
 public:
  struct Entry {
    const Field* field;
    Value value;
  };
  const MessageType& type() const { return *type_; }
  std::span<const Entry> entries() const { return {entries_, count_}; }
  Value get(const Field& field) const;           // none when absent. field must be of this type
  Value get(std::string_view field_name) const;  // slow path for tools and tests
  std::span<const Value> list(const Field& field) const { return get(field).as_list(); }
  // Value of a declared or foreign label in `labels`-like repeated Label field, first on duplicates; "" if absent.
  std::string_view label(const Field& labels, std::string_view key) const;

 private:
  friend class EventBuilder;
  friend class Node;
  const MessageType* type_ = nullptr;
  Entry* entries_ = nullptr;
  uint32_t count_ = 0, capacity_ = 0;
};

// A google.protobuf.Struct: keys in order of writing, values text, real, boolean, list, map or none (null).
class Map {
 public:
  struct Entry {
    std::string_view key;
    Value value;
  };
  std::span<const Entry> entries() const { return {entries_, count_}; }
  Value get(std::string_view key) const;  // first on duplicates; none if absent

 private:
  friend class EventBuilder;
  friend class Node;
  Entry* entries_ = nullptr;
  uint32_t count_ = 0, capacity_ = 0;
};

// Where an event came from: enough to find its bytes again.
struct Origin {
  std::string name;    // path or queue id
  std::string sha256;  // hex, of the original bytes
  uint64_t size = 0;
};

class Event {
 public:
  const Message& root() const { return *root_; }
  const Origin& origin() const { return origin_; }
  Value get(std::string_view path) const;  // "principal.user.userid", first element of repeated ones; tools and tests
  Event(Event&&) noexcept = default;
  Event& operator=(Event&&) noexcept = default;

 private:
  friend class EventBuilder;
  Event() = default;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
  const Message* root_ = nullptr;
  Origin origin_;
};

// A place in the event under construction. Cheap to copy; valid until seal(). Field names are those of udm.table; a
// name that the table lacks, a wrong type or an undeclared label is a mistake of ours: it ends a debug build and is
// skipped and logged in release.
class Node {
 public:
  Node child(std::string_view field) const;                              // a singular message, made when absent
  Node add(std::string_view field) const;                                // a new last element of a repeated message
  const Node& set(std::string_view field, std::string_view text) const;  // string, bytes, or an enum value by name
  const Node& set(std::string_view field, const char* text) const { return set(field, std::string_view(text)); }
  const Node& set(std::string_view field, int64_t number) const;  // any numeric type or enum number
  const Node& set(std::string_view field, bool value) const;
  const Node& set_time(std::string_view field, int64_t seconds, int32_t nanos = 0) const;
  const Node& append(std::string_view field,
                     std::string_view text) const;  // one more element of a repeated string or enum
  // A declared label. In a message with a `labels` list: about noun → labels. Empty values are not written.
  const Node& label(std::string_view key, std::string_view value) const;
  const Node& label(std::string_view key, bool value) const;    // "true", or nothing
  const Node& label(std::string_view key, size_t value) const;  // nothing for 0
  const Node& label(std::string_view key, const char* value) const { return label(key, std::string_view(value)); }

 private:
  friend class EventBuilder;
  Node(class EventBuilder* builder, Message* message) : builder_(builder), message_(message) {}
  class EventBuilder* builder_;
  Message* message_;
};

class EventBuilder {
 public:
  explicit EventBuilder(const MessageType& type = Schema::get().event());
  ~EventBuilder();
  EventBuilder(const EventBuilder&) = delete;
  EventBuilder& operator=(const EventBuilder&) = delete;

  Node root() { return Node(this, root_); }
  // A declared key of additional.fields. Empty, false and 0 are not written.
  void fact(std::string_view key, std::string_view value);
  void fact(std::string_view key, const char* value) { fact(key, std::string_view(value)); }
  void fact(std::string_view key, bool value);
  void fact(std::string_view key, size_t value);
  void origin(Origin origin) { origin_ = std::move(origin); }
  Event seal() &&;  // the builder is spent

  // For readers (JSON): values put together elsewhere. Memory from the arena.
  std::pmr::memory_resource& arena() { return *arena_; }
  std::string_view keep(std::string_view bytes);  // a copy in the arena
  Message* new_message(const MessageType& type);
  Map* new_map();
  void put(Message& message, const Field& field, Value value);  // replaces
  void put(Map& map, std::string_view key, Value value);        // appends
  Value list(std::span<const Value> values);                    // copied into the arena
  Message* root_message() { return root_; }

 private:
  friend class Node;
  void append(Message& message, const Field& field, Value value);
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
  Message* root_;
  Origin origin_;
};

}  // namespace sekisho::event
