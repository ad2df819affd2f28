#include "memory/ranks.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

void replace(Ranks& ranks, Day day, const std::vector<std::pair<std::string, uint32_t>>& list) {
  auto import = ranks.begin(day);
  REQUIRE(import.has_value());
  for (const auto& [name, rank] : list) REQUIRE(import->add(name, rank).has_value());
  REQUIRE(ranks.finish(*std::move(import)).has_value());
}

TEST_CASE("ranks, and who came when") {
  TestFolder folder;
  {
    auto ranks = Ranks::open(folder.path("m"), Mode::write, {1, 2});
    REQUIRE(ranks.has_value());
    replace(*ranks, 100, {{"a.example", 1}, {"b.example", 2}, {"a.example", 7}});
    CHECK(ranks->find("a.example")->rank == 1);
    CHECK(ranks->find("a.example")->came == 0);
    CHECK(ranks->imported() == 100);
    CHECK(ranks->imported_before() == 0);
    replace(*ranks, 101, {{"a.example", 2}, {"c.example", 3}});
    replace(*ranks, 102, {{"c.example", 4'000'000}, {"b.example", 99'000'000}, {"b.example", UINT32_MAX}});
  }
  auto ranks = Ranks::open(folder.path("m"), Mode::read, {});
  REQUIRE(ranks.has_value());
  CHECK_FALSE(ranks->find("a.example"));
  CHECK(ranks->find("c.example")->rank == 4'000'000);
  CHECK(ranks->find("c.example")->came == 101);  // stays as it came
  CHECK(ranks->find("b.example")->rank == Ranked::kMostRank);
  CHECK(ranks->find("b.example")->came == 102);  // it was away
  CHECK(ranks->imported() == 102);
  CHECK(ranks->imported_before() == 101);
  CHECK_FALSE(ranks->find("x.example"));
}

TEST_CASE("a list that is not finished changes nothing") {
  TestFolder folder;
  auto ranks = Ranks::open(folder.path("m"), Mode::write, {1, 2});
  replace(*ranks, 100, {{"a.example", 1}});
  {
    auto import = ranks->begin(101);
    REQUIRE(import->add("b.example", 1).has_value());
    CHECK(import->newcomers() == 1);
  }
  CHECK(ranks->find("a.example")->rank == 1);
  CHECK_FALSE(ranks->find("b.example"));
}

}  // namespace
}  // namespace sekisho::memory
