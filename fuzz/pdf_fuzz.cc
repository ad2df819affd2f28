// Any bytes as a PDF, unjailed: no crash, and nothing beyond the bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "unwrap/unwrap.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::unwrap;
  Bounds bounds;
  bounds.image_pixels = 100'000, bounds.pdf_objects = 2000, bounds.pdf_pages = 4, bounds.pdf_images = 2;
  bounds.links = 5, bounds.codes = 3, bounds.text_bytes = 64;
  const Findings f = open(Kind::pdf, {reinterpret_cast<const char*>(data), size}, bounds);
  if (f.codes.size() > bounds.codes || f.links.size() > bounds.links) std::abort();
  for (const PdfLink& link : f.links)
    if (link.uri.empty() || link.uri.size() > bounds.text_bytes) std::abort();
  return 0;
}
