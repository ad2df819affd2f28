// Any bytes as an image, unjailed: no crash, and nothing beyond the bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "unwrap/unwrap.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::unwrap;
  Bounds bounds;
  bounds.image_pixels = 400'000, bounds.image_side = 4000, bounds.codes = 3, bounds.text_bytes = 64;
  const Findings f = open(Kind::image, {reinterpret_cast<const char*>(data), size}, bounds);
  if (f.codes.size() > bounds.codes) std::abort();
  for (const Code& code : f.codes)
    if (code.text.size() > bounds.text_bytes) std::abort();
  return 0;
}
