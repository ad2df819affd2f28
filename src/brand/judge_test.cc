// The judge on a handful of brands, with weights that count each token once: which brand, how, where. The weights that
// are shipped are measured by `sekisho names eval`.
#include "brand/judge.h"

#include <doctest/doctest.h>

#include <random>

#include "brand/edits.h"
#include "brand/fit.h"
#include "brand/host_text.h"
#include "net/host.h"

namespace sekisho::brand {
namespace {

using State = Judgement::State;

Brand named(std::string id, std::vector<std::string> owned, std::vector<Token> tokens) {
  Brand b;
  b.id = std::move(id);
  b.names = {b.id};
  b.owned = std::move(owned);
  b.tokens = std::move(tokens);
  return b;
}

Brands sample() {
  std::vector<Brand> all;
  all.push_back(named("lastpass", {"lastpass.com", "onlastpass.example"}, {{"lastpass", Danger::high}}));
  all.back().cdn = {"lp-cdn.example"};
  all.push_back(named("keeper", {"keepersecurity.com"}, {{"keeper", Danger::low}, {"keepersecurity", Danger::high}}));
  all.push_back(named("amazon", {"amazon.com", "amazon.co.jp", "amazonaws.com"}, {{"amazon", Danger::high}}));
  all.push_back(named("dhl", {"dhl.com"}, {{"dhl", Danger::medium}}));
  all.push_back(
      named("kazahana", {"kazahana-card.example"}, {{"kazahanacard", Danger::high}, {"kazahana", Danger::high}}));
  return Brands::make(std::move(all));
}

Weights weights() {  // the nearer, the better; nothing else counts
  Weights w;
  for (size_t o = 0; o < kOperators; ++o)
    for (const size_t n : {2, 3, 4, 5, 7, 9, 12})
      w.of[feature::of_length(static_cast<Operator>(o), n)] = static_cast<float>(10 - o);
  w.flag = 1;
  w.tell_exact = w.tell_near = 1;
  return w;
}

struct Sample {
  Brands brands = sample();
  Judge judge =
      Judge::make(brands, net::PublicSuffixes::system(),
                  {{"help", "login", "www", "secure", "my", "jp"}, {"amazing", "goalkeeper"}, {"cojp", "comjp", "co"}},
                  weights(), {"anybody.example", "onlastpass.example"}, {"customers.example"});
  std::string looks(std::string_view host) const {
    const Judgement j = judge.judge(host);
    if (j.state != State::resembles) return std::string(state_name(j.state));
    return (j.brand ? brands[*j.brand].id : "-") + ":" + std::string(j.how_name());
  }
  bool has(std::string_view host, Feature f) const { return judge.judge(host).has(f); }
};

}  // namespace

TEST_CASE("operators, alone and together") {
  const Sample s;
  CHECK(s.looks("lastpass-help.example") == "lastpass:token");
  CHECK(s.looks("lastpass1.example") == "lastpass:token");
  CHECK(s.looks("lastpasshelp.example") == "lastpass:worded");
  CHECK(s.looks("loginlastpassjp.example") == "lastpass:worded");
  CHECK(s.looks("mylastpassvaults.example") == "lastpass:within");
  CHECK(s.looks("last-pass.example") == "lastpass:joined");
  CHECK(s.looks("l-a-s-t-p-a-s-s.example") == "lastpass:joined");
  CHECK(s.looks("last.pass.example") == "lastpass:joined");
  CHECK(s.looks("1astpass.example") == "lastpass:skeleton");
  CHECK(s.looks("arnazon.example") == "amazon:skeleton");
  CHECK(s.looks("lastpas.example") == "lastpass:edit");
  CHECK(s.looks("lastpsas.example") == "lastpass:edit");
  CHECK(s.looks("helplastpas.example") == "lastpass:edit_worded");
  CHECK(s.looks("lustpass-login.top") == "lastpass:edit");
  CHECK(s.looks("keepersecuirti.example") == "keeper:edit2");
  CHECK(s.looks("x.kazahrcadana.example") == "kazahana:scramble");
  CHECK(s.looks("www.amzuon.co.jp.qwrtz.example") == "amazon:edit2");
  CHECK(s.looks("www.amaz-uaon.co.jp.qwrtz.example") == "amazon:spelled");
  CHECK(s.looks("www.qqq.co.jp.qwrtz.example") == "-:shape");
  CHECK(s.looks("lastpass.com.secure.example.net") == "lastpass:embedded");
  CHECK(s.looks("dhl-parcel.example") == "dhl:token");
}

TEST_CASE("what stands before does not hide what stands at the end") {
  const Sample s;
  std::string before, wide;
  for (int i = 0; i < 100; ++i) before += "a.";
  for (int i = 0; i < 33; ++i) wide += "\u00e6";  // two letters to the eye
  CHECK(s.looks(before + "lastpass-login.top") == "lastpass:token");
  CHECK(s.looks("a~b.lastpass-login.top") == "lastpass:token");
  CHECK(s.looks(wide + ".lastpass-login.top") == "lastpass:token");
  CHECK(s.judge.judge("uccarcl-lastpass.top").length == 8);
  CHECK(s.looks("www.\u65e5\u672c.lastpass.com") == "owned");
  CHECK(s.looks("www.\u65e5\u672c.lastpass.com.") == "owned");
  // Names under a platform are nobody's in any script.
  CHECK(s.looks("l\u0430stpass.s3.amazonaws.com") == "lastpass:skeleton");
}

TEST_CASE("Punycode and UTF-8 are judged as they are seen") {
  const Sample s;
  const std::string cyrillic = "l\u0430stpass.example";
  CHECK(s.looks(cyrillic) == "lastpass:skeleton");
  CHECK(s.looks(*net::to_ascii(cyrillic)) == "lastpass:skeleton");
  CHECK(s.judge.judge("l\u0430stpass.org").told);
  CHECK_FALSE(s.has("l\u0430stpass.org", feature::owned_label));
  CHECK(s.has(cyrillic, feature::punycode));
  CHECK(s.has(cyrillic, feature::mixed_scripts));
  CHECK_FALSE(s.has("xn--fsq092h.example", feature::mixed_scripts));
  CHECK(s.looks("xn--a.example") == "nothing");  // does not decode: its letters stand as they are
  CHECK(s.looks("\u2615\ufe0f.example") != "");
}

TEST_CASE("words, shared names, owners and addresses are no look-alikes") {
  const Sample s;
  CHECK(s.looks("www.lastpass.com") == "owned");
  CHECK(s.looks("LASTPASS.COM.") == "owned");
  CHECK(s.looks("a.lp-cdn.example") == "owned");
  CHECK(s.looks("headhluxury.example") == "nothing");  // a short token only as a word
  CHECK(s.looks("goalkeeper.example") == "nothing");   // an everyday word only alone
  CHECK(s.looks("keeper.example") == "keeper:token");
  CHECK(s.looks("amazing.example") == "nothing");  // in the list of common words
  CHECK(s.looks("192.0.2.1") == "address");
  CHECK(s.looks("[2001:db8::1]") == "address");
  CHECK(s.looks("com") == "nothing");
  CHECK(s.looks("amazon.com") == "owned");
  // The platform's own name is its owner's; names under it are anybody's.
  CHECK(s.looks("lastpass-help.s3.amazonaws.com") == "lastpass:token");
  CHECK(s.judge.judge("lastpass-help.s3.amazonaws.com").place == Place::platform);
  CHECK(s.has("lastpass.anybody.example", feature::platform));
  CHECK(s.looks("tenant.onlastpass.example") == "nothing");
  CHECK(s.looks("keepersecurity.onlastpass.example") == "keeper:token");
  CHECK(s.has("lastpass.customers.example", feature::service));
}

TEST_CASE("what is no name gets a state") {
  const Sample s;
  CHECK(s.looks("") == "malformed");
  CHECK(s.looks(".") == "malformed");
  CHECK(s.looks("a..b") == "malformed");
  CHECK(s.looks("a.b..") == "malformed");
  // (A table that g++ 12 filled only up to 0x3F let the others through.)
  for (const char* bad : {" ", "@", "[", "]", "^", "|", "<", "\x7f", "%", "/"})
    CHECK_MESSAGE(s.looks("a" + std::string(bad) + "b.example") == "malformed", bad);
  CHECK(s.looks(std::string("a\0b.example", 11)) == "malformed");
  CHECK(s.looks(std::string(64, 'a') + ".example") == "too_long");
  CHECK(s.looks(std::string(1000, 'a') + ".example") == "too_long");
  CHECK(s.looks(std::string(63, 'a') + ".example") == "nothing");
  CHECK(s.looks("\u200f\u05d0a.example") != "lastpass:token");
  std::string many;
  for (int i = 0; i < 126; ++i) many += "a.";
  CHECK(s.looks(many + "b") == "nothing");
  CHECK(s.looks(std::string(200000, 'x')) == "too_long");
}

TEST_CASE("brands come from packs alone: without one there is no answer, with one there is") {
  const Sample s;
  CHECK(s.looks("kazahana-card-login.example") == "kazahana:joined");
  std::vector<Brand> fewer;
  for (const Brand& b : s.brands.all())
    if (b.id != "kazahana") fewer.push_back(b);
  const Brands without = Brands::make(std::move(fewer));
  CHECK(s.judge.with_brands(without).judge("kazahana-card-login.example").state == State::nothing);
}

TEST_CASE("evidence points into the host") {
  const Sample s;
  const Judgement j = s.judge.judge("secure-LASTPASS-login.example");
  CHECK(j.offset == 7);
  CHECK(j.length == 8);
  const Judgement pair = s.judge.judge("my-arnazon.example");
  CHECK(pair.offset == 3);
  CHECK(pair.length == 7);
  CHECK(s.judge.judge("la-st-pass.example").length == 10);
}

TEST_CASE("display names and paths") {
  const Sample s;
  CHECK(s.judge.judge_text("lastpass support").how == Operator::whole);
  CHECK(s.judge.judge_text("l\u0430stpass support").has(feature::punycode) == false);
  CHECK(s.judge.judge_text("lastpas support").how == Operator::edited);
  CHECK_FALSE(s.judge.judge_text("").brand);
  CHECK_FALSE(s.judge.judge_text(std::string(100000, 'x')).brand);
}

TEST_CASE("edits have names") {
  CHECK(edit_between("amazon", "amazon") == Edit::none);
  CHECK(edit_between("amazon", "amaozn") == Edit::transposition);
  CHECK(edit_between("amazon", "amazzon") == Edit::doubled);
  CHECK(edit_between("amazon", "emazon") == Edit::vowel);
  CHECK(edit_between("amazon", "amazom") == Edit::look);
  CHECK(edit_between("lastpass", "kastpass") == Edit::keyboard);
  CHECK(edit_between("amazon", "amazol") != Edit::farther);
  CHECK(edit_between("amazon", "amzon") == Edit::omission);
  CHECK(edit_between("amazon", "amaxzon") == Edit::insertion);
  CHECK(edit_between("amazon", "amxxon") == Edit::farther);
  CHECK(edit_between("", "ab") == Edit::farther);
}

// The fast distance and subsequence against the textbook's.
TEST_CASE("distances against a slow twin") {
  std::mt19937 random(3);
  const auto text = [&] {
    std::string out;
    for (size_t n = random() % 12; n > 0; --n) out += static_cast<char>('a' + random() % 3);
    return out;
  };
  for (int i = 0; i < 20000; ++i) {
    const std::string a = text(), b = text();
    std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1)), l = d;
    for (size_t x = 0; x <= a.size(); ++x)
      for (size_t y = 0; y <= b.size(); ++y) {
        if (x == 0 || y == 0) {
          d[x][y] = static_cast<unsigned>(x + y);
          continue;
        }
        const bool same = a[x - 1] == b[y - 1];
        d[x][y] = std::min({d[x - 1][y] + 1, d[x][y - 1] + 1, d[x - 1][y - 1] + (same ? 0 : 1)});
        if (x > 1 && y > 1 && a[x - 1] == b[y - 2] && a[x - 2] == b[y - 1])
          d[x][y] = std::min(d[x][y], d[x - 2][y - 2] + 1);
        l[x][y] = same ? l[x - 1][y - 1] + 1 : std::max(l[x - 1][y], l[x][y - 1]);
      }
    CAPTURE(a);
    CAPTURE(b);
    const unsigned wanted = d[a.size()][b.size()];
    REQUIRE(edit_distance(a, b, 2) == std::min(wanted, 3U));
    REQUIRE((edit_between(a, b) != Edit::farther) == (wanted <= 1));
    REQUIRE(common_subsequence(a, b) == l[a.size()][b.size()]);
  }
}

