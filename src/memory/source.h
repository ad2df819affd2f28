// Bytes from somewhere, in pieces: how importers and files are read. A Source belongs to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::memory {

// Puts the next bytes, at most `most` (not 0), at `into`; 0 = the end.
using Source = std::function<Result<size_t>(char* into, size_t most)>;

Source text_source(std::string_view text);            // the text must live as long
Result<Source> file_source(const std::string& path);  // errors: io.read

// Lines of a source, without their ends (LF or CRLF), a byte order mark at the start taken off. Holds one line and one
// piece, whatever the input.
class Lines {
 public:
  Lines(Source source, size_t most_bytes) : source_(std::move(source)), most_(most_bytes) {}

  Result<bool> next();  // false: the end. Errors: those of the source, after the lines before
  std::string_view line() const { return line_; }  // of a line that is too long its first bytes
  bool too_long() const { return too_long_; }      // longer than most_bytes
  uint64_t number() const { return number_; }      // of this line, from 1

 private:
  Source source_;
  size_t most_;
  std::string piece_, line_;
  size_t at_ = 0;
  uint64_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace sekisho::memory
