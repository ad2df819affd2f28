// Takes the bytes of a file and what it is said to be, gives what was found in it. Entries: open, read_image. Refuses
// images of other forms than PNG, JPEG, GIF, WebP and BMP (Outcome::unknown). Runs inside the worker.
#include <algorithm>
#include <exception>
#include <new>

#include "unwrap/raster.h"

namespace sekisho::unwrap {

std::string_view to_string(Outcome outcome) {
  static constexpr std::string_view kNames[] = {"read",    "damaged", "limited", "too_big",
                                                "unknown", "timeout", "crashed", "no_worker"};
  return kNames[static_cast<size_t>(outcome)];
}

void Findings::note(std::string_view limit) {
  if (std::find(limits.begin(), limits.end(), limit) == limits.end()) limits.emplace_back(limit);
  if (outcome == Outcome::read) outcome = Outcome::limited;
}

bool Job::over() {
  if (std::chrono::steady_clock::now() < stop) return false;
  out.note("milliseconds");
  return true;
}

Read fits(uint64_t width, uint64_t height, const Bounds& bounds) {
  if (width > bounds.image_side || height > bounds.image_side || width * height > bounds.image_pixels)
    return Read::too_big;
  return width < bounds.least_side || height < bounds.least_side ? Read::too_small : Read::whole;
}

void hand_on(uint32_t width, uint32_t height, const std::vector<uint8_t>& rgba, const Sink& sink) {
  const size_t pixels = size_t{width} * height;
  bool transparent = false;
  for (const int ground : {255, 0}) {
    Raster raster{width, height, 3, {}};
    raster.pixels.resize(pixels * 3);
    for (size_t i = 0; i < pixels; ++i) {
      const int alpha = rgba[i * 4 + 3];
      transparent |= alpha < 128;
      for (size_t c = 0; c < 3; ++c)
        raster.pixels[i * 3 + c] = static_cast<uint8_t>((rgba[i * 4 + c] * alpha + ground * (255 - alpha)) / 255);
    }
    if (!sink(raster) || !transparent) return;
  }
}

Read read_image(std::string_view bytes, uint32_t page, Job& job) {
  const size_t before = job.out.codes.size();
  const Sink sink = [&](const Raster& raster) {
    job.out.width = raster.width * raster.scale, job.out.height = raster.height * raster.scale;
    read_codes(raster, page, job);
    return job.out.codes.size() == before && !job.over();
  };
  const Bounds& b = job.bounds;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return read_png(bytes, b, sink);
  if (bytes.starts_with("\xff\xd8\xff")) return read_jpeg(bytes, b, sink);
  if (bytes.starts_with("GIF8")) return read_gif(bytes, b, sink);
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return read_webp(bytes, b, sink);
  if (bytes.starts_with("BM")) return read_bmp(bytes, b, sink);
  return Read::not_this;
}

Findings open(Kind kind, std::string_view bytes, const Bounds& bounds) {
  Findings out;
  Job job(bounds, out);
  try {
    switch (kind) {
      case Kind::image: {
        const Read read = read_image(bytes, 0, job);
        if (read == Read::part) out.outcome = Outcome::damaged;
        if (read == Read::too_big) out.outcome = Outcome::too_big;
        if (read == Read::not_this) out.outcome = Outcome::unknown;
        break;
      }
      case Kind::pdf:
        open_pdf(bytes, job);
        break;
      case Kind::archive:
        open_archive(bytes, job);
        break;
      case Kind::probe:
        break;  // the worker's own (worker.cc)
    }
  } catch (const std::bad_alloc&) {
    out.outcome = Outcome::too_big;
  } catch (const std::exception&) {
    out.outcome = Outcome::damaged;
  }
  return out;
}

}  // namespace sekisho::unwrap
