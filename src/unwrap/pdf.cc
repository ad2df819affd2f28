// Takes a PDF, gives its links, the QR codes of its images, and what it would run. Entry: open_pdf. The only file that
// knows qpdf. Two walks: the pages, which know their numbers, then every object, so that what hides behind broken or
// looping trees is still met once. Text is not extracted, only whether a page draws any. Encrypted files that need a
// password are named, not read.
#define POINTERHOLDER_TRANSITION 4  // qpdf asks for a choice: standard pointers only
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFXRefEntry.hh>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "unwrap/pdf_paint.h"
#include "unwrap/pdf_samples.h"
#include "unwrap/raster.h"

namespace sekisho::unwrap {
namespace {

// A handle: cheap to copy, and all its questions need it not const.
using Object = QPDFObjectHandle;

constexpr size_t kMostStreamBytes = 4u << 20;  // of one page's content that is looked at for text
constexpr int kMostActions = 16;               // in one chain of /Next
constexpr uint32_t kDrawnPages = 8;            // pages whose drawing is looked at
constexpr uint32_t kDrawnForms = 16;           // the same for forms, which pages draw as a whole
constexpr size_t kMostNodes = 20'000;          // direct values inside one object

// Keeps what flows into it, up to a bound; more ends the decoding, however much would follow.
class Bounded : public Pipeline {
 public:
  explicit Bounded(size_t most) : Pipeline("bounded", nullptr), most_(most) {}
  void write(unsigned char const* data, size_t size) override {
    const size_t room = most_ - bytes.size();
    bytes.append(reinterpret_cast<const char*>(data), std::min(size, room));
    if (size > room) throw std::length_error("bounded");
  }
  void finish() override {}
  std::string bytes;

 private:
  size_t most_;
};

std::string stream_bytes(Object stream, size_t most, qpdf_stream_decode_level_e level) {
  Bounded out(most);
  try {
    stream.pipeStreamData(&out, 0, level, true, true);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // cut, or not decodable: what came is what there is
  }
  return std::move(out.bytes);
}

// A key of a dictionary or stream, never an error.
Object get(Object from, const char* key) {
  if (from.isStream()) from = from.getDict();
  return from.isDictionary() ? from.getKey(key) : Object::newNull();
}

std::string text_of(Object value) { return value.isString() ? value.getStringValue() : std::string(); }
std::string name_of(Object value) { return value.isName() ? value.getName() : std::string(); }
int64_t number_of(Object value, int64_t otherwise = 0) { return value.isInteger() ? value.getIntValue() : otherwise; }

class Walk {
 public:
  Walk(QPDF& pdf, Job& job) : pdf_(pdf), job_(job), out_(job.out) {}

  void run() {
    Object root = pdf_.getRoot();
    Object open = get(root, "/OpenAction");
    // An array only says which page to show first.
    out_.open_action = open.isDictionary() && name_of(get(open, "/S")) != "/GoTo";
    std::vector<Object> pages;
    try {
      pages = pdf_.getAllPages();
    } catch (const QPDFExc&) {
      out_.outcome = Outcome::damaged;
    }
    out_.pages = static_cast<uint32_t>(pages.size());
    for (uint32_t i = 0; i < pages.size(); ++i) {
      if (i >= job_.bounds.pdf_pages) {
        out_.note("pdf_pages");
        break;
      }
      if (job_.over()) return;
      page(pages[i], i + 1);
    }
    objects();
  }

 private:
  void page(Object page, uint32_t number) {
    Object annotations = get(page, "/Annots");
    if (annotations.isArray()) {
      const int count = std::min<int>(annotations.getArrayNItems(), static_cast<int>(job_.bounds.pdf_objects));
      for (int i = 0; i < count && !full_; ++i) {
        Object annotation = annotations.getArrayItem(i);
        follow(get(annotation, "/A"), number);
        if (i % 1024 == 1023 && job_.over()) return;
      }
    }
    Object drawn = get(get(page, "/Resources"), "/XObject");
    if (drawn.isDictionary())
      for (const std::string& key : drawn.getKeys()) page_of_.try_emplace(drawn.getKey(key).getObjGen(), number);
    if (number > kDrawnPages) return;
    Object content = get(page, "/Contents");
    std::string drawing;
    if (content.isStream()) drawing = stream_bytes(content, kMostStreamBytes, qpdf_dl_generalized);
    if (content.isArray())
      for (int i = 0, n = std::min(content.getArrayNItems(), 64); i < n && drawing.size() < kMostStreamBytes; ++i)
        if (Object piece = content.getArrayItem(i); piece.isStream())
          drawing += stream_bytes(piece, kMostStreamBytes - drawing.size(), qpdf_dl_generalized) + "\n";
    Object box = get(page, "/MediaBox"), above = page;
    for (int i = 0; i < 16 && !box.isArray(); ++i) {  // inherited
      above = get(above, "/Parent");
      box = get(above, "/MediaBox");
    }
    look_at(drawing, box, number);
  }

