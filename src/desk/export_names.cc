// Takes an advisory and what in it goes to machines, gives names, patterns and times in the forms that STIX, CSAF, MISP
// and Navigator share. Entries: those of export_parts.h. Refuses values that those forms cannot say ("" or false).
#include <openssl/evp.h>

#include <algorithm>
#include <map>

#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

// Of the names that Sekisho gives: made once at random, never to be changed, or every object gets a new id.
constexpr std::string_view kSpace = "d7a4280b-bde2-4a0d-b521-4376fa139037";

std::string sha1(std::string_view bytes) {  // as RFC 9562 wants it for names; nothing hangs on its strength
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha1(), nullptr);
  return {reinterpret_cast<const char*>(out), size};
}

bool is_technique(std::string_view id) {  // T1566, T1566.002
  const auto digits = [&](size_t from, size_t n) {
    return std::all_of(id.begin() + from, id.begin() + from + n, [](char c) { return is_digit(c); });
  };
  return (id.size() == 5 || id.size() == 9) && id[0] == 'T' && digits(1, 4) &&
         (id.size() == 5 || (id[5] == '.' && digits(6, 3)));
}

}  // namespace

std::string uuid5(std::string_view space, std::string_view name) {
  std::string bytes;
  for (size_t i = 0; i + 1 < space.size(); ++i) {
    if (space[i] == '-') continue;
    bytes += static_cast<char>(hex_digit(space[i]) << 4 | hex_digit(space[i + 1]));
    ++i;
  }
  std::string digest = sha1(bytes.append(name)).substr(0, 16);
  digest[6] = static_cast<char>((digest[6] & 0x0F) | 0x50);
  digest[8] = static_cast<char>((digest[8] & 0x3F) | 0x80);
  std::string out = hex(digest);
  for (const size_t at : {8, 13, 18, 23}) out.insert(at, 1, '-');
  return out;
}

std::string advisory_uuid(const Advisory& advisory, std::string_view key) {
  return uuid5(kSpace, std::to_string(advisory.id.size()) + ":" + advisory.id + ":" + std::string(key));
}

std::string_view tlp_of(const ExportOptions& options) {
  for (const std::string_view label : {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"})
    if (options.tlp == label) return label;
  return "RED";  // a marking that we do not know is not loosened
}

bool japanese(const ExportOptions& options) { return options.language == "ja"; }

std::string publisher_of(const ExportOptions& options) {
  return options.publisher.empty() ? options.labels->text("publisher.none", japanese(options) ? "ja" : "en")
                                   : visible(options.publisher);
}

bool is_plain_value(std::string_view value) {
  return !value.empty() && value.size() <= 2000 &&
         std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string printed_value(const Indicator& indicator) {
  return indicator.type == "technique" ? visible(indicator.value) : article::defang(visible(indicator.value));
}

std::string_view horizon_of(const Action& action) {  // none is lost for a horizon that we do not know
  if (action.horizon == "now") return "now";
  return action.horizon == "month" || action.horizon == "week" ? "month" : "long";
}

bool is_sayable(const Indicator& indicator) {
  const std::string_view value = indicator.value, type = indicator.type;
  if (!is_plain_value(value)) return false;
  const auto all = [](std::string_view text, const auto& is) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is);
  };
  const auto is_host = [&](std::string_view text) {
    return text.size() <= 253 && all(text, [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; }) &&
           text.find("..") == std::string_view::npos && text.front() != '.';
  };
  if (type == "domain") return is_host(value);
  if (type == "email")
    return value.rfind('@') != std::string_view::npos && value.rfind('@') > 0 &&
           is_host(value.substr(value.rfind('@') + 1));
  if (type == "url") return is_web_address(value) || is_host(value.substr(0, value.find_first_of(":/?#")));
  if (type == "ipv4") return all(value, [](char c) { return is_digit(c) || c == '.' || c == ':'; });
  if (type == "ipv6")
    return all(value, [](char c) { return hex_digit(c) >= 0 || std::string_view(":.[]").contains(c); });
  const size_t digits = type == "md5" ? 32 : type == "sha1" ? 40 : type == "sha256" ? 64 : 0;
  if (digits != 0) return value.size() == digits && all(value, [](char c) { return hex_digit(c) >= 0; });
  return type == "cve" && value.starts_with("CVE-") && value.size() <= 20 &&
         all(value.substr(4), [](char c) { return is_digit(c) || c == '-'; });
}

bool is_web_address(std::string_view url) {
  if (!is_plain_value(url)) return false;
  const size_t scheme = istarts_with(url, "https://") ? 8 : istarts_with(url, "http://") ? 7 : 0;
  if (scheme == 0 || url.size() == scheme || !is_alnum(url[scheme])) return false;
  for (size_t i = scheme; i < url.size(); ++i) {  // RFC 3986: what may stand in a URI
    if (url[i] == '%' && (i + 2 >= url.size() || hex_digit(url[i + 1]) < 0 || hex_digit(url[i + 2]) < 0)) return false;
    if (!is_alnum(url[i]) && !std::string_view("-._~:/?#@!$&'()*+,;=%").contains(url[i])) return false;
  }
  const std::string_view authority = url.substr(scheme, url.find_first_of("/?#", scheme) - scheme);
  const size_t colon = authority.find(':');
  return authority.find('@') == std::string_view::npos &&
         (colon == std::string_view::npos ||
          std::all_of(authority.begin() + colon + 1, authority.end(), [](char c) { return is_digit(c); })) &&
         std::count(url.begin(), url.end(), '#') <= 1;
}

std::string reference_of(const Advisory& advisory, const Source& source) {
  if (!is_web_address(source.url)) return {};
  const size_t at = source.url.find("://") + 3;
  const std::string host = ascii_lower(source.url.substr(at, source.url.find_first_of(":/?#", at) - at));
  for (const Indicator& i : advisory.indicators) {
    if (i.role != "malicious" || i.host.empty()) continue;
    const std::string bad = ascii_lower(i.host);
    if (host == bad || (host.ends_with(bad) && host[host.size() - bad.size() - 1] == '.')) return {};
  }
  return source.url;
}

std::string without_port(std::string_view address) {
  if (address.starts_with('[')) return std::string(address.substr(1, address.find(']') - 1));
  const size_t colon = address.find(':');
  const bool v4 = colon != std::string_view::npos && address.find(':', colon + 1) == std::string_view::npos;
  return std::string(v4 ? address.substr(0, colon) : address);
}

std::string mask_regex(std::string_view type, std::string_view pattern) {
  if (!is_plain_value(pattern)) return {};
  const size_t scheme = pattern.find("://");
  const size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const size_t end = std::min(pattern.find_first_of("/?#", host), pattern.size());
  // The host's last label is anybody's; of the rest some letter must be left.
  const std::string_view names = pattern.substr(host, end - host);
  const std::string_view own = names.substr(0, names.rfind('.') == std::string_view::npos ? 0 : names.rfind('.'));
  if (std::none_of(own.begin(), own.end(), [](char c) { return is_alnum(c); }) &&
      std::none_of(pattern.begin() + static_cast<ptrdiff_t>(end), pattern.end(), [](char c) { return is_alnum(c); }))
    return {};
  std::string out = type == "url" && scheme == std::string_view::npos ? "^https?://" : "^";
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '*') out += i >= end ? ".*" : i == host ? "[0-9A-Za-z.-]+" : "[0-9A-Za-z-]+";
    else if (is_alnum(c) || std::string_view("-_/:@%=&").contains(c)) out += c;
    else out.append("\\").append(1, c);
  }
  return out + "$";
}

