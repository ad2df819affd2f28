// Base64 as it is met outside: in mail bodies, header words, URLs and scripts. No state; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho {

// RFC 4648 sections 4 and 5 (both alphabets at once), tolerant: other bytes are skipped, padding ends a group wherever
// it stands, missing padding is no error. Stops after `most` bytes of output (a few more may come).
std::string decode_base64(std::string_view text, size_t most = SIZE_MAX);

std::string encode_base64(std::string_view bytes);  // RFC 4648 section 4, padded, on one line

}  // namespace sekisho
