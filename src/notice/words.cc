// Takes content/notices/words.toml, gives Words: a machine that finds its words in folded text, tables of ranks,
// priorities, numbers and concepts. Entries: Words::read, Words::find. Refuses unknown keys, unknown or missing lists.
#include "notice/words.h"

#include <algorithm>

#include "text/normalize.h"

namespace sekisho::notice {
namespace {

constexpr std::string_view kWordIds[] = {"mark",          "head_subject",
                                         "head_overview", "head_scope",
                                         "head_actions",  "head_reference",
                                         "head_priority", "head_rank",
                                         "head_deadline", "head_contact",
                                         "head_issued",   "head_issuer",
                                         "head_horizon",  "deadline_cue",
                                         "request",       "relative_deadline",
                                         "deadline_none", "told_by_attacker",
                                         "secret",        "hand_over_ja",
                                         "enter_ja",      "hand_over_en",
                                         "enter_en",      "pointer",
                                         "safe_between",  "no_secret",
                                         "possessive",    "issuer_cue",
                                         "negation_ja",   "conditional_ja",
                                         "negation_en",   "clause_break",
                                         "others_speak",  "quoting_ja",
                                         "please_en",     "click_here",
                                         "urgency",       "threat",
                                         "unsolicited",   "unsafe_do",
                                         "via_link",      "trusted_place",
                                         "may_ask",       "blank_later",
                                         "day_after",     "day_before",
                                         "not_idiom",     "extension",
                                         "phone",         "idiom",
                                         "list_counter",  "number_label",
                                         "ordinal",       "corporate",
                                         "placeholder",   "blank_name",
                                         "polite",        "plain",
                                         "plain_end",     "abbreviation",
                                         "noon",          "midnight",
                                         "morning",       "afternoon",
                                         "counter"};
static_assert(std::size(kWordIds) == kLists);

constexpr size_t kMostTraces = 32;
constexpr size_t kMostHits = 8'000;  // of one block; what people write has some dozens

std::string folded(std::string_view text) { return text::normalize(text).text; }

}  // namespace

bool is_head(Word w) { return w >= Word::head_subject && w <= Word::head_horizon; }

uint8_t rank_bits(std::string_view letters) {
  uint8_t out = 0;
  for (const char c : letters)
    if (c >= 'A' && c <= 'D') out |= static_cast<uint8_t>(1u << (c - 'A'));
  return out;
}

std::vector<std::pair<uint32_t, uint32_t>> quotes(std::string_view s) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {{"「", "」"}, {"『", "』"}, {"\"", "\""}};
  constexpr size_t kLongest = 600;  // a quote that is never closed must not swallow the notice
  std::vector<std::pair<uint32_t, uint32_t>> out;
  for (size_t i = 0; i < s.size();) {
    size_t step = 1;
    for (const auto& [open, close] : kPairs)
      if (s.substr(i).starts_with(open)) {
        const size_t end = s.substr(0, std::min(s.size(), i + kLongest)).find(close, i + open.size());
        if (end != std::string_view::npos) {
          out.emplace_back(static_cast<uint32_t>(i), static_cast<uint32_t>(end + close.size()));
          step = end + close.size() - i;
        }
        break;
      }
    i += step;
  }
  return out;
}

void Words::add(Word word, uint16_t index, const std::vector<std::string>& words) {
  for (const std::string& w : words) {
    if (word != Word::plain_end) {  // single letters: looked up, not searched for
      phrases_.add(w);
      entries_.push_back({word, index});
    }
    if (static_cast<size_t>(word) < kLists) lists_[static_cast<size_t>(word)].insert(folded(w));
  }
}

