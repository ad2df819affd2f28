// Authentication-Results (RFC 8601): what a mail server wrote down about a message's authentication. Two steps:
// parse_authres reads one field value; collect believes only the fields of servers that the settings trust. Plain
// structs that own their text; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace sekisho::mailauth {

struct Property {        // ptype.property=value: smtp.mailfrom=a@b
  std::string ptype;     // lower case; "" for the vendors' forms without one ("action=none")
  std::string property;  // lower case
  std::string value;     // unquoted, as written
};

struct MethodResult {    // one resinfo (section 2.2)
  std::string method;    // lower case: "spf", "dkim", "dmarc", "arc", "compauth" …
  uint32_t version = 1;  // "method/2"
  std::string result;    // lower case: "pass", "fail", "softfail" …
  std::string reason;
  std::vector<Property> properties;
  std::vector<std::string> comments;                                              // texts in parentheses, in order
  Span span;                                                                      // bytes of the field value
  const Property* find(std::string_view ptype, std::string_view property) const;  // lower case; nullptr if absent
};

struct AuthResults {
  std::string authserv_id;  // as written, unquoted; "" where there is none (Microsoft writes none)
  uint32_t version = 1;
  uint32_t instance = 0;  // "i=1;" of ARC-Authentication-Results (RFC 8617 section 4.1.1)
  bool none = false;      // "; none": nothing was done
  std::vector<MethodResult> results;
  std::vector<std::string> comments;  // those before the first result
};

// value: the field's value, folding and all. Accepts what section 2.2 defines and what servers send: no authserv-id,
// empty results between semicolons, values with characters that would need quotes, the obsolete forms of RFC 5451 and
// RFC 7001. Fails with "authres.empty", "authres.syntax" (span: what cannot be read, in bytes of the value),
// "authres.limit" (over Limits::header_bytes or 500 results or properties).
Result<AuthResults> parse_authres(std::string_view value, const Limits& limits = {});

struct Verdict {         // of one method
  std::string result;    // RFC 8601 section 2.7 names; "hardfail" of older servers reads "fail"
  std::string domain;    // lower case ASCII; spf: of smtp.mailfrom, else smtp.helo; dkim: header.d, else of header.i;
                         // dmarc: header.from
  std::string selector;  // dkim: header.s
  std::string reason;
  std::string
      policy;  // dmarc: "none", "quarantine", "reject" where the server says it (policy.dmarc, or p= in a comment)
  bool helo = false;  // spf: the domain is the HELO name
  size_t header = 0;  // index of the field that it comes from
};

struct TrustedResults {
  std::optional<Verdict> spf, dmarc, arc;
  std::vector<Verdict> dkim;      // all signatures that one server judged
  std::vector<size_t> believed;   // indexes of fields whose authserv-id is trusted
  std::vector<size_t> foreign;    // … is not
  std::vector<Error> unreadable;  // source = index of the field in decimal
};

// values: Authentication-Results field values, top (newest) first. trusted_ids: compared whole, ASCII
// case-insensitively; an empty entry trusts fields that name no server, which only makes sense behind a gateway that
// strips foreign ones. Of each method the topmost trusted field that speaks of it counts, and that field alone: a copy
// below may have come with the message.
TrustedResults collect(std::span<const std::string_view> values, std::span<const std::string> trusted_ids,
                       const Limits& limits = {});

}  // namespace sekisho::mailauth
