// Any bytes as what a worker answers, or is asked: read within the bounds or refused, and what is read writes the same
// again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "unwrap/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::unwrap;
  const std::string_view frame(reinterpret_cast<const char*>(data), size);
  (void)read_request(frame);
  Bounds bounds;
  bounds.codes = 4, bounds.links = 4, bounds.entries = 4;
  const auto got = read_answer(frame, bounds);
  if (!got) return 0;
  if (got->findings.codes.size() > 4 || got->findings.links.size() > 4 || got->findings.entries.size() > 4)
    std::abort();
  const std::string again = answer(got->findings, got->retire);
  const auto twice = read_answer(std::string_view(again).substr(kFrameHeader), bounds);
  if (!twice || answer(twice->findings, twice->retire) != again) std::abort();
  return 0;
}
