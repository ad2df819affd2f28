// Takes bytes, gives them percent-encoded or decoded (URL Standard, section 1.3). Entries append_encoded and
// percent_decode. Refuses nothing: a "%" that two hexadecimal digits do not follow stays.
#include "net/percent.h"

#include "base/strings.h"

#include "net/url.h"

namespace sekisho::net {

void append_encoded(std::string& out, std::string_view s, unsigned set) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  while (!s.empty()) {
    const size_t n = find_class(s, set);
    out.append(s.data(), n);
    if (n == s.size()) return;
    const auto c = static_cast<unsigned char>(s[n]);
    const char escaped[3] = {'%', kDigits[c >> 4], kDigits[c & 15]};
    out.append(escaped, 3);
    s.remove_prefix(n + 1);
  }
}

std::string percent_decode(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  size_t from = 0;
  for (;;) {
    const size_t at = s.find('%', from);
    if (at == std::string_view::npos) break;
    out.append(s.substr(from, at - from));
    from = at;
    int high = -1, low = -1;
    if (s.size() - at >= 3) high = hex_digit(s[at + 1]), low = hex_digit(s[at + 2]);
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      from += 3;
    } else {
      out += '%';
      from += 1;
    }
  }
  out.append(s.substr(from));
  return out;
}

}  // namespace sekisho::net
