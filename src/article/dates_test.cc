#include <doctest/doctest.h>

#include "article/article.h"

using namespace sekisho::article;

namespace {

const Date kDay{2026, 1, 21};  // a Wednesday

// "iso@text" of each date found; '~' marks relative ones.
std::string found(std::string_view text, const Date& published = kDay) {
  std::string out;
  for (const FoundDate& d : find_dates(text, published)) {
    if (!out.empty()) out += "; ";
    out += (d.no_such_day ? "none" : iso(d.date)) + (d.relative ? "~" : "@") + std::string(text.substr(d.at, d.length));
  }
  return out;
}

}  // namespace

TEST_CASE("days of the calendar") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({2000, 3, 1}) == 11017);
  for (int64_t day = -800'000; day < 800'000; day += 97) CHECK(days_from_civil(civil_from_days(day)) == day);
  CHECK(weekday({2026, 1, 21}) == 3);
  CHECK(weekday({1969, 12, 28}) == 0);
  CHECK(iso({2024, 8, 0}) == "2024-08");
  CHECK(iso({}) == "");
  CHECK(parse_iso_date("2024-02-29") == Date{2024, 2, 29});
  CHECK(!parse_iso_date("2023-02-29"));
  CHECK(!parse_iso_date("2023-2-9"));
}

TEST_CASE("dates that are written in full") {
  CHECK(found("2026-01-19") == "2026-01-19@2026-01-19");
  CHECK(found("2026/1/19 11:00現在") == "2026-01-19@2026/1/19");
  CHECK(found("2026年1月19日に") == "2026-01-19@2026年1月19日");
  CHECK(found("２０２６年１月１９日") == "2026-01-19@２０２６年１月１９日");
  CHECK(found("令和8年2月3日、令和元年5月") == "2026-02-03@令和8年2月3日; 2019-05@令和元年5月");
  CHECK(found("R8.2.3") == "2026-02-03@R8.2.3");
  CHECK(found("on 3 October 2025.") == "2025-10-03@3 October 2025");
  CHECK(found("On Oct. 3rd, 2025, it") == "2025-10-03@Oct. 3rd, 2025");
  CHECK(found("Fri, 06 Dec 2024 08:00") == "2024-12-06@06 Dec 2024");
  CHECK(found("since August 2024") == "2024-08@August 2024");
  CHECK(found("18/02/2026") == "2026-02-18@18/02/2026");
  CHECK(found("2026-01-19T09:20:00+09:00") == "2026-01-19@2026-01-19");
}

TEST_CASE("a year that is not said comes from the day of publication") {
  CHECK(found("1月19日ごろから") == "2026-01-19~1月19日");
  CHECK(found("12月24日に") == "2025-12-24~12月24日");
  CHECK(found("2月25日まで") == "2026-02-25~2月25日");  // ahead, but not by more than sixty days
  CHECK(found("on 13 October") == "2025-10-13~13 October");
  CHECK(found("On Feb. 14 the") == "2026-02-14~Feb. 14");
  CHECK(found("昨年10月に") == "2025-10~昨年10月");
  CHECK(found("今年3月5日") == "2026-03-05~今年3月5日");
  CHECK(found("in November") == "2025-11~November");
  CHECK(found("5月30日", {}) == "~5月30日");
}

TEST_CASE("days counted from that of publication") {
  CHECK(found("yesterday, 3 days ago, 11 hours ago") ==
        "2026-01-20~yesterday; 2026-01-18~3 days ago; 2026-01-21~11 hours ago");
  CHECK(found("two weeks ago") == "2026-01-07~two weeks ago");
  CHECK(found("昨日と一昨日、3日前") == "2026-01-20~昨日; 2026-01-19~一昨日; 2026-01-18~3日前");
  CHECK(found("on Monday, last Wednesday, next Friday") ==
        "2026-01-19~Monday; 2026-01-14~Wednesday; 2026-01-23~Friday");
  CHECK(found("先月と今月") == "2025-12~先月; 2026-01~今月");
  CHECK(found("大学は2日、") == "2026-01-02~2日");
  CHECK(found("25日に発表") == "2025-12-25~25日");
  CHECK(found("1月5日に始まり、同月9日に終わった") == "2026-01-05~1月5日; 2026-01-09~同月9日");
  CHECK(found("yesterday", {}) == "~yesterday");
}

TEST_CASE("a day without a month belongs to the date before it in its sentence") {
  CHECK(found("11月16日(月)から20日(金)の間", {2026, 11, 9}) == "2026-11-16~11月16日; 2026-11-20~20日");
  CHECK(found("2026年12月28日～3日に", {2026, 12, 20}) == "2026-12-28@2026年12月28日; 2027-01-03~3日");
  CHECK(found("2月10日に届き、12日に止んだ", {2026, 2, 11}) == "2026-02-10~2月10日; 2026-02-12~12日");
  CHECK(found("11月16日、13日未明に", {2026, 11, 16}) == "2026-11-16~11月16日; 2026-11-13~13日");
  CHECK(found("1月5日に始まった。25日に", kDay) == "2026-01-05~1月5日; 2025-12-25~25日");
  CHECK(found("2月27日から30日に", {2026, 2, 1}) == "2026-02-27~2月27日; 2026-01-30~30日");
}

TEST_CASE("a label makes a relative date that of publication") {
  CHECK(found("Published 2 days ago") == "2026-01-21~Published 2 days ago");
  CHECK(found("更新：3時間前") == "2026-01-21~更新：3時間前");
}

TEST_CASE("what only looks like a date") {
  CHECK(found("192.0.2.77, 9.5.2.117, 10.11.12.2026") == "");
  CHECK(found("2026.1.2.3 and 2026-01-02-03") == "");
  CHECK(found("2日間停止、2日後、46日後、3日目、5日以内、数日前、約3日に") == "");
  CHECK(found("https://news.example/2026/01/lastpass and CVE-2026-01-99999") == "");
  CHECK(found("it may 5 times, marching 3 abreast") == "");
  CHECK(found("本日中に支払わない場合") == "");
  CHECK(found("今月中に") == "");
  CHECK(found("0120-000-000、24時間以内、340回") == "");
  CHECK(found("公開の3日前") == "");
  CHECK(found("10分前後") == "");
}

TEST_CASE("a day that no month has") {
  CHECK(found("2026年2月31日") == "none@2026年2月31日");
  CHECK(found("31 February") == "none~31 February");
  CHECK(found("2024年2月29日") == "2024-02-29@2024年2月29日");
}

TEST_CASE("day and month that may be either way lie as near before publication as they can") {
  CHECK(found("03/02/2026", {2026, 2, 5}) == "2026-02-03~03/02/2026");
  CHECK(found("03/02/2026", {2026, 3, 5}) == "2026-03-02~03/02/2026");
}

TEST_CASE("many dates and hostile digits are read in one pass") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "1月2";
  text += std::string(500'000, '9') + std::string(300'000, '/');
  CHECK(find_dates(text, kDay).size() <= 1000);
  CHECK(find_dates("1月2日、1月3日", kDay, 1).size() == 1);
}
