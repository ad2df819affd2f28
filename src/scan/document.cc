// Takes a mail and its envelope, gives what the learned lure model is told besides its words. Entries: shape_of,
// delivered_to. Refuses nothing.
#include "scan/document.h"

#include "base/strings.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

constexpr size_t kMostReaders = 8;

std::string amount(std::string_view what, size_t n) {
  return std::string(what) + (n == 0 ? ".none" : n == 1 ? ".one" : n <= 5 ? ".few" : n <= 20 ? ".many" : ".lots");
}

}  // namespace

std::vector<std::string> shape_of(const mail::Message& mail) {
  std::vector<std::string> out;
  size_t images = 0, forms = 0, hidden = 0;
  bool html = false;
  for (const mail::Part& p : mail.parts) {
    if (p.message_depth > 0) continue;
    if (p.kind == mail::PartKind::image) ++images;
    if (p.kind == mail::PartKind::attachment) out.push_back("attachment." + (p.sniffed.empty() ? p.type : p.sniffed));
    if (!p.page || p.kind != mail::PartKind::html) continue;
    html = true;
    images += p.page->images.size();
    forms += p.page->forms.size();
    for (const html::Run& run : p.page->runs) hidden += run.hidden != html::Hidden::no ? run.length : 0;
  }
  if (out.size() > 4) out.resize(4);
  out.emplace_back(html ? "html" : "plain");
  out.push_back(amount("links", mail.links.size()));
  out.push_back(amount("images", images));
  if (forms > 0) out.emplace_back("form");
  if (hidden > 200) out.emplace_back("hidden");
  const size_t bytes = mail.text.size();
  out.emplace_back(bytes == 0      ? "text.none"
                   : bytes < 100   ? "text.line"
                   : bytes < 500   ? "text.short"
                   : bytes < 2000  ? "text.middle"
                   : bytes < 10000 ? "text.long"
                                   : "text.very_long");
  if (!mail.nested.empty()) out.emplace_back("nested");
  return out;
}

std::vector<std::string> delivered_to(const mail::Message& mail, const Envelope& envelope) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view address) {
    if (out.size() < kMostReaders && !address.empty()) out.push_back(ascii_lower(utf8_prefix(address, 320)));
  };
  for (const std::string& r : envelope.recipients) add(r);
  for (const std::string_view name : {"delivered-to", "x-original-to", "envelope-to"})
    if (const mail::HeaderField* f = out.empty() ? mail.headers.first(name) : nullptr) add(trim(f->value));
  for (const auto* list : {&mail.to, &mail.cc})
    for (const mail::Mailbox& m : *list)
      if (out.empty() && !m.malformed) add(m.address);
  return out;
}

}  // namespace sekisho::scan
