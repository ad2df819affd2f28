// Takes findings and budget reports, gives lines of JSON. Entries: write_finding, write_budget; and what the forms
// share.
#include "hunt/output.h"

#include <algorithm>

namespace sekisho::hunt {

void write_finding(Format format, const Finding& finding, std::string& out) {
  JsonWriter json(out);
  switch (format) {
    case Format::ndjson:
      return write_ndjson(finding, json);
    case Format::ecs:
      return write_ecs(finding, json);
    case Format::ocsf:
      return write_ocsf(finding, json);
  }
}

void write_budget(Format format, const BudgetReport& report, std::string& out) {
  JsonWriter json(out);
  switch (format) {
    case Format::ndjson:
      return write_ndjson(report, json);
    case Format::ecs:
      return write_ecs(report, json);
    case Format::ocsf:
      return write_ocsf(report, json);
  }
}

void write_value(const engine::Value& value, JsonWriter& json) {
  switch (value.type) {
    case engine::Type::boolean:
      return json.value(value.boolean);
    case engine::Type::integer:
      return json.value(value.integer);
    case engine::Type::real:
      return json.value(value.real);
    case engine::Type::text:
      return json.value(value.text);
    case engine::Type::list:
      json.begin_array();
      for (const engine::Value& item : value.list) write_value(item, json);
      return json.end_array();
  }
}

void write_event(const FoundEvent& event, JsonWriter& json) {
  json.begin_object();
  json.member("variable", event.variable);
  if (event.time != Timestamp{}) json.member("time", format_rfc3339(event.time));
  json.member("source", event.source);
  json.member("line", event.ref.line);
  json.member("offset", event.ref.offset);
  json.member("length", uint64_t{event.ref.length});
  if (!event.text.empty()) {
    // An element of an array may be written over several lines: between values a line break is only white space, and
    // within a string JSON has none.
    std::string one_line = event.text;
    std::replace_if(one_line.begin(), one_line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    json.key("event");
    json.raw(one_line);
  }
  json.end_object();
}

std::string sentence(const Finding& finding) {
  std::string out(finding.info->title);
  const char* before = ": ";
  for (const auto& [name, value] : finding.detection->keys) {
    out += before + name + " " + value.to_string();
    before = ", ";
  }
  return out;
}

std::pair<Timestamp, Timestamp> span_of(const Finding& finding) {
  const engine::Detection& d = *finding.detection;
  if (d.window) return {d.window->start, d.window->end};
  std::pair out{d.time, d.time};
  for (const FoundEvent& e : finding.events) {
    out.first = std::min(out.first, e.time);
    out.second = std::max(out.second, e.time);
  }
  return out;
}

}  // namespace sekisho::hunt
