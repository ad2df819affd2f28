// Takes a case, gives what the engine and the oracle make of it. Entries: run_engine(), run_oracle(), difference().
// Refuses rules that Engine::build refuses.
#include "engine/pair.h"

#include <algorithm>

#include "base/strings.h"
#include "event/json.h"

namespace sekisho::engine {
namespace {

std::string show(const Value& v) {
  if (v.type == Type::list) {
    std::string out = "[";
    for (const Value& item : v.list) out += show(item) + " ";
    return out + "]";
  }
  if (v.type != Type::real) return v.to_string();
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.9g", v.real == 0 ? 0.0 : v.real);
  return digits;
}

std::string show(Timestamp t) {
  const int64_t base = 1'767'225'600;
  std::string out = t.seconds > base / 2 ? std::to_string(t.seconds - base) : std::to_string(t.seconds) + "!";
  if (t.nanos != 0) out += "+" + std::to_string(t.nanos) + "ns";
  return out;
}

const char* name_of(Op op) {
  static const char* const kNames[] = {
      "constant",  "slot", "whole",  "list",  "$",  "enum_name", "and",     "or",  "not",     "=",
      "!=",        "<",    "<=",     ">",     ">=", "match",     "in",      "any", "all",     "call",
      "+",         "-",    "*",      "/",     "%",  "minus",     "if",      "agg", "outcome", "has_field",
      "has_value", "time", "exists", "count", "#$", "metric",    "observed"};
  return kNames[static_cast<size_t>(op)];
}

std::string show(const Rule& rule, ExprId id) {
  if (id == kNoExpr) return "none";
  const Expr& e = rule.exprs[id];
  if (e.op == Op::constant) return show(Value::of(Datum::of(e.value)));
  std::string out = name_of(e.op);
  if (e.op == Op::slot || e.op == Op::whole || e.op == Op::has_field || e.op == Op::has_value)
    out = rule.variables[rule.slots[e.index].variable].name + "." + rule.slots[e.index].path();
  if (e.op == Op::placeholder || e.op == Op::placeholder_count) out += rule.placeholders[e.index].name;
  if (e.op == Op::outcome) out = rule.outcomes[e.index].name;
  if (e.op == Op::exists || e.op == Op::count || e.op == Op::event_time) out += " " + rule.variables[e.index].name;
  if (e.op == Op::call) out = e.function->name;
  if (e.op == Op::aggregate) out += std::to_string(static_cast<int>(e.kind));
  if (e.op == Op::observed) out += std::to_string(e.index);
  if (e.op == Op::metric)
    out = rule.measures[e.index].name + " of " + std::to_string(static_cast<int>(e.metric.of)) + " over " +
          std::to_string(static_cast<int>(e.metric.over)) + (e.metric.today ? " today" : "");
  if (e.nocase) out += "~";
  if (e.args.empty()) return out;
  out += "(";
  for (ExprId a : e.args) out += show(rule, a) + (a == e.args.back() ? "" : ", ");
  return out + ")";
}

void add(const Engine& engine, const OracleEvent& event, bool from_event, Scratch& scratch, Matched& out) {
  if (event.reading == Reading::udm && from_event) {
    if (const auto read = event::read_json(event.text)) engine.match(*read, event.text, event.ref, scratch, out);
    return;
  }
  event::JsonLine line;
  if (const auto root = line.parse(event.text, false))
    engine.match(*root, event.reading, event.text, event.ref, scratch, out);
}

std::optional<Timestamp> time_of(const OracleEvent& event) {
  if (event.reading == Reading::raw) return event.time;
  const auto read = event::read_json(event.text);
  if (!read) return std::nullopt;
  return Timestamp{read->get("metadata.event_timestamp.seconds").as_int(),
                   static_cast<int32_t>(read->get("metadata.event_timestamp.nanos").as_int())};
}

// For each event the least time of it and of those behind it.
std::vector<std::optional<Timestamp>> least_times(const std::vector<OracleEvent>& events) {
  std::vector<std::optional<Timestamp>> out(events.size());
  std::optional<Timestamp> least;
  for (size_t i = events.size(); i-- > 0; out[i] = least)
    if (const auto time = time_of(events[i]); time && (!least || *time < *least)) least = time;
  return out;
}

std::string sorted_lines(const std::string& text) {
  std::vector<std::string_view> lines = split(text, '\n');
  std::ranges::sort(lines);
  std::string out;
  for (std::string_view line : lines) out += std::string(line) + "\n";
  return out;
}

std::vector<event::Event> records(const PairCase& c) {
  std::vector<event::Event> out;
  for (const std::string& text : c.context)
    if (auto read = event::read_json(text, {.root = &event::Schema::get().entity()})) out.push_back(*std::move(read));
  return out;
}

}  // namespace

EngineOptions pair_options() {
  EngineOptions out;
  out.time_fields = {"time"};
  return out;
}

void set_hashes(const Engine& engine, std::vector<OracleEvent>& events) {
  Scratch scratch;
  for (OracleEvent& event : events) {
    Matched matched;
    add(engine, event, false, scratch, matched);
    if (!matched.events.empty()) event.hash = matched.events[0].hash;
  }
}

Result<std::vector<Detection>> run_engine(const Engine& engine, const PairCase& c, const Road& road,
                                          CorrelatorStatistics* statistics) {
  std::vector<Detection> out;
  const auto made = [&] {
    return Correlator(engine, {.lateness_seconds = c.lateness_seconds},
                      [&out](Detection&& d) { out.push_back(std::move(d)); });
  };
  Correlator correlator = made();
  for (const event::Event& record : records(c)) correlator.context(record);
  Scratch scratch;
  if (road.know && c.all_in_time) scratch.know(correlator.known());
  Matched matched;
  size_t blocks = 0;
  std::vector<std::optional<Timestamp>> least;
  if (road.advance && c.all_in_time) least = least_times(c.events);
  const auto hand_over = [&]() -> Result<void> {
    correlator.add(std::exchange(matched, Matched()));
    if (road.save_after && blocks++ == *road.save_after) {
      const std::string state = correlator.save();
      correlator = made();
      TRY(correlator.restore(state));
    }
    return {};
  };
  for (size_t i = 0; i < c.events.size(); ++i) {
    if (i < least.size() && least[i] && matched.events.empty()) correlator.advance(*least[i]);
    add(engine, c.events[i], road.from_event, scratch, matched);
    if ((i + 1) % road.block == 0) TRY(hand_over());
  }
  TRY(hand_over());
  correlator.finish();
  if (statistics) *statistics = correlator.statistics();
  return out;
}

std::vector<Detection> run_oracle(const PairCase& c) {
  return oracle_hunt(c.rules, c.lists, records(c), c.events, c.lateness_seconds);
}

std::string show(std::span<const Rule> rules, const std::vector<Detection>& detections) {
  std::string out;
  for (const Detection& d : detections) {
    out += "@" + show(d.time) + " " + rules[d.rule].name;
    for (const auto& [name, v] : d.keys) out += " " + std::string(name) + "=" + show(v);
    if (d.window)
      out += " " + std::to_string(static_cast<int>(d.window->kind)) + "[" + show(d.window->start) + ".." +
             show(d.window->end) + "]/" + std::to_string(d.window->step);
    out += " rows " + std::to_string(d.matched_rows) + " depth " + std::to_string(d.depth);
    out += " events " + std::to_string(d.event_count) + ":";
    for (const DetectionEvent& e : d.events)
      out += " " + rules[d.rule].variables[e.variable].name + std::to_string(e.ref.line) + "@" + show(e.time);
    for (const auto& [name, v] : d.outcomes) out += "; $" + std::string(name) + " = " + show(v);
    for (const auto& [name, values] : d.placeholders) {
      out += "; $" + std::string(name) + ":";
      for (const Value& v : values) out += " " + show(v);
    }
    out += "\n";
  }
  return out;
}

std::string show(const Rule& rule) {
  std::string out = "rule " + rule.name + (rule.silent ? " (silent)" : "") + "\n  variables:";
  for (const Variable& v : rule.variables) out += " " + v.name + "/" + std::to_string(static_cast<int>(v.kind));
  out += "\n  where: " + show(rule, rule.where) + "\n";
  for (const Placeholder& p : rule.placeholders) {
    out += "  $" + p.name + " =";
    for (ExprId d : p.definitions) out += " " + show(rule, d);
    out += "\n";
  }
  if (rule.match) {
    out += "  match:";
    for (uint32_t k : rule.match->keys) out += " " + rule.placeholders[k].name;
    out += " over " + std::to_string(rule.match->seconds) + " kind " +
           std::to_string(static_cast<int>(rule.match->window)) + " pivot " + rule.variables[rule.match->pivot].name +
           "\n";
  }
  for (const Outcome& o : rule.outcomes) out += "  outcome $" + o.name + " = " + show(rule, o.value) + "\n";
  for (const Measure& m : rule.measures) out += "  measure " + m.name + ": " + show(*m.counts);
  out += "  condition: " + show(rule, rule.condition);
  if (rule.options.allow_zero_values) out += "\n  allow_zero_values";
  if (rule.options.suppression_seconds)
    out += "\n  suppression " + std::to_string(rule.options.suppression_seconds) +
           (rule.options.suppression_key ? " key" : "");
  return out + "\n";
}

std::string difference(const PairCase& given) {
  const auto built = Engine::build(given.rules, given.lists, pair_options());
  if (!built) return {};
  PairCase c = given;
  set_hashes(*built, c.events);
  const auto differs = [&](std::string* report) {
    const auto form = [&](const std::string& shown) { return c.all_in_time ? shown : sorted_lines(shown); };
    const std::string expected = form(show(c.rules, run_oracle(c)));
    const Road roads[] = {{},
                          {.from_event = true, .block = 3, .know = true},
                          {.block = 2, .save_after = c.events.size() / 4},
                          {.advance = true, .know = true, .save_after = c.events.size() / 2}};
    for (const Road& road : roads) {
      const auto got = run_engine(*built, c, road);
      const std::string shown = got ? form(show(c.rules, *got)) : got.error().one_line() + "\n";
      if (shown == expected) continue;
      if (report) *report = "road " + std::to_string(&road - roads) + "\nengine:\n" + shown + "oracle:\n" + expected;
      return true;
    }
    return false;
  };
  if (!differs(nullptr)) return {};
  for (size_t i = 0; i < c.events.size();) {
    const OracleEvent left_out = c.events[i];
    c.events.erase(c.events.begin() + static_cast<ptrdiff_t>(i));
    if (differs(nullptr)) {
      i = 0;
      continue;
    }
    c.events.insert(c.events.begin() + static_cast<ptrdiff_t>(i), left_out);
    ++i;
  }
  std::string report, out;
  differs(&report);
  for (const Rule& rule : c.rules) out += show(rule);
  out += "lateness " + std::to_string(c.lateness_seconds) + "\n";
  for (const std::string& record : c.context) out += "context " + record + "\n";
  for (const OracleEvent& event : c.events) out += std::to_string(event.ref.line) + " " + event.text + "\n";
  return out + report;
}

}  // namespace sekisho::engine
