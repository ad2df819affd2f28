// Takes a grey picture, says whether a search for QR codes in it is worth its time. Entry: may_hold_code. Dark and
// light are told apart as the reader does it (mean of the surroundings, in blocks of eight pixels), so that both see
// the same squares. Large pictures are looked at again at a third of their size, and at a third of that, where noise is
// gone.
#include "unwrap/finders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace sekisho::unwrap {
namespace {

constexpr uint32_t kBlock = 8;
constexpr uint32_t kAround = 5;      // blocks, each way; smaller pictures have one threshold for all
constexpr int kFlat = 24;            // a block of less contrast has no edge
constexpr uint32_t kStep = 3;        // rows; the middle of a finder pattern is three modules high
constexpr uint32_t kReduced = 500;   // pixels of the longer side from which a third of the size is looked at too
constexpr size_t kMostPlaces = 128;  // more are as good as a yes
constexpr float kMostModules = 177 * 1.5f, kLeastModules = 21 * 0.8f;  // of a code's side

using Bytes = uint8_t __attribute__((vector_size(16)));
using Words = uint16_t __attribute__((vector_size(32)));

Bytes load(const uint8_t* p) {
  Bytes out;
  std::memcpy(&out, p, sizeof out);
  return out;
}

struct Place {
  float x, y, size;  // size: pixels from side to side
};

class Look {
 public:
  // times: as if the picture were that many times as large.
  Look(const uint8_t* pixels, uint32_t width, uint32_t height, uint32_t times)
      : pixels_(pixels), width_(width), height_(height), block_(kBlock / times), step_(times > 1 ? 1 : kStep) {
    thresholds();
  }

  bool enough() {
    std::vector<uint8_t> limits(width_), row(width_);
    for (uint32_t y = step_ - 1, block = UINT32_MAX; y < height_; y += step_) {
      if (y / block_ != block) {
        block = y / block_;
        for (uint32_t x = 0; x < width_; x += block_)
          std::memset(limits.data() + x, limit_[size_t{block} * across_ + x / block_], std::min(block_, width_ - x));
      }
      const uint8_t* p = pixels_ + size_t{y} * width_;
      uint32_t x = 0;
      for (; x + sizeof(Bytes) <= width_; x += sizeof(Bytes)) {
        const Bytes dark = reinterpret_cast<Bytes>(load(p + x) <= load(limits.data() + x));
        std::memcpy(row.data() + x, &dark, sizeof dark);
      }
      for (; x < width_; ++x) row[x] = p[x] <= limits[x] ? 255 : 0;
      if (scan(row, y)) return true;
    }
    return false;
  }

 private:
  struct Block {
    int sum = 0, low = 255, high = 0;
  };

  // Two blocks beside each other.
  static void measure(const uint8_t* p, uint32_t stride, Block* out) {
    Bytes low = load(p), high = low;
    Words sum = __builtin_convertvector(low, Words);
    for (uint32_t y = 1; y < kBlock; ++y) {
      const Bytes row = load(p + size_t{y} * stride);
      low = row < low ? row : low, high = row > high ? row : high;
      sum += __builtin_convertvector(row, Words);
    }
    for (uint32_t i = 0; i < sizeof(Bytes); ++i) {
      Block& b = out[i / kBlock];
      b.sum += sum[i], b.low = std::min<int>(b.low, low[i]), b.high = std::max<int>(b.high, high[i]);
    }
  }

  // One row of blocks; the last of them lies over the one before it.
  void measure_row(const uint8_t* p, std::vector<Block>& row) const {
    std::ranges::fill(row, Block());
    for (uint32_t bx = 0; bx < across_; ++bx) {
      const uint32_t x = std::min(bx * block_, width_ - block_);
      if (block_ == kBlock && x + sizeof(Bytes) <= width_) {
        measure(p + x, width_, row.data() + bx++);
        continue;
      }
      Block& b = row[bx];
      for (uint32_t j = 0; j < block_; ++j)
        for (uint32_t i = x; i < x + block_; ++i) {
          const int v = p[size_t{j} * width_ + i];
          b.sum += v, b.low = std::min(b.low, v), b.high = std::max(b.high, v);
        }
    }
  }

