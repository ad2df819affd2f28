// Takes lines of JSON, parses each, gives their number. Entry: parse_only().
#include "parse_only.h"

#include <simdjson.h>

#include <cstring>

namespace sekisho::bench {

size_t parse_only(std::string_view lines) {
  simdjson::dom::parser parser;
  size_t objects = 0;
  for (const char *at = lines.data(), *end = at + lines.size(); at < end;) {
    const char* stop = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
    if (stop == nullptr) stop = end;
    objects += parser.parse(at, static_cast<size_t>(stop - at), false).is_object();
    at = stop + 1;
  }
  return objects;
}

}  // namespace sekisho::bench
