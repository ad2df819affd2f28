// Takes a message, gives what its ARC chain is worth, or the next set of it. Entries: verify_arc(), seal_arc(). Refuses
// nothing while verifying: a chain with any fault fails, with the first reason.
#include "mailauth/arc.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/base64.h"
#include "base/strings.h"
#include "mailauth/authres.h"
#include "mailauth/signature.h"

namespace sekisho::mailauth {
namespace {

constexpr std::string_view kResults = "ARC-Authentication-Results", kSignature = "ARC-Message-Signature",
                           kSeal = "ARC-Seal";

struct Set {
  const Field *results = nullptr, *signature = nullptr, *seal = nullptr;
  Tags signature_tags, seal_tags;
};

// i= of the results: the first thing in them.
std::optional<uint32_t> instance_of_results(std::string_view value) {
  const std::string first = without_space(value.substr(0, value.find(';')));
  if (!first.starts_with("i=")) return std::nullopt;
  const auto number = tag_number(std::string_view(first).substr(2));
  return number && *number <= 1000 ? std::optional(static_cast<uint32_t>(*number)) : std::nullopt;
}
std::optional<uint32_t> instance_of(const Tags& tags) {
  const auto number = tag_number(without_space(tags.get("i")));
  return number && *number <= 1000 ? std::optional(static_cast<uint32_t>(*number)) : std::nullopt;
}

class Chain {
 public:
  Chain(const Message& message, net::Resolver& resolver, const ArcLimits& limits)
      : message_(message), bodies_(message.body()), resolver_(resolver), limits_(limits) {}

  ArcResult run() {
    if (!collect()) return std::move(out_);
    for (const auto& [i, set] : sets_) {
      ArcSet& shown = out_.sets.emplace_back();
      shown.instance = i;
      shown.domain = ascii_lower(without_space(set.seal_tags.get("d")));
      shown.selector = without_space(set.seal_tags.get("s"));
      shown.cv = without_space(set.seal_tags.get("cv"));
      shown.results = set.results->value;
      if (const auto t = tag_number(without_space(set.seal_tags.get("t")))) shown.sealed_at = static_cast<int64_t>(*t);
    }
    if (!structure()) return std::move(out_);
    out_.status = ArcStatus::pass;
    const uint32_t newest = sets_.rbegin()->first;
    if (!check_signature(sets_[newest], newest)) return std::move(out_);
    for (uint32_t i = newest; i >= 1; --i)
      if (!check_seal(i)) return std::move(out_);
    // What was changed on the way.
    uint32_t i = newest;
    const ArcResult passed = out_;
    while (i > 1 && check_signature(sets_[i - 1], i - 1)) --i;
    out_ = passed;
    out_.oldest_pass = i > 1 ? i : 0;
    return std::move(out_);
  }

  // false: there is no chain, or none that could be followed.
  bool collect() {
    bool any = false;
    if (message_.too_many_fields()) return fails("too many header fields");
    for (const Field& f : message_.fields()) {
      const bool results = iequals(f.name, kResults), signature = iequals(f.name, kSignature),
                 seal = iequals(f.name, kSeal);
      if (!results && !signature && !seal) continue;
      any = true;
      std::optional<uint32_t> i;
      Tags tags;
      if (results) {
        i = instance_of_results(f.value);
      } else {
        auto read = Tags::read(f.value);
        if (!read) return fails(std::string(f.name) + " cannot be read");
        tags = *std::move(read);
        i = instance_of(tags);
      }
      if (!i || *i == 0 || *i > limits_.sets) return fails(std::string(f.name) + " without an instance");
      Set& set = sets_[*i];
      const Field*& place = results ? set.results : signature ? set.signature : set.seal;
      if (place != nullptr) return fails("two of " + std::string(f.name) + at(*i));
      place = &f;
      if (signature) set.signature_tags = std::move(tags);
      if (seal) set.seal_tags = std::move(tags);
    }
    if (!any) return false;
    for (const auto& [i, set] : sets_)
      if (!set.results || !set.signature || !set.seal) return fails("an incomplete set" + at(i));
    if (sets_.rbegin()->first != sets_.size()) return fails("an instance is missing");
    return true;
  }

  // All sets up to the i-th, without the i-th seal itself (section 5.1.1).
  std::string sealed_bytes(uint32_t i) const {
    std::string out;
    for (uint32_t j = 1; j <= i; ++j) {
      const auto it = sets_.find(j);
      if (it == sets_.end()) continue;
      out += canonical_field(*it->second.results, Canonical::relaxed);
      out += canonical_field(*it->second.signature, Canonical::relaxed);
      if (j < i) out += canonical_field(*it->second.seal, Canonical::relaxed);
    }
    return out;
  }

