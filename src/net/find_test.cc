#include <doctest/doctest.h>

#include <chrono>

#include "net/url.h"

using namespace sekisho;
using namespace sekisho::net;

namespace {
// The URLs as they stand in the text, joined by a space.
std::string found(std::string_view text) {
  std::string out;
  for (const FoundUrl& f : find_urls(text)) {
    REQUIRE(f.offset + f.length <= text.size());
    const std::string_view piece = text.substr(f.offset, f.length);
    CHECK(f.url.ends_with(piece));
    out += (out.empty() ? "" : " ") + std::string(piece);
  }
  return out;
}
}  // namespace

TEST_CASE("URLs in English text") {
  CHECK(found("See https://example.com/a?b=c#d.") == "https://example.com/a?b=c#d");
  CHECK(found("(see http://example.com/x)") == "http://example.com/x");
  CHECK(found("http://example.com/x_(y), then") == "http://example.com/x_(y)");
  CHECK(found("{http://example.com/x} http://example.com/?{id}.") == "http://example.com/x http://example.com/?{id}");
  CHECK(found("<https://example.com>") == "https://example.com");
  CHECK(found("HTTPS://EXAMPLE.COM/!") == "HTTPS://EXAMPLE.COM/");
  CHECK(found("ftp://example.com/f and sftp://example.com/f") == "ftp://example.com/f");
  CHECK(found("http://user:pw@example.com:8080/x") == "http://user:pw@example.com:8080/x");
  CHECK(found("https://bank.example@evil.example/x") == "https://bank.example@evil.example/x");
  CHECK(found("http://[2001:db8::1]:80/x http://192.0.2.1 http://localhost:3000") ==
        "http://[2001:db8::1]:80/x http://192.0.2.1 http://localhost:3000");
  CHECK(found("http://http://example.com/") == "http://example.com/");
  CHECK(found("https://example.com/r?u=http://other.example/ x") == "https://example.com/r?u=http://other.example/");
  CHECK(found("https://example.com: yes") == "https://example.com");
  CHECK(found("https:// example.com  http:///x  http://...") == "");
  CHECK(found("https://bücher.example/über?ä") == "https://bücher.example/über?ä");
  CHECK(found("http://%65vil.example/") == "http://%65vil.example/");
}

TEST_CASE("names without a scheme") {
  CHECK(found("Go to www.example.com.") == "www.example.com");
  CHECK(find_urls("www.example.com/x").at(0).url == "http://www.example.com/x");
  CHECK(found("WWW.EXAMPLE.COM/") == "WWW.EXAMPLE.COM/");
  CHECK(found("www.example, www.readme.txt awww.example.com x@www.example.com www.") == "");
  CHECK(found("open login.example.com/reset now") == "login.example.com/reset");
  CHECK(found("login.example.com:8443/reset") == "login.example.com:8443/reset");
  CHECK(find_urls("login.example.com/x").at(0).url == "http://login.example.com/x");
  CHECK(found("and/or, 1.5/2.0, 2024.01.02/x, src/main.cc/x, a@b.com/c, e.g./i.e., read.me.txt/x") == "");
  CHECK(found("pаypal.com/login") == "pаypal.com/login");  // with a Cyrillic а
  CHECK(found("end.It/they mr.No/yes") == "");
  CHECK(found("example.com alone is not linked") == "");
}

TEST_CASE("Japanese text around URLs") {
  CHECK(found("詳しくはhttps://example.co.jp/xをご確認ください。") == "https://example.co.jp/x");
  CHECK(found("https://example.comをクリック") == "https://example.com");
  CHECK(found("https://example.com。次に") == "https://example.com");
  CHECK(found("https://example.com.次に") == "https://example.com");
  CHECK(found("「https://example.com/a」と（https://example.com/b）") == "https://example.com/a https://example.com/b");
  CHECK(found("URL：https://日本語.jp/x　です") == "https://日本語.jp/x");
  CHECK(found("https://日本語.jpを開く") == "https://日本語.jp");
  CHECK(found("http://example。com/x") == "http://example。com/x");
  CHECK(found("こちらwww.example.jp/xへ") == "www.example.jp/x");
  CHECK(found("こちらlogin.example.jp/xへ") == "login.example.jp/x");
  CHECK(found("https://ｅｘａｍｐｌｅ.com/x") == "https://ｅｘａｍｐｌｅ.com/x");
}

TEST_CASE("hostile text takes linear time") {
  const auto started = std::chrono::steady_clock::now();
  Limits limits;
  for (std::string_view piece :
       {"http://", "www.",   "www.あ", "http://あ",   "://",   "a.com/", "a.",  "/",          "http://a@", "http://[",
        "@",       "あ.あ/", "é.é/",   "http://a.あ", "www.-", "http:/", "(((", "http://a/(", "%41.",      "w.ww."}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    for (const FoundUrl& f : find_urls(text, limits)) CHECK(f.offset + f.length <= text.size());
  }
  // Quadratic work would take hours; a loaded machine with sanitizers needs seconds.
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(60));
  CHECK(find_urls(std::string(16u << 20, '/')).empty());
}

TEST_CASE("limits of finding") {
  Limits few;
  few.links = 3;
  std::string text;
  for (int i = 0; i < 10; ++i) text += "http://example.com/ ";
  CHECK(find_urls(text, few).size() == 3);
  const auto long_one = find_urls("http://example.com/" + std::string(50'000, 'a') + " http://b.example/");
  REQUIRE(long_one.size() == 2);
  CHECK(long_one[0].url.size() <= Limits{}.url_bytes);
  CHECK(parse_url(long_one[0].url)->host == "example.com");
  const std::string nul("http://a\0b.example/ \0http://c.example/", 38);
  CHECK(find_urls(nul).size() == 2);
  CHECK(find_urls("").empty());
}

TEST_CASE("the host that a text names") {
  CHECK(host_named_by("https://www.Example.com/login") == "www.example.com");
  CHECK(host_named_by(" example.com ") == "example.com");
  CHECK(host_named_by("Example.co.jp/path?x") == "example.co.jp");
  CHECK(host_named_by("<www.example.com>") == "www.example.com");
  CHECK(host_named_by("[example.com]") == "example.com");
  CHECK(host_named_by("「example.com」") == "example.com");
  CHECK(host_named_by("example.com:8443/x") == "example.com");
  CHECK(host_named_by("日本語.jp") == "xn--wgv71a119e.jp");
  CHECK(host_named_by("192.0.2.1") == "192.0.2.1");
  CHECK(host_named_by("http://192.0.2.1/x") == "192.0.2.1");
  CHECK(host_named_by("[2001:DB8:0::1]") == "[2001:db8::1]");
  CHECK(host_named_by("2001:db8:0::1") == "[2001:db8::1]");
  CHECK(host_named_by("example.com/a:b:c") == "example.com");
  for (const char* none :
       {"", " ", "Click here", "Visit example.com today", "user@example.com", "example", "readme.txt", "co.jp", "1.5",
        "ログイン", "12:30", "note: x", "...", "http://", "mailto:a@example.com", "a..com"})
    CHECK_MESSAGE(host_named_by(none) == "", none);
  for (char c : {'<', ']', '[', ' ', 'a', '.'}) CHECK(host_named_by(std::string(1 << 20, c)) == "");
}
