// sekisho names eval: figures of the judge on hosts that were not fitted.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "base/strings.h"
#include "cli/names.h"
#include "cli/names_hosts.h"

namespace sekisho::cli {
namespace {

using brand::Judgement;

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

}  // namespace

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
    // Both are fitted here, on the same hosts: the shipped weights may come from other packs.
    const brand::Judge all = judge.reweighed(fit_weights(*content, hosts, options.until, {}));
    double worst = 0;
    for (const auto& [n, id] : most) {
      const brand::Index left = *content->brands.find(id);
      const brand::Judge other =
          judge.reweighed(fit_weights(*content, hosts, options.until, [&](brand::Index i) { return i == left; }));
      size_t total = 0, with = 0, without = 0;
      for (const std::string_view h : tested) {
        const Judgement j = judge.judge(h);
        if (j.brand != left) continue;
        ++total;
        with += all.judge(h).flagged;
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
