// Takes a message, gives what its DKIM signatures are worth. Entry: verify_dkim(). Refuses nothing: each signature gets
// a result with its reason.
#include "mailauth/dkim.h"

#include <algorithm>

#include "base/base64.h"
#include "base/strings.h"
#include "mailauth/signature.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

// Fields that a reader sees or that decide how the body is read.
constexpr std::string_view kWorthSigning[] = {
    "from", "to", "cc", "subject", "reply-to", "date", "mime-version", "content-type", "content-transfer-encoding"};

class Verifier {
 public:
  Verifier(const Message& message, BodyHashes& bodies, net::Resolver& resolver, Timestamp now, const DkimLimits& limits)
      : message_(message), bodies_(bodies), resolver_(resolver), now_(now), limits_(limits) {}

  DkimResult verify(const Field& field) {
    out_ = {};
    out_.status = DkimStatus::pass;
    run(field);
    return std::move(out_);
  }

 private:
  void end(DkimStatus status, std::string reason) {
    out_.status = status;
    out_.reason = std::move(reason);
  }
  // Worth less than pass, but the rest is still looked at: what is wrong with the bytes weighs more.
  void lessen(std::string reason) {
    if (less_.empty()) less_ = std::move(reason);
  }

  void run(const Field& field) {
    using enum DkimStatus;
    less_.clear();
    const auto tags = Tags::read(field.value);
    if (!tags) return end(permerror, "signature cannot be read");
    out_.domain = ascii_lower(without_space(tags->get("d")));
    out_.selector = without_space(tags->get("s"));
    out_.algorithm = without_space(tags->get("a"));
    out_.signature = without_space(tags->get("b")).substr(0, 8);
    const auto identity = tags->find("i");
    out_.identity = identity ? without_space(*identity) : "@" + out_.domain;
    for (const char* needed : {"v", "a", "b", "bh", "d", "h", "s"})
      if (!tags->find(needed)) return end(permerror, std::string("signature has no ") + needed + "=");
    if (tags->get("v") != "1") return end(permerror, "signature of an unknown version");
    if (!is_domain_name(out_.domain)) return end(permerror, "d= is no domain");
    if (!is_domain_name(out_.selector + ".x")) return end(permerror, "s= is no selector");
    const size_t at = out_.identity.rfind('@');
    const std::string identity_domain = at == std::string::npos ? "" : ascii_lower(out_.identity.substr(at + 1));
    if (!net::within(identity_domain, out_.domain)) return end(permerror, "i= is not within d=");
    const auto with = mailauth::algorithm(out_.algorithm);
    if (!with) return end(permerror, "unknown algorithm");
    const auto forms = canonical_pair(without_space(tags->get("c")));
    if (!forms) return end(permerror, "unknown canonicalization");
    if (const auto query = tags->find("q")) {
      const auto methods = colon_list(*query);
      if (std::ranges::find(methods, "dns/txt") == methods.end()) return end(permerror, "unknown query method");
    }
    if (!read_times(*tags)) return;
    if (!read_names(*tags)) return;
    const auto hash = from_base64(tags->get("bh")), signature = from_base64(tags->get("b"));
    if (!hash) return end(permerror, "bh= is not base64");
    if (!signature) return end(permerror, "b= is not base64");

    check_body(*forms, *with, *hash);
    if (*with == Algorithm::rsa_sha1) return end(policy, "SHA-1 is not believed any more (RFC 8301)");
    const FoundKey found = find_key(out_.selector, out_.domain, *with, resolver_, limits_.least_rsa_bits);
    out_.testing = found.testing;
    if (found.key) out_.key_bits = found.key->bits();
    if (!found.key) return end(found.status, found.reason);
    if (found.status != pass) lessen(found.reason);
    if (found.strict_identity && identity_domain != out_.domain)
      return end(permerror, "i= is below d=, which the key does not allow");
    const std::string bytes = signed_fields(message_, names_, forms->first) + without_signature(field, forms->first);
    if (!out_.body_hash_ok) return end(fail, out_.reason.empty() ? "body hash did not verify" : out_.reason);
    if (!found.key->verify(*with, bytes, *signature)) return end(fail, "signature did not verify");
    if (!less_.empty()) return end(policy, less_);
  }

