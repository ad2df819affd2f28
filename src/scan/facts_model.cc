// Takes a mail, gives what the learned lure model says of it: lure.model_odds and the phrases that weighed most.
// Entries: Facts::model, shape_of, recipients_of. Without a model nothing is written.
#include <fmt/format.h>

#include "base/strings.h"
#include "scan/document.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

constexpr size_t kMostRecipients = 8;

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

std::vector<std::string> recipients_of(const mail::Message& mail, const Envelope& envelope) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view text) {
    if (out.size() < kMostRecipients * 2 && !text.empty()) out.push_back(text::normalize(utf8_prefix(text, 200)).text);
  };
  for (const auto* list : {&mail.to, &mail.cc})
    for (const mail::Mailbox& m : *list) add(m.display_name), add(m.address);
  for (const std::string_view name : {"delivered-to", "x-original-to", "envelope-to"})
    if (const mail::HeaderField* f = mail.headers.first(name)) add(trim(f->value));
  for (const std::string& r : envelope.recipients) add(r);
  return out;
}

void Facts::model() {
  if (content.model.empty()) return;
  static thread_local lure::Features features;
  lure::read_features({subject.text, text.text, shape_of(mail), recipients_of(mail, envelope)}, features);
  const lure::Model::Says says = content.model.explain(features);
  event.fact("lure.model_odds", fmt::format("{:.2f}", says.odds));
  if (says.odds <= 0) return;
  for (const auto& p : says.phrases) {
    const event::Node noun = event.root().add("about");
    const std::string_view from = p.subject ? subject.text : text.text;
    const Place at = p.subject ? Place{"subject", subject.source_offset(p.offset)} : place(p.offset);
    std::string said(utf8_prefix(from.substr(p.offset, p.length), 120));
    for (char& c : said)
      if (is_digit(c)) c = '0';  // numbers weigh nothing, and may be a code or a password
    noun.label("kind", "model").label("model.phrase", said);
    noun.label("model.share", fmt::format("{:.2f}", p.weight));
    noun.label("part", at.part).label("offset", static_cast<size_t>(at.offset));
  }
}

}  // namespace sekisho::scan
