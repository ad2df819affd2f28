// Takes a path, gives the texts there. Entries: read_file, text_files, files_below. Refuses what cannot be read and
// what is over the limit, the whole with it: half a set of rules is worse than none.
#include "base/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sekisho {

namespace fs = std::filesystem;

Result<std::string> read_file(const std::string& path, size_t most_bytes) {
  std::error_code error;
  if (fs::is_directory(path, error)) return fail("io.read", path + " is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("io.read", "cannot read " + path);
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<size_t>(in.gcount()));
    if (text.size() > most_bytes)
      return fail("io.limit", path + " is larger than " + std::to_string(most_bytes) + " bytes");
  }
  if (in.bad()) return fail("io.read", "reading " + path + " broke off");
  return text;
}

Result<std::vector<TextFile>> text_files(const std::string& path, const std::vector<std::string_view>& endings) {
  constexpr size_t kMostFileBytes = 16u << 20;
  std::vector<TextFile> out;
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    TRY_ASSIGN(text, read_file(path, kMostFileBytes));
    out.push_back({path, std::move(text), {}});
    return out;
  }
  std::vector<std::string> found;
  fs::recursive_directory_iterator it(path, error), end;
  for (; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
    std::error_code type;
    if (it->is_directory(type) && (name == "tests" || name == "samples" || name.starts_with(".")))
      it.disable_recursion_pending();
    else if (it->is_regular_file(type) && (endings.empty() || std::any_of(endings.begin(), endings.end(), ends)))
      found.push_back(it->path().string());
  }
  if (error) return fail("content.read", "cannot read the folder " + path + ": " + error.message());
  std::sort(found.begin(), found.end());
  for (const std::string& file : found) {
    TRY_ASSIGN(text, read_file(file, kMostFileBytes));
    out.push_back({file, std::move(text), fs::path(file).lexically_relative(path).generic_string()});
  }
  return out;
}

// A loop, not recursive_directory_iterator: that one ends the whole walk at the first folder it cannot open.
std::vector<std::string> files_below(const std::string& top, const std::function<bool(const fs::path&)>& keep,
                                     std::vector<Error>& errors) {
  std::vector<std::string> out;
  std::vector<fs::path> folders{top};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code code, type;
    fs::directory_iterator it(folder, code), end;
    for (; !code && it != end; it.increment(code)) {
      const fs::path& path = it->path();
      if (path.filename().native().starts_with(".")) continue;
      if (it->is_directory(type) && !it->is_symlink(type)) folders.push_back(path);
      else if (it->is_regular_file(type) && keep(path)) out.push_back(path.native());
    }
    if (code) errors.push_back({"io.read", "cannot read the folder: " + code.message(), folder.native(), {}, {}, {}});
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace sekisho
