// Small decoders for header text: base64 and percent or Q escapes. Bodies are decoded by mime.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/base64.h"

namespace sekisho::mail {

using sekisho::decode_base64;
// RFC 2045 section 6.7, tolerant: a '=' that begins no escape stays; white space between a soft break's '=' and the
// line end is dropped.
std::string decode_quoted_printable(std::string_view text, size_t most = SIZE_MAX);

// Parameters of Content-Type and Content-Disposition (RFC 2045 section 5.1, RFC 2231 continuations and charsets, RFC
// 2047 words where people put them).
struct Parameterised {
  std::string value;  // before the first ';', lower case, comments and white space removed: "text/html", "attachment"
  // Names in lower case without the RFC 2231 stars; values decoded to UTF-8. The first of several equal names counts.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string_view get(std::string_view name) const;
};
Parameterised parse_parameters(std::string_view header_value);

// The last piece of a path written in either style, without control bytes.
std::string base_name(std::string_view path);

}  // namespace sekisho::mail
