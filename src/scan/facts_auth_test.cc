// Verdicts on mails whose authentication is verified here, over zones in memory: what others recorded does not count,
// the client is found behind relays, sealers count if they are trusted.
#include <doctest/doctest.h>

#include "base/base64.h"
#include "mailauth/arc.h"
#include "mailauth/tags.h"
#include "mailauth/verify.h"
#include "scan/scanner.h"

using namespace sekisho;
using namespace sekisho::scan;

namespace {

constexpr Timestamp kNow{1'790'000'000, 0};
const FixedClock kClock(kNow);
// Of RFC 8463 appendix A.
constexpr std::string_view kKey =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE "
    "KEY-----\n";

const std::string kMail =
    "From: Ann <ann@corp.example>\r\nTo: b@gate.example\r\nSubject: minutes\r\nDate: Sun, 22 Nov 2026 10:00:00 "
    "+0900\r\nMessage-ID: <1@corp.example>\r\n\r\nas agreed\r\n";

mailauth::Key key() {
  auto read = mailauth::Key::read_private(kKey);
  REQUIRE(read.has_value());
  return *std::move(read);
}

net::ZoneResolver& dns() {
  static net::ZoneResolver zone;
  static const bool filled = [] {
    const auto txt = [](std::string_view name, std::string text) {
      zone.add(name, net::DnsType::txt, {std::move(text), 0});
    };
    const std::string record = "v=DKIM1; k=ed25519; p=" + encode_base64(key().public_bytes());
    txt("s._domainkey.corp.example", record);
    txt("s._domainkey.list.example", record);
    txt("s._domainkey.evil.example", record);
    txt("corp.example", "v=spf1 ip4:192.0.2.0/24 -all");
    txt("_dmarc.corp.example", "v=DMARC1; p=reject");
    return true;
  }();
  REQUIRE(filled);
  return zone;
}

std::unique_ptr<Scanner> scanner(Settings settings = default_settings()) {
  LoadedContent content = load_content(settings);
  for (const Error& e : content.errors) FAIL(e.one_line());
  return std::make_unique<Scanner>(std::move(settings), std::move(content.content), kClock);
}

Verdict verdict(const Scanner& s, std::string_view mail, Envelope envelope, net::Resolver* resolver = &dns()) {
  Scanner::Scratch scratch(s);
  return s.scan({.bytes = mail, .name = "test", .envelope = std::move(envelope), .resolver = resolver}, scratch);
}

bool fired(const Verdict& v, std::string_view rule) {
  for (const Fired& f : v.rules)
    if (f.rule == rule) return true;
  return false;
}

Envelope from(const char* address) { return {address, "mail.corp.example", "ann@corp.example", {}}; }

std::string signed_mail() {
  const mailauth::Message message{std::string_view(kMail)};
  const auto field =
      sign_dkim(message, {.domain = "corp.example", .selector = "s", .identity = "", .fields = {}, .now = kNow}, key());
  REQUIRE(field.has_value());
  return *field + kMail;
}

// As a list hands it on: it says what it saw and seals; listed: it changed the subject too.
std::string sealed(std::string mail, const char* domain, const char* results) {
  mail = "Authentication-Results: " + std::string(domain) + "; " + results + "\r\n" + mail;
  const mailauth::Message message{std::string_view(mail)};
  const auto set =
      seal_arc(message, verify_arc(message, dns()),
               {.domain = domain, .selector = "s", .authserv_id = domain, .fields = {}, .now = kNow}, key());
  REQUIRE(set.has_value());
  return *set + mail;
}
constexpr const char* kPassed = "dkim=pass header.d=corp.example; dmarc=pass header.from=corp.example";
std::string changed(std::string mail, std::string_view what, std::string_view into) {
  return mail.replace(mail.find(what), what.size(), into);
}
std::string listed_mail() {
  return sealed(changed(signed_mail(), "Subject: ", "Subject: [list] "), "list.example", kPassed);
}

}  // namespace

TEST_CASE("what we verify stands, not what the mail says of itself") {
  Settings settings = default_settings();
  settings.trusted_authserv_ids = {"mx.gate.example"};
  const auto s = scanner(settings);
  CHECK_FALSE(fired(verdict(*s, signed_mail(), from("203.0.113.9")), "mail_auth_dmarc_fail"));
  CHECK_FALSE(fired(verdict(*s, kMail, from("192.0.2.9")), "mail_auth_dmarc_fail"));
  const Verdict refused = verdict(*s, kMail, from("203.0.113.9"));
  CHECK(fired(refused, "mail_auth_dmarc_fail"));
  CHECK(fired(refused, "mail_auth_dmarc_fail_reject_asked"));
  CHECK(fired(refused, "mail_auth_spf_fail_no_dkim"));
  CHECK(refused.action == Action::banner);
  const std::string claimed =
      "Authentication-Results: mx.gate.example; spf=pass; dkim=pass header.d=corp.example; dmarc=pass "
      "header.from=corp.example\r\n" +
      kMail;
  CHECK(fired(verdict(*s, claimed, from("203.0.113.9")), "mail_auth_dmarc_fail"));
}

TEST_CASE("without the client's address DMARC cannot have failed") {
  const auto s = scanner();
  CHECK_FALSE(fired(verdict(*s, kMail, {}), "mail_auth_dmarc_fail"));
}

TEST_CASE("behind a front gateway the client is the first beyond the trusted relays") {
  Settings settings = default_settings();
  settings.trusted_relays = {"198.51.100.5"};
  const auto s = scanner(settings);
  const auto received = [](const std::string& by, const std::string& address) {
    return "Received: from x (x.example.net [" + address + "])\r\n by " + by +
           ".gate.example with ESMTPS id 1; Sun, 22 Nov 2026 10:00:01 +0900\r\n";
  };
  const std::string path = "Return-Path: <ann@corp.example>\r\n";
  const std::string relayed = path + received("mbox", "198.51.100.5");
  CHECK_FALSE(fired(verdict(*s, relayed + received("mx", "192.0.2.9") + kMail, {}), "mail_auth_dmarc_fail"));
  CHECK(fired(verdict(*s, relayed + received("mx", "203.0.113.9") + kMail, {}), "mail_auth_dmarc_fail"));
  // A line that the sender wrote below the entry is not believed.
  const std::string forged = relayed + received("mx", "203.0.113.9") + received("pc", "192.0.2.9") + kMail;
  CHECK(fired(verdict(*s, forged, {}), "mail_auth_dmarc_fail"));
}

TEST_CASE("a sealer counts if the settings trust it") {
  const std::string mail = listed_mail();
  CHECK(fired(verdict(*scanner(), mail, from("203.0.113.9")), "mail_auth_dmarc_fail"));
  Settings settings = default_settings();
  settings.trusted_sealers = {"list.example"};
  const auto s = scanner(settings);
  const Verdict trusted = verdict(*s, mail, from("203.0.113.9"));
  CHECK_FALSE(fired(trusted, "mail_auth_dmarc_fail"));
  CHECK_FALSE(fired(trusted, "mail_auth_dmarc_fail_reject_asked"));
  CHECK(trusted.action == Action::accept);
  const auto failed = [&](const std::string& m) {
    return fired(verdict(*s, m, from("203.0.113.9")), "mail_auth_dmarc_fail");
  };
  CHECK(failed(changed(mail, "as agreed", "as argued")));
  // Whoever handed it on after the list may seal, and not change it.
  CHECK_FALSE(failed(sealed(mail, "evil.example", "none")));
  CHECK(failed(sealed(changed(mail, "as agreed", "as argued"), "evil.example", "none")));
  // Nor may it speak for the list, or the list for another From.
  CHECK(failed(sealed(changed(signed_mail(), "Subject: ", "Subject: [list] "), "evil.example", kPassed)));
  CHECK(failed(sealed(changed(signed_mail(), "Subject: ", "Subject: [list] "), "list.example",
                      "dmarc=pass header.from=list.example")));
}

TEST_CASE("dead DNS is no failure") {
  const auto s = scanner();
  net::NoResolver nobody;
  const Verdict v = verdict(*s, kMail, from("203.0.113.9"), &nobody);
  CHECK_FALSE(fired(v, "mail_auth_dmarc_fail"));
  CHECK_FALSE(fired(v, "mail_auth_spf_fail_no_dkim"));
  CHECK(v.action == Action::accept);
}

TEST_CASE("a From that readers show differently passes for nobody") {
  Settings settings = default_settings();
  settings.domains = {"bank.example"};
  const auto s = scanner(settings);
  for (const char* author : {"<ceo@bank.example> <ann@corp.example>", "<ceo@bank.example> (c) <> <ann@corp.example>",
                             "ceo@bank.example:ann@corp.example", "<@ceo@bank.example:ann@corp.example>"}) {
    INFO(author);
    const Verdict v = verdict(*s, changed(kMail, "Ann <ann@corp.example>", author), from("192.0.2.9"));
    CHECK(v.direction == "inbound");
  }
  const Verdict honest = verdict(*s, changed(kMail, "Ann <ann@corp.example>", "ann@corp.example"), from("192.0.2.9"));
  CHECK(honest.direction == "inbound");
}
