// The host parser of the URL Standard (section 3.5). Used inside net/ only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::net {

// text: what stands between "//" (or "@") and the port, well-formed UTF-8. opaque: the scheme is not special.
// Gives the serialised host: ASCII domain, dotted IPv4, "[v6]" or an opaque host.
Result<std::string> parse_host(std::string_view text, bool opaque);

}  // namespace sekisho::net
