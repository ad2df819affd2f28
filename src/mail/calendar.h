// Invitations as mail carries them (text/calendar, .ics; RFC 5545): what a calendar would show of each entry. No state;
// thread-safe; linear.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace sekisho::mail {

struct CalendarEntry {         // VEVENT, VTODO, VJOURNAL; texts with escapes undone (3.3.11)
  std::string organizer;       // address, without "mailto:"
  std::string organizer_name;  // its CN
  std::string summary, description, location;
  std::string html;               // X-ALT-DESC: the description as HTML
  std::vector<std::string> urls;  // URL, CONFERENCE, and ATTACH where it is no data; at most 20
  uint32_t attendees = 0;
  uint32_t offset = 0;  // of its BEGIN line in the text given
};

struct Calendar {
  static constexpr size_t kEntries = 50;
  static constexpr size_t kText = 64u << 10;  // bytes kept of each text
  std::string method;                         // "REQUEST", "CANCEL" …
  std::vector<CalendarEntry> entries;
  bool cut = false;  // there was more than the limits keep
};

// Tolerant: bare LF, entries without END, properties outside any entry. At most Limits::header_bytes of one unfolded
// line.
Calendar read_calendar(std::string_view utf8, const Limits& limits = {});

}  // namespace sekisho::mail
