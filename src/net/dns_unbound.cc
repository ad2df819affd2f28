// Takes questions, asks the network through libunbound. Entries: UnboundResolver::make(), look_up(). Refuses settings
// that libunbound refuses. libunbound resolves in a thread of its own, any number of questions at once; a second thread
// here hands its answers out, and whoever asked waits no longer than the settings say.
#include "net/dns_unbound.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unbound.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <thread>

#include "net/address.h"

namespace sekisho::net {
namespace {

constexpr int kInternet = 1;  // class IN
constexpr int kServerFailure = 2, kNoName = 3;

struct FreeContext {
  void operator()(ub_ctx* context) const { ub_ctx_delete(context); }
};
struct FreeResult {
  void operator()(ub_result* result) const { ub_resolve_free(result); }
};

// What the one who asks and libunbound's answer share.
struct Waiting {
  std::mutex mutex;
  std::condition_variable there;
  bool done = false;
  int problem = 0;
  std::unique_ptr<ub_result, FreeResult> result;
};

void answered(void* data, int problem, ub_result* result) {
  const std::unique_ptr<std::shared_ptr<Waiting>> holder(static_cast<std::shared_ptr<Waiting>*>(data));
  Waiting& waiting = **holder;
  const std::lock_guard lock(waiting.mutex);
  waiting.problem = problem;
  waiting.result.reset(result);
  waiting.done = true;
  waiting.there.notify_one();
}

// A name in wire form without compression, from `at` on; nullopt: it does not end within the bytes.
std::optional<std::string> read_name(std::string_view bytes, size_t at) {
  std::string out;
  while (at < bytes.size()) {
    const auto size = static_cast<unsigned char>(bytes[at++]);
    if (size == 0) return ascii_lower(out);
    if (size > 63 || at + size > bytes.size()) break;
    if (!out.empty()) out += '.';
    out.append(bytes.substr(at, size));
    at += size;
  }
  return std::nullopt;
}

uint32_t number(std::string_view bytes, size_t at) {
  return static_cast<uint32_t>(static_cast<unsigned char>(bytes[at])) << 8 | static_cast<unsigned char>(bytes[at + 1]);
}

std::optional<DnsRecord> read_record(DnsType type, std::string_view bytes) {
  DnsRecord out;
  switch (type) {
    case DnsType::a:
      if (bytes.size() != 4) return std::nullopt;
      out.text = format_ipv4(number(bytes, 0) << 16 | number(bytes, 2));
      return out;
    case DnsType::aaaa: {
      if (bytes.size() != 16) return std::nullopt;
      Ipv6 pieces;
      for (size_t i = 0; i < 8; ++i) pieces[i] = static_cast<uint16_t>(number(bytes, 2 * i));
      out.text = format_ipv6(pieces);
      return out;
    }
    case DnsType::txt:
      for (size_t at = 0; at < bytes.size();) {
        const auto size = static_cast<unsigned char>(bytes[at++]);
        if (at + size > bytes.size()) return std::nullopt;
        out.text.append(bytes.substr(at, size));
        at += size;
      }
      return out;
    case DnsType::mx: {
      if (bytes.size() < 3) return std::nullopt;
      auto name = read_name(bytes, 2);
      if (!name) return std::nullopt;
      out.preference = static_cast<uint16_t>(number(bytes, 0));
      out.text = *std::move(name);
      return out;
    }
    case DnsType::ns:
    case DnsType::ptr:
    case DnsType::cname: {
      auto name = read_name(bytes, 0);
      if (!name) return std::nullopt;
      out.text = *std::move(name);
      return out;
    }
    default:
      out.text = hex(bytes);
      return out;
  }
}

}  // namespace

struct UnboundResolver::Impl {
  std::unique_ptr<ub_ctx, FreeContext> context;
  std::chrono::seconds timeout{10};
  int wake = eventfd(0, EFD_CLOEXEC);
  std::thread hands_out;

