#include "memory/templates.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

TEST_CASE("reports and ordinary meetings are kept apart") {
  TestFolder folder;
  {
    auto t = Templates::open(folder.path("m"), Mode::write, {1, 2});
    REQUIRE(t.has_value());
    CHECK_FALSE(t->find("/kit/x.php"));
    REQUIRE(t->reported("/kit/x.php", "a.example", 100).has_value());
    REQUIRE(t->reported("/kit/x.php", "a.example", 90).has_value());
    REQUIRE(t->reported("/", "a.example", 90).has_value());
    REQUIRE(t->met("/login", "shop.example").has_value());
    REQUIRE(t->store().commit().has_value());
  }
  auto t = Templates::open(folder.path("m"), Mode::read, {});
  const auto kit = t->find("/kit/x.php");
  REQUIRE(kit);
  CHECK(kit->first == 90);
  CHECK(kit->last == 100);
  CHECK(kit->count == 2);
  CHECK(kit->domains == 1);
  CHECK(kit->ordinary_domains == 0);
  const auto login = t->find("/login");
  REQUIRE(login);
  CHECK(login->first == 0);
  CHECK(login->count == 0);
  CHECK(login->ordinary_domains == 1);
  CHECK_FALSE(t->find("/"));
  CHECK_FALSE(t->find("/other"));
}

TEST_CASE("distinct domains are counted nearly, up to the end of the count") {
  TestFolder folder;
  auto t = Templates::open(folder.path("m"), Mode::write, {1, 2});
  double off30 = 0, off100 = 0;
  constexpr int kTemplates = 60;
  for (int k = 0; k < kTemplates; ++k) {
    const std::string path = "/kit" + std::string(1, static_cast<char>('a' + k % 26)) + "/" + std::to_string(k);
    for (int i = 0; i < 100; ++i) {
      const std::string domain = std::to_string(k) + "-" + std::to_string(i) + ".example";
      for (int again = 0; again < 2; ++again) REQUIRE(t->reported(path, domain, 100).has_value());
      const double domains = t->find(path)->domains;
      if (i == 0) CHECK(domains == 1);
      if (i == 29) off30 += std::abs(domains - 30) / 30;
      if (i == 99) off100 += std::abs(domains - 100) / 100;
    }
  }
  CHECK(off30 / kTemplates < 0.10);
  CHECK(off100 / kTemplates < 0.25);
  for (int i = 0; i < 2000; ++i) REQUIRE(t->met("/index.php", std::to_string(i) + ".example").has_value());
  CHECK(t->find("/index.php")->ordinary_domains == TemplateKnown::kMostDomains);
}

}  // namespace
}  // namespace sekisho::memory
