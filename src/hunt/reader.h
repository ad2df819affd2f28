// One log as blocks of records: lines of NDJSON, or the elements of JSON arrays, which stand alone or each in an object
// of its own (wrapper.h). Which of these is told by how the log begins. Nothing is parsed here; a record is cut out as
// bytes with its line and offset.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "hunt/input.h"
#include "hunt/wrapper.h"

namespace sekisho::hunt {

// What was left out of a log, and where.
struct Problem {
  uint32_t source = 0;  // as given to the Reader
  uint64_t line = 0;    // from 1; 0 = the log as a whole
  std::string code, text;
};

struct Record {
  uint32_t begin = 0, length = 0;  // in Block::bytes
  uint64_t line = 0;               // from 1: where it begins
  uint64_t offset = 0;             // in the log without its compression
};

// Meant to be reused.
struct Block {
  uint32_t source = 0;
  std::vector<char> bytes;  // at least kPadding readable bytes behind every record
  std::vector<Record> records;
  std::vector<Problem> problems;
  std::string_view text(const Record& r) const { return {bytes.data() + r.begin, r.length}; }
};

class Reader {
 public:
  static constexpr size_t kPadding = 64, kBlock = 256u << 10;

  // source: how records and problems name the log. block: how many bytes are read at once, at least 1.
  Reader(Input input, uint32_t source, const Limits& limits, size_t block = kBlock)
      : input_(std::move(input)), source_(source), most_(limits.event_bytes), block_(block) {}

  // The next records, at least one or a problem; false at the end. Blank lines, white space around records, a UTF-8
  // byte order mark are no records. A record over Limits::event_bytes is a problem (hunt.limit.event), as is text
  // between arrays, or in an object around them what does not belong there (hunt.array). After an error (Input::read's,
  // or hunt.encoding for UTF-16) the log is at its end: what was complete before it has been given.
  Result<bool> next(Block& out);

 private:
  enum class Mode : uint8_t {
    start,
    marked,  // past the byte order mark
    braced,  // begins with an object: an event, or what is around all of them
    lines,
    arrays,
    wrapped
  };
  enum class Place : uint8_t {
    outside,
    junk,
    around,
    between,
    nested,
    scalar
  };  // of arrays: where the next byte stands

  Result<bool> begin(const Block& block, size_t& from, size_t end, bool final);
  bool look(std::string_view head, size_t& from, bool final);
  void cut_lines(Block& block, size_t from, size_t end);
  void cut_arrays(Block& block, size_t from, size_t end);
  Place around(Block& block, char c);
  void finish_record(Block& block, size_t end);
  void too_long(Block& block);
  void last(Block& block, size_t end);
  void problem(Block& block, uint64_t line, std::string code, std::string text) const;

  Input input_;
  uint32_t source_;
  size_t most_, block_;
  Mode mode_ = Mode::start;
  bool ended_ = false;
  std::optional<Error> broken_;  // why it ended, until that has been said
  std::vector<char> carry_;      // the beginning of a record whose end has not come
  uint64_t offset_ = 0;          // of the first byte in the block's buffer
  uint64_t line_ = 1;            // of the byte looked at
  size_t record_ = 0;            // where in the buffer the record in hand begins
  uint64_t record_line_ = 1;
  bool dropping_ = false;  // it is over the limit: its bytes are not kept
  Wrapper wrapper_;
  Place place_ = Place::outside;
  uint32_t depth_ = 0;  // of brackets in an element
  bool in_text_ = false, escaped_ = false;
};

}  // namespace sekisho::hunt
