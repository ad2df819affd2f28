// What the openers find in files drawn here, and what they make of broken, huge and looping ones. In this very process;
// the jail around them is pool_test.cc.
#include <doctest/doctest.h>

#include <chrono>

#include "pictures.h"
#include "unwrap/unwrap.h"

using namespace sekisho;
using namespace sekisho::unwrap;
using namespace sekisho::pictures;

namespace {

const std::string kUrl = "https://login.example.net/verify?id=8821";

std::string first_code(Kind kind, std::string_view bytes) {
  const Findings f = open(kind, bytes);
  return f.codes.empty() ? std::string() : f.codes[0].text;
}

std::string number(uint32_t n, size_t bytes) {  // little-endian
  std::string out;
  for (size_t i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i) & 255);
  return out;
}

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("a code is read from each form of image") {
  const Picture p = code(kUrl);
  CHECK(first_code(Kind::image, png(p)) == kUrl);
  CHECK(first_code(Kind::image, jpeg(p)) == kUrl);
  CHECK(first_code(Kind::image, gif(p)) == kUrl);
  CHECK(first_code(Kind::image, webp(p)) == kUrl);
  CHECK(first_code(Kind::image, bmp(p)) == kUrl);
  CHECK(first_code(Kind::pdf, pdf_with_picture(p, Stored::jpeg)) == kUrl);
  CHECK(first_code(Kind::pdf, pdf_with_picture(p, Stored::flate)) == kUrl);
}

TEST_CASE("codes that are turned, small, inverted, coloured, transparent or without a margin") {
  CHECK(first_code(Kind::image, png(turned(code(kUrl), 37))) == kUrl);
  CHECK(first_code(Kind::image, png(turned(code(kUrl), 90))) == kUrl);
  CHECK(first_code(Kind::image, png(code(kUrl, {.module = 1}))) == kUrl);
  CHECK(first_code(Kind::image, png(code(kUrl, {.module = 2, .quiet = 0}))) == kUrl);
  CHECK(first_code(Kind::image, png(code(kUrl, {.dark = {255, 255, 255}, .light = {0, 0, 0}}))) == kUrl);
  CHECK(first_code(Kind::image, png(code(kUrl, {.dark = {200, 30, 40}, .light = {250, 230, 200}}))) == kUrl);
  // Equally light: only the colour tells them apart.
  CHECK(first_code(Kind::image, png(code(kUrl, {.dark = {0, 110, 0}, .light = {214, 0, 0}}))) == kUrl);
  CHECK(first_code(Kind::image, png_transparent(code(kUrl))) == kUrl);
  Picture page = letter(1600, 2200);
  paste(page, code(kUrl, {.module = 4}), 900, 1500);
  const Findings f = open(Kind::image, jpeg(page, 60));
  REQUIRE(f.codes.size() == 1);
  CHECK(f.codes[0].text == kUrl);
  CHECK(std::abs(static_cast<int>(f.codes[0].x) - 916) < 12);
  CHECK(std::abs(static_cast<int>(f.codes[0].y) - 1516) < 12);
}

TEST_CASE("codes that a hasty look could pass over") {
  // Small codes in large pictures, grey on grey, beside much else, two-coloured ground, in a corner, cut quiet zones.
  Picture wide(2400, 1800, {200, 190, 170});
  paste(wide, code(kUrl, {.module = 3, .dark = {120, 110, 100}, .light = {200, 190, 170}}), 2200, 1600);
  CHECK(first_code(Kind::image, png(wide)) == kUrl);
  Picture busy = letter(900, 1200);
  for (int i = 0; i < 40; ++i)
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 30; ++x) {
        uint8_t* p = busy.at(20 + i % 8 * 100 + x, 20 + i / 8 * 40 + y);
        p[0] = p[1] = p[2] = static_cast<uint8_t>(std::max(std::abs(x - 15), std::abs(y - 15)) / 3 % 2 == 0 ? 0 : 255);
      }
  paste(busy, turned(code(kUrl, {.module = 4}), 20), 300, 800);
  CHECK(first_code(Kind::image, jpeg(busy, 70)) == kUrl);
  for (const int module : {1, 2, 3})
    for (const int quiet : {0, 1, 4}) {
      CAPTURE(module);
      CAPTURE(quiet);
      CHECK(first_code(Kind::image, png(code(kUrl, {.module = module, .quiet = quiet}))) == kUrl);
      CHECK(first_code(
                Kind::image,
                png(code(kUrl, {.module = module, .quiet = quiet, .dark = {255, 255, 255}, .light = {0, 0, 0}}))) ==
            kUrl);
    }
  for (int degrees = 0; degrees < 90; degrees += 9) {
    CAPTURE(degrees);
    CHECK(first_code(Kind::image, png(turned(code(kUrl, {.module = 4}), degrees))) == kUrl);
  }
}