  // For each block, the mean over five by five of them.
  void thresholds() {
    across_ = (width_ + block_ - 1) / block_, down_ = (height_ + block_ - 1) / block_;
    limit_.assign(size_t{across_} * down_, 127);
    if (width_ < kAround * block_ || height_ < kAround * block_) return;
    std::vector<uint8_t> mean(limit_.size());
    std::vector<Block> row(across_ + 1);
    for (uint32_t by = 0; by < down_; ++by) {
      measure_row(pixels_ + size_t{std::min(by * block_, height_ - block_)} * width_, row);
      for (uint32_t bx = 0; bx < across_; ++bx) {
        const Block& b = row[bx];
        int average = b.sum / static_cast<int>(block_ * block_);
        if (b.high - b.low <= kFlat) {
          average = b.low / 2;
          if (bx > 0 && by > 0) {
            const auto at = [&](uint32_t i, uint32_t j) { return int{mean[size_t{j} * across_ + i]}; };
            const int around = (at(bx, by - 1) + 2 * at(bx - 1, by) + at(bx - 1, by - 1)) / 4;
            if (b.low < around) average = around;
          }
        }
        mean[size_t{by} * across_ + bx] = static_cast<uint8_t>(average);
      }
    }
    std::vector<uint16_t> columns(across_);  // sums of five, from top to bottom
    for (uint32_t by = 0; by < down_; ++by) {
      const uint32_t top = std::clamp(by, 2u, down_ - 3) - 2;
      for (uint32_t x = 0; x < across_; ++x) {
        const uint8_t* m = mean.data() + size_t{top} * across_ + x;
        columns[x] = static_cast<uint16_t>(m[0] + m[across_] + m[2 * across_] + m[3 * across_] + m[4 * across_]);
      }
      for (uint32_t bx = 0; bx < across_; ++bx) {
        const uint16_t* c = columns.data() + std::clamp(bx, 2u, across_ - 3) - 2;
        limit_[size_t{by} * across_ + bx] = static_cast<uint8_t>((c[0] + c[1] + c[2] + c[3] + c[4]) / 25);
      }
    }
  }

  bool dark(int64_t x, int64_t y) const {
    const auto column = static_cast<size_t>(x), row = static_cast<size_t>(y);
    return pixels_[row * width_ + column] <= limit_[row / block_ * across_ + column / block_];
  }

  // 1:1:3:1:1, each run off by no more than three quarters of a module and half a pixel.
  static bool fits(const std::array<uint32_t, 5>& runs) {
    const uint32_t sum = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
    if (sum < 7) return false;
    const float unit = static_cast<float>(sum) / 7, slack = unit * 0.75f + 0.5f;
    const auto off = [&](size_t i, float wanted) { return std::fabs(static_cast<float>(runs[i]) - wanted) > slack; };
    return !off(0, unit) && !off(1, unit) && !off(3, unit) && !off(4, unit) &&
           std::fabs(static_cast<float>(runs[2]) - 3 * unit) <= 1.5f * slack;
  }

  bool scan(const std::vector<uint8_t>& row, uint32_t y) {
    std::array<uint32_t, 5> runs{};  // the last five
    uint32_t from = 0;
    size_t known = 0;
    for (uint32_t x = 1; x <= width_; ++x) {
      if (x < width_ && row[x] == row[x - 1]) continue;
      runs = {runs[1], runs[2], runs[3], runs[4], x - from};
      from = x;
      ++known;
      if (known < 5 || row[x - 1] == 0 || runs[2] < 2 * std::max(runs[0], runs[4]) ||
          runs[2] < std::max(runs[1], runs[3]) || !fits(runs))
        continue;
      const uint32_t middle = x - runs[4] - runs[3] - (runs[2] + 1) / 2;
      const uint32_t wide = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
      if (across(middle, y, wide) && add()) return true;
    }
    return false;
  }

  // Length of the pattern through a dark pixel in a direction and against it, 0 if it is not there. `shift`: how far
  // the pixel lies from its middle.
  uint32_t through(int64_t x, int64_t y, int dx, int dy, uint32_t most, float& shift) const {
    const auto walk = [&](int way, std::array<uint32_t, 3>& out) {
      int64_t i = x, j = y;
      bool want = true;
      for (uint32_t& run : out) {
        while (i >= 0 && j >= 0 && i < int64_t{width_} && j < int64_t{height_} && dark(i, j) == want && run <= most)
          ++run, i += way * dx, j += way * dy;
        if (run == 0 || run > most) return false;
        want = !want;
      }
      return true;
    };
    std::array<uint32_t, 3> back{}, on{};
    if (!walk(-1, back) || !walk(1, on)) return 0;
    const std::array<uint32_t, 5> runs = {back[2], back[1], back[0] + on[0] - 1, on[1], on[2]};
    shift = (static_cast<float>(on[0]) - static_cast<float>(back[0])) / 2;
    return fits(runs) ? runs[0] + runs[1] + runs[2] + runs[3] + runs[4] : 0;
  }

