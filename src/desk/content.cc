// Takes the files of content/desk, gives DeskContent. Entry: load_desk. Refuses unknown keys, a hole in the rank table,
// a theme without words, a reason for a score that there is not.
#include "desk/content.h"

#include <algorithm>

#include "base/bundle.h"
#include "base/sha256.h"
#include "diag/toml.h"

namespace sekisho::desk {
namespace {

Both both(const diag::TomlValue* table, const std::string& source, std::vector<Error>& errors) {
  Both out;
  if (!table) return out;
  diag::TomlReader r(*table, source, errors);
  out.en = r.required_text("en"), out.ja = r.required_text("ja");
  r.finish();
  return out;
}

std::vector<Theme> read_themes(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  std::vector<Theme> out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  for (const diag::TomlValue* value : top.tables("theme")) {
    diag::TomlReader r(*value, source, errors);
    Theme t;
    t.id = r.required_text("id");
    t.weight = r.number("weight", 1);
    t.general = r.boolean("general", false);
    t.reach = r.required_text("reach");
    if (std::ranges::find(RankTable::reaches(), t.reach) == RankTable::reaches().end())
      r.error("reach", "\"" + t.reach + "\" is no reach", "none, one, many or tier0");
    t.sectors = r.texts("sectors");
    t.title = both(r.table("title"), source, errors);
    t.impact = both(r.table("impact"), source, errors);
    t.insight = both(r.table("insight"), source, errors);
    for (const diag::TomlValue* step : r.tables("steps")) {
      diag::TomlReader s(*step, source, errors);
      Theme::Link link;
      link.technique = s.required_text("technique");
      link.text = {s.required_text("en"), s.required_text("ja")};
      s.finish();
      t.steps.push_back(std::move(link));
    }
    r.finish();
    out.push_back(std::move(t));
  }
  top.finish();
  return out;
}

ScoreTable read_scores(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  ScoreTable out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  if (const auto* table = top.table("base")) {
    diag::TomlReader r(*table, source, errors);
    for (const std::string_view id : {"scale", "impact", "novelty", "imminence", "actionability"})
      out.base.emplace_back(id, r.number(id, 0));
    r.finish();
  }
  for (const diag::TomlValue* value : top.tables("reason")) {
    diag::TomlReader r(*value, source, errors);
    ScoreReason reason;
    reason.score = r.required_text("score");
    if (std::ranges::none_of(out.base, [&](const auto& b) { return b.first == reason.score; }))
      r.error("score", "there is no score \"" + reason.score + "\"");
    reason.key = r.required_text("key");
    reason.points = r.number("points", 0);
    reason.when = r.texts("when"), reason.unless = r.texts("unless");
    if (reason.when.empty()) r.error("key", "a reason needs signals", "when = [\"…\"]");
    reason.text = {r.required_text("en"), r.required_text("ja")};
    r.finish();
    out.reasons.push_back(std::move(reason));
  }
  top.finish();
  return out;
}

Numbers read_numbers(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Numbers out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  if (const auto* table = top.table("topic")) {
    diag::TomlReader r(*table, source, errors);
    out.topic_least = r.number("least", 0), out.other_share = r.number("other_share", 0);
    out.title = r.number("title", 1), out.lead = r.number("lead", 1);
    out.secret = r.number("secret", 0), out.strong_theme = r.number("strong_theme", 1e9);
    out.no_event = r.number("no_event", 1), out.consumer_sectors = r.texts("consumer_sectors");
    out.lead_share = r.number("lead_share", 1);
    out.theme_least = r.number("theme_least", 0), out.theme_share = r.number("theme_share", 0);
    out.reach_share = r.number("reach_share", 0), out.false_alarm = r.number("false_alarm", 1);
    out.most_themes = r.integer("most_themes", 1);
    r.finish();
  }
  if (const auto* table = top.table("statements")) {
    diag::TomlReader r(*table, source, errors);
    out.key_points = r.integer("key_points", 5), out.deep_dive = r.integer("deep_dive", 5);
    out.indicator = r.number("indicator", 0), out.brand = r.number("brand", 0), out.asked = r.number("asked", 0);
    out.number = r.number("number", 0), out.lead_weight = r.number("lead", 0);
    out.technique_least = r.number("technique_least", 0), out.reported_least = r.number("reported_least", 0);
    r.finish();
  }
  if (const auto* table = top.table("activity")) {
    diag::TomlReader r(*table, source, errors);
    out.active_least = r.number("least", 1), out.past_share = r.number("past_share", 1);
    out.campaign_rules = r.texts("campaign_rules");
    out.old_days = r.integer("old_days", 60), out.past_days = r.integer("past_days", 400);
    r.finish();
  }
  if (const auto* table = top.table("deadline")) {
    diag::TomlReader r(*table, source, errors);
    out.reference_days = r.integer("reference_days", 30);
    out.holidays = r.texts("holidays");
    for (const std::string& day : out.holidays)
      if (!article::parse_iso_date(day)) r.error("holidays", "\"" + day + "\" is no day", "write 2026-11-23");
    r.finish();
  }
  if (const auto* table = top.table("event")) {
    diag::TomlReader r(*table, source, errors);
    out.near_days = r.integer("near_days", 14);
    r.finish();
  }
  if (const auto* table = top.table("actors")) {
    diag::TomlReader r(*table, source, errors);
    out.designators = r.texts("designators");
    r.finish();
  }
  for (const diag::TomlValue* value : top.tables("unit")) {
    diag::TomlReader r(*value, source, errors);
    const std::string kind = r.required_text("kind"), unit = r.text("unit");
    const double factor = r.number("factor", 1);
    for (const std::string& text : r.texts("texts"))
      if (!text.empty()) out.units.push_back({text, kind, unit, factor});
    r.finish();
  }
  std::ranges::stable_sort(out.units, std::greater<>{}, [](const NumberUnit& u) { return u.text.size(); });
  if (const auto* table = top.table("reliability")) {
    diag::TomlReader r(*table, source, errors);
    for (const std::string_view letter : {"A", "B", "C", "D", "E"})
      for (const std::string& name : r.texts(letter)) out.reliability[ascii_lower(name)] = letter[0];
    r.finish();
  }
  top.finish();
  return out;
}

std::vector<Control> read_controls(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  std::vector<Control> out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  for (const diag::TomlValue* value : top.tables("control")) {
    diag::TomlReader r(*value, source, errors);
    Control c;
    c.id = r.required_text("id");
    c.text = {r.required_text("en"), r.required_text("ja")};
    c.resists = r.texts("resists"), c.hampers = r.texts("hampers");
    r.finish();
    out.push_back(std::move(c));
  }
  top.finish();
  return out;
}

}  // namespace

Bank Bank::read(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Bank out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  for (const diag::TomlValue* value : top.tables("sentence")) {
    diag::TomlReader r(*value, source, errors);
    const std::string key = r.required_text("key");
    Both text{r.required_text("en"), r.required_text("ja")};
    if (!out.sentences_.emplace(key, std::move(text)).second)
      r.error("key", "there is a sentence \"" + key + "\" already");
    r.finish();
  }
  top.finish();
  return out;
}

Both Bank::filled(Both text, const Values& values) {
  // One pass: what is filled in is never looked at again, so that a value cannot name another.
  const auto fill = [&](const std::string& in, bool ja) {
    std::string out;
    for (size_t i = 0; i < in.size();) {
      if (in[i] == '{') {
        const size_t end = in.find('}', i);
        const std::string_view name = std::string_view(in).substr(i + 1, end == std::string::npos ? 0 : end - i - 1);
        const auto it = std::ranges::find_if(values, [&](const auto& v) { return v.first == name; });
        if (end != std::string::npos && it != values.end()) {
          out += ja ? it->second.ja : it->second.en;
          i = end + 1;
          continue;
        }
      }
      out += in[i++];
    }
    return out;
  };
  return {fill(text.en, false), fill(text.ja, true)};
}

Both Bank::say(std::string_view key, const Values& values) const {
  const auto it = sentences_.find(key);
  if (it == sentences_.end()) return {std::string(key), std::string(key)};
  return filled(it->second, values);
}

const Theme* DeskContent::theme(std::string_view id) const {
  const auto it = std::ranges::find_if(themes, [&](const Theme& t) { return t.id == id; });
  return it == themes.end() ? nullptr : &*it;
}

LoadedDesk load_desk(const std::vector<TextFile>& files) {
  LoadedDesk out;
  // A content folder that says nothing of the desk gets the program's; one that does is taken by folder.
  constexpr std::string_view kFolders[] = {"desk/", "actions/", "notices/", "lures/forms.toml", "models/attack.model"};
  for (const std::string_view folder : kFolders) {
    const size_t before = out.texts.size();
    for (const TextFile& f : files)
      if (f.path.starts_with(folder)) out.texts.push_back(f);
    if (out.texts.size() == before)
      for (const BundledFile& f : bundled_files())
        if (f.path.starts_with(folder))
          out.texts.push_back({"content/" + std::string(f.path), std::string(f.bytes), std::string(f.path)});
  }
  auto content = std::make_unique<DeskContent>();
  std::vector<TextFile> words, forms, actions, notices, defence;
  Sha256 digest;
  for (const TextFile& f : out.texts) {
    digest.add(f.path), digest.add(f.text);
    if (f.path.starts_with("desk/words/")) words.push_back(f);
    else if (f.path == "lures/forms.toml") forms.push_back(f);
    else if (f.path == "desk/themes.toml") content->themes = read_themes(f.text, f.name, out.errors);
    else if (f.path == "desk/sentences.toml") content->bank = Bank::read(f.text, f.name, out.errors);
    else if (f.path == "desk/scores.toml") content->scores = read_scores(f.text, f.name, out.errors);
    else if (f.path == "desk/rank.txt") content->ranks = RankTable::read(f.text, f.name, out.errors);
    else if (f.path == "desk/desk.toml") content->numbers = read_numbers(f.text, f.name, out.errors);
    else if (f.path == "desk/controls.toml") content->controls = read_controls(f.text, f.name, out.errors);
    else if (f.path == "desk/roles.toml") content->roles = article::Cues::read(f.text, f.name, out.errors);
    else if (f.path == "desk/reading.toml") content->reading = article::Words::read(f.text, f.name, out.errors);
    else if (f.path == "desk/labels.toml") content->labels = Labels::read(f.text, f.name, out.errors);
    else if (f.path.starts_with("desk/defence/")) defence.push_back(f);
    else if (f.path.starts_with("actions/")) actions.push_back(f);
    else if (f.path.starts_with("notices/")) notices.push_back(f);
    else if (f.path == "models/attack.model") {
      auto model = attack::Model::read(f.text);
      if (model) content->attack = *std::move(model);
      else {
        out.errors.push_back(model.error());
        out.errors.back().source = f.name;
      }
    }
  }
  content->words = Vocabulary::read(words, forms, out.errors);
  content->defence = DefenceContent::read(defence, out.errors);
  content->actions = read_actions(actions, out.errors);
  std::vector<notice::Templates::File> templates;
  for (const TextFile& f : notices) templates.push_back({f.path, f.text});
  content->notices = notice::Templates::read(templates, out.errors);
  for (const Theme& t : content->themes)
    if (!content->words.find_id(t.id))
      out.errors.push_back({"desk.theme",
                            "theme \"" + t.id + "\" has no words",
                            "content/desk/themes.toml",
                            {},
                            "add an intent of that id to desk/words/themes.toml",
                            {}});
  content->digest = digest.hex();
  if (out.errors.empty()) out.content = std::move(content);
  return out;
}

}  // namespace sekisho::desk
