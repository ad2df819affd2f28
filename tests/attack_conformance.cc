// Five folds of the technique model over the attack set of the unpacked test data and our own sentences: SEKISHO_DATA
// (a folder that holds attack/), or ../shared/data beside the source. Prints "NAME  right/total" a figure and what the
// committed model says of the plain news items, which nothing was learned from. Exit 1 where a figure is below its bar;
// "skipped: no data" and exit 0 where there is no data.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "attack/attack.h"
#include "attack/measure.h"
#include "base/files.h"
#include "cli/attack_data.h"
#include "scan/statistics.h"

namespace {

using namespace sekisho;
namespace dom = simdjson::dom;

struct Bar {
  std::string_view name;
  double least, least_low;  // share, and the lower bound of its 95 % interval
};
constexpr Bar kBars[] = {
    {"attack/tram_top1", 0.74, 0},
    {"attack/tram_top3", 0.90, 0},
    {"attack/procedures_top3", 0.83, 0},
    {"attack/identity_procedures_top3", 0.80, 0.72},
    {"attack/identity_enlarged_top3", 0.80, 0.72},
    {"attack/japanese_top3", 0.75, 0},
};

// Sentences of the plain items whose technique, or one that counts for it, is among the three.
void plain_items(const std::filesystem::path& folder, const attack::Model& model) {
  size_t right = 0, total = 0;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
    if (!entry.path().string().ends_with(".expect.json")) continue;
    const auto text = read_file(entry.path().string(), 1u << 20);
    dom::parser parser;
    dom::array techniques;
    if (!text || parser.parse(*text)["techniques"].get(techniques) != simdjson::SUCCESS) continue;
    for (const dom::element t : techniques) {
      std::string_view id, sentence;
      dom::array accept;
      if (t["id"].get(id) != simdjson::SUCCESS || t["sentence"].get(sentence) != simdjson::SUCCESS) continue;
      std::vector<std::string_view> good = {id};
      if (t["accept"].get(accept) == simdjson::SUCCESS)
        for (const dom::element a : accept)
          if (std::string_view other; a.get(other) == simdjson::SUCCESS) good.push_back(other);
      ++total;
      for (const attack::Suggestion& s : model.suggest(sentence))
        if (std::ranges::find(good, model.techniques()[s.technique].id) != good.end()) {
          ++right;
          break;
        }
    }
  }
  if (total > 0) std::printf("attack/plain_items_top3  %zu/%zu\n", right, total);
}

}  // namespace

int main(int argc, char** argv) {
  // --quick: what the committed model says, without the five trainings.
  const bool quick = argc > 1 && std::string_view(argv[1]) == "--quick";
  const std::filesystem::path source = SEKISHO_SOURCE_DIR;
  const char* given = std::getenv("SEKISHO_DATA");
  const std::filesystem::path data = given ? std::filesystem::path(given) : source / "../shared/data";
  const std::string attack_folder = (data / "attack").string();
  std::error_code code;
  if (!std::filesystem::exists(data / "attack/techniques.json", code)) {
    std::puts("skipped: no data");
    return 0;
  }
  const auto corpus = cli::read_attack_corpus({attack_folder + "/techniques.json", attack_folder + "/revoked.json",
                                               attack_folder + "/procedures.ndjson", attack_folder + "/tram.ndjson",
                                               (source / "content/attack").string(), "18.1"});
  if (!corpus) {
    std::fprintf(stderr, "%s\n", corpus.error().one_line().c_str());
    return 1;
  }
  attack::Measured measured;
  if (!quick) measured = attack::cross_validate(*corpus, std::max(1u, std::thread::hardware_concurrency()));
  int status = 0;
  for (const attack::Figure& f : measured.figures) std::printf("%s  %zu/%zu\n", f.name.c_str(), f.right, f.total);
  for (const Bar& bar : kBars) {
    if (quick) break;
    const auto f = std::ranges::find(measured.figures, bar.name, &attack::Figure::name);
    const bool good = f != measured.figures.end() &&
                      static_cast<double>(f->right) >= bar.least * static_cast<double>(f->total) &&
                      scan::exact_interval(f->right, f->total).low >= bar.least_low;
    if (good) continue;
    std::printf("below its bar: %.*s\n", static_cast<int>(bar.name.size()), bar.name.data());
    status = 1;
  }
  const auto bytes = read_file((source / "content/models/attack.model").string(), 16u << 20);
  const auto model = bytes ? attack::Model::read(*bytes) : Result<attack::Model>(std::unexpected(bytes.error()));
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().one_line().c_str());
    return 1;
  }
  std::filesystem::path items = data / "articles/plain";
  if (!std::filesystem::exists(items, code)) items = source / "../shared/data/articles/plain";
  plain_items(items, *model);
  return status;
}