  void run() {
    pollfd fds[] = {{ub_fd(context.get()), POLLIN, 0}, {wake, POLLIN, 0}};
    for (;;) {
      poll(fds, 2, -1);
      if (fds[1].revents != 0) return;
      if (fds[0].revents != 0) ub_process(context.get());
    }
  }
  ~Impl() {
    if (hands_out.joinable()) {
      eventfd_write(wake, 1);
      hands_out.join();
    }
    context.reset();
    close(wake);
  }
};

UnboundResolver::UnboundResolver(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
UnboundResolver::~UnboundResolver() = default;

Result<std::unique_ptr<UnboundResolver>> UnboundResolver::make(const UnboundSettings& settings) {
  auto impl = std::make_unique<Impl>();
  impl->context.reset(ub_ctx_create());
  ub_ctx* context = impl->context.get();
  if (context == nullptr) return sekisho::fail("dns.resolver", "libunbound does not start");
  const auto refuse = [](const std::string& what, int problem) {
    return sekisho::fail("dns.resolver", what + ": " + ub_strerror(problem));
  };
  const auto set = [&](const char* option, const std::string& value) {
    return ub_ctx_set_option(context, option, value.c_str());
  };
  if (settings.servers.empty()) {
    if (const int problem = ub_ctx_resolvconf(context, nullptr)) return refuse("/etc/resolv.conf", problem);
  }
  for (const std::string& server : settings.servers) {
    const std::string_view address = std::string_view(server).substr(0, server.find('@'));
    if (!parse_dotted_quad(address) && !parse_ipv6(address))
      return sekisho::fail("dns.resolver", "\"" + server + "\" is no address of a DNS server",
                           "an IP address, with a port if it is not 53: 192.0.2.53@5353");
    if (const int problem = ub_ctx_set_fwd(context, server.c_str())) return refuse(server, problem);
  }
  // Only if it is asked for: behind a resolver that keeps DNSSEC to itself every answer would be forged.
  const std::string& anchor = settings.trust_anchor_file;
  if (!anchor.empty() && !std::filesystem::exists(anchor))
    return sekisho::fail("dns.resolver", "no trust anchor " + anchor,
                         "Debian's package dns-root-data has /usr/share/dns/root.key");
  if (!anchor.empty())
    if (const int problem = ub_ctx_add_ta_file(context, anchor.c_str())) return refuse(anchor, problem);
  // An answer in the cache is one for all; a server that does not answer is not asked for ever.
  set("do-not-query-localhost:", "no");
  set("unblock-lan-zones:", "yes");  // relays have private addresses, and names for them
  set("serve-expired:", "no");
  set("infra-host-ttl:", "60");
  set("num-queries-per-thread:", "1024");
  set("outgoing-range:", "950");  // sockets: with fewer, slow servers would hold up the others
  set("outbound-msg-retry:", "3");
  impl->timeout = std::chrono::seconds(std::max<int64_t>(settings.timeout_seconds, 1));
  if (const int problem = ub_ctx_async(context, 1)) return refuse("threads", problem);
  impl->hands_out = std::thread([state = impl.get()] { state->run(); });
  return std::unique_ptr<UnboundResolver>(new UnboundResolver(std::move(impl)));
}

DnsAnswer UnboundResolver::ask(const std::string& name, DnsType type) {
  DnsAnswer out;
  const auto waiting = std::make_shared<Waiting>();
  auto holder = std::make_unique<std::shared_ptr<Waiting>>(waiting);
  int id = 0;
  const int refused = ub_resolve_async(impl_->context.get(), name.empty() ? "." : name.c_str(), static_cast<int>(type),
                                       kInternet, holder.get(), answered, &id);
  if (refused != 0) {
    out.why = ub_strerror(refused);
    return out;
  }
  std::unique_lock lock(waiting->mutex);
  auto* const owned = holder.release();  // by answered(), unless the question is taken back
  if (!waiting->there.wait_for(lock, impl_->timeout, [&] { return waiting->done; })) {
    lock.unlock();
    if (ub_cancel(impl_->context.get(), id) == 0) delete owned;
    out.why = "timed out";
    return out;
  }
  const std::unique_ptr<ub_result, FreeResult> result = std::move(waiting->result);
  if (waiting->problem != 0 || !result) {
    out.why = waiting->problem != 0 ? ub_strerror(waiting->problem) : "no answer";
    return out;
  }
  if (result->bogus) {
    out.bogus = true;
    out.why = "DNSSEC validation failed";
    return out;
  }
  out.secure = result->secure != 0;
  if (result->nxdomain || result->rcode == kNoName) {
    out.status = DnsStatus::no_name;
    return out;
  }
  if (result->rcode != 0) {
    out.why = result->rcode == kServerFailure ? "server failure or no answer"
                                              : "refused, rcode " + std::to_string(result->rcode);
    return out;
  }
  for (size_t i = 0; result->havedata && result->data[i] != nullptr; ++i)
    if (auto record = read_record(type, {result->data[i], static_cast<size_t>(result->len[i])}))
      out.records.push_back(*std::move(record));
  out.status = out.records.empty() ? DnsStatus::no_data : DnsStatus::found;
  return out;
}

}  // namespace sekisho::net
