#include "scan/fit.h"

#include <doctest/doctest.h>

#include "scan/score.h"
#include "scan/statistics.h"

using namespace sekisho::scan;

namespace {

const std::vector<double> kCaps = {45, 40};

// Rules 0 and 1 of family 0, 2 of family 1 computed, 3 of family 1 that is never seen.
std::vector<FitRule> rules() { return {{0, 20, 0, 45}, {0, 20, 0, 45}, {1, 1, 0, 8}, {1, 33, 0, 40}}; }

std::vector<FitRow> rows() {
  std::vector<FitRow> out;
  for (int i = 0; i < 200; ++i) {
    out.push_back({{{0, 1}, {2, 3.0}}, true, 1});  // tells
    out.push_back({{{1, 1}}, i % 2 == 0, 1});      // says nothing
    out.push_back({{{2, -1.0}}, false, 1});
    out.push_back({{}, false, 1});
  }
  return out;
}

}  // namespace

TEST_CASE("points follow the mail, and stay the author's where there is none") {
  const Fitted f = fit_points(rules(), rows(), 2, kCaps);
  CHECK(f.points[0] > f.points[1]);
  CHECK(f.points[2] > 1);
  CHECK(f.points[2] <= 8);
  CHECK(f.points[3] == 33);
  CHECK(f.seen == std::vector<size_t>{200, 200, 400, 0});
  CHECK(f.curve.spread > 0);
  CHECK(fit_points(rules(), rows(), 2, kCaps).points == f.points);
  CHECK(fit_points(rules(), {}, 2, kCaps).points == std::vector<double>{20, 20, 1, 33});
}

TEST_CASE("the score of a row is the strongest of each family, capped, never below 0") {
  const std::vector<double> points = {20, 45, 10, 33};
  CHECK(score_of(rules(), {{{0, 1}, {1, 1}}, true, 1}, points, kCaps) == 45);
  CHECK(score_of(rules(), {{{0, 1}, {2, 6.0}}, true, 1}, points, kCaps) == 60);
  CHECK(score_of(rules(), {{{2, -3.0}}, true, 1}, points, kCaps) == 0);
  CHECK(score_of(rules(), {{{0, 1}, {2, -1.0}}, true, 1}, points, kCaps) == 10);
}

TEST_CASE("bounds hold: counter-evidence never speaks for phish") {
  std::vector<FitRule> only = {{0, -20, -60, 0}};
  std::vector<FitRow> all;
  for (int i = 0; i < 100; ++i) all.push_back({{{0, 1}}, true, 1}), all.push_back({{}, false, 1});
  CHECK(fit_points(only, all, 1, {0}).points[0] <= 0);
}

TEST_CASE("the share of false positives is a mean over classes") {
  // 100 easy mails, 10 hard ones: two of the hard are 20 % of their class, 10 % of the mean.
  std::vector<double> easy(100, 0.0), hard(10, 0.0);
  hard[0] = 50, hard[1] = 40;
  const RocPoint all = macro_roc_point({60, 45, 30}, {easy, hard}, 0.1);
  CHECK(all.true_positives == 3);
  CHECK(all.false_positives == 2);
  const RocPoint less = macro_roc_point({60, 45, 30}, {easy, hard}, 0.05);
  CHECK(less.true_positives == 2);
  CHECK(less.false_positives == 1);
  CHECK(macro_roc_point({60, 45, 30}, {easy, hard}, 0.01).true_positives == 1);
  CHECK(macro_roc_point({1}, {}, 0.01).true_positives == 1);
}

TEST_CASE("a floor ranks a mail among those of its action") {
  const Settings settings = default_settings();
  const auto ranked = [&](double weight, const char* floor) {
    Verdict v;
    Fired f;
    f.rule = "r", f.family = "lure", f.weight = weight, f.floor = floor;
    v.rules.push_back(f);
    judge(settings, {}, v);
    return ranked_score(settings, v);
  };
  CHECK(ranked(3, "") == 3);
  CHECK(ranked(3, "banner") == settings.banner);
  CHECK(ranked(3, "quarantine") == settings.quarantine);
  CHECK(ranked(3, "reject") == settings.quarantine);  // nothing is refused
  CHECK(ranked(settings.banner + 1, "banner") == settings.banner + 1);
}
