// DMARC (RFC 9989, or RFC 7489 with the public suffix list): does the domain in From stand behind the message, and what
// does it ask for if not? No state; any thread.
#pragma once

#include "mailauth/author.h"
#include "mailauth/dkim.h"
#include "mailauth/spf.h"

namespace sekisho::mailauth {

enum class DmarcStatus : uint8_t { none, pass, fail, temperror, permerror };
std::string_view dmarc_status_name(DmarcStatus status);  // RFC 8601 section 2.7.4 (RFC 7489 section 11.2)

enum class DmarcPolicy : uint8_t { none, quarantine, reject };
std::string_view dmarc_policy_name(DmarcPolicy policy);

enum class DmarcMode : uint8_t { rfc9989, rfc7489 };

// A record as it was found, with what is wrong in it.
struct DmarcRecord {
  std::string domain;  // without _dmarc.
  std::string text;
  std::optional<DmarcPolicy> p, sp, np;
  bool bad_p = false, bad_sp = false, bad_np = false;  // there, and no policy
  bool strict_dkim = false, strict_spf = false;        // adkim=s, aspf=s
  char psd = 'u';                                      // y, n, u
  bool testing = false;                                // t=y
  int percent = 100;                                   // pct: RFC 7489 only
  std::vector<std::string> rua, ruf;                   // URIs as written
};
// nullopt: not a DMARC record, which then is as if it were not there. Known tags with unknown values are passed over.
std::optional<DmarcRecord> read_dmarc(std::string_view text);

struct DmarcResult {
  DmarcStatus status = DmarcStatus::none;
  std::string reason;                           // of none, permerror, temperror
  std::string from_domain;                      // the one in From
  std::string organizational_domain;            // of it
  std::optional<DmarcRecord> record;            // that applies
  DmarcPolicy policy = DmarcPolicy::none;       // that the record asks for here
  std::string policy_tag;                       // where that stands: "p", "sp", "np"
  DmarcPolicy disposition = DmarcPolicy::none;  // after t=y and pct=; none where status is not fail
  std::string override_reason;                  // "testing", "sampled_out"
  bool from_exists = true;                      // A, AAAA or MX; only asked where np could matter
  std::string aligned_spf, aligned_dkim;        // the aligned domain that passed; "" without
  size_t aligned_signature = 0;                 // of aligned_dkim: place in DkimResults
  std::vector<std::string> asked;               // names looked up for records, in order
};

struct DmarcRequest {
  const Authors& authors;
  const SpfResult& spf;
  const DkimResults& dkim;
  DmarcMode mode = DmarcMode::rfc9989;
  uint32_t sample = 0;  // 0 to 99, of this message: pct= in RFC 7489
};
DmarcResult check_dmarc(const DmarcRequest& request, net::Resolver& resolver);

// Of a domain alone: the records of its tree walk, and where its organization begins.
struct DmarcWalk {
  std::string organizational_domain;
  std::vector<DmarcRecord> records;  // nearest first
  std::vector<std::string> asked;
  bool failed = false;  // some look-up did
};
DmarcWalk walk_dmarc(std::string_view domain, net::Resolver& resolver, DmarcMode mode = DmarcMode::rfc9989);

}  // namespace sekisho::mailauth