void Words::read(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  const auto parsed = diag::parse_toml(toml, source);
  if (!parsed) {
    errors.push_back(parsed.error());
    return;
  }
  diag::TomlReader root(*parsed, source, errors);
  if (const auto* t = root.table("marks")) {
    diag::TomlReader r(*t, source, errors);
    mark[0] = r.required_text("en");
    mark[1] = r.required_text("ja");
    subject[0] = r.required_text("subject_en");
    subject[1] = r.required_text("subject_ja");
    r.finish();
  }
  std::array<bool, kLists> seen{};
  for (const auto* t : root.tables("words")) {
    diag::TomlReader r(*t, source, errors);
    const std::string id = r.required_text("id");
    const auto* found = std::ranges::find(kWordIds, std::string_view(id));
    if (found == std::end(kWordIds)) {
      r.error("id", "no such list of words: " + id,
              near_names(id, std::vector<std::string_view>(std::begin(kWordIds), std::end(kWordIds))));
    } else {
      const auto i = static_cast<size_t>(found - std::begin(kWordIds));
      seen[i] = true;
      add(static_cast<Word>(i), 0, r.texts("words"));
    }
    r.finish();
  }
  for (size_t i = 0; i < kLists; ++i)
    if (!seen[i]) root.error("words", "the list \"" + std::string(kWordIds[i]) + "\" is missing");
  for (const auto* t : root.tables("rank")) {
    diag::TomlReader r(*t, source, errors);
    RankRow row;
    const std::string letter = r.required_text("letter");
    row.letter = letter.empty() ? 'D' : letter[0];
    row.horizon = r.required_text("horizon");
    for (int l = 0; l < 2; ++l) {
      const std::string language = l ? "_ja" : "_en";
      row.priority[l] = r.required_text("priority" + language);
      row.horizon_text[l] = r.required_text("horizon" + language);
      row.tag[l] = r.required_text("tag" + language);
    }
    row.most_days = static_cast<int>(r.integer("most_days", 366));
    ranks.push_back(std::move(row));
    r.finish();
  }
  const auto agreements = [&](std::string_view table, std::string_view id, Word word, std::vector<Agreement>& out) {
    for (const auto* t : root.tables(table)) {
      diag::TomlReader r(*t, source, errors);
      Agreement row;
      if (!id.empty()) row.id = r.required_text(id);
      row.ranks = rank_bits(r.required_text("ranks"));
      row.days = static_cast<int>(r.integer("days", 0));
      if (r.has("calendar")) row.calendar = r.one_of("calendar", {"week", "month"});
      add(word, static_cast<uint16_t>(out.size()), r.texts("words"));
      out.push_back(std::move(row));
      r.finish();
    }
  };
  agreements("priority", "level", Word::priority, priorities);
  agreements("horizon", "id", Word::horizon, horizons);
  agreements("tag", {}, Word::tag, tags);
  const auto values = [&](std::string_view table, std::string_view key, Word word, std::vector<double>& out,
                          StringMap<double>& by_word) {
    for (const auto* t : root.tables(table)) {
      diag::TomlReader r(*t, source, errors);
      const double value = r.number(key, 0);
      const std::vector<std::string> words = r.texts("words");
      for (const std::string& w : words) {
        by_word[folded(w)] = value;
        if (!is_ascii(w) && word != Word::unit) kanji[w] = value;
      }
      add(word, static_cast<uint16_t>(out.size()), words);
      out.push_back(value);
      r.finish();
    }
  };
  values("number", "value", Word::number, numbers, number_words);
  values("multiplier", "value", Word::multiplier, multipliers, multiplier_words);
  values("unit", "minutes", Word::unit, units, unit_words);
  for (const auto* t : root.tables("audience")) {
    diag::TomlReader r(*t, source, errors);
    AudienceRow row;
    row.id = r.required_text("id");
    for (const std::string& need : r.texts("needs")) {
      row.needs_contact |= need == "contact";
      row.needs_deadline |= need == "deadline";
      row.needs_source |= need == "source";
      row.needs_working_day |= need == "working_day";
      if (need != "contact" && need != "deadline" && need != "source" && need != "working_day")
        r.error("needs", "no such need: " + need);
    }
    row.blanks = r.boolean("blanks", false);
    row.most_ja = static_cast<size_t>(r.integer("most_ja", 1000));
    row.most_en = static_cast<size_t>(r.integer("most_en", 400));
    add(Word::audience, static_cast<uint16_t>(audiences.size()), r.texts("words"));
    audiences.push_back(std::move(row));
    r.finish();
  }
  for (const auto* t : root.tables("concept")) {
    diag::TomlReader r(*t, source, errors);
    Concept row;
    row.id = r.required_text("id");
    row.polar = r.boolean("polar", false);
    row.everywhere = r.boolean("everywhere", false);
    row.topic = r.boolean("topic", true);
    row.act = r.boolean("act", false);
    add(Word::concept_, static_cast<uint16_t>(concepts.size()), r.texts("words"));
    add(Word::concept_against, static_cast<uint16_t>(concepts.size()), r.texts("against"));
    concepts.push_back(std::move(row));
    r.finish();
  }
  for (const auto* t : root.tables("trace")) {
    diag::TomlReader r(*t, source, errors);
    Trace row;
    row.id = r.required_text("id");
    row.limit = r.boolean("limit", false);
    if (traces.size() >= kMostTraces) r.error("id", "at most 32 traces");
    add(Word::trace_strict, static_cast<uint16_t>(traces.size()), r.texts("strict"));
    add(Word::trace_broad, static_cast<uint16_t>(traces.size()), r.texts("broad"));
    traces.push_back(std::move(row));
    r.finish();
  }
  if (const auto* t = root.table("calendar")) {
    diag::TomlReader r(*t, source, errors);
    const auto names = [&](std::string_view key, size_t wanted) {
      std::vector<std::string> out = r.texts(key);
      if (out.size() < wanted) r.error(key, "there are " + std::to_string(wanted) + " of them");
      out.resize(std::max(out.size(), wanted));
      return out;
    };
    const std::vector<std::string> months = names("months", 12), shorts = names("months_short", 12);
    for (size_t i = 0; i < 12; ++i) months_[months[i]] = static_cast<int>(i) + 1;
    for (size_t i = 0; i < shorts.size(); ++i) months_[shorts[i]] = i < 12 ? static_cast<int>(i) + 1 : 9;
    months_en = names("months_en", 12);
    weekdays_en = names("weekdays_en", 7);
    weekdays_ja = names("weekdays_ja", 7);
    for (size_t i = 0; i < 7; ++i) weekdays_[ascii_lower(weekdays_en[i])] = static_cast<int>(i);
    const std::vector<std::string> short_days = r.texts("weekdays_short");
    const diag::TomlValue* of = nullptr;
    for (const auto& m : t->members)
      if (m.name == "weekdays_short_of") of = &m.value;
    if (!r.has("weekdays_short_of") || of->items.size() != short_days.size())
      r.error("weekdays_short_of", "one number for each of weekdays_short");
    else
      for (size_t i = 0; i < short_days.size(); ++i) weekdays_[short_days[i]] = static_cast<int>(of->items[i].integer);
    eras = r.texts("eras");
    const diag::TomlValue* years = nullptr;
    for (const auto& m : t->members)
      if (m.name == "era_years") years = &m.value;
    if (!r.has("era_years") || years->items.size() != eras.size()) r.error("era_years", "one number for each of eras");
    else
      for (const auto& year : years->items) era_years.push_back(year.integer);
    r.finish();
  }
  root.finish();
  for (const std::string_view joint : {"~", "-"}) phrases_.joint(joint);
  phrases_.build();
  loaded_ = true;
}

