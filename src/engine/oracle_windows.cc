// Takes rules, entity records and events as they arrive, gives the detections in their order: by brute force over
// combinations of rows and over windows. Entry: oracle_hunt(). Refuses nothing.
#include <algorithm>
#include <deque>

#include "engine/oracle_parts.h"
#include "event/json.h"

namespace sekisho::engine {
namespace {

using WindowKind = Match::Window;
using Nanos = int64_t;
constexpr Nanos kSecond = 1'000'000'000;
constexpr uint32_t kDepth = 5;  // detections made from detections made from …

Nanos nanos(Timestamp t) { return t.seconds * kSecond + t.nanos; }
Nanos floor_div(Nanos a, Nanos b) { return a / b - (a % b < 0); }
Timestamp timestamp(Nanos t) {
  const Nanos seconds = floor_div(t, kSecond);
  return {seconds, static_cast<int32_t>(t - seconds * kSecond)};
}

using Keys = std::vector<Value>;
int order_values(const Value& a, const Value& b) {
  if (a.type == Type::text && b.type == Type::text) return a.text.compare(b.text);
  if (a.type == Type::integer && b.type == Type::integer) return a.integer < b.integer ? -1 : a.integer > b.integer;
  return a.as_real() < b.as_real() ? -1 : a.as_real() > b.as_real();
}
struct KeysLess {
  bool operator()(const Keys& a, const Keys& b) const {
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (const int by = order_values(a[i], b[i]); by != 0) return by < 0;
    return a.size() < b.size();
  }
};

// Rows that go together, each told by its place among the rows of its variable.
struct JoinedRow {
  OracleJoin rows;
  std::vector<size_t> places;
  Keys keys;
  Nanos first = INT64_MAX, last = INT64_MIN;  // of its events
  bool operator<(const JoinedRow& other) const { return places < other.places; }
};

// What is judged when time has passed `end`, or at once.
struct Stretch {
  Nanos start, end;
  bool without_start = false, without_end = false;  // an event at that very time is not in it
  bool holds(Nanos t) const { return (without_start ? t > start : t >= start) && (without_end ? t < end : t <= end); }
};

struct RuleState {
  explicit RuleState(const Rule& rule, const ReferenceLists& lists) : plan(rule), walk(rule, lists) {
    rows.resize(rule.variables.size());
    monotone = oracle_monotone(rule);
  }
  const Rule& plan;
  OracleRule walk;
  bool monotone;
  std::vector<std::deque<OracleRow>> rows;  // by variable
  std::vector<JoinedRow> joined;
  std::map<Keys, Nanos, KeysLess> fired_until;  // the end of the last window that fired
  std::set<std::pair<Nanos, Keys>, decltype([](const auto& a, const auto& b) {
             return a.first != b.first ? a.first < b.first : KeysLess()(a.second, b.second);
           })>
      given;  // windows of suppression

  bool temporal(uint32_t v) const { return walk.temporal(v); }
  WindowKind window() const { return plan.match->window; }
  Nanos length() const { return plan.match->seconds * kSecond; }
  bool pivoted() const { return window() == WindowKind::before || window() == WindowKind::after; }
  // before waits for its pivot's time to pass, whatever the condition.
  bool on_arrival() const { return monotone && window() != WindowKind::before; }
  Nanos step() const {
    if (window() == WindowKind::hop) return std::max<int64_t>(plan.match->seconds / 10, 1) * kSecond;
    return window() == WindowKind::tumbling ? length() : 0;
  }
};

class Hunt {
 public:
  Hunt(const std::vector<Rule>& rules, const ReferenceLists& lists, std::span<const event::Event> context) {
    for (const Rule& rule : rules) rules_.emplace_back(rule, lists);
    for (const event::Event& record : context) {
      OracleSource& source = sources_.emplace_back();
      source.kind = Variable::Kind::graph;
      source.message = &record.root();
      const event::Message* interval = nullptr;
      if (const event::Message* metadata = record.root().get("metadata").as_message())
        interval = metadata->get("interval").as_message();
      if (interval != nullptr) {
        source.from = time_at(interval, "start_time");
        source.until = time_at(interval, "end_time");
      }
      for (RuleState& rule : rules_)
        for (uint32_t v = 0; v < rule.rows.size(); ++v)
          if (rule.plan.variables[v].kind == Variable::Kind::graph) add_rows(rule, v, source);
    }
    for (RuleState& rule : rules_)
      for (uint32_t v = 0; v < rule.rows.size(); ++v)
        if (rule.plan.variables[v].kind == Variable::Kind::table) add_table(rule, v, lists);
  }

