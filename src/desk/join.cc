// Takes recorded advisories, joins those of one event and says what changed. Entries: same_event, join, difference.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

#include "base/strings.h"
#include "desk/advise.h"

namespace sekisho::desk {
namespace {

bool attackers(const Indicator& i) {
  return i.role == "malicious" && (i.type == "url" || i.type == "domain" || i.type == "email" || i.type == "sha256" ||
                                   i.type == "sha1" || i.type == "md5" || i.type == "ipv4" || i.type == "ipv6");
}

std::set<std::string> imitated(const Advisory& a) {
  std::set<std::string> out;
  for (const Named& n : a.brands)
    if (n.imitated && !n.id.empty()) out.insert(n.id);
  return out;
}

// The strongest theme that is not of all such news; else the strongest.
std::string strongest_theme(const Advisory& a, const DeskContent& desk) {
  std::string best;
  for (const bool general : {false, true}) {
    double most = 0;
    for (const Theme& t : desk.themes) {
      const auto it = a.evidence.find("theme." + t.id);
      if (t.general == general && it != a.evidence.end() && it->second > most) most = it->second, best = t.id;
    }
    if (!best.empty()) break;
  }
  return best;
}

void join_named(std::vector<Named>& into, const std::vector<Named>& from, uint32_t shift) {
  for (const Named& n : from) {
    const auto it =
        std::ranges::find_if(into, [&](const Named& m) { return n.id.empty() ? m.name == n.name : m.id == n.id; });
    if (it != into.end()) {
      it->imitated |= n.imitated, it->in_use |= n.in_use;
      continue;
    }
    into.push_back(n);
    into.back().place.source += shift;
  }
}

// Which role of a value holds where two sources say different things: that it is the true one, or the victim's, is
// never given up, for nothing of theirs may be blocked.
int strength(std::string_view role) {
  constexpr std::string_view kOrder[] = {"reference", "partial", "malicious", "victim", "genuine"};
  return static_cast<int>(std::ranges::find(kOrder, role) - std::begin(kOrder));
}

}  // namespace

bool same_event(const Advisory& a, const Advisory& b, const Desk& desk) {
  for (const Indicator& i : a.indicators)
    if (attackers(i))
      for (const Indicator& j : b.indicators)
        if (attackers(j) && i.type == j.type && i.value == j.value) return true;
  for (const std::string& s : a.lure_subjects)
    if (s.size() >= 20 && std::ranges::find(b.lure_subjects, s) != b.lure_subjects.end()) return true;
  for (const Source& s : a.sources)
    for (const Source& t : b.sources)
      if (s.sha256 == t.sha256 || (!s.url.empty() && s.url == t.url)) return true;
  const article::Date one = a.sources.front().published, two = b.sources.front().published;
  if (!one.known() || !two.known()) return false;
  if (std::llabs(article::days_from_civil(one) - article::days_from_civil(two)) > desk.content->numbers.near_days)
    return false;
  const std::string theme = strongest_theme(a, *desk.content);
  if (theme.empty() || theme != strongest_theme(b, *desk.content)) return false;
  const std::set<std::string> brands = imitated(a);
  return std::ranges::any_of(imitated(b), [&](const std::string& id) { return brands.contains(id); });
}

void join(Advisory& into, const Advisory& from) {
  for (const Source& s : into.sources)
    for (const Source& t : from.sources)
      if (s.sha256 == t.sha256) return;
  const auto shift = static_cast<uint32_t>(into.sources.size());
  into.sources.insert(into.sources.end(), from.sources.begin(), from.sources.end());
  join_named(into.brands, from.brands, shift);
  join_named(into.processes, from.processes, shift);
  join_named(into.actors, from.actors, shift);
  join_named(into.asked_for, from.asked_for, shift);
  for (const std::string& s : from.lure_subjects)
    if (std::ranges::find(into.lure_subjects, s) == into.lure_subjects.end()) into.lure_subjects.push_back(s);
  for (DateMention d : from.dates) d.place.source += shift, into.dates.push_back(std::move(d));
  for (Number n : from.numbers) n.place.source += shift, into.numbers.push_back(std::move(n));
  for (Indicator i : from.indicators) {
    for (Place& p : i.places) p.source += shift;
    const auto it = std::ranges::find_if(into.indicators,
                                         [&](const Indicator& j) { return j.type == i.type && j.value == i.value; });
    if (it == into.indicators.end()) {
      into.indicators.push_back(std::move(i));
      continue;
    }
    it->places.insert(it->places.end(), i.places.begin(), i.places.end());
    if (strength(i.role) > strength(it->role)) it->role = i.role, it->why = i.why;
  }
  for (Statement s : from.statements) {
    s.place.source += shift;
    into.statements.push_back(std::move(s));
  }
  for (const Both& f : from.findings) into.findings.push_back(f);
  for (const auto& [key, value] : from.evidence) into.evidence[key] += value;
}

void order_sources(Advisory& a) {
  std::vector<uint32_t> order(a.sources.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](uint32_t i) {
    const Source& s = a.sources[i];
    return std::tuple(!s.published.known(), s.published.year, s.published.month, s.published.day, s.sha256);
  });
  std::vector<uint32_t> place(order.size());
  std::vector<Source> sources;
  for (uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i, sources.push_back(std::move(a.sources[order[i]]));
  a.sources = std::move(sources);
  const auto move = [&](Place& p) { p.source = p.source < place.size() ? place[p.source] : 0; };
  for (auto* list : {&a.brands, &a.processes, &a.actors, &a.asked_for})
    for (Named& n : *list) move(n.place);
  for (DateMention& d : a.dates) move(d.place);
  for (Number& n : a.numbers) move(n.place);
  for (Indicator& i : a.indicators) {
    for (Place& p : i.places) move(p);
    std::ranges::stable_sort(i.places, {}, [](const Place& p) { return std::pair(p.source, p.offset); });
  }
  for (Statement& s : a.statements) move(s.place);
  std::ranges::stable_sort(a.statements, {},
                           [](const Statement& s) { return std::pair(s.place.source, s.place.offset); });
  const auto by_place = [](const auto& n) { return std::pair(n.place.source, n.place.offset); };
  for (auto* list : {&a.brands, &a.processes, &a.actors, &a.asked_for}) std::ranges::stable_sort(*list, {}, by_place);
  std::ranges::stable_sort(a.dates, {}, by_place);
  std::ranges::stable_sort(a.numbers, {}, by_place);
  std::ranges::stable_sort(a.indicators, {}, [](const Indicator& i) {
    return i.places.empty() ? std::pair(0u, 0u) : std::pair(i.places.front().source, i.places.front().offset);
  });
  a.language = a.sources.front().language;
  a.source_title = a.sources.front().title;
}

std::vector<Both> difference(const Advisory& before, const Advisory& after, const Bank& bank) {
  std::vector<Both> out;
  const auto say = [&](std::string_view key, const std::string& one, const std::string& two = {}) {
    out.push_back(bank.say(key, {{"value", {one, one}}, {"other", {two, two}}}));
  };
  if (before.rank.letter != after.rank.letter)
    say("diff.rank", std::string(1, before.rank.letter), std::string(1, after.rank.letter));
  if (before.on_topic != after.on_topic || before.false_alarm != after.false_alarm)
    say("diff.topic", after.source_title);
  for (size_t i = 0; i < after.sources.size(); ++i)
    if (std::ranges::none_of(before.sources, [&](const Source& s) { return s.sha256 == after.sources[i].sha256; }))
      say("diff.source", printable(after.sources[i].title), printable(after.sources[i].publisher));
  for (const Indicator& i : after.indicators) {
    const auto it = std::ranges::find_if(before.indicators,
                                         [&](const Indicator& j) { return j.type == i.type && j.value == i.value; });
    if (it == before.indicators.end()) say("diff.indicator", article::defang(i.value), i.role);
    else if (it->role != i.role) say("diff.role", article::defang(i.value), it->role + " → " + i.role);
  }
  for (const Named& n : after.brands)
    if (std::ranges::none_of(before.brands, [&](const Named& m) { return m.id == n.id; })) say("diff.brand", n.name);
  for (const Named& n : after.actors)
    if (std::ranges::none_of(before.actors, [&](const Named& m) { return m.name == n.name; }))
      say("diff.actor", n.name);
  for (const std::string& theme : after.themes)
    if (std::ranges::find(before.themes, theme) == before.themes.end()) say("diff.theme", theme);
  for (const Statement& s : after.statements)
    if (s.kind != Kind::advice &&
        std::ranges::none_of(before.statements, [&](const Statement& t) { return t.text == s.text; }))
      say("diff.statement", printable(s.text));
  for (size_t i = 0; i < before.scores.size() && i < after.scores.size(); ++i)
    if (before.scores[i].value != after.scores[i].value)
      say("diff.score", after.scores[i].id + " " + std::to_string(before.scores[i].value).substr(0, 4),
          std::to_string(after.scores[i].value).substr(0, 4));
  if (before.hunt.has_value() != after.hunt.has_value() ||
      (before.hunt && after.hunt && before.hunt->hits.size() != after.hunt->hits.size()))
    say("diff.hunt", std::to_string(after.hunt ? after.hunt->hits.size() : 0));
  return out;
}

}  // namespace sekisho::desk
