// Raw samples of a PDF image → pixels (ISO 32000-1, 8.9.5). unwrap/ only.
#pragma once

#include <string>

#include "unwrap/raster.h"

namespace sekisho::unwrap {

struct Samples {
  uint32_t width = 0, height = 0;
  uint32_t bits = 8;        // of one component: 1, 2, 4, 8 or 16
  uint32_t components = 1;  // 1 grey or index, 3 RGB, 4 CMYK
  std::string palette;      // of an indexed image
  uint32_t palette_components = 3;
  std::string bytes;  // rows padded to whole bytes
};

// Missing rows stay white. No pixels where the sizes make no sense.
Raster raster_of(const Samples& samples);

}  // namespace sekisho::unwrap
