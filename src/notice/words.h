// The words of content/notices/words.toml as the linter and the dates of drafts need them: one machine that finds them
// all in folded text, and what each of them stands for. Internal to notice/. Immutable once read; shared by threads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "diag/toml.h"
#include "text/phrases.h"

namespace sekisho::notice {

// Ids of [[words]] in the order of kWordIds; from `priority` on each has a table of its own.
enum class Word : uint8_t {
  mark,
  head_subject,
  head_overview,
  head_scope,
  head_actions,
  head_reference,
  head_priority,
  head_rank,
  head_deadline,
  head_contact,
  head_issued,
  head_issuer,
  head_horizon,
  deadline_cue,
  request,
  relative_deadline,
  deadline_none,
  told_by_attacker,
  secret,
  hand_over_ja,
  enter_ja,
  hand_over_en,
  enter_en,
  pointer,
  safe_between,
  no_secret,
  possessive,
  issuer_cue,
  negation_ja,
  conditional_ja,
  negation_en,
  clause_break,
  others_speak,
  quoting_ja,
  please_en,
  click_here,
  urgency,
  threat,
  unsolicited,
  unsafe_do,
  via_link,
  trusted_place,
  may_ask,
  blank_later,
  day_after,
  day_before,
  not_idiom,
  extension,
  phone,
  idiom,
  list_counter,
  number_label,
  ordinal,
  corporate,
  placeholder,
  blank_name,
  polite,
  plain,
  plain_end,
  abbreviation,
  noon,
  midnight,
  morning,
  afternoon,
  counter,
  priority,
  horizon,
  tag,
  number,
  multiplier,
  unit,
  audience,
  concept_,
  concept_against,
  trace_strict,
  trace_broad,
  none
};
inline constexpr size_t kLists = static_cast<size_t>(Word::priority);
bool is_head(Word w);

struct Hit {
  Word word;
  uint16_t index;       // within its table: which priority, horizon, concept … ; of a list: 0
  uint32_t at, length;  // bytes of the folded text
  bool quoted = false;
  uint32_t end() const { return at + length; }
};

struct RankRow {
  char letter;
  std::string horizon, priority[2], horizon_text[2], tag[2];  // [0] en, [1] ja
  int most_days = 0;                                          // from today to the deadline
};

struct Agreement {  // a priority, horizon or tag: its ranks
  std::string id;
  uint8_t ranks = 0;  // bit 0: A … bit 3: D
  int days = 0;
  std::string calendar;  // of a horizon: "week", "month" of the calendar; "": days only
};

struct AudienceRow {
  std::string id;
  bool needs_contact = false, needs_deadline = false, needs_source = false;
  bool needs_working_day = false;  // the deadline is none on a weekend
  bool blanks = false;             // a person fills in what is not known yet
  size_t most_ja = 0, most_en = 0;
};

struct Concept {
  std::string id;
  bool polar = false;
  bool everywhere = false;  // not only in steps
  bool topic = true;        // counts for what a step is about
  bool act = false;         // is what a step tells people to do
};

// What one language says of a sentence and the other must show a sign of: a "not", an "except", an "only".
struct Trace {
  std::string id;
  bool limit = false;
};

class Words {
 public:
  // Errors are added; what could be read counts.
  void read(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  bool loaded() const { return loaded_; }
  // Hits in order of place; quoted ones are marked as such.
  std::vector<Hit> find(std::string_view folded) const;
  bool in(Word list, std::string_view word) const;  // one of its words, folded
  int month(std::string_view word) const;           // 1 … 12; 0: none
  int weekday(std::string_view word) const;         // English; 0 = Sunday; -1: none
  int weekday_ja(std::string_view at_start) const;
  const AudienceRow* audience(std::string_view id) const;
  const RankRow* rank(char letter) const;

  std::string mark[2], subject[2];  // [0] en, [1] ja; subject: what stands before it when a draft is one text
  std::vector<RankRow> ranks;
  std::vector<Agreement> priorities, horizons, tags;
  std::vector<double> numbers, multipliers, units;
  std::vector<AudienceRow> audiences;
  std::vector<Concept> concepts;
  std::vector<Trace> traces;
  std::vector<std::string> months_en, weekdays_en, weekdays_ja, eras;
  std::vector<int64_t> era_years;
  StringMap<double> kanji;  // one letter → value, of numbers and multipliers
  StringMap<double> number_words, multiplier_words, unit_words;

 private:
  void add(Word word, uint16_t index, const std::vector<std::string>& words);
  struct Entry {
    Word word;
    uint16_t index;
  };
  std::vector<Entry> entries_;
  text::Phrases phrases_;
  std::array<StringSet, kLists> lists_;
  StringMap<int> months_, weekdays_;
  bool loaded_ = false;
};

uint8_t rank_bits(std::string_view letters);  // "AB" → 3
// Bytes within quotes („ " 「 『), as pairs of begin and end, in order.
std::vector<std::pair<uint32_t, uint32_t>> quotes(std::string_view folded);

}  // namespace sekisho::notice
