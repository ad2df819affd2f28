// Takes an Event, gives proto3 JSON; takes JSON (simdjson, in this file only), gives an Event. Refuses what is not one
// object, is too deep or too long, or puts a value where the schema has another type.
#include "event/json.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>

#include "base/clock.h"
#include "base/json.h"
#include "event/json_line.h"

namespace sekisho::event {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// ---- writing

void write_value(const Field* field, Value value, JsonWriter& json);

void write_map(const Map& map, JsonWriter& json) {
  json.begin_object();
  for (const Map::Entry& e : map.entries()) {
    json.key(e.key);
    write_value(nullptr, e.value, json);
  }
  json.end_object();
}

void write_message(const Message& message, JsonWriter& json) {
  json.begin_object();
  for (const Message::Entry& e : message.entries()) {
    json.key(e.field->json);
    write_value(e.field, e.value, json);
  }
  json.end_object();
}

std::string duration_text(int64_t seconds, int64_t nanos) {
  std::string out = std::to_string(seconds);
  if (nanos != 0) {
    std::string digits = std::to_string(1'000'000'000 + nanos).substr(1);
    while (digits.ends_with("000")) digits.resize(digits.size() - 3);
    out += "." + digits;
  }
  return out + "s";
}

// field: null inside a Struct, where values say their own type.
void write_value(const Field* field, Value value, JsonWriter& json) {
  switch (value.type()) {
    case Value::Type::none:
      return json.raw("null");
    case Value::Type::boolean:
      return json.value(value.as_bool());
    case Value::Type::real:
      return json.value(value.as_real());
    case Value::Type::text:
      return json.value(value.as_text());
    case Value::Type::map:
      return write_map(*value.as_map(), json);
    case Value::Type::list:
      json.begin_array();
      for (const Value& v : value.as_list()) write_value(field, v, json);
      return json.end_array();
    case Value::Type::message: {
      const Message& m = *value.as_message();
      const int64_t seconds =
          m.type().name == "Timestamp" || m.type().name == "Duration" ? m.get("seconds").as_int() : 0;
      if (m.type().name == "Timestamp")
        return json.value(format_rfc3339({seconds, static_cast<int32_t>(m.get("nanos").as_int())}));
      if (m.type().name == "Duration") return json.value(duration_text(seconds, m.get("nanos").as_int()));
      return write_message(m, json);
    }
    case Value::Type::integer:
    case Value::Type::unsigned_integer:
      if (field && field->kind == Kind::enumeration) {
        const std::string_view name = field->enumeration->name_of(value.as_int());
        return name.empty() ? json.value(value.as_int()) : json.value(name);
      }
      if (value.as_int() > INT32_MAX || value.as_int() < INT32_MIN) return json.value(std::to_string(value.as_int()));
      return json.value(value.as_int());
  }
}

// ---- reading. Nesting is bounded by Limits::json_depth, which the recursion below counts down.

std::string number_text(element number) {
  if (number.is_int64()) return std::to_string(number.get_int64().value_unsafe());
  if (number.is_uint64()) return std::to_string(number.get_uint64().value_unsafe());
  char buffer[32];
  const double v = number.get_double().value_unsafe();
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr};
}

class Reader {
 public:
  Reader(const ReadOptions& options, EventBuilder& builder) : options_(options), builder_(builder) {}

  Result<void> message(element json, Message& into, const std::string& path, size_t depth) {
    if (depth == 0) return fail("event.limit.depth", "JSON is nested too deep at " + path);
    simdjson::dom::object object;
    if (json.get(object) != simdjson::SUCCESS) return wrong(path, "an object");
    for (const auto [key, value] : object) {
      const Field* field = into.type().find_json(key);
      const std::string here = path.empty() ? std::string(key) : path + "." + std::string(key);
      if (!field) {
        TRY(unknown(here, into.type(), key));
        continue;
      }
      if (value.is_null()) continue;
      if (!field->repeated) {
        TRY_ASSIGN(v, scalar(value, *field, here, depth));
        if (v) builder_.put(into, *field, v);
        continue;
      }
      simdjson::dom::array array;
      std::vector<Value> values;
      if (value.get(array) == simdjson::SUCCESS) {
        for (const element item : array) {
          TRY_ASSIGN(v, scalar(item, *field, here, depth));
          values.push_back(v);
        }
      } else {  // one bare value where a list belongs: some exporters do that
        TRY_ASSIGN(v, scalar(value, *field, here, depth));
        values.push_back(v);
      }
      builder_.put(into, *field, builder_.list(values));
    }
    return {};
  }

