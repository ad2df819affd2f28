// Takes host names as people or mails write them, gives their ASCII or readable form (UTS #46 by ICU, options of the
// URL Standard's "domain to ASCII", section 3.3). Entries to_ascii, to_unicode, within. Refuses what browsers refuse,
// and non-ASCII names over 2 KiB. ASCII names, "xn--" or not, never reach ICU on the way to ASCII: the standard
// lower-cases them and no more.
#include "net/host.h"

#include <unicode/uidna.h>

#include "base/strings.h"
#include "net/percent.h"
#include "text/charset.h"

namespace sekisho::net {
namespace {

// Punycode costs quadratic time, and DNS ends at 253 bytes.
constexpr size_t kMaxUnicodeHost = 2048;
constexpr size_t kMaxPunycodeLabel = 255;

const UIDNA* idna() {
  static const UIDNA* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA* made = uidna_openUTS46(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        &status);
    return U_SUCCESS(status) ? made : nullptr;
  }();
  return instance;
}

// beStrict = false: neither hyphens nor DNS lengths are checked.
constexpr uint32_t kAllowed = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                              UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

Result<std::string> checked(std::string ascii) {
  if (ascii.empty()) return fail("host.empty", "the host name is empty");
  if (find_class(ascii, kForbiddenDomain) != ascii.size())
    return fail("host.character", "the host name holds a character that no domain may hold");
  return ascii;
}

// Debian 12's ICU 72 has the mapping of Unicode 15. Unicode 15.1 and 16 gave a mapping to letters that had been refused
// because their case pairs came late, ignored the remaining default ignorables, and corrected five compatibility
// ideographs. Browsers follow the newer one. Gives the character to put in place, 0 for none at all.
char32_t newer_mapping(char32_t c) {
  if (c >= 0x10a0 && c <= 0x10c5) return c + 0x1c60;  // Georgian capitals → U+2D00 …
  if ((c >= 0x2061 && c <= 0x2063) || (c >= 0x206a && c <= 0x206f) || (c >= 0x1d173 && c <= 0x1d17a)) return 0;
  switch (c) {
    case 0x115f:
    case 0x1160:
    case 0x17b4:
    case 0x17b5:
    case 0x180e:
    case 0x3164:
    case 0xffa0:
      return 0;
    case 0x04c0:
      return 0x04cf;
    case 0x1e9e:
      return 0x00df;
    case 0x2132:
      return 0x214e;
    case 0x2183:
      return 0x2184;
    case 0x2f868:
      return 0x36fc;
    case 0x2f874:
      return 0x5f53;
    case 0x2f91f:
      return 0x243ab;
    case 0x2f95f:
      return 0x7aee;
    case 0x2f9bf:
      return 0x45d7;
    default:
      return c;
  }
}

std::string with_newer_mapping(std::string_view host) {
  std::string out;
  out.reserve(host.size());
  for (size_t i = 0; i < host.size();)
    if (const char32_t c = newer_mapping(text::next_utf8(host, i))) text::append_utf8(out, c);
  return out;
}

std::string label_to_unicode(std::string_view label) {
  std::string out(label);
  if (label.size() > kMaxPunycodeLabel || !idna()) return out;
  char buffer[4 * kMaxPunycodeLabel + 4];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const int32_t n = uidna_labelToUnicodeUTF8(idna(), label.data(), static_cast<int32_t>(label.size()), buffer,
                                             static_cast<int32_t>(sizeof buffer), &info, &status);
  if (U_SUCCESS(status) && (info.errors & ~kAllowed) == 0 && n > 0 && static_cast<size_t>(n) <= sizeof buffer)
    out.assign(buffer, static_cast<size_t>(n));
  return out;
}

}  // namespace

Result<std::string> to_ascii(std::string_view host_utf8) {
  if (is_ascii(host_utf8)) return checked(ascii_lower(host_utf8));
  if (host_utf8.size() > kMaxUnicodeHost) return fail("host.limit.bytes", "the host name is too long");
  if (!idna()) return fail("host.icu", "ICU has no IDNA data");
  const std::string host = with_newer_mapping(host_utf8);
  std::string out(host.size() * 2 + 64, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    const int32_t n = uidna_nameToASCII_UTF8(idna(), host.data(), static_cast<int32_t>(host.size()), out.data(),
                                             static_cast<int32_t>(out.size()), &info, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      out.resize(static_cast<size_t>(n));
      continue;
    }
    if (U_FAILURE(status) || n < 0) return fail("host.idna", "the host name has no ASCII form");
    if (info.errors & ~kAllowed) return fail("host.idna", "the host name is not a valid internationalised name");
    out.resize(static_cast<size_t>(n));
    return checked(std::move(out));
  }
  return fail("host.idna", "the host name has no ASCII form");
}

std::string to_unicode(std::string_view host) {
  if (ifind(host, "xn--") == std::string_view::npos) return std::string(host);
  std::string out;
  for (bool first = true;; first = false) {
    const size_t dot = host.find('.');
    const std::string_view label = host.substr(0, dot);
    if (!first) out += '.';
    if (istarts_with(label, "xn--") && is_ascii(label)) out += label_to_unicode(label);
    else out += label;
    if (dot == std::string_view::npos) return out;
    host.remove_prefix(dot + 1);
  }
}

bool within(std::string_view host, std::string_view domain) {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace sekisho::net
