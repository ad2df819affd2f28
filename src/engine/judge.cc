// Takes the joined rows of a group in a window, gives the Detection that its rule makes of them, or nothing. Entries:
// Judge::run(), Judge::holds(). What the condition reads comes first; the rest is worked out only where it holds.
#include "engine/judge.h"

#include <algorithm>

#include "engine/windows.h"

namespace sekisho::engine {
namespace {

constexpr size_t kEvents = 10;  // of each variable, in a Detection

}  // namespace

Judge::Judge(const Plans& plans, const JoinPlan& plan)
    : c_(plan.correlation),
      rule_(plans.rules[c_.rule]),
      program_(*plans.joined),
      plan_(plan),
      frame_(c_),
      aggregates_(c_.aggregates.size()),
      outcomes_(c_.outcomes.size()),
      placeholder_counts_(c_.placeholders.size()),
      event_counts_(c_.variables.size()) {
  find_needed(plans);
}

void Judge::find_needed(const Plans& plans) {
  needed_aggregates_.assign(c_.aggregates.size(), false);
  needed_outcomes_.assign(c_.outcomes.size(), false);
  std::vector<bool> placeholders(c_.placeholders.size(), false);
  bool reads_rows = false;
  std::vector<NodeId> open;
  if (c_.condition != kNone) open.push_back(c_.condition);
  std::vector<bool> seen(program_.nodes.size(), false);
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (seen[id]) continue;
    seen[id] = true;
    const Node& n = program_.nodes[id];
    if (n.code == Code::aggregate) needed_aggregates_[n.index] = true;
    if (n.code == Code::placeholder_count) placeholders[n.index] = true;
    if (n.code == Code::stored || n.code == Code::stored_time) reads_rows = true;
    if (n.code == Code::outcome) {
      needed_outcomes_[n.index] = true;
      open.push_back(c_.outcomes[n.index]);
    }
    for (NodeId arg : program_.operands(n)) open.push_back(arg);
  }
  countable_ = !plan_.several() && !reads_rows && c_.keys_are_partition && plans.rules[c_.rule].match.has_value();
  for (uint32_t a = 0; a < c_.aggregates.size(); ++a) {
    if (!needed_aggregates_[a]) continue;
    counted_.push_back({false, a});
    countable_ = countable_ && Counter::can(c_.aggregates[a].kind);
  }
  for (uint32_t p = 0; p < placeholders.size(); ++p)
    if (placeholders[p]) counted_.push_back({true, p});
}

AggregateKind Judge::kind_of(const JoinAggregate& a) const {
  return {.kind = a.kind, .type = a.type, .percentage = a.percentage, .skip_zeros = a.skip_zeros};
}

// ---- rows

void Judge::load(const Evidence& evidence, size_t i) {
  if (evidence.joined == nullptr) {
    frame_.set(0, evidence.sides[0], evidence.sides[0].first + static_cast<uint32_t>(i));
    return;
  }
  const auto row = (*evidence.joined)[i];
  for (uint32_t v : plan_.joined) frame_.set(v, evidence.sides[v], row[v]);
}

// Outcomes outside aggregates read the first joined row; of an unbounded variable the first of its rows, if there is
// one.
void Judge::load_first(const Evidence& evidence) {
  load(evidence, 0);
  for (uint32_t v = 0; v < c_.variables.size(); ++v) {
    if (c_.variables[v].bounded) continue;
    frame_.clear(v);
    if (!evidence.partners[v].empty()) frame_.set(v, evidence.sides[v], evidence.partners[v][0]);
  }
}

// Every joined row; where only an unbounded variable is read, every row of that.
template <class Visit>
void Judge::each_row(const Evidence& evidence, uint32_t only, Visit visit) {
  if (only != kNone && !c_.variables[only].bounded) {
    for (uint32_t place : evidence.partners[only]) {
      frame_.set(only, evidence.sides[only], place);
      if (!visit()) return;
    }
    return;
  }
  for (size_t i = 0; i < evidence.size(); ++i) {
    load(evidence, i);
    if (!visit()) return;
  }
}

template <class Take>
bool Judge::each_value(NodeId node_id, StoredAt many, Evaluation& evaluation, Take take) {
  if (many.variable != kNone) {
    const StoredRow* row = frame_.row(many.variable);
    if (row == nullptr) return true;
    const StoredColumn& as = c_.variables[many.variable].columns[many.column];
    const size_t n = row->count(many.column);
    for (size_t i = 0; i < n; ++i)
      if (!take(row->item(many.column, as, i))) return false;
    return true;
  }
  if (node_id == kNone) return take(Datum::integer(0));
  const Node& node = program_.nodes[node_id];
  if (node.code == Code::stored && frame_.row(node.of) != nullptr)
    return take(frame_.row(node.of)->get(node.index, c_.variables[node.of].columns[node.index]));
  const MatchValues values = frame_.values();
  return take(evaluation.at(node_id, evaluation.env().data(), &values));
}

