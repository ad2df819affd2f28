// Takes pixels, gives the QR codes in them. Entry: read_codes. The only file that knows zxing. Cameras read more than
// the reader does at its first look, so several looks are taken, the likely ones first: as it is, inverted (light on
// dark), enlarged with a margin (small, or without its quiet zone), one colour alone (colours of equal lightness).
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <array>

#include "unwrap/finders.h"
#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

constexpr size_t kMostPixels = 3'000'000;  // larger pictures are halved until they have no more
constexpr size_t kEnoughPixels = 800'000;  // the same for the less likely readings
constexpr uint32_t kSmall = 360;           // pixels of the shorter side up to which a picture is enlarged

struct Grey {
  uint32_t width = 0, height = 0;
  std::vector<uint8_t> pixels;
  // A pixel of this picture is pixel (x - margin) * numerator / denominator of the original.
  uint32_t margin = 0, numerator = 1, denominator = 1;
};

// One channel (0 to 2) or the lightness (-1) of a picture; `half`: each pixel is the mean of four.
template <bool half>
Grey grey_as(const Raster& raster, int channel) {
  constexpr uint32_t kStep = half ? 2 : 1;
  const uint32_t width = raster.width / kStep, height = raster.height / kStep;
  Grey out{width, height, {}, 0, raster.scale * kStep, 1};
  out.pixels.resize(size_t{width} * height);
  const size_t channels = raster.channels, stride = raster.width * channels;
  uint32_t red = 77, green = 150, blue = 29;  // of 256
  if (channel >= 0) red = channel == 0 ? 256 : 0, green = channel == 1 ? 256 : 0, blue = channel == 2 ? 256 : 0;
  for (uint32_t y = 0; y < height; ++y) {
    const uint8_t* p = raster.pixels.data() + size_t{y} * kStep * stride;
    uint8_t* to = out.pixels.data() + size_t{y} * width;
    const auto value = [&](const uint8_t* at) -> uint32_t {
      if constexpr (half) return uint32_t{at[0]} + at[channels] + at[stride] + at[stride + channels];
      else return at[0];
    };
    constexpr uint32_t kShift = half ? 10 : 8;
    if (channels == 1)
      for (uint32_t x = 0; x < width; ++x, p += kStep) to[x] = static_cast<uint8_t>(value(p) >> (kShift - 8));
    else
      for (uint32_t x = 0; x < width; ++x, p += kStep * 3)
        to[x] = static_cast<uint8_t>((value(p) * red + value(p + 1) * green + value(p + 2) * blue) >> kShift);
  }
  return out;
}

void halve(Grey& g) {
  const uint32_t width = g.width / 2, height = g.height / 2;
  for (uint32_t y = 0; y < height; ++y) {
    const uint8_t* above = g.pixels.data() + size_t{y} * 2 * g.width;
    const uint8_t* below = above + g.width;
    for (uint32_t x = 0; x < width; ++x)
      g.pixels[size_t{y} * width + x] =
          static_cast<uint8_t>((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]) / 4);
  }
  g.width = width, g.height = height, g.numerator *= 2;
  g.pixels.resize(size_t{width} * height);
}

// Darkest becomes 0, lightest 255. False: nothing is drawn there.
bool stretch(Grey& g) {
  // By sixteens, which the compiler knows to do at once.
  std::array<uint8_t, 16> lows, highs;
  lows.fill(255), highs.fill(0);
  size_t i = 0;
  for (; i + 16 <= g.pixels.size(); i += 16)
    for (size_t k = 0; k < 16; ++k) {
      const uint8_t p = g.pixels[i + k];
      lows[k] = std::min(lows[k], p), highs[k] = std::max(highs[k], p);
    }
  for (; i < g.pixels.size(); ++i) lows[0] = std::min(lows[0], g.pixels[i]), highs[0] = std::max(highs[0], g.pixels[i]);
  const int from = *std::ranges::min_element(lows), range = *std::ranges::max_element(highs) - from;
  if (range < 16) return false;
  if (range == 255) return true;
  std::array<uint8_t, 256> to;
  for (int v = 0; v < 256; ++v)
    to[static_cast<size_t>(v)] = static_cast<uint8_t>(std::clamp((v - from) * 255 / range, 0, 255));
  for (uint8_t& p : g.pixels) p = to[p];
  return true;
}

void invert(Grey& g) {
  size_t i = 0;
  for (; i + 16 <= g.pixels.size(); i += 16)
    for (size_t k = 0; k < 16; ++k) g.pixels[i + k] ^= 255;
  for (; i < g.pixels.size(); ++i) g.pixels[i] ^= 255;
}

// `times` as large, with a light margin around it.
Grey enlarge(const Grey& g, uint32_t times) {
  const uint32_t margin = 8 * times;
  Grey out{g.width * times + 2 * margin, g.height * times + 2 * margin, {}, margin, g.numerator, times};
  out.pixels.assign(size_t{out.width} * out.height, 255);
  for (uint32_t y = 0; y < g.height; ++y) {
    uint8_t* const first = out.pixels.data() + size_t{y * times + margin} * out.width + margin;
    for (uint32_t x = 0; x < g.width; ++x)
      for (uint32_t k = 0; k < times; ++k) first[x * times + k] = g.pixels[size_t{y} * g.width + x];
    for (uint32_t k = 1; k < times; ++k) std::copy_n(first, g.width * times, first + size_t{k} * out.width);
  }
  return out;
}

