#include "mailauth/authres.h"

#include <doctest/doctest.h>

using namespace sekisho;
using namespace sekisho::mailauth;

namespace {

AuthResults read(std::string_view value) {
  auto parsed = parse_authres(value);
  REQUIRE(parsed);
  return std::move(*parsed);
}

}  // namespace

TEST_CASE("RFC 8601 section 2.2 in full") {
  const AuthResults a = read(
      " \"gate.example\" (a (b) c) 1 ;\r\n dkim/1 = fail (no key) reason=\"bad; \\\"x\\\"\"\r\n header . d = "
      "Example.COM header.b=\"a/b=\"; spf=pass\r\n smtp.mailfrom=\"a b\"@example.com;");
  CHECK(a.authserv_id == "gate.example");
  CHECK(a.version == 1);
  CHECK(a.comments == std::vector<std::string>{"a (b) c"});
  REQUIRE(a.results.size() == 2);
  CHECK(a.results[0].method == "dkim");
  CHECK(a.results[0].result == "fail");
  CHECK(a.results[0].reason == "bad; \"x\"");
  CHECK(a.results[0].comments == std::vector<std::string>{"no key"});
  REQUIRE(a.results[0].find("header", "d"));
  CHECK(a.results[0].find("header", "d")->value == "Example.COM");
  CHECK(a.results[0].find("header", "b")->value == "a/b=");
  CHECK(a.results[1].find("smtp", "mailfrom")->value == "a b@example.com");
  CHECK(read("gate.example 1; none").none);
  CHECK(read("gate.example; none").results.empty());
}

TEST_CASE("forms that servers send") {
  AuthResults a = read(
      "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.com; dkim=none (message not signed)\r\n "
      "header.d=none;dmarc=bestguesspass action=none\r\n header.from=example.com;compauth=pass reason=109");
  CHECK(a.authserv_id.empty());
  REQUIRE(a.results.size() == 4);
  CHECK(a.results[2].find("", "action")->value == "none");
  CHECK(a.results[3].reason == "109");
  a = read("mx.example; dmarc=pass(p=REJECT dis=NONE) header.from=example.com;; spf=pass smtp.helo= ;");
  REQUIRE(a.results.size() == 2);
  CHECK(a.results[0].comments[0] == "p=REJECT dis=NONE");
  CHECK(a.results[1].find("smtp", "helo")->value.empty());
  CHECK(read("mx.example; dkim=pass header.i=@example.com header.s=s1 header.b=AbC/d+e=")
            .results[0]
            .find("header", "b")
            ->value == "AbC/d+e=");
  CHECK(read("i=2; mx.example; arc=none").instance == 2);
  CHECK(read("i=2; mx.example; arc=none").authserv_id == "mx.example");
  CHECK(read("mx.example dkim=pass").results.size() == 1);
  CHECK(read("mx.example; spf=pass smtp.mailfrom= header.from=x.example").results[0].find("header", "from")->value ==
        "x.example");
}

TEST_CASE("what cannot be read is named with its place") {
  CHECK(parse_authres("").error().code == "authres.empty");
  CHECK(parse_authres(" (only a comment) ").error().code == "authres.empty");
  const auto bad = parse_authres("mx.example; spf=pass; what is this; dkim=pass");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == "authres.syntax");
  REQUIRE(bad.error().span);
  CHECK(bad.error().span->offset == 22);
  CHECK(bad.error().span->length == 12);
  CHECK_FALSE(parse_authres("mx.example; spf=pass smtp.mailfrom"));
  CHECK_FALSE(parse_authres("mx.example and more; spf=pass"));
  CHECK_FALSE(parse_authres("mx.example; =pass"));
  CHECK_FALSE(parse_authres("mx.example; spf="));
  std::string flood = "mx.example";
  for (int i = 0; i < 600; ++i) flood += "; spf=pass";
  CHECK(parse_authres(flood).error().code == "authres.limit");
  CHECK(parse_authres(std::string(300'000, '(')).error().code == "authres.limit");
  CHECK_FALSE(parse_authres(std::string(200'000, '(')));
  CHECK_FALSE(parse_authres(std::string(200'000, '"')));
}

TEST_CASE("only trusted servers are believed") {
  const std::vector<std::string_view> values = {
      "GATE.example; spf=softfail smtp.mailfrom=bounce@News.example.com; dkim=pass header.d=Example.com header.s=s1; "
      "dkim=fail header.i=@other.example",
      "gate.example; dmarc=fail (p=QUARANTINE) header.from=example.com; spf=pass smtp.mailfrom=forged.example",
      "evil.example; arc=pass; dmarc=pass header.from=example.com",
      "gate.example.evil.example; arc=pass",
      "spf=pass smtp.mailfrom=nobody.example",
      "gate.example; this is broken"};
  const std::vector<std::string> trusted = {"gate.example"};
  const TrustedResults r = collect(values, trusted);
  REQUIRE(r.spf);
  CHECK(r.spf->result == "softfail");
  CHECK(r.spf->domain == "news.example.com");
  CHECK(r.spf->header == 0);
  REQUIRE(r.dkim.size() == 2);
  CHECK(r.dkim[0].domain == "example.com");
  CHECK(r.dkim[0].selector == "s1");
  CHECK(r.dkim[1].domain == "other.example");
  REQUIRE(r.dmarc);
  CHECK(r.dmarc->result == "fail");
  CHECK(r.dmarc->policy == "quarantine");
  CHECK(r.dmarc->header == 1);
  CHECK_FALSE(r.arc);
  CHECK(r.believed == std::vector<size_t>{0, 1});
  CHECK(r.foreign == std::vector<size_t>{2, 3, 4});
  REQUIRE(r.unreadable.size() == 1);
  CHECK(r.unreadable[0].source == "5");
  const std::vector<std::string> nameless = {""};
  CHECK(collect(values, nameless).spf->domain == "nobody.example");
  CHECK(collect(values, {}).believed.empty());
}

TEST_CASE("SPF of MAIL FROM counts before that of HELO") {
  const std::vector<std::string_view> values = {
      "g; spf=hardfail smtp.helo=h.example; spf=pass smtp.mailfrom=m.example"};
  const std::vector<std::string> trusted = {"g"};
  CHECK(collect(values, trusted).spf->domain == "m.example");
  const std::vector<std::string_view> helo = {"g; spf=hardfail smtp.helo=h.example"};
  CHECK(collect(helo, trusted).spf->result == "fail");
  CHECK(collect(helo, trusted).spf->helo);
}
