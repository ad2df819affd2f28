// Takes texts and colours, gives pictures and files. See pictures.h. Wants memory and nothing else; aborts where a
// library refuses, for then the test is wrong.
#include "pictures.h"

#include <gif_lib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>

#include <archive.h>
#include <archive_entry.h>

#define ZX_USE_UTF8 1
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace sekisho::pictures {
namespace {

void need(bool good) {
  if (!good) std::abort();
}

size_t area(const Picture& p) { return static_cast<size_t>(p.width) * static_cast<size_t>(p.height); }

std::string flate(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  need(compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                bytes.size()) == Z_OK);
  out.resize(size);
  return out;
}

}  // namespace

Picture::Picture(int w, int h, Colour ground) : width(w), height(h) {
  rgb.resize(area(*this) * 3);
  for (size_t i = 0; i < rgb.size(); ++i) rgb[i] = ground[i % 3];
}

Picture code(std::string_view text, const Style& style) {
  ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
  writer.setMargin(0).setEccLevel(4);
  const ZXing::BitMatrix bits = writer.encode(std::string(text), 0, 0);
  const int side = (bits.width() + 2 * style.quiet) * style.module;
  Picture out(side, side, style.light);
  for (int y = 0; y < bits.height() * style.module; ++y)
    for (int x = 0; x < bits.width() * style.module; ++x)
      if (bits.get(x / style.module, y / style.module))
        std::memcpy(out.at(x + style.quiet * style.module, y + style.quiet * style.module), style.dark.data(), 3);
  return out;
}

namespace {

void sample(const Picture& p, double x, double y, Colour ground, uint8_t* to) {
  const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
  for (size_t c = 0; c < 3; ++c) {
    double sum = 0;
    for (int dy = 0; dy < 2; ++dy)
      for (int dx = 0; dx < 2; ++dx) {
        const int px = left + dx, py = top + dy;
        const double weight = (dx ? x - left : 1 - (x - left)) * (dy ? y - top : 1 - (y - top));
        const bool inside = px >= 0 && py >= 0 && px < p.width && py < p.height;
        sum += weight * (inside ? p.at(px, py)[c] : ground[c]);
      }
    to[c] = static_cast<uint8_t>(std::lround(sum));
  }
}

}  // namespace

Picture turned(const Picture& p, double degrees, Colour ground) {
  const double a = degrees * M_PI / 180, s = std::sin(a), k = std::cos(a);
  const int width = static_cast<int>(std::ceil(std::abs(p.width * k) + std::abs(p.height * s)));
  const int height = static_cast<int>(std::ceil(std::abs(p.width * s) + std::abs(p.height * k)));
  Picture out(width, height, ground);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double dx = x - width / 2.0, dy = y - height / 2.0;
      sample(p, dx * k + dy * s + p.width / 2.0, -dx * s + dy * k + p.height / 2.0, ground, out.at(x, y));
    }
  return out;
}

Picture scaled(const Picture& p, double factor) {
  Picture out(static_cast<int>(p.width * factor), static_cast<int>(p.height * factor));
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      sample(p, std::min((x + 0.5) / factor - 0.5, p.width - 1.0), std::min((y + 0.5) / factor - 0.5, p.height - 1.0),
             {255, 255, 255}, out.at(x, y));
  return out;
}

void paste(Picture& onto, const Picture& p, int x, int y) {
  for (int row = 0; row < p.height && y + row < onto.height; ++row)
    for (int column = 0; column < p.width && x + column < onto.width; ++column)
      std::memcpy(onto.at(x + column, y + row), p.at(column, row), 3);
}

Picture letter(int width, int height) {
  Picture out(width, height, {250, 250, 248});
  uint32_t random = 12345;
  for (int y = 40; y + 8 < height; y += 18)
    for (int x = 40; x + 40 < width;) {
      random = random * 1664525 + 1013904223;
      const int word = 12 + static_cast<int>(random >> 24) % 50;
      for (int i = 0; i < word && x + i < width - 40; ++i)
        for (int h = 0; h < 8; ++h)
          if (((random >> (i / 2 % 16)) ^ static_cast<uint32_t>(h / 4 & i / 4)) & 1)
            std::memset(out.at(x + i, y + h), 60, 3);
      x += word + 8;
    }
  return out;
}