 private:
  static std::unexpected<Error> wrong(const std::string& path, std::string_view wanted) {
    return fail("event.field", path + " must be " + std::string(wanted));
  }

  Result<void> unknown(const std::string& path, const MessageType& type, std::string_view key) {
    if (options_.unknown) options_.unknown->push_back(path);
    if (!options_.refuse_unknown) return {};
    return fail("event.field", "unknown field " + path, type.near(key));
  }

  Result<Value> scalar(element json, const Field& field, const std::string& path, size_t depth) {
    switch (field.kind) {
      case Kind::message:
        return nested(json, field, path, depth);
      case Kind::map:
        return structure(json, path, depth - 1);
      case Kind::boolean: {
        bool v;
        if (json.get(v) == simdjson::SUCCESS) return Value::boolean(v);
        std::string_view s;
        if (json.get(s) == simdjson::SUCCESS && (s == "true" || s == "false")) return Value::boolean(s == "true");
        return wrong(path, "true or false");
      }
      case Kind::string:
      case Kind::bytes: {
        std::string_view s;
        if (json.get(s) == simdjson::SUCCESS) return Value::text(builder_.keep(s));
        if (json.is_bool()) return Value::text(json.get_bool().value_unsafe() ? "true" : "false");
        if (json.is_number()) return Value::text(builder_.keep(number_text(json)));
        return wrong(path, "a string");
      }
      case Kind::enumeration:
        return enum_value(json, field, path);
      case Kind::integer:
      case Kind::unsigned_integer: {
        int64_t i;
        uint64_t u;
        double d;
        std::string_view s;
        if (json.get(i) == simdjson::SUCCESS) return integer(field, i);
        if (json.get(u) == simdjson::SUCCESS) return Value::unsigned_integer(u);
        if (json.get(d) == simdjson::SUCCESS && d == static_cast<double>(static_cast<int64_t>(d)) && std::abs(d) < 9e15)
          return integer(field, static_cast<int64_t>(d));
        if (json.get(s) == simdjson::SUCCESS) {
          const auto read = std::from_chars(s.data(), s.data() + s.size(), i);
          if (read.ec == std::errc() && read.ptr == s.data() + s.size()) return integer(field, i);
          const auto large = std::from_chars(s.data(), s.data() + s.size(), u);
          if (large.ec == std::errc() && large.ptr == s.data() + s.size()) return Value::unsigned_integer(u);
        }
        return wrong(path, "an integer");
      }
      case Kind::real: {
        double d;
        if (json.get(d) == simdjson::SUCCESS) return Value::real(d);
        std::string_view s;
        if (json.get(s) == simdjson::SUCCESS) {
          const auto read = std::from_chars(s.data(), s.data() + s.size(), d);
          if (read.ec == std::errc() && read.ptr == s.data() + s.size()) return Value::real(d);
        }
        return wrong(path, "a number");
      }
    }
    return wrong(path, "of a known type");
  }

  static Value integer(const Field& field, int64_t v) {
    return field.kind == Kind::unsigned_integer ? Value::unsigned_integer(static_cast<uint64_t>(v)) : Value::integer(v);
  }

  Result<Value> enum_value(element json, const Field& field, const std::string& path) {
    int64_t number;
    if (json.get(number) == simdjson::SUCCESS) return Value::integer(number);
    std::string_view name;
    if (json.get(name) != simdjson::SUCCESS) return wrong(path, "a value of " + field.enumeration->name);
    if (const EnumType::Member* member = field.enumeration->find(name)) return Value::integer(member->number);
    TRY(unknown(path + "=" + std::string(name), Schema::get().event(), name));
    return Value::integer(0);
  }

