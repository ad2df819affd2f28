// SPF (RFC 7208, with RFC 8616 for non-ASCII): may this address send mail for this domain? One call, no state; any
// thread. Looks up through the Resolver it is given and nowhere else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/dns.h"

namespace sekisho::mailauth {

enum class SpfStatus : uint8_t { none, neutral, pass, fail, softfail, temperror, permerror };
std::string_view spf_status_name(SpfStatus status);  // RFC 8601 section 2.7.2

struct SpfRequest {
  std::string address;    // of the client: IPv4 or IPv6
  std::string helo;       // as it was said
  std::string mail_from;  // without angle brackets; "" for the null sender, where the HELO name is judged
  // For explanations: %{r}, %{t}. An explanation comes from whoever owns the domain: show it as a quotation.
  std::string receiver = "unknown";
  Timestamp now;
};

// A record that was read, as a tree: what `auth domain` draws.
struct SpfRecord {
  std::string domain;
  std::string text;
  std::string by;  // "include", "redirect", "" for the first
  size_t depth = 0;
};

struct SpfResult {
  SpfStatus status = SpfStatus::none;
  std::string domain;         // judged: of MAIL FROM, or HELO
  bool helo = false;          // it is the HELO name
  std::string mechanism;      // that decided, as written: "-all", "ip4:192.0.2.0/24"; "" for none and errors
  std::string record_domain;  // in whose record it stands
  std::string reason;         // of temperror and permerror, and of none where there is one
  std::string explanation;    // of fail (exp=), expanded
  size_t look_ups = 0;        // terms that look up: at most 10
  size_t void_look_ups = 0;   // at most 2
  std::vector<SpfRecord> records;
};

SpfResult check_spf(const SpfRequest& request, net::Resolver& resolver);

// The mistakes of a record alone, without looking anything up; "" for a sound one. record: beginning with v=spf1.
std::string spf_record_error(std::string_view record);

}  // namespace sekisho::mailauth
