// Verifies SPF, DKIM, ARC and DMARC where it may look names up, or else takes recorded Authentication-Results of
// servers that the settings trust; gives the auth.* facts. Entry: Facts::authentication. A recorded result of anybody
// else is no fact: phish carry forged ones.
#include "mailauth/authres.h"
#include "mailauth/verify.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

// A sealer that we trust says that the message was authentic when it came to it (RFC 8617 section 7.2.1), of the From
// that the message still has. Whoever sealed after it could have put in anything: nobody may have changed the message
// since, or all of them are trusted too.
bool passed_at_trusted(const mailauth::AuthReport& report, const std::vector<std::string>& sealers) {
  bool ours_since = true;
  for (auto set = report.arc.sets.rbegin(); set != report.arc.sets.rend(); ++set) {
    bool trusted = false;
    for (const std::string& sealer : sealers) trusted |= net::within(set->domain, sealer);
    const bool unchanged = set->instance >= report.arc.oldest_pass;
    if (const auto read = mailauth::parse_authres(set->results); trusted && (unchanged || ours_since) && read)
      for (const mailauth::MethodResult& r : read->results) {
        const mailauth::Property* from = r.find("header", "from");
        if (r.method == "dmarc" && r.result == "pass" && from && iequals(from->value, report.dmarc.from_domain))
          return true;
      }
    ours_since = ours_since && trusted;
  }
  return false;
}

}  // namespace

// The line by which the mail entered names the client, where the envelope does not; behind a front gateway that is the
// first one beyond the trusted relays.
bool Facts::verified() {
  if (verification.resolver == nullptr || inside_another) return false;
  mailauth::AuthEnvelope from{envelope.client_ip, envelope.helo, envelope.mail_from};
  if (from.address.empty() && entry && net::is_ip(mail.received[*entry].from_ip)) {
    from.address = mail.received[*entry].from_ip;
    from.helo = mail.received[*entry].from_helo;
  }
  if (envelope.client_ip.empty() && from.mail_from.empty() && !mail.return_path.empty())
    from.mail_from = mail.return_path[0].address;
  const SystemClock clock;
  net::LimitedResolver resolver(*verification.resolver, clock);
  const mailauth::Message message(verification.bytes);
  const mailauth::AuthReport report = verify(message, from, resolver, now);
  event.fact("auth.verified", true);
  event.fact("auth.temporary", resolver.failures() > 0);

  using enum mailauth::DkimStatus;
  const std::string_view spf = spf_status_name(report.spf.status), arc = arc_status_name(report.arc.status),
                         dmarc = dmarc_status_name(report.dmarc.status);
  bool some = false;
  const auto tell = [&](std::string_view key, std::string_view result) {
    if (result == "temperror") return;
    event.fact(key, result);
    some = true;
  };
  if (!from.address.empty()) tell("auth.spf", spf);
  if (!report.spf.mechanism.empty()) event.fact("auth.spf_mechanism", report.spf.mechanism);

  // Two parsers read From: a pass counts for nothing where they do not see the same author.
  const bool one_author = !report.authors.malformed && report.authors.fields == 1 &&
                          registrable(report.authors.domain()) == from_registrable;
  const mailauth::DkimResult* best = report.dkim.find(pass);
  bool aligned = false, weak = false;
  for (const mailauth::DkimResult& r : report.dkim.signatures) {
    const bool ours = one_author && !r.domain.empty() && registrable(r.domain) == from_registrable;
    weak = weak || (ours && r.status == policy);
    if (r.status != pass || !ours || aligned) continue;
    aligned = true;
    best = &r;
  }
  if (best != nullptr) {
    tell("auth.dkim", "pass");
    event.fact("auth.dkim_domain", best->domain);
    event.fact("auth.dkim_key_bits", std::to_string(best->key_bits));
    std::vector<std::string> open = best->unsigned_fields;
    if (best->unsigned_bytes > 0) open.emplace_back("body");
    if (!open.empty()) event.fact("auth.dkim_unsigned", joined(open));
  } else if (report.dkim.signatures.empty()) {
    tell("auth.dkim", "none");
  } else {
    tell("auth.dkim", dkim_status_name(report.dkim.signatures[0].status));
  }
  event.fact("auth.dkim_aligned", aligned);
  event.fact("auth.dkim_weak", weak && !aligned);

  tell("auth.arc", arc);
  if (!report.arc.sets.empty()) event.fact("auth.arc_sealer", report.arc.sets.back().domain);
  const bool passed = report.dmarc.status == mailauth::DmarcStatus::pass;
  if (passed && !one_author) tell("auth.dmarc", "permerror");
  else if (report.dmarc.status != mailauth::DmarcStatus::fail || report.dmarc_failed()) tell("auth.dmarc", dmarc);
  if (report.dmarc.record) event.fact("auth.dmarc_policy", dmarc_policy_name(report.dmarc.policy));
  if (!report.dmarc.from_exists) event.fact("auth.from_exists", "false");
  std::string why = report.dmarc.override_reason;
  if (report.arc.status == mailauth::ArcStatus::pass && report.dmarc.status == mailauth::DmarcStatus::fail &&
      passed_at_trusted(report, settings.trusted_sealers))
    why = "trusted_forwarder";
  if (!why.empty()) event.fact("auth.dmarc_override", why);
  trusted_pass = aligned || (passed && one_author);
  event.fact("auth.known", some);
  return some;
}

void Facts::authentication() {
  std::vector<std::string_view> values;
  std::vector<uint32_t> offsets;
  for (const mail::HeaderField& f : mail.headers.fields)
    if (iequals(f.name, "authentication-results")) values.push_back(f.value), offsets.push_back(f.offset);
  if (values.empty()) {
    verified();
    return;
  }

  // Our gateway writes its results above the Received line by which the mail entered; a header that claims our id below
  // that line came with the message. A message inside another one has no line of ours at all.
  const uint32_t entered = inside_another ? 0 : entry ? mail.received[*entry].offset : UINT32_MAX;
  std::vector<std::string_view> above;
  bool forged = false;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto read = mailauth::parse_authres(values[i]);
    bool ours = false;
    if (read)
      for (const std::string& id : settings.trusted_authserv_ids) ours |= iequals(id, read->authserv_id);
    if (offsets[i] < entered) above.push_back(values[i]);
    else forged |= ours && (inside_another || net::is_ip(mail.received[*entry].from_ip));
  }
  event.fact("auth.forged", forged);
  if (verified()) return;

  const mailauth::TrustedResults results = mailauth::collect(above, settings.trusted_authserv_ids, settings.limits);
  if (results.believed.empty()) return;
  event.fact("auth.known", true);
  if (results.spf) event.fact("auth.spf", results.spf->result);
  if (results.arc) event.fact("auth.arc", results.arc->result);
  bool aligned = false;
  std::string dkim;
  for (const mailauth::Verdict& v : results.dkim) {
    if (dkim.empty() || v.result == "pass") dkim = v.result;
    aligned |= v.result == "pass" && !v.domain.empty() && registrable(v.domain) == from_registrable;
  }
  event.fact("auth.dkim", dkim);
  event.fact("auth.dkim_aligned", aligned);
  if (results.dmarc) event.fact("auth.dmarc", results.dmarc->result);
  trusted_pass = aligned || (results.dmarc && results.dmarc->result == "pass");
}

}  // namespace sekisho::scan
