// Which path templates (fold.h) stood on hosts that were reported as phishing, and on how many domains: the footprint
// of kits. And on how many other domains the organisation met the same template: what many sites have ("/login") tells
// nothing, whoever reports it. Which numbers mean what is for rules to say.
#pragma once

#include <optional>
#include <string_view>

#include "memory/day.h"
#include "memory/store.h"

namespace sekisho::memory {

struct TemplateKnown {
  static constexpr uint32_t kMostCounted = 511;  // a count that stands there means "or more"
  static constexpr uint32_t kMostDomains = 171;  // likewise
  Day first = 0, last = 0;                       // of reports; 0: never reported
  uint32_t count = 0;                            // reports
  uint32_t domains = 0;           // distinct domains in reports: exact for 1, within some 10 % to 30, 25 % to 100
  uint32_t ordinary_domains = 0;  // distinct domains where it was met without a report, likewise
};

// Threads: find() beside one thread that calls the others (Store).
class Templates {
 public:
  static Result<Templates> open(const std::string& folder, Mode mode, const HashKey& fresh);

  // Nothing for a trivial template and for one never met.
  std::optional<TemplateKnown> find(std::string_view folded) const;

  Result<void> reported(std::string_view folded, std::string_view domain, Day day);
  Result<void> met(std::string_view folded, std::string_view domain);

  Store& store() { return store_; }
  const Store& store() const { return store_; }

 private:
  explicit Templates(Store store) : store_(std::move(store)) {}
  uint64_t key(char kind, std::string_view folded) const;
  Result<void> mark(char kind, std::string_view folded, std::string_view domain);
  uint32_t domains(char kind, std::string_view folded) const;
  Store store_;
};

}  // namespace sekisho::memory
