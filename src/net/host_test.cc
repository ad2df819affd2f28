#include "net/host.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "base/strings.h"
#include "net/address.h"

using namespace sekisho::net;

namespace {
std::string ascii(std::string_view s) { return to_ascii(s).value_or("!"); }
}  // namespace

TEST_CASE("host names to ASCII") {
  CHECK(ascii("Mail.Example.COM") == "mail.example.com");
  CHECK(ascii("日本語.jp") == "xn--wgv71a119e.jp");
  CHECK(ascii("ｅｘａｍｐｌｅ．ｃｏｍ") == "example.com");
  CHECK(ascii("例え。テスト") == "xn--r8jz45g.xn--zckzah");
  CHECK(ascii("STRASSE.de") == "strasse.de");
  CHECK(ascii("straße.de") == "xn--strae-oqa.de");
  CHECK(ascii("exam\u00adple.com") == "example.com");
  CHECK(ascii("XN--WGV71A119E.jp") == "xn--wgv71a119e.jp");
  CHECK(ascii("a_b.example") == "a_b.example");
  CHECK(ascii("example.com.") == "example.com.");
  CHECK(ascii("аррӏе.com") == "xn--80ak6aa92e.com");
  CHECK(ascii("\u04c0.example") == "xn--s5a.example");  // a capital whose mapping came with Unicode 16
  CHECK(ascii("\u10a0.example") == ascii("\u2d00.example"));
}

TEST_CASE("what no host name may hold") {
  for (std::string_view bad :
       {std::string_view(""), std::string_view("a b"), std::string_view("a\0b", 3), std::string_view("a/b"),
        std::string_view("a%41"), std::string_view("a@b"), std::string_view("\u200d.com"), std::string_view("\xff.com"),
        std::string_view("a\u2028b"), std::string_view("xn--a.ß"), std::string_view("\u00ad")})
    CHECK_MESSAGE(!to_ascii(bad), bad);
  CHECK(to_ascii("").error().code == "host.empty");
  CHECK(to_ascii(std::string(3000, 'a') + "é").error().code == "host.limit.bytes");
  CHECK(to_ascii(std::string(3000, 'a')).has_value());
}

TEST_CASE("readable names") {
  CHECK(to_unicode("xn--80ak6aa92e.com") == "аррӏе.com");
  CHECK(to_unicode("www.xn--wgv71a119e.jp") == "www.日本語.jp");
  CHECK(to_unicode("example.com") == "example.com");
  CHECK(to_unicode("xn--.com") == "xn--.com");
  CHECK(to_unicode("xn--99999999999.com") == "xn--99999999999.com");
  CHECK(to_unicode("xn--wgv71a119e.xn--zz--zz.com.") == "日本語.xn--zz--zz.com.");
  CHECK(to_unicode("") == "");
  const std::string long_label = "xn--" + std::string(100'000, 'a');
  CHECK(to_unicode(long_label) == long_label);
}

TEST_CASE("addresses") {
  CHECK(is_ipv4("192.0.2.1"));
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "1..2.3", "1.2.3.x", "0x7f.1"})
    CHECK_FALSE_MESSAGE(is_ipv4(bad), bad);
  for (const char* good : {"::", "::1", "2001:db8::1", "[2001:DB8::1]", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1::8",
                           "fe80::", "1:2:3:4:5:6:1.2.3.4"})
    CHECK_MESSAGE(is_ipv6(good), good);
  for (const char* bad : {"", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "fe80::1%eth0",
                          "[::1", "::1.2.3", "1:2:3:4:5:6:7:", "::1.2.3.4:5", "1:2:3:4:5:6:7::8", "g::"})
    CHECK_FALSE_MESSAGE(is_ipv6(bad), bad);
  CHECK(format_ipv6(*parse_ipv6("0:0:1:0:0:0:0:1")) == "0:0:1::1");
  CHECK(format_ipv6(*parse_ipv6("1:0:2:3:4:5:6:7")) == "1:0:2:3:4:5:6:7");
  CHECK(format_ipv6(*parse_ipv6("::")) == "::");
  CHECK(format_ipv6(*parse_ipv6("1:2:3:4:5:6::")) == "1:2:3:4:5:6::");
  CHECK(format_ipv4(*parse_loose_ipv4("0x7f.1")) == "127.0.0.1");
  CHECK(format_ipv4(*parse_loose_ipv4("3232235777")) == "192.168.1.1");
  CHECK(!parse_loose_ipv4("256.256"));
  CHECK(!parse_loose_ipv4("99999999999999999999999999999999999999"));
}

TEST_CASE("address blocks") {
  CHECK(in_cidr("10.1.2.3", "10.0.0.0/8"));
  CHECK_FALSE(in_cidr("11.1.2.3", "10.0.0.0/8"));
  CHECK(in_cidr("192.0.2.129", "192.0.2.128/25"));
  CHECK_FALSE(in_cidr("192.0.2.127", "192.0.2.128/25"));
  CHECK(in_cidr("203.0.113.9", "0.0.0.0/0"));
  CHECK(in_cidr("203.0.113.9", "203.0.113.9"));
  CHECK(in_cidr("2001:db8:1::5", "2001:db8::/32"));
  CHECK(in_cidr("[2001:db8:1::5]", "2001:db8::/32"));
  CHECK_FALSE(in_cidr("2001:db9::5", "2001:db8::/32"));
  CHECK(in_cidr("2001:db8::ff", "2001:db8::fe/127"));
  CHECK(in_cidr("::ffff:10.9.9.9", "10.0.0.0/8"));
  CHECK_FALSE(in_cidr("::1", "0.0.0.0/0"));
  for (const char* bad : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "::/129", "x/8", "", "/",
                          "10.0.0.0/8/8", "10.0.0.0/4294967304"}) {
    CHECK_FALSE_MESSAGE(is_cidr(bad), bad);
    CHECK_FALSE(in_cidr("10.0.0.1", bad));
  }
  CHECK(is_cidr("10.0.0.0/8"));
  CHECK(is_cidr("::1"));
}

