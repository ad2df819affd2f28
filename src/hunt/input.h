// The bytes of one log: a file, or standard input, with gzip and zstd (told by their first bytes) taken off. And the
// logs that a command line names.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace sekisho::hunt {

// One at a time; belongs to one thread.
class Input {
 public:
  // path: a regular file, "-", or a descriptor of ours (/dev/stdin, /dev/fd/3). Errors: io.read.
  static Result<Input> open(const std::string& path);

  // The next bytes, at most `most` (not 0); 0 = the end. What can be read before damage is given first. Errors:
  // io.read, hunt.compressed (cut short, damaged, or followed by something else).
  Result<size_t> read(char* into, size_t most);

  void unread(std::string bytes);  // what was read last: it is given again
  bool plain() const;              // an uncompressed regular file: what stood at an offset can be read again

  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;
  ~Input();

 private:
  struct State;
  explicit Input(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The logs that paths name, in the order given; below a folder those that end as logs do (.json, .ndjson, .jsonl, .log,
// and these with .gz, .zst, .zstd), sorted. Dot files and links to folders are left out. What cannot be read, and a
// folder without a log, is an error and the rest goes on.
std::vector<std::string> log_files(const std::vector<std::string>& paths, std::vector<Error>& errors);

// Bytes at an offset of a plain file; empty if they cannot be read in full.
std::string read_again(const std::string& path, uint64_t offset, size_t length);

}  // namespace sekisho::hunt
