// Takes detections by rule and time, says which are within the day's budget. Entries: Budget::spend, finish.
#include "hunt/budget.h"

namespace sekisho::hunt {

bool Budget::spend(const std::string& rule, int64_t seconds) {
  constexpr int64_t kDay = 86'400;
  if (most_ == 0) return true;
  const int64_t start = (seconds >= 0 ? seconds / kDay : (seconds - kDay + 1) / kDay) * kDay;
  const auto [it, fresh] = open_.try_emplace(rule, BudgetReport{rule, start, start + kDay, 0, 0});
  BudgetReport& day = it->second;
  if (start > day.start) {
    close(day);
    day = {rule, start, start + kDay, 0, 0};
  }
  const bool within = day.written < most_;
  ++(within ? day.written : day.held);
  return within;
}

void Budget::finish() {
  for (auto& [rule, day] : open_) close(day);
  open_.clear();
}

void Budget::close(BudgetReport& report) {
  if (report.held > 0) sink_(report);
}

}  // namespace sekisho::hunt