  std::vector<Detection> run(std::span<const OracleEvent> events, int64_t lateness) {
    std::vector<OracleSource*> in_time;
    for (RuleState& rule : rules_) rule.walk.remember(in_time);
    Nanos greatest = INT64_MIN;
    for (const OracleEvent& event : events) {
      OracleSource* source = read(event);
      if (source == nullptr || !gives(*source)) continue;
      const bool late = source->timed && greatest != INT64_MIN && nanos(source->time) < greatest - lateness * kSecond;
      if (source->timed && !late) in_time.push_back(source);
      else apart(*source);
      if (source->timed) greatest = std::max(greatest, nanos(source->time));
    }
    std::stable_sort(in_time.begin(), in_time.end(), [](const OracleSource* a, const OracleSource* b) {
      return std::tie(a->time, a->hash) < std::tie(b->time, b->hash);
    });
    for (OracleSource* source : in_time) {
      pass(nanos(source->time));
      arrive(*source);
    }
    pass(INT64_MAX);
    return std::move(out_);
  }

 private:
  static std::optional<Timestamp> time_at(const event::Message* parent, std::string_view field) {
    const event::Message* time = parent ? parent->get(field).as_message() : nullptr;
    if (time == nullptr) return std::nullopt;
    return Timestamp{time->get("seconds").as_int(), static_cast<int32_t>(time->get("nanos").as_int())};
  }

  OracleSource* read(const OracleEvent& from) {
    OracleSource& source = sources_.emplace_back();
    source.hash = from.hash;
    source.bytes = from.text;
    source.ref = from.ref;
    if (from.reading == Reading::raw) {
      event::JsonLine line;
      const auto root = line.parse(from.text, false);
      if (!root) return nullptr;
      source.kind = Variable::Kind::raw;
      source.json = oracle_json(*root);
      source.timed = from.time.has_value();
      source.time = from.time.value_or(Timestamp());
      return &source;
    }
    auto event = event::read_json(from.text);
    if (!event) return nullptr;
    source.event.emplace(*std::move(event));
    source.message = &source.event->root();
    const auto time = time_at(source.message->get("metadata").as_message(), "event_timestamp");
    source.timed = time.has_value();
    source.time = time.value_or(Timestamp());
    return &source;
  }

  size_t add_rows(RuleState& rule, uint32_t v, const OracleSource& source) {
    size_t added = 0;
    for (OracleRow& row : rule.walk.rows(v, source)) {
      rule.rows[v].push_back(std::move(row));
      ++added;
    }
    return added;
  }

  // Row i of a data table: what stands at place i of each of its columns.
  void add_table(RuleState& rule, uint32_t v, const ReferenceLists& lists) {
    const std::string prefix = rule.plan.variables[v].name + ".";
    std::vector<OracleJson> rows;
    for (const auto& [name, values] : lists) {
      if (!name.starts_with(prefix)) continue;
      rows.resize(std::max(rows.size(), values.size()));
      for (size_t i = 0; i < values.size(); ++i) {
        rows[i].kind = OracleJson::Kind::object;
        rows[i].names.push_back(name.substr(prefix.size()));
        rows[i].items.push_back({OracleJson::Kind::scalar, values[i], {}, {}});
      }
    }
    for (OracleJson& row : rows) {
      OracleSource& source = sources_.emplace_back();
      source.kind = Variable::Kind::table;
      source.json = std::move(row);
      add_rows(rule, v, source);
    }
  }

  static bool alone(const Rule& rule) {
    const Variable::Kind kind = rule.variables[0].kind;
    return !rule.match && rule.measures.empty() && rule.variables.size() == 1 && kind != Variable::Kind::graph &&
           kind != Variable::Kind::table;
  }

  // Whether the event gives a row to correlate or a detection: others are as if they had not been.
  bool gives(const OracleSource& source) {
    for (RuleState& rule : rules_) {
      if (rule.walk.counts(source)) return true;
      for (uint32_t v = 0; v < rule.rows.size(); ++v) {
        if (rule.plan.variables[v].kind != source.kind) continue;
        if (alone(rule.plan) ? judge_alone(rule, source).has_value() : !rule.walk.rows(v, source).empty()) return true;
      }
    }
    return false;
  }

