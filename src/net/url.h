// URLs as browsers read them: the WHATWG URL Standard's basic parser, serialiser and getters (url.spec.whatwg.org),
// tested with the web-platform-tests vectors. Encoding of queries is UTF-8 always.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace sekisho::net {

struct Url {
  std::string scheme;               // "https", no colon, lower case
  std::string username, password;   // percent-encoded as the standard keeps them
  std::optional<std::string> host;  // serialised: ASCII domain, IPv4, "[v6]", or opaque host; nullopt = null host
  std::optional<uint16_t> port;     // never the scheme's default
  std::string path;                 // serialised: "/a/b", or the opaque path
  bool opaque_path = false;
  std::optional<std::string> query;     // without "?"
  std::optional<std::string> fragment;  // without "#"

  std::string href() const;    // serialised URL
  std::string origin() const;  // "https://host:port" or "null"
  bool special() const;        // http, https, ws, wss, ftp, file
  std::string_view host_view() const { return host ? std::string_view(*host) : std::string_view(); }
};

// base may be null. Fails with "url.*" codes for what the standard calls failure, "url.limit.bytes" for too long an
// input. Ill-formed UTF-8 is read as U+FFFD.
Result<Url> parse_url(std::string_view utf8, const Url* base = nullptr, const Limits& limits = {});

std::string percent_decode(std::string_view s);

// URLs written in plain text, as mail readers link them: with http, https or ftp, "www.", or a bare host with a known
// public suffix followed by a path ("login.example.com/x"). Japanese text may touch either end; trailing punctuation
// and closing brackets are not part of it. In order, not overlapping, at most Limits::links; `url` is cut at url_bytes.
struct FoundUrl {
  uint32_t offset, length;  // bytes in the text
  std::string url;          // with "http://" put before it where the text has no scheme
};
std::vector<FoundUrl> find_urls(std::string_view utf8, const Limits& limits = {});

// If a piece of text *is* a host name or URL, its host in ASCII; "" otherwise. For "does the link's text name another
// host?". Quotes and brackets around it do not matter; a bare name needs a suffix from the public suffix list.
std::string host_named_by(std::string_view text_utf8);

}  // namespace sekisho::net
