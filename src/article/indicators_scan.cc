// Takes atoms; gives the candidates in order of place, none overlapping: URLs, mail addresses, hosts, addresses, hashes
// and ids, without roles. Entry: scan. Refuses nothing. One pass: each anchor ("://", "@", a dot, a digit) looks around
// itself within fixed bounds, and what was read is not read again.
#include <algorithm>

#include "article/indicators_parts.h"
#include "net/host.h"

namespace sekisho::article::internal {
namespace {

constexpr size_t kMostUrl = 8 << 10;  // atoms
constexpr std::string_view kPathStops = "\"<>`{}|\\^ \t\n\r[]";

struct Scheme {
  std::string name;  // refanged; "" = none
  size_t length = 0;
  bool fanged = false;
};

// The scheme that ends a run of letters: "hxxps" → https, "h**p" → http, "ttps" → https, "fxp" → ftp.
Scheme scheme_of(std::string_view run) {
  struct Known {
    std::string_view written, meant;
  };
  static constexpr Known kKnown[] = {{"https", "https"}, {"http", "http"}, {"ftps", "ftps"}, {"sftp", "sftp"},
                                     {"ftp", "ftp"},     {"wss", "wss"},   {"ws", "ws"},     {"ldaps", "ldaps"},
                                     {"ldap", "ldap"},   {"smb", "smb"},   {"tcp", "tcp"},   {"udp", "udp"},
                                     {"rmi", "rmi"}};
  // Written to be no link. '?' here is any sign that people put in place of a letter.
  static constexpr Known kFangs[] = {{"h????ps", "https"}, {"h???ps", "https"}, {"h??ps", "https"}, {"h?ps", "https"},
                                     {"h???p", "http"},    {"h??p", "http"},    {"h?p", "http"},    {"meows", "https"},
                                     {"meow", "http"},     {"ttps", "https"},   {"ttp", "http"},    {"f?ps", "ftps"},
                                     {"f?p", "ftp"},       {"w?s", "wss"},      {"tps", "https"},   {"tp", "http"}};
  const auto fits = [](std::string_view s, std::string_view pattern) {
    bool sign = false;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != '?') {
        if (s[i] != pattern[i]) return false;
      } else if (std::string_view("tx*_-#+.o?").find(s[i]) == std::string_view::npos) {
        return false;
      } else {
        sign = sign || s[i] != 't';
      }
    }
    return sign || pattern.find('?') == pattern.npos;
  };
  Scheme best;
  for (const Known& k : kKnown)
    if (run.ends_with(k.written) && k.written.size() > best.length)
      best = {std::string(k.meant), k.written.size(), false};
  for (const Known& k : kFangs)
    if (run.size() >= k.written.size() && k.written.size() > best.length &&
        fits(run.substr(run.size() - k.written.size()), k.written))
      best = {std::string(k.meant), k.written.size(), true};
  return best;
}

class Scanner {
 public:
  Scanner(const View& view, const net::PublicSuffixes& suffixes, size_t most)
      : v_(view), suffixes_(suffixes), most_(most) {}

  std::vector<Candidate> run() {
    for (size_t i = 0; i < v_.size() && out_.size() < most_;) {
      const size_t next = at(i);
      i = std::max(next, i + 1);
    }
    return std::move(out_);
  }

 private:
  // What begins or is anchored at i; returns where to go on.
  size_t at(size_t i) {
    const char32_t c = v_.c(i);
    const bool start = i <= floor_ || !v_.latin(i - 1);
    Candidate found;
    size_t skip = i;
    if (start && (c == 'c' || c == 'C') && read_cve(v_, i, found)) return take(std::move(found));
    if (start && (c == 't' || c == 'T') && read_technique(v_, i, found)) return take(std::move(found));
    if (start && v_.hex(i)) {
      if (read_hash(v_, i, found, skip)) return take(std::move(found));
      if (skip > i) return skip;
    }
    if ((start && v_.hex(i)) || (c == ':' && start && v_.c(i + 1) == ':')) {
      if (i >= ipv6_done_) {
        if (read_ipv6(v_, i, found, skip)) return take(std::move(found));
        ipv6_done_ = skip;
        found = {};
      }
    }
    if (start && v_.digit(i)) {
      if (read_ipv4(v_, i, found, skip)) {
        const size_t block = std::max(skip, found.to);
        if (block == found.to && url_follows(found.to)) return numeric_url(std::move(found));
        take(std::move(found));
        return block;
      }
      if (skip > i) return skip;
    }
    if (c == ':') {
      if (const size_t end = url(i); end > i) return end;
    }
    if (c == '/' && v_.c(i + 1) == '/' && (i == 0 || v_.space(i - 1) || v_.c(i - 1) == '"' || v_.c(i - 1) == '\n'))
      if (const size_t end = relative_url(i); end > i) return end;
    if (v_.at_sign(i))
      if (const size_t end = mail(i); end > i) return end;
    if (dot_at(v_, i)) return host(i);
    return i + 1;
  }