TEST_CASE("registrable domains") {
  const auto& psl = PublicSuffixes::system();
  CHECK(psl.registrable("www.example.co.jp") == "example.co.jp");
  CHECK(psl.registrable("example.co.jp") == "example.co.jp");
  CHECK(psl.registrable("co.jp") == "");
  CHECK(psl.registrable("localhost") == "");
  CHECK(psl.registrable("192.0.2.1") == "");
  CHECK(psl.registrable("[::1]") == "");
  CHECK(psl.registrable("::1") == "");
  CHECK(psl.registrable("") == "");
  CHECK(psl.registrable(".example.com") == "");
  CHECK(psl.registrable("a..com") == "");
  CHECK(psl.registrable("evil.github.io") == "evil.github.io");
  CHECK(psl.registrable("a.evil.github.io") == "evil.github.io");
  CHECK(psl.registrable("www.city.kawasaki.jp") == "city.kawasaki.jp");
  CHECK(psl.suffix("www.example.co.jp") == "co.jp");
  CHECK(psl.suffix("x.github.io") == "github.io");
  CHECK(psl.suffix("a.b.invalid") == "invalid");
  CHECK(psl.is_private_suffix("x.github.io"));
  CHECK_FALSE(psl.is_private_suffix("x.co.jp"));
  CHECK_FALSE(psl.is_private_suffix("localhost"));
  CHECK(psl.listed("www.example.com"));
  CHECK_FALSE(psl.listed("readme.txt"));
  const std::string_view host = "login.example.com";
  CHECK(psl.registrable(host).data() == host.data() + 6);  // a view into the argument
  std::string deep;
  for (int i = 0; i < 8000; ++i) deep += "a.";
  deep += "example.com";
  for (int i = 0; i < 1000; ++i) CHECK(psl.registrable(deep) == "example.com");
  CHECK(psl.registrable(std::string(16'000, 'a')) == "");
  CHECK(psl.registrable(std::string_view("a\0b.com", 7)) == "");
}

// The text of the list through our table, its compiled form through libpsl: the same answers.
TEST_CASE("the table of public suffixes against libpsl") {
  const auto slow = PublicSuffixes::load("/usr/share/publicsuffix/public_suffix_list.dafsa");
  const auto text = sekisho::read_file("/usr/share/publicsuffix/public_suffix_list.dat", 16 << 20);
  REQUIRE(slow.has_value());
  REQUIRE(text.has_value());
  const auto& fast = PublicSuffixes::system();
  const auto same = [&](const std::string& host) {
    CAPTURE(host);
    REQUIRE(fast.suffix(host) == slow->suffix(host));
    REQUIRE(fast.registrable(host) == slow->registrable(host));
    REQUIRE(fast.is_private_suffix(host) == slow->is_private_suffix(host));
    REQUIRE(fast.listed(host) == slow->listed(host));
  };
  for (const std::string_view line : sekisho::split(*text, '\n')) {
    if (line.empty() || line.starts_with("//")) continue;
    std::string name(sekisho::trim(line));
    if (name.starts_with('!')) name.erase(0, 1);
    if (name.starts_with("*.")) name.erase(0, 2);
    const auto ascii = to_ascii(name);
    REQUIRE(ascii.has_value());
    for (const char* before : {"", "a.", "b.a.", "www.c.b.a."}) same(before + *ascii);
    if (const size_t dot = ascii->find('.'); dot != std::string::npos) same("x" + ascii->substr(dot));
  }
}

TEST_CASE("suffix lists from files") {
  const auto path = (std::filesystem::temp_directory_path() / "sekisho_psl_test.dat").string();
  const auto write = [&](const char* text) { std::ofstream(path, std::ios::trunc) << text; };
  write(
      "// ===BEGIN ICANN DOMAINS===\nexample\n*.wide.example\n!not.wide.example\n// ===END ICANN DOMAINS===\n"
      "// ===BEGIN PRIVATE DOMAINS===\nhosting.example\n// ===END PRIVATE DOMAINS===\n");
  auto list = PublicSuffixes::load(path);
  REQUIRE(list);
  CHECK(list->registrable("a.b.wide.example") == "a.b.wide.example");
  CHECK(list->registrable("a.not.wide.example") == "not.wide.example");
  CHECK(list->is_private_suffix("me.hosting.example"));
  CHECK_FALSE(list->is_private_suffix("me.example"));
  const PublicSuffixes moved = std::move(*list);
  CHECK(moved.registrable("x.me.hosting.example") == "me.hosting.example");
  write("// nothing but words\n");
  CHECK(PublicSuffixes::load(path).error().code == "psl.empty");
  std::remove(path.c_str());
  CHECK(PublicSuffixes::load(path).error().code == "psl.file");
}

TEST_CASE("within") {
  CHECK(within("a.example.com", "example.com"));
  CHECK(within("example.com", "example.com"));
  CHECK_FALSE(within("badexample.com", "example.com"));
  CHECK_FALSE(within("example.com", "a.example.com"));
  CHECK_FALSE(within("example.com", ""));
}
