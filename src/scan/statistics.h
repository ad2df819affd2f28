// The arithmetic of `sekisho eval`: exact binomial intervals and points of the ROC curve. Pure functions.
#pragma once

#include <cstddef>
#include <vector>

namespace sekisho::scan {

struct Interval {
  double low, high;  // 0…1
};
// Clopper–Pearson, two-sided 95 %: found of total. total = 0 gives [0, 1].
Interval exact_interval(size_t found, size_t total);

struct RocPoint {
  double false_positive_rate = 0;  // the rate asked for
  double threshold = 0;            // least score that counts as positive
  size_t false_positives = 0, true_positives = 0;
};
// The lowest threshold whose false positives stay within `rate` of the negatives, and what it finds.
RocPoint roc_point(std::vector<double> positives, std::vector<double> negatives, double rate);

// The same over several classes of ham, each counting as much as the others: the mean of their rates stays within
// `rate`.
RocPoint macro_roc_point(const std::vector<double>& positives, const std::vector<std::vector<double>>& classes,
                         double rate);

}  // namespace sekisho::scan
