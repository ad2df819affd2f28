// The hunt: logs through all rules, detections out as lines of JSON, the same whatever the number of threads. One call:
// Stream (read, match, merge) → Correlator (windows, joins) → Exceptions → Budget → a format.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engine/correlate.h"
#include "hunt/exceptions.h"
#include "hunt/output.h"
#include "hunt/stream.h"

namespace sekisho::hunt {

struct HuntOptions {
  std::vector<std::string> logs;  // from log_files
  StreamOptions stream;
  int64_t lateness_seconds = 300;
  uint64_t budget = 0;  // detections of one rule a day of event time; 0 = no budget
  Format format = Format::ndjson;
  std::string state;  // file to begin with, if it is there, and to leave behind; "" = none, and all windows are closed
};

struct HuntStatistics {
  uint64_t events = 0, bytes = 0;
  uint64_t malformed = 0, too_long = 0, other = 0;  // records left out
  uint64_t broken_logs = 0;
  uint64_t detections = 0;  // written
  uint64_t excepted = 0, over_budget = 0;
  size_t dropped_state = 0;  // rules of the state file that changed or went
  engine::RunStatistics work;
  engine::CorrelatorStatistics correlation;
};

struct HuntSinks {
  std::function<void(std::string_view line)> write;  // with its line break
  // Records that were left out, the first 20 of the run; logs that broke off, all. name: the log.
  std::function<void(const std::string& name, const Problem& problem)> problem;
  std::function<void(const Exception& exception)> expired;  // once for each, at the first detection it no longer covers
  std::function<bool()> stop;                               // true: nobody reads the output any more
};

class Hunt {
 public:
  // The engine must outlive it. clock: for detections without a time, where exceptions ask for one.
  Hunt(const engine::Engine& engine, HuntOptions options, HuntSinks sinks, const Clock& clock);
  ~Hunt();
  Hunt(const Hunt&) = delete;
  Hunt& operator=(const Hunt&) = delete;

  Exceptions& exceptions();
  void context(const event::Event& entity);  // before run()
  // Errors: engine.state, hunt.state (a state file that cannot be read, is damaged, or cannot be written). Logs that
  // cannot be read are problems, not errors.
  Result<HuntStatistics> run();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sekisho::hunt