// Every token is found again after each operator, whatever its letters.
TEST_CASE("one edit of any token is found") {
  const Sample s;
  std::mt19937 random(4);
  size_t found = 0, tried = 0;
  for (const std::string token : {"lastpass", "amazon", "kazahanacard", "keepersecurity"})
    for (int i = 0; i < 400; ++i) {
      std::string t = token;
      const size_t at = random() % t.size();
      const char c = static_cast<char>('a' + random() % 26);
      switch (random() % 4) {
        case 0:
          t.erase(at, 1);
          break;
        case 1:
          t.insert(at, 1, c);
          break;
        case 2:
          t[at] = c;
          break;
        default:
          if (at + 1 < t.size()) std::swap(t[at], t[at + 1]);
      }
      const Judgement j = s.judge.judge(t + "-login.top");
      ++tried;
      found += j.brand.has_value();
      if (!j.brand) MESSAGE(t);
    }
  // A few are another's token or a folded pair more than one edit away (amazcln).
  CHECK(found * 100 >= tried * 98);
}

TEST_CASE("a fit finds the weights that made the data") {
  std::mt19937 random(5);
  std::vector<FitRow> rows;
  for (int i = 0; i < 40000; ++i) {
    FitRow row;
    double sum = -1;
    for (Feature f = 0; f < 3; ++f)
      if (random() % 2) row.features.push_back(f), sum += f == 0 ? 2.0 : f == 1 ? -1.0 : 0.0;
    row.reported = std::generate_canonical<double, 32>(random) < 1 / (1 + std::exp(-sum));
    rows.push_back(row);
  }
  const Fitted f = fit(rows, 3, 1);
  CHECK(f.start == doctest::Approx(-1).epsilon(0.08));
  CHECK(f.of[0] == doctest::Approx(2).epsilon(0.06));
  CHECK(f.of[1] == doctest::Approx(-1).epsilon(0.1));
  CHECK(std::abs(f.of[2]) < 0.1);
  CHECK(fit({}, 2, 1).of[0] == 0);
}

}  // namespace sekisho::brand
