// Takes findings, gives them as Detection Findings of the Open Cybersecurity Schema Framework (1.3, class 2004). What
// it has no attribute for stands under `unmapped`, as in Sekisho's own record. Entries: write_ocsf.
#include "hunt/output.h"

namespace sekisho::hunt {
namespace {

int64_t milliseconds(Timestamp at) { return at.seconds * 1000 + at.nanos / 1'000'000; }

// severity_number, in the schema's words.
std::string_view severity_name(int id) {
  static constexpr std::string_view kNames[] = {"Unknown", "Informational", "Low", "Medium", "High", "Critical"};
  return kNames[id];
}

void begin(Timestamp time, int severity, JsonWriter& json) {
  json.begin_object();
  json.member("activity_id", 1);
  json.member("activity_name", "Create");
  json.member("category_uid", 2);
  json.member("category_name", "Findings");
  json.member("class_uid", 2004);
  json.member("class_name", "Detection Finding");
  json.member("type_uid", 200401);
  json.member("type_name", "Detection Finding: Create");
  json.member("time", milliseconds(time));
  json.member("severity_id", severity);
  json.member("severity", severity_name(severity));
  json.member("status_id", 1);
  json.member("status", "New");
  json.key("metadata");
  json.begin_object();
  json.member("version", "1.3.0");
  json.key("product");
  json.begin_object();
  json.member("name", "Sekisho");
  json.member("vendor_name", "Sekisho");
  json.key("feature");
  json.begin_object();
  json.member("name", "hunt");
  json.end_object();
  json.end_object();
  json.end_object();
}

void write_attacks(const RuleInfo& info, JsonWriter& json) {
  json.key("attacks");
  json.begin_array();
  for (const RuleInfo::Attack& a : info.attacks) {
    json.begin_object();
    if (!a.technique.empty()) {
      const bool sub = a.technique.find('.') != std::string::npos;
      json.key("technique");
      json.begin_object();
      json.member("uid", a.technique.substr(0, a.technique.find('.')));
      json.end_object();
      if (sub) {
        json.key("sub_technique");
        json.begin_object();
        json.member("uid", a.technique);
        json.end_object();
      }
    }
    if (!a.tactic.empty()) {
      json.key("tactic");
      json.begin_object();
      json.member(a.tactic.starts_with("TA0") ? "uid" : "name", a.tactic);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_finding_info(const Finding& f, JsonWriter& json) {
  const auto [start, end] = span_of(f);
  json.key("finding_info");
  json.begin_object();
  json.member("uid", f.uid());
  json.member("title", sentence(f));
  if (!f.info->description.empty()) json.member("desc", f.info->description);
  json.member("created_time", milliseconds(f.detection->time));
  json.member("first_seen_time", milliseconds(start));
  json.member("last_seen_time", milliseconds(end));
  if (!f.info->references.empty()) json.member("src_url", f.info->references.front());
  json.key("analytic");
  json.begin_object();
  json.member("type_id", 1);
  json.member("type", "Rule");
  json.member("name", f.info->title);
  json.member("uid", f.info->id.empty() ? std::string_view(f.rule->name) : f.info->id);
  json.member("category", f.rule->language);
  if (!f.info->description.empty()) json.member("desc", f.info->description);
  json.end_object();
  if (!f.info->attacks.empty()) write_attacks(*f.info, json);
  json.end_object();
}

void write_observables(const Finding& f, JsonWriter& json) {
  const Related about = related(f);
  struct Kind {
    const std::vector<std::string>& values;
    int type_id;
    std::string_view type, name;
  };
  const Kind kinds[] = {{about.hosts, 1, "Hostname", "hostname"},
                        {about.addresses, 2, "IP Address", "ip"},
                        {about.users, 4, "User Name", "user.name"},
                        {about.hashes, 8, "Hash", "hash"}};
  json.key("observables");
  json.begin_array();
  for (const Kind& kind : kinds)
    for (const std::string& value : kind.values) {
      json.begin_object();
      json.member("type_id", kind.type_id);
      json.member("type", kind.type);
      json.member("name", kind.name);
      json.member("value", value);
      json.end_object();
    }
  json.end_array();
}

}  // namespace

void write_ocsf(const Finding& finding, JsonWriter& json) {
  const auto [start, end] = span_of(finding);
  begin(finding.detection->time, severity_number(finding.info->severity), json);
  json.member("message", sentence(finding));
  json.member("start_time", milliseconds(start));
  json.member("end_time", milliseconds(end));
  json.member("count", finding.detection->event_count);
  if (const double risk = finding.risk_score(); risk >= 0) json.member("risk_score", static_cast<int64_t>(risk));
  write_finding_info(finding, json);
  json.key("evidences");
  json.begin_array();
  for (const FoundEvent& e : finding.events) {
    json.begin_object();
    json.key("data");
    write_event(e, json);
    json.end_object();
  }
  json.end_array();
  write_observables(finding, json);
  // The author of a rule goes wherever its detections go.
  json.key("unmapped");
  json.begin_object();
  json.key("sekisho");
  write_ndjson(finding, json);
  json.end_object();
  json.end_object();
}

void write_ocsf(const BudgetReport& report, JsonWriter& json) {
  begin({report.end, 0}, 1, json);
  const std::string title = report.rule + ": detections over the alert budget";
  json.member("message", title);
  json.member("start_time", report.start * 1000);
  json.member("end_time", report.end * 1000);
  json.member("count", report.held);
  json.key("finding_info");
  json.begin_object();
  json.member("uid", "budget:" + report.rule + ":" + std::to_string(report.start));
  json.member("title", title);
  json.member("created_time", report.end * 1000);
  json.end_object();
  json.key("unmapped");
  json.begin_object();
  json.key("sekisho");
  write_ndjson(report, json);
  json.end_object();
  json.end_object();
}

}  // namespace sekisho::hunt
