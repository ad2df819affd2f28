// Takes all that later detections depend on, gives it as bytes, and back: rules by fingerprint, the queue, records,
// groups and what suppression knows. Entries: Correlator::save(), restore(). Refuses (engine.state) what is damaged, of
// another version, or does not fit itself. Counters and indexes are made anew when they are needed.
#include <algorithm>
#include <cstring>

#include "base/sha256.h"
#include "engine/correlator_state.h"
#include "engine/fingerprint.h"
#include "engine/state_bytes.h"

namespace sekisho::engine {
namespace {

constexpr std::string_view kMagic = "sekisho state 2\n";
constexpr size_t kChecksum = 64;

std::vector<std::string> fingerprints(const Plans& plans) {
  std::vector<const Correlation*> of(plans.rules.size());
  for (const Correlation& c : plans.correlations) of[c.rule] = &c;
  std::vector<std::string> out;
  for (size_t r = 0; r < plans.rules.size(); ++r) out.push_back(fingerprint(plans.rules[r], of[r]));
  return out;
}

// ---- pieces

void put(StateWriter& out, Timestamp t) {
  out.integer(t.seconds);
  out.integer(t.nanos);
}
Timestamp get_time(StateReader& in) {
  const int64_t seconds = in.integer();
  return {seconds, static_cast<int32_t>(in.integer())};
}

void put(StateWriter& out, const EventRef& ref) {
  out.number(ref.source);
  out.number(ref.length);
  out.number(ref.line);
  out.number(ref.offset);
}
EventRef get_ref(StateReader& in) {
  EventRef out;
  out.source = static_cast<uint32_t>(in.number());
  out.length = static_cast<uint32_t>(in.number());
  out.line = in.number();
  out.offset = in.number();
  return out;
}

// Lists hold scalars.
void put(StateWriter& out, const Value& v, bool nested = false) {
  const Type type = nested && v.type == Type::list ? Type::text : v.type;
  out.number(static_cast<uint64_t>(type));
  switch (type) {
    case Type::boolean:
      return out.flag(v.boolean);
    case Type::integer:
      return out.integer(v.integer);
    case Type::real:
      return out.real(v.real);
    case Type::text:
      return out.text(v.text);
    case Type::list:
      out.number(v.list.size());
      for (const Value& item : v.list) put(out, item, true);
  }
}
Value get_value(StateReader& in, bool nested = false) {
  Value v;
  v.type = static_cast<Type>(in.below(nested ? 4 : 5));
  switch (v.type) {
    case Type::boolean:
      v.boolean = in.flag();
      break;
    case Type::integer:
      v.integer = in.integer();
      break;
    case Type::real:
      v.real = in.real();
      break;
    case Type::text:
      v.text = in.text();
      break;
    case Type::list:
      for (uint64_t n = in.count(); n > 0 && in.ok(); --n) v.list.push_back(get_value(in, true));
  }
  return v;
}

using Named = std::vector<std::pair<std::string, Value>>;
void put(StateWriter& out, const Named& values) {
  out.number(values.size());
  for (const auto& [name, v] : values) {
    out.text(name);
    put(out, v);
  }
}
Named get_named(StateReader& in) {
  Named out;
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    std::string name(in.text());
    out.emplace_back(std::move(name), get_value(in));
  }
  return out;
}

// Of rules over one event: they wait for their turn.
void put(StateWriter& out, const Detection& d) {
  out.number(d.rule);
  put(out, d.time);
  out.number(d.depth);
  out.number(d.event_count);
  out.number(d.matched_rows);
  out.number(d.rows_not_looked_at);
  put(out, d.outcomes);
  out.number(d.placeholders.size());
  for (const auto& [name, values] : d.placeholders) {
    out.text(name);
    out.number(values.size());
    for (const Value& v : values) put(out, v);
  }
  out.number(d.events.size());
  for (const DetectionEvent& e : d.events) {
    out.number(e.variable);
    put(out, e.time);
    put(out, e.ref);
    out.text(e.text ? std::string_view(*e.text) : std::string_view());
  }
  out.number(d.rows.size());
  for (const auto& row : d.rows) {
    out.number(row.size());
    for (const Element& e : row) {
      out.text(e.path);
      out.number(e.index);
    }
  }
}
Detection get_detection(StateReader& in) {
  Detection d;
  d.rule = static_cast<uint32_t>(in.number());
  d.time = get_time(in);
  d.depth = static_cast<uint32_t>(in.number());
  d.event_count = in.number();
  d.matched_rows = in.number();
  d.rows_not_looked_at = in.number();
  d.outcomes = get_named(in);
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    auto& [name, values] = d.placeholders.emplace_back(in.text(), std::vector<Value>());
    for (uint64_t k = in.count(); k > 0 && in.ok(); --k) values.push_back(get_value(in));
  }
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    DetectionEvent& e = d.events.emplace_back();
    e.variable = static_cast<uint32_t>(in.number());
    e.time = get_time(in);
    e.ref = get_ref(in);
    if (const std::string_view text = in.text(); !text.empty()) e.text = std::make_shared<const std::string>(text);
  }
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    auto& row = d.rows.emplace_back();
    for (uint64_t k = in.count(); k > 0 && in.ok(); --k) {
      Element& e = row.emplace_back();
      e.path = in.text();
      e.index = static_cast<uint32_t>(in.number());
    }
  }
  return d;
}

