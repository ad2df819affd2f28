// Takes values with the slots they belong to, gives one line of JSON. Entry: EventDraft.
#include "event_draft.h"

#include <utility>

#include "base/clock.h"
#include "base/json.h"

namespace sekisho::tests {

struct EventDraft::Tree {
  enum class Kind : uint8_t { leaf, object, list, labels, time, duration } kind = Kind::object;
  engine::Constant value;                                              // leaf
  const event::EnumType* enumeration = nullptr;                        // leaf
  std::vector<std::pair<std::string, std::unique_ptr<Tree>>> members;  // of an object; of labels: key and text

  Tree& member(std::string_view name) {
    for (auto& [key, tree] : members)
      if (key == name) return *tree;
    members.emplace_back(std::string(name), std::make_unique<Tree>());
    return *members.back().second;
  }
  // Elements of a list are members without a name.
  Tree& element(size_t index, bool messages) {
    kind = Kind::list;
    while (members.size() <= index) {
      members.emplace_back(std::string(), std::make_unique<Tree>());
      if (messages) continue;
      members.back().second->kind = Kind::leaf;
      members.back().second->value = std::string();
    }
    return *members[index].second;
  }

  const engine::Constant* find(std::string_view name) const {
    for (const auto& [key, tree] : members)
      if (key == name) return &tree->value;
    return nullptr;
  }

  static void write(const engine::Constant& value, const event::EnumType* enumeration, JsonWriter& out) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
      const std::string_view name = enumeration ? enumeration->name_of(*number) : std::string_view();
      if (name.empty()) out.value(*number);
      else out.value(name);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      out.value(*text);
    } else if (const auto* real = std::get_if<double>(&value)) {
      out.value(*real);
    } else {
      out.value(std::get<bool>(value));
    }
  }

  void write(JsonWriter& out) const {
    switch (kind) {
      case Kind::leaf:
        return write(value, enumeration, out);
      case Kind::list:
        out.begin_array();
        for (const auto& [key, tree] : members) tree->write(out);
        return out.end_array();
      case Kind::labels:
        out.begin_array();
        for (const auto& [key, tree] : members) {
          out.begin_object();
          out.member("key", std::string_view(key));
          out.key("value");
          tree->write(out);
          out.end_object();
        }
        return out.end_array();
      case Kind::time:
      case Kind::duration: {
        const auto number = [&](std::string_view name) {
          const engine::Constant* v = find(name);
          const int64_t* n = v ? std::get_if<int64_t>(v) : nullptr;
          return n ? *n : 0;
        };
        if (kind == Kind::time) return out.value(time_text(number("seconds") * 1000 + number("nanos") / 1'000'000));
        return out.value(std::to_string(number("seconds")) + "s");
      }
      case Kind::object:
        out.begin_object();
        for (const auto& [key, tree] : members) {
          out.key(key);
          tree->write(out);
        }
        return out.end_object();
    }
  }
};

EventDraft::EventDraft() : root_(std::make_unique<Tree>()) {}
EventDraft::~EventDraft() = default;

void EventDraft::set(const engine::Slot& slot, const engine::Constant& value) {
  if (slot.raw) return set_raw(slot.field, value);
  Tree* at = root_.get();
  for (size_t i = 0; i < slot.steps.size(); ++i) {
    const engine::Step& step = slot.steps[i];
    const bool map = slot.keyed && i + 1 == slot.steps.size();
    const bool time = at->kind == Tree::Kind::time || at->kind == Tree::Kind::duration;
    at = &at->member(time ? step.field->name : step.field->json);
    if (map) {
      at->kind = step.field->kind == event::Kind::map ? Tree::Kind::object : Tree::Kind::labels;
      at = &at->member(slot.key);
      break;
    }
    if (step.field->repeated) {
      const bool message = step.field->kind == event::Kind::message;
      at = &at->element(step.index > 0 ? static_cast<size_t>(step.index) : 0, message);
    }
    if (step.field->kind == event::Kind::message) {
      if (step.field->message->name == "Timestamp") at->kind = Tree::Kind::time;
      if (step.field->message->name == "Duration") at->kind = Tree::Kind::duration;
    }
  }
  at->kind = Tree::Kind::leaf;
  at->value = value;
  at->enumeration = slot.enumeration;
}

void EventDraft::set_time(int64_t milliseconds) {
  Tree& time = root_->member("metadata").member("eventTimestamp");
  time.kind = Tree::Kind::leaf;
  time.value = time_text(milliseconds);
}

void EventDraft::set_raw(std::string_view dotted_name, const engine::Constant& value) {
  Tree* at = root_.get();
  for (;;) {
    const size_t dot = dotted_name.find('.');
    at->kind = Tree::Kind::object;
    at = &at->member(dotted_name.substr(0, dot));
    if (dot == std::string_view::npos) break;
    dotted_name.remove_prefix(dot + 1);
  }
  at->kind = Tree::Kind::leaf;
  at->value = value;
}

std::string EventDraft::json() const {
  std::string out;
  JsonWriter writer(out);
  root_->write(writer);
  return out;
}

std::string time_text(int64_t milliseconds) {
  return format_rfc3339({milliseconds / 1000, static_cast<int32_t>(milliseconds % 1000 * 1'000'000)});
}

}  // namespace sekisho::tests
