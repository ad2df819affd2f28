// The model from outside: learned here from a few sentences, written, read, asked; damaged files; the committed model.
#include "attack/attack.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include "attack/corpus.h"
#include "attack/measure.h"
#include "text/normalize.h"

using namespace sekisho;
using namespace sekisho::attack;

namespace {

Corpus small() {
  Corpus c;
  c.version = "1.0";
  c.techniques = {{"T1001", "Burning Letters", {"initial-access"}},
                  {"T1002", "Ringing Bells", {"execution", "impact"}},
                  {"T1002.001", "Ringing Loud Bells", {}},
                  {"T1003", "Turning Wheels", {}}};
  c.revoked = settled({{"T0901", "T0902"}, {"T0902", "T1003"}, {"T0903", "T0904"}, {"T0905", "T0905"}}, c.techniques);
  std::vector<Concepts::Entry> words;
  Concepts::add_english("gong", 0, words);
  Concepts::add_english("bell", 0, words);
  Concepts::add_japanese(text::normalize("鐘").text, 0, words);
  c.concepts = Concepts(words);
  for (uint32_t i = 0; i < 10; ++i) {
    c.add_own(0, "The clerk burned the letters in the stove, number " + std::to_string(i), Set::identity, i);
    c.add_own(1, "A visitor was ringing the bell at the gate in the evening", Set::identity, i);
    c.add_own(3, "Millers turned wheels by the river all morning", Set::identity, i);
    c.add_own(0, "係は手紙を暖炉で燃やした。", Set::japanese, i);
  }
  return c;
}

std::string written(const Corpus& c) {
  return write_model({c.version, c.techniques, c.revoked, c.concepts, 1.5f, learn_all(c)});
}

const Model& model() {
  static const Model made = *Model::read(written(small()));
  return made;
}

std::string first_id(const Model& m, std::string_view sentence) {
  const auto s = m.suggest(sentence);
  return s.empty() ? "" : m.techniques()[s[0].technique].id;
}

std::string file(const std::string& path) {
  std::ifstream in(std::string(SEKISHO_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a sentence gets the technique whose sentences it is like, with what spoke for it") {
  CHECK(first_id(model(), "Letters were burned yesterday") == "T1001");
  CHECK(first_id(model(), "the wheel turns at the river") == "T1003");
  CHECK(first_id(model(), "誰かが手紙を燃やした") == "T1001");
  const std::string_view sentence = "  Ｙｅｓｔｅｒｄａｙ somebody  BURNED　letters.";
  const auto s = model().suggest(sentence);
  REQUIRE(!s.empty());
  CHECK(s.size() <= 3);
  CHECK(model().techniques()[s[0].technique].id == "T1001");
  REQUIRE(!s[0].evidence.empty());
  bool burned = false;
  for (const auto& e : s[0].evidence) {
    REQUIRE(size_t{e.at} + e.length <= sentence.size());
    burned = burned || sentence.substr(e.at, e.length).find("BURNED") != std::string_view::npos;
    CHECK(e.weight > 0);
  }
  CHECK(burned);
  CHECK(std::ranges::is_sorted(s, std::greater<>(), &Suggestion::probability));
  float sum = 0;
  for (const auto& x : model().suggest(sentence, 100)) sum += x.probability;
  CHECK(sum == doctest::Approx(1));
}

TEST_CASE("words of one meaning stand for one another, across languages") {
  CHECK(first_id(model(), "gongs") == "T1002");
  CHECK(first_id(model(), "門の鐘だ") == "T1002");
  Corpus without = small();
  without.concepts = {};
  const Model bare = *Model::read(written(without));
  CHECK(bare.suggest("gongs").empty());
}

TEST_CASE("a literal id comes first, revoked ones as those in force") {
  const auto s = model().suggest("The letters were burned (t1002.001), see T1003 and T0901.");
  REQUIRE(s.size() == 3);
  CHECK(model().techniques()[s[0].technique].id == "T1002.001");
  CHECK(s[0].probability == 1);
  CHECK(s[0].evidence[0].length == 9);
  CHECK(model().techniques()[s[1].technique].id == "T1003");
  CHECK(model().techniques()[s[2].technique].id == "T1001");
  CHECK(first_id(model(), "AT1003 T10030 T1003x letters burned") == "T1001");
  CHECK(first_id(model(), "全角のＴ１００３もある") == "T1003");
  CHECK(model().current("T0901") == "T1003");
  CHECK(model().current("T1001") == "T1001");
  CHECK(model().current("T0903").empty());
  CHECK(model().current("T0905").empty());
  CHECK(model().current("").empty());
  CHECK(model().find("T1002.001") == 2u);
  CHECK(!model().find("T0901"));
  CHECK(model().version() == "1.0");
  CHECK(model().techniques()[1].tactics == std::vector<std::string>{"execution", "impact"});
}

TEST_CASE("nothing to read gives nothing") {
  for (const std::string_view s : {"", "   ", "12345 67 -- 。、", "\xff\xfe\x80", "zzzz qqqq"})
    CHECK(model().suggest(s).empty());
  CHECK(model().suggest("letters burned", 0).empty());
  CHECK(Model().suggest("letters").empty());
  CHECK(Model().current("T1001").empty());
  std::string long_one;
  while (long_one.size() < (1u << 20)) long_one += "letters burned 手紙を燃やした http://a ";
  CHECK(model().suggest(long_one).size() == 3);
  CHECK(model().suggest(std::string(1u << 20, 't')).size() <= 3);
}

TEST_CASE("the same sentences give the same bytes") { CHECK(written(small()) == written(small())); }

TEST_CASE("damaged files are errors") {
  const std::string good = written(small());
  for (size_t n = 0; n < good.size(); n += 3) {
    const auto cut = Model::read(std::string_view(good).substr(0, n));
    REQUIRE(!cut);
    CHECK((cut.error().code == "attack.truncated" || cut.error().code == "attack.format"));
  }
  for (size_t i = 0; i < good.size(); i += 5)
    for (const unsigned bit : {0u, 3u, 7u}) {
      std::string bad = good;
      bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ (1u << bit));
      CHECK(!Model::read(bad));
    }
  CHECK(!Model::read(good + "x"));
  CHECK(Model::read("").error().code == "attack.format");
  std::string next = good;
  next[std::string_view("sekisho attack model ").size()] = '2';
  CHECK(Model::read(next).error().code == "attack.version");
}

TEST_CASE("a file that is whole and lies about its sizes is refused") {
  // The checksum is no secret: what it covers must be checked by itself.
  Corpus c = small();
  Table table = learn_all(c);
  const auto reads = [&](const auto& spoil) {
    Parts p{c.version, c.techniques, c.revoked, c.concepts, 1, table};
    spoil(p);
    return Model::read(write_model(p)).has_value();
  };
  CHECK(reads([](Parts&) {}));
  CHECK(!reads([](Parts& p) { std::ranges::fill(p.table.technique, uint16_t{4}); }));
  CHECK(!reads([](Parts& p) { std::swap(p.table.hashes[0], p.table.hashes[1]); }));
  CHECK(!reads([](Parts& p) { p.table.rarity[2] = std::numeric_limits<float>::quiet_NaN(); }));
  CHECK(!reads([](Parts& p) { p.slope = 0; }));
  CHECK(!reads([](Parts& p) { p.techniques.clear(); }));
  CHECK(!reads([](Parts& p) { std::swap(p.techniques[0], p.techniques[1]); }));
  CHECK(!reads([](Parts& p) { p.techniques[0].name = "two\nlines"; }));
  CHECK(!reads([](Parts& p) { p.revoked[0].second = "T9999"; }));
}

TEST_CASE("names of groups and malware are not learned by heart") {
  CHECK(
      plain_text("[Kite](https://attack.mitre.org/groups/G9999) used [Spade](https://attack.mitre.org/software/S9999) "
                 "on <code>x</code>.(Citation: Somebody 2020)",
                 true) == " used Spade on  x .");
  CHECK(plain_text("[a [b](c", true) == "[a [b](c");
  CHECK(source_name("During [Kite](https://attack.mitre.org/campaigns/C9999), it [rang](https://example.com)") ==
        "Kite");
  CHECK(plain_text(std::string(100'000, '['), true).size() == 100'000);
}

TEST_CASE("five folds measure what was not seen") {
  const Measured m = cross_validate(small(), 2);
  const auto figure = [&](std::string_view name) {
    const auto at = std::ranges::find(m.figures, name, &Figure::name);
    return at == m.figures.end() ? Figure{} : *at;
  };
  CHECK(figure("attack/identity_own_en_top1").total == 30);
  CHECK(figure("attack/identity_own_en_top1").right == 30);
  CHECK(figure("attack/japanese_top1").total == 10);
  CHECK(figure("attack/tram_top1").total == 0);
  CHECK(m.slope > 0);
}

TEST_CASE("the committed model") {
  const std::string bytes = file("content/models/attack.model");
  REQUIRE(!bytes.empty());
  CHECK(bytes.size() <= 6u << 20);
  const auto read = Model::read(bytes);
  REQUIRE(read);
  CHECK(read->version() == "18.1");
  CHECK(read->techniques().size() == 691);
  CHECK(read->current("T1193") == "T1566.001");
  CHECK(read->current("T1192") == "T1566.002");
  CHECK(read->current("T1999").empty());
  const auto among = [&](std::string_view sentence, std::string_view id) {
    for (const auto& s : read->suggest(sentence))
      if (read->techniques()[s.technique].id == id) return true;
    return false;
  };
  CHECK(among("Employees received an email with a link to a page that copied the sign-in form of their provider.",
              "T1566.002"));
  CHECK(among("The proxy sat between the user and the real site and kept the session cookie.", "T1557"));
  CHECK(among("深夜に認証アプリの承認通知が何十回も送られた。", "T1621"));
  CHECK(among("受信トレイに自動転送のルールが作られ、メールが外部の宛先へ送られていた。", "T1114.003"));
  // Random bytes: nothing but an answer.
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string noise(random() % 300, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    for (const auto& s : read->suggest(noise))
      for (const auto& e : s.evidence) CHECK(size_t{e.at} + e.length <= noise.size());
  }
}
