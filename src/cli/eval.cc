// sekisho eval: takes labelled mail, gives counts by class with exact intervals, ROC points and the slowest mails. One
// class of ham may be large and easy, another small and hard: rates are printed by class and macro-averaged, never
// pooled alone.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "scan/inputs.h"
#include "scan/statistics.h"

namespace sekisho::cli {
namespace {

struct Item {
  std::string path, label, source;
  double score = 0, milliseconds = 0;
  scan::Action action = scan::Action::accept;
  std::vector<std::string> rules;
  bool failed = false;
};

bool read_manifest(const std::string& path, std::vector<Item>& items) {
  const auto text = scan::read_file(path, 256u << 20);
  if (!text) {
    std::fprintf(stderr, "sekisho: %s\n", text.error().text.c_str());
    return false;
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  size_t number = 0;
  for (const std::string_view line : split(*text, '\n')) {
    ++number;
    if (trim(line).empty() || line[0] == '#') continue;
    const auto columns = split(line, '\t');
    if (columns.size() < 2) {
      std::fprintf(stderr, "sekisho: %s:%zu: path and class expected, separated by a tab\n", path.c_str(), number);
      return false;
    }
    if (columns[0] == "path") continue;
    Item item;
    item.path = (folder / std::string(columns[0])).string();
    item.label = columns[1];
    if (columns.size() > 2) item.source = columns[2];
    items.push_back(std::move(item));
  }
  return true;
}

void add_folder(const std::string& folder, const std::string& label, std::vector<Item>& items) {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->is_regular_file()) found.push_back(it->path().string());
  std::sort(found.begin(), found.end());
  for (std::string& f : found) items.push_back({std::move(f), label, label, 0, 0, {}, {}, false});
}

// Cuts whole header fields out, so that figures do not rest on marks of the collection.
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

bool is_phish(const Item& item) { return item.label == "phish" || item.label == "attack"; }

struct Count {
  size_t total = 0, flagged = 0, quarantined = 0;
};

std::string interval_text(size_t found, size_t total) {
  const scan::Interval i = scan::exact_interval(found, total);
  return fmt::format("{:6.2f} %  [{:.2f}, {:.2f}]",
                     total ? 100.0 * static_cast<double>(found) / static_cast<double>(total) : 0.0, 100 * i.low,
                     100 * i.high);
}

}  // namespace

int eval_command(const EvalOptions& options, const Clock& clock) {
  std::vector<Item> items;
  if (!options.manifest.empty() && !read_manifest(options.manifest, items)) return 2;
  if (!options.phish.empty()) add_folder(options.phish, "phish", items);
  if (!options.ham.empty()) add_folder(options.ham, "ham", items);
  if (items.empty()) {
    std::fprintf(stderr, "sekisho: nothing to measure: give --manifest FILE, or --phish DIR and --ham DIR\n");
    return 2;
  }
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;

  std::atomic<size_t> next{0};
  Progress progress(items.size());
  {
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < thread_count(options.threads); ++t)
      threads.emplace_back([&] {
        scan::Scanner::Scratch scratch(*scanner);
        for (size_t i = next++; i < items.size(); i = next++) {
          Item& item = items[i];
          auto bytes = scan::read_file(item.path, scanner->settings().limits.mail_bytes);
          if (!bytes) {
            item.failed = true;
            continue;
          }
          const std::string mail = masked(std::move(*bytes), options.mask);
          const auto start = std::chrono::steady_clock::now();
          const scan::Verdict v = scanner->scan({mail, item.path, {}}, scratch);
          item.milliseconds =
              std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
          item.score = v.score;
          item.action = v.action;
          // A floor must show in the ROC too: it counts as the score of its action.
          if (!v.floor_rule.empty())
            item.score = std::max(item.score, v.action >= scan::Action::quarantine ? scanner->settings().quarantine
                                                                                   : scanner->settings().banner);
          for (const scan::Fired& f : v.rules) item.rules.push_back(f.rule);
          progress.step();
        }
      });
  }

