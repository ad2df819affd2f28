// Takes the text of a URL, gives a Url: the basic URL parser of the URL Standard (section 4.4), with its states as
// functions that each read one component. Entry parse_url. Refuses what the standard calls failure, and text over
// Limits::url_bytes.
#include <cstring>

#include "base/strings.h"
#include "net/percent.h"
#include "net/url.h"
#include "net/url_host.h"
#include "text/charset.h"

namespace sekisho::net {
namespace {

bool is_drive_letter(std::string_view s) { return s.size() == 2 && is_alpha(s[0]) && (s[1] == ':' || s[1] == '|'); }

bool starts_with_drive_letter(std::string_view s) {
  if (s.size() < 2 || !is_drive_letter(s.substr(0, 2))) return false;
  return s.size() == 2 || s[2] == '/' || s[2] == '\\' || s[2] == '?' || s[2] == '#';
}

// 1 for "." and its escaped spelling, 2 for "..", 0 for anything else.
int dots(std::string_view s) {
  if (s.empty() || s.size() > 6 || (s[0] != '.' && s[0] != '%')) return 0;
  int n = 0;
  while (!s.empty()) {
    if (s[0] == '.') s.remove_prefix(1);
    else if (istarts_with(s, "%2e")) s.remove_prefix(3);
    else return 0;
    ++n;
  }
  return n <= 2 ? n : 0;
}

uint16_t default_port(std::string_view scheme) {
  if (scheme == "https" || scheme == "wss") return 443;
  if (scheme == "http" || scheme == "ws") return 80;
  return scheme == "ftp" ? 21 : 0;
}

// No control character and nothing above ASCII: the usual URL, which needs no cleaning. Eight bytes at a time.
bool is_plain(std::string_view s) {
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, s.data() + i, 8);
    const uint64_t below_space = (word - 0x2020202020202020ull) & ~word;
    if ((below_space | word) & 0x8080808080808080ull) return false;
  }
  for (; i < s.size(); ++i)
    if (static_cast<unsigned char>(s[i]) < 0x20 || static_cast<unsigned char>(s[i]) > 0x7f) return false;
  return true;
}

class Parser {
 public:
  explicit Parser(const Url* base) : base_(base) {}

  Result<Url> run(std::string_view s) {
    TRY(start(s));
    return std::move(url_);
  }

 private:
  using Status = Result<void>;

  bool slash(char c) const { return c == '/' || (special_ && c == '\\'); }
  bool starts_with_slash(std::string_view s) const { return !s.empty() && slash(s[0]); }

  Status start(std::string_view s) {
    if (!s.empty() && is_alpha(s[0])) {
      size_t n = 1;
      while (n < s.size() && byte_in(s[n], kSchemeByte)) ++n;
      if (n < s.size() && s[n] == ':') {
        url_.scheme = ascii_lower(s.substr(0, n));
        return after_scheme(s.substr(n + 1));
      }
    }
    if (!base_) return fail("url.scheme", "the URL has no scheme");
    if (base_->opaque_path) {
      if (s.empty() || s[0] != '#') return fail("url.scheme", "the URL is relative to one that has no hierarchy");
      url_ = *base_;
      url_.fragment.reset();
      return tail(s);
    }
    set_scheme(base_->scheme);
    return url_.scheme == "file" ? file(s) : relative(s);
  }

  void set_scheme(const std::string& scheme) {
    url_.scheme = scheme;
    special_ = url_.special();
  }

  Status after_scheme(std::string_view s) {
    special_ = url_.special();
    if (url_.scheme == "file") return file(s);
    if (special_) {
      if (base_ && base_->scheme == url_.scheme && !s.starts_with("//")) return relative(s);
      return authority_after_slashes(s);
    }
    if (s.starts_with("//")) return authority(s.substr(2));
    if (s.starts_with("/")) return path(s.substr(1));
    return opaque_path(s);
  }