  size_t take(Candidate c) {
    floor_ = c.to;
    out_.push_back(std::move(c));
    return floor_;
  }

  bool url_follows(size_t i, bool wide = false) const {
    const char32_t c = v_.c(i);
    if (c == '/') {
      if ((v_.flags(i) & kWide) != 0 && !wide && (i == 0 || (v_.flags(i - 1) & kWide) == 0)) return false;
      // "203.0.113.7:443/tcp"
      size_t word = i + 1;
      while (word < i + 6 && v_.latin(word)) ++word;
      const std::string after = v_.lower(i + 1, word);
      if ((after == "tcp" || after == "udp") && v_.c(word) != '/') return false;
      return v_.c(i + 1) != '/';
    }
    if (c != '?' || (v_.flags(i) & kWide) != 0) return false;
    for (size_t k = i + 1; k < i + 40 && (v_.latin(k) || v_.c(k) == '_' || v_.c(k) == '-' || v_.c(k) == '='); ++k)
      if (v_.c(k) == '=') return k > i + 1;
    return false;
  }

  // The separator of a row of values that a URL beginning at `from` stands in; 0 = none.
  char32_t separator(size_t from) const {
    const char32_t c = from == 0 ? U'\n' : v_.c(from - 1);
    if (c == ',' || c == ';') return c;
    if (c != '\n') return 0;
    unsigned commas = 0;
    for (size_t i = from; i < from + 1000 && i < v_.size() && v_.c(i) != '\n'; ++i) {
      if (v_.space(i)) return 0;
      commas += v_.c(i) == ',';
    }
    return commas >= 2 ? U',' : 0;
  }

  // A scheme begins at i.
  bool scheme_at(size_t i) const {
    size_t end = i;
    while (end < i + 7 && (v_.latin(end) || v_.c(end) == '*')) ++end;
    if (end < i + 3) return false;
    if (v_.c(end) != ':' || v_.c(end + 1) != '/') return false;
    return !scheme_of(v_.lower(i, end)).name.empty();
  }

  // Path, query and fragment from q on: its end; text gets them, masked becomes true where letters are.
  size_t path(size_t q, size_t begin, bool wide, std::string& text, bool& masked) const {
    const char32_t row = separator(begin);
    size_t end = q;
    unsigned round = 0;  // open "(" in it
    for (; end < q + kMostUrl && end < v_.size(); ++end) {
      const char32_t c = v_.c(end);
      const uint8_t flags = v_.flags(end);
      if ((flags & kSpaced) != 0) break;
      if (c < 0x80) {
        if (c < 0x21 || c == 0x7f || (kPathStops.find(static_cast<char>(c)) != kPathStops.npos)) break;
        if ((flags & kWide) != 0 && !wide && v_.cls(end) == Class::other) {
          // A full-width mark in a URL that is not full-width is the sentence's, but for the inner ones.
          if (c != '-' && c != '_' && c != '.' && c != '=' && c != '%') break;
          if (!v_.latin(end + 1)) break;
        }
        if (c == row && row != 0) break;
        if ((c == ',' || c == ';') && scheme_at(end + 1)) break;
        if (c == '(') ++round;
        if (c == ')') {
          if (round == 0) break;
          --round;
        }
        if (c == '/' && (flags & kWide) != 0 && !wide) break;
        continue;
      }
      if (v_.mask_end(end, true) > end) continue;
      if (v_.cls(end) != Class::latin) break;
    }
    const char32_t lead = begin > 0 ? v_.c(begin - 1) : 0;
    while (end > q) {
      const char32_t c = v_.c(end - 1);
      bool drop = c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'';
      if (c == '*') drop = lead == '*';
      if (c == '_' || c == '~') drop = lead == c;
      if (c == '(') drop = true;
      if (c == ')') {  // one whose partner was dropped
        const auto open =
            std::count_if(v_.atoms.begin() + static_cast<long>(q), v_.atoms.begin() + static_cast<long>(end),
                          [](const Atom& a) { return a.c == '('; });
        drop = open == 0;
      }
      if (!drop) break;
      --end;
    }
    // Masks: runs of signs, and x's that fill a whole value.
    const auto delimiter = [](char32_t c) {
      return c < 0x80 && c != 0 ? std::string_view("/?&=#-_.,;+~:").find(static_cast<char>(c)) != std::string_view::npos
                                : c == 0;
    };
    for (size_t i = q; i < end;) {
      size_t mask = v_.mask_end(i, true);
      if (mask == i && (v_.c(i) == 'x' || v_.c(i) == 'X') && (i == q || delimiter(v_.c(i - 1)))) {
        size_t k = i;
        while (k < end && v_.c(k) == v_.c(i)) ++k;
        if (k - i >= 4 && (k == end || delimiter(v_.c(k)))) mask = k;
      }
      if (mask > i) {
        text += '*';
        masked = true;
        i = std::min(mask, end);
      } else {
        text += v_.utf8(i, i + 1);
        ++i;
      }
    }
    return end;
  }

