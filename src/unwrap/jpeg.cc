// Takes a JPEG, gives its pixels; photographs are decoded at half or less of their size. Entry: read_jpeg. The only
// file that knows libjpeg. Refuses nothing; a file with more scans than any camera writes ends at kMostScans.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
// After cstdio, which it needs.
#include <jpeglib.h>

#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

constexpr int kMostScans = 64;
constexpr uint64_t kEnoughPixels = 3'000'000;

struct Decoder {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  std::jmp_buf out;
  std::vector<uint8_t> pixels, row;
  bool begun = false;  // pixels has its size
};

Decoder& of(j_common_ptr info) { return *static_cast<Decoder*>(info->client_data); }

[[noreturn]] void leave(j_common_ptr info) { std::longjmp(of(info).out, 1); }

// The only frames between setjmp and a longjmp are libjpeg's and this one, which owns nothing.
Read decode(Decoder& d, std::string_view bytes, const Bounds& bounds) {
  if (setjmp(d.out) != 0) return d.begun ? Read::part : Read::not_this;
  jpeg_create_decompress(&d.info);
  d.info.progress = &d.progress;
  d.progress.progress_monitor = [](j_common_ptr info) {
    if (of(info).info.input_scan_number > kMostScans) leave(info);
  };
  d.info.mem->max_memory_to_use = 256 << 20;
  jpeg_mem_src(&d.info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (jpeg_read_header(&d.info, TRUE) != JPEG_HEADER_OK) return Read::part;
  const uint64_t width = d.info.image_width, height = d.info.image_height;
  if (const Read fit = fits(width, height, bounds); fit != Read::whole) return fit;
  d.info.scale_num = 1, d.info.scale_denom = 1;
  while (d.info.scale_denom < 8 && width * height / (d.info.scale_denom * d.info.scale_denom) > kEnoughPixels)
    d.info.scale_denom *= 2;
  const bool cmyk = d.info.num_components == 4;
  if (!cmyk) d.info.out_color_space = d.info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  else d.info.out_color_space = JCS_CMYK;
  jpeg_start_decompress(&d.info);
  const size_t stride = size_t{d.info.output_width} * static_cast<size_t>(d.info.output_components);
  const size_t shown = cmyk ? 3 : static_cast<size_t>(d.info.output_components);
  d.row.resize(stride);
  d.pixels.assign(size_t{d.info.output_width} * d.info.output_height * shown, 255);
  d.begun = true;
  while (d.info.output_scanline < d.info.output_height) {
    uint8_t* to = d.pixels.data() + size_t{d.info.output_scanline} * d.info.output_width * shown;
    JSAMPROW row = cmyk ? d.row.data() : to;
    jpeg_read_scanlines(&d.info, &row, 1);
    // Adobe's CMYK is stored inverted: 255 is no ink.
    if (cmyk)
      for (size_t x = 0; x < d.info.output_width; ++x)
        for (size_t c = 0; c < 3; ++c) {
          const int ink = d.info.saw_Adobe_marker ? row[x * 4 + c] : 255 - row[x * 4 + c];
          const int black = d.info.saw_Adobe_marker ? row[x * 4 + 3] : 255 - row[x * 4 + 3];
          to[x * 3 + c] = static_cast<uint8_t>(ink * black / 255);
        }
  }
  return d.errors.num_warnings > 0 ? Read::part : Read::whole;
}

}  // namespace

Read read_jpeg(std::string_view bytes, const Bounds& bounds, const Sink& sink) {
  Decoder d;
  d.info.err = jpeg_std_error(&d.errors);
  d.errors.error_exit = leave;
  d.errors.output_message = [](j_common_ptr) {};
  d.errors.emit_message = [](j_common_ptr info, int level) {
    if (level < 0) ++info->err->num_warnings;
  };
  d.info.client_data = &d;
  Read read = Read::not_this;
  try {
    read = decode(d, bytes, bounds);
  } catch (...) {
    jpeg_destroy_decompress(&d.info);
    throw;
  }
  const uint32_t width = d.info.output_width, height = d.info.output_height;
  jpeg_destroy_decompress(&d.info);
  if (read == Read::not_this) return Read::part;  // it began like a JPEG
  if (!d.begun) return read;
  const uint32_t scale = d.info.scale_denom;
  const auto channels = static_cast<uint32_t>(d.pixels.size() / (size_t{width} * height));
  sink({width, height, channels, std::move(d.pixels), scale});
  return read;
}

}  // namespace sekisho::unwrap
