#include "net/url.h"

#include <doctest/doctest.h>

#include "net/host.h"

using namespace sekisho;
using namespace sekisho::net;

namespace {
std::string href(std::string_view s, std::string_view base = {}) {
  if (base.empty()) {
    const auto u = parse_url(s);
    return u ? u->href() : "!" + u.error().code;
  }
  const auto b = parse_url(base);
  REQUIRE(b);
  const auto u = parse_url(s, &*b);
  return u ? u->href() : "!" + u.error().code;
}
}  // namespace

TEST_CASE("parts of a URL") {
  const auto u = parse_url("  HTTPS://Bob:s%40cret@Example.COM:8443/a/./b/../c d?q=<1>'#frag ment\n");
  REQUIRE(u);
  CHECK(u->scheme == "https");
  CHECK(u->username == "Bob");
  CHECK(u->password == "s%40cret");
  CHECK(u->host == "example.com");
  CHECK(u->port == 8443);
  CHECK(u->path == "/a/c%20d");
  CHECK(u->query == "q=%3C1%3E%27");
  CHECK(u->fragment == "frag%20ment");
  CHECK(u->origin() == "https://example.com:8443");
  CHECK(u->special());
  CHECK(u->href() == "https://Bob:s%40cret@example.com:8443/a/c%20d?q=%3C1%3E%27#frag%20ment");
}

TEST_CASE("tricks of phishers read as browsers read them") {
  CHECK(href("https://accounts.example@evil.example/x") == "https://accounts.example@evil.example/x");
  CHECK(parse_url("https://accounts.example@evil.example/x")->host == "evil.example");
  CHECK(parse_url("https://accounts.example\\@evil.example/x")->host == "accounts.example");
  CHECK(href("https:evil.example") == "https://evil.example/");
  CHECK(href("https:\\\\evil.example\\x") == "https://evil.example/x");
  CHECK(href("ht\ntps://ev\til.example/") == "https://evil.example/");
  CHECK(href("https://////evil.example") == "https://evil.example/");
  CHECK(href("http://0x7f.1/") == "http://127.0.0.1/");
  CHECK(href("http://3232235777") == "http://192.168.1.1/");
  CHECK(href("http://%65%76il.example") == "http://evil.example/");
  CHECK(href("http://ｅｖｉｌ。example") == "http://evil.example/");
  CHECK(href("http://[::ffff:192.0.2.1]:80/") == "http://[::ffff:c000:201]/");
  CHECK(href("https://a:b:c@@host.example") == "https://a:b%3Ac%40@host.example/");
  CHECK(href("https://x/%2e%2E/%2e/y") == "https://x/y");
  CHECK(href("//evil.example/x", "https://a.example/b") == "https://evil.example/x");
}

TEST_CASE("relative to a base") {
  const char* base = "https://a.example/b/c?q#f";
  CHECK(href("d", base) == "https://a.example/b/d");
  CHECK(href("../../../d", base) == "https://a.example/d");
  CHECK(href("", base) == "https://a.example/b/c?q");
  CHECK(href("?x", base) == "https://a.example/b/c?x");
  CHECK(href("#x", base) == "https://a.example/b/c?q#x");
  CHECK(href("https:d", base) == "https://a.example/b/d");
  CHECK(href("mailto:x@a.example", base) == "mailto:x@a.example");
  CHECK(href("x", "mailto:x@a.example") == "!url.scheme");
  CHECK(href("#x", "mailto:x@a.example") == "mailto:x@a.example#x");
  CHECK(href("/x", "file:///C:/y/z") == "file:///C:/x");
  CHECK(href("..", "file:///C:/") == "file:///C:/");
}

TEST_CASE("other schemes") {
  CHECK(href("data:text/html,<b>a b </b> #x") == "data:text/html,<b>a b </b>%20#x");
  CHECK(href("javascript:alert(1)") == "javascript:alert(1)");
  CHECK(parse_url("javascript:alert(1)")->opaque_path);
  CHECK(href("web+x:/.//host") == "web+x:/.//host");
  CHECK(href("file://localhost/etc") == "file:///etc");
  CHECK(href("file:C|/x") == "file:///C:/x");
  CHECK(parse_url("blob:https://a.example/uuid")->origin() == "https://a.example");
  CHECK(parse_url("blob:blob:https://a.example/uuid")->origin() == "null");
  CHECK(parse_url("ftp://a.example:21/")->port == std::nullopt);
}

TEST_CASE("failures have codes") {
  CHECK(href("") == "!url.scheme");
  CHECK(href("no scheme") == "!url.scheme");
  CHECK(href("https://") == "!url.host.empty");
  CHECK(href("https://:80") == "!url.host.empty");
  CHECK(href("https://user@/x") == "!url.credentials");
  CHECK(href("https://a b/") == "!url.host");
  CHECK(href("https://a:99999/") == "!url.port");
  CHECK(href("https://a:x/") == "!url.port");
  CHECK(href("https://[::1/") == "!url.host.ipv6");
  CHECK(href("https://1.2.3.456/") == "!url.host.ipv4");
  CHECK(href("x://a b/") == "!url.host.character");
}

TEST_CASE("hostile URLs") {
  const std::string long_url = "https://example.com/" + std::string(16 << 10, 'a');
  CHECK(parse_url(long_url).error().code == "url.limit.bytes");
  CHECK(parse_url("http://a/\xff\xc0\x80")->path == "/%EF%BF%BD%EF%BF%BD%EF%BF%BD");
  const std::string nul("http://a/b\0c?\0#\0x", 17);
  CHECK(parse_url(nul)->href() == "http://a/b%00c?%00#%00x");
  CHECK(!parse_url(std::string_view("http://a\0b/", 11)));
  Limits wide;
  wide.url_bytes = 8 << 20;
  std::string dots = "http://a/", escapes = "http://a/", ats = "http://", labels = "http://";
  for (int i = 0; i < 1'000'000; ++i) dots += "x/../", escapes += "%25", ats += "a@", labels += "é.";
  CHECK(parse_url(dots, nullptr, wide)->path == "/");
  CHECK(parse_url(escapes, nullptr, wide)->path.size() == 3'000'001);
  CHECK(parse_url(ats + "a", nullptr, wide)->host == "a");
  CHECK(!parse_url(labels, nullptr, wide));  // stops at the limit of non-ASCII names
  CHECK(!parse_url("http://[" + std::string(1'000'000, ':') + "]", nullptr, wide));
  CHECK(!parse_url("http://" + std::string(1'000'000, '0') + "9x.1.1.1.1", nullptr, wide));
}

TEST_CASE("percent decoding") {
  CHECK(percent_decode("a%20b%2") == "a b%2");
  CHECK(percent_decode("%%41%zz%") == "%A%zz%");
  CHECK(percent_decode("") == "");
}