  bool across(uint32_t x, uint32_t y, uint32_t wide) {
    const uint32_t most = 3 * wide;
    float shift = 0, ignored = 0;
    const uint32_t high = through(x, y, 0, 1, most, shift);
    if (high == 0 || wide > 2 * high + 2 || high > 2 * wide + 2) return false;
    const auto middle = static_cast<int64_t>(std::lround(static_cast<float>(y) + shift));
    float aside = 0;
    const uint32_t again = through(x, middle, 1, 0, most, aside);
    // A square is as far across both ways, whichever way it is turned: half as far in steps of both at least.
    const auto diagonals = [&](int64_t i, int64_t j) {
      const uint32_t down = through(i, j, 1, 1, most, ignored), up = through(i, j, 1, -1, most, ignored);
      const uint32_t least = std::min(down, up), larger = std::max(down, up), side = (wide + high) / 2;
      return least > 0 && larger <= 2 * least + 2 && larger <= side * 3 / 2 + 2 && least * 3 + 2 >= side;
    };
    // From the middle of both ways, or from where the row is: a pixel may decide.
    const int64_t centre = again > 0 ? std::lround(static_cast<float>(x) + aside) : int64_t{x};
    if (!diagonals(centre, middle) && !diagonals(x, middle) && !diagonals(x, y)) return false;
    found_ = {static_cast<float>(x), static_cast<float>(middle), static_cast<float>(wide + high) / 2};
    return true;
  }

  // True: there are three that could be corners of one code.
  bool add() {
    const Place p = found_;
    if (places_.size() >= kMostPlaces) return true;
    const auto alike = [](const Place& a, const Place& b) {
      return std::max(a.size, b.size) <= std::min(a.size, b.size) * 1.8f;
    };
    const auto far = [](const Place& a, const Place& b) { return std::hypot(a.x - b.x, a.y - b.y); };
    for (const Place& other : places_)
      if (alike(p, other) && far(p, other) < std::max(p.size, other.size) / 2) return false;  // the same, a row further
    for (size_t i = 0; i < places_.size(); ++i)
      for (size_t k = i + 1; k < places_.size(); ++k) {
        const Place &a = places_[i], &b = places_[k];
        if (!alike(a, b) || !alike(a, p) || !alike(b, p)) continue;
        std::array<float, 3> sides = {far(a, b), far(b, p), far(a, p)};
        std::ranges::sort(sides);
        const float module = (a.size + b.size + p.size) / 21;
        const float modules = (sides[0] + sides[1]) / 2 / module + 7;
        // Legs about equally long, and the angle between them between 45 and 135 degrees.
        const float cosine =
            (sides[0] * sides[0] + sides[1] * sides[1] - sides[2] * sides[2]) / (2 * sides[0] * sides[1]);
        if (modules >= kLeastModules / 1.5f && modules <= kMostModules && sides[1] <= 1.6f * sides[0] &&
            std::fabs(cosine) < 0.6f)
          return true;
      }
    places_.push_back(p);
    return false;
  }

  const uint8_t* pixels_;
  uint32_t width_, height_, block_, step_, across_ = 0, down_ = 0;
  std::vector<uint8_t> limit_;
  std::vector<Place> places_;
  Place found_{};
};

std::vector<uint8_t> third(const uint8_t* pixels, uint32_t width, uint32_t height) {
  const uint32_t w = width / 3, h = height / 3;
  std::vector<uint8_t> out(size_t{w} * h);
  for (uint32_t y = 0; y < h; ++y)
    for (uint32_t x = 0; x < w; ++x) {
      const uint8_t* p = pixels + size_t{y} * 3 * width + size_t{x} * 3;
      const uint32_t sum = p[0] + p[1] + p[2] + p[width] + p[width + 1] + p[width + 2] + p[2 * width] +
                           p[2 * width + 1] + p[2 * width + 2];
      out[size_t{y} * w + x] = static_cast<uint8_t>(sum / 9);
    }
  return out;
}

}  // namespace

bool may_hold_code(const std::vector<uint8_t>& pixels, uint32_t width, uint32_t height, uint32_t times) {
  std::vector<uint8_t> smaller;
  for (const uint8_t* now = pixels.data(); std::min(width, height) >= kBlock;) {
    if (Look(now, width, height, times).enough()) return true;
    if (times > 1 || std::max(width, height) <= kReduced) break;
    smaller = third(now, width, height);
    now = smaller.data(), width /= 3, height /= 3;
  }
  return false;
}

}  // namespace sekisho::unwrap
