// Takes the images, PDFs and archives of a mail, has them opened by jailed workers, and keeps what was in them: links
// and codes for Facts::links, labels for Facts::attachments. Entries: Facts::wrappings, Facts::label_wrapping. Refuses
// nothing: what could not be opened is a fact.
#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <unordered_map>

#include "base/log.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "mail/codec.h"
#include "mail/sniff.h"
#include "scan/facts.h"
#include "text/charset.h"

namespace sekisho::scan {
namespace {

constexpr size_t kMostFiles = 48;        // images and PDFs opened of one mail, those inside archives included
constexpr size_t kMostArchives = 16;     // opened of one mail
constexpr size_t kSmallestImage = 120;   // bytes; no code fits into fewer
constexpr size_t kLargeFile = 4096;      // from here on one file promises as much as another
constexpr size_t kLinkedText = 1 << 20;  // bytes of a text file in an archive that are searched for links

bool readable_image(std::string_view type) {
  return type == "image/png" || type == "image/jpeg" || type == "image/gif" || type == "image/webp" ||
         type == "image/bmp";
}

// The bytes of a data: URL (RFC 2397); empty if it is none or not in base64.
std::string data_url_bytes(std::string_view src) {
  const size_t comma = src.find(',');
  if (!istarts_with(src, "data:image/") || comma == std::string_view::npos) return {};
  if (ifind(src.substr(0, comma), ";base64") == std::string_view::npos) return {};
  return mail::decode_base64(net::percent_decode(src.substr(comma + 1)));
}

void note(std::vector<std::string>& into, std::string_view what) {
  if (std::find(into.begin(), into.end(), what) == into.end()) into.emplace_back(what);
}

// Width and height of a PNG, as every decoder takes them; zeros for anything else.
std::pair<uint32_t, uint32_t> png_size(std::string_view bytes) {
  if (!bytes.starts_with("\x89PNG") || bytes.size() < 24) return {0, 0};
  const auto number = [&](size_t at) {
    uint32_t out = 0;
    for (size_t i = at; i < at + 4; ++i) out = out << 8 | static_cast<uint8_t>(bytes[i]);
    return out;
  };
  return {number(16), number(20)};
}

// Opens what a mail carries. First all is gathered, then opened in the order of what it promises, so that a heap of
// tiny pictures keeps no large one closed; then what was found is told in the order of the mail.
class Opener {
 public:
  Opener(Facts& facts, unwrap::Visit& visit) : facts_(facts), visit_(visit) {}

  void gather(const mail::Part& part) {
    const bool archive = facts_.is_archive(part);
    if (archive || is_file(part)) items_.push_back({&part, nullptr, {}, part.sha256, archive});
  }

  void gather(const mail::Part& part, const html::Image& image) {
    std::string bytes = data_url_bytes(image.src);
    if (!readable_image(mail::sniff(bytes))) return;
    std::string digest = sha256_hex(bytes);
    items_.push_back({&part, &image, std::move(bytes), std::move(digest), false});
  }

  void open_all() {
    std::vector<File> archives, files;
    for (const Item& item : items_) {
      const mail::Part& part = *item.part;
      if (item.image != nullptr) add(files, "image/", item.bytes, item.sha256);
      else if (is_file(part)) add(files, part.sniffed, part.content, item.sha256);
      if (item.archive) archives.push_back({unwrap::Kind::archive, part.content, item.sha256, part.content.size()});
    }
    open(archives, kMostArchives, opened_archives_);
    for (const File& f : archives)
      if (const auto found = opened_archives_.find(f.sha256); found != opened_archives_.end())
        for (const unwrap::Entry& entry : found->second->entries) {
          if (!entry.kept || entry.content.empty()) continue;
          const std::string_view type = mail::sniff(entry.content);
          if (readable_image(type) || type == "application/pdf")
            add(files, type, entry.content, packed_.try_emplace(&entry, sha256_hex(entry.content)).first->second);
        }
    open(files, kMostFiles, opened_);
  }

