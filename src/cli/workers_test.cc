// Results leave in order, and little waits behind a slow one.
#include "cli/workers.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

using namespace sekisho::cli;

TEST_CASE("texts leave in the order of their numbers") {
  std::string out;
  Ordered ordered([&](std::string_view text) { out += text; });
  for (const size_t n : {3, 1, 0, 4, 2}) ordered.put(n, std::to_string(n));
  CHECK(out == "01234");
}

TEST_CASE("the feeder waits behind one slow text, by number and by bytes, and goes on when it has come") {
  struct Bound {
    size_t texts, bytes;
  };
  for (const Bound bound : {Bound{8, 1 << 20}, Bound{1000, 80}}) {
    std::string out;
    Ordered ordered([&](std::string_view text) { out += text; }, bound.texts, bound.bytes);
    std::atomic<size_t> fed = 1;  // number 0 is under way, and slow
    std::promise<void> stuck;
    std::jthread feeder([&] {
      for (size_t n = 1; n < 100; ++n) {
        if (n == 9) stuck.set_value();
        ordered.wait_for_room();
        fed = n + 1;
        ordered.put(n, "0123456789");
      }
    });
    stuck.get_future().wait();
    CHECK(out.empty());
    CHECK(fed == 9);  // eight texts of ten bytes wait: no further one is fed
    ordered.put(0, "first ");
    feeder.join();
    CHECK(fed == 100);
    CHECK(out.size() == 6 + 99 * 10);
    CHECK(out.starts_with("first 0123456789"));
  }
}