// ---- values

Datum Judge::aggregate(const Evidence& evidence, uint32_t index, Evaluation& evaluation) {
  const JoinAggregate& a = c_.aggregates[index];
  Collector collector(kind_of(a));
  const bool pairs = a.text != kNone || a.text_many.variable != kNone;
  each_row(evidence, a.only, [&] {
    return each_value(a.arg, a.many, evaluation, [&](const Datum& v) {
      if (!pairs) {
        collector.take(v);
        return !collector.full();
      }
      return each_value(a.text, a.text_many, evaluation, [&](const Datum& text) {
        collector.take(v, text);
        return true;
      });
    });
  });
  return collector.result(evaluation.arena());
}

int64_t Judge::placeholder(const Evidence& evidence, uint32_t index, bool all, Evaluation& evaluation,
                           std::vector<Value>* values) {
  const NodeId node = c_.placeholders[index];
  if (node == kNone) return 0;
  DistinctCounts seen;
  const MatchValues match = frame_.values();
  each_row(evidence, c_.placeholder_of[index], [&] {
    const Datum v = evaluation.at(node, evaluation.env().data(), &match);
    if (seen.add(digest_of(v)) && values != nullptr && values->size() < kArray) values->push_back(Value::of(v));
    return all || seen.size() < kArray;
  });
  return static_cast<int64_t>(seen.size());
}

MatchValues Judge::known() const {
  MatchValues out = frame_.values();
  out.aggregates = aggregates_;
  out.outcomes = outcomes_;
  out.placeholder_counts = placeholder_counts_;
  out.event_counts = event_counts_;
  return out;
}

Datum Judge::outcome(uint32_t index, Evaluation& evaluation, const MatchValues& match) const {
  const Datum v = evaluation.at(c_.outcomes[index], evaluation.env().data(), &match);
  return v.type() == Type::integer && rule_.outcomes[index].type == Type::real ? Datum::real(v.as_real()) : v;
}

// The places of a variable's rows that take part, ascending.
std::vector<uint32_t> Judge::places(const Evidence& evidence, uint32_t variable) const {
  const Side& side = evidence.sides[variable];
  std::vector<uint32_t> out;
  if (!c_.variables[variable].bounded) return evidence.partners[variable];
  if (evidence.joined == nullptr) {
    out.reserve(side.size());
    for (uint32_t p = side.first; p < side.end; ++p) out.push_back(p);
    return out;
  }
  std::vector<bool> used(side.size(), false);
  for (size_t i = 0; i < evidence.joined->size(); ++i) used[(*evidence.joined)[i][variable] - side.first] = true;
  for (uint32_t p = 0; p < used.size(); ++p)
    if (used[p]) out.push_back(side.first + p);
  return out;
}

// ---- judging

bool Judge::run(const Evidence& evidence, Evaluation& evaluation, Detection& out) {
  std::vector<std::vector<uint32_t>> taking_part(c_.variables.size());
  for (uint32_t v = 0; v < c_.variables.size(); ++v) {
    taking_part[v] = places(evidence, v);
    const Side& side = evidence.sides[v];
    int64_t events = 0;
    for (size_t i = 0; i < taking_part[v].size(); ++i)
      events += i == 0 || side.event(taking_part[v][i]) != side.event(taking_part[v][i - 1]);
    event_counts_[v] = events;
  }
  std::ranges::fill(aggregates_, Datum());
  std::ranges::fill(outcomes_, Datum());
  for (uint32_t p = 0; p < c_.placeholders.size() && c_.counts_placeholders; ++p)
    placeholder_counts_[p] = Datum::integer(placeholder(evidence, p, true, evaluation, nullptr));
  // Twice over the outcomes in their order: those that the condition reads, then the others.
  for (const bool wanted : {true, false}) {
    size_t done = 0;
    for (uint32_t o = 0; o < c_.outcomes.size(); ++o) {
      for (; done < c_.aggregates_before[o]; ++done)
        if (needed_aggregates_[done] == wanted)
          aggregates_[done] = aggregate(evidence, static_cast<uint32_t>(done), evaluation);
      if (needed_outcomes_[o] != wanted) continue;
      load_first(evidence);
      const MatchValues match = known();
      outcomes_[o] = outcome(o, evaluation, match);
    }
    if (!wanted) break;
    load_first(evidence);
    const MatchValues match = known();
    const bool holds = c_.condition == kNone ? std::ranges::all_of(event_counts_, [](int64_t n) { return n > 0; })
                                             : evaluation.holds(c_.condition, evaluation.env().data(), &match);
    if (!holds) return false;
  }
  for (uint32_t o = 0; o < c_.outcomes.size(); ++o)
    out.outcomes.emplace_back(rule_.outcomes[o].name, Value::of(outcomes_[o]));
  for (uint32_t p = 0; p < c_.placeholders.size(); ++p) {
    std::vector<Value> values;
    placeholder(evidence, p, false, evaluation, &values);
    out.placeholders.emplace_back(rule_.placeholders[p].name, std::move(values));
  }
  for (uint32_t v = 0; v < c_.variables.size(); ++v) {
    const Side& side = evidence.sides[v];
    if (side.ring == nullptr) continue;
    out.event_count += static_cast<uint64_t>(event_counts_[v]);
    size_t shown = 0;
    const RowEntry* before = nullptr;
    for (uint32_t place : taking_part[v]) {
      const RowEntry& entry = (*side.ring)[place];
      if (before != nullptr && before->event == entry.event) continue;
      before = &entry;
      if (c_.variables[v].kind == Variable::Kind::detection)
        out.depth = std::max(out.depth, static_cast<uint32_t>(entry.event % RowEntry::kDepths) + 1);
      else if (shown >= kEvents) break;
      if (shown++ >= kEvents) continue;
      DetectionEvent& event = out.events.emplace_back(v, timestamp(entry.time), entry.ref);
      if (const uint32_t text = c_.variables[v].text; text != kNone)
        event.text = std::make_shared<const std::string>(entry.row.get(text, c_.variables[v].columns[text]).as_text());
    }
  }
  out.matched_rows = evidence.size();
  out.rows_not_looked_at = evidence.joined ? evidence.joined->not_looked_at : 0;
  return true;
}

