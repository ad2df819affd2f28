// Any bytes as an archive, unjailed: no crash, and nothing beyond the bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "unwrap/unwrap.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::unwrap;
  Bounds bounds;
  bounds.entries = 20, bounds.contents = 5, bounds.content_bytes = 10'000, bounds.contents_bytes = 20'000;
  bounds.archive_bytes = 1u << 20, bounds.text_bytes = 64;
  const Findings f = open(Kind::archive, {reinterpret_cast<const char*>(data), size}, bounds);
  if (f.entries.size() > bounds.entries) std::abort();
  size_t kept = 0;
  for (const Entry& entry : f.entries) {
    kept += entry.content.size();
    if (entry.name.size() > bounds.text_bytes || entry.content.size() > bounds.content_bytes) std::abort();
  }
  if (kept > bounds.contents_bytes) std::abort();
  return 0;
}
