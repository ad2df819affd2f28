// Compiles every public Sigma rule under $SEKISHO_DATA/sigma, all of them together, and prints how many become plans
// that the engine takes; each file that does not is named with its reason. At least 99 % must, and none may lose its
// author.
//   sigma_conformance [--verbose] [FILE…]       --verbose: the mistakes and warnings with their places
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "diag/render.h"
#include "engine/engine.h"
#include "sigma/sigma.h"
#include "sigma/yaml.h"

namespace {

namespace fs = std::filesystem;
namespace sigma = sekisho::sigma;

std::vector<fs::path> rule_files(const fs::path& root) {
  std::vector<fs::path> out;
  std::error_code problem;
  for (fs::recursive_directory_iterator it(root, problem), end; !problem && it != end; it.increment(problem))
    if (it->is_regular_file(problem) && it->path().extension() == ".yml") out.push_back(it->path());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  bool verbose = false;
  std::vector<fs::path> paths;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--verbose") verbose = true;
    else paths.emplace_back(argv[i]);
  }
  if (paths.empty()) {
    const char* const data = std::getenv("SEKISHO_DATA");
    if (data != nullptr && *data != '\0') paths = rule_files(fs::path(data) / "sigma");
    if (paths.empty()) {
      std::puts("sigma: skipped: no data");
      return 0;
    }
  }
  std::map<std::string, std::string> texts;
  std::vector<sigma::Source> sources;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string& text = texts[path.string()];
    text.assign(std::istreambuf_iterator<char>(in), {});
    sources.push_back({text, path.string()});
  }
  const sigma::Compiled all = sigma::compile(sources);

  std::set<std::string> failed;
  for (const sekisho::Error& error : all.errors) {
    if (failed.insert(error.source).second) std::printf("%s: %s\n", error.source.c_str(), error.one_line().c_str());
    if (verbose) std::printf("%s\n", sekisho::diag::render(error, texts[error.source]).c_str());
  }
  if (verbose)
    for (const sekisho::Error& warning : all.warnings)
      std::printf("%s\n", sekisho::diag::render(warning, texts[warning.source], false, "warning").c_str());

  // The author of a file, read apart from the compiler, is the author of its rules.
  size_t attributed = 0;
  for (const sekisho::engine::Rule& rule : all.rules) {
    const sigma::Stream stream = sigma::read_yaml(texts[rule.source], rule.source, {});
    const sigma::Node* const author = stream.documents.empty() ? nullptr : stream.documents[0].find("author");
    attributed +=
        author == nullptr || (author->is(sigma::Node::Kind::scalar) ? rule.meta_value("author") == author->text
                                                                    : !rule.meta_value("author").empty());
  }
  // The lists that rules name are the user's: a missing one is no fault of the rule.
  std::vector<sekisho::Error> refused = sekisho::engine::Engine::check(all.rules);
  std::erase_if(refused, [](const sekisho::Error& error) { return error.code == "engine.list"; });
  std::set<std::string> idle;
  for (const sekisho::Error& error : refused) {
    std::printf("%s: %s\n", error.source.c_str(), error.one_line().c_str());
    idle.insert(error.source);
  }

  const size_t good = paths.size() - failed.size();
  std::printf("sigma/compile  %zu/%zu\nsigma/run  %zu/%zu\nsigma/author  %zu/%zu\n", good, paths.size(),
              good - idle.size(), paths.size(), attributed, all.rules.size());
  if (!all.warnings.empty()) std::printf("sigma/warnings  %zu count\n", all.warnings.size());
  return good * 100 >= paths.size() * 99 && attributed == all.rules.size() ? 0 : 1;
}
