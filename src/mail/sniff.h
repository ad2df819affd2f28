// What the first bytes say a file is, whatever its name and declared type.
#pragma once

#include <string_view>

namespace sekisho::mail {

// A media type ("application/zip", "text/html", "image/svg+xml", "message/rfc822" …) or "" when the bytes have no mark.
// HTML is recognised as browsers do (WHATWG MIME Sniffing, section 7.1: white space, BOM or comment, then a known tag),
// UTF-16 with a BOM included.
std::string_view sniff(std::string_view bytes);

// A ZIP container with at least one encrypted entry among the first 64 (APPNOTE 4.4.4, bit 0).
bool zip_is_encrypted(std::string_view bytes);

// A ZIP that begins further in: other bytes stand before it. Programs that unpack look for its end only
// (APPNOTE 4.3.16), so it is one to them; whoever looks at the first bytes sees something else.
bool zip_behind(std::string_view bytes);

}  // namespace sekisho::mail