namespace {

std::string png_of(const Picture& p, const std::vector<uint8_t>& pixels, png_uint_32 format) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(p.width), image.height = static_cast<png_uint_32>(p.height);
  image.format = format;
  png_alloc_size_t size = 0;
  need(png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr) != 0);
  std::string out(size, '\0');
  need(png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr) != 0);
  out.resize(size);
  return out;
}

}  // namespace

std::string png(const Picture& p) { return png_of(p, p.rgb, PNG_FORMAT_RGB); }

std::string png_transparent(const Picture& p) {
  std::vector<uint8_t> rgba;
  for (size_t i = 0; i < area(p); ++i) {
    const uint8_t* c = p.rgb.data() + i * 3;
    rgba.insert(rgba.end(), {c[0], c[1], c[2], static_cast<uint8_t>(c[0] + c[1] + c[2] > 384 ? 0 : 255)});
  }
  return png_of(p, rgba, PNG_FORMAT_RGBA);
}

std::string jpeg(const Picture& p, int quality) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(p.width), info.image_height = static_cast<JDIMENSION>(p.height);
  info.input_components = 3, info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  for (int y = 0; y < p.height; ++y) {
    JSAMPROW row = const_cast<uint8_t*>(p.at(0, y));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string out(reinterpret_cast<char*>(bytes), size);
  jpeg_destroy_compress(&info);
  std::free(bytes);
  return out;
}

std::string gif(const Picture& p) {
  std::string out;
  const auto write = [](GifFileType* gif, const GifByteType* bytes, int n) {
    static_cast<std::string*>(gif->UserData)->append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(n));
    return n;
  };
  int error = 0;
  GifFileType* file = EGifOpen(&out, write, &error);
  need(file != nullptr);
  // Six steps of each colour.
  GifColorType colours[256] = {};
  for (int i = 0; i < 216; ++i)
    colours[i] = {static_cast<GifByteType>(i / 36 * 51), static_cast<GifByteType>(i / 6 % 6 * 51),
                  static_cast<GifByteType>(i % 6 * 51)};
  ColorMapObject* map = GifMakeMapObject(256, colours);
  need(EGifPutScreenDesc(file, p.width, p.height, 8, 0, map) == GIF_OK &&
       EGifPutImageDesc(file, 0, 0, p.width, p.height, false, nullptr) == GIF_OK);
  std::vector<GifPixelType> row(static_cast<size_t>(p.width));
  for (int y = 0; y < p.height; ++y) {
    for (int x = 0; x < p.width; ++x) {
      const uint8_t* c = p.at(x, y);
      row[static_cast<size_t>(x)] =
          static_cast<GifPixelType>((c[0] + 25) / 51 * 36 + (c[1] + 25) / 51 * 6 + (c[2] + 25) / 51);
    }
    need(EGifPutLine(file, row.data(), p.width) == GIF_OK);
  }
  GifFreeMapObject(map);
  EGifCloseFile(file, &error);
  return out;
}

