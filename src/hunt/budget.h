// The alert budget: so many detections of one rule a day of event time (UTC). What is over it is counted, and one
// report at the day's end says how many that were: a rule that goes wild neither floods its readers nor hides.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace sekisho::hunt {

struct BudgetReport {
  std::string rule;
  int64_t start = 0, end = 0;  // the day: seconds since 1970, end exclusive
  uint64_t written = 0;        // detections given out
  uint64_t held = 0;           // detections kept back
};

class Budget {
 public:
  // most: a day; 0 = no budget. Reports leave through `sink`.
  Budget(uint64_t most, std::function<void(const BudgetReport&)> sink) : most_(most), sink_(std::move(sink)) {}

  // Whether a detection may go out. A rule's day ends with its first detection of a later day (that day is reported
  // then); one that comes later and is older counts for the day in hand.
  bool spend(const std::string& rule, int64_t seconds);
  void finish();  // reports what is open, by rule

  // For state files: what is open.
  const std::map<std::string, BudgetReport>& open() const { return open_; }
  void restore(BudgetReport report) { open_[report.rule] = std::move(report); }

 private:
  void close(BudgetReport& report);
  const uint64_t most_;
  const std::function<void(const BudgetReport&)> sink_;
  std::map<std::string, BudgetReport> open_;
};

}  // namespace sekisho::hunt