std::vector<Value> Judge::keys(const Evidence& evidence, size_t i, Evaluation& evaluation) {
  load(evidence, i);
  const MatchValues match = frame_.values();
  std::vector<Value> out;
  for (NodeId node : c_.keys) out.push_back(Value::of(evaluation.at(node, evaluation.env().data(), &match)));
  return out;
}

void Judge::append_keys(const RowFrame& frame, Evaluation& evaluation, std::string& out) const {
  const MatchValues match = frame.values();
  for (NodeId node : c_.keys) append_key_value(evaluation.at(node, evaluation.env().data(), &match), out);
}

// ---- counters

std::vector<Counter> Judge::counters() const {
  std::vector<Counter> out;
  for (const Counted& counted : counted_)
    out.emplace_back(counted.placeholder ? AggregateKind{.kind = Aggregate::count_distinct, .type = Type::text}
                                         : kind_of(c_.aggregates[counted.index]));
  return out;
}

void Judge::count(std::vector<Counter>& counters, const Side& side, uint32_t place, Evaluation& evaluation) {
  frame_.set(0, side, place);
  std::vector<Datum> several;
  for (size_t i = 0; i < counted_.size(); ++i) {
    const auto index = counted_[i].index;
    if (counted_[i].placeholder) {
      const MatchValues match = frame_.values();
      const Datum v = evaluation.at(c_.placeholders[index], evaluation.env().data(), &match);
      counters[i].push({&v, 1});
      continue;
    }
    several.clear();
    const JoinAggregate& a = c_.aggregates[index];
    each_value(a.arg, a.many, evaluation, [&](const Datum& v) {
      several.push_back(v);
      return true;
    });
    counters[i].push(several);
  }
}

bool Judge::holds(const std::vector<Counter>& counters, uint32_t events, Evaluation& evaluation) {
  event_counts_[0] = events;
  for (size_t i = 0; i < counted_.size(); ++i)
    (counted_[i].placeholder ? placeholder_counts_ : aggregates_)[counted_[i].index] = counters[i].result();
  const MatchValues match = known();
  for (uint32_t o = 0; o < c_.outcomes.size(); ++o)
    if (needed_outcomes_[o]) outcomes_[o] = outcome(o, evaluation, match);
  if (c_.condition == kNone) return events > 0;
  return evaluation.holds(c_.condition, evaluation.env().data(), &match);
}

bool Judge::passes_gates(std::span<const Side> sides, const std::vector<Counter>* counters) const {
  for (const Gate& gate : c_.gates) {
    double most = 0;
    if (gate.of == Gate::Of::events) {
      const Side& side = sides[gate.index];
      // Of a whole ring the events are known; of a part of it there are no more than rows.
      most = side.ring && side.size() == side.ring->size() ? side.ring->events() : side.size();
    } else {
      size_t at = 0;
      const bool placeholder = gate.of == Gate::Of::placeholder;
      while (at < counted_.size() && (counted_[at].placeholder != placeholder || counted_[at].index != gate.index))
        ++at;
      if (counters != nullptr && at < counted_.size()) {
        most = (*counters)[at].result().as_real();
      } else {
        // Without counters only this is known: one value a row.
        if (plan_.several()) continue;
        const JoinAggregate* a = placeholder ? nullptr : &c_.aggregates[gate.index];
        if (a && (a->many.variable != kNone || (a->kind != Aggregate::count && a->kind != Aggregate::count_distinct)))
          continue;
        most = sides[0].size();
      }
    }
    if (gate.more ? !(most > gate.least) : !(most >= gate.least)) return false;
  }
  return true;
}

}  // namespace sekisho::engine
