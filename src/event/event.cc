// Takes what sensors say (EventBuilder, Node), gives a sealed Event. Everything lives in one arena. Refuses nothing at
// run time: names come from our own code, so a wrong one is reported by mistake().
#include "event/event.h"

#include <cassert>
#include <cstdlib>
#include <cstring>

#include "base/log.h"

namespace sekisho::event {
namespace {

void mistake(std::string_view what, std::string_view name) {
  log::write(log::Level::error, "event.mistake", what, {{"name", name}});
#ifndef NDEBUG
  std::abort();
#endif
}

// Grows an arena array by one; the old block stays in the arena (it is freed with it).
template <class T>
T& grow(std::pmr::memory_resource& arena, T*& items, uint32_t& count, uint32_t& capacity) {
  if (count == capacity) {
    const uint32_t more = capacity == 0 ? 4 : capacity * 2;
    T* larger = static_cast<T*>(arena.allocate(more * sizeof(T), alignof(T)));
    std::uninitialized_copy_n(items, count, larger);
    items = larger;
    capacity = more;
  }
  return *new (&items[count++]) T{};
}

// A repeated field under construction keeps its spare room in front of the first element.
constexpr size_t kListHeader = sizeof(Value);

}  // namespace

Value Value::boolean(bool v) {
  Value out;
  out.type_ = Type::boolean;
  out.integer_ = v;
  return out;
}
Value Value::integer(int64_t v) {
  Value out;
  out.type_ = Type::integer;
  out.integer_ = v;
  return out;
}
Value Value::unsigned_integer(uint64_t v) {
  Value out;
  out.type_ = Type::unsigned_integer;
  out.integer_ = static_cast<int64_t>(v);
  return out;
}
Value Value::real(double v) {
  Value out;
  out.type_ = Type::real;
  out.real_ = v;
  return out;
}
Value Value::text(std::string_view v) {
  Value out;
  out.type_ = Type::text;
  out.size_ = static_cast<uint32_t>(v.size());
  out.text_ = v.data();
  return out;
}
Value Value::message(const Message* v) {
  Value out;
  out.type_ = Type::message;
  out.message_ = v;
  return out;
}
Value Value::list(std::span<const Value> v) {
  Value out;
  out.type_ = Type::list;
  out.size_ = static_cast<uint32_t>(v.size());
  out.list_ = v.data();
  return out;
}
Value Value::map(const Map* v) {
  Value out;
  out.type_ = Type::map;
  out.map_ = v;
  return out;
}

Value Message::get(const Field& field) const {
  for (const Entry& e : entries())
    if (e.field == &field) return e.value;
  return {};
}

Value Message::get(std::string_view field_name) const {
  const Field* field = type_->find(field_name);
  return field ? get(*field) : Value{};
}

std::string_view Message::label(const Field& labels, std::string_view key) const {
  static const MessageType& type = *Schema::get().message("Label");
  static const Field& key_field = *type.find("key");
  static const Field& value_field = *type.find("value");
  for (const Value& v : list(labels)) {
    const Message* label = v.as_message();
    if (label->get(key_field).as_text() == key) return label->get(value_field).as_text();
  }
  return {};
}

Value Map::get(std::string_view key) const {
  for (const Entry& e : entries())
    if (e.key == key) return e.value;
  return {};
}

Value Event::get(std::string_view path) const {
  const Message* at = root_;
  for (;;) {
    const size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    Value v = at->get(name);
    if (v.type() == Value::Type::list) v = v.as_list().empty() ? Value{} : v.as_list()[0];
    if (dot == std::string_view::npos) return v;
    path.remove_prefix(dot + 1);
    if (const Map* map = v.as_map()) return map->get(path);
    at = v.as_message();
    if (at == nullptr) return {};
  }
}

EventBuilder::EventBuilder(const MessageType& type)
    : arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(8192)), root_(new_message(type)) {}
EventBuilder::~EventBuilder() = default;