  std::map<std::string, Count> classes;
  std::map<std::string, std::map<std::string, size_t>> fired;
  size_t failed = 0;
  for (const Item& item : items) {
    failed += item.failed;
    if (item.failed) continue;
    Count& c = classes[item.label];
    ++c.total;
    c.flagged += item.action != scan::Action::accept;
    c.quarantined += item.action >= scan::Action::quarantine;
    for (const std::string& r : item.rules) ++fired[r][item.label];
  }
  std::vector<double> positives;
  std::map<std::string, std::vector<double>> negatives;  // by group: all, each class, modern = all but old
  for (const Item& item : items) {
    if (item.failed) continue;
    if (is_phish(item)) {
      positives.push_back(item.score);
      continue;
    }
    negatives["all"].push_back(item.score);
    negatives[item.label].push_back(item.score);
    if (item.label != "old") negatives["modern"].push_back(item.score);
  }
  std::vector<const Item*> slow;
  for (const Item& item : items) slow.push_back(&item);
  std::sort(slow.begin(), slow.end(), [](const Item* a, const Item* b) { return a->milliseconds > b->milliseconds; });

  if (options.json) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.key("classes");
    json.begin_object();
    for (const auto& [label, c] : classes) {
      json.key(label);
      json.begin_object();
      json.member("total", uint64_t{c.total});
      json.member("flagged", uint64_t{c.flagged});
      json.member("quarantined", uint64_t{c.quarantined});
      const scan::Interval i = scan::exact_interval(c.flagged, c.total);
      json.member("flagged_low", i.low);
      json.member("flagged_high", i.high);
      json.end_object();
    }
    json.end_object();
    json.key("roc");
    json.begin_array();
    for (const auto& [group, scores] : negatives)
      for (const double rate : {0.001, 0.005, 0.01, 0.05}) {
        const scan::RocPoint p = scan::roc_point(positives, scores, rate);
        json.begin_object();
        json.member("ham", group);
        json.member("false_positive_rate", rate);
        json.member("threshold", p.threshold);
        json.member("false_positives", uint64_t{p.false_positives});
        json.member("negatives", uint64_t{scores.size()});
        json.member("found", uint64_t{p.true_positives});
        json.member("phish", uint64_t{positives.size()});
        json.end_object();
      }
    json.end_array();
    json.key("mails");
    json.begin_array();
    for (const Item& item : items) {
      json.begin_object();
      json.member("path", item.path);
      json.member("class", item.label);
      json.member("score", item.score);
      json.member("verdict", scan::to_string(item.action));
      json.end_object();
    }
    json.end_array();
    json.end_object();
    std::printf("%s\n", out.c_str());
    return failed ? 2 : 0;
  }

  fmt::print("class          mails   flagged (exact 95 % interval)      quarantined\n");
  for (const auto& [label, c] : classes)
    fmt::print("{:<12} {:>7}   {:>5} {}   {:>5} {}\n", label, c.total, c.flagged, interval_text(c.flagged, c.total),
               c.quarantined, interval_text(c.quarantined, c.total));
  if (!positives.empty()) {
    fmt::print("\nfound at a given share of false positives (threshold, false positives, phish found)\n");
    for (const auto& [group, scores] : negatives)
      for (const double rate : {0.001, 0.005, 0.01, 0.05}) {
        const scan::RocPoint p = scan::roc_point(positives, scores, rate);
        fmt::print("{:<12} {:>5.1f} %  score ≥ {:>5.1f}  {:>4}/{:<5}  {}\n", group, rate * 100, p.threshold,
                   p.false_positives, scores.size(), interval_text(p.true_positives, positives.size()));
      }
  }
  fmt::print("\nslowest\n");
  for (size_t i = 0; i < slow.size() && i < 5; ++i)
    fmt::print("{:8.2f} ms  {}\n", slow[i]->milliseconds, slow[i]->path);
  if (options.rules) {
    fmt::print("\nrules (mails of each class on which a rule fired)\n");
    for (const auto& [rule, by_class] : fired) {
      fmt::print("{:<52}", rule);
      for (const auto& [label, n] : by_class) fmt::print("  {} {}", label, n);
      fmt::print("\n");
    }
  }
  if (failed) fmt::print(stderr, "sekisho: {} mails could not be read\n", failed);
  return failed ? 2 : 0;
}

}  // namespace sekisho::cli