  Result<Value> nested(element json, const Field& field, const std::string& path, size_t depth) {
    std::string_view s;
    if (field.message->name == "Timestamp" && json.get(s) == simdjson::SUCCESS) {
      const auto time = parse_rfc3339(s);
      if (!time) return wrong(path, "an RFC 3339 time");
      return time_value(field, time->seconds, time->nanos);
    }
    if (field.message->name == "Duration" && json.get(s) == simdjson::SUCCESS) {
      const auto length = parse_duration(s);
      if (!length) return wrong(path, "a duration such as \"1.5s\"");
      return time_value(field, length->seconds, length->nanos);
    }
    Message* made = builder_.new_message(*field.message);
    TRY(message(json, *made, path, depth - 1));
    return Value::message(made);
  }

  Value time_value(const Field& field, int64_t seconds, int32_t nanos) {
    Message* made = builder_.new_message(*field.message);
    builder_.put(*made, *field.message->find("seconds"), Value::integer(seconds));
    if (nanos) builder_.put(*made, *field.message->find("nanos"), Value::integer(nanos));
    return Value::message(made);
  }

  Result<Value> structure(element json, const std::string& path, size_t depth) {
    if (depth == 0) return fail("event.limit.depth", "JSON is nested too deep at " + path);
    switch (json.type()) {
      case element_type::OBJECT: {
        Map* map = builder_.new_map();
        const simdjson::dom::object object = json.get_object();  // a named one: the range must outlive its loop
        for (const auto [key, value] : object) {
          TRY_ASSIGN(v, structure(value, path, depth - 1));
          builder_.put(*map, builder_.keep(key), v);
        }
        return Value::map(map);
      }
      case element_type::ARRAY: {
        std::vector<Value> values;
        const simdjson::dom::array array = json.get_array();
        for (const element item : array) {
          TRY_ASSIGN(v, structure(item, path, depth - 1));
          values.push_back(v);
        }
        return builder_.list(values);
      }
      case element_type::STRING:
        return Value::text(builder_.keep(json.get_string().value_unsafe()));
      case element_type::BOOL:
        return Value::boolean(json.get_bool().value_unsafe());
      case element_type::NULL_VALUE:
        return Value{};
      default:
        return Value::real(json.get_double().value_unsafe());
    }
  }

  const ReadOptions& options_;
  EventBuilder& builder_;
};

}  // namespace

void write_json(const Event& event, std::string& out, int indent) {
  JsonWriter json(out, indent);
  write_message(event.root(), json);
}

Result<Event> read_json(std::string_view text, const ReadOptions& options) {
  if (text.size() > options.limits.json_bytes) return fail("event.limit.bytes", "the JSON is too long");
  simdjson::dom::parser parser;
  if (parser.allocate(std::max<size_t>(text.size(), 64), options.limits.json_depth + 8) != simdjson::SUCCESS)
    return fail("event.json", "out of memory");
  element root;
  if (const auto error = parser.parse(simdjson::padded_string(text)).get(root); error != simdjson::SUCCESS) {
    if (error == simdjson::DEPTH_ERROR) return fail("event.limit.depth", "JSON is nested too deep");
    return fail("event.json", std::string("not JSON: ") + simdjson::error_message(error));
  }
  element inner;
  if (root["udm"].get(inner) == simdjson::SUCCESS && inner.is_object()) root = inner;
  else if (root["idm"]["readOnlyUdm"].get(inner) == simdjson::SUCCESS && inner.is_object()) root = inner;
  else if (root["event"]["idm"]["readOnlyUdm"].get(inner) == simdjson::SUCCESS && inner.is_object()) root = inner;
  EventBuilder builder(options.root ? *options.root : Schema::get().event());
  TRY(Reader(options, builder).message(root, *builder.root_message(), "", options.limits.json_depth));
  return std::move(builder).seal();
}

}  // namespace sekisho::event
