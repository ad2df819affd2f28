// Takes an advisory, gives a CSAF 2.0 document of the profile csaf_informational_advisory: notes, references and
// tracking, no product tree and no vulnerabilities (section 4.3). Entry: to_csaf. Refuses nothing; what must not be
// empty has a text of the labels in its place.
#include <algorithm>

#include "base/json.h"
#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

class Csaf {
 public:
  Csaf(const Advisory& a, const ExportOptions& options)
      : a_(a), options_(options), language_(japanese(options) ? "ja" : "en"), json_(out_, 2) {}

  std::string make() {
    json_.begin_object();
    json_.key("document");
    json_.begin_object();
    json_.key("aggregate_severity");
    json_.begin_object();
    json_.member("text", label("rank.line", {std::string(1, a_.rank.letter), label("horizon." + a_.rank.horizon)}));
    json_.end_object();
    json_.member("category", "csaf_informational_advisory");
    json_.member("csaf_version", "2.0");
    distribution();
    json_.member("lang", language_);
    notes();
    publisher();
    references();
    json_.member("title", title());
    tracking();
    json_.end_object();
    json_.end_object();
    return std::move(out_) + "\n";
  }

 private:
  std::string label(std::string_view key, const std::vector<std::string>& arguments = {}) const {
    return options_.labels->text(key, language_, arguments);
  }
  std::string title() const {
    const std::string text = visible(a_.title.in(language_).empty() ? a_.source_title : a_.title.in(language_));
    return text.empty() ? tracking_id() : text;
  }
  std::string tracking_id() const {
    const std::string id = visible(a_.id);
    return id.empty() ? "SEKISHO-" + advisory_uuid(a_, "csaf") : id;
  }

  void distribution() {
    const std::string_view tlp = tlp_of(options_);
    json_.key("distribution");
    json_.begin_object();
    json_.member("text", "TLP:" + std::string(tlp));
    json_.key("tlp");
    json_.begin_object();  // CSAF 2.0 knows the labels of TLP 1
    json_.member("label", tlp == "CLEAR" ? "WHITE" : tlp == "AMBER+STRICT" ? "AMBER" : tlp);
    json_.end_object();
    json_.end_object();
  }

  void note(std::string_view category, std::string_view title, const std::string& text) {
    if (text.empty()) return;
    json_.begin_object();
    json_.member("category", category);
    json_.member("text", text);
    json_.member("title", title);
    json_.end_object();
  }
  std::string statements(Kind kind) const {
    std::string out;
    for (const Statement& s : a_.statements) {
      if (s.kind != kind) continue;
      out.append(out.empty() ? "" : "\n").append(unlinked(s.text)).append(" ");
      out += mark(a_, s.place, *options_.labels, language_);
    }
    return out;
  }
  std::string rank() const {
    std::string out = label("machine.report", {std::string(1, a_.rank.letter), label("horizon." + a_.rank.horizon),
                                               a_.topic_reason.in(language_)});
    for (const Both& reason : a_.rank.reasons) out += "\n" + reason.in(language_);
    return out;
  }
  std::string actions() const {
    std::string out;
    for (const std::string_view horizon : {"now", "month", "long"}) {
      for (const Action& action : a_.actions) {
        if (horizon_of(action) != horizon) continue;
        out.append(out.empty() ? "" : "\n").append(label("actions." + std::string(horizon)));
        out.append(label("words.colon")).append(" ").append(action.text.in(language_));
      }
    }
    return out;
  }
  std::string indicators() const {
    std::string out;
    for (const Indicator& i : a_.indicators) {
      if (!out.empty()) out += "\n";
      out += label("role." + i.role) + " · " + label("type." + i.type) + " · " + printed_value(i);
    }
    return out;
  }
  std::string hypotheses() const {
    std::string out = statements(Kind::hypothesis);
    for (const Both& text : a_.insights)
      out.append(out.empty() ? "" : "\n")
          .append(label("kind.insight"))
          .append(label("words.colon"))
          .append(" ")
          .append(text.in(language_));
    return out;
  }
  void notes() {
    json_.key("notes");
    json_.begin_array();
    const std::string first =
        !a_.key_points.empty() && a_.key_points[0] < a_.statements.size() ? a_.statements[a_.key_points[0]].text : "";
    note("summary", label("heading.summary"), first.empty() ? title() : unlinked(first));
    note("general", label("machine.csaf_general"), rank());
    note("details", label("machine.csaf_details"), statements(Kind::fact));
    note("other", label("heading.insights"), hypotheses());
    note("other", label("heading.advice"), statements(Kind::advice));
    note("general", label("machine.csaf_actions"), actions());
    note("details", label("heading.indicators"), indicators());
    if (!options_.approved) note("legal_disclaimer", label("machine.csaf_draft"), label("banner.draft"));
    json_.end_array();
  }