  std::optional<OracleDetection> judge_alone(RuleState& rule, const OracleSource& source) {
    if (rule.plan.variables[0].kind != source.kind) return std::nullopt;
    const std::vector<OracleRow> rows = rule.walk.rows(0, source);
    if (rows.empty()) return std::nullopt;
    OracleGroup group;
    for (const OracleRow& row : rows) group.joined.push_back({&row});
    OracleDetection d;
    d.rule = number(rule);
    d.time = source.time;
    if (!rule.walk.judge(group, d)) return std::nullopt;
    if (source.kind == Variable::Kind::detection) d.depth = source.depth + 1;
    return d;
  }

  uint32_t number(const RuleState& rule) const {
    for (uint32_t i = 0; i < rules_.size(); ++i)
      if (&rules_[i] == &rule) return i;
    return 0;
  }

  // An event that takes no part in correlation.
  void apart(const OracleSource& source) {
    for (RuleState& rule : rules_)
      if (alone(rule.plan))
        if (auto d = judge_alone(rule, source); d && !rule.plan.silent) out_.push_back(*std::move(d));
  }

  void arrive(const OracleSource& source) {
    std::vector<OracleDetection> found;
    for (RuleState& rule : rules_) {
      if (alone(rule.plan)) {
        if (auto d = judge_alone(rule, source)) found.push_back(*std::move(d));
        continue;
      }
      std::vector<size_t> before;
      bool adds = false;
      for (uint32_t v = 0; v < rule.rows.size(); ++v) {
        before.push_back(rule.rows[v].size());
        if (rule.plan.variables[v].kind == source.kind && add_rows(rule, v, source) > 0) {
          adds = true;
          if (rule.plan.match && !rule.on_arrival()) plan_windows(rule, v, source);
        }
      }
      if (!adds) continue;
      std::vector<JoinedRow> fresh;
      JoinedRow row;
      combine(rule, before, false, row, fresh);
      std::sort(fresh.begin(), fresh.end());
      rule.joined.insert(rule.joined.end(), fresh.begin(), fresh.end());
      if (!rule.plan.match) judge_event(rule, source, fresh, found);
      else if (rule.on_arrival()) judge_arrival(rule, nanos(source.time), fresh, found);
    }
    give(std::move(found));
  }

  // Every combination of rows in which the newest event takes part; `before`: how many rows each variable had.
  void combine(RuleState& rule, const std::vector<size_t>& before, bool newest, JoinedRow& row,
               std::vector<JoinedRow>& out) {
    const auto v = static_cast<uint32_t>(row.rows.size());
    if (v == rule.rows.size()) {
      if (newest && valid(rule, row) && rule.walk.holds(row.rows)) {
        out.push_back(row);
        for (const auto& key : rule.walk.keys(row.rows)) out.back().keys.push_back(key.value_or(Value()));
      }
      return;
    }
    const JoinedRow saved = row;
    if (!rule.walk.bounded(v)) {
      row.rows.push_back(nullptr);
      row.places.push_back(0);
      combine(rule, before, newest, row, out);
      row = saved;
      return;
    }
    for (size_t i = 0; i < rule.rows[v].size(); ++i) {
      const OracleRow& from = rule.rows[v][i];
      row.rows.push_back(&from);
      row.places.push_back(i);
      if (rule.temporal(v)) {
        row.first = std::min(row.first, nanos(from.source->time));
        row.last = std::max(row.last, nanos(from.source->time));
      }
      if (!rule.plan.match || row.first == INT64_MAX || row.last - row.first <= rule.length())
        combine(rule, before, newest || (rule.temporal(v) && i >= before[v]), row, out);
      row = saved;
    }
  }

  static bool valid(const RuleState& rule, const JoinedRow& row) {
    for (uint32_t v = 0; v < row.rows.size(); ++v) {
      if (rule.plan.variables[v].kind != Variable::Kind::graph) continue;
      const OracleSource& record = *row.rows[v]->source;
      if ((record.from && nanos(*record.from) > row.last) || (record.until && nanos(*record.until) <= row.last))
        return false;
    }
    return true;
  }

  // A rule without a window: the joined rows of one event.
  void judge_event(RuleState& rule, const OracleSource& source, const std::vector<JoinedRow>& joined,
                   std::vector<OracleDetection>& found) {
    OracleGroup group;
    for (const JoinedRow& row : joined)
      if (std::ranges::any_of(row.rows, [&](const OracleRow* r) { return r->source == &source; }))
        group.joined.push_back(row.rows);
    OracleDetection d;
    d.rule = number(rule);
    d.time = source.time;
    if (group.joined.empty() || !rule.walk.judge(group, d)) return;
    d.depth = depth_of(rule, group);
    found.push_back(std::move(d));
  }

