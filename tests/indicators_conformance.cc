// Indicators of the desk against what people wrote down: tests/desk/indicators.ndjson (our own lines, by class) and,
// where the data is there, the indicators of the plain news items in ../shared/data/articles/plain (or
// SEKISHO_DATA/articles). Prints "NAME  passed/total" a figure; --verbose names each miss; --probes FILE runs another
// file of the same form. Exit 1 where a figure is below its bar.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/indicators.h"
#include "brand/brand.h"
#include "scan/packs.h"

namespace {

using namespace sekisho;
namespace fs = std::filesystem;
namespace dom = simdjson::dom;

bool verbose = false;

struct Count {
  int passed = 0, total = 0;
};
struct Tally {
  Count found, roles, lines;
  int extra = 0;
};

std::optional<std::string> read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

struct Expected {
  std::string value, type, role;
};

std::vector<Expected> expected(dom::element list) {
  std::vector<Expected> out;
  dom::array items;
  if (list.get(items)) return out;
  for (dom::element e : items) {
    const auto text = [&](const char* key) {
      std::string_view s;
      return e[key].get(s) ? std::string() : std::string(s);
    };
    out.push_back({text("value"), text("type"), text("role")});
  }
  return out;
}

void compare(const std::string& id, const std::vector<Expected>& wanted, const std::vector<article::Indicator>& got,
             Tally& tally) {
  std::vector<bool> used(got.size());
  bool clean = true;
  for (const Expected& w : wanted) {
    ++tally.found.total;
    size_t hit = got.size();
    for (size_t i = 0; i < got.size() && hit == got.size(); ++i)
      if (!used[i] && got[i].value == w.value && to_string(got[i].type) == w.type) hit = i;
    if (hit == got.size()) {
      clean = false;
      if (verbose) std::printf("  %s: missed %s %s\n", id.c_str(), w.type.c_str(), w.value.c_str());
      continue;
    }
    used[hit] = true;
    ++tally.found.passed;
    ++tally.roles.total;
    const bool right = to_string(got[hit].role) == w.role;
    tally.roles.passed += right;
    clean = clean && right;
    if (!right && verbose)
      std::printf("  %s: %s is %s, wanted %s (%s)\n", id.c_str(), w.value.c_str(),
                  std::string(to_string(got[hit].role)).c_str(), w.role.c_str(), got[hit].why.c_str());
  }
  for (size_t i = 0; i < got.size(); ++i) {
    if (used[i]) continue;
    clean = false;
    ++tally.extra;
    if (verbose)
      std::printf("  %s: false %s %s\n", id.c_str(), std::string(to_string(got[i].type)).c_str(), got[i].value.c_str());
  }
  ++tally.lines.total;
  tally.lines.passed += clean;
}

void print(const std::string& name, const Tally& t) {
  std::printf("%-36s %d/%d\n", (name + " found").c_str(), t.found.passed, t.found.total);
  std::printf("%-36s %d/%d\n", (name + " false").c_str(), t.extra, t.found.passed + t.extra);
  std::printf("%-36s %d/%d\n", (name + " roles").c_str(), t.roles.passed, t.roles.total);
  std::printf("%-36s %d/%d\n", (name + " lines clean").c_str(), t.lines.passed, t.lines.total);
}

bool within_bars(const Tally& t) {
  return t.found.passed * 100 >= t.found.total * 97 && t.extra * 100 <= t.found.passed + t.extra &&
         t.roles.passed * 100 >= t.roles.total * 95;
}

// The lines of one file; nullopt: there are none.
std::optional<Tally> run_probes(const fs::path& probes, const article::IndicatorContext& context) {
  dom::parser parser;
  Tally all;
  std::map<std::string, Tally> classes;
  std::ifstream lines(probes);
  for (std::string line; std::getline(lines, line);) {
    dom::element probe;
    std::string_view id, kind, text;
    if (line.empty() || parser.parse(line).get(probe) || probe["id"].get(id) || probe["text"].get(text)) continue;
    if (probe["class"].get(kind)) kind = "";
    dom::element list;
    if (probe["expect"].get(list)) continue;
    const auto wanted = expected(list);
    const auto got = article::find_indicators(text, context);
    const bool talk = verbose;
    compare(std::string(id), wanted, got, all);
    verbose = false;
    compare(std::string(id), wanted, got, classes[std::string(kind)]);
    verbose = talk;
  }
  if (all.lines.total == 0) {
    std::printf("%s: no probes\n", probes.c_str());
    return std::nullopt;
  }
  const std::string name = probes.stem().string();
  for (const auto& [kind, t] : classes)
    std::printf("%-36s %d/%d\n", (name + "/" + kind).c_str(), t.lines.passed, t.lines.total);
  print(name, all);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path source = SEKISHO_SOURCE_DIR;
  fs::path probes;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--verbose") verbose = true;
    if (std::string_view(argv[i]) == "--probes" && i + 1 < argc) probes = argv[++i];
  }
  std::vector<Error> errors;
  const auto toml = read(source / "content/desk/roles.toml");
  const article::Cues cues = article::Cues::read(toml.value_or(""), "roles.toml", errors);
  std::vector<brand::Brand> packs;
  for (const auto& entry : fs::directory_iterator(source / "content/brands")) {
    const auto text = read(entry.path());
    for (brand::Brand& b : scan::read_brand_pack(text.value_or(""), entry.path().string(), errors))
      packs.push_back(std::move(b));
  }
  for (const Error& e : errors) std::printf("%s\n", e.one_line().c_str());
  if (!errors.empty()) return 2;
  const brand::Brands brands = brand::Brands::make(std::move(packs));
  article::IndicatorContext context;
  context.cues = &cues;
  context.brands = &brands;

