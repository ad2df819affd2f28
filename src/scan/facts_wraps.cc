// Takes the images, PDFs and archives of a mail, has them opened by jailed workers, and keeps what was in them: links
// and codes for Facts::links, labels for Facts::attachments. Entries: Facts::wrappings, Facts::label_wrapping. Refuses
// nothing: what could not be opened is a fact.
#include <atomic>

#include "base/log.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "mail/codec.h"
#include "mail/sniff.h"
#include "scan/facts.h"
#include "text/charset.h"

namespace sekisho::scan {
namespace {

constexpr size_t kMostFiles = 48;        // opened of one mail, those inside archives included
constexpr size_t kSmallestImage = 120;   // bytes; no code fits into fewer
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

// Opens what a mail carries, one file after the other.
class Opener {
 public:
  Opener(Facts& facts, unwrap::Visit& visit) : facts_(facts), visit_(visit) {}

  void part(const mail::Part& part, size_t index) {
    const std::string_view type = part.sniffed;
    const size_t slash = std::min(type.find('/'), type.size());
    const bool archive =
        !facts_.content.lists.archive_types.covering(type.substr(0, slash), type.substr(slash)).empty();
    if (!readable_image(type) && type != "application/pdf" && !archive) return;
    Facts::Wrapping& w = facts_.wrapped.emplace_back();
    w.part = index, w.path = part.path;
    if (archive) this->archive(part, w);
    else file(type, part.sha256, part.content, w, false);
  }

  void inline_image(const mail::Part& part, const html::Image& image) {
    const std::string bytes = data_url_bytes(image.src);
    if (!readable_image(mail::sniff(bytes))) return;
    Facts::Wrapping w;
    w.path = part.path;
    offset_ = image.offset;
    file("image/", sha256_hex(bytes), bytes, w, false);
    offset_ = 0;
  }

  void write() {
    facts_.event.fact("mail.qr_codes", codes_);
    facts_.event.fact("mail.archive_encrypted", encrypted_);
    facts_.event.fact("unwrap.outcome", joined(outcomes_));
    facts_.event.fact("unwrap.limits", joined(limits_));
    facts_.event.fact("unwrap.failed", failed_);
  }

 private:
  const unwrap::Findings* open(unwrap::Kind kind, std::string_view sha256, std::string_view bytes, Facts::Wrapping& w) {
    // The same file again costs nothing: its findings are kept.
    if (!opened_.contains(sha256)) {
      if (opened_.size() >= kMostFiles) {
        note(limits_, "files");
        return nullptr;
      }
      opened_.emplace(sha256);
    }
    const unwrap::Findings& found = visit_.open(kind, sha256, bytes);
    if (found.outcome == unwrap::Outcome::no_worker) {
      failed_ = true;
      static std::atomic<bool> told = false;  // once: every mail with a picture would say it
      if (!told.exchange(true))
        log::warning("unwrap.failed", "images, PDFs and archives stay closed: no worker; sekisho doctor says why");
    } else if (found.outcome != unwrap::Outcome::read) {
      note(w.outcomes, to_string(found.outcome));
      note(outcomes_, to_string(found.outcome));
    }
    for (const std::string& limit : found.limits) note(limits_, limit);
    return &found;
  }

  // An image or a PDF, in the mail itself or inside an archive of it.
  void file(std::string_view type, std::string_view sha256, std::string_view bytes, Facts::Wrapping& w, bool packed) {
    const bool pdf = type == "application/pdf";
    if (!pdf && bytes.size() < kSmallestImage) return;
    const unwrap::Findings* found = open(pdf ? unwrap::Kind::pdf : unwrap::Kind::image, sha256, bytes, w);
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
    const unwrap::Findings* found = open(unwrap::Kind::archive, part.sha256, part.content, w);
    if (found == nullptr) return;
    w.archive = found;
    encrypted_ |= found->encrypted;
    for (const unwrap::Entry& entry : found->entries) {
      const std::string name = mail::base_name(text::decode_as_labelled(entry.name, "").utf8);
      const std::string extension = Facts::extension_of(name);
      if (w.risky.empty() && facts_.content.lists.risky_extensions.has(extension)) w.risky = extension;
      if (w.program.empty() && facts_.content.lists.program_extensions.has(extension)) w.program = extension;
      if (w.names.size() < 200) (w.names += w.names.empty() ? "" : " ") += name;
      if (!entry.kept || entry.content.empty()) continue;
      const std::string_view type = mail::sniff(entry.content);
      if (readable_image(type) || type == "application/pdf")
        file(type, sha256_hex(entry.content), entry.content, w, true);
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
    std::string said = text::normalize(page.title + " \n" + std::string(utf8_prefix(page.text, 16 << 10))).text;
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
  StringSet opened_;  // by SHA-256
  size_t codes_ = 0;
  uint32_t offset_ = 0;
  bool encrypted_ = false, failed_ = false;
};

}  // namespace

void Facts::wrappings() {
  if (visit == nullptr) return;
  Opener opener(*this, *visit);
  wrapped.reserve(mail.parts.size());  // said_elsewhere views their paths
  for (const mail::Part& part : mail.parts) {
    if (part.message_depth > 0) continue;
    if (part.page) {
      for (const html::Image& image : part.page->images)
        if (istarts_with(image.src, "data:")) opener.inline_image(part, image);
    } else if (!part.content.empty()) {
      opener.part(part, static_cast<size_t>(&part - mail.parts.data()));
    }
  }
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
      noun.label("attachment.entry_html", w.html).label("attachment.entry_password", w.password);
      noun.label("attachment.entry_script", w.script);
    }
  }
}

}  // namespace sekisho::scan