  // What a page or a form draws by itself: whether there is text, and codes drawn as paths.
  void look_at(std::string_view drawing, Object box, uint32_t number) {
    look_for_text(drawing);
    std::array<double, 4> sides = {0, 0, 612, 792};
    if (box.isArray() && box.getArrayNItems() == 4)
      for (int i = 0; i < 4; ++i)
        if (Object side = box.getArrayItem(i); side.isNumber()) sides[static_cast<size_t>(i)] = side.getNumericValue();
    if (sides[0] > sides[2]) std::swap(sides[0], sides[2]);
    if (sides[1] > sides[3]) std::swap(sides[1], sides[3]);
    if (job_.over()) return;
    const Raster picture = paint(drawing, sides);
    if (!picture.pixels.empty()) read_codes(picture, number, job_);
  }

  void look_for_text(std::string_view content) {
    for (size_t at = 1; at + 1 < content.size() && !out_.shows_text; ++at) {
      if (content[at] != 'T' || (content[at + 1] != 'j' && content[at + 1] != 'J')) continue;
      const char before = content[at - 1], after = at + 2 < content.size() ? content[at + 2] : ' ';
      out_.shows_text = std::string_view(")]> \t\r\n").find(before) != std::string_view::npos &&
                        std::string_view(" \t\r\n[(<").find(after) != std::string_view::npos;
    }
  }

  // The links of an action and of those that come after it.
  void follow(Object action, uint32_t number) {
    for (int i = 0; i < kMostActions && action.isDictionary(); ++i) {
      const std::string kind = name_of(get(action, "/S"));
      if (kind == "/URI") add(text_of(get(action, "/URI")), number);
      if (kind == "/SubmitForm" || kind == "/GoToR" || kind == "/Launch") {
        Object file = get(action, "/F");
        const std::string target = file.isString() ? text_of(file) : text_of(get(file, "/F"));
        if (target.find("://") != std::string::npos) add(target, number);
      }
      action = get(action, "/Next");
    }
  }

  void add(std::string uri, uint32_t number) {
    if (uri.empty()) return;
    if (uri.size() > job_.bounds.text_bytes) {
      uri.resize(job_.bounds.text_bytes);
      out_.note("text_bytes");
    }
    // What a page links to has its number already; the same again without one says nothing new.
    if (number == 0 ? known_.count(uri) > 0 : !on_page_.emplace(number, uri).second) return;
    if (out_.links.size() >= job_.bounds.links) {
      out_.note("links");
      full_ = true;
      return;
    }
    known_.insert(uri);
    out_.links.push_back({std::move(uri), number});
  }

  void objects() {
    size_t count = 0;
    for (const auto& [id, entry] : pdf_.getXRefTable()) {
      if (++count > job_.bounds.pdf_objects) {
        out_.note("pdf_objects");
        return;
      }
      if (job_.over()) return;
      Object object;
      try {
        object = pdf_.getObject(id);
        if (object.isStream()) stream(object);
        values(object);
      } catch (const QPDFExc&) {
        if (out_.outcome == Outcome::read) out_.outcome = Outcome::damaged;
      }
    }
  }

  // An object and the values written inside it; what it refers to has its own turn.
  void values(Object object) {
    std::vector<Object> open{object};
    for (size_t seen = 0; !open.empty() && seen < kMostNodes; ++seen) {
      Object value = std::move(open.back());
      open.pop_back();
      if (value.isStream()) value = value.getDict();
      if (value.isArray()) {
        for (int i = 0, n = std::min<int>(value.getArrayNItems(), kMostNodes); i < n; ++i)
          if (Object item = value.getArrayItem(i); !item.isIndirect() && (item.isArray() || item.isDictionary()))
            open.push_back(std::move(item));
      } else if (value.isDictionary()) {
        dictionary(value);
        for (const std::string& key : value.getKeys())
          if (Object item = value.getKey(key); !item.isIndirect() && (item.isArray() || item.isDictionary()))
            open.push_back(std::move(item));
      }
    }
  }

  void dictionary(Object value) {
    const std::string kind = name_of(get(value, "/S"));
    if (kind == "/JavaScript" || (kind.empty() && value.hasKey("/JS"))) ++out_.scripts;
    if (kind == "/Launch") ++out_.launches;
    if (kind == "/SubmitForm") ++out_.submits;
    if (kind == "/URI" || kind == "/SubmitForm" || kind == "/GoToR" || kind == "/Launch") follow(value, 0);
    if (value.hasKey("/EF") && get(value, "/EF").isDictionary()) ++out_.embedded;
  }

