// What remembering costs: probes of 10 million domains, hits and misses, at random; memory of 10 million sightings and
// of a million ranks; how many URLs of reported phishing have a template that was reported before. Prints:
// memory/seen_probe_hit, memory/seen_probe_miss (the table alone), both again with keys known six ahead,
// memory/seen_probe_alone (one waits for the other: the machine's memory), memory/seen_find_hit (name to answer, hash
// included), memory/seen_10m, memory/rank_1m, memory/rank_probe, memory/snapshot_10m, memory/fold,
// memory/template_known. Data of the last: SEKISHO_DATA/names/brand_hosts.tsv; without it the line is left out.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <vector>

#include "base/strings.h"
#include "memory/fold.h"
#include "memory/memory.h"
#include "memory/source.h"

namespace {

using namespace sekisho;
using namespace sekisho::memory;

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// What the process holds, page tables included: the table's cost in full.
double held_mb() {
  std::ifstream in("/proc/self/status");
  double kb = 0;
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmRSS:") || line.starts_with("VmPTE:")) kb += std::atof(line.c_str() + 6);
  return kb * 1024 / 1e6;
}

void print(std::string_view name, double value, std::string_view unit) {
  std::fputs(fmt::format("{}  {:.1f} {}\n", name, value, unit).c_str(), stdout);
  std::fflush(stdout);
}

std::string folder() {
  const char* set = std::getenv("TMPDIR");
  return std::string(set ? set : "/tmp") + "/sekisho_memory_bench_" + std::to_string(getpid());
}

// Nanoseconds of one probe, many in a row; the best of five: the machine does other things too.
// ahead: so many keys are known before they are asked for, as the links of a mail are.
double probe(const Table& table, const std::vector<uint64_t>& keys, uint64_t& sum, size_t ahead = 0) {
  double best = 1;
  for (int pass = 0; pass < 5; ++pass) {
    const double start = seconds();
    if (ahead == 0)
      for (const uint64_t key : keys) sum += table.get(key);
    else
      for (size_t i = 0; i + ahead < keys.size(); ++i) {
        table.prefetch(keys[i + ahead]);
        sum += table.get(keys[i]);
      }
    best = std::min(best, (seconds() - start) / static_cast<double>(keys.size()));
  }
  return best * 1e9;
}

void probes(const std::string& at) {
  constexpr size_t kDomains = 10'000'000, kProbes = 5'000'000;
  const double before = held_mb();
  auto seen = Seen::open(at, Mode::write, {1, 2});
  if (!seen) return;
  for (size_t i = 0; i < kDomains; ++i) {
    char name[32];
    const int n = std::snprintf(name, sizeof name, "domain%zu.example", i);
    (void)seen->saw({name, static_cast<size_t>(n)}, static_cast<Day>(20'000 + i % 700));
  }
  (void)seen->store().commit();
  print("memory/seen_10m", held_mb() - before, "MB");
  const Table& table = seen->store().table();
  std::vector<uint64_t> keys;
  keys.reserve(kDomains);
  table.each([&](uint64_t key, uint64_t) {
    keys.push_back(key);
    return true;
  });
  std::mt19937_64 random(1);
  std::shuffle(keys.begin(), keys.end(), random);
  uint64_t sum = 0;
  print("memory/seen_probe_hit", probe(table, keys, sum), "ns");
  print("memory/seen_probe_hit_ahead", probe(table, keys, sum, 6), "ns");
  for (uint64_t& key : keys) key = random() & Table::kKeyMask;
  print("memory/seen_probe_miss", probe(table, keys, sum), "ns");
  print("memory/seen_probe_miss_ahead", probe(table, keys, sum, 6), "ns");
  // A probe that waits for the one before: nothing overlaps, as where one name is asked for now and then.
  for (size_t i = 0; i < kDomains; ++i) keys[i] = seen->store().key_of("domain" + std::to_string(i) + ".example");
  std::shuffle(keys.begin(), keys.end(), random);
  double start = seconds();
  uint64_t last = 0;
  for (size_t i = 0; i < kProbes; ++i) last = table.get(keys[(i + (last & 1)) % kDomains]);
  print("memory/seen_probe_alone", (seconds() - start) / kProbes * 1e9, "ns");
  std::vector<std::string> names;
  for (size_t i = 0; i < 2'000'000; ++i) names.push_back("domain" + std::to_string(random() % kDomains) + ".example");
  start = seconds();
  for (const std::string& name : names) sum += seen->find(name)->count;
  print("memory/seen_find_hit", (seconds() - start) / static_cast<double>(names.size()) * 1e9, "ns");
  start = seconds();
  (void)seen->store().compact();
  print("memory/snapshot_10m", seconds() - start, "s");
  if (sum + last == 0) std::puts("");
}

void ranks(const std::string& at) {
  auto ranks = Ranks::open(at, Mode::write, {1, 2});
  if (!ranks) return;
  const double before = held_mb();
  auto import = ranks->begin(20'000);
  for (uint32_t i = 1; i <= 1'000'000; ++i) (void)import->add("site" + std::to_string(i) + ".example", i);
  if (!ranks->finish(*std::move(import))) return;
  print("memory/rank_1m", held_mb() - before, "MB");
  std::mt19937_64 random(1);
  std::vector<uint64_t> keys(2'000'000);
  for (uint64_t& key : keys)
    key = ranks->store().key_of("site" + std::to_string(1 + random() % 1'000'000) + ".example");
  uint64_t sum = 0;
  print("memory/rank_probe", probe(ranks->store().table(), keys, sum), "ns");
  size_t wrong = 0;
  for (size_t i = 0; i < 10'000'000; ++i) wrong += ranks->store().get(random() & Table::kKeyMask) != 0;
  print("memory/rank_wrong_in_10m", static_cast<double>(wrong), "names");
  if (sum == 0) std::puts("");
}

// Reports in the order in which they came: was the template of this URL reported at least twice before?
void templates(const std::string& at) {
  const char* data = std::getenv("SEKISHO_DATA");
  auto source = file_source(std::string(data ? data : "../shared/data") + "/names/brand_hosts.tsv");
  if (!source) return;
  auto templates = Templates::open(at, Mode::write, {1, 2});
  if (!templates) return;
  const net::PublicSuffixes& suffixes = net::PublicSuffixes::system();
  struct Year {
    size_t rows = 0, told = 0, known = 0, earlier_day = 0, long_known = 0;
  };
  std::map<std::string, Year> years;
  Year all;
  Lines lines(*source, 64u << 10);
  double folding = 0;
  for (auto more = lines.next(); more && *more; more = lines.next()) {
    const auto columns = split(lines.line(), '\t');
    if (columns.size() < 4) continue;
    const auto day = parse_day(columns[0]);
    const auto url = net::parse_url(columns[3]);
    if (!day || !url || !url->host) continue;
    const double start = seconds();
    const std::string folded = url_template(*url);
    folding += seconds() - start;
    for (Year* y : {&years[std::string(columns[0].substr(0, 4))], &all}) {
      ++y->rows;
      if (trivial(folded)) continue;
      ++y->told;
      const auto known = templates->find(folded);
      if (!known) continue;
      y->known += known->count >= 2;
      y->earlier_day += known->first < *day;
      y->long_known += known->first + 30 < *day;
    }
    (void)templates->reported(folded, suffixes.registrable(*url->host), *day);
  }
  const auto share = [](size_t part, size_t whole) {
    return whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
  };
  print("memory/fold", folding / static_cast<double>(std::max<size_t>(1, all.rows)) * 1e9, "ns");
  for (const auto& [year, y] : years) {
    print("memory/template_known_" + year, share(y.known, y.told),
          "% of " + std::to_string(y.told) + " URLs with a path");
  }
  print("memory/template_known", share(all.known, all.told), "% of " + std::to_string(all.told) + " URLs with a path");
  const Year& last = years["2023"];
  print("memory/template_known_2023_earlier_day", share(last.earlier_day, last.told), "%");
  print("memory/template_known_2023_30_days_before", share(last.long_known, last.told), "%");
}

}  // namespace

int main() {
  const std::string at = folder();
  probes(at);
  ranks(at);
  templates(at);
  std::error_code code;
  std::filesystem::remove_all(at, code);
}
