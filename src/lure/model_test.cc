#include "lure/model.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <set>

#include "lure/learn.h"

using namespace sekisho;
using namespace sekisho::lure;

namespace {

Features features(std::string_view text, std::string_view subject = {}, std::vector<std::string> absent = {}) {
  Features out;
  read_features({subject, text, {}, absent}, out);
  return out;
}

std::set<uint32_t> buckets(const Features& f) {
  std::set<uint32_t> out;
  for (const Features::Feature& x : f.features) CHECK(out.insert(x.bucket).second);
  return out;
}
std::set<uint32_t> buckets(std::string_view text, std::string_view subject = {}, std::vector<std::string> absent = {}) {
  return buckets(features(text, subject, std::move(absent)));
}

Example example(std::string_view text, bool phish, uint32_t fold = 0) {
  Example out;
  out.features = features(text);
  out.phish = phish;
  out.fold = fold;
  return out;
}

Model learned(const Model* from = nullptr) {
  std::vector<Example> examples;
  for (const char* p : {"confirm your password now", "your mailbox is full confirm your password",
                        "アカウントが停止されました", "verify your account or it will be closed"})
    examples.push_back(example(p, true));
  for (const char* h :
       {"the patch applies to the tree", "minutes of the meeting", "会議の資料をお送りします", "lunch at noon"})
    examples.push_back(example(h, false));
  Learning how;
  how.epochs = 40;
  how.from = from;
  return learn(examples, how);
}

}  // namespace

TEST_CASE("ordinary text around a lure does not thin it out") {
  const Model model = learned();
  std::string lure = "please confirm your password, your mailbox is full", ordinary;
  for (int i = 0; i < 60; ++i)
    ordinary += "the minutes of the meeting and the patch " + std::string(1, 'a' + i % 26) + " ";
  const float alone = model.odds(features(lure)), padded = model.odds(features(lure + ". " + ordinary));
  CHECK(model.odds(features(ordinary)) < 0);
  CHECK(padded > 0);
  CHECK(padded < alone);
  const std::string after = ordinary + lure;
  const Model::Says says = model.explain(features(after));
  CHECK(says.odds > 0);
  REQUIRE(!says.phrases.empty());
  CHECK(says.phrases[0].offset >= ordinary.size());
}

TEST_CASE("numbers, addresses, URLs and recipients are not seen") {
  CHECK(buckets("invoice 4711 of 2024") == buckets("invoice 99 of 1"));
  CHECK(buckets("write to taro@corp.example now") == buckets("write to somebody.else+x@other.example now"));
  CHECK(buckets("see https://a.example/x?y=1 here") == buckets("see http://b.example/ here"));
  CHECK(buckets("see www.a.example here") == buckets("see https://b.example here"));
  CHECK(buckets("dear taro yamada, hello", "", {"taro yamada", "taro.yamada@corp.example"}) == buckets("dear , hello"));
  CHECK(buckets("連絡先はtaro@corp.exampleです") == buckets("連絡先はx@y.exampleです"));
  CHECK(buckets("hello world") != buckets("hello there"));
}

TEST_CASE("what programs put before a subject is left out") {
  CHECK(bare_subject("re: [usrp-users] fwd: build fails") == "build fails");
  CHECK(bare_subject("[no end") == "[no end");
  CHECK(bare_subject("") == "");
  CHECK(bare_subject("3: x") == "3: x");
  CHECK(buckets("", "re: hello") == buckets("", "[list] hello"));
  CHECK(buckets("", "hello") != buckets("hello", ""));
}

TEST_CASE("places lead to where the words stand, in both kinds of script") {
  const std::string subject = "re: your password", text = "please 確認 now";
  Features f;
  read_features({subject, text, {}, {}}, f);
  std::string said;
  for (const Features::Term& t : f.terms)
    said += std::string((t.subject ? subject : text).substr(t.offset, t.length)) + "|";
  CHECK(said == "your|password|please|確|認|now|");
}

TEST_CASE("any bytes are read in linear time, and the work is bounded") {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& unit : {std::string("a"), std::string("a@"), std::string("確"), std::string("\xFF"),
                                  std::string("a "), std::string("x://"), std::string("\xE3\x80")}) {
    std::string text;
    while (text.size() < (1u << 20)) text += unit;
    const Features f = features(text, text);
    CHECK(f.terms.size() <= 6000);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));  // only super-linear work fails
}

TEST_CASE("learning tells the two apart, and says by which words") {
  const Model model = learned();
  CHECK(model.odds(features("please confirm your password")) > 0.5f);
  CHECK(model.odds(features("the meeting on the patch")) < -0.5f);
  CHECK(model.odds(features("アカウントが停止")) > 0);
  CHECK(model.odds(features("")) == 0);
  const std::string text = "the patch: confirm your password";
  const Model::Says says = model.explain(features(text));
  REQUIRE_FALSE(says.phrases.empty());
  CHECK(text.substr(says.phrases[0].offset, says.phrases[0].length).find("password") != std::string::npos);
  CHECK(says.odds == model.odds(features(text)));
}

TEST_CASE("the same examples give the same bytes; folds are left out; learning goes on") {
  CHECK(learned().write(1000) == learned().write(1000));
  std::vector<Example> examples = {example("confirm your password", true, 0), example("the patch", false, 0),
                                   example("gift card", true, 1)};
  CHECK(learn(examples, {}, {1}).odds(features("gift card")) ==
        doctest::Approx(learn({examples[0], examples[1]}, {}).odds(features("gift card"))));
  const Model before = learned();
  Learning how;
  how.from = &before;
  CHECK(learn({}, how).weights() == before.weights());
  const Model after =
      learn({example("quarterly synergy webinar", true), example("pay the parking ticket", false)}, how);
  CHECK(after.odds(features("quarterly synergy webinar")) > before.odds(features("quarterly synergy webinar")));
  CHECK(after.odds(features("please confirm your password")) > 0);
}

TEST_CASE("calibration gives log-odds that come true") {
  std::vector<Scored> scored;
  for (int i = 0; i < 1000; ++i) {
    const double raw = (i % 100 - 50) / 10.0;
    const double truth = 1 / (1 + std::exp(-(0.5 * raw + 1)));
    scored.push_back({raw, true, truth});
    scored.push_back({raw, false, 1 - truth});
  }
  const Calibration c = calibrate(scored);
  CHECK(c.slope == doctest::Approx(0.5).epsilon(0.02));
  CHECK(c.shift == doctest::Approx(1).epsilon(0.02));
  CHECK(calibrate({}).slope > 0);
  CHECK(calibrate({{5, true, 1}, {-5, false, 1}}).slope < 100);  // apart: still a finite number
}

TEST_CASE("a file comes back as it was, and a damaged one is refused") {
  const Model model = learned();
  const std::string bytes = model.write(100'000);
  const auto back = Model::read(bytes);
  REQUIRE(back);
  const Features f = features("please confirm your password");
  CHECK(back->odds(f) == doctest::Approx(model.odds(f)).epsilon(0.05));
  CHECK(back->write(100'000) == bytes);
  CHECK(Model::read(model.write(10))->write(10) == model.write(10));
  for (size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(Model::read(std::string_view(bytes).substr(0, n)));
  CHECK_FALSE(Model::read(bytes + "x"));
  CHECK(Model::read("hello").error().code == "model.format");
  CHECK(Model::read("sekisho lure model 9\n").error().code == "model.version");
  std::string other = bytes;
  other.replace(other.find("bits 18"), 7, "bits 19");
  CHECK(Model::read(other).error().code == "model.version");
  CHECK(Model().odds(f) == 0);
}
