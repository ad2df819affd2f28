// Takes keys and values, gives values back. Entries: Table::get, Table::put. Refuses to grow over what it reserved.
//
// A bucket is one cache line, eight words. Word i < 6 holds entry i's tag (40 bits) above the upper 24 bits of its
// value; words 6 and 7 hold the lower 21 bits of the values of entries 0–2 and 3–5. Bit 63 of word 6: an entry that
// belongs here lies in a later bucket. Value 0: a free place; places fill from the first on.
#include "memory/table.h"

#include <sys/mman.h>

#include <new>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

namespace sekisho::memory {
namespace {

constexpr size_t kShards = 1024, kSlots = 6, kWords = 8, kBucketBytes = 64;
constexpr size_t kMostBuckets = 131'072, kShardBytes = kMostBuckets * kBucketBytes, kPage = 4096;
constexpr int kTagBits = 40, kLowBits = 21;
constexpr uint64_t kTagMask = (uint64_t{1} << kTagBits) - 1, kLowMask = (uint64_t{1} << kLowBits) - 1;
constexpr uint64_t kSpilled = uint64_t{1} << 63;

uint64_t load(const uint64_t* word) {
  return std::atomic_ref<uint64_t>(*const_cast<uint64_t*>(word)).load(std::memory_order_acquire);
}
void store(uint64_t* word, uint64_t value) { std::atomic_ref<uint64_t>(*word).store(value, std::memory_order_release); }

uint64_t* low_word(uint64_t* bucket, size_t slot) { return bucket + 6 + slot / 3; }
const uint64_t* low_word(const uint64_t* bucket, size_t slot) { return bucket + 6 + slot / 3; }
int low_shift(size_t slot) { return static_cast<int>(slot % 3) * kLowBits; }

uint64_t value_at(const uint64_t* bucket, size_t slot, uint64_t word) {
  const uint64_t high = word & ((uint64_t{1} << 24) - 1);
  return high << kLowBits | (load(low_word(bucket, slot)) >> low_shift(slot) & kLowMask);
}

void write(uint64_t* bucket, size_t slot, uint64_t tag, uint64_t value) {
  uint64_t* low = low_word(bucket, slot);
  const int shift = low_shift(slot);
  store(low, (load(low) & ~(kLowMask << shift)) | (value & kLowMask) << shift);
  store(bucket + slot, tag << 24 | value >> kLowBits);
}

// Keys are hashes, but the table is no slower for those that are not.
size_t home_of(uint64_t tag, size_t buckets) { return (tag * 0x9e3779b97f4a7c15u >> 32) * buckets >> 32; }

size_t pages(size_t buckets) { return (buckets * kBucketBytes + kPage - 1) / kPage * kPage; }

}  // namespace

struct Table::Shard {
  std::atomic<uint32_t> version{0};
  std::atomic<uint32_t> buckets{0};
  uint32_t used = 0;
};

Table::Table(uint64_t* region, std::unique_ptr<Shard[]> shards)
    : region_(region), shards_(std::move(shards)), size_(std::make_unique<std::atomic<size_t>>(0)) {}

Table::Table(Table&& other) noexcept
    : region_(std::exchange(other.region_, nullptr)),
      shards_(std::move(other.shards_)),
      size_(std::move(other.size_)) {}

Table& Table::operator=(Table&& other) noexcept {
  std::swap(region_, other.region_);
  std::swap(shards_, other.shards_);
  std::swap(size_, other.size_);
  return *this;
}

Table::~Table() {
  if (region_) munmap(region_, kShards * kShardBytes);
}

Result<Table> Table::make() {
  void* region = mmap(nullptr, kShards * kShardBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return fail("memory.space", "no address space for a table (8 GiB are reserved, not used)");
  return Table(static_cast<uint64_t*>(region), std::make_unique<Shard[]>(kShards));
}

uint64_t* Table::shard_words(size_t shard) const { return region_ + shard * (kShardBytes / sizeof(uint64_t)); }

uint64_t Table::get(uint64_t key) const {
  const size_t number = (key & kKeyMask) >> kTagBits;
  const uint64_t tag = key & kTagMask;
  const Shard& shard = shards_[number];
  const uint64_t* words = shard_words(number);
  for (unsigned tries = 0;; ++tries) {
    if (tries > 16) std::this_thread::yield();
    const uint32_t version = shard.version.load(std::memory_order_acquire);
    if (version & 1) continue;
    const size_t buckets = shard.buckets.load(std::memory_order_acquire);
    uint64_t value = 0;
    size_t at = home_of(tag, buckets);
    for (size_t step = 0; step < buckets; ++step) {
      const uint64_t* bucket = words + at * kWords;
      for (size_t slot = 0; slot < kSlots && value == 0; ++slot)
        if (const uint64_t word = load(bucket + slot); word >> 24 == tag) value = value_at(bucket, slot, word);
      if (value != 0 || !(load(bucket + 6) & kSpilled)) break;
      at = at + 1 == buckets ? 0 : at + 1;
    }
    if (shard.version.load(std::memory_order_relaxed) == version) return value;
  }
}

// The shard's counter is odd already.
void Table::place(size_t number, uint64_t tag, uint64_t value) {
  Shard& shard = shards_[number];
  uint64_t* words = shard_words(number);
  const size_t buckets = shard.buckets.load(std::memory_order_relaxed);
  for (size_t at = home_of(tag, buckets);; at = at + 1 == buckets ? 0 : at + 1) {
    uint64_t* bucket = words + at * kWords;
    for (size_t slot = 0; slot < kSlots; ++slot)
      if (value_at(bucket, slot, load(bucket + slot)) == 0) return write(bucket, slot, tag, value);
    store(bucket + 6, load(bucket + 6) | kSpilled);
  }
}

// To 64 … 79 buckets first, so that shards of a like number of entries do not all grow at once; then by a quarter.
bool Table::grow(size_t number) {
  Shard& shard = shards_[number];
  uint64_t* words = shard_words(number);
  const size_t before = shard.buckets.load(std::memory_order_relaxed);
  const size_t after = before == 0 ? 64 + number / 64 : before + before / 4;
  if (after > kMostBuckets) return false;
  char* start = reinterpret_cast<char*>(words);
  if (const size_t have = pages(before), need = pages(after);
      need > have && mprotect(start + have, need - have, PROT_READ | PROT_WRITE) != 0)
    return false;
  std::vector<std::pair<uint64_t, uint64_t>> entries;
  try {
    entries.reserve(shard.used);
  } catch (const std::bad_alloc&) {
    return false;
  }
  for (size_t at = 0; at < before; ++at)
    for (size_t slot = 0; slot < kSlots; ++slot) {
      const uint64_t word = load(words + at * kWords + slot);
      if (const uint64_t value = value_at(words + at * kWords, slot, word)) entries.push_back({word >> 24, value});
    }
  for (size_t i = 0; i < before * kWords; ++i) store(words + i, 0);
  shard.buckets.store(static_cast<uint32_t>(after), std::memory_order_release);
  for (const auto& [tag, value] : entries) place(number, tag, value);
  return true;
}

Result<void> Table::put(uint64_t key, uint64_t value) {
  const size_t number = (key & kKeyMask) >> kTagBits;
  const uint64_t tag = key & kTagMask;
  value &= kValueMask;
  if (value == 0) return fail("memory.value", "0 is no value of a table");
  Shard& shard = shards_[number];
  uint64_t* words = shard_words(number);
  const uint32_t version = shard.version.load(std::memory_order_relaxed);
  // From here on the counter is odd; whatever is stored below comes after it (release).
  shard.version.store(version + 1, std::memory_order_relaxed);
  const auto finish = [&] { shard.version.store(version + 2, std::memory_order_release); };

  const size_t buckets = shard.buckets.load(std::memory_order_relaxed);
  size_t at = home_of(tag, buckets);
  for (size_t step = 0; step < buckets; ++step) {
    uint64_t* bucket = words + at * kWords;
    for (size_t slot = 0; slot < kSlots; ++slot)
      if (const uint64_t word = load(bucket + slot); word >> 24 == tag && value_at(bucket, slot, word) != 0) {
        write(bucket, slot, tag, value);
        finish();
        return {};
      }
    if (!(load(bucket + 6) & kSpilled)) break;
    at = at + 1 == buckets ? 0 : at + 1;
  }
  if ((shard.used + 1) * 8 > buckets * kSlots * 7 && !grow(number)) {
    finish();
    return fail("memory.full", "a table of what is remembered cannot grow any more");
  }
  place(number, tag, value);
  ++shard.used;
  size_->fetch_add(1, std::memory_order_relaxed);
  finish();
  return {};
}

size_t Table::bytes() const {
  size_t sum = kShards * sizeof(Shard);
  for (size_t i = 0; i < kShards; ++i) sum += pages(shards_[i].buckets.load(std::memory_order_relaxed));
  return sum;
}

// Buckets in leaps, not in a row: put again in order of their homes, entries would crowd a table that still grows.
void Table::each(const std::function<bool(uint64_t, uint64_t)>& more) const {
  for (size_t number = 0; number < kShards; ++number) {
    const size_t buckets = shards_[number].buckets.load(std::memory_order_relaxed);
    const uint64_t* words = shard_words(number);
    size_t leap = buckets * 618 / 1000 + 1, at = 0;
    while (std::gcd(leap, buckets) > 1) ++leap;
    for (size_t step = 0; step < buckets; ++step, at = (at + leap) % buckets)
      for (size_t slot = 0; slot < kSlots; ++slot) {
        const uint64_t word = load(words + at * kWords + slot);
        const uint64_t value = value_at(words + at * kWords, slot, word);
        if (value != 0 && !more(number << kTagBits | word >> 24, value)) return;
      }
  }
}

}  // namespace sekisho::memory
