// Takes articles, gives advisories: recorded, joined by event, judged, defended against, hunted for, drafted. Entry:
// advise.
#include "desk/advise.h"

#include <algorithm>
#include <set>
#include <string>

#include "desk/defence.h"
#include "desk/hunt_mails.h"
#include "desk/statements.h"

namespace sekisho::desk {
namespace {

void by_date(std::vector<Advisory>& parts) {
  // Undated ones last; otherwise as they were given.
  std::ranges::stable_sort(parts, {}, [](const Advisory& a) {
    const article::Date d = a.sources.front().published;
    return std::tuple(!d.known(), d.year, d.month, d.day);
  });
}

article::Date newest(const Advisory& a) {
  article::Date out;
  for (const Source& s : a.sources) out = std::max(out, s.published);
  return out;
}

article::Date today(const Clock& clock) {
  const CivilTime t = civil_utc(clock.now().seconds);
  return {t.year, t.month, t.day};
}

// What about the text itself only the whole event can say.
void date_findings(const DeskContent& desk, Advisory& a) {
  const article::Date newest_source = newest(a);
  if (newest_source.known() && a.as_of.known() && newest_source > a.as_of) {
    const std::string day = article::iso(newest_source);
    a.findings.push_back(desk.bank.say("finding.published_future", {{"date", {day, day}}}));
  }
}

void defend(const Desk& desk, const AdviseOptions& options, Advisory& a) {
  a.defences.clear();
  if (!options.defend || !a.on_topic || a.false_alarm) return;
  const scan::Scanner& scanner = *desk.scanner;
  a.defences = make_defences(a, desk.content->defence, scanner.content(), scanner.settings());
  static const HonestMail kNone;
  check_defences(a.defences, a, desk.content->defence, scanner, desk.honest ? *desk.honest : kNone);
}

}  // namespace

std::vector<Advisory> advise(const std::vector<article::Article>& articles, const std::vector<Advisory>& before,
                             const Desk& desk, const AdviseOptions& options, const Clock& clock) {
  const DeskContent& content = *desk.content;
  std::vector<Advisory> parts;
  for (const article::Article& article : articles) parts.push_back(record(article, desk));
  by_date(parts);

  struct Event {
    Advisory advisory;
    const Advisory* before = nullptr;
    bool told = false;  // by one of the articles
  };
  std::vector<Event> events;
  for (const Advisory& b : before) {
    Event e;
    e.before = &b;
    e.advisory = b;
    events.push_back(std::move(e));
  }
  for (Advisory& part : parts) {
    const auto it = std::ranges::find_if(events, [&](const Event& e) { return same_event(e.advisory, part, desk); });
    if (it == events.end()) events.push_back({std::move(part), nullptr, true});
    else join(it->advisory, part), it->told = true;
  }

  std::set<std::string> ids;  // of events that stand: another event of the same day, brand and theme gets a number
  for (const Advisory& b : before) ids.insert(b.id);
  std::vector<Advisory> out;
  for (Event& e : events) {
    if (!e.told && !articles.empty()) continue;
    Advisory& a = e.advisory;
    order_sources(a);
    a.as_of = options.as_of.known() ? options.as_of : newest(a).known() ? newest(a) : today(clock);
    a.made = clock.now();
    if (!options.tlp.empty()) a.tlp = options.tlp;
    a.hunt.reset();
    judge(desk.judging(), a);
    if (!e.before) {
      const std::string id = a.id;
      for (int n = 2; !ids.insert(a.id).second; ++n) a.id = id + "-" + std::to_string(n);
    }
    choose_points(content.numbers, a);
    defend(desk, options, a);
    if (!options.hunt.empty()) {
      HuntOptions how;
      how.threads = options.threads;
      if (auto hunt = hunt_mails(options.hunt, a.defences, *desk.scanner, how)) {
        a.hunt = *std::move(hunt);
        if (!a.hunt->hits.empty()) judge(desk.judging(), a);  // it is in our own mail
      }
    }
    if (!e.before) date_findings(content, a);
    add_notices(desk, clock, a);
    if (e.before) {
      const std::vector<Both> changes = difference(*e.before, a, content.bank);
      if (!changes.empty()) {
        if (a.history.empty()) a.history.push_back({a.revision, e.before->made, {}});
        a.revision = e.before->revision + 1;
        Both summary;
        for (const Both& c : changes) {
          if (!summary.en.empty()) summary.en += "\n", summary.ja += "\n";
          summary.en += c.en, summary.ja += c.ja;
        }
        a.history.push_back({a.revision, a.made, std::move(summary)});
      } else {
        a.made = e.before->made;  // nothing changed: the same advisory, to the byte
      }
    }
    out.push_back(std::move(a));
  }
  return out;
}

}  // namespace sekisho::desk
