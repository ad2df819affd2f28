// Takes a message and its envelope, gives all results, and writes them down. Entries: verify(),
// authentication_results(), to_json(), report_row(). Refuses nothing.
#include "mailauth/verify.h"

#include <algorithm>

#include "base/json.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "mailauth/authres.h"
#include "mailauth/signature.h"

namespace sekisho::mailauth {
namespace {

// A value of a property: as it is where RFC 8601 allows that, else in quotes.
std::string property(std::string_view value) {
  const auto plain = [](char c) { return is_alnum(c) || std::string_view("-._@+").find(c) != std::string_view::npos; };
  const std::string shown = printable(utf8_prefix(value, 200));
  if (!shown.empty() && std::ranges::all_of(shown, plain)) return shown;
  std::string out = "\"";
  for (const char c : shown) {
    if (is_space(c) && (out.size() == 1 || out.back() == ' ')) continue;
    if (c == '"' || c == '\\') out += '\\';
    out += is_space(c) ? ' ' : c;
  }
  return out + '"';
}

std::string reason(std::string_view why) { return why.empty() ? "" : " reason=" + property(why); }

// Which tenth of a thousand a message is in: of its own, so that everybody draws the same.
uint32_t sample(const Message& message) {
  std::string ids;
  for (const Field* f : message.all("Message-ID")) ids += f->value;
  const std::string digest = sha256(ids);
  return (static_cast<uint32_t>(static_cast<unsigned char>(digest[0])) << 8 | static_cast<unsigned char>(digest[1])) %
         100;
}

}  // namespace

AuthReport verify(const Message& message, const AuthEnvelope& envelope, net::Resolver& resolver, Timestamp now,
                  DmarcMode mode) {
  AuthReport out;
  out.authors = read_authors(message);
  // Asked for first: whoever writes signatures and SPF records must not spend what is left of a limited resolver.
  if (const std::string domain = out.authors.domain(); is_domain_name(domain)) (void)walk_dmarc(domain, resolver, mode);
  out.client_known = !envelope.address.empty();
  if (out.client_known)
    out.spf = check_spf({.address = envelope.address,
                         .helo = envelope.helo,
                         .mail_from = envelope.mail_from,
                         .receiver = envelope.receiver,
                         .now = now},
                        resolver);
  out.dkim = verify_dkim(message, resolver, now);
  out.arc = verify_arc(message, resolver);
  out.dmarc = check_dmarc({out.authors, out.spf, out.dkim, mode, sample(message)}, resolver);
  return out;
}

std::string authentication_results(const AuthReport& report, const AuthEnvelope& envelope,
                                   std::string_view authserv_id) {
  std::string out = property(authserv_id);
  if (report.client_known) {
    out += "; spf=" + std::string(spf_status_name(report.spf.status)) + reason(report.spf.reason);
    out += report.spf.helo ? " smtp.helo=" + property(envelope.helo) : " smtp.mailfrom=" + property(envelope.mail_from);
  }
  if (report.dkim.signatures.empty()) out += "; dkim=none";
  for (const DkimResult& r : report.dkim.signatures) {
    out += "; dkim=" + std::string(dkim_status_name(r.status)) + reason(r.reason) + " header.d=" + property(r.domain) +
           " header.i=" + property(r.identity) + " header.s=" + property(r.selector) +
           " header.a=" + property(r.algorithm) + " header.b=" + property(r.signature);
  }
  if (report.arc.status != ArcStatus::none)
    out += "; arc=" + std::string(arc_status_name(report.arc.status)) + reason(report.arc.reason);
  if (!report.client_known && report.dmarc.status == DmarcStatus::fail) return folded("Authentication-Results", out);
  out += "; dmarc=" + std::string(dmarc_status_name(report.dmarc.status)) + reason(report.dmarc.reason);
  if (report.dmarc.record) out += " (p=" + std::string(dmarc_policy_name(report.dmarc.policy)) + ")";
  if (!report.dmarc.from_domain.empty()) out += " header.from=" + property(report.dmarc.from_domain);
  return folded("Authentication-Results", out);
}

std::string without_claims(const Message& message, std::span<const std::string> authserv_ids) {
  std::string out;
  for (const Field& f : message.fields()) {
    if (f.name.empty()) continue;  // what lies beyond the fields that are read may claim anything
    if (iequals(f.name, "Authentication-Results")) {
      const auto read = parse_authres(f.value);
      if (!read) continue;
      if (std::ranges::any_of(authserv_ids, [&](const std::string& ours) { return iequals(ours, read->authserv_id); }))
        continue;
    }
    out += f.raw;
  }
  return out + "\r\n" + std::string(message.body());
}

std::string to_json(const AuthReport& report, const AuthEnvelope& envelope) {
  std::string out;
  JsonWriter json(out);
  const auto text = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) json.member(name, printable(value));
  };
  const auto texts = [&](std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json.key(name);
    json.begin_array();
    for (const std::string& v : values) json.value(printable(v));
    json.end_array();
  };
  json.begin_object();
  json.key("from");
  json.begin_object();
  json.member("fields", uint64_t{report.authors.fields});
  text("domain", report.authors.domain());
  std::vector<std::string> mailboxes;
  for (const Authors::Mailbox& m : report.authors.mailboxes) mailboxes.push_back(m.local + "@" + m.domain);
  texts("mailboxes", mailboxes);
  if (report.authors.malformed) json.member("malformed", true);
  json.end_object();

  json.key("spf");
  json.begin_object();
  json.member("result", envelope.address.empty() ? std::string_view("none") : spf_status_name(report.spf.status));
  text("reason", !report.client_known ? "no client address" : report.spf.reason);
  text("address", envelope.address);
  text("domain", report.spf.domain);
  if (report.spf.helo) json.member("helo", true);
  text("mechanism", report.spf.mechanism);
  text("record_domain", report.spf.record_domain);
  text("explanation", report.spf.explanation);
  if (report.spf.look_ups > 0) json.member("look_ups", uint64_t{report.spf.look_ups});
  json.end_object();

  json.key("dkim");
  json.begin_array();
  for (const DkimResult& r : report.dkim.signatures) {
    json.begin_object();
    json.member("result", dkim_status_name(r.status));
    text("reason", r.reason);
    text("domain", r.domain);
    text("selector", r.selector);
    text("identity", r.identity);
    text("algorithm", r.algorithm);
    if (r.key_bits > 0) json.member("key_bits", uint64_t{r.key_bits});
    json.member("body_hash_ok", r.body_hash_ok);
    if (r.testing) json.member("testing", true);
    texts("unsigned_fields", r.unsigned_fields);
    json.member("over_signed_from", r.over_signed_from);
    if (r.body_length) json.member("unsigned_bytes", r.unsigned_bytes);
    if (r.signed_at) json.member("signed_at", *r.signed_at);
    if (r.expires_at) json.member("expires_at", *r.expires_at);
    json.end_object();
  }
  json.end_array();
  if (report.dkim.not_looked_at > 0) json.member("dkim_not_looked_at", uint64_t{report.dkim.not_looked_at});

  json.key("arc");
  json.begin_object();
  json.member("result", arc_status_name(report.arc.status));
  text("reason", report.arc.reason);
  std::vector<std::string> sealers;
  for (const ArcSet& s : report.arc.sets) sealers.push_back(s.domain);
  texts("sealers", sealers);
  if (report.arc.oldest_pass > 0) json.member("oldest_pass", uint64_t{report.arc.oldest_pass});
  json.end_object();

  const DmarcResult& d = report.dmarc;
  json.key("dmarc");
  json.begin_object();
  json.member("result", dmarc_status_name(d.status));
  text("reason", d.reason);
  text("from_domain", d.from_domain);
  text("organizational_domain", d.organizational_domain);
  if (d.record) {
    text("record_domain", d.record->domain);
    json.member("policy", dmarc_policy_name(d.policy));
    text("policy_tag", d.policy_tag);
    json.member("disposition", dmarc_policy_name(d.disposition));
    text("override", d.override_reason);
  }
  text("aligned_spf", d.aligned_spf);
  text("aligned_dkim", d.aligned_dkim);
  if (!d.from_exists) json.member("from_exists", false);
  json.end_object();
  json.end_object();
  return out;
}