  void judge_arrival(RuleState& rule, Nanos t, const std::vector<JoinedRow>& fresh,
                     std::vector<OracleDetection>& found) {
    std::set<Keys, KeysLess> done;
    for (const JoinedRow& row : fresh) {
      Stretch stretch{t - rule.length(), t, true};
      if (rule.window() == WindowKind::tumbling) stretch = {floor_div(t, rule.length()) * rule.length(), t};
      if (rule.window() == WindowKind::after) {
        const auto start = first_pivot(rule, row.keys, t);
        if (!start) continue;
        stretch = {*start, t};
      }
      if (!stretch.holds(row.first) || !done.insert(row.keys).second) continue;
      judge(rule, row.keys, stretch, timestamp(t), found);
    }
  }

  // The earliest event of the pivot in the joined rows of these keys, at most one length before t.
  std::optional<Nanos> first_pivot(const RuleState& rule, const Keys& keys, Nanos t) {
    std::optional<Nanos> first;
    for (const JoinedRow& row : rule.joined) {
      if (row.first < t - rule.length() || !order_keys(row.keys, keys)) continue;
      const Nanos pivot = nanos(row.rows[rule.plan.match->pivot]->source->time);
      if (!first || pivot < *first) first = pivot;
    }
    return first;
  }

  // The windows of a grid, or of a pivot, in which a row stands.
  void plan_windows(RuleState& rule, uint32_t v, const OracleSource& source) {
    const Nanos t = nanos(source.time), length = rule.length(), step = rule.step();
    const auto plan = [&](Nanos start, Nanos end, bool without_end) {
      due_[{end, !without_end}].insert({number(rule), start});
    };
    if (rule.pivoted()) {
      if (v != rule.plan.match->pivot) return;
      if (rule.window() == WindowKind::before) plan(t - length, t, false);
      else plan(t, t + length, false);
    } else if (rule.walk.bounded(v)) {
      for (Nanos start = floor_div(t, step) * step; start > t - length; start -= step)
        plan(start, start + length, true);
    }
  }

  // Judges what ends before an event at `t`; ends that exclude their own time come before the events of that time.
  void pass(Nanos t) {
    while (!due_.empty()) {
      const auto [end, inclusive] = due_.begin()->first;
      if (t != INT64_MAX && (inclusive ? end >= t : end > t)) return;
      const auto windows = std::move(due_.begin()->second);
      due_.erase(due_.begin());
      std::vector<OracleDetection> found;
      for (const auto& [r, start] : windows) judge_window(rules_[r], {start, end, false, !inclusive}, found);
      give(std::move(found));
    }
  }

  void judge_window(RuleState& rule, Stretch stretch, std::vector<OracleDetection>& found) {
    std::set<Keys, KeysLess> done;
    const Nanos pivot_time = rule.window() == WindowKind::before ? stretch.end : stretch.start;
    for (const JoinedRow& row : rule.joined) {
      if (!stretch.holds(row.first) || !stretch.holds(row.last)) continue;
      if (rule.pivoted()) {
        const OracleRow* pivot = row.rows[rule.plan.match->pivot];
        if (pivot == nullptr || nanos(pivot->source->time) != pivot_time) continue;
      }
      if (done.insert(row.keys).second) judge(rule, row.keys, stretch, timestamp(stretch.end), found);
    }
  }

