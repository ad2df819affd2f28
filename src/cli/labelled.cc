// Takes a manifest or folders, gives labelled mail, its folds and weights. Entries: read_sources, each_labelled,
// folds_of, weights_of, examples_of. Refuses manifests without classes and folders that are not there.
#include "cli/labelled.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "base/strings.h"
#include "cli/cli.h"
#include "scan/inputs.h"
#include "scan/statistics.h"

namespace sekisho::cli {

namespace {

// What somebody wrote for a suite; all else was received.
bool is_written(std::string_view label) { return label == "attack" || label == "honest"; }
constexpr double kWritten = 0.4;  // of the weight of mail that was received: it is tidier, and shows fewer accidents

}  // namespace

bool is_phish(std::string_view label) { return label == "phish" || label == "attack"; }

std::string interval_text(size_t found, size_t total) {
  const scan::Interval i = scan::exact_interval(found, total);
  const double share = total ? 100.0 * static_cast<double>(found) / static_cast<double>(total) : 0;
  return fmt::format("{:6.2f} %  [{:.2f}, {:.2f}]", share, 100 * i.low, 100 * i.high);
}

bool read_manifest(const std::string& path, std::vector<Source>& sources, std::string_view by_column) {
  const auto text = read_file(path, 256u << 20);
  if (!text) {
    complain("", text.error().text);
    return false;
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  size_t number = 0, label = 1, cluster = 3;
  for (const std::string_view line : split(*text, '\n')) {
    ++number;
    if (trim(line).empty() || line[0] == '#') continue;
    const auto columns = split(line, '\t');
    if (columns[0] == "path") {
      const auto column = [&](std::string_view name, size_t otherwise) {
        const auto at = std::ranges::find(columns, name);
        return at == columns.end() ? otherwise : static_cast<size_t>(at - columns.begin());
      };
      label = column("class", column("label", 1));
      cluster = column(by_column, columns.size());
      continue;
    }
    if (columns.size() <= label) {
      complain(path + ":" + std::to_string(number), "path and class expected, separated by a tab");
      return false;
    }
    sources.push_back({(folder / std::string(columns[0])).string(), std::string(trim(columns[label])),
                       columns.size() > cluster ? std::string(trim(columns[cluster])) : std::string(), true});
  }
  return true;
}

bool read_sources(const std::string& manifest, const std::string& phish, const std::string& ham,
                  std::vector<Source>& sources) {
  if (!manifest.empty() && !read_manifest(manifest, sources)) return false;
  for (const auto& [path, label] : {std::pair(phish, "phish"), std::pair(ham, "ham")}) {
    if (path.empty()) continue;
    std::error_code code;
    if (!std::filesystem::exists(path, code)) {
      complain(path, code ? code.message() : "no such folder");
      return false;
    }
    sources.push_back({path, label, "", false});
  }
  if (sources.empty()) complain("", "nothing to measure: give --manifest FILE, or --phish DIR and --ham DIR");
  return !sources.empty();
}

std::string masked(std::string bytes, const std::vector<std::string>& names) {
  if (names.empty()) return bytes;
  const mail::HeaderBlock block = mail::slice_headers(bytes);
  std::string out;
  size_t from = 0;
  for (const mail::HeaderField& f : block.fields) {
    bool hide = false;
    for (const std::string& n : names) hide |= iequals(f.name, n);
    if (!hide) continue;
    out.append(bytes, from, f.offset - from);
    from = f.offset + f.length;
  }
  return out.append(bytes, from);
}

void each_labelled(const Source& source, const std::vector<std::string>& mask, const Limits& limits,
                   const std::function<void(Labelled)>& mail,
                   const std::function<void(const std::string& name, const std::string& error)>& error) {
  const auto give = [&](const std::string& name, std::string bytes) {
    mail({name, source.label, source.cluster.empty() ? name : source.cluster, masked(std::move(bytes), mask), false});
  };
  const auto refuse = [&](const std::string& name, const Error& e) { error(name, e.text); };
  if (!source.one_mail) scan::each_mail(source.path, limits, give, refuse);
  else if (auto bytes = scan::read_mail(source.path, limits)) give(source.path, std::move(*bytes));
  else refuse(source.path, bytes.error());
}

std::vector<Labelled> read_labelled(const std::vector<Source>& sources, const std::vector<std::string>& mask,
                                    const Limits& limits) {
  std::vector<Labelled> out;
  for (const Source& s : sources)
    each_labelled(
        s, mask, limits, [&](Labelled m) { out.push_back(std::move(m)); },
        [](const std::string& name, const std::string& error) { complain(name, error); });
  return out;
}

bool add_learned_only(const std::vector<std::string>& manifests, const std::vector<std::string>& mask,
                      const Limits& limits, std::vector<Labelled>& mails) {
  for (const std::string& manifest : manifests) {
    std::vector<Source> sources;
    if (!read_manifest(manifest, sources)) return false;
    for (Labelled& m : read_labelled(sources, mask, limits)) {
      m.learned_only = true;
      mails.push_back(std::move(m));
    }
  }
  return true;
}

std::vector<uint32_t> folds_of(const std::vector<Labelled>& mails, uint32_t count) {
  // The largest clusters first, each to the fold that has least of its class.
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> clusters;
  std::map<std::string, std::string> class_of;  // a cluster may hold several classes: the first one's
  std::vector<uint32_t> out(mails.size(), count);
  for (size_t i = 0; i < mails.size(); ++i) {
    if (mails[i].learned_only) continue;
    const std::string& label = class_of.try_emplace(mails[i].cluster, mails[i].label).first->second;
    clusters[{label, mails[i].cluster}].push_back(i);
  }
  std::vector<std::pair<const std::string*, const std::vector<size_t>*>> sorted;
  for (const auto& [key, members] : clusters) sorted.emplace_back(&key.first, &members);
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second->size() > b.second->size(); });
  std::map<std::string, std::vector<size_t>> filled;
  for (const auto& [label, members] : sorted) {
    auto& of = filled[*label];
    of.resize(count);
    const auto fold = static_cast<size_t>(std::ranges::min_element(of) - of.begin());
    of[fold] += members->size();
    for (const size_t i : *members) out[i] = static_cast<uint32_t>(fold);
  }
  return out;
}