  bool read_times(const Tags& tags) {
    for (const char* name : {"t", "x"}) {
      const auto value = tags.find(name);
      if (!value) continue;
      const auto number = tag_number(*value);
      if (!number) return end(DkimStatus::permerror, std::string(name) + "= is no time"), false;
      (name[0] == 't' ? out_.signed_at : out_.expires_at) = static_cast<int64_t>(*number);
    }
    if (out_.signed_at && out_.expires_at && *out_.expires_at <= *out_.signed_at)
      return end(DkimStatus::permerror, "x= is not after t="), false;
    if (out_.signed_at && *out_.signed_at > now_.seconds + limits_.clock_skew_seconds) lessen("signed in the future");
    if (out_.expires_at && *out_.expires_at + limits_.clock_skew_seconds < now_.seconds) lessen("signature expired");
    if (const auto length = tags.find("l")) {
      out_.body_length = tag_number(*length);
      if (!out_.body_length) return end(DkimStatus::permerror, "l= is no number"), false;
    }
    return true;
  }

  bool read_names(const Tags& tags) {
    names_ = colon_list(tags.get("h"));
    for (std::string& name : names_) name = ascii_lower(name);
    if (names_.size() > limits_.signed_names)
      return end(DkimStatus::permerror, "h= names more than " + std::to_string(limits_.signed_names) + " fields"),
             false;
    out_.signed_fields = names_;
    if (std::ranges::find(names_, "from") == names_.end())
      return end(DkimStatus::permerror, "From is not signed"), false;
    FieldsFromBelow fields(message_);
    for (const std::string& name : names_) {
      const bool some = fields.next(name) != nullptr;
      out_.over_signed_from |= name == "from" && !some;
    }
    for (const std::string_view name : kWorthSigning)
      if (fields.left(name) > 0) out_.unsigned_fields.emplace_back(name);
    if (std::ranges::find(out_.unsigned_fields, "from") != out_.unsigned_fields.end())
      lessen("a second From is not signed");
    return true;
  }

  void check_body(std::pair<Canonical, Canonical> forms, Algorithm with, const std::string& hash) {
    const BodyHashes::Hash& body = bodies_.get(forms.second, out_.body_length, with == Algorithm::rsa_sha1);
    out_.body_hash_ok = body.digest == hash;
    if (!out_.body_length) return;
    if (*out_.body_length > body.bytes) {
      out_.body_hash_ok = false;
      out_.reason = "the body is shorter than l=";
    } else {
      out_.unsigned_bytes = body.bytes - *out_.body_length;
    }
  }

  const Message& message_;
  BodyHashes& bodies_;
  net::Resolver& resolver_;
  const Timestamp now_;
  const DkimLimits limits_;
  DkimResult out_;
  std::vector<std::string> names_;
  std::string less_;
};

}  // namespace

std::string_view dkim_status_name(DkimStatus status) {
  static constexpr std::string_view kNames[] = {"none", "pass", "fail", "policy", "temperror", "permerror"};
  return kNames[static_cast<size_t>(status)];
}

const DkimResult* DkimResults::find(DkimStatus status) const {
  for (const DkimResult& r : signatures)
    if (r.status == status) return &r;
  return nullptr;
}

