// Takes recorded Authentication-Results of servers that the settings trust, gives the auth.* facts. Entry:
// Facts::authentication. A recorded result of anybody else is no fact: phish carry forged ones.
#include "mailauth/authres.h"
#include "scan/facts.h"

namespace sekisho::scan {

void Facts::authentication() {
  std::vector<std::string_view> values;
  std::vector<uint32_t> offsets;
  for (const mail::HeaderField& f : mail.headers.fields)
    if (iequals(f.name, "authentication-results")) values.push_back(f.value), offsets.push_back(f.offset);
  if (values.empty()) return;

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
