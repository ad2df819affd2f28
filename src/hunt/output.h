// Findings as lines of JSON, in the three forms of `hunt --format`. Each function appends one object without its line
// break. What the forms hold: docs/hunt.md.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "hunt/budget.h"
#include "hunt/finding.h"

namespace sekisho::hunt {

enum class Format : uint8_t { ndjson, ecs, ocsf };

void write_finding(Format format, const Finding& finding, std::string& out);
void write_budget(Format format, const BudgetReport& report, std::string& out);

// The forms themselves (output_*.cc).
void write_ndjson(const Finding& finding, JsonWriter& json);  // an object
void write_ecs(const Finding& finding, JsonWriter& json);
void write_ocsf(const Finding& finding, JsonWriter& json);
void write_ndjson(const BudgetReport& report, JsonWriter& json);
void write_ecs(const BudgetReport& report, JsonWriter& json);
void write_ocsf(const BudgetReport& report, JsonWriter& json);

// Shared by them.
void write_value(const engine::Value& value, JsonWriter& json);  // typed; lists as arrays
void write_event(const FoundEvent& event, JsonWriter& json);     // with the event itself, if it can be had
std::string sentence(const Finding& finding);  // "Many failed sign-ins: user alice@example.com, ip 192.0.2.7"
// Since when the finding lasts, and until when: its window, else its first and last event, else its time.
std::pair<Timestamp, Timestamp> span_of(const Finding& finding);

}  // namespace sekisho::hunt
