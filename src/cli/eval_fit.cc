// sekisho eval --fit: takes labelled mail, gives points for every mail rule and the curve, and what they are worth on
// mail that neither they nor the learned model had seen: five folds by cluster, and for each of them models of four
// folds and of three, so that the fit never meets the model's opinion of mail it was trained on.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "base/strings.h"
#include "cli/cli.h"
#include "cli/labelled.h"
#include "cli/workers.h"
#include "scan/fit.h"
#include "scan/score.h"
#include "scan/statistics.h"

namespace sekisho::cli {
namespace {

constexpr uint32_t kFolds = 5;
constexpr size_t kShown = 15;

// What rules said of one mail, without points.
struct Said {
  scan::FitRow row;
  std::vector<std::string> floors;
};

struct Bench {
  const EvalOptions& options;
  const Clock& clock;
  std::vector<Labelled> mails;
  std::vector<lure::Example> examples;  // their folds and weights
  std::vector<scan::FitRule> rules;
  std::vector<std::string> names;
  std::vector<bool> computed;
  StringMap<uint32_t> index;
  std::vector<std::string> families;
  std::vector<double> caps;
  scan::Settings settings;
};

// All mails of the folds through all rules, with a model (or none).
bool scan_folds(const Bench& bench, const std::vector<uint32_t>& folds, const lure::Model* model,
                std::vector<Said>& out) {
  const auto scanner = make_scanner(bench.options, bench.clock, memory::Memory::Wanted::read,
                                    [&](scan::LoadedContent& c) { c.content->model = model ? *model : lure::Model(); });
  if (!scanner) return false;
  out.resize(bench.mails.size());
  Workers workers(
      *scanner, thread_count(bench.options.threads), {}, [&](const Job& job, const scan::Verdict& v, double) {
        Said& said = out[job.number];  // each mail is one thread's
        said = {};
        said.row.phish = bench.examples[job.number].phish;
        said.row.weight = bench.examples[job.number].weight;
        for (const scan::Fired& f : v.rules) {
          const auto rule = bench.index.find(f.rule);
          if (rule == bench.index.end()) continue;
          said.row.hits.push_back({rule->second, bench.computed[rule->second] ? f.value : 1.0});
          if (!f.floor.empty()) said.floors.push_back(f.floor);
        }
        std::ranges::sort(said.row.hits, {}, &scan::FitHit::rule);  // the same fit whatever the order of the verdict
      });
  for (size_t i = 0; i < bench.mails.size(); ++i)
    if (std::ranges::find(folds, bench.examples[i].fold) != folds.end())
      workers.add({i, bench.mails[i].name, bench.mails[i].bytes});
  workers.finish();
  return true;
}

struct Outcome {
  double score = 0, probability = 0;
  scan::Action action = scan::Action::accept;
};

// The verdict's own arithmetic, with these points.
Outcome outcome_of(const Bench& bench, const Said& said, const scan::Fitted& fitted) {
  scan::Verdict v;
  for (const scan::FitHit& h : said.row.hits) {
    scan::Fired f;
    f.rule = bench.names[h.rule];
    f.family = bench.families[bench.rules[h.rule].family];
    f.weight = fitted.points[h.rule] * h.unit;
    v.rules.push_back(std::move(f));
  }
  for (const std::string& floor : said.floors) {
    scan::Fired f;
    f.rule = "floor";
    f.family = bench.families[0];
    f.floor = floor;
    v.rules.push_back(std::move(f));
  }
  scan::judge(bench.settings, fitted.curve, v);
  return {scan::ranked_score(bench.settings, v), v.probability, v.action};
}

std::string figures(const Bench& bench, const std::vector<Outcome>& outcomes) {
  std::vector<double> positives;
  std::map<std::string, std::vector<double>> ham;
  std::map<std::string, std::array<size_t, 3>> counts;  // class → mails, flagged, quarantined
  for (size_t i = 0; i < outcomes.size(); ++i) {
    if (bench.mails[i].learned_only) continue;
    const std::string& label = bench.mails[i].label;
    auto& c = counts[label];
    ++c[0];
    c[1] += outcomes[i].action > scan::Action::accept;
    c[2] += outcomes[i].action >= scan::Action::quarantine;
    if (bench.examples[i].phish) positives.push_back(outcomes[i].score);
    else ham[label].push_back(outcomes[i].score);
  }
  std::string out = "class         mails   flagged                          quarantined\n";
  for (const auto& [label, c] : counts)
    out += fmt::format("{:<12} {:>6}   {:>5} {:<26} {:>5} {}\n", printable(label), c[0], c[1],
                       interval_text(c[1], c[0]), c[2], interval_text(c[2], c[0]));
  out += "\nphish found at a given share of false positives, mean over classes of ham\n";
  for (const bool modern : {true, false}) {
    std::vector<std::vector<double>> classes;
    for (const auto& [label, scores] : ham)
      if (!modern || label != "old") classes.push_back(scores);
    if (!modern && classes.size() == ham.size() && !ham.contains("old")) break;
    for (const double rate : {0.001, 0.005, 0.01, 0.02, 0.05}) {
      const scan::RocPoint p = scan::macro_roc_point(positives, classes, rate);
      out += fmt::format("{:<8} {:>5.1f} %  score >= {:>5.1f}  {:>5}/{:<5} {}\n", modern ? "modern" : "all", rate * 100,
                         p.threshold, p.true_positives, positives.size(),
                         interval_text(p.true_positives, positives.size()));
    }
  }
  std::vector<size_t> highest;
  for (size_t i = 0; i < outcomes.size(); ++i)
    if (!bench.examples[i].phish && !bench.mails[i].learned_only) highest.push_back(i);
  std::ranges::stable_sort(highest, std::greater<>(), [&](size_t i) { return outcomes[i].score; });
  out += "\nham with the highest scores\n";
  for (size_t k = 0; k < std::min<size_t>(kShown, highest.size()); ++k)
    out += fmt::format("{:>6.1f}  {:<12} {}\n", outcomes[highest[k]].score, printable(bench.mails[highest[k]].label),
                       printable(bench.mails[highest[k]].name));
  out += "\ncalibration: probability given, mails, phish among them, by class of mail\n";
  for (int bin = 0; bin < 10; ++bin) {
    size_t total = 0, phish = 0;
    std::map<std::string, size_t> by_class;
    for (size_t i = 0; i < outcomes.size(); ++i) {
      if (bench.mails[i].learned_only || std::min(9, static_cast<int>(outcomes[i].probability * 10)) != bin) continue;
      ++total, phish += bench.examples[i].phish;
      ++by_class[bench.mails[i].label];
    }
    out +=
        fmt::format("{:>3}-{:<3} % {:>6} {:>5} {}", bin * 10, bin * 10 + 10, total, phish, interval_text(phish, total));
    for (const auto& [label, n] : by_class) out += fmt::format("  {} {}", printable(label), n);
    out += "\n";
  }
  return out;
}

// Models for all pairs of folds left out, and for each fold alone; then the rows that each of them gives.
struct Rows {
  std::vector<std::vector<Said>> inner =
      std::vector<std::vector<Said>>(kFolds);  // [outer fold][mail], unseen by the model
  std::vector<Said> outer;                     // [mail], by the model without its fold
};

bool read_rows(const Bench& bench, Rows& rows) {
  std::vector<uint32_t> all;
  for (uint32_t f = 0; f < kFolds; ++f) all.push_back(f);
  if (bench.options.without_model) {
    if (!scan_folds(bench, all, nullptr, rows.outer)) return false;
    for (auto& of : rows.inner) of = rows.outer;
    return true;
  }
  std::vector<std::vector<double>> raw(kFolds, std::vector<double>(bench.mails.size()));
  std::map<std::pair<uint32_t, uint32_t>, lure::Model> pairs;
  for (uint32_t a = 0; a < kFolds; ++a)
    for (uint32_t b = a + 1; b < kFolds; ++b) {
      const lure::Model& m = pairs[{a, b}] = lure::learn(bench.examples, {}, {a, b});
      for (size_t i = 0; i < bench.mails.size(); ++i) {
        if (bench.examples[i].fold == b) raw[a][i] = m.weigh(bench.examples[i].features).raw;
        if (bench.examples[i].fold == a) raw[b][i] = m.weigh(bench.examples[i].features).raw;
      }
    }
  const auto calibrated = [&](const lure::Model& m, uint32_t outer) {
    std::vector<lure::Scored> scored;
    for (size_t i = 0; i < bench.mails.size(); ++i)
      if (bench.examples[i].fold != outer && !bench.mails[i].learned_only &&
          !bench.examples[i].features.features.empty())
        scored.push_back({raw[outer][i], bench.examples[i].phish, bench.examples[i].weight});
    const lure::Calibration c = lure::calibrate(scored);
    return lure::Model::make(m.weights(), m.bias(), static_cast<float>(c.slope), static_cast<float>(c.shift));
  };
  for (uint32_t outer = 0; outer < kFolds; ++outer) {
    for (uint32_t f = 0; f < kFolds; ++f) {
      if (f == outer) continue;
      const lure::Model m = calibrated(pairs[{std::min(outer, f), std::max(outer, f)}], outer);
      if (!scan_folds(bench, {f}, &m, rows.inner[outer])) return false;
    }
    const lure::Model m = calibrated(lure::learn(bench.examples, {}, {outer}), outer);
    if (!scan_folds(bench, {outer}, &m, rows.outer)) return false;
  }
  return true;
}

scan::Fitted fit(const Bench& bench, const std::vector<Said>& said, uint32_t without) {
  std::vector<scan::FitRow> rows;
  // A computed rule reaches the cap of its family with its greatest value and not before: above it all mails are equal.
  std::vector<scan::FitRule> rules = bench.rules;
  std::vector<double> greatest(rules.size());
  for (const Said& s : said)
    for (const scan::FitHit& h : s.row.hits) greatest[h.rule] = std::max(greatest[h.rule], std::abs(h.unit));
  for (size_t r = 0; r < rules.size(); ++r)
    if (bench.computed[r] && greatest[r] > 0) rules[r].most = bench.caps[rules[r].family] / greatest[r];
  for (size_t i = 0; i < said.size(); ++i)
    if (bench.examples[i].fold != without && !bench.mails[i].learned_only) rows.push_back(said[i].row);
  return scan::fit_points(rules, rows, bench.families.size(), bench.caps);
}

std::string points_file(const Bench& bench, const scan::Fitted& fitted) {
  std::string out =
      "# Points of rules and the curve from points to probability, written by `sekisho eval --fit` (docs/model.md). A "
      "rule that\n# is not named here has the points of its own $mail_weight. [verdict.points] of the settings "
      "overrides.\n";
  out += fmt::format("[curve]\nmidpoint = {:.1f}\nspread = {:.1f}\n\n[points]\n", fitted.curve.midpoint,
                     fitted.curve.spread);
  std::map<std::string, double> sorted;
  for (size_t r = 0; r < bench.names.size(); ++r)
    if (fitted.seen[r] >= 3) sorted[bench.names[r]] = fitted.points[r];
  for (const auto& [name, points] : sorted) out += fmt::format("{} = {:.1f}\n", name, points);
  return out;
}

}  // namespace

int eval_fit_command(const EvalOptions& options, const std::vector<Source>& sources, const Clock& clock) {
  Bench bench{options, clock, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  {
    const auto scanner = make_scanner(options, clock);
    if (!scanner) return 2;
    bench.settings = scanner->settings();
    bench.mails = read_labelled(sources, options.mask, bench.settings.limits);
    if (!add_learned_only(options.also, options.mask, bench.settings.limits, bench.mails)) return 2;
    if (!enough_to_learn(bench.mails, kFolds)) return 2;
    bench.examples = examples_of(bench.mails, *scanner, kFolds);
    std::map<std::string, uint32_t> family;
    for (const auto& [name, cap] : bench.settings.family_caps) {
      family[name] = static_cast<uint32_t>(bench.families.size());
      bench.families.push_back(name);
      bench.caps.push_back(cap);
    }
    for (const scan::MailRule& rule : scanner->content().rules) {
      if (rule.family.empty()) continue;
      const double cap = bench.caps[family[rule.family]];
      const double prior = rule.computed ? 1 : rule.points;
      bench.index.emplace(rule.name, static_cast<uint32_t>(bench.names.size()));
      bench.names.push_back(rule.name);
      bench.computed.push_back(rule.computed);
      bench.rules.push_back({family[rule.family], prior, prior < 0 ? -60.0 : 0.0, prior < 0 ? 0.0 : cap});
    }
  }
  Rows rows;
  if (!read_rows(bench, rows)) return 2;
  std::vector<Outcome> outcomes(bench.mails.size());
  for (uint32_t outer = 0; outer < kFolds; ++outer) {
    const scan::Fitted fitted = fit(bench, rows.inner[outer], outer);
    for (size_t i = 0; i < bench.mails.size(); ++i)
      if (bench.examples[i].fold == outer) outcomes[i] = outcome_of(bench, rows.outer[i], fitted);
  }
  put(figures(bench, outcomes));
  const std::string text = points_file(bench, fit(bench, rows.outer, kFolds));
  if (options.output.empty()) return 0;
  return write_file(options.output, text) ? 0 : 2;
}

}  // namespace sekisho::cli
