#include "text/charset.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace sekisho::text;

namespace {

constexpr std::string_view kFffd = "\xEF\xBF\xBD";

std::string utf8_of(std::string_view bytes, std::string_view label) { return decode_as_labelled(bytes, label).utf8; }

}  // namespace

TEST_CASE("labels: WHATWG names and those of mail programs") {
  struct {
    std::string_view label, name;
  } const rows[] = {
      {"utf8", "utf-8"},
      {"UTF-8", "utf-8"},
      {"unicode-1-1-utf-8", "utf-8"},
      {" \"utf-8\" ", "utf-8"},
      {"Shift_JIS", "windows-31j"},
      {"shift-jis", "windows-31j"},
      {"sjis", "windows-31j"},
      {"x-sjis", "windows-31j"},
      {"ms_kanji", "windows-31j"},
      {"cp932", "windows-31j"},
      {"windows-31J", "windows-31j"},
      {"csShiftJIS", "windows-31j"},
      {"iso-2022-jp", "iso-2022-jp"},
      {"ISO-2022-JP-MS", "iso-2022-jp"},
      {"cp50220", "iso-2022-jp"},
      {"cp50221", "iso-2022-jp"},
      {"iso-2022-jp*ja", "iso-2022-jp"},
      {"euc-jp", "euc-jp"},
      {"x-euc-jp", "euc-jp"},
      {"eucJP-ms", "euc-jp"},
      {"CP51932", "euc-jp"},
      {"gb2312", "gbk"},
      {"gbk", "gbk"},
      {"gb18030", "gb18030"},
      {"big5", "big5"},
      {"Big5-HKSCS", "big5"},
      {"ks_c_5601-1987", "euc-kr"},
      {"euc-kr", "euc-kr"},
      {"windows-949", "euc-kr"},
      {"iso-8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"ANSI_X3.4-1968", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"iso-8859-11", "windows-874"},
      {"TIS-620", "windows-874"},
      {"iso-8859-15", "iso-8859-15"},
      {"iso-8859-8-I", "iso-8859-8"},
      {"koi8-r", "koi8-r"},
      {"koi8-ru", "koi8-u"},
      {"cp1251", "windows-1251"},
      {"utf-16", "utf-16"},
      {"utf-16be", "utf-16be"},
      {"unicode-1-1-utf-7", "utf-7"},
      {"hz-gb-2312", "hz-gb-2312"},
      {"", ""},
      {"klingon", ""},
      {"x-user-defined", "x-user-defined"},
      {"macintosh", "macintosh"},
      {"cp866", "ibm866"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.label);
    CHECK(canonical_charset(row.label) == row.name);
  }
  CHECK(canonical_charset(std::string(100000, 'x')) == "");
}

TEST_CASE("windows-31j is what browsers read") {
  CHECK(utf8_of("\x87\x40\x87\x8A\xFB\xFC\xED\x95\x81\x60\x81\x7C\x81\x61", "shift_jis") == "①㈱髙﨑～－∥");
  CHECK(utf8_of("\x5C\x7E\xB1\xDE", "sjis") == "\\~ｱﾞ");
  CHECK(utf8_of("\x80\x1A\x1C\x7F", "sjis") == "\xC2\x80\x1A\x1C\x7F");  // controls stay themselves
  CHECK(utf8_of("\xF0\x40", "sjis") == "\uE000");                        // private use, as Windows
  // A broken pair gives its ASCII byte back.
  const Decoded broken =
      decode_as_labelled("\x83\x7D\x83\x58\x83\x5E\x81\x5B \x83<b>\x83\x7D\x83\x58\x83\x5E\x83\x7D\x83\x58", "sjis");
  CHECK(broken.utf8 == "マスター " + std::string(kFffd) + "<b>マスタマス");
  CHECK(broken.replacements == 1);
  CHECK(broken.charset == "windows-31j");
}

TEST_CASE("iso-2022-jp is CP50221") {
  CHECK(utf8_of("\x1B$B%Q%9%o!<%I\x1B(B ok", "iso-2022-jp") == "パスワード ok");
  CHECK(utf8_of("\x1B$B-!-j|b\x1B(B", "iso-2022-jp") == "①㈱髙");  // NEC rows 13 and 89–92
  CHECK(utf8_of("\x1B(I1^\x1B(B", "iso-2022-jp") == "ｱﾞ");         // kana set
  CHECK(utf8_of("\x0E"
                "1^\x0F.",
                "iso-2022-jp") == "ｱﾞ.");                    // SO, SI
  CHECK(utf8_of("\x1B(Ja\\b", "iso-2022-jp") == "a\\b");     // JIS X 0201 Roman
  CHECK(utf8_of("\x1B$@0!\x1B(B", "iso-2022-jp") == "亜");   // JIS C 6226
  CHECK(utf8_of("\x1B$(D0!\x1B(B", "iso-2022-jp") == "丂");  // JIS X 0212
  CHECK(utf8_of("\x1B$B%Q%9", "iso-2022-jp") == "パス");     // no final escape
  CHECK(utf8_of("\x1B$B%Q%9%o\nnext line", "iso-2022-jp") == "パスワ\nnext line");
  const Decoded cut = decode_as_labelled("\x1B$B%Q%9%o!<%I$N%j%;%C%H%", "iso-2022-jp");
  CHECK(cut.utf8 == "パスワードのリセット" + std::string(kFffd));
  CHECK(utf8_of("\x1B$B%Q\x1B$", "iso-2022-jp") == "パ");  // cut within an escape
}

TEST_CASE("other charsets") {
  CHECK(utf8_of("\xAD\xA1\xAD\xEA\xFC\xE2\xA1\xC1\x8E\xB1\x8F\xB0\xA1", "euc-jp") == "①㈱髙～ｱ丂");
  CHECK(utf8_of("\xC4\xE3\xBA\xC3\x80\x81\x30\x81\x30\x90\x30\x81\x30", "gb2312") == "你好€\xC2\x80\U00010000");
  CHECK(utf8_of("\xA7\x41\xA6\x6E", "big5") == "你好");
  CHECK(utf8_of("\x88\x62", "big5") == "Ê̄");
  CHECK(utf8_of("\xBE\xC8\xB3\xE7\x81\x41", "ks_c_5601-1987") == "안녕갂");
  CHECK(utf8_of("\xF0\xD2\xC9\xD7\xC5\xD4", "koi8-r") == "Привет");
  CHECK(utf8_of("\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251") == "Привет");
  CHECK(utf8_of("caf\xE9 \x80\x93\x81", "iso-8859-1") == "café €“\xC2\x81");
  CHECK(utf8_of("\xA4\xBE", "iso-8859-15") == "€Ÿ");
  CHECK(utf8_of("\xAA\xBA\xDE", "iso-8859-16") == "ȘșȚ");
  CHECK(utf8_of(std::string_view("\xFE\xFF\x30\xD1\xD8\x3D\xDE\0", 8), "") == "パ😀");
  CHECK(utf8_of(std::string_view("\xFF\xFEP\0a\0", 6), "utf-8") == "Pa");
  CHECK(utf8_of(std::string_view("P\0a\0s\0s\0", 8), "utf-16") == "Pass");
  CHECK(utf8_of("+MNEwuTDv- +- a", "utf-7") == "パスワ + a");
  CHECK(utf8_of("~{D:C~~} ~~", "hz-gb-2312") == "暮摸 ~");
  CHECK(utf8_of("\x1B$)C\x0E>H3g\x0F!", "iso-2022-kr") == "안녕!");
}

TEST_CASE("utf-8: well-formed or replaced") {
  CHECK(is_utf8("abc パスワード é 😀"));
  for (const std::string_view bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8", "\x80",
                                     "\xE3\x81", "\xF0\x9F\x98", "abcdefgh\xFFijklmnop", "\xE3\x81\x82\xE3\x81"})
    CHECK_FALSE(is_utf8(bad));
  const Decoded cut = decode_as_labelled("マスターパスワード\xE3\x81", "utf-8");
  CHECK(cut.utf8 == "マスターパスワード" + std::string(kFffd));
  CHECK(cut.replacements == 1);
  CHECK_FALSE(cut.label_wrong);
  CHECK(utf8_of("\xEF\xBB\xBFhi", "shift_jis") == "hi");
  CHECK(decode_as_labelled("\xEF\xBB\xBFhi", "shift_jis").label_wrong);
  std::string s;
  append_utf8(s, 0xD800);
  append_utf8(s, 0x110000);
  CHECK(s == std::string(kFffd) + std::string(kFffd));
  size_t i = 0;
  CHECK(next_utf8("\xE3\x81", i) == 0xFFFD);
  CHECK(i == 1);
}

