// What signatures of DKIM and ARC share: hashing bodies, gathering header fields, finding keys. Inside mailauth/ only.
#pragma once

#include <map>

#include "mailauth/dkim.h"
#include "mailauth/tags.h"

namespace sekisho::mailauth {

// Body hashes of one message, each made once.
class BodyHashes {
 public:
  explicit BodyHashes(std::string_view body) : body_(body) {}
  struct Hash {
    std::string digest;
    uint64_t bytes = 0;  // of the canonical body, all of it
  };
  const Hash& get(Canonical form, std::optional<uint64_t> length, bool sha1 = false);

 private:
  std::string_view body_;
  std::map<std::tuple<Canonical, std::optional<uint64_t>, bool>, Hash> made_;
};

// The fields that h= names, canonical, one behind the other; names that are not there give nothing.
std::string signed_fields(const Message& message, const std::vector<std::string>& names, Canonical form);
// A signature's own field with b= emptied, canonical, without its line end.
std::string without_signature(const Field& field, Canonical form);
// "relaxed/simple"; a missing half is simple. nullopt: neither.
std::optional<std::pair<Canonical, Canonical>> canonical_pair(std::string_view text);

struct FoundKey {
  std::optional<Key> key;
  DkimStatus status = DkimStatus::pass;  // temperror, permerror, policy: with the reason
  std::string reason;
  bool testing = false, strict_identity = false;  // t=y, t=s
};
// selector._domainkey.domain
FoundKey find_key(std::string_view selector, std::string_view domain, Algorithm algorithm, net::Resolver& resolver,
                  size_t least_rsa_bits);

bool is_domain_name(std::string_view name);  // ASCII letters, digits, hyphens, underscores, at least one dot

// "a=1; b=2" folded into lines of no more than 78 bytes where there are spaces, behind a name.
std::string folded(std::string_view name, std::string_view value);

}  // namespace sekisho::mailauth
