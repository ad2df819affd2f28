// Takes findings, gives Sekisho's own record: everything that is known. Entries: write_ndjson.
#include "hunt/output.h"

namespace sekisho::hunt {
namespace {

std::string_view window_name(engine::Match::Window kind) {
  static constexpr std::string_view kNames[] = {"hop", "tumbling", "before", "after"};
  return kNames[static_cast<size_t>(kind)];
}

void write_named(std::string_view key, const std::vector<std::pair<std::string, engine::Value>>& values,
                 JsonWriter& json) {
  json.key(key);
  json.begin_object();
  for (const auto& [name, value] : values) {
    json.key(name);
    write_value(value, json);
  }
  json.end_object();
}

}  // namespace

void write_ndjson(const Finding& finding, JsonWriter& json) {
  const engine::Detection& d = *finding.detection;
  const RuleInfo& info = *finding.info;
  const auto some = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) json.member(key, value);
  };
  json.begin_object();
  json.member("kind", "detection");
  json.member("uid", finding.uid());
  json.member("rule", finding.rule->name);
  json.member("language", finding.rule->language);
  some("id", info.id);
  if (info.title != finding.rule->name) json.member("title", info.title);
  some("description", info.description);
  some("author", info.author);
  some("license", info.license);
  some("severity", info.severity);
  if (const double risk = finding.risk_score(); risk >= 0) json.member("risk_score", risk);
  if (!info.tags.empty()) {
    json.key("tags");
    json.begin_array();
    for (const std::string_view tag : info.tags) json.value(tag);
    json.end_array();
  }
  if (d.time != Timestamp{}) json.member("time", format_rfc3339(d.time));
  if (d.window) {
    json.key("window");
    json.begin_object();
    json.member("kind", window_name(d.window->kind));
    json.member("start", format_rfc3339(d.window->start));
    json.member("end", format_rfc3339(d.window->end));
    if (d.window->step > 0) json.member("step", d.window->step);
    json.end_object();
  }
  write_named("keys", d.keys, json);
  write_named("outcomes", d.outcomes, json);
  json.key("placeholders");
  json.begin_object();
  for (const auto& [name, values] : d.placeholders) {
    json.key(name);
    json.begin_array();
    for (const engine::Value& value : values) write_value(value, json);
    json.end_array();
  }
  json.end_object();
  json.key("events");
  json.begin_array();
  for (const FoundEvent& e : finding.events) write_event(e, json);
  json.end_array();
  json.key("counts");
  json.begin_object();
  json.member("events", d.event_count);
  json.member("rows", d.matched_rows);
  if (d.rows_not_looked_at > 0) json.member("rows_not_looked_at", d.rows_not_looked_at);
  json.end_object();
  json.end_object();
}

void write_ndjson(const BudgetReport& report, JsonWriter& json) {
  json.begin_object();
  json.member("kind", "budget");
  json.member("rule", report.rule);
  json.member("start", format_rfc3339({report.start, 0}));
  json.member("end", format_rfc3339({report.end, 0}));
  json.member("written", report.written);
  json.member("held", report.held);
  json.end_object();
}

}  // namespace sekisho::hunt
