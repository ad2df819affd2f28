// The messages between a pool and its workers: little-endian numbers, byte strings with their length before them. What
// comes from a worker is read as if an attacker had written it, since one may have. unwrap/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unwrap/unwrap.h"

namespace sekisho::unwrap {

// A frame on the socket is four bytes of length and that many bytes. A request is a header of kRequestHeader bytes and
// then the file.
struct Request {
  Kind kind = Kind::image;
  Bounds bounds;
  std::string_view bytes;
};
inline constexpr size_t kFrameHeader = 4;
std::string request_header(Kind kind, const Bounds& bounds, size_t file_bytes);  // with the frame's length before it
std::optional<Request> read_request(std::string_view frame);

// retire: the worker has done enough and ends after this answer.
std::string answer(const Findings& findings, bool retire);  // with the frame's length before it
struct Answer {
  Findings findings;
  bool retire = false;
};
// Nothing: the frame is not one, or says more than the bounds allow.
std::optional<Answer> read_answer(std::string_view frame, const Bounds& bounds);
size_t most_answer_bytes(const Bounds& bounds);

uint32_t frame_length(const char* four_bytes);

}  // namespace sekisho::unwrap
