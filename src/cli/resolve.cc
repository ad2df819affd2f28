// Takes options, gives a resolver. Entry: Dns::make(). Refuses more than one source, and files that cannot be read.
#include "cli/resolve.h"

#include <cstdio>

#include "base/files.h"
#include "cli/cli.h"
#include "net/dns_unbound.h"

namespace sekisho::cli {
namespace {

constexpr size_t kMost = 64u << 20;

template <class Read>
std::unique_ptr<net::Resolver> from_file(const std::string& path, Read read) {
  auto text = read_file(path, kMost);
  if (!text) return print_errors({text.error()}, {}), nullptr;
  auto made = read(*text, path);
  if (!made) return print_errors({made.error()}, {{path, *text, {}}}), nullptr;
  return *std::move(made);
}

}  // namespace

std::optional<scan::Envelope> envelope(std::string ip, const std::string& helo, std::string from) {
  if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
  if (from.starts_with('<') && from.ends_with('>')) from = from.substr(1, from.size() - 2);
  if (!ip.empty() && !net::is_ip(ip)) {
    complain("", "--ip: \"" + printable(ip) + "\" is no address");
    return std::nullopt;
  }
  if (ip.empty() && (!helo.empty() || !from.empty())) {
    complain("", "--helo and --from say nothing without --ip, the client's address");
    return std::nullopt;
  }
  return scan::Envelope{std::move(ip), helo, std::move(from), {}};
}

std::optional<Dns> Dns::make(const DnsOptions& options, const scan::Settings& given, std::string fallback) {
  Dns out;
  if (!options.servers.empty() + !options.zone.empty() + !options.replay.empty() > 1) {
    complain("", "--dns, --zone and --replay are three places to look names up: give one of them");
    return std::nullopt;
  }
  if (!given.dns_servers.empty()) {
    fallback.clear();
    for (const std::string& server : given.dns_servers) fallback += (fallback.empty() ? "" : ",") + server;
  }
  const std::string servers = options.any() ? options.servers : fallback;
  if (!options.zone.empty())
    out.from_ = from_file(options.zone, [](auto& text, auto& name) { return net::ZoneResolver::read(text, name); });
  else if (!options.replay.empty())
    out.from_ =
        from_file(options.replay, [](auto& text, auto& name) { return net::RecordedResolver::read(text, name); });
  else if (servers == "off") out.from_ = std::make_unique<net::NoResolver>();
  else if (!servers.empty()) {
    net::UnboundSettings settings;
    settings.timeout_seconds = given.dns_timeout;
    settings.trust_anchor_file = given.trust_anchor;
    if (servers != "system")
      for (const std::string_view server : split(servers, ',')) settings.servers.emplace_back(trim(server));
    auto made = net::UnboundResolver::make(settings);
    if (!made) print_errors({made.error()}, {});
    else out.from_ = *std::move(made);
  } else {
    if (!options.record.empty()) {
      complain("", "--record-dns records what --dns answers: give that too");
      return std::nullopt;
    }
    return out;
  }
  if (!out.from_) return std::nullopt;
  if (!options.record.empty()) {
    out.recording_ = std::make_unique<net::RecordingResolver>(*out.from_);
    out.record_ = options.record;
  }
  return out;
}

bool Dns::finish() const {
  if (!recording_) return true;
  const std::string text = recording_->ndjson();
  std::FILE* file = std::fopen(record_.c_str(), "wb");
  const bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if ((file == nullptr || std::fclose(file) != 0) || !written) {
    complain(record_, "cannot write what DNS answered");
    return false;
  }
  return true;
}

}  // namespace sekisho::cli