  void tell() {
    for (const Item& item : items_) {
      const mail::Part& part = *item.part;
      if (item.image != nullptr) {
        Facts::Wrapping w;
        w.path = part.path;
        offset_ = item.image->offset;
        file("image/", item.sha256, item.bytes, w, false);
        offset_ = 0;
        continue;
      }
      Facts::Wrapping& w = facts_.wrapped.emplace_back();
      w.part = static_cast<size_t>(&part - facts_.mail.parts.data()), w.path = part.path;
      if (is_file(part)) file(part.sniffed, part.sha256, part.content, w, false);
      if (item.archive) archive(part, w);
    }
  }

  void write() {
    facts_.event.fact("mail.qr_codes", codes_);
    facts_.event.fact("mail.archive_encrypted", encrypted_);
    facts_.event.fact("unwrap.outcome", joined(outcomes_));
    facts_.event.fact("unwrap.limits", joined(limits_));
    facts_.event.fact("unwrap.failed", failed_);
    facts_.event.fact("unwrap.unopened", unopened_.size());
  }

 private:
  struct Item {                // in the order of the mail
    const mail::Part* part;    // that carries it
    const html::Image* image;  // in that part; null: the part itself
    std::string bytes;         // of such an image
    std::string sha256;
    bool archive;  // the part is one, and perhaps something else besides
  };
  struct File {  // its views live as long as the visit and the items
    unwrap::Kind kind;
    std::string_view bytes, sha256;
    size_t promise;
  };

  static bool is_file(const mail::Part& part) {
    return readable_image(part.sniffed) || part.sniffed == "application/pdf";
  }

  // A picture in which no code has room is passed over: it neither counts nor goes to a worker.
  bool too_small(std::string_view bytes) const {
    const auto [width, height] = png_size(bytes);
    const uint32_t least = facts_.settings.unwrap_bounds.least_side;
    return bytes.size() < kSmallestImage || (width > 0 && height > 0 && std::min(width, height) < least);
  }

  void add(std::vector<File>& files, std::string_view type, std::string_view bytes, std::string_view sha256) const {
    if (type == "application/pdf") return files.push_back({unwrap::Kind::pdf, bytes, sha256, kLargeFile});
    if (too_small(bytes)) return;
    const auto [width, height] = png_size(bytes);
    const uint64_t pixels = uint64_t{width} * height;
    // What says to be larger than may be opened promises nothing.
    const size_t size = pixels > facts_.settings.unwrap_bounds.image_pixels ? 0
                        : pixels > 0 ? static_cast<size_t>(std::min<uint64_t>(pixels / 10, kLargeFile))
                                     : bytes.size();
    files.push_back({unwrap::Kind::image, bytes, sha256, size});
  }

  using Opened = StringMap<const unwrap::Findings*>;  // by SHA-256

  void open(std::vector<File>& files, size_t most, Opened& into) {
    std::ranges::stable_sort(files, std::greater(), [](const File& f) { return std::min(f.promise, kLargeFile); });
    for (const File& f : files) {
      if (into.contains(f.sha256)) continue;  // the same file again costs nothing
      if (most == 0) {
        unopened_.emplace(f.sha256);
        note(limits_, "files");
        continue;
      }
      --most;
      into.emplace(f.sha256, &visit_.open(f.kind, f.sha256, f.bytes));
    }
  }

  const unwrap::Findings* found_in(const Opened& opened, std::string_view sha256, Facts::Wrapping& w) {
    const auto found = opened.find(sha256);
    if (found == opened.end()) return nullptr;
    const unwrap::Findings& f = *found->second;
    if (f.outcome == unwrap::Outcome::no_worker) {
      failed_ = true;
      static std::atomic<bool> told = false;  // once: every mail with a picture would say it
      if (!told.exchange(true))
        log::warning("unwrap.failed", "images, PDFs and archives stay closed: no worker; sekisho doctor says more",
                     {{"why", visit_.trouble()}});
    } else if (f.outcome != unwrap::Outcome::read) {
      note(w.outcomes, to_string(f.outcome));
      note(outcomes_, to_string(f.outcome));
    }
    for (const std::string& limit : f.limits) note(limits_, limit);
    return &f;
  }

