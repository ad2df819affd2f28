// SHA-256 (FIPS 180-4).
#pragma once

#include <string>
#include <string_view>

namespace sekisho::mail {

std::string sha256_hex(std::string_view bytes);  // lower case, 64 digits

}  // namespace sekisho::mail
