// Host names: to ASCII (UTS #46, as URLs want it), to what a person may read, and where the registrable domain begins.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::net {

// Lower-case ASCII form (Punycode for IDN), WHATWG "domain to ASCII" with beStrict = false. Error codes "host.*".
Result<std::string> to_ascii(std::string_view host_utf8);
// Readable form: Punycode labels decoded where they decode ("xn--80ak6aa92e.com" → "аррӏе.com"), others left as they
// are.
std::string to_unicode(std::string_view ascii_host);

bool is_ipv4(std::string_view host);
bool is_ipv6(std::string_view host);  // with or without brackets
inline bool is_ip(std::string_view host) { return is_ipv4(host) || is_ipv6(host); }
// Address in the CIDR block ("10.0.0.0/8", "2001:db8::/32", or a bare address)? false when either does not parse.
// An IPv4-mapped IPv6 address ("::ffff:10.0.0.1") counts as the IPv4 address that it carries.
bool in_cidr(std::string_view address, std::string_view block);
// Well-formed "a.b.c.d/n" or "v6/n" or a bare address.
bool is_cidr(std::string_view block);

// Blocks read once, for many addresses.
class CidrBlocks {
 public:
  void add(std::string_view block);  // what is not well-formed holds nothing
  bool contain(std::string_view address) const;

 private:
  struct Block {
    uint16_t pieces[8], masks[8];
  };
  std::vector<Block> blocks_;
};

struct LabelEndings;  // net/label_table.h

// The public suffix list (publicsuffix.org): Debian's copy, or a file from the settings. Immutable once made; share it
// among threads. A question costs some 30 ns; where only the compiled list is installed, a host that was not asked
// lately 2 µs.
// Views that are returned point into the argument, which must be lower-case ASCII without a trailing dot.
class PublicSuffixes {
 public:
  static Result<PublicSuffixes> load(const std::string& path);  // a public_suffix_list.dat or .dafsa
  static const PublicSuffixes& system();                        // libpsl's built-in or latest; never fails

  // "www.example.co.jp" → "example.co.jp"; "" for a public suffix itself, an address or a single label.
  // Private rules (github.io) count: user.github.io is registrable.
  std::string_view registrable(std::string_view host) const;
  std::string_view suffix(std::string_view host) const;  // "co.jp"
  bool is_private_suffix(std::string_view host) const;   // the suffix comes from the list's private part
  struct Answer {
    uint8_t suffix = 0;       // bytes at the end of the host; 0: none
    uint8_t registrable = 0;  // likewise
    bool listed = false, is_private = false;
  };
  Answer find(std::string_view host) const;  // all of the above at once
  // The same of what is known to be a name: no address, no empty label, 253 bytes at most.
  Answer find_sound(std::string_view name, const LabelEndings& endings) const;
  bool listed(std::string_view host) const;  // a rule names the suffix; false for ".invalid" or "readme.txt"

  ~PublicSuffixes();
  PublicSuffixes(PublicSuffixes&&) noexcept;
  PublicSuffixes& operator=(PublicSuffixes&&) noexcept;

 private:
  struct Impl;
  explicit PublicSuffixes(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// host equals domain or ends with "." + domain.
bool within(std::string_view host, std::string_view domain);

}  // namespace sekisho::net
