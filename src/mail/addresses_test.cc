#include <doctest/doctest.h>

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
