// The rule engine: many compiled rules against one event at a time. An Engine is immutable once built and shared by any
// number of threads; each thread has a Scratch.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/strings.h"
#include "engine/plan.h"
#include "event/event.h"

namespace sekisho::engine {

// `%name` of rules → its lines. A column of a data table is a list called "table.column".
using ReferenceLists = StringMap<std::vector<std::string>>;

// One element of a repeated field in a row that matched. message is set for messages and points into the event.
struct Element {
  std::string path;    // "about", "security_result.action"
  uint32_t index = 0;  // in its own list
  const event::Message* message = nullptr;
};

struct Detection {
  uint32_t rule = 0;                                    // index into the rules given
  std::vector<std::pair<std::string, Value>> outcomes;  // in the rule's order
  std::vector<std::pair<std::string, std::vector<Value>>>
      placeholders;                        // distinct values over the matching rows, at most 25 each
  std::vector<std::vector<Element>> rows;  // the first 10 matching rows; empty fields have no Element
  uint64_t matched_rows = 0;
  uint64_t rows_not_looked_at = 0;  // beyond Limits::rows
};

// What one run cost, for figures and tests.
struct RunStatistics {
  size_t rules_tried = 0;   // rules whose witness was satisfied, or that have none
  size_t patterns_run = 0;  // regular expressions executed
  size_t rules_cut = 0;     // rules that met Limits::rows
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

 private:
  friend class Engine;
  struct State;
  std::unique_ptr<State> state_;
};

class Engine {
 public:
  // All rules or the first error: engine.plan (malformed: a mistake of the front end), engine.type, engine.regex,
  // engine.list (unknown or bad list), engine.cidr, engine.limit.depth, engine.unsupported ("not yet supported": match
  // windows, several event variables, graph, some functions). Each carries the rule's source and span.
  static Result<Engine> build(std::vector<Rule> rules, const ReferenceLists& lists = {}, const Limits& limits = {},
                              const Clock* clock = nullptr);
  // All errors, for `rules check`: one rule after the other, none of them run.
  static std::vector<Error> check(const std::vector<Rule>& rules, const ReferenceLists& lists = {});

  // Detections in the order of the rules. Deterministic: time comes from the event (metadata.event_timestamp), and from
  // the clock only when it has none.
  std::vector<Detection> run(const event::Event& event, Scratch& scratch) const;

  const std::vector<Rule>& rules() const;
  std::string describe() const;  // sizes of columns, tests and pools, for doctor and benches

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

 private:
  explicit Engine(std::unique_ptr<const struct Program> program);
  std::unique_ptr<const struct Program> program_;
};

}  // namespace sekisho::engine
