// Where raw events of a vendor keep their time: content/logsources.toml.
//
//   default = ["@timestamp", "timestamp"]       # tried after those of the product
//   [[logsource]]
//   product = "okta"
//   service = "okta"                            # may be left out: all services
//   time = ["published"]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/plan.h"

namespace sekisho::hunt {

class LogSources {
 public:
  // Adds a file; later files come first. Errors: toml.syntax, those of the reader.
  void read(std::string_view toml, const std::string& name, std::vector<Error>& errors);
  // Dotted names to try, in order: of product and service, of the product, the default ones.
  std::vector<std::string> time_fields(const engine::LogSource& source) const;
  // Near names of a product that no table is for, or "".
  std::string hint(const engine::LogSource& source) const;

 private:
  struct Entry {
    std::string product, service;
    std::vector<std::string> time;
  };
  std::vector<Entry> entries_;
  std::vector<std::string> default_;
};

}  // namespace sekisho::hunt
