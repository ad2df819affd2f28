// The slow, obvious twin of the engine: copies every event once for each combination of elements, tries every
// combination of copies and every window, walks the rule's expressions on each, keeps no index. It shares with the
// engine only the value operations, the functions' implementations and the plan; how a condition is judged it decides
// from the rule itself. For tests and fuzzing: the rules have to be ones that Engine::build accepts, the events few.
#pragma once

#include <optional>
#include <span>

#include "engine/engine.h"

namespace sekisho::engine {

// As Engine::run, for one rule; nothing if it does not match. rows_not_looked_at is always 0: the oracle looks at all.
std::vector<Detection> oracle_run(const std::vector<Rule>& rules, const event::Event& event,
                                  const ReferenceLists& lists = {});

// An event as it arrives. It owns all it holds.
struct OracleEvent {
  Reading reading = Reading::udm;
  std::string text;  // JSON
  // Of a raw event; of a UDM event the oracle reads metadata.event_timestamp itself.
  std::optional<Timestamp> time;
  uint64_t hash = 0;  // orders events of one time: Matched::Event::hash
  EventRef ref;
};

// What Engine::match and a Correlator give through its sink for events in this order of arrival, with the entity
// records there before them. Detections of late events and of events without a time come first.
std::vector<Detection> oracle_hunt(const std::vector<Rule>& rules, const ReferenceLists& lists,
                                   std::span<const event::Event> context, std::span<const OracleEvent> events,
                                   int64_t lateness_seconds = 0);

// How the oracle reads a rule's condition, for tests: can further rows only make it truer, and does it need an event of
// this variable?
bool oracle_monotone(const Rule& rule);
bool oracle_bounded(const Rule& rule, uint32_t variable);

}  // namespace sekisho::engine
