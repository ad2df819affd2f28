// Content packs from TOML and text files: brands, lists (lures: scan/lure_packs.h). Only this room knows their file
// format (docs/content.md).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/strings.h"
#include "brand/brand.h"
#include "brand/features.h"
#include "brand/plan.h"
#include "diag/toml.h"
#include "scan/settings.h"

namespace sekisho::scan {

brand::Brand read_brand(const diag::TomlValue& table, const std::string& source, std::vector<Error>& errors);
std::vector<brand::Brand> read_brand_pack(std::string_view toml, const std::string& source, std::vector<Error>& errors);

// content/names/weights.toml: names of features (brand/features.h) and numbers. Words are read as lists are.
brand::Weights read_weights(std::string_view toml, const std::string& source, std::vector<Error>& errors);
brand::PlanModel read_plan(std::string_view toml, const std::string& source, std::vector<Error>& errors);
std::vector<std::string> read_words(std::string_view text);

// [curve] or [verdict.curve]: both numbers are needed.
Curve read_curve(diag::TomlReader& table);
// content/points.toml: what `eval --fit` found. Points of rules that there are none of mean nothing.
struct Points {
  Curve curve;
  std::map<std::string, double, std::less<>> of;
  std::map<std::string, Span, std::less<>> places;  // in the file
};
Points read_points(std::string_view toml, const std::string& source, std::vector<Error>& errors);

// A list of hosts, suffixes, extensions: one entry a line, # comments. Entries may carry a path
// ("docs.google.com/forms").
class List {
 public:
  static List read(std::string_view text);
  bool has(std::string_view entry) const;  // exact, lower case
  // The entry that covers the host (itself or a parent domain, and the path's beginning if the entry has one); "" if
  // none.
  std::string_view covering(std::string_view host, std::string_view path = {}) const;
  size_t size() const { return entries_.size(); }
  std::vector<std::string> hosts() const;  // entries without a path

 private:
  StringMap<std::vector<std::string>> entries_;  // host → path prefixes, "" = any
};

}  // namespace sekisho::scan
