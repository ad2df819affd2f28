// URLs as templates: what stays the same when a phishing kit is put up again elsewhere, with other numbers in it.
//
// Of the path: segments and file names stay, in lower case; a run of digits becomes "0"; a hexadecimal run of 8 or more
// with letters and digits becomes "x"; what looks like base64 or a random token becomes "b"; percent-encoded bytes
// become
// "%". Of the query: names stay, in their order, values go. The fragment goes.
//
//   /Verify/2024/login.php?id=77&t=9      /verify/0/login.php?id&t
//   /dl/3fa85f64c0de/index.html           /dl/x/index.html
//   /r/aHR0cHM6Ly9leGFtcGxlLmNvbQ         /r/b
#pragma once

#include <string>
#include <string_view>

#include "net/url.h"

namespace sekisho::memory {

constexpr size_t kTemplateBytes = 512;  // a longer one is cut there; paths are read to 2,048 bytes

std::string path_template(std::string_view path, std::string_view query = {});
// Of http and https; "" for what has no such path.
std::string url_template(const net::Url& url);
// "/": it tells nothing.
inline bool trivial(std::string_view folded) { return folded.empty() || folded == "/"; }

}  // namespace sekisho::memory
