// ARC chains (RFC 8617): what those who handed a message on say they saw. A chain that validates proves who said it,
// and nothing about the message: which sealers are believed is a matter of settings.
#pragma once

#include "mailauth/dkim.h"

namespace sekisho::mailauth {

enum class ArcStatus : uint8_t { none, pass, fail, temperror };
std::string_view arc_status_name(ArcStatus status);

struct ArcSet {
  uint32_t instance = 0;
  std::string domain;    // d= of the seal, lower case
  std::string selector;  // s= of it
  std::string cv;        // "none", "pass", "fail"
  std::string results;   // the ARC-Authentication-Results field's value (parse_authres reads it)
  std::optional<int64_t> sealed_at;
};

struct ArcResult {
  ArcStatus status = ArcStatus::none;
  std::string reason;        // of fail
  std::vector<ArcSet> sets;  // by instance; only what could be read
  // The first instance whose message signature still holds, and all after it: nobody changed the message since then
  // (section 5.2, "oldest-pass"). 0: all hold. Only told of a chain that passes.
  uint32_t oldest_pass = 0;
};

struct ArcLimits {
  uint32_t sets = 50;  // as the RFC has it
  size_t signed_names = 500;
  size_t least_rsa_bits = 1024;
};

ArcResult verify_arc(const Message& message, net::Resolver& resolver, const ArcLimits& limits = {});

struct ArcSealer {
  std::string domain, selector;
  std::string authserv_id;          // whose Authentication-Results are taken over
  std::vector<std::string> fields;  // h=; empty: the usual ones that are there
  Timestamp now;
};
// The three fields, the seal on top, as they go before the message. chain: what verify_arc said. Nothing ("") where the
// chain has failed before, as its cv=fail stands for ever (section 5.1). Error: "auth.sign".
Result<std::string> seal_arc(const Message& message, const ArcResult& chain, const ArcSealer& sealer, const Key& key);

}  // namespace sekisho::mailauth