TEST_CASE("a GIF whose first frame is larger than the screen that it announces") {
  std::string file = gif(code(kUrl));
  file.replace(6, 4, number(1, 2) + number(1, 2));
  CHECK(first_code(Kind::image, file) == kUrl);
}

TEST_CASE("several codes, each text once, up to the bound") {
  Picture page(900, 900);
  for (int i = 0; i < 4; ++i)
    paste(page, code("https://host.example/" + std::to_string(i % 3), {.module = 5}), i % 2 * 450, i / 2 * 450);
  CHECK(open(Kind::image, png(page)).codes.size() == 3);
  Bounds two;
  two.codes = 2;
  const Findings f = open(Kind::image, png(page), two);
  CHECK(f.codes.size() == 2);
}

TEST_CASE("what is no code gives none") {
  CHECK(open(Kind::image, png(letter(800, 600))).codes.empty());
  CHECK(open(Kind::image, png(Picture(200, 200, {10, 200, 30}))).codes.empty());
  CHECK(open(Kind::image, "").outcome == Outcome::unknown);
  CHECK(open(Kind::image, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").outcome == Outcome::unknown);
}

TEST_CASE("image bombs are not unpacked") {
  // 60,000 × 60,000 pixels in a few dozen bytes, in each form.
  std::string huge = png(Picture(64, 64));
  huge.replace(16, 8, std::string("\0\0\xea\x60\0\0\xea\x60", 8));
  CHECK(open(Kind::image, huge).outcome != Outcome::read);
  std::string gif_bomb = "GIF89a" + number(60'000, 2) + number(60'000, 2) +
                         std::string("\x80\0\0\0\0\0\xff\xff\xff", 9) + "," + number(0, 4) + number(60'000, 2) +
                         number(60'000, 2) + std::string("\0\2\2\x44\1\0;", 7);
  CHECK(open(Kind::image, gif_bomb).outcome == Outcome::too_big);
  std::string bmp_bomb = bmp(Picture(64, 64));
  bmp_bomb.replace(18, 8, number(60'000, 4) + number(60'000, 4));
  CHECK(open(Kind::image, bmp_bomb).outcome == Outcome::too_big);
  std::string jpeg_bomb = jpeg(Picture(64, 64));
  const size_t frame = jpeg_bomb.find("\xff\xc0");
  REQUIRE(frame != std::string::npos);
  jpeg_bomb.replace(frame + 5, 4, "\xea\x60\xea\x60");
  CHECK(open(Kind::image, jpeg_bomb).outcome == Outcome::too_big);
  CHECK(open(Kind::image, webp(Picture(13'000, 64))).outcome == Outcome::too_big);
  // A true one: 5,000 × 4,900 white pixels are over the bound.
  CHECK(open(Kind::image, png(Picture(5000, 4900))).outcome == Outcome::too_big);
}

TEST_CASE("every prefix of every file is survived, and most of an image still shows its code") {
  const Picture p = code(kUrl, {.module = 3});
  const std::string files[] = {png(p), jpeg(p), gif(p), webp(p), bmp(p)};
  for (const std::string& file : files)
    for (size_t n = 0; n < file.size(); n += std::max<size_t>(1, file.size() / 40))
      open(Kind::image, file.substr(0, n));
  for (const std::string& file :
       {pdf_with_picture(p, Stored::jpeg), pdf_with_picture(p, Stored::flate), pdf_with_links({kUrl}, true)})
    for (size_t n = 0; n < file.size(); n += std::max<size_t>(1, file.size() / 40)) open(Kind::pdf, file.substr(0, n));
  for (const char* format : {"zip", "7z", "tar.gz", "zip-encrypted"}) {
    const std::string file = archive(format, {{"a.txt", "hello"}, {"b.html", std::string(5000, 'x')}});
    for (size_t n = 0; n < file.size(); n += std::max<size_t>(1, file.size() / 40))
      open(Kind::archive, file.substr(0, n));
  }
  // The end of a letter is missing, its code is not.
  Picture page = letter(500, 900);
  paste(page, code(kUrl, {.module = 5}), 40, 40);
  for (const std::string& file : {png(page), jpeg(page)}) {
    const Findings f = open(Kind::image, file.substr(0, file.size() * 9 / 10));
    CHECK(f.outcome == Outcome::damaged);
    CHECK(f.codes.size() == 1);
  }
}

TEST_CASE("links of a PDF, with their pages, and what it would run") {
  const Findings plain = open(Kind::pdf, pdf_with_links({kUrl, "mailto:a@example.net"}, true));
  CHECK(plain.outcome == Outcome::read);
  REQUIRE(plain.links.size() == 2);
  CHECK(plain.links[0].uri == kUrl);
  CHECK(plain.links[0].page == 1);
  CHECK(plain.pages == 1);
  CHECK(plain.shows_text);
  CHECK_FALSE(plain.open_action);
  CHECK_FALSE(open(Kind::pdf, pdf_with_links({kUrl}, false)).shows_text);

  const Findings armed = open(
      Kind::pdf,
      pdf({"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << "
           "/EmbeddedFiles << /Names [(a) 4 0 R] >> >> >>",
           "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
           "<< /Type /Page /Parent 2 0 R /AA << /O << /S /Launch /F (cmd.exe) >> >> /Annots [5 0 R] >>",
           "<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
           "<< /Type /Annot /Subtype /Widget /A << /S /SubmitForm /F << /FS /URL /F (https://form.example/p) >> >> >>",
           stream("/Type /EmbeddedFile", "MZ")}));
  CHECK(armed.open_action);
  CHECK(armed.scripts == 1);
  CHECK(armed.launches == 1);
  CHECK(armed.embedded == 1);
  CHECK(armed.submits == 1);
  REQUIRE(armed.links.size() == 1);
  CHECK(armed.links[0].uri == "https://form.example/p");
  // Where to begin reading is no action.
  CHECK_FALSE(open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>",
                                   "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R >>"}))
                  .open_action);
}

TEST_CASE("PDFs that loop, nest, inflate or repeat end") {
  // The page tree contains itself; so do the names and the actions.
  const Findings loop =
      open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
                           "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>",
                           "<< /Type /Page /Parent 2 0 R /Annots [<< /A 4 0 R >>] /Resources 3 0 R >>",
                           "<< /S /URI /URI (" + kUrl + ") /Next 4 0 R >>"}));
  REQUIRE(loop.links.size() >= 1);
  CHECK(loop.links[0].uri == kUrl);
  // Deep: brackets within brackets.
  open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
                       std::string(200'000, '[') + std::string(200'000, ']')}));
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<< /A ";
  open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", deep}));
  // 10,000 links.
  std::vector<std::string> uris;
  for (int i = 0; i < 10'000; ++i) uris.push_back("https://h" + std::to_string(i) + ".example/");
  const Findings many = open(Kind::pdf, pdf_with_links(uris, false));
  CHECK(many.links.size() == Bounds().links);
  CHECK(many.outcome == Outcome::limited);
  CHECK(has(many.limits, "links"));
  // Content that unpacks to a thousand times its size.
  const std::string zeros = archive("tar.gz", {{"z", std::string(40u << 20, 'T')}});
  open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                       "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
                       stream("/Filter /FlateDecode", zeros.substr(10, zeros.size() - 18))}));
  CHECK(open(Kind::pdf, "not a pdf").outcome == Outcome::damaged);
}

