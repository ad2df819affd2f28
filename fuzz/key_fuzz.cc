// Any bytes as a DKIM key record, as a tag list and as a key: reading must end, and what was read must have bits.
#include <cstdint>
#include <cstdlib>

#include "any_answer.h"
#include "mailauth/dkim.h"
#include "mailauth/tags.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::mailauth;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const bool loose : {false, true})
    if (const auto tags = Tags::read(bytes, loose); tags && tags->all().size() > 100) std::abort();
  AnyAnswer dns(bytes);
  const DkimKey key = check_dkim_key("s", "corp.example", dns);
  if ((key.status == DkimStatus::pass) != key.reason.empty()) std::abort();
  if (key.status == DkimStatus::pass && key.bits == 0) std::abort();
  for (const Algorithm a : {Algorithm::rsa_sha256, Algorithm::ed25519_sha256})
    if (const auto read = Key::read_public(a, bytes); read && read->bits() == 0) std::abort();
  return 0;
}
