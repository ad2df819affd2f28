#include "text/phrases.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "text/normalize.h"

using namespace sekisho::text;

namespace {

Phrases make(std::initializer_list<std::string_view> list) {
  Phrases p;
  for (const auto s : list) p.add(s);
  p.build();
  return p;
}

// "index:found text" of each hit.
std::vector<std::string> found(const Phrases& p, std::string_view text) {
  const std::string n = normalize(text).text;
  std::vector<std::string> out;
  for (const auto& hit : p.find(n)) out.push_back(std::to_string(hit.phrase) + ":" + n.substr(hit.offset, hit.length));
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("whole words in scripts with spaces") {
  const Phrases p = make({"reset", "master password", "passwort zurücksetzen", "пароль", "$100"});
  CHECK(found(p, "Reset now, RESET.") == List{"0:reset", "0:reset"});
  CHECK(found(p, "preset resets _reset_ re-reset 1reset reset2").size() == 2);
  CHECK(found(p, "your  Master\n Password!") == List{"1:master password"});
  CHECK(found(p, "masterpassword webmaster password master passwords").empty());
  CHECK(found(p, "Passwort zurücksetzen; passwort zurücksetzene") == List{"2:passwort zurücksetzen"});
  CHECK(found(p, "Ваш ПАРОЛЬ истёк; пароля") == List{"3:пароль"});
  CHECK(found(p, "only us$100 $1000") == List{"4:$100"});
  CHECK(found(p, "éreset reseté").empty());
  CHECK(found(p, "").empty());
}

TEST_CASE("anywhere in scripts without") {
  const Phrases p = make(
      {"マスターパスワード", "パスワード", "マスター パスワード", "重置密码", "รหัสผ่าน", "Oktaのパスワード", "reset"});
  CHECK(found(p, "このマスターパスワードを") == List{"0:マスターパスワード", "2:マスターパスワード", "1:パスワード"});
  CHECK(found(p, "マスター パスワード").size() == 3);
  CHECK(found(p, "マ　ス タ ー パスワード") ==
        List{"0:マ ス タ ー パスワード", "2:マ ス タ ー パスワード", "1:パスワード"});
  CHECK(found(p, "ﾏｽﾀｰﾊﾟｽﾜｰﾄﾞ").size() == 3);
  CHECK(found(p, "请重置密码吧") == List{"3:重置密码"});
  CHECK(found(p, "ลืมรหัสผ่านของ") == List{"4:รหัสผ่าน"});
  CHECK(found(p, "Okta の パスワード") == List{"5:okta の パスワード", "1:パスワード"});
  CHECK(found(p, "xOktaのパスワード") == List{"1:パスワード"});
  CHECK(found(p, "今すぐresetする。パスワード reset 後") == List{"6:reset", "1:パスワード", "6:reset"});
}

TEST_CASE("Korean particles are glued to words") {
  const Phrases p = make({"비밀번호"});
  CHECK(found(p, "비밀번호를 변경") == List{"0:비밀번호"});
  CHECK(found(p, "새비밀번호").empty());
}

TEST_CASE("gaps") {
  const Phrases p = make({"verify * account", "パスワード*変更", "a * a", "* only * two *"});
  CHECK(found(p, "please verify your account") == List{"0:verify your account"});
  CHECK(found(p, "verify account") == List{"0:verify account"});
  CHECK(found(p, "verify all of your account") == List{"0:verify all of your account"});
  CHECK(found(p, "verify one two three four account").empty());
  CHECK(found(p, "verifying the account verify accounts").empty());
  CHECK(found(p, "account verify").empty());
  CHECK(found(p, "verify x verify account") == List{"0:verify account"});
  CHECK(found(p, "verify your account, your account") ==
        List{"0:verify your account", "0:verify your account, your account"});
  CHECK(found(p, "パスワードを至急変更") == List{"1:パスワードを至急変更"});
  CHECK(found(p, "パスワードは十二文字をこえる長い長い間があれば変更").empty());
  CHECK(found(p, "a b a") == List{"2:a b a"});
  CHECK(found(p, "a").empty());
  CHECK(found(p, "only these two") == List{"3:only these two"});
  CHECK(found(p, "verify " + std::string(300, 'x') + " account").empty());
}

TEST_CASE("the same phrase twice, empty phrases, none at all") {
  const Phrases p = make({"one", "ONE", "", "*", " ", "one two"});
  CHECK(p.size() == 6);
  CHECK(found(p, "one two") == List{"0:one", "1:one", "5:one two"});
  CHECK(found(make({}), "text").empty());
  Phrases unbuilt;
  unbuilt.add("x");
  CHECK(unbuilt.find("x").empty());
}

TEST_CASE("hits are capped and come by their ends") {
  const Phrases p = make({"aa", "aa aa", "aa aa aa"});
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "aa ";
  CHECK(p.find(text, 100).size() == 100);
  CHECK(p.find(text).size() == 1000);
  CHECK(p.find(text, 0).empty());
  const auto hits = p.find(text, 1u << 20);
  CHECK(hits.size() == 29997);
  CHECK(std::is_sorted(hits.begin(), hits.end(),
                       [](auto& a, auto& b) { return a.offset + a.length < b.offset + b.length; }));
}

// The obvious twin: every phrase at every place, spaces beside Japanese left out of both.
namespace {

struct Squeezed {
  std::string text;
  std::vector<uint32_t> from;
};

bool japanese(std::string_view s, size_t i) { return i < s.size() && static_cast<unsigned char>(s[i]) >= 0xE3; }

Squeezed squeeze(std::string_view s) {
  Squeezed out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == ' ' && (japanese(s, i + 1) || (i >= 3 && japanese(s, i - 3)))) continue;
    out.text += s[i];
    out.from.push_back(static_cast<uint32_t>(i));
  }
  return out;
}

bool word_at(std::string_view s, size_t i) { return i < s.size() && (static_cast<unsigned>(s[i] - 'a') < 26); }

}  // namespace