TEST_CASE("archives: entries, their bytes, what is encrypted") {
  for (const char* format : {"zip", "7z", "tar.gz"}) {
    INFO(format);
    const Findings f = open(Kind::archive, archive(format, {{"invoice.html", "<a href=x>"}, {"請求書.exe", "MZ"}}));
    CHECK(f.outcome == Outcome::read);
    REQUIRE(f.entries.size() == 2);
    CHECK(f.entries[0].name == "invoice.html");
    CHECK(f.entries[0].content == "<a href=x>");
    CHECK(f.entries[0].kept);
    CHECK_FALSE(f.encrypted);
  }
  const Findings locked = open(Kind::archive, archive("zip-encrypted", {{"contract.pdf", "secret"}}));
  CHECK(locked.encrypted);
  REQUIRE(locked.entries.size() == 1);
  CHECK(locked.entries[0].encrypted);
  CHECK(locked.entries[0].content.empty());
  CHECK(open(Kind::archive, "nothing packed at all").outcome == Outcome::unknown);
}

TEST_CASE("an archive behind other bytes, and before some") {
  const std::string zip = archive("zip", {{"a.txt", "hello"}, {"invoice.pdf.exe", "MZ"}});
  for (const std::string& front : {std::string(100, 'j'), std::string(70'000, 'j'), "MZ" + std::string(5000, 'x'),
                                   jpeg(Picture(64, 64)), std::string("<html>hi</html>\n")})
    for (const size_t after : {0, 1000}) {
      const Findings f = open(Kind::archive, front + zip + std::string(after, 't'));
      REQUIRE(f.entries.size() == 2);
      CHECK(f.entries[0].content == "hello");
      CHECK(f.entries[1].name == "invoice.pdf.exe");
    }
}

TEST_CASE("archive bombs: bounded entries, bounded bytes") {
  const Findings big = open(Kind::archive, archive("zip", {{"zeros", std::string(64u << 20, '\0')}, {"a.txt", "x"}}));
  REQUIRE(big.entries.size() == 2);
  CHECK(big.entries[0].size == 64u << 20);
  CHECK_FALSE(big.entries[0].kept);
  CHECK(has(big.limits, "content_bytes"));
  CHECK(big.unpacked < 8u << 20);
  Bounds small;
  small.archive_bytes = 1u << 20, small.entries = 3;
  const Findings tar =
      open(Kind::archive, archive("tar.gz", {{"zeros", std::string(32u << 20, '\0')}, {"a.txt", "x"}}), small);
  CHECK(has(tar.limits, "archive_bytes"));
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 40; ++i) many.emplace_back(std::to_string(i), "x");
  const Findings cut = open(Kind::archive, archive("zip", many), small);
  CHECK(cut.entries.size() == 3);
  CHECK(has(cut.limits, "entries"));
  const Findings kept = open(Kind::archive, archive("zip", many));
  CHECK(has(kept.limits, "contents"));
}

