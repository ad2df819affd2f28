// Long streams of varied events, made, not recorded: (a) UDM events, (b) events as vendors write them. Users, hosts,
// addresses, agents and kinds of event come from skewed distributions; the same seed gives the same bytes. A share of
// the events are given sequences (made from rules) moved to the time of the stream, at their own distances.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::bench {

// Events that make a rule fire. Each holds its own time as 2026-01-31T12:00:00.000Z somewhere, which is rewritten.
struct Sequence {
  struct Event {
    std::string json;
    int64_t time = 0;  // milliseconds
  };
  std::vector<Event> events;
};

struct StreamOptions {
  size_t bytes = 200u << 20;
  uint64_t seed = 1;
  double share = 0.01;             // of the events that come from sequences
  int64_t start = 1'790'000'000;   // seconds
  double events_per_second = 100;  // in event time
  std::vector<Sequence> sequences;
};

struct Stream {
  std::string text;  // one event a line; 64 bytes of zeros behind the last
  size_t events = 0, inserted = 0;
  size_t size = 0;  // without the zeros
};

// A shape is the text of an event with holes in angle brackets: a choice of texts, the first the likeliest
// (<ALLOW|BLOCK>), or a name. Of one event: <user> <other> <name> <host> <ip> <agent> <app> <domain>, <time> <seconds>
// <milliseconds>. New each time: <uuid> <hex> <number> <small> <file> <word> <sentence>, <value> (one of 200,000, all
// equally likely), <serial> (never the same twice).
struct Shape {
  unsigned weight;
  std::string_view text;
};
const std::vector<Shape>& udm_shapes();
const std::vector<Shape>& vendor_shapes();

Stream make_stream(const std::vector<Shape>& shapes, const StreamOptions& options);

}  // namespace sekisho::bench
