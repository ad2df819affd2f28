// Where DNS answers come from, by the options of a command: --dns, --zone, --replay, and --record-dns beside them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "net/dns.h"
#include "scan/facts.h"
#include "scan/settings.h"

namespace sekisho::cli {

struct DnsOptions {
  std::string servers;  // --dns: "system", or addresses at commas: "192.0.2.53,192.0.2.54@5353"; "off" looks nothing up
  std::string zone;     // --zone FILE
  std::string replay;   // --replay FILE
  std::string record;   // --record-dns FILE
  bool any() const { return !servers.empty() || !zone.empty() || !replay.empty(); }
};

// --ip, --helo, --from: nothing, with a message, where they cannot be meant. Brackets around them are taken off.
std::optional<scan::Envelope> envelope(std::string ip, const std::string& helo, std::string from);

class Dns {
 public:
  // Nothing, with a message, where the options cannot be met. Options that say nothing: the settings' servers, or else
  // the fallback.
  static std::optional<Dns> make(const DnsOptions& options, const scan::Settings& settings, std::string fallback = "");
  net::Resolver* resolver() const { return recording_ ? recording_.get() : from_.get(); }  // null: none
  bool finish() const;  // writes the recording; false, with a message: it cannot

 private:
  std::unique_ptr<net::Resolver> from_;
  std::unique_ptr<net::RecordingResolver> recording_;
  std::string record_;
};

}  // namespace sekisho::cli
