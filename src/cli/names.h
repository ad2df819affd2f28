// Shared by the subcommands of `names`.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string_view>

#include "cli/cli.h"
#include "scan/content.h"

namespace sekisho::cli {

// Brands, words and lists of the settings; errors on standard error, and null.
std::unique_ptr<scan::Content> load_names(const Common& common);

// Lines of any stream in constant memory; of a line above `most` bytes only its beginning, and whole = false.
void each_line(std::FILE* in, size_t most, const std::function<void(std::string_view line, bool whole)>& each);

std::string json_text(std::string_view text);  // with the quotes

// Lists for other programs.
struct ExportedName {
  std::string host, brand;
  float odds;
  std::string how;
};
constexpr std::string_view kExportFormats[] = {"csv", "ndjson", "sigma", "yaral", "rpz", "squid", "pac"};
std::string export_names(const std::vector<ExportedName>& names, std::string_view format);

}  // namespace sekisho::cli
