// DKIM signatures (RFC 6376, with RFC 8301 and 8463): verified, each with what it covers and what it leaves open; and
// made. No state; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mailauth/canonical.h"
#include "mailauth/keys.h"
#include "mailauth/message.h"
#include "net/dns.h"

namespace sekisho::mailauth {

enum class DkimStatus : uint8_t {
  none,  // there is no signature
  pass,
  fail,       // it does not fit the message
  policy,     // it fits, or might, and is not to be believed: expired, weak key, SHA-1, From not signed
  temperror,  // no key for now
  permerror,  // it cannot be read, or there is no such key
};
std::string_view dkim_status_name(DkimStatus status);  // RFC 8601 section 2.7.1

struct DkimResult {
  DkimStatus status = DkimStatus::none;
  std::string reason;     // "body hash did not verify", "key revoked": "" for pass
  std::string domain;     // d=, lower case
  std::string selector;   // s=
  std::string identity;   // i=, or "@" + d
  std::string algorithm;  // a=
  size_t key_bits = 0;
  bool testing = false;       // t=y of the key: the domain only tries
  bool body_hash_ok = false;  // told whatever else is wrong
  // What is left open.
  std::vector<std::string> signed_fields;  // h=, lower case
  std::vector<std::string>
      unsigned_fields;            // From, To, Cc, Subject, Reply-To, Date, MIME fields in the message that h= does
                                  // not cover, lower case; a name is here too if only some of its fields are covered
  bool over_signed_from = false;  // no From can be added
  std::optional<uint64_t> body_length;           // l=
  uint64_t unsigned_bytes = 0;                   // of the body beyond l=
  std::optional<int64_t> signed_at, expires_at;  // t=, x=
  std::string signature;                         // b= without white space, its first 8 characters: header.b (RFC 6008)
};

struct DkimLimits {
  size_t signatures = 20;     // verified; more are only counted
  size_t signed_names = 500;  // in h=
  size_t least_rsa_bits = 1024;
  int64_t clock_skew_seconds = 300;
};

struct DkimResults {
  std::vector<DkimResult> signatures;  // top first
  size_t not_looked_at = 0;
  const DkimResult* find(DkimStatus status) const;
};

DkimResults verify_dkim(const Message& message, net::Resolver& resolver, Timestamp now, const DkimLimits& limits = {});

// A key as it stands in DNS: pass, or what is wrong with it.
struct DkimKey {
  DkimStatus status = DkimStatus::none;
  std::string reason;
  size_t bits = 0;
  bool testing = false;
};
DkimKey check_dkim_key(std::string_view selector, std::string_view domain, net::Resolver& resolver,
                       const DkimLimits& limits = {});

struct DkimSigner {
  std::string domain, selector;
  std::string identity;  // i=; "" without
  Canonical header = Canonical::relaxed, body = Canonical::relaxed;
  std::vector<std::string> fields;  // h=; empty: the usual ones that are there, From and Subject once more
  Timestamp now;
  int64_t valid_seconds = 0;  // x=; 0: none
};
// The field "DKIM-Signature: …\r\n", folded. Error: "auth.sign".
Result<std::string> sign_dkim(const Message& message, const DkimSigner& signer, const Key& key);

}  // namespace sekisho::mailauth
