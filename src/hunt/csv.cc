// Takes a CSV text, gives its header and rows. Entry: read_csv. Refuses rows that do not fit the header, each with its
// place.
#include "hunt/csv.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::hunt {
namespace {

constexpr size_t kMostErrors = 20;

class Parser {
 public:
  Parser(std::string_view text, const std::string& name, std::vector<Error>& errors)
      : text_(text), name_(name), errors_(errors) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  // The next row that is no blank line; false at the end.
  bool row(Csv::Row& out) {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) line_ += text_[at_++] == '\n';
    if (at_ >= text_.size()) return false;
    const size_t from = at_;
    out.line = line_;
    out.cells.clear();
    do out.cells.push_back(cell());
    while (at_ < text_.size() && text_[at_] == ',' && ++at_);
    out.span = {static_cast<uint32_t>(from), static_cast<uint32_t>(at_ - from)};
    return true;
  }

  void error(Span span, std::string text) {
    if (++found_ <= kMostErrors) errors_.push_back({"hunt.csv", std::move(text), name_, span, {}, {}});
  }

 private:
  std::string cell() {
    std::string out;
    if (at_ < text_.size() && text_[at_] == '"') {
      const size_t from = at_++;
      for (;; ++at_) {
        if (at_ >= text_.size()) {
          error({static_cast<uint32_t>(from), 1}, "the quote is not closed");
          break;
        }
        line_ += text_[at_] == '\n';
        if (text_[at_] == '"') {
          ++at_;
          if (at_ >= text_.size() || text_[at_] != '"') break;
        }
        out += text_[at_];
      }
    }
    const size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    out += text_.substr(at_, end - at_);
    at_ = end;
    if (out.ends_with('\r')) out.pop_back();
    return out;
  }

  std::string_view text_;
  const std::string& name_;
  std::vector<Error>& errors_;
  size_t at_ = 0, found_ = 0;
  uint32_t line_ = 1;
};

}  // namespace

Csv read_csv(std::string_view text, const std::string& name, std::vector<Error>& errors) {
  Csv out;
  Parser parser(text, name, errors);
  if (!parser.row(out.header)) {
    parser.error({0, 0}, "a header line is missing");
    return out;
  }
  for (size_t i = 0; i < out.header.cells.size(); ++i) {
    std::string& column = out.header.cells[i];
    column = std::string(trim(column));
    if (column.empty()) parser.error(out.header.span, "column " + std::to_string(i + 1) + " has no name");
    else if (std::find(out.header.cells.begin(), out.header.cells.begin() + static_cast<std::ptrdiff_t>(i), column) !=
             out.header.cells.begin() + static_cast<std::ptrdiff_t>(i))
      parser.error(out.header.span, "column \"" + column + "\" is there twice");
  }
  for (Csv::Row row; parser.row(row);) {
    if (row.cells.size() == out.header.cells.size()) out.rows.push_back(std::move(row));
    else
      parser.error(row.span, std::to_string(row.cells.size()) + " cells where the header has " +
                                 std::to_string(out.header.cells.size()));
  }
  return out;
}

}  // namespace sekisho::hunt
