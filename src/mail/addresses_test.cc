#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "mail/codec.h"
#include "mail/message.h"

using namespace sekisho;
using namespace sekisho::mail;

namespace {

// "name|address" of each mailbox, '!' before a malformed one.
std::string show(std::string_view value) {
  std::string out;
  for (const Mailbox& m : parse_addresses(value))
    out += (out.empty() ? "" : " / ") + std::string(m.malformed ? "!" : "") + m.display_name + "|" + m.address;
  return out;
}

std::string repeat(std::string_view unit, size_t bytes) {
  std::string s;
  while (s.size() < bytes) s += unit;
  return s;
}

// Wide enough for a sanitizer build on a busy machine; a quadratic reader needs minutes.
constexpr std::chrono::seconds kWide(10);

template <class F>
bool quick(F&& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::steady_clock::now() - start < kWide;
}

}  // namespace

TEST_CASE("addresses as RFC 5322 writes them") {
  CHECK(show("a@example.com") == "|a@example.com");
  CHECK(show("Ann <a@EXAMPLE.com>, \"B, C\" <b@example.com>") == "Ann|a@example.com / B, C|b@example.com");
  CHECK(show("a@example.com (Ann \\(x\\) (y))") == "Ann (x) (y)|a@example.com");
  CHECK(show("Team: a@example.com, b@example.com;, c@example.com") ==
        "|a@example.com / |b@example.com / |c@example.com");
  CHECK(show("undisclosed-recipients:;") == "");
  CHECK(show("<>") == "|");
  CHECK(show("") == "");
  CHECK(show("\"a b\"@example.com") == "|\"a b\"@example.com");
  CHECK(parse_addresses("\"a b\"@example.com")[0].local == "a b");
  CHECK(show("Ann <@relay.example:a@example.com>") == "Ann|a@example.com");
  CHECK(show("Ann\r\n <a@example.com>") == "Ann|a@example.com");
  CHECK(show("a @ example . com") == "|a@example.com");
  CHECK(parse_addresses("x <a@[192.0.2.1]>")[0].domain == "[192.0.2.1]");
}

TEST_CASE("addresses as people and attackers write them") {
  CHECK(show("=?utf-8?Q?Bank,_Support?= <a@example.com>") == "Bank, Support|a@example.com");
  CHECK(show("\"=?utf-8?B?5pel5pys?=\" <a@example.com>") == "日本|a@example.com");
  CHECK(show("support@bank.example <a@evil.example>") == "support@bank.example|a@evil.example");
  CHECK(show("\"support@bank.example\" <a@evil.example>") == "support@bank.example|a@evil.example");
  CHECK(show("Example, Inc. <a@example.com>") == "Example, Inc.|a@example.com");
  CHECK(show("Re: hello <a@example.com>") == "Re: hello|a@example.com");
  CHECK(show("<a@example.com> <b@example.com>") == "|a@example.com / !|b@example.com");
  CHECK(show("Ann a@example.com") == "!Ann|a@example.com");
  CHECK(show("just a name") == "!just a name|");
  CHECK(show("Ann <a@b@example.com>") == "!Ann|a@b@example.com");
  CHECK(show("Ann <a@exam ple.com>") == "!Ann|a@exam ple.com");
  CHECK(show("Ann <a@example.com") == "!Ann|a@example.com");
  CHECK(show("mailto:a@example.com") == "|a@example.com");
  CHECK(show("a@example.com; b@example.com") == "|a@example.com / |b@example.com");
  CHECK(show("\"Ann <a@example.com>") == "Ann|a@example.com");
  CHECK(show("Ann (oops <a@example.com>") == "Ann (oops|a@example.com");
  CHECK(show("=?utf-8?B?YUBleGFtcGxlLmNvbQ==?=") == "!a@example.com|");
  CHECK(parse_addresses("a@日本語.example")[0].domain == "xn--wgv71a119e.example");
  CHECK(parse_addresses("a@.example")[0].malformed);
  CHECK(parse_addresses("a@example.com.")[0].domain == "example.com");
  CHECK(parse_addresses("@example.com")[0].malformed);
}

