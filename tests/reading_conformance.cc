// How well news is read: every NAME.expect.json beside an article in SEKISHO_DATA (or ../shared/data) /articles/plain
// is compared with what article::read makes of that article. Prints "reading/WHAT  right/total"; --verbose names what
// is missing. Exit 1 below the floors stated here; "skipped: no data" and exit 0 where there is no data.
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "article/article.h"

namespace {

using namespace sekisho;
namespace dom = simdjson::dom;
namespace fs = std::filesystem;

bool verbose = false;

struct Tally {
  const char* name;
  double floor;
  int right = 0, total = 0;
  void count(bool good, const std::string& file, const std::string& wanted, const std::string& got) {
    ++total;
    right += good;
    if (!good && verbose)
      std::printf("  %s %s: wanted <%s> got <%s>\n", name, file.c_str(), wanted.c_str(), got.c_str());
  }
};

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_of(dom::element e, const char* key) {
  std::string_view out;
  return e[key].get(out) ? std::string() : std::string(out);
}

// The name is in the document's bytes, or its text: what is nowhere cannot be read.
bool stated(const std::string& bytes, const article::Article& a, const std::string& name) {
  return bytes.find(name) != std::string::npos || a.text.find(name) != std::string::npos;
}

}  // namespace

int main(int argc, char** argv) {
  verbose = argc > 1 && std::strcmp(argv[1], "--verbose") == 0;
  fs::path folder;
  const char* data = std::getenv("SEKISHO_DATA");
  for (const fs::path& base : {fs::path(data ? data : ""), fs::path("../shared/data"), fs::path("../../shared/data"),
                               fs::path("/work/shared/data")})
    if (folder.empty() && !base.empty() && fs::is_directory(base / "articles/plain")) folder = base / "articles/plain";
  if (folder.empty()) {
    std::puts("skipped: no data");
    return 0;
  }
  Tally title{"title", 1.0}, publisher{"publisher", 1.0}, published{"published", 1.0}, language{"language", 1.0},
      statements{"sentences", 0.95}, dates{"dates", 0.95}, hidden{"hidden", 1.0};
  int unstated = 0;
  double milliseconds = 0;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().string().ends_with(".expect.json")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  dom::parser parser;
  for (const fs::path& path : files) {
    dom::element expect;
    if (parser.load(path.string()).get(expect)) continue;
    const std::string file = text_of(expect, "file");
    const std::string bytes = bytes_of(folder / file);
    const auto begin = std::chrono::steady_clock::now();
    const auto read = article::read(bytes, file);
    milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (!read) {
      title.count(false, file, "an article", read.error().one_line());
      continue;
    }
    const article::Article& a = read->front();
    if (verbose)
      std::printf("%s: %zu passages, %zu links, %zu hidden\n", file.c_str(), a.passages.size(), a.links.size(),
                  a.hidden.size());
    title.count(a.title == text_of(expect, "title"), file, text_of(expect, "title"), a.title);
    if (const std::string name = text_of(expect, "publisher"); stated(bytes, a, name) || a.publisher == name)
      publisher.count(a.publisher == name, file, name, a.publisher);
    else ++unstated;
    published.count(iso(a.published) == text_of(expect, "published"), file, text_of(expect, "published"),
                    iso(a.published));
    language.count(a.language == text_of(expect, "language"), file, text_of(expect, "language"), a.language);

    std::vector<std::string> found;
    for (const article::Passage& p : a.passages)
      for (const article::Range& r : article::sentences(a.text, {p.at, p.length}))
        found.push_back(a.text.substr(r.at, r.length));
    dom::array list;
    if (!expect["statements"]["labelled"].get(list))
      for (const dom::element s : list) {
        const std::string text = text_of(s, "text");
        const bool good = std::find(found.begin(), found.end(), text) != found.end();
        std::string near;
        for (const std::string& f : found)
          if (!good && (f.find(text.substr(0, 12)) != std::string::npos)) near = f;
        statements.count(good, file, text, near);
      }
    const auto in_text = article::find_dates(a.text, a.published);
    if (!expect["dates"].get(list))
      for (const dom::element d : list) {
        const std::string day = text_of(d, "iso"), written = text_of(d, "as_written");
        bool good = text_of(d, "what") == "published" && iso(a.published) == day;
        std::string near;
        for (const article::FoundDate& f : in_text) {
          const std::string as = a.text.substr(f.at, f.length);
          const std::string is = iso(f.date);
          const bool overlaps = as.find(written) != std::string::npos || written.find(as) != std::string::npos;
          // A month is written in the expectations as its first day.
          if (overlaps && (is == day || (is.size() == 7 && is + "-01" == day))) good = true;
          else if (overlaps) near = as + " = " + is;
        }
        dates.count(good, file, written + " = " + day, near);
      }
    if (!expect["hidden_text"].get(list))
      for (const dom::element h : list) {
        std::string_view text;
        if (h.get(text)) continue;
        bool good = a.text.find(text) == std::string::npos, told = false;
        for (const article::HiddenText& x : a.hidden) told |= x.text.find(text) != std::string::npos;
        hidden.count(good && told, file, std::string(text), good ? "not told" : "in the text");
      }
    if (verbose)
      for (const article::HiddenText& x : a.hidden)
        std::printf("    hidden %s @%u: %s\n", x.how.c_str(), x.offset, x.text.c_str());
  }
  int below = 0;
  for (const Tally* t : {&title, &publisher, &published, &language, &statements, &dates, &hidden}) {
    std::printf("reading/%s  %d/%d\n", t->name, t->right, t->total);
    below += t->right < t->total * t->floor;
  }
  std::printf("reading: %d publishers stand nowhere in their documents; %zu articles in %.1f ms\n", unstated,
              files.size(), milliseconds);
  return below ? 1 : 0;
}