void put(StateWriter& out, const Pending& p) {
  out.integer(p.time);
  out.number(p.hash);
  put(out, p.ref);
  out.number(p.depth);
  out.number(p.rows.size());
  for (const Matched::Row& row : p.rows) {
    out.number(row.correlation);
    out.number(row.variable);
    out.text(row.values.bytes());
  }
  out.number(p.detections.size());
  for (const Detection& d : p.detections) put(out, d);
}

// rules, correlations: from the numbers in the file to ours; kNone: gone.
struct Known {
  const Plans& plans;
  std::vector<uint32_t> rules, correlations;

  uint32_t number(StateReader& in, const std::vector<uint32_t>& map) const {
    const uint64_t n = in.below(map.size());
    return in.ok() ? map[n] : kNone;
  }
  // A row of a variable; empty where its rule is gone.
  StoredRow row(StateReader& in, uint32_t correlation, uint64_t variable) const {
    const std::string_view bytes = in.text();
    if (correlation == kNone || !in.ok()) return {};
    const auto& variables = plans.correlations[correlation].variables;
    StoredRow out;
    if (variable < variables.size()) out = StoredRow::from_bytes(variables[variable].columns, bytes);
    if (!out) in.refuse();
    return out;
  }
};

Pending get_pending(StateReader& in, const Known& known) {
  Pending out;
  out.time = in.integer();
  out.hash = in.number();
  out.ref = get_ref(in);
  out.depth = static_cast<uint32_t>(in.number());
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint32_t correlation = known.number(in, known.correlations);
    const uint64_t variable = in.number();
    StoredRow row = known.row(in, correlation, variable);
    if (row) out.rows.push_back({correlation, static_cast<uint32_t>(variable), std::move(row)});
  }
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    Detection d = get_detection(in);
    if (d.rule >= known.rules.size()) in.refuse();
    if (!in.ok() || known.rules[d.rule] == kNone) continue;
    d.rule = known.rules[d.rule];
    if (d.outcomes.size() != known.plans.rules[d.rule].outcomes.size()) in.refuse();
    out.detections.push_back(std::move(d));
  }
  return out;
}

constexpr uint64_t CorrelatorStatistics::* kCounts[] = {
    &CorrelatorStatistics::late, &CorrelatorStatistics::untimed, &CorrelatorStatistics::released_early,
    &CorrelatorStatistics::suppressed, &CorrelatorStatistics::evicted_groups};
constexpr uint64_t WatchStatistics::* kWatchCounts[] = {
    &WatchStatistics::evicted_groups, &WatchStatistics::evicted_rows, &WatchStatistics::cut_evaluations,
    &WatchStatistics::overlapping};

}  // namespace

// ---- history

