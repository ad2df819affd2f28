// Lure packs: forms, spellings and mistakes; and that the phrases are found through every disguise, up to the fact
// lure.hidden.
#include "scan/lure_packs.h"

#include <doctest/doctest.h>

#include "diag/render.h"
#include "scan/scanner.h"

using namespace sekisho;
using namespace sekisho::scan;

TEST_CASE("the bundled content: all points are of rules, all aims are read") {
  const LoadedContent loaded = load_content(default_settings());
  REQUIRE(loaded.errors.empty());
  for (const Error& e : loaded.warnings) FAIL_CHECK(e.one_line());
}

TEST_CASE("lure packs: forms and spellings are of all packs; mistakes are told with carets") {
  LurePacks packs;
  std::vector<Error> errors;
  const std::string intent =
      "[[intent]]\nid = \"x\"\nfamily = \"f\"\ntext = \"t\"\ntext_ja = \"t\"\nde = [\"{konto}~gesperrt für\"]\n"
      "ja = [\"確認{please}\"]\n";
  packs.add(intent, "a.toml", errors);  // uses what stands in a later pack
  packs.add(
      "joints = [\"{wurde|ist}{| bald}\"]\n[forms]\nplease = [\"ください\", \"願います\"]\nkonto = [\"konto\", "
      "\"karte\"]\n"
      "[spellings]\n\"ください\" = [\"下さい\"]\n",
      "b.toml", errors);
  const auto intents = packs.intents(errors);
  REQUIRE(errors.empty());
  REQUIRE(intents.size() == 1);
  CHECK(intents[0].phrases == std::vector<std::string>{"確認ください", "確認願います", "karte~gesperrt fuer",
                                                       "karte~gesperrt für", "konto~gesperrt fuer",
                                                       "konto~gesperrt für"});
  const lure::Lures lures = lure::Lures::make(intents, packs.language());
  CHECK(lures.find("ご確認下さい").size() == 1);
  CHECK(lures.find("ihr konto wurde bald gesperrt fur immer").size() == 1);
  CHECK(lures.phrases() == 6);

  std::vector<Error> warnings;
  packs.check_aims([](std::string_view) { return false; }, warnings);
  CHECK(warnings.empty());  // no intent has an aim
  LurePacks aims;
  const std::string aimed = intent + "aims = [\"money\", \"mony\"]\n";
  aims.add(aimed, "a.toml", errors);
  aims.check_aims([](std::string_view aim) { return aim == "money"; }, warnings);
  REQUIRE(warnings.size() == 1);
  CHECK(diag::render(warnings[0], aimed, false, "warning").find("a.toml:8:18\n") != std::string::npos);
  CHECK(warnings[0].hint == "did you mean money?");

  const auto mistakes = [](const std::string& text) {
    LurePacks wrong;
    std::vector<Error> all;
    wrong.add(text, "w.toml", all);
    wrong.intents(all);
    std::string out;
    for (const Error& e : all) out += diag::render(e, text);
    return out;
  };
  const std::string head = "[[intent]]\nid = \"x\"\nfamily = \"f\"\ntext = \"t\"\ntext_ja = \"t\"\n";
  // The whole picture once.
  CHECK(mistakes("[forms]\nplease = [\"a\"]\n" + head + "ja = [\"確認\", \"確認{pleese}\"]\n") ==
        "error[lure.phrase]: there is no form \"pleese\"\n"
        "  --> w.toml:8:17\n"
        "  |\n"
        "8 | ja = [\"確認\", \"確認{pleese}\"]\n"
        "  |                     ^^^^^^\n"
        "  = hint: did you mean please?\n");
  CHECK(mistakes(head + "en = [\"a {b|c\", \"\\u0061}\"]\n").find("a brace is open to the end") != std::string::npos);
  CHECK(mistakes(head).find("an intent needs phrases") != std::string::npos);
  CHECK(mistakes("[forms]\nBad = [\"a\"]\nempty = []\n").find("a form needs texts") != std::string::npos);
  CHECK(mistakes("[spellings]\n\"b\" = [\"a\"]\n\"c\" = [\"b\"]\n").find("\"b\" is read as \"c\" itself") !=
        std::string::npos);
  CHECK(mistakes("joints = [\"{a\"]\n").find("w.toml:1:") != std::string::npos);
  std::string many = head + "en = [";
  for (int i = 0; i < 201; ++i) {
    many += "\"" + std::to_string(i);
    for (int k = 0; k < 3; ++k) many += "{0|1|2|3|4|5|6|7|8|9}";
    many += "\", ";
  }
  CHECK(mistakes(many + "]\n").find("the lure packs hold 201000 phrases") != std::string::npos);
}

namespace {

const FixedClock kClock({1'790'000'000, 0});

// Whether the mail is said to hide what it wants. Judged by the packs of the program.
bool hides(const std::string& text) {
  static const Scanner* scanner = [] {
    Settings settings = default_settings();
    LoadedContent content = load_content(settings);
    REQUIRE(content.errors.empty());
    return new Scanner(std::move(settings), std::move(content.content), kClock);
  }();
  const std::string mail =
      "From: a@sender.example\nTo: b@corp.example\nDate: Mon, 5 Jan 2026 10:00:00 +0900\nMessage-ID: "
      "<1@sender.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" +
      text + "\nhttps://login.sender.example/\n";
  Scanner::Scratch scratch(*scanner);
  for (const Fired& f : scanner->scan({mail, "test", {}}, scratch).rules)
    if (f.rule == "mail_lure_hidden_by_characters") return true;
  return false;
}

}  // namespace

TEST_CASE("lure.hidden: a phrase whose letters are not what they seem, or not together") {
  CHECK_FALSE(hides("Please enter your password."));
  CHECK_FALSE(hides("Please ｅｎｔｅｒ your password. パスワードをご入力下さい。"));
  CHECK_FALSE(hides("Introduzca su contraseña. Saisissez votre mot de passe, confirmez vos données."));
  CHECK(hides("Please enter your pass\u200bword."));
  CHECK(hides("Please enter your p\u00AD\u00ADassword."));
  CHECK(hides("Please enter your pаsswоrd."));
  CHECK(hides("Please еntеr your password."));
  CHECK(hides("Please enter your 𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝."));
  CHECK(hides("Please enter your ⓟⓐⓢⓢⓦⓞⓡⓓ."));
  CHECK(hides("Please enter your p@ssw0rd."));
  CHECK(hides("Please enter your p a s s w o r d now."));
  CHECK(hides("Please e.n.t.e.r your p.a.s.s.w.o.r.d"));
  CHECK(hides("マスターパスワ一ドを入力してください"));
  CHECK(hides("アカウ\u200bントが停止されました"));
}
