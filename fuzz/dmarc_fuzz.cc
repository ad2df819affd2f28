// Any bytes as the DMARC record of every domain, and as a From field: reading must end, and a record that was read must
// be one.
#include <cstdint>
#include <cstdlib>

#include "any_answer.h"
#include "mailauth/dmarc.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::mailauth;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto record = read_dmarc(bytes); record && (record->percent < 0 || record->percent > 100)) std::abort();
  AnyAnswer dns{"v=DMARC1;" + std::string(bytes)};
  for (const DmarcMode mode : {DmarcMode::rfc9989, DmarcMode::rfc7489}) {
    const DmarcWalk walk = walk_dmarc("a.b.c.d.e.f.g.h.i.j.example", dns, mode);
    if (walk.asked.size() > 8) std::abort();
    const std::string text = "From: " + std::string(bytes) + "\r\n\r\n";
    const Message message(text);
    const Authors authors = read_authors(message);
    const SpfResult spf;
    const DkimResults dkim;
    (void)check_dmarc({authors, spf, dkim, mode}, dns);
  }
  return 0;
}
