// Takes a Program, gives the tries of what it reads in JSON objects; takes a JSON text, notes where those values are.
// Entries: JsonPaths(), begin(), find(). Refuses nothing: what is not there is not noted.
#include "engine/json_paths.h"

#include <algorithm>
#include <map>

#include "engine/json_values.h"

namespace sekisho::engine {

using event::JsonValue;
using Json = JsonValue::Type;

// A trie while it grows: items[0] is the root.
struct JsonPaths::Growing {
  struct Item {
    StringMap<uint32_t> children;
    std::vector<uint32_t> order;  // each child once
    uint32_t mark = 0;
  };
  std::vector<Item> items{1};

  uint32_t child(uint32_t parent, std::string_view name) {
    const auto it = items[parent].children.find(name);
    if (it != items[parent].children.end()) return it->second;
    const auto made = static_cast<uint32_t>(items.size());
    items[parent].children.emplace(name, made);
    items[parent].order.push_back(made);
    items.emplace_back();
    return made;
  }
  uint32_t field(uint32_t parent, const event::Field& field) {
    const uint32_t made = child(parent, field.json);
    items[parent].children.try_emplace(field.name, made);
    return made;
  }
};

namespace {

constexpr std::string_view kWrappers[] = {"udm", "idm", "event"};

// The first member of that name, as the reader of events looks for its wrappers.
JsonValue first_member(const JsonValue& object, std::string_view name) {
  if (!object || object.type() != Json::object) return {};
  for (JsonValue key = object.first(); key;) {
    const JsonValue value = key.member_value();
    if (key.text() == name) return value;
    key = value.next(object);
  }
  return {};
}

JsonValue unwrapped(const JsonValue& root) {
  const auto udm_of = [](const JsonValue& in) { return first_member(first_member(in, "idm"), "readOnlyUdm"); };
  for (const JsonValue& inner : {first_member(root, "udm"), udm_of(root), udm_of(first_member(root, "event"))})
    if (inner && inner.type() == Json::object) return inner;
  return {};
}

uint64_t load(const char* at) {
  uint64_t out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

}  // namespace

// The bytes behind a short text are readable on the tape and in names_; they are shifted out.
JsonPaths::Key JsonPaths::key(const char* text, uint32_t size) {
  const uint32_t n = std::min(size, 8u);
  if (n == 0) return {0, 0, 0, text};
  const uint32_t shift = 64 - 8 * n;
  return {load(text) << shift, load(text + size - n) << shift, size, text};
}

// The cell of that name, or an empty one.
const JsonPaths::Cell& JsonPaths::probe(const Object& object, const Key& key) const {
  const Cell* table = cells_.data() + object.cells;
  for (uint64_t i = hash(key) >> 32;; ++i) {
    const Cell& cell = table[i & object.mask];
    const bool same = (cell.head == key.head) & (cell.tail == key.tail) & (cell.size == key.size);
    if (same | (cell.size == UINT32_MAX))
      if (cell.size <= 16 || cell.size == UINT32_MAX || std::memcmp(cell.text, key.text, key.size) == 0) return cell;
  }
}

void JsonPaths::fill_table(uint32_t object, const StringMap<uint32_t>& children, const std::vector<uint32_t>& marks,
                           const std::vector<uint32_t>& objects) {
  uint32_t size = 4;
  while (size < 3 * children.size()) size *= 2;
  const auto cells = static_cast<uint32_t>(cells_.size());
  objects_[object].cells = cells;
  objects_[object].mask = size - 1;
  cells_.resize(cells_.size() + size);
  for (const auto& [name, child] : children) {
    names_.push_back(name);
    names_.back().reserve(8);
    const Key made = key(names_.back().data(), static_cast<uint32_t>(name.size()));
    uint64_t i = hash(made) >> 32;
    while (cells_[cells + (i & (size - 1))].size != UINT32_MAX) ++i;
    cells_[cells + (i & (size - 1))] = {made.head, made.tail, made.size, marks[child], objects[child], 0, made.text};
  }
}

JsonPaths::JsonPaths(const Program& program) : raw_(program.root == nullptr) {
  objects_.resize(1);
  columns_.resize(program.columns.size());
  groups_.resize(program.groups.size());
  dims_.resize(program.dims.size());
  tries_.resize(std::max<size_t>(program.dims.size(), 1));
  if (raw_) {
    grow_names(program);
    for (uint32_t id = 0; id < columns_.size(); ++id)
      columns_[id].plain = program.columns[id].raw == Column::Raw::values && columns_[id].mark != kNone;
    return;
  }
  for (DimId dim = 0; dim < program.dims.size(); ++dim) grow_fields(dim, program);
  std::map<const event::EnumType*, uint32_t> known;
  for (uint32_t id = 0; id < columns_.size(); ++id) {
    const Column& column = program.columns[id];
    columns_[id].plain = column.dim == kRoot && !column.keyed && columns_[id].steps == column.steps.size() &&
                         columns_[id].time == kNone && !column.steps.back().field->repeated;
    const event::Field* field = column.steps.empty() ? program.dims[column.dim].field : column.steps.back().field;
    if (field == nullptr || field->enumeration == nullptr) continue;
    const auto [it, fresh] = known.try_emplace(field->enumeration, static_cast<uint32_t>(enumerations_.size()));
    columns_[id].enumeration = it->second;
    if (!fresh) continue;
    KeyTable& names = enumerations_.emplace_back();
    for (uint32_t i = 0; i < field->enumeration->values.size(); ++i)
      names.insert(field->enumeration->values[i].name, i);
  }
}

void JsonPaths::grow_fields(DimId dim, const Program& program) {
  Growing growing;
  struct Reader {
    Path* path;
    uint32_t item, time;
  };
  std::vector<Reader> readers;
  const auto grow = [&](Path& path, std::span<const Step> steps, const event::Field* last, bool keyed) {
    uint32_t at = 0, above = 0;
    const event::Field *field = nullptr, *parent = nullptr;
    const size_t count = steps.size() + (last != nullptr);
    if (count == 0) return;
    do {
      parent = field;
      above = at;
      field = path.steps < steps.size() ? steps[path.steps].field : last;
      at = growing.field(at, *field);
      ++path.steps;
    } while (path.steps < count && !field->repeated && path.steps < kDeepest);
    const bool part = path.steps == count && !keyed && parent != nullptr && is_time(*parent);
    readers.push_back({&path, at, part ? above : kNone});
  };
  for (uint32_t id = 0; id < columns_.size(); ++id)
    if (const Column& c = program.columns[id]; c.dim == dim) grow(columns_[id], c.steps, nullptr, c.keyed);
  for (uint32_t id = 0; id < groups_.size(); ++id)
    if (program.groups[id].dim == dim) grow(groups_[id], program.groups[id].steps, nullptr, true);
  for (DimId id = 1; id < dims_.size(); ++id)
    if (const Dim& d = program.dims[id]; d.parent == dim) grow(dims_[id], d.via, d.field, false);
  if (dim == kRoot)
    for (const std::string_view name : kWrappers) growing.child(0, name);

  // Members of one object get marks that follow each other, behind the one that says that it was opened.
  Trie& trie = tries_[dim];
  trie.object = static_cast<uint32_t>(objects_.size());
  trie.owners = static_cast<uint32_t>(owner_.size());
  std::vector<uint32_t> marks(growing.items.size(), 0), objects(growing.items.size(), 0), open = {0};
  for (size_t i = 0; i < open.size(); ++i)
    for (const uint32_t child : growing.items[open[i]].order)
      if (!growing.items[child].children.empty()) open.push_back(child);
  for (const uint32_t item : open) {
    objects[item] = static_cast<uint32_t>(objects_.size());
    objects_.emplace_back();
  }
  owner_.push_back(0);  // mark 0
  for (const uint32_t item : open) {
    Object& object = objects_[objects[item]];
    object.flag = trie.marks++;
    owner_.push_back(objects[item]);
    object.mark = marks[item];
    object.up = item == 0 ? 0 : owner_[trie.owners + marks[item]];
    object.members = static_cast<uint32_t>(growing.items[item].order.size());
    for (const uint32_t child : growing.items[item].order) {
      marks[child] = trie.marks++;
      owner_.push_back(objects[item]);
    }
  }
  for (const uint32_t item : open) fill_table(objects[item], growing.items[item].children, marks, objects);
  for (const Reader& reader : readers) {
    reader.path->mark = marks[reader.item];
    if (reader.time != kNone) reader.path->time = marks[reader.time];
  }
  if (dim == kRoot)
    for (size_t i = 0; i < 3; ++i) wrappers_[i] = marks[growing.child(0, kWrappers[i])];
}

void JsonPaths::grow_names(const Program& program) {
  Growing growing;
  Trie& trie = tries_[kRoot];
  StringMap<uint32_t> known;
  const auto grow = [&](Path& path, const std::string& name) {
    if (name.empty()) return;
    const auto [it, fresh] = known.try_emplace(name, trie.marks);
    path.mark = it->second;
    if (!fresh) return;
    ++trie.marks;
    std::string_view rest = name;
    uint32_t at = 0;
    for (size_t depth = 0; depth < kDeepest; ++depth) {
      growing.items[growing.child(at, rest)].mark = path.mark;
      const size_t dot = rest.find('.');
      if (dot == std::string_view::npos) break;
      at = growing.child(at, rest.substr(0, dot));
      rest.remove_prefix(dot + 1);
    }
  };
  for (uint32_t id = 0; id < columns_.size(); ++id) grow(columns_[id], program.columns[id].key);
  for (DimId id = 1; id < dims_.size(); ++id) grow(dims_[id], program.dims[id].path);
  std::vector<uint32_t> marks, objects;
  for (const Growing::Item& item : growing.items) {
    marks.push_back(item.mark);
    objects.push_back(item.children.empty() ? 0 : static_cast<uint32_t>(objects_.size()));
    if (objects.back() != 0) objects_.emplace_back();
  }
  trie.object = objects[0];
  for (uint32_t i = 0; i < growing.items.size(); ++i)
    if (objects[i] != 0) fill_table(objects[i], growing.items[i].children, marks, objects);
}

void JsonPaths::watch(const std::vector<uint32_t>& marks) {
  if (raw_) return;
  for (const uint32_t mark : marks) {
    const Object& owner = objects_[owner_[mark]];
    for (uint32_t i = owner.cells; i <= owner.cells + owner.mask; ++i)
      if (cells_[i].mark == mark) cells_[i].watched = 1;
    for (uint32_t at = owner_[mark]; objects_[at].up != 0; at = objects_[at].up) {
      auto& above = objects_[objects_[at].up].watched;
      if (std::find(above.begin(), above.end(), at) == above.end()) above.push_back(at);
    }
  }
}

bool JsonPaths::begin(JsonValue& root, Notes& notes) const {
  const Trie& trie = tries_[kRoot];
  if (notes.found.size() != trie.marks) {
    notes = {};
    notes.found.assign(trie.marks, 0);
    notes.noted.assign(trie.marks + 1, 0);
    notes.chains.assign(raw_ ? trie.marks : 0, {});
  }
  const auto forget = [&] {
    for (const uint32_t id : notes.opened) {
      const Object& object = objects_[id];
      std::fill_n(notes.found.begin() + object.flag, object.members + 1, 0);
    }
    notes.opened.clear();
  };
  forget();
  if (!raw_) notes.count = 0;
  if (raw_) {
    for (size_t i = 0; i < notes.count; ++i) notes.found[notes.noted[i]] = 0;
    notes.count = 0;
    if (!notes.hits.empty()) {
      notes.hits.clear();
      notes.chains.assign(trie.marks, {});
    }
    if (trie.object != 0) enter(objects_[trie.object], root, notes);
    return true;
  }
  if (root.type() != Json::object) return false;
  open(root, notes.found.data(), trie.object, &notes);
  if ((notes.found[wrappers_[0]] | notes.found[wrappers_[1]] | notes.found[wrappers_[2]]) != 0) {
    if (const JsonValue inner = unwrapped(root)) {
      root = inner;
      forget();
      notes.count = 0;
      open(root, notes.found.data(), trie.object, &notes);
    }
  }
  return true;
}

// root: the event, or the element of a dim. No deeper than the trie.
void JsonPaths::open(const JsonValue& root, Place* found, uint32_t id, Notes* notes) const {
  const Object& object = objects_[id];
  if (object.up != 0 && found[objects_[object.up].flag] == 0) open(root, found, object.up, notes);
  found[object.flag] = 1;
  if (notes != nullptr) notes->opened.push_back(id);
  if (object.up != 0 && found[object.mark] == 0) return;
  const JsonValue at = object.up == 0 ? root : root.at(found[object.mark]);
  if (at.type() != Json::object) return;
  for (JsonValue name = at.first(); name;) {
    const JsonValue value = name.member_value();
    const std::string_view text = name.text();
    name = value.next(at);
    const Cell& cell = probe(object, key(text.data(), static_cast<uint32_t>(text.size())));
    const uint32_t mark = value.type() == Json::null ? 0 : cell.mark;
    if (notes != nullptr) {
      notes->noted[notes->count] = mark;
      notes->count += cell.watched & (mark != 0) & (found[mark] == 0);
    }
    found[mark] = value.place();
  }
  for (const uint32_t inner : object.watched)
    if (found[objects_[inner].mark] != 0) open(root, found, inner, notes);
}

void JsonPaths::walk_names(const Object& from, const JsonValue& object, Notes& notes) const {
  Place* found = notes.found.data();
  for (JsonValue name = object.first(); name;) {
    const JsonValue value = name.member_value();
    const std::string_view text = name.text();
    name = value.next(object);
    const Cell& cell = probe(from, key(text.data(), static_cast<uint32_t>(text.size())));
    if (cell.mark != 0) {
      if (found[cell.mark] == 0) {
        found[cell.mark] = value.place();
        notes.noted[notes.count++] = cell.mark;
      } else {
        notes.hits.push_back({value.place(), 0});
        const auto at = static_cast<uint32_t>(notes.hits.size());
        Notes::Chain& chain = notes.chains[cell.mark];
        (chain.last == 0 ? chain.first : notes.hits[chain.last - 1].next) = at;
        chain.last = at;
      }
    }
    if (cell.object != 0) enter(objects_[cell.object], value, notes);
  }
}

// Objects, and those in lists at any depth.
void JsonPaths::enter(const Object& from, const JsonValue& value, Notes& notes) const {
  if (value.type() == Json::object) return walk_names(from, value, notes);
  if (value.type() != Json::list) return;
  for (JsonValue item = value.first(); item; item = item.next(value)) enter(from, item, notes);
}

}  // namespace sekisho::engine
