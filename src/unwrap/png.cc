// Takes a PNG, gives its pixels. Entry: read_png. The only file that knows libpng. A damaged file gives the rows before
// the damage, as browsers show them.
#include <png.h>

#include "unwrap/raster.h"

namespace sekisho::unwrap {

Read read_png(std::string_view bytes, const Bounds& bounds, const Sink& sink) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return Read::part;
  const uint32_t width = image.width, height = image.height;
  if (const Read fit = fits(width, height, bounds); fit != Read::whole) {
    png_image_free(&image);
    return fit;
  }
  const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0, alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  image.format = alpha ? PNG_FORMAT_RGBA : colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  const uint32_t channels = alpha ? 4 : colour ? 3 : 1;
  std::vector<uint8_t> pixels;
  try {
    pixels.assign(size_t{width} * height * channels, 255);
  } catch (...) {
    png_image_free(&image);
    throw;
  }
  const bool whole = png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr) != 0;
  png_image_free(&image);
  if (alpha) hand_on(width, height, pixels, sink);
  else sink({width, height, channels, std::move(pixels)});
  return whole ? Read::whole : Read::part;
}

}  // namespace sekisho::unwrap
