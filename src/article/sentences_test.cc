#include <doctest/doctest.h>

#include "article/article.h"

using namespace sekisho::article;

namespace {

std::string split(std::string_view text) {
  std::string out;
  for (const Range& r : sentences(text, {0, static_cast<uint32_t>(text.size())})) {
    if (!out.empty()) out += " / ";
    out += text.substr(r.at, r.length);
  }
  return out;
}

}  // namespace

TEST_CASE("Japanese sentences end at their stops") {
  CHECK(split("偽の案内が届いた。開かないこと。") == "偽の案内が届いた。 / 開かないこと。");
  CHECK(split("本当か？　違う！次へ") == "本当か？ / 違う！ / 次へ");
  CHECK(split("「本当か？」と聞いた。答えはない") == "「本当か？」と聞いた。 / 答えはない");
  CHECK(split("「止まらない。一度押せばよい」と説明した。次") == "「止まらない。一度押せばよい」と説明した。 / 次");
  CHECK(split("（注意。必読）である。終わり。") == "（注意。必読）である。 / 終わり。");
  CHECK(split("「閉じない。次の文。") ==
        "「閉じない。 / 次の文。");  // a bracket without its partner counts for nothing
  CHECK(split("「全文である。」　次の文。") == "「全文である。」 / 次の文。");
  CHECK(split("evil[.]example.comに置かれた。") == "evil[.]example.comに置かれた。");
}

TEST_CASE("English sentences end where a beginning follows") {
  CHECK(split("It ended. Then it began.") == "It ended. / Then it began.");
  CHECK(split("On Feb. 14 the group moved. It won.") == "On Feb. 14 the group moved. / It won.");
  CHECK(split("Use a key, e.g. A token. Mr. Roe of Sample Inc. agreed. Sample Inc. The end.") ==
        "Use a key, e.g. A token. / Mr. Roe of Sample Inc. agreed. / Sample Inc. / The end.");
  CHECK(split("Seen at www.example.com. Version 9.5.2 is hit. So is 192[.]0[.]2[.]77. Yes") ==
        "Seen at www.example.com. / Version 9.5.2 is hit. / So is 192[.]0[.]2[.]77. / Yes");
  CHECK(split("It is at evil [.] example . com now. No.") == "It is at evil [.] example . com now. / No.");
  CHECK(split("\"Stop. Do it now,\" he said. She left.") == "\"Stop. Do it now,\" he said. / She left.");
  CHECK(split("He said \"it is over.\" They left.") == "He said \"it is over.\" / They left.");
  CHECK(split("Wait... what? Really! Yes.") == "Wait... what? / Really! / Yes.");
  CHECK(split("The size is 5\" wide. Next one.") == "The size is 5\" wide. / Next one.");
  CHECK(split("(It is so. It is.) And then.") == "(It is so. It is.) / And then.");
  CHECK(split("1. Open the app. 2 more follow.") == "1. Open the app. / 2 more follow.");
}

TEST_CASE("a sentence in quotation marks of any kind does not end the one that quotes it") {
  CHECK(split("It says ‘Don’t wait. Pay now.’ and links on. Next.") ==
        "It says ‘Don’t wait. Pay now.’ and links on. / Next.");
  CHECK(split("It says «Do not wait. Pay now.» and links on. Next.") ==
        "It says «Do not wait. Pay now.» and links on. / Next.");
  CHECK(split("〝止まる。払え。〟と書く。次。") == "〝止まる。払え。〟と書く。 / 次。");
  CHECK(split("〔注意。必読〕である。次。") == "〔注意。必読〕である。 / 次。");
  CHECK(split("The users’ mails came. Delete them.") == "The users’ mails came. / Delete them.");
}

TEST_CASE("ranges lie in the passage and are trimmed") {
  const std::string_view text = "first line\n  One. Two.  \nlast";
  const auto out = sentences(text, {11, 14});
  REQUIRE(out.size() == 2);
  CHECK(text.substr(out[0].at, out[0].length) == "One.");
  CHECK(text.substr(out[1].at, out[1].length) == "Two.");
  CHECK(sentences(text, {1000, 5}).empty());
  CHECK(sentences("A b. C d. E f.", {0, 14}, 2).size() == 2);
  CHECK(sentences("   ", {0, 3}).empty());
}

TEST_CASE("brackets without end, and nothing but stops, are read in one pass") {
  std::string open, text;
  for (int i = 0; i < 200'000; ++i) open += "「", text += "。";
  CHECK(sentences(open, {0, static_cast<uint32_t>(open.size())}).size() == 1);
  CHECK(sentences(text, {0, static_cast<uint32_t>(text.size())}).size() == 1);
  std::string dots;
  for (int i = 0; i < 200'000; ++i) dots += "a. ";
  CHECK(!sentences(dots, {0, static_cast<uint32_t>(dots.size())}).empty());
}
