// Takes images, attachments and nested messages, gives one about[] noun each. Entries: Facts::images,
// Facts::attachments.
#include "base/strings.h"
#include "mail/sniff.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

// What the scripts of an HTML or SVG attachment would do.
void script_labels(const event::Node& noun, const mail::Part& part) {
  const html::Page& page = *part.page;
  const html::ScriptFindings& script = page.script;
  noun.label("attachment.svg", part.sniffed == "image/svg+xml" || part.type == "image/svg+xml");
  noun.label("attachment.smuggling", script.sign_names());
  noun.label("attachment.script_bytes", script.bytes).label("attachment.encoded_bytes", script.encoded_bytes);
  noun.label("attachment.longest_literal", script.longest_literal);
  noun.label("attachment.writes_page", page.written != nullptr).label("attachment.page_decoded", script.markup_decoded);
  noun.label("attachment.carries", mail::sniff(script.carried));
  noun.label("attachment.handlers", size_t{page.event_handlers});
  noun.label("attachment.foreign_objects", size_t{page.foreign_objects});
  noun.label("attachment.frames", size_t{page.iframes})
      .label("attachment.refresh", utf8_prefix(page.meta_refresh, 500));
  // The URL to which the reader is sent tells more than one that is loaded.
  const html::ScriptUrl* first = nullptr;
  for (const html::ScriptUrl& url : script.urls)
    if (first == nullptr || (url.use == html::ScriptUrl::Use::location && first->use != url.use)) first = &url;
  if (first == nullptr) return;
  noun.label("attachment.script_url", utf8_prefix(first->url, 500))
      .label("attachment.script_use", to_string(first->use));
  bool decoded = false;
  for (const html::ScriptUrl& url : script.urls) decoded |= url.decoded;
  noun.label("attachment.url_decoded", decoded);
}

}  // namespace

std::string Facts::extension_of(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 12) return {};
  return ascii_lower(name.substr(dot + 1));
}

// What a text wants: the aims of all intents found, joined by spaces.
std::string Facts::aims_of(std::string_view said) const {
  std::vector<std::string> aims;
  for (const lure::Hit& hit : content.lures.find(text::normalize(said).text))
    for (const std::string& aim : content.lures[hit.intent].aims)
      if (std::ranges::find(aims, aim) == aims.end()) aims.push_back(aim);
  std::ranges::sort(aims);
  return joined(aims);
}

void Facts::images() {
  StringMap<bool> linked;
  for (const LinkHost& link : link_hosts) linked.try_emplace(link.host, true);
  for (const mail::Part& part : mail.parts) {
    if (!part.page || part.kind != mail::PartKind::html || part.message_depth > 0) continue;
    for (const html::Image& image : part.page->images) {
      // Spacers and tracking pixels say nothing; there may be hundreds.
      if (image.alt.empty() && (image.width >= 0 && image.width <= 2)) continue;
      const event::Node noun = event.root().add("about");
      noun.label("kind", "image").label("part", part.path).label("offset", static_cast<size_t>(image.offset));
      noun.label("image.alt", utf8_prefix(image.alt, 200));
      if (!image.alt.empty()) {
        std::string said = text::normalize(image.alt).text;
        const brand::Mentions m = content.brands.mentions(said, 2);
        if (!m.names.empty()) noun.label("image.alt_brand", content.brands[m.names[0].brand].id);
        said_elsewhere.push_back({"alt", std::move(said), part.path, image.offset});
      }
      if (istarts_with(image.src, "cid:") || istarts_with(image.src, "data:")) {
        noun.label("image.inline", true);
        continue;
      }
      const auto url = net::parse_url(image.src, nullptr, settings.limits);
      if (!url || !url->host) continue;
      noun.set("url", utf8_prefix(url->href(), 1000)).set("hostname", *url->host);
      noun.label("image.remote", true).label("image.link_host", linked.contains(*url->host));
      if (const auto owner = content.brands.owner(*url->host)) noun.label("image.owner", content.brands[*owner].id);
    }
  }
}

