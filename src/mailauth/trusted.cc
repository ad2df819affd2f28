// Takes all Authentication-Results values of a message and the servers that are trusted, gives one verdict a method.
// Entry: collect. Refuses (reports in `unreadable`) fields that do not parse: a field that is broken is not believed in
// part.
#include <algorithm>

#include "base/strings.h"
#include "mailauth/authres.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

std::string domain_of(std::string_view value) {
  value = trim(value);
  while (value.starts_with('<') || value.starts_with('"')) value.remove_prefix(1);
  while (value.ends_with('>') || value.ends_with('"') || value.ends_with('.')) value.remove_suffix(1);
  const size_t at = value.rfind('@');
  if (at != std::string_view::npos) value.remove_prefix(at + 1);
  if (value.empty() || iequals(value, "none")) return {};
  if (is_ascii(value)) return ascii_lower(value);
  Result<std::string> ascii = net::to_ascii(value);
  return ascii ? *ascii : std::string();
}

std::string first_domain(const MethodResult& r,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> names) {
  for (const auto& [ptype, property] : names)
    if (const Property* p = r.find(ptype, property))
      if (std::string domain = domain_of(p->value); !domain.empty()) return domain;
  return {};
}

// "p=REJECT sp=NONE dis=NONE" in a comment, or the property that says it.
std::string policy_of(const MethodResult& r) {
  for (std::string_view property : {"dmarc", "published-domain-policy", "p"})
    if (const Property* p = r.find("policy", property)) return ascii_lower(p->value);
  for (const std::string& comment : r.comments) {
    size_t at = ifind(comment, "p=");
    while (at != std::string_view::npos && at > 0 && is_alnum(comment[at - 1])) at = ifind(comment, "p=", at + 1);
    if (at == std::string_view::npos) continue;
    size_t end = at + 2;
    while (end < comment.size() && is_alpha(comment[end])) ++end;
    return ascii_lower(std::string_view(comment).substr(at + 2, end - at - 2));
  }
  return {};
}

Verdict verdict_of(const MethodResult& r, size_t header) {
  Verdict v;
  v.result = r.result == "hardfail" ? "fail" : r.result;
  v.reason = r.reason;
  v.header = header;
  if (r.method == "spf") {
    v.domain =
        first_domain(r, {{"smtp", "mailfrom"}, {"smtp", "mail"}, {"smtp", "envelope-from"}, {"envelope", "from"}});
    if (v.domain.empty()) {
      v.domain = first_domain(r, {{"smtp", "helo"}});
      v.helo = !v.domain.empty();
    }
  } else if (r.method == "dkim") {
    v.domain = first_domain(r, {{"header", "d"}, {"header", "i"}});
    if (const Property* s = r.find("header", "s")) v.selector = s->value;
  } else if (r.method == "dmarc") {
    v.domain = first_domain(r, {{"header", "from"}});
    v.policy = policy_of(r);
  } else {
    v.domain = first_domain(r, {{"header", "oldest-pass"}, {"arc", "chain"}, {"header", "d"}});
    if (v.domain.find_first_not_of("0123456789") == std::string::npos)
      v.domain.clear();  // an instance number, not a name
  }
  return v;
}

}  // namespace

TrustedResults collect(std::span<const std::string_view> values, std::span<const std::string> trusted_ids,
                       const Limits& limits) {
  TrustedResults out;
  for (size_t i = 0; i < values.size() && i < limits.headers; ++i) {
    Result<AuthResults> parsed = parse_authres(values[i], limits);
    if (!parsed) {
      Error error = std::move(parsed).error();
      error.source = std::to_string(i);
      out.unreadable.push_back(std::move(error));
      continue;
    }
    const bool trusted = std::any_of(trusted_ids.begin(), trusted_ids.end(),
                                     [&](const std::string& id) { return iequals(id, parsed->authserv_id); });
    (trusted ? out.believed : out.foreign).push_back(i);
    if (!trusted) continue;
    const bool first_dkim = out.dkim.empty();
    for (const MethodResult& r : parsed->results) {
      if (r.method == "dkim") {
        if (first_dkim) out.dkim.push_back(verdict_of(r, i));
        continue;
      }
      std::optional<Verdict>* slot = r.method == "spf"     ? &out.spf
                                     : r.method == "dmarc" ? &out.dmarc
                                     : r.method == "arc"   ? &out.arc
                                                           : nullptr;
      if (slot == nullptr) continue;
      // Several SPF results in one field (MAIL FROM and HELO): the one about MAIL FROM counts.
      const bool better = *slot && (*slot)->header == i && (*slot)->helo;
      if (Verdict v = verdict_of(r, i); !*slot || (better && !v.helo)) *slot = std::move(v);
    }
  }
  return out;
}

}  // namespace sekisho::mailauth
