// JSON values as fields of the schema, by the rules of event::read_json (proto3 JSON); what that refuses reads as zero
// here. Inside engine/ only.
#pragma once

#include <span>

#include "engine/slots.h"
#include "event/json_line.h"

namespace sekisho::engine {

int64_t json_integer(const event::JsonValue& value, const event::Field& field);  // of enumerations too
double json_real(const event::JsonValue& value);
bool json_boolean(const event::JsonValue& value);

// A Timestamp or Duration, which may be written as a text, and one part of such a text.
inline bool is_time(const event::Field& field) {
  return field.message != nullptr && (field.message->name == "Timestamp" || field.message->name == "Duration");
}
std::optional<Timestamp> json_time(const event::JsonValue& value, const event::Field& field);
int64_t json_time_part(const event::JsonValue& text, const event::Field& time, const event::Field& part);

// The last member that is not null, under either name of the field.
event::JsonValue member(const event::JsonValue& object, const event::Field& field);

// What a repeated field holds: a list, or a bare value as a list of one.
event::JsonValue item_at(const event::JsonValue& list, int64_t index);
template <class Visit>
void each_item(const event::JsonValue& list, Visit visit) {
  if (!list || list.type() == event::JsonValue::Type::null) return;
  if (list.type() != event::JsonValue::Type::list) return visit(list);
  for (event::JsonValue item = list.first(); item; item = item.next(list)) visit(item);
}

// From the value of steps[0]'s field, its index not yet applied, to that of the last step, its index applied.
event::JsonValue descend(event::JsonValue value, std::span<const Step> steps);

}  // namespace sekisho::engine
