// What is known of a host when an event of some day comes.
#include "memory/memory.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

net::Url url(std::string_view text) {
  auto read = net::parse_url(text);
  REQUIRE(read.has_value());
  return *std::move(read);
}

Result<Memory> open(const TestFolder& folder, Memory::Wanted wanted) {
  return Memory::open(folder.path("m"), wanted, {1, 2}, net::PublicSuffixes::system());
}

TEST_CASE("as of the day of the event") {
  TestFolder folder;
  {
    auto names = Registered::open(folder.path("m"), Mode::write, {1, 2});
    REQUIRE(names->learn("example.com", {95, true}).has_value());
    REQUIRE(names->store().commit().has_value());
    auto ranks = Ranks::open(folder.path("m"), Mode::write, {1, 2});
    for (const Day day : {90, 99}) {
      auto list = ranks->begin(day);
      REQUIRE(list->add("first.example", 1).has_value());
      if (day == 99) REQUIRE(list->add("example.com", 7).has_value());
      REQUIRE(ranks->finish(*std::move(list)).has_value());
    }
    auto templates = Templates::open(folder.path("m"), Mode::write, {1, 2});
    REQUIRE(templates->reported("/kit/0", "bad.example", 100).has_value());
    REQUIRE(templates->store().commit().has_value());
  }
  auto memory = open(folder, Memory::Wanted::remember);
  REQUIRE_MESSAGE(memory.has_value(), (memory ? "" : memory.error().one_line()));
  const net::Url link = url("https://www.example.com/kit/77");
  REQUIRE(memory->saw("www.example.com", &link, 100, "a@corp.example").has_value());
  REQUIRE(memory->commit().has_value());

  const Known before = memory->about("www.example.com", &link, 94);
  CHECK(before.domain == "example.com");
  CHECK_FALSE(before.seen_days);
  CHECK_FALSE(before.registered_days);
  CHECK_FALSE(before.newcomer);
  CHECK_FALSE(memory->reported_before(link, 94));

  const Known same = memory->about("www.example.com", &link, 100);
  CHECK_FALSE(same.seen_days);  // not earlier than the day itself
  CHECK(same.registered_days == 5);
  CHECK(same.newcomer);
  CHECK_FALSE(memory->reported_before(link, 100));

  const Known after = memory->about("login.example.com", &link, 110);
  CHECK(after.seen_days == 10);
  CHECK(after.rank->rank == 7);
  CHECK(after.folded == "/kit/0");
  CHECK(memory->reported_before(link, 110)->count == 1);
  CHECK(after.folded_known->ordinary_domains == 1);
  CHECK_FALSE(memory->about("first.example", nullptr, 110).newcomer);
  CHECK(memory->about("192.0.2.1", nullptr, 110).domain == "192.0.2.1");
  CHECK(open(folder, Memory::Wanted::read)->about("example.com", nullptr, 101).seen_days == 1);
  CHECK(open(folder, Memory::Wanted::remember).error().code == "memory.locked");
}

TEST_CASE("threads: many tell and ask at once") {
  TestFolder folder;
  auto memory = open(folder, Memory::Wanted::remember);
  REQUIRE(memory.has_value());
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 3000; ++i) {
          const std::string host = "h" + std::to_string(i) + ".example";
          (void)memory->saw(host, nullptr, static_cast<Day>(100 + t), "");
          (void)memory->about(host, nullptr, 105);
        }
      });
  }
  REQUIRE(memory->commit().has_value());
  for (int i = 0; i < 3000; ++i) {
    const auto known = memory->about("h" + std::to_string(i) + ".example", nullptr, 105);
    CHECK(known.seen_days == 5);
    CHECK(known.seen->count == 4);
  }
}

}  // namespace
}  // namespace sekisho::memory
