// The filled and stroked shapes of a PDF page as pixels: many makers draw QR codes as paths, not as images. No text, no
// images, no clipping, no transparency. unwrap/ only.
#pragma once

#include <array>
#include <string_view>

#include "unwrap/raster.h"

namespace sekisho::unwrap {

// content: a decoded content stream (ISO 32000-1, 8.5); box: left, bottom, right, top of the page in its own units. No
// pixels where fewer shapes are drawn than a code has. Linear in the content; shapes beyond a fixed bound are not
// drawn.
Raster paint(std::string_view content, const std::array<double, 4>& box);

}  // namespace sekisho::unwrap
