// Takes an advisory, gives a STIX 2.1 bundle: identity, marking, report, observables and indicators of what is
// malicious, patterns of masked names, suggested attack patterns, named actors, vulnerabilities, hypotheses and
// relations. Entry: to_stix. Leaves out values that STIX cannot say; genuine, victim and reference addresses stand in
// words only.
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

constexpr std::string_view kObservableSpace = "00abedb4-aa42-466c-9c01-fed23315a9b7";  // STIX 2.1 section 2.9
constexpr std::string_view kTlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
constexpr std::pair<std::string_view, std::string_view> kTlp[] = {
    {"CLEAR", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
    {"GREEN", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"},
    {"AMBER", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
    {"AMBER+STRICT", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"},
    {"RED", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"}};

// What an indicator is in STIX: type and property of the observable, and its value.
struct Observable {
  std::string_view type, property;  // "" = none
  std::string value;
  std::string_view hash;  // of files: "SHA-256"
};
Observable observable_of(const Indicator& i) {
  if (!is_sayable(i)) return {};
  if (i.type == "domain") return {"domain-name", "value", i.value, {}};
  if (i.type == "url") return {"url", "value", i.value, {}};
  if (i.type == "email") return {"email-addr", "value", i.value, {}};
  if (i.type == "ipv4") return {"ipv4-addr", "value", without_port(i.value), {}};
  if (i.type == "ipv6") return {"ipv6-addr", "value", without_port(i.value), {}};
  if (i.type == "md5") return {"file", "hashes", i.value, "MD5"};
  if (i.type == "sha1") return {"file", "hashes", i.value, "SHA-1"};
  if (i.type == "sha256") return {"file", "hashes", i.value, "SHA-256"};
  return {};
}

std::string quoted(std::string_view text) {  // a string of the pattern language
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string regex_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_alnum(c) && c != '-' && c != '_' && c != '/') out += '\\';
    out += c;
  }
  return out;
}

std::string pattern_of(const Observable& o) {
  if (o.type == "file") return "[file:hashes." + quoted(o.hash) + " = " + quoted(o.value) + "]";
  const std::string path = std::string(o.type) + ":" + std::string(o.property);
  // News prints many addresses without their scheme.
  if (o.type == "url" && o.value.find("://") == std::string::npos)
    return "[" + path + " MATCHES " + quoted("^https?://" + regex_of(o.value) + "$") + "]";
  return "[" + path + " = " + quoted(o.value) + "]";
}

class Bundle {
 public:
  Bundle(const Advisory& a, const ExportOptions& options)
      : a_(a), options_(options), language_(japanese(options) ? "ja" : "en"), json_(out_, 2) {
    marking_ = std::find_if(std::begin(kTlp), std::end(kTlp), [&](const auto& row) {
                 return row.first == tlp_of(options);
               })->second;
    author_ = "identity--" + uuid5(kObservableSpace, "sekisho identity " + publisher_of(options));
    report_ = id("report", "report");
  }

  std::string make() {
    json_.begin_object();
    json_.member("type", "bundle");
    json_.member("id", id("bundle", "bundle " + std::to_string(a_.revision)));
    json_.key("objects");
    json_.begin_array();
    marking();
    begin("identity", author_, false);
    json_.member("name", publisher_of(options_));
    json_.member("identity_class", "organization");
    json_.end_object();
    techniques();
    indicators();
    actors();
    report();
    hypotheses();
    json_.end_array();
    json_.end_object();
    return std::move(out_) + "\n";
  }

 private:
  std::string id(std::string_view type, std::string_view key) const {
    return std::string(type) + "--" + advisory_uuid(a_, key);
  }
  std::string label(std::string_view key, const std::vector<std::string>& arguments = {}) const {
    return options_.labels->text(key, language_, arguments);
  }
  void refs(std::string_view name, const std::vector<std::string>& all) {
    json_.key(name);
    json_.begin_array();
    for (const std::string& one : all) json_.value(one);
    json_.end_array();
  }
  // Opens an SDO or SRO; false: it was there already.
  bool begin(std::string_view type, const std::string& id, bool refer = true) {
    if (!seen_.insert(id).second) return false;
    if (refer) objects_.push_back(id);
    json_.begin_object();
    json_.member("type", type);
    json_.member("spec_version", "2.1");
    json_.member("id", id);
    if (id != author_) json_.member("created_by_ref", author_);
    json_.member("created", milliseconds(id == author_ ? Timestamp{1'640'995'200, 0} : first_made(a_)));
    json_.member("modified", milliseconds(id == author_ ? Timestamp{1'640'995'200, 0} : a_.made));
    if (id != author_) refs("object_marking_refs", {std::string(marking_)});
    return true;
  }

  void marking() {
    json_.begin_object();
    json_.member("type", "marking-definition");
    json_.member("spec_version", "2.1");
    json_.member("id", marking_);
    json_.member("created", "2022-10-01T00:00:00.000Z");
    json_.member("name", "TLP:" + std::string(tlp_of(options_)));
    json_.key("extensions");
    json_.begin_object();
    json_.key(kTlpExtension);
    json_.begin_object();
    json_.member("extension_type", "property-extension");
    json_.member("tlp_2_0", ascii_lower(tlp_of(options_)));
    json_.end_object();
    json_.end_object();
    json_.end_object();
  }

  void attack_pattern(const TechniqueUse& t) {
    const std::string id = this->id("attack-pattern", t.id);
    if (!begin("attack-pattern", id)) return;
    json_.member("name", t.name.empty() ? t.id : visible(t.name));
    json_.member("description", t.statements.empty() ? label("machine.score_assumed")
                                : t.literal
                                    ? label("technique.literal")
                                    : label("machine.technique", {std::to_string(percent(t.probability)) + " %"}));
    if (!t.statements.empty()) json_.member("confidence", percent(t.probability));
    refs("labels", {t.literal ? "literal" : "suggested"});
    json_.key("external_references");
    json_.begin_array();
    json_.begin_object();
    json_.member("source_name", "mitre-attack");
    json_.member("external_id", t.id);
    std::string path = t.id;
    std::replace(path.begin(), path.end(), '.', '/');
    json_.member("url", "https://attack.mitre.org/techniques/" + path);
    json_.end_object();
    json_.end_array();
    json_.end_object();
  }
  static int percent(double share) { return static_cast<int>(share * 100 + 0.5); }

  void techniques() {
    uses_ = techniques_of(a_);
    for (const TechniqueUse& t : uses_) attack_pattern(t);
  }

  void relation(const std::string& from, std::string_view type, const std::string& to, int confidence = -1) {
    const std::string id = this->id("relationship", from + " " + std::string(type) + " " + to);
    if (!begin("relationship", id)) return;
    json_.member("relationship_type", type);
    json_.member("source_ref", from);
    json_.member("target_ref", to);
    if (confidence >= 0) json_.member("confidence", confidence);
    json_.end_object();
  }

  // SCOs have ids of their content alone, so that two bundles that name one host name one object.
  std::string observable(const Observable& o) {
    std::string value;  // canonical JSON (RFC 8785); the values are printable ASCII
    append_json_string(value, o.value);
    const std::string name =
        o.type == "file" ? "{\"hashes\":{\"" + std::string(o.hash) + "\":" + value + "}}" : "{\"value\":" + value + "}";
    const std::string id = std::string(o.type) + "--" + uuid5(kObservableSpace, name);
    if (!seen_.insert(id).second) return id;
    objects_.push_back(id);
    json_.begin_object();
    json_.member("type", o.type);
    json_.member("spec_version", "2.1");
    json_.member("id", id);
    if (o.type == "file") {
      json_.key("hashes");
      json_.begin_object();
      json_.member(o.hash, o.value);
      json_.end_object();
    } else {
      json_.member("value", o.value);
    }
    refs("object_marking_refs", {std::string(marking_)});
    json_.end_object();
    return id;
  }

  std::string indicator(const Indicator& i, const std::string& pattern, bool partial) {
    const std::string id = this->id("indicator", i.type + " " + i.value);
    if (!begin("indicator", id)) return {};
    json_.member("name", printed_value(i));
    json_.member("description", partial ? label("machine.partial") : label("machine.indicator", {visible(i.why)}));
    refs("indicator_types", {partial ? "anomalous-activity" : "malicious-activity"});
    refs("labels", {partial ? "partial" : "malicious"});
    json_.member("pattern", pattern);
    json_.member("pattern_type", "stix");
    json_.member("valid_from", milliseconds(valid_from()));
    json_.end_object();
    return id;
  }
  Timestamp valid_from() const {
    return a_.sources.empty() ? first_made(a_) : midnight(a_.sources[0].published, first_made(a_));
  }

  void indicators() {
    for (const Indicator& i : a_.indicators) {
      if (i.type == "cve") {
        vulnerability(i);
      } else if (i.role == "malicious") {
        const Observable o = observable_of(i);
        if (o.type.empty()) continue;
        const std::string from = indicator(i, pattern_of(o), false);
        if (from.empty()) continue;
        if (o.type != "url" || is_web_address(o.value)) relation(from, "related-to", observable(o));
        indicates(from, i);
      } else if (i.role == "partial") {
        const std::string regex = mask_regex(i.type, i.value);
        const std::string_view path = i.type == "url"     ? "url:value"
                                      : i.type == "email" ? "email-addr:value"
                                                          : "domain-name:value";
        if (regex.empty() || (i.type != "url" && i.type != "email" && i.type != "domain")) continue;
        indicator(i, "[" + std::string(path) + " MATCHES " + quoted(regex) + "]", true);
      }
    }
  }
  // The techniques of the sentence that names it: what the desk can say of its use.
  void indicates(const std::string& from, const Indicator& i) {
    for (const TechniqueUse& t : uses_) {
      const bool said = std::any_of(t.statements.begin(), t.statements.end(), [&](uint32_t k) {
        const Place& s = a_.statements[k].place;
        return std::any_of(i.places.begin(), i.places.end(), [&](const Place& p) {
          return p.source == s.source && p.offset >= s.offset && p.offset - s.offset < s.length;
        });
      });
      if (said) relation(from, "indicates", id("attack-pattern", t.id), percent(t.probability));
    }
  }

  void vulnerability(const Indicator& i) {
    const auto digits = [&](size_t from, size_t to) {
      return std::all_of(i.value.begin() + static_cast<ptrdiff_t>(from), i.value.begin() + static_cast<ptrdiff_t>(to),
                         [](char c) { return is_digit(c); });
    };
    const size_t n = i.value.size();  // CVE-2026-0001, more digits without a leading 0
    if (!i.value.starts_with("CVE-") || n < 13 || n > 20 || i.value[8] != '-' || !digits(4, 8) || !digits(9, n) ||
        (n > 13 && i.value[9] == '0'))
      return;
    if (!begin("vulnerability", id("vulnerability", i.value))) return;
    json_.member("name", i.value);
    json_.key("external_references");
    json_.begin_array();
    json_.begin_object();
    json_.member("source_name", "cve");
    json_.member("external_id", i.value);
    json_.end_object();
    json_.end_array();
    json_.end_object();
  }

  void actors() {
    for (const Named& actor : a_.actors) {
      if (actor.name.empty() || !begin("intrusion-set", id("intrusion-set", actor.name))) continue;
      json_.member("name", visible(actor.name));
      json_.member("description", label("machine.actor"));
      std::vector<std::string> aliases;
      for (const std::string& alias : actor.aliases)
        if (!alias.empty()) aliases.push_back(visible(alias));
      if (!aliases.empty()) refs("aliases", aliases);
      json_.end_object();
    }
  }

  // What nobody has confirmed: a report of its own, so that no reader takes it for a finding. Notes would be the
  // natural form, but the bundle schema as OASIS publishes it leaves them out and refuses bundles that hold one.
  void hypotheses() {
    std::string text;
    const auto add = [&](const std::string& kind, const std::string& what) {
      if (what.empty()) return;
      text.append(text.empty() ? "" : "\n").append(kind).append(label("words.colon")).append(" ").append(what);
    };
    for (const Statement& s : a_.statements)
      if (s.kind == Kind::hypothesis)
        add(label("kind.hypothesis"), visible(s.text) + " " + mark(a_, s.place, *options_.labels, language_));
    for (const Both& insight : a_.insights) add(label("kind.insight"), insight.in(language_));
    for (const Scenario& s : a_.scenarios)
      add(label("scenario.title", {s.id, s.title.in(language_)}), s.impact.in(language_));
    if (text.empty() || !begin("report", id("report", "hypotheses"))) return;
    json_.member("name", label("heading.insights"));
    json_.member("description", label("text.scenarios") + "\n" + text);
    refs("report_types", {"threat-report"});
    json_.member("lang", language_);
    json_.member("published", milliseconds(a_.made));
    refs("labels", {"hypothesis"});
    refs("object_refs", {report_});
    json_.end_object();
  }
  std::string spared() const {  // in words only: no object that a machine could block
    std::string out;
    for (const Indicator& i : a_.indicators)
      if (i.role == "genuine" || i.role == "reference" || i.role == "victim") out.append("\n").append(printed_value(i));
    return out.empty() ? out : "\n" + label("machine.genuine") + label("words.colon") + out;
  }

  void report() {
    const std::string letter(1, a_.rank.letter);
    std::vector<std::string> objects = objects_;
    objects.push_back(author_);
    begin("report", report_);
    const std::string title = visible(a_.title.in(language_).empty() ? a_.source_title : a_.title.in(language_));
    json_.member("name", title.empty() ? a_.id : title);
    json_.member("description",
                 label("machine.report", {letter, label("horizon." + a_.rank.horizon), a_.topic_reason.in(language_)}) +
                     (options_.approved ? "" : " " + label("banner.draft")) + spared());
    refs("report_types", {"threat-report"});
    json_.member("lang", language_);
    json_.member("published", milliseconds(a_.made));
    refs("labels", {"rank-" + ascii_lower(letter), options_.approved ? "approved" : "draft"});
    references();
    refs("object_refs", objects);
    json_.end_object();
  }
  void references() {
    if (a_.sources.empty()) return;
    json_.key("external_references");
    json_.begin_array();
    for (const Source& s : a_.sources) {
      json_.begin_object();
      const std::string name = visible(s.publisher.empty() ? s.name : s.publisher);
      // "cve" and "capec" would promise ids of those lists.
      json_.member("source_name", name.empty() || name == "cve" || name == "capec" ? "source" : name);
      json_.member("description", visible(s.title));
      if (const std::string url = reference_of(a_, s); !url.empty()) json_.member("url", url);
      json_.end_object();
    }
    json_.end_array();
  }

  const Advisory& a_;
  const ExportOptions& options_;
  std::string_view language_;
  std::string_view marking_;
  std::string author_, report_;
  std::string out_;
  JsonWriter json_;
  std::vector<TechniqueUse> uses_;
  std::vector<std::string> objects_;
  std::set<std::string> seen_;
};

}  // namespace

std::string to_stix(const Advisory& advisory, const ExportOptions& options) { return Bundle(advisory, options).make(); }

}  // namespace sekisho::desk
