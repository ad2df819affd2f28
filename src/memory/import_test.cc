// Lists as they come: good ones, broken ones, hostile ones.
#include "memory/import.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

const net::PublicSuffixes& suffixes() { return net::PublicSuffixes::system(); }

std::string shown(const Result<ImportReport>& r) {
  REQUIRE(r.has_value());
  std::string out = std::to_string(r->taken) + "/" + std::to_string(r->lines);
  for (const auto& [line, why] : r->first_bad) out += " " + std::to_string(line) + ":" + why;
  return out;
}

TEST_CASE("names as lists write them") {
  CHECK(read_name(" Example.COM. ") == "example.com");
  CHECK(read_name("*.example.com") == "example.com");
  CHECK(read_name("\"example.com\"") == "example.com");
  CHECK(read_name("例え.jp") == "xn--r8jz45g.jp");
  CHECK(read_name("_dmarc.example.com") == "_dmarc.example.com");
  for (const std::string_view bad :
       {"", ".", "..", "a..b", "192.0.2.1", "[::1]", "a b.example", "http://a.example", "a.example/x"})
    CHECK_MESSAGE(!read_name(bad), bad);
  CHECK(!read_name(std::string("a\0b.example", 11)));
  CHECK(!read_name(std::string(64, 'a') + ".example"));
  CHECK(!read_name(std::string(100'000, 'a')));
}

TEST_CASE("rank lists") {
  TestFolder folder;
  auto ranks = Ranks::open(folder.path("m"), Mode::write, {1, 2});
  const auto import = [&](std::string_view text) {
    auto into = ranks->begin(100);
    const auto report = import_ranks(text_source(text), *into);
    REQUIRE(ranks->finish(*std::move(into)).has_value());
    return shown(report);
  };
  CHECK(import("\xEF\xBB\xBF"
               "1,google.com\r\n2,www.Example.com\r\n3,com\r\n") == "3/3");
  CHECK(ranks->find("www.example.com")->rank == 2);
  CHECK(ranks->find("com")->rank == 3);
  CHECK(import("rank,domain\n7,a.example\n") == "1/2");
  CHECK(ranks->find("a.example")->rank == 7);
  CHECK(import("# newest\n\nb.example\nc.example") == "2/4");
  CHECK(ranks->find("c.example")->rank == 2);
  CHECK(import("1,\n2\n0,a.example\n-1,b.example\n9999999999999,c.example\n99999999999999999999999,d.example\n") ==
        "2/6 2:no name 3:no rank 4:no name");
  CHECK(ranks->find("d.example")->rank == Ranked::kMostRank);
  CHECK(import(std::string_view("1,a.example\n2,b\0.example\n3,c.example", 36)) == "2/3 2:no name");
  CHECK(import("") == "0/0");
}

TEST_CASE("seen: the registrable domain, its day, how often") {
  TestFolder folder;
  auto seen = Seen::open(folder.path("m"), Mode::write, {1, 2});
  CHECK(shown(import_seen(text_source("domain,date,count\n"
                                      "www.example.com,2026-11-01,7\n"
                                      "2026-11-03,mail.example.com\n"
                                      "example.org\n"
                                      "example.net,yesterday\n"
                                      "co.jp\n"
                                      "x\n"),
                          *seen, suffixes(), 20779)) ==
        "3/7 5:no date 6:no registrable domain 7:no registrable domain");
  const auto s = seen->find("example.com");
  REQUIRE(s);
  CHECK(format_day(s->first) == "2026-11-01");
  CHECK(format_day(s->last) == "2026-11-03");
  CHECK(s->count == 8);
  CHECK(seen->find("example.org")->first == 20779);
  CHECK(shown(import_seen(text_source("example.org\n"), *seen, suffixes(), 0)) == "0/1 1:no date");
}

TEST_CASE("registered: lists, zone files, RDAP") {
  TestFolder folder;
  auto names = Registered::open(folder.path("m"), Mode::write, {1, 2});
  const auto import = [&](std::string_view text) {
    return shown(import_registered(text_source(text), *names, suffixes(), 20779));
  };
  CHECK(import("new1.com\nnew2.com,2026-11-20\n") == "2/2");
  CHECK(names->find("new1.com")->day == 20779);
  CHECK(format_day(names->find("new2.com")->day) == "2026-11-20");
  CHECK(import("new3.com.\t3600\tin\tns\tns1.example.net.\n") == "1/1");
  CHECK(names->find("new3.com")->day == 20779);
  CHECK(import(R"({"objectClassName":"domain","ldhName":"OLD.COM","events":[
    {"eventAction":"last changed","eventDate":"2026-01-01T00:00:00Z"},
    {"eventAction":"registration","eventDate":"1997-09-15T04:00:00Z"}]})") == "1/3");
  CHECK(format_day(names->find("old.com")->day) == "1997-09-15");
  CHECK(names->find("old.com")->by_registry);
  CHECK(import(R"([{"ldhName":"p.com","events":[{"eventAction":"registration","eventDate":"2001-01-01T00:00:00Z"}]},
    {"unicodeName":"例え.com","events":[{"eventAction":"registration","eventDate":"2002-02-02"}]}
  ])") == "2/3");
  CHECK(names->find("xn--r8jz45g.com").has_value());
  CHECK(import("{\"ldhName\":\"q.com\"}\n{\"events\":[]}\n{\"ldhName\":5}\n{]}\n") ==
        "0/4 1:no registration date 2:no name 3:no name 4:no JSON object");
  CHECK(import(R"({"ldhName":"r.com","note":"a brace } and a quote \" {","events":[{"eventAction":"registration",)"
               R"("eventDate":"2001-01-01T00:00:00Z"}]})") == "1/1");
  CHECK(import("{\"ldhName\":\"s.com\",\n\"x\":\"never closed\n") == "0/2 1:the JSON text ends too early");
  CHECK(import("{\"a\":\"" + std::string(3 * kJsonBytes, 'x') +
               "\"}\n{\"ldhName\":\"t.com\",\"events\":[{\"eventAction\":\"registration\",\"eventDate\":\"2001-01-01\"}"
               "]}") == "1/2 1:too long");
  CHECK(names->find("t.com").has_value());
}

TEST_CASE("templates: URLs alone and in tables") {
  TestFolder folder;
  auto t = Templates::open(folder.path("m"), Mode::write, {1, 2});
  CHECK(shown(import_templates(text_source("date,URL,description\n"
                                           "2023/12/01 10:00,https://a.example.com/kit/1/x.php,Bank\n"
                                           "https://b.example.net/kit/22/x.php?a,b\n"
                                           "\"2023-12-05\",\"http://192.0.2.1/kit/3/x.php\"\n"
                                           "no url here\n"
                                           "https://\n"
                                           "ftp://c.example.com/kit/1/x.php\n"),
                               *t, suffixes(), 20779)) == "3/7 5:no URL 6:no URL 7:no URL");
  CHECK(shown(import_templates(text_source("2023/12/02\tBank\tc.example.com\thttps://c.example.com/kit/9/x.php\n"), *t,
                               suffixes(), 0)) == "1/1");
  const auto kit = t->find("/kit/0/x.php");
  REQUIRE(kit);
  CHECK(kit->count == 3);
  CHECK(kit->domains >= 2);
  CHECK(format_day(kit->first) == "2023-12-01");
  CHECK(format_day(kit->last) == "2023-12-05");
  CHECK(t->find("/kit/0/x.php?a,b").has_value());
}

TEST_CASE("hostile lists: no newline, only newlines, bytes of all kinds; a source that breaks off") {
  TestFolder folder;
  auto seen = Seen::open(folder.path("m"), Mode::write, {1, 2});
  size_t left = 100u << 20;
  const Source endless = [&](char* into, size_t most) -> Result<size_t> {
    const size_t n = std::min(most, left);
    std::memset(into, 'a', n);
    left -= n;
    return n;
  };
  CHECK(shown(import_seen(endless, *seen, suffixes(), 1)) == "0/1 1:too long");
  CHECK(shown(import_seen(text_source(std::string(100'000, '\n')), *seen, suffixes(), 1)) == "0/100000");
  std::string all;
  for (int i = 0; i < 70'000; ++i) all += static_cast<char>(i * 7 + i / 256);
  const auto report = import_seen(text_source(all), *seen, suffixes(), 1);
  REQUIRE(report.has_value());
  CHECK(report->bad > ImportReport::kShown);
  CHECK(report->first_bad.size() == ImportReport::kShown);
  int calls = 0;
  const Source breaks = [&](char* into, size_t) -> Result<size_t> {
    if (calls++ > 0) return fail("io.read", "it broke off");
    std::memcpy(into, "good.com\n", 9);
    return 9;
  };
  CHECK(shown(import_seen(breaks, *seen, suffixes(), 1)) == "1/1 2:it broke off");
}

}  // namespace
}  // namespace sekisho::memory
