// Signing and verifying there and back; what one changed byte does; what a signature leaves open; canonical forms;
// whose mail it is; the fields that are written.
#include "mailauth/verify.h"

#include <doctest/doctest.h>

#include <random>

#include "base/base64.h"
#include "base/strings.h"
#include "mailauth/authres.h"
#include "mailauth/dkim2_recipe.h"
#include "mailauth/signature.h"

namespace sekisho::mailauth {
namespace {

// Keys that stand in public documents: RFC 8463 appendix A.2, and the ARC suite's RSA key.
constexpr const char* kEd25519 =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE "
    "KEY-----\n";
constexpr const char* kRsa =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi\n"
    "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM\n"
    "KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB\n"
    "AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm\n"
    "6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe\n"
    "zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy\n"
    "6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc\n"
    "uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy\n"
    "WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd\n"
    "WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a\n"
    "licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst\n"
    "o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe\n"
    "uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL\n"
    "-----END RSA PRIVATE KEY-----\n";
constexpr Timestamp kNow{1'767'225'600, 0};

const std::string kMail =
    "Received: from mx.example.net ([192.0.2.7]) by mx.corp.example; Thu, 1 Jan 2026 00:00:00 +0000\r\n"
    "From: Ada <ada@example.com>\r\n"
    "To: user@corp.example\r\n"
    "Subject: Quarterly  figures\r\n"
    " and more\r\n"
    "Date: Thu, 1 Jan 2026 00:00:00 +0000\r\n"
    "Message-ID: <1@example.com>\r\n"
    "\r\n"
    "Hello,\t \r\n"
    "\r\n"
    "these are the figures.  \r\n"
    "\r\n"
    "\r\n";

Key key(const char* pem) {
  auto read = Key::read_private(pem);
  REQUIRE(read.has_value());
  return *std::move(read);
}

// DNS with the keys of example.com, and whatever else a test says.
struct Zone {
  net::ZoneResolver resolver;
  Zone() {
    add("ed._domainkey.example.com", "v=DKIM1; k=ed25519; p=" + encode_base64(key(kEd25519).public_bytes()));
    add("rsa._domainkey.example.com", "v=DKIM1; k=rsa; p=" + encode_base64(key(kRsa).public_bytes()));
  }
  void add(std::string_view name, std::string text) { resolver.add(name, net::DnsType::txt, {std::move(text)}); }
};

std::string signed_mail(const std::string& mail, const char* selector, Canonical header = Canonical::relaxed,
                        Canonical body = Canonical::relaxed, std::vector<std::string> fields = {}) {
  const Message message(std::string_view{mail});
  const auto field = sign_dkim(message,
                               {.domain = "example.com",
                                .selector = selector,
                                .header = header,
                                .body = body,
                                .fields = std::move(fields),
                                .now = kNow},
                               key(selector == std::string_view("ed") ? kEd25519 : kRsa));
  REQUIRE_MESSAGE(field.has_value(), (field ? "" : field.error().one_line()));
  return *field + mail;
}

DkimResult verified(const std::string& mail, Zone& zone, Timestamp now = kNow) {
  const Message message(std::string_view{mail});
  const auto got = verify_dkim(message, zone.resolver, now);
  REQUIRE(got.signatures.size() == 1);
  return got.signatures[0];
}

TEST_CASE("what is signed verifies, in every form") {
  Zone zone;
  for (const char* selector : {"ed", "rsa"})
    for (const Canonical header : {Canonical::simple, Canonical::relaxed})
      for (const Canonical body : {Canonical::simple, Canonical::relaxed}) {
        const std::string mail = signed_mail(kMail, selector, header, body);
        const DkimResult r = verified(mail, zone);
        CAPTURE(mail);
        CHECK(dkim_status_name(r.status) == "pass");
        CHECK(r.reason == "");
        CHECK(r.over_signed_from);
        CHECK(r.unsigned_fields.empty());
        CHECK(r.key_bits == (selector == std::string_view("ed") ? 256 : 1024));
        // As a file on disk has it.
        std::string lf;
        for (const char c : mail)
          if (c != '\r') lf += c;
        CHECK(verified(lf, zone).status == DkimStatus::pass);
      }
}

TEST_CASE("one changed byte of what is signed flips a pass") {
  Zone zone;
  const std::string mail = signed_mail(kMail, "ed", Canonical::simple, Canonical::simple);
  const size_t from = mail.find("From:");
  size_t changed = 0, passed = 0;
  for (size_t i = mail.find("DKIM-Signature: v="); i < mail.size(); ++i) {
    // Received is not signed, and in bh= and b= not every bit counts.
    if (i >= mail.find("Received:") && i < from) continue;
    if (mail[i] == '\r' || mail[i] == '\n') continue;
    std::string bad = mail;
    bad[i] = bad[i] == 'x' ? 'y' : 'x';
    const Message message(std::string_view{bad});
    const auto got = verify_dkim(message, zone.resolver, kNow);
    ++changed;
    if (!got.signatures.empty() && got.signatures[0].status == DkimStatus::pass) {
      ++passed;
      INFO(i << " " << mail.substr(i, 20));
      CHECK(false);
    }
  }
  CHECK(changed > 400);
  CHECK(passed == 0);
}

TEST_CASE("relaxed forgives what transport does, and nothing more") {
  Zone zone;
  const std::string mail = signed_mail(kMail, "rsa");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string out = mail;
    const size_t at = out.find(from);
    REQUIRE(at != std::string::npos);
    out.replace(at, from.size(), to);
    return verified(out, zone).status;
  };
  CHECK(with("Quarterly  figures\r\n and", "Quarterly figures and") == DkimStatus::pass);
  CHECK(with("From: Ada", "FROM:  Ada") == DkimStatus::pass);
  CHECK(with("Hello,\t \r\n", "Hello,\r\n") == DkimStatus::pass);
  CHECK(with("figures.  \r\n\r\n\r\n", "figures.\r\n\r\n\r\n\r\n\r\n") == DkimStatus::pass);
  CHECK(with("figures.", "figures .") == DkimStatus::fail);
  CHECK(with("Ada", "A da") == DkimStatus::fail);
  CHECK(with("Date:", "Subject: another\r\nDate:") == DkimStatus::fail);
}

TEST_CASE("what a signature leaves open is told") {
  Zone zone;
  const std::string mail = signed_mail(kMail, "ed", Canonical::relaxed, Canonical::relaxed, {"from", "to"});
  const DkimResult r = verified(mail, zone);
  CHECK(r.status == DkimStatus::pass);
  CHECK(r.unsigned_fields == std::vector<std::string>{"subject", "date"});
  CHECK(!r.over_signed_from);
  // A second From, which many readers show instead.
  const size_t at = mail.find("Received:");
  const DkimResult two = verified(mail.substr(0, at) + "From: bank@example.net\r\n" + mail.substr(at), zone);
  CHECK(two.status == DkimStatus::policy);
  CHECK(two.reason == "a second From is not signed");
}

TEST_CASE("l= leaves the rest of the body open") {
  Zone zone;
  // Signed by hand, since nobody should.
  const Message message(std::string_view{kMail});
  BodyHashes bodies(message.body());
  const std::string unsigned_field =
      "DKIM-Signature: v=1; a=ed25519-sha256; c=simple/simple; d=example.com; s=ed; l=5; h=from; bh=" +
      encode_base64(bodies.get(Canonical::simple, 5).digest) + "; b=";
  const std::string whole = unsigned_field + "\r\n";
  const Message alone(std::string_view{whole});
  const std::string b = key(kEd25519).sign(signed_fields(message, {"from"}, Canonical::simple) +
                                           canonical_field(alone.fields()[0], Canonical::simple, false));
  const std::string mail = unsigned_field + encode_base64(b) + "\r\n" + kMail;
  CHECK(verified(mail, zone).status == DkimStatus::pass);
  const DkimResult more = verified(mail + "Pay here instead\r\n", zone);
  CHECK(more.status == DkimStatus::pass);
  CHECK(more.unsigned_bytes > 40);
}

TEST_CASE("keys and times that are not believed") {
  Zone zone;
  const std::string mail = signed_mail(kMail, "ed");
  CHECK(verified(mail, zone, {kNow.seconds - 3600, 0}).reason == "signed in the future");
  const auto key_says = [&](const std::string& record) {
    Zone other;
    other.resolver = net::ZoneResolver();
    other.add("ed._domainkey.example.com", record);
    return verified(mail, other);
  };
  const std::string p = "p=" + encode_base64(key(kEd25519).public_bytes());
  CHECK(key_says("k=ed25519; " + p).status == DkimStatus::pass);
  CHECK(key_says("k=ed25519; t=y; " + p).testing);
  CHECK(key_says("k=ed25519; p=").reason == "key revoked");
  CHECK(key_says("k=rsa; " + p).reason == "key is of another kind");
  CHECK(key_says("k=ed25519; h=sha1; " + p).reason == "key does not allow this hash");
  CHECK(key_says("k=ed25519; s=web; " + p).reason == "key is not for mail");
  CHECK(key_says("k=ed25519; p=AAAA").reason == "key cannot be read");
  CHECK(key_says("k=ed25519").reason == "key record has no p=");
  CHECK(key_says("v=DKIM2; k=ed25519; " + p).reason == "key record cannot be read");
  Zone none;
  none.resolver = net::ZoneResolver();
  CHECK(verified(mail, none).status == DkimStatus::permerror);
  none.resolver.fail("ed._domainkey.example.com");
  CHECK(verified(mail, none).status == DkimStatus::temperror);
}

TEST_CASE("canonical bodies: pieces are as the whole, and relaxed twice is relaxed once") {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string body;
    for (size_t n = random() % 40; n > 0; --n) {
      static const char* const kParts[] = {"a", "b c", " ", "\t", "\r\n", "\r\n", "\r", "\r\n\r\n", "x"};
      body += kParts[random() % 9];
    }
    for (const Canonical form : {Canonical::simple, Canonical::relaxed}) {
      const std::string whole = canonical_body(body, form);
      std::string pieces;
      CanonicalBody canonical(form);
      const auto sink = [&](std::string_view piece) { pieces.append(piece); };
      for (size_t at = 0; at < body.size();) {
        const size_t n = 1 + random() % 3;
        canonical.add(std::string_view(body).substr(at, n), sink);
        at += n;
      }
      canonical.finish(sink);
      REQUIRE(pieces == whole);
      REQUIRE(canonical_body(whole, form) == whole);
    }
  }
  CHECK(canonical_body("", Canonical::simple) == "\r\n");
  CHECK(canonical_body("", Canonical::relaxed) == "");
  CHECK(canonical_body("\r\n\r\n", Canonical::relaxed) == "");
  CHECK(canonical_body("a", Canonical::relaxed) == "a\r\n");
}

TEST_CASE("ten thousand signatures, ten thousand names, a record without end") {
  Zone zone;
  std::string many;
  const std::string one = signed_mail(kMail, "ed");
  const std::string field = one.substr(0, one.find("Received:"));
  for (int i = 0; i < 1'500; ++i) many += field;
  many += kMail;
  const Message message(std::string_view{many});
  const auto got = verify_dkim(message, zone.resolver, kNow);
  CHECK(got.signatures.size() == 20);
  CHECK(got.not_looked_at == 1'480);
  std::string beyond;
  for (int i = 0; i < 10'000; ++i) beyond += field;
  beyond += kMail;
  const Message too_many(std::string_view{beyond});
  const AuthReport refused =
      verify(too_many, {"192.0.2.7", "mail.example.com", "ada@example.com"}, zone.resolver, kNow);
  CHECK(refused.dkim.signatures[0].reason == "too many header fields");
  CHECK(refused.dmarc.reason == "too many header fields");
  CHECK(refused.dmarc.status == DmarcStatus::permerror);
  std::string names = "from";
  for (int i = 0; i < 10'000; ++i) names += ":x";
  const DkimResult wide = verified(
      "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=rsa; h=" + names + "; bh=AAAA; b=AAAA\r\n" + kMail, zone);
  CHECK(wide.status == DkimStatus::permerror);
  zone.add("long.example", "v=spf1 " + std::string(64u << 10, 'a'));
  zone.add("loop.example", "v=spf1 include:loop.example -all");
  zone.add("nul.example", std::string("v=spf1 a\0b -all", 15));
  const auto spf = [&](const char* domain) {
    return check_spf({.address = "192.0.2.1", .helo = "h.example", .mail_from = std::string("a@") + domain},
                     zone.resolver);
  };
  CHECK(spf("long.example").status == SpfStatus::permerror);
  CHECK(spf("loop.example").status == SpfStatus::permerror);
  CHECK(spf("loop.example").look_ups == 11);
  CHECK(spf("nul.example").status == SpfStatus::permerror);
}

TEST_CASE("a chain is sealed, handed on, and broken") {
  Zone zone;
  const std::string first = "Authentication-Results: mx.example.com; dmarc=pass header.from=example.com\r\n" + kMail;
  const auto seal = [&](const std::string& mail, const char* selector) {
    const Message message(std::string_view{mail});
    const auto made = seal_arc(
        message, verify_arc(message, zone.resolver),
        {.domain = "example.com", .selector = selector, .authserv_id = "mx.example.com", .fields = {}, .now = kNow},
        key(selector == std::string_view("ed") ? kEd25519 : kRsa));
    REQUIRE(made.has_value());
    return *made + mail;
  };
  const auto status = [&](const std::string& mail) {
    const Message message(std::string_view{mail});
    return verify_arc(message, zone.resolver);
  };
  const std::string once = seal(first, "rsa"), twice = seal(once, "ed");
  CHECK(status(once).status == ArcStatus::pass);
  CHECK(status(twice).status == ArcStatus::pass);
  CHECK(status(twice).sets.size() == 2);
  CHECK(status(twice).sets[0].results.find("dmarc=pass") != std::string::npos);
  std::string changed = twice;
  changed.replace(changed.find("figures."), 8, "numbers.");
  CHECK(status(changed).status == ArcStatus::fail);
  const std::string thrice = seal(changed, "rsa");
  CHECK(status(thrice).reason == "a sealer saw the chain fail (i=3)");
  const Message ended(std::string_view{thrice});
  CHECK(seal_arc(ended, verify_arc(ended, zone.resolver),
                 {.domain = "example.com", .selector = "rsa", .authserv_id = "x", .fields = {}, .now = kNow},
                 key(kRsa)) == std::string());
}

TEST_CASE("Authentication-Results are written, read back, and forged ones go") {
  Zone zone;
  zone.add("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
  zone.add("_dmarc.example.com", "v=DMARC1; p=reject; np=reject");
  const std::string mail =
      "Authentication-Results: mx.corp.example; dmarc=pass\r\nAuthentication-Results: MX.corp.example 1;\r\n "
      "spf=pass\r\n"
      "Authentication-Results: other.example; spf=fail\r\nAuthentication-Results: mx.corp.example\r\n" +
      signed_mail(kMail, "ed");
  const Message message(std::string_view{mail});
  const AuthEnvelope envelope{"192.0.2.7", "mx.example.net", "ada@example.com"};
  const AuthReport report = verify(message, envelope, zone.resolver, kNow);
  CHECK(report.dmarc.status == DmarcStatus::pass);
  const std::string field = authentication_results(report, envelope, "mx.corp.example");
  for (const std::string_view line : split(field, '\n')) CHECK(line.size() <= 80);
  const Message written(std::string_view{field});
  const auto read = parse_authres(written.fields()[0].value);
  REQUIRE(read.has_value());
  CHECK(read->authserv_id == "mx.corp.example");
  REQUIRE(read->results.size() == 3);
  CHECK(read->results[0].method == "spf");
  CHECK(read->results[0].find("smtp", "mailfrom")->value == "ada@example.com");
  CHECK(read->results[1].find("header", "s")->value == "ed");
  CHECK(read->results[2].result == "pass");
  const std::vector<std::string> ours = {"mx.corp.example"};
  const std::string clean = without_claims(message, ours);
  CHECK(clean.find("mx.corp.example") == clean.find("mx.corp.example; Thu"));  // only in Received
  CHECK(clean.find("other.example") != std::string::npos);
  CHECK(clean.ends_with(kMail.substr(kMail.find("\r\n\r\n"))));
  CHECK(
      report_row(report, envelope, kNow) ==
      R"({"time":"2026-01-01T00:00:00Z","source_ip":"192.0.2.7","count":1,"policy_published":{"domain":"example.com","p":"reject","np":"reject","adkim":"r","aspf":"r","testing":"n"},"policy_evaluated":{"disposition":"pass","dkim":"pass","spf":"pass"},"identifiers":{"header_from":"example.com","envelope_from":"example.com"},"auth_results":{"spf":{"domain":"example.com","scope":"mfrom","result":"pass"},"dkim":[{"domain":"example.com","selector":"ed","result":"pass"}]}})");
}

TEST_CASE("a recipe makes no more than there is to make it from, over all fields together") {
  const std::string line(1000, 'x');
  const std::string mail = "Subject: " + line + "\r\nComments: " + line + "\r\n\r\nbody\r\n";
  const Message message(mail);
  CHECK(undo(message, R"({"h":{"subject":[{"d":["before"]}]}})").value_or("").find("subject: before") !=
        std::string::npos);
  CHECK(undo(message, R"({"h":{"subject":[{"c":[1,1]},{"c":[1,1]}]}})").has_value());
  CHECK_FALSE(
      undo(message, R"({"h":{"subject":[{"c":[1,1]},{"c":[1,1]}],"comments":[{"c":[1,1]},{"c":[1,1]}]}})").has_value());
}

TEST_CASE("hostile values do not get out of their place") {
  Zone zone;
  const std::string mail = "From: a@example.com\r\n\r\nx\r\n";
  const Message message(std::string_view{mail});
  const AuthEnvelope envelope{"192.0.2.7", "h", "\"a\r\nX-Evil: 1\"@example.com; dkim=pass"};
  const std::string field = authentication_results(verify(message, envelope, zone.resolver, kNow), envelope, "mx");
  const Message written(std::string_view{field});
  REQUIRE(written.fields().size() == 1);
  const auto read = parse_authres(written.fields()[0].value);
  REQUIRE(read.has_value());
  size_t passes = 0;
  for (const MethodResult& r : read->results) passes += r.result == "pass";
  CHECK(passes == 0);
}

}  // namespace
}  // namespace sekisho::mailauth
