// Takes rows of events in order of time, gives detections. Entries: Watch::arrive(), pass_deadline(). Refuses nothing:
// beyond Limits::group_rows and state_bytes the oldest goes, counted.
#include "engine/watch.h"

#include <algorithm>

namespace sekisho::engine {
namespace {

// From this many rows on, counters and indexes cost less than looking at all rows.
constexpr uint32_t kLarge = 32, kSmall = 8;

std::vector<uint32_t> rings_of(const Plans& plans) {
  std::vector<uint32_t> out;
  for (const Correlation& c : plans.correlations)
    out.push_back(
        static_cast<uint32_t>(std::ranges::count_if(c.variables, [](const auto& v) { return v.temporal(); })));
  return out;
}

// An event is judged no later than its rule's window is long.
int64_t longest_window(const Plans& plans) {
  int64_t out = 0;
  for (const Correlation& c : plans.correlations) out = std::max(out, seconds_as_nanoseconds(c.seconds));
  return out;
}

}  // namespace

Watch::Watch(const Plans& plans, const Limits& limits)
    : plans_(plans), limits_(limits), groups_(rings_of(plans)), history_(longest_window(plans)) {
  for (const Correlation& c : plans.correlations)
    watched_.push_back(std::make_unique<Watched>(plans, c, limits.join_rows));
  evaluation_.remember(&history_);
}

// ---- records

void Watch::add_record(std::vector<Matched::Row>& rows, int64_t from, int64_t until) {
  ++records_;
  for (Matched::Row& row : rows) add_row(std::move(row), records_, from, until);
}

void Watch::add_row(Matched::Row row, uint64_t record, int64_t from, int64_t until) {
  Watched& watched = *watched_[row.correlation];
  const JoinVariable& variable = watched.plan.correlation.variables[row.variable];
  if (variable.temporal()) return;
  known_.reset();
  Records& records = watched.records[row.variable];
  records.indexes.resize(watched.plan.members.size());
  for (uint32_t m = 0; m < watched.plan.members.size(); ++m) {
    const JoinMember& member = watched.plan.members[m];
    if (member.variable != row.variable) continue;
    if (!records.indexes[m]) records.indexes[m] = std::make_unique<RowIndex>();
    records.indexes[m]->push(join_hash(row.values.get(member.column, variable.columns[member.column])));
  }
  records.rows.push_back({std::move(row.values), record, from, until});
}

std::shared_ptr<const KnownKeys> Watch::known() {
  if (known_) return known_;
  auto made = std::make_shared<KnownKeys>(plans_.serial, plans_.lookups.size());
  for (uint32_t l = 0; l < plans_.lookups.size(); ++l) {
    const auto [correlation, at] = plans_.lookups[l];
    const StoredColumn& as = plans_.correlations[correlation].variables[at.variable].columns[at.column];
    for (const Record& record : watched_[correlation]->records[at.variable].rows)
      made->add(l, join_hash(record.row.get(at.column, as)));
  }
  return known_ = std::move(made);
}

size_t Watch::record_bytes() const {
  size_t out = 0;
  for (const auto& watched : watched_)
    for (const Records& records : watched->records) out += records.bytes();
  return out;
}

// ---- arrival

void Watch::arrive(int64_t time, const EventRef& ref, uint32_t depth, std::vector<Matched::Row>& rows,
                   std::vector<Detection>& found) {
  now_ = time;
  event_ = (event_ / RowEntry::kDepths + 1) * RowEntry::kDepths + std::min<uint64_t>(depth, RowEntry::kDepths - 1);
  const auto rule_of = [](const Matched::Row& row) { return row.correlation; };
  if (!std::ranges::is_sorted(rows, {}, rule_of)) std::ranges::stable_sort(rows, {}, rule_of);
  for (size_t from = 0, to = 0; from < rows.size(); from = to) {
    while (to < rows.size() && rows[to].correlation == rows[from].correlation) ++to;
    arrive_at(*watched_[rows[from].correlation], rows[from].correlation, {rows.data() + from, to - from}, ref, found);
  }
}

void Watch::arrive_at(Watched& watched, uint32_t correlation, std::span<Matched::Row> rows, const EventRef& ref,
                      std::vector<Detection>& found) {
  const Correlation& c = watched.plan.correlation;
  if (c.measure != kNone) return count(c, rows);
  begin();
  if (c.judged == Correlation::Judged::per_event) return judge_alone(watched, rows, ref, found);
  touched_.clear();
  for (Matched::Row& row : rows) {
    const JoinVariable& variable = c.variables[row.variable];
    if (!variable.temporal()) continue;
    key_.clear();
    row.values.append_key(c.partition, variable.columns, key_);
    const uint32_t id = groups_.find_or_add(correlation, key_);
    KeyedGroup& group = groups_[id];
    if (std::ranges::find(touched_, id) == touched_.end()) {
      touched_.push_back(id);
      trim(watched, group, now_);
    }
    const uint32_t ring = watched.plan.ring_of[row.variable];
    push(watched, group, ring, {now_, event_, ref, std::move(row.values)});
    const bool judging = group.scheduled && group.judging;
    if (watched.windows.on_arrival() || judging) continue;
    if (row.variable == c.pivot && variable.bounded)
      groups_.schedule(id, watched.windows.pivot_due(now_), kAfter, true);
    else if (c.pivot == kNone && variable.bounded) groups_.schedule(id, watched.windows.grid_end(now_), kBefore, true);
  }
  // By number, for judging may evict nothing but moves no group either.
  for (size_t i = 0; i < touched_.size(); ++i) {
    const uint32_t id = touched_[i];
    if (watched.windows.on_arrival()) judge_arrival(watched, id, found);
    KeyedGroup& group = groups_[id];
    if (!group.scheduled) groups_.schedule(id, watched.windows.forgotten_at(now_), kBefore, false);
  }
}

// What metric functions will look up.
void Watch::count(const Correlation& correlation, std::span<const Matched::Row> rows) {
  const Counted& counted = plans_.counted[correlation.measure];
  const std::vector<StoredColumn>& columns = correlation.variables[0].columns;
  const size_t keys = correlation.partition - (counted.unique ? 1 : 0);
  std::string unique;
  for (const Matched::Row& row : rows) {
    key_.clear();
    row.values.append_key(keys, columns, key_);
    if (counted.unique) unique = row.values.get(keys, columns[keys]).as_text();
    const int64_t value = counted.sum == kNone ? 0 : row.values.get(counted.sum, columns[counted.sum]).as_int();
    history_.add(correlation.measure, key_, event_, now_, value, counted.unique ? &unique : nullptr);
  }
}

// A rule without a window: the event and the records that go with it.
void Watch::judge_alone(Watched& watched, std::span<Matched::Row> rows, const EventRef& ref,
                        std::vector<Detection>& found) {
  Ring ring;
  uint32_t variable = kNone;
  for (Matched::Row& row : rows) {
    if (!watched.plan.correlation.variables[row.variable].temporal()) continue;
    variable = row.variable;
    ring.push({now_, event_, ref, std::move(row.values)});
  }
  if (variable == kNone) return;
  sides_.assign(watched.records.size(), {});
  for (uint32_t v = 0; v < sides_.size(); ++v) {
    const Records& records = watched.records[v];
    if (v == variable)
      sides_[v] = {.ring = &ring, .records = nullptr, .indexes = nullptr, .first = 0, .end = ring.size()};
    else
      sides_[v] = {.ring = nullptr,
                   .records = &records,
                   .indexes = records.indexes.empty() ? nullptr : &records.indexes,
                   .first = 0,
                   .end = static_cast<uint32_t>(records.rows.size())};
  }
  JoinedRows joined;
  watched.joiner.begin(sides_, evaluation_);
  watched.joiner.all([] { return true; }, joined);
  statistics_.cut_evaluations += watched.joiner.cut();
  if (joined.size() == 0) return;
  Detection d{.rule = watched.plan.correlation.rule};
  d.time = timestamp(now_);
  if (watched.judge.run({sides_, &joined, {}}, evaluation_, d)) found.push_back(std::move(d));
}

// ---- rows

void Watch::push(Watched& watched, KeyedGroup& group, uint32_t ring, RowEntry entry) {
  if (group.ring(ring).size() >= std::max<size_t>(limits_.group_rows, 1)) {
    pop(watched, group, ring);
    ++statistics_.evicted_rows;
  }
  groups_.push(group, ring, std::move(entry));
  if (!group.extra) return;
  const Ring& rows = group.ring(ring);
  const uint32_t place = rows.size() - 1;
  GroupExtra& extra = *group.extra;
  const uint32_t variable = watched.plan.temporal[ring];
  if (extra.counting) {
    Side side;
    side.ring = &rows;
    watched.judge.count(extra.counters, side, place, evaluation_);
  }
  for (uint32_t m = 0; m < extra.indexes.size(); ++m) {
    const JoinMember& member = watched.plan.members[m];
    if (!extra.indexes[m] || member.variable != variable) continue;
    const StoredColumn& as = watched.plan.correlation.variables[variable].columns[member.column];
    extra.indexes[m]->push(join_hash(rows.newest().row.get(member.column, as)));
  }
  groups_.recount_extra(group);
}

void Watch::pop(Watched& watched, KeyedGroup& group, uint32_t ring) {
  groups_.pop(group, ring);
  if (!group.extra) return;
  GroupExtra& extra = *group.extra;
  const uint32_t variable = watched.plan.temporal[ring];
  const bool small = group.ring(ring).size() <= kSmall;
  if (small) {
    extra.counters.clear();
    extra.counting = false;
  }
  for (Counter& counter : extra.counters) counter.pop();
  for (uint32_t m = 0; m < extra.indexes.size(); ++m) {
    if (!extra.indexes[m] || watched.plan.members[m].variable != variable) continue;
    if (small) extra.indexes[m].reset();
    else extra.indexes[m]->pop();
  }
}

// The time of the earliest pivot that is still to be judged, or now.
int64_t Watch::waiting_pivot(const Watched& watched, KeyedGroup& group) const {
  const uint32_t pivot = watched.plan.correlation.pivot;
  if (pivot == kNone || watched.windows.on_arrival()) return now_;
  const Ring& ring = group.ring(watched.plan.ring_of[pivot]);
  // Numbers go round: what lies before the ring is gone.
  uint32_t place = group.next_pivot - ring.first_number();
  if (static_cast<int32_t>(place) < 0) place = 0;
  group.next_pivot = ring.first_number() + place;
  return place < ring.size() ? ring[place].time : now_;
}

void Watch::trim(Watched& watched, KeyedGroup& group, int64_t now) {
  const int64_t not_before = watched.plan.correlation.keys_are_partition ? group.not_before : kNever;
  const int64_t from = watched.windows.needed_from(now, waiting_pivot(watched, group), not_before);
  bool some = false;
  for (uint32_t r = 0; r < watched.plan.temporal.size(); ++r) {
    const Ring& ring = group.ring(r);
    for (; !ring.empty() && ring[0].time < from; some = true) pop(watched, group, r);
  }
  if (some) groups_.recount_extra(group);
}

// Counters of a group that has grown large, made once and kept up from then on.
void Watch::keep_counters(Watched& watched, KeyedGroup& group) {
  if (!watched.judge.countable() || group.ring(0).size() <= kLarge) return;
  GroupExtra& extra = groups_.extra(group);
  if (extra.counting) return;
  extra.counting = true;
  extra.counters = watched.judge.counters();
  Side side;
  side.ring = &group.ring(0);
  for (uint32_t p = 0; p < side.ring->size(); ++p) watched.judge.count(extra.counters, side, p, evaluation_);
  groups_.recount_extra(group);
}

void Watch::keep_indexes(Watched& watched, KeyedGroup& group, uint32_t ring) {
  const Ring& rows = group.ring(ring);
  if (rows.size() <= kLarge) return;
  const uint32_t variable = watched.plan.temporal[ring];
  for (uint32_t m = 0; m < watched.plan.members.size(); ++m) {
    const JoinMember& member = watched.plan.members[m];
    if (member.variable != variable) continue;
    GroupExtra& extra = groups_.extra(group);
    extra.indexes.resize(watched.plan.members.size());
    if (extra.indexes[m]) continue;
    extra.indexes[m] = std::make_unique<RowIndex>();
    const StoredColumn& as = watched.plan.correlation.variables[variable].columns[member.column];
    for (uint32_t p = 0; p < rows.size(); ++p) extra.indexes[m]->push(join_hash(rows[p].row.get(member.column, as)));
    groups_.recount_extra(group);
  }
}

void Watch::look_at_sides(Watched& watched, KeyedGroup& group, int64_t first) {
  sides_.assign(watched.records.size(), {});
  for (uint32_t v = 0; v < sides_.size(); ++v) {
    Side& side = sides_[v];
    const uint32_t r = watched.plan.ring_of[v];
    if (r == kNone) {
      side.records = &watched.records[v];
      side.end = static_cast<uint32_t>(side.records->rows.size());
      if (!side.records->indexes.empty()) side.indexes = &side.records->indexes;
      continue;
    }
    side.ring = &group.ring(r);
    side.first = side.ring->from(first);
    side.end = side.ring->size();
    keep_indexes(watched, group, r);
    if (group.extra && !group.extra->indexes.empty()) side.indexes = &group.extra->indexes;
  }
  // A later ring's indexes may have brought `extra` about.
  for (Side& side : sides_)
    if (side.ring && group.extra && !group.extra->indexes.empty()) side.indexes = &group.extra->indexes;
}

// ---- windows

void Watch::judge_arrival(Watched& watched, uint32_t id, std::vector<Detection>& found) {
  KeyedGroup& group = groups_[id];
  const Correlation& c = watched.plan.correlation;
  int64_t pivot = now_;
  if (watched.windows.starts_at_pivot()) {
    const Ring& ring = group.ring(watched.plan.ring_of[c.pivot]);
    if (ring.empty()) return;
    // Of several variables only joined rows can tell which pivot is the first.
    pivot = watched.plan.several() ? watched.windows.earliest_pivot(now_) : ring[0].time;
  }
  begin();
  const JudgedWindow window = watched.windows.arriving(now_, pivot);
  if (c.keys_are_partition && !may_fire(watched, group, window)) {
    ++statistics_.overlapping;
    return;
  }
  look_at_sides(watched, group, window.first);
  if (!watched.plan.several()) {
    if (!holds_alone(watched, group)) return;
    if (c.keys_are_partition) {
      judge_rows(watched, group, window, nullptr, {}, found);
      return;
    }
  }
  std::vector<Pinned> fresh;
  for (uint32_t v = 0; v < sides_.size(); ++v) {
    const Side& side = sides_[v];
    if (side.ring == nullptr) continue;
    uint32_t from = side.end;
    while (from > side.first && side.event(from - 1) == event_) --from;
    if (from < side.end) fresh.push_back({v, from, side.end});
  }
  judge_window(watched, group, window, &fresh, found);
}

// Of a rule over one variable: false where gates and counters tell that the condition does not hold.
bool Watch::holds_alone(Watched& watched, KeyedGroup& group) {
  keep_counters(watched, group);
  const bool whole = sides_[0].size() == group.ring(0).size();
  const bool counted = whole && group.extra && group.extra->counting;
  const std::vector<Counter>* counters = counted ? &group.extra->counters : nullptr;
  if (sides_[0].size() == 0 || !watched.judge.passes_gates(sides_, counters)) return false;
  return !counters || watched.judge.holds(*counters, group.ring(0).events(), evaluation_);
}

// Whether a group, all its rows under one key, can have a window that overlaps none that fired.
bool Watch::may_fire(const Watched& watched, const KeyedGroup& group, const JudgedWindow& window) const {
  if (!watched.windows.starts_at_pivot() || !watched.plan.several())
    return watched.windows.allowed(window, group.not_before);
  return group.ring(watched.plan.ring_of[watched.plan.correlation.pivot]).newest().time >= group.not_before;
}

void Watch::pass_deadline(std::vector<Detection>& found) {
  const Deadline due = *groups_.next();
  groups_.take();
  now_ = std::max(now_, due.time);
  KeyedGroup& group = groups_[due.group];
  Watched& watched = of(group);
  if (group.judging) return judge_deadline(watched, due.group, found);
  const int64_t forgotten = watched.windows.forgotten_at(std::max(group.newest, group.not_before));
  if (forgotten > due.time) groups_.schedule(due.group, forgotten, kBefore, false);
  else groups_.erase(due.group);
}

void Watch::judge_deadline(Watched& watched, uint32_t id, std::vector<Detection>& found) {
  KeyedGroup& group = groups_[id];
  const Correlation& c = watched.plan.correlation;
  const int64_t due = group.due;
  begin();
  const int64_t pivot = waiting_pivot(watched, group);
  const JudgedWindow window = watched.windows.at_deadline(due, pivot);
  if (c.keys_are_partition && !watched.windows.allowed(window, group.not_before)) {
    ++statistics_.overlapping;
  } else {
    look_at_sides(watched, group, window.first);
    std::vector<Pinned> pinned;
    if (c.pivot != kNone) {
      const Side& side = sides_[c.pivot];
      uint32_t from = std::max(side.first, group.next_pivot - side.ring->first_number());
      uint32_t to = from;
      while (to < side.end && side.time(to) <= pivot) ++to;
      pinned.push_back({c.pivot, from, to});
    }
    const bool some = pinned.empty() || pinned[0].from < pinned[0].to;
    if (watched.plan.several() || !c.keys_are_partition)
      judge_window(watched, group, window, c.pivot == kNone ? nullptr : &pinned, found);
    else if (some && holds_alone(watched, group)) judge_rows(watched, group, window, nullptr, {}, found);
  }
  if (c.pivot != kNone) {
    const Ring& ring = group.ring(watched.plan.ring_of[c.pivot]);
    uint32_t place = group.next_pivot - ring.first_number();
    while (place < ring.size() && ring[place].time <= pivot) ++place;
    group.next_pivot = ring.first_number() + place;
  }
  schedule_next(watched, id, due);
}

// The next window of the group, or the time at which it is forgotten.
void Watch::schedule_next(Watched& watched, uint32_t id, int64_t judged) {
  KeyedGroup& group = groups_[id];
  const Correlation& c = watched.plan.correlation;
  trim(watched, group, now_);
  if (c.pivot != kNone) {
    const Ring& ring = group.ring(watched.plan.ring_of[c.pivot]);
    const uint32_t place = group.next_pivot - ring.first_number();
    if (place < ring.size()) return groups_.schedule(id, watched.windows.pivot_due(ring[place].time), kAfter, true);
  } else {
    int64_t oldest = INT64_MAX;
    for (uint32_t v : watched.plan.joined) {
      const uint32_t r = watched.plan.ring_of[v];
      if (r != kNone && !group.ring(r).empty()) oldest = std::min(oldest, group.ring(r)[0].time);
    }
    if (oldest < INT64_MAX)
      if (const int64_t next = watched.windows.next_grid_end(judged, oldest); next > judged)
        return groups_.schedule(id, next, kBefore, true);
  }
  groups_.schedule(id, watched.windows.forgotten_at(std::max(group.newest, group.not_before)), kBefore, false);
}

// The keys of the joined rows in which one of these rows takes part, each with the first such row.
std::vector<Watch::KeyedRow> Watch::keys_with(Watched& watched, std::span<const Pinned> pinned) {
  std::vector<KeyedRow> out;
  StringMap<bool> seen;
  JoinedRows firsts;
  for (const Pinned& p : pinned)
    watched.joiner.with(
        p.variable, p.from, p.to,
        [&] {
          key_.clear();
          watched.judge.append_keys(watched.joiner.frame(), evaluation_, key_);
          const bool fresh = seen.try_emplace(key_, true).second;
          if (fresh) out.push_back({key_, {}});
          return fresh;
        },
        firsts);
  for (size_t i = 0; i < out.size(); ++i) out[i].places.assign(firsts[i].begin(), firsts[i].end());
  return out;
}

// The joined rows of the sides, by keys. pinned: only keys of joined rows in which one of these rows takes part; null:
// all.
void Watch::judge_window(Watched& watched, KeyedGroup& group, const JudgedWindow& window,
                         const std::vector<Pinned>* pinned, std::vector<Detection>& found) {
  const Correlation& c = watched.plan.correlation;
  for (uint32_t v : watched.plan.joined)
    if (sides_[v].size() == 0) return;
  if (!watched.judge.passes_gates(sides_, nullptr)) return;
  watched.joiner.begin(sides_, evaluation_);
  if (c.keys_are_partition) {
    const bool some = pinned == nullptr || std::ranges::any_of(*pinned, [&](const Pinned& p) {
                        return watched.joiner.any(p.variable, p.from, p.to);
                      });
    statistics_.cut_evaluations += watched.joiner.cut();
    if (some) judge_key(watched, group, window, {}, found);
    return;
  }
  if (pinned != nullptr) {
    const std::vector<KeyedRow> keyed = keys_with(watched, *pinned);
    statistics_.cut_evaluations += watched.joiner.cut();
    for (const KeyedRow& row : keyed) {
      watched.joiner.begin(sides_, evaluation_);
      watched.joiner.fix_keys(row.places);
      judge_key(watched, group, window, row.keys, found);
    }
    return;
  }
  JoinedRows joined;
  watched.joiner.all([] { return true; }, joined);
  statistics_.cut_evaluations += watched.joiner.cut();
  StringMap<JoinedRows> by_keys;
  RowFrame frame(c);
  for (size_t i = 0; i < joined.size(); ++i) {
    for (uint32_t v : watched.plan.joined) frame.set(v, sides_[v], joined[i][v]);
    key_.clear();
    watched.judge.append_keys(frame, evaluation_, key_);
    JoinedRows& rows = by_keys[key_];
    rows.width = joined.width;
    rows.places.insert(rows.places.end(), joined[i].begin(), joined[i].end());
    rows.not_looked_at = joined.not_looked_at;
  }
  for (auto& [keys, rows] : by_keys) judge_joined(watched, group, window, rows, keys, found);
}

// The joiner has begun, and knows the keys if they are not the group's.
void Watch::judge_key(Watched& watched, KeyedGroup& group, const JudgedWindow& window, std::string_view keys,
                      std::vector<Detection>& found) {
  const bool grouped = watched.plan.correlation.keys_are_partition;
  if (!watched.windows.starts_at_pivot() &&
      !watched.windows.allowed(window, grouped ? group.not_before : not_before(group, keys))) {
    ++statistics_.overlapping;
    return;
  }
  JoinedRows joined;
  watched.joiner.all(
      [&] {
        if (grouped) return true;
        key_.clear();
        watched.judge.append_keys(watched.joiner.frame(), evaluation_, key_);
        return key_ == keys;
      },
      joined);
  statistics_.cut_evaluations += watched.joiner.cut();
  if (joined.size() > 0) judge_joined(watched, group, window, joined, keys, found);
}

void Watch::judge_joined(Watched& watched, KeyedGroup& group, JudgedWindow window, JoinedRows& rows,
                         std::string_view keys, std::vector<Detection>& found) {
  const Correlation& c = watched.plan.correlation;
  if (watched.windows.starts_at_pivot() && watched.plan.several()) {
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < rows.size(); ++i) first = std::min(first, sides_[c.pivot].time(rows[i][c.pivot]));
    window = watched.windows.arriving(now_, first);
    if (!narrow(watched, rows, first)) return;
  }
  if (!watched.windows.allowed(window, c.keys_are_partition ? group.not_before : not_before(group, keys))) {
    ++statistics_.overlapping;
    return;
  }
  judge_rows(watched, group, window, &rows, keys, found);
}

