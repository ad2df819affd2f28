// Takes the host part of a URL, gives it serialised; entry parse_host. Refuses what the URL Standard calls failure,
// with "url.host" codes.
#include "net/url_host.h"

#include "base/strings.h"
#include "net/address.h"
#include "net/host.h"
#include "net/percent.h"
#include "net/url.h"

namespace sekisho::net {
namespace {

Result<std::string> finish_domain(std::string domain) {
  if (!ends_in_number(domain)) return domain;
  const auto v4 = parse_loose_ipv4(domain);
  if (!v4) return fail("url.host.ipv4", "the host ends in a number but is no IPv4 address");
  return format_ipv4(*v4);
}

}  // namespace

Result<std::string> parse_host(std::string_view s, bool opaque) {
  if (!s.empty() && s[0] == '[') {
    if (s.back() != ']') return fail("url.host.ipv6", "the bracket of an IPv6 address is not closed");
    const auto v6 = parse_ipv6(s.substr(1, s.size() - 2));
    if (!v6) return fail("url.host.ipv6", "what stands in brackets is no IPv6 address");
    return "[" + format_ipv6(*v6) + "]";
  }
  if (opaque) {
    if (find_class(s, kForbiddenHost) != s.size())
      return fail("url.host.character", "the host holds a character that no host may hold");
    std::string out;
    append_encoded(out, s, kC0Set);
    return out;
  }
  Result<std::string> domain = s.find('%') == std::string_view::npos ? to_ascii(s) : to_ascii(percent_decode(s));
  if (!domain) {
    Error error{"url.host", "the host is not a valid domain name", {}, {}, {}, {}};
    error.cause = std::make_shared<const Error>(std::move(domain).error());
    return std::unexpected(std::move(error));
  }
  return finish_domain(std::move(*domain));
}

}  // namespace sekisho::net
