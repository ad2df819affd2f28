// Everything at once: a message and its envelope in, what SPF, DKIM, ARC and DMARC say out; and the ways to write that
// down.
#pragma once

#include <span>

#include "mailauth/arc.h"
#include "mailauth/dmarc.h"

namespace sekisho::mailauth {

struct AuthEnvelope {
  std::string address;  // of the client that handed the message to us; "": not known, SPF is none
  std::string helo;
  std::string mail_from;  // without angle brackets
  std::string receiver = "unknown";
};

struct AuthReport {
  Authors authors;
  SpfResult spf;
  DkimResults dkim;
  ArcResult arc;
  DmarcResult dmarc;
  bool client_known = false;  // else SPF was not judged, and may have passed
  bool dmarc_failed() const { return client_known && dmarc.status == DmarcStatus::fail; }
};
AuthReport verify(const Message& message, const AuthEnvelope& envelope, net::Resolver& resolver, Timestamp now,
                  DmarcMode mode = DmarcMode::rfc9989);

// RFC 8601: the field, folded, with its last CRLF.
std::string authentication_results(const AuthReport& report, const AuthEnvelope& envelope,
                                   std::string_view authserv_id);
// The message without the Authentication-Results that claim one of these names (RFC 8601 section 5) or cannot be read,
// and without what lies beyond Limits::headers. As it was otherwise, but for its line ends.
std::string without_claims(const Message& message, std::span<const std::string> authserv_ids);

// All of it as one JSON object, without line end: for people's scripts and for tests.
std::string to_json(const AuthReport& report, const AuthEnvelope& envelope);
// What an aggregate report says of this message (RFC 9990, its names): one line of JSON; "" where DMARC does not apply.
std::string report_row(const AuthReport& report, const AuthEnvelope& envelope, Timestamp now);

}  // namespace sekisho::mailauth
