#include "text/normalize.h"

#include <doctest/doctest.h>

#include "text/charset.h"

using namespace sekisho::text;

namespace {

std::string norm(std::string_view s) { return normalize(s).text; }

// The source bytes from which result bytes [at, at + length) were made, as far as offsets tell.
std::string_view origin(std::string_view source, const Normalized& n, std::string_view found) {
  const size_t at = n.text.find(found);
  if (at == std::string::npos) return "(not found)";
  const uint32_t from = n.source_offset(static_cast<uint32_t>(at));
  const uint32_t to = n.source_offset(static_cast<uint32_t>(at + found.size()));
  return source.substr(from, to - from);
}

void check_offsets(std::string_view source) {
  const Normalized n = normalize(source);
  CAPTURE(std::string(source.substr(0, 100)));
  uint32_t last = 0;
  bool rising = true, starts = true;
  for (uint32_t i = 0; i < n.text.size(); ++i) {
    const uint32_t from = n.source_offset(i);
    rising = rising && from < source.size();
    const bool first = (static_cast<unsigned char>(n.text[i]) & 0xC0) != 0x80;
    if (!first) continue;
    rising = rising && from >= last;
    last = from;
    // A character begins where a source character does, unless the source is broken there.
    if (is_utf8(source)) starts = starts && (static_cast<unsigned char>(source[from]) & 0xC0) != 0x80;
  }
  CHECK(rising);
  CHECK(starts);
  CHECK(n.source_offset(static_cast<uint32_t>(n.text.size())) == source.size());
  for (size_t k = 1; k < n.marks.size(); ++k) REQUIRE(n.marks[k - 1].at < n.marks[k].at);
  CHECK(is_utf8(n.text));
  CHECK(normalize(n.text).text == n.text);
}

}  // namespace

TEST_CASE("golden") {
  CHECK(norm("ＭＡＳＴＥＲ　Ｐａｓｓ\u200bｗord") == "master password");
  CHECK(norm("Master \t\r\n  PASSWORD") == "master password");
  CHECK(norm("ﾏｽﾀｰﾊﾟｽﾜｰﾄﾞ") == "マスターパスワード");
  CHECK(norm("か\u3099き") == "がき");
  CHECK(norm("ﬁle ㈱ ① ㌔ ½") == "file (株) 1 キロ 1\u20442");
  CHECK(norm("Straße İstanbul ΣΑΣ") == "strasse i\u0307stanbul σασ");
  CHECK(norm("e\u0301 É e\u200b\u0301") == "é é é");
  CHECK(norm("pass\u00ADword p\u202Ea\u2066s\U000E0041s") == "password pass");
  CHECK(norm("don\u2019t \u201Cnow\u201D 9\u20135") == "don't \"now\" 9-5");
  CHECK(norm("ー―〜～") == "ー-~~");
  CHECK(norm("𝐏𝐚𝐬𝐬") == "pass");
  CHECK(norm("😀👍") == "😀👍");
  CHECK(norm("\u1100\u1161\u11A8") == "각");
  CHECK(norm("a\xFF\xE3\x81 b") == "a\uFFFD\uFFFD\uFFFD b");
  CHECK(norm("") == "");
  CHECK(norm("   ") == " ");
  CHECK(norm("a\u00A0\u3000\u2003b") == "a b");
  CHECK(norm(std::string_view("a\0b\x01", 4)) == "ab");
}

TEST_CASE("invisible characters are counted") {
  const Normalized inside = normalize("pass\u200bword, ma\u00ADster");
  CHECK(inside.dropped == 2);
  CHECK(inside.inside_words == 2);
  const Normalized padding = normalize("preheader \u200C\u00A0\u200C\u00A0\u200C end\u200b.");
  CHECK(padding.dropped == 4);
  CHECK(padding.inside_words == 0);
  CHECK(normalize("👨\u200D👩 ❤\uFE0F").inside_words == 0);
  CHECK(normalize("パス\u200Bワード").inside_words == 1);
}

TEST_CASE("offsets lead back") {
  const std::string_view mixed = "Go: ＭＡＳＴＥＲ　Ｐａｓｓ\u200bｗord ﬁle か\u3099 ㈱山田 ﾊﾟｽ \u00BD e\u0301x";
  const Normalized n = normalize(mixed);
  CHECK(n.text == "go: master password file が (株)山田 パス 1\u20442 éx");
  CHECK(origin(mixed, n, "master password") == "ＭＡＳＴＥＲ　Ｐａｓｓ\u200bｗord");
  CHECK(origin(mixed, n, "が") == "か\u3099");
  CHECK(origin(mixed, n, "(株)") == "㈱");
  CHECK(origin(mixed, n, "山田") == "山田");
  CHECK(origin(mixed, n, "パ") == "ﾊﾟ");
  CHECK(origin(mixed, n, "file") == "ﬁle");
  CHECK(origin(mixed, n, "é") == "e\u0301");
  CHECK(n.source_offset(static_cast<uint32_t>(n.text.find('x'))) == mixed.find('x'));
  CHECK(normalize("already plain").marks.empty());
  for (const std::string_view s :
       {mixed, std::string_view("A  b\n\nC"), std::string_view("\u200b\u200bx\u200b"),
        std::string_view("\u0301\u0302a"), std::string_view("\uFDFA \uFDFA"), std::string_view("a´ ´b"),
        std::string_view("ｶﾞ ﾞ ゛"), std::string_view("\xFF\xC3(\xE3\x81"),
        std::string_view("\u1100\u1161\u11A8\u11A8"), std::string_view("ŉ Ǆ ß \u0390"),
        std::string_view(" ́ a\u3000\u3000"), std::string_view("0123456789 0123456789 ABCDEFGH  IJKLMNOP ")})
    check_offsets(s);
}

