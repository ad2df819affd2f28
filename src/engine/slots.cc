// Takes a path as it is written in a rule, gives a Slot checked against the schema. Entry: resolve(). Refuses what
// slots.h lists.
#include "engine/slots.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::engine {
namespace {

using event::Field;
using event::Kind;

std::unexpected<PathError> refuse(size_t step, std::string text, std::string hint = {}) {
  return std::unexpected(PathError{step, std::move(text), std::move(hint)});
}

std::string quoted(std::string_view s) { return '"' + std::string(s) + '"'; }

void set_type(Slot& slot, const Field& field) {
  switch (field.kind) {
    case Kind::boolean:
      slot.type = Type::boolean;
      break;
    case Kind::integer:
    case Kind::unsigned_integer:
      slot.type = Type::integer;
      break;
    case Kind::real:
      slot.type = Type::real;
      break;
    case Kind::enumeration:
      slot.type = Type::integer;
      slot.enumeration = field.enumeration;
      break;
    default:
      slot.type = Type::text;
  }
}

// The name under which labels of this place are declared: "about.labels", "additional.fields".
std::string home_of(const Slot& slot) {
  std::string home;
  for (const Step& step : slot.steps) {
    if (!home.empty()) home += '.';
    home += step.field->name;
  }
  if (slot.steps.back().field->kind == Kind::map) home += ".fields";
  return home;
}

// What holds for the path as a whole: indexes everywhere or nowhere, quantifiers only where there is something to
// quantify.
std::expected<Slot, PathError> finish(Slot slot, const event::MessageType& root) {
  const auto levels = std::span(slot.steps).first(slot.steps.size() - (slot.keyed ? 1 : 0));
  size_t indexed = 0, plain = 0;
  for (const Step& step : levels) (step.index >= 0 ? indexed : plain) += step.field->repeated;
  const size_t last = slot.steps.size() - 1;
  if (indexed > 0 && plain > 0)
    return refuse(last, "an index on some repeated fields but not on all of them",
                  "index every repeated field of the path");
  if (slot.keyed && plain > 0 && &root == &event::Schema::get().event())
    slot.follows_noun = event::Schema::get().label(home_of(slot), slot.key) != nullptr;
  if (slot.quantifier != Quantifier::each) {
    if (indexed > 0) return refuse(last, "any and all cannot be used with an index");
    if (slot.keyed && !slot.follows_noun) return refuse(last, "any and all cannot be used with a map");
    if (!slot.repeated()) return refuse(last, "any and all need a repeated field");
  }
  return slot;
}

}  // namespace

bool Slot::repeated() const {
  if (raw) return quantifier != Quantifier::each;
  if (keyed) return follows_noun;
  return std::any_of(steps.begin(), steps.end(), [](const Step& s) { return s.field->repeated && s.index < 0; });
}

std::string Slot::path() const {
  if (raw) return field;
  std::string out;
  for (const Step& step : steps) {
    if (!out.empty()) out += '.';
    out += step.field->name;
    if (step.index >= 0) out += '[' + std::to_string(step.index) + ']';
  }
  if (keyed) {
    if (steps.back().field->kind == Kind::map) out += ".fields";
    out += "[\"" + key + "\"]";
  }
  return out;
}

std::expected<Slot, PathError> resolve(const event::MessageType& root, std::span<const PathStep> path,
                                       Quantifier quantifier) {
  Slot slot;
  slot.quantifier = quantifier;
  if (path.empty()) return refuse(0, "a field of the event is missing here");
  const event::MessageType* type = &root;
  for (size_t i = 0; i < path.size(); ++i) {
    const PathStep& step = path[i];
    const bool last = i + 1 == path.size();
    const Field* field = type->find(step.name);
    if (field == nullptr)
      return refuse(i, "no field " + quoted(step.name) + " in " + type->name, type->near(step.name));
    if (step.index && !field->repeated) return refuse(i, quoted(step.name) + " is not repeated and takes no index");
    if (step.index && *step.index < 0) return refuse(i, "an index cannot be negative");
    slot.steps.push_back({field, step.index.value_or(-1)});

    if (field->kind == Kind::map) {
      if (step.key || last || path[i + 1].name != "fields")
        return refuse(i, quoted(step.name) + " is a map", "write " + field->name + ".fields[\"key\"]");
      const PathStep& fields = path[i + 1];
      if (fields.index) return refuse(i + 1, "a map takes a key, not an index", "write fields[\"key\"]");
      if (!fields.key) return refuse(i + 1, "a map needs a key", "write fields[\"key\"]");
      if (i + 2 != path.size()) return refuse(i + 2, "the value of a map has no fields");
      slot.keyed = true;
      slot.key = *fields.key;
      return finish(std::move(slot), root);
    }
    if (step.key) {
      if (!field->is_label_list()) return refuse(i, quoted(step.name) + " is not a map");
      if (step.index) return refuse(i, "a map takes a key or an index, not both");
      if (!last) return refuse(i + 1, "the value of a map has no fields");
      slot.keyed = true;
      slot.key = *step.key;
      return finish(std::move(slot), root);
    }
    if (field->kind != Kind::message) {
      if (!last) return refuse(i + 1, quoted(step.name) + " is not a message and has no fields");
      set_type(slot, *field);
      return finish(std::move(slot), root);
    }
    type = field->message;
  }
  const Field& field = *slot.steps.back().field;
  std::string hint = "name one of its fields";
  if (field.is_label_list()) hint = "write " + field.name + "[\"key\"], or " + field.name + ".value";
  else if (!field.message->fields.empty())
    hint += ", for instance " + field.name + '.' + field.message->fields.front().name;
  return refuse(path.size() - 1, quoted(field.name) + " is a message, not a value", hint);
}

Slot raw_slot(std::string field, bool first) {
  Slot out;
  out.raw = true;
  out.field = std::move(field);
  if (!first) out.quantifier = Quantifier::any;
  return out;
}

Result<Slot> resolve(std::string_view path, Quantifier quantifier) {
  std::vector<PathStep> steps;
  std::string_view rest = path;
  while (!rest.empty()) {
    PathStep step;
    const size_t end = std::min(rest.find_first_of(".["), rest.size());
    step.name = rest.substr(0, end);
    rest.remove_prefix(end);
    if (rest.starts_with("[\"")) {
      const size_t close = rest.find("\"]");
      if (close == std::string_view::npos) return fail("engine.path", "unclosed key in " + std::string(path));
      step.key = rest.substr(2, close - 2);
      rest.remove_prefix(close + 2);
    } else if (rest.starts_with('[')) {
      const size_t close = rest.find(']');
      if (close == std::string_view::npos) return fail("engine.path", "unclosed index in " + std::string(path));
      step.index = std::atoll(std::string(rest.substr(1, close - 1)).c_str());
      rest.remove_prefix(close + 1);
    }
    if (rest.starts_with('.')) rest.remove_prefix(1);
    steps.push_back(step);
  }
  auto slot = resolve(event::Schema::get().event(), steps, quantifier);
  if (!slot) return fail("engine.path", slot.error().text + " (" + std::string(path) + ")", slot.error().hint);
  return *std::move(slot);
}

}  // namespace sekisho::engine
