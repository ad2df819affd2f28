// Takes plain text, gives the URLs in it as mail readers would link them (find_urls), or the one host that a short text
// names (host_named_by). Refuses nothing. One pass: memchr from "/" to "/" and from "." to ".", looking around each;
// nothing is read more than a few times.
#include <algorithm>
#include <limits>

#include "base/strings.h"
#include "net/address.h"
#include "net/host.h"
#include "net/url.h"
#include "text/charset.h"

namespace sekisho::net {
namespace {

constexpr size_t kMaxHost = 1024;     // bytes of UTF-8; longer runs are no host
constexpr size_t kMaxBareHost = 253;  // of a host without a scheme
constexpr size_t npos = std::string_view::npos;

// What a character above ASCII is to a URL in running text.
enum class Kind {
  stop,    // space, punctuation, symbol, invisible
  letter,  // of a script that puts spaces between words: part of the host or path it stands in
  glue,    // of a script that does not (Japanese …), or an emoji: may be a host's letter, or the sentence going on
  dot,     // 。．｡ which IDNA reads as "."
};

struct KindRange {
  char32_t first, last;
  Kind kind;
};
constexpr KindRange kKinds[] = {
    // what lies between is `letter`
    {0x80, 0xb6, Kind::stop},       {0xb8, 0xbf, Kind::stop},        {0xd7, 0xd7, Kind::stop},
    {0xf7, 0xf7, Kind::stop},       {0xe00, 0x109f, Kind::glue},     {0x1100, 0x11ff, Kind::glue},
    {0x1680, 0x1680, Kind::stop},   {0x1780, 0x17ff, Kind::glue},    {0x180e, 0x180e, Kind::stop},
    {0x2000, 0x206f, Kind::stop},   {0x20a0, 0x20cf, Kind::stop},    {0x2190, 0x245f, Kind::stop},
    {0x2500, 0x25ff, Kind::stop},   {0x2600, 0x27bf, Kind::glue},    {0x27c0, 0x2bff, Kind::stop},
    {0x2e00, 0x2e7f, Kind::stop},   {0x2e80, 0x2fdf, Kind::glue},    {0x2fe0, 0x3001, Kind::stop},
    {0x3002, 0x3002, Kind::dot},    {0x3003, 0x3004, Kind::stop},    {0x3005, 0x3007, Kind::glue},
    {0x3008, 0x3020, Kind::stop},   {0x3021, 0x3029, Kind::glue},    {0x302a, 0x3030, Kind::stop},
    {0x3031, 0x33ff, Kind::glue},   {0x3400, 0x9fff, Kind::glue},    {0xa960, 0xa97f, Kind::glue},
    {0xac00, 0xd7ff, Kind::glue},   {0xd800, 0xf8ff, Kind::stop},    {0xf900, 0xfaff, Kind::glue},
    {0xfe00, 0xfe6f, Kind::stop},   {0xfeff, 0xff0d, Kind::stop},    {0xff0e, 0xff0e, Kind::dot},
    {0xff0f, 0xff0f, Kind::stop},   {0xff1a, 0xff20, Kind::stop},    {0xff3b, 0xff40, Kind::stop},
    {0xff5b, 0xff60, Kind::stop},   {0xff61, 0xff61, Kind::dot},     {0xff62, 0xff65, Kind::stop},
    {0xff66, 0xff9f, Kind::glue},   {0xffa0, 0xffff, Kind::stop},    {0x1f000, 0x1faff, Kind::glue},
    {0x20000, 0x3ffff, Kind::glue}, {0xe0000, 0x10ffff, Kind::stop},
};

Kind kind_of(char32_t c) {
  const auto* range = std::lower_bound(std::begin(kKinds), std::end(kKinds), c,
                                       [](const KindRange& r, char32_t x) { return r.last < x; });
  return range != std::end(kKinds) && range->first <= c ? range->kind : Kind::letter;
}

bool one_of(char c, std::string_view set) { return set.find(c) != npos; }
bool ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool host_byte(char c) { return is_alnum(c) || c == '-' || c == '_'; }

// ASCII that may stand in a path, query or fragment within text.
bool tail_byte(char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"' && c != '`' && c != '\\'; }

// "com", "jp", "xn--p1ai" … a top-level domain that the list knows. Upper case only where all of it is ("mr.No" is a
// sentence without a space).
bool known_tld(std::string_view label) {
  if (label.size() < 2 || label.size() > 63 * 4) return false;
  if (!is_ascii(label)) {
    const auto ascii = to_ascii(label);
    return ascii && PublicSuffixes::system().listed(*ascii);
  }
  char lower[63];
  if (label.size() > sizeof lower) return false;
  for (size_t i = 0; i < label.size(); ++i) {
    if (!is_alnum(label[i]) && label[i] != '-') return false;
    lower[i] = ascii_lower(label[i]);
  }
  return PublicSuffixes::system().listed(std::string_view(lower, label.size()));
}

struct HostRun {
  size_t end;      // first byte after the host
  bool something;  // holds a letter or digit
};

// A host that begins at `from`. Japanese text after a complete name ("example.comをご確認") is not part of it.
HostRun scan_host(std::string_view s, size_t from) {
  const size_t most = std::min(s.size(), from + kMaxHost);
  size_t label = from, dots = 0, i = from, before_dot = from;
  bool ascii_label = true, ascii_before = true, something = false;
  while (i < most) {
    const char c = s[i];
    if (host_byte(c)) {
      something = true;
      ++i;
      continue;
    }
    if (c == '%' && i + 2 < s.size() && hex_digit(s[i + 1]) >= 0 && hex_digit(s[i + 2]) >= 0) {
      something = true;
      i += 3;
      continue;
    }
    size_t next = i + 1;
    Kind kind = c == '.' ? Kind::dot : Kind::stop;
    if (!ascii_byte(c)) {
      next = i;
      kind = kind_of(text::next_utf8(s, next));
    }
    if (kind == Kind::stop) break;
    if (!ascii_byte(c) && kind != Kind::letter && dots > 0) {
      if (ascii_label && i > label && known_tld(s.substr(label, i - label))) break;
      // "example.com.次": the stop belongs to the sentence.
      if (i == label && dots > 1 && ascii_before && known_tld(s.substr(before_dot, label - 1 - before_dot))) {
        i = label - 1;
        break;
      }
    }
    if (kind == Kind::dot) {
      if (i == label) break;  // an empty label
      before_dot = label;
      ascii_before = ascii_label && c == '.';
      ++dots;
      label = next;
      ascii_label = true;
    } else {
      ascii_label = false;
      something = true;
    }
    i = next;
  }
  return {i, something};
}

// Where the path, query and fragment that begin at `from` end.
size_t scan_tail(std::string_view s, size_t from) {
  size_t i = from;
  while (i < s.size()) {
    if (ascii_byte(s[i])) {
      if (!tail_byte(s[i])) break;
      ++i;
      continue;
    }
    size_t next = i;
    if (kind_of(text::next_utf8(s, next)) != Kind::letter) break;
    i = next;
  }
  return i;
}

// Full stops, quotes and brackets at the end belong to the sentence, unless the bracket was opened inside the URL.
size_t trim_tail(std::string_view s, size_t from, size_t end) {
  int round = 0, square = 0, curly = 0;  // closed more often than opened
  for (char c : s.substr(from, end - from)) {
    round += (c == ')') - (c == '(');
    square += (c == ']') - (c == '[');
    curly += (c == '}') - (c == '{');
  }
  while (end > from) {
    const char c = s[end - 1];
    if (c == ')' && round > 0) --round;
    else if (c == ']' && square > 0) --square;
    else if (c == '}' && curly > 0) --curly;
    else if (!one_of(c, ".,;:!?'*~|([{")) break;
    --end;
  }
  return end;
}

struct Ends {
  size_t end;     // of the URL; 0: there is none
  size_t resume;  // where to look on; everything before has been read
};

// host_end: the first byte after the host. Reads ":port" and the rest.
size_t finish(std::string_view s, size_t host_from, size_t host_end) {
  size_t i = host_end;
  if (i < s.size() && s[i] == ':') {
    size_t digits = i + 1;
    while (digits < s.size() && digits - i <= 5 && is_digit(s[digits])) ++digits;
    if (digits > i + 1) i = digits;
  }
  if (i < s.size() && (s[i] == '/' || s[i] == '?' || s[i] == '#')) return trim_tail(s, host_end, scan_tail(s, i));
  if (i == host_end)
    while (i > host_from && (s[i - 1] == '.' || s[i - 1] == '-')) --i;
  return i;
}

// What follows "http://".
Ends with_scheme(std::string_view s, size_t from) {
  // User information, as far as "@": bytes that RFC 3986 allows there.
  size_t host = from, i = from;
  for (; i < s.size(); ++i) {
    if (s[i] == '@') host = i + 1;
    else if (!is_alnum(s[i]) && !one_of(s[i], "-._~!$&'()*+,;=:%")) break;
  }
  if (host < s.size() && s[host] == '[') {
    const size_t close = s.substr(host, 64).find(']');
    if (close != npos && is_ipv6(s.substr(host, close + 1))) {
      const size_t end = finish(s, host, host + close + 1);
      return {end, end};
    }
    return {0, std::max(i, host + 1)};
  }
  const HostRun run = scan_host(s, host);
  // "http://http://example.com": the second one is the URL.
  if (!run.something || run.end - host >= kMaxHost || s.substr(run.end).starts_with("://"))
    return {0, std::max(run.end, from)};
  const size_t end = finish(s, host, run.end);
  return {end, std::max(end, run.end)};
}

// A host without a scheme must end in a top-level domain that exists.
bool plausible_bare_host(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  const size_t dot = host.rfind('.');
  if (dot == npos || dot == 0 || host.find("..") != npos) return false;
  const std::string_view tld = host.substr(dot + 1);
  if (!tld.empty() && tld[0] >= 'A' && tld[0] <= 'Z' &&
      std::any_of(host.begin(), host.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    return false;
  return known_tld(tld);
}

// A byte before a host that says it is part of something else: a mail address, a path, a variable.
bool belongs_to_more(char c) { return is_alnum(c) || one_of(c, "@/\\_%#&~+$-."); }

// s[dot] is the stop of "www.".
Ends www(std::string_view s, size_t dot, size_t floor) {
  const size_t from = dot - 3;
  if (from > floor && belongs_to_more(s[from - 1])) return {0, dot + 1};
  const HostRun run = scan_host(s, from);
  if (run.end - from >= kMaxHost || !plausible_bare_host(s.substr(from, run.end - from)) || run.end <= dot + 1 ||
      (run.end < s.size() && s[run.end] == '@'))
    return {0, std::max(run.end, dot + 1)};
  const size_t end = finish(s, from, run.end);
  return {end, std::max(end, run.end)};
}

// Start of the bare host that ends before `slash`, npos if none.
size_t bare_host_before(std::string_view s, size_t slash, size_t floor) {
  size_t end = slash;
  while (end > floor && slash - end <= 5 && is_digit(s[end - 1])) --end;
  if (end > floor && end < slash && s[end - 1] == ':') --end;
  else end = slash;
  size_t from = end;
  while (from > floor && end - from <= kMaxBareHost) {
    const char c = s[from - 1];
    if (ascii_byte(c)) {
      if (!host_byte(c) && c != '.') break;
      --from;
      continue;
    }
    size_t lead = from - 1;
    while (lead > floor && from - lead < 4 && (static_cast<unsigned char>(s[lead]) & 0xc0) == 0x80) --lead;
    size_t next = lead;
    if (kind_of(text::next_utf8(s, next)) != Kind::letter || next != from) break;
    from = lead;
  }
  if (end - from > kMaxBareHost) return npos;
  while (from < end && (s[from] == '-' || s[from] == '.' || s[from] == '_')) ++from;
  if (from == end || (from > floor && ascii_byte(s[from - 1]) && belongs_to_more(s[from - 1]))) return npos;
  return plausible_bare_host(s.substr(from, end - from)) && s[end - 1] != '.' ? from : npos;
}

// Length of the scheme name before "://" that readers link, 0 for others.
size_t scheme_before(std::string_view s, size_t colon, size_t floor) {
  const std::string_view before = s.substr(floor, colon - floor);
  const auto ends = [&](std::string_view name) {
    return before.size() >= name.size() && iequals(before.substr(before.size() - name.size()), name);
  };
  if (ends("https")) return 5;
  if (ends("http")) return 4;
  if (ends("ftp") && (before.size() == 3 || !is_alnum(before[before.size() - 4]))) return 3;
  return 0;
}

size_t next_www(std::string_view s, size_t from) {
  for (;;) {
    const size_t dot = s.find('.', from);
    if (dot == npos) return npos;
    if (dot >= 3 && (s[dot - 1] | 0x20) == 'w' && (s[dot - 2] | 0x20) == 'w' && (s[dot - 3] | 0x20) == 'w') return dot;
    from = dot + 1;
  }
}

// Trims what people put around a name: spaces of any script, quotes, brackets, final punctuation.
std::string_view bare_text(std::string_view s) {
  static constexpr std::string_view kAround[] = {
      "\u3000", "\u00a0", "\u200b", "\ufeff", "「", "」", "『", "』", "【", "】", "（", "）", "＜", "＞", "〈",
      "〉",     "《",     "》",     "“",      "”",  "‘",  "’",  "→",  "▶",  "»",  "›",  "。", "、", "：", "！"};
  for (bool more = true; more && !s.empty();) {
    more = false;
    if (is_space(s.front()) || one_of(s.front(), "<([\"'")) {
      if (s.front() == '[' && s.find(']') != npos && s.find(':') != npos && s.find("://") == npos)
        break;  // an IPv6 address
      s.remove_prefix(1);
      more = true;
    } else if (is_space(s.back()) || one_of(s.back(), ">)\"'.,;:!") || (s.back() == ']' && s.find('[') == npos)) {
      s.remove_suffix(1);
      more = true;
    } else if (!ascii_byte(s.front()) || !ascii_byte(s.back())) {
      for (std::string_view around : kAround) {
        if (s.starts_with(around)) s.remove_prefix(around.size()), more = true;
        if (s.ends_with(around)) s.remove_suffix(around.size()), more = true;
      }
    }
  }
  return s;
}

}  // namespace

std::vector<FoundUrl> find_urls(std::string_view s, const Limits& limits) {
  s = s.substr(0, std::numeric_limits<uint32_t>::max());
  std::vector<FoundUrl> out;
  size_t floor = 0;  // end of the last URL found
  size_t pos = 0;
  size_t slash = s.find('/'), dot = next_www(s, 0);
  const auto add = [&](size_t from, size_t end, bool scheme) {
    const std::string_view url = s.substr(from, std::min(end - from, limits.url_bytes - 7));
    out.push_back(
        {static_cast<uint32_t>(from), static_cast<uint32_t>(end - from), (scheme ? "" : "http://") + std::string(url)});
    floor = end;
  };
  while (out.size() < limits.links && (slash != npos || dot != npos)) {
    if (dot < slash) {
      const Ends e = www(s, dot, floor);
      if (e.end > 0) add(dot - 3, e.end, false);
      pos = std::max(e.resume, dot + 1);
    } else if (slash > floor && s[slash - 1] == ':' && slash + 1 < s.size() && s[slash + 1] == '/') {
      pos = slash + 2;
      if (const size_t n = scheme_before(s, slash - 1, floor)) {
        const Ends e = with_scheme(s, slash + 2);
        if (e.end > 0) add(slash - 1 - n, e.end, true);
        pos = std::max(e.resume, slash + 2);
      }
    } else {
      pos = slash + 1;
      if (const size_t from = bare_host_before(s, slash, floor); from != npos) {
        const size_t end = trim_tail(s, slash, scan_tail(s, slash));
        add(from, end, false);
        pos = std::max(pos, end);
      }
    }
    if (slash < pos) slash = s.find('/', pos);
    if (dot != npos && dot < pos) dot = next_www(s, pos);
  }
  return out;
}

std::string host_named_by(std::string_view text_utf8) {
  std::string_view s = trim(text_utf8);
  if (s.size() > 4096) return {};
  s = bare_text(s);
  if (s.empty()) return {};
  // Inside there may be no space: then it is a sentence.
  if (std::any_of(s.begin(), s.end(), [](char c) { return is_space(c); }) || s.find("\u3000") != npos) return {};
  const size_t colon = s.find("://");
  if (colon != npos && colon <= 5 && is_alnum(s[0])) {
    const auto url = parse_url(s);
    return url && url->special() && url->host ? *url->host : std::string();
  }
  const size_t end = std::min(s.find_first_of("/?#:"), s.size());
  const std::string_view host = s.substr(0, end);
  const bool brackets = s.front() == '[' && s.back() == ']';
  if (const auto v6 = parse_ipv6(brackets ? s.substr(1, s.size() - 2) : s)) return "[" + format_ipv6(*v6) + "]";
  if (host.empty() || host.size() > kMaxHost || host.find_first_of("@%_ ") != npos) return {};
  if (end < s.size() && s[end] == ':' && (end + 1 == s.size() || !is_digit(s[end + 1]))) return {};
  if (is_ipv4(host)) return std::string(host);
  auto ascii = to_ascii(host);
  if (!ascii) return {};
  if (ascii->ends_with('.')) ascii->pop_back();
  const auto& suffixes = PublicSuffixes::system();
  if (ascii->find('.') == std::string::npos || suffixes.registrable(*ascii).empty() || !suffixes.listed(*ascii))
    return {};
  return std::move(*ascii);
}

}  // namespace sekisho::net
