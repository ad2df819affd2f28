// Takes values, gives their aggregate. Entries: Collector, Counter. Refuses nothing: no values give the zero value.
#include "engine/aggregates.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sekisho::engine {
namespace {

template <class T>
size_t deque_bytes(const std::deque<T>& d) {
  return d.empty() ? 0 : (d.size() * sizeof(T) + 511) / 512 * (512 + 8 + sizeof(void*));
}

bool keeps_best(Aggregate kind) {
  return kind == Aggregate::max || kind == Aggregate::latest || kind == Aggregate::min || kind == Aggregate::earliest;
}
bool wants_most(Aggregate kind) { return kind == Aggregate::max || kind == Aggregate::latest; }

}  // namespace

Digest digest_of(const Datum& v) {
  if (v.type() == Type::text) return keyed_hash(v.as_text());
  char bytes[9];
  bytes[0] = static_cast<char>(v.type());
  if (v.type() == Type::real) {
    const double real = v.as_real() == 0 ? 0.0 : v.as_real();
    std::memcpy(bytes + 1, &real, sizeof real);
  } else {
    const int64_t whole = v.type() == Type::boolean ? v.as_bool() : v.as_int();
    std::memcpy(bytes + 1, &whole, sizeof whole);
  }
  // A text of these bytes has another digest: one aggregate's values are of one type.
  return keyed_hash({bytes, sizeof bytes});
}

// ---- DistinctCounts

size_t DistinctCounts::find(const Digest& d) const {
  const size_t mask = slots_.size() - 1;
  size_t at = d.low & mask;
  while (slots_[at].count > 0 && !(slots_[at].key == d)) at = (at + 1) & mask;
  return at;
}

bool DistinctCounts::add(const Digest& d) {
  if ((size_ + 1) * 3 > slots_.size() * 2) grow();
  Slot& slot = slots_[find(d)];
  const bool fresh = slot.count == 0;
  slot.key = d;
  if (slot.count < UINT32_MAX) ++slot.count;
  size_ += fresh;
  return fresh;
}

void DistinctCounts::remove(const Digest& d) {
  if (slots_.empty()) return;
  size_t hole = find(d);
  if (slots_[hole].count == 0 || --slots_[hole].count > 0) return;
  --size_;
  // What follows moves up, unless it stands where it belongs.
  const size_t mask = slots_.size() - 1;
  for (size_t at = (hole + 1) & mask; slots_[at].count > 0; at = (at + 1) & mask) {
    const size_t home = slots_[at].key.low & mask;
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    slots_[hole] = slots_[at];
    slots_[at].count = 0;
    hole = at;
  }
}

void DistinctCounts::grow() {
  std::vector<Slot> old(std::max<size_t>(slots_.size() * 2, 8));
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.count > 0) slots_[find(slot.key)] = slot;
}

// ---- ExactSum: the running sum as numbers that do not overlap (Shewchuk 1997, grow-expansion)

int64_t* ExactSum::beyond(double v) {
  if (std::isnan(v)) return &not_numbers_;
  if (v > 1e300) return &infinite_;
  return v < -1e300 ? &minus_infinite_ : nullptr;
}

void ExactSum::add(double v) {
  if (int64_t* count = beyond(v)) {
    ++*count;
    return;
  }
  size_t kept = 0;
  for (double part : parts_) {
    if (std::abs(v) < std::abs(part)) std::swap(v, part);
    const double high = v + part;
    const double low = part - (high - v);
    if (low != 0) parts_[kept++] = low;
    v = high;
  }
  parts_.resize(kept);
  if (v != 0) parts_.push_back(v);
}

void ExactSum::subtract(double v) {
  if (int64_t* count = beyond(v)) --*count;
  else add(-v);
}