TEST_CASE("each bound is reached, and said") {
  const auto with = [](auto change, Kind kind, const std::string& file) {
    Bounds b;
    change(b);
    return open(kind, file, b);
  };
  const std::string two_pages =
      pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
           "<< /Type /Page /Parent 2 0 R >>", "<< /Type /Page /Parent 2 0 R >>"});
  CHECK(has(with([](Bounds& b) { b.pdf_pages = 1; }, Kind::pdf, two_pages).limits, "pdf_pages"));
  CHECK(has(with([](Bounds& b) { b.pdf_objects = 2; }, Kind::pdf, two_pages).limits, "pdf_objects"));
  const std::string grey =
      "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width 30 /Height 30";
  const std::string pictures = pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
                                    stream(grey, std::string(900, 'a')), stream(grey, std::string(900, 'b'))});
  const Findings one = with([](Bounds& b) { b.pdf_images = 1; }, Kind::pdf, pictures);
  CHECK(has(one.limits, "pdf_images"));
  CHECK(one.images == 2);
  CHECK(has(with([](Bounds& b) { b.image_pixels = 500; }, Kind::pdf, pictures).limits, "image_pixels"));
  const auto terse = [](Bounds& b) { b.text_bytes = 8; };
  const Findings short_code = with(terse, Kind::image, png(code(kUrl)));
  CHECK(has(short_code.limits, "text_bytes"));
  REQUIRE(short_code.codes.size() == 1);
  CHECK(short_code.codes[0].text == kUrl.substr(0, 8));
  CHECK(has(with(terse, Kind::pdf, pdf_with_links({kUrl}, false)).limits, "text_bytes"));
  const std::string zip = archive("zip", {{"a", std::string(600, 'x')}, {"b", std::string(600, 'y')}});
  const Findings half = with([](Bounds& b) { b.contents_bytes = 1000; }, Kind::archive, zip);
  CHECK(has(half.limits, "content_bytes"));
  CHECK(half.entries[0].kept);
  CHECK_FALSE(half.entries[1].kept);
  for (const auto& [kind, file] : {std::pair(Kind::image, png(letter(300, 300))), std::pair(Kind::pdf, two_pages),
                                   std::pair(Kind::archive, zip)}) {
    const Findings late = with([](Bounds& b) { b.milliseconds = 0; }, kind, file);
    CHECK(late.outcome == Outcome::limited);
    CHECK(has(late.limits, "milliseconds"));
  }
}

