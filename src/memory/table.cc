// Takes keys and values, gives values back. Entries: Table::get, Table::put. Refuses to grow over what it reserved.
//
// A bucket is one cache line, eight words. Word i < 6 holds entry i's tag (40 bits) above the upper 24 bits of its
// value; words 6 and 7 hold the lower 21 bits of the values of entries 0–2 and 3–5. Bit 63 of word 6: an entry that
// belongs here lies in a later bucket. Value 0: a free place; places fill from the first on.
#include "memory/table.h"

#include <sys/mman.h>

#include <bit>
#include <new>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

namespace sekisho::memory {
namespace {

constexpr size_t kShards = 256, kSlots = 6, kWords = 8;
constexpr size_t kPageBytes = 4096, kPageBuckets = 64, kPageWords = kPageBuckets * kWords;
constexpr size_t kShardPages = 2048, kMostBuckets = kShardPages * kPageBuckets, kMostPages = kShards * kShardPages;
constexpr size_t kHuge = 2u << 20, kHugePages = kHuge / kPageBytes, kStepPages = kHugePages / 8;
constexpr int kTagBits = 40, kLowBits = 21;
constexpr uint64_t kTagMask = (uint64_t{1} << kTagBits) - 1, kLowMask = (uint64_t{1} << kLowBits) - 1;
constexpr uint64_t kSpilled = uint64_t{1} << 63;

uint64_t load(const uint64_t* word) {
  return std::atomic_ref<uint64_t>(*const_cast<uint64_t*>(word)).load(std::memory_order_acquire);
}
void store(uint64_t* word, uint64_t value) { std::atomic_ref<uint64_t>(*word).store(value, std::memory_order_release); }

uint64_t* low_word(uint64_t* bucket, size_t slot) { return bucket + 6 + (slot > 2); }
const uint64_t* low_word(const uint64_t* bucket, size_t slot) { return bucket + 6 + (slot > 2); }
size_t low_shift(size_t slot) { return (slot - 3 * (slot > 2)) * kLowBits; }

uint64_t value_at(const uint64_t* bucket, size_t slot, uint64_t word) {
  const uint64_t high = word & ((uint64_t{1} << 24) - 1);
  return high << kLowBits | (load(low_word(bucket, slot)) >> low_shift(slot) & kLowMask);
}

// The value of the entry with that tag, 0 if there is none. Few instructions and no branch that depends on which place
// it is: so the processor begins the next questions while memory answers this one.
uint64_t value_of(const uint64_t* bucket, uint64_t tag) {
  const uint64_t wanted = tag << 24;
  unsigned places = 0;
#pragma GCC unroll 6
  for (size_t slot = 0; slot < kSlots; ++slot)
    places |= static_cast<unsigned>((load(bucket + slot) ^ wanted) < (uint64_t{1} << 24)) << slot;
  if (places == 0) return 0;
  const auto slot = static_cast<size_t>(std::countr_zero(places));  // of a free place with tag 0: value 0
  return value_at(bucket, slot, load(bucket + slot));
}

const uint64_t* spill_word(const uint64_t* bucket, uint64_t tag) { return bucket + 6 + (tag & 1); }
bool spilled(const uint64_t* bucket, uint64_t tag) { return (load(spill_word(bucket, tag)) & kSpilled) != 0; }

void write(uint64_t* bucket, size_t slot, uint64_t tag, uint64_t value) {
  uint64_t* low = low_word(bucket, slot);
  const size_t shift = low_shift(slot);
  store(low, (load(low) & ~(kLowMask << shift)) | (value & kLowMask) << shift);
  store(bucket + slot, tag << 24 | value >> kLowBits);
}

// Keys are hashes, but the table is no slower for those that are not.
size_t home_of(uint64_t tag, size_t buckets) { return (tag * 0x9e3779b97f4a7c15u >> 32) * buckets >> 32; }

size_t pages(size_t buckets) { return (buckets + kPageBuckets - 1) / kPageBuckets; }

}  // namespace

// All pages of all shards, handed out one after the other.
struct Table::Region {
  Region() {
    reserved = mmap(nullptr, kReserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED) return;
    const auto at = reinterpret_cast<uintptr_t>(reserved);
    char* aligned = reinterpret_cast<char*>((at + kHuge - 1) / kHuge * kHuge);
    directory = reinterpret_cast<std::atomic<uint32_t>*>(aligned);
    if (mprotect(aligned, kDirectoryBytes, PROT_READ | PROT_WRITE) != 0) return;
    words = reinterpret_cast<uint64_t*>(aligned + kDirectoryBytes);
  }
  ~Region() {
    if (reserved != MAP_FAILED) munmap(reserved, kReserved);
  }
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  // The first of `count` pages in a row, all zero; nothing if there is no memory.
  bool take(size_t count, uint32_t& first) {
    if (used + count > kMostPages) return false;
    const size_t need = (used + count + kStepPages - 1) / kStepPages * kStepPages;
    if (need > open) {
      if (mprotect(words + open * kPageWords, (need - open) * kPageBytes, PROT_READ | PROT_WRITE) != 0) return false;
      open = need;
    }
    first = static_cast<uint32_t>(used);
    used += count;
    // Whole stretches of 2 MiB become huge pages, in place; the last one stays small ones. Only faster.
    for (; (joined + 1) * kHugePages <= used; ++joined)
      madvise(words + joined * kHugePages * kPageWords, kHuge, kCollapse);
    return true;
  }