TEST_CASE("hostile address fields end quickly and keep the limit") {
  Limits limits;
  limits.headers = 10;
  for (std::string_view unit : {"a@b.example,", "\"\\", "(", "<", "a:", "=?", "a@:", "=?u?q?", "<\"", "\"", "a,"}) {
    std::string s;
    while (s.size() < 200'000) s += unit;
    CHECK(parse_addresses(s + ";", limits).size() <= 10);
    CHECK(parse_addresses(s).size() <= 2000);
  }
}

TEST_CASE("brackets that never close are each looked for once") {
  for (std::string_view unit : {"<\\\"", "<\"", "<\\", "<,\"", "<\\\"a@b.example,", "\"<\\\"", "<(\\\"", "<;\\\"\\"}) {
    CAPTURE(unit);
    const std::string value = repeat(unit, kAddressFieldBytes);
    CHECK(quick([&] {
      for (int i = 0; i < 16; ++i) parse_addresses(value);
    }));
  }
  CHECK(show("<\\\"<a@example.com>") == "!|\\\" / !|a@example.com");
  CHECK(show("a <\"x<y\"@example.com>, <\"x\\\"<b@example.com>") ==
        "a|\"x<y\"@example.com / !|\"x\\\" / !|b@example.com");
}

TEST_CASE("a mail of such fields, nested sixteen deep, is read") {
  std::string mail;
  for (int depth = 0; depth < 16; ++depth) {
    for (std::string_view name : {"From: ", "Sender: ", "Reply-To: ", "To: ", "Cc: ", "Bcc: ", "Return-Path: "})
      mail += std::string(name) + repeat("<\\\"", 100'000) + "\n";
    mail += "Content-Type: message/rfc822\n\n";
  }
  CHECK(quick([&] {
    const auto message = read_message(mail);
    REQUIRE(message);
    CHECK(std::count(message->limits_hit.begin(), message->limits_hit.end(), "header_bytes") == 1);
  }));
}

TEST_CASE("what an address field has beyond the limits is cut, named, and forges no address") {
  bool cut = false;
  std::string value = repeat("a@example.com, ", kAddressFieldBytes - 40).substr(0, kAddressFieldBytes - 40);
  value = value.substr(0, value.rfind(',') + 1);
  parse_addresses(value, {}, &cut);
  Limits many;
  many.headers = 10'000;
  cut = false;
  CHECK(!parse_addresses(value, many, &cut).back().malformed);
  CHECK(!cut);
  value += std::string(kAddressFieldBytes - value.size() - 14, ' ') + "b@bank.example.evil.example";  // cut in the host
  const auto boxes = parse_addresses(value, many, &cut);
  CHECK(cut);
  CHECK(boxes.back().malformed);
  CHECK(boxes.back().domain.empty());

  Limits few;
  few.headers = 3;
  cut = false;
  CHECK(parse_addresses("a@b.example, c@d.example, e@f.example", few, &cut).size() == 3);
  CHECK(!cut);
  CHECK(parse_addresses("a@b.example, c@d.example, e@f.example, g@h.example", few, &cut).size() == 3);
  CHECK(cut);
}

TEST_CASE("other field readers take a hostile megabyte in time linear in it") {
  for (std::string_view unit :
       {"a ", "a (", "(a) ",  "=?",   "=?u?q?",      "=?utf-8?b?", "=?u?q?a?= ", "a;a*0*=''", ";a=",   ";a*0*='';a*1=",
        ";=", "a\t", ";a*='", "\"\\", "from (helo=", "helo=a ",    "<",          "<a> ",      "\r\n ", ";\"a"}) {
    CAPTURE(unit);
    const std::string value = repeat(unit, 1'000'000);
    CHECK(quick([&] { decode_header_text(value); }));
    CHECK(quick([&] { parse_parameters(value); }));
    CHECK(quick([&] { parse_parameters("a/b; " + value); }));
    CHECK(quick([&] { parse_received("from a (" + value); }));
    Limits limits;
    limits.header_bytes = 2'000'000;
    const std::string mail = "Message-ID: " + value + "\nReferences: " + value + "\nDate: " + value + "\n\n";
    CHECK(quick([&] { CHECK(read_message(mail, limits)); }));
  }
}

TEST_CASE("a parameter is given once") {
  const Parameterised p = parse_parameters("a/b; x=; x=1; y*0=a; y*1=b; z*=''; z=2");
  CHECK(p.parameters.size() == 3);
  CHECK(p.get("y") == "ab");
}
