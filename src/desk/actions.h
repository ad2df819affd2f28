// The catalogue of actions (content/actions/*.toml): what to do about each theme, by horizon, with who does it, how one
// sees that it is done, and what of Sekisho does it already. Plain data, read once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "desk/advisory.h"

namespace sekisho::desk {

struct CatalogueAction {
  std::string id;
  std::string horizon;               // "now" (24–72 h), "month" (this week to this month), "long"
  std::string owner, effort;         // role: "security", "help_desk" …; "minutes", "hours", "days", "weeks"
  Both text, check;                  // what to do; how one sees that it is done
  std::string command;               // command or rule of Sekisho that does it; "" = not yet
  std::vector<std::string> done_by;  // controls (content/desk/controls.toml) with which it is done already
  std::vector<std::string> themes;   // for which it is meant; none: for all
  std::vector<std::string> covers;   // recommendations of docs/coverage.md
  struct Step {                      // of a notice: short, imperative
    std::string id;
    Both text;
  };
  std::vector<Step> staff, customers;
};

// All errors: toml.*, "desk.action" (unknown horizon, id twice …), with spans.
std::vector<CatalogueAction> read_actions(const std::vector<TextFile>& files, std::vector<Error>& errors);

}  // namespace sekisho::desk
