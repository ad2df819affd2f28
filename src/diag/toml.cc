// Takes TOML text, gives TomlValue; takes a table and the keys that are asked for, gives values and collected errors.
// Exceptions of toml++ end here.
#include "diag/toml.h"

#include <toml++/toml.h>
#include <algorithm>

#include "base/strings.h"

namespace sekisho::diag {
namespace {

// toml++ tells line and column (code points); spans are bytes.
struct Lines {
  explicit Lines(std::string_view t) : text(t) {
    starts.push_back(0);
    for (size_t i = 0; i < t.size(); ++i)
      if (t[i] == '\n') starts.push_back(static_cast<uint32_t>(i + 1));
  }
  uint32_t offset(const toml::source_position& at) const {
    if (at.line == 0) return 0;
    size_t i = starts[std::min<size_t>(at.line - 1, starts.size() - 1)];
    for (uint32_t column = 1; column < at.column && i < text.size() && text[i] != '\n'; ++column)
      for (++i; i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;) ++i;
    return static_cast<uint32_t>(i);
  }
  Span span(const toml::source_region& region) const {
    const uint32_t from = offset(region.begin), to = offset(region.end);
    return {from, to > from ? to - from : 1};
  }
  std::string_view text;
  std::vector<uint32_t> starts;
};

TomlValue convert(const toml::node& node, const Lines& lines) {  // depth is bounded by toml++ (256)
  TomlValue out;
  out.span = lines.span(node.source());
  if (const auto* table = node.as_table()) {
    out.type = TomlValue::Type::table;
    for (const auto& [key, value] : *table) {
      out.members.push_back({std::string(key.str()), convert(value, lines), lines.span(key.source())});
    }
  } else if (const auto* array = node.as_array()) {
    out.type = TomlValue::Type::array;
    for (const auto& item : *array) out.items.push_back(convert(item, lines));
  } else if (const auto* s = node.as_string()) {
    out.type = TomlValue::Type::string;
    out.text = s->get();
  } else if (const auto* i = node.as_integer()) {
    out.type = TomlValue::Type::integer;
    out.integer = i->get();
  } else if (const auto* d = node.as_floating_point()) {
    out.type = TomlValue::Type::real;
    out.real = d->get();
  } else if (const auto* b = node.as_boolean()) {
    out.type = TomlValue::Type::boolean;
    out.boolean = b->get();
  } else if (node.is_date() || node.is_date_time()) {
    out.type = TomlValue::Type::date;
    out.text = lines.text.substr(out.span.offset, out.span.length);
  }
  return out;
}

}  // namespace

Result<TomlValue> parse_toml(std::string_view text, const std::string& name) {
  const Lines lines(text);
  try {
    return convert(toml::parse(text, std::string_view(name)), lines);
  } catch (const toml::parse_error& e) {
    return fail_at("toml.syntax", std::string(e.description()), name, lines.span(e.source()));
  }
}

const TomlValue* TomlReader::find(std::string_view key) {
  asked_.emplace_back(key);
  for (const auto& [name, value, at] : table_.members)
    if (name == key) return &value;
  return nullptr;
}

const TomlValue* TomlReader::find(std::string_view key, TomlValue::Type wanted, std::string_view what) {
  const TomlValue* value = find(key);
  if (value && value->type != wanted) {
    error(key, std::string(key) + " must be " + std::string(what));
    return nullptr;
  }
  return value;
}

bool TomlReader::has(std::string_view key) { return find(key) != nullptr; }

std::string TomlReader::text(std::string_view key, std::string fallback) {
  const TomlValue* value = find(key, TomlValue::Type::string, "a string");
  return value ? value->text : fallback;
}

std::string TomlReader::required_text(std::string_view key) {
  const TomlValue* value = find(key, TomlValue::Type::string, "a string");
  if (value && !value->text.empty()) return value->text;
  if (!value || value->text.empty()) error(key, std::string(key) + " is missing or empty");
  return {};
}

std::string TomlReader::date(std::string_view key) {
  const TomlValue* value = find(key);
  if (!value) return {};
  if (value->type == TomlValue::Type::date || value->type == TomlValue::Type::string) return value->text;
  error(key, std::string(key) + " must be a date", "write 2026-12-31");
  return {};
}

double TomlReader::number(std::string_view key, double fallback) {
  const TomlValue* value = find(key);
  if (!value) return fallback;
  if (value->type == TomlValue::Type::real) return value->real;
  if (value->type == TomlValue::Type::integer) return static_cast<double>(value->integer);
  error(key, std::string(key) + " must be a number");
  return fallback;
}

int64_t TomlReader::integer(std::string_view key, int64_t fallback) {
  const TomlValue* value = find(key, TomlValue::Type::integer, "a whole number");
  return value ? value->integer : fallback;
}

bool TomlReader::boolean(std::string_view key, bool fallback) {
  const TomlValue* value = find(key, TomlValue::Type::boolean, "true or false");
  return value ? value->boolean : fallback;
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  std::vector<std::string> out;
  if (const TomlValue* value = find(key, TomlValue::Type::array, "a list of strings")) {
    for (const TomlValue& item : value->items) {
      if (item.type == TomlValue::Type::string) out.push_back(item.text);
      else errors_.push_back({"toml.type", std::string(key) + " must hold strings only", source_, item.span, {}, {}});
    }
  }
  return out;
}

std::vector<const TomlValue*> TomlReader::tables(std::string_view key) {
  std::vector<const TomlValue*> out;
  if (const TomlValue* value = find(key, TomlValue::Type::array, "a list of tables")) {
    for (const TomlValue& item : value->items) {
      if (item.type == TomlValue::Type::table) out.push_back(&item);
      else errors_.push_back({"toml.type", std::string(key) + " must hold tables only", source_, item.span, {}, {}});
    }
  }
  return out;
}

const TomlValue* TomlReader::table(std::string_view key) { return find(key, TomlValue::Type::table, "a table"); }

std::string TomlReader::one_of(std::string_view key, const std::vector<std::string_view>& allowed) {
  const std::string value = text(key, std::string(allowed.front()));
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
    std::string list;
    for (const std::string_view a : allowed) list += (list.empty() ? "" : ", ") + std::string(a);
    error(key, "\"" + value + "\" is not a value of " + std::string(key), "one of: " + list);
    return std::string(allowed.front());
  }
  return value;
}

void TomlReader::error(std::string_view key, std::string text, std::string hint) {
  Span span = table_.span;
  for (const auto& [name, value, at] : table_.members)
    if (name == key) span = value.span;
  errors_.push_back({"toml.value", std::move(text), source_, span, std::move(hint), {}});
}

void TomlReader::finish() {
  std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (size_t i = 0; i < table_.members.size(); ++i) {
    const std::string& name = table_.members[i].name;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    errors_.push_back(
        {"toml.key", "unknown key \"" + name + "\"", source_, table_.members[i].key_span, near_names(name, known), {}});
  }
}

}  // namespace sekisho::diag
