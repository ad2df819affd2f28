// Files that people write (rules, lists, packs, settings) as texts in memory. Logs and mails have readers of their own.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho {

struct TextFile {
  std::string name, text;
  std::string path;  // relative to the folder it was found in ("brands/japan.toml"); empty for a file named by itself
};

// Errors: io.read, io.limit. A folder is refused.
Result<std::string> read_file(const std::string& path, size_t most_bytes);

// A file by itself, or those below a folder whose name ends in one of `endings` (none = all), sorted by path. Folders
// called tests or samples and dot folders are left out. Errors: content.read, and those of read_file.
Result<std::vector<TextFile>> text_files(const std::string& path, const std::vector<std::string_view>& endings = {});

// The files below a folder that `keep` wants, sorted. Dot files and folders are left out, links to folders not
// followed. A folder that cannot be read is told (io.read) and passed over.
std::vector<std::string> files_below(const std::string& folder,
                                     const std::function<bool(const std::filesystem::path&)>& keep,
                                     std::vector<Error>& errors);

}  // namespace sekisho
