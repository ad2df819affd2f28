#include "memory/fold.h"

#include <doctest/doctest.h>

namespace sekisho::memory {
namespace {

std::string folded(std::string_view url) {
  const auto read = net::parse_url(url);
  REQUIRE(read.has_value());
  return url_template(*read);
}

TEST_CASE("what stays and what goes") {
  CHECK(path_template("/Verify/2024/Login.PHP", "id=77&t=9") == "/verify/0/login.php?id&t");
  CHECK(path_template("/dl/3fa85f64c0de/index.html") == "/dl/x/index.html");
  CHECK(path_template("/dl/3fa85f64-5717-4562-b3fc-2c963f66afa6") == "/dl/x-0-0-b0fc-x");
  CHECK(path_template("/r/aHR0cHM6Ly9leGFtcGxlLmNvbQ") == "/r/b");
  CHECK(path_template("/r/aHR0cHM6Ly9leGFtcGxlLmNvbQ==/x") == "/r/b/x");
  CHECK(path_template("/s/k3j9x0q7w5e1z8n2m4b6") == "/s/b");
  CHECK(path_template("/a0iwmdy0p0") == "/a0iwmdy0p0");
  CHECK(path_template("/ap/signin") == "/ap/signin");
  CHECK(path_template("/smbc/smbcupdatebill.php") == "/smbc/smbcupdatebill.php");
  CHECK(path_template("/MyAccountVerificationPage.aspx") == "/myaccountverificationpage.aspx");
  CHECK(path_template("/a-very-long-slug-of-an-article-in-2023") == "/a-very-long-slug-of-an-article-in-0");
  CHECK(path_template("/%E3%83%AD%E3%82%B0/x%20y") == "/%/x%y");
  CHECK(path_template("/1234567890") == "/0");
  CHECK(path_template("/defaced") == "/defaced");
  CHECK(path_template("/") == "/");
  CHECK(path_template("/", "12345") == "/?0");
  CHECK(path_template("/", "a=1&&b") == "/?a&&b");
  CHECK(path_template("//x/./") == "//x/./");
}

TEST_CASE("of a URL") {
  CHECK(folded("https://h.example") == "/");
  CHECK(folded("https://h.example/Login?Next=/a#top") == "/login?next");
  CHECK(folded("mailto:a@h.example") == "");
  CHECK(trivial(folded("http://h.example/")));
  CHECK_FALSE(trivial(folded("http://h.example/?x=1")));
}

TEST_CASE("the same again gives the same, and nothing grows") {
  for (const std::string_view path : {"/a/b0/x.php?q", "/b/x-0"}) CHECK(path_template(path) == path);
  for (const char c : {'a', '0', 'f', '%', '/', '=', 'Z'}) {
    const std::string out = path_template(std::string(1'000'000, c), std::string(1'000'000, c));
    CHECK(out.size() <= kTemplateBytes);
  }
}

}  // namespace
}  // namespace sekisho::memory
