// Events that wait until no earlier one can come: in by arrival, out by (time, hash, place among the inputs). Inside
// engine/ only.
#pragma once

#include "engine/groups.h"

namespace sekisho::engine {

struct Pending {
  int64_t time = 0;
  uint64_t hash = 0;
  EventRef ref;
  uint32_t depth = 0;
  std::vector<Matched::Row> rows;
  std::vector<Detection> detections;
  size_t held = 0;  // bytes(), since it waits
  size_t bytes() const;
};

class Queue {
 public:
  explicit Queue(int64_t lateness_seconds);

  // False: the event is behind the watermark and too late.
  bool in_time(int64_t time) const { return !started_ || time >= watermark_; }
  void push(Pending event);
  // Nothing before `time` will come any more.
  void advance(int64_t time);
  // An event that may go, earliest first. all: nothing will come any more.
  bool ready(bool all) const { return !heap_.empty() && (all || heap_.front().time < watermark_); }
  Pending pop();
  // Lets the earliest one go although others may come before it: those will be late.
  Pending pop_early();

  // Deadlines up to here may be judged: no event before it will come.
  int64_t watermark() const { return started_ ? watermark_ : INT64_MIN; }
  bool started() const { return started_; }  // an event came, or advance() was called
  void restore(Pending event);               // as push(), but says nothing about time
  bool empty() const { return heap_.empty(); }
  size_t size() const { return heap_.size(); }
  size_t bytes() const { return bytes_ + heap_.capacity() * sizeof(Key); }
  template <class Visit>
  void each(Visit visit) const {  // in no order
    for (const Key& key : heap_) visit(slots_[key.slot]);
  }

 private:
  struct Key {
    int64_t time;
    uint64_t hash;
    uint32_t slot;
  };
  bool later(const Key& a, const Key& b) const;
  int64_t lateness_ = 0;
  int64_t watermark_ = INT64_MIN;
  bool started_ = false;
  std::vector<Key> heap_;
  std::vector<Pending> slots_;
  std::vector<uint32_t> free_;
  size_t bytes_ = 0;
};

}  // namespace sekisho::engine
