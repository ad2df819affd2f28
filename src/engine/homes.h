// On whose rows an expression of a rule over several events can be read. Inside engine/ only.
#pragma once

#include "engine/plan.h"

namespace sekisho::engine {

struct Homes {
  // By expression: the variables (bits) on the rows of each of which alone it can be read; none: it needs several, or
  // is an aggregate, a count or an outcome. A placeholder can be read wherever it is defined.
  std::vector<uint64_t> of;
  std::vector<bool> fixed;               // by expression: it reads nothing
  std::vector<uint64_t> reads;           // by expression: variables_read()
  std::vector<uint64_t> of_placeholder;  // by placeholder
};
Homes find_homes(const Rule& rule);

// By expression: the variables it reads, as bits; placeholders not followed.
std::vector<uint64_t> variables_read(const Rule& rule);

}  // namespace sekisho::engine
