// The rank of an advisory, from a decision table in SSVC's form: four inputs, one letter, every row written out
// (content/desk/rank.txt). A pure function: the same inputs and the same table give the same rank, on any day.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "desk/advisory.h"

namespace sekisho::desk {

class RankTable {
 public:
  // Errors with spans: desk.rank (unknown value, a row that stands twice, a row that is missing, no version).
  static RankTable read(std::string_view text, const std::string& source, std::vector<Error>& errors);
  char letter(const RankInputs& inputs) const;  // 'A' for inputs that no row has: what is not known is not low
  const std::string& version() const { return version_; }
  size_t rows() const { return rows_.size(); }

  // All values of each input, weakest first.
  static const std::vector<std::string>& activities();
  static const std::vector<std::string>& uses();
  static const std::vector<std::string>& reaches();
  static const std::vector<std::string>& controls();

 private:
  std::string version_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, char> rows_;
};

std::string_view horizon_of(char letter);  // "now", "week", "month", "reference"

}  // namespace sekisho::desk
