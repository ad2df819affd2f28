// Takes headers, gives what they say of the conversation and of the delivery: who is addressed and who knows it, what
// answers what, who lets one leave the list, which program and machine wrote it. Entry: Facts::thread. Nothing here
// needs memory or a network.
#include "net/host.h"
#include "scan/document.h"
#include "scan/facts.h"
#include "text/shapes.h"

namespace sekisho::scan {
namespace {

constexpr size_t kShortestLocal = 4;  // a shorter local part ("info" aside) stands in too many words

// How a Message-ID is formed where it is not local@host.domain.
std::string_view message_id_form(std::string_view id) {
  if (id.empty()) return {};
  const size_t at = id.rfind('@');
  if (at == std::string_view::npos || at == 0) return "malformed";
  const std::string host = ascii_lower(trim(id.substr(at + 1)));
  if (host.empty()) return "malformed";
  if (net::is_ip(host) || host.front() == '[') return "address";
  if (host.find('.') == std::string::npos) return "no_domain";
  for (const std::string_view ending : {".local", ".localdomain", ".lan", ".internal", ".home", ".localhost"})
    if (host.ends_with(ending)) return "local";
  return {};
}

std::string_view mailer(const mail::HeaderBlock& headers) {
  for (const char* name : {"x-mailer", "user-agent", "x-mailgenerator"})
    if (const mail::HeaderField* f = headers.first(name)) return trim(f->value);
  return {};
}

}  // namespace

std::vector<std::string> Facts::recipients() const {
  std::vector<std::string> out = delivered_to(mail, envelope);
  for (const auto* boxes : {&mail.to, &mail.cc})
    for (const mail::Mailbox& m : *boxes)
      if (!m.malformed && out.size() < 30) out.push_back(ascii_lower(m.address));
  return out;
}

void Facts::thread() {
  const mail::HeaderBlock& headers = mail.headers;
  event.fact("identity.recipients", mail.to.size() + mail.cc.size());

  // Whoever the mail was delivered to stands neither in To nor in Cc. Our own servers' lines say for whom it came.
  std::vector<std::string> delivered = envelope.recipients;
  if (delivered.empty() && !inside_another)
    for (size_t i = 0; i < mail.received.size() && i <= entry.value_or(mail.received.size()); ++i)
      if (!mail.received[i].for_address.empty()) delivered.push_back(mail.received[i].for_address);
  bool named = delivered.empty();
  for (const std::string& r : delivered)
    for (const auto* boxes : {&mail.to, &mail.cc})
      for (const mail::Mailbox& m : *boxes) named |= iequals(m.address, r);
  event.fact("identity.recipient_hidden", !named);

  // What the mail knows of its reader: "address", "domain" or "local" (part) in what is shown of the sender and in the
  // subject.
  std::string in_name, in_subject;
  bool in_text = false, own_message_id = false;
  const std::string name = mail.from.empty() ? "" : ascii_lower(mail.from[0].display_name);
  const std::string id_host = ascii_lower(mail.message_id.substr(mail.message_id.rfind('@') + 1));
  for (const std::string& r : recipients()) {
    const size_t at = r.rfind('@');
    if (at == std::string::npos || at == 0) continue;
    const std::string_view local = std::string_view(r).substr(0, at), domain = std::string_view(r).substr(at + 1);
    const auto found = [&](std::string_view said) -> std::string_view {
      if (text::has_word(said, r)) return "address";
      if (text::has_word(said, domain) && !content.lists.free_mail.has(domain)) return "domain";
      return local.size() >= kShortestLocal && text::has_word(said, local) ? "local" : "";
    };
    if (registrable(domain) != from_registrable) {
      if (in_name.empty()) in_name = found(name);
      own_message_id |= net::within(id_host, registrable(domain)) && !content.lists.free_mail.has(domain);
    }
    if (in_subject.empty()) in_subject = found(subject.text);
    in_text |= text::has_word(text.text, r);
  }
  event.fact("identity.display_recipient", in_name);
  event.fact("identity.subject_recipient", in_subject);
  event.fact("identity.text_recipient", in_text);
  event.fact("identity.message_id_recipient", own_message_id);
  event.fact("identity.message_id_form", message_id_form(mail.message_id));
  event.fact("identity.mailer", utf8_prefix(mailer(headers), 100));

  // Domains that the headers bring together. One company and its mail service make two.
  std::vector<std::string> domains;
  const auto note = [&](std::string_view host) {
    if (host.empty() || host.find('.') == std::string_view::npos) return;
    std::string domain(registrable(host));
    if (std::ranges::find(domains, domain) == domains.end()) domains.push_back(std::move(domain));
  };
  for (const auto* boxes : {&mail.from, &mail.sender, &mail.reply_to, &mail.return_path})
    if (!boxes->empty()) note((*boxes)[0].domain);
  event.fact("identity.domains", domains.size());
  const bool answers_elsewhere = !mail.reply_to.empty() && !mail.from.empty() && !mail.reply_to[0].domain.empty() &&
                                 !iequals(mail.reply_to[0].address, mail.from[0].address);
  event.fact("identity.reply_to_address_other", answers_elsewhere);
  event.fact("identity.reply_to_to_free_mail",
             answers_elsewhere && content.lists.free_mail.has(mail.reply_to[0].domain));

  if (answers_elsewhere) {
    const mail::Mailbox& answer = mail.reply_to[0];
    const std::string_view suffix = content.suffixes->suffix(answer.domain), tld = suffix.substr(suffix.rfind('.') + 1);
    if (content.lists.risky_tlds.has(tld)) event.fact("identity.reply_to_risky_tld", tld);
    event.fact("identity.reply_to_token", text::random_token(answer.address));
  }
  event.fact("identity.from_tenant", content.lists.tenant_domains.covering(from_domain));

  event.fact("mail.references", mail.references.size() + (mail.in_reply_to.empty() ? 0 : 1));
  const mail::HeaderField* unsubscribe = headers.first("list-unsubscribe");
  if (unsubscribe != nullptr)
    event.fact("mail.unsubscribe", headers.first("list-unsubscribe-post") != nullptr             ? "one_click"
                                   : ifind(unsubscribe->value, "http") != std::string_view::npos ? "web"
                                                                                                 : "mail");
  event.fact("mail.feedback_id", headers.first("feedback-id") != nullptr);
  const auto first_of = [&](const char* field) {
    const mail::HeaderField* f = headers.first(field);
    return f ? ascii_lower(trim(f->value)) : std::string();
  };
  const std::string priority = first_of("x-priority");
  event.fact("mail.urgent_mark", priority.starts_with("1") || priority.starts_with("2") ||
                                     first_of("importance") == "high" || first_of("x-msmail-priority") == "high" ||
                                     first_of("priority") == "urgent");
  event.fact("auth.signatures", headers.count("dkim-signature"));

  // Hours between what the sender writes and when our side got it.
  if (mail.date && entry && mail.received[*entry].time) {
    const int64_t apart = mail.received[*entry].time->seconds - mail.date->seconds;
    event.fact("mail.date_ahead_hours", static_cast<size_t>(std::max<int64_t>(0, -apart) / 3600));
    event.fact("mail.date_behind_hours", static_cast<size_t>(std::max<int64_t>(0, apart) / 3600));
  }
}

}  // namespace sekisho::scan
