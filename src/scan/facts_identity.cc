// Takes the header identities, gives network.email, principal and the identity.* facts: who the mail says it is from,
// and where its own headers disagree. Entries: Facts::identity, Facts::direction.
#include <fmt/format.h>

#include "net/host.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

bool mixes_scripts_in_a_word(std::string_view text) {
  if (is_ascii(text)) return false;
  for (const std::string_view word : split(text, ' '))
    if (Facts::mixes_scripts(word)) return true;
  return false;
}

// The first address-like word in a text: "billing@example.com" in a display name.
std::string address_in(std::string_view text) {
  const size_t at = text.find('@');
  if (at == std::string_view::npos) return {};
  const auto part = [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+'; };
  size_t from = at, to = at + 1;
  while (from > 0 && part(text[from - 1])) --from;
  while (to < text.size() && part(text[to])) ++to;
  const std::string_view domain = text.substr(at + 1, to - at - 1);
  if (from == at || domain.find('.') == std::string_view::npos) return {};
  return std::string(text.substr(from, to - from));
}

std::string domain_of_id(std::string_view message_id) {
  const size_t at = message_id.rfind('@');
  return at == std::string_view::npos ? std::string() : ascii_lower(trim(message_id.substr(at + 1)));
}

// Letters and digits of an ASCII name, lower-case: "Corp-Example.jp" → "corpexamplejp". Empty for other names.
std::string letters_of(std::string_view name) {
  std::string out;
  if (!is_ascii(name)) return out;
  for (const char c : ascii_lower(name))
    if (is_alnum(c)) out += c;
  return out;
}

}  // namespace

// A stranger's domain that holds a name or domain of ours, however it is cut: corp-example-it.test for corp.example.
bool Facts::resembles_own(std::string_view domain) const {
  constexpr size_t kTelling = 6;  // letters; shorter names stand in others by chance
  const std::string from = letters_of(domain);
  const auto held = [&](std::string_view own) {
    const std::string letters = letters_of(own);
    return letters.size() >= kTelling && from.find(letters) != std::string::npos;
  };
  return std::ranges::any_of(settings.organisation_names, held) ||
         std::ranges::any_of(settings.domains, [&](const auto& d) {
           return held(d) || held(std::string_view(d).substr(0, d.find('.')));
         });
}

