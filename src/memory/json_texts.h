// The JSON objects of a file, one after the other: a file with one, one a line, or a list of them. Holds one and a
// line.
#pragma once

#include <string>
#include <string_view>

#include "memory/source.h"

namespace sekisho::memory {

class JsonTexts {
 public:
  JsonTexts(Source source, size_t most_bytes) : lines_(std::move(source), most_bytes), most_(most_bytes) {}

  // The next object, or what is wrong instead of one (problem() is not empty then). false: the end.
  bool next();
  std::string_view text() const { return text_; }
  const std::string& problem() const { return problem_; }
  uint64_t line() const { return line_; }             // on which it begins
  uint64_t lines() const { return lines_.number(); }  // read so far

 private:
  bool scan();
  bool give_up(std::string why);
  Lines lines_;
  size_t most_, at_ = 0;
  std::string text_, problem_;
  uint64_t line_ = 0;
  size_t depth_ = 0;
  bool in_string_ = false, escaped_ = false, have_line_ = false;
  bool ended_ = false, lost_ = false;  // lost: within an object that is given up
};

}  // namespace sekisho::memory
