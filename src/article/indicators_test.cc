#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include "article/article.h"
#include "article/indicators.h"
#include "brand/brand.h"

using namespace sekisho;
using namespace sekisho::article;

namespace {

const Cues& cues() {
  static const Cues kCues = [] {
    std::ifstream in(SEKISHO_SOURCE_DIR "/content/desk/roles.toml", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    std::vector<Error> errors;
    Cues c = Cues::read(text, "roles.toml", errors);
    for (const Error& e : errors) MESSAGE(e.one_line());
    CHECK(errors.empty());
    return c;
  }();
  return kCues;
}

std::string shown(const std::vector<Indicator>& found) {
  std::string out;
  for (const Indicator& i : found)
    out += std::string(to_string(i.type)) + " " + i.value + " " + std::string(to_string(i.role)) + "; ";
  return out;
}

std::vector<Indicator> find(std::string_view text) {
  IndicatorContext context;
  context.cues = &cues();
  return find_indicators(text, context);
}

// Types and values alone.
std::string values(std::string_view text) {
  std::string out;
  for (const Indicator& i : find(text)) out += std::string(to_string(i.type)) + " " + i.value + "; ";
  return out;
}

brand::Brands one_brand() {
  brand::Brand b;
  b.id = "harbour";
  b.names = {"Harbour"};
  b.owned = {"harbour-bank.com", "github.io", "sharepoint.com", "gmail.com"};
  return brand::Brands::make({b});
}

double seconds(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  find(text);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string repeated(std::string_view piece, size_t bytes) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() < bytes) out += piece;
  return out;
}

}  // namespace

TEST_CASE("places are those of the bytes given, whatever was folded") {
  const std::string text = "偽サイトはｈｔｔｐｓ：／／ｂａｄ．ｅｘａｍｐｌｅ／ａと zw\u200bsp[.]example である";
  const auto found = find(text);
  REQUIRE(found.size() == 2);
  CHECK(found[0].value == "https://bad.example/a");
  CHECK(found[0].as_written == "ｈｔｔｐｓ：／／ｂａｄ．ｅｘａｍｐｌｅ／ａ");
  CHECK(text.substr(found[0].at, found[0].length) == found[0].as_written);
  CHECK(found[1].value == "zwsp.example");
  CHECK(found[1].as_written == "zw\u200bsp[.]example");
  CHECK(found[1].defanged);
  CHECK_FALSE(found[0].defanged);
}

TEST_CASE("ways to make an address harmless") {
  for (const char* text :
       {"hxxps://a.bad.example/x", "hXXps[:]//a[.]bad[.]example/x", "h**ps://a(.)bad{.}example/x",
        "ttps://a[dot]bad[dot]example/x", "meows://a.bad[.]example/x", "https[://]a.bad<.>example/x",
        "hxxps:[/][/]a[.]bad[.]example[/]x", "https:\\/\\/a.bad.example\\/x", "hxxps：／／a［．］bad［．］example／x",
        "https://a[ドット]bad（ドット）example/x", "https://a&#46;bad&#x2e;example/x",
        "https://a\\[.\\]bad\\[.\\]example/x", "http[s]://a.bad.example/x"})
    CHECK_MESSAGE(values(std::string("偽サイト ") + text + " です") == "url https://a.bad.example/x; ",
                  std::string(text));
  for (const char* text :
       {"jiro[at]bad[dot]example", "jiro＠bad．example", "jiro[アット]bad[ドット]example", "jiro●bad.example",
        "jiro (at) bad (dot) example", "jiro at bad dot example", "jiro☆bad.example", "jiro&#64;bad.example"})
    CHECK_MESSAGE(values(std::string("詐欺の差出人 ") + text + " から") == "email jiro@bad.example; ",
                  std::string(text));
  CHECK(values("198[.]51[.]100[.]7:8080 と 2001[:]db8::1") == "ipv4 198.51.100.7:8080; ipv6 2001:db8::1; ");
  CHECK(values("窓口は jiro#desk.example（#を@に置き換え）") == "email jiro@desk.example; ");
}

TEST_CASE("unknown endings are kept when somebody took the trouble to write them so") {
  const auto found = find("The lure came from desk@vault[.]server9 and led to vault[.]server9.");
  REQUIRE(found.size() == 2);
  CHECK(found[0].value == "desk@vault.server9");
  CHECK_FALSE(found[0].listed);
  CHECK(found[1].value == "vault.server9");
  CHECK(values("see vault.server9 for more") == "");
}

