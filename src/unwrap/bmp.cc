// Takes a BMP (24 or 32 bits, or a palette of 1, 4 or 8 bits; not compressed), gives its pixels. Entry: read_bmp.
// Refuses run-length coding and OS/2 headers. Mail readers show BMP, so codes come in it too.
#include "unwrap/raster.h"

namespace sekisho::unwrap {

Read read_bmp(std::string_view bytes, const Bounds& bounds, const Sink& sink) {
  const auto at = [&](size_t i) -> uint32_t { return i < bytes.size() ? static_cast<uint8_t>(bytes[i]) : 0; };
  const auto word = [&](size_t i) { return at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24; };
  if (bytes.size() < 54 || word(14) < 40) return Read::not_this;
  const auto wide = static_cast<int32_t>(word(18)), high = static_cast<int32_t>(word(22));
  const uint32_t bits = at(28) | at(29) << 8, packing = word(30);
  if (wide <= 0 || high == 0 || high == INT32_MIN || (packing != 0 && !(packing == 3 && bits == 32)))
    return Read::not_this;
  if (bits != 1 && bits != 4 && bits != 8 && bits != 24 && bits != 32) return Read::not_this;
  const auto width = static_cast<uint32_t>(wide), height = static_cast<uint32_t>(high < 0 ? -high : high);
  if (const Read fit = fits(width, height, bounds); fit != Read::whole) return fit;
  const size_t first = word(10), palette = 14 + size_t{word(14)};
  const size_t stride = (size_t{width} * bits + 31) / 32 * 4;
  Raster raster{width, height, 3, std::vector<uint8_t>(size_t{width} * height * 3, 255)};
  for (uint32_t y = 0; y < height; ++y) {
    const size_t row = first + (high < 0 ? y : height - 1 - y) * stride;
    if (row + stride > bytes.size()) continue;  // what is missing stays white
    for (uint32_t x = 0; x < width; ++x) {
      size_t colour = row + size_t{x} * bits / 8;
      if (bits <= 8) colour = palette + 4 * size_t{at(colour) >> (8 - bits - x * bits % 8) & ((1u << bits) - 1)};
      uint8_t* to = raster.pixels.data() + (size_t{y} * width + x) * 3;
      for (size_t c = 0; c < 3; ++c) to[c] = static_cast<uint8_t>(at(colour + 2 - c));
    }
  }
  sink(raster);
  return first + height * stride > bytes.size() ? Read::part : Read::whole;
}

}  // namespace sekisho::unwrap