  static constexpr int kCollapse = 25;  // MADV_COLLAPSE, of Linux 6.1
  static constexpr size_t kDirectoryBytes = kMostPages * sizeof(std::atomic<uint32_t>);
  static constexpr size_t kReserved = kMostPages * kPageBytes + kDirectoryBytes + kHuge;
  static_assert(kDirectoryBytes % kHuge == 0);

  void* reserved = MAP_FAILED;
  std::atomic<uint32_t>* directory = nullptr;  // zeros: atomics that hold 0
  uint64_t* words = nullptr;
  size_t used = 0, open = 0;  // pages handed out; pages that may be written
  size_t joined = 0;          // stretches
};

struct Table::Shard {
  std::atomic<uint32_t> version{0};
  std::atomic<uint32_t> buckets{0};
  uint32_t used = 0, number = 0;
  std::atomic<uint32_t>* pages = nullptr;  // every kShards-th number of the directory, each written once
  uint64_t* words = nullptr;               // the region's

  uint64_t* bucket(size_t at) const {
    return words + pages[at / kPageBuckets * kShards].load(std::memory_order_relaxed) * kPageWords +
           at % kPageBuckets * kWords;
  }
};

Table::Table(std::unique_ptr<Region> region)
    : region_(std::move(region)),
      shards_(std::make_unique<Shard[]>(kShards)),
      size_(std::make_unique<std::atomic<size_t>>(0)) {
  for (size_t i = 0; i < kShards; ++i) {
    shards_[i].number = static_cast<uint32_t>(i);
    shards_[i].pages = region_->directory + i;
    shards_[i].words = region_->words;
  }
}

Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

Result<Table> Table::make() {
  auto region = std::make_unique<Region>();
  if (!region->words) return fail("memory.space", "no address space for a table (2 GiB are reserved, not used)");
  return Table(std::move(region));
}

// Most questions end here: at home, with nobody writing. Short, so that many are under way at once.
uint64_t Table::get(uint64_t key) const {
  const uint64_t tag = key & kTagMask;
  const Shard& shard = shards_[(key & kKeyMask) >> kTagBits];
  const uint32_t version = shard.version.load(std::memory_order_acquire);
  const size_t buckets = shard.buckets.load(std::memory_order_acquire);
  if (buckets == 0) return 0;
  const uint64_t* bucket = shard.bucket(home_of(tag, buckets));
  const uint64_t value = value_of(bucket, tag);
  if ((value != 0 || !spilled(bucket, tag)) && !(version & 1) &&
      shard.version.load(std::memory_order_relaxed) == version) [[likely]]
    return value;
  return get_on(shard, tag);
}

void Table::prefetch(uint64_t key) const {
  const Shard& shard = shards_[(key & kKeyMask) >> kTagBits];
  const size_t buckets = shard.buckets.load(std::memory_order_acquire);
  if (buckets > 0) __builtin_prefetch(shard.bucket(home_of(key & kTagMask, buckets)));
}

uint64_t Table::get_on(const Shard& shard, uint64_t tag) const {
  for (unsigned tries = 0;; ++tries) {
    if (tries > 16) std::this_thread::yield();
    const uint32_t version = shard.version.load(std::memory_order_acquire);
    if (version & 1) continue;
    const size_t buckets = shard.buckets.load(std::memory_order_acquire);
    uint64_t value = 0;
    size_t at = home_of(tag, buckets);
    for (size_t step = 0; step < buckets; ++step) {
      const uint64_t* bucket = shard.bucket(at);
      value = value_of(bucket, tag);
      if (value != 0 || !spilled(bucket, tag)) break;
      at = at + 1 == buckets ? 0 : at + 1;
    }
    if (shard.version.load(std::memory_order_relaxed) == version) return value;
  }
}

// The shard's counter is odd already.
void Table::place(Shard& shard, uint64_t tag, uint64_t value) {
  const size_t buckets = shard.buckets.load(std::memory_order_relaxed);
  for (size_t at = home_of(tag, buckets);; at = at + 1 == buckets ? 0 : at + 1) {
    uint64_t* bucket = shard.bucket(at);
    for (size_t slot = 0; slot < kSlots; ++slot)
      if (value_at(bucket, slot, load(bucket + slot)) == 0) return write(bucket, slot, tag, value);
    store(bucket + 6 + (tag & 1), load(spill_word(bucket, tag)) | kSpilled);
  }
}

// To 56 … 63 buckets first, so that shards of a like number of entries do not all grow at once; then by an eighth.
bool Table::grow(Shard& shard) {
  const size_t before = shard.buckets.load(std::memory_order_relaxed);
  const size_t after = before == 0 ? 56 + shard.number / 32 : before + before / 8;
  if (after > kMostBuckets) return false;
  std::vector<std::pair<uint64_t, uint64_t>> entries;
  try {
    entries.reserve(shard.used);
  } catch (const std::bad_alloc&) {
    return false;
  }
  const size_t have = pages(before), more = pages(after) - have;
  if (uint32_t first = 0; more > 0) {
    if (!region_->take(more, first)) return false;
    for (size_t i = 0; i < more; ++i)
      shard.pages[(have + i) * kShards].store(first + static_cast<uint32_t>(i), std::memory_order_relaxed);
  }
  for (size_t at = 0; at < before; ++at) {
    uint64_t* bucket = shard.bucket(at);
    for (size_t slot = 0; slot < kSlots; ++slot) {
      const uint64_t word = load(bucket + slot);
      if (const uint64_t value = value_at(bucket, slot, word)) entries.push_back({word >> 24, value});
    }
    for (size_t i = 0; i < kWords; ++i) store(bucket + i, 0);
  }
  shard.buckets.store(static_cast<uint32_t>(after), std::memory_order_release);
  for (const auto& [tag, value] : entries) place(shard, tag, value);
  return true;
}

Result<void> Table::put(uint64_t key, uint64_t value) {
  const uint64_t tag = key & kTagMask;
  value &= kValueMask;
  if (value == 0) return fail("memory.value", "0 is no value of a table");
  Shard& shard = shards_[(key & kKeyMask) >> kTagBits];
  const uint32_t version = shard.version.load(std::memory_order_relaxed);
  // From here on the counter is odd; whatever is stored below comes after it (release).
  shard.version.store(version + 1, std::memory_order_relaxed);
  const auto finish = [&] { shard.version.store(version + 2, std::memory_order_release); };

  const size_t buckets = shard.buckets.load(std::memory_order_relaxed);
  size_t at = home_of(tag, buckets);
  for (size_t step = 0; step < buckets; ++step) {
    uint64_t* bucket = shard.bucket(at);
    for (size_t slot = 0; slot < kSlots; ++slot)
      if (const uint64_t word = load(bucket + slot); word >> 24 == tag && value_at(bucket, slot, word) != 0) {
        write(bucket, slot, tag, value);
        finish();
        return {};
      }
    if (!spilled(bucket, tag)) break;
    at = at + 1 == buckets ? 0 : at + 1;
  }
  if ((shard.used + 1) * 4 > buckets * kSlots * 3 && !grow(shard)) {
    finish();
    return fail("memory.full", "a table of what is remembered cannot grow any more");
  }
  place(shard, tag, value);
  ++shard.used;
  size_->fetch_add(1, std::memory_order_relaxed);
  finish();
  return {};
}

size_t Table::bytes() const { return region_->used * kPageBytes + kShards * sizeof(Shard); }

// Buckets in leaps, not in a row: put again in order of their homes, entries would crowd a table that still grows.
void Table::each(const std::function<bool(uint64_t, uint64_t)>& more) const {
  for (size_t number = 0; number < kShards; ++number) {
    const Shard& shard = shards_[number];
    const size_t buckets = shard.buckets.load(std::memory_order_relaxed);
    size_t leap = buckets * 618 / 1000 + 1, at = 0;
    while (std::gcd(leap, buckets) > 1) ++leap;
    for (size_t step = 0; step < buckets; ++step, at = (at + leap) % buckets) {
      const uint64_t* bucket = shard.bucket(at);
      for (size_t slot = 0; slot < kSlots; ++slot) {
        const uint64_t word = load(bucket + slot);
        const uint64_t value = value_at(bucket, slot, word);
        if (value != 0 && !more(number << kTagBits | word >> 24, value)) return;
      }
    }
  }
}

}  // namespace sekisho::memory
