// Comma-separated values (RFC 4180) with a header line: what data tables and entity context come as.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::hunt {

struct Csv {
  struct Row {
    uint32_t line = 0;  // from 1: where it begins
    Span span;
    std::vector<std::string> cells;  // as many as the header has
  };
  Row header;
  std::vector<Row> rows;
};

// Quoted cells may hold commas, line breaks and "" for a quote; blank lines and a byte order mark are skipped. Every
// error of the text (hunt.csv: a row with another number of cells, a quote that is not closed, an empty or repeated
// column name; at most 20), with its place; rows that have one are left out.
Csv read_csv(std::string_view text, const std::string& name, std::vector<Error>& errors);

}  // namespace sekisho::hunt