std::string_view EventBuilder::keep(std::string_view bytes) {
  if (bytes.empty()) return {};
  char* copy = static_cast<char*>(arena_->allocate(bytes.size(), 1));
  std::memcpy(copy, bytes.data(), bytes.size());
  return {copy, bytes.size()};
}

Message* EventBuilder::new_message(const MessageType& type) {
  auto* out = new (arena_->allocate(sizeof(Message), alignof(Message))) Message{};
  out->type_ = &type;
  return out;
}

Map* EventBuilder::new_map() { return new (arena_->allocate(sizeof(Map), alignof(Map))) Map{}; }

void EventBuilder::put(Message& message, const Field& field, Value value) {
  for (uint32_t i = 0; i < message.count_; ++i)
    if (message.entries_[i].field == &field) {
      message.entries_[i].value = value;
      return;
    }
  grow(*arena_, message.entries_, message.count_, message.capacity_) = {&field, value};
  // Kept ascending: few fields are set per message, and mostly in order.
  for (uint32_t i = message.count_ - 1; i > 0 && message.entries_[i - 1].field->index > field.index; --i)
    std::swap(message.entries_[i - 1], message.entries_[i]);
}

void EventBuilder::put(Map& map, std::string_view key, Value value) {
  grow(*arena_, map.entries_, map.count_, map.capacity_) = {key, value};
}

Value EventBuilder::list(std::span<const Value> values) {
  Value* copy = static_cast<Value*>(arena_->allocate(kListHeader + values.size() * sizeof(Value), alignof(Value))) + 1;
  new (copy - 1) Value(Value::integer(static_cast<int64_t>(values.size())));
  std::uninitialized_copy(values.begin(), values.end(), copy);
  return Value::list({copy, values.size()});
}

// Lists carry their capacity in the Value before the first element, so that append is amortised O(1).
void EventBuilder::append(Message& message, const Field& field, Value value) {
  const std::span<const Value> old = message.get(field).as_list();
  const size_t capacity = old.empty() ? 0 : static_cast<size_t>(old.data()[-1].as_int());
  Value* items = const_cast<Value*>(old.data());
  if (old.size() == capacity) {
    const size_t more = std::max<size_t>(4, capacity * 2);
    items = static_cast<Value*>(arena_->allocate(kListHeader + more * sizeof(Value), alignof(Value))) + 1;
    new (items - 1) Value(Value::integer(static_cast<int64_t>(more)));
    std::uninitialized_copy(old.begin(), old.end(), items);
  }
  new (items + old.size()) Value(value);
  put(message, field, Value::list({items, old.size() + 1}));
}

void EventBuilder::fact(std::string_view key, std::string_view value) {
  if (value.empty()) return;
  static const Field& additional = *Schema::get().event().find("additional");
#ifndef NDEBUG
  if (!Schema::get().label("additional.fields", key)) mistake("undeclared fact", key);
#endif
  const Map* map = root_->get(additional).as_map();
  if (map == nullptr) {
    map = new_map();
    put(*root_, additional, Value::map(map));
  }
  put(const_cast<Map&>(*map), keep(key), Value::text(keep(value)));
}

void EventBuilder::fact(std::string_view key, bool value) {
  if (value) fact(key, std::string_view("true"));
}

void EventBuilder::fact(std::string_view key, size_t value) {
  if (value != 0) fact(key, std::string_view(std::to_string(value)));
}

Event EventBuilder::seal() && {
  Event out;
  out.arena_ = std::move(arena_);
  out.root_ = root_;
  out.origin_ = std::move(origin_);
  return out;
}

Node Node::child(std::string_view name) const {
  const Field* field = message_->type().find(name);
  if (!field || field->kind != Kind::message || field->repeated) {
    mistake("no such message field", name);
    return *this;
  }
  if (const Message* there = message_->get(*field).as_message()) return Node(builder_, const_cast<Message*>(there));
  Message* made = builder_->new_message(*field->message);
  builder_->put(*message_, *field, Value::message(made));
  return Node(builder_, made);
}

