// Reads every public YARA-L rule under $SEKISHO_DATA/yaral and prints how many parse, pass the type checker and become
// plans that the engine takes.
//   yaral_conformance [--verbose] [FILE…]       exit status 1 if any does not parse or check
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "diag/render.h"
#include "engine/engine.h"
#include "yaral/yaral.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> rule_files(const fs::path& root) {
  std::vector<fs::path> out;
  std::error_code problem;
  for (fs::recursive_directory_iterator it(root, problem), end; !problem && it != end; it.increment(problem))
    if (it->is_regular_file(problem) && it->path().extension() == ".yaral") out.push_back(it->path());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  bool verbose = false;
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--verbose") verbose = true;
    else files.emplace_back(argv[i]);
  }
  if (files.empty()) {
    const char* data = std::getenv("SEKISHO_DATA");
    if (data != nullptr && *data != '\0') files = rule_files(fs::path(data) / "yaral");
    if (files.empty()) {
      std::puts("yaral: skipped: no data");
      return 0;
    }
  }
  size_t parsed = 0, checked = 0, run = 0, warnings = 0;
  for (const fs::path& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const sekisho::yaral::CompiledFile file = sekisho::yaral::compile(text, path.string());
    parsed += file.parsed;
    checked += file.checked;
    // The lists that rules name are the user's: a missing one is no fault of the rule.
    std::vector<sekisho::Error> refused = sekisho::engine::Engine::check(file.rules);
    std::erase_if(refused, [](const sekisho::Error& error) { return error.code == "engine.list"; });
    run += file.errors.empty() && refused.empty() && !file.rules.empty();
    warnings += file.warnings.size();
    if (!verbose) continue;
    for (const auto& error : file.errors) std::printf("%s\n", sekisho::diag::render(error, text).c_str());
    for (const auto& error : refused) std::printf("%s\n", sekisho::diag::render(error, text).c_str());
    for (const auto& warning : file.warnings)
      std::printf("warning%s\n", sekisho::diag::render(warning, text).c_str() + 5);
  }
  std::printf("yaral/parse  %zu/%zu\nyaral/check  %zu/%zu\nyaral/run  %zu/%zu\n", parsed, files.size(), checked,
              files.size(), run, files.size());
  if (warnings > 0) std::printf("yaral/warnings  %zu count\n", warnings);
  return parsed == files.size() && checked == files.size() ? 0 : 1;
}
