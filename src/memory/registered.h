// Since when names are registered, as lists of new names and registries' answers (RDAP) say. Nothing is asked for here.
#pragma once

#include <optional>
#include <string_view>

#include "memory/day.h"
#include "memory/store.h"

namespace sekisho::memory {

struct Registration {
  Day day = 0;
  bool by_registry = false;  // RDAP said so; else a list of names that were new
};

// Threads: find() beside one thread that calls learn() (Store).
class Registered {
 public:
  static Result<Registered> open(const std::string& folder, Mode mode, const HashKey& fresh);

  std::optional<Registration> find(std::string_view domain) const;
  // The later day counts (a name that lapsed is registered anew), but what a registry said is not undone by a list: a
  // name may leave a zone and come back without being new.
  Result<void> learn(std::string_view domain, const Registration& registration);

  Store& store() { return store_; }
  const Store& store() const { return store_; }

 private:
  explicit Registered(Store store) : store_(std::move(store)) {}
  Store store_;
};

}  // namespace sekisho::memory
