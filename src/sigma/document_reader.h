// Inside of document.cc and correlation_section.cc: one reader for the documents of one file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sigma/document.h"

namespace sekisho::sigma {

class DocumentReader {
 public:
  DocumentReader(const std::string& file, const Limits& limits) : file_(file), limits_(limits) {}

  std::optional<Document> read(const Node& root);  // nothing: there was a mistake
  void error(std::string code, std::string text, Span at, std::string hint = {});

  std::vector<Error> errors, warnings;

 private:
  void warning(std::string code, std::string text, Span at, std::string hint = {});
  void warn_of_near_names(const Node& map, std::span<const std::string_view> known);
  void one_of(const Node& root, std::string_view key, std::span<const std::string_view> known);
  std::string scalar(const Node& map, std::string_view key);
  std::vector<Reference> names(const Node& node, std::string_view code, std::string_view what);  // one or a list

  void read_filter(const Node& node, Document& out);
  void read_detection(const Node& node, Detection& out, bool filter);
  void read_selection(const Node& name, const Node& node, Detection& out);
  std::vector<Test> read_tests(const Node& name, const Node& map);

  // correlation_section.cc
  Correlation read_correlation(const Node& node, const Node& root);
  void read_timespan(const Node& node, Correlation& out);
  void read_aliases(const Node& node, Correlation& out);
  void read_condition(const Node& node, Correlation& out);
  void check_bounds(Correlation& out, const Node& node);

  const std::string& file_;
  const Limits& limits_;
};

}  // namespace sekisho::sigma