DkimResults verify_dkim(const Message& message, net::Resolver& resolver, Timestamp now, const DkimLimits& limits) {
  DkimResults out;
  BodyHashes bodies(message.body());
  Verifier verifier(message, bodies, resolver, now, limits);
  if (message.too_many_fields()) {
    DkimResult& only = out.signatures.emplace_back();
    only.status = DkimStatus::permerror;
    only.reason = "too many header fields";
    return out;
  }
  for (const Field* field : message.all("DKIM-Signature")) {
    if (out.signatures.size() < limits.signatures) out.signatures.push_back(verifier.verify(*field));
    else ++out.not_looked_at;
  }
  return out;
}

DkimKey check_dkim_key(std::string_view selector, std::string_view domain, net::Resolver& resolver,
                       const DkimLimits& limits) {
  FoundKey found = find_key(selector, domain, Algorithm::rsa_sha256, resolver, limits.least_rsa_bits);
  if (!found.key)
    if (FoundKey other = find_key(selector, domain, Algorithm::ed25519_sha256, resolver, 0); other.key)
      found = std::move(other);
  return {found.status, found.reason, found.key ? found.key->bits() : 0, found.testing};
}

Result<std::string> sign_dkim(const Message& message, const DkimSigner& signer, const Key& key) {
  if (!is_domain_name(signer.domain)) return fail("auth.sign", "\"" + signer.domain + "\" is no domain");
  if (!is_domain_name(signer.selector + ".x")) return fail("auth.sign", "\"" + signer.selector + "\" is no selector");
  if (message.too_many_fields()) return fail("auth.sign", "too many header fields");
  if (key.algorithm() == Algorithm::rsa_sha256 && key.bits() < DkimLimits{}.least_rsa_bits)
    return fail("auth.sign", "a key of " + std::to_string(key.bits()) + " bits is believed by nobody",
                "openssl genpkey -algorithm ed25519, or -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
  std::vector<std::string> names = signer.fields;
  if (names.empty()) {
    for (const char* name :
         {"from", "to", "cc", "subject", "date", "message-id", "reply-to", "in-reply-to", "references", "mime-version",
          "content-type", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post"})
      for (size_t n = message.all(name).size(); n > 0; --n) names.emplace_back(name);
    for (const char* once_more : {"from", "subject"}) names.emplace_back(once_more);
  }
  for (std::string& name : names) name = ascii_lower(name);
  if (std::ranges::find(names, "from") == names.end() || message.all("from").empty())
    return fail("auth.sign", "a signature has to cover From");
  BodyHashes bodies(message.body());
  const auto form = [](Canonical c) { return c == Canonical::relaxed ? "relaxed" : "simple"; };
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ":") + name;
  std::string value = "v=1; a=" + std::string(algorithm_name(key.algorithm())) + "; c=" + form(signer.header) + "/" +
                      form(signer.body) + "; d=" + signer.domain + "; s=" + signer.selector +
                      "; t=" + std::to_string(signer.now.seconds) + ";";
  if (signer.valid_seconds > 0) value += " x=" + std::to_string(signer.now.seconds + signer.valid_seconds) + ";";
  if (!signer.identity.empty()) value += " i=" + signer.identity + ";";
  // Long lists fold at colons.
  for (size_t at = 0, line = 0; at < list.size(); ++at, ++line)
    if (list[at] == ':' && line > 50) {
      list.insert(at + 1, " ");
      line = 0;
    }
  value += " h=" + list + "; bh=" + encode_base64(bodies.get(signer.body, {}).digest) + "; b=";
  const std::string unsigned_field = folded("DKIM-Signature", value);
  const Message alone(unsigned_field);
  const std::string signature =
      key.sign(signed_fields(message, names, signer.header) + canonical_field(alone.fields()[0], signer.header, false));
  if (signature.empty()) return fail("auth.sign", "the key does not sign");
  std::string out = unsigned_field.substr(0, unsigned_field.size() - 2);
  const std::string encoded = encode_base64(signature);
  for (size_t at = 0; at < encoded.size(); at += 72) out += "\r\n " + encoded.substr(at, 72);
  return out + "\r\n";
}

}  // namespace sekisho::mailauth
