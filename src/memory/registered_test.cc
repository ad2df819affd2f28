#include "memory/registered.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

TEST_CASE("registration days: the later counts, a registry before a list") {
  TestFolder folder;
  auto names = Registered::open(folder.path("m"), Mode::write, {1, 2});
  REQUIRE(names.has_value());
  CHECK_FALSE(names->find("a.example"));
  const auto learn = [&](Day day, bool by_registry) {
    REQUIRE(names->learn("a.example", {day, by_registry}).has_value());
    return names->find("a.example")->day;
  };
  CHECK(learn(100, false) == 100);
  CHECK(learn(90, false) == 100);
  CHECK(learn(110, false) == 110);
  CHECK(learn(50, true) == 50);
  CHECK(learn(200, false) == 50);
  CHECK(learn(60, true) == 60);
  CHECK(learn(0, true) == 60);
  CHECK(names->find("a.example")->by_registry);
}

}  // namespace
}  // namespace sekisho::memory