 private:
  bool fails(std::string why, ArcStatus status = ArcStatus::fail) {
    out_.status = status;
    out_.reason = std::move(why);
    return false;
  }
  static std::string at(uint32_t i) { return " (i=" + std::to_string(i) + ")"; }

  bool structure() {
    for (const auto& [i, set] : sets_) {
      const std::string cv = without_space(set.seal_tags.get("cv"));
      if (set.seal_tags.find("h")) return fails("a seal with h=" + at(i));
      if (cv == "fail") return fails("a sealer saw the chain fail" + at(i));
      if (cv != (i == 1 ? "none" : "pass")) return fails("cv= does not fit" + at(i));
    }
    return true;
  }

  std::optional<Key> key_for(const Tags& tags, uint32_t i, Algorithm& with) {
    const auto named = mailauth::algorithm(without_space(tags.get("a")));
    if (!named || *named == Algorithm::rsa_sha1) return fails("unknown algorithm" + at(i)), std::nullopt;
    with = *named;
    const std::string domain = without_space(tags.get("d")), selector = without_space(tags.get("s"));
    if (!is_domain_name(domain) || !is_domain_name(selector + ".x"))
      return fails("d= or s= names no key" + at(i)), std::nullopt;
    FoundKey found = find_key(selector, domain, with, resolver_, limits_.least_rsa_bits);
    if (found.status == DkimStatus::pass) return std::move(found.key);
    fails(found.reason + at(i), found.status == DkimStatus::temperror ? ArcStatus::temperror : ArcStatus::fail);
    return std::nullopt;
  }

  bool check_signature(const Set& set, uint32_t i) {
    const Tags& tags = set.signature_tags;
    const auto forms = canonical_pair(without_space(tags.get("c")));
    if (!forms) return fails("unknown canonicalization" + at(i));
    const auto names = colon_list(tags.get("h"));
    if (!tags.find("h") || names.size() > limits_.signed_names) return fails("no h=, or too many names in it" + at(i));
    for (const std::string& name : names)
      if (iequals(name, kSeal)) return fails("the message signature covers a seal" + at(i));
    if (const auto t = tags.find("t"); t && !tag_number(without_space(*t))) return fails("t= is no time" + at(i));
    const auto hash = from_base64(tags.get("bh")), signature = from_base64(tags.get("b"));
    if (!hash || !signature) return fails("bh= or b= is not base64" + at(i));
    std::optional<uint64_t> length;
    if (const auto l = tags.find("l"); l && !(length = tag_number(without_space(*l))))
      return fails("l= is no number" + at(i));
    Algorithm with{};
    const auto key = key_for(tags, i, with);
    if (!key) return false;
    const auto holds = [&](Canonical header_form, Canonical body_form) {
      const BodyHashes::Hash& body = bodies_.get(body_form, length);
      if (body.digest != *hash || length.value_or(0) > body.bytes) return fails("body hash did not verify" + at(i));
      const std::string bytes =
          signed_fields(message_, names, header_form) + without_signature(*set.signature, header_form);
      return key->verify(with, bytes, *signature) || fails("message signature did not verify" + at(i));
    };
    if (holds(forms->first, forms->second)) return true;
    // Sealers that leave c= away mean relaxed as often as simple.
    if (tags.find("c") || !holds(Canonical::relaxed, Canonical::relaxed)) return false;
    out_.status = ArcStatus::pass;
    out_.reason.clear();
    return true;
  }

  bool check_seal(uint32_t i) {
    const Tags& tags = sets_[i].seal_tags;
    const auto signature = from_base64(tags.get("b"));
    if (!signature) return fails("b= is not base64" + at(i));
    if (const auto t = tags.find("t"); t && !tag_number(without_space(*t))) return fails("t= is no time" + at(i));
    Algorithm with{};
    const auto key = key_for(tags, i, with);
    if (!key) return false;
    return key->verify(with, sealed_bytes(i) + without_signature(*sets_[i].seal, Canonical::relaxed), *signature) ||
           fails("seal did not verify" + at(i));
  }

