// Takes the slots of a Rule, gives the dims and columns of the Program that read them. Entries: Lowering::lower_slot(),
// dims_of(). Refuses nothing: slots are checked when they are made and in compile.cc.
#include <algorithm>

#include "engine/lower.h"
#include "engine/node_key.h"

namespace sekisho::engine {

DimId Lowering::dim(DimId parent, std::vector<Step> via, const event::Field* field, bool quantified) {
  std::string key;
  append_key(key, parent);
  append_key(key, quantified);
  append_key(key, via);
  append_key(key, field);
  const auto [it, fresh] = known_dims_.try_emplace(key, static_cast<DimId>(program_.dims.size()));
  if (!fresh) return it->second;
  std::string path = program_.dims[parent].path;
  const auto append = [&path](const Step& s) {
    if (!path.empty()) path += '.';
    path += s.field->name;
    if (s.index >= 0) path += '[' + std::to_string(s.index) + ']';
  };
  for (const Step& s : via) append(s);
  append({field, -1});
  program_.dims.push_back({parent, std::move(via), field, quantified, false, std::move(path)});
  return it->second;
}

DimId Lowering::raw_dim(const std::string& field) {
  const auto [it, fresh] = known_dims_.try_emplace("raw" + field, static_cast<DimId>(program_.dims.size()));
  if (fresh) program_.dims.push_back({kRoot, {}, nullptr, true, true, field});
  return it->second;
}

// The dims of a slot that expands, outermost first; returns the last.
DimId Lowering::dims_of(const Slot& slot, bool quantified, std::vector<DimId>* all) {
  if (slot.raw) return raw_dim(slot.field);
  DimId at = kRoot;
  std::vector<Step> via;
  const size_t end = slot.steps.size() - (slot.keyed ? 1 : 0);
  for (size_t i = 0; i < end; ++i) {
    const Step& step = slot.steps[i];
    if (!step.field->repeated || step.index >= 0) {
      via.push_back(step);
      continue;
    }
    at = dim(at, std::move(via), step.field, quantified);
    via.clear();
    if (all) all->push_back(at);
  }
  return at;
}

uint32_t Lowering::column(Column made) {
  std::string key;
  append_key(key, made.dim);
  append_key(key, made.keyed);
  append_key(key, made.raw);
  append_key(key, made.type);
  append_key(key, made.steps);
  key += made.key;
  const auto [it, fresh] = known_columns_.try_emplace(key, static_cast<uint32_t>(program_.columns.size()));
  if (!fresh) return it->second;
  const auto id = it->second;
  const bool plain =
      made.raw == Column::Raw::no && std::none_of(made.steps.begin(), made.steps.end() - (made.keyed ? 1 : 0),
                                                  [](const Step& s) { return s.field->repeated && s.index < 0; });
  if (made.keyed && plain) {
    std::string group_key;
    append_key(group_key, made.dim);
    append_key(group_key, made.steps);
    const auto [group, fresh_group] =
        known_groups_.try_emplace(group_key, static_cast<uint32_t>(program_.groups.size()));
    if (fresh_group) {
      program_.groups.emplace_back();
      program_.groups.back().dim = made.dim;
      program_.groups.back().steps = made.steps;
    }
    made.group = group->second;
    program_.groups[made.group].keys.insert(made.key, id);
    program_.groups[made.group].columns.push_back(id);
  }
  program_.columns.push_back(std::move(made));
  return id;
}

NodeId Lowering::lower_raw(const Slot& slot, Column::Raw what) {
  Column made{.dim = what == Column::Raw::values ? raw_dim(slot.field) : kRoot,
              .steps = {},
              .raw = what,
              .key = slot.field,
              .type = what == Column::Raw::has_field || what == Column::Raw::has_value ? Type::boolean : Type::text};
  const DimId at = made.dim;
  const Type type = made.type;
  return node({.code = Code::column, .type = type, .dim = at, .index = column(std::move(made))});
}

NodeId Lowering::lower_slot(const Slot& slot, const Place& place, bool quantified) {
  if (slot.raw) return lower_raw(slot, slot.repeated() ? Column::Raw::values : Column::Raw::first);
  Column made{.steps = {}, .keyed = slot.keyed, .key = slot.key, .type = slot.type};
  std::vector<DimId> dims;
  const DimId deepest = dims_of(slot, quantified, &dims);
  size_t from = 0;  // first step below the dim
  if (slot.repeated()) {
    made.dim = deepest;
    for (size_t i = 0; i < slot.steps.size() - (slot.keyed ? 1 : 0); ++i)
      if (slot.steps[i].field->repeated && slot.steps[i].index < 0) from = i + 1;
  } else if (slot.keyed) {
    // An undeclared key: the first string below the innermost ancestor that is expanded here anyway.
    size_t level = 0;
    for (size_t i = 0; i + 1 < slot.steps.size(); ++i) {
      if (!slot.steps[i].field->repeated || slot.steps[i].index >= 0) continue;
      if (place.expanded == nullptr || !place.expanded->contains(dims[level])) break;
      made.dim = dims[level++];
      from = i + 1;
    }
  }
  made.steps.assign(slot.steps.begin() + static_cast<ptrdiff_t>(from), slot.steps.end());
  const DimId at = made.dim;
  const Type type = made.type;
  return node({.code = Code::column, .type = type, .dim = at, .index = column(std::move(made))});
}

}  // namespace sekisho::engine
