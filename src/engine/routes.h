// What events with the same keys have in common. Most predicates of most rules compare a few plain fields with
// constants (event type, product, operation), and few combinations of those happen; so what they decide is worked out
// at the first event with a combination and remembered: which rules are still possible, which of them are woken, and
// which pools are left to be looked at. One per thread and Program. Inside engine/ only.
#pragma once

#include <algorithm>
#include <unordered_map>

#include "engine/program.h"

namespace sekisho::engine {

struct Route {
  std::vector<uint64_t> keys;   // pool << 32 | key, in the order in which they were met
  std::vector<RuleId> rules;    // woken by the keys, and possible
  std::vector<PoolRef> pools;   // in which witnesses of possible rules lie
  std::vector<uint64_t> alive;  // bit set by rule: neither a decided predicate nor a missing record speaks against it
  bool possible(RuleId rule) const { return (alive[rule / 64] >> (rule % 64) & 1) != 0; }
};

class Routes {
 public:
  static constexpr size_t kMost = 4096;
  // A combination costs a look at every rule: where they do not repeat, few are worked out.
  static constexpr uint64_t kEventsEach = 64, kAtOnce = 64;

  // null: not known. Counts the event.
  const Route* find(std::span<const uint64_t> keys, uint64_t hash) {
    ++events_;
    const auto it = routes_.find(hash);
    return it != routes_.end() && std::ranges::equal(it->second.keys, keys) ? &it->second : nullptr;
  }
  bool worth_adding() const { return made_ < kAtOnce + events_ / kEventsEach; }
  Route& add(std::span<const uint64_t> keys, uint64_t hash) {
    ++made_;
    if (routes_.size() >= kMost) routes_.clear();
    Route& route = routes_[hash];
    route = {};
    route.keys.assign(keys.begin(), keys.end());
    return route;
  }
  void clear() {
    routes_.clear();
    events_ = made_ = 0;
  }

 private:
  struct Same {
    size_t operator()(uint64_t hash) const { return hash; }
  };
  std::unordered_map<uint64_t, Route, Same> routes_;
  uint64_t events_ = 0, made_ = 0;
};

}  // namespace sekisho::engine
