// Takes a place in the atoms; gives the address, hash, CVE or technique id that begins there. Entries: read_ipv4,
// read_ipv6, read_hash, read_cve, read_technique. Refuses versions, sections and object ids by the words around them,
// and what is part of something longer.
#include <algorithm>

#include "article/indicators_parts.h"
#include "net/host.h"
#include "net/url.h"
#include "text/charset.h"

namespace sekisho::article::internal {
namespace {

// What stands before `i` on its line, at most `most` atoms, in lower case, without spaces and marks at its end.
std::string before(const View& v, size_t i, size_t most) {
  size_t end = i;
  while (end > 0 && i - end < 6 &&
         (v.space(end - 1) || v.c(end - 1) == ':' || v.c(end - 1) == '=' || v.c(end - 1) == '.' ||
          v.c(end - 1) == '#' || v.c(end - 1) == '('))
    --end;
  size_t from = end;
  while (from > 0 && end - from < most && v.c(from - 1) != '\n') --from;
  return v.lower(from, end);
}
std::string after(const View& v, size_t i, size_t most) {
  size_t from = i;
  while (from < i + 2 && (v.space(from) || v.c(from) == ',')) ++from;
  size_t end = from;
  while (end < from + most && end < v.size() && v.c(end) != '\n') ++end;
  return v.lower(from, end);
}

// Ends in one of the words; a Latin word must begin where a word begins.
bool ends_in(std::string_view s, const std::vector<std::string>& words) {
  for (const std::string& w : words) {
    if (!s.ends_with(w)) continue;
    if (!is_ascii(w) || s.size() == w.size() || !is_alpha(s[s.size() - w.size() - 1])) return true;
  }
  return false;
}
bool begins_with(std::string_view s, const std::vector<std::string>& words) {
  for (const std::string& w : words)
    if (s.starts_with(w) && (!is_ascii(w) || s.size() == w.size() || !is_alpha(s[w.size()]))) return true;
  return false;
}

bool number_dot(const View& v, size_t i) {
  const char32_t c = v.c(i);
  return c == '.' || c == 0x3002 || c == 0x30fb;
}

// The end of an octet's mask: "xxx", "***", "●●".
size_t masked_octet(const View& v, size_t i) {
  size_t end = i;
  while (end < i + 4 && (v.c(end) == 'x' || v.c(end) == 'X')) ++end;
  if (end > i) return v.latin(end) ? i : end;
  return v.mask_end(i, true);
}

}  // namespace

std::string ipv6_text(std::string_view s) {
  if (!net::is_ipv6(s)) return {};
  const auto url = net::parse_url("http://[" + std::string(s) + "]/");
  if (!url || url->host_view().size() < 4) return {};
  return std::string(url->host_view().substr(1, url->host_view().size() - 2));
}

size_t port_end(const View& v, size_t colon) {
  if (v.c(colon) != ':' || !v.digit(colon + 1)) return colon;
  size_t end = colon + 1;
  unsigned value = 0;
  while (end < colon + 7 && v.digit(end)) value = value * 10 + static_cast<unsigned>(v.c(end++) - '0');
  if (value == 0 || value > 65535 || end - colon > 6 || v.latin(end)) return colon;
  if (v.c(end) == ':' && v.latin(end + 1)) return colon;
  return end;
}

bool read_ipv4(const View& v, size_t i, Candidate& out, size_t& skip) {
  skip = i;
  size_t p = i;
  std::string value;
  bool masked = false, fanged = false, wide = false;
  unsigned octets = 0;
  for (;;) {
    const size_t from = p;
    unsigned number = 0;
    while (v.digit(p) && p < from + 4) number = number * 10 + static_cast<unsigned>(v.c(p++) - '0');
    if (p == from) {
      if (octets < 2 || (p = masked_octet(v, p)) == from) break;
      masked = true;
      value += '*';
    } else {
      if (v.digit(p) || number > 255 || (p - from > 1 && v.c(from) == '0')) octets = 9;
      if (masked) octets = 9;
      value += std::to_string(number);
    }
    ++octets;
    if (!number_dot(v, p) || (!v.digit(p + 1) && masked_octet(v, p + 1) == p + 1)) break;
    if (octets == 4) {
      octets = 9;
      break;
    }
    if (octets > 8) break;
    fanged = fanged || (v.flags(p) & kFanged) != 0;
    wide = wide || v.c(p) != '.';
    value += '.';
    ++p;
  }
  // A longer dotted number, or one that does not fit, is passed over as a whole.
  if (octets != 4) {
    while (v.digit(p) || (number_dot(v, p) && v.digit(p + 1))) ++p;
    skip = octets > 1 ? p : i;
    return false;
  }
  skip = p;
  if (v.latin(p) || v.c(p) == '_' || (v.c(p) == '.' && v.latin(p + 1) && !v.digit(p + 1))) {
    skip = i;  // the beginning of a host name, perhaps
    return false;
  }
  if (i > 0) {
    const char32_t b = v.c(i - 1);
    const bool word = i > 1 && v.cls(i - 2) == Class::latin && (v.flags(i - 1) & kWide) == 0;
    if (b == '.' && i > 1 && v.cls(i - 2) != Class::other) return false;
    if (word && (b == '/' || b == '@' || b == '-' || b == '_') && !fanged) {
      if (b != '/' || !ends_in(before(v, i - 1, 20), v.cues.address_before)) return false;
    }
  }
  if (!fanged) {
    const std::string left = before(v, i, 24);
    if (ends_in(left, v.cues.version_before) || begins_with(after(v, p, 16), v.cues.version_after)) return false;
  }
  out.found.type = Type::ipv4;
  const size_t port = masked ? p : port_end(v, p);
  if (port > p) value += v.utf8(p, port);
  out.found.value = value;
  out.found.defanged = fanged || v.fanged(i, port) || wide;
  out.masked = masked;
  out.from = i;
  out.to = port;
  if (v.c(port) == '/' && v.digit(port + 1) && !v.digit(port + 3) && !v.latin(port + 3)) skip = port + 3;  // a block
  return true;
}

bool read_ipv6(const View& v, size_t i, Candidate& out, size_t& skip) {
  skip = i;
  size_t p = i;
  unsigned colons = 0;
  bool digit = false;
  while (p < i + 64 &&
         (v.hex(p) || v.c(p) == ':' || (v.c(p) == '.' && v.digit(p - 1) && v.digit(p + 1) && colons > 1))) {
    colons += v.c(p) == ':';
    digit = digit || v.digit(p);
    ++p;
  }
  const size_t run = p;
  if (colons < 2) return false;
  skip = run;
  if (v.latin(p) || !digit) return false;
  // One colon at the end is the sentence's.
  if (v.c(p - 1) == ':' && v.c(p - 2) != ':') --p;
  std::string text = v.lower(i, p);
  std::string normal = ipv6_text(text);
  if (normal.empty()) return false;
  // Times, ratios and names in programs look alike: addresses that are in use begin in few ways.
  const size_t groups = static_cast<size_t>(std::count(text.begin(), text.end(), ':')) + 1;
  const std::string_view head = std::string_view(text).substr(0, text.find(':'));
  const bool global = head.size() == 4 && (head[0] == '2' || head[0] == '3');
  const bool local = head.starts_with("fe8") || head.starts_with("fe9") || head.starts_with("fea") ||
                     head.starts_with("feb") ||
                     (head.size() == 4 && (head.starts_with("fc") || head.starts_with("fd") || head.starts_with("ff")));
  if (!global && !local && head != "64" && !text.starts_with("::ffff:") && groups != 8) return false;
  out.from = i;
  out.to = p;
  out.found.type = Type::ipv6;
  out.found.value = normal;
  if (i > 0 && v.c(i - 1) == '[' && v.c(p) == ']') {
    const size_t port = port_end(v, p + 1);
    if (port > p + 1) {
      out.from = i - 1;
      out.to = port;
      out.found.value = "[" + normal + "]" + v.utf8(p + 1, port);
    }
  }
  out.found.defanged = v.fanged(out.from, out.to);
  skip = out.to;
  return true;
}

bool read_hash(const View& v, size_t i, Candidate& out, size_t& skip) {
  skip = i;
  size_t p = i;
  bool letter = false, digit = false;
  while (v.hex(p)) {
    digit = digit || v.digit(p);
    letter = letter || !v.digit(p);
    ++p;
  }
  const size_t length = p - i;
  if (length < 32) return false;
  if (v.c(p) == '-' && v.latin(p + 1)) return false;
  if (v.latin(p) || v.c(p) == '_' || v.c(p) == '@' ||
      (i > 0 && (v.c(i - 1) == '_' || (v.c(i - 1) == '-' && i > 1 && v.latin(i - 2)))))
    return false;
  if (v.c(p) == '.' && v.latin(p + 1)) {  // a file named by its hash, or a host
    size_t end = p + 1;
    while (end < p + 12 && v.latin(end)) ++end;
    if (!v.cues.file_endings.contains(v.lower(p + 1, end))) return false;
  }
  if ((length != 32 && length != 40 && length != 64) || !letter || !digit ||
      ends_in(before(v, i, 24), v.cues.hash_before)) {
    skip = p;
    return false;
  }
  out.found.type = length == 32 ? Type::md5 : length == 40 ? Type::sha1 : Type::sha256;
  out.found.value = v.lower(i, p);
  out.from = i;
  out.to = p;
  return true;
}

bool read_cve(const View& v, size_t i, Candidate& out) {
  if (v.size() < i + 12 || v.lower(i, i + 3) != "cve") return false;
  const auto dash = [&](size_t k) { return v.c(k) == '-' || (v.c(k) >= 0x2012 && v.c(k) <= 0x2015); };
  if (!dash(i + 3) && !v.space(i + 3)) return false;
  size_t p = i + 4;
  for (const size_t end = p + 4; p < end; ++p)
    if (!v.digit(p)) return false;
  const std::string year = v.utf8(i + 4, p);
  if ((!year.starts_with("19") && !year.starts_with("20")) || !dash(p)) return false;
  const size_t from = ++p;
  while (v.digit(p) && p < from + 20) ++p;
  if (p - from < 4 || p - from > 8 || v.latin(p)) return false;
  out.found.type = Type::cve;
  out.found.value = "CVE-" + year + "-" + v.utf8(from, p);
  out.from = i;
  out.to = p;
  return true;
}

bool read_technique(const View& v, size_t i, Candidate& out) {
  if (v.c(i) != 'T' && v.c(i) != 't') return false;
  unsigned number = 0;
  for (size_t k = 1; k < 5; ++k) {
    if (!v.digit(i + k)) return false;
    number = number * 10 + static_cast<unsigned>(v.c(i + k) - '0');
  }
  // Enterprise and mobile ids begin at T1001, those of industrial control systems at T0800.
  if ((number < 1001 || number > 1999) && (number < 800 || number > 899)) return false;
  size_t p = i + 5;
  if (v.c(p) == '.' && v.digit(p + 1)) {
    if (!v.digit(p + 2) || !v.digit(p + 3)) return false;
    p += 4;
    if (v.c(p) == '.' && v.digit(p + 1)) return false;
  }
  if (v.latin(p) || v.c(p) == '_' || (v.c(p) == '-' && v.latin(p + 1))) return false;
  if (i > 0 && (v.c(i - 1) == '-' || v.c(i - 1) == '_' || v.c(i - 1) == '.')) return false;
  if (i > 0 && v.c(i - 1) == '/' && (i == 1 || !v.digit(i - 2))) return false;  // a path; "T1557/T1539" is none
  if (ends_in(before(v, i, 24), v.cues.technique_before)) return false;
  out.found.type = Type::technique;
  out.found.value = "T" + v.utf8(i + 1, p);
  out.from = i;
  out.to = p;
  return true;
}

}  // namespace sekisho::article::internal
