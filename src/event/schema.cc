// Takes the text of udm.table, gives the Schema. One entry: Schema::get(). A table that cannot be read is a mistake of
// ours and ends the program at the first use, naming the line: a test touches it, so it cannot ship.
#include "event/schema.h"

#include <cstdio>
#include <cstdlib>

namespace sekisho::event {
namespace {

constexpr std::string_view kTable =
#include "event/udm.table"
    ;

[[noreturn]] void broken(size_t line, std::string_view why) {
  std::fprintf(stderr, "udm.table:%zu: %.*s\n", line, static_cast<int>(why.size()), why.data());
  std::abort();
}

std::string_view word(std::string_view& line) {
  line = trim(line);
  const size_t end = line.find(' ');
  const std::string_view out = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end);
  return out;
}

std::string camel(std::string_view snake) {
  std::string out;
  bool up = false;
  for (char c : snake) {
    if (c == '_') up = true;
    else out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c, up = false;
  }
  return out;
}

struct Scalar {
  std::string_view name;
  Kind kind;
};
constexpr Scalar kScalars[] = {{"string", Kind::string},
                               {"bytes", Kind::bytes},
                               {"bool", Kind::boolean},
                               {"int32", Kind::integer},
                               {"int64", Kind::integer},
                               {"uint32", Kind::unsigned_integer},
                               {"uint64", Kind::unsigned_integer},
                               {"float", Kind::real},
                               {"double", Kind::real},
                               {"Struct", Kind::map}};

}  // namespace

const EnumType::Member* EnumType::find(std::string_view value) const {
  const auto it = index.find(value);
  return it == index.end() ? nullptr : &values[it->second];
}

std::string_view EnumType::name_of(int64_t number) const {
  for (const Member& v : values)
    if (v.number == number) return v.name;
  return {};
}

bool Field::is_label_list() const { return repeated && message != nullptr && message->name == "Label"; }

const Field* MessageType::find(std::string_view field_name) const {
  const auto it = by_name.find(field_name);
  return it == by_name.end() ? nullptr : &fields[it->second];
}

const Field* MessageType::find_json(std::string_view json_name) const {
  const auto it = by_json.find(json_name);
  return it == by_json.end() ? find(json_name) : &fields[it->second];
}

std::string MessageType::near(std::string_view field_name) const {
  std::vector<std::string_view> names;
  for (const Field& f : fields) names.push_back(f.name);
  return near_names(field_name, names);
}

const Schema& Schema::get() {
  static const Schema schema;
  return schema;
}

Schema::Schema() {
  std::vector<std::tuple<MessageType*, size_t, std::string_view, size_t>> pending;
  MessageType* message = nullptr;
  EnumType* enumeration = nullptr;
  size_t number = 0;
  for (std::string_view rest : split(kTable, '\n')) {
    ++number;
    const bool indented = rest.starts_with(' ');  // a field or value, whatever its name
    rest = trim(rest);
    if (rest.empty() || rest[0] == '#') continue;
    const std::string_view first = word(rest);
    if (!indented && (first == "message" || first == "enum")) {
      const std::string name(word(rest));
      message = nullptr;
      enumeration = nullptr;
      if (first == "message") {
        message = messages_.emplace_back(std::make_unique<MessageType>()).get();
        message->name = name;
        message_by_name_[name] = message;
      } else {
        enumeration = enums_.emplace_back(std::make_unique<EnumType>()).get();
        enumeration->name = name;
        enum_by_name_[name] = enumeration;
      }
    } else if (!indented && first == "label") {
      Label label;
      label.home = word(rest);
      label.key = word(rest);
      label.text = trim(rest);
      label_by_key_[label.home + "\n" + label.key] = labels_.size();
      labels_.push_back(std::move(label));
    } else if (message != nullptr) {
      std::string_view type = word(rest);
      Field field;
      field.name = first;
      field.json = camel(first);
      if (type.ends_with('*')) field.repeated = true, type.remove_suffix(1);
      field.index = static_cast<uint16_t>(message->fields.size());
      message->by_name[field.name] = field.index;
      message->by_json[field.json] = field.index;
      pending.emplace_back(message, message->fields.size(), type, number);
      message->fields.push_back(std::move(field));
    } else if (enumeration != nullptr) {
      const std::string value(word(rest));
      enumeration->values.push_back({std::string(first), std::atoll(value.c_str())});
      enumeration->index[std::string(first)] = static_cast<uint32_t>(enumeration->values.size() - 1);
    } else {
      broken(number, "a line outside any message or enum");
    }
  }
  for (const auto& [owner, at, type, line] : pending) {
    Field& field = owner->fields[at];
    const Scalar* scalar = nullptr;
    for (const Scalar& s : kScalars)
      if (s.name == type) scalar = &s;
    if (scalar) {
      field.kind = scalar->kind;
    } else if (const MessageType* m = this->message(type)) {
      field.kind = Kind::message;
      field.message = m;
    } else if (const EnumType* e = this->enumeration(type)) {
      field.kind = Kind::enumeration;
      field.enumeration = e;
    } else {
      broken(line, "unknown type");
    }
  }
  event_ = this->message("Event");
  entity_ = this->message("Entity");
  detection_ = this->message("Detection");
}

const MessageType* Schema::message(std::string_view name) const {
  const auto it = message_by_name_.find(name);
  return it == message_by_name_.end() ? nullptr : it->second;
}

const EnumType* Schema::enumeration(std::string_view name) const {
  const auto it = enum_by_name_.find(name);
  return it == enum_by_name_.end() ? nullptr : it->second;
}

const Label* Schema::label(std::string_view home, std::string_view key) const {
  std::string full = std::string(home) + "\n" + std::string(key);
  auto it = label_by_key_.find(full);
  if (it == label_by_key_.end()) {
    const size_t dot = full.find('.', home.size() + 1);
    if (dot == std::string::npos) return nullptr;
    full.resize(dot + 1);
    it = label_by_key_.find(full + "*");
    if (it == label_by_key_.end()) return nullptr;
  }
  return &labels_[it->second];
}

std::string Schema::markdown() const {
  std::string out =
      "# Event schema\n\nWritten by `sekisho doctor --schema` from `src/event/udm.table`; a test compares it.\n\n## "
      "Labels that Sekisho declares\n\n"
      "| where | key | meaning |\n|---|---|---|\n";
  for (const Label& l : labels_) out += "| `" + l.home + "` | `" + l.key + "` | " + l.text + " |\n";
  const auto type_of = [](const Field& f) -> std::string {
    switch (f.kind) {
      case Kind::message:
        return f.message->name;
      case Kind::enumeration:
        return f.enumeration->name;
      case Kind::map:
        return "Struct";
      case Kind::boolean:
        return "bool";
      case Kind::integer:
        return "int";
      case Kind::unsigned_integer:
        return "uint";
      case Kind::real:
        return "float";
      case Kind::bytes:
        return "bytes";
      case Kind::string:
        return "string";
    }
    return {};
  };
  out += "\n## Messages\n";
  for (const auto& m : messages_) {
    out += "\n**" + m->name + "**: ";
    for (size_t i = 0; i < m->fields.size(); ++i)
      out += (i ? ", `" : "`") + m->fields[i].name + "` " + type_of(m->fields[i]) + (m->fields[i].repeated ? "[]" : "");
    out += "\n";
  }
  return out;
}

}  // namespace sekisho::event
