// Any bytes as a message: both canonical forms must be the same in pieces as whole, and a canonical form canonical; the
// fields and the body must be all of the message.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mailauth/canonical.h"

namespace {

using namespace sekisho::mailauth;

void require(bool holds) {
  if (!holds) std::abort();
}

// Cut where the bytes themselves say.
std::string in_pieces(std::string_view body, Canonical form) {
  CanonicalBody canonical(form);
  std::string out;
  const auto sink = [&](std::string_view piece) { out += piece; };
  while (!body.empty()) {
    const size_t n = std::min<size_t>(body.size(), 1 + static_cast<uint8_t>(body[0]) % 7);
    canonical.add(body.substr(0, n), sink);
    body.remove_prefix(n);
  }
  canonical.finish(sink);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Message message(bytes);
  for (const Canonical form : {Canonical::simple, Canonical::relaxed}) {
    for (const std::string_view body : {message.body(), bytes}) {
      const std::string once = canonical_body(body, form);
      require(canonical_body(once, form) == once);
      require(in_pieces(body, form) == once);
    }
    for (const Field& field : message.fields()) {
      if (field.raw.starts_with("From ")) continue;  // alone it would be the first line of an mbox
      const std::string once = canonical_field(field, form);
      const Message again(once);
      require(again.fields().size() == 1 && canonical_field(again.fields()[0], form) == once);
    }
  }
  return 0;
}
