// Takes counts and scores, gives intervals and ROC points. The beta quantile is found by bisection on the regularised
// incomplete beta function (continued fraction, Lentz's method): slow, plain, exact enough to print.
#include "scan/statistics.h"

#include <algorithm>
#include <cmath>

namespace sekisho::scan {
namespace {

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incomplete_beta(b, a, 1 - x);  // at most one turn
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x)) / a;
  double f = 1, c = 1, d = 0;
  for (int i = 0; i <= 400; ++i) {
    const int m = i / 2;
    const double numerator = i == 0       ? 1
                             : i % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                                          : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + numerator * d;
    d = 1 / (std::abs(d) < 1e-30 ? 1e-30 : d);
    c = 1 + numerator / c;
    if (std::abs(c) < 1e-30) c = 1e-30;
    f *= c * d;
    if (std::abs(1 - c * d) < 1e-10) break;
  }
  return front * (f - 1);
}

double beta_quantile(double p, double a, double b) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (incomplete_beta(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Interval exact_interval(size_t found, size_t total) {
  if (total == 0) return {0, 1};
  const auto k = static_cast<double>(found), n = static_cast<double>(total);
  return {found == 0 ? 0 : beta_quantile(0.025, k, n - k + 1), found == total ? 1 : beta_quantile(0.975, k + 1, n - k)};
}

RocPoint roc_point(std::vector<double> positives, std::vector<double> negatives, double rate) {
  RocPoint out;
  out.false_positive_rate = rate;
  std::sort(negatives.rbegin(), negatives.rend());
  const auto allowed = static_cast<size_t>(rate * static_cast<double>(negatives.size()));
  // Everything above the first negative that must not count.
  out.threshold = allowed < negatives.size() ? std::nextafter(negatives[allowed], INFINITY) : -INFINITY;
  for (const double s : negatives) out.false_positives += s >= out.threshold;
  for (const double s : positives) out.true_positives += s >= out.threshold;
  return out;
}

RocPoint macro_roc_point(const std::vector<double>& positives, const std::vector<std::vector<double>>& classes,
                         double rate) {
  // Every score of ham, highest first, with what it adds to the mean of the rates.
  std::vector<std::pair<double, double>> steps;
  for (const std::vector<double>& c : classes)
    for (const double s : c)
      steps.emplace_back(s, 1 / static_cast<double>(c.size()) / static_cast<double>(classes.size()));
  std::sort(steps.rbegin(), steps.rend());
  RocPoint out;
  out.false_positive_rate = rate;
  out.threshold = -INFINITY;
  double sum = 0;
  for (size_t i = 0; i < steps.size();) {
    double here = 0;
    size_t end = i;
    for (; end < steps.size() && steps[end].first == steps[i].first; ++end) here += steps[end].second;
    if (sum + here > rate + 1e-12) {
      out.threshold = std::nextafter(steps[i].first, INFINITY);
      break;
    }
    sum += here;
    out.false_positives += end - i;
    i = end;
  }
  for (const double s : positives) out.true_positives += s >= out.threshold;
  return out;
}

}  // namespace sekisho::scan
