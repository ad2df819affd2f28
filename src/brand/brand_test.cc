#include <doctest/doctest.h>

#include "brand/brand.h"
#include "text/normalize.h"

using namespace sekisho;
using namespace sekisho::brand;

namespace {

Brand named(std::string id, std::vector<std::string> names, std::vector<std::string> owned, std::vector<Token> tokens) {
  Brand b;
  b.id = std::move(id);
  b.names = std::move(names);
  b.owned = std::move(owned);
  b.tokens = std::move(tokens);
  return b;
}

Brands sample() {
  std::vector<Brand> all;
  all.push_back(named("lastpass", {"LastPass"}, {"lastpass.com"}, {{"lastpass", Danger::high}}));
  all.back().cdn = {"lp-cdn.example"};
  all.back().senders = {"lastpass-mail.example"};
  all.push_back(
      named("keeper", {"Keeper"}, {"keepersecurity.com"}, {{"keeper", Danger::low}, {"keepersecurity", Danger::high}}));
  all.back().context = {"vault", "保管庫"};
  all.push_back(named("google", {"Google"}, {"google.com", "gmail.com"}, {{"google", Danger::high}}));
  all.push_back(named("youtube", {"YouTube"}, {"youtube.com"}, {{"youtube", Danger::high}}));
  all.back().parent = "google";
  all.push_back(named("dhl", {"DHL"}, {"dhl.com"}, {{"dhl", Danger::medium}}));
  return Brands::make(std::move(all), [](std::string_view d) { return d == "gmail.com"; });
}

}  // namespace

TEST_CASE("owners, senders and houses") {
  const Brands b = sample();
  const Index lastpass = *b.find("lastpass"), google = *b.find("google"), youtube = *b.find("youtube");
  CHECK(b.owner("www.lastpass.com") == lastpass);
  CHECK_FALSE(b.owner("notlastpass.com"));
  CHECK_FALSE(b.owner("lastpass.com.evil.example"));
  CHECK(b.cdn("a.lp-cdn.example") == lastpass);
  CHECK(b.uses(lastpass, "lp-cdn.example"));
  CHECK_FALSE(b.owns(lastpass, "lp-cdn.example"));
  CHECK(b.sends_from(lastpass, "lastpass-mail.example"));
  CHECK(b.owns(google, "www.youtube.com"));
  CHECK(b.owns(youtube, "accounts.google.com"));
  CHECK_FALSE(b.owns(lastpass, "google.com"));
}

TEST_CASE("a domain full of other people's mailboxes does not speak for its owner") {
  const Brands b = sample();
  CHECK(b.owner("gmail.com") == b.find("google"));
  CHECK_FALSE(b.sender("gmail.com"));
  CHECK_FALSE(b.sends_from(*b.find("google"), "gmail.com"));
  CHECK(b.sender("google.com") == b.find("google"));
}

TEST_CASE("mentions are whole words; ambiguous names are marked, context is told") {
  const Brands b = sample();
  const Mentions m =
      b.mentions(text::normalize("Ｌａｓｔ\u200bＰａｓｓ and the goalkeeper; Keeper opened your vault").text);
  REQUIRE(m.names.size() == 2);
  CHECK(b[m.names[0].brand].id == "lastpass");
  CHECK(b[m.names[1].brand].id == "keeper");
  CHECK(m.names[1].ambiguous);
  CHECK(m.has_context(*b.find("keeper")));
  CHECK_FALSE(m.has_context(*b.find("lastpass")));
}
