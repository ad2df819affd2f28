// Takes times, gives windows and deadlines. Entry: WindowRule. Refuses nothing.
#include "engine/windows.h"

#include <algorithm>

namespace sekisho::engine {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

int64_t times(int64_t a, int64_t b) {
  int64_t out;
  return __builtin_mul_overflow(a, b, &out) ? ((a < 0) == (b < 0) ? INT64_MAX : INT64_MIN) : out;
}

}  // namespace

Timestamp timestamp(int64_t nanoseconds) {
  const int64_t seconds = floor_divide(nanoseconds, kSecond);
  // The product can lie below the least integer; the difference is right all the same.
  const auto nanos = static_cast<uint64_t>(nanoseconds) - static_cast<uint64_t>(seconds) * kSecond;
  return {seconds, static_cast<int32_t>(nanos)};
}

int64_t seconds_as_nanoseconds(int64_t seconds) { return times(seconds, kSecond); }

int64_t floor_divide(int64_t a, int64_t by) { return a / by - (a % by < 0); }

int64_t floor_to(int64_t time, int64_t step) { return times(floor_divide(time, step), step); }

WindowRule::WindowRule(const Correlation& c)
    : on_arrival_(c.judged == Correlation::Judged::arrival && c.window != Match::Window::before),
      pivot_(c.window == Match::Window::before || c.window == Match::Window::after),
      grid_(c.judged == Correlation::Judged::grid && !pivot_),
      window_(c.window),
      length_(std::max<int64_t>(seconds_as_nanoseconds(c.seconds), 1)) {
  step_ = window_ == Match::Window::hop ? std::clamp<int64_t>(seconds_as_nanoseconds(c.step), 1, length_) : length_;
  if (grid_) step_seconds_ = window_ == Match::Window::hop ? c.step : c.seconds;
}

JudgedWindow WindowRule::arriving(int64_t now, int64_t pivot) const {
  switch (window_) {
    case Match::Window::tumbling: {
      const int64_t start = floor_to(now, length_);
      return {start, start, now, plus(start, length_)};
    }
    case Match::Window::after:
      return {pivot, pivot, now, now};
    default: {
      const int64_t start = minus(now, length_);
      return {plus(start, 1), start, now, now};
    }
  }
}

JudgedWindow WindowRule::at_deadline(int64_t due, int64_t pivot) const {
  const int64_t start = window_ == Match::Window::after ? pivot : minus(due, length_);
  return {start, start, due, due};
}

int64_t WindowRule::grid_end(int64_t row) const {
  return plus(times(floor_divide(minus(row, length_), step_) + 1, step_), length_);
}

int64_t WindowRule::next_grid_end(int64_t end, int64_t row) const { return std::max(plus(end, step_), grid_end(row)); }

int64_t WindowRule::needed_from(int64_t now, int64_t waiting, int64_t not_before) const {
  if (grid_) return minus(grid_end(now), length_);
  switch (window_) {
    case Match::Window::hop:
      return plus(std::max(minus(now, length_), not_before), 1);
    case Match::Window::tumbling:
      return std::max(floor_to(now, length_), not_before);
    case Match::Window::before:
      return minus(waiting, length_);
    default:
      return on_arrival_ ? minus(now, length_) : std::min(waiting, now);
  }
}

Window WindowRule::shown(const JudgedWindow& window) const {
  return {window_, timestamp(window.start), timestamp(window.end), step_seconds_};
}

}  // namespace sekisho::engine
