// Takes a parsed Url, gives its text and its origin (URL Standard, sections 4.5 and 4.7). Refuses nothing.
#include "net/url.h"

namespace sekisho::net {

bool Url::special() const {
  switch (scheme.size()) {
    case 2:
      return scheme == "ws";
    case 3:
      return scheme == "wss" || scheme == "ftp";
    case 4:
      return scheme == "http" || scheme == "file";
    case 5:
      return scheme == "https";
    default:
      return false;
  }
}

std::string Url::href() const {
  std::string out;
  out.reserve(scheme.size() + username.size() + password.size() + host_view().size() + path.size() + 20 +
              (query ? query->size() : 0) + (fragment ? fragment->size() : 0));
  out += scheme;
  out += ':';
  if (host) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) {
        out += ':';
        out += password;
      }
      out += '@';
    }
    out += *host;
    if (port) {
      out += ':';
      out += std::to_string(*port);
    }
  } else if (!opaque_path && path.starts_with("//")) {
    out += "/.";  // or the path would read as a host
  }
  out += path;
  if (query) {
    out += '?';
    out += *query;
  }
  if (fragment) {
    out += '#';
    out += *fragment;
  }
  return out;
}

std::string Url::origin() const {
  if (scheme == "blob") {
    const auto inner = parse_url(path);
    // Only these two, so that blobs in blobs cannot nest.
    if (inner && (inner->scheme == "http" || inner->scheme == "https")) return inner->origin();
    return "null";
  }
  if (!special() || scheme == "file") return "null";
  std::string out = scheme + "://";
  out += host_view();
  if (port) out += ":" + std::to_string(*port);
  return out;
}

}  // namespace sekisho::net
