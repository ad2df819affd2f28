// For tests and fuzzing: one case through the engine and through the oracle, and what they do not agree on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/correlate.h"
#include "engine/oracle.h"

namespace sekisho::engine {

struct PairCase {
  std::vector<Rule> rules;
  ReferenceLists lists;
  std::vector<std::string> context;  // entity records, JSON
  std::vector<OracleEvent> events;   // in order of arrival; hash is filled by set_hashes()
  int64_t lateness_seconds = 0;
  bool all_in_time = true;  // else detections of late and untimed events come when they come: order is not compared
};

// How the engine is run.
struct Road {
  bool from_event = false;           // UDM events as event::read_json makes them, else the JSON text
  size_t block = 1;                  // events a Matched
  bool advance = false;              // tell the Correlator before each block the least time still to come
  bool know = false;                 // events that go with no record leave no rows (where all are in time)
  std::optional<size_t> save_after;  // blocks after which the state is saved and a new Correlator goes on with it
};

EngineOptions pair_options();  // raw events have their time in "time"
void set_hashes(const Engine& engine, std::vector<OracleEvent>& events);
Result<std::vector<Detection>> run_engine(const Engine& engine, const PairCase& c, const Road& road = {},
                                          CorrelatorStatistics* statistics = nullptr);
std::vector<Detection> run_oracle(const PairCase& c);

// A line for each detection, everything in it but the evidence of rows; numbers to nine digits.
std::string show(std::span<const Rule> rules, const std::vector<Detection>& detections);
std::string show(const Rule& rule);

// What the engine, on any of its roads, gives otherwise than the oracle: with the rules and as few of the events as
// still show it. Empty if they agree.
std::string difference(const PairCase& c);

}  // namespace sekisho::engine
