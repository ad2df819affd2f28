// The memory of one event's evaluation. Inside engine/ only.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <vector>

namespace sekisho::engine {

// Memory of one event, handed out in order and taken back all at once; blocks are kept for the next event (up to 4 MB).
class Arena final : public std::pmr::memory_resource {
 public:
  template <class T>
  T* make(size_t n) {
    return static_cast<T*>(take(n * sizeof(T) + 1, alignof(T)));  // + 1: never null
  }
  void reset();

 private:
  void* take(size_t bytes, size_t alignment) {
    const size_t at = (used_ + alignment - 1) & ~(alignment - 1);
    if (at + bytes > size_) return take_more(bytes, alignment);
    used_ = at + bytes;
    return block_ + at;
  }
  void* take_more(size_t bytes, size_t alignment);
  void* do_allocate(size_t bytes, size_t alignment) override { return take(bytes, alignment); }
  void do_deallocate(void*, size_t, size_t) override {}
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t next_ = 0;             // the block after the one in use
  std::byte* block_ = nullptr;  // in use
  size_t size_ = 0, used_ = 0;  // of it
};

}  // namespace sekisho::engine
