// What the desk knows: content/desk/*.toml and *.txt as structs. Built once with all errors; then immutable and shared.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/indicators.h"
#include "attack/attack.h"
#include "base/files.h"
#include "base/strings.h"
#include "desk/actions.h"
#include "desk/advisory.h"
#include "desk/defence.h"
#include "desk/export.h"
#include "desk/rank.h"
#include "desk/vocabulary.h"
#include "notice/notice.h"

namespace sekisho::desk {

struct Theme {
  std::string id, reach;             // reach: of RankTable::reaches()
  double weight = 1;                 // of a sentence about it
  bool general = false;              // of nearly all such news: its reach counts where no other theme has one
  std::vector<std::string> sectors;  // of brands that it is about
  Both title, impact, insight;       // title may hold {brand}
  struct Link {
    std::string technique;
    Both text;
  };
  std::vector<Link> steps;
};

// Sentences of our own by key, with {names} to be filled in.
class Bank {
 public:
  static Bank read(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  using Values = std::vector<std::pair<std::string_view, Both>>;
  Both say(std::string_view key, const Values& values = {}) const;  // the key itself if there is no such sentence
  static Both filled(Both text, const Values& values);
  size_t size() const { return sentences_.size(); }

 private:
  StringMap<Both> sentences_;
};

struct ScoreReason {
  std::string score, key;
  double points = 0;
  std::vector<std::string> when, unless;  // signals
  Both text;
};
struct ScoreTable {
  std::vector<std::pair<std::string, double>> base;  // of the five scores, in order
  std::vector<ScoreReason> reasons;
};

struct NumberUnit {
  std::string text, kind, unit;  // "億円", "money", "JPY"
  double factor = 1;
};

struct Control {  // content/desk/controls.toml
  std::string id;
  Both text;
  std::vector<std::string> resists, hampers;  // themes
};

struct Numbers {  // content/desk/desk.toml
  double topic_least = 0, other_share = 0, title = 1, lead = 1, theme_least = 0, theme_share = 0, reach_share = 0,
         false_alarm = 0, active_least = 0, past_share = 0;
  int64_t most_themes = 0, key_points = 0, deep_dive = 0, old_days = 0, past_days = 0, near_days = 0;
  double indicator = 0, brand = 0, asked = 0, number = 0, lead_weight = 0, technique_least = 0;
  std::vector<std::string> designators;
  std::vector<NumberUnit> units;  // longest first
  int64_t reference_days = 30;
  std::vector<std::string> holidays;        // "2026-11-23": no deadline falls on one
  std::vector<std::string> campaign_rules;  // templates of rules whose hits mean that the campaign reached us
  double reported_least = 0;                // probability from which a suggestion says that a step was reported
  double secret = 0, strong_theme = 1e9, no_event = 1;
  std::vector<std::string> consumer_sectors;
  double lead_share = 0;        // of the strongest: a theme of its own leads one that is of all such news
  StringMap<char> reliability;  // host or publisher → letter
};

struct DeskContent {
  Vocabulary words;
  std::vector<Theme> themes;
  Bank bank;
  ScoreTable scores;
  RankTable ranks;
  Numbers numbers;
  article::Cues roles;
  article::Words reading;
  attack::Model attack;  // empty: no techniques are suggested
  std::vector<Control> controls;
  std::vector<CatalogueAction> actions;
  notice::Templates notices;
  DefenceContent defence;
  Labels labels;
  std::string digest;

  const Theme* theme(std::string_view id) const;
};

// files: of content (scan::content_files); what of desk/, actions/, notices/ and models/attack.model is missing there
// is taken from the binary. Errors name files of `texts`.
struct LoadedDesk {
  std::unique_ptr<DeskContent> content;  // null when there are errors
  std::vector<Error> errors;
  std::vector<TextFile> texts;
};
LoadedDesk load_desk(const std::vector<TextFile>& files);

}  // namespace sekisho::desk