bool colourful(const Raster& raster) {
  if (raster.channels != 3) return false;
  size_t coloured = 0;
  const size_t n = size_t{raster.width} * raster.height;
  for (size_t i = 0; i < n; ++i) {
    const uint8_t* p = raster.pixels.data() + i * 3;
    coloured += std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]}) > 60;
  }
  return coloured > n / 50;
}

// One reading of a code, in the terms of the file; false: there is no room for more.
bool keep(const Grey& g, const ZXing::Result& result, uint32_t page, Job& job) {
  Code code;
  code.text = result.text();
  if (code.text.size() > job.bounds.text_bytes) {
    code.text.resize(job.bounds.text_bytes);
    job.out.note("text_bytes");
  }
  if (std::any_of(job.out.codes.begin(), job.out.codes.end(), [&](const Code& c) { return c.text == code.text; }))
    return true;
  if (job.out.codes.size() >= job.bounds.codes) {
    job.out.note("codes");
    return false;
  }
  const auto place = [&](int at) {
    return static_cast<uint32_t>(std::max<int64_t>(0, at - int64_t{g.margin})) * g.numerator / g.denominator;
  };
  uint32_t right = 0, bottom = 0;
  code.x = code.y = UINT32_MAX, code.page = page;
  for (const auto& corner : result.position()) {
    code.x = std::min(code.x, place(corner.x)), right = std::max(right, place(corner.x));
    code.y = std::min(code.y, place(corner.y)), bottom = std::max(bottom, place(corner.y));
  }
  code.width = right - code.x, code.height = bottom - code.y;
  job.out.codes.push_back(std::move(code));
  return true;
}

// Paints a code over: where there are several, the reader mixes up their corners and finds some only alone.
void cover(Grey& g, const ZXing::Result& result) {
  int left = INT32_MAX, top = INT32_MAX, right = 0, bottom = 0;
  for (const auto& corner : result.position()) {
    left = std::min(left, corner.x), right = std::max(right, corner.x);
    top = std::min(top, corner.y), bottom = std::max(bottom, corner.y);
  }
  const int width = static_cast<int>(g.width), height = static_cast<int>(g.height);
  for (int y = std::max(0, top); y < std::min(height, bottom + 1); ++y)
    for (int x = std::max(0, left); x < std::min(width, right + 1); ++x)
      g.pixels[static_cast<size_t>(y) * g.width + static_cast<size_t>(x)] = 255;
}

bool look(Grey& g, bool far, uint32_t page, Job& job) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(false).setTryDownscale(far);
  hints.setMaxNumberOfSymbols(static_cast<uint8_t>(std::min<uint32_t>(job.bounds.codes, 200)));
  bool found = false;
  for (uint32_t round = 0; round <= job.bounds.codes; ++round) {
    const auto results = ZXing::ReadBarcodes(
        {g.pixels.data(), static_cast<int>(g.width), static_cast<int>(g.height), ZXing::ImageFormat::Lum}, hints);
    bool fresh = false;
    for (const ZXing::Result& result : results) {
      if (!result.isValid()) continue;
      found = fresh = true;
      if (!keep(g, result, page, job)) return true;
      cover(g, result);
    }
    if (!fresh || job.over()) break;
  }
  return found;
}

bool may_hold(const Grey& g, uint32_t times = 1) { return may_hold_code(g.pixels, g.width, g.height, times); }

// Both polarities of a picture of moderate size, and both again enlarged where it is small.
bool look_twice(Grey g, uint32_t page, Job& job) {
  if (!stretch(g)) return false;
  const uint32_t side = std::min(g.width, g.height);
  const uint32_t times = std::max(g.width, g.height) >= 4 * kSmall ? 1 : side < kSmall / 3 ? 4 : side < kSmall ? 2 : 1;
  for (const bool inverted : {false, true}) {
    if (inverted && job.over()) return false;
    if (inverted) invert(g);
    const bool plain = may_hold(g);
    if (plain && look(g, true, page, job)) return true;
    if (times == 1 || job.over() || (!plain && !may_hold(g, times))) continue;
    Grey large = enlarge(g, times);
    if (look(large, false, page, job)) return true;
  }
  return false;
}

}  // namespace

void read_codes(const Raster& raster, uint32_t page, Job& job) {
  const auto reading = [&](int channel, size_t most) {
    Grey g =
        size_t{raster.width} * raster.height > most ? grey_as<true>(raster, channel) : grey_as<false>(raster, channel);
    while (size_t{g.width} * g.height > most) halve(g);
    return g;
  };
  Grey g = reading(-1, kEnoughPixels);
  const bool reduced = g.numerator > raster.scale;
  if (look_twice(std::move(g), page, job) || job.over()) return;
  if (reduced) {  // a small code on a large page
    Grey whole = reading(-1, kMostPixels);
    if (stretch(whole) && may_hold(whole) && look(whole, false, page, job)) return;
  }
  if (!colourful(raster)) return;
  for (int channel = 0; channel < 3; ++channel)
    if (job.over() || look_twice(reading(channel, kEnoughPixels), page, job)) return;
}

}  // namespace sekisho::unwrap
