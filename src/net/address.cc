// Takes the text of an IP address or CIDR block; gives numbers and back; entries parse_* and format_*, and the address
// half of host.h. Refuses zones ("%eth0"), leading zeros where readers disagree about them, and anything after the
// address.
#include "net/address.h"

#include <charconv>

#include "base/strings.h"
#include "net/host.h"

namespace sekisho::net {
namespace {

// One part of a loose IPv4 address: octal after "0", hexadecimal after "0x", "0x" alone is zero. Values past 2^33 stay
// there.
std::optional<uint64_t> loose_number(std::string_view s) {
  if (s.empty()) return std::nullopt;
  int base = 10;
  if (s.size() >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
    s.remove_prefix(2);
    base = 16;
  } else if (s.size() >= 2 && s[0] == '0') {
    s.remove_prefix(1);
    base = 8;
  }
  uint64_t value = 0;
  for (char c : s) {
    const int digit = hex_digit(c);
    if (digit < 0 || digit >= base) return std::nullopt;
    value = value * static_cast<uint64_t>(base) + static_cast<uint64_t>(digit);
    if (value > (1ull << 33)) value = 1ull << 33;
  }
  return value;
}

std::string_view without_brackets(std::string_view s) {
  if (s.size() >= 2 && s.front() == '[' && s.back() == ']') return s.substr(1, s.size() - 2);
  return s;
}

// An address as 128 bits; IPv4 and IPv4-mapped IPv6 ("::ffff:192.0.2.1") are the same thing, since servers log both for
// one client.
struct Wide {
  Ipv6 pieces{};
  bool v4 = false;
};

Wide wide_v4(uint32_t v4) {
  Wide w;
  w.pieces[5] = 0xffff;
  w.pieces[6] = static_cast<uint16_t>(v4 >> 16);
  w.pieces[7] = static_cast<uint16_t>(v4 & 0xffff);
  w.v4 = true;
  return w;
}

std::optional<Wide> wide_address(std::string_view s) {
  if (auto v4 = parse_dotted_quad(s)) return wide_v4(*v4);
  if (auto v6 = parse_ipv6(without_brackets(s))) return Wide{*v6, false};
  return std::nullopt;
}

struct Block {
  Wide address;
  unsigned bits = 0;  // of 128
};

std::optional<Block> parse_block(std::string_view s) {
  const size_t slash = s.find('/');
  auto address = wide_address(s.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned most = address->v4 ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view n = s.substr(slash + 1);
    if (n.empty() || n.size() > 3 || (n.size() > 1 && n[0] == '0')) return std::nullopt;
    bits = 0;
    for (char c : n) {
      if (!is_digit(c)) return std::nullopt;
      bits = bits * 10 + static_cast<unsigned>(c - '0');
    }
    if (bits > most) return std::nullopt;
  }
  return Block{*address, address->v4 ? bits + 96 : bits};
}

}  // namespace

std::optional<uint32_t> parse_dotted_quad(std::string_view s) {
  if (s.size() < 7 || s.size() > 15) return std::nullopt;
  uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (s.empty() || s[0] != '.') return std::nullopt;
      s.remove_prefix(1);
    }
    size_t n = 0;
    uint32_t value = 0;
    while (n < s.size() && n < 3 && is_digit(s[n])) value = value * 10 + static_cast<uint32_t>(s[n++] - '0');
    if (n == 0 || value > 255 || (n > 1 && s[0] == '0')) return std::nullopt;
    s.remove_prefix(n);
    address = address << 8 | value;
  }
  if (!s.empty()) return std::nullopt;
  return address;
}

