// Resolvers: master files, recordings, limits; and libunbound against a server on loopback that speaks DNS.
#include "net/dns.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <thread>

#include "net/dns_unbound.h"

namespace sekisho::net {
namespace {

std::unique_ptr<ZoneResolver> zone(std::string_view text) {
  auto read = ZoneResolver::read(text, "test.zone");
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().one_line()));
  return *std::move(read);
}

std::string shown(const DnsAnswer& a) {
  std::string out(dns_status_name(a.status));
  for (const DnsRecord& r : a.records) out += " " + (r.preference ? std::to_string(r.preference) + ":" : "") + r.text;
  return out;
}

TEST_CASE("a master file answers") {
  const auto z = zone(R"($ORIGIN example.com.
$TTL 3600
@       IN SOA ns hostmaster ( 1 2
                               3 4 5 ) ; over two lines
        300 IN MX 10 mx
        MX 20 mx.example.net.
        TXT "v=spf1 " "-all" ; joined
        TXT plain
mx      A 192.0.2.1
        A 192.0.2.1
        AAAA 2001:DB8:0:0::1
www     CNAME mx
loop1   CNAME loop2
loop2   CNAME loop1
*.wild  TXT "any \"quoted\" \065\\ text; with semicolon"
deep.er.below A 192.0.2.9
odd     TYPE65534 \# 0
)");
  const auto ask = [&](const char* name, DnsType type) { return shown(z->look_up(name, type)); };
  CHECK(ask("example.com", DnsType::mx) == "found 10:mx.example.com 20:mx.example.net");
  CHECK(ask("EXAMPLE.com.", DnsType::txt) == "found v=spf1 -all plain");
  CHECK(ask("mx.example.com", DnsType::a) == "found 192.0.2.1");
  CHECK(ask("mx.example.com", DnsType::aaaa) == "found 2001:db8::1");
  CHECK(ask("www.example.com", DnsType::a) == "found 192.0.2.1");
  CHECK(ask("www.example.com", DnsType::mx) == "no_data");
  CHECK(ask("loop1.example.com", DnsType::a) == "failed");
  CHECK(ask("x.wild.example.com", DnsType::txt) == "found any \"quoted\" A\\ text; with semicolon");
  CHECK(ask("wild.example.com", DnsType::txt) == "no_data");
  CHECK(ask("er.below.example.com", DnsType::a) == "no_data");  // an empty name in between exists
  CHECK(ask("nobody.example.com", DnsType::a) == "no_name");
  CHECK(ask("nobody.test", DnsType::a) == "no_name");
  CHECK(ask("a..example.com", DnsType::a) == "no_name");
  CHECK(ask((std::string(64, 'a') + ".example.com").c_str(), DnsType::a) == "no_name");
  z->fail("mx.example.com");
  CHECK(ask("mx.example.com", DnsType::txt) == "failed");
}

TEST_CASE("what is no master file is refused with its place") {
  const auto refused = [](std::string_view text) {
    const auto read = ZoneResolver::read(text, "bad.zone");
    REQUIRE(!read);
    CHECK(read.error().code == "dns.zone");
    return std::pair(read.error().span->offset, read.error().text);
  };
  CHECK(refused("a A 192.0.2.1\nb A 192.0.2\n").first == 16);
  CHECK(refused("a TXT \"open\n").second == "a text is never closed");
  CHECK(refused("a TXT ( x\n").second == "a parenthesis is never closed");
  CHECK(refused("a TXT x\\").second == "nothing follows the backslash");
  CHECK(refused("a TXT \"x\\").second == "nothing follows the backslash");
  CHECK(refused("a TXT ) x\n").second == "a parenthesis closes that never opened");
  CHECK(refused("$INCLUDE other\n").second == "only $ORIGIN and $TTL are known");
  CHECK(refused("a MX mx\n").second == "MX needs a number and a name");
  CHECK(refused("a MX 10x mx\n").second == "MX needs a number and a name");
  CHECK(refused("a 300 IN TX text\n").second == "\"TX\" is no record type");
  CHECK(refused(std::string(64, 'a') + " A 192.0.2.1\n").second ==
        "no name: labels have 1 to 63 bytes, all together 253 at most");
  CHECK(refused("a IN\n").second == "a record type is missing");
  CHECK(ZoneResolver::read("", "empty").has_value());
}