void Facts::attachments() {
  size_t nested = 0;  // Message::nested follows the order of the parts
  for (const mail::Part& part : mail.parts) {
    if (part.message_depth > 0) continue;
    if (part.kind == mail::PartKind::message) {
      const event::Node noun = event.root().add("about");
      noun.label("kind", "message").label("part", part.path).child("file").set("size", static_cast<int64_t>(part.size));
      if (nested < nested_verdicts.size()) noun.label("message.verdict", nested_verdicts[nested]);
      if (nested < mail.nested.size()) {
        const mail::Message& inside = mail.nested[nested++];
        if (!inside.from.empty()) noun.label("message.from", inside.from[0].address);
        noun.label("message.subject", utf8_prefix(inside.subject, 200));
        noun.label("message.links", inside.links.size());
        noun.label("message.aims", aims_of(inside.subject + " \n" + std::string(utf8_prefix(inside.text, kSaid))));
      }
      continue;
    }
    const bool attached = part.kind == mail::PartKind::attachment ||
                          (part.kind == mail::PartKind::image && part.disposition == "attachment");
    if (!attached) continue;
    const event::Node noun = event.root().add("about");
    noun.label("kind", "attachment").label("part", part.path);
    const event::Node file = noun.child("file");
    file.set("full_path", part.filename).set("mime_type", part.type).set("sha256", part.sha256);
    file.set("size", static_cast<int64_t>(part.size));
    const std::string extension = extension_of(part.filename);
    noun.label("attachment.extension", extension);
    noun.label("attachment.risky", content.lists.risky_extensions.has(extension));
    const std::string before = extension_of(part.filename.substr(0, part.filename.rfind('.')));
    noun.label("attachment.double_extension",
               content.lists.risky_extensions.has(extension) && content.lists.document_extensions.has(before));
    noun.label("attachment.sniffed", part.sniffed);
    noun.label("attachment.mismatch", !part.sniffed.empty() && !part.type.empty() && part.type != part.sniffed &&
                                          part.type != "application/octet-stream" &&
                                          (part.sniffed == "text/html" || part.type.starts_with("image/")));
    noun.label("attachment.archive", is_archive(part))
        .label("attachment.archive_behind", mail::zip_behind(part.content));
    label_wrapping(noun, part);
    if (part.calendar) calendar(part);
    const bool html = part.page.has_value();
    noun.label("attachment.html", html);
    if (!html) continue;
    bool password = false;
    for (const html::Form& form : part.page->forms) password |= form.has_password;
    if (part.page->written)
      for (const html::Form& form : part.page->written->forms) password |= form.has_password;
    noun.label("attachment.password", password).label("attachment.script", part.page->scripts > 0);
    script_labels(noun, part);
    std::string said =
        text::normalize(part.page->title + " \n" + std::string(utf8_prefix(part.page->text, kSaid))).text;
    const brand::Mentions m = content.brands.mentions(said, 8);
    for (const brand::Mention& name : m.names)
      if (!name.ambiguous || m.has_context(name.brand)) {
        noun.label("attachment.brand", content.brands[name.brand].id);
        break;
      }
    said_elsewhere.push_back({"attachment", std::move(said), part.path, 0});
    if (part.page->written)
      said_elsewhere.push_back(
          {"attachment", text::normalize(utf8_prefix(part.page->written->text, kSaid)).text, part.path, 0});
  }
}

void Facts::calendar(const mail::Part& part) {
  for (const mail::CalendarEntry& e : part.calendar->entries) {
    const event::Node noun = event.root().add("about");
    noun.label("kind", "calendar").label("part", part.path).label("offset", static_cast<size_t>(e.offset));
    noun.label("calendar.method", part.calendar->method).label("calendar.summary", utf8_prefix(e.summary, 200));
    noun.label("calendar.organizer", e.organizer).label("calendar.attendees", static_cast<size_t>(e.attendees));
    const std::string domain = ascii_lower(e.organizer.substr(e.organizer.rfind('@') + 1));
    noun.label("calendar.organizer_other", !domain.empty() && !from_registrable.empty() &&
                                               e.organizer.find('@') != std::string::npos &&
                                               registrable(domain) != from_registrable);
    std::string said =
        e.summary + " \n" + e.location + " \n" + e.organizer_name + " \n" +
        (e.description.empty() && !e.html.empty() ? html::read_page(e.html, settings.limits).text : e.description);
    said_elsewhere.push_back({"calendar", text::normalize(utf8_prefix(said, kSaid)).text, part.path, e.offset});
  }
}

}  // namespace sekisho::scan