void History::save(StateWriter& out) const {
  out.number(evicted_);
  out.number(entries_.size());
  for (const Entry* e = oldest_; e != nullptr; e = e->newer) {
    uint32_t measure = 0;
    std::memcpy(&measure, e->key->data(), sizeof measure);
    out.number(measure);
    out.text(std::string_view(*e->key).substr(sizeof measure));
    out.number(e->event);
    for (const auto* periods : {&e->hours, &e->days}) {
      out.number(periods->size());
      for (const Period& p : *periods) {
        out.integer(p.start);
        out.number(p.events);
        out.integer(p.first);
        out.integer(p.last);
        out.integer(p.sum);
        out.flag(p.values != nullptr);
        if (!p.values) continue;
        out.number(p.values->size());
        for (const std::string& value : *p.values) out.text(value);
      }
    }
  }
}

void History::restore(StateReader& in, const std::vector<Restored>& measures, int64_t now) {
  const int64_t hour = floor_divide(now, 3'600'000'000'000);
  const auto read_periods = [&](bool unique) {
    std::vector<Period> out;
    for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
      Period& p = out.emplace_back();
      p.start = in.integer();
      p.events = in.number();
      p.first = in.integer();
      p.last = in.integer();
      p.sum = in.integer();
      const bool values = in.flag();
      if (values) p.values = std::make_unique<Period::Values>();
      for (uint64_t v = values ? in.count() : 0; v > 0 && in.ok(); --v) p.values->emplace(in.text());
      const bool placed = p.start <= hour && p.start > INT64_MIN / 3'600'000'000'000 - 24 &&
                          (out.size() < 2 || out[out.size() - 2].start < p.start);
      if (values != unique || !placed) in.refuse();
    }
    return out;
  };
  evicted_ = in.number();
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint64_t number = in.below(measures.size());
    const std::string_view key = in.text();
    Entry read;
    read.event = in.number();
    const bool unique = in.ok() && measures[number].unique;
    read.hours = read_periods(unique);
    read.days = read_periods(unique);
    if (read.days.empty() || read.hours.empty()) in.refuse();
    if (!in.ok() || measures[number].measure == kNone) continue;
    Entry& entry = at(key_of(measures[number].measure, key));
    if (!entry.days.empty()) in.refuse();
    entry.event = read.event;
    entry.hours = std::move(read.hours);
    entry.days = std::move(read.days);
    count(entry);
  }
}

// ---- groups

void Watch::save(StateWriter& out) const {
  out.integer(now_);
  out.number(event_);
  out.number(records_);
  for (const auto count : kWatchCounts) out.number(statistics_.*count);
  // Records of tables come with the rules.
  for (const auto& watched : watched_) {
    const Correlation& c = watched->plan.correlation;
    for (uint32_t v = 0; v < c.variables.size(); ++v) {
      if (c.variables[v].kind != Variable::Kind::graph) continue;
      out.number(watched->records[v].rows.size());
      for (const Record& r : watched->records[v].rows) {
        out.number(r.number);
        out.integer(r.from);
        out.integer(r.until);
        out.text(r.row.bytes());
      }
    }
  }
  out.number(plans_.counted.size());
  for (const Counted& counted : plans_.counted) {
    out.number(counted.correlation);
    out.flag(counted.unique);
  }
  history_.save(out);
  out.number(groups_.size());
  for (uint32_t id = groups_.longest_unused(); id != kNone; id = groups_.after(id)) {
    const KeyedGroup& g = groups_[id];
    out.number(g.correlation);
    out.text(g.key_bytes());
    out.integer(g.newest);
    out.integer(g.not_before);
    out.number(g.next_pivot);
    out.number((g.scheduled ? 1 : 0) + (g.judging ? 2 : 0) + (g.phase == kAfter ? 4 : 0));
    out.integer(g.due);
    for (uint32_t r = 0; r < groups_.rings_of(g); ++r) {
      const Ring& ring = g.ring(r);
      out.number(ring.first_number());
      out.number(ring.size());
      for (uint32_t i = 0; i < ring.size(); ++i) {
        out.integer(ring[i].time);
        out.number(ring[i].event);
        put(out, ring[i].ref);
        out.text(ring[i].row.bytes());
      }
    }
    const bool marks = g.extra && !g.extra->not_before.empty();
    out.number(marks ? g.extra->not_before.size() : 0);
    if (marks)
      for (const auto& [keys, at] : g.extra->not_before) {
        out.text(keys);
        out.integer(at);
      }
  }
}

