// The functions that rules may call: every documented name with its signature, so that a front end can check types.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "engine/value.h"

namespace sekisho::engine {

// What an argument may be. `pattern`, `cidr`: must be constants.
enum class Param : uint8_t { boolean, integer, real, text, list, number, any, pattern, cidr };
enum class Support : uint8_t {
  runs,
  internal,   // runs, but has no name in any rule: front ends put it where a function takes its pattern from a
              // table, or one field's values meet another's
  aggregate,  // window.*: a front end writes them as Op::aggregate
  metric,     // metrics.*: a front end writes them as Op::metric
};

// What a call may use: memory for results (lives until the event is done) and the time of the event or the clock.
struct CallContext {
  std::pmr::memory_resource* memory;
  int64_t now_seconds;          // timestamp.current_seconds(): the event's own time when it has one, else the clock's
  std::string_view event = {};  // its bytes: what math.random() draws from, so that a replay draws the same
  std::string_view keep(std::string_view text) const;  // a copy in memory
};
using Implementation = Datum (*)(const CallContext&, std::span<const Datum> args);

struct Function {
  std::string_view name;          // "strings.contains"
  std::span<const Param> params;  // optional ones last
  uint8_t required = 0;           // number of arguments that must be given
  bool variadic = false;          // the last param may repeat
  bool same_as_first = false;     // result has the type of the first argument
  bool nocase = false;            // `nocase` may follow the call
  Type result = Type::text;
  Support support = Support::runs;
  Implementation run = nullptr;  // nullptr for re.* with constant patterns, which the engine compiles itself
};

const Function* find_function(std::string_view name);  // lower case; nullptr if there is none
std::span<const Function> functions();                 // sorted by name

}  // namespace sekisho::engine
