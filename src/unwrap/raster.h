// What the openers share inside a worker: the job at hand, an image as pixels, the readers. unwrap/ only.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "unwrap/unwrap.h"

namespace sekisho::unwrap {

// One request while it is being answered. One thread.
struct Job {
  const Bounds& bounds;
  Findings& out;
  // When to stop looking for more, so that what was found still gets home: two thirds of Bounds::milliseconds.
  std::chrono::steady_clock::time_point stop;
  Job(const Bounds& b, Findings& f)
      : bounds(b), out(f), stop(std::chrono::steady_clock::now() + std::chrono::milliseconds(b.milliseconds * 2 / 3)) {}
  bool over();  // also notes the limit
};

// Rows from the top, no padding.
struct Raster {
  uint32_t width = 0, height = 0;
  uint32_t channels = 1;        // 1: luminance; 3: red, green, blue
  std::vector<uint8_t> pixels;  // width × height × channels
  uint32_t scale = 1;           // pixels of the file that became one of these
};

// How far an image decoder came. part: what was decoded before the damage has been handed on.
enum class Read : uint8_t { whole, part, too_big, too_small, not_this };

// Decoders. `sink` gets each picture that is worth a look (frames of an animation; a transparent image on white, then
// on black) and says whether to go on. Dimensions are compared with the bounds before anything of their size is
// allocated. None throws but std::bad_alloc.
using Sink = std::function<bool(const Raster&)>;
Read read_png(std::string_view bytes, const Bounds& bounds, const Sink& sink);
Read read_jpeg(std::string_view bytes, const Bounds& bounds, const Sink& sink);
Read read_gif(std::string_view bytes, const Bounds& bounds, const Sink& sink);
Read read_webp(std::string_view bytes, const Bounds& bounds, const Sink& sink);
Read read_bmp(std::string_view bytes, const Bounds& bounds, const Sink& sink);

// Whether an image of that size is looked at: whole, too_big or too_small.
Read fits(uint64_t width, uint64_t height, const Bounds& bounds);

// Hands on red, green, blue, alpha laid on white and, if any of it is transparent and the sink asks on, on black.
void hand_on(uint32_t width, uint32_t height, const std::vector<uint8_t>& rgba, const Sink& sink);

// Appends the QR codes of a picture; a text that is already there is not added again. Less likely readings (inverted,
// one colour, enlarged) are tried while time lasts, and only as long as nothing is found.
void read_codes(const Raster& raster, uint32_t page, Job& job);

// Any image, by its first bytes: its codes go to job.out. The outcome is returned, not written.
Read read_image(std::string_view bytes, uint32_t page, Job& job);
void open_pdf(std::string_view bytes, Job& job);
void open_archive(std::string_view bytes, Job& job);

}  // namespace sekisho::unwrap