bool Watch::restore(StateReader& in, const StateShape& shape) {
  known_.reset();
  const Known known{plans_, {}, shape.correlations};
  now_ = in.integer();
  event_ = in.number();
  records_ = in.number();
  for (const auto count : kWatchCounts) statistics_.*count = in.number();
  for (size_t c = 0; c < shape.variables.size(); ++c) {
    for (uint32_t v = 0; v < shape.variables[c].size(); ++v) {
      if (shape.variables[c][v] != Variable::Kind::graph) continue;
      for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
        const uint64_t number = in.number();
        const int64_t from = in.integer(), until = in.integer();
        StoredRow row = known.row(in, shape.correlations[c], v);
        if (row) add_row({shape.correlations[c], v, std::move(row)}, number, from, until);
      }
    }
  }
  std::vector<History::Restored> measures;
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint64_t c = in.below(shape.correlations.size());
    const uint32_t ours = in.ok() ? shape.correlations[c] : kNone;
    const uint32_t measure = ours == kNone ? kNone : plans_.correlations[ours].measure;
    measures.push_back({measure, in.flag()});
    if (measure != kNone && plans_.counted[measure].unique != measures.back().unique) in.refuse();
  }
  history_.restore(in, measures, now_);
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint64_t c = in.below(shape.variables.size());
    if (!in.ok()) break;
    const uint32_t correlation = shape.correlations[c];
    const std::string_view key = in.text();
    KeyedGroup ignored;
    uint32_t id = kNone;
    if (correlation != kNone) {
      const size_t before = groups_.size();
      id = groups_.find_or_add(correlation, key);
      const bool grouped = plans_.correlations[correlation].judged != Correlation::Judged::per_event;
      if (groups_.size() == before || !grouped) in.refuse();
    }
    const auto group = [&]() -> KeyedGroup& { return id == kNone ? ignored : groups_[id]; };
    const int64_t newest = in.integer();
    group().not_before = in.integer();
    group().next_pivot = static_cast<uint32_t>(in.number());
    const uint64_t flags = in.below(8);
    const int64_t due = in.integer();
    uint32_t ring = 0;
    for (uint32_t v = 0; v < shape.variables[c].size(); ++v) {
      const Variable::Kind kind = shape.variables[c][v];
      if (kind == Variable::Kind::graph || kind == Variable::Kind::table) continue;
      const auto first_number = static_cast<uint32_t>(in.number());
      if (id != kNone) group().ring(ring).restore_numbers(first_number);
      int64_t time = INT64_MIN;
      for (uint64_t k = in.count(); k > 0 && in.ok(); --k) {
        RowEntry entry;
        entry.time = in.integer();
        entry.event = in.number();
        entry.ref = get_ref(in);
        entry.row = known.row(in, correlation, v);
        if (entry.time < time) in.refuse();
        time = entry.time;
        if (in.ok() && id != kNone) groups_.push(group(), ring, std::move(entry));
      }
      ++ring;
    }
    group().newest = newest;
    for (uint64_t k = in.count(); k > 0 && in.ok(); --k) {
      std::string keys(in.text());
      const int64_t at = in.integer();
      if (id != kNone) groups_.extra(group()).not_before.insert_or_assign(std::move(keys), at);
    }
    if (id == kNone || !in.ok()) continue;
    groups_.recount_extra(group());
    if (flags & 1) groups_.schedule(id, due, flags & 4 ? kAfter : kBefore, (flags & 2) != 0);
    else groups_.schedule(id, watched_[correlation]->windows.forgotten_at(now_), kBefore, false);
  }
  return in.ok();
}

// ---- the file

