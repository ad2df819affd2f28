// Pictures with QR codes, and the files that carry them: what tests, figures and seeds of unwrap/ are made of. Drawn at
// need, so that no binary file is committed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::pictures {

using Colour = std::array<uint8_t, 3>;

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb;
  Picture() = default;
  Picture(int w, int h, Colour ground = {255, 255, 255});
  uint8_t* at(int x, int y) {
    return rgb.data() + (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 3;
  }
  const uint8_t* at(int x, int y) const { return const_cast<Picture*>(this)->at(x, y); }
};

struct Style {
  int module = 6;  // pixels of one module
  int quiet = 4;   // modules of margin
  Colour dark = {0, 0, 0}, light = {255, 255, 255};
};
Picture code(std::string_view text, const Style& style = {});
Picture turned(const Picture& p, double degrees, Colour ground = {255, 255, 255});
Picture scaled(const Picture& p, double factor);  // bilinear
void paste(Picture& onto, const Picture& p, int x, int y);
// A page of a letter: lines of grey strokes as text looks from afar, and room for a code.
Picture letter(int width, int height);

std::string png(const Picture& p);
std::string png_transparent(const Picture& p);  // light pixels are transparent
std::string jpeg(const Picture& p, int quality = 80);
std::string gif(const Picture& p);
std::string webp(const Picture& p, float quality = 80);
std::string bmp(const Picture& p);

// A PDF of the given objects, numbered from 1, the first being the catalogue; the cross-reference table is made.
std::string pdf(const std::vector<std::string>& objects);
std::string stream(std::string_view dictionary, std::string_view bytes);
enum class Stored { jpeg, flate };
std::string pdf_with_picture(const Picture& p, Stored stored);
// The code as paths of a page: one path of many rectangles, a fill for each, or strokes.
enum class Paths { one, each, strokes };
std::string pdf_with_paths(std::string_view text, Paths how);
std::string pdf_with_links(const std::vector<std::string>& uris, bool text);

// Entries as name and content. format: "zip", "7z", "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "iso", "zip-encrypted".
std::string archive(std::string_view format, const std::vector<std::pair<std::string, std::string>>& entries);

}  // namespace sekisho::pictures
