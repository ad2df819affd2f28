// Takes rules with their authors' points and labelled rows of hits, gives fitted points and a curve. Entries:
// fit_points, score_of. Refuses nothing: without rows the authors' points stand.
#include "scan/fit.h"

#include <algorithm>
#include <cmath>

#include "lure/learn.h"

namespace sekisho::scan {
namespace {

constexpr double kSpread = 12;  // points to one step of log-odds: only a unit, in which Newton's steps are of one size
constexpr int kRounds = 600;

// Which hit of each family counts: the strongest, as score.cc takes it. kNone: none.
constexpr uint32_t kNone = ~0U;
void strongest(const std::vector<FitRule>& rules, const FitRow& row, const std::vector<double>& points,
               std::vector<uint32_t>& of_family) {
  std::ranges::fill(of_family, kNone);
  for (uint32_t i = 0; i < row.hits.size(); ++i) {
    uint32_t& best = of_family[rules[row.hits[i].rule].family];
    const auto size = [&](uint32_t h) { return std::abs(points[row.hits[h].rule] * row.hits[h].unit); };
    if (best == kNone || size(i) > size(best)) best = i;
  }
}

Curve curve_of(const std::vector<lure::Scored>& scored) {
  const lure::Calibration c = lure::calibrate(scored);
  return {-c.shift * kSpread / c.slope, kSpread / c.slope};
}

}  // namespace

double score_of(const std::vector<FitRule>& rules, const FitRow& row, const std::vector<double>& points,
                const std::vector<double>& caps) {
  std::vector<uint32_t> of_family(caps.size());
  strongest(rules, row, points, of_family);
  double score = 0;
  for (size_t f = 0; f < caps.size(); ++f)
    if (of_family[f] != kNone) {
      const FitHit& h = row.hits[of_family[f]];
      score += std::min(points[h.rule] * h.unit, caps[f]);
    }
  return std::max(0.0, score);
}

Fitted fit_points(const std::vector<FitRule>& rules, const std::vector<FitRow>& rows, size_t families,
                  const std::vector<double>& caps, double strength) {
  Fitted out;
  out.seen.resize(rules.size());
  for (const FitRow& row : rows)
    for (const FitHit& h : row.hits) ++out.seen[h.rule];
  std::vector<double> w(rules.size());
  for (size_t r = 0; r < rules.size(); ++r) w[r] = rules[r].prior;
  double bias = -3;
  // Adam by hand, whole passes: the strongest of a family changes as points do, so there is no closed step.
  std::vector<double> first(rules.size() + 1), second(rules.size() + 1), gradient(rules.size() + 1);
  std::vector<uint32_t> of_family(families);
  for (int round = 1; round <= kRounds; ++round) {
    for (size_t r = 0; r < rules.size(); ++r) gradient[r] = strength * (w[r] - rules[r].prior) / (kSpread * kSpread);
    gradient.back() = 0;
    for (const FitRow& row : rows) {
      strongest(rules, row, w, of_family);
      double score = 0;
      for (size_t f = 0; f < families; ++f)
        if (of_family[f] != kNone)
          score += std::min(w[row.hits[of_family[f]].rule] * row.hits[of_family[f]].unit, caps[f]);
      const double p = 1 / (1 + std::exp(-(score / kSpread + bias)));
      const double slope = (p - (row.phish ? 1 : 0)) * row.weight;
      gradient.back() += slope;
      for (size_t f = 0; f < families; ++f)
        if (of_family[f] != kNone) {
          const FitHit& h = row.hits[of_family[f]];
          if (w[h.rule] * h.unit < caps[f]) gradient[h.rule] += slope * h.unit / kSpread;
        }
    }
    const double rate = round < kRounds / 2 ? 0.6 : 0.6 * 2 * (kRounds - round) / kRounds;
    const auto step = [&](size_t i) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
      const double mean = first[i] / (1 - std::pow(0.9, round)), size = second[i] / (1 - std::pow(0.999, round));
      return rate * mean / (std::sqrt(size) + 1e-9);
    };
    for (size_t r = 0; r < rules.size(); ++r) w[r] = std::clamp(w[r] - step(r), rules[r].least, rules[r].most);
    bias -= step(rules.size()) / kSpread;
  }
  out.points = std::move(w);
  std::vector<lure::Scored> scored;
  for (const FitRow& row : rows) scored.push_back({score_of(rules, row, out.points, caps) / kSpread, row.phish, 1});
  out.curve = curve_of(scored);
  return out;
}

}  // namespace sekisho::scan
