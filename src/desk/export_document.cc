// Takes an advisory, gives the document that Markdown and HTML print: title, rank, and the sections in the order of a
// security team's morning report. Entry: make_documents. Every sentence is a statement of a source with its mark, a
// text of the sentence bank, or a label; hypotheses and suggestions say that they are. Refuses nothing.
#include <algorithm>
#include <cmath>
#include <functional>

#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

using Style = Run::Style;
using Kinds = Block::Kind;

class Maker {
 public:
  Maker(const Advisory& advisory, const ExportOptions& options, std::string_view language)
      : a_(advisory), options_(options), labels_(*options.labels), language_(language) {}

  Document make() {
    out_.language = language_;
    out_.title = a_.title.in(language_).empty() ? a_.source_title : a_.title.in(language_);
    top();
    summary();
    metrics();
    picked("heading.key_points", a_.key_points);
    bank("heading.impact", a_.impacts, "");
    picked("heading.deep_dive", a_.deep_dive);
    details();
    scenarios();
    techniques();
    actions();
    extracted();
    indicators();
    defences();
    hunt();
    notices();
    findings();
    references();
    background();
    return std::move(out_);
  }

 private:
  std::string label(std::string_view key, const std::vector<std::string>& arguments = {}) const {
    return labels_.text(key, language_, arguments);
  }
  std::string label_of(std::string_view group, std::string_view key) const {  // "role", "malicious"
    return key.empty() ? std::string() : label(std::string(group) + "." + std::string(key));
  }
  static Run plain(std::string text) { return {Style::plain, std::move(text), {}}; }
  static Run strong(std::string text) { return {Style::strong, std::move(text), {}}; }
  static Run quote(std::string text, std::string language = {}) {
    return {Style::quote, std::move(text), std::move(language)};
  }
  static Run code(std::string text) { return {Style::code, std::move(text), {}}; }
  Run mark_of(const Place& place) const { return {Style::mark, mark(a_, place, labels_, language_), {}}; }

  Block& add(Kinds kind, Line line, int level = 1, std::string role = {}) {
    Block& b = out_.blocks.emplace_back();
    b.kind = kind, b.level = level, b.role = std::move(role), b.line = std::move(line);
    return b;
  }
  void heading(std::string_view key, int level = 2) { add(Kinds::heading, {plain(label(key))}, level); }
  void paragraph(Line line, std::string role = {}) { add(Kinds::paragraph, std::move(line), 1, std::move(role)); }
  void item(Line line, int level = 1, std::string role = {}) {
    add(Kinds::item, std::move(line), level, std::move(role));
  }
  Block& table(const std::vector<std::string_view>& heads) {
    Block& b = add(Kinds::table, {});
    for (const std::string_view key : heads) b.head.push_back({plain(label(key))});
    return b;
  }

