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
      return static_cast<int64_t>(events);
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

// Hours are asked for until no event of their day can be judged any more, days for thirty days longer.
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
  const bool again = entry.event == event;
  entry.event = event;
  for (const bool day : {false, true}) {
    Period& period = this->period(entry, day, day ? day_of(hour) : hour, unique != nullptr);
    if (!again) {
      if (period.events++ == 0) period.first = seconds;
      period.last = seconds;
      period.sum = plus(period.sum, value);
    }
    if (unique == nullptr || period.values->contains(*unique)) continue;
    const size_t table = period.values->bucket_count();
    period.values->insert(*unique);
    const size_t more = bytes_of(*unique) + heap_block(period.values->bucket_count() * sizeof(void*)) -
                        heap_block(table * sizeof(void*));
    entry.bytes += more;
    held_ += more;
  }
}

// The newest one, or a new one behind it; what no metric asks for any more goes.
Period& History::period(Entry& entry, bool day, int64_t start, bool unique) {
  std::vector<Period>& periods = day ? entry.days : entry.hours;
  if (!periods.empty() && periods.back().start == start) return periods.back();
  const int64_t kept = day ? hours_kept_ : hours_asked_;
  std::erase_if(periods, [&](const Period& p) { return day_of(p.start) + kept < start; });
  Period& made = periods.emplace_back();
  made.start = start;
  if (unique) made.values = std::make_unique<Values>();
  count(entry);
  return periods.back();
}

History::Entry& History::at(const std::string& key) {
  const auto [it, fresh] = entries_.try_emplace(key);
  Entry& entry = it->second;
  if (fresh) entry.key = &it->first;
  else unlink(entry);
  link(entry);
  return entry;
}

void History::forget(int64_t hour) {
  while (oldest_ != nullptr && oldest_->days.back().start + hours_kept_ < hour) erase(*oldest_);
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
  for (const Period& period : use.today ? entry.hours : entry.days) {
    if (period.start < from || period.start >= until) continue;
    const int64_t value = period.at(use.of);
    if (value == 0 || !keep(period)) continue;
    collector.take(Datum::integer(value));
    if (start && !(use.over == OverPeriods::start_of_min ? value < best : value > best)) continue;
    best = value;
    start = period.start * 3600;
  }
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
                heap_block(entry.hours.capacity() * sizeof(Period)) +
                heap_block(entry.days.capacity() * sizeof(Period));
  for (const auto* periods : {&entry.hours, &entry.days})
    for (const Period& period : *periods)
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
