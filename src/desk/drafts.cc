// Takes a judged advisory, adds its actions from the catalogue and the drafts of its notices. Entries: add_actions,
// add_notices. Drafts hold sentences of the bank, of the catalogue and of templates; of the source only what is quoted
// and defanged.
#include <algorithm>

#include "base/strings.h"
#include "desk/advise.h"

namespace sekisho::desk {
namespace {

template <class List>
bool has(const List& list, std::string_view id) {
  return std::ranges::find(list, id) != list.end();
}

notice::Day day_of(const article::Date& d) { return {d.year, d.month, d.day}; }

Both list_of(const std::vector<Named>& names, const DeskContent& desk, std::string_view family) {
  Both out;
  for (const Named& n : names) {
    const lure::Intent* intent = desk.words.find_id(std::string(family) + "_" + n.id);
    if (!out.en.empty()) out.en += ", ", out.ja += "、";
    out.en += intent ? intent->text : n.name, out.ja += intent ? intent->text_ja : n.name;
  }
  return out;
}

// Until when: within the horizon as a calendar has it, on a working day. now: 24 to 72 hours; week: the Friday of the
// week (from Saturday on: of the next); month: the last working day of the month; reference: some weeks.
article::Date deadline_of(const Advisory& a, const Numbers& numbers) {
  if (!a.as_of.known() || a.as_of.day == 0) return {};
  const int64_t today = article::days_from_civil(a.as_of);
  const auto works = [&](int64_t day) {
    const article::Date d = article::civil_from_days(day);
    const int w = article::weekday(d);
    return w != 0 && w != 6 && std::ranges::find(numbers.holidays, article::iso(d)) == numbers.holidays.end();
  };
  // The last working day of [from, to]; `to` if there is none.
  const auto last = [&](int64_t from, int64_t to) {
    for (int64_t day = to; day >= from; --day)
      if (works(day)) return day;
    return to;
  };
  const int week = article::weekday(a.as_of);
  int64_t day = today;
  if (a.rank.horizon == "now") {
    day = works(today + 2) ? today + 2 : works(today + 1) ? today + 1 : today + 3;
  } else if (a.rank.horizon == "week") {
    const int64_t friday = today + (week == 6 ? 6 : 5 - week);
    day = last(today, friday);
  } else if (a.rank.horizon == "month") {
    article::Date end{a.as_of.year + (a.as_of.month == 12), a.as_of.month % 12 + 1, 1};
    day = last(today, article::days_from_civil(end) - 1);
  } else {
    day = last(today, today + numbers.reference_days);
  }
  return article::civil_from_days(day);
}

notice::Facts facts_of(const Desk& desk, const Advisory& a) {
  const DeskContent& content = *desk.content;
  const scan::Settings& settings = desk.scanner->settings();
  const Bank& bank = content.bank;
  notice::Facts f;
  f.advisory = a.id, f.rank = a.rank.letter, f.horizon = a.rank.horizon;
  f.organisation = settings.organisation;
  f.organisation_ja = settings.desk.name_ja.empty() ? settings.organisation : settings.desk.name_ja;
  const Both nobody = bank.say("contact.missing");
  f.contact = settings.desk.contact.empty() ? nobody.en : settings.desk.contact;
  f.contact_ja = !settings.desk.contact_ja.empty() ? settings.desk.contact_ja
                 : settings.desk.contact.empty()   ? nobody.ja
                                                   : settings.desk.contact;
  f.today = day_of(a.as_of);
  f.deadline = day_of(deadline_of(a, content.numbers));
  f.subject_en = a.title.en, f.subject_ja = a.title.ja;
  const auto add = [](std::vector<notice::Instruction>& into, std::string id, const Both& text) {
    if (!text.en.empty()) into.push_back({std::move(id), text.en, text.ja});
  };
  add(f.overview, "overview.what", bank.say("overview.what", {{"title", a.title}}));
  if (!a.asked_for.empty())
    add(f.overview, "overview.asks", bank.say("overview.asks", {{"asked", list_of(a.asked_for, content, "asked")}}));
  if (!a.impacts.empty()) add(f.overview, "impact." + a.themes.front(), a.impacts.front());
  bool scoped = false;
  for (const Named& n : a.brands)
    if (n.imitated && !scoped) {
      add(f.scope, "scope.brand_use", bank.say("scope.brand_use", {{"brand", brand_names(desk.judging(), a)}}));
      scoped = true;
    }
  if (!a.processes.empty())
    add(f.scope, "scope.process", bank.say("scope.process", {{"processes", list_of(a.processes, content, "process")}}));
  if (f.scope.empty()) add(f.scope, "scope.all", bank.say("scope.all"));

  for (const Action& action : a.actions) {
    if (action.done) continue;
    const auto it = std::ranges::find(content.actions, action.id, &CatalogueAction::id);
    if (it == content.actions.end()) continue;
    const auto steps = [&](const std::vector<CatalogueAction::Step>& from, std::vector<notice::Instruction>& into,
                           size_t most) {
      for (const CatalogueAction::Step& s : from)
        if (into.size() < most && std::ranges::none_of(into, [&](const auto& i) { return i.id == s.id; }))
          into.push_back({s.id, s.text.en, s.text.ja});
    };
    steps(it->staff, f.staff_steps, 5);
    steps(it->customers, f.customer_steps, 5);
    if (action.horizon != "long" && f.admin_steps.size() < 8)
      f.admin_steps.push_back({action.id, action.text.en, action.text.ja});
  }
  f.lure_subjects = a.lure_subjects;
  for (const Indicator& i : a.indicators)
    if (i.role == "malicious" || i.role == "partial") f.indicators.push_back(article::defang(i.value));
  for (const Source& s : a.sources) f.references.push_back({s.title, s.publisher, s.url, day_of(s.published)});
  return f;
}

}  // namespace

void add_actions(const DeskContent& desk, const scan::DeskProfile& profile, Advisory& a) {
  constexpr std::string_view kHorizons[] = {"now", "month", "long"};
  for (const std::string_view horizon : kHorizons) {
    // Within a horizon: what answers the strongest theme first, in the order of the catalogue.
    std::vector<std::pair<size_t, const CatalogueAction*>> chosen;
    for (const CatalogueAction& c : desk.actions) {
      if (c.horizon != horizon) continue;
      size_t best = c.themes.empty() ? a.themes.size() : a.themes.size() + 1;
      for (size_t i = 0; i < a.themes.size(); ++i)
        if (has(c.themes, a.themes[i])) {
          best = i;
          break;
        }
      if (best <= a.themes.size()) chosen.emplace_back(best, &c);
    }
    std::ranges::stable_sort(chosen, {}, [](const auto& c) { return c.first; });
    for (const auto& [rank, c] : chosen) {
      Action action;
      action.id = c->id, action.horizon = c->horizon, action.owner = c->owner, action.effort = c->effort;
      action.text = c->text, action.check = c->check, action.command = c->command;
      const std::string theme = rank < a.themes.size() ? a.themes[rank] : std::string();
      if (const lure::Intent* intent = desk.words.find_id(theme)) action.reason = {intent->text, intent->text_ja};
      action.done = !c->done_by.empty() &&
                    std::ranges::any_of(c->done_by, [&](const std::string& id) { return has(profile.controls, id); });
      a.actions.push_back(std::move(action));
    }
  }
}

void add_notices(const Desk& desk, const Clock&, Advisory& a) {
  a.notices.clear();
  if (!a.on_topic || a.false_alarm) return;
  const notice::Facts facts = facts_of(desk, a);
  std::vector<std::string> languages = desk.scanner->settings().desk.languages;
  if (languages.empty()) languages = {"ja", "en"};
  const notice::Templates& templates = desk.content->notices;
  for (const notice::Audience audience : {notice::Audience::staff, notice::Audience::administrators,
                                          notice::Audience::customers, notice::Audience::regulator}) {
    std::vector<notice::Draft> drafts;
    std::string text;
    for (const std::string& language : languages) {
      drafts.push_back(templates.draft(audience, language, facts));
      text += (text.empty() ? "" : "\n\n") + templates.text(drafts.back());
    }
    notice::LintOptions how;
    how.today = facts.today;
    const std::vector<notice::Problem> problems = notice::lint(text, templates, how);
    for (const notice::Draft& d : drafts) {
      Notice made;
      made.audience = std::string(notice::to_string(audience));
      made.language = d.language, made.subject = d.subject, made.body = d.body;
      for (const notice::Problem& p : problems)
        if (p.language.empty() || p.language == d.language)
          made.problems.push_back(p.rule + ": " + (d.language == "ja" ? p.text_ja : p.text));
      a.notices.push_back(std::move(made));
    }
  }
}

}  // namespace sekisho::desk