  // An image or a PDF, in the mail itself or inside an archive of it.
  void file(std::string_view type, std::string_view sha256, std::string_view bytes, Facts::Wrapping& w, bool packed) {
    const bool pdf = type == "application/pdf";
    if (!pdf && too_small(bytes)) return;
    const unwrap::Findings* found = found_in(opened_, sha256, w);
    if (found == nullptr) return;
    for (const unwrap::Code& code : found->codes) {
      ++codes_, ++w.codes;
      this->code(code, packed ? "archive_qr" : pdf ? "pdf_qr" : "qr", w);
    }
    if (!pdf) return;
    if (!packed) w.pdf = found;
    for (const unwrap::PdfLink& l : found->links) link(l.uri, packed ? "archive" : "pdf", l.page, w);
  }

  // A code may hold the address alone or with more around it (a contact, a network, a sentence).
  void code(const unwrap::Code& code, std::string_view where, Facts::Wrapping& w) {
    const std::string_view said = trim(code.text);
    const auto url = net::parse_url(said, nullptr, facts_.settings.limits);
    if (url && (url->scheme == "http" || url->scheme == "https") &&
        said.find_first_of(" \t\r\n") == std::string_view::npos)
      return link(std::string(said), where, code.page, w);
    for (net::FoundUrl& f : net::find_urls(said, facts_.settings.limits)) link(std::move(f.url), where, code.page, w);
  }

  void link(std::string href, std::string_view where, uint32_t page, const Facts::Wrapping& w) {
    if (facts_.wrapped_links.size() >= facts_.settings.limits.links) return note(limits_, "links");
    Facts::WrappedLink& out = facts_.wrapped_links.emplace_back();
    out.link.where = mail::LinkRef::Where::attachment;
    out.link.href = std::move(href);
    out.link.offset = offset_;
    out.where = where, out.path = w.path, out.page = page;
  }

  void archive(const mail::Part& part, Facts::Wrapping& w) {
    const unwrap::Findings* found = found_in(opened_archives_, part.sha256, w);
    if (found == nullptr) return;
    w.archive = found;
    encrypted_ |= found->encrypted;
    for (const unwrap::Entry& entry : found->entries) {
      const std::string path = text::decode_as_labelled(entry.name, "").utf8;
      const std::string name = mail::base_name(path);
      const std::string extension = Facts::extension_of(name);
      if (w.risky.empty() && facts_.content.lists.risky_extensions.has(extension)) w.risky = extension;
      if (facts_.content.lists.program_extensions.has(extension)) {
        if (w.program.empty()) w.program = extension;
        if (w.programs.size() < 16) note(w.programs, extension);
        w.program_top |= std::string_view(path).substr(path.starts_with("./") ? 2 : 0).find_first_of("/\\") ==
                         std::string_view::npos;
        const std::string before = Facts::extension_of(trim(name.substr(0, name.rfind('.'))));
        w.program_disguised |= facts_.content.lists.document_extensions.has(before);
      }
      if (w.names.size() < 200) (w.names += w.names.empty() ? "" : " ") += name;
      if (!entry.kept || entry.content.empty()) continue;
      const std::string_view type = mail::sniff(entry.content);
      if (const auto packed = packed_.find(&entry); packed != packed_.end())
        file(type, packed->second, entry.content, w, true);
      else if (type == "text/html" || type == "image/svg+xml") page(entry.content, w);
      else if (type == "message/rfc822") letter(entry.content, w);
      else if (type.empty() || type.starts_with("text/")) words(entry.content, w);
    }
  }

  void page(std::string_view bytes, Facts::Wrapping& w) {
    const html::Page page = html::read_page(text::decode_as_labelled(bytes, "").utf8, facts_.settings.limits);
    w.html = true;
    w.script |= page.scripts > 0;
    for (const html::Link& l : page.links) link(l.href, "archive", 0, w);
    for (const html::Form& form : page.forms) {
      w.password |= form.has_password;
      if (istarts_with(form.action, "http")) link(form.action, "archive", 0, w);
    }
    std::string said = text::normalize(page.title + " \n" + std::string(utf8_prefix(page.text, Facts::kSaid))).text;
    facts_.said_elsewhere.push_back({"attachment", std::move(said), w.path, 0});
  }

