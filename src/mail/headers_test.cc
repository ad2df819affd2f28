#include <doctest/doctest.h>

#include "mail/message.h"
#include "text/charset.h"

using namespace sekisho;
using namespace sekisho::mail;

TEST_CASE("the slicer keeps every byte and its place") {
  const std::string_view mail = "Subject: one\r\n two\r\nX-Empty:\r\nOld : yes\r\n\r\nbody";
  const HeaderBlock h = slice_headers(mail);
  REQUIRE(h.fields.size() == 3);
  CHECK(h.fields[0].name == "Subject");
  CHECK(h.fields[0].value == " one\r\n two");
  CHECK(mail.substr(h.fields[0].offset, h.fields[0].length) == "Subject: one\r\n two\r\n");
  CHECK(h.fields[1].value == "");
  CHECK(h.fields[2].name == "Old");
  CHECK(mail.substr(h.body_offset) == "body");
  CHECK_FALSE(h.bare_lf);
  CHECK(h.first("subject") == &h.fields[0]);
  CHECK(h.count("SUBJECT") == 1);
}

TEST_CASE("odd header blocks") {
  SUBCASE("mbox line, bare LF, NUL") {
    const HeaderBlock h = slice_headers(std::string_view("From a@example.com Mon\nA: b\0c\n\nx", 33));
    CHECK(h.mbox_from_line);
    CHECK(h.bare_lf);
    CHECK(h.has_nul);
    REQUIRE(h.fields.size() == 1);
    CHECK(h.fields[0].offset == 23);
  }
  SUBCASE("a line that is no field stands between fields") {
    const HeaderBlock h = slice_headers("A: b\r\nwhat is this\r\nC: d\r\n\r\nx");
    CHECK(h.malformed_lines == 1);
    CHECK(h.fields.size() == 2);
  }
  SUBCASE("the body begins without a blank line") {
    const std::string_view mail = "A: b\r\nHello you\r\nbye\r\n";
    CHECK(mail.substr(slice_headers(mail).body_offset) == "Hello you\r\nbye\r\n");
  }
  SUBCASE("headers only") { CHECK(slice_headers("A: b\r\n").body_offset == 6); }
  SUBCASE("limits count and cut") {
    Limits limits;
    limits.headers = 2;
    limits.header_bytes = 4;
    const HeaderBlock h = slice_headers("A: 1234567\nB: 2\n more\nC: 3\nD: 4\n\n", limits);
    CHECK(h.fields.size() == 2);
    CHECK(h.too_many == 2);
    CHECK(h.too_long == 2);
    CHECK(h.fields[0].value.size() == 4);
  }
}

TEST_CASE("unfold") {
  CHECK(unfold(" a\r\n b\n\tc ") == "a b\tc");
  CHECK(unfold("") == "");
}

TEST_CASE("encoded words") {
  CHECK(decode_header_text(" plain ") == "plain");
  CHECK(decode_header_text("=?utf-8?B?5pel5pys?= =?utf-8?Q?=E8=AA=9E?=") == "日本語");
  CHECK(decode_header_text("=?UTF-8?q?a_b=3D?= c") == "a b= c");
  CHECK(decode_header_text("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=") == "日本");
  CHECK(decode_header_text("=?iso-2022-jp?B?GyRCRnxLXA==?= =?iso-2022-jp?B?GyRCOGw=?=") ==
        "日本語");                                                         // no return to ASCII
  CHECK(decode_header_text("=?shift_jis?B?k/qWe4zqh0A=?=") == "日本語①");  // windows-31J
  CHECK(decode_header_text("=?euc-jp?Q?=C6=FC=CB=DC=B8=EC?=") == "日本語");
  CHECK(decode_header_text("=?utf-8?B?5pel5pw=?= =?utf-8?B?rOiqng==?=") == "日本語");  // a character cut in two
  CHECK(decode_header_text("=?utf-8*en?Q?x?=") == "x");
  CHECK(decode_header_text("pre=?utf-8?Q?fix?=ed") == "prefixed");
  CHECK(decode_header_text("=?utf-8?Q?a b?= c") == "a b c");  // spaces inside, as some mailers write
  CHECK(decode_header_text("日本語 raw") == "日本語 raw");
  CHECK(decode_header_text("=?utf-8?X?abc?=") == "=?utf-8?X?abc?=");
  CHECK(decode_header_text("=?utf-8?B?abc") == "=?utf-8?B?abc");
  CHECK(decode_header_text("=?utf-8?Q?a=0D=0Ab?=") == "a  b");  // a word does not break the line
  CHECK(decode_header_text(text::encode("件名です、確認のお願い", "shift_jis")) == "件名です、確認のお願い");
}

TEST_CASE("many unfinished words are read in linear time") {
  std::string s;
  for (int i = 0; i < 200'000; ++i) s += "=?";
  CHECK(decode_header_text(s) == s);
}

TEST_CASE("received hops of several servers") {
  Received r = parse_received(
      " from helo.example (rdns.example [192.0.2.7])\r\n\tby mx.example.net (Postfix) with ESMTPS id 4A\r\n\tfor "
      "<u@example.net>; Mon, 1 Jan 2024 09:00:00 +0900");
  CHECK(r.from_helo == "helo.example");
  CHECK(r.from_name == "rdns.example");
  CHECK(r.from_ip == "192.0.2.7");
  CHECK(r.by == "mx.example.net");
  CHECK(r.with == "ESMTPS");
  CHECK(r.for_address == "u@example.net");
  REQUIRE(r.time);
  CHECK(format_rfc3339(*r.time) == "2024-01-01T00:00:00Z");
  r = parse_received("from [192.0.2.8] (helo=pc.example) by exim.example with esmtp (Exim 4.96) id 1; bad date");
  CHECK(r.from_ip == "192.0.2.8");
  CHECK(r.from_helo == "pc.example");
  CHECK_FALSE(r.time);
  r = parse_received(
      "from unknown (HELO pc.example) (192.0.2.9) by qmail.example with SMTP; 1 Jan 2024 00:00:00 -0000");
  CHECK(r.from_helo == "pc.example");
  CHECK(r.from_ip == "192.0.2.9");
  r = parse_received(
      "from A.EXAMPLE (2001:db8::5) by B.EXAMPLE\r\n (2001:db8::6) with Microsoft SMTP Server (version=TLS1_2) id 15; "
      "Mon, 1 Jan 2024 00:00:00 +0000");
  CHECK(r.from_ip == "2001:db8::5");
  CHECK(r.by == "b.example");
  CHECK(r.with == "Microsoft SMTP Server");
  r = parse_received("by 2002:a05:6 with SMTP id x; Mon, 1 Jan 2024 00:00:00 +0000");
  CHECK(r.from_helo.empty());
  r = parse_received("from [IPv6:2001:db8::1] ((((");
  CHECK(r.from_ip == "2001:db8::1");
}
