// Any bytes as the SPF record of every domain: check_spf must end, inside the RFC's limits, and agree with
// spf_record_error about which records are sound.
#include <cstdint>
#include <cstdlib>

#include "any_answer.h"
#include "mailauth/spf.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho::mailauth;
  const std::string record = "v=spf1 " + std::string(reinterpret_cast<const char*>(data), size);
  AnyAnswer dns(record);
  for (const char* address : {"192.0.2.1", "2001:db8::1", "198.51.100.9"}) {
    const SpfResult r = check_spf({address, "mail.example", "user+tag@sub.domain.example", "gate.example", {}}, dns);
    if (r.look_ups > 11 || r.records.size() > 12) std::abort();
    if (!spf_record_error(record).empty() && r.status != SpfStatus::permerror) std::abort();
  }
  return 0;
}
