// sekisho names plan: a ranked list of names to register for a brand, and, where reported hosts are given, how many of
// them each list of names would have kept from attackers.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "cli/names.h"
#include "cli/names_hosts.h"

namespace sekisho::cli {
namespace {

// Reported hosts below any of the first `count` names.
size_t covered(const std::vector<std::string>& names, size_t count, const std::vector<std::string_view>& hosts,
               const net::PublicSuffixes& suffixes) {
  const std::set<std::string_view> have(names.begin(),
                                        names.begin() + static_cast<ptrdiff_t>(std::min(count, names.size())));
  return static_cast<size_t>(
      std::ranges::count_if(hosts, [&](std::string_view h) { return have.contains(suffixes.registrable(h)); }));
}

}  // namespace

int names_plan_command(const NamesOptions& options) {
  const auto content = load_names(options);
  Hosts hosts;
  if (!content || !read_hosts(options, hosts)) return 2;
  if (content->plan.affixes.empty()) {
    complain("", "the content has no names/plan.toml: make it with sekisho names fit --plan FILE");
    return 2;
  }
  std::vector<ExportedName> all;
  for (const std::string& id : options.hosts) {
    const auto brand = content->brands.find(id);
    if (!brand) {
      std::vector<std::string_view> known;
      for (const brand::Brand& b : content->brands.all()) known.push_back(b.id);
      const std::string hint = near_names(id, known);
      complain(id, "no such brand" + (hint.empty() ? "" : "; " + hint));
      return 2;
    }
    const auto planned = plan(content->brands, *brand, content->plan, options.budget);
    std::vector<std::string> names;
    for (const brand::PlannedName& p : planned) names.push_back(p.domain);
    if (options.reported.empty()) {
      for (const brand::PlannedName& p : planned) {
        const brand::Judgement j = content->judge->judge(p.domain);
        all.push_back({p.domain, id, j.log_odds, std::string(j.how_name())});
        if (options.format.empty())
          put(options.json
                  ? fmt::format("{{\"brand\":\"{}\",\"domain\":\"{}\",\"share\":{:.6f}}}\n", id, p.domain, p.share)
                  : fmt::format("{:>8.4f} %  {:<16} {}\n", 100 * p.share, id, p.domain));
      }
      continue;
    }
    const auto tested = hosts_of(hosts, [&](std::string_view year) { return year == options.until; });
    const auto line = [&](std::string_view who, const std::vector<std::string>& list, size_t count) {
      count = std::min(count, list.size());
      const size_t hits = covered(list, count, tested, *content->suffixes);
      put(fmt::format("plan/{}/{}/{:<8} {:>6} hits  {:.4f} a_name\n", id, who, count, hits,
                      count ? static_cast<double>(hits) / static_cast<double>(count) : 0.0));
    };
    line("sekisho", names, options.budget);
    if (options.against.empty()) continue;
    std::vector<std::string> others;
    if (!each_line_of(options.against, [&](std::string_view l) {
          const std::string name = ascii_lower(trim(l.substr(0, l.find_first_of(",\t "))));
          if (name.find('.') != std::string::npos && !content->brands.owner(name)) others.push_back(name);
        }))
      return 2;
    for (const size_t count : {options.budget, size_t{500}, others.size()}) line("other", others, count);
  }
  if (!options.format.empty()) put(export_names(all, options.format));
  return 0;
}

}  // namespace sekisho::cli
