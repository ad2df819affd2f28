#include "memory/seen.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

TEST_CASE("first seen: days, counts, users") {
  TestFolder folder;
  {
    auto seen = Seen::open(folder.path("m"), Mode::write, {1, 2});
    REQUIRE(seen.has_value());
    CHECK_FALSE(seen->find("example.com"));
    REQUIRE(seen->saw("example.com", 100, "alice").has_value());
    REQUIRE(seen->saw("example.com", 90).has_value());  // logs come in any order
    REQUIRE(seen->saw("example.com", 120, "alice", 3).has_value());
    REQUIRE(seen->saw("", 120).has_value());
    REQUIRE(seen->saw("example.com", 0).has_value());
    REQUIRE(seen->store().commit().has_value());
  }
  auto seen = Seen::open(folder.path("m"), Mode::read, {});
  REQUIRE(seen.has_value());
  const auto s = seen->find("example.com");
  REQUIRE(s);
  CHECK(s->first == 90);
  CHECK(s->last == 120);
  CHECK(s->count == 5);
  CHECK(s->users_at_least == 1);
  CHECK_FALSE(seen->find("example.org"));
  CHECK(seen->store().table().size() == 1);
}

TEST_CASE("as of a day: only what was met on an earlier one") {
  TestFolder folder;
  auto seen = Seen::open(folder.path("m"), Mode::write, {1, 2});
  REQUIRE(seen->saw("example.com", 100).has_value());
  CHECK_FALSE(seen->days_before("example.com", 99));
  CHECK_FALSE(seen->days_before("example.com", 100));
  CHECK(seen->days_before("example.com", 101) == 1);
  CHECK(seen->days_before("example.com", 465) == 365);
  CHECK_FALSE(seen->days_before("example.org", 465));
}

TEST_CASE("counts and users stop at their ends") {
  TestFolder folder;
  auto seen = Seen::open(folder.path("m"), Mode::write, {1, 2});
  for (int i = 0; i < 600; ++i) {
    REQUIRE(seen->saw("example.com", 65535, "user" + std::to_string(i)).has_value());
    const auto s = seen->find("example.com");
    CHECK(s->count == std::min<uint32_t>(static_cast<uint32_t>(i) + 1, Sighting::kMostCounted));
    CHECK(s->users_at_least <= static_cast<uint32_t>(i) + 1);
  }
  CHECK(seen->find("example.com")->users_at_least == 4);
  REQUIRE(seen->saw("example.com", 1, "", UINT32_MAX).has_value());
  CHECK(seen->find("example.com")->count == Sighting::kMostCounted);
  CHECK(seen->find("example.com")->first == 1);
}

}  // namespace
}  // namespace sekisho::memory