std::string webp(const Picture& p, float quality) {
  uint8_t* bytes = nullptr;
  const size_t size = WebPEncodeRGB(p.rgb.data(), p.width, p.height, p.width * 3, quality, &bytes);
  need(size > 0);
  std::string out(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

std::string bmp(const Picture& p) {
  std::string out = "BM";
  const auto number = [&](uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
  };
  const size_t stride = (static_cast<size_t>(p.width) * 3 + 3) / 4 * 4;
  number(static_cast<uint32_t>(54 + stride * static_cast<size_t>(p.height)), 4), number(0, 4), number(54, 4);
  number(40, 4), number(static_cast<uint32_t>(p.width), 4), number(static_cast<uint32_t>(p.height), 4);
  number(1, 2), number(24, 2), number(0, 4), number(0, 4), number(2835, 4), number(2835, 4), number(0, 4), number(0, 4);
  for (int y = p.height; y-- > 0;) {
    const size_t begin = out.size();
    for (int x = 0; x < p.width; ++x)
      for (int c = 2; c >= 0; --c) out += static_cast<char>(p.at(x, y)[c]);
    out.resize(begin + stride);
  }
  return out;
}

std::string stream(std::string_view dictionary, std::string_view bytes) {
  return "<< " + std::string(dictionary) + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" +
         std::string(bytes) + "\nendstream";
}

std::string pdf(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.7\n";
  std::vector<size_t> places;
  for (size_t i = 0; i < objects.size(); ++i) {
    places.push_back(out.size());
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const size_t table = out.size();
  out += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const size_t place : places) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
    out += line;
  }
  return out + "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
}

std::string pdf_with_picture(const Picture& p, Stored stored) {
  const std::string size = " /Width " + std::to_string(p.width) + " /Height " + std::to_string(p.height);
  const std::string about = "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8" + size;
  const std::string raw(reinterpret_cast<const char*>(p.rgb.data()), p.rgb.size());
  return pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im0 5 0 "
              "R >> >> >>",
              stream("", "q 300 0 0 300 100 400 cm /Im0 Do Q"),
              stored == Stored::jpeg ? stream(about + " /Filter /DCTDecode", jpeg(p))
                                     : stream(about + " /Filter /FlateDecode", flate(raw))});
}

std::string pdf_with_paths(std::string_view text, Paths how) {
  const Picture p = code(text, {.module = 1, .quiet = 0});
  std::string drawing = "q 1 g 0 0 595 842 re f 0 g 0 G 3 0 0 3 200 300 cm 1 w\n";
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x) {
      if (p.at(x, y)[0] > 0) continue;
      const std::string left = std::to_string(x), bottom = std::to_string(p.height - 1 - y);
      if (how == Paths::strokes)
        drawing += left + " " + bottom + ".5 m " + std::to_string(x + 1) + " " + bottom + ".5 l S\n";
      else drawing += left + " " + bottom + " 1 1 re" + (how == Paths::each ? " f\n" : "\n");
    }
  drawing += how == Paths::one ? "f Q" : "Q";
  return pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
              "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>", stream("/Filter /FlateDecode", flate(drawing))});
}

std::string pdf_with_links(const std::vector<std::string>& uris, bool text) {
  std::string annotations;
  for (const std::string& uri : uris)
    annotations += "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (" + uri + ") >> >> ";
  return pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [" + annotations + "] >>",
              stream("", text ? "BT /F1 12 Tf 72 720 Td (Statement) Tj ET" : "0 0 10 10 re f")});
}

std::string archive(std::string_view format, const std::vector<std::pair<std::string, std::string>>& entries) {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // or no name may be Japanese
  struct archive* a = archive_write_new();
  if (format == "7z") archive_write_set_format_7zip(a);
  else if (format == "tar.gz") archive_write_set_format_ustar(a), archive_write_add_filter_gzip(a);
  else if (format == "tar.bz2") archive_write_set_format_ustar(a), archive_write_add_filter_bzip2(a);
  else if (format == "tar.xz") archive_write_set_format_ustar(a), archive_write_add_filter_xz(a);
  else if (format == "tar.zst") archive_write_set_format_ustar(a), archive_write_add_filter_zstd(a);
  else if (format == "iso") archive_write_set_format_iso9660(a);
  else archive_write_set_format_zip(a);
  if (format == "zip-encrypted")
    need(archive_write_set_options(a, "zip:encryption=traditional") == ARCHIVE_OK &&
         archive_write_set_passphrase(a, "0417") == ARCHIVE_OK);
  std::string out(1 << 20, '\0');
  for (const auto& [name, content] : entries) out.resize(out.size() + name.size() * 2 + content.size() + 4096);
  size_t used = 0;
  need(archive_write_open_memory(a, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : entries) {
    struct archive_entry* e = archive_entry_new();
    archive_entry_set_pathname(e, name.c_str());
    archive_entry_set_size(e, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    need(archive_write_header(a, e) == ARCHIVE_OK);
    if (!content.empty()) archive_write_data(a, content.data(), content.size());
    archive_entry_free(e);
  }
  need(archive_write_close(a) == ARCHIVE_OK);
  archive_write_free(a);
  out.resize(used);
  return out;
}

}  // namespace sekisho::pictures