TEST_CASE("images of a PDF in each way of storing samples") {
  const Picture p = code(kUrl, {.module = 4});
  const std::string size = " /Width " + std::to_string(p.width) + " /Height " + std::to_string(p.height);
  const auto read = [&](const std::string& how, const std::string& samples) {
    const Findings f = open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
                                            stream("/Type /XObject /Subtype /Image " + how + size, samples)}));
    return f.codes.empty() ? std::string() : f.codes[0].text;
  };
  std::string bits, palette, cmyk;
  for (int y = 0; y < p.height; ++y) {
    for (int x = 0; x < p.width; x += 8) {
      int byte = 0;
      for (int k = 0; k < 8; ++k) byte = byte << 1 | (x + k < p.width && p.at(x + k, y)[0] > 0);
      bits += static_cast<char>(byte);
    }
    for (int x = 0; x < p.width; ++x) {
      palette += p.at(x, y)[0] > 0 ? '\1' : '\0';
      cmyk += std::string(3, '\0') + (p.at(x, y)[0] > 0 ? '\0' : '\xff');
    }
  }
  CHECK(read("/ColorSpace /DeviceGray /BitsPerComponent 1", bits) == kUrl);
  CHECK(read("/ImageMask true", bits) == kUrl);
  CHECK(read("/ColorSpace [/Indexed /DeviceRGB 1 <000040ffffff>] /BitsPerComponent 8", palette) == kUrl);
  CHECK(read("/ColorSpace /DeviceCMYK /BitsPerComponent 8", cmyk) == kUrl);
  CHECK(open(Kind::pdf, pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
                             stream("/Subtype /Image /Filter /JPXDecode" + size, "x")}))
            .images_unread == 1);
}

TEST_CASE("codes that a PDF draws as paths") {
  for (const Paths how : {Paths::one, Paths::each, Paths::strokes}) {
    const Findings f = open(Kind::pdf, pdf_with_paths(kUrl, how));
    REQUIRE(f.codes.size() == 1);
    CHECK(f.codes[0].text == kUrl);
    CHECK(f.codes[0].page == 1);
    CHECK_FALSE(f.shows_text);
  }
  // As a form, with more matrices, text with brackets, and an image's bytes in between.
  const auto page = [&](const std::string& drawing, const std::string& form) {
    return open(Kind::pdf,
                pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                     "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
                     stream("", drawing), stream("/Subtype /Form /BBox [0 0 100 100]", form)}));
  };
  std::string squares;
  const Picture p = code(kUrl, {.module = 1, .quiet = 0});
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x)
      if (p.at(x, y)[0] == 0)
        squares += std::to_string(x) + " " + std::to_string(p.height - 1 - y) + " m " + std::to_string(x + 1) + " " +
                   std::to_string(p.height - 1 - y) + " l " + std::to_string(x + 1) + " " +
                   std::to_string(p.height - y) + " l " + std::to_string(x) + " " + std::to_string(p.height - y) +
                   " l h f\n";
  CHECK(page("/F Do", "q 2 0 0 2 5 5 cm " + squares + "Q").codes.size() == 1);
  CHECK(page("q BI /W 1 ID \x01(( EI Q BT (a \\( b) Tj ET q 3 0 0 3 90 90 cm 0 0.2 0.5 rg " + squares + "Q", "")
            .codes.size() == 1);
  // Fills without end: bounded.
  std::string fills;
  for (int i = 0; i < 100'000; ++i) fills += "0 0 612 792 re f ";
  const auto start = std::chrono::steady_clock::now();
  page(fills, fills);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}
