// What metrics.* count: for each function the events, in YARA-L, and the number that value_sum adds up. As published
// (docs.cloud.google.com/chronicle/docs/detection/metrics-functions), but any fields can be looked up by, in any
// combination, and the counting is done here, as events pass.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"

namespace sekisho::yaral {

struct MetricName {
  std::string_view name;
  uint8_t value;  // engine::Observed, engine::OverPeriods
};
std::span<const MetricName> observed_names();      // event_count_sum, …
std::span<const MetricName> over_periods_names();  // avg, …
bool sums_values(std::string_view function);       // it has value_sum

// function: a name of functions.h with Support::metric. fields: paths in UDM, in the order of the keys; the last is
// counted if `unique`. Each function and list of fields is one measure.
engine::Measure measure(std::string_view function, const std::vector<std::string>& fields, bool unique);

}  // namespace sekisho::yaral