  const Message& message_;
  BodyHashes bodies_;
  net::Resolver& resolver_;
  const ArcLimits limits_;
  std::map<uint32_t, Set> sets_;
  ArcResult out_;
};

// "a=1; b=2" in the order of the names, which is also how others check signatures byte for byte.
std::string in_order(const std::map<std::string, std::string>& tags) {
  std::string out;
  for (const auto& [name, value] : tags) out += (out.empty() ? "" : "; ") + name + "=" + value;
  return out;
}

// A signature goes in one piece, however long: white space within it would be part of what the seal covers.
std::string with_signature(const std::string& name, std::map<std::string, std::string> tags,
                           const std::string& signature) {
  tags["b"] = encode_base64(signature);
  return folded(name, in_order(tags));
}

}  // namespace

std::string_view arc_status_name(ArcStatus status) {
  static constexpr std::string_view kNames[] = {"none", "pass", "fail", "temperror"};
  return kNames[static_cast<size_t>(status)];
}

ArcResult verify_arc(const Message& message, net::Resolver& resolver, const ArcLimits& limits) {
  return Chain(message, resolver, limits).run();
}

Result<std::string> seal_arc(const Message& message, const ArcResult& chain, const ArcSealer& sealer, const Key& key) {
  if (!is_domain_name(sealer.domain)) return fail("auth.sign", "\"" + sealer.domain + "\" is no domain");
  if (!is_domain_name(sealer.selector + ".x")) return fail("auth.sign", "\"" + sealer.selector + "\" is no selector");
  if (!chain.sets.empty() && chain.sets.back().cv == "fail") return "";
  if (chain.sets.size() >= ArcLimits{}.sets) return fail("auth.sign", "the chain has 50 sets");
  const auto instance = static_cast<uint32_t>(chain.sets.size()) + 1;
  const std::string i = std::to_string(instance), t = std::to_string(sealer.now.seconds);

  // Our own results, one behind the other.
  std::string results;
  for (const Field* f : message.all("Authentication-Results")) {
    const size_t semicolon = f->value.find(';');
    if (semicolon == std::string_view::npos || !iequals(trim(f->value.substr(0, semicolon)), sealer.authserv_id))
      continue;
    std::string_view rest = trim(f->value.substr(semicolon + 1));
    while (rest.ends_with(';')) rest = trim(rest.substr(0, rest.size() - 1));
    if (!rest.empty()) results += "; " + std::string(rest);
  }
  if (results.empty()) results = "; none";
  // No folding of others within our own.
  const std::string flat = canonical_field({"", "", results}, Canonical::relaxed, false).substr(1);
  const std::string aar = folded(kResults, "i=" + i + "; " + sealer.authserv_id + flat);

  std::vector<std::string> names = sealer.fields;
  if (names.empty())
    for (const char* name :
         {"from", "to", "cc", "subject", "date", "message-id", "reply-to", "in-reply-to", "references", "mime-version",
          "content-type", "content-transfer-encoding", "dkim-signature"})
      for (size_t n = message.all(name).size(); n > 0; --n) names.emplace_back(name);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ":") + ascii_lower(name);
  BodyHashes bodies(message.body());
  const std::string algorithm(algorithm_name(key.algorithm()));
  const std::map<std::string, std::string> signature = {
      {"a", algorithm},
      {"b", ""},
      {"bh", encode_base64(bodies.get(Canonical::relaxed, {}).digest)},
      {"c", "relaxed/relaxed"},
      {"d", sealer.domain},
      {"h", list},
      {"i", i},
      {"s", sealer.selector},
      {"t", t}};
  const std::string unsigned_ams = folded(kSignature, in_order(signature));
  const Message ams_alone(unsigned_ams);
  const std::string ams_b = key.sign(signed_fields(message, names, Canonical::relaxed) +
                                     without_signature(ams_alone.fields()[0], Canonical::relaxed));
  const std::string ams = with_signature(std::string(kSignature), signature, ams_b);

  const std::map<std::string, std::string> seal = {{"a", algorithm},
                                                   {"b", ""},
                                                   {"cv", instance == 1                     ? "none"
                                                          : chain.status == ArcStatus::pass ? "pass"
                                                                                            : "fail"},
                                                   {"d", sealer.domain},
                                                   {"i", i},
                                                   {"s", sealer.selector},
                                                   {"t", t}};
  const std::string unsigned_seal = folded(kSeal, in_order(seal));
  const std::string fields = unsigned_seal + ams + aar;
  std::string before = fields;
  for (const Field& f : message.fields())
    if (istarts_with(f.name, "ARC-")) before += f.raw;
  const Message sealed(before);
  net::NoResolver nobody;
  Chain all(sealed, nobody, {});
  all.collect();
  // A chain that fails is sealed alone (section 5.1.2).
  std::string bytes;
  if (seal.at("cv") == "fail")
    bytes = canonical_field(sealed.fields()[2], Canonical::relaxed) +
            canonical_field(sealed.fields()[1], Canonical::relaxed);
  else bytes = all.sealed_bytes(instance);
  bytes += without_signature(sealed.fields()[0], Canonical::relaxed);
  const std::string seal_b = key.sign(bytes);
  if (ams_b.empty() || seal_b.empty()) return fail("auth.sign", "the key does not sign");
  return with_signature(std::string(kSeal), seal, seal_b) + ams + aar;
}

}  // namespace sekisho::mailauth