  // A URL behind its scheme; from: first atom, p: first behind "//".
  size_t rest_of_url(size_t from, size_t p, const std::string& prefix, bool fanged, bool must_know) {
    Candidate found;
    std::string user;
    size_t host_at = p;
    for (size_t k = p; k < p + 128; ++k) {
      const char32_t c = v_.c(k);
      if (c == '@' && k > p && (v_.latin(k + 1) || v_.c(k + 1) == '[')) {
        user = v_.utf8(p, k + 1);
        host_at = k + 1;
      }
      const bool inside =
          v_.latin(k) || (c < 0x80 && c != 0 &&
                          std::string_view(".-_~%!$&'*+,;=:@").find(static_cast<char>(c)) != std::string_view::npos);
      if (!inside || (c == ',' && scheme_at(k + 1))) break;
    }
    std::string name, ascii;
    size_t end = host_at;
    bool masked = false, listed = true, wide = false, pattern_known = false;
    if (v_.c(host_at) == '[') {
      size_t close = host_at + 1;
      while (close < host_at + 60 && (v_.hex(close) || v_.c(close) == ':' || v_.c(close) == '.')) ++close;
      name = v_.c(close) == ']' ? ipv6_text(v_.lower(host_at + 1, close)) : "";
      if (name.empty()) return from;
      ascii = name = "[" + name + "]";
      end = close + 1;
    } else {
      Candidate number;
      size_t skip = host_at;
      if (v_.digit(host_at) && read_ipv4_plain(host_at, number, skip)) {
        name = ascii = number.found.value;
        masked = number.masked;
        fanged = fanged || number.found.defanged;
        end = number.to;
        wide = end > host_at && (v_.flags(end - 1) & kWide) != 0;
      } else {
        const Host h = read_host_after(v_, host_at, suffixes_);
        if (!plausible(v_, h, Trust::url) || h.from != host_at) return from;
        if (must_know && !h.listed && !h.fanged && !v_.cues.reserved.contains(h.tld)) return from;
        name = h.value;
        ascii = h.masked ? "" : h.value;
        masked = h.masked;
        listed = h.listed;
        fanged = fanged || h.fanged;
        end = h.to;
        wide = (v_.flags(end - 1) & kWide) != 0;
        if (masked) {
          std::string probe;
          for (const char c : name) c == '*' ? probe += "xmaskx" : probe += c;
          const std::string_view own = suffixes_.registrable(probe);
          pattern_known = !own.empty() && own.find("xmaskx") == own.npos;
        }
      }
    }
    const size_t port = port_end(v_, end);
    std::string value = prefix + user + name + v_.utf8(end, port);
    std::string tail;
    bool tail_masked = false;
    size_t stop = port;
    const char32_t c = v_.c(port);
    if (c == '/' || c == '?' || c == '#') {
      const bool wide_here = (v_.flags(port) & kWide) == 0 || wide || (v_.flags(from) & kWide) != 0 ||
                             (p > 0 && (v_.flags(p - 1) & kWide) != 0);
      if (wide_here) stop = path(port, from, wide || (p > 0 && (v_.flags(p - 1) & kWide) != 0), tail, tail_masked);
    }
    value += tail;
    found.from = from;
    found.to = stop;
    found.masked = masked || tail_masked;
    found.path = tail.size() > 1;
    found.found.type = Type::url;
    found.found.value = value;
    if (masked && !pattern_known) {  // nothing but the pattern of the host tells anything
      found.found.type = net::is_ipv4(name) || (!name.empty() && is_digit(name[0]) &&
                                                name.find_first_not_of("0123456789.*") == name.npos)
                             ? Type::ipv4
                             : Type::domain;
      found.found.value = name + v_.utf8(end, port);
    } else if (masked && !found.path) {
      found.found.type = Type::domain;
      found.found.value = name;
    }
    found.found.host = found.masked ? "" : ascii;
    found.found.listed = listed;
    found.found.defanged = fanged || v_.fanged(from, stop);
    return take(std::move(found));
  }

