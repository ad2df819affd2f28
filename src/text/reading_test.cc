#include "text/reading.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "text/lookalikes.h"
#include "text/normalize.h"

using namespace sekisho::text;

namespace {

Reader reader() {
  Reader r;
  r.spelling("下さい", "ください");
  r.spelling("して下さい", "してください");
  r.spelling("御確認", "ご確認");
  r.spelling("支払い", "支払");
  r.spelling("e-mail", "email");
  r.spelling("can't", "cannot");
  r.build();
  for (const char* word :
       {"password", "account", "verify", "your", "security", "internal", "mail", "contrasena", "2fa"})
    r.word(word);
  return r;
}

std::string read(std::string_view text) { return reader().read(normalize(text).text).text; }

// What stands in the normalised text where `found` stands in the reading, "!" before it if it was disguised.
std::string origin(std::string_view text, std::string_view found) {
  const std::string n = normalize(text).text;
  const Reading r = reader().read(n);
  const size_t at = r.text.find(found);
  if (at == std::string::npos) return "(not found in " + r.text + ")";
  const auto from = static_cast<uint32_t>(at), to = static_cast<uint32_t>(at + found.size());
  return (r.disguised(from, to) ? "!" : "") + n.substr(r.source_start(from), r.source_end(to) - r.source_start(from));
}

}  // namespace

TEST_CASE("one spelling of several") {
  CHECK(read("御確認下さい") == "ご確認ください");
  CHECK(read("お支払いを確認して下さい") == "お支払を確認してください");
  CHECK(read("Your E-Mail can’t") == "your email cannot");
  CHECK(read("the-mail e-mails") == "the-mail e-mails");
  CHECK(read("") == "");
  CHECK(origin("至急、御確認下さいませ", "ご確認ください") == "御確認下さい");
  CHECK(origin("下さい下さい!", "ください!") == "下さい!");
  CHECK(reader().plain("ＰＡＳＳ 支払い * é") == "pass 支払 * e");
}

TEST_CASE("accents and marks") {
  CHECK(read("Contraseña, sécurité, Łódź, přihlášení") == "contrasena, securite, lodz, prihlaseni");
  CHECK(read("p\u0336a\u0336s\u0336s\u0336w\u0336o\u0336r\u0336d\u0336") == "password");
  CHECK(read("İstanbul") == "istanbul");
  CHECK(read("がき 각 й") == "がき 각 й");
  CHECK(origin("x contraseña y", "contrasena") == "contraseña");
}

TEST_CASE("letters of other scripts") {
  CHECK(origin("your pаsswоrd.", "password") == "!pаsswоrd");                    // Cyrillic а, о
  CHECK(origin("your ρassωord", "password") == "(not found in your ρassωord)");  // ω is like no letter of "password"
  CHECK(origin("your ΡASSWΟRD", "password") == "!ρasswοrd");                     // Greek capitals
  CHECK(origin("your МАIL", "mail") == "!маil");                                 // Cyrillic М, А
  CHECK(origin("ᴠᴇʀɪꜰʏ", "verify") == "!ᴠᴇʀɪꜰʏ");
  CHECK(origin("🅿🅰🆂🆂🆆🅾🆁🅳", "password") == "!🅿🅰🆂🆂🆆🅾🆁🅳");
  CHECK(origin("соntrаseña", "contrasena") == "!соntrаseña");
  CHECK(read("ваш пароль, счёт") == "ваш пароль, счёт");
  CHECK(read("мета") == "мета");
}

TEST_CASE("ideographs that look like katakana, between katakana") {
  CHECK(origin("パスワ一ドを", "パスワードを") == "!パスワ一ドを");
  CHECK(origin("アカウン卜の", "アカウントの") == "(not found in アカウン卜の)");  // nothing follows that tells
  CHECK(origin("ア力ウント パスワ-ド", "カウント パスワード") == "!力ウント パスワ-ド");
  CHECK(read("一口 力のある人 第一 ビル八階 プラン一ヶ月 ー一 a-ア-ア") ==
        "一口 力のある人 第一 ビル八階 プラン一ヶ月 ー一 a-アーア");
}

TEST_CASE("digits and signs inside known words only") {
  CHECK(origin("your P@ssw0rd!", "password") == "!p@ssw0rd");
  CHECK(origin("@ccount", "account") == "!@ccount");
  CHECK(origin("acc0unt", "account") == "!acc0unt");
  CHECK(origin("$ecurity ver1fy", "security verify") == "!$ecurity ver1fy");
  CHECK(origin("1nternal", "nternal") == "nternal");
  CHECK(read("2fa b4 h3x mai1 $100 a@b.example 0ff1ce") == "2fa b4 h3x mai1 $100 a@b.example 0ff1ce");
}

TEST_CASE("words set letter by letter") {
  CHECK(origin("the p a s s w o r d!", "password") == "!p a s s w o r d");
  CHECK(origin("v.e.r.i.f.y", "verify") == "!v.e.r.i.f.y");
  CHECK(origin("y-o-u-r-p-a-s-s-w-o-r-d", "your password") == "!y-o-u-r-p-a-s-s-w-o-r-d");
  CHECK(origin("v e r i f y  y o u r  a c c o u n t", "verify your account") == "!v e r i f y y o u r a c c o u n t");
  CHECK(read("a b c d e f, u.s.a., x-y-z, p a s s, p a s s w o r d s") ==
        "a b c d e f, u.s.a., x-y-z, p a s s, p a s s w o r d s");
}

TEST_CASE("styled letters") {
  CHECK(is_styled_letter(U'𝐏'));
  CHECK(is_styled_letter(U'Ⓟ'));
  CHECK_FALSE(is_styled_letter(U'Ｐ'));
}

TEST_CASE("reading is linear, and broken text is no harm") {
  const Reader r = reader();
  std::string text;
  for (int i = 0; i < 300000; ++i) text += "下さい";
  CHECK(r.read(text).spellings.size() == 300000);
  text.clear();
  for (int i = 0; i < 1000000; ++i) text += "p ";
  CHECK(r.read(text).text.size() == text.size());
  CHECK(r.read(std::string(4 << 20, '@')).letters.empty());
  CHECK(r.read("a" + std::string(4 << 20, '0') + "a").letters.empty());
  text.clear();
  for (int i = 0; i < 500000; ++i) text += "а";
  CHECK(r.read(text).letters.empty());
  CHECK(r.read("\xE3\x81 \xF0\x9F p\xCC").text == "\xE3\x81 \xF0\x9F p\xCC");
}
