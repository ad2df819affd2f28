// Takes registration days, gives a name's. Entries: Registered::find, learn. Refuses nothing.
#include "memory/registered.h"

namespace sekisho::memory {
namespace {

// 45 bits: day 16, whether a registry said it 1; the others are free. Day 0 is not stored.
Registration unpack(uint64_t v) { return {static_cast<Day>(v >> 29), (v >> 28 & 1) != 0}; }
uint64_t pack(const Registration& r) { return uint64_t{r.day} << 29 | uint64_t{r.by_registry} << 28; }

}  // namespace

Result<Registered> Registered::open(const std::string& folder, Mode mode, const HashKey& fresh) {
  TRY_ASSIGN(store, Store::open(folder, "newnames", mode, fresh));
  return Registered(std::move(store));
}

std::optional<Registration> Registered::find(std::string_view domain) const {
  const uint64_t value = store_.get(store_.key_of(domain));
  if (value == 0) return std::nullopt;
  return unpack(value);
}

Result<void> Registered::learn(std::string_view domain, const Registration& registration) {
  if (domain.empty() || registration.day == 0) return {};
  const uint64_t key = store_.key_of(domain), value = store_.get(key);
  if (value != 0) {
    const Registration known = unpack(value);
    if (known.by_registry && !registration.by_registry) return {};
    if (known.by_registry == registration.by_registry && known.day >= registration.day) return {};
  }
  return store_.put(key, pack(registration));
}

}  // namespace sekisho::memory
