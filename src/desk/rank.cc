// Takes the decision table and inputs, gives the letter. Entries: RankTable::read, letter. Refuses a table with a hole.
#include "desk/rank.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::desk {

const std::vector<std::string>& RankTable::activities() {
  static const std::vector<std::string> all = {"none", "past", "reported", "active", "against_us"};
  return all;
}
const std::vector<std::string>& RankTable::uses() {
  static const std::vector<std::string> all = {"no", "unknown", "yes"};
  return all;
}
const std::vector<std::string>& RankTable::reaches() {
  static const std::vector<std::string> all = {"none", "one", "many", "tier0"};
  return all;
}
const std::vector<std::string>& RankTable::controls() {
  static const std::vector<std::string> all = {"resistant", "partial", "unknown", "none"};
  return all;
}

RankTable RankTable::read(std::string_view text, const std::string& source, std::vector<Error>& errors) {
  RankTable out;
  size_t at = 0;
  for (const std::string_view line : split(text, '\n')) {
    const Span span{static_cast<uint32_t>(at), static_cast<uint32_t>(line.size())};
    at += line.size() + 1;
    std::vector<std::string> words;
    for (const std::string_view piece : split(line.substr(0, line.find('#')), ' '))
      if (const auto word = trim(piece); !word.empty()) words.emplace_back(word);
    if (words.empty()) continue;
    const auto wrong = [&](std::string what, std::string hint = {}) {
      errors.push_back({"desk.rank", std::move(what), source, span, std::move(hint), {}});
    };
    if (words[0] == "version" && words.size() == 2) {
      out.version_ = words[1];
      continue;
    }
    if (words.size() != 5) {
      wrong("a row has five words: activity, use, reach, control, rank");
      continue;
    }
    const std::vector<std::string>* const values[] = {&activities(), &uses(), &reaches(), &controls()};
    bool good = true;
    for (size_t i = 0; i < 4; ++i)
      if (std::ranges::find(*values[i], words[i]) == values[i]->end()) {
        const std::vector<std::string_view> known(values[i]->begin(), values[i]->end());
        wrong("\"" + words[i] + "\" is no value of this column", near_names(words[i], known));
        good = false;
      }
    if (words[4].size() != 1 || words[4][0] < 'A' || words[4][0] > 'D') {
      wrong("a rank is A, B, C or D");
      good = false;
    }
    if (good && !out.rows_.emplace(std::tuple(words[0], words[1], words[2], words[3]), words[4][0]).second)
      wrong("this row stands above already");
  }
  if (out.version_.empty())
    errors.push_back({"desk.rank", "the table has no version", source, {}, "begin it with \"version NAME\"", {}});
  for (const auto& a : activities())
    for (const auto& u : uses())
      for (const auto& r : reaches())
        for (const auto& c : controls())
          if (!out.rows_.contains({a, u, r, c}))
            errors.push_back({"desk.rank", "no row for " + a + " " + u + " " + r + " " + c, source, {}, {}, {}});
  return out;
}

char RankTable::letter(const RankInputs& in) const {
  const auto it = rows_.find({in.activity, in.use, in.reach, in.control});
  return it == rows_.end() ? 'A' : it->second;
}

std::string_view horizon_of(char letter) {
  switch (letter) {
    case 'A':
      return "now";
    case 'B':
      return "week";
    case 'C':
      return "month";
    default:
      return "reference";
  }
}

}  // namespace sekisho::desk
