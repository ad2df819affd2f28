// Takes an event, gives the elements of dims and the values of columns; here from sealed Events, in columns_json.cc
// from JSON. Entries: Evaluation::rows(), fill_column(), fill_group(). Refuses nothing: what is absent is zero.
#include <cstring>

#include "engine/evaluate.h"

namespace sekisho::engine {
namespace {

Datum datum(const event::Value& v, Type type) {
  switch (type) {
    case Type::boolean:
      return Datum::boolean(v.as_bool());
    case Type::integer:
      return Datum::integer(v.as_int());
    case Type::real:
      return Datum::real(v.type() == event::Value::Type::real ? v.as_real() : static_cast<double>(v.as_int()));
    default:
      return Datum::text(v.as_text());
  }
}

event::Value pick(const event::Value& v, int64_t index) {
  const auto list = v.as_list();
  return static_cast<uint64_t>(index) < list.size() ? list[static_cast<size_t>(index)] : event::Value();
}

}  // namespace

const event::Message* Evaluation::follow(const event::Message* from, std::span<const Step> steps) const {
  for (const Step& step : steps) {
    if (from == nullptr) return nullptr;
    event::Value v = from->get(*step.field);
    if (step.index >= 0) v = pick(v, step.index);
    from = v.as_message();
  }
  return from;
}

const DimRows& Evaluation::rows(DimId dim) {
  if (rows_epoch_[dim] != epoch_) fill_rows(dim);
  return rows_[dim];
}

// parents + 1 places in `begin`; empty(i): what stands under parent i is the zero element.
template <class Empty>
DimRows& Evaluation::make_rows(DimId id, const uint32_t* begin, uint32_t parents, Empty empty) {
  const uint32_t count = begin[parents];
  auto* parent = arena_.make<uint32_t>(count);
  auto* position = arena_.make<uint32_t>(count);
  for (uint32_t i = 0; i < parents; ++i) {
    const bool zero = empty(i);
    for (uint32_t at = begin[i]; at < begin[i + 1]; ++at) {
      parent[at] = i;
      position[at] = zero ? kNone : at - begin[i];
    }
  }
  rows_epoch_[id] = epoch_;
  return rows_[id] = {
             .count = count, .parent = parent, .begin = begin, .position = position, .zeros = new_bits(count, false)};
}

void Evaluation::fill_rows(DimId id) {
  // Outermost first. A path of the schema is short, and so is this recursion.
  const Dim& dim = program_->dims[id];
  const DimRows above = rows(dim.parent);
  auto* begin = arena_.make<uint32_t>(above.count + 1);
  begin[0] = 0;
  if (event_ == nullptr || dim.raw) {  // an Event has no raw fields
    places_.clear();
    for (uint32_t i = 0; i < above.count; ++i) {
      if (!json_) places_.insert(places_.end(), !dim.quantified, 0);
      else if (dim.raw) collect_leaves(program_->paths->dim(id).mark);
      else if (collect_elements(id, i) == 0 && !dim.quantified) places_.push_back(0);
      begin[i + 1] = static_cast<uint32_t>(places_.size());
    }
    auto* places = arena_.make<JsonPaths::Place>(places_.size());
    std::copy(places_.begin(), places_.end(), places);
    make_rows(id, begin, above.count, [&](uint32_t i) {
      return begin[i] < begin[i + 1] && places[begin[i]] == 0;
    }).places = places;
    return;
  }
  auto* lists = arena_.make<std::span<const event::Value>>(above.count);
  for (uint32_t i = 0; i < above.count; ++i) {
    const event::Message* m = follow(above.messages[i], dim.via);
    lists[i] = m ? m->list(*dim.field) : std::span<const event::Value>();
    begin[i + 1] = begin[i] + (lists[i].empty() ? !dim.quantified : static_cast<uint32_t>(lists[i].size()));
  }
  DimRows& out = make_rows(id, begin, above.count, [&](uint32_t i) { return lists[i].empty(); });
  const bool messages = dim.field->kind == event::Kind::message;
  auto* pointers = messages ? arena_.make<const event::Message*>(out.count) : nullptr;
  auto* scalars = messages ? nullptr : arena_.make<event::Value>(out.count);
  for (uint32_t at = 0; at < out.count; ++at) {
    const bool there = out.position[at] != kNone;
    const event::Value value = there ? lists[out.parent[at]][out.position[at]] : event::Value();
    if (messages) pointers[at] = value.as_message();
    else scalars[at] = value;
  }
  out.messages = pointers;
  out.values = scalars;
}

void Evaluation::put_entry(uint32_t column, uint32_t element, const Datum& value) {
  ColumnData& c = columns_[column];
  if (c.tail != kNone && entries_[c.tail].element == element) return;
  const auto at = static_cast<uint32_t>(entries_.size());
  entries_.push_back({value, element, kNone});
  (c.tail == kNone ? c.head : entries_[c.tail].next) = at;
  c.tail = at;
}

// One walk over what each element has; the first value of a key counts.
void Evaluation::fill_group(uint32_t id) {
  const Group& group = program_->groups[id];
  group_epoch_[id] = epoch_;
  for (uint32_t c : group.columns) {
    columns_[c].epoch = epoch_;
    columns_[c].dense = nullptr;
    columns_[c].head = columns_[c].tail = kNone;
  }
  if (event_ == nullptr) return json_ ? fill_group_json(id) : void();
  const DimRows& rows = this->rows(group.dim);
  const auto path = std::span(group.steps).first(group.steps.size() - 1);
  const event::Field& field = *group.steps.back().field;
  const bool map = field.kind == event::Kind::map;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const event::Message* m = follow(rows.messages[i], path);
    if (m == nullptr) continue;
    if (map) {
      const event::Map* entries = m->get(field).as_map();
      if (entries == nullptr) continue;
      for (const event::Map::Entry& e : entries->entries())
        if (const uint32_t c = group.keys.find(e.key); c != KeyTable::kAbsent)
          put_entry(c, i, Datum::text(e.value.as_text()));
    } else {
      for (const event::Value& v : m->list(field)) {
        const event::Message* label = v.as_message();
        if (label == nullptr) continue;
        const uint32_t c = group.keys.find(label->get(*label_key_).as_text());
        if (c != KeyTable::kAbsent) put_entry(c, i, Datum::text(label->get(*label_value_).as_text()));
      }
    }
  }
}