  void stream(Object stream) {
    const std::string kind = name_of(get(stream, "/Subtype"));
    if (kind == "/Form" && ++forms_ <= kDrawnForms) {
      const auto known = page_of_.find(stream.getObjGen());
      look_at(stream_bytes(stream, kMostStreamBytes, qpdf_dl_generalized), get(stream, "/BBox"),
              known != page_of_.end() ? known->second : 0);
    }
    if (kind != "/Image") return;
    const int64_t width = number_of(get(stream, "/Width")), height = number_of(get(stream, "/Height"));
    if (width <= 0 || height <= 0) return;
    const Read fit = fits(static_cast<uint64_t>(width), static_cast<uint64_t>(height), job_.bounds);
    if (fit == Read::too_small) return;
    ++out_.images;
    if (fit == Read::too_big) out_.note("image_pixels");
    if (out_.images > job_.bounds.pdf_images) out_.note("pdf_images");
    if (fit == Read::too_big || out_.images > job_.bounds.pdf_images) return;
    const auto known = page_of_.find(stream.getObjGen());
    image(stream, static_cast<uint32_t>(width), static_cast<uint32_t>(height),
          known != page_of_.end() ? known->second : 0);
  }

  void image(Object stream, uint32_t width, uint32_t height, uint32_t number) {
    std::vector<std::string> filters;
    Object filter = get(stream, "/Filter");
    if (filter.isName()) filters.push_back(filter.getName());
    if (filter.isArray())
      for (int i = 0, n = std::min(filter.getArrayNItems(), 8); i < n; ++i)
        filters.push_back(name_of(filter.getArrayItem(i)));
    const std::string last = filters.empty() ? "" : filters.back();
    if (last == "/JPXDecode" || last == "/JBIG2Decode" || last == "/CCITTFaxDecode" || last == "/CCF") {
      ++out_.images_unread;
      return;
    }
    if (filters.size() == 1 && (last == "/DCTDecode" || last == "/DCT")) {
      const auto raw = stream.getRawStreamData();
      read_image({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()}, number, job_);
      return;
    }
    Samples samples{width, height};
    samples.bits =
        static_cast<uint32_t>(get(stream, "/ImageMask").isBool() && get(stream, "/ImageMask").getBoolValue()
                                  ? 1
                                  : std::clamp<int64_t>(number_of(get(stream, "/BitsPerComponent"), 8), 1, 16));
    colours(get(stream, "/ColorSpace"), samples);
    samples.bytes = stream_bytes(stream, size_t{width} * height * 8 + height, qpdf_dl_all);
    const Raster raster = raster_of(samples);
    if (!raster.pixels.empty()) read_codes(raster, number, job_);
  }

  void colours(Object space, Samples& out) {
    const std::string plain = space.isName()                                  ? space.getName()
                              : space.isArray() && space.getArrayNItems() > 0 ? name_of(space.getArrayItem(0))
                                                                              : "";
    const auto components = [](Object base) -> uint32_t {
      const std::string name =
          base.isArray() && base.getArrayNItems() > 0 ? name_of(base.getArrayItem(0)) : name_of(base);
      if (name == "/DeviceRGB" || name == "/CalRGB" || name == "/Lab" || name == "/RGB") return 3;
      if (name == "/DeviceCMYK" || name == "/CMYK") return 4;
      if (name == "/ICCBased" && base.getArrayNItems() > 1) {
        const int64_t n = number_of(get(base.getArrayItem(1), "/N"), 3);
        return n == 4 ? 4 : n == 1 ? 1 : 3;
      }
      return 1;
    };
    if ((plain == "/Indexed" || plain == "/I") && space.isArray() && space.getArrayNItems() >= 4) {
      Object table = space.getArrayItem(3);
      out.palette = table.isString()   ? table.getStringValue()
                    : table.isStream() ? stream_bytes(table, 4096, qpdf_dl_all)
                                       : std::string();
      out.palette_components = components(space.getArrayItem(1));
      out.components = 1;
    } else {
      out.components = components(space);
    }
  }

  QPDF& pdf_;
  Job& job_;
  Findings& out_;
  std::map<QPDFObjGen, uint32_t> page_of_;  // what a page draws
  std::set<std::pair<uint32_t, std::string>> on_page_;
  std::set<std::string> known_;
  bool full_ = false;
  uint32_t forms_ = 0;
};

}  // namespace

void open_pdf(std::string_view bytes, Job& job) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  try {
    pdf.processMemoryFile("pdf", bytes.data(), bytes.size());
    Walk(pdf, job).run();
    if (pdf.anyWarnings() && job.out.outcome == Outcome::read) job.out.outcome = Outcome::damaged;
  } catch (const QPDFExc& e) {
    if (e.getErrorCode() == qpdf_e_password) job.out.encrypted = true;
    else job.out.outcome = Outcome::damaged;
  }
}

}  // namespace sekisho::unwrap