Timestamp midnight(const article::Date& date, Timestamp otherwise) {
  if (!date.known() || date.year > 9999 || date.month < 1 || date.month > 12) return otherwise;
  return {seconds_from_civil(date.year, date.month, std::max(date.day, 1), 0, 0, 0), 0};
}

std::string milliseconds(Timestamp at) {
  std::string out = format_rfc3339({at.seconds, 0});
  const std::string thousandths = std::to_string(1000 + at.nanos / 1'000'000);
  return out.substr(0, 19) + "." + thousandths.substr(1) + "Z";
}

Timestamp first_made(const Advisory& advisory) {
  return advisory.history.empty() ? advisory.made : std::min(advisory.history.front().made, advisory.made);
}

std::string mark(const Advisory& advisory, const Place& place, const Labels& labels, std::string_view language) {
  if (place.source >= advisory.sources.size()) return {};
  return labels.text(place.line == 0 ? "mark.source" : "mark.line", language,
                     {std::to_string(place.source + 1), std::to_string(place.line)});
}

std::vector<TechniqueUse> techniques_of(const Advisory& advisory) {
  std::map<std::string, TechniqueUse, std::less<>> uses;
  for (size_t k = 0; k < advisory.statements.size(); ++k) {
    for (const Technique& t : advisory.statements[k].techniques) {
      if (!is_technique(t.id)) continue;
      TechniqueUse& use = uses[t.id];
      use.id = t.id;
      if (use.name.empty()) use.name = t.name;
      if (use.tactics.empty()) use.tactics = t.tactics;
      use.probability = std::clamp(std::max(use.probability, t.probability), 0.0, 1.0);
      use.literal |= t.literal;
      use.statements.push_back(static_cast<uint32_t>(k));
    }
  }
  for (const Scenario& scenario : advisory.scenarios) {
    for (const Step& step : scenario.steps) {
      if (!is_technique(step.technique)) continue;
      TechniqueUse& use = uses[step.technique];
      use.id = step.technique;
      if (use.name.empty()) use.name = step.name;
      if (use.tactics.empty() && !step.tactic.empty()) use.tactics = {step.tactic};
    }
  }
  std::vector<TechniqueUse> out;
  for (auto& [id, use] : uses) out.push_back(std::move(use));
  return out;
}

}  // namespace sekisho::desk
