// Reads every public YARA-L rule under $SEKISHO_DATA/yaral and prints how many parse, pass the type checker, become
// plans that the engine takes, and keep their meaning and their comments when they are laid out anew (twice the same).
//   yaral_conformance [--verbose] [FILE…]       exit status 1 if any does not parse, check, run or format
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
#include "yaral/format.h"
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

// Every character that is no white space, in order, letters in lower case: formatting moves none and loses none.
std::string ink(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool formats(const std::string& text, const sekisho::yaral::File& tree) {
  const std::string once = sekisho::yaral::format(text);
  const auto again = sekisho::yaral::parse_file(once, "formatted");
  return again.errors.empty() && dump(again.file) == dump(tree) && ink(once) == ink(text) &&
         sekisho::yaral::format(once) == once;
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
  size_t parsed = 0, checked = 0, run = 0, formatted = 0, warnings = 0;
  for (const fs::path& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const sekisho::yaral::CompiledFile file = sekisho::yaral::compile(text, path.string());
    parsed += file.parsed;
    const bool laid_out = formats(text, file.file);
    formatted += laid_out;
    if (verbose && !laid_out) std::printf("%s: not formatted\n", path.c_str());
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
  const size_t all = files.size();
  std::printf("yaral/parse  %zu/%zu\nyaral/check  %zu/%zu\nyaral/run  %zu/%zu\nyaral/format  %zu/%zu\n", parsed, all,
              checked, all, run, all, formatted, all);
  if (warnings > 0) std::printf("yaral/warnings  %zu count\n", warnings);
  return parsed == all && checked == all && run == all && formatted == all ? 0 : 1;
}
