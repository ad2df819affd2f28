// Which stretches of time are judged together, and when: docs/correlation.md in code. Times are nanoseconds since 1970;
// beyond the years 1677 to 2262 they stop at the ends (nanoseconds()). Nothing here overflows. Inside engine/ only.
#pragma once

#include "engine/correlation.h"
#include "engine/evaluate.h"

namespace sekisho::engine {

Timestamp timestamp(int64_t nanoseconds);
int64_t seconds_as_nanoseconds(int64_t seconds);
inline int64_t plus(int64_t a, int64_t b) {
  int64_t out;
  return __builtin_add_overflow(a, b, &out) ? (b > 0 ? INT64_MAX : INT64_MIN) : out;
}
inline int64_t minus(int64_t a, int64_t b) {
  int64_t out;
  return __builtin_sub_overflow(a, b, &out) ? (b < 0 ? INT64_MAX : INT64_MIN) : out;
}
int64_t floor_divide(int64_t a, int64_t by);   // by > 0
int64_t floor_to(int64_t time, int64_t step);  // the last multiple of step that is not after it

struct JudgedWindow {
  int64_t first = 0;  // its rows are those from this time on, up to now
  int64_t start = 0, end = 0;
  int64_t not_before = 0;  // where it gives a detection: no window that starts earlier gives another one
};

// The window rule of one Correlation.
class WindowRule {
 public:
  explicit WindowRule(const Correlation& correlation);

  bool on_arrival() const { return on_arrival_; }  // else at deadlines
  bool starts_at_pivot() const { return on_arrival_ && pivot_; }
  int64_t earliest_pivot(int64_t now) const { return minus(now, length_); }
  // on_arrival: the window that ends now; that of `after` starts at the pivot's row.
  JudgedWindow arriving(int64_t now, int64_t pivot) const;
  // The window that a deadline judges; pivot: the time of its row, where there is one.
  JudgedWindow at_deadline(int64_t due, int64_t pivot) const;
  // The first grid window that holds a row of this time and is still to come: its end.
  int64_t grid_end(int64_t row) const;
  int64_t next_grid_end(int64_t end, int64_t row) const;  // the one after `end` that holds a row of this time
  // The deadline of a pivot's row.
  int64_t pivot_due(int64_t row) const { return window_ == Match::Window::after ? plus(row, length_) : row; }
  // Rows before this time are in no window that is still to be judged. waiting: the time of the earliest pivot that is
  // not judged yet, or now. not_before: of the group, where it has one for all its keys.
  int64_t needed_from(int64_t now, int64_t waiting, int64_t not_before) const;
  // When nothing that a group knows matters any more, to whatever comes at that time; latest: the time of its newest
  // row, or its not_before.
  int64_t forgotten_at(int64_t latest) const { return plus(plus(latest, length_), 1); }
  // Whether a window may give a detection after one that did.
  bool allowed(const JudgedWindow& window, int64_t not_before) const { return window.start >= not_before; }
  Window shown(const JudgedWindow& window) const;

 private:
  bool on_arrival_ = false, pivot_ = false, grid_ = false;
  Match::Window window_ = Match::Window::hop;
  int64_t length_ = 1, step_ = 1, step_seconds_ = 0;
};

}  // namespace sekisho::engine