  dom::parser parser;
  bool good = true;
  std::vector<fs::path> probe_files = {source / "tests/desk/indicators.ndjson",
                                       source / "tests/desk/indicators_more.ndjson"};
  if (!probes.empty()) probe_files = {probes};
  for (const fs::path& file : probe_files) {
    const auto tally = run_probes(file, context);
    if (!tally) return 2;
    good = good && within_bars(*tally);
  }

  const char* set = std::getenv("SEKISHO_DATA");
  fs::path news = fs::path(set && *set ? set : (source / "../shared/data").string()) / "articles/plain";
  if (!fs::exists(news)) news = source / "../shared/data/articles/plain";
  Tally plain;
  int forbidden = 0, left_out = 0;
  if (fs::exists(news)) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(news))
      if (entry.path().string().ends_with(".expect.json")) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      const auto json = read(file);
      dom::element root;
      std::string_view name;
      if (!json || parser.parse(*json).get(root) || root["file"].get(name)) continue;
      const auto bytes = read(news / name);
      const std::string label(name);
      dom::element list;
      if (!bytes || root["indicators"].get(list)) continue;
      auto wanted = expected(list);
      dom::array never;
      std::vector<std::string> harmless;
      if (!root["never_malicious"].get(never))
        for (dom::element e : never) harmless.emplace_back(std::string_view(e));
      const auto articles = article::read(*bytes, label);
      if (!articles || articles->empty()) {
        std::printf("%s: cannot be read\n", label.c_str());
        good = false;
        continue;
      }
      std::vector<article::Indicator> got;
      for (const article::Article& a : *articles) {
        context.article = &a;
        for (auto& i : article::find_indicators(a.text, context)) got.push_back(std::move(i));
      }
      got = article::merge_indicators(std::move(got));
      // The foot of a letter ("unsubscribe") is left out of the text: what only stands there cannot be found.
      std::string kept;
      for (const article::Article& a : *articles) {
        kept += a.text;
        for (const article::Link& l : a.links) kept += "\n" + l.href;
      }
      left_out += static_cast<int>(std::erase_if(
          wanted, [&](const Expected& w) { return w.role == "reference" && kept.find(w.value) == std::string::npos; }));
      for (const auto& i : got)
        if (i.role == article::Role::malicious &&
            std::find(harmless.begin(), harmless.end(), i.value) != harmless.end()) {
          ++forbidden;
          std::printf("%s: %s must never be malicious (%s)\n", label.c_str(), i.value.c_str(), i.why.c_str());
        }
      compare(label, wanted, got, plain);
    }
    print("plain news", plain);
    std::printf("%-36s %d\n", "plain news left out by the reader", left_out);
    std::printf("%-36s %d\n", "plain news never malicious, broken", forbidden);
    good = good && within_bars(plain) && forbidden == 0;
  } else {
    std::printf("plain news skipped: no data\n");
  }
  return good ? 0 : 1;
}
