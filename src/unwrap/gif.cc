// Takes a GIF, gives its first frames as they are shown. Entry: read_gif. The only file that knows giflib. Frames are
// read line by line onto one canvas; giflib's own slurping would allocate what any frame claims.
#include <gif_lib.h>

#include <cstring>

#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

constexpr int kMostFrames = 8;

struct Source {
  std::string_view left;
};

int take(GifFileType* gif, GifByteType* to, int most) {
  auto& source = *static_cast<Source*>(gif->UserData);
  const size_t n = std::min(source.left.size(), static_cast<size_t>(std::max(0, most)));
  if (n > 0) std::memcpy(to, source.left.data(), n);
  source.left.remove_prefix(n);
  return static_cast<int>(n);
}

struct Close {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

// One frame onto the canvas; false: the file ends in it.
bool draw(GifFileType* gif, int transparent, Raster& canvas) {
  const GifImageDesc& frame = gif->Image;
  const ColorMapObject* colours = frame.ColorMap != nullptr ? frame.ColorMap : gif->SColorMap;
  std::vector<GifPixelType> line(static_cast<size_t>(frame.Width));
  static constexpr int kFirst[] = {0, 4, 2, 1}, kStep[] = {8, 8, 4, 2};
  for (int pass = 0; pass < (frame.Interlace ? 4 : 1); ++pass)
    for (int y = frame.Interlace ? kFirst[pass] : 0; y < frame.Height; y += frame.Interlace ? kStep[pass] : 1) {
      if (DGifGetLine(gif, line.data(), frame.Width) == GIF_ERROR) return false;
      const int64_t row = int64_t{frame.Top} + y;
      if (row < 0 || row >= canvas.height || colours == nullptr) continue;
      for (int x = 0; x < frame.Width; ++x) {
        const int64_t column = int64_t{frame.Left} + x;
        const int index = line[static_cast<size_t>(x)];
        if (column < 0 || column >= canvas.width || index == transparent || index >= colours->ColorCount) continue;
        const GifColorType& c = colours->Colors[index];
        uint8_t* to =
            canvas.pixels.data() + (static_cast<size_t>(row) * canvas.width + static_cast<size_t>(column)) * 3;
        to[0] = c.Red, to[1] = c.Green, to[2] = c.Blue;
      }
    }
  return true;
}

}  // namespace

Read read_gif(std::string_view bytes, const Bounds& bounds, const Sink& sink) {
  Source source{bytes};
  int error = 0;
  const std::unique_ptr<GifFileType, Close> gif(DGifOpen(&source, take, &error));
  if (!gif) return Read::part;
  if (gif->SWidth <= 0 || gif->SHeight <= 0) return Read::part;
  const auto width = static_cast<uint32_t>(gif->SWidth), height = static_cast<uint32_t>(gif->SHeight);
  if (fits(width, height, bounds) == Read::too_big) return Read::too_big;
  Raster canvas;
  int transparent = -1;
  for (int frames = 0; frames < kMostFrames;) {
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(gif.get(), &record) == GIF_ERROR) return Read::part;
    if (record == TERMINATE_RECORD_TYPE) return Read::whole;
    if (record == EXTENSION_RECORD_TYPE) {
      int code = 0;
      GifByteType* block = nullptr;
      if (DGifGetExtension(gif.get(), &code, &block) == GIF_ERROR) return Read::part;
      while (block != nullptr) {
        if (code == GRAPHICS_EXT_FUNC_CODE && block[0] >= 4) transparent = (block[1] & 1) != 0 ? block[4] : -1;
        if (DGifGetExtensionNext(gif.get(), &block) == GIF_ERROR) return Read::part;
      }
    } else if (record == IMAGE_DESC_RECORD_TYPE) {
      if (DGifGetImageDesc(gif.get()) == GIF_ERROR) return Read::part;
      if (gif->Image.Width <= 0 || gif->Image.Height <= 0 ||
          fits(static_cast<uint64_t>(gif->Image.Width), static_cast<uint64_t>(gif->Image.Height), bounds) ==
              Read::too_big)
        return Read::too_big;
      if (frames == 0) {  // a first frame larger than the screen that was announced widens it, as browsers have it
        const auto reach = [](int from, int size) {
          return static_cast<uint32_t>(std::max(from, 0)) + static_cast<uint32_t>(size);
        };
        canvas.width = std::max(width, reach(gif->Image.Left, gif->Image.Width));
        canvas.height = std::max(height, reach(gif->Image.Top, gif->Image.Height));
        if (const Read fit = fits(canvas.width, canvas.height, bounds); fit != Read::whole) return fit;
        canvas.channels = 3;
        canvas.pixels.assign(size_t{canvas.width} * canvas.height * 3, 255);
      }
      const bool whole = draw(gif.get(), transparent, canvas);
      transparent = -1;
      ++frames;
      if (!sink(canvas)) return whole ? Read::whole : Read::part;
      if (!whole) return Read::part;
    }
  }
  return Read::whole;
}

}  // namespace sekisho::unwrap
