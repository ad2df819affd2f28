// Takes sizes, gives memory in order. Entries: Arena::make(), reset(). Refuses nothing.
#include "engine/arena.h"

#include <algorithm>

namespace sekisho::engine {

void Arena::reset() {
  size_t kept = 0, n = 0;
  while (n < blocks_.size() && (kept += blocks_[n].size) <= (4u << 20)) ++n;
  blocks_.resize(n);
  next_ = size_ = used_ = 0;
  block_ = nullptr;
}

void* Arena::take_more(size_t bytes, size_t alignment) {
  do {
    if (next_ == blocks_.size()) {
      const size_t size = std::max<size_t>(bytes + alignment, 64u << 10 << std::min<size_t>(next_, 6));
      // Not value-initialized: whoever asks for memory writes it.
      blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
    }
    block_ = blocks_[next_].bytes.get();
    size_ = blocks_[next_].size;
    used_ = 0;
    ++next_;
  } while (size_ < bytes);
  used_ = bytes;
  return block_;
}

}  // namespace sekisho::engine