  Status relative(std::string_view s) {
    if (starts_with_slash(s)) {
      if (s.size() > 1 && slash(s[1])) return special_ ? authority_after_slashes(s) : authority(s.substr(2));
      copy_authority();
      return path(s.substr(1));
    }
    copy_authority();
    url_.path = base_->path;
    if (s.empty() || byte_in(s[0], kEndsPath)) {
      url_.query = base_->query;
      return tail(s);
    }
    shorten();
    return path(s);
  }

  void copy_authority() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
  }

  Status authority_after_slashes(std::string_view s) {
    while (starts_with_slash(s)) s.remove_prefix(1);
    return authority(s);
  }

  Status authority(std::string_view s) {
    size_t end = find_class(s, kEndsAuthority);
    if (special_) {
      const size_t back = s.substr(0, end).find('\\');
      if (back != std::string_view::npos) end = back;
    }
    std::string_view host = s.substr(0, end);
    if (const size_t at = host.rfind('@'); at != std::string_view::npos) {
      credentials(host.substr(0, at));
      host.remove_prefix(at + 1);
      if (host.empty()) return fail("url.credentials", "user information stands before an empty host");
    }
    TRY(host_and_port(host));
    return path_start(s.substr(end));
  }

  void credentials(std::string_view s) {
    const size_t colon = s.find(':');
    append_encoded(url_.username, s.substr(0, colon), kUserinfoSet);
    if (colon != std::string_view::npos) append_encoded(url_.password, s.substr(colon + 1), kUserinfoSet);
  }

  Status host_and_port(std::string_view s) {
    bool in_brackets = false;
    size_t colon = 0;
    for (; colon < s.size(); ++colon) {
      if (s[colon] == ':' && !in_brackets) break;
      if (s[colon] == '[') in_brackets = true;
      if (s[colon] == ']') in_brackets = false;
    }
    const std::string_view host = s.substr(0, colon);
    if (host.empty() && (special_ || colon < s.size())) return fail("url.host.empty", "the URL has no host");
    if (host.empty()) {
      url_.host.emplace();
    } else {
      TRY_ASSIGN(parsed, parse_host(host, !special_));
      url_.host = std::move(parsed);
    }
    if (colon == s.size()) return {};
    return port(s.substr(colon + 1));
  }

  Status port(std::string_view s) {
    uint32_t value = 0;
    for (char c : s) {
      if (!is_digit(c)) return fail("url.port", "the port is not a number");
      value = value * 10 + static_cast<uint32_t>(c - '0');
      if (value > 65535) return fail("url.port", "the port is over 65535");
    }
    if (!s.empty() && (value == 0 || value != default_port(url_.scheme))) url_.port = static_cast<uint16_t>(value);
    return {};
  }

  Status file(std::string_view s) {
    const Url* base = base_ && base_->scheme == "file" ? base_ : nullptr;
    url_.host.emplace();
    if (starts_with_slash(s)) {
      if (s.size() > 1 && slash(s[1])) return file_host(s.substr(2));
      s.remove_prefix(1);
      if (base) {
        url_.host = base->host;
        // A path on the same drive: "/x" seen from "file:///C:/y" is "file:///C:/x".
        if (!starts_with_drive_letter(s) && base->path.size() >= 3 && base->path[2] == ':' && is_alpha(base->path[1]) &&
            (base->path.size() == 3 || base->path[3] == '/'))
          url_.path = base->path.substr(0, 3);
      }
      return path(s);
    }
    if (!base) return path(s);
    url_.host = base->host;
    url_.path = base->path;
    if (s.empty() || byte_in(s[0], kEndsPath)) {
      url_.query = base->query;
      return tail(s);
    }
    if (starts_with_drive_letter(s)) url_.path.clear();
    else shorten();
    return path(s);
  }

  Status file_host(std::string_view s) {
    size_t end = 0;
    while (end < s.size() && s[end] != '\\' && !byte_in(s[end], kEndsAuthority)) ++end;
    const std::string_view host = s.substr(0, end);
    if (is_drive_letter(host)) return path(s);  // "file://C|/x": a drive, not a host
    if (!host.empty()) {
      TRY_ASSIGN(parsed, parse_host(host, false));
      if (parsed == "localhost") parsed.clear();
      url_.host = std::move(parsed);
    }
    return path_start(s.substr(end));
  }

  Status path_start(std::string_view s) {
    if (starts_with_slash(s)) return path(s.substr(1));
    if (special_ || (!s.empty() && !byte_in(s[0], kEndsPath))) return path(s);
    return tail(s);
  }

  // s begins with the first byte of a segment; the slash before it is read already.
  Status path(std::string_view s) {
    const size_t end = find_class(s, kEndsPath);
    std::string_view rest = s.substr(0, end);
    url_.path.reserve(url_.path.size() + rest.size() + 1);
    for (;;) {
      size_t n = 0;
      while (n < rest.size() && !slash(rest[n])) ++n;
      const bool last = n == rest.size();
      segment(rest.substr(0, n), last);
      if (last) break;
      rest.remove_prefix(n + 1);
    }
    return tail(s.substr(end));
  }

  void segment(std::string_view s, bool last) {
    if (const int n = dots(s)) {
      if (n == 2) shorten();
      if (last) url_.path += '/';
      return;
    }
    const bool drive = url_.path.empty() && is_drive_letter(s) && url_.scheme == "file";
    url_.path += '/';
    if (drive) {
      url_.path += s[0];
      url_.path += ':';
    } else {
      append_encoded(url_.path, s, kPathSet);
    }
  }

  void shorten() {
    std::string& p = url_.path;
    if (url_.scheme == "file" && p.size() == 3 && is_alpha(p[1]) && p[2] == ':') return;  // never up from a drive
    const size_t at = p.rfind('/');
    p.resize(at == std::string::npos ? 0 : at);
  }

  Status opaque_path(std::string_view s) {
    url_.opaque_path = true;
    const size_t end = find_class(s, kEndsPath);
    std::string_view text = s.substr(0, end);
    const bool space =
        end < s.size() && text.ends_with(' ');  // kept from being trimmed once query and fragment are gone
    if (space) text.remove_suffix(1);
    append_encoded(url_.path, text, kC0Set);
    if (space) url_.path += "%20";
    return tail(s.substr(end));
  }

  // "?query#fragment", or a part of it, or nothing.
  Status tail(std::string_view s) {
    if (s.starts_with('?')) {
      const size_t hash = s.find('#');
      append_encoded(url_.query.emplace(), s.substr(1, hash == std::string_view::npos ? hash : hash - 1),
                     special_ ? kSpecialQuerySet : kQuerySet);
      s = hash == std::string_view::npos ? std::string_view() : s.substr(hash);
    }
    if (s.starts_with('#')) append_encoded(url_.fragment.emplace(), s.substr(1), kFragmentSet);
    return {};
  }

  const Url* base_;
  Url url_;
  bool special_ = false;
};

}  // namespace

Result<Url> parse_url(std::string_view s, const Url* base, const Limits& limits) {
  if (s.size() > limits.url_bytes) return fail("url.limit.bytes", "the URL is too long");
  while (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ') s.remove_prefix(1);
  while (!s.empty() && static_cast<unsigned char>(s.back()) <= ' ') s.remove_suffix(1);
  if (is_plain(s)) return Parser(base).run(s);
  std::string clean;
  if (find_class(s, kDropped) != s.size()) {
    clean.reserve(s.size());
    for (char c : s)
      if (!byte_in(c, kDropped)) clean += c;
    s = clean;
  }
  std::string replaced;
  if (!is_ascii(s) && !text::is_utf8(s)) {
    replaced.reserve(s.size() + 16);
    for (size_t i = 0; i < s.size();) text::append_utf8(replaced, text::next_utf8(s, i));
    s = replaced;
  }
  return Parser(base).run(s);
}

}  // namespace sekisho::net