double ExactSum::value() const {
  if (not_numbers_ > 0 || (infinite_ > 0 && minus_infinite_ > 0)) return std::nan("");
  if (infinite_ > 0) return HUGE_VAL;
  if (minus_infinite_ > 0) return -HUGE_VAL;
  // From the greatest part down, until one no longer fits: then only a tie is left to decide.
  double high = 0, low = 0;
  size_t n = parts_.size();
  while (n > 0) {
    const double before = high;
    const double part = parts_[--n];
    high = before + part;
    low = part - (high - before);
    if (low != 0) break;
  }
  if (n > 0 && ((low < 0) == (parts_[n - 1] < 0))) {
    const double twice = low * 2, up = high + twice;
    if (up - high == twice) high = up;
  }
  return high;
}

Datum saturated(Wide v) {
  if (v > INT64_MAX) return Datum::integer(INT64_MAX);
  return Datum::integer(v < INT64_MIN ? INT64_MIN : static_cast<int64_t>(v));
}

// ---- Collector

void Collector::take(const Datum& v, const Datum& text) {
  if (kind_.skip_zeros && v.is_zero()) return;
  ++count_;
  switch (kind_.kind) {
    case Aggregate::count:
      break;
    case Aggregate::max:
    case Aggregate::latest:
      if (count_ == 1 || order(v, best_) > 0) best_ = v;
      break;
    case Aggregate::min:
    case Aggregate::earliest:
      if (count_ == 1 || order(v, best_) < 0) best_ = v;
      break;
    case Aggregate::first:
      if (count_ == 1 || order(v, best_) < 0) best_ = v, kept_ = text;
      break;
    case Aggregate::last:
      if (count_ == 1 || order(v, best_) >= 0) best_ = v, kept_ = text;
      break;
    case Aggregate::sum:
      if (kind_.type == Type::real) sum_.add(v.as_real());
      else whole_ += v.as_int();
      break;
    case Aggregate::avg:
    case Aggregate::stddev:
    case Aggregate::variance: {
      // Welford's update: stable for all three.
      const double before = v.as_real() - mean_;
      mean_ += before / static_cast<double>(count_);
      squares_ += before * (v.as_real() - mean_);
      break;
    }
    case Aggregate::percentile:
    case Aggregate::median:
      items_.push_back(v);
      break;
    case Aggregate::array:
      if (items_.size() < kArray) items_.push_back(v);
      break;
    case Aggregate::mode:
    case Aggregate::array_distinct:
    case Aggregate::count_distinct: {
      if (full()) break;
      if (seen_.add(digest_of(v)) && kind_.kind != Aggregate::count_distinct) items_.push_back(v);
      break;
    }
  }
}

bool Collector::full() const {
  return (kind_.kind == Aggregate::array || kind_.kind == Aggregate::array_distinct) && items_.size() == kArray;
}

Datum Collector::result(Arena& arena) const {
  const auto n = static_cast<double>(count_);
  switch (kind_.kind) {
    case Aggregate::count:
      return Datum::integer(static_cast<int64_t>(count_));
    case Aggregate::count_distinct:
      return Datum::integer(static_cast<int64_t>(seen_.size()));
    case Aggregate::sum:
      return kind_.type == Type::real ? Datum::real(sum_.value()) : saturated(whole_);
    case Aggregate::avg:
      return Datum::real(mean_);
    case Aggregate::stddev:
      return Datum::real(count_ ? std::sqrt(squares_ / n) : 0);
    case Aggregate::variance:
      return Datum::real(count_ > 1 ? squares_ / (n - 1) : 0);
    case Aggregate::median:
    case Aggregate::percentile: {
      if (items_.empty()) return Datum::real(0);
      // Nearest rank: the least value that so many percent of all are not above.
      const double share = kind_.kind == Aggregate::median ? 50 : std::clamp(kind_.percentage, 0.0, 100.0);
      const auto rank = static_cast<size_t>(std::ceil(share / 100 * n));
      std::vector<Datum> sorted = items_;
      const auto at = sorted.begin() + static_cast<ptrdiff_t>(std::clamp<size_t>(rank, 1, sorted.size()) - 1);
      std::nth_element(sorted.begin(), at, sorted.end(),
                       [](const Datum& a, const Datum& b) { return order(a, b) < 0; });
      return Datum::real(at->as_real());
    }
    case Aggregate::mode: {
      Datum best = Datum::text({});
      uint32_t most = 0;
      for (const Datum& item : items_)
        if (const uint32_t times = seen_.count(digest_of(item)); times > most) most = times, best = item;
      return best;
    }
    case Aggregate::first:
    case Aggregate::last:
      return count_ ? kept_ : Datum::text({});
    case Aggregate::array:
    case Aggregate::array_distinct: {
      Datum* items = arena.make<Datum>(items_.size());
      std::copy(items_.begin(), items_.end(), items);
      return Datum::list({items, items_.size()});
    }
    default:
      return count_ ? best_ : Datum::zero(kind_.type);
  }
}