TEST_CASE("wrong labels survive") {
  const std::string text =
      "お客様のマスターパスワードの有効期限が切れました。24時間以内に保管庫をバックアップしてください。";
  for (const std::string_view real : {"utf-8", "windows-31j", "euc-jp", "iso-2022-jp", "utf-16be", "utf-16le"})
    for (const std::string_view label : {"", "utf-8", "us-ascii", "no-such-charset", "windows-1252", "iso-2022-jp"}) {
      if (label == "windows-1252" && (real == "windows-31j" || real == "euc-jp"))
        continue;  // fits: the label is believed
      CAPTURE(real);
      CAPTURE(label);
      const Decoded d = decode_as_labelled(encode("<p>Dear user, " + text + "</p>", real), label);
      CHECK(d.utf8 == "<p>Dear user, " + text + "</p>");
      CHECK(d.charset == real);
      CHECK(d.replacements == 0);
      CHECK(d.label_wrong == (!label.empty() && label != real));
    }
  const std::string chinese = "尊敬的用户，您的密码将于今天过期，请立即验证您的账户信息，否则将无法使用。";
  CHECK(decode_as_labelled(encode(chinese, "gbk"), "utf-8").utf8 == chinese);
  const std::string taiwan = "親愛的用戶，您的密碼將於今天到期，請立即驗證您的帳戶資訊，否則將無法使用。";
  CHECK(decode_as_labelled(encode(taiwan, "big5"), "utf-8").utf8 == taiwan);
  const std::string korean = "고객님의 비밀번호가 오늘 만료됩니다. 지금 바로 계정을 확인해 주세요.";
  CHECK(decode_as_labelled(encode(korean, "euc-kr"), "").utf8 == korean);
  const std::string french = "Votre mot de passe a expiré, veuillez vérifier l’accès à votre compte dès aujourd’hui.";
  CHECK(decode_as_labelled(encode(french, "windows-1252"), "utf-8").utf8 == french);
  CHECK(decode_as_labelled(encode(french, "windows-1252"), "us-ascii").utf8 == french);
  const Decoded plain = decode_as_labelled("plain", "x-unknown");
  CHECK(plain.utf8 == "plain");
  CHECK(plain.label_wrong);
  CHECK_FALSE(decode_as_labelled("plain", "us-ascii").label_wrong);
}