std::vector<Hit> Words::find(std::string_view s) const {
  std::vector<Hit> out;
  if (!loaded_) return out;
  const auto quoted = quotes(s);
  for (const auto& h : phrases_.find(s, kMostHits))
    out.push_back({entries_[h.phrase].word, entries_[h.phrase].index, h.offset, h.length, false});
  std::ranges::stable_sort(out, {}, &Hit::at);
  size_t q = 0;
  for (Hit& h : out) {
    while (q < quoted.size() && quoted[q].second <= h.at) ++q;
    h.quoted = q < quoted.size() && quoted[q].first <= h.at && h.end() <= quoted[q].second;
  }
  return out;
}

bool Words::in(Word list, std::string_view word) const {
  const StringSet& set = lists_[static_cast<size_t>(list)];
  return set.find(word) != set.end();
}

int Words::month(std::string_view word) const {
  const auto it = months_.find(word);
  return it == months_.end() ? 0 : it->second;
}

int Words::weekday(std::string_view word) const {
  const auto it = weekdays_.find(word);
  return it == weekdays_.end() ? -1 : it->second;
}

int Words::weekday_ja(std::string_view s) const {
  for (size_t i = 0; i < weekdays_ja.size(); ++i)
    if (!weekdays_ja[i].empty() && s.starts_with(weekdays_ja[i])) return static_cast<int>(i);
  return -1;
}

const AudienceRow* Words::audience(std::string_view id) const {
  const auto it = std::ranges::find(audiences, id, &AudienceRow::id);
  return it == audiences.end() ? nullptr : &*it;
}

const RankRow* Words::rank(char letter) const {
  const auto it = std::ranges::find(ranks, letter, &RankRow::letter);
  return it == ranks.end() ? nullptr : &*it;
}

}  // namespace sekisho::notice
