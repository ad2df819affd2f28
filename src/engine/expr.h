// One expression of a rule (plan.h): an operator, what it is told beyond its operands, and where those stand.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/functions.h"
#include "engine/slots.h"
#include "engine/value.h"

namespace sekisho::engine {

using ExprId = uint32_t;
inline constexpr ExprId kNoExpr = UINT32_MAX;

enum class Op : uint8_t {
  constant,  // value
  slot,      // index = slot
  whole,  // index = slot (Quantifier::each, or raw): all its elements as one list; does not expand: what a Param::list
          // argument gets from a field
  list,   // args: scalars of one type: [a, b, c]
  placeholder,  // index = placeholder: its value on this row
  enum_name,    // args[0] = an integer; enumeration: text
  all_of,       // args: any number (0 = true)
  any_of,       // args: any number (0 = false)
  negate,       // args[0]
  equal,        // args[0], args[1]; nocase
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  match,  // args[0] text; value = RE2 pattern (text): unanchored; first line only unless the pattern sets (?s); nocase
  in_list,  // args[0] text; value = list name; list_mode; nocase
  any,      // index = the quantified slot, args[0] = predicate that reads it
  all,
  call,  // function, args; nocase; must return what function says
  add,
  subtract,
  multiply,
  divide,
  modulo,             // two numbers; integer when both are, except divide, which is always real
  minus,              // one number
  choose,             // if(args[0], args[1], args[2]): args[1] and args[2] of one type (or numbers)
  aggregate,          // outcomes only: aggregate kind, args[0] (count may have none)
  outcome,            // index = an earlier outcome
  has_field,          // index = a raw slot: its name is there
  has_value,          // index = a raw slot: it has an element
  event_time,         // index = variable: nanoseconds since 1970; 0 if the event has no time
  exists,             // condition: index = variable ($e)
  count,              // condition: index = variable (#e): distinct events, 1 on a single-event rule that matched
  placeholder_count,  // condition: index = placeholder (#p): distinct values over the matching rows; the zero value is
                      // a value like any other
  metric,    // outcomes only: index = measure; metric; args: a text for each of its keys but a counted one, and then,
             // if metric.filtered, a predicate
  observed,  // in that predicate only: index = Observed
};

Op mirrored(Op op);  // of a < b: that of b > a

enum class ListMode : uint8_t { exact, regex, cidr };

enum class Aggregate : uint8_t {
  max,
  min,
  sum,
  avg,
  stddev,  // numbers; stddev is the population's
  count,
  count_distinct,
  array,
  array_distinct,  // in row order, cut to 25; zero values are values like any other
  earliest,
  latest,      // of integers (seconds)
  percentile,  // nearest rank; Expr::value is the percentage (a number)
  variance,    // of the sample: divided by n - 1; 0 for fewer than two rows
  median,      // of an even number of rows the lower one
  mode,        // of text: what occurs most often, of several the one met first; "" for none
  first,       // two arguments, a number and a text: the text of the row with the least number, of several the first
  last,        // likewise with the greatest number, of several the last
               // avg, min, max and median leave rows of value zero out when Expr::value is true; of no rows they are 0
};
Type aggregate_type(Aggregate kind, Type argument);

// What was measured in one period (measure.h).
enum class Observed : uint8_t { event_count_sum, first_seen, last_seen, value_sum, num_unique_filter_values };
// What is made of the periods of a window. Periods whose value is 0 do not count. start_of_max and start_of_min are the
// starts of the period, seconds since 1970.
enum class OverPeriods : uint8_t { avg, max, min, num_metric_periods, stddev, sum, start_of_max, start_of_min };
struct MetricUse {
  Observed of = Observed::event_count_sum;
  OverPeriods over = OverPeriods::max;
  bool today = false;  // the hours of the day before that of the event; else the 30 days before its day
  bool filtered = false;
  bool operator==(const MetricUse&) const = default;
};
Type metric_type(const MetricUse& use);

struct Expr {
  Op op = Op::constant;
  Type type = Type::boolean;  // of the result; set by the builder functions of Rule
  bool nocase = false;
  ListMode list_mode = ListMode::exact;
  Aggregate kind = Aggregate::max;
  uint32_t index = 0;
  const Function* function = nullptr;
  const event::EnumType* enumeration = nullptr;
  MetricUse metric = {};
  Constant value;
  std::vector<ExprId> args;
  Span span;
};

}  // namespace sekisho::engine