TEST_CASE("a masked name is a pattern and never more") {
  for (const auto& [text, wanted] : {std::pair{"https://tax-●●●●.com/pay", "domain tax-*.com partial; "},
                                     {"https://●●.example.co.jp/login", "url https://*.example.co.jp/login partial; "},
                                     {"https://tax-＊＊＊.com/", "domain tax-*.com partial; "},
                                     {"hxxps://tax-xxxx[.]com/", "domain tax-*.com partial; "},
                                     {"s****@bad.example", "email s*@bad.example partial; "},
                                     {"203.0.113.xxx", "ipv4 203.0.113.* partial; "}}) {
    const auto found = find(std::string("誘導先 ") + text + " に注意");
    CHECK(shown(found) == wanted);
    for (const Indicator& i : found) CHECK(i.host.empty());
  }
}

TEST_CASE("what only looks like an indicator") {
  for (const char* text : {"Chrome 120.0.0.9 or later",
                           "第1.2.3.4節",
                           "setup.exe, run.sh and notes.md",
                           "node.js, ASP.NET",
                           "self.id = user.name",
                           "org.example.tool.main",
                           "12:34:56",
                           "00:1a:2b:3c:4d:5e",
                           "std::string",
                           "dead::beef",
                           "1.2.3.4.5",
                           "256.1.1.1",
                           "the end.It was late",
                           "届いた.次に押した.",
                           "Put a dot at the end",
                           "Write [.] or [dot] in its place",
                           "●重要●★★★",
                           "commit e83c5163316f89bfbde7d9ab23ca2e25604af290",
                           "T15660 and T1000",
                           "CVE-2024-XXXX",
                           "末尾が.jpや.cn",
                           "@handle",
                           "user@"})
    CHECK_MESSAGE(values(text) == "", std::string(text));
}

TEST_CASE("words near by decide the role") {
  for (const auto& [text, wanted] :
       {std::pair{"The fake page bad.example copies the official page good.example.com.",
                  "domain bad.example malicious; domain good.example.com genuine; "},
        {"A copy of the official page at bad.example took codes.", "domain bad.example malicious; "},
        {"正規サイトはgood.example.jp、偽サイトはbad.exampleである。",
         "domain good.example.jp genuine; domain bad.example malicious; "},
        {"bad.example（偽サイト）とgood.example.jp（正規サイト）",
         "domain bad.example malicious; domain good.example.jp genuine; "},
        {"bad.example is not owned by the bank.", "domain bad.example malicious; "},
        {"これは公式サイトではない：bad.example", "domain bad.example malicious; "},
        {"被害企業のwww.hit.example.jpから攻撃者の203.0.113.9へ",
         "domain www.hit.example.jp victim; ipv4 203.0.113.9 malicious; "},
        {"出典：https://news.example.org/1", "url https://news.example.org/1 reference; "},
        {"不審なメールはdesk@good.example.jpへ転送してください", "email desk@good.example.jp genuine; "},
        {"CVE-2024-3400, T1566.002", "cve CVE-2024-3400 reference; technique T1566.002 reference; "}})
    CHECK_MESSAGE(shown(find(text)) == wanted, std::string(text));
}

TEST_CASE("who is led somewhere is not where he is led") {
  for (const auto& [text, wanted] :
       {std::pair{"Victims are redirected to bad.example.", "domain bad.example malicious; "},
        {"Data of the victim www.hit.example was copied.", "domain www.hit.example victim; "},
        {"Mails that claim to be from the customs office ask readers to open bad.example.",
         "domain bad.example malicious; "},
        {"Mails that claim to be from good.example.com carry no link.", "domain good.example.com genuine; "},
        {"bad.example relays what is typed to the real page of the bank.", "domain bad.example malicious; "},
        {"bad.example (not good.example.com) asked for the code.",
         "domain bad.example malicious; domain good.example.com genuine; "},
        {"Mails from good.example.com are real.", "domain good.example.com genuine; "},
        {"Forward what attackers send you to abuse@good.example.com.", "email abuse@good.example.com genuine; "},
        {"The link in the simulated phishing goes to drill.example.com.", "domain drill.example.com reference; "},
        {"The link in the phishing goes to drill.example.com.", "domain drill.example.com malicious; "}})
    CHECK_MESSAGE(shown(find(text)) == wanted, std::string(text));
}

