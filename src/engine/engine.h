// The rule engine, first half: many compiled rules against one event at a time. Rules over one event are judged here;
// of the others it gives the rows that correlate.h joins. An Engine is immutable once built and shared by any number of
// threads; each thread has a Scratch.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/strings.h"
#include "engine/plan.h"
#include "engine/stored.h"
#include "event/event.h"
#include "event/json_line.h"

namespace sekisho::engine {

// `%name` of rules → its lines. A column of a data table is a list called "table.column".
using ReferenceLists = StringMap<std::vector<std::string>>;

// One element of a repeated field in a row that matched. message is set for messages and points into the event.
struct Element {
  std::string path;    // "about", "security_result.action"
  uint32_t index = 0;  // in its own list
  const event::Message* message = nullptr;
};

// Which bytes an event is: its place among the inputs of the caller, who alone knows what a source is.
struct EventRef {
  uint32_t source = 0;
  uint32_t length = 0;
  uint64_t line = 0;    // from 1; 0 = none
  uint64_t offset = 0;  // in bytes
  bool operator==(const EventRef&) const = default;
};

// The stretch of time that was judged together; of rules with a match section only.
struct Window {
  Match::Window kind = Match::Window::hop;
  Timestamp start, end;
  int64_t step = 0;  // seconds between windows where they lie on a grid; 0 = any place was tried
};

struct DetectionEvent {
  uint32_t variable = 0;  // of the rule
  Timestamp time;
  EventRef ref;
  // A UDM event as JSON, where a rule over detections reads their events; else null.
  std::shared_ptr<const std::string> text = nullptr;
};

struct Detection {
  uint32_t rule = 0;  // index into the rules given
  Timestamp time;     // see docs/correlation.md; 0 for an event without time
  std::optional<Window> window;
  std::vector<std::pair<std::string, Value>> keys;  // match variables, in the order of the match section
  std::vector<DetectionEvent> events;               // at most 10 of each variable, in order of time; none from run()
  uint64_t event_count = 0;                         // all of them
  std::vector<std::pair<std::string, Value>> outcomes;  // in the rule's order
  std::vector<std::pair<std::string, std::vector<Value>>>
      placeholders;                        // distinct values over the matching rows, at most 25 each
  std::vector<std::vector<Element>> rows;  // the first 10 matching rows; empty fields have no Element
  uint64_t matched_rows = 0;
  uint64_t rows_not_looked_at = 0;  // beyond Limits::rows or join_rows
  uint32_t depth = 0;               // 0, or 1 + that of the detections it was made from
};

// What one run cost, for figures and tests.
struct RunStatistics {
  size_t rules_tried = 0;   // rules whose witness was satisfied, or that have none
  size_t patterns_run = 0;  // regular expressions executed
  size_t rules_cut = 0;     // rules that met Limits::rows
  size_t tests = 0;         // predicates evaluated
};

// What events gave: filled by Engine::match, consumed by Correlator::add. Meant to be reused. Owns all it holds.
class Matched {
 public:
  struct Event {
    Timestamp time;
    bool timed = false;
    uint64_t hash = 0;  // of its bytes: orders events of one time
    EventRef ref;
    uint32_t rows = 0, detections = 0;  // how many of those below are its own, in order
    uint32_t depth = 0;                 // of a detection that is read as an event
  };
  struct Row {
    uint32_t correlation = 0;  // Engine-internal number of the rule that joins it
    uint32_t variable = 0;
    StoredRow values;
  };
  std::vector<Event> events;  // only those that gave something
  std::vector<Row> rows;
  std::vector<Detection> detections;
  uint64_t untimed = 0;  // events that gave rows but have no time: their rows are dropped
  void clear();
};

// How a JSON text is read: as a UDM event in proto3 JSON, for rules on UDM fields; or as a vendor wrote it, for rules
// on raw fields.
enum class Reading : uint8_t { udm, raw };

struct EngineOptions {
  Limits limits;
  const Clock* clock = nullptr;
  // Where a raw event keeps its time: dotted names, the first readable one counts. RFC 3339, or a number of seconds,
  // milli-, micro- or nanoseconds since 1970 (told apart by size).
  std::vector<std::string> time_fields;
};

// Working memory of one thread; reused from event to event, and by one Engine after another. What run() returns does
// not refer to it.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;
  const RunStatistics& statistics() const;
  // The records that rows will be joined with: events that go with none of them leave no rows for rules that need one.
  // null, as at first: every event does.
  void know(std::shared_ptr<const class KnownKeys> records);

 private:
  friend class Engine;
  friend struct MatchRun;
  struct State;
  std::unique_ptr<State> state_;
};

class Engine {
 public:
  // All rules or the first error: engine.plan (malformed: a mistake of the front end), engine.type, engine.regex,
  // engine.list (unknown or bad list), engine.cidr, engine.limit.depth, engine.join (what cannot be joined),
  // engine.unsupported. Each carries the rule's source and span.
  static Result<Engine> build(std::vector<Rule> rules, const ReferenceLists& lists, const EngineOptions& options);
  static Result<Engine> build(std::vector<Rule> rules, const ReferenceLists& lists = {}, const Limits& limits = {},
                              const Clock* clock = nullptr);
  // All errors, for `rules check`: one rule after the other, none of them run.
  static std::vector<Error> check(const std::vector<Rule>& rules, const ReferenceLists& lists = {});

  // Detections of the rules that need no other event, in the order of the rules. Deterministic: time comes from the
  // event (metadata.event_timestamp), and from the clock only when it has none.
  std::vector<Detection> run(const event::Event& event, Scratch& scratch) const;

  // The same, and the rows for correlation, appended to `out`. bytes: the text that the event was read from (more
  // than that does not harm, empty is none); its hash orders events of one time.
  void match(const event::JsonValue& event, Reading reading, std::string_view bytes, const EventRef& ref,
             Scratch& scratch, Matched& out) const;
  void match(const event::Event& event, std::string_view bytes, const EventRef& ref, Scratch& scratch,
             Matched& out) const;
  // A row of a data table (Plans::tables), for the Correlator.
  void match_row(const event::JsonValue& row, Scratch& scratch, Matched& out) const;

  // Why a rule matches an event or does not: for each of its variables the first predicate that is false, with the
  // value it met. For people (rules explain).
  std::string explain(uint32_t rule, const event::JsonValue& event, Reading reading, std::string_view bytes) const;
  // The rule's plan: fields, predicates in the order they are tried, witness, window, joins, how its condition is
  // judged.
  std::string explain(uint32_t rule) const;
  // Whether only events that hold something of it are looked at for the rule; otherwise every one is.
  bool has_witness(uint32_t rule) const;

  std::span<const Rule> rules() const;
  bool reads(Variable::Kind kind) const;                 // some rule has a variable of this kind
  std::string describe() const;                          // sizes of columns, tests and pools, for doctor and benches
  const struct Plans& plans() const { return *plans_; }  // for the other parts of engine/

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

 private:
  explicit Engine(std::unique_ptr<const struct Plans> plans);
  std::unique_ptr<const struct Plans> plans_;
};

}  // namespace sekisho::engine
