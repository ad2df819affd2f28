// Takes ranked names, gives a name's rank and the day it came. Entries: Ranks::find, begin, finish. Refuses nothing.
#include "memory/ranks.h"

#include <algorithm>

namespace sekisho::memory {
namespace {

// 45 bits: rank 24 above the day 16; 5 are free.
Ranked unpack(uint64_t v) { return {static_cast<uint32_t>(v >> 21), static_cast<Day>(v >> 5)}; }
uint64_t pack(const Ranked& r) { return uint64_t{r.rank} << 21 | uint64_t{r.came} << 5; }

}  // namespace

Result<Ranks> Ranks::open(const std::string& folder, Mode mode, const HashKey& fresh) {
  TRY_ASSIGN(store, Store::open(folder, "rank", mode, fresh));
  return Ranks(std::move(store));
}

std::optional<Ranked> Ranks::find(std::string_view host) const {
  const uint64_t value = store_.get(store_.key_of(host));
  if (value == 0) return std::nullopt;
  return unpack(value);
}

Result<Ranks::Import> Ranks::begin(Day day) const {
  TRY_ASSIGN(table, Table::make());
  return Import(*this, day, std::move(table));
}

Result<void> Ranks::Import::add(std::string_view host, uint32_t rank) {
  const uint64_t key = before_.store_.key_of(host);
  rank = std::clamp(rank, 1u, Ranked::kMostRank);
  if (const uint64_t given = table_.get(key)) {
    const Ranked other = unpack(given);
    return other.rank <= rank ? Result<void>() : table_.put(key, pack({rank, other.came}));
  }
  const uint64_t known = before_.store_.get(key);
  Ranked entry{rank, 0};
  if (known) entry.came = unpack(known).came;
  else if (before_.store_.table().size() > 0) entry.came = day_, ++newcomers_;
  return table_.put(key, pack(entry));
}

Result<void> Ranks::finish(Import import) {
  const Day before = import.day_ == imported() ? imported_before() : imported();
  return store_.replace(std::move(import.table_), uint64_t{import.day_} | uint64_t{before} << 16);
}

}  // namespace sekisho::memory
