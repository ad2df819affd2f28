// Takes events under keys in order of time, tells what came of them in the days before. Entries: History::add(),
// tell(). Refuses nothing: an unknown key has no periods, so that every metric of it is 0.
#include "engine/history.h"

#include <algorithm>

#include "engine/aggregates.h"
#include "engine/groups.h"
#include "engine/windows.h"

namespace sekisho::engine {
namespace {

constexpr int64_t kHour = 3'600'000'000'000;
constexpr int64_t kDay = 24;   // hours
constexpr int64_t kDays = 30;  // of a window

using Values = Period::Values;

int64_t day_of(int64_t hour) { return floor_to(hour, kDay); }

size_t bytes_of(const std::string& value) {
  return heap_block(sizeof value + 2 * sizeof(void*)) + (value.size() > 15 ? heap_block(value.size() + 1) : 0);
}
size_t bytes_of(const Values& values) {
  size_t out = heap_block(sizeof values) + heap_block(values.bucket_count() * sizeof(void*));
  for (const std::string& value : values) out += bytes_of(value);
  return out;
}

AggregateKind kind_of(OverPeriods over) {
  switch (over) {
    case OverPeriods::avg:
      return {.kind = Aggregate::avg};
    case OverPeriods::max:
      return {.kind = Aggregate::max};
    case OverPeriods::min:
      return {.kind = Aggregate::min};
    case OverPeriods::stddev:
      return {.kind = Aggregate::stddev};
    case OverPeriods::sum:
      return {.kind = Aggregate::sum};
    default:
      return {.kind = Aggregate::count};
  }
}

}  // namespace

int64_t Period::at(Observed what) const {
  switch (what) {
    case Observed::event_count_sum:
      return events;
    case Observed::first_seen:
      return first;
    case Observed::last_seen:
      return last;
    case Observed::value_sum:
      return sum;
    case Observed::num_unique_filter_values:
      return values ? static_cast<int64_t>(values->size()) : 0;
  }
  return 0;
}

void Period::join(Period&& later) {
  events += later.events;
  last = later.last;
  sum = plus(sum, later.sum);
  if (values && later.values) values->merge(*later.values);
}

// An hour is asked for on its own until no event of its day can be asked for any more.
History::History(int64_t longest)
    : hours_asked_(kDay + longest / kHour + 1), hours_kept_(kDays * kDay + kDay + longest / kHour + 1) {}

std::string History::key_of(uint32_t measure, std::string_view key) {
  std::string out(reinterpret_cast<const char*>(&measure), sizeof measure);
  return out.append(key);
}

// ---- in

void History::add(uint32_t measure, std::string_view key, uint64_t event, int64_t time, int64_t value,
                  const std::string* unique) {
  const int64_t hour = floor_divide(time, kHour), seconds = floor_divide(time, 1'000'000'000);
  forget(hour);
  Entry& entry = at(key_of(measure, key));
  if (entry.periods.empty() || entry.periods.back().start != hour) {
    make_days(entry, hour);
    entry.periods.push_back({.start = hour, .first = seconds, .last = seconds});
    if (unique != nullptr) entry.periods.back().values = std::make_unique<Values>();
    count(entry);
  }
  Period& period = entry.periods.back();
  if (entry.event != event) {
    ++period.events;
    period.sum = plus(period.sum, value);
    period.last = seconds;
    entry.event = event;
  }
  if (unique == nullptr || period.values->contains(*unique)) return;
  const size_t table = period.values->bucket_count();
  period.values->insert(*unique);
  const size_t more =
      bytes_of(*unique) + heap_block(period.values->bucket_count() * sizeof(void*)) - heap_block(table * sizeof(void*));
  entry.bytes += more;
  held_ += more;
}

History::Entry& History::at(const std::string& key) {
  const auto [it, fresh] = entries_.try_emplace(key);
  Entry& entry = it->second;
  if (fresh) entry.key = &it->first;
  else unlink(entry);
  link(entry);
  return entry;
}

void History::make_days(Entry& entry, int64_t hour) {
  std::vector<Period> made;
  for (Period& period : entry.periods) {
    const int64_t day = day_of(period.start);
    if (day + hours_kept_ < hour) continue;
    if (day + kDay > hour - hours_asked_) {
      made.push_back(std::move(period));
    } else if (!made.empty() && made.back().start == day) {
      made.back().join(std::move(period));
    } else {
      made.push_back(std::move(period));
      made.back().start = day;
      made.back().hours = kDay;
    }
  }
  entry.periods = std::move(made);
}

void History::forget(int64_t hour) {
  while (oldest_ != nullptr && oldest_->periods.back().start + hours_kept_ < hour) erase(*oldest_);
}

// ---- out

Datum History::tell(const MetricUse& use, uint32_t measure, std::string_view key, int64_t time,
                    const std::function<bool(const Period&)>& keep) const {
  const auto found = entries_.find(key_of(measure, key));
  if (found == entries_.end()) return Datum::zero(metric_type(use));
  const Entry& entry = found->second;
  const int64_t hour = floor_divide(time, kHour), day = day_of(hour);
  const int64_t from = use.today ? day : day - kDays * kDay, until = use.today ? hour : day;
  Collector collector(kind_of(use.over));
  int64_t best = 0;
  std::optional<int64_t> start;
  const auto take = [&](const Period& period) {
    const int64_t value = period.at(use.of);
    if (value == 0 || !keep(period)) return;
    collector.take(Datum::integer(value));
    const bool better = !start || (use.over == OverPeriods::start_of_min ? value < best : value > best);
    if (better) best = value, start = period.start * 3600;
  };
  Period open;  // the day that is being put together
  open.hours = 0;
  const auto close = [&] {
    if (open.hours > 0) take(open);
    open = {};
    open.hours = 0;
  };
  for (const Period& period : entry.periods) {
    if (period.start < from || period.start >= until) continue;
    if (use.today || period.hours == kDay) {
      close();
      take(period);
      continue;
    }
    Period copy{.start = day_of(period.start),
                .hours = kDay,
                .events = period.events,
                .first = period.first,
                .last = period.last,
                .sum = period.sum};
    if (period.values) copy.values = std::make_unique<Values>(*period.values);
    if (open.hours > 0 && open.start == copy.start) {
      open.join(std::move(copy));
    } else {
      close();
      open = std::move(copy);
    }
  }
  close();
  if (use.over == OverPeriods::start_of_max || use.over == OverPeriods::start_of_min)
    return Datum::integer(start.value_or(0));
  Arena arena;
  return collector.result(arena);
}

// ---- memory

void History::link(Entry& entry) {
  entry.newer = nullptr;
  entry.older = newest_;
  if (newest_ != nullptr) newest_->newer = &entry;
  newest_ = &entry;
  if (oldest_ == nullptr) oldest_ = &entry;
}

void History::unlink(Entry& entry) {
  (entry.newer != nullptr ? entry.newer->older : newest_) = entry.older;
  (entry.older != nullptr ? entry.older->newer : oldest_) = entry.newer;
}

void History::erase(Entry& entry) {
  held_ -= entry.bytes;
  unlink(entry);
  entries_.erase(entries_.find(*entry.key));
}

void History::count(Entry& entry) {
  held_ -= entry.bytes;
  entry.bytes = heap_block(sizeof(Entry) + sizeof(std::string) + 2 * sizeof(void*)) +
                (entry.key->size() > 15 ? heap_block(entry.key->size() + 1) : 0) +
                heap_block(entry.periods.capacity() * sizeof(Period));
  for (const Period& period : entry.periods)
    if (period.values) entry.bytes += bytes_of(*period.values);
  held_ += entry.bytes;
}

size_t History::bytes() const { return held_ + heap_block(entries_.bucket_count() * sizeof(void*)); }

void History::evict(size_t bytes) {
  while (oldest_ != nullptr && held_ > bytes) {
    erase(*oldest_);
    ++evicted_;
  }
}

}  // namespace sekisho::engine