  void letter(std::string_view bytes, Facts::Wrapping& w) {
    const auto mail = mail::read_message(bytes, facts_.settings.limits);
    if (!mail) return;
    for (const mail::LinkRef& l : mail->links) link(l.href, "archive", 0, w);
  }

  void words(std::string_view bytes, Facts::Wrapping& w) {
    if (bytes.find('\0') != std::string_view::npos) return;
    const std::string text = text::decode_as_labelled(bytes.substr(0, kLinkedText), "").utf8;
    for (net::FoundUrl& f : net::find_urls(text, facts_.settings.limits)) link(std::move(f.url), "archive", 0, w);
  }

  Facts& facts_;
  unwrap::Visit& visit_;
  std::vector<std::string> outcomes_, limits_;
  std::deque<Item> items_;
  std::unordered_map<const unwrap::Entry*, std::string> packed_;  // SHA-256 of images and PDFs in archives
  Opened opened_, opened_archives_;
  StringSet unopened_;
  size_t codes_ = 0;
  uint32_t offset_ = 0;
  bool encrypted_ = false, failed_ = false;
};

}  // namespace

bool Facts::is_archive(const mail::Part& part) const {
  const std::string_view type = part.sniffed;
  const size_t slash = std::min(type.find('/'), type.size());
  // A document that is a ZIP itself is one to whoever sees it named so.
  return !content.lists.archive_types.covering(type.substr(0, slash), type.substr(slash)).empty() ||
         (part.content.starts_with("PK\3\4") && extension_of(part.filename) == "zip") || mail::zip_behind(part.content);
}

void Facts::wrappings() {
  if (visit == nullptr) return;
  Opener opener(*this, *visit);
  wrapped.reserve(mail.parts.size());  // said_elsewhere views their paths
  for (const mail::Part& part : mail.parts) {
    if (part.message_depth > 0) continue;
    if (part.page) {
      for (const html::Image& image : part.page->images)
        if (istarts_with(image.src, "data:")) opener.gather(part, image);
    } else if (!part.content.empty()) {
      opener.gather(part);
    }
  }
  opener.open_all();
  opener.tell();
  opener.write();
}

void Facts::label_wrapping(const event::Node& noun, const mail::Part& part) const {
  const auto index = static_cast<size_t>(&part - mail.parts.data());
  for (const Wrapping& w : wrapped) {
    if (w.part != index) continue;
    noun.label("attachment.qr", w.codes).label("attachment.unwrap", joined(w.outcomes));
    if (w.pdf != nullptr) {
      noun.label("attachment.pdf_pages", size_t{w.pdf->pages}).label("attachment.pdf_links", w.pdf->links.size());
      noun.label("attachment.pdf_images", size_t{w.pdf->images}).label("attachment.pdf_text", w.pdf->shows_text);
      noun.label("attachment.pdf_script", size_t{w.pdf->scripts})
          .label("attachment.pdf_launch", size_t{w.pdf->launches});
      noun.label("attachment.pdf_embedded", size_t{w.pdf->embedded})
          .label("attachment.pdf_submit", size_t{w.pdf->submits});
      noun.label("attachment.pdf_open_action", w.pdf->open_action);
      noun.label("attachment.encrypted", w.pdf->encrypted);
    }
    if (w.archive != nullptr) {
      noun.label("attachment.entries", w.archive->entries.size()).label("attachment.encrypted", w.archive->encrypted);
      noun.label("attachment.entry_names", utf8_prefix(w.names, 200));
      noun.label("attachment.entry_risky", w.risky).label("attachment.entry_program", w.program);
      noun.label("attachment.entry_programs", joined(w.programs));
      noun.label("attachment.entry_program_top", w.program_top);
      noun.label("attachment.entry_program_disguised", w.program_disguised);
      noun.label("attachment.entry_html", w.html).label("attachment.entry_password", w.password);
      noun.label("attachment.entry_script", w.script);
    }
  }
}

}  // namespace sekisho::scan