Node Node::add(std::string_view name) const {
  const Field* field = message_->type().find(name);
  if (!field || field->kind != Kind::message || !field->repeated) {
    mistake("no such repeated message field", name);
    return *this;
  }
  Message* made = builder_->new_message(*field->message);
  builder_->append(*message_, *field, Value::message(made));
  return Node(builder_, made);
}

namespace {
// The Value for a text written into a field, or none if the field cannot hold it.
Value text_for(const Field& field, std::string_view text, EventBuilder& builder) {
  if (field.kind == Kind::string || field.kind == Kind::bytes) return Value::text(builder.keep(text));
  if (field.kind == Kind::enumeration)
    if (const EnumType::Member* member = field.enumeration->find(text)) return Value::integer(member->number);
  return {};
}
}  // namespace

const Node& Node::set(std::string_view name, std::string_view text) const {
  const Field* field = message_->type().find(name);
  const Value value = field && !field->repeated ? text_for(*field, text, *builder_) : Value{};
  if (!value) mistake("no such text field or enum value", name);
  else if (!text.empty()) builder_->put(*message_, *field, value);
  return *this;
}

const Node& Node::append(std::string_view name, std::string_view text) const {
  const Field* field = message_->type().find(name);
  const Value value = field && field->repeated ? text_for(*field, text, *builder_) : Value{};
  if (!value) mistake("no such repeated text field or enum value", name);
  else builder_->append(*message_, *field, value);
  return *this;
}

const Node& Node::set(std::string_view name, int64_t number) const {
  const Field* field = message_->type().find(name);
  if (!field || field->repeated) {
    mistake("no such number field", name);
    return *this;
  }
  switch (field->kind) {
    case Kind::integer:
    case Kind::enumeration:
      builder_->put(*message_, *field, Value::integer(number));
      break;
    case Kind::unsigned_integer:
      builder_->put(*message_, *field, Value::unsigned_integer(static_cast<uint64_t>(number)));
      break;
    case Kind::real:
      builder_->put(*message_, *field, Value::real(static_cast<double>(number)));
      break;
    default:
      mistake("not a number field", name);
  }
  return *this;
}

const Node& Node::set(std::string_view name, bool value) const {
  const Field* field = message_->type().find(name);
  if (!field || field->repeated || field->kind != Kind::boolean) mistake("no such bool field", name);
  else builder_->put(*message_, *field, Value::boolean(value));
  return *this;
}

const Node& Node::set_time(std::string_view name, int64_t seconds, int32_t nanos) const {
  const Node time = child(name);
  if (seconds != 0) time.set("seconds", seconds);
  if (nanos != 0) time.set("nanos", static_cast<int64_t>(nanos));
  return *this;
}

const Node& Node::label(std::string_view key, std::string_view value) const {
  if (value.empty()) return *this;
#ifndef NDEBUG
  if (!Schema::get().label("about.labels", key)) mistake("undeclared label", key);
#endif
  static const MessageType& type = *Schema::get().message("Label");
  static const Field& key_field = *type.find("key");
  static const Field& value_field = *type.find("value");
  const Field* labels = message_->type().find("labels");
  if (!labels) {
    mistake("no labels here", key);
    return *this;
  }
  Message* made = builder_->new_message(type);
  builder_->put(*made, key_field, Value::text(builder_->keep(key)));
  builder_->put(*made, value_field, Value::text(builder_->keep(value)));
  builder_->append(*message_, *labels, Value::message(made));
  return *this;
}

const Node& Node::label(std::string_view key, bool value) const {
  return value ? label(key, std::string_view("true")) : *this;
}

const Node& Node::label(std::string_view key, size_t value) const {
  return value ? label(key, std::string_view(std::to_string(value))) : *this;
}

}  // namespace sekisho::event
