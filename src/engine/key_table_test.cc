#include "engine/key_table.h"

#include <doctest/doctest.h>

#include <random>

#include "engine/value.h"

using namespace sekisho;
using namespace sekisho::engine;

TEST_CASE("a key is found, and nothing that differs from it in one byte") {
  std::mt19937 random(11);
  KeyTable table;
  std::vector<std::string> keys;
  for (size_t size = 0; size < 60; ++size) {
    std::string key;
    for (size_t i = 0; i < size; ++i) key += static_cast<char>(random());
    REQUIRE(table.insert(key, static_cast<uint32_t>(size)) == size);
    keys.push_back(key);
  }
  for (size_t size = 0; size < keys.size(); ++size) {
    CHECK(table.find(keys[size]) == size);
    CHECK(table.insert(keys[size], 999) == size);
    for (size_t i = 0; i < size; ++i) {
      std::string other = keys[size];
      other[i] = static_cast<char>(other[i] ^ (1 << random() % 8));
      const uint32_t found = table.find(other);
      CHECK((found == KeyTable::kAbsent || keys[found] == other));
    }
  }
  CHECK(table.find(std::string(100, 'a')) == KeyTable::kAbsent);
  CHECK(table.size() == 60);
}

TEST_CASE("a folded key is what folding gives, or cannot be made") {
  std::mt19937 random(12);
  for (size_t size = 0; size < 140; ++size) {
    for (int round = 0; round < 20; ++round) {
      std::string text;
      for (size_t i = 0; i < size; ++i) text += static_cast<char>(random() % 128);
      FoldedKey key;
      REQUIRE(key.set(text) == (size <= FoldedKey::kMost));
      if (size <= FoldedKey::kMost) REQUIRE(key.text() == fold(text));
      if (size == 0) continue;
      text[random() % size] = static_cast<char>(0x80 + random() % 128);
      CHECK_FALSE(key.set(text));
    }
  }
}
