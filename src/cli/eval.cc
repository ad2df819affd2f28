// sekisho eval: takes labelled mail, gives counts by class with exact intervals, ROC points and the slowest mails. One
// class of ham may be large and easy, another small and hard: rates are printed by class, and their mean over classes
// beside the pooled one.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <mutex>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "cli/labelled.h"
#include "cli/workers.h"
#include "scan/inputs.h"
#include "scan/score.h"
#include "scan/statistics.h"

namespace sekisho::cli {
namespace {

struct Item {
  std::string name, label;
  double score = 0, milliseconds = 0;
  scan::Action action = scan::Action::accept;
  std::vector<std::string> rules;
  std::string error;  // why it has no verdict
};

struct Count {
  size_t total = 0, flagged = 0, quarantined = 0;
};

// Scans everything; items come out in the order of the input, also those that could not be read.
std::vector<Item> measure(const EvalOptions& options, const scan::Scanner& scanner,
                          const std::vector<Source>& sources) {
  std::mutex mutex;
  std::vector<Item> items;
  const scan::Settings& settings = scanner.settings();
  size_t total = 0;
  for (const Source& s : sources) total += s.one_mail || !terminal(2) ? 1 : scan::count_files(s.path);
  Progress progress(total);
  Workers workers(scanner, thread_count(options.threads), {}, [&](const Job& job, const scan::Verdict& v, double took) {
    const std::lock_guard lock(mutex);
    Item& item = items[job.number];
    item.milliseconds = took;
    item.score = scan::ranked_score(settings, v);
    item.action = v.action;
    item.error = v.error;
    for (const scan::Fired& f : v.rules) item.rules.push_back(f.rule);
    progress.step();
  });
  const auto add = [&](const std::string& name, const std::string& label, std::string error) {
    const std::lock_guard lock(mutex);
    items.push_back({name, label, 0, 0, {}, {}, std::move(error)});
    return items.size() - 1;
  };
  for (const Source& source : sources)
    each_labelled(
        source, options.mask, settings.limits,
        [&](Labelled m) {
          const size_t number = add(m.name, m.label, "");
          workers.add({number, std::move(m.name), std::move(m.bytes)});
        },
        [&](const std::string& name, const std::string& error) { add(name, source.label, error); });
  workers.finish();
  return items;
}

struct Report {
  std::map<std::string, Count> classes;
  std::map<std::string, std::map<std::string, size_t>> fired;  // rule → class → mails
  std::vector<double> positives;
  std::map<std::string, std::vector<double>> negatives;  // by group: all, each class, modern = all but old
  std::vector<const Item*> failed, slowest;
  size_t ham_classes = 0;
  double macro = 0;  // mean over classes of ham of the share that is flagged, which is what the banner threshold costs
};

constexpr double kRates[] = {0.001, 0.005, 0.01, 0.05};
constexpr size_t kSlowest = 5;

Report report_of(const std::vector<Item>& items) {
  Report out;
  for (const Item& item : items) {
    if (!item.error.empty()) {
      out.failed.push_back(&item);
      continue;
    }
    Count& c = out.classes[item.label];
    ++c.total;
    c.flagged += item.action != scan::Action::accept;
    c.quarantined += item.action >= scan::Action::quarantine;
    for (const std::string& r : item.rules) ++out.fired[r][item.label];
    out.slowest.push_back(&item);
    if (is_phish(item.label)) {
      out.positives.push_back(item.score);
      continue;
    }
    out.negatives["all"].push_back(item.score);
    out.negatives[item.label].push_back(item.score);
    if (item.label != "old") out.negatives["modern"].push_back(item.score);
  }
  for (const auto& [label, c] : out.classes) {
    if (is_phish(label)) continue;
    ++out.ham_classes;
    out.macro += static_cast<double>(c.flagged) / static_cast<double>(c.total);
  }
  if (out.ham_classes) out.macro /= static_cast<double>(out.ham_classes);
  const size_t most = std::min(kSlowest, out.slowest.size());
  std::partial_sort(out.slowest.begin(), out.slowest.begin() + static_cast<std::ptrdiff_t>(most), out.slowest.end(),
                    [](const Item* a, const Item* b) { return a->milliseconds > b->milliseconds; });
  out.slowest.resize(most);
  return out;
}

void print_json(const Report& report, const std::vector<Item>& items, bool rules) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("classes");
  json.begin_object();
  for (const auto& [label, c] : report.classes) {
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
  if (report.ham_classes) json.member("macro_false_positive_rate", report.macro);
  json.key("roc");
  json.begin_array();
  for (const auto& [group, scores] : report.negatives)
    for (const double rate : kRates) {
      const scan::RocPoint p = scan::roc_point(report.positives, scores, rate);
      json.begin_object();
      json.member("ham", group);
      json.member("false_positive_rate", rate);
      json.member("threshold", p.threshold);
      json.member("false_positives", uint64_t{p.false_positives});
      json.member("negatives", uint64_t{scores.size()});
      json.member("found", uint64_t{p.true_positives});
      json.member("phish", uint64_t{report.positives.size()});
      json.end_object();
    }
  json.end_array();
  json.key("slowest");
  json.begin_array();
  for (const Item* item : report.slowest) {
    json.begin_object();
    json.member("path", item->name);
    json.key("milliseconds");
    json.raw(fmt::format("{:.3f}", item->milliseconds));
    json.end_object();
  }
  json.end_array();
  if (rules) {
    json.key("rules");
    json.begin_object();
    for (const auto& [rule, by_class] : report.fired) {
      json.key(rule);
      json.begin_object();
      for (const auto& [label, n] : by_class) json.member(label, uint64_t{n});
      json.end_object();
    }
    json.end_object();
  }
  json.key("failed");
  json.begin_array();
  for (const Item* item : report.failed) {
    json.begin_object();
    json.member("path", item->name);
    json.member("class", item->label);
    json.member("error", item->error);
    json.end_object();
  }
  json.end_array();
  json.key("mails");
  json.begin_array();
  for (const Item& item : items) {
    if (!item.error.empty()) continue;
    json.begin_object();
    json.member("path", item.name);
    json.member("class", item.label);
    json.member("score", item.score);
    json.member("verdict", scan::to_string(item.action));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  put(out + "\n");
}

// The threshold is the first number above a score that must not count; rounded, it would read as that score itself.
std::string threshold_text(double threshold) {
  return std::isinf(threshold) ? "any score    " : fmt::format("score > {:>5.1f}", threshold);
}

void print_text(const Report& report, bool rules) {
  std::string out = "class          mails   flagged (exact 95 % interval)      quarantined\n";
  for (const auto& [label, c] : report.classes)
    out += fmt::format("{:<12} {:>7}   {:>5} {}   {:>5} {}\n", printable(label), c.total, c.flagged,
                       interval_text(c.flagged, c.total), c.quarantined, interval_text(c.quarantined, c.total));
  if (!report.positives.empty() && !report.negatives.empty()) {
    out += "\nfound at a given share of false positives (threshold, false positives, phish found)\n";
    for (const auto& [group, scores] : report.negatives)
      for (const double rate : kRates) {
        const scan::RocPoint p = scan::roc_point(report.positives, scores, rate);
        out += fmt::format("{:<12} {:>5.1f} %  {}  {:>4}/{:<5}  {}\n", printable(group), rate * 100,
                           threshold_text(p.threshold), p.false_positives, scores.size(),
                           interval_text(p.true_positives, report.positives.size()));
      }
  }
  if (report.ham_classes)
    out += fmt::format("\nmacro-average: {:.2f} % of ham flagged (mean of {} classes, at the banner threshold)\n",
                       100 * report.macro, report.ham_classes);
  out += "\nslowest\n";
  for (const Item* item : report.slowest)
    out += fmt::format("{:8.2f} ms  {}\n", item->milliseconds, printable(item->name));
  if (rules) {
    out += "\nrules (mails of each class on which a rule fired)\n";
    for (const auto& [rule, by_class] : report.fired) {
      out += fmt::format("{:<52}", printable(rule));
      for (const auto& [label, n] : by_class) out += fmt::format("  {} {}", printable(label), n);
      out += "\n";
    }
  }
  put(out);
}

}  // namespace

int eval_command(const EvalOptions& options, const Clock& clock) {
  std::vector<Source> sources;
  if (!read_sources(options.manifest, options.phish, options.ham, sources)) return 2;
  if (options.fit) return eval_fit_command(options, sources, clock);
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;
  const std::vector<Item> items = measure(options, *scanner, sources);
  const Report report = report_of(items);
  options.json ? print_json(report, items, options.rules) : print_text(report, options.rules);

  constexpr size_t kNamed = 10;
  for (size_t i = 0; i < report.failed.size() && i < kNamed; ++i)
    complain(report.failed[i]->name, report.failed[i]->error);
  if (!report.failed.empty())
    complain("", std::to_string(report.failed.size()) + " could not be read" +
                     (report.failed.size() > kNamed ? ", " + std::to_string(kNamed) + " of them are named above" : ""));
  return report.failed.empty() ? 0 : 2;
}

}  // namespace sekisho::cli
