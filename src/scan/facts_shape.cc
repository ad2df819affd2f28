// Takes subject, sender, text and parts, gives what they look like whatever the language: letters in disguise, made-up
// words, how much there is to read and in which form. Entry: Facts::shape (after links: it counts them).
#include "scan/facts.h"
#include "text/shapes.h"

namespace sekisho::scan {
namespace {

constexpr size_t kTokenText = 32 << 10;  // bytes of text looked through for made-up words
constexpr size_t kTextToken = 12;        // a shorter one may be a product's or a file's name
constexpr size_t kFewestLetters = 8;     // below, a share of capitals says nothing

size_t capitals_percent(const text::Shape& s) { return s.letters < kFewestLetters ? 0 : s.capitals * 100 / s.letters; }

}  // namespace

void Facts::shape() {
  const text::Shape title = text::shape(mail.subject);
  event.fact("mail.subject_missing", trim(mail.subject).empty());
  event.fact("mail.subject_symbols", title.symbols);
  event.fact("mail.subject_disguised", title.disguised);
  event.fact("mail.subject_wide", title.wide);
  event.fact("mail.subject_capitals", capitals_percent(title));
  event.fact("mail.subject_digits", title.longest_digits);
  event.fact("mail.subject_token", text::random_token(mail.subject));
  if (!mail.from.empty()) {
    const mail::Mailbox& from = mail.from[0];
    const text::Shape name = text::shape(from.display_name), local = text::shape(from.local);
    event.fact("identity.display_missing", trim(from.display_name).empty());
    event.fact("identity.display_symbols", name.symbols);
    event.fact("identity.display_disguised", name.disguised);
    event.fact("identity.display_capitals", capitals_percent(name));
    event.fact("identity.display_digits", name.longest_digits);
    event.fact("identity.display_marks", name.marks);
    event.fact("identity.display_token", text::random_token(from.display_name));
    event.fact("identity.local_digits", local.longest_digits);
    event.fact("identity.local_consonants", local.longest_consonants);
    event.fact("identity.local_token", text::random_token(from.local));
    if (const std::string host = net::host_named_by(from.display_name);
        !host.empty() && registrable(host) != from_registrable)
      event.fact("identity.display_host", host);
  }

  size_t tokens = 0;
  for (std::string_view rest = utf8_prefix(mail.text, kTokenText); tokens < 100; ++tokens) {
    const std::string_view token = text::random_token(rest, kTextToken);
    if (token.empty()) break;
    rest.remove_prefix(static_cast<size_t>(token.data() - rest.data()) + token.size());
  }
  event.fact("mail.text_tokens", tokens);

  bool html = false, plain = false, encoded = false;
  size_t remote_images = 0, attached_bytes = 0;
  for (const mail::Part& p : mail.parts) {
    if (p.message_depth > 0) continue;
    html |= p.kind == mail::PartKind::html;
    plain |= p.kind == mail::PartKind::text;
    encoded |= p.kind == mail::PartKind::text && p.base64 && p.size > 0 && is_ascii(p.content);
    if (p.kind == mail::PartKind::attachment) attached_bytes += p.size;
    if (p.kind == mail::PartKind::html && p.page)
      for (const html::Image& image : p.page->images) remote_images += istarts_with(image.src, "http");
  }
  event.fact("mail.html_only", html && !plain);
  event.fact("mail.needlessly_encoded", encoded);
  event.fact("mail.remote_images", remote_images);
  event.fact("mail.attached_bytes", attached_bytes);
}

}  // namespace sekisho::scan
