// What metrics look up, against a list of all that came: days made of hours, what is forgotten, what is held.
#include "engine/history.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

namespace sekisho::engine {
namespace {

constexpr int64_t kSecond = 1'000'000'000, kHour = 3600, kDay = 24 * kHour;

struct Said {
  int64_t time;  // seconds
  std::string key, value;
  int64_t bytes;
};

bool all(const Period&) { return true; }

// Straight from the definition.
int64_t expected(const std::vector<Said>& said, const std::string& key, const MetricUse& use, int64_t now) {
  const int64_t today = now / kDay * kDay, period = use.today ? kHour : kDay;
  const int64_t from = use.today ? today : today - 30 * kDay, until = use.today ? now / kHour * kHour : today;
  struct Sum {
    int64_t n = 0, first = 0, last = 0, bytes = 0;
    std::set<std::string> values;
  };
  std::map<int64_t, Sum> periods;
  for (const Said& s : said) {
    if (s.key != key || s.time < from || s.time >= until) continue;
    Sum& sum = periods[s.time / period];
    if (sum.n++ == 0) sum.first = s.time;
    sum.last = s.time;
    sum.bytes += s.bytes;
    sum.values.insert(s.value);
  }
  int64_t out = 0;
  for (const auto& [start, s] : periods) {
    const int64_t values[] = {s.n, s.first, s.last, s.bytes, static_cast<int64_t>(s.values.size())};
    const int64_t v = values[static_cast<size_t>(use.of)];
    if (use.over == OverPeriods::sum) out += v;
    if (use.over == OverPeriods::max) out = std::max(out, v);
    if (use.over == OverPeriods::num_metric_periods) out += v != 0;
  }
  return out;
}

TEST_CASE("history tells what came, as of any event that may still be judged") {
  std::mt19937 random(11);
  constexpr int64_t kLongest = 2 * kDay;
  History history(kLongest * kSecond);
  std::vector<Said> said;
  int64_t now = 20'000 * kDay;
  size_t asked = 0;
  for (uint64_t event = 1; event <= 6000; ++event) {
    now += static_cast<int64_t>(random() % 100 < 3 ? random() % static_cast<uint32_t>(3 * kDay) : random() % 3000);
    const Said s{now, "k" + std::to_string(random() % 5), "v" + std::to_string(random() % 9),
                 static_cast<int64_t>(random() % 50)};
    history.add(0, s.key, event, s.time * kSecond, s.bytes, &s.value);
    said.push_back(s);
    if (random() % 4 != 0) continue;
    const MetricUse use{
        .of = static_cast<Observed>(random() % 5),
        .over = std::vector{OverPeriods::sum, OverPeriods::max, OverPeriods::num_metric_periods}[random() % 3],
        .today = random() % 2 == 0};
    const int64_t as_of = now - static_cast<int64_t>(random() % kLongest);
    const std::string key = "k" + std::to_string(random() % 5);
    ++asked;
    REQUIRE(history.tell(use, 0, key, as_of * kSecond, all).as_int() == expected(said, key, use, as_of));
  }
  CHECK(asked > 1000);
  CHECK(history.tell({.over = OverPeriods::sum}, 1, "k1", now * kSecond, all).as_int() == 0);  // another measure
}

TEST_CASE("history counts one event once, and forgets keys that no metric asks for any more") {
  History history(0);
  const int64_t start = 20'000 * kDay;
  const MetricUse sum{.over = OverPeriods::sum};
  history.add(0, "a", 1, start * kSecond, 5, nullptr);
  history.add(0, "a", 1, start * kSecond, 5, nullptr);
  CHECK(history.tell(sum, 0, "a", (start + kDay) * kSecond, all).as_int() == 1);
  CHECK(history.tell({.of = Observed::value_sum}, 0, "a", (start + kDay) * kSecond, all).as_int() == 5);
  for (int64_t day = 1; day < 100; ++day)
    history.add(0, "b" + std::to_string(day), static_cast<uint64_t>(day) + 1, (start + day * kDay) * kSecond, 0,
                nullptr);
  CHECK(history.size() <= 33);
  CHECK(history.evicted() == 0);
}

TEST_CASE("history holds no more than it is told, whatever keys and values come") {
  History history(0);
  constexpr size_t kMost = 256u << 10;
  size_t greatest = 0;
  for (uint64_t i = 1; i <= 20'000; ++i) {
    const std::string key = "key " + std::to_string(i % 3 == 0 ? i : i % 50) + std::string(i % 40, 'x');
    const std::string value = "a value of some length " + std::to_string(i);
    history.add(0, key, i, static_cast<int64_t>(i) * 60 * kSecond, 1, &value);
    history.evict(kMost);
    greatest = std::max(greatest, history.bytes());
  }
  CHECK(history.evicted() > 1000);
  CHECK(greatest < kMost + (64u << 10));
  history.evict(0);
  CHECK(history.size() == 0);
  CHECK(history.bytes() < 64u << 10);
}

}  // namespace
}  // namespace sekisho::engine