std::string report_row(const AuthReport& report, const AuthEnvelope& envelope, Timestamp now) {
  const DmarcResult& d = report.dmarc;
  if (!d.record || (d.status != DmarcStatus::pass && d.status != DmarcStatus::fail)) return "";
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member("time", format_rfc3339(now));
  json.member("source_ip", envelope.address);
  json.member("count", 1);
  json.key("policy_published");
  json.begin_object();
  json.member("domain", d.record->domain);
  json.member("p", dmarc_policy_name(d.record->p.value_or(DmarcPolicy::none)));
  if (d.record->sp) json.member("sp", dmarc_policy_name(*d.record->sp));
  if (d.record->np) json.member("np", dmarc_policy_name(*d.record->np));
  json.member("adkim", d.record->strict_dkim ? "s" : "r");
  json.member("aspf", d.record->strict_spf ? "s" : "r");
  json.member("testing", d.record->testing ? "y" : "n");
  json.end_object();
  json.key("policy_evaluated");
  json.begin_object();
  json.member("disposition",
              d.status == DmarcStatus::pass ? std::string_view("pass") : dmarc_policy_name(d.disposition));
  json.member("dkim", d.aligned_dkim.empty() ? "fail" : "pass");
  json.member("spf", d.aligned_spf.empty() ? "fail" : "pass");
  if (!d.override_reason.empty())
    json.member("reason", d.override_reason == "testing" ? "policy_test_mode" : d.override_reason);
  json.end_object();
  json.key("identifiers");
  json.begin_object();
  json.member("header_from", d.from_domain);
  json.member("envelope_from", report.spf.helo ? std::string() : report.spf.domain);
  json.end_object();
  json.key("auth_results");
  json.begin_object();
  json.key("spf");
  json.begin_object();
  json.member("domain", report.spf.domain);
  json.member("scope", report.spf.helo ? "helo" : "mfrom");
  json.member("result", spf_status_name(report.spf.status));
  json.end_object();
  json.key("dkim");
  json.begin_array();
  for (const DkimResult& r : report.dkim.signatures) {
    json.begin_object();
    json.member("domain", r.domain);
    json.member("selector", printable(r.selector));
    json.member("result", dkim_status_name(r.status));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_object();
  return out;
}

}  // namespace sekisho::mailauth