std::optional<Ipv6> parse_ipv6(std::string_view s) {
  if (s.size() < 2 || s.size() > 45) return std::nullopt;
  Ipv6 out{};
  size_t piece = 0, i = 0;
  std::optional<size_t> gap;
  if (s[0] == ':') {
    if (s[1] != ':') return std::nullopt;
    i = 2;
    gap = 0;
  }
  while (i < s.size()) {
    if (piece == 8) return std::nullopt;
    if (s[i] == ':') {
      if (gap) return std::nullopt;
      ++i;
      gap = piece;
      continue;
    }
    unsigned value = 0;
    size_t n = 0;
    while (i + n < s.size() && n < 4 && hex_digit(s[i + n]) >= 0)
      value = value * 16 + static_cast<unsigned>(hex_digit(s[i + n++]));
    if (i + n < s.size() && s[i + n] == '.') {
      const auto tail = parse_dotted_quad(s.substr(i));
      if (!tail || piece > 6) return std::nullopt;
      out[piece++] = static_cast<uint16_t>(*tail >> 16);
      out[piece++] = static_cast<uint16_t>(*tail & 0xffff);
      i = s.size();
      break;
    }
    if (n == 0) return std::nullopt;
    i += n;
    out[piece++] = static_cast<uint16_t>(value);
    if (i == s.size()) break;
    if (s[i] != ':' || ++i == s.size()) return std::nullopt;  // a single colon may not end it
  }
  if (!gap) return piece == 8 ? std::optional(out) : std::nullopt;
  if (piece == 8) return std::nullopt;  // "::" stands for at least one piece
  Ipv6 filled{};
  for (size_t k = 0; k < *gap; ++k) filled[k] = out[k];
  for (size_t k = *gap; k < piece; ++k) filled[8 - piece + k] = out[k];
  return filled;
}

std::string format_ipv4(uint32_t a) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string(a >> shift & 255);
    if (shift) out += '.';
  }
  return out;
}

std::string format_ipv6(const Ipv6& a) {
  size_t best = 8, best_length = 1;  // the first longest run of two or more zeros is written "::"
  for (size_t i = 0; i < 8;) {
    size_t j = i;
    while (j < 8 && a[j] == 0) ++j;
    if (j - i > best_length) best = i, best_length = j - i;
    i = j + 1;
  }
  std::string out;
  for (size_t i = 0; i < 8;) {
    if (i == best) {
      out += i == 0 ? "::" : ":";
      i += best_length;
      continue;
    }
    char digits[4];
    const auto end = std::to_chars(digits, digits + 4, a[i], 16).ptr;
    out.append(digits, end);
    if (++i < 8) out += ':';
  }
  return out;
}

bool ends_in_number(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  const size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.empty() || !is_digit(last[0])) return false;
  bool digits = true;
  for (char c : last) digits = digits && is_digit(c);
  return digits || loose_number(last).has_value();
}

std::optional<uint32_t> parse_loose_ipv4(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  uint64_t parts[4];
  size_t n = 0;
  for (;;) {
    const size_t dot = host.find('.');
    if (n == 4) return std::nullopt;
    const auto part = loose_number(host.substr(0, dot));
    if (!part) return std::nullopt;
    parts[n++] = *part;
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  uint64_t address = 0;
  for (size_t i = 0; i + 1 < n; ++i) {
    if (parts[i] > 255) return std::nullopt;
    address |= parts[i] << (8 * (3 - i));
  }
  if (parts[n - 1] >= 1ull << (8 * (5 - n))) return std::nullopt;
  return static_cast<uint32_t>(address | parts[n - 1]);
}

bool is_ipv4(std::string_view host) { return parse_dotted_quad(host).has_value(); }

bool is_ipv6(std::string_view host) { return parse_ipv6(without_brackets(host)).has_value(); }

bool is_cidr(std::string_view block) { return parse_block(block).has_value(); }

void CidrBlocks::add(std::string_view block) {
  const auto read = parse_block(block);
  if (!read) return;
  Block& made = blocks_.emplace_back();
  for (unsigned i = 0, left = read->bits; i < 8; ++i) {
    const unsigned take = left < 16 ? left : 16;
    made.masks[i] = static_cast<uint16_t>(0xffffu << (16 - take));
    made.pieces[i] = static_cast<uint16_t>(read->address.pieces[i] & made.masks[i]);
    left -= take;
  }
}

bool CidrBlocks::contain(std::string_view address) const {
  const auto a = wide_address(address);
  if (!a) return false;
  for (const Block& block : blocks_) {
    bool same = true;
    for (unsigned i = 0; i < 8 && same; ++i) same = (a->pieces[i] & block.masks[i]) == block.pieces[i];
    if (same) return true;
  }
  return false;
}

bool in_cidr(std::string_view address, std::string_view block) {
  CidrBlocks blocks;
  blocks.add(block);
  return blocks.contain(address);
}

}  // namespace sekisho::net
