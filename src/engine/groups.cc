// Takes keys and rows, gives groups: found by key, ordered by use, woken by deadline, counted in bytes. Entries:
// GroupStore, Ring, RowIndex. Refuses nothing; caps are the caller's.
#include "engine/groups.h"

#include <algorithm>

namespace sekisho::engine {

// ---- Ring

size_t Ring::resize(uint32_t capacity) {
  auto entries = std::make_unique<RowEntry[]>(capacity);
  for (uint32_t i = 0; i < size_; ++i) entries[i] = std::move(entries_[(head_ + i) & (capacity_ - 1)]);
  entries_ = std::move(entries);
  head_ = 0;
  capacity_ = capacity;
  return heap_block(capacity * sizeof(RowEntry));
}

size_t Ring::push(RowEntry entry) {
  size_t before = 0, after = 0;
  if (size_ == capacity_) {
    before = heap_block(capacity_ * sizeof(RowEntry));
    after = resize(std::max(1u, capacity_ * 2));
  }
  events_ += empty() || newest().event != entry.event;
  after += heap_block(entry.row.size());
  entries_[(head_ + size_++) & (capacity_ - 1)] = std::move(entry);
  return after - before;
}

size_t Ring::pop() {
  RowEntry& oldest = entries_[head_];
  const uint64_t event = oldest.event;
  size_t given = heap_block(oldest.row.size());
  oldest.row = {};
  head_ = (head_ + 1) & (capacity_ - 1);
  --size_;
  ++first_number_;
  events_ -= empty() || (*this)[0].event != event;
  if (empty()) {
    given += heap_block(capacity_ * sizeof(RowEntry));
    entries_.reset();
    head_ = capacity_ = 0;
  } else if (size_ * 8 <= capacity_) {
    given += heap_block(capacity_ * sizeof(RowEntry));
    given -= resize(capacity_ / 4);
  }
  return given;
}

uint32_t Ring::from(int64_t time) const {
  // Most often all rows, or all but a few old ones, are in the window.
  if (empty() || (*this)[0].time >= time) return 0;
  uint32_t low = 0, high = size_;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if ((*this)[middle].time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

size_t Ring::bytes() const {
  size_t out = heap_block(capacity_ * sizeof(RowEntry));
  for (uint32_t i = 0; i < size_; ++i) out += heap_block((*this)[i].row.size());
  return out;
}

// ---- RowIndex

void RowIndex::push(uint64_t hash) {
  const uint64_t number = oldest_ + links_.size();
  links_.push_back({hash, 0});
  const auto [it, fresh] = chains_.try_emplace(hash, Chain{number, number, 1});
  if (fresh) return;
  links_[it->second.last - oldest_].next = number;
  it->second.last = number;
  ++it->second.count;
}

void RowIndex::pop() {
  const Link gone = links_.front();
  links_.pop_front();
  ++oldest_;
  const auto it = chains_.find(gone.hash);
  if (gone.next == 0) chains_.erase(it);
  else it->second.first = gone.next, --it->second.count;
}

uint32_t RowIndex::first(uint64_t hash) const {
  const auto it = chains_.find(hash);
  return it == chains_.end() ? kNone : static_cast<uint32_t>(it->second.first - oldest_);
}

uint32_t RowIndex::next(uint32_t place) const {
  const uint64_t number = links_[place].next;
  return number == 0 ? kNone : static_cast<uint32_t>(number - oldest_);
}

uint32_t RowIndex::count(uint64_t hash) const {
  const auto it = chains_.find(hash);
  return it == chains_.end() ? 0 : it->second.count;
}

size_t RowIndex::bytes() const {
  return sizeof *this + links_.size() * sizeof(Link) + chains_.size() * 48 + chains_.bucket_count() * sizeof(void*);
}

// ---- GroupStore: the table

size_t GroupStore::probe(uint32_t correlation, std::string_view key, uint32_t tag) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = tag & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.group == kNone) return at;
    if (slot.tag != tag) continue;
    const KeyedGroup& group = (*this)[slot.group];
    if (group.correlation == correlation && group.key_bytes() == key) return at;
  }
}

