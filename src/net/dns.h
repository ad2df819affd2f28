// DNS look-ups, as mail authentication needs them (RFC 1034, 1035, 3596). Everybody asks a Resolver; which one it is
// decides where answers come from: the network (dns_unbound.h), a zone file, a recording, or nowhere.
// Resolvers are shared by threads. Names are ASCII (net::to_ascii does IDN), without regard to case and to a final dot.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/strings.h"

namespace sekisho::net {

enum class DnsType : uint16_t { a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, txt = 16, aaaa = 28, tlsa = 52 };
std::string_view dns_type_name(DnsType type);  // "TXT"
std::optional<DnsType> dns_type(std::string_view name);

enum class DnsStatus : uint8_t {
  found,    // there are records
  no_data,  // the name exists, without records of this type
  no_name,  // NXDOMAIN
  failed,   // no answer, SERVFAIL, refused, bogus: may be different later
};
std::string_view dns_status_name(DnsStatus status);  // "found", "no_data", "no_name", "failed"

struct DnsRecord {
  // txt: its strings joined, any bytes. a, aaaa: the address. mx, ptr, cname, ns: the name, lower case, without final
  // dot. Others: hexadecimal bytes.
  std::string text;
  uint16_t preference = 0;  // mx
  bool operator==(const DnsRecord&) const = default;
};

struct DnsAnswer {
  DnsStatus status = DnsStatus::failed;
  std::vector<DnsRecord> records;  // of the type that was asked, aliases followed
  bool secure = false;             // DNSSEC says so
  bool bogus = false;              // DNSSEC says that it is forged; status is failed then
  std::string why;                 // of a failure: "timed out"; never what a server said
  bool is_void() const { return status == DnsStatus::no_data || status == DnsStatus::no_name; }
};

// What can be looked up at all: labels of 1 to 63 bytes, 253 in all; "" is the root. No final dot.
bool is_dns_name(std::string_view name);

class Resolver {
 public:
  virtual ~Resolver() = default;
  // Never throws and always ends. A name that cannot be one (empty labels, labels over 63 or names over 253 bytes)
  // is no_name without asking.
  DnsAnswer look_up(std::string_view name, DnsType type);

 protected:
  virtual DnsAnswer ask(const std::string& name, DnsType type) = 0;  // name: lower case, no final dot, well-formed
};

// "1.2.0.192.in-addr.arpa", "….ip6.arpa"; "" for what is no address.
std::string reverse_name(std::string_view address);

// Fails at once: nothing is looked up.
class NoResolver final : public Resolver {
  DnsAnswer ask(const std::string&, DnsType) override;
};

// A master file (RFC 1035 section 5) in memory, as if it were all of the DNS: names between it and the root exist.
// $ORIGIN, $TTL, @, parentheses, quoted strings, escapes, classes and times, wildcards (RFC 4592). Types that nobody
// asks for are read over.
class ZoneResolver final : public Resolver {
 public:
  // Error: "dns.zone" with a span, "dns.limit" (over 64 MiB).
  static Result<std::unique_ptr<ZoneResolver>> read(std::string_view text, std::string name);
  void add(std::string_view name, DnsType type, DnsRecord record);
  void fail(std::string_view name);  // what it has no record for fails

 private:
  DnsAnswer ask(const std::string& name, DnsType type) override;
  struct Name {
    std::vector<std::pair<DnsType, DnsRecord>> records;
    bool fails = false;
  };
  const Name* find(const std::string& name) const;
  Name& at(std::string_view name);
  StringMap<Name> names_;
};

// Answers of another resolver, to be kept: one JSON object a line. Also answers each question once only.
class RecordingResolver final : public Resolver {
 public:
  explicit RecordingResolver(Resolver& from) : from_(from) {}
  std::string ndjson() const;  // ordered by name and type

 private:
  DnsAnswer ask(const std::string& name, DnsType type) override;
  Resolver& from_;
  mutable std::mutex mutex_;
  StringMap<DnsAnswer> answers_;  // "name TYPE"
};

// What a RecordingResolver wrote. A question that was not asked then fails: "not recorded".
class RecordedResolver final : public Resolver {
 public:
  static Result<std::unique_ptr<RecordedResolver>> read(std::string_view ndjson, std::string name);  // "dns.recording"

 private:
  DnsAnswer ask(const std::string& name, DnsType type) override;
  StringMap<DnsAnswer> answers_;
};

// One message's look-ups: each question once, and no more than the limits allow; beyond them everything fails.
struct DnsLimits {
  size_t look_ups = 200;
  size_t void_look_ups = 100;  // NXDOMAIN or no data
  int64_t seconds = 20;        // waited for answers, all together
};
class LimitedResolver final : public Resolver {
 public:
  LimitedResolver(Resolver& from, const Clock& clock, const DnsLimits& limits = {});
  size_t look_ups() const { return look_ups_; }
  size_t failures() const { return failures_; }

 private:
  DnsAnswer ask(const std::string& name, DnsType type) override;
  Resolver& from_;
  const Clock& clock_;
  const DnsLimits limits_;
  std::mutex mutex_;
  StringMap<DnsAnswer> answers_;
  size_t look_ups_ = 0, void_look_ups_ = 0, failures_ = 0;
  int64_t waited_ = 0;  // nanoseconds
};

}  // namespace sekisho::net
