// Any bytes as a URL, as a host name and as text that holds URLs: what parses must serialise to itself, and offsets lie
// in the text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/host.h"
#include "net/url.h"

using namespace sekisho;

namespace {

void same_again(const net::Url& u) {
  Limits wide;
  wide.url_bytes *= 16;  // escapes make it longer
  const std::string href = u.href();
  const auto again = net::parse_url(href, nullptr, wide);
  if (!again || again->href() != href || again->host != u.host || again->origin() != u.origin()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const size_t line = s.find('\n');
  if (const auto u = net::parse_url(s)) same_again(*u);
  if (line != std::string_view::npos)
    if (const auto base = net::parse_url(s.substr(0, line)))
      if (const auto u = net::parse_url(s.substr(line + 1), &*base)) same_again(*u);
  if (const auto ascii = net::to_ascii(s)) {
    if (net::to_unicode(*ascii).empty()) std::abort();
    const auto domain = net::PublicSuffixes::system().registrable(*ascii);
    if (!domain.empty() && !net::within(*ascii, domain)) std::abort();
  }
  uint32_t floor = 0;
  for (const auto& f : net::find_urls(s)) {
    if (f.offset < floor || f.length == 0 || f.offset + f.length > size) std::abort();
    floor = f.offset + f.length;
  }
  net::host_named_by(s);
  net::in_cidr(s, s);
  net::percent_decode(s);
  return 0;
}
