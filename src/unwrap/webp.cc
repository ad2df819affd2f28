// Takes a WebP, gives its pixels; of an animation the first frame. Entry: read_webp. The only file that knows libwebp.
#include <webp/decode.h>
#include <webp/demux.h>

#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

// The bytes of the first frame, where the file is an animation.
std::string_view first_frame(std::string_view bytes) {
  const WebPData data{reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
  WebPDemuxState state;
  WebPDemuxer* demuxer = WebPDemuxPartial(&data, &state);
  if (demuxer == nullptr) return {};
  WebPIterator frame{};
  std::string_view out;
  // The fragment is a view of our own bytes; it stays when the demuxer goes.
  if (WebPDemuxGetFrame(demuxer, 1, &frame) != 0)
    out = {reinterpret_cast<const char*>(frame.fragment.bytes), frame.fragment.size};
  WebPDemuxReleaseIterator(&frame);
  WebPDemuxDelete(demuxer);
  return out;
}

}  // namespace

Read read_webp(std::string_view bytes, const Bounds& bounds, const Sink& sink) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return Read::part;
  const auto features = [&] {
    return WebPGetFeatures(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &config.input);
  };
  if (features() != VP8_STATUS_OK) return Read::part;
  if (config.input.has_animation != 0) {
    bytes = first_frame(bytes);
    if (bytes.empty() || features() != VP8_STATUS_OK || config.input.has_animation != 0) return Read::part;
  }
  const auto width = static_cast<uint32_t>(config.input.width), height = static_cast<uint32_t>(config.input.height);
  if (const Read fit = fits(width, height, bounds); fit != Read::whole) return fit;
  std::vector<uint8_t> pixels(size_t{width} * height * 4, 255);
  config.options.bypass_filtering = 1, config.options.no_fancy_upsampling = 1;  // beauty is not asked for
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {pixels.data(), static_cast<int>(width * 4), pixels.size()};
  // Piece by piece, so that what a cut file still shows is there.
  WebPIDecoder* decoder = WebPIDecode(nullptr, 0, &config);
  if (decoder == nullptr) return Read::part;
  const VP8StatusCode status = WebPIUpdate(decoder, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  WebPIDelete(decoder);
  hand_on(width, height, pixels, sink);
  return status == VP8_STATUS_OK ? Read::whole : Read::part;
}

}  // namespace sekisho::unwrap