  // An IPv4 address without the words around it, port left.
  bool read_ipv4_plain(size_t i, Candidate& out, size_t& skip) const {
    if (!read_ipv4(v_, i, out, skip)) return false;
    size_t end = i;
    while (end < out.to && v_.c(end) != ':') ++end;
    out.to = end;
    out.found.value = out.found.value.substr(0, out.found.value.find(':'));
    return true;
  }

  // ":" of "://".
  size_t url(size_t colon) {
    size_t p = colon + 1;
    bool spaced = false;
    if (v_.space(p) && v_.c(p + 1) == '/') ++p, spaced = true;
    const bool back = v_.c(p) == '\\' && v_.c(p + 1) == '\\';
    if (!back && (v_.c(p) != '/' || v_.c(p + 1) != '/')) return colon;
    p += 2;
    if (v_.space(p)) ++p, spaced = true;
    size_t end = colon;
    if (end > floor_ && v_.space(end - 1)) --end, spaced = true;
    if (end > floor_ && v_.c(end - 1) == ']') --end;  // "[hxxps]://"
    size_t from = end;
    while (from > floor_ && end - from < 12 &&
           ((v_.c(from - 1) < 0x80 && v_.latin(from - 1)) || is_mask_sign(v_.c(from - 1)) || v_.c(from - 1) == '_' ||
            v_.c(from - 1) == '-' || v_.c(from - 1) == '+' || v_.c(from - 1) == '#' || v_.c(from - 1) == '.' ||
            (v_.c(from - 1) == '?' && from > floor_ + 1 && v_.c(from - 2) != '\n')))
      --from;
    std::string run;
    for (size_t i = from; i < end; ++i) run += v_.c(i) < 0x80 ? ascii_lower(static_cast<char>(v_.c(i))) : '*';
    Scheme scheme = scheme_of(run);
    bool must_know = spaced;
    if (scheme.name.empty() || (scheme.fanged && scheme.length <= 3 && scheme.length < run.size() &&
                                is_alpha(run[run.size() - scheme.length - 1]))) {
      size_t word = run.size();
      while (word > 0 && is_alnum(run[word - 1])) --word;
      scheme = {run.substr(word), run.size() - word, false};
      must_know = true;
      if (scheme.length < 2 || scheme.name.size() > 10 || !is_alpha(scheme.name[0])) return colon;
    }
    from = end - scheme.length;
    if (end < colon && v_.c(end) == ']' && from > floor_ && v_.c(from - 1) == '[') --from;
    const size_t done = rest_of_url(from, p, scheme.name + "://", scheme.fanged || back, must_know);
    return done > from ? done : colon;
  }

  size_t relative_url(size_t i) {
    const size_t done = rest_of_url(i, i + 2, "//", false, true);
    return done > i ? done : i;
  }

  // "203.0.113.9/portal"
  size_t numeric_url(Candidate number) {
    std::string tail;
    bool masked = false;
    const size_t stop = path(number.to, number.from, false, tail, masked);
    if (tail.size() < 2) return take(std::move(number));
    Candidate found = std::move(number);
    found.found.host = found.found.value.substr(0, found.found.value.find(':'));
    found.found.type = Type::url;
    found.found.value += tail;
    found.to = stop;
    found.masked = found.masked || masked;
    found.path = true;
    if (found.masked) found.found.host.clear();
    found.found.defanged = found.found.defanged || v_.fanged(found.from, stop);
    return take(std::move(found));
  }

