// Takes events as they arrive, gives them in order of event time. Entry: Queue. Refuses events behind the watermark:
// the greatest time seen less the lateness that is allowed.
#include "engine/queue.h"

#include <algorithm>

#include "engine/windows.h"

namespace sekisho::engine {
namespace {

size_t value_bytes(const Value& v) {
  size_t out = sizeof(Value) + (v.text.size() > 15 ? v.text.size() : 0);
  for (const Value& item : v.list) out += sizeof(Value) + item.text.size();
  return out;
}
size_t detection_bytes(const Detection& d) {
  size_t out = sizeof(Detection);
  for (const auto& [name, v] : d.keys) out += sizeof(std::string) + value_bytes(v);
  for (const auto& [name, v] : d.outcomes) out += sizeof(std::string) + value_bytes(v);
  for (const auto& [name, values] : d.placeholders)
    for (const Value& v : values) out += value_bytes(v);
  for (const auto& row : d.rows) out += row.size() * (sizeof(Element) + 16);
  return out + d.events.size() * sizeof(DetectionEvent);
}

}  // namespace

size_t Pending::bytes() const {
  size_t out = sizeof(Pending) + heap_block(rows.size() * sizeof(Matched::Row));
  for (const Matched::Row& row : rows) out += heap_block(row.values.size());
  for (const Detection& d : detections) out += detection_bytes(d);
  return out;
}

Queue::Queue(int64_t lateness_seconds) : lateness_(seconds_as_nanoseconds(std::max<int64_t>(lateness_seconds, 0))) {}

bool Queue::later(const Key& a, const Key& b) const {
  if (a.time != b.time) return a.time > b.time;
  if (a.hash != b.hash) return a.hash > b.hash;
  const EventRef &x = slots_[a.slot].ref, &y = slots_[b.slot].ref;
  if (x.source != y.source) return x.source > y.source;
  if (x.offset != y.offset) return x.offset > y.offset;
  return x.line > y.line;
}

void Queue::push(Pending event) {
  const int64_t time = event.time;
  restore(std::move(event));
  advance(minus(time, lateness_));
}

void Queue::restore(Pending event) {
  const int64_t time = event.time;
  uint32_t slot = 0;
  bytes_ += event.held = event.bytes();
  if (free_.empty()) {
    slot = static_cast<uint32_t>(slots_.size());
    slots_.push_back(std::move(event));
  } else {
    slot = free_.back();
    free_.pop_back();
    slots_[slot] = std::move(event);
  }
  heap_.push_back({time, slots_[slot].hash, slot});
  std::push_heap(heap_.begin(), heap_.end(), [this](const Key& a, const Key& b) { return later(a, b); });
}

void Queue::advance(int64_t time) {
  watermark_ = started_ ? std::max(watermark_, time) : time;
  started_ = true;
}

Pending Queue::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), [this](const Key& a, const Key& b) { return later(a, b); });
  const uint32_t slot = heap_.back().slot;
  heap_.pop_back();
  Pending out = std::move(slots_[slot]);
  slots_[slot] = {};
  bytes_ -= out.held;
  free_.push_back(slot);
  if (heap_.empty()) {  // a burst's memory goes back
    slots_.clear();
    free_.clear();
    if (slots_.capacity() > 1024) slots_.shrink_to_fit(), heap_.shrink_to_fit();
  }
  return out;
}

Pending Queue::pop_early() {
  Pending out = pop();
  advance(out.time);
  return out;
}

}  // namespace sekisho::engine