bool enough_to_learn(const std::vector<Labelled>& mails, uint32_t count) {
  const std::vector<uint32_t> folds = folds_of(mails, count);
  std::set<std::string> clusters[2];  // of ham, of phish
  std::set<uint32_t> used[2];
  for (size_t i = 0; i < mails.size(); ++i) {
    if (mails[i].learned_only) continue;
    clusters[is_phish(mails[i].label)].insert(mails[i].cluster);
    used[is_phish(mails[i].label)].insert(folds[i]);
  }
  const size_t ham = clusters[0].size(), phish = clusters[1].size();
  if (ham == 0 || phish == 0) {
    complain("", "learning needs phish and ham: one of them is missing");
    return false;
  }
  if (ham < count || phish < count) {
    complain("",
             fmt::format("learning needs at least {} clusters of phish and of ham, for {} folds (near-copies are one "
                         "cluster); there are {} of phish, {} of ham",
                         count, count, phish, ham));
    return false;
  }
  constexpr size_t kLeast = 3;
  if (used[0].size() >= kLeast && used[1].size() >= kLeast) return true;
  complain("", fmt::format("learning needs phish and ham in {} folds or more: give one class of each at least {} "
                           "clusters (near-copies are one cluster)",
                           kLeast, count));
  return false;
}

std::vector<float> weights_of(const std::vector<Labelled>& mails) {
  std::map<std::string, double> cluster_size, class_weight;
  for (const Labelled& m : mails) ++cluster_size[m.cluster];
  const auto share = [&](const Labelled& m) { return 1 / std::sqrt(cluster_size[m.cluster]); };
  for (const Labelled& m : mails) class_weight[m.label] += share(m);
  // A class counts as the root of its size: a small one is not drowned, a large one not wasted.
  double sides[2] = {0, 0};
  for (const auto& [label, weight] : class_weight) sides[is_phish(label)] += std::sqrt(weight);
  std::vector<float> out;
  for (const Labelled& m : mails) {
    const double of_class = class_weight[m.label];
    const double part = std::sqrt(of_class) / sides[is_phish(m.label)] / 2;  // the two sides are a half each
    const double weight = share(m) / of_class * part * static_cast<double>(mails.size());
    out.push_back(static_cast<float>(is_written(m.label) ? kWritten * weight : weight));
  }
  return out;
}

std::vector<lure::Example> examples_of(const std::vector<Labelled>& mails, const scan::Scanner& scanner,
                                       uint32_t folds) {
  const std::vector<uint32_t> fold = folds_of(mails, folds);
  const std::vector<float> weight = weights_of(mails);
  std::vector<lure::Example> out(mails.size());
  for (size_t i = 0; i < mails.size(); ++i) {
    out[i].phish = is_phish(mails[i].label);
    out[i].weight = weight[i];
    out[i].fold = fold[i];
    if (!scanner.features({mails[i].bytes, mails[i].name, {}}, out[i].features)) out[i].features = {};  // left out
  }
  return out;
}

}  // namespace sekisho::cli
