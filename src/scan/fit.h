// How many points each mail rule is worth, found from labelled mail: the logistic fit behind `sekisho eval --fit`. The
// score is what score.h says it is (of each family the strongest, capped); the fit pulls each rule from the points that
// its author gave it only as far as the mail speaks for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scan/settings.h"

namespace sekisho::scan {

struct FitRule {
  uint32_t family = 0;
  double prior = 0;             // points that the author gave; of a computed rule those for each unit
  double least = 0, most = 45;  // bounds: counter-evidence stays counter-evidence
};

struct FitHit {
  uint32_t rule;
  double unit;  // 1, or the value of a computed rule
};
struct FitRow {
  std::vector<FitHit> hits;
  bool phish = false;
  double weight = 1;
};

struct Fitted {
  std::vector<double> points;  // by rule
  Curve curve;                 // over the rows as they are, without their weights
  std::vector<size_t> seen;    // rows in which each rule was found
};

// Deterministic. strength: how many rows speak as loudly as the author. families: how many.
Fitted fit_points(const std::vector<FitRule>& rules, const std::vector<FitRow>& rows, size_t families,
                  const std::vector<double>& caps, double strength = 3);

// The score of a row by given points: the sum over families of the strongest, capped; not below 0.
double score_of(const std::vector<FitRule>& rules, const FitRow& row, const std::vector<double>& points,
                const std::vector<double>& caps);

}  // namespace sekisho::scan
