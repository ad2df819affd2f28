// Takes a message and what a signature says, gives the bytes and keys it speaks of. Entries: signature.h. Refuses
// nothing: what is not there is told.
#include "mailauth/signature.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/strings.h"

namespace sekisho::mailauth {

const BodyHashes::Hash& BodyHashes::get(Canonical form, std::optional<uint64_t> length, bool sha1) {
  // Each costs the whole body: whoever asks for many different lengths gets no hash that fits.
  constexpr size_t kMost = 8;
  static const Hash kNone;
  if (made_.size() >= kMost && !made_.contains({form, length, sha1})) return kNone;
  const auto [it, fresh] = made_.try_emplace({form, length, sha1});
  Hash& out = it->second;
  if (!fresh) return out;
  const auto free = [](EVP_MD_CTX* c) { EVP_MD_CTX_free(c); };
  const std::unique_ptr<EVP_MD_CTX, decltype(free)> context(EVP_MD_CTX_new());
  EVP_DigestInit_ex(context.get(), sha1 ? EVP_sha1() : EVP_sha256(), nullptr);
  const auto sink = [&](std::string_view piece) {
    const uint64_t before = out.bytes;
    out.bytes += piece.size();
    const uint64_t most = length.value_or(UINT64_MAX);
    if (before < most)
      EVP_DigestUpdate(context.get(), piece.data(),
                       static_cast<size_t>(std::min<uint64_t>(piece.size(), most - before)));
  };
  CanonicalBody canonical(form);
  constexpr size_t kPiece = 64u << 10;
  for (size_t at = 0; at < body_.size(); at += kPiece) canonical.add(body_.substr(at, kPiece), sink);
  canonical.finish(sink);
  out.digest.resize(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out.digest.data()), &size);
  out.digest.resize(size);
  return out;
}

std::string signed_fields(const Message& message, const std::vector<std::string>& names, Canonical form) {
  FieldsFromBelow fields(message);
  std::string out;
  for (const std::string& name : names)
    if (const Field* field = fields.next(ascii_lower(name))) out += canonical_field(*field, form);
  return out;
}

// b= ends at the next semicolon; it begins a tag of that very name.
std::string without_signature(const Field& field, Canonical form) {
  const std::string_view raw = field.raw;
  const auto offset = static_cast<size_t>(field.value.data() - raw.data());
  size_t at = offset;
  while (at < raw.size()) {
    size_t name = at;
    while (name < raw.size() && is_space(raw[name])) ++name;
    const size_t end = std::min(raw.find(';', at), raw.size());
    size_t equals = name;
    while (equals < end && raw[equals] != '=') ++equals;
    if (equals < end && trim(raw.substr(name, equals - name)) == "b") {
      std::string copy(raw.substr(0, equals + 1));
      const size_t kept = end == raw.size() ? raw.size() - (raw.ends_with("\r\n") ? 2 : 0) : end;
      copy += raw.substr(kept);
      const std::string_view whole = copy;
      std::string_view value = whole.substr(offset);
      if (value.ends_with("\r\n")) value.remove_suffix(2);
      return canonical_field({whole, field.name, value}, form, false);
    }
    at = end + 1;
  }
  return canonical_field(field, form, false);
}

std::optional<std::pair<Canonical, Canonical>> canonical_pair(std::string_view text) {
  const auto one = [](std::string_view s) -> std::optional<Canonical> {
    if (s == "simple") return Canonical::simple;
    if (s == "relaxed") return Canonical::relaxed;
    return std::nullopt;
  };
  if (text.empty()) return std::pair(Canonical::simple, Canonical::simple);
  const size_t slash = text.find('/');
  const auto header = one(text.substr(0, slash));
  const auto body = slash == std::string_view::npos ? std::optional(Canonical::simple) : one(text.substr(slash + 1));
  if (!header || !body) return std::nullopt;
  return std::pair(*header, *body);
}

bool is_domain_name(std::string_view name) {
  return net::is_dns_name(name) && name.find('.') != std::string_view::npos &&
         std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

FoundKey find_key(std::string_view selector, std::string_view domain, Algorithm algorithm, net::Resolver& resolver,
                  size_t least_rsa_bits) {
  FoundKey out;
  const auto refuse = [&](DkimStatus status, std::string reason) {
    out.status = status;
    out.reason = std::move(reason);
    out.key.reset();
    return std::move(out);
  };
  const std::string name = std::string(selector) + "._domainkey." + std::string(domain);
  const net::DnsAnswer answer = resolver.look_up(name, net::DnsType::txt);
  if (answer.status == net::DnsStatus::failed) return refuse(DkimStatus::temperror, "key unavailable: " + answer.why);
  if (answer.records.empty()) return refuse(DkimStatus::permerror, "no key for signature");
  const bool rsa = algorithm != Algorithm::ed25519_sha256;
  std::string why = "no key for signature";
  // Several records: undefined; the first that is a key for the algorithm is taken.
  for (const net::DnsRecord& record : answer.records) {
    const auto tags = Tags::read(record.text, true);
    if (!tags || (tags->find("v") && tags->get("v") != "DKIM1")) {
      why = "key record cannot be read";
      continue;
    }
    if (tags->find("v") && tags->all()[0].name != "v") {
      why = "key record does not begin with v=";
      continue;
    }
    const std::string_view kind = tags->find("k").value_or("rsa");
    if (kind != (rsa ? "rsa" : "ed25519")) {
      why = "key is of another kind";
      continue;
    }
    if (const auto hashes = tags->find("h")) {
      const auto allowed = colon_list(*hashes);
      if (std::ranges::find(allowed, algorithm == Algorithm::rsa_sha1 ? "sha1" : "sha256") == allowed.end()) {
        why = "key does not allow this hash";
        continue;
      }
    }
    if (const auto services = tags->find("s")) {
      const auto allowed = colon_list(*services);
      if (std::ranges::none_of(allowed, [](const std::string& s) { return s == "*" || s == "email"; })) {
        why = "key is not for mail";
        continue;
      }
    }
    const auto p = tags->find("p");
    if (!p) {
      why = "key record has no p=";
      continue;
    }
    if (p->empty()) return refuse(DkimStatus::permerror, "key revoked");
    const auto bytes = from_base64(*p);
    auto key = bytes ? Key::read_public(algorithm, *bytes) : std::nullopt;
    if (!key) {
      why = "key cannot be read";
      continue;
    }
    for (const std::string& flag : colon_list(tags->get("t"))) {
      out.testing |= flag == "y";
      out.strict_identity |= flag == "s";
    }
    out.key = std::move(key);
    if (rsa && out.key->bits() < least_rsa_bits) {
      out.status = DkimStatus::policy;
      out.reason = "weak key: " + std::to_string(out.key->bits()) + " bits";
    }
    return out;
  }
  return refuse(DkimStatus::permerror, why);
}

std::string folded(std::string_view name, std::string_view value) {
  std::string out(name);
  out += ':';
  size_t line = out.size();
  for (const std::string_view word : split(value, ' ')) {
    if (line + 1 + word.size() > 78 && line > 1) {
      out += "\r\n";
      line = 0;
    }
    out += ' ';
    out += word;
    line += 1 + word.size();
  }
  return out + "\r\n";
}

}  // namespace sekisho::mailauth
