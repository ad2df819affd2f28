// What images, PDFs and archives carry: QR codes, links, entries. Plain structs, judged by nobody here. The libraries
// that read such files run only inside a jailed worker process (pool.h); open() below is what runs in there, and what
// tests and fuzzers call without a jail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::unwrap {

// probe: no file, the name of something that a jailed worker must not do (worker.cc): how the jail is tested.
enum class Kind : uint8_t { image, pdf, archive, probe };

// What became of a request. Everything but `read` may come with findings up to where it ended.
enum class Outcome : uint8_t {
  read,       // to the end
  damaged,    // the file ends early or is not well-formed
  limited,    // a bound of Bounds cut something; Findings::limits says which
  too_big,    // not opened: it would need more pixels, bytes or memory than a worker may have
  unknown,    // of no form that is read here
  timeout,    // the worker did not answer in time and was killed
  crashed,    // the worker died over it
  no_worker,  // no worker could be made, or none was free in time
};
std::string_view to_string(Outcome outcome);

// Bounds of one request. They travel with it; the worker keeps them, and the parent checks what comes back.
struct Bounds {
  uint32_t milliseconds = 2000;         // of wall time for the whole request
  uint32_t image_side = 12'000;         // pixels; a larger image is not opened
  uint32_t image_pixels = 24'000'000;   // width × height, of one image
  uint32_t least_side = 21;             // pixels; smaller images are not looked at: no code has fewer modules
  uint32_t codes = 16;                  // QR codes of one file
  uint32_t pdf_pages = 100;             // pages looked at
  uint32_t pdf_objects = 100'000;       // objects looked at
  uint32_t pdf_images = 24;             // images looked at
  uint32_t links = 500;                 // links of one PDF
  uint32_t entries = 1000;              // entries of one archive
  uint32_t contents = 24;               // entries whose bytes are given back
  uint32_t content_bytes = 4u << 20;    // of one entry that is given back
  uint32_t contents_bytes = 12u << 20;  // of all of them
  uint32_t archive_bytes = 256u << 20;  // unpacked while walking one archive
  uint32_t text_bytes = 4096;           // of one code, link or name; longer ones are cut
};

struct Code {                                    // a QR code
  std::string text;                              // UTF-8, as the code says or as it was guessed
  uint32_t page = 0;                             // of the PDF, from 1; 0: no page, or not known which
  uint32_t x = 0, y = 0, width = 0, height = 0;  // its box in the pixels of its image
};

struct PdfLink {
  std::string uri;    // as written
  uint32_t page = 0;  // from 1; 0: not an annotation of a page
};

struct Entry {
  std::string name;   // bytes as the archive has them: UTF-8 or any other charset
  uint64_t size = 0;  // as declared; 0 if the archive does not say
  bool encrypted = false;
  bool kept = false;    // `content` was asked for and is whole
  std::string content;  // at most Bounds::content_bytes
};

struct Findings {
  Outcome outcome = Outcome::read;
  std::vector<std::string> limits;  // names of Bounds that cut something, each once

  // image
  uint32_t width = 0, height = 0;
  std::vector<Code> codes;  // also those of a PDF: its images, and what its pages draw

  // PDF
  uint32_t pages = 0;
  uint32_t images = 0;         // images on its pages
  uint32_t images_unread = 0;  // of them, stored in a form that is not read (JPEG 2000, JBIG2, fax)
  uint32_t scripts = 0, launches = 0, embedded = 0, submits = 0;
  bool open_action = false;  // something runs or is followed when it is opened
  bool shows_text = false;   // a page looked at draws text
  std::vector<PdfLink> links;

  // archive
  std::vector<Entry> entries;  // files only
  uint64_t unpacked = 0;       // bytes unpacked while walking it

  bool encrypted = false;  // PDF that needs a password, archive with an encrypted entry or an encrypted list

  void note(std::string_view limit);  // once each; outcome read becomes limited
};

// Reads bytes in this very process. Never throws. Time and memory are bounded only as far as the libraries can be: what
// comes from outside goes through a Pool.
Findings open(Kind kind, std::string_view bytes, const Bounds& bounds = {});

}  // namespace sekisho::unwrap
