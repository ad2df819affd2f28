// Takes sightings, gives what is known of a name. Entries: Seen::find, days_before, saw. Refuses nothing.
#include "memory/seen.h"

#include <algorithm>
#include <bit>

namespace sekisho::memory {
namespace {

// 45 bits: first day 16, last day 16, count 9, a bit for each quarter of all users 4.
struct Cell {
  uint64_t first, last, count, users;
};

Cell unpack(uint64_t v) { return {v >> 29, v >> 13 & 0xffff, v >> 4 & 0x1ff, v & 0xf}; }
uint64_t pack(const Cell& c) { return c.first << 29 | c.last << 13 | c.count << 4 | c.users; }

}  // namespace

Result<Seen> Seen::open(const std::string& folder, Mode mode, const HashKey& fresh) {
  TRY_ASSIGN(store, Store::open(folder, "seen", mode, fresh));
  return Seen(std::move(store));
}

std::optional<Sighting> Seen::find(std::string_view domain) const {
  const uint64_t value = store_.get(store_.key_of(domain));
  if (value == 0) return std::nullopt;
  const Cell cell = unpack(value);
  return Sighting{static_cast<Day>(cell.first), static_cast<Day>(cell.last), static_cast<uint32_t>(cell.count),
                  static_cast<uint32_t>(std::popcount(cell.users))};
}

std::optional<int> Seen::days_before(std::string_view domain, Day day) const {
  const auto sighting = find(domain);
  if (!sighting || sighting->first >= day) return std::nullopt;
  return day - sighting->first;
}

Result<void> Seen::saw(std::string_view domain, Day day, std::string_view user, uint32_t count) {
  if (domain.empty() || day == 0 || count == 0) return {};
  const uint64_t key = store_.key_of(domain), value = store_.get(key);
  Cell cell = value == 0 ? Cell{day, day, 0, 0} : unpack(value);
  cell.first = std::min<uint64_t>(cell.first, day);
  cell.last = std::max<uint64_t>(cell.last, day);
  cell.count = std::min<uint64_t>(cell.count + count, Sighting::kMostCounted);
  if (!user.empty()) cell.users |= uint64_t{1} << (store_.key_of(user) & 3);
  const uint64_t next = pack(cell);
  return next == value ? Result<void>() : store_.put(key, next);
}

}  // namespace sekisho::memory