TEST_CASE("names that end like files are hosts where words say so") {
  for (const auto& [text, wanted] :
       {std::pair{"The fake page stood at parcel-desk.cc.", "domain parcel-desk.cc malicious; "},
        {"偽サイトはparcel-desk.appで動いていた。", "domain parcel-desk.app malicious; "},
        {"Blocked domains:\n- parcel-desk.zip\n", "domain parcel-desk.zip malicious; "},
        {"The attached file parcel-desk.zip holds malware.", ""},
        {"不正な添付ファイルparcel-desk.zipを開いた。", ""},
        {"Malicious files:\n- parcel-desk.zip\n", ""},
        {"Attackers run parcel-desk.sh on the server.", ""},
        {"The login.py and panel-two.py of the kit were found.", ""},
        {"Chapters 5 . 6 . 7 . 8 name the domain.", ""}})
    CHECK_MESSAGE(shown(find(text)) == wanted, std::string(text));
}

TEST_CASE("an address in an article is nobody's until a word speaks of it") {
  const auto role = [](const std::string& line) {
    const auto articles = article::read("News of the week\n\n" + line + "\n", "t.txt");
    REQUIRE(articles);
    IndicatorContext context;
    context.cues = &cues();
    context.article = &articles->at(0);
    return shown(find_indicators(articles->at(0).text, context));
  };
  CHECK(role("The new clock of the town hall answers on 203.0.113.14 since May.") == "ipv4 203.0.113.14 reference; ");
  CHECK(role("The attackers signed in from 203.0.113.14 in May.") == "ipv4 203.0.113.14 malicious; ");
}

TEST_CASE("a row of cells speaks for itself only") {
  const auto articles = article::read(
      "<html><body><h1>Hosts of the fraud</h1><p>Seen by the attackers' victims this week.</p><table>"
      "<tr><td>one.example<td>landing page of the phish</tr><tr><td>203.0.113.9<td>shared; do not block</tr>"
      "<tr><td>two.example<td>C2</tr></table></body></html>",
      "t.html");
  REQUIRE(articles);
  IndicatorContext context;
  context.cues = &cues();
  context.article = &articles->at(0);
  CHECK(shown(find_indicators(articles->at(0).text, context)) ==
        "domain one.example malicious; ipv4 203.0.113.9 genuine; domain two.example malicious; ");
  const auto heads = article::read(
      "<html><body><h1>Two columns</h1><p>A text of some words.</p><table><tr><th>Fake<th>Genuine</tr>"
      "<tr><td>f1.example<td>g1.example</tr><tr><td>f2.example<td>g2.example</tr></table></body></html>",
      "t.html");
  REQUIRE(heads);
  context.article = &heads->at(0);
  CHECK(shown(find_indicators(heads->at(0).text, context)) ==
        "domain f1.example malicious; domain g1.example genuine; domain f2.example malicious; "
        "domain g2.example genuine; ");
}

TEST_CASE("headings over lists and heads of columns") {
  CHECK(shown(find("IoC\n- one.example\n- two.example\n\n参考:\n- https://news.example.org/1")) ==
        "domain one.example malicious; domain two.example malicious; url https://news.example.org/1 reference; ");
  CHECK(shown(find("| 正規 | 偽 |\n|---|---|\n| good.example.jp | bad.example |")) ==
        "domain good.example.jp genuine; domain bad.example malicious; ");
}

TEST_CASE("owners, own domains and what was defanged") {
  const brand::Brands brands = one_brand();
  IndicatorContext context;
  context.cues = &cues();
  context.brands = &brands;
  context.own_domains = {"ours.example"};
  const auto role = [&](std::string_view text) { return shown(find_indicators(text, context)); };
  CHECK(role("The lure opens harbour-bank.com first.") == "domain harbour-bank.com genuine; ");
  CHECK(role("The attackers abuse https://www.harbour-bank.com/signin.") ==
        "url https://www.harbour-bank.com/signin genuine; ");
  CHECK(role("malicious page harbour-bank[.]com") == "domain harbour-bank.com genuine; ");
  CHECK(role("malicious page evil-kit.github[.]io/login") == "url evil-kit.github.io/login malicious; ");
  CHECK(role("Source: https://www.harbour-bank.com/news") == "url https://www.harbour-bank.com/news reference; ");
  CHECK(role("phishing mail from boss@mail.ours.example") == "email boss@mail.ours.example victim; ");
  // The full value may be an attacker's where anybody gets a place; the host never is.
  CHECK(role("The phishing page was at https://k1.sharepoint.com/s/x") ==
        "url https://k1.sharepoint.com/s/x malicious; ");
  CHECK(role("The phishing page was at https://sharepoint.com/") == "url https://sharepoint.com/ genuine; ");
  CHECK(role("The sender was jiro.k1@gmail.com.") == "email jiro.k1@gmail.com malicious; ");
  CHECK(role("phishing mail by gmail.com") == "domain gmail.com genuine; ");
  CHECK(role("Write to jiro.k1@gmail.com.") == "email jiro.k1@gmail.com genuine; ");
  CHECK(find_indicators("harbour-bank.com", context).at(0).owner == 0);
}

