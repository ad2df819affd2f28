// Files that must survive a crash: written whole, on the disk when the call returns. Errors: io.write, with the path.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace sekisho {

// A file descriptor, closed with its owner. -1: none.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// All bytes at the descriptor's place. `path` is for the message alone.
Result<void> write_all(int descriptor, std::string_view bytes, const std::string& path);
Result<void> sync_file(int descriptor, const std::string& path);
Result<void> sync_folder(const std::string& folder);  // names that were made or changed in it

// Puts a new file (mode 0600) where one may stand already: `write` hands pieces to the sink; they go to "PATH.new", are
// synced, and take the name. If anything fails, what stood at path stands there still and nothing is left beside it.
using Sink = std::function<Result<void>(std::string_view bytes)>;
Result<void> replace_file(const std::string& path, const std::function<Result<void>(const Sink& sink)>& write);

}  // namespace sekisho