TEST_CASE("random texts agree with the obvious twin") {
  const std::string_view alphabet[] = {"a", "b", "a", " ", "あ", "い", "b", " ", "."};
  uint32_t x = 3;
  const auto next = [&](uint32_t n) {
    x = x * 1664525 + 1013904223;
    return (x >> 16) % n;
  };
  const auto random_text = [&](uint32_t most) {
    std::string s;
    for (uint32_t k = 1 + next(most); k > 0; --k) s += alphabet[next(std::size(alphabet))];
    return normalize(s).text;
  };
  for (int round = 0; round < 400; ++round) {
    Phrases p;
    std::vector<std::string> plain;
    for (int k = 0; k < 12; ++k) {
      std::string phrase = random_text(k % 3 == 0 ? 14 : 6);
      while (!phrase.empty() && phrase.front() == ' ') phrase.erase(0, 1);
      while (!phrase.empty() && phrase.back() == ' ') phrase.pop_back();
      p.add(phrase);
      plain.push_back(squeeze(phrase).text);
    }
    p.build();
    for (int k = 0; k < 20; ++k) {
      std::string text = random_text(40);
      // Long phrases hardly ever come by chance.
      for (uint32_t n = next(4); n > 0; --n) text += plain[next(12)] + random_text(6);
      text = normalize(text).text;
      const Squeezed t = squeeze(text);
      std::vector<std::array<uint32_t, 3>> expected, got;
      for (uint32_t i = 0; i < plain.size(); ++i) {
        if (plain[i].empty()) continue;
        for (size_t at = t.text.find(plain[i]); at != std::string::npos; at = t.text.find(plain[i], at + 1)) {
          const uint32_t from = t.from[at], to = t.from[at + plain[i].size() - 1] + 1;
          if (word_at(text, from) && from > 0 && word_at(text, from - 1)) continue;
          if (word_at(text, to - 1) && word_at(text, to)) continue;
          expected.push_back({i, from, to - from});
        }
      }
      for (const auto& hit : p.find(text)) got.push_back({hit.phrase, hit.offset, hit.length});
      std::sort(expected.begin(), expected.end());
      std::sort(got.begin(), got.end());
      CAPTURE(text);
      CHECK(expected == got);
    }
  }
}

TEST_CASE("hostile texts are linear") {
  Phrases p;
  for (int i = 0; i < 60; ++i) p.add("verify * account number " + std::to_string(i));
  for (int i = 1; i < 300; ++i) p.add(std::string(static_cast<size_t>(i), 'a'));
  p.add("あああああああああああああああああああい");
  p.build();
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "verify ";
  CHECK(p.find(text).empty());
  CHECK(p.find(std::string(10 << 20, 'a')).empty());
  CHECK(p.find(std::string(10 << 20, ' ')).empty());
  CHECK(p.find(std::string(4 << 20, '\xE3')).empty());
  std::string kana;
  for (int i = 0; i < 1000000; ++i) kana += "あ";
  CHECK(p.find(kana).empty());
}

TEST_CASE("joints: nothing, or one of those given") {
  Phrases p;
  for (const char* s : {"アカウント~停止", "アカウント~停止~ください", "verify~account", "a ~* b", "~x~", "~"})
    p.add(s);
  for (const char* s :
       {"の", "を", "は", "ご", "を ご", "Your", "of your", "", "more than forty bytes are too long to be one joint"})
    p.joint(s);
  p.build();
  CHECK(found(p, "アカウント停止") == List{"0:アカウント停止"});
  CHECK(found(p, "アカウントの停止、アカウント を 停止") == List{"0:アカウントの停止", "0:アカウント を 停止"});
  CHECK(found(p, "アカウントを再び停止 アカウント、停止").empty());
  CHECK(found(p, "アカウントのをの停止").empty());
  CHECK(found(p, "アカウントは停止をください") == List{"0:アカウントは停止", "1:アカウントは停止をください"});
  CHECK(found(p, "verify account; verify  YOUR account; verify of your account") ==
        List{"2:verify account", "2:verify your account", "2:verify of your account"});
  CHECK(found(p, "verify my account; verify, account; verifyaccount").empty());
  CHECK(found(p, "a 1 2 3 b") == List{"3:a 1 2 3 b"});
  CHECK(found(p, "x") == List{"4:x"});
  // The nearest beginning counts.
  CHECK(found(p, "アカウント アカウントの停止") == List{"0:アカウントの停止"});
}

TEST_CASE("phrases that begin alike share their beginnings") {
  Phrases p;
  for (int i = 0; i < 3000; ++i) p.add("verify * account * number ~ " + std::to_string(i) + "x");
  p.joint("the");
  p.build();
  CHECK(p.bytes() < 2u << 20);
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "verify account number ";
  text += "the 2999x";
  CHECK(found(p, text) == List{"2999:verify account number the 2999x"});
}