TEST_CASE("encode and decode are inverse") {
  const std::string text = "①㈱髙﨑～－∥ ｱｲｳ パスワード 表示 ソ能 abc\\~";
  for (const std::string_view label : {"windows-31j", "iso-2022-jp", "euc-jp", "gb18030", "utf-16", "utf-16be"})
    CHECK(utf8_of(encode(text, label), label) == text);
  CHECK(encode("한😀", "shift_jis") == "??");
  CHECK(encode("\u3231", "shift_jis") == "\x87\x8A");
  CHECK(encode("髙", "shift_jis") == "\xFB\xFC");
}

TEST_CASE("hostile bytes in every charset: well-formed out, in linear time") {
  std::string noise;
  uint32_t x = 1;
  for (int i = 0; i < 60000; ++i) {
    x = x * 1664525 + 1013904223;
    noise += static_cast<char>(x >> 24);
  }
  for (const std::string_view label : {"", "utf-8", "utf-16", "utf-7", "shift_jis", "euc-jp", "iso-2022-jp",
                                       "iso-2022-kr", "hz-gb-2312", "gb18030", "big5", "euc-kr", "koi8-r", "iso-8859-8",
                                       "windows-1252", "us-ascii", "x-user-defined", "windows-874", "iso-8859-16"}) {
    CAPTURE(label);
    for (size_t n : {size_t{1}, size_t{2}, size_t{3}, size_t{7}, size_t{1000}, noise.size()}) {
      const Decoded d = decode_as_labelled(std::string_view(noise).substr(0, n), label);
      CHECK(is_utf8(d.utf8));
    }
    for (const char c : {'a', '\x80', '\xFF', '\x1B', '\xE3', '\x81', '+', '~', '\x0E'})
      CHECK(is_utf8(decode_as_labelled(std::string(1 << 20, c), label).utf8));
  }
  CHECK(decode_as_labelled(std::string(10 << 20, '\xA4'), "").utf8.size() > 1000);
}

TEST_CASE("many threads share the tables") {
  std::vector<std::jthread> threads;
  std::vector<int> good(4, 0);
  for (size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&, t] {
      for (const std::string_view label : {"windows-874", "koi8-u", "big5", "euc-kr", "iso-8859-5", "windows-31j"})
        good[t] += is_utf8(utf8_of("\xA4\xA4\xB0\xA1", label));
    });
  threads.clear();
  for (const int n : good) CHECK(n == 6);
}
