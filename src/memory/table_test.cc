// The table against a map, while it grows, and while others read.
#include "memory/table.h"

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

namespace sekisho::memory {
namespace {

Table table() {
  auto made = Table::make();
  REQUIRE(made.has_value());
  return *std::move(made);
}

TEST_CASE("what was put is found, and nothing else") {
  Table t = table();
  CHECK(t.get(0) == 0);
  CHECK(t.get(Table::kKeyMask) == 0);
  CHECK_FALSE(t.put(7, 0).has_value());
  std::mt19937_64 random(1);
  std::map<uint64_t, uint64_t> twin;
  for (int i = 0; i < 300'000; ++i) {
    // Few shards, so that they grow far; keys with zeros at either end; some come again with another value.
    const uint64_t key = (random() % 3) << 40 | (random() & 0xfffff) << (i % 2 ? 0 : 20);
    const uint64_t value = 1 + random() % Table::kValueMask;
    REQUIRE(t.put(key, value).has_value());
    twin[key] = value;
  }
  CHECK(t.size() == twin.size());
  for (const auto& [key, value] : twin) REQUIRE(t.get(key) == value);
  size_t found = 0;
  for (int i = 0; i < 300'000; ++i) {
    const uint64_t key = random() & Table::kKeyMask;
    found += t.get(key) != 0 && !twin.contains(key);
  }
  CHECK(found == 0);
  t.each([&](uint64_t key, uint64_t value) {
    const auto it = twin.find(key);
    REQUIRE(it != twin.end());
    CHECK(it->second == value);
    twin.erase(it);
    return true;
  });
  CHECK(twin.empty());
}

TEST_CASE("the edges of keys and values") {
  Table t = table();
  for (const uint64_t key : {uint64_t{0}, uint64_t{1}, Table::kKeyMask, uint64_t{1} << 40, (uint64_t{1} << 40) - 1})
    for (const uint64_t value : {uint64_t{1}, (uint64_t{1} << 21) - 1, uint64_t{1} << 21, Table::kValueMask}) {
      REQUIRE(t.put(key, value).has_value());
      CHECK(t.get(key) == value);
    }
  CHECK(t.size() == 5);
}

TEST_CASE("16 bytes an entry, at any size") {
  Table t = table();
  std::mt19937_64 random(2);
  size_t next = 500'000;
  while (t.size() < 2'000'000) {
    REQUIRE(t.put(random() & Table::kKeyMask, 1).has_value());
    if (t.size() != next) continue;
    CHECK(static_cast<double>(t.bytes()) / static_cast<double>(t.size()) < 16.5);
    next += 50'000;
  }
  // A shard ends within a page: half a page each, 2 MB in all, are 1 byte an entry here and a fifth of that at 10
  // million.
  CHECK(static_cast<double>(t.bytes()) / static_cast<double>(t.size()) < 16);
}

TEST_CASE("a hole for hashes: one key that was not put in 2^48 / size") {
  Table t = table();
  std::mt19937_64 random(3);
  for (int i = 0; i < 1'000'000; ++i) REQUIRE(t.put(random() & Table::kKeyMask, 1).has_value());
  size_t wrong = 0;
  for (int i = 0; i < 1'000'000; ++i) wrong += t.get(random() & Table::kKeyMask) != 0;
  CHECK(wrong <= 1);  // 0.004 are expected
}

TEST_CASE("threads: readers see whole values while one thread writes and shards grow") {
  Table t = table();
  constexpr uint64_t kKeys = 200'000;
  const auto spread = [](uint64_t i) { return i * 0x9e3779b97f4a7c15u & Table::kKeyMask; };
  // Both halves of a value are the key's number, so a value put together from two writes shows.
  const auto value = [](uint64_t i, uint64_t round) {
    return (i << 4 | round) << 21 | (i << 3 | round);
  };  // round from 1: never 0
  std::atomic<bool> stop{false};
  std::atomic<uint64_t> written{0}, wrong{0}, read{0};
  std::vector<std::jthread> readers;
  for (int r = 0; r < 3; ++r)
    readers.emplace_back([&, r] {
      std::mt19937_64 random(static_cast<uint64_t>(r));
      while (!stop) {
        const uint64_t upto = written.load(std::memory_order_acquire);
        const uint64_t i = random() % kKeys;
        const uint64_t got = t.get(spread(i));
        if (got == 0) {
          wrong += i < upto;
        } else {
          const uint64_t low = got & ((uint64_t{1} << 21) - 1), high = got >> 21;
          wrong += (low >> 3) != (i & 0x3ffff) || (high >> 4) != (i & 0xfffff) || (low & 7) != (high & 15);
        }
        ++read;
      }
    });
  for (uint64_t round = 1; round <= 3; ++round)
    for (uint64_t i = 0; i < kKeys; ++i) {
      if (!t.put(spread(i), value(i, round)).has_value()) ++wrong;
      if (round == 1) written.store(i + 1, std::memory_order_release);
    }
  while (read < 1000) std::this_thread::yield();
  stop = true;
  readers.clear();
  CHECK(wrong == 0);
  CHECK(t.size() == kKeys);
}

}  // namespace
}  // namespace sekisho::memory
