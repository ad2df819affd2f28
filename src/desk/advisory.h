// An advisory: what the desk makes of one event in the news. Plain data, complete: every output (export_*.h), every
// rule and every notice is a function of it and of nothing else, and it can be read back from its own JSON. Each
// sentence in it is either a statement of a source, with its place, or comes from the sentence bank (content/desk/) by
// a named key: nothing is invented. One thread at a time writes it; afterwards it is read only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/indicators.h"
#include "base/clock.h"

namespace sekisho::desk {

// A text of ours, in both languages of the product.
struct Both {
  std::string en, ja;
  const std::string& in(std::string_view language) const { return language == "ja" ? ja : en; }
  bool empty() const { return en.empty() && ja.empty(); }
};

struct Source {
  std::string name, format, title, publisher, url, language, sha256;
  article::Date published;
  uint64_t bytes = 0;
  char reliability =
      'F';  // Admiralty: A (completely reliable) … E, F (cannot be judged); of the author, by the settings
  std::vector<article::HiddenText> hidden;
  std::vector<std::string> limits_hit;
};

// Where something stands.
struct Place {
  uint32_t source = 0;              // in Advisory::sources
  uint32_t offset = 0, length = 0;  // bytes of the source as it was given
  uint32_t line = 0;                // from 1
};

struct Technique {
  std::string id, name;
  std::vector<std::string> tactics;
  double probability = 0;
  bool literal = false;               // its id stands in the text
  std::vector<std::string> evidence;  // words that spoke for it
};

enum class Kind : uint8_t { fact, hypothesis, advice };
std::string_view to_string(Kind);

struct Statement {
  Kind kind = Kind::fact;
  std::string text;      // the sentence as the source has it
  std::string language;  // "ja", "en"
  Place place;
  char reliability = 'F';             // of the source
  int credibility = 6;                // Admiralty: 1 (confirmed) … 5, 6 (cannot be judged)
  std::string confidence;             // "high", "moderate", "low"
  std::string why;                    // the word that decided the kind; "" for a plain fact
  double weight = 0;                  // how much it says of the event: key points are the heaviest
  bool deep = false;                  // belongs into the deep dive: why it works, what is new
  std::vector<std::string> themes;    // that it speaks of
  std::vector<Technique> techniques;  // at most three, best first
};

struct Named {                       // a brand, an actor, a process, something asked for
  std::string id;                    // of the pack or of content/desk; "" for a name in no pack
  std::string name;                  // as written, or as the pack displays it
  std::vector<std::string> aliases;  // actors
  bool imitated = false;             // brands: who is played (not merely named)
  bool in_use = false;               // brands, processes: the organisation says that it uses it
  Place place;
};

struct DateMention {
  article::Date date;
  std::string what;  // "published", "seen", "lure" (a deadline within the lure: never ours), "other"
  std::string as_written;
  bool relative = false;
  Place place;
};

struct Number {
  std::string kind;  // "money", "people", "organisations", "mails", "hours", "other"
  std::string as_written;
  double value = 0;
  std::string unit;  // "JPY", "GBP", "people" …
  Place place;
};

struct Indicator {
  std::string type, role, value, host, as_written, why;
  bool defanged = false, listed = true;
  std::string owner;          // brand id
  std::vector<Place> places;  // of all sources
};

// 0.0 … 10.0, one decimal.
struct Score {
  std::string id;  // "scale", "impact", "novelty", "imminence", "actionability"
  double value = 0;
  struct Reason {
    std::string key;  // of content/desk/scores.toml
    double points = 0;
    Both text;
  };
  std::vector<Reason> reasons;
};

// What the rank is computed from: these inputs and the table alone; replaying them gives the same rank.
struct RankInputs {
  std::string activity;  // "none", "past", "reported", "active", "against_us"
  std::string use;       // "no", "unknown", "yes"
  std::string reach;     // "one", "many", "tier0"; "none" when no credential is at stake
  std::string control;   // "resistant", "partial", "unknown", "none"
};

struct Rank {
  char letter = 'D';    // A … D
  std::string horizon;  // "now" (24–72 h), "week", "month", "reference"
  std::string table;    // name and version of the decision table
  RankInputs inputs;
  std::vector<Both> reasons;  // one for each input, saying what decided it
};

struct Step {                           // of a scenario
  std::string technique, name, tactic;  // "T1566.002", "Spearphishing Link", "initial-access"
  Both text;
  std::vector<uint32_t> statements;  // in Advisory::statements: what of it was reported; none: assumed
};

struct Scenario {  // always a hypothesis
  std::string id;
  Both title, impact;
  std::vector<Step> steps;  // in order
};

struct Action {               // from content/actions/
  std::string id, horizon;    // "now", "month", "long"
  std::string owner, effort;  // role id; "minutes", "hours", "days", "weeks"
  Both text, reason, check;   // what to do, why here, how one sees that it is done
  std::string command;        // of Sekisho, or rule; "" = not yet
  bool done = false;          // the profile says that this control is in place
};

// A rule or list that was made from the article, and what became of it.
struct Defence {
  std::string path;  // "mail/advisory_….yaral", below proposed/
  std::string kind;  // "yaral_mail", "yaral_audit", "sigma", "list", "watch"
  std::string name;  // of the rule
  std::string text;  // of the file
  Both what;         // what it finds
  bool accepted = false;
  std::string refused;                        // why not
  uint32_t positives = 0, positives_hit = 0;  // generated samples
  uint32_t benign = 0, benign_hit = 0;        // of the benign corpus
};

struct HuntHit {
  std::string mail, from, subject, date;
  std::vector<std::string> rules;
};

struct Hunt {
  uint64_t mails = 0, unread = 0;
  std::vector<HuntHit> hits;  // at most 1,000
  uint64_t more = 0;
  std::vector<std::string> paths;
};

struct Notice {                       // notice/notice.h makes and checks it
  std::string audience;               // "staff", "administrators", "customers", "regulator"
  std::string language;               // "ja", "en"
  std::string subject, body;          // plain text; the mark "draft, not approved" is in it
  std::vector<std::string> problems;  // of the linter; none: clean
};

struct Revision {  // one state that the advisory had
  int number = 1;
  Timestamp made;
  Both summary;  // what changed with it; empty: not told
};

struct Advisory {
  std::string id;  // "SEKISHO-2026-01-21-lastpass-vault_phishing": of the event, not of the file
  int revision = 1;
  Timestamp made;                 // now, as the clock that was passed in says
  std::vector<Revision> history;  // all revisions, oldest first, this one last; empty: this one is the only one
  std::string tlp;                // TLP 2.0, as it was made with; "": AMBER
  article::Date as_of;            // the day that the judgement is for
  std::vector<Source> sources;    // oldest first
  std::string language;           // of the first source
  Both title;
  std::string source_title;  // as the first source has it
  bool on_topic = false;
  Both topic_reason;
  bool false_alarm = false;
  std::vector<std::string> themes;  // content/desk/themes.toml, strongest first
  std::vector<Named> brands, processes, actors, asked_for;
  std::vector<std::string> lure_subjects;
  std::vector<DateMention> dates;
  std::vector<Number> numbers;
  std::vector<Indicator> indicators;
  std::vector<Statement> statements;            // in order of source and place
  std::vector<uint32_t> key_points, deep_dive;  // in statements
  std::vector<Both> impacts, insights;          // of the sentence bank, by theme; insights are hypotheses
  std::vector<Score> scores;
  Rank rank;
  std::vector<Scenario> scenarios;
  std::vector<Action> actions;
  std::vector<Defence> defences;
  std::optional<Hunt> hunt;
  std::vector<Notice> notices;
  // What the judgement is made from besides the lists above, summed over the sources: "theme.vault_phishing", "topic",
  // "other", "activity.active", "word.loss" … (judge.h). With the profile and the content it gives the same advisory
  // again.
  std::map<std::string, double> evidence;
  std::string attack_version;  // "18.1"
  std::string content_digest;
  std::vector<Both>
      findings;  // about the text itself: hidden text, orders to the reader's machine, contradictory dates
};

}  // namespace sekisho::desk
