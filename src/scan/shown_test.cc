// What a verdict shows: secrets of readers are cut, and what tells an attack from honest mail stays.
#include "scan/shown.h"

#include <doctest/doctest.h>

using namespace sekisho;
using namespace sekisho::scan;

TEST_CASE("URLs are shown without what opens an account") {
  const auto same = [](const char* text) { CHECK(without_secrets(text) == text); };
  CHECK(without_secrets("https://ann:s3cret@host.example/a") == "https://***:***@host.example/a");
  CHECK(without_secrets("https://ann@host.example") == "https://***@host.example");
  CHECK(without_secrets("https://:pw@host.example/") == "https://:***@host.example/");
  CHECK(without_secrets("https://login.corp.example:x1@host.example/") ==
        "https://login.corp.example:***@host.example/");
  same("https://login.corp.example@host.example/");  // what the lure shows in place of its host
  CHECK(without_secrets("https://a.example/go?to=https://b:c@d.example/") ==
        "https://a.example/go?to=https://***:***@d.example/");
  CHECK(without_secrets("\"reset\" → https://a.example/reset/9f86d081884c7d659a2f?u=ann&t=eyJhbGciOiJIUzI1NiJ9 (x)") ==
        "\"reset\" → https://a.example/reset/***?u=ann&t=*** (x)");
  CHECK(without_secrets("https://a.example/r/550e8400-e29b-41d4-a716-446655440000#k=1234567890123456") ==
        "https://a.example/r/***#k=***");
  CHECK(without_secrets("a.example/r?t=QmFzZTY0VG9rZW4xMjM%3D") == "a.example/r?t=***");
  CHECK(without_secrets("https://a.example/" + std::string(64, 'q')) == "https://a.example/***");
  same("https://a1b2c3d4e5f6g7h8.example.net/login");  // a host is no secret
  same("https://a.example/confirm-your-account-within-24-hours/step-1-of-3?lang=ja&next=%2Fhome");
  same("https://a.example/AccountVerificationCenterLoginPage.html");
  same("mailto:ann@corp.example?subject=help");
  same("no URL, and/or none: 1234567890123456");
  same("https://");
  same("//");
  same("");
}

TEST_CASE("subjects are shown without one-time codes") {
  const auto same = [](const char* text) { CHECK(without_codes(text) == text); };
  CHECK(without_codes("482913 is your code") == "*** is your code");
  CHECK(without_codes("G-482913") == "G-***");
  CHECK(without_codes("code: 482 913.") == "code: ***.");
  CHECK(without_codes("認証コード【１２３４５６】") == "認証コード【***】");
  CHECK(without_codes("認証コードは48291347です") == "認証コードは***です");
  same("Report of 20261122");
  same("Notice of 2026-11-22 10:30");
  same("call +81-50-0000-1234");
  same("¥1,234,567");
  same("ticket #482913, A482913, 48291");
  same("123456789");
  same("12");
  same("");
}
