#include "memory/platforms.h"

#include <doctest/doctest.h>

namespace sekisho::memory {
namespace {

TEST_CASE("the suffix under which anybody gets a name") {
  const Platforms platforms(net::PublicSuffixes::system(), [](std::string_view host) -> std::string_view {
    for (const std::string_view entry : {"dyn.example.com", "sites.example.net"})
      if (net::within(host, entry)) return entry;
    return {};
  });
  CHECK(platforms.platform("someone.github.io") == "github.io");
  CHECK(platforms.platform("a.someone.github.io") == "github.io");
  CHECK(platforms.platform("github.io") == "");
  CHECK(platforms.platform("x.dyn.example.com") == "dyn.example.com");
  CHECK(platforms.platform("dyn.example.com") == "");
  CHECK(platforms.platform("www.example.co.jp") == "");
  CHECK(platforms.platform("example.com") == "");
  CHECK(platforms.platform("192.0.2.1") == "");
  CHECK(platforms.platform("") == "");
  CHECK(Platforms(net::PublicSuffixes::system(), {}).platform("x.github.io") == "github.io");
}

}  // namespace
}  // namespace sekisho::memory
