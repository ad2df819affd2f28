// Takes the rows of each variable in a window, gives the joined rows. Entry: Joiner. Work is bounded: joined rows and
// failed tests by Limits::join_rows, rows passed by on the way by ten times that; what lies beyond is counted.
#include "engine/join.h"

#include <algorithm>

namespace sekisho::engine {
namespace {

constexpr uint64_t kStepsPerRow = 10;

}  // namespace

uint64_t join_hash(const Datum& value) { return digest_of(value).low; }

size_t Records::bytes() const {
  size_t out = rows.capacity() * sizeof(Record);
  for (const Record& r : rows) out += heap_block(r.row.size());
  for (const auto& index : indexes)
    if (index) out += index->bytes();
  return out;
}

JoinPlan::JoinPlan(const Correlation& c, const Program& program) : correlation(c) {
  for (uint32_t k = 0; k < c.classes.size(); ++k)
    for (const StoredAt& m : c.classes[k].members) members.push_back({k, m.variable, m.column});
  for (size_t k = 0; k < c.keys.size() && !c.keys_are_partition; ++k) {
    const Node& key = program.nodes[c.keys[k]];
    if (key.code != Code::stored || (c.variables[key.of].temporal() && key.index < c.partition)) continue;
    const auto is_key = [&](const JoinMember& m) { return m.variable == key.of && m.column == key.index; };
    const auto at = std::ranges::find_if(members, is_key) - members.begin();
    if (static_cast<size_t>(at) == members.size()) members.push_back({kNone, key.of, key.index});
    keys.push_back(static_cast<uint32_t>(at));
  }
  ring_of.assign(c.variables.size(), kNone);
  for (uint32_t v = 0; v < c.variables.size(); ++v) {
    if (c.variables[v].bounded) joined.push_back(v);
    if (!c.variables[v].temporal()) continue;
    ring_of[v] = static_cast<uint32_t>(temporal.size());
    temporal.push_back(v);
  }
  from.resize(c.variables.size());
  for (uint32_t start : joined) {
    std::vector<bool> bound(c.variables.size(), false), tested(c.relations.size(), false);
    const auto same_as_bound = [&](uint32_t v) {
      std::vector<JoinStep::Same> out;
      for (uint32_t m = 0; m < members.size(); ++m) {
        if (members[m].variable != v || members[m].class_ == kNone) continue;
        for (const StoredAt& other : c.classes[members[m].class_].members)
          if (bound[other.variable]) {
            out.push_back({m, other});
            break;
          }
      }
      return out;
    };
    for (size_t n = 0; n < joined.size(); ++n) {
      // The start; then whatever shares a value with what is there, events before records; then the rest.
      uint32_t next = start;
      int best = -1;
      for (uint32_t v : joined) {
        if (n == 0 || bound[v]) continue;
        const int rank = 2 * !same_as_bound(v).empty() + c.variables[v].temporal();
        if (rank > best) best = rank, next = v;
      }
      JoinStep step{.variable = next, .same = same_as_bound(next), .relations = {}};
      bound[next] = true;
      for (uint32_t r = 0; r < c.relations.size(); ++r) {
        const auto& reads = c.relations[r].variables;
        if (tested[r] || !std::all_of(reads.begin(), reads.end(), [&](uint32_t v) { return bound[v]; })) continue;
        tested[r] = true;
        step.relations.push_back(r);
      }
      from[start].push_back(std::move(step));
    }
  }
}

RowFrame::RowFrame(const Correlation& c) : rows_(c.variables.size()), times_(c.variables.size()) {
  for (const JoinVariable& v : c.variables) columns_.push_back(&v.columns);
}

void Joiner::begin(std::span<const Side> sides, Evaluation& evaluation) {
  sides_ = sides;
  evaluation_ = &evaluation;
  places_.assign(sides.size(), 0);
  for (uint32_t v = 0; v < sides.size(); ++v) frame_.clear(v);
  fixed_.clear();
  looked_at_ = steps_ = 0;
  cut_ = false;
}

void Joiner::fix_keys(std::span<const uint32_t> places) {
  fixed_.clear();
  for (uint32_t k : plan_.keys) {
    const JoinMember& m = plan_.members[k];
    const StoredColumn& as = plan_.correlation.variables[m.variable].columns[m.column];
    fixed_.push_back(sides_[m.variable].row(places[m.variable]).get(m.column, as));
  }
}

bool Joiner::has_fixed_keys(uint32_t variable) const {
  for (size_t k = 0; k < fixed_.size(); ++k) {
    const JoinMember& m = plan_.members[plan_.keys[k]];
    if (m.variable == variable && !equal(value({m.variable, m.column}), fixed_[k], false)) return false;
  }
  return true;
}

uint32_t Joiner::at_most(uint32_t variable) const {
  const Side& side = sides_[variable];
  uint32_t out = side.size();
  for (size_t k = 0; k < fixed_.size() && side.indexes != nullptr; ++k) {
    const RowIndex* index = (*side.indexes)[plan_.keys[k]].get();
    if (plan_.members[plan_.keys[k]].variable == variable && index != nullptr)
      out = std::min(out, index->count(join_hash(fixed_[k])));
  }
  return out;
}

Datum Joiner::value(StoredAt at) const {
  return frame_.row(at.variable)->get(at.column, plan_.correlation.variables[at.variable].columns[at.column]);
}

bool Joiner::spend() {
  if (++looked_at_ <= limit_) return true;
  cut_ = true;
  return false;
}

// The shortest chain of an index, or all rows of the side.
void Joiner::open(const JoinStep& step, Cursor& cursor) const {
  const Side& side = sides_[step.variable];
  cursor = {.at = side.first, .end = side.end, .chain = nullptr};
  if (side.indexes == nullptr) return;
  uint32_t shortest = side.size();
  const auto offer = [&](uint32_t member, const Datum& wanted) {
    const RowIndex* index = (*side.indexes)[member].get();
    if (index == nullptr) return;
    const uint64_t hash = join_hash(wanted);
    const uint32_t count = index->count(hash);
    if (cursor.chain != nullptr && count >= shortest) return;
    shortest = count;
    cursor = {.at = index->first(hash), .end = side.end, .chain = index};
  };
  for (const JoinStep::Same& same : step.same) offer(same.member, value(same.other));
  for (size_t k = 0; k < fixed_.size(); ++k)
    if (plan_.members[plan_.keys[k]].variable == step.variable) offer(plan_.keys[k], fixed_[k]);
}

bool Joiner::agrees(const JoinStep& step) const {
  for (const JoinStep::Same& same : step.same) {
    const JoinMember& m = plan_.members[same.member];
    if (!equal(value({m.variable, m.column}), value(same.other), false)) return false;
  }
  return true;
}

bool Joiner::advance(const JoinStep& step, Cursor& cursor) {
  const Side& side = sides_[step.variable];
  for (;;) {
    const uint32_t place = cursor.at;
    if (place >= cursor.end) return false;  // kNone too
    cursor.at = cursor.chain ? cursor.chain->next(place) : place + 1;
    if (place < side.first) continue;
    if (++steps_ > limit_ * kStepsPerRow) {
      cut_ = true;
      return false;
    }
    places_[step.variable] = place;
    frame_.set(step.variable, side, place);
    if (!agrees(step) || !has_fixed_keys(step.variable)) continue;
    bool holds = true;
    for (uint32_t r : step.relations) {
      holds = evaluation_->holds(plan_.correlation.relations[r].node, evaluation_->env().data(), &values_);
      if (!holds) break;
    }
    if (holds) return true;
    if (!spend()) return false;
  }
}

bool Joiner::valid() const {
  int64_t latest = INT64_MIN;
  for (uint32_t v : plan_.joined)
    if (sides_[v].ring) latest = std::max(latest, sides_[v].time(places_[v]));
  for (uint32_t v : plan_.joined) {
    if (sides_[v].ring) continue;
    const Record& record = sides_[v].records->rows[places_[v]];
    if (latest < record.from || latest >= record.until) return false;
  }
  return true;
}

void Joiner::run(uint32_t variable, const Cursor& first, const std::function<bool()>& found) {
  const std::vector<JoinStep>& steps = plan_.from[variable];
  values_ = frame_.values();
  cursors_.assign(steps.size(), {});
  cursors_[0] = first;
  size_t level = 0;
  for (;;) {
    if (!advance(steps[level], cursors_[level])) {
      if (cut_ || level == 0) break;
      --level;
      continue;
    }
    if (level + 1 < steps.size()) {
      ++level;
      open(steps[level], cursors_[level]);
      continue;
    }
    if (!spend() || (valid() && !found())) break;
  }
}

bool Joiner::any(uint32_t variable, uint32_t from, uint32_t to) {
  bool some = false;
  run(variable, {.at = from, .end = to, .chain = nullptr}, [&] {
    some = true;
    return false;
  });
  return some;
}

void Joiner::with(uint32_t variable, uint32_t from, uint32_t to, const std::function<bool()>& keep, JoinedRows& out) {
  out.width = sides_.size();
  run(variable, {.at = from, .end = to, .chain = nullptr}, [&] {
    if (keep()) out.places.insert(out.places.end(), places_.begin(), places_.end());
    return true;
  });
}

void Joiner::all(const std::function<bool()>& keep, JoinedRows& out) {
  // From the smallest side, so that the others are only looked up.
  uint32_t start = plan_.joined[0];
  for (uint32_t v : plan_.joined)
    if (at_most(v) < at_most(start)) start = v;
  out.places.clear();
  out.not_looked_at = 0;
  out.width = sides_.size();
  looked_at_ = steps_ = 0;
  cut_ = false;
  Cursor first;
  open(plan_.from[start][0], first);
  run(start, first, [&] {
    if (keep()) out.places.insert(out.places.end(), places_.begin(), places_.end());
    return true;
  });
  const size_t width = out.width;
  std::vector<uint32_t> order(out.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto before = [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(out[a].begin(), out[a].end(), out[b].begin(), out[b].end());
  };
  if (!std::is_sorted(order.begin(), order.end(), before)) {
    std::sort(order.begin(), order.end(), before);
    std::vector<uint32_t> sorted;
    sorted.reserve(out.places.size());
    for (uint32_t i : order) sorted.insert(sorted.end(), out[i].begin(), out[i].end());
    out.places = std::move(sorted);
  }
  out.width = width;
  if (!cut_) return;
  uint64_t combinations = 1;
  for (uint32_t v : plan_.joined)
    if (__builtin_mul_overflow(combinations, uint64_t{sides_[v].size()}, &combinations)) combinations = UINT64_MAX;
  out.not_looked_at = combinations - std::min<uint64_t>(combinations, looked_at_);
}

std::vector<uint32_t> Joiner::partners(uint32_t variable, const JoinedRows& joined) {
  const Correlation& c = plan_.correlation;
  const Side& side = sides_[variable];
  JoinStep step{.variable = variable, .same = {}, .relations = {}};
  for (uint32_t m = 0; m < plan_.members.size(); ++m) {
    if (plan_.members[m].variable != variable || plan_.members[m].class_ == kNone) continue;
    for (const StoredAt& other : c.classes[plan_.members[m].class_].members)
      if (c.variables[other.variable].bounded) {
        step.same.push_back({m, other});
        break;
      }
  }
  std::vector<uint32_t> relations;
  for (uint32_t r = 0; r < c.relations.size(); ++r)
    if (std::ranges::find(c.relations[r].variables, variable) != c.relations[r].variables.end()) relations.push_back(r);
  std::vector<uint32_t> out;
  values_ = frame_.values();
  if (step.same.empty() && relations.empty()) {
    for (uint32_t p = side.first; p < side.end && joined.size() > 0; ++p) out.push_back(p);
    return out;
  }
  // Joined rows by the values they share with the variable.
  const auto load = [&](uint32_t i) {
    for (uint32_t v : plan_.joined) frame_.set(v, sides_[v], joined[i][v]);
  };
  std::string key;
  std::unordered_map<uint64_t, std::vector<uint32_t>> rows;
  for (uint32_t i = 0; i < joined.size(); ++i) {
    load(i);
    key.clear();
    for (const JoinStep::Same& same : step.same) append_key_value(value(same.other), key);
    rows[keyed_hash(key).low].push_back(i);
  }
  looked_at_ = 0;
  for (uint32_t p = side.first; p < side.end; ++p) {
    frame_.set(variable, side, p);
    key.clear();
    for (const JoinStep::Same& same : step.same)
      append_key_value(value({variable, plan_.members[same.member].column}), key);
    const auto found = rows.find(keyed_hash(key).low);
    if (found == rows.end()) continue;
    for (uint32_t i : found->second) {
      load(i);
      const bool goes = agrees(step) && std::ranges::all_of(relations, [&](uint32_t r) {
                          return evaluation_->holds(c.relations[r].node, evaluation_->env().data(), &values_);
                        });
      if (goes) {
        out.push_back(p);
        break;
      }
      if (!spend()) break;
    }
  }
  frame_.clear(variable);
  return out;
}

}  // namespace sekisho::engine
