// Which names this organisation has met, since when and how often: "first seen". Names are registrable domains in
// lower-case ASCII (or an address, as it is written). Kept are hashes of names, never names.
#pragma once

#include <optional>
#include <string_view>

#include "memory/day.h"
#include "memory/store.h"

namespace sekisho::memory {

struct Sighting {
  static constexpr uint32_t kMostCounted = 511;  // a count that stands there means "or more"
  Day first = 0, last = 0;
  uint32_t count = 0;           // sightings
  uint32_t users_at_least = 0;  // distinct users, 0 … 4: never too high; users are not stored
};

// Threads: find() and days_before() beside one thread that calls saw() (Store).
class Seen {
 public:
  static Result<Seen> open(const std::string& folder, Mode mode, const HashKey& fresh);

  std::optional<Sighting> find(std::string_view domain) const;
  // How many days before `day` the name was first met: at least 1; nothing if it was not met on an earlier day. This is
  // what was known when an event of that day came, whatever was learnt since.
  std::optional<int> days_before(std::string_view domain, Day day) const;

  // user: anything that tells users apart; "" = unknown. Days may come in any order. Errors: those of Store::put.
  Result<void> saw(std::string_view domain, Day day, std::string_view user = {}, uint32_t count = 1);

  Store& store() { return store_; }
  const Store& store() const { return store_; }

 private:
  explicit Seen(Store store) : store_(std::move(store)) {}
  Store store_;
};

}  // namespace sekisho::memory
