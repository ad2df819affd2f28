// Look-ups over the network, by libunbound: cached, validated where a trust anchor is known, safe from many threads.
#pragma once

#include "net/dns.h"

namespace sekisho::net {

struct UnboundSettings {
  std::vector<std::string> servers;  // "192.0.2.53", "192.0.2.53@5353"; none: those of /etc/resolv.conf
  int64_t timeout_seconds = 10;      // of one look-up
  std::string trust_anchor_file;     // "": DNSSEC is not validated
};

class UnboundResolver final : public Resolver {
 public:
  static Result<std::unique_ptr<UnboundResolver>> make(const UnboundSettings& settings = {});  // "dns.resolver"
  ~UnboundResolver() override;

 private:
  struct Impl;
  explicit UnboundResolver(std::unique_ptr<Impl> impl);
  DnsAnswer ask(const std::string& name, DnsType type) override;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sekisho::net