  void judge(RuleState& rule, const Keys& keys, Stretch stretch, Timestamp time, std::vector<OracleDetection>& found) {
    const auto fired = rule.fired_until.find(keys);
    if (fired != rule.fired_until.end() && stretch.start < fired->second) return;
    OracleGroup group;
    std::vector<JoinedRow> joined;
    for (const JoinedRow& row : rule.joined)
      if (order_keys(row.keys, keys) && stretch.holds(row.first) && stretch.holds(row.last)) joined.push_back(row);
    std::sort(joined.begin(), joined.end());
    for (const JoinedRow& row : joined) group.joined.push_back(row.rows);
    group.unjoined.resize(rule.rows.size());
    for (uint32_t v = 0; v < rule.rows.size(); ++v) {
      if (rule.walk.bounded(v)) continue;
      for (const OracleRow& row : rule.rows[v]) {
        const auto goes_with = [&](OracleJoin join) {
          join[v] = &row;
          return rule.walk.holds(join);
        };
        if (stretch.holds(nanos(row.source->time)) && std::ranges::any_of(group.joined, goes_with))
          group.unjoined[v].push_back(&row);
      }
    }
    OracleDetection d;
    d.rule = number(rule);
    d.time = time;
    if (!rule.walk.judge(group, d)) return;
    d.window = Window{rule.window(), timestamp(stretch.start), timestamp(stretch.end), 0};
    if (!rule.monotone) d.window->step = rule.step() / kSecond;
    for (size_t k = 0; k < keys.size(); ++k)
      d.keys.emplace_back(rule.plan.placeholders[rule.plan.match->keys[k]].name, keys[k]);
    d.depth = depth_of(rule, group);
    // A tumbling window gives one detection, wherever in it that was.
    rule.fired_until[keys] = rule.window() == WindowKind::tumbling
                                 ? floor_div(stretch.start, rule.length()) * rule.length() + rule.length()
                                 : stretch.end;
    found.push_back(std::move(d));
  }

  static bool order_keys(const Keys& a, const Keys& b) { return !KeysLess()(a, b) && !KeysLess()(b, a); }

  static uint32_t depth_of(const RuleState& rule, const OracleGroup& group) {
    uint32_t depth = 0;
    const auto look = [&](uint32_t v, const OracleRow* row) {
      if (row && rule.plan.variables[v].kind == Variable::Kind::detection)
        depth = std::max(depth, row->source->depth + 1);
    };
    for (const OracleJoin& join : group.joined)
      for (uint32_t v = 0; v < join.size(); ++v) look(v, join[v]);
    for (uint32_t v = 0; v < group.unjoined.size(); ++v)
      for (const OracleRow* row : group.unjoined[v]) look(v, row);
    return depth;
  }

  // The first detection of its keys in each suppression window.
  bool suppressed(RuleState& rule, const Detection& d) {
    const Options& options = rule.plan.options;
    if (options.suppression_seconds == 0) return false;
    Keys keys;
    for (const auto& [name, value] : d.keys) keys.push_back(value);
    if (!rule.plan.match && options.suppression_key) keys.push_back(d.outcomes[*options.suppression_key].second);
    return !rule.given.emplace(floor_div(nanos(d.time), options.suppression_seconds * kSecond), keys).second;
  }

  // The detections of one moment, and what composite rules make of them.
  void give(std::vector<OracleDetection> found) {
    std::stable_sort(found.begin(), found.end(), [](const OracleDetection& a, const OracleDetection& b) {
      if (a.rule != b.rule) return a.rule < b.rule;
      Keys x, y;
      for (const auto& [name, value] : a.keys) x.push_back(value);
      for (const auto& [name, value] : b.keys) y.push_back(value);
      return KeysLess()(x, y);
    });
    std::erase_if(found, [&](const Detection& d) { return suppressed(rules_[d.rule], d); });
    for (const Detection& d : found)
      if (!rules_[d.rule].plan.silent) out_.push_back(d);
    for (const OracleDetection& d : found)
      if (d.depth < kDepth) feed(d);
  }

  void feed(const OracleDetection& d) {
    const bool read = std::ranges::any_of(rules_, [](const RuleState& r) {
      return std::ranges::any_of(r.plan.variables,
                                 [](const Variable& v) { return v.kind == Variable::Kind::detection; });
    });
    if (!read) return;
    OracleSource& source = sources_.emplace_back();
    source.kind = Variable::Kind::detection;
    source.event.emplace(oracle_event(rules_[d.rule].plan, d));
    source.message = &source.event->root();
    source.timed = true;
    source.time = d.time;
    source.hash = sources_.size();  // in the order in which they came
    source.depth = d.depth;
    arrive(source);
  }

  std::deque<RuleState> rules_;
  std::deque<OracleSource> sources_;
  // (end, inclusive) → (rule, start)
  std::map<std::pair<Nanos, bool>, std::set<std::pair<uint32_t, Nanos>>> due_;
  std::vector<Detection> out_;
};

}  // namespace

std::vector<Detection> oracle_hunt(const std::vector<Rule>& rules, const ReferenceLists& lists,
                                   std::span<const event::Event> context, std::span<const OracleEvent> events,
                                   int64_t lateness_seconds) {
  return Hunt(rules, lists, context).run(events, lateness_seconds);
}

}  // namespace sekisho::engine
