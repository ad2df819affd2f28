// Takes findings, gives them as alerts of the Elastic Common Schema (8). What it has no field for stands under
// `sekisho`, as in Sekisho's own record. Entries: write_ecs.
#include "hunt/output.h"

namespace sekisho::hunt {
namespace {

template <class Texts>
void write_texts(std::string_view key, const Texts& texts, JsonWriter& json) {
  if (texts.empty()) return;
  json.key(key);
  json.begin_array();
  for (const auto& text : texts) json.value(std::string_view(text));
  json.end_array();
}

void begin(Timestamp time, JsonWriter& json) {
  json.begin_object();
  json.member("@timestamp", format_rfc3339(time));
  json.key("ecs");
  json.begin_object();
  json.member("version", "8.17.0");
  json.end_object();
}

void write_event_fields(const Finding& f, JsonWriter& json) {
  const auto [start, end] = span_of(f);
  json.key("event");
  json.begin_object();
  json.member("kind", "alert");
  json.key("category"), json.raw(R"(["intrusion_detection"])");
  json.key("type"), json.raw(R"(["info"])");
  json.member("module", "sekisho");
  json.member("dataset", "sekisho.hunt");
  json.member("id", f.uid());
  json.member("start", format_rfc3339(start));
  json.member("end", format_rfc3339(end));
  if (const int severity = severity_number(f.info->severity)) json.member("severity", severity);
  if (const double risk = f.risk_score(); risk >= 0) json.member("risk_score", risk);
  // The event that completed it, as it was.
  if (!f.events.empty() && !f.events.back().text.empty()) json.member("original", f.events.back().text);
  json.end_object();
}

void write_rule(const Finding& f, JsonWriter& json) {
  json.key("rule");
  json.begin_object();
  json.member("name", f.info->title);
  json.member("id", f.info->id.empty() ? std::string_view(f.rule->name) : f.info->id);
  if (!f.info->author.empty()) write_texts("author", std::vector{f.info->author}, json);
  if (!f.info->description.empty()) json.member("description", f.info->description);
  if (!f.info->license.empty()) json.member("license", f.info->license);
  if (!f.info->references.empty()) json.member("reference", f.info->references.front());
  json.member("category", f.rule->language);
  json.end_object();
}

void write_threat(const Finding& f, JsonWriter& json) {
  if (f.info->attacks.empty()) return;
  std::vector<std::string> techniques, subtechniques, tactic_ids, tactic_names;
  for (const RuleInfo::Attack& a : f.info->attacks) {
    if (!a.technique.empty()) {
      const size_t dot = a.technique.find('.');
      techniques.push_back(a.technique.substr(0, dot));
      if (dot != std::string::npos) subtechniques.push_back(a.technique);
    }
    if (a.tactic.starts_with("TA0")) tactic_ids.push_back(a.tactic);
    else if (!a.tactic.empty()) tactic_names.push_back(a.tactic);
  }
  json.key("threat");
  json.begin_object();
  json.member("framework", "MITRE ATT&CK");
  if (!techniques.empty()) {
    json.key("technique");
    json.begin_object();
    write_texts("id", techniques, json);
    if (!subtechniques.empty()) {
      json.key("subtechnique");
      json.begin_object();
      write_texts("id", subtechniques, json);
      json.end_object();
    }
    json.end_object();
  }
  if (!tactic_ids.empty() || !tactic_names.empty()) {
    json.key("tactic");
    json.begin_object();
    write_texts("id", tactic_ids, json);
    write_texts("name", tactic_names, json);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

void write_ecs(const Finding& finding, JsonWriter& json) {
  const Related about = related(finding);
  begin(finding.detection->time, json);
  json.member("message", sentence(finding));
  write_event_fields(finding, json);
  write_rule(finding, json);
  write_threat(finding, json);
  if (!about.users.empty() || !about.addresses.empty() || !about.hosts.empty() || !about.hashes.empty()) {
    json.key("related");
    json.begin_object();
    write_texts("user", about.users, json);
    write_texts("ip", about.addresses, json);
    write_texts("hosts", about.hosts, json);
    write_texts("hash", about.hashes, json);
    json.end_object();
  }
  json.key("labels");  // flat keywords
  json.begin_object();
  if (!finding.info->severity.empty()) json.member("severity", finding.info->severity);
  for (const auto& [name, value] : finding.detection->keys) json.member(name, value.to_string());
  json.end_object();
  write_texts("tags", finding.info->tags, json);
  if (!finding.events.empty()) {
    json.key("log");
    json.begin_object();
    json.key("file");
    json.begin_object();
    json.member("path", finding.events.back().source);
    json.end_object();
    json.end_object();
  }
  json.key("sekisho");
  write_ndjson(finding, json);
  json.end_object();
}

void write_ecs(const BudgetReport& report, JsonWriter& json) {
  begin({report.end, 0}, json);
  json.member("message", report.rule + ": " + std::to_string(report.held) + " detections over the day's budget of " +
                             std::to_string(report.written));
  json.key("event");
  json.begin_object();
  json.member("kind", "metric");
  json.member("module", "sekisho");
  json.member("dataset", "sekisho.hunt");
  json.member("start", format_rfc3339({report.start, 0}));
  json.member("end", format_rfc3339({report.end, 0}));
  json.end_object();
  json.key("rule");
  json.begin_object();
  json.member("name", report.rule);
  json.end_object();
  json.key("sekisho");
  write_ndjson(report, json);
  json.end_object();
}

}  // namespace sekisho::hunt
