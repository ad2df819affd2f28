// Takes a read mail, gives its sealed event. One entry: mail_event; the order of the areas is here and nowhere else.
#include "scan/facts.h"

namespace sekisho::scan {

bool Facts::own_domain(std::string_view host) const {
  for (const std::string& d : settings.domains)
    if (net::within(host, d)) return true;
  return false;
}

std::optional<brand::Judgement> Facts::lookalike(std::string_view host) const {
  const brand::Judgement j = content.judge->judge(host);
  return j.told || j.flagged ? std::optional(j) : std::nullopt;
}

bool Facts::mixes_scripts(std::string_view word) {
  if (is_ascii(word)) return false;
  const std::vector<std::string> scripts = text::scripts(word);
  const auto has = [&](std::string_view s) { return std::find(scripts.begin(), scripts.end(), s) != scripts.end(); };
  return has("Latn") && (has("Cyrl") || has("Grek") || has("Armn") || has("Cher"));
}

bool Facts::in_blocks(std::string_view ip, const std::vector<std::string>& blocks) {
  for (const std::string& b : blocks)
    if (net::in_cidr(ip, b)) return true;
  return false;
}

std::string_view Facts::registrable(std::string_view host) const {
  const std::string_view r = content.suffixes->registrable(host);
  return r.empty() ? host : r;
}

Facts::Place Facts::place(uint32_t normalized_offset) const {
  const uint32_t at = text.source_offset(normalized_offset);
  auto piece = std::upper_bound(mail.pieces.begin(), mail.pieces.end(), at,
                                [](uint32_t offset, const mail::Message::TextPiece& p) { return offset < p.at; });
  if (piece == mail.pieces.begin()) return {};
  --piece;
  const mail::Part& part = mail.parts[piece->part];
  const uint32_t there = piece->offset + (at - piece->at);
  if (!part.page) return {part.path, there};
  // What a page shows lies elsewhere in its source: the run that covers the byte knows where.
  for (const html::Run& run : part.page->runs)
    if (run.hidden == html::Hidden::no && there >= run.at && there < run.at + run.length)
      return {part.path, run.offset + (there - run.at)};
  return {part.path, 0};
}

event::Event mail_event(const Settings& settings, const Content& content, const mail::Message& mail,
                        const Envelope& envelope, event::Origin origin, Timestamp now, const Verification& verification,
                        std::vector<std::string> nested, bool inside_another, unwrap::Visit* visit) {
  event::EventBuilder builder;
  Facts facts{settings, content, mail, envelope, builder, verification, now};
  facts.inside_another = inside_another;
  facts.nested_verdicts = std::move(nested);
  facts.visit = visit;
  const event::Node metadata = builder.root().child("metadata");
  const Timestamp at = mail.date.value_or(now);
  metadata.set("id", origin.sha256).set_time("event_timestamp", at.seconds, at.nanos);
  metadata.set("event_type", "EMAIL_TRANSACTION").set("vendor_name", "Sekisho").set("product_name", "Sekisho");
  metadata.set("product_event_type", "mail").set("product_log_id", origin.name).set("log_type", "SEKISHO_MAIL");
  builder.origin(std::move(origin));

  facts.text = text::normalize(mail.text);
  facts.subject = text::normalize(mail.subject);
  if (!mail.from.empty()) facts.display_name = text::normalize(mail.from[0].display_name);
  facts.find_entry();
  facts.identity();
  facts.authentication();
  facts.direction();
  facts.texts();
  facts.thread();
  facts.wrappings();
  facts.links();
  facts.forms();
  facts.images();
  facts.attachments();
  facts.claims();
  facts.shape();
  facts.brands();
  facts.lures();
  facts.model();
  return std::move(builder).seal();
}

}  // namespace sekisho::scan