// ---- Counter

bool Counter::can(Aggregate kind) {
  return kind == Aggregate::count || kind == Aggregate::count_distinct || kind == Aggregate::sum || keeps_best(kind);
}

void Counter::push(std::span<const Datum> values) {
  // Numbers of values are written down from the first row on that has not exactly one.
  if (values.size() != 1 && values_.empty()) values_.assign(pushed_ - popped_, 1);
  if (!values_.empty() || values.size() != 1) values_.push_back(static_cast<uint32_t>(values.size()));
  const uint64_t row = pushed_++;
  count_ += values.size();
  for (const Datum& v : values) {
    switch (kind_.kind) {
      case Aggregate::count:
        break;
      case Aggregate::count_distinct:
        digests_.push_back(digest_of(v));
        distinct_.add(digests_.back());
        break;
      case Aggregate::sum:
        numbers_.push_back(v);
        if (kind_.type == Type::real) sum_.add(v.as_real());
        else whole_ += v.as_int();
        break;
      default: {
        if (kind_.skip_zeros && v.is_zero()) break;
        const bool most = wants_most(kind_.kind);
        const auto beats = [&](const Datum& old) { return most ? order(v, old) >= 0 : order(v, old) <= 0; };
        while (!candidates_.empty() && beats(candidates_.back().second)) candidates_.pop_back();
        candidates_.emplace_back(row, v);
      }
    }
  }
}

void Counter::pop() {
  uint32_t values = 1;
  if (!values_.empty()) {
    values = values_.front();
    values_.pop_front();
  }
  const uint64_t row = popped_++;
  count_ -= values;
  for (uint32_t i = 0; i < values && kind_.kind == Aggregate::count_distinct; ++i) {
    distinct_.remove(digests_.front());
    digests_.pop_front();
  }
  for (uint32_t i = 0; i < values && kind_.kind == Aggregate::sum; ++i) {
    const Datum& v = numbers_.front();
    if (kind_.type == Type::real) sum_.subtract(v.as_real());
    else whole_ -= v.as_int();
    numbers_.pop_front();
  }
  while (!candidates_.empty() && candidates_.front().first <= row) candidates_.pop_front();
}

Datum Counter::result() const {
  switch (kind_.kind) {
    case Aggregate::count:
      return Datum::integer(static_cast<int64_t>(count_));
    case Aggregate::count_distinct:
      return Datum::integer(static_cast<int64_t>(distinct_.size()));
    case Aggregate::sum:
      return kind_.type == Type::real ? Datum::real(sum_.value()) : saturated(whole_);
    default:
      return candidates_.empty() ? Datum::zero(kind_.type) : candidates_.front().second;
  }
}

size_t Counter::bytes() const {
  return sizeof *this + deque_bytes(values_) + deque_bytes(digests_) + deque_bytes(numbers_) +
         deque_bytes(candidates_) + distinct_.bytes();
}

}  // namespace sekisho::engine
