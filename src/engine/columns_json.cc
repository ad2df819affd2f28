// Takes a JSON text and the notes of its walk, gives the elements of dims and the values of columns, equal to those of
// the Event that event::read_json makes of it. Entries: collect_elements(), fill_group_json(), read_json(),
// event_time(). Refuses nothing: what is absent or of another type is zero.
#include <cstring>

#include "engine/evaluate.h"
#include "engine/json_values.h"

namespace sekisho::engine {

using event::Field;
using event::JsonValue;
using event::Kind;
using Json = JsonValue::Type;

Datum Evaluation::leaf_text(const JsonValue& leaf) {
  char buffer[32];
  const std::string_view text = event::scalar_text(leaf, buffer);
  return Datum::text(leaf.type() == Json::text ? text : calls_.keep(text));
}

JsonValue Evaluation::noted(DimId dim, uint32_t element, uint32_t mark) {
  if (mark == kNone) return {};
  const JsonPaths& paths = *program_->paths;
  JsonPaths::Place place = 0;
  if (dim == kRoot) {
    if (rows_[kRoot].places[0] != 0) place = paths.find(json_, notes_, mark);
  } else {
    const DimRows& rows = this->rows(dim);
    const size_t marks = paths.marks(dim);
    if (notes_epoch_[dim] != epoch_) {
      dim_notes_[dim] = arena_.make<JsonPaths::Place>(rows.count * marks);
      std::memset(dim_notes_[dim], 0, rows.count * marks * sizeof(JsonPaths::Place));
      notes_epoch_[dim] = epoch_;
    }
    if (rows.places[element] != 0)
      place = paths.find(dim, json_.at(rows.places[element]), dim_notes_[dim] + element * marks, mark);
  }
  return place == 0 ? JsonValue() : json_.at(place);
}

// The value of the last step, its own index not applied where it has none.
JsonValue Evaluation::noted(const JsonPaths::Path& path, std::span<const Step> steps, DimId dim, uint32_t element) {
  return descend(noted(dim, element, path.mark), steps.subspan(path.steps - 1));
}

uint32_t Evaluation::collect_elements(DimId id, uint32_t parent) {
  const Dim& dim = program_->dims[id];
  const JsonPaths::Path& path = program_->paths->dim(id);
  JsonValue list = noted(dim.parent, parent, path.mark);
  if (path.steps <= dim.via.size()) {
    list = member(descend(list, std::span(dim.via).subspan(path.steps - 1)), *dim.field);
  }
  const size_t before = places_.size();
  each_item(list, [&](const JsonValue& item) { places_.push_back(item.place()); });
  return static_cast<uint32_t>(places_.size() - before);
}

// Scalars in lists at any depth; objects: those of objects too. No deeper than the text.
void Evaluation::collect_leaves(const JsonValue& value, bool objects) {
  if (value.type() == Json::list) {
    for (JsonValue item = value.first(); item; item = item.next(value)) collect_leaves(item, objects);
  } else if (value.type() == Json::object) {
    if (!objects) return;
    for (JsonValue key = value.first(); key;) {
      const JsonValue member = key.member_value();
      collect_leaves(member, objects);
      key = member.next(value);
    }
  } else if (value.is_scalar()) {
    places_.push_back(value.place());
  }
}

void Evaluation::collect_leaves(uint32_t mark) {
  if (mark == kNone) return rows_[kRoot].places[0] != 0 ? collect_leaves(json_, true) : void();
  if (notes_.found[mark] == 0) return;
  collect_leaves(json_.at(notes_.found[mark]), false);
  if (notes_.hits.empty()) return;
  for (uint32_t at = notes_.chains[mark].first; at != 0; at = notes_.hits[at - 1].next)
    collect_leaves(json_.at(notes_.hits[at - 1].place), false);
}

void Evaluation::fill_group_json(uint32_t id) {
  const Group& group = program_->groups[id];
  const JsonPaths::Path& path = program_->paths->group(id);
  const bool map = group.steps.back().field->kind == Kind::map;
  const uint32_t count = rows(group.dim).count;
  for (uint32_t i = 0; i < count; ++i) {
    const JsonValue found = noted(path, group.steps, group.dim, i);
    if (!found) continue;
    if (!map) {
      each_item(found, [&](const JsonValue& label) {
        if (label.type() != Json::object) return;
        const uint32_t c = group.keys.find(leaf_text(member(label, *label_key_)).as_text());
        if (c != KeyTable::kAbsent) put_entry(c, i, leaf_text(member(label, *label_value_)));
      });
    } else if (found.type() == Json::object) {
      for (JsonValue key = found.first(); key;) {
        const JsonValue value = key.member_value();
        if (const uint32_t c = group.keys.find(key.text()); c != KeyTable::kAbsent)
          put_entry(c, i, Datum::text(value.type() == Json::text ? value.text() : std::string_view()));
        key = value.next(found);
      }
    }
  }
}

// The first string under the key, through repeated fields in order; value is that of steps[0]. Recursion follows a path
// of the schema.
bool Evaluation::find_key_json(const JsonValue& value, std::span<const Step> steps, std::string_view key, Datum& out) {
  const Step& step = steps[0];
  if (!value) return false;
  bool found = false;
  if (steps.size() > 1) {
    const auto below = [&](const JsonValue& object) {
      found = found || find_key_json(member(object, *steps[1].field), steps.subspan(1), key, out);
    };
    if (!step.field->repeated) below(value);
    else if (step.index >= 0) below(item_at(value, step.index));
    else each_item(value, below);
    return found;
  }
  if (step.field->kind != Kind::map) {
    each_item(value, [&](const JsonValue& label) {
      if (found || label.type() != Json::object || leaf_text(member(label, *label_key_)).as_text() != key) return;
      found = true;
      out = leaf_text(member(label, *label_value_));
    });
    return found;
  }
  if (value.type() != Json::object) return false;
  for (JsonValue name = value.first(); name && !found;) {
    const JsonValue held = name.member_value();
    if (name.text() == key) {
      found = true;
      out = Datum::text(held.type() == Json::text ? held.text() : std::string_view());
    }
    name = held.next(value);
  }
  return found;
}

Datum Evaluation::read_raw(const Column& column, const DimRows& rows, uint32_t element, uint32_t mark) {
  const auto first = [&] {
    places_.clear();
    collect_leaves(mark);
    return places_.empty() ? JsonValue() : json_.at(places_[0]);
  };
  switch (column.raw) {
    case Column::Raw::values:
      return leaf_text(json_.at(rows.places[element]));
    case Column::Raw::has_field:
      return Datum::boolean(mark == kNone ? rows.places[element] != 0 : notes_.found[mark] != 0);
    case Column::Raw::has_value:
      return Datum::boolean(static_cast<bool>(first()));
    default:
      const JsonValue leaf = first();
      return leaf ? leaf_text(leaf) : Datum::text({});
  }
}

Datum Evaluation::json_datum(uint32_t id, const JsonValue& value) {
  const Column& column = program_->columns[id];
  switch (column.type) {
    case Type::boolean:
      return Datum::boolean(json_boolean(value));
    case Type::integer: {
      const Field& field = column.steps.empty() ? *program_->dims[column.dim].field : *column.steps.back().field;
      const uint32_t names = program_->paths->column(id).enumeration;
      if (names == kNone || value.type() != Json::text) return Datum::integer(json_integer(value, field));
      const uint32_t found = program_->paths->enumeration(names).find(value.text());
      return Datum::integer(found == KeyTable::kAbsent ? 0 : field.enumeration->values[found].number);
    }
    case Type::real:
      return Datum::real(json_real(value));
    default:
      return leaf_text(value);
  }
}

// The value of a plain column as its only element, without making its dim; many: it is not plain, or has more.
Evaluation::Found Evaluation::plain_value(const Node& value, Datum& out) {
  if (!json_ || value.code != Code::column) return Found::many;
  const JsonPaths::Path& path = program_->paths->column(value.index);
  if (!path.plain || rows_[kRoot].places[0] == 0) return Found::many;
  const JsonPaths::Place place = program_->paths->find(json_, notes_, path.mark);
  if (place == 0) return Found::none;
  const JsonValue found = json_.at(place);
  if (program_->root == nullptr) {
    if (!notes_.hits.empty() && notes_.chains[path.mark].first != 0) return Found::many;
    if (found.type() == Json::object) return Found::none;  // what is in it has other names
    if (!found.is_scalar()) return Found::many;
    out = leaf_text(found);
  } else {
    out = json_datum(value.index, found);
  }
  return Found::one;
}

Datum Evaluation::read_json(uint32_t id, const DimRows& rows, uint32_t element) {
  const Column& column = program_->columns[id];
  const JsonPaths::Path& path = program_->paths->column(id);
  if (column.raw != Column::Raw::no) return read_raw(column, rows, element, path.mark);
  const std::span<const Step> steps(column.steps);
  if (column.keyed) {
    Datum out = Datum::text({});
    find_key_json(noted(column.dim, element, path.mark), steps.subspan(path.steps - 1), column.key, out);
    return out;
  }
  JsonValue value;
  const Field* field = nullptr;
  if (steps.empty()) {
    field = program_->dims[column.dim].field;
    if (rows.places[element] != 0) value = json_.at(rows.places[element]);
  } else {
    field = steps.back().field;
    value = noted(column.dim, element, path.mark);
    if (path.steps == steps.size()) {
      value = descend(value, steps.last(1));
      if (!value && path.time != kNone)
        return Datum::integer(
            json_time_part(noted(column.dim, element, path.time), *steps[steps.size() - 2].field, *field));
    } else {
      value = descend(value, steps.subspan(path.steps - 1).first(steps.size() - path.steps));
      const Field& above = *steps[steps.size() - 2].field;
      if (value && value.type() == Json::text && is_time(above))
        return Datum::integer(json_time_part(value, above, *field));
      value = descend(member(value, *field), steps.last(1));
    }
  }
  return value ? json_datum(id, value) : Datum::zero(column.type);
}

}  // namespace sekisho::engine
