// Takes a corpus, gives the figures of five folds and the calibration. Entries: cross_validate, learn_all. Refuses
// nothing: sets that are not there give no figures.
#include "attack/measure.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "attack/learn.h"

namespace sekisho::attack {
namespace {

bool held_out(Set set) {
  return set == Set::procedure || set == Set::report || set == Set::identity || set == Set::japanese;
}

struct Judged {
  uint32_t rank = 0, rank_in_reports = 0;
  bool done = false;
  std::vector<float> top;  // scores of the best, the true one's first: enough for the calibration
};

constexpr size_t kForCalibration = 40;

Table learn_without(const Corpus& corpus, const std::vector<Example>& examples, uint32_t fold, bool plain) {
  std::vector<const Example*> seen;
  for (size_t i = 0; i < examples.size(); ++i) {
    const Corpus::Sentence& s = corpus.sentences[i];
    if (held_out(s.set) && s.fold == fold) continue;
    if (!plain && s.set == Set::japanese_plain) continue;
    seen.push_back(&examples[i]);
  }
  return learn(seen, corpus.techniques.size());
}

uint32_t rank_of(std::span<const float> scores, uint32_t technique, const std::vector<bool>* only) {
  uint32_t rank = 0;
  for (uint32_t k = 0; k < scores.size(); ++k)
    if (k != technique && (!only || (*only)[k]) &&
        (scores[k] > scores[technique] || (scores[k] == scores[technique] && k < technique)))
      ++rank;
  return rank;
}

Judged judge(const Table& table, const Example& example, const std::vector<bool>& reports, std::vector<float>& scores) {
  std::vector<Table::Known> known;
  table.known(example.places, known);
  table.score(known, scores);
  Judged out;
  out.done = true;
  out.rank = rank_of(scores, example.technique, nullptr);
  out.rank_in_reports = rank_of(scores, example.technique, &reports);
  std::vector<float> all = scores;
  std::swap(all[0], all[example.technique]);
  std::partial_sort(all.begin() + 1, all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kForCalibration)),
                    all.end(), std::greater<>());
  all.resize(std::min(all.size(), kForCalibration));
  out.top = std::move(all);
  return out;
}

double loss(const std::vector<Judged>& judged, float slope, double* promised) {
  double sum = 0, best = 0;
  size_t n = 0;
  for (const Judged& j : judged) {
    if (!j.done) continue;
    std::vector<float> shares = j.top;
    to_shares(shares, slope);
    sum -= std::log(std::max(1e-12, double{shares[0]}));
    best += std::ranges::max(shares);
    ++n;
  }
  if (promised) *promised = n ? best / static_cast<double>(n) : 0;
  return n ? sum / static_cast<double>(n) : 0;
}

}  // namespace

Table learn_all(const Corpus& corpus) {
  const std::vector<Example> examples = corpus.examples();
  std::vector<const Example*> all;
  for (const Example& e : examples) all.push_back(&e);
  return learn(all, corpus.techniques.size());
}

Measured cross_validate(const Corpus& corpus, unsigned threads, bool without_plain) {
  const std::vector<Example> examples = corpus.examples();
  std::vector<bool> reports(corpus.techniques.size());
  for (const Corpus::Sentence& s : corpus.sentences)
    if (s.set == Set::report) reports[s.technique] = true;
  std::vector<Judged> judged(examples.size()), bare(examples.size());
  std::atomic<uint32_t> next = 0;
  const auto work = [&] {
    std::vector<float> scores(corpus.techniques.size());
    for (uint32_t job = next++; job < (without_plain ? 2 : 1) * kFolds; job = next++) {
      const uint32_t fold = job % kFolds;
      const bool plain = job < kFolds;
      const Table table = learn_without(corpus, examples, fold, plain);
      for (size_t i = 0; i < examples.size(); ++i) {
        const Corpus::Sentence& s = corpus.sentences[i];
        if (!held_out(s.set) || s.fold != fold || (!plain && s.set != Set::japanese)) continue;
        (plain ? judged : bare)[i] = judge(table, examples[i], reports, scores);
      }
    }
  };
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < std::min(threads, 2 * kFolds); ++i) workers.emplace_back(work);
    work();
  }

  Measured out;
  const auto figure = [&](const std::string& name, uint32_t within, const std::vector<Judged>& from, bool in_reports,
                          const auto& wanted) {
    Figure f{"attack/" + name + "_top" + std::to_string(within), 0, 0};
    for (size_t i = 0; i < from.size(); ++i) {
      if (!from[i].done || !wanted(corpus.sentences[i])) continue;
      ++f.total;
      f.right += (in_reports ? from[i].rank_in_reports : from[i].rank) < within;
    }
    if (f.total > 0) out.figures.push_back(std::move(f));
  };
  const auto is_identity = [&](const Corpus::Sentence& s) {
    return std::ranges::binary_search(corpus.identity, s.technique);
  };
  for (const uint32_t within : {1u, 3u}) {
    using S = const Corpus::Sentence&;
    figure("tram", within, judged, true, [](S s) { return s.set == Set::report; });
    figure("procedures", within, judged, false, [](S s) { return s.set == Set::procedure; });
    figure("identity_procedures", within, judged, false,
           [&](S s) { return s.set == Set::procedure && is_identity(s); });
    figure("identity_enlarged", within, judged, false,
           [&](S s) { return (s.set == Set::procedure || s.set == Set::identity) && is_identity(s); });
    figure("identity_own_en", within, judged, false, [](S s) { return s.set == Set::identity; });
    figure("japanese", within, judged, false, [](S s) { return s.set == Set::japanese; });
    figure("japanese_without_plain", within, bare, false, [](S s) { return s.set == Set::japanese; });
  }
  float low = 0.1f, high = 4;  // golden section: the loss has one valley
  for (int i = 0; i < 40; ++i) {
    const float a = low + 0.382f * (high - low), b = low + 0.618f * (high - low);
    if (loss(judged, a, nullptr) < loss(judged, b, nullptr)) high = b;
    else low = a;
  }
  out.slope = (low + high) / 2;
  loss(judged, out.slope, &out.promised);
  size_t first = 0, all = 0;
  for (const Judged& j : judged) first += j.done && j.rank == 0, all += j.done;
  out.kept = all ? static_cast<double>(first) / static_cast<double>(all) : 0;
  return out;
}

}  // namespace sekisho::attack