TEST_CASE("random mixtures: offsets rise, the result is stable") {
  const std::string_view pieces[] = {
      "a",      "B",      " ",    "  ", "\n",     "Ａ",         "か",
      "\u3099", "ﾊ",      "ﾟ",    "ﬁ",  "㈱",     "\u0301",     "\u0323",
      "\u200b", "\u200d", "漢",   "각", "\u1100", "\u1161",     "\u11A8",
      "½",      "\xFF",   "\xE3", "😀", "𝐏",      "\U000E0041", "´",
      "\uFDFA", "\x01",   "ﾞ",    "İ",  "ß",      "’",          "longer plain ASCII Words here",
      "　",     "\u0345", "α",    "ͅ"};
  uint32_t x = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string s;
    const int count = 1 + round % 14;
    for (int k = 0; k < count; ++k) {
      x = x * 1664525 + 1013904223;
      s += pieces[(x >> 16) % std::size(pieces)];
    }
    check_offsets(s);
  }
}

TEST_CASE("hostile text is linear") {
  std::string marks;
  for (int i = 0; i < 500000; ++i) marks += i % 2 ? "\u0301" : "\u0323";  // classes 230 and 220: worst for reordering
  CHECK(is_utf8(norm("a" + marks)));
  std::string invisible = "a";
  for (int i = 0; i < 1000000; ++i) invisible += "\u200b";
  CHECK(normalize(invisible).dropped == 1000000);
  CHECK(norm(std::string(10 << 20, ' ')) == " ");
  CHECK(norm(std::string(10 << 20, 'A')).size() == 10 << 20);
  CHECK(norm(std::string(4 << 20, '\xE3')).size() == 12 << 20);
  std::string ligatures;
  for (int i = 0; i < 200000; ++i) ligatures += "\uFDFA";
  CHECK(is_utf8(norm(ligatures)));
}

TEST_CASE("skeleton") {
  CHECK(skeleton("LastPass") == "lastpass");
  for (const std::string_view same :
       {"1astpass", "ⅼastpass", "Ｌａｓｔｐａｓｓ", "lаstpаss", "la5tpa55", "lást­pass", "ḷastpass", "𝐥astpass"}) {
    CAPTURE(same);
    CHECK(skeleton(same) == skeleton("lastpass"));
  }
  CHECK(skeleton("rnicrosoft") == skeleton("microsoft"));
  CHECK(skeleton("vvindows") == skeleton("windows"));
  CHECK(skeleton("goog1e") == skeleton("google"));
  CHECK(skeleton("g00gle") == skeleton("google"));
  CHECK(skeleton("раураl") == skeleton("paypal"));
  CHECK(skeleton("οkta") == skeleton("okta"));
  CHECK(skeleton("dropbox") != skeleton("box"));
  CHECK(skeleton("") == "");
  CHECK(is_utf8(skeleton("パスワード漢字\xFF")));
  std::string marks = "a";
  for (int i = 0; i < 20000; ++i) marks += i % 2 ? "\u0301" : "\u0323";
  CHECK(is_utf8(skeleton(marks)));
}

TEST_CASE("scripts, share of Japanese, width") {
  CHECK(scripts("abc 123") == std::vector<std::string>{"Latn"});
  CHECK(scripts("pаypal") == std::vector<std::string>{"Cyrl", "Latn"});
  CHECK(scripts("漢字かなカナ") == std::vector<std::string>{"Hani", "Hira", "Kana"});
  CHECK(scripts("123 !?").empty());
  CHECK(japanese_share("パスワードを変更") == 1.0);
  CHECK(japanese_share("密码") == 0.0);
  CHECK(japanese_share("abcdef") == 0.0);
  CHECK(japanese_share("abかな") == doctest::Approx(0.5));
  CHECK(japanese_share("") == 0.0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("パスワード") == 10);
  CHECK(display_width("ﾊﾟ") == 2);
  CHECK(display_width("e\u0301\u200b") == 1);
  CHECK(display_width("😀") == 2);
}
