// Any bytes as a zone file and as a recording: they are read or refused with a span inside them, and answer.
#include <cstdint>
#include <cstdlib>

#include "net/dns.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto ask = [&](net::Resolver& dns) {
    for (const char* name : {"example", "a.example", "_dmarc.x.a.example", "1.2.0.192.in-addr.arpa"})
      for (const net::DnsType type : {net::DnsType::txt, net::DnsType::a, net::DnsType::mx, net::DnsType::cname})
        if (const auto answer = dns.look_up(name, type);
            (answer.status == net::DnsStatus::found) == answer.records.empty())
          std::abort();
  };
  if (const auto zone = net::ZoneResolver::read(text, "fuzz.zone")) ask(**zone);
  else if (const auto& span = zone.error().span; span && size_t{span->offset} + span->length > size) std::abort();
  if (const auto recorded = net::RecordedResolver::read(text, "fuzz.ndjson")) {
    for (const char* name : {"example", "a.example"}) (void)(*recorded)->look_up(name, net::DnsType::txt);
  }
  return 0;
}