void Facts::identity() {
  const event::Node email = event.root().child("network").child("email");
  event.root().child("network").set("application_protocol", "SMTP");
  if (!mail.from.empty()) {
    email.set("from", mail.from[0].address);
    from_domain = mail.from[0].domain;
    from_registrable = registrable(from_domain);
  }
  if (!mail.reply_to.empty()) email.set("reply_to", mail.reply_to[0].address);
  for (const mail::Mailbox& m : mail.to) email.append("to", m.address);
  for (const mail::Mailbox& m : mail.cc) email.append("cc", m.address);
  for (const mail::Mailbox& m : mail.bcc) email.append("bcc", m.address);
  if (!mail.message_id.empty()) email.set("mail_id", mail.message_id);
  if (!mail.subject.empty()) email.append("subject", mail.subject);
  const std::string bounce = !envelope.mail_from.empty() ? envelope.mail_from
                             : !mail.return_path.empty() ? mail.return_path[0].address
                                                         : std::string();
  if (!bounce.empty()) email.set("bounce_address", bounce);
  if (!envelope.helo.empty() || !envelope.recipients.empty()) {
    const event::Node smtp = event.root().child("network").child("smtp");
    smtp.set("helo", envelope.helo).set("mail_from", envelope.mail_from);
    for (const std::string& r : envelope.recipients) smtp.append("rcpt_to", r);
  }

  event.fact("identity.from_count", mail.from.size());
  for (const mail::Mailbox& m : mail.from)
    if (m.malformed) {
      event.fact("identity.from_malformed", true);
      break;
    }
  event.fact("identity.from_domain", from_registrable);
  event.fact("identity.own_domain", own_domain(from_domain));
  event.fact("identity.free_mail", content.lists.free_mail.has(from_domain));
  event.fact("identity.from_punycode", from_domain.find("xn--") != std::string::npos);
  event.fact("identity.from_risky_tld", content.lists.risky_tlds.has(content.suffixes->suffix(from_domain))
                                            ? content.suffixes->suffix(from_domain)
                                            : "");
  event.fact("identity.from_free_hosting", content.lists.free_hosting.covering(from_domain));
  if (const auto brand = content.brands.sender(from_domain))
    event.fact("identity.from_brand", content.brands[*brand].id);
  const auto tell = [&](std::string_view host, const char* brand, const char* odds) {
    const auto looks = own_domain(host) ? std::nullopt : lookalike(host);
    if (!looks || !looks->brand) return false;
    event.fact(brand, content.brands[*looks->brand].id);
    event.fact(odds, fmt::format("{:.1f}", looks->log_odds));
    return true;
  };
  from_lookalike = tell(from_domain, "identity.from_lookalike", "identity.from_lookalike_odds");
  if (!mail.reply_to.empty() && mail.reply_to[0].domain != from_domain)
    tell(mail.reply_to[0].domain, "identity.reply_to_lookalike", "identity.reply_to_lookalike_odds");
  // A name that resembles a brand's without being it. (Who writes the name itself claims the brand: Facts::brands.)
  if (!mail.from.empty())
    if (const auto name = content.judge->judge_text(display_name.text); name.brand && name.told) {
      const auto named = content.brands.mentions(display_name.text, 20).names;
      const auto same = [&](const brand::Mention& m) { return content.brands.same_house(m.brand, *name.brand); };
      if (std::ranges::none_of(named, same)) event.fact("identity.display_lookalike", content.brands[*name.brand].id);
    }

  if (!mail.from.empty()) {
    const std::string& name = mail.from[0].display_name;
    event.fact("identity.display_name", display_name.text);
    event.fact("identity.display_invisible", display_name.dropped > 0);
    event.fact("identity.display_mixed_script", mixes_scripts_in_a_word(name));
    const std::string shown = address_in(name);
    if (!shown.empty() && !iequals(shown, mail.from[0].address))
      event.fact("identity.display_address", ascii_lower(shown));
    const bool partner =
        std::ranges::any_of(settings.partners, [&](const std::string& d) { return net::within(from_domain, d); });
    event.fact("identity.partner", partner);
    if (!own_domain(from_domain) && !partner && !settings.domains.empty()) {
      bool claims = !shown.empty() && own_domain(ascii_lower(shown.substr(shown.find('@') + 1)));
      for (const std::string& n : settings.organisation_names)
        claims |= !n.empty() && display_name.text.find(text::normalize(n).text) != std::string::npos;
      for (const std::string& d : settings.domains) claims |= display_name.text.find(d) != std::string::npos;
      event.fact("identity.display_own", claims);
      event.fact("identity.from_resembles_own", resembles_own(from_domain));
    }
  }

  const auto other = [&](const std::vector<mail::Mailbox>& boxes) {
    return !boxes.empty() && !boxes[0].domain.empty() && !from_registrable.empty() &&
           registrable(boxes[0].domain) != from_registrable;
  };
  event.fact("identity.reply_to_other", other(mail.reply_to));
  event.fact("identity.reply_to_free_mail", other(mail.reply_to) &&
                                                content.lists.free_mail.has(mail.reply_to[0].domain) &&
                                                !content.lists.free_mail.has(from_domain));
  event.fact("identity.sender_other", other(mail.sender));
  const std::string bounce_domain = bounce.empty() ? "" : ascii_lower(bounce.substr(bounce.rfind('@') + 1));
  event.fact("identity.return_path_other",
             !bounce_domain.empty() && !from_registrable.empty() && registrable(bounce_domain) != from_registrable);
  const std::string id_domain = domain_of_id(mail.message_id);
  event.fact("identity.message_id_other",
             !id_domain.empty() && !from_registrable.empty() && registrable(id_domain) != from_registrable &&
                 (bounce_domain.empty() || registrable(id_domain) != registrable(bounce_domain)));
  event.fact("identity.undisclosed", mail.to.empty() && mail.cc.empty());
  event.fact("identity.recipient_is_sender", mail.to.size() == 1 && !mail.from.empty() &&
                                                 !mail.from[0].address.empty() &&
                                                 iequals(mail.to[0].address, mail.from[0].address));

  // The machine the mail came from: the client of the dialogue, else of the hop by which the mail entered.
  const event::Node principal = event.root().child("principal");
  const mail::Received* from = entry ? &mail.received[*entry] : nullptr;
  if (!envelope.client_ip.empty()) {
    principal.append("ip", envelope.client_ip);
    principal.set("hostname", envelope.helo);
  } else if (from) {
    if (net::is_ip(from->from_ip)) principal.append("ip", from->from_ip);
    principal.set("hostname", !from->from_name.empty() ? from->from_name : from->from_helo);
    const bool named = !from->from_name.empty() && from->from_name != "unknown" && !from->from_helo.empty();
    event.fact("identity.helo_mismatch",
               named && !net::is_ip(from->from_helo) &&
                   registrable(ascii_lower(from->from_name)) != registrable(ascii_lower(from->from_helo)));
  }
  for (const mail::Received& hop : mail.received) {
    const event::Node relay = event.root().add("intermediary");
    relay.set("hostname", hop.by);
    if (net::is_ip(hop.from_ip)) relay.append("ip", hop.from_ip);
  }
}

