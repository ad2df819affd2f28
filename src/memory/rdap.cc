// Takes an RDAP answer about a domain (RFC 9083 section 5.3), gives its name and the day of its registration. Entry:
// read_rdap. Refuses what is no such answer.
#include <simdjson.h>

#include "memory/import.h"

namespace sekisho::memory {

Result<RdapDomain> read_rdap(std::string_view json) {
  const auto no = [](std::string why) { return fail("memory.rdap", std::move(why)); };
  thread_local simdjson::dom::parser parser(kJsonBytes);
  simdjson::dom::object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) return no("no JSON object");
  RdapDomain out;
  for (const char* member : {"ldhName", "unicodeName"}) {
    std::string_view name;
    if (object[member].get(name) != simdjson::SUCCESS) continue;
    if (auto read = read_name(name)) {
      out.name = *std::move(read);
      break;
    }
  }
  if (out.name.empty()) return no("no name");
  simdjson::dom::array events;
  if (object["events"].get(events) == simdjson::SUCCESS)
    for (const simdjson::dom::element event : events) {
      std::string_view action, date;
      if (event["eventAction"].get(action) != simdjson::SUCCESS || action != "registration") continue;
      if (event["eventDate"].get(date) != simdjson::SUCCESS) continue;
      if (const auto day = parse_day(date)) out.day = *day;
    }
  if (out.day == 0) return no("no registration date");
  return out;
}

}  // namespace sekisho::memory