  void publisher() {
    const std::string name = publisher_of(options_);
    json_.key("publisher");
    json_.begin_object();
    json_.member("category", "other");
    json_.member("name", name);
    json_.member("namespace", is_web_address(options_.publisher_url)
                                  ? options_.publisher_url
                                  : "urn:uuid:" + uuid5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", name));
    json_.end_object();
  }

  // At least one of the category external is demanded; a source without an address of its own is named by a URN.
  void references() {
    json_.key("references");
    json_.begin_array();
    for (const Source& s : a_.sources) {
      const std::string url = reference_of(a_, s);
      const std::string name = visible(s.title.empty() ? s.name : s.title);
      reference(name.empty() ? label("machine.reference") : name,
                url.empty() ? "urn:uuid:" + advisory_uuid(a_, "source " + s.sha256) : url);
    }
    if (a_.sources.empty()) reference(label("machine.reference"), "urn:uuid:" + advisory_uuid(a_, "source"));
    json_.end_array();
  }
  void reference(const std::string& summary, const std::string& url) {
    json_.begin_object();
    json_.member("category", "external");
    json_.member("summary", summary);
    json_.member("url", url);
    json_.end_object();
  }

  // Integer versioning. The history must have each number from 1 on, in order of time (tests 6.1.14, 6.1.16, 6.1.21);
  // of revisions that the advisory does not know the time, the next known one is the bound.
  std::vector<Revision> history() const {
    std::vector<Revision> out;
    const int last = std::clamp(a_.revision, 1, 10'000);
    std::vector<const Revision*> known(static_cast<size_t>(last) + 1);
    for (const Revision& r : a_.history)
      if (r.number >= 1 && r.number <= last) known[static_cast<size_t>(r.number)] = &r;
    Timestamp bound = a_.made;
    for (int n = last; n >= 1; --n) {
      const Revision* r = known[static_cast<size_t>(n)];
      if (r != nullptr && r->made < bound && n != last) bound = r->made;
      out.push_back({n, bound, r != nullptr ? r->summary : Both()});
    }
    std::reverse(out.begin(), out.end());
    return out;
  }
  void tracking() {
    const std::vector<Revision> all = history();
    json_.key("tracking");
    json_.begin_object();
    json_.member("current_release_date", milliseconds(all.back().made));
    json_.key("generator");
    json_.begin_object();
    json_.key("engine");
    json_.begin_object();
    json_.member("name", "Sekisho");
    if (!options_.program_version.empty()) json_.member("version", options_.program_version);
    json_.end_object();
    json_.end_object();
    json_.member("id", tracking_id());
    json_.member("initial_release_date", milliseconds(all.front().made));
    json_.key("revision_history");
    json_.begin_array();
    for (const Revision& r : all) {
      const std::string summary = visible(r.summary.in(language_));
      json_.begin_object();
      json_.member("date", milliseconds(r.made));
      json_.member("number", std::to_string(r.number));
      json_.member("summary", summary.empty() ? label("history.first") : summary);
      json_.end_object();
    }
    json_.end_array();
    json_.member("status", options_.approved ? "final" : "draft");
    json_.member("version", std::to_string(all.back().number));
    json_.end_object();
  }

  const Advisory& a_;
  const ExportOptions& options_;
  std::string_view language_;
  std::string out_;
  JsonWriter json_;
};

}  // namespace

std::string to_csaf(const Advisory& advisory, const ExportOptions& options) { return Csaf(advisory, options).make(); }

}  // namespace sekisho::desk
