// DKIM2 (draft-ietf-dkim-dkim2-spec, in the form of mid-2026): every hop signs, over those before it, what it handed on
// and to whom; whoever changes the message says how to undo that. A draft: what passes here proves custody as far as
// the draft goes, and no rule builds on it yet. Verified only.
#pragma once

#include "mailauth/dkim.h"

namespace sekisho::mailauth {

struct Dkim2Hop {
  uint32_t number = 0;                  // i=
  uint32_t instance = 0;                // m=
  std::string domain;                   // d=
  std::string mail_from;                // mf=, decoded, with angle brackets
  std::vector<std::string> recipients;  // rt=
  std::string next_domain;              // nd=
  std::vector<std::string> flags;       // f=
};

struct Dkim2Result {
  DkimStatus status = DkimStatus::none;
  std::string reason;
  std::vector<Dkim2Hop> hops;  // first to last; as far as they could be read
};

struct Dkim2Envelope {
  std::string mail_from;                // with or without angle brackets
  std::vector<std::string> recipients;  // likewise
};
struct Dkim2Limits {
  size_t hops = 50;
  int64_t oldest_seconds = 14 * 86400;  // of a signature
  bool brackets = true;                 // mf= and rt= need angle brackets (section 7.5)
};
Dkim2Result verify_dkim2(const Message& message, const Dkim2Envelope& envelope, net::Resolver& resolver, Timestamp now,
                         const Dkim2Limits& limits = {});

}  // namespace sekisho::mailauth
