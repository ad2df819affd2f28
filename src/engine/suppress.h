// Which detections suppression_window leaves out: of one rule and key, all but the first in each stretch of so many
// seconds. Inside engine/ only.
#pragma once

#include <cstdint>
#include <string>

#include "base/strings.h"

namespace sekisho::engine {

class Suppressor {
 public:
  // False: there was one in this stretch. key: as bytes. Times are nanoseconds and do not fall.
  bool first(uint32_t rule, std::string_view key, int64_t time, int64_t window);
  void forget(int64_t now);  // stretches that ended by then
  void clear();
  size_t bytes() const { return bytes_ + ends_.bucket_count() * sizeof(void*); }
  const StringMap<int64_t>& ends() const { return ends_; }
  // Of a key of ends().
  static uint32_t rule_of(std::string_view name);
  static std::string_view key_of(std::string_view name);
  void restore(uint32_t rule, std::string_view key, int64_t end);

 private:
  StringMap<int64_t> ends_;  // rule and key → when its stretch ends
  size_t bytes_ = 0, swept_ = 0;
};

}  // namespace sekisho::engine
