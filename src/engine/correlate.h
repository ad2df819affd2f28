// The rule engine, second half: what events gave one by one (Matched) is put in order of event time, joined within
// windows, counted, and turned into detections. docs/correlation.md says what is judged when. One thread at a time; the
// same events in any order within `lateness` give the same detections.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "engine/engine.h"

namespace sekisho::engine {

struct CorrelatorOptions {
  Limits limits;
  int64_t lateness_seconds = 0;  // how far behind the newest event another may come
};

struct CorrelatorStatistics {
  uint64_t late = 0;     // events behind the watermark: left out of correlation
  uint64_t untimed = 0;  // events without a time: left out of correlation
  uint64_t evicted_groups = 0, evicted_rows = 0;
  uint64_t evicted_measures = 0;  // keys whose history was dropped for memory (Limits::history_bytes)
  uint64_t released_early = 0;    // events that had to leave the queue before their time (Limits::pending_bytes)
  uint64_t cut_evaluations = 0;   // evaluations that met Limits::join_rows
  uint64_t suppressed = 0;        // detections left out by suppression_window
  uint64_t overlapping = 0;       // windows not judged because they overlap one that fired
  size_t groups = 0, rows = 0, pending = 0;
  size_t measured = 0;     // keys whose history is kept
  size_t state_bytes = 0;  // groups, rows, counters and history
  size_t context_records = 0;
};

class Correlator {
 public:
  // The engine must outlive it. Detections leave through `sink`, in their order, while add(), advance() and finish()
  // run; those of silent rules do not, but composite rules see them.
  Correlator(const Engine& engine, CorrelatorOptions options, std::function<void(Detection&&)> sink);
  ~Correlator();
  Correlator(Correlator&&) noexcept;
  Correlator& operator=(Correlator&&) noexcept;

  // An entity record (root Schema::entity()) for graph variables, valid from metadata.interval.start_time (or always)
  // to before end_time (or for ever). It may come at any time and counts for what is judged from then on;
  // where Scratches know the records, for events that are matched from then on.
  void context(const event::Event& entity);

  // What the records that are here now can be joined with: Scratch::know().
  std::shared_ptr<const KnownKeys> known() const;

  void add(Matched&& matched);  // events of one block, in any order
  void advance(Timestamp now);  // no event before `now` will come any more: windows that end before it are judged
  void finish();                // nothing will come any more: everything is judged and the queue is empty
  const CorrelatorStatistics& statistics() const;

  // Everything that later detections depend on, and back: events that wait, groups, what fired, what metrics
  // count, context records, statistics. restore() needs the same rules (told by their plans; rules that are new start
  // empty, rules that changed or went are dropped and counted in the result) and a Correlator that has seen nothing,
  // not even context. A restored run gives what one without a break gives; only where state_bytes evicts may it choose
  // other groups. Error: engine.state (not a state file, damaged, or of another version); nothing is changed then.
  std::string save() const;
  Result<size_t> restore(std::string_view state);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sekisho::engine
