// sekisho names fit, eval: reported and honest hosts in; weights, or figures, out. Reported hosts are split by time,
// honest ones by a hash of their name: what is fitted is never what is tested.
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "base/sha256.h"
#include "base/strings.h"
#include "brand/fit.h"
#include "cli/names.h"

namespace sekisho::cli {
namespace {

using brand::Judgement;

struct Reported {
  std::string year, label, host;
};

// Honest hosts whose names have an odd checksum stay unseen while anything is fitted or written.
bool unseen(std::string_view host) {
  return (crc32(0, reinterpret_cast<const Bytef*>(host.data()), static_cast<uInt>(host.size())) & 1) != 0;
}

std::string print_of(std::string_view host) { return sha256_hex(host).substr(0, 16); }

struct Hosts {
  std::vector<Reported> reported;  // distinct pairs of label and host
  std::vector<std::string> honest;
  std::set<std::string, std::less<>> known_bad;  // prints of honest hosts that are none
};

template <class F>
bool each_line_of(const std::string& path, F each) {
  std::FILE* in = std::fopen(path.c_str(), "r");
  if (in == nullptr) {
    complain(path, "cannot be read");
    return false;
  }
  each_line(in, 64 << 10, [&](std::string_view line, bool whole) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (whole && !line.empty() && !line.starts_with('#')) each(line);
  });
  std::fclose(in);
  return true;
}

bool read_hosts(const NamesOptions& options, Hosts& out) {
  size_t seen_column = 0, label_column = 1, host_column = 2;
  bool header = true;
  std::set<std::pair<std::string, std::string>> distinct;
  if (!each_line_of(options.reported, [&](std::string_view line) {
        const auto fields = split(line, '\t');
        if (std::exchange(header, false)) {
          for (size_t i = 0; i < fields.size(); ++i) {
            if (fields[i] == "first_seen") seen_column = i;
            if (fields[i] == "brand") label_column = i;
            if (fields[i] == "host") host_column = i;
          }
          return;
        }
        if (fields.size() <= std::max({seen_column, label_column, host_column})) return;
        Reported r{std::string(fields[seen_column].substr(0, 4)), std::string(fields[label_column]),
                   ascii_lower(fields[host_column])};
        if (distinct.emplace(r.label, r.host).second) out.reported.push_back(std::move(r));
      }))
    return false;
  std::set<std::string, std::less<>> once;
  if (!each_line_of(options.honest, [&](std::string_view line) {
        if (once.emplace(line).second) out.honest.emplace_back(line);
      }))
    return false;
  if (!options.checked.empty() &&
      !each_line_of(options.checked, [&](std::string_view line) { out.known_bad.emplace(line.substr(0, 16)); }))
    return false;
  return true;
}

// Distinct hosts of a span of years, in the order of the file.
std::vector<std::string_view> hosts_of(const Hosts& hosts, const std::function<bool(std::string_view year)>& wanted) {
  std::vector<std::string_view> out;
  std::set<std::string_view> once;
  for (const Reported& r : hosts.reported)
    if (wanted(r.year) && once.insert(r.host).second) out.push_back(r.host);
  return out;
}

constexpr double kPenalty = 2;
constexpr float kTell = 2.0F;  // seven times as often among reported hosts
constexpr int kRounds = 4;
constexpr size_t kTldRows = 100;  // a TLD with fewer hosts has no weight of its own

// The weights by all but the rows whose brand `left_out` names.
brand::Weights fit_weights(const scan::Content& content, const Hosts& hosts, const std::string& until,
                           const std::function<bool(brand::Index)>& left_out, double per_million) {
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
  weights.tell = kTell;
  // The flag: so many false positives in a million of the honest hosts that were fitted.
  const brand::Judge judge = content.judge->reweighed(weights);
  std::vector<float> sums;
  for (const std::string_view h : honest)
    if (const Judgement j = judge.judge(h); j.state == Judgement::State::resembles) sums.push_back(j.log_odds);
  std::ranges::sort(sums, std::greater<>());
  const auto allowed = static_cast<size_t>(static_cast<double>(honest.size()) * per_million / 1e6);
  weights.flag = allowed < sums.size() ? std::ceil(sums[allowed] * 100 + 1) / 100 : 0;
  return weights;
}

std::string as_toml(const brand::Weights& w, const std::string& made_by) {
  std::string out =
      "# Weights of the features of look-alike names: natural logarithms of odds.\n# Made by: " + made_by +
      "\n# Features: docs/names.md. From the sum `flag` on, a host is called a look-alike.\n";
  out += fmt::format("start = {:.4f}\ntell = {:.2f}\nflag = {:.2f}\n\n[features]\n", w.start, w.tell, w.flag);
  for (brand::Feature f = 0; f < brand::feature::kFixed; ++f)
    if (w.of[f] != 0) out += fmt::format("\"{}\" = {:.4f}\n", brand::feature_name(f), w.of[f]);
  out += "\n[tlds]\n";
  std::map<std::string, float> tlds(w.tlds.begin(), w.tlds.end());
  for (const auto& [tld, weight] : tlds) out += fmt::format("\"{}\" = {:.4f}\n", tld, weight);
  return out;
}

// "Name-evident", written down before the judge and without its parts: slow and plain. See tests/names/tokens.tsv.
class Evident {
 public:
  struct Brand {
    std::vector<std::string> ids, tokens;
  };
  bool read(const std::string& path) {
    return each_line_of(path, [&](std::string_view line) {
      const auto f = split(line, '\t');
      if (f.size() != 3) return;
      Brand b;
      for (const auto id : split(f[1], '|')) b.ids.emplace_back(id);
      for (const auto t : split(f[2], ' ')) b.tokens.emplace_back(t);
      brands_.emplace(f[0], std::move(b));
    });
  }
  const Brand* find(std::string_view label) const {
    const auto it = brands_.find(label);
    return it == brands_.end() ? nullptr : &it->second;
  }
  bool shows(const Brand& brand, std::string_view host, const net::PublicSuffixes& suffixes) const {
    const auto answer = suffixes.find(host);
    if (answer.registrable == 0) return false;
    const std::string_view rest = host.substr(0, host.size() - std::min<size_t>(host.size(), answer.suffix + 1U));
    std::vector<std::string> pieces(1);
    std::string joined;
    for (const char c : rest) {
      if (c == '.' || c == '-' || c == '_') pieces.emplace_back();
      else pieces.back() += c, joined += c;
    }
    for (std::string& p : pieces) {
      while (!p.empty() && is_digit(p.back())) p.pop_back();
      while (!p.empty() && is_digit(p.front())) p.erase(0, 1);
    }
    const std::string look = confused(rest);
    for (const std::string& t : brand.tokens) {
      if (t.size() < 4) {
        if (std::ranges::find(pieces, t) != pieces.end()) return true;
        continue;
      }
      if (rest.find(t) != std::string_view::npos || look.find(confused(t)) != std::string::npos) return true;
      if (t.size() < 5) continue;
      if (joined.find(t) != std::string::npos) return true;
      if (std::ranges::any_of(pieces, [&](const std::string& p) { return one_edit(t, p); })) return true;
    }
    return false;
  }