// The first string under the key, through repeated ancestors in order. Recursion follows a path of the schema.
bool Evaluation::find_key(const event::Message* from, std::span<const Step> steps, std::string_view key,
                          Datum& out) const {
  if (from == nullptr) return false;
  const Step& step = steps[0];
  if (steps.size() == 1) {
    if (step.field->kind == event::Kind::map) {
      const event::Map* map = from->get(*step.field).as_map();
      if (map == nullptr) return false;
      for (const event::Map::Entry& e : map->entries()) {
        if (e.key != key) continue;
        out = Datum::text(e.value.as_text());
        return true;
      }
      return false;
    }
    for (const event::Value& v : from->list(*step.field)) {
      const event::Message* label = v.as_message();
      if (label == nullptr || label->get(*label_key_).as_text() != key) continue;
      out = Datum::text(label->get(*label_value_).as_text());
      return true;
    }
    return false;
  }
  const event::Value v = from->get(*step.field);
  if (!step.field->repeated) return find_key(v.as_message(), steps.subspan(1), key, out);
  if (step.index >= 0) return find_key(pick(v, step.index).as_message(), steps.subspan(1), key, out);
  for (const event::Value& item : v.as_list())
    if (find_key(item.as_message(), steps.subspan(1), key, out)) return true;
  return false;
}

Datum Evaluation::read(const Column& column, const DimRows& rows, uint32_t element) const {
  if (column.steps.empty()) return datum(rows.values[element], column.type);
  const event::Message* m = rows.messages[element];
  if (column.keyed) {
    Datum out = Datum::text({});
    find_key(m, column.steps, column.key, out);
    return out;
  }
  m = follow(m, std::span(column.steps).first(column.steps.size() - 1));
  if (m == nullptr) return Datum::zero(column.type);
  const Step& last = column.steps.back();
  event::Value v = m->get(*last.field);
  if (last.index >= 0) v = pick(v, last.index);
  return datum(v, column.type);
}

const Datum* Evaluation::fill_column(uint32_t id) {
  const Column& column = program_->columns[id];
  ColumnData& data = columns_[id];
  if (column.group != kNone && group_epoch_[column.group] != epoch_) fill_group(column.group);
  if (data.epoch == epoch_ && data.dense != nullptr) return data.dense;
  const DimRows& rows = this->rows(column.dim);
  Datum* out = arena_.make<Datum>(rows.count);
  if (column.group != kNone) {
    std::uninitialized_fill_n(out, rows.count, Datum::text({}));
    for (uint32_t at = data.head; at != kNone; at = entries_[at].next) out[entries_[at].element] = entries_[at].value;
  } else if (event_ == nullptr || column.raw != Column::Raw::no) {
    for (uint32_t i = 0; i < rows.count; ++i) out[i] = json_ ? read_json(id, rows, i) : Datum::zero(column.type);
  } else {
    for (uint32_t i = 0; i < rows.count; ++i) out[i] = read(column, rows, i);
  }
  data.epoch = epoch_;
  return data.dense = out;
}

}  // namespace sekisho::engine