// Received lines are believed from the top down to the line by which the mail entered: our servers wrote those. A line
// whose client is one of our relays, our own network, a private address, or that is a local delivery, is a step inside.
// What stands below the entry is the sender's word.
void Facts::find_entry() {
  if (inside_another) return;
  static const std::vector<std::string> kPrivate = {"10.0.0.0/8",  "172.16.0.0/12",  "192.168.0.0/16",
                                                    "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10",
                                                    "::1/128",     "fc00::/7",       "fe80::/10"};
  for (size_t i = 0; i < mail.received.size(); ++i) {
    const mail::Received& hop = mail.received[i];
    const std::string with = ascii_lower(hop.with);
    const bool local =
        hop.from_ip.empty() && (hop.from_helo.empty() || with.find("lmtp") != std::string::npos || with == "local");
    const bool inside = local || in_blocks(hop.from_ip, settings.trusted_relays) ||
                        in_blocks(hop.from_ip, settings.networks) || in_blocks(hop.from_ip, kPrivate);
    if (inside) continue;
    entry = i;
    return;
  }
}

void Facts::direction() {
  // RFC 3848: "with ESMTPA/ESMTPSA" is authenticated submission; believed from lines that our own servers wrote.
  bool submitted = false;
  std::string_view reason = "no sign of our own submission";
  const size_t ours = inside_another ? 0 : entry ? *entry + 1 : mail.received.size();
  for (size_t i = 0; i < ours && !submitted; ++i) {
    const std::string with = ascii_lower(mail.received[i].with);
    if ((with == "esmtpa" || with == "esmtpsa") && own_domain(ascii_lower(mail.received[i].by)))
      submitted = true, reason = "authenticated submission at our server";
  }
  const bool all_inside =
      envelope.client_ip.empty() && !entry && ours > 0 && in_blocks(mail.received.back().from_ip, settings.networks);
  if (!submitted && own_domain(from_domain) && (all_inside || in_blocks(envelope.client_ip, settings.networks)))
    submitted = true, reason = "sent from our own network";
  if (!submitted && own_domain(from_domain) && trusted_pass) submitted = true, reason = "our own domain, authenticated";
  bool all_own = !mail.to.empty() || !mail.cc.empty() || !envelope.recipients.empty();
  for (const auto* boxes : {&mail.to, &mail.cc})
    for (const mail::Mailbox& m : *boxes) all_own &= own_domain(m.domain);
  for (const std::string& r : envelope.recipients) all_own &= own_domain(ascii_lower(r.substr(r.rfind('@') + 1)));
  const std::string_view direction = !submitted ? "inbound" : all_own ? "internal" : "outbound";
  if (settings.domains.empty()) reason = "settings name no domain of ours";
  event.fact("direction", direction);
  event.fact("direction.reason", reason);
  event.fact("organisation.known", !settings.domains.empty());
  event.root().child("network").set("direction", direction == "outbound" ? "OUTBOUND" : "INBOUND");
}

}  // namespace sekisho::scan