 private:
  static std::string confused(std::string_view s) {
    std::string out(s);
    for (const auto& [from, to] : {std::pair{"0", "o"},
                                   {"1", "l"},
                                   {"3", "e"},
                                   {"4", "a"},
                                   {"5", "s"},
                                   {"8", "b"},
                                   {"rn", "m"},
                                   {"vv", "w"},
                                   {"cl", "d"}})
      for (size_t at = 0; (at = out.find(from, at)) != std::string::npos; ++at) out.replace(at, std::strlen(from), to);
    return out;
  }
  static bool one_edit(const std::string& a, const std::string& b) {
    if (a == b || a.size() > b.size() + 1 || b.size() > a.size() + 1) return false;
    for (size_t i = 0; i <= a.size(); ++i) {
      if (a.size() == b.size() && i < a.size()) {
        std::string s = a;
        s[i] = b[i];
        if (s == b) return true;
        if (i + 1 < a.size()) {
          s = a;
          std::swap(s[i], s[i + 1]);
          if (s == b) return true;
        }
      }
      if (a.size() == b.size() + 1 && i < a.size() && std::string(a).erase(i, 1) == b) return true;
      if (b.size() == a.size() + 1 && i < b.size() && std::string(b).erase(i, 1) == a) return true;
    }
    return false;
  }
  StringMap<Brand> brands_;
};

void figure(std::string_view name, double value, std::string_view unit, const std::string& more = {}) {
  put(fmt::format("{:<34} {:>10.2f} {}{}\n", name, value, unit, more.empty() ? "" : "  " + more));
}

double percent(size_t part, size_t whole) {
  return whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

std::string command_line(const NamesOptions& o) {
  return "sekisho names fit --reported FILE --honest FILE --year " + o.until +
         (o.checked.empty() ? "" : " --checked FILE");
}

constexpr double kFitPerMillion = 60;  // left for the unseen half to differ from the seen one

}  // namespace

int names_fit_command(const NamesOptions& options) {
  const auto content = load_names(options);
  Hosts hosts;
  if (!content || !read_hosts(options, hosts)) return 2;
  const std::string text =
      as_toml(fit_weights(*content, hosts, options.until, {}, kFitPerMillion), command_line(options));
  if (options.output.empty()) {
    put(text);
    return 0;
  }
  std::ofstream out(options.output, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    complain(options.output, "cannot be written");
    return 2;
  }
  return 0;
}

int names_eval_command(const NamesOptions& options) {
  const auto content = load_names(options);
  Hosts hosts;
  Evident evident;
  if (!content || !read_hosts(options, hosts)) return 2;
  if (!options.tokens.empty() && !evident.read(options.tokens)) return 2;
  const brand::Judge& judge = *content->judge;

  const auto tested = hosts_of(hosts, [&](std::string_view year) { return year == options.until; });
  size_t hit = 0, resembling = 0, branded = 0;
  for (const std::string_view h : tested) {
    const Judgement j = judge.judge(h);
    hit += j.flagged;
    resembling += j.state == Judgement::State::resembles;
    branded += j.brand.has_value();
  }
  figure("reported/hosts", static_cast<double>(tested.size()), "hosts", "of " + options.until);
  figure("reported/flagged", percent(hit, tested.size()), "%", fmt::format("{}", hit));
  figure("reported/any_sign", percent(resembling, tested.size()), "%", "the ceiling of name and shape");
  figure("reported/any_brand", percent(branded, tested.size()), "%");

  // Name-evident hosts: pairs of label and host.
  size_t pairs = 0, shown = 0, caught = 0, found = 0, all_pairs = 0, all_shown = 0;
  for (const Reported& r : hosts.reported) {
    const Evident::Brand* b = evident.find(r.label);
    if (b == nullptr) continue;
    ++all_pairs;
    if (!evident.shows(*b, r.host, *content->suffixes)) continue;
    ++all_shown;
    if (r.year != options.until) continue;
    ++shown;
    const Judgement j = judge.judge(r.host);
    caught += j.flagged;
    found += j.brand.has_value();
    if (!j.flagged && options.hits > 0)
      put(fmt::format("  missed {:6.2f} {:<12} {}\n", j.log_odds,
                      j.brand ? content->brands[*j.brand].id : std::string("-"), printable(r.host)));
  }
  for (const Reported& r : hosts.reported) pairs += r.year == options.until && evident.find(r.label) != nullptr;
  if (all_pairs > 0) {
    figure("evident/all_years", static_cast<double>(all_shown), "pairs", fmt::format("of {}", all_pairs));
    figure("evident/tested", static_cast<double>(shown), "pairs", fmt::format("of {}", pairs));
    figure("evident/flagged", percent(caught, shown), "%");
    figure("evident/with_a_brand", percent(found, shown), "%");
  }

  size_t honest = 0, wrong = 0, bad = 0, owned = 0, seen = 0, seen_wrong = 0;
  std::vector<std::pair<float, std::string>> hits;
  for (const std::string& h : hosts.honest) {
    const Judgement j = judge.judge(h);
    const bool known_bad = j.flagged && hosts.known_bad.contains(print_of(h));
    if (!unseen(h)) {
      ++seen;
      seen_wrong += j.flagged && !known_bad;
      continue;
    }
    ++honest;
    owned += j.state == Judgement::State::owned;
    bad += known_bad;
    wrong += j.flagged && !known_bad;
    if (j.brand) hits.emplace_back(j.log_odds, h);
  }
  figure("honest/unseen_hosts", static_cast<double>(honest), "hosts", fmt::format("{} owned by brands", owned));
  figure("honest/false_positives", 1e6 * static_cast<double>(wrong) / static_cast<double>(std::max<size_t>(1, honest)),
         "per_million", fmt::format("{}; {} more are phishing by a person's reading", wrong, bad));
  figure("honest/false_positives_fitted",
         1e6 * static_cast<double>(seen_wrong) / static_cast<double>(std::max<size_t>(1, seen)), "per_million");
  std::ranges::sort(hits, std::greater<>());
  for (size_t i = 0; i < std::min(options.hits, hits.size()); ++i) {
    const Judgement j = judge.judge(hits[i].second);
    put(fmt::format("  {} {:6.2f} {:<14} {:<12} {}\n", j.flagged ? "hit " : "near", j.log_odds,
                    content->brands[*j.brand].id, operator_name(j.how), printable(hits[i].second)));
  }

  if (!options.labels.empty()) {
    StringMap<std::vector<std::string>> labels;
    if (!each_line_of(options.labels, [&](std::string_view line) {
          const auto f = split(line, '\t');
          if (f.size() < 2) return;
          for (const auto id : split(f[1], '|')) labels[std::string(f[0])].emplace_back(id);
        }))
      return 2;
    size_t right = 0, named = 0, total = 0, house = 0;
    for (const std::string_view h : tested) {
      const auto it = labels.find(print_of(h));
      if (it == labels.end()) continue;
      ++total;
      const Judgement j = judge.judge(h);
      if (!j.brand) continue;
      ++named;
      const std::string& id = content->brands[*j.brand].id;
      const bool is_right = std::ranges::find(it->second, id) != it->second.end();
      right += is_right;
      for (const std::string& wanted : it->second)
        if (const auto b = content->brands.find(wanted); b && content->brands.same_house(*b, *j.brand)) {
          ++house;
          break;
        }
      if (!is_right && options.hits > 0)
        put(fmt::format("  brand {:<14} wanted {:<20} {}\n", id, fmt::join(it->second, "|"), printable(h)));
    }
    figure("brand/labelled", static_cast<double>(total), "hosts");
    figure("brand/named", percent(named, total), "%");
    figure("brand/right_of_named", percent(right, named), "%");
    figure("brand/house_right_of_named", percent(house, named), "%");
  }

  if (options.leave_out) {
    std::map<std::string, size_t> by_brand;
    for (const std::string_view h : tested)
      if (const Judgement j = judge.judge(h); j.brand && j.flagged) ++by_brand[content->brands[*j.brand].id];
    std::vector<std::pair<size_t, std::string>> most;
    for (const auto& [id, n] : by_brand) most.emplace_back(n, id);
    std::ranges::sort(most, std::greater<>());
    most.resize(std::min<size_t>(12, most.size()));
    double worst = 0;
    for (const auto& [n, id] : most) {
      const brand::Index left = *content->brands.find(id);
      const brand::Judge other = judge.reweighed(
          fit_weights(*content, hosts, options.until, [&](brand::Index i) { return i == left; }, kFitPerMillion));
      size_t total = 0, with = 0, without = 0;
      for (const std::string_view h : tested) {
        const Judgement j = judge.judge(h);
        if (j.brand != left) continue;
        ++total;
        with += j.flagged;
        without += other.judge(h).flagged;
      }
      const double fall = percent(with, total) - percent(without, total);
      worst = std::max(worst, fall);
      figure("leave_out/" + id, fall, "points",
             fmt::format("{:.1f} % to {:.1f} % of {}", percent(with, total), percent(without, total), total));
    }
    figure("leave_out/worst", worst, "points");
  }
  return 0;
}

}  // namespace sekisho::cli
