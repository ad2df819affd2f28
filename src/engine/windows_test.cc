// What correlation keeps: counters, sums, rings, indexes, groups and packed rows, each against something slow and
// plain.
#include "engine/windows.h"

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <random>
#include <set>

#include "engine/aggregates.h"
#include "engine/groups.h"

namespace sekisho::engine {

TEST_CASE("a counter tells of a window what a collector tells of its rows") {
  std::mt19937 random(7);
  Arena arena;
  for (const Aggregate kind :
       {Aggregate::count, Aggregate::count_distinct, Aggregate::sum, Aggregate::max, Aggregate::min}) {
    for (const Type type : {Type::integer, Type::real}) {
      for (const bool several : {false, true}) {
        const AggregateKind as{.kind = kind, .type = type, .percentage = 0, .skip_zeros = false};
        Counter counter(as);
        std::deque<std::vector<Datum>> rows;
        for (int step = 0; step < 3000; ++step) {
          if (!rows.empty() && random() % 100 < 45) {
            counter.pop();
            rows.pop_front();
          } else {
            std::vector<Datum> row;
            for (size_t n = several ? random() % 3 : 1; n > 0; --n) {
              const double v = static_cast<double>(random() % 40) * 0.1 - 2;
              row.push_back(type == Type::real ? Datum::real(v * 1e10 + v)
                                               : Datum::integer(static_cast<int64_t>(v * 10)));
            }
            counter.push(row);
            rows.push_back(row);
          }
          Collector collector(as);
          for (const auto& row : rows)
            for (const Datum& v : row) collector.take(v);
          REQUIRE(equal(counter.result(), collector.result(arena), false));
        }
      }
    }
  }
}

TEST_CASE("sums of fractions do not depend on order and leave nothing behind") {
  ExactSum sum;
  for (int i = 0; i < 10; ++i) sum.add(0.1);
  CHECK(sum.value() == 1.0);
  sum.add(1e16);
  sum.add(-1e16);
  CHECK(sum.value() == 1.0);
  sum.add(1e308);
  CHECK(std::isinf(sum.value()));
  sum.subtract(1e308);
  for (int i = 0; i < 10; ++i) sum.subtract(0.1);
  CHECK(sum.value() == 0.0);
}

TEST_CASE("rings, indexes and groups keep their numbers") {
  std::mt19937 random(3);
  Ring ring;
  ring.restore_numbers(UINT32_MAX - 50);  // numbers go round
  RowIndex index;
  std::deque<std::pair<int64_t, uint64_t>> rows;
  size_t bytes = 0;
  const std::vector<StoredColumn> columns = {{Type::text, false}, {Type::integer, true}};
  for (int step = 0; step < 5000; ++step) {
    if (!rows.empty() && random() % 100 < 47) {
      bytes -= ring.pop();
      index.pop();
      rows.pop_front();
    } else {
      const Datum items[2] = {Datum::integer(step), Datum::integer(2)};
      const Datum values[2] = {Datum::text("abc"), Datum::list({items, random() % 3})};
      const uint64_t hash = random() % 7;
      index.push(hash);
      bytes += ring.push({step, static_cast<uint64_t>(step / 3), {}, StoredRow::pack(columns, values)});
      rows.emplace_back(step, hash);
    }
    REQUIRE(ring.bytes() == bytes);
    REQUIRE(ring.size() == rows.size());
    std::set<uint64_t> events;
    for (const auto& [time, hash] : rows) events.insert(static_cast<uint64_t>(time / 3));
    REQUIRE(ring.events() == events.size());
    if (rows.empty()) continue;
    const uint64_t hash = random() % 7;
    std::vector<uint32_t> expected, found;
    for (uint32_t i = 0; i < rows.size(); ++i)
      if (rows[i].second == hash) expected.push_back(i);
    for (uint32_t at = index.first(hash); at != kNone; at = index.next(at)) found.push_back(at);
    REQUIRE(found == expected);
    REQUIRE(index.count(hash) == expected.size());
    CHECK(ring.from(rows.front().first + 1) == (rows.size() > 1 ? 1 : ring.size()));
  }
}

TEST_CASE("a row comes back as it was packed, and only from bytes that fit") {
  const std::vector<StoredColumn> columns = {{Type::text, false}, {Type::real, false}, {Type::text, true}};
  const Datum items[3] = {Datum::text("a text of more than sixteen bytes"), Datum::text(""), Datum::text("x")};
  const Datum values[3] = {Datum::text("key"), Datum::real(1.5), Datum::list(items)};
  const StoredRow row = StoredRow::pack(columns, values);
  CHECK(row.get(0, columns[0]).as_text() == "key");
  CHECK(row.get(1, columns[1]).as_real() == 1.5);
  REQUIRE(row.count(2) == 3);
  CHECK(row.item(2, columns[2], 0).as_text() == "a text of more than sixteen bytes");
  CHECK(row.item(2, columns[2], 2).as_text() == "x");
  const std::string bytes(row.bytes());
  CHECK(StoredRow::from_bytes(columns, bytes).bytes() == bytes);
  for (size_t n = 0; n < bytes.size(); ++n) {
    const StoredRow cut = StoredRow::from_bytes(columns, bytes.substr(0, n));
    if (cut) CHECK(cut.count(2) <= n / 8);
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string bad = bytes;
    bad[i] = static_cast<char>(bad[i] ^ 0xff);
    const StoredRow read = StoredRow::from_bytes(columns, bad);
    for (size_t k = 0; read && k < read.count(2); ++k)
      CHECK(read.item(2, columns[2], k).as_text().size() <= bytes.size());
  }
}

}  // namespace sekisho::engine
