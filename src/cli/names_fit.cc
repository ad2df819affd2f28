// sekisho names fit: the weights of features, and what plans are made of, counted on reported and honest hosts.
// Reported hosts are split by time, honest ones by a hash of their name: what is fitted is never what is tested.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "brand/fit.h"
#include "cli/names.h"
#include "cli/names_hosts.h"

namespace sekisho::cli {
namespace {

using brand::Judgement;

constexpr double kPenalty = 2;
constexpr float kTellExact = 0.0F, kTellNear = 2.0F;  // as often among reported hosts; seven times as often
constexpr int kRounds = 4;
constexpr size_t kTldRows = 100;  // a TLD with fewer hosts has no weight of its own

constexpr double kFitPerMillion = 100;

std::string as_toml(const brand::Weights& w, const std::string& made_by) {
  std::string out =
      "# Weights of the features of look-alike names: natural logarithms of odds.\n# Made by: " + made_by +
      "\n# Features: docs/names.md. From the sum `flag` on, a host is called a look-alike.\n";
  out += fmt::format("start = {:.4f}\ntell_exact = {:.2f}\ntell_near = {:.2f}\nflag = {:.2f}\n\n[features]\n", w.start,
                     w.tell_exact, w.tell_near, w.flag);
  for (brand::Feature f = 0; f < brand::feature::kFixed; ++f)
    if (w.of[f] != 0) out += fmt::format("\"{}\" = {:.4f}\n", brand::feature_name(f), w.of[f]);
  out += "\n[tlds]\n";
  std::map<std::string, float> tlds(w.tlds.begin(), w.tlds.end());
  for (const auto& [tld, weight] : tlds) out += fmt::format("\"{}\" = {:.4f}\n", tld, weight);
  return out;
}

std::string command_line(const NamesOptions& o) {
  return "sekisho names fit --reported FILE --honest FILE --year " + o.until +
         (o.checked.empty() ? "" : " --checked FILE");
}

std::string as_toml(const brand::PlanModel& m, const std::string& made_by) {
  std::string out =
      "# What look-alike domains are made of: shares. \"before|after\" stand around a token.\n# Made by: " + made_by +
      fmt::format("\nedited = {:.4f}\n", m.edited);
  for (const auto& [name, shares] :
       {std::pair{"affixes", &m.affixes}, {"edits", &m.edits}, {"suffixes", &m.suffixes}}) {
    out += fmt::format("\n[{}]\n", name);
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [key, share] : *shares) order.emplace_back(-share, key);
    std::ranges::sort(order);
    for (const auto& [share, key] : order) out += fmt::format("\"{}\" = {:.5f}\n", key, -share);
  }
  return out;
}

}  // namespace

brand::Weights fit_weights(const scan::Content& content, const Hosts& hosts, const std::string& until,
                           const std::function<bool(brand::Index)>& left_out) {
  auto reported = hosts_of(hosts, [&](std::string_view year) { return year < until; });
  std::vector<std::string_view> honest;
  for (const std::string& h : hosts.honest)
    if (!unseen(h) && !hosts.known_bad.contains(print_of(h))) honest.push_back(h);

  brand::Weights weights;
  std::map<std::string, size_t> tlds;
  for (const auto* list : {&reported, &honest})
    for (const std::string_view h : *list) {
      const std::string_view suffix = content.suffixes->suffix(h);
      if (suffix.empty()) continue;
      if (!content.suffixes->is_private_suffix(h) && suffix.find('.') != std::string_view::npos)
        ++tlds[std::string(suffix)];
      ++tlds[std::string(h.substr(h.rfind('.') + 1))];
    }
  for (const auto& [tld, count] : tlds)
    if (count >= kTldRows) weights.tlds.emplace(tld, 0.0F);
  // To begin with: the nearer, the better.
  for (size_t o = 0; o < brand::kOperators; ++o)
    for (size_t n : {2, 3, 4, 5, 7, 9, 12})
      weights.of[brand::feature::of_length(static_cast<brand::Operator>(o), n)] =
          static_cast<float>(n) / 4 - static_cast<float>(o) / 2;

  for (int round = 0; round < kRounds; ++round) {
    const brand::Judge judge = content.judge->reweighed(weights);
    std::vector<brand::FitRow> rows;
    size_t totals[2] = {0, 0};
    const auto take = [&](std::string_view host, bool is_reported) {
      const Judgement j = judge.judge(host);
      if (is_reported && j.brand && left_out && left_out(*j.brand)) return;
      ++totals[is_reported];
      if (j.state != Judgement::State::resembles) return;
      rows.push_back({{j.features.begin(), j.features.begin() + j.feature_count}, is_reported, 1});
    };
    for (const std::string_view h : reported) take(h, true);
    for (const std::string_view h : honest) take(h, false);
    const brand::Fitted fitted = fit(rows, brand::feature::kFixed + weights.tlds.size(), kPenalty);
    for (size_t f = 0; f < brand::feature::kFixed; ++f) weights.of[f] = static_cast<float>(fitted.of[f]);
    std::vector<std::string> names;
    for (const auto& [tld, w] : weights.tlds) names.push_back(tld);
    std::ranges::sort(names);
    for (size_t i = 0; i < names.size(); ++i)
      weights.tlds[names[i]] = static_cast<float>(fitted.of[brand::feature::kFixed + i]);
    // The start so that the sum is a likelihood ratio: for as many reported as honest hosts.
    weights.start = static_cast<float>(
        fitted.start - std::log(static_cast<double>(totals[1]) / static_cast<double>(std::max<size_t>(1, totals[0]))));
    std::fprintf(stderr, "round %d: %zu rows, loss %.5f\n", round + 1, rows.size(), fitted.loss);
  }
  weights.tell_exact = kTellExact;
  weights.tell_near = kTellNear;
  // The flag: so many false positives in a million of the honest hosts that were fitted.
  const brand::Judge judge = content.judge->reweighed(weights);
  std::vector<float> sums;
  for (const std::string_view h : honest)
    if (const Judgement j = judge.judge(h); j.state == Judgement::State::resembles) sums.push_back(j.log_odds);
  std::ranges::sort(sums, std::greater<>());
  const auto allowed = static_cast<size_t>(static_cast<double>(honest.size()) * kFitPerMillion / 1e6);
  weights.flag = allowed < sums.size() ? std::ceil(sums[allowed] * 100 + 1) / 100 : 0;
  return weights;
}

int names_fit_command(const NamesOptions& options) {
  const auto content = load_names(options);
  Hosts hosts;
  if (!content || !read_hosts(options, hosts)) return 2;
  const size_t reported = hosts_of(hosts, [&](std::string_view year) { return year < options.until; }).size();
  if (reported == 0 || std::ranges::all_of(hosts.honest, unseen)) {
    complain("", fmt::format("nothing to fit: {} hosts reported before {}, {} honest ones", reported, options.until,
                             hosts.honest.size()));
    return 2;
  }
  const brand::Weights weights = fit_weights(*content, hosts, options.until, {});
  const std::string text = as_toml(weights, command_line(options));
  if (options.output.empty()) put(text);
  else if (!write_file(options.output, text)) return 2;
  if (options.plan.empty()) return 0;
  const auto model = learn_plan(content->judge->reweighed(weights), *content->suffixes,
                                hosts_of(hosts, [&](std::string_view year) { return year < options.until; }));
  return write_file(options.plan, as_toml(model, command_line(options) + " --plan FILE")) ? 0 : 2;
}

}  // namespace sekisho::cli
