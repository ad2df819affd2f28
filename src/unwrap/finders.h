// A cheap look before the dear one: could there be a QR code in a picture at all? unwrap/ only.
#pragma once

#include <cstdint>
#include <vector>

namespace sekisho::unwrap {

// Pixels of lightness, rows from the top, no padding. True when three places look like the finder patterns of one code,
// the squares in its corners (ISO/IEC 18004, 6.3.3): dark, light, dark, light, dark as 1:1:3:1:1 along a row, a column
// and both diagonals, about equally large, at the corners of about half a square. Of a dark code on a light ground; the
// caller inverts. Says yes more often than there is a code, and should not say no where the reader would find one: what
// is asked here, the reader asks too, and more strictly. times: 1, 2 or 4; as if each pixel were that many, each way.
bool may_hold_code(const std::vector<uint8_t>& pixels, uint32_t width, uint32_t height, uint32_t times = 1);

}  // namespace sekisho::unwrap