std::string Correlator::save() const {
  const State& s = *state_;
  StateWriter out;
  const std::vector<std::string> prints = fingerprints(s.plans);
  out.number(s.plans.own_rules);
  out.number(prints.size());
  for (const std::string& print : prints) out.text(print);
  out.number(s.plans.correlations.size());
  for (const Correlation& c : s.plans.correlations) {
    out.number(c.rule);
    out.number(c.variables.size());
    for (const JoinVariable& v : c.variables) out.number(static_cast<uint64_t>(v.kind));
  }
  for (const auto count : kCounts) out.number(s.counts.*count);
  out.number(s.counts.context_records);
  out.flag(s.queue.started());
  out.integer(s.queue.watermark());
  out.number(s.queue.size());
  s.queue.each([&](const Pending& p) { put(out, p); });
  s.watch.save(out);
  out.number(s.suppressor.ends().size());
  for (const auto& [key, end] : s.suppressor.ends()) {
    out.number(Suppressor::rule_of(key));
    out.text(Suppressor::key_of(key));
    out.integer(end);
  }
  std::string file = std::string(kMagic) + out.take();
  return file + sha256_hex(file);
}

Result<size_t> Correlator::restore(std::string_view state) {
  const auto refuse = [](const char* why) { return fail("engine.state", why); };
  if (state_->watch.groups() > 0 || !state_->queue.empty() || state_->queue.started() ||
      state_->counts.context_records > 0)
    return refuse("state can only be restored before anything else");
  if (!state.starts_with(kMagic.substr(0, 14))) return refuse("not a state file");
  if (!state.starts_with(kMagic)) return refuse("a state file of another version");
  if (state.size() < kMagic.size() + kChecksum) return refuse("the state file is cut short");
  const std::string_view body = state.substr(0, state.size() - kChecksum);
  if (sha256_hex(body) != state.substr(body.size())) return refuse("the state file is damaged");

  StateReader in(body.substr(kMagic.size()));
  auto made = std::make_unique<State>(state_->engine, state_->options, state_->sink);
  Known known{made->plans, {}, {}};
  StringMap<std::vector<uint32_t>> ours;
  const std::vector<std::string> prints = fingerprints(made->plans);
  for (uint32_t r = static_cast<uint32_t>(prints.size()); r-- > 0;) ours[prints[r]].push_back(r);
  size_t gone = 0;
  const uint64_t own = in.number();  // others only count for them
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const auto it = ours.find(in.text());
    if (it == ours.end() || it->second.empty()) {
      gone += known.rules.size() < own;
      known.rules.push_back(kNone);
      continue;
    }
    known.rules.push_back(it->second.back());
    it->second.pop_back();
  }
  StateShape shape;
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint32_t rule = known.number(in, known.rules);
    auto& kinds = shape.variables.emplace_back();
    for (uint64_t k = in.count(); k > 0 && in.ok(); --k) kinds.push_back(static_cast<Variable::Kind>(in.below(5)));
    uint32_t mine = kNone;
    for (uint32_t c = 0; c < made->plans.correlations.size() && rule != kNone; ++c)
      if (made->plans.correlations[c].rule == rule) mine = c;
    if (mine != kNone &&
        !std::ranges::equal(kinds, made->plans.correlations[mine].variables, {}, {}, &JoinVariable::kind))
      in.refuse();
    shape.correlations.push_back(mine);
  }
  known.correlations = shape.correlations;
  for (const auto count : kCounts) made->counts.*count = in.number();
  made->counts.context_records = in.number();
  const bool started = in.flag();
  const int64_t watermark = in.integer();
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) made->queue.restore(get_pending(in, known));
  if (started) made->queue.advance(watermark);
  if (!made->watch.restore(in, shape)) return refuse("the state file does not fit itself");
  for (uint64_t n = in.count(); n > 0 && in.ok(); --n) {
    const uint32_t rule = known.number(in, known.rules);
    const std::string_view key = in.text();
    const int64_t end = in.integer();
    if (in.ok() && rule != kNone) made->suppressor.restore(rule, key, end);
  }
  if (!in.done()) return refuse("the state file does not fit itself");
  state_ = std::move(made);
  return gone;
}

}  // namespace sekisho::engine