void GroupStore::grow() {
  std::vector<Slot> old(std::max<size_t>(slots_.size() * 2, 64));
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.group == kNone) continue;
    size_t at = slot.tag & mask;
    while (slots_[at].group != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

uint32_t GroupStore::find_or_add(uint32_t correlation, std::string_view key) {
  if ((count_ + 1) * 3 > slots_.size() * 2) grow();
  const Digest digest = keyed_hash(key);
  const auto tag = static_cast<uint32_t>((digest.low ^ correlation * 0x9e3779b97f4a7c15u) >> 16);
  const size_t at = probe(correlation, key, tag);
  if (slots_[at].group != kNone) {
    const uint32_t id = slots_[at].group;
    if (newest_ != id) {
      unlink(id);
      link(id);
    }
    return id;
  }
  if (free_.empty()) {
    const auto first = static_cast<uint32_t>(chunks_.size() * kChunk);
    chunks_.push_back(std::make_unique<KeyedGroup[]>(kChunk));
    for (uint32_t i = kChunk; i-- > 0;) free_.push_back(first + i);
  }
  const uint32_t id = free_.back();
  free_.pop_back();
  slots_[at] = {id, tag};
  ++count_;
  KeyedGroup& group = (*this)[id];
  const uint32_t generation = group.generation;  // its number may still be in the heap
  std::destroy_at(&group);
  std::construct_at(&group);
  group.generation = generation + 1;
  group.correlation = correlation;
  group.tag = tag;
  group.key_size = static_cast<uint32_t>(key.size());
  if (!key.empty()) {
    group.key.reset(new char[key.size()]);
    std::copy(key.begin(), key.end(), group.key.get());
  }
  const uint32_t rings = rings_[correlation];
  if (rings > 1) group.others = std::make_unique<Ring[]>(rings - 1);
  held_ += own_bytes(group);
  link(id);
  return id;
}

void GroupStore::forget_slot(uint32_t id) {
  const KeyedGroup& group = (*this)[id];
  const size_t mask = slots_.size() - 1;
  size_t hole = probe(group.correlation, group.key_bytes(), group.tag);
  for (size_t at = (hole + 1) & mask; slots_[at].group != kNone; at = (at + 1) & mask) {
    if (((at - (slots_[at].tag & mask)) & mask) < ((at - hole) & mask)) continue;
    slots_[hole] = slots_[at];
    hole = at;
  }
  slots_[hole] = {};
}

void GroupStore::erase(uint32_t id) {
  forget_slot(id);
  unlink(id);
  KeyedGroup& group = (*this)[id];
  held_ -= own_bytes(group);
  for (uint32_t r = 0; r < rings_of(group); ++r) {
    held_ -= group.ring(r).bytes();
    rows_count_ -= group.ring(r).size();
  }
  if (group.extra) held_ -= group.extra->bytes;
  const uint32_t generation = group.generation;
  std::destroy_at(&group);
  std::construct_at(&group);
  group.generation = generation + 1;
  free_.push_back(id);
  --count_;
  if (heap_.size() > 2 * count_ + 1024) sweep_heap();
}

void GroupStore::link(uint32_t id) {
  KeyedGroup& group = (*this)[id];
  group.newer = kNone;
  group.older = newest_;
  if (newest_ != kNone) (*this)[newest_].newer = id;
  newest_ = id;
  if (oldest_ == kNone) oldest_ = id;
}

void GroupStore::unlink(uint32_t id) {
  const KeyedGroup& group = (*this)[id];
  if (group.newer != kNone) (*this)[group.newer].older = group.older;
  else newest_ = group.older;
  if (group.older != kNone) (*this)[group.older].newer = group.newer;
  else oldest_ = group.newer;
}

// ---- rows

void GroupStore::push(KeyedGroup& group, uint32_t ring, RowEntry entry) {
  group.newest = std::max(group.newest, entry.time);
  held_ += group.ring(ring).push(std::move(entry));
  ++rows_count_;
}

void GroupStore::pop(KeyedGroup& group, uint32_t ring) {
  held_ -= group.ring(ring).pop();
  --rows_count_;
}

GroupExtra& GroupStore::extra(KeyedGroup& group) {
  if (!group.extra) group.extra = std::make_unique<GroupExtra>();
  return *group.extra;
}

void GroupStore::recount_extra(KeyedGroup& group) {
  if (!group.extra) return;
  GroupExtra& extra = *group.extra;
  held_ -= extra.bytes;
  // A mark is a node with a key that is most often short.
  extra.bytes = heap_block(sizeof extra) + extra.not_before.bucket_count() * sizeof(void*) +
                extra.not_before.size() * heap_block(80);
  for (const Counter& c : extra.counters) extra.bytes += c.bytes();
  for (const auto& index : extra.indexes)
    if (index) extra.bytes += index->bytes();
  held_ += extra.bytes;
}

size_t GroupStore::own_bytes(const KeyedGroup& group) const {
  return heap_block(group.key_size) + heap_block((std::max(rings_of(group), 1u) - 1) * sizeof(Ring));
}

size_t GroupStore::bytes() const {
  return held_ + chunks_.size() * kChunk * sizeof(KeyedGroup) + slots_.capacity() * sizeof(Slot) +
         heap_.capacity() * sizeof(Due) + free_.capacity() * sizeof(uint32_t);
}

size_t GroupStore::live_bytes() const {
  return held_ + count_ * (sizeof(KeyedGroup) + 2 * sizeof(Slot) + 2 * sizeof(Due));
}

// ---- deadlines

bool GroupStore::stands(const Due& due) const {
  const KeyedGroup& group = (*this)[due.group];
  return group.correlation != kNone && (group.generation & (UINT32_MAX >> 1)) == due.generation_phase >> 1;
}

void GroupStore::schedule(uint32_t id, int64_t time, Phase phase, bool judging) {
  KeyedGroup& group = (*this)[id];
  ++group.generation;
  group.due = time;
  group.phase = phase;
  group.scheduled = true;
  group.judging = judging;
  heap_.push_back({time, id, group.generation << 1 | phase});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  if (heap_.size() > 2 * count_ + 1024) sweep_heap();
}

void GroupStore::sweep_heap() {
  std::erase_if(heap_, [&](const Due& due) { return !stands(due); });
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
}

std::optional<Deadline> GroupStore::next() {
  while (!heap_.empty() && !stands(heap_.front())) drop_deadline();
  if (heap_.empty()) return std::nullopt;
  const Due& due = heap_.front();
  return Deadline{due.time, static_cast<Phase>(due.generation_phase & 1), due.group};
}

void GroupStore::take() {
  (*this)[heap_.front().group].scheduled = false;
  drop_deadline();
}

void GroupStore::drop_deadline() {
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  heap_.pop_back();
}

}  // namespace sekisho::engine
