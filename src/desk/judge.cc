// Takes an advisory with its recorded parts, fills in what it amounts to. Entry: judge.
#include "desk/judge.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"

namespace sekisho::desk {
namespace {

double evidence(const Advisory& a, const std::string& key) {
  const auto it = a.evidence.find(key);
  return it == a.evidence.end() ? 0 : it->second;
}

template <class List>
bool has(const List& list, std::string_view id) {
  return std::ranges::find(list, id) != list.end();
}

Both list_of(const std::vector<Both>& names) {
  Both out;
  for (const Both& n : names) {
    if (!out.en.empty()) out.en += ", ", out.ja += "、";
    out.en += n.en, out.ja += n.ja;
  }
  return out;
}

Both theme_name(const DeskContent& desk, const std::string& id) {
  if (const lure::Intent* intent = desk.words.find_id(id)) return {intent->text, intent->text_ja};
  return {id, id};
}

void choose_themes(const DeskContent& desk, Advisory& a) {
  std::vector<std::pair<double, std::string>> points;
  for (const Theme& t : desk.themes)
    if (const double p = evidence(a, "theme." + t.id); p > 0) points.emplace_back(p, t.id);
  std::ranges::stable_sort(points, std::greater<>{}, [](const auto& p) { return p.first; });
  a.themes.clear();
  // What is of all such news leads only where nothing says more.
  std::ranges::stable_sort(points, {}, [&](const auto& p) {
    const Theme* t = desk.theme(p.second);
    return t->general || p.first < desk.numbers.lead_share * points.front().first ? 1 : 0;
  });
  const double strongest =
      points.empty() ? 0 : std::ranges::max(points, {}, [](const auto& p) { return p.first; }).first;
  for (const auto& [p, id] : points) {
    if (p < desk.numbers.theme_least || p < desk.numbers.theme_share * strongest) continue;
    if (static_cast<int64_t>(a.themes.size()) >= desk.numbers.most_themes) break;
    a.themes.push_back(id);
  }
}

void decide_topic(const DeskContent& desk, Advisory& a) {
  const double topic = evidence(a, "topic"), other = evidence(a, "other");
  double own = 0;
  for (const Theme& t : desk.themes)
    if (!t.general && t.reach != "none") own = std::max(own, evidence(a, "theme." + t.id));
  const bool told = evidence(a, "activity.active") + evidence(a, "activity.past") > 0 || !a.lure_subjects.empty() ||
                    std::ranges::any_of(
                        a.indicators, [](const Indicator& i) { return i.role == "malicious" || i.role == "partial"; });
  const double least = desk.numbers.topic_least * (told ? 1 : desk.numbers.no_event);
  const double share = desk.numbers.other_share * (own >= desk.numbers.strong_theme ? 0.5 : 1);
  a.on_topic = topic >= least && topic >= share * other;
  a.false_alarm = a.on_topic && evidence(a, "activity.false_alarm") >= desk.numbers.false_alarm;
  if (!a.on_topic) a.themes.clear();
  if (a.false_alarm) {
    a.topic_reason = desk.bank.say("topic.false_alarm");
    return;
  }
  std::vector<Both> names;
  if (a.on_topic) {
    for (const std::string& id : a.themes) names.push_back(theme_name(desk, id));
    a.topic_reason = desk.bank.say("topic.on", {{"themes", list_of(names)}});
    return;
  }
  for (const lure::Intent& intent : desk.words.all())
    if (evidence(a, "other." + intent.id) > 0) names.push_back({intent.text, intent.text_ja});
  a.topic_reason =
      names.empty() ? desk.bank.say("topic.off_nothing") : desk.bank.say("topic.off", {{"others", list_of(names)}});
}

void make_title(const JudgeContext& c, Advisory& a) {
  const DeskContent& desk = *c.desk;
  const Both names = brand_names(c, a);
  if (!a.on_topic) a.title = desk.bank.say("title.off");
  else if (a.false_alarm) a.title = desk.bank.say("title.false_alarm", {{"brand", names}});
  else if (const Theme* t = a.themes.empty() ? nullptr : desk.theme(a.themes.front()))
    a.title = Bank::filled(t->title, {{"brand", names}});
  // The name of the event: its first day, whom it plays, what it does. The same event keeps it when it is told again.
  std::string day = "undated";
  for (const Source& s : a.sources)
    if (s.published.known()) {
      day = article::iso(s.published);
      break;
    }
  std::string brand = "any";
  for (const Named& n : a.brands)
    if (n.imitated && !n.id.empty()) {
      brand = n.id;
      break;
    }
  if (brand == "any" && !a.brands.empty() && !a.brands.front().id.empty()) brand = a.brands.front().id;
  if (a.id.empty())
    a.id = "SEKISHO-" + day + "-" + brand + "-" +
           (!a.on_topic        ? "off_topic"
            : a.themes.empty() ? "theft"
                               : a.themes.front());
}

void rank(const JudgeContext& c, Advisory& a) {
  const DeskContent& desk = *c.desk;
  a.rank.inputs = rank_inputs(c, a);
  a.rank.letter = desk.ranks.letter(a.rank.inputs);
  a.rank.horizon = std::string(horizon_of(a.rank.letter));
  a.rank.table = desk.ranks.version();
  a.rank.reasons = {desk.bank.say("rank.activity." + a.rank.inputs.activity),
                    desk.bank.say("rank.use." + a.rank.inputs.use), desk.bank.say("rank.reach." + a.rank.inputs.reach),
                    desk.bank.say("rank.control." + a.rank.inputs.control)};
}

void score(const DeskContent& desk, Advisory& a) {
  const std::set<std::string> holds = signals(a);
  a.scores.clear();
  for (const auto& [id, base] : desk.scores.base) {
    Score s;
    s.id = id;
    double value = base;
    for (const ScoreReason& r : desk.scores.reasons) {
      if (r.score != id) continue;
      if (!std::ranges::all_of(r.when, [&](const std::string& w) { return holds.contains(w); })) continue;
      if (std::ranges::any_of(r.unless, [&](const std::string& w) { return holds.contains(w); })) continue;
      value += r.points;
      s.reasons.push_back({r.key, r.points, r.text});
    }
    s.value = std::round(std::clamp(value, 0.0, 10.0) * 10) / 10;
    a.scores.push_back(std::move(s));
  }
}

}  // namespace

Both brand_names(const JudgeContext& c, const Advisory& a) {
  const auto collect = [&](bool imitated) {
    std::vector<Both> out;
    for (const Named& n : a.brands) {
      if (n.imitated != imitated || out.size() >= 4) continue;
      Both name{n.name, n.name};
      if (c.brands)
        if (const auto index = c.brands->find(n.id)) {
          const brand::Brand& b = (*c.brands)[*index];
          if (!b.names.empty()) name.en = b.names.front();
          else if (!b.romaji.empty()) name.en = b.romaji.front();
          // The name that the Japanese news uses, where it uses one of its own.
          name.ja = !is_ascii(n.name) || b.names.empty() ? (b.names_ja.empty() ? n.name
                                                            : is_ascii(n.name) ? b.names_ja.front()
                                                                               : n.name)
                                                         : b.names.front();
        }
      out.push_back(std::move(name));
    }
    return out;
  };
  std::vector<Both> names = collect(true);
  if (names.empty()) names = collect(false);
  return names.empty() ? c.desk->bank.say("brand.any") : list_of(names);
}

RankInputs rank_inputs(const JudgeContext& c, const Advisory& a) {
  const DeskContent& desk = *c.desk;
  const scan::DeskProfile& profile = c.settings->desk;
  RankInputs in{"none", "unknown", "none", profile.controls_told ? "none" : "unknown"};

  // Reach: the farthest of the themes. One that is of all such news counts only where no other says how far it goes.
  size_t reach = 0;
  const auto level = [](const std::string& r) {
    return static_cast<size_t>(std::ranges::find(RankTable::reaches(), r) - RankTable::reaches().begin());
  };
  double strongest = 0;
  for (const std::string& id : a.themes) strongest = std::max(strongest, evidence(a, "theme." + id));
  std::vector<const Theme*> reaching;
  for (const bool general : {false, true}) {
    if (general && reach > 0) break;
    for (const std::string& id : a.themes) {
      const Theme* t = desk.theme(id);
      if (!t || t->general != general || evidence(a, "theme." + id) < desk.numbers.reach_share * strongest) continue;
      if (level(t->reach) > reach) reach = level(t->reach), reaching.clear();
      if (reach > 0 && level(t->reach) == reach) reaching.push_back(t);
    }
    // Where only the public's services are imitated, one account is at stake.
    if (general && reach > 1 && c.brands) {
      size_t imitated = 0, consumer = 0;
      for (const Named& n : a.brands)
        if (const auto index = n.imitated ? c.brands->find(n.id) : std::nullopt)
          ++imitated, consumer += has(desk.numbers.consumer_sectors, (*c.brands)[*index].sector);
      if (imitated > 0 && imitated == consumer) reach = 1;
    }
  }
  in.reach = RankTable::reaches()[reach];

  // Activity.
  const double active = evidence(a, "activity.active"), past = evidence(a, "activity.past");
  if (a.on_topic && !a.false_alarm) {
    in.activity = active >= desk.numbers.active_least && active >= past * desk.numbers.past_share ? "active"
                  : past > active                                                                 ? "past"
                                                                                                  : "reported";
    article::Date newest;
    for (const Source& s : a.sources) newest = std::max(newest, s.published);
    if (newest.known() && a.as_of.known()) {
      const int64_t days = article::days_from_civil(a.as_of) - article::days_from_civil(newest);
      if (days > desk.numbers.past_days) in.activity = "past";
      else if (days > desk.numbers.old_days && in.activity == "active") in.activity = "reported";
    }
    const bool ours =
        std::ranges::any_of(a.indicators, [](const Indicator& i) { return i.role == "victim" && i.owner == "self"; });
    // A hit by a rule of words is a lead; one by the campaign's own hosts, senders or subjects is the campaign.
    const bool reached = a.hunt && std::ranges::any_of(a.hunt->hits, [&](const HuntHit& hit) {
                           return std::ranges::any_of(hit.rules, [&](const std::string& rule) {
                             return std::ranges::any_of(desk.numbers.campaign_rules, [&](const std::string& id) {
                               return rule.ends_with("_" + id);
                             });
                           });
                         });
    if (ours || reached) in.activity = "against_us";
  }

  // Use.
  bool yes = false, no = !a.brands.empty();
  for (const Named& n : a.brands) {
    yes |= !n.id.empty() && has(profile.uses, n.id);
    no &= !n.id.empty() && has(profile.uses_not, n.id);
  }
  for (const Named& n : a.processes) {
    yes |= has(profile.uses, n.id);
    if (a.brands.empty()) no |= has(profile.uses_not, n.id);
  }
  for (const std::string& id : a.themes) yes |= has(profile.uses, id);
  in.use = yes ? "yes" : no ? "no" : "unknown";

  // Control: as good as the worst against what reaches farthest.
  if (profile.controls_told && !reaching.empty()) {
    int worst = 2;
    for (const Theme* t : reaching) {
      int best = 0;
      for (const Control& control : desk.controls) {
        if (!has(profile.controls, control.id)) continue;
        if (has(control.resists, t->id)) best = 2;
        else if (has(control.hampers, t->id)) best = std::max(best, 1);
      }
      worst = std::min(worst, best);
    }
    in.control = worst == 2 ? "resistant" : worst == 1 ? "partial" : "none";
  }
  return in;
}

std::set<std::string> signals(const Advisory& a) {
  std::set<std::string> out;
  for (const auto& [key, value] : a.evidence)
    if (value > 0 && key.starts_with("word.")) out.insert(key);
  for (const std::string& t : a.themes) out.insert("theme." + t);
  if (!a.themes.empty()) out.insert("themes");
  out.insert("activity." + a.rank.inputs.activity);
  out.insert("reach." + a.rank.inputs.reach);
  out.insert("use." + a.rank.inputs.use);
  out.insert("control." + a.rank.inputs.control);
  size_t malicious = 0, partial = 0;
  for (const Indicator& i : a.indicators) malicious += i.role == "malicious", partial += i.role == "partial";
  if (malicious) out.insert("indicators.malicious");
  if (malicious + partial >= 4) out.insert("indicators.many");
  if (partial) out.insert("indicators.partial");
  if (!a.lure_subjects.empty()) out.insert("subjects");
  if (!a.numbers.empty()) out.insert("numbers");
  if (!a.actors.empty()) out.insert("actors");
  if (!a.actions.empty()) out.insert("actions");
  for (const Named& n : a.brands)
    if (n.imitated) out.insert("brand.imitated");
  for (const Statement& s : a.statements)
    if (s.kind == Kind::advice) out.insert("advice");
  return out;
}

void judge(const JudgeContext& c, Advisory& a) {
  const DeskContent& desk = *c.desk;
  choose_themes(desk, a);
  decide_topic(desk, a);
  make_title(c, a);
  rank(c, a);
  a.impacts.clear(), a.insights.clear(), a.scenarios.clear(), a.actions.clear();
  if (a.on_topic && !a.false_alarm) {
    for (const std::string& id : a.themes)
      if (const Theme* t = desk.theme(id); t && a.impacts.size() < 3) {
        a.impacts.push_back(t->impact);
        a.insights.push_back(t->insight);
      }
    add_scenarios(desk, a);
    add_actions(desk, c.settings->desk, a);
  }
  score(desk, a);
  a.attack_version = desk.attack.version();
  a.content_digest = desk.digest;
}

}  // namespace sekisho::desk
