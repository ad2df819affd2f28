#include "net/carried.h"

#include <doctest/doctest.h>

using namespace sekisho::net;

namespace {

std::string first(std::string_view href) {
  const auto found = carried_addresses(href);
  return found.empty() ? "" : std::string(found[0].how) + " " + found[0].address;
}

}  // namespace

TEST_CASE("addresses carried in a URL are found however they are written") {
  CHECK(first("https://a.example/login?e=taro.yamada@corp.example.jp") == "plain taro.yamada@corp.example.jp");
  CHECK(first("https://a.example/#taro%40corp.example") == "plain taro@corp.example");
  CHECK(first("https://a.example/x/dGFyb0Bjb3JwLmV4YW1wbGU=") == "base64 taro@corp.example");
  CHECK(first("https://a.example/?q=dGFyb0Bjb3JwLmV4YW1wbGU&z=1") == "base64 taro@corp.example");
  CHECK(first("https://a.example/#7461726f40636f72702e6578616d706c65") == "hex taro@corp.example");
}

TEST_CASE("what carries no address gives none") {
  CHECK(first("https://a.example/") == "");
  CHECK(first("https://taro@corp.example/") == "");
  CHECK(first("https://a.example/@user/posts") == "");
  CHECK(first("https://a.example/c/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") == "");
  CHECK(first("https://a.example/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") == "");
  CHECK(first("") == "");
}

TEST_CASE("long URLs cost linear time") {
  std::string url = "https://a.example/?";
  for (int i = 0; i < 5000; ++i) url += "@@a@";
  CHECK(carried_addresses(url).empty());
  CHECK(carried_addresses("https://a.example/" + std::string(100'000, 'A')).empty());
}
