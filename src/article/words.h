// The words of content/desk/reading.toml as the readers of this folder look them up: lower case, by whole word or by
// what a text begins with. article/ only.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "base/strings.h"

namespace sekisho::article {

using WordSet = std::set<std::string, std::less<>>;
using WordList = std::vector<std::string>;  // longest first

// The longest of `list` with which `text` begins (ASCII letters of either case); a word that ends in an ASCII letter or
// digit must end there. 0: none.
size_t begins_with(std::string_view text, const WordList& list);
// The longest of `list` with which `text` ends; its length.
size_t ends_with(std::string_view text, const WordList& list);

struct Words::Impl {
  struct Relative {
    std::string word;
    int days = 0, months = 0;
    bool is_month = false;
  };
  struct Era {
    std::string name;
    char letter = 0;
    int first = 0;
  };

  WordSet furniture, furniture_names, unseen_names, body_names, meta_names;
  WordList published_marks, site_marks, title_marks, url_marks;  // in the order of the file

  WordList published, after_date, publisher, author, staff, noise;
  WordSet issue, kinds, places;
  WordList footer;
  WordList forwarded, letter_from, letter_date, letter_fields;

  std::map<std::string, int, std::less<>> months, weekdays, numbers;  // January = 1, Sunday = 0, one = 1
  WordSet doubtful_months, before_month, next, last;
  WordList ago, day_unit, hour_unit, week_unit, month_unit;
  WordList range;
  WordList after_day, not_after_day, not_before_day, not_before_ago, not_after_ago, not_after_today;
  WordList last_year, this_year, next_year, same_year, same_month;
  std::array<std::vector<Relative>, 256> relative;  // by first byte, lower case; longest first
  std::vector<Era> eras;

  WordSet abbreviations, before_number, either, starters;
  WordList joins;
  WordSet english;
};

inline const Words::Impl& words_or_bundled(const Words* words) { return (words ? *words : Words::bundled()).impl(); }

}  // namespace sekisho::article
