// Takes an advisory, gives a MISP event as its REST interface takes it: attributes with to_ids only for what is
// malicious, tags for TLP, rank, source reliability and techniques. Entry: to_misp. Leaves out values that MISP would
// refuse; nothing in the event is published.
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

struct Mapping {
  std::string_view type, category;  // MISP's; "" = not said
};

Mapping kind_of(const Indicator& i) {
  if (i.type == "url") return {"url", "Network activity"};
  if (i.type == "domain") return {"domain", "Network activity"};
  if (i.type == "email") return {"email-src", "Payload delivery"};
  if (i.type == "ipv4" || i.type == "ipv6")
    return {without_port(i.value) == i.value ? "ip-dst" : "ip-dst|port", "Network activity"};
  if (i.type == "md5" || i.type == "sha1" || i.type == "sha256") return {i.type, "Payload delivery"};
  if (i.type == "cve") return {"vulnerability", "External analysis"};
  return {};
}

std::string value_of(const Indicator& i, Mapping kind) {
  if (kind.type != "ip-dst|port") return i.value;
  const std::string address = without_port(i.value);
  return address + "|" + i.value.substr(i.value.rfind(':') + 1);
}

class Event {
 public:
  Event(const Advisory& a, const ExportOptions& options)
      : a_(a), options_(options), language_(japanese(options) ? "ja" : "en"), json_(out_, 2) {}

  std::string make() {
    const std::string title = visible(a_.title.in(language_).empty() ? a_.source_title : a_.title.in(language_));
    const article::Date day = a_.as_of.known() && a_.as_of.day > 0 ? a_.as_of : day_of(a_.made);
    json_.begin_object();
    json_.key("Event");
    json_.begin_object();
    json_.member("uuid", advisory_uuid(a_, "misp event"));
    json_.member("info", title.empty() ? a_.id : title);
    json_.member("date", article::iso(day));
    json_.member("timestamp", std::to_string(a_.made.seconds));
    const char letter = a_.rank.letter;  // 1 high … 4 undefined
    json_.member("threat_level_id", letter == 'A' ? "1" : letter == 'B' ? "2" : letter == 'C' ? "3" : "4");
    json_.member("analysis", options_.approved ? "2" : "0");  // completed, initial
    json_.member("distribution", "0");                        // ours alone until somebody decides otherwise
    json_.member("published", false);
    json_.key("Orgc");
    json_.begin_object();
    json_.member("name", publisher_of(options_));
    json_.member("uuid", uuid5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", publisher_of(options_)));
    json_.end_object();
    tags();
    json_.key("Attribute");
    json_.begin_array();
    indicators();
    others();
    json_.end_array();
    json_.end_object();
    json_.end_object();
    return std::move(out_) + "\n";
  }

 private:
  std::string label(std::string_view key, const std::vector<std::string>& arguments = {}) const {
    return options_.labels->text(key, language_, arguments);
  }
  static article::Date day_of(Timestamp at) {
    const CivilTime t = civil_utc(at.seconds);
    return {t.year, t.month, t.day};
  }

  void tag(std::string name) {
    json_.begin_object();
    json_.member("name", name);
    json_.end_object();
  }
  static std::string in_tag(std::string_view text) {  // between the quotes of a machine tag
    std::string out;
    for (const char c : visible(text))
      if (c != '"') out += c;
    return out;
  }
  void tags() {
    json_.key("Tag");
    json_.begin_array();
    tag("tlp:" + ascii_lower(tlp_of(options_)));
    tag(std::string("sekisho:rank=\"") + a_.rank.letter + "\"");
    tag(options_.approved ? "workflow:state=\"complete\"" : "workflow:state=\"draft\"");
    std::set<char> ratings;
    for (const Source& s : a_.sources)
      if (s.reliability >= 'A' && s.reliability <= 'F') ratings.insert(s.reliability);
    for (const char c : ratings) tag(std::string("admiralty-scale:source-reliability=\"") + ascii_lower(c) + "\"");
    for (const TechniqueUse& t : techniques_of(a_)) {
      if (t.name.empty()) continue;
      tag("misp-galaxy:mitre-attack-pattern=\"" + in_tag(t.name) + " - " + t.id + "\"");
    }
    json_.end_array();
  }

  void attribute(std::string_view type, std::string_view category, const std::string& value, bool to_ids,
                 const std::string& comment) {
    const std::string key = std::string(type) + " " + value;
    if (value.empty() || !seen_.insert(key).second) return;
    json_.begin_object();
    json_.member("uuid", advisory_uuid(a_, "misp " + key));
    json_.member("type", type);
    json_.member("category", category);
    json_.member("value", value);
    json_.member("to_ids", to_ids);
    json_.member("disable_correlation", !to_ids);
    json_.member("distribution", "5");  // as the event
    json_.member("timestamp", std::to_string(a_.made.seconds));
    json_.member("comment", comment);
    json_.end_object();
  }
  void indicators() {
    for (const Indicator& i : a_.indicators) {
      const Mapping kind = kind_of(i);
      if (kind.type.empty() || !is_plain_value(i.value) || (i.role == "malicious" && !is_sayable(i))) continue;
      if (i.role == "partial") {
        attribute("text", "Other", i.value, false, label("machine.partial"));
      } else if (i.role == "malicious") {
        const bool vulnerable = i.type == "cve";
        attribute(kind.type, kind.category, value_of(i, kind), !vulnerable,
                  label("machine.indicator", {visible(i.why)}));
      } else {  // as text, so that no export of MISP can make a block list of it
        attribute("text", "Other", printed_value(i), false,
                  label("role." + i.role) + label("words.colon") + " " + label("machine.genuine"));
      }
    }
  }
  void others() {
    for (const std::string& subject : a_.lure_subjects)
      attribute("email-subject", "Payload delivery", visible(subject), false, label("named.lure_subject"));
    for (const Named& actor : a_.actors)
      attribute("threat-actor", "Attribution", visible(actor.name), false, label("machine.actor"));
    for (const Source& s : a_.sources)
      attribute("link", "External analysis", reference_of(a_, s), false, visible(s.title));
    for (const Statement& s : a_.statements)
      if (s.kind == Kind::hypothesis)
        attribute("comment", "External analysis", visible(s.text), false,
                  label("kind.hypothesis") + " " + mark(a_, s.place, *options_.labels, language_));
  }

  const Advisory& a_;
  const ExportOptions& options_;
  std::string_view language_;
  std::string out_;
  JsonWriter json_;
  std::set<std::string> seen_;
};

}  // namespace

std::string to_misp(const Advisory& advisory, const ExportOptions& options) { return Event(advisory, options).make(); }

}  // namespace sekisho::desk
