// Takes TOML texts, gives Settings and every error found in them. Refuses unknown keys, impossible thresholds and
// malformed blocks, each with its place.
#include "scan/settings.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/bundle.h"
#include "base/clock.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "diag/toml.h"
#include "net/host.h"
#include "scan/packs.h"

namespace sekisho::scan {
namespace {

void read_organisation(diag::TomlReader t, Settings& out) {
  if (t.has("name")) out.organisation = t.text("name");
  if (t.has("names")) out.organisation_names = t.texts("names");
  const auto domains = [&](std::string_view key, std::vector<std::string>& into) {
    if (!t.has(key)) return;
    into.clear();
    for (const std::string& d : t.texts(key)) {
      const auto ascii = net::to_ascii(d);
      if (!ascii || ascii->find('.') == std::string::npos || ascii->find('*') != std::string::npos)
        t.error(key, "\"" + d + "\" is not a domain name");
      else into.push_back(*ascii);
    }
  };
  domains("domains", out.domains);
  domains("partners", out.partners);
  const auto blocks = [&](std::string_view key, std::vector<std::string>& into) {
    if (!t.has(key)) return;
    into = t.texts(key);
    for (const std::string& block : into)
      if (!net::is_cidr(block))
        t.error(key, "\"" + block + "\" is not an address block", "write 192.0.2.0/24 or 2001:db8::/32");
  };
  blocks("networks", out.networks);
  blocks("trusted_relays", out.trusted_relays);
  if (t.has("trusted_authserv_ids")) out.trusted_authserv_ids = t.texts("trusted_authserv_ids");
  if (t.has("trusted_sealers")) out.trusted_sealers = t.texts("trusted_sealers");
  t.finish();
}

void read_verdict(diag::TomlReader t, const std::string& name, std::vector<Error>& errors, Settings& out) {
  out.banner = t.number("banner", out.banner);
  out.quarantine = t.number("quarantine", out.quarantine);
  out.reject = t.number("reject", out.reject);
  out.allow_reject = t.boolean("allow_reject", out.allow_reject);
  if (!(out.banner <= out.quarantine && out.quarantine <= out.reject))
    t.error("banner", "banner, quarantine and reject must not decrease");
  if (const auto* families = t.table("families")) {
    diag::TomlReader f(*families, name, errors);
    if (out.family_caps.empty())  // the defaults: they say which families there are
      for (const auto& member : families->members) out.family_caps[member.name];
    for (auto& [family, cap] : out.family_caps) {
      cap = f.number(family, cap);
      if (!(cap >= 0)) f.error(family, "a cap is not below 0");
    }
    f.finish();
  }
  if (const auto* curve = t.table("curve")) {
    diag::TomlReader c(*curve, name, errors);
    out.curve = read_curve(c);
    c.finish();
  }
  if (const auto* points = t.table("points")) {
    diag::TomlReader p(*points, name, errors);
    for (const auto& member : points->members) {
      const double value = p.number(member.name, 0);
      if (!std::isfinite(value)) p.error(member.name, "points are a finite number");
      else out.points[member.name] = {value, name, member.key_span};
    }
    p.finish();
  }
  t.finish();
}

void read_limits(diag::TomlReader t, Limits& l) {
  const std::pair<std::string_view, size_t*> all[] = {{"mail_bytes", &l.mail_bytes},
                                                      {"header_bytes", &l.header_bytes},
                                                      {"headers", &l.headers},
                                                      {"parts", &l.parts},
                                                      {"mime_depth", &l.mime_depth},
                                                      {"nested_messages", &l.nested_messages},
                                                      {"decoded_bytes", &l.decoded_bytes},
                                                      {"text_bytes", &l.text_bytes},
                                                      {"html_bytes", &l.html_bytes},
                                                      {"html_depth", &l.html_depth},
                                                      {"links", &l.links},
                                                      {"url_bytes", &l.url_bytes},
                                                      {"rows", &l.rows},
                                                      {"join_rows", &l.join_rows},
                                                      {"group_rows", &l.group_rows},
                                                      {"state_bytes", &l.state_bytes},
                                                      {"history_bytes", &l.history_bytes},
                                                      {"pending_bytes", &l.pending_bytes},
                                                      {"event_bytes", &l.event_bytes}};
  for (const auto& [key, value] : all) {
    const int64_t n = t.integer(key, static_cast<int64_t>(*value));
    if (n < 1) t.error(key, std::string(key) + " must be at least 1");
    else *value = static_cast<size_t>(n);
  }
  t.finish();
}

void read_content(diag::TomlReader t, Settings& out) {
  if (t.has("directory")) out.content_directory = t.text("directory");
  if (t.has("rules")) out.rule_directories = t.texts("rules");
  if (t.has("disabled_brands")) out.disabled_brands = t.texts("disabled_brands");
  if (t.has("disabled_intents")) out.disabled_intents = t.texts("disabled_intents");
  if (t.has("lure_model")) out.lure_model = t.text("lure_model");
  if (t.has("public_suffix_list")) out.public_suffix_list = t.text("public_suffix_list");
  t.finish();
}

void read_dns(diag::TomlReader t, Settings& out) {
  if (t.has("servers")) out.dns_servers = t.texts("servers");
  for (const std::string& server : out.dns_servers) {
    if (server == "system" ? out.dns_servers.size() > 1 : !net::is_ip(server.substr(0, server.find('@'))))
      t.error("servers", "\"" + server + "\" is no address of a resolver",
              "write [\"system\"], or addresses: \"192.0.2.53\", \"192.0.2.53@5353\"");
  }
  if (t.has("trust_anchor")) out.trust_anchor = t.text("trust_anchor");
  if (t.has("timeout")) {
    const std::string written = t.text("timeout");
    const auto seconds = parse_time_span(written);
    if (seconds && *seconds >= 1 && *seconds <= 60) out.dns_timeout = *seconds;
    else t.error("timeout", "\"" + written + "\" is no time between 1s and 60s");
  }
  t.finish();
}

void read_memory(diag::TomlReader t, Settings& out) {
  if (t.has("directory")) out.memory_directory = t.text("directory");
  t.finish();
}

void read_desk(diag::TomlReader t, const std::string& name, std::vector<Error>& errors, DeskProfile& out) {
  if (t.has("uses")) out.uses = t.texts("uses");
  if (t.has("uses_not")) out.uses_not = t.texts("uses_not");
  for (const std::string& id : out.uses_not)
    if (std::ranges::find(out.uses, id) != out.uses.end()) t.error("uses_not", "\"" + id + "\" stands in uses, too");
  if (t.has("controls")) out.controls = t.texts("controls"), out.controls_told = true;
  if (t.has("languages")) out.languages = t.texts("languages");
  for (const std::string& language : out.languages)
    if (language != "ja" && language != "en") t.error("languages", "a language is \"ja\" or \"en\"");
  if (t.has("contact")) out.contact = t.text("contact");
  if (t.has("contact_ja")) out.contact_ja = t.text("contact_ja");
  if (t.has("name_ja")) out.name_ja = t.text("name_ja");
  if (t.has("benign")) out.benign = t.text("benign");
  if (const auto* table = t.table("reliability")) {
    diag::TomlReader r(*table, name, errors);
    for (const std::string_view letter : {"A", "B", "C", "D", "E", "F"})
      for (const std::string& source : r.texts(letter)) out.reliability[ascii_lower(source)] = letter[0];
    r.finish();
  }
  t.finish();
}

void read_hunt(diag::TomlReader t, Settings& out) {
  if (t.has("lateness")) {
    const std::string written = t.text("lateness");
    if (const auto seconds = parse_time_span(written)) out.hunt_lateness = *seconds;
    else t.error("lateness", "\"" + written + "\" is no time span", "write 30s, 5m, 1h or 2d");
  }
  out.alert_budget = t.integer("alert_budget", out.alert_budget);
  if (out.alert_budget < 0) t.error("alert_budget", "alert_budget is not below 0");
  t.finish();
}

void read_unwrap(diag::TomlReader t, Settings& out) {
  out.unwrap = t.boolean("enabled", out.unwrap);
  const auto number = [&](std::string_view key, int64_t now, int64_t least, int64_t most) {
    const int64_t n = t.integer(key, now);
    if (n >= least && n <= most) return n;
    t.error(key, std::string(key) + " must be from " + std::to_string(least) + " to " + std::to_string(most));
    return now;
  };
  out.unwrap_workers = number("workers", out.unwrap_workers, 0, 256);
  out.unwrap_mail_milliseconds = number("mail_milliseconds", out.unwrap_mail_milliseconds, 1, 600'000);
  unwrap::Bounds& b = out.unwrap_bounds;
  const std::pair<std::string_view, uint32_t*> all[] = {{"file_milliseconds", &b.milliseconds},
                                                        {"image_pixels", &b.image_pixels},
                                                        {"pdf_pages", &b.pdf_pages},
                                                        {"pdf_images", &b.pdf_images},
                                                        {"links", &b.links},
                                                        {"entries", &b.entries},
                                                        {"archive_bytes", &b.archive_bytes}};
  for (const auto& [key, value] : all) *value = static_cast<uint32_t>(number(key, *value, 1, 1'000'000'000));
  t.finish();
}

}  // namespace

LoadedSettings read_settings(const std::vector<TextFile>& given) {
  LoadedSettings out;
  Sha256 digest;
  std::vector<TextFile> files;
  for (const BundledFile& f : bundled_files())
    if (f.path == "defaults.toml") files.push_back({"content/defaults.toml", std::string(f.bytes), {}});
  files.insert(files.end(), given.begin(), given.end());
  for (const TextFile& file : files) {
    digest.add(file.text);
    const auto root = diag::parse_toml(file.text, file.name);
    if (!root) {
      out.errors.push_back(root.error());
      continue;
    }
    diag::TomlReader top(*root, file.name, out.errors);
    const auto section = [&](std::string_view key) { return top.table(key); };
    if (const auto* t = section("organisation")) read_organisation({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("verdict"))
      read_verdict({*t, file.name, out.errors}, file.name, out.errors, out.settings);
    if (const auto* t = section("content")) read_content({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("dns")) read_dns({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("desk"))
      read_desk({*t, file.name, out.errors}, file.name, out.errors, out.settings.desk);
    if (const auto* t = section("memory")) read_memory({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("hunt")) read_hunt({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("unwrap")) read_unwrap({*t, file.name, out.errors}, out.settings);
    if (const auto* t = section("limits")) read_limits({*t, file.name, out.errors}, out.settings.limits);
    for (const auto* t : top.tables("brand")) out.settings.brands.push_back(read_brand(*t, file.name, out.errors));
    top.finish();
  }
  out.settings.digest = digest.hex();
  return out;
}

Settings default_settings() { return read_settings({}).settings; }

Result<std::vector<TextFile>> settings_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  std::error_code error;
  if (!path.empty()) {
    paths.push_back(path);
  } else {
    if (fs::exists("/etc/sekisho/sekisho.toml", error)) paths.push_back("/etc/sekisho/sekisho.toml");
    for (fs::directory_iterator it("/etc/sekisho/sekisho.d", error), end; !error && it != end; it.increment(error))
      if (it->path().extension() == ".toml") paths.push_back(it->path().string());
    std::sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) {
      return std::pair(a.find("sekisho.d/") != std::string::npos, a) <
             std::pair(b.find("sekisho.d/") != std::string::npos, b);
    });
  }
  std::vector<TextFile> out;
  for (const std::string& p : paths) {
    TRY_ASSIGN(text, read_file(p, 1u << 20));
    out.push_back({p, std::move(text)});
  }
  return out;
}

}  // namespace sekisho::scan
