// Takes a folder, gives its lists and tables by name. Entry: read_lists.
#include "hunt/lists.h"

#include <filesystem>

#include "base/strings.h"
#include "hunt/csv.h"

namespace sekisho::hunt {
namespace {

// Entries may be patterns, or URLs with a fragment: only a # that stands apart begins a comment.
std::string_view without_comment(std::string_view line) {
  for (size_t at = 0; (at = line.find('#', at)) != std::string_view::npos; ++at)
    if (at == 0 || is_space(line[at - 1])) return line.substr(0, at);
  return line;
}

}  // namespace

void read_lists(const std::string& folder, engine::ReferenceLists& out, std::vector<TextFile>& files,
                std::vector<Error>& errors) {
  auto found = text_files(folder, {".txt", ".csv"});
  if (!found) {
    errors.push_back(found.error());
    return;
  }
  if (found->empty()) errors.push_back({"hunt.list", "no lists (.txt) or tables (.csv) here", folder, {}, {}, {}});
  for (TextFile& file : *found) {
    const std::string name = std::filesystem::path(file.name).stem().string();
    if (file.name.ends_with(".csv")) {
      const Csv table = read_csv(file.text, file.name, errors);
      for (size_t column = 0; column < table.header.cells.size(); ++column) {
        auto& lines = out[name + "." + table.header.cells[column]];
        lines.clear();
        for (const Csv::Row& row : table.rows) lines.push_back(row.cells[column]);
      }
    } else {
      auto& lines = out[name];
      lines.clear();
      for (const std::string_view line : split(file.text, '\n'))
        if (const auto entry = trim(without_comment(line)); !entry.empty()) lines.emplace_back(entry);
    }
    files.push_back(std::move(file));
  }
}

}  // namespace sekisho::hunt
