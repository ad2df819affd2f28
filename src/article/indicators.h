// Indicators in news: what a text names that can be looked for, in whatever way it was made harmless for print, with
// spans and the part it plays. English and Japanese, glued to letters, full-width, defanged; boundaries are decided by
// script and public suffix, never by "word". Works on any text; knows no word by itself (content/desk/roles.toml).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "brand/brand.h"
#include "net/host.h"

namespace sekisho::article {

enum class Type : uint8_t { url, domain, email, ipv4, ipv6, md5, sha1, sha256, cve, technique };
std::string_view to_string(Type);

// What the text says of it.
enum class Role : uint8_t {
  malicious,  // the attacker's, or used by him
  victim,     // of who was attacked
  reference,  // a source, a publisher's own address, something to read
  genuine,    // the true one, which people are told to use; never to be blocked
  partial,    // some letters are masked in print: a pattern, never to be blocked
};
std::string_view to_string(Role);

struct Indicator {
  Type type = Type::domain;
  Role role = Role::malicious;
  // Normal form. url: refanged, scheme and host lower-case, all else as written; without a scheme where the text has
  // none. domain: lower-case ASCII (UTS #46). email: local part as written. ipv4, ipv6 (RFC 5952): with ":port" where
  // one follows ("[v6]:port"). Hashes lower-case; CVE and technique ids upper-case. partial: "*" for each run of mask
  // signs ("nta-*.com").
  std::string value;
  std::string host;             // of url, domain, email: ASCII; "" for others and for patterns
  std::string as_written;       // the bytes of the text
  uint32_t at = 0, length = 0;  // bytes in the text
  bool defanged = false;
  bool listed = true;  // the host ends in a known public suffix; false: kept, and marked
  int owner = -1;      // brand::Index of who owns the host; -1: nobody known
  std::string why;     // the word or rule that decided the role: "defanged", "送信元", "owned by lastpass" …
};

// The words by which roles are decided and words that only look like indicators are told apart. From
// content/desk/roles.toml; immutable, shared by threads.
class Cues {
 public:
  Cues();
  ~Cues();
  Cues(Cues&&) noexcept;
  Cues& operator=(Cues&&) noexcept;
  // Errors are added; what could be read counts.
  static Cues read(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

struct IndicatorContext {
  const Cues* cues = nullptr;                     // must be given
  const brand::Brands* brands = nullptr;          // null: ownership is not known
  const net::PublicSuffixes* suffixes = nullptr;  // null: the system's
  const Article* article = nullptr;      // whose text it is: its publisher, links and passages; null for a bare line
  std::vector<std::string> own_domains;  // the organisation's: victim, never malicious
  size_t most = 10'000;
};

// In order of place, not overlapping; the longest thing only (a URL gives no host). The same value may stand several
// times; roles are those of the place. Linear in the text: whatever looks around itself does so within fixed bounds.
// With `article`, whose text it is: a link whose target the text does not spell out is given too, at the place of its
// words, as a reference; it is never malicious.
std::vector<Indicator> find_indicators(std::string_view text, const IndicatorContext& context);

// One for each type and value, in order of first place, with the place and bytes of that. Its role: partial stays
// partial; genuine by ownership, or called genuine at least as often as malicious; then victim likewise; then malicious
// if any place says so; else the role of the first place. `why` is that of the first place with this role; defanged if
// any place is.
std::vector<Indicator> merge_indicators(std::vector<Indicator> found);

// How it is printed: "hxxps://evil[.]example/x", "a[@]evil[.]example"; genuine and reference hosts too, so that no
// output of the desk holds a live link to anything that it did not name itself.
std::string defang(std::string_view value);

}  // namespace sekisho::article
