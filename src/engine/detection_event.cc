// Takes a Detection, gives an Event of it. Entry: detection_event(). Refuses nothing.
#include "engine/detection_event.h"

#include <algorithm>

#include "base/json.h"
#include "base/keyed_hash.h"
#include "base/strings.h"
#include "event/json.h"

namespace sekisho::engine {
namespace {

using event::EventBuilder;
using event::Field;
using event::Message;
using event::MessageType;
using event::Node;
using event::Schema;
using Labels = std::vector<std::pair<std::string_view, std::string>>;

std::string id_of(const Rule& rule, const Detection& d) {
  std::string text = rule.name + '\0' + std::to_string(d.time.seconds) + '.' + std::to_string(d.time.nanos);
  for (const auto& [name, value] : d.keys) text += '\0' + value.to_string();
  for (const DetectionEvent& e : d.events)
    text += '\0' + std::to_string(e.ref.source) + ':' + std::to_string(e.ref.offset);
  const Digest digest = keyed_hash(text, 0, 0);
  const uint64_t words[2] = {digest.low, digest.high};
  return "de_" + hex({reinterpret_cast<const char*>(words), sizeof words});
}

void set_time(const Node& node, const char* field, Timestamp at) { node.set_time(field, at.seconds, at.nanos); }

// The one element of the list `detection`. Written field by field: a Node writes no Struct.
class Result {
 public:
  explicit Result(EventBuilder& builder)
      : builder_(builder), type_(*Schema::get().message("SecurityResult")), message_(*builder.new_message(type_)) {}

  void text(const char* field, std::string_view value) {
    if (!value.empty()) put(field, event::Value::text(builder_.keep(value)));
  }
  void put(const char* field, event::Value value) {
    if (const Field* f = type_.find(field)) builder_.put(message_, *f, value);
  }
  void labels(const char* field, const Labels& pairs) {
    const MessageType& label = *Schema::get().message("Label");
    std::vector<event::Value> list;
    for (const auto& [key, value] : pairs) {
      Message* made = builder_.new_message(label);
      builder_.put(*made, *label.find("key"), event::Value::text(builder_.keep(key)));
      builder_.put(*made, *label.find("value"), event::Value::text(builder_.keep(value)));
      list.push_back(event::Value::message(made));
    }
    if (!list.empty()) put(field, builder_.list(list));
  }
  void map(const char* field, const Labels& pairs) {
    event::Map* made = builder_.new_map();
    for (const auto& [key, value] : pairs)
      builder_.put(*made, builder_.keep(key), event::Value::text(builder_.keep(value)));
    if (!pairs.empty()) put(field, event::Value::map(made));
  }
  event::Value value() const { return event::Value::message(&message_); }

 private:
  EventBuilder& builder_;
  const MessageType& type_;
  Message& message_;
};

// What stands behind "collectionElements": for each variable that has UDM events their texts. Empty if there are none.
std::string collection_elements(const Rule& rule, const Detection& d) {
  std::string out;
  const auto text = [](const DetectionEvent& e) { return e.text != nullptr; };
  if (std::ranges::none_of(d.events, text)) return out;
  JsonWriter json(out);
  json.begin_array();
  for (auto e = d.events.begin(); (e = std::find_if(e, d.events.end(), text)) != d.events.end();) {
    const uint32_t variable = e->variable;
    json.begin_object();
    json.member("label", rule.variables[variable].name);
    json.key("references");
    json.begin_array();
    for (; e != d.events.end() && e->variable == variable && e->text; ++e) {
      const auto event = event::read_json(*e->text);  // takes off what may be wrapped around it
      if (!event) continue;
      std::string bare;
      event::write_json(*event, bare);
      json.begin_object();
      json.key("event");
      json.raw(bare);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return out;
}

}  // namespace

event::Event detection_event(const Rule& rule, const Detection& d) {
  EventBuilder builder(Schema::get().detection());
  const Node root = builder.root();
  root.set("id", id_of(rule, d)).set("type", "RULE_DETECTION");
  set_time(root, "created_time", d.time);
  set_time(root, "detection_time", d.time);
  if (d.window) {
    const Node window = root.child("time_window");
    set_time(window, "start_time", d.window->start);
    set_time(window, "end_time", d.window->end);
  }

  Labels meta, keys, outcomes;
  std::string severity;
  for (const auto& [key, value] : rule.meta) meta.emplace_back(key, value);
  for (const auto& [name, value] : d.keys) keys.emplace_back(name, value.to_string());
  for (const auto& [name, value] : d.outcomes) outcomes.emplace_back(name, value.to_string());
  Result result(builder);
  result.text("rule_id", rule.meta_value("rule_id"));
  result.text("rule_name", rule.name);
  result.text("rule_type", rule.language);
  result.text("rule_author", rule.meta_value("author"));
  result.text("description", rule.meta_value("description"));
  result.labels("rule_labels", meta);
  result.labels("detection_fields", keys);
  result.labels("outcomes", outcomes);
  result.map("variables", keys);
  for (char c : rule.meta_value("severity")) severity += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (const auto* level = Schema::get().enumeration("ProductSeverity")->find(severity))
    result.put("severity", event::Value::integer(level->number));
  for (const auto& [name, value] : d.outcomes)
    if (name == "risk_score") result.put("risk_score", event::Value::real(value.as_real()));
  result.put("detection_depth", event::Value::unsigned_integer(d.depth));
  const event::Value list[1] = {result.value()};
  builder.put(*builder.root_message(), *Schema::get().detection().find("detection"), builder.list(list));
  event::Event made = std::move(builder).seal();
  const std::string elements = collection_elements(rule, d);
  if (elements.empty()) return made;
  // The events are texts: they are put into the text of the detection, which is read again.
  std::string text;
  event::write_json(made, text);
  while (!text.empty() && text.back() != '}') text.pop_back();
  text.back() = ',';
  text += "\"collectionElements\":" + elements + "}";
  event::ReadOptions as_detection;
  as_detection.root = &Schema::get().detection();
  auto whole = event::read_json(text, as_detection);
  return whole ? std::move(*whole) : std::move(made);
}

}  // namespace sekisho::engine
