// Takes rows of features, gives weights. Entry: fit. Refuses nothing: without rows all weights are 0.
#include "brand/fit.h"

#include <algorithm>
#include <cmath>

namespace sekisho::brand {
namespace {

// Solves a x = b for a symmetric positive definite a (n × n, row by row); a and b are overwritten, b becomes x.
void solve(std::vector<double>& a, std::vector<double>& b) {
  const size_t n = b.size();
  for (size_t j = 0; j < n; ++j) {  // Cholesky
    double d = a[j * n + j];
    for (size_t k = 0; k < j; ++k) d -= a[j * n + k] * a[j * n + k];
    d = std::sqrt(std::max(d, 1e-12));
    a[j * n + j] = d;
    for (size_t i = j + 1; i < n; ++i) {
      double s = a[i * n + j];
      for (size_t k = 0; k < j; ++k) s -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = s / d;
    }
  }
  for (size_t i = 0; i < n; ++i) {
    for (size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

}  // namespace

Fitted fit(const std::vector<FitRow>& rows, size_t features, double penalty) {
  Fitted out;
  const size_t n = features + 1;  // the last is the start
  std::vector<double> x(n), gradient, curvature;
  double before = 1e300;
  for (int round = 0; round < 40; ++round) {
    gradient.assign(n, 0);
    curvature.assign(n * n, 0);
    double loss = 0, total = 0;
    for (const FitRow& row : rows) {
      double sum = x[features];
      for (const Feature f : row.features) sum += x[f];
      const double p = 1 / (1 + std::exp(-sum));
      const double slope = (p - (row.reported ? 1.0 : 0.0)) * row.weight;
      const double bend = std::max(p * (1 - p), 1e-6) * row.weight;
      loss -= row.weight * std::log(std::max(row.reported ? p : 1 - p, 1e-12));
      total += row.weight;
      const auto each = [&](size_t i) {
        gradient[i] += slope;
        for (const Feature k : row.features) curvature[i * n + k] += bend;
        curvature[i * n + features] += bend;
      };
      for (const Feature f : row.features) each(f);
      each(features);
    }
    for (size_t i = 0; i < n; ++i) {
      const double l2 = i == features ? 1e-6 : penalty;
      gradient[i] += l2 * x[i];
      curvature[i * n + i] += l2;
      loss += l2 * x[i] * x[i] / 2;
    }
    out.loss = total > 0 ? loss / total : 0;
    if (before - loss < 1e-7 * std::max(1.0, std::abs(loss)) && round > 2) break;
    before = loss;
    solve(curvature, gradient);
    double longest = 0;
    for (const double d : gradient) longest = std::max(longest, std::abs(d));
    const double step = longest > 3 ? 3 / longest : 1;  // far from the end Newton's steps are too long
    for (size_t i = 0; i < n; ++i) x[i] -= step * gradient[i];
  }
  out.start = x[features];
  x.pop_back();
  out.of = std::move(x);
  return out;
}

}  // namespace sekisho::brand