  bool local_char(size_t i) const {
    if (v_.latin(i)) return true;
    const char32_t c = v_.c(i);
    if (c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c == '&' || c == '=') return true;
    return v_.mask_end(i, true) > i && !v_.at_sign(i);
  }

  size_t mail(size_t sign) {
    size_t from = sign;
    while (from > floor_ && sign - from < 64 && local_char(from - 1)) --from;
    while (from < sign && (v_.c(from) == '.' || v_.c(from) == '-' || v_.c(from) == '%' || v_.c(from) == '&')) ++from;
    // "to=a@b" and "_a@b_": what a name cannot be.
    for (size_t i = sign; i > from; --i)
      if (v_.c(i - 1) == '=' || v_.c(i - 1) == '&') {
        from = i;
        break;
      }
    if (from < sign && is_mask_sign(v_.c(from)) && v_.c(from) == '*' && v_.latin(from + 1) && v_.c(from + 1) != '*')
      ++from;
    if (from == sign || v_.c(sign - 1) == '.') return sign;
    const Host h = read_host_after(v_, sign + 1, suffixes_);
    const bool declared = v_.c(sign) == '@';
    if (h.from != sign + 1 || !plausible(v_, h, Trust::mail)) return sign;
    if (!declared && !h.listed && !v_.cues.reserved.contains(h.tld) && !h.fanged) return sign;
    Candidate found;
    bool masked = h.masked;
    std::string local;
    size_t begin = from;
    while (begin + 2 < sign && v_.c(begin) == '*' && v_.c(begin + 1) == '*' && v_.latin(begin + 2) && v_.c(h.to) == '*')
      begin += 2;
    for (size_t i = begin; i < sign;) {
      const size_t mask = v_.mask_end(i, true);
      if (mask > i) {
        local += '*';
        masked = true;
        i = mask;
      } else {
        local += v_.utf8(i, i + 1);
        ++i;
      }
    }
    found.from = begin;
    found.to = h.to;
    found.masked = masked;
    found.found.type = Type::email;
    found.found.value = local + "@" + h.value;
    found.found.host = masked ? "" : h.value;
    found.found.listed = h.listed;
    found.found.defanged = v_.fanged(begin, sign + 1) || h.fanged || !declared;
    // A sign for "@" alone is how addresses to report to are printed too: no word of danger.
    if (!declared && !v_.fanged(begin, sign) && !h.fanged) found.found.defanged = false;
    return take(std::move(found));
  }

  size_t host(size_t dot) {
    const Host h = read_host(v_, dot, floor_, suffixes_);
    if (h.numeric) return h.to;
    if (v_.at_sign(h.to) && h.from < h.to)
      if (const size_t end = mail(h.to); end > h.to) return end;
    if (!h.good) return std::max(h.to, dot + 1);
    const size_t port = port_end(v_, h.to);
    const bool follows = url_follows(port, h.wide);
    if (!plausible(v_, h, follows ? Trust::path : Trust::bare)) return std::max(h.to, dot + 1);
    Candidate found;
    found.from = h.from;
    found.to = port;
    found.masked = h.masked;
    found.found.host = h.masked ? "" : h.value;
    found.found.listed = h.listed;
    found.found.type = Type::domain;
    found.found.value = h.value + v_.utf8(h.to, port);
    if (follows) {
      std::string tail;
      bool masked = false;
      found.to = path(port, h.from, h.wide, tail, masked);
      found.path = tail.size() > 1;
      if (!h.masked) {
        found.found.type = Type::url;
        found.found.value += tail;
        found.masked = masked;
        if (masked) found.found.host.clear();
      }
    }
    found.found.defanged = h.fanged || v_.fanged(found.from, found.to);
    return take(std::move(found));
  }

  const View& v_;
  const net::PublicSuffixes& suffixes_;
  size_t most_;
  size_t floor_ = 0, ipv6_done_ = 0;
  std::vector<Candidate> out_;
};

}  // namespace

std::vector<Candidate> scan(const View& view, const net::PublicSuffixes& suffixes, size_t most) {
  return Scanner(view, suffixes, most).run();
}

}  // namespace sekisho::article::internal
