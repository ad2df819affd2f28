// Logs → what their events gave, in one order: read and matched by several threads, merged by event time. The order
// depends on the logs alone, not on the threads.
//
// A log is opened when the merge has come to its first event, so that a folder of daily files is read one after the
// other, and logs of several systems over the same days side by side. Within a log the order stays as it is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "engine/engine.h"
#include "hunt/reader.h"

namespace sekisho::hunt {

struct Log {
  std::string path;
  uint32_t source = 0;  // how events and problems name it
};

struct StreamOptions {
  engine::Reading reading = engine::Reading::udm;
  std::vector<std::string> time_fields;  // of raw events: to find out where a log begins
  unsigned threads = 1;                  // 1: all is done in the caller's thread
  Limits limits;
  std::shared_ptr<const engine::KnownKeys> known;  // Correlator::known(), once all records are loaded; may be null
};

// The text of an event that cannot be read again from its log (compressed, or a pipe).
struct KeptText {
  engine::EventRef ref;
  std::string text;
};

// A piece of the stream. Reused.
struct Piece {
  engine::Matched matched;                          // of one log, in its order
  std::vector<KeptText> texts;                      // of events in `matched`
  std::vector<Problem> problems;                    // the first 20 of their block
  uint64_t events = 0, bytes = 0;                   // read since the last piece, whether they matched or not
  uint64_t malformed = 0, too_long = 0, other = 0;  // left out since the last piece
  engine::RunStatistics work;                       // since the last piece: sums
  std::optional<Problem> broken;                    // a log that could not be read to its end
};

class Stream {
 public:
  // The engine must outlive it.
  Stream(const engine::Engine& engine, std::vector<Log> logs, StreamOptions options);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // The next piece, which may hold figures and problems alone; false when all logs are at their end.
  bool next(Piece& out);
  // The greatest time among the last events of all blocks read so far, matched or not: how far the logs have come.
  std::optional<Timestamp> latest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sekisho::hunt
