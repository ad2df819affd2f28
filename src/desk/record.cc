// Takes an article, gives the recorded parts of an advisory. Entry: record. What the words of the text amount to is
// summed up as evidence (advisory.h); judge.cc makes the judgement of it.
#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "desk/advise.h"
#include "desk/analysis.h"
#include "desk/statements.h"
#include "desk/subjects.h"

namespace sekisho::desk {
namespace {

char reliability_of(const article::Article& article, const Desk& desk) {
  const auto& own = desk.scanner->settings().desk.reliability;
  const auto& packs = desk.content->numbers.reliability;
  std::vector<std::string> names;
  if (!article.publisher.empty()) names.push_back(ascii_lower(article.publisher));
  if (const auto url = net::parse_url(article.url); url && url->host) {
    std::string_view host = *url->host;
    while (!host.empty()) {
      names.emplace_back(host);
      const size_t dot = host.find('.');
      if (dot == std::string_view::npos) break;
      host.remove_prefix(dot + 1);
    }
  }
  for (const std::string& name : names) {
    if (const auto it = own.find(name); it != own.end()) return it->second;
    if (const auto it = packs.find(name); it != packs.end()) return it->second;
  }
  return 'F';
}

void add_indicators(const Analysis& a, const PlaceOf& place, const Desk& desk, Advisory& out) {
  const brand::Brands& brands = desk.scanner->content().brands;
  const auto& own = desk.scanner->settings().domains;
  const auto merged = article::merge_indicators(a.indicators);
  for (const article::Indicator& i : merged) {
    Indicator made;
    made.type = std::string(article::to_string(i.type)), made.role = std::string(article::to_string(i.role));
    made.value = i.value, made.host = i.host, made.as_written = i.as_written, made.why = i.why;
    made.defanged = i.defanged, made.listed = i.listed;
    if (i.owner >= 0) made.owner = brands[static_cast<brand::Index>(i.owner)].id;
    if (std::ranges::any_of(own, [&](const std::string& d) { return net::within(i.host, d); })) made.owner = "self";
    for (const article::Indicator& each : a.indicators)
      if (each.type == i.type && each.value == i.value && made.places.size() < 20)
        made.places.push_back(place(each.at, each.length));
    out.indicators.push_back(std::move(made));
  }
}

// A brand whose own host or address people are told to use is one that the news is about, named or not.
void add_owners(const Desk& desk, Advisory& out) {
  const brand::Brands& brands = desk.scanner->content().brands;
  for (const Indicator& i : out.indicators) {
    if (i.role != "genuine" || i.owner.empty() || i.owner == "self") continue;
    const auto index = brands.find(i.owner);
    if (!index || std::ranges::any_of(out.brands, [&](const Named& n) { return n.id == i.owner; })) continue;
    Named n;
    n.id = i.owner;
    const brand::Brand& b = brands[*index];
    n.name = !b.names.empty() ? b.names.front() : !b.names_ja.empty() ? b.names_ja.front() : b.id;
    if (!i.places.empty()) n.place = i.places.front();
    const auto& uses = desk.scanner->settings().desk.uses;
    n.in_use = std::ranges::find(uses, n.id) != uses.end();
    out.brands.push_back(std::move(n));
  }
}

void add_evidence(const Analysis& a, const DeskContent& desk, Advisory& out) {
  const Numbers& n = desk.numbers;
  for (const Sentence& s : a.sentences) {
    const double factor = s.is_title ? n.title : s.position > 0 && s.position <= 2 ? n.lead : 1;
    const bool advice = advises(a, desk, s);
    std::map<std::string, double> themes;
    bool other = false;
    std::set<std::string> once;
    for (const Word& w : s.words) {
      const std::string& id = desk.words[w.intent].id;
      switch (desk.words.family(w.intent)) {
        case Family::theme:
          if (const Theme* t = desk.theme(id); t && !advice) themes[id] = t->weight;
          break;
        case Family::other:
          other = true;
          if (once.insert(id).second) out.evidence["other." + id] += factor;
          break;
        case Family::activity:
          if (!s.quoted(w) && once.insert(id).second) out.evidence["activity." + id] += factor;
          break;
        case Family::novel:
        case Family::scale:
        case Family::hurry:
        case Family::loss:
        case Family::denial:
          if (once.insert(id).second) out.evidence["word." + id] += factor;
          break;
        default:
          break;
      }
    }
    double most = 0;
    for (const auto& [id, weight] : themes) {
      out.evidence["theme." + id] += weight * factor;
      most = std::max(most, weight);
    }
    if (most > 0 && !advice) {
      // Imitation and the secret that it is for, in one sentence: that is the attack itself.
      const bool secret = a.has(desk, s, Family::asked) && a.has(desk, s, Family::asking);
      out.evidence["topic"] += (most + (secret ? n.secret : 0)) * factor;
    }
    if (other) out.evidence["other"] += factor;
  }
}

void add_findings(const Analysis& a, const article::Article& article, const DeskContent& desk, Advisory& out) {
  constexpr size_t kMostOrders = 10;
  if (!article.hidden.empty()) {
    std::set<std::string> how;
    for (const article::HiddenText& h : article.hidden) how.insert(h.how);
    std::string list;
    for (const std::string& h : how) list += (list.empty() ? "" : ", ") + h;
    const std::string count = std::to_string(article.hidden.size());
    out.findings.push_back(desk.bank.say("finding.hidden", {{"count", {count, count}}, {"how", {list, list}}}));
  }
  size_t orders = 0;
  const auto order = [&](std::string_view text) {
    if (orders++ >= kMostOrders) return;
    const std::string shown = printable(utf8_prefix(trim(text), 200));
    out.findings.push_back(desk.bank.say("finding.order", {{"text", {shown, shown}}}));
  };
  for (const Sentence& s : a.sentences)
    if (a.has(desk, s, Family::order)) order(a.text(s));
  for (const article::HiddenText& h : article.hidden)
    for (const Word& w : desk.words.find(h.text))
      if (desk.words.family(w.intent) == Family::order) {
        order(h.text);
        break;
      }
  if (article.published_other.known())
    out.findings.push_back(
        desk.bank.say("finding.dates_disagree",
                      {{"date", {article::iso(article.published), article::iso(article.published)}},
                       {"other", {article::iso(article.published_other), article::iso(article.published_other)}}}));
  if (!article.published.known()) out.findings.push_back(desk.bank.say("finding.published_unknown"));
  for (const DateMention& d : out.dates)
    if (d.what == "no_such_day")
      out.findings.push_back(desk.bank.say("finding.no_such_day", {{"text", {d.as_written, d.as_written}}}));
  for (const std::string& limit : article.limits_hit)
    out.findings.push_back(desk.bank.say("finding.limit", {{"limit", {limit, limit}}}));
  for (const Indicator& i : out.indicators)
    if (!i.listed && i.role == "malicious")
      out.findings.push_back(
          desk.bank.say("finding.unlisted", {{"value", {article::defang(i.value), article::defang(i.value)}}}));
}

}  // namespace

Advisory record(const article::Article& article, const Desk& desk) {
  const DeskContent& content = *desk.content;
  Advisory out;
  Source source;
  source.name = article.name, source.format = std::string(article::to_string(article.format));
  source.title = article.title, source.publisher = article.publisher, source.url = article.url;
  source.language = article.language, source.sha256 = article.sha256, source.published = article.published;
  source.bytes = article.bytes, source.hidden = article.hidden, source.limits_hit = article.limits_hit;
  source.reliability = reliability_of(article, desk);
  out.sources.push_back(std::move(source));
  out.language = article.language;
  out.source_title = article.title;

  const AnalysisContext context{&content, &desk.scanner->content().brands, desk.scanner->content().suffixes.get(),
                                desk.scanner->settings().domains};
  const Analysis analysis = analyse(article, context);
  const PlaceOf place = [&](uint32_t at, uint32_t length) {
    const uint32_t from = article.source_offset(at), to = article.source_offset(at + length);
    return Place{0, from, to > from ? to - from : length, article.line(from)};
  };
  add_subjects(analysis, {&content, &desk.scanner->content().brands, &desk.scanner->settings().desk, place}, out);
  add_indicators(analysis, place, desk, out);
  add_owners(desk, out);
  add_statements(analysis, content, 0, place, out);
  add_evidence(analysis, content, out);
  add_findings(analysis, article, content, out);
  return out;
}

}  // namespace sekisho::desk
