// Any bytes as an Authentication-Results value: parse_authres must end, and its spans must lie inside the input.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mailauth/authres.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  const auto parsed = sekisho::mailauth::parse_authres(value);
  if (parsed) {
    for (const auto& result : parsed->results)
      if (size_t{result.span.offset} + result.span.length > size) std::abort();
  } else if (const auto& span = parsed.error().span; span && size_t{span->offset} + span->length > size) {
    std::abort();
  }
  const std::string_view values[] = {value, "gate.example; spf=pass smtp.mailfrom=example.com"};
  const std::string trusted[] = {"gate.example"};
  sekisho::mailauth::collect(values, trusted);
  return 0;
}
