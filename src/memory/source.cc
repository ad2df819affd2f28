// Takes paths and texts, gives bytes and lines. Entries: file_source, text_source, Lines::next. Cuts what is too long.
#include "memory/source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "base/durable.h"

namespace sekisho::memory {

Source text_source(std::string_view text) {
  return [text](char* into, size_t most) mutable -> Result<size_t> {
    const size_t n = std::min(most, text.size());
    if (n > 0) std::memcpy(into, text.data(), n);
    text.remove_prefix(n);
    return n;
  };
}

Result<Source> file_source(const std::string& path) {
  auto open = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!*open) return fail("io.read", "cannot read " + path + ": " + std::generic_category().message(errno));
  return [open, path](char* into, size_t most) -> Result<size_t> {
    for (;;) {
      const ssize_t got = ::read(open->get(), into, most);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno != EINTR) return fail("io.read", "cannot read " + path + ": " + std::generic_category().message(errno));
    }
  };
}

Result<bool> Lines::next() {
  constexpr size_t kPiece = 64u << 10;
  line_.clear();
  too_long_ = false;
  bool any = false;
  for (;;) {
    if (at_ == piece_.size()) {
      piece_.resize(kPiece);
      at_ = 0;
      const auto got = source_(piece_.data(), kPiece);
      piece_.resize(got ? *got : 0);
      if (!got) return std::unexpected(got.error());
      if (*got == 0) break;
    }
    any = true;
    const std::string_view rest = std::string_view(piece_).substr(at_);
    const size_t end = rest.find('\n');
    const std::string_view taken = rest.substr(0, end);
    const size_t room = most_ - line_.size();
    if (taken.size() > room) too_long_ = true;
    line_ += taken.substr(0, room);
    at_ += taken.size() + (end != std::string_view::npos);
    if (end != std::string_view::npos) break;
  }
  if (!any) return false;
  ++number_;
  if (line_.ends_with('\r')) line_.pop_back();
  if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
  return true;
}

}  // namespace sekisho::memory