TEST_CASE("links of an article that its text does not spell out") {
  Article a;
  a.text = "Sellers were warned by the office about bad[.]example today.";
  a.links.push_back({"https://office.example.org/warning", "the office", 24, 10, 0});
  a.links.push_back({"/relative", "today", 55, 5, 0});
  IndicatorContext context;
  context.cues = &cues();
  context.article = &a;
  CHECK(shown(find_indicators(a.text, context)) ==
        "url https://office.example.org/warning reference; domain bad.example malicious; ");
}

TEST_CASE("merging keeps one of each and never makes a genuine one malicious") {
  const auto merged = merge_indicators(
      find("偽サイトbad.example、正規サイトgood.example.jp。偽サイトbad[.]example。good.example.jpは正規。"));
  CHECK(shown(merged) == "domain bad.example malicious; domain good.example.jp genuine; ");
  CHECK(merged[0].defanged);
  std::vector<Indicator> mixed(3);
  for (Indicator& i : mixed) i.value = "shop.example";
  mixed[0].role = Role::reference;
  mixed[1].role = Role::malicious;
  mixed[2].role = Role::genuine;
  CHECK(merge_indicators(mixed).at(0).role == Role::genuine);
  mixed[2].role = Role::malicious;
  CHECK(merge_indicators(mixed).at(0).role == Role::malicious);
}

TEST_CASE("nothing that is printed is a live link") {
  CHECK(defang("https://bad.example/a.b?c=d@e") == "hxxps://bad[.]example/a.b?c=d[@]e");
  CHECK(defang("jiro@mail.bad.example") == "jiro[@]mail[.]bad[.]example");
  CHECK(defang("203.0.113.9:443") == "203[.]0[.]113[.]9:443");
  CHECK(defang("2001:db8::1") == "2001[:]db8[:][:]1");
  CHECK(defang("ldap://bad.example/x") == "ldap[:]//bad[.]example/x");
  for (const char* value : {"https://bad.example/a", "a@bad.example", "198.51.100.1:8080", "bad.example/x"}) {
    const auto again = find(defang(value));
    REQUIRE(again.size() == 1);
    CHECK(again[0].value == value);
  }
}

TEST_CASE("bounds: how many, how long, and time that grows with the text only") {
  IndicatorContext context;
  context.cues = &cues();
  context.most = 3;
  CHECK(find_indicators(repeated("bad.example ", 1000), context).size() == 3);
  CHECK(find_indicators("x", IndicatorContext{}).empty());
  for (const char* piece : {".",  "@",  "[",     "[.]",    "://",      "a.",        "a@",
                            "●",  "1.", ":",     "f",      "あ",       "あ.",       "(",
                            "h*", "x ", " dot ", "a dot ", "http://a", "偽サイト ", "偽 a.example ",
                            "| ", "\n", "\t",    "。",     "xn--a.",   "&#46;",     "\\.",
                            "T1", "-",  "%",     "a,"}) {
    const double small = seconds(repeated(piece, 200'000)), large = seconds(repeated(piece, 2'000'000));
    CHECK_MESSAGE(large < 8 * 10 * (small + 0.01), std::string(piece) << " " << small << " " << large);
    CHECK_MESSAGE(large < 20, std::string(piece) << " " << large);
  }
}

TEST_CASE("words are read strictly") {
  std::vector<Error> errors;
  Cues::read("[hosts]\nreservd = [\"x\"]\n", "roles.toml", errors);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].hint.find("reserved") != std::string::npos);
  errors.clear();
  Cues::read("[[cue]]\nsays = \"bad\"\nwords = [\"x\"]\n", "roles.toml", errors);
  CHECK(errors.size() == 1);
  errors.clear();
  Cues::read("[hosts", "roles.toml", errors);
  CHECK(errors.size() == 1);
}