TEST_CASE("reverse names") {
  CHECK(reverse_name("192.0.2.1") == "1.2.0.192.in-addr.arpa");
  CHECK(reverse_name("2001:db8::1") == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
  CHECK(reverse_name("x") == "");
}

TEST_CASE("what was recorded answers again, and nothing else") {
  const auto z = zone("a.example TXT \"one\"\na.example TXT \"\\200\\001\"\na.example MX 5 b.example.\n");
  z->fail("bad.example");
  RecordingResolver recording(*z);
  for (const char* name : {"a.example", "none.example", "bad.example"}) (void)recording.look_up(name, DnsType::txt);
  (void)recording.look_up("A.Example", DnsType::mx);
  const std::string text = recording.ndjson();
  const auto read = RecordedResolver::read(text, "recording");
  REQUIRE(read.has_value());
  const auto ask = [&](const char* name, DnsType type) { return (*read)->look_up(name, type); };
  CHECK(ask("a.example", DnsType::txt).records == z->look_up("a.example", DnsType::txt).records);
  CHECK(shown(ask("a.example", DnsType::mx)) == "found 5:b.example");
  CHECK(ask("none.example", DnsType::txt).status == DnsStatus::no_name);
  CHECK(ask("bad.example", DnsType::txt).status == DnsStatus::failed);
  CHECK(ask("other.example", DnsType::txt).why == "not recorded");
  for (const char* bad : {"{", "[]", "{\"name\":\"a\"}", R"({"name":"a","type":"TXT","status":"found"})",
                          R"({"name":"a","type":"TXT","status":"found","records":[{"hex":"f"}]})"}) {
    const auto refused = RecordedResolver::read("\n" + std::string(bad) + "\n", "r");
    REQUIRE(!refused);
    CHECK(refused.error().code == "dns.recording");
    CHECK(refused.error().span->offset == 1);
  }
}

struct MovedClock final : Clock {
  mutable std::atomic<int64_t> seconds = 0;
  Timestamp now() const override { return {seconds, 0}; }
};

TEST_CASE("one message's look-ups end") {
  const auto z = zone("a.example TXT x\nb.example TXT x\nc.example TXT x\n");
  MovedClock clock;
  LimitedResolver few(*z, clock, {.look_ups = 2});
  CHECK(few.look_up("a.example", DnsType::txt).status == DnsStatus::found);
  CHECK(few.look_up("a.example", DnsType::txt).status == DnsStatus::found);
  CHECK(few.look_up("b.example", DnsType::txt).status == DnsStatus::found);
  CHECK(few.look_up("c.example", DnsType::txt).why == "too many DNS look-ups");
  CHECK(few.look_up("a.example", DnsType::txt).status == DnsStatus::found);
  CHECK(few.look_ups() == 2);
  CHECK(few.failures() == 1);
  LimitedResolver empty(*z, clock, {.void_look_ups = 1});
  CHECK(empty.look_up("x.example", DnsType::txt).status == DnsStatus::no_name);
  CHECK(empty.look_up("a.example", DnsType::txt).status == DnsStatus::failed);
  struct Slow final : Resolver {
    MovedClock& clock;
    explicit Slow(MovedClock& c) : clock(c) {}
    DnsAnswer ask(const std::string&, DnsType) override {
      clock.seconds += 6;
      return {DnsStatus::no_data, {}, false, false, ""};
    }
  } waits(clock);
  LimitedResolver slow(waits, clock, {.seconds = 5});
  clock.seconds += 100;  // spent elsewhere
  CHECK(slow.look_up("b.example", DnsType::txt).status == DnsStatus::no_data);
  CHECK(slow.look_up("a.example", DnsType::txt).why == "no more time for DNS look-ups");
  NoResolver none;
  CHECK(none.look_up("a.example", DnsType::txt).status == DnsStatus::failed);
}

// Answers from a zone over UDP. Questions for names that begin with "slow" wait until release(); "mute" ones get none.
class Server {
 public:
  explicit Server(ZoneResolver& zone) : zone_(zone), socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
    socklen_t size = sizeof at;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
    address_ = "127.0.0.1@" + std::to_string(ntohs(at.sin_port));
    thread_ = std::thread([this] { run(); });
  }
  ~Server() {
    stop_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    sockaddr_in self{};
    socklen_t size = sizeof self;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&self), &size);
    ::sendto(socket_, "", 0, 0, reinterpret_cast<sockaddr*>(&self), size);
    thread_.join();
    ::close(socket_);
  }
  const std::string& address() const { return address_; }
  void wait_for_slow(size_t names) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return slow_names_.size() >= names; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    for (const auto& [bytes, to] : held_) answer(bytes, to);
    held_.clear();
  }

 private:
  void run() {
    char buffer[4096];
    while (!stop_) {
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const ssize_t n = ::recvfrom(socket_, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (n < 12) continue;
      const std::string bytes(buffer, static_cast<size_t>(n));
      const std::string name = name_of(bytes).first;
      const std::lock_guard lock(mutex_);
      if (name.starts_with("mute")) continue;
      if (name.starts_with("slow") && !released_) {
        slow_names_[name] = true;
        held_.emplace_back(bytes, from);
        changed_.notify_all();
      } else {
        answer(bytes, from);
      }
    }
  }
  static std::pair<std::string, size_t> name_of(const std::string& q) {
    std::string out;
    size_t at = 12;
    while (at < q.size() && q[at] != 0) {
      const auto size = static_cast<size_t>(static_cast<unsigned char>(q[at]));
      out += (out.empty() ? "" : ".") + q.substr(at + 1, size);
      at += size + 1;
    }
    return {ascii_lower(out), at + 1};
  }
  static void put16(std::string& to, size_t v) {
    to += static_cast<char>(v >> 8);
    to += static_cast<char>(v);
  }
  static std::string wire(const std::string& name) {
    std::string out;
    for (const std::string_view label : split(name, '.')) {
      out += static_cast<char>(label.size());
      out += label;
    }
    return out + '\0';
  }
  void answer(const std::string& q, const sockaddr_in& to) {
    const auto [name, end] = name_of(q);
    const auto type =
        static_cast<DnsType>(static_cast<unsigned char>(q[end]) << 8 | static_cast<unsigned char>(q[end + 1]));
    const DnsAnswer a = zone_.look_up(name, type);
    std::string out = q.substr(0, 2);
    const size_t code = a.status == DnsStatus::no_name ? 3 : a.status == DnsStatus::failed ? 2 : 0;
    put16(out, 0x8580 | code);
    put16(out, 1);
    put16(out, a.records.size());
    put16(out, 0);
    put16(out, 0);
    out += q.substr(12, end + 4 - 12);
    for (const DnsRecord& r : a.records) {
      std::string data;
      if (type == DnsType::txt)
        for (size_t i = 0; i < r.text.size(); i += 200) {
          const std::string part = r.text.substr(i, 200);
          data += static_cast<char>(part.size());
          data += part;
        }
      in6_addr bytes{};
      if (type == DnsType::a && inet_pton(AF_INET, r.text.c_str(), &bytes) == 1)
        data.assign(reinterpret_cast<char*>(&bytes), 4);
      if (type == DnsType::aaaa && inet_pton(AF_INET6, r.text.c_str(), &bytes) == 1)
        data.assign(reinterpret_cast<char*>(&bytes), 16);
      if (type == DnsType::mx) put16(data, r.preference);
      if (type == DnsType::mx || type == DnsType::ptr) data += wire(r.text);
      put16(out, 0xc00c);
      put16(out, static_cast<size_t>(type));
      put16(out, 1);
      out.append("\0\0\0\x3c", 4);
      put16(out, data.size());
      out += data;
    }
    ::sendto(socket_, out.data(), out.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }

  ZoneResolver& zone_;
  int socket_;
  std::string address_;
  std::thread thread_;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool released_ = false;
  StringMap<bool> slow_names_;
  std::vector<std::pair<std::string, sockaddr_in>> held_;
};

TEST_CASE("libunbound asks a server") {
  const auto z = zone("a.example TXT \"v=spf1 " + std::string(300, 'x') +
                      "\"\na.example A 192.0.2.1\na.example AAAA 2001:db8::1\n" +
                      "a.example MX 10 mx.a.example.\n1.2.0.192.in-addr.arpa PTR a.example.\n");
  z->fail("broken.example");
  Server server(*z);
  const auto made = UnboundResolver::make({.servers = {server.address()}, .timeout_seconds = 1});
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().one_line()));
  const auto ask = [&](const char* name, DnsType type) { return shown((*made)->look_up(name, type)); };
  CHECK(ask("a.example", DnsType::txt) == "found v=spf1 " + std::string(300, 'x'));
  CHECK(ask("a.example", DnsType::a) == "found 192.0.2.1");
  CHECK(ask("a.example", DnsType::aaaa) == "found 2001:db8::1");
  CHECK(ask("a.example", DnsType::mx) == "found 10:mx.a.example");
  CHECK(ask("1.2.0.192.in-addr.arpa", DnsType::ptr) == "found a.example");
  CHECK(ask("b.a.example", DnsType::a) == "no_name");
  CHECK(ask("a.example", DnsType::ptr) == "no_data");
  CHECK(ask("mute.example", DnsType::txt) == "failed");
  CHECK(!UnboundResolver::make({.servers = {"nobody"}}));
  CHECK(!UnboundResolver::make({.trust_anchor_file = "/nowhere/at.all"}));
}

TEST_CASE("two hundred slow look-ups do not hold up another") {
  constexpr size_t kSlow = 200;
  std::string text = "fast.example TXT yes\n";
  for (size_t i = 0; i < kSlow; ++i) text += "slow" + std::to_string(i) + ".example TXT late\n";
  const auto z = zone(text);
  Server server(*z);
  const auto made = UnboundResolver::make({.servers = {server.address()}, .timeout_seconds = 60});
  REQUIRE(made.has_value());
  std::atomic<size_t> late = 0;
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < kSlow; ++i)
      threads.emplace_back([&, i] {
        const auto a = (*made)->look_up("slow" + std::to_string(i) + ".example", DnsType::txt);
        late += a.status == DnsStatus::found;
      });
    server.wait_for_slow(kSlow);
    CHECK(late == 0);
    CHECK(shown((*made)->look_up("fast.example", DnsType::txt)) == "found yes");
    CHECK(late == 0);
    server.release();
  }
  CHECK(late == kSlow);
}

}  // namespace
}  // namespace sekisho::net