// Leaves out the joined rows that start earlier. True: the newest event takes part in what is left.
bool Watch::narrow(const Watched& watched, JoinedRows& rows, int64_t first) {
  std::vector<uint32_t> kept;
  bool newest = false;
  for (size_t i = 0; i < rows.size(); ++i) {
    bool within = true, takes_part = false;
    for (uint32_t v : watched.plan.joined) {
      if (sides_[v].ring == nullptr) continue;
      within = within && sides_[v].time(rows[i][v]) >= first;
      takes_part = takes_part || sides_[v].event(rows[i][v]) == event_;
    }
    if (within) kept.insert(kept.end(), rows[i].begin(), rows[i].end());
    newest |= within && takes_part;
  }
  rows.places = std::move(kept);
  return newest;
}

int64_t Watch::not_before(const KeyedGroup& group, std::string_view keys) {
  if (!group.extra) return kNever;
  const auto it = group.extra->not_before.find(keys);
  return it == group.extra->not_before.end() ? kNever : it->second;
}

bool Watch::judge_rows(Watched& watched, KeyedGroup& group, const JudgedWindow& window, const JoinedRows* joined,
                       std::string_view keys, std::vector<Detection>& found) {
  const Correlation& c = watched.plan.correlation;
  Evidence evidence{sides_, joined, {}};
  evidence.partners.resize(c.variables.size());
  for (uint32_t v = 0; v < c.variables.size() && joined != nullptr; ++v)
    if (!c.variables[v].bounded) evidence.partners[v] = watched.joiner.partners(v, *joined);
  Detection d{.rule = c.rule};
  if (!watched.judge.run(evidence, evaluation_, d)) return false;
  d.time = timestamp(window.end);
  d.window = watched.windows.shown(window);
  std::vector<Value> values = watched.judge.keys(evidence, 0, evaluation_);
  const Rule& rule = plans_.rules[c.rule];
  for (size_t k = 0; k < values.size(); ++k)
    d.keys.emplace_back(rule.placeholders[rule.match->keys[k]].name, std::move(values[k]));
  found.push_back(std::move(d));
  group.not_before = std::max(group.not_before, window.not_before);
  if (c.keys_are_partition) {
    if (watched.windows.on_arrival()) trim(watched, group, now_);
    return true;
  }
  GroupExtra& extra = groups_.extra(group);
  extra.not_before.insert_or_assign(std::string(keys), window.not_before);
  if (extra.not_before.size() > 2 * extra.kept_marks + 64) {
    std::erase_if(extra.not_before, [&](const auto& m) { return watched.windows.forgotten_at(m.second) < now_; });
    extra.kept_marks = extra.not_before.size();
  }
  groups_.recount_extra(group);
  return true;
}

void Watch::evict(size_t bytes) {
  while (groups_.live_bytes() > bytes && groups_.size() > 0) {
    groups_.erase(groups_.longest_unused());
    ++statistics_.evicted_groups;
  }
}

}  // namespace sekisho::engine
