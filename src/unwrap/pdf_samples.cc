// Takes the decoded samples of a PDF image, gives pixels. Entry: raster_of. Colours are taken by their number of
// components; profiles do not matter for reading codes.
#include "unwrap/pdf_samples.h"

#include <array>

namespace sekisho::unwrap {
namespace {

std::array<uint8_t, 3> rgb(const uint8_t* v, uint32_t components) {
  if (components == 3) return {v[0], v[1], v[2]};
  if (components == 4) {
    const auto ink = [&](int i) { return static_cast<uint8_t>((255 - v[i]) * (255 - v[3]) / 255); };
    return {ink(0), ink(1), ink(2)};
  }
  return {v[0], v[0], v[0]};
}

}  // namespace

Raster raster_of(const Samples& s) {
  const bool indexed = !s.palette.empty();
  if (s.bits != 1 && s.bits != 2 && s.bits != 4 && s.bits != 8 && s.bits != 16) return {};
  if (s.components != 1 && s.components != 3 && s.components != 4) return {};
  const bool coloured = s.components > 1 || (indexed && s.palette_components > 1);
  Raster out{s.width, s.height, coloured ? 3u : 1u, {}};
  out.pixels.assign(size_t{s.width} * s.height * out.channels, 255);
  const size_t stride = (size_t{s.width} * s.components * s.bits + 7) / 8;
  const uint32_t top = s.bits >= 8 ? 255 : (1u << s.bits) - 1;
  for (uint32_t y = 0; y < s.height && (y + 1) * stride <= s.bytes.size(); ++y) {
    const auto* row = reinterpret_cast<const uint8_t*>(s.bytes.data()) + y * stride;
    for (uint32_t x = 0; x < s.width; ++x) {
      uint8_t v[4] = {};
      for (uint32_t c = 0; c < s.components; ++c) {
        const size_t bit = (size_t{x} * s.components + c) * s.bits;
        const uint32_t raw = s.bits >= 8 ? row[bit / 8] : row[bit / 8] >> (8 - s.bits - bit % 8) & top;
        v[c] = static_cast<uint8_t>(indexed ? raw : raw * 255 / top);
      }
      std::array<uint8_t, 3> colour = rgb(v, s.components);
      if (indexed) {
        const size_t at = size_t{v[0]} * s.palette_components;
        if (at + s.palette_components > s.palette.size()) continue;
        colour = rgb(reinterpret_cast<const uint8_t*>(s.palette.data()) + at, s.palette_components);
      }
      uint8_t* to = out.pixels.data() + (size_t{y} * s.width + x) * out.channels;
      for (uint32_t c = 0; c < out.channels; ++c) to[c] = colour[c];
    }
  }
  return out;
}

}  // namespace sekisho::unwrap
