// Takes parsed events, gives values by dotted names. Entries: unwrapped, leaves, each_leaf, leaf_text, time_of. No
// recursion: depth is the reader's limit, width the event's.
#include "hunt/event_path.h"

#include <charconv>
#include <cmath>

#include "base/strings.h"

namespace sekisho::hunt {

using event::JsonValue;
using Type = JsonValue::Type;

namespace {

bool is_object(const JsonValue& v) { return v.type() == Type::object; }

JsonValue inside(const JsonValue& v, std::initializer_list<std::string_view> names) {
  JsonValue at = v;
  for (const std::string_view name : names) {
    if (!is_object(at)) return {};
    at = at.member(name);
  }
  return is_object(at) ? at : JsonValue();
}

// "email_addresses" is the name of "emailAddresses".
bool names(std::string_view wanted, std::string_view member) {
  if (wanted == member) return true;
  size_t m = 0;
  for (size_t w = 0; w < wanted.size(); ++w, ++m) {
    char c = wanted[w];
    if (c == '_' && w + 1 < wanted.size()) {
      c = wanted[++w];
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    }
    if (m >= member.size() || member[m] != c) return false;
  }
  return m == member.size();
}

std::optional<Timestamp> from_number(double number) {
  if (!std::isfinite(number) || number <= 0) return std::nullopt;
  double unit = 1;
  for (const double size : {1e3, 1e6, 1e9})
    if (number / unit >= 1e11) unit = size;  // seconds reach 1e11 in the year 5138
  const double seconds = std::floor(number / unit);
  if (seconds >= 1e11) return std::nullopt;
  return Timestamp{static_cast<int64_t>(seconds), static_cast<int32_t>((number / unit - seconds) * 1e9)};
}

std::optional<Timestamp> from_text(std::string_view text) {
  if (const auto time = parse_rfc3339(text)) return time;
  std::string written(trim(text));
  if (written.size() > 10 && written[10] == ' ') written[10] = 'T';
  if (const auto time = parse_rfc3339(written)) return time;
  if (const auto time = parse_rfc3339(written + "Z")) return time;
  double number = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), number);
  if (read.ec == std::errc() && read.ptr == written.data() + written.size()) return from_number(number);
  return std::nullopt;
}

}  // namespace

JsonValue unwrapped(const JsonValue& root) {
  if (!is_object(root) || root.member("metadata")) return root;
  for (const JsonValue& v :
       {inside(root, {"udm"}), inside(root, {"idm", "readOnlyUdm"}), inside(root, {"event", "idm", "readOnlyUdm"})})
    if (v) return v;
  return root;
}

std::vector<JsonValue> leaves(const JsonValue& root, std::string_view path) {
  struct Place {
    JsonValue value;
    std::string_view rest;
  };
  constexpr size_t kMost = 10'000;  // an event may hold lists in lists
  std::vector<JsonValue> out;
  std::vector<Place> places{{root, path}};
  for (size_t looked = 0; !places.empty() && looked < kMost; ++looked) {
    const Place at = places.back();
    places.pop_back();
    switch (at.value.type()) {
      case Type::list: {
        std::vector<Place> items;
        for (JsonValue v = at.value.first(); v && items.size() < kMost; v = v.next(at.value))
          items.push_back({v, at.rest});
        places.insert(places.end(), items.rbegin(), items.rend());
        break;
      }
      case Type::object:
        if (at.rest.empty()) break;
        for (JsonValue key = at.value.first(); key;) {
          const JsonValue value = key.after();
          for (size_t end = at.rest.find('.');; end = at.rest.find('.', end + 1)) {
            if (names(at.rest.substr(0, end), key.text()))
              places.push_back({value, end == std::string_view::npos ? std::string_view() : at.rest.substr(end + 1)});
            if (end == std::string_view::npos) break;
          }
          key = value.next(at.value);
        }
        break;
      case Type::none:
      case Type::null:
        break;
      default:
        if (at.rest.empty()) out.push_back(at.value);
    }
  }
  return out;
}

void each_leaf(const JsonValue& root, const std::function<void(std::string_view, const JsonValue&)>& visit) {
  struct Place {
    JsonValue parent, at;
    std::string_view field;  // of a list: of the list itself
  };
  std::vector<Place> open;
  const auto enter = [&](const JsonValue& parent, std::string_view field) {
    open.push_back({parent, parent.first(), field});
  };
  if (root.type() == Type::object || root.type() == Type::list) enter(root, "");
  while (!open.empty()) {
    Place& place = open.back();
    if (!place.at) {
      open.pop_back();
      continue;
    }
    const bool object = is_object(place.parent);
    const std::string_view field = object ? place.at.text() : place.field;
    const JsonValue value = object ? place.at.after() : place.at;
    place.at = value.next(place.parent);
    if (value.type() == Type::object || value.type() == Type::list) enter(value, field);
    else if (value.type() != Type::null) visit(field, value);
  }
}

std::string leaf_text(const JsonValue& leaf) {
  char buffer[32];
  return std::string(event::scalar_text(leaf, buffer));
}

std::optional<Timestamp> time_of(const JsonValue& root, std::span<const std::string> fields) {
  for (const std::string& field : fields)
    for (const JsonValue& leaf : leaves(root, field)) {
      std::optional<Timestamp> time;
      if (leaf.type() == Type::text) time = from_text(leaf.text());
      else if (leaf.type() == Type::integer) time = from_number(static_cast<double>(leaf.integer()));
      else if (leaf.type() == Type::unsigned_integer) time = from_number(static_cast<double>(leaf.unsigned_integer()));
      else if (leaf.type() == Type::real) time = from_number(leaf.real());
      if (time) return time;
    }
  return std::nullopt;
}

}  // namespace sekisho::hunt
