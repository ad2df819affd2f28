#include <doctest/doctest.h>

#include "lure/lure.h"
#include "text/normalize.h"

using namespace sekisho;
using namespace sekisho::lure;

namespace {

Lures sample() {
  Intent secret{
      "master_password", "credential", "",    "",
      {"secret"},        true,         false, {"master password", "enter your master password", "マスターパスワード"}};
  Intent never{"never_ask", "reassurance", "",   "",
               {},          true,          true, {"never ask for", "パスワードをお尋ねすることはありません"}};
  Intent hurry{"urgency", "deadline", "", "", {"pressure"}, false, false, {"within * hours"}};
  return Lures::make({secret, never, hurry});
}

std::string found(std::string_view text) {
  const Lures lures = sample();
  const std::string comparable = text::normalize(text).text;
  std::string out;
  for (const Hit& h : lures.find(comparable))
    out += lures[h.intent].id + "=" + comparable.substr(h.offset, h.length) + ";";
  return out;
}

}  // namespace

TEST_CASE("overlapping phrases of one intent are one hit, the longest") {
  CHECK(found("Please ENTER your　Master Password now") == "master_password=enter your master password;");
  CHECK(found("master password, master password") ==
        "master_password=master password;master_password=master password;");
}

TEST_CASE("a negating phrase takes back what it touches, and nothing else") {
  CHECK(found("当社がマスターパスワードをお尋ねすることはありません") ==
        "never_ask=パスワードをお尋ねすることはありません;");
  CHECK(found("we never ask for it. enter your master password") ==
        "never_ask=never ask for;master_password=enter your master password;");
}

TEST_CASE("gaps and broken words") {
  CHECK(found("within the next 24 hours") == "urgency=within the next 24 hours;");
  CHECK(found("mas\u200bter pass\u200bword") == "master_password=master password;");
  CHECK(found("webmaster passwords") == "");
}

TEST_CASE("spellings, joints and forms of politeness") {
  Language language;
  for (const auto& [variant, as] :
       {std::pair{"下さい", "ください"}, {"頂き", "いただき"}, {"御", "ご"}, {"支払い", "支払"}})
    language.spellings.push_back({variant, as});
  language.joints = {"の", "を", "は", "ご", "をご", "your", "has been"};
  Intent verify{"verify", "", "", "", {}, false, false, {"情報~確認ください", "お支払い~確認", "account~suspended"}};
  const Lures lures = Lures::make({verify}, language);
  const auto found = [&](std::string_view text) {
    const std::string comparable = text::normalize(text).text;
    std::string out;
    for (const Hit& h : lures.find(comparable))
      out += comparable.substr(h.offset, h.length) + (h.disguised ? "!;" : ";");
    return out;
  };
  CHECK(found("お客様情報を御確認下さい。") == "情報を御確認下さい;");
  CHECK(found("ｵ客様情報ご確認ください") == "情報ご確認ください;");
  CHECK(found("情報を直ちに確認ください") == "");
  CHECK(found("お支払の確認 / お支払い確認") == "お支払の確認;お支払い確認;");
  CHECK(found("Your Account has been SUSPENDED") == "account has been suspended;");
  CHECK(found("your аccоunt has been s u s p e n d e d") == "аccоunt has been s u s p e n d e d!;");
  CHECK(found("account not suspended") == "");
  CHECK(lures.phrases() == 3);
}
