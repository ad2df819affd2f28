// Any bytes as an iCalendar object: no crash, and nothing larger than what it came from.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/calendar.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto calendar = sekisho::mail::read_calendar(text);
  for (const auto& e : calendar.entries) {
    if (e.offset >= size) std::abort();
    if (e.summary.size() + e.description.size() + e.location.size() + e.html.size() > size) std::abort();
  }
  sekisho::Limits small;
  small.header_bytes = 10;
  sekisho::mail::read_calendar(text, small);
  return 0;
}
