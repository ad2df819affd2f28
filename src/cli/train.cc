// sekisho train: takes labelled mail, gives the learned lure model and a card that says what it was learned from and
// what it finds in mail that it had not seen (five folds by cluster). Refuses to learn from too little of either kind.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/strings.h"
#include "cli/cli.h"
#include "cli/labelled.h"
#include "scan/statistics.h"

namespace sekisho::cli {
namespace {

constexpr uint32_t kFolds = 5;
constexpr size_t kMostWeights = 60'000;

struct Measured {
  std::vector<double> raw;  // by example, from the model that had not seen its fold
  lure::Calibration calibration;
};

Measured cross_validate(const std::vector<lure::Example>& examples, lure::Learning how) {
  Measured out;
  out.raw.resize(examples.size());
  for (uint32_t fold = 0; fold < kFolds; ++fold) {
    const lure::Model model = lure::learn(examples, how, {fold});
    for (size_t i = 0; i < examples.size(); ++i)
      if (examples[i].fold == fold) out.raw[i] = model.weigh(examples[i].features).raw;
  }
  std::vector<lure::Scored> scored;
  for (size_t i = 0; i < examples.size(); ++i)
    if (!examples[i].features.features.empty() && examples[i].fold < kFolds)
      scored.push_back({out.raw[i], examples[i].phish, examples[i].weight});
  out.calibration = lure::calibrate(scored);
  return out;
}

std::string card(const TrainOptions& options, const std::vector<Labelled>& mails,
                 const std::vector<lure::Example>& examples, const Measured& measured, size_t bytes) {
  std::map<std::string, size_t> classes;
  for (const Labelled& m : mails) ++classes[m.label];
  std::string out = "# Learned lure model\n\n";
  out += fmt::format(
      "A linear model over {} buckets of words and runs of letters of subject and visible text, and a few tokens of "
      "structure ({} bytes). It never sees headers, dates, addresses, numbers or URLs. Written by `sekisho train`.\n\n",
      lure::kBuckets, bytes);
  out += "## Learned from\n\n";
  out += options.data.empty() ? "Not stated (`--data`).\n\n" : options.data + "\n\n";
  out += "| class | mails |\n|---|---|\n";
  for (const auto& [label, n] : classes) out += fmt::format("| {} | {} |\n", label, n);
  if (!options.from.empty()) out += "\nLearning went on from `" + options.from + "`.\n";
  out += "\n## Found in mail that it had not seen (five folds; clusters of near-copies stay together)\n\n";
  std::vector<double> positives;
  std::map<std::string, std::vector<double>> negatives;
  for (size_t i = 0; i < mails.size(); ++i) {
    if (mails[i].learned_only) continue;
    if (examples[i].phish) positives.push_back(measured.raw[i]);
    else negatives[mails[i].label].push_back(measured.raw[i]);
  }
  std::vector<std::vector<double>> by_class;
  for (auto& [label, scores] : negatives) by_class.push_back(scores);
  out += "| false positives (mean over classes of ham) | phish found |\n|---|---|\n";
  for (const double rate : {0.001, 0.005, 0.01, 0.05}) {
    const scan::RocPoint p = scan::macro_roc_point(positives, by_class, rate);
    const scan::Interval i = scan::exact_interval(p.true_positives, positives.size());
    out += fmt::format("| {:.1f} % | {:.1f} % [{:.1f}, {:.1f}] |\n", rate * 100,
                       100.0 * static_cast<double>(p.true_positives) / static_cast<double>(positives.size()),
                       100 * i.low, 100 * i.high);
  }
  return out;
}

}  // namespace

int train_command(const TrainOptions& options, const Clock& clock) {
  std::vector<Source> sources;
  if (!read_sources(options.manifest, options.phish, options.ham, sources)) return 2;
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;
  lure::Model from;
  lure::Learning how;
  if (!options.from.empty()) {
    auto bytes = read_file(options.from, 16u << 20);
    auto model = bytes ? lure::Model::read(*bytes) : Result<lure::Model>(std::unexpected(bytes.error()));
    if (!model) {
      complain(options.from, model.error().one_line());
      return 2;
    }
    from = *std::move(model);
    how.from = &from;
  }
  std::vector<Labelled> mails = read_labelled(sources, options.mask, scanner->settings().limits);
  if (!add_learned_only(options.also, options.mask, scanner->settings().limits, mails)) return 2;
  if (!enough_to_learn(mails, kFolds)) return 2;
  const std::vector<lure::Example> examples = examples_of(mails, *scanner, kFolds);
  const Measured measured = cross_validate(examples, how);
  const lure::Model learned = lure::learn(examples, how);
  const lure::Model model =
      lure::Model::make(learned.weights(), learned.bias(), static_cast<float>(measured.calibration.slope),
                        static_cast<float>(measured.calibration.shift));
  const std::string bytes = model.write(kMostWeights);
  const std::string text = card(options, mails, examples, measured, bytes.size());
  put(text);
  const std::string beside = std::filesystem::path(options.output).replace_extension(".md").string();
  return write_file(options.output, bytes) && write_file(beside, text) ? 0 : 2;
}

}  // namespace sekisho::cli