  static std::string decimal(double value) {  // one place, as scores are
    if (!std::isfinite(value)) return "0.0";
    const auto tenths = static_cast<int64_t>(std::llround(std::clamp(value, -1e6, 1e6) * 10));
    return std::string(tenths < 0 ? "-" : "") + std::to_string(std::abs(tenths) / 10) + "." +
           std::to_string(std::abs(tenths) % 10);
  }
  static std::string percent(double share) {
    return std::to_string(std::isfinite(share) ? std::llround(std::clamp(share, 0.0, 1.0) * 100) : 0) + " %";
  }
  std::string list(const std::vector<std::string>& texts) const {
    std::string out;
    for (const std::string& t : texts) out.append(out.empty() ? "" : label("words.comma")).append(t);
    return out;
  }
  std::string tactics(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const std::string& id : ids) names.push_back(label_of("tactic", id));
    return list(names);
  }

  // A statement with where it stands; what is no plain fact says so.
  void statement(uint32_t index, int level = 1) {
    if (index >= a_.statements.size()) return;
    const Statement& s = a_.statements[index];
    Line line;
    if (s.kind != Kind::fact) line.push_back(strong(label_of("kind", to_string(s.kind)) + label("words.colon")));
    line.push_back(quote(s.text, s.language));
    line.push_back(mark_of(s.place));
    line.push_back(plain(label("statement.rating", {std::string(1, s.reliability), std::to_string(s.credibility),
                                                    label_of("confidence", s.confidence)})));
    item(std::move(line), level, s.kind == Kind::hypothesis ? "hypothesis" : "");
  }

  void top() {
    add(Kinds::heading, {plain(out_.title)}, 1);
    if (a_.on_topic) {
      paragraph({strong(label("rank.line", {std::string(1, a_.rank.letter), label_of("horizon", a_.rank.horizon)}))},
                std::string("rank_") + a_.rank.letter);
    } else {
      paragraph({strong(label("rank.off_topic")), plain(a_.topic_reason.in(language_))}, "rank_D");
    }
    if (!options_.approved) paragraph({strong(label("banner.draft"))}, "draft");
    if (a_.false_alarm) paragraph({strong(label("banner.false_alarm"))}, "finding");
    if (has_findings()) paragraph({strong(label("banner.findings"))}, "finding");
    paragraph(
        {plain(label("meta.line", {a_.id, std::to_string(a_.revision), format_rfc3339({a_.made.seconds, 0}),
                                   article::iso(a_.as_of), std::string(tlp_of(options_)), publisher_of(options_)}))});
  }

  void summary() {
    heading("heading.summary");
    Line line = {quote(a_.source_title, a_.language)};
    if (!a_.sources.empty()) line.push_back(mark_of({0, 0, 0, 0}));
    paragraph(std::move(line));
    if (!a_.key_points.empty()) statement(a_.key_points[0]);
    if (a_.on_topic) paragraph({plain(a_.topic_reason.in(language_))});
  }

  void metrics() {
    if (a_.scores.empty() && a_.rank.reasons.empty()) return;
    heading("heading.metrics");
    if (!a_.scores.empty()) {
      Block& t = table({"column.metric", "column.value", "column.reasons"});
      for (const Score& s : a_.scores) {
        std::vector<std::string> reasons;
        for (const Score::Reason& r : s.reasons)
          reasons.push_back(r.text.in(language_) + " (" + (r.points >= 0 ? "+" : "") + decimal(r.points) + ")");
        t.rows.push_back({{plain(label_of("score", s.id))}, {strong(decimal(s.value))}, {plain(list(reasons))}});
      }
    }
    const RankInputs& in = a_.rank.inputs;
    if (in.activity.empty() && a_.rank.table.empty()) return;
    paragraph({plain(label("rank.why", {std::string(1, a_.rank.letter), a_.rank.table}))});
    Block& t = table({"column.input", "column.value", "column.reasons"});
    size_t k = 0;
    for (const auto& [group, value] : {std::pair<std::string_view, const std::string&>{"activity", in.activity},
                                       {"use", in.use},
                                       {"reach", in.reach},
                                       {"control", in.control}}) {
      const std::string why = k < a_.rank.reasons.size() ? a_.rank.reasons[k].in(language_) : std::string();
      ++k;
      t.rows.push_back({{plain(label_of("input", group))}, {plain(label_of(group, value))}, {plain(why)}});
    }
  }

  void picked(std::string_view key, const std::vector<uint32_t>& statements) {
    if (statements.empty()) return;
    heading(key);
    for (const uint32_t k : statements) statement(k);
  }

  void bank(std::string_view key, const std::vector<Both>& texts, const std::string& prefix, int level = 2) {
    if (texts.empty()) return;
    heading(key, level);
    for (const Both& text : texts) {
      if (prefix.empty()) item({plain(text.in(language_))});
      else item({strong(prefix + label("words.colon")), plain(text.in(language_))}, 1, "hypothesis");
    }
  }

  void of_kind(std::string_view key, Kind kind) {
    if (std::none_of(a_.statements.begin(), a_.statements.end(), [&](const Statement& s) { return s.kind == kind; }))
      return;
    if (!key.empty()) heading(key, 3);
    for (uint32_t k = 0; k < a_.statements.size(); ++k)
      if (a_.statements[k].kind == kind) statement(k);
  }

  void details() {
    if (a_.statements.empty() && a_.insights.empty()) return;
    heading("heading.details");
    of_kind("heading.facts", Kind::fact);
    const bool hypotheses = std::any_of(a_.statements.begin(), a_.statements.end(),
                                        [](const Statement& s) { return s.kind == Kind::hypothesis; });
    if (hypotheses || !a_.insights.empty()) {
      heading("heading.insights", 3);
      paragraph({plain(label("text.insights"))});
      of_kind("", Kind::hypothesis);
      for (const Both& text : a_.insights)
        item({strong(label("kind.insight") + label("words.colon")), plain(text.in(language_))}, 1, "hypothesis");
    }
    of_kind("heading.advice", Kind::advice);
  }

  void scenarios() {
    if (a_.scenarios.empty()) return;
    heading("heading.scenarios");
    paragraph({strong(label("text.scenarios"))}, "hypothesis");
    for (const Scenario& s : a_.scenarios) {
      add(Kinds::heading, {plain(label("scenario.title", {s.id, s.title.in(language_)}))}, 3);
      for (const Step& step : s.steps) {
        Line line;
        if (!step.tactic.empty()) line.push_back(strong(label_of("tactic", step.tactic) + label("words.colon")));
        line.push_back(plain(step.text.in(language_)));
        if (!step.technique.empty()) line.push_back(plain("(" + step.technique + " " + step.name + ")"));
        if (step.statements.empty()) line.push_back(plain(label("scenario.assumed")));
        else line.push_back(plain(label("scenario.reported")));
        for (const uint32_t k : step.statements)
          if (k < a_.statements.size()) line.push_back(mark_of(a_.statements[k].place));
        item(std::move(line));
      }
      if (!s.impact.empty())
        item({strong(label("scenario.impact") + label("words.colon")), plain(s.impact.in(language_))});
    }
  }

  void techniques() {
    const bool any = std::any_of(a_.statements.begin(), a_.statements.end(),
                                 [](const Statement& s) { return !s.techniques.empty(); });
    if (!any) return;
    heading("heading.techniques");
    paragraph({strong(label("text.techniques", {a_.attack_version}))}, "hypothesis");
    Block& t = table({"column.technique", "column.tactic", "column.probability", "column.evidence", "column.place"});
    for (const Statement& s : a_.statements) {
      for (const Technique& one : s.techniques) {
        t.rows.push_back({{plain(one.id + " " + one.name)},
                          {plain(tactics(one.tactics))},
                          {plain(one.literal ? label("technique.literal") : percent(one.probability))},
                          {quote(list(one.evidence), s.language)},
                          {mark_of(s.place)}});
      }
    }
  }

  void actions() {
    if (a_.actions.empty()) return;
    heading("heading.actions");
    for (const std::string_view horizon : {"now", "month", "long"}) {
      bool first = true;
      for (const Action& action : a_.actions) {
        if (horizon_of(action) != horizon) continue;
        if (first) heading("actions." + std::string(horizon), 3);
        first = false;
        Line line;
        if (action.done) line.push_back(strong(label("action.done")));
        line.push_back(plain(action.text.in(language_)));
        item(std::move(line));
        if (!action.reason.empty()) detail("action.reason", plain(action.reason.in(language_)));
        if (!action.owner.empty() || !action.effort.empty())
          item({plain(label("action.who", {label_of("owner", action.owner), label_of("effort", action.effort)}))}, 2);
        detail("action.command", action.command.empty() ? plain(label("action.none")) : code(action.command));
        if (!action.check.empty()) detail("action.check", plain(action.check.in(language_)));
      }
    }
  }
  void detail(std::string_view key, Run run) { item({strong(label(key) + label("words.colon")), std::move(run)}, 2); }

  void named(std::string_view key, const std::vector<Named>& all, Block& t) {
    for (const Named& n : all) {
      std::vector<std::string> notes;
      if (n.imitated) notes.push_back(label("named.imitated"));
      if (n.in_use) notes.push_back(label("named.in_use"));
      if (!n.aliases.empty()) notes.push_back(label("named.aliases", {list(n.aliases)}));
      t.rows.push_back({{plain(label(key))}, {quote(n.name)}, {plain(list(notes))}, {mark_of(n.place)}});
    }
  }
  void extracted() {
    if (a_.brands.empty() && a_.processes.empty() && a_.actors.empty() && a_.asked_for.empty() && a_.dates.empty() &&
        a_.numbers.empty() && a_.lure_subjects.empty())
      return;
    heading("heading.extracted");
    Block& t = table({"column.kind", "column.name", "column.notes", "column.place"});
    named("named.brand", a_.brands, t);
    named("named.process", a_.processes, t);
    named("named.actor", a_.actors, t);
    named("named.asked_for", a_.asked_for, t);
    for (const std::string& subject : a_.lure_subjects)
      t.rows.push_back({{plain(label("named.lure_subject"))}, {quote(subject)}, {}, {}});
    for (const DateMention& d : a_.dates)
      t.rows.push_back({{plain(label("named.date"))},
                        {plain(article::iso(d.date) + " "), quote(d.as_written)},
                        {plain(label_of("date", d.what))},
                        {mark_of(d.place)}});
    for (const Number& n : a_.numbers)
      t.rows.push_back({{plain(label("named.number"))},
                        {quote(n.as_written)},
                        {plain(label_of("number", n.kind))},
                        {mark_of(n.place)}});
  }

  void indicators() {
    if (a_.indicators.empty()) return;
    heading("heading.indicators");
    paragraph({plain(label("text.indicators"))});
    Block& t = table({"column.role", "column.type", "column.value", "column.why", "column.place"});
    for (const std::string_view role : {"malicious", "partial", "victim", "genuine", "reference"}) {
      for (const Indicator& i : a_.indicators) {
        if (i.role != role) continue;
        Line value = {strong(printed_value(i))};
        if (!i.listed) value.push_back(plain(label("indicator.unlisted")));
        Line places;
        for (size_t k = 0; k < i.places.size() && k < 8; ++k) places.push_back(mark_of(i.places[k]));
        t.rows.push_back({{plain(label_of("role", role))},
                          {plain(label_of("type", i.type))},
                          std::move(value),
                          {quote(i.why)},
                          std::move(places)});
      }
    }
  }

  void defences() {
    if (a_.defences.empty()) return;
    heading("heading.defences");
    Block& t = table({"column.rule", "column.kind", "column.what", "column.state"});
    for (const Defence& d : a_.defences) {
      const std::vector<std::string> counts = {std::to_string(d.positives_hit), std::to_string(d.positives),
                                               std::to_string(d.benign_hit), std::to_string(d.benign)};
      Line state = {strong(label(d.accepted ? "defence.accepted" : "defence.refused")),
                    plain(label("defence.counts", counts))};
      if (!d.refused.empty()) state.push_back(plain(d.refused));
      t.rows.push_back({{code(d.path.empty() ? d.name : d.path)},
                        {plain(label_of("defence", d.kind))},
                        {plain(d.what.in(language_))},
                        std::move(state)});
    }
  }

  void hunt() {
    if (!a_.hunt) return;
    const Hunt& h = *a_.hunt;
    heading("heading.hunt");
    paragraph({strong(label("hunt.line", {std::to_string(h.mails), std::to_string(h.hits.size() + h.more),
                                          std::to_string(h.unread)}))},
              h.hits.empty() ? "" : "finding");
    if (!h.paths.empty()) item({plain(label("hunt.paths") + label("words.colon")), code(list(h.paths))});
    if (h.hits.empty()) return;
    Block& t = table({"column.mail", "column.from", "column.subject", "column.date", "column.rule"});
    for (const HuntHit& hit : h.hits)
      t.rows.push_back(
          {{code(hit.mail)}, {quote(hit.from)}, {quote(hit.subject)}, {plain(hit.date)}, {code(list(hit.rules))}});
    if (h.more != 0) paragraph({plain(label("hunt.more", {std::to_string(h.more)}))});
  }

  void notices() {
    bool first = true;
    for (const Notice& n : a_.notices) {
      if (n.language != language_) continue;
      if (first) heading("heading.notices");
      first = false;
      add(Kinds::heading, {plain(label_of("audience", n.audience))}, 3);
      paragraph({strong(label("notice.subject") + label("words.colon")), quote(n.subject, n.language)});
      for (const std::string& problem : n.problems)
        item({strong(label("notice.problem") + label("words.colon")), plain(problem)}, 1, "finding");
      add(Kinds::listing, {}).listing = n.body;
    }
  }

  bool has_findings() const {
    return !a_.findings.empty() || std::any_of(a_.sources.begin(), a_.sources.end(), [](const Source& s) {
      return !s.hidden.empty() || !s.limits_hit.empty();
    });
  }
  void findings() {
    if (!has_findings()) return;
    heading("heading.findings");
    paragraph({plain(label("text.findings"))}, "finding");
    for (const Both& f : a_.findings) item({plain(f.in(language_))}, 1, "finding");
    for (uint32_t k = 0; k < a_.sources.size(); ++k) {
      const Source& s = a_.sources[k];
      for (const article::HiddenText& h : s.hidden)
        item({mark_of({k, 0, 0, 0}),
              plain(label("finding.hidden",
                          {label_of("hidden", h.how), std::to_string(h.offset), std::to_string(h.length)})),
              quote(h.text)},
             1, "finding");
      if (!s.limits_hit.empty())
        item({mark_of({k, 0, 0, 0}), plain(label("finding.limits", {list(s.limits_hit)}))}, 1, "finding");
    }
  }

  void references() {
    if (a_.sources.empty()) return;
    heading("heading.references");
    for (uint32_t k = 0; k < a_.sources.size(); ++k) {
      const Source& s = a_.sources[k];
      Line line = {mark_of({k, 0, 0, 0}), quote(s.title.empty() ? s.name : s.title, s.language)};
      std::vector<std::string> parts;
      for (const std::string& part : {s.publisher, article::iso(s.published)})
        if (!part.empty()) parts.push_back(part);
      if (!parts.empty()) line.push_back(plain("(" + list(parts) + ")"));
      if (!s.url.empty()) line.push_back(plain(article::defang(s.url)));
      line.push_back(plain(label("source.rating", {std::string(1, s.reliability)})));
      item(std::move(line));
      item({plain(label("source.file", {s.name, std::to_string(s.bytes)})), code("SHA-256 " + s.sha256)}, 2);
    }
  }

  void background() {
    heading("heading.background");
    item({plain(label("text.statements"))});
    item({plain(label("text.admiralty"))});
    item({plain(label("text.rank"))});
    if (!a_.attack_version.empty()) item({plain(label("text.attack", {a_.attack_version}))});
    if (!a_.content_digest.empty()) item({plain(label("text.content")), code(a_.content_digest)});
    if (a_.history.size() < 2) return;
    heading("heading.history", 3);
    for (const Revision& r : a_.history)
      item({plain(label("history.line", {std::to_string(r.number), format_rfc3339({r.made.seconds, 0})})),
            plain(r.summary.in(language_))});
  }

  const Advisory& a_;
  const ExportOptions& options_;
  const Labels& labels_;
  std::string language_;
  Document out_;
};

}  // namespace

Document make_document(const Advisory& advisory, const ExportOptions& options, std::string_view language) {
  return Maker(advisory, options, language).make();
}

std::vector<Document> make_documents(const Advisory& advisory, const ExportOptions& options) {
  std::vector<Document> out;
  for (const std::string_view language : {"ja", "en"})
    if (options.language != (language == "ja" ? "en" : "ja")) out.push_back(make_document(advisory, options, language));
  return out;
}

}  // namespace sekisho::desk
