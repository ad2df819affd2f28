// IP addresses as numbers. Used inside net/ by host.cc and url_host.cc; others call is_ipv4, is_ipv6 and in_cidr of
// host.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::net {

using Ipv6 = std::array<uint16_t, 8>;  // pieces, most significant first, in host byte order

// Four decimal numbers 0–255 with no leading zeros: the only form that every program reads alike.
std::optional<uint32_t> parse_dotted_quad(std::string_view s);
// RFC 4291 section 2.2 as the URL Standard reads it, without brackets and without a zone.
std::optional<Ipv6> parse_ipv6(std::string_view s);
std::string format_ipv4(uint32_t address);
std::string format_ipv6(const Ipv6& address);  // RFC 5952, without brackets

// The URL Standard's IPv4 numbers, which browsers accept: "0x7f.1", "017700000001", "2130706433".
bool ends_in_number(std::string_view ascii_host);
std::optional<uint32_t> parse_loose_ipv4(std::string_view ascii_host);

}  // namespace sekisho::net
