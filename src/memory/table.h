// Many small facts in little memory: a 48-bit key (of a keyed hash, so that nobody can aim at a place) to a 45-bit
// value that is not 0. A cache line holds six of them; a look-up reads one line, rarely two. Nothing is ever taken out.
//
// Memory: 256 shards, each grown by an eighth when it is 3/4 full, and not all at the same moment: some 15.1 bytes an
// entry at any size (and 1 MB), never more than one shard being rearranged. Shards are made of pages of 4 KiB
// out of one region, so that the region can lie in huge pages: a look-up then misses no TLB. The region's address space
// is reserved at once (2 GiB), memory is taken as it is needed, and none that a reader may look at is ever given back.
//
// Wrong answers: a key that was never put is taken for one that was with probability size / 2^48 (10 million entries: 4
// in 100 million), because keys are hashes. Values are never mixed.
//
// Threads: get() from any number of threads beside one thread that calls put(). Each shard has a counter that is odd
// while it is written (a seqlock over atomic words): a reader that saw it change reads again. A shard that grows makes
// its readers wait, some milliseconds at 10 million entries. All else belongs to the writing thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"

namespace sekisho::memory {

class Table {
 public:
  static constexpr int kKeyBits = 48, kValueBits = 45;
  static constexpr uint64_t kKeyMask = (uint64_t{1} << kKeyBits) - 1, kValueMask = (uint64_t{1} << kValueBits) - 1;

  static Result<Table> make();  // errors: memory.space (no address space)
  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;
  ~Table();

  uint64_t get(uint64_t key) const;  // 0: never put
  // Asks memory for what get(key) will read, and does not wait: for those who know a few keys ahead. Any thread.
  void prefetch(uint64_t key) const;
  // Errors: memory.full (some 150 million entries, or no memory). The table is as it was then.
  Result<void> put(uint64_t key, uint64_t value);

  size_t size() const { return size_->load(std::memory_order_relaxed); }  // any thread
  size_t bytes() const;                                                   // taken so far
  // Every entry, in no order that means anything, until `more` returns false.
  void each(const std::function<bool(uint64_t key, uint64_t value)>& more) const;

 private:
  struct Shard;
  struct Region;
  explicit Table(std::unique_ptr<Region> region);
  uint64_t get_on(const Shard& shard, uint64_t tag) const;
  bool grow(Shard& shard);
  void place(Shard& shard, uint64_t tag, uint64_t value);

  std::unique_ptr<Region> region_;
  std::unique_ptr<Shard[]> shards_;
  std::unique_ptr<std::atomic<size_t>> size_;
};

}  // namespace sekisho::memory
