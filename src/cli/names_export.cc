// Takes names with what they imitate, gives them as the lists that other programs read. Entry: export_names. Formats:
// csv, ndjson, sigma, yaral, rpz, squid, pac.
#include <fmt/format.h>

#include <set>

#include "base/json.h"
#include "base/strings.h"
#include "cli/names.h"
#include "net/host.h"

namespace sekisho::cli {
namespace {

std::string escaped_for_regex(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '.' ? std::string("\\.") : std::string(1, c);
  return out;
}

// As resolvers ask for them: Punycode, no final dot, once each, and short enough to stand in a zone below another name.
std::vector<ExportedName> as_asked(const std::vector<ExportedName>& names) {
  constexpr size_t kLongest = 230;
  std::vector<ExportedName> out;
  std::set<std::string> once;
  for (ExportedName n : names) {
    if (auto ascii = net::to_ascii(n.host)) n.host = *std::move(ascii);
    while (n.host.ends_with('.')) n.host.pop_back();
    if (!n.host.empty() && n.host.size() <= kLongest && once.insert(n.host).second) out.push_back(std::move(n));
  }
  return out;
}

}  // namespace

std::string export_names(const std::vector<ExportedName>& given, std::string_view format) {
  const std::vector<ExportedName> names = as_asked(given);
  std::string out;
  if (names.empty() && (format == "sigma" || format == "yaral")) return out;  // a rule of nothing matches anything
  if (format == "csv") {
    out = "host,brand,log_odds,how\n";
    for (const ExportedName& n : names) out += fmt::format("{},{},{:.2f},{}\n", n.host, n.brand, n.odds, n.how);
  } else if (format == "ndjson") {
    for (const ExportedName& n : names)
      out += "{\"host\":" + json_text(n.host) + ",\"brand\":" + json_text(n.brand) +
             fmt::format(",\"log_odds\":{:.2f}", n.odds) + ",\"how\":" + json_text(n.how) + "}\n";
  } else if (format == "rpz") {
    // A response policy zone: the names and all below them do not exist.
    out = "$TTL 300\n@ IN SOA localhost. hostmaster.localhost. 1 3600 600 86400 300\n@ IN NS localhost.\n";
    for (const ExportedName& n : names) out += n.host + " IN CNAME .\n*." + n.host + " IN CNAME .\n";
  } else if (format == "squid") {
    // acl lookalikes dstdomain "/etc/squid/lookalikes"
    for (const ExportedName& n : names) out += "." + n.host + "\n";
  } else if (format == "pac") {
    out =
        "// Look-alike names go to a proxy that refuses or inspects them; change it to yours.\n"
        "var LOOKALIKES = {\n";
    for (size_t i = 0; i < names.size(); ++i)
      out += "  " + json_text(names[i].host) + ": 1" + (i + 1 < names.size() ? ",\n" : "\n");
    out +=
        "};\n"
        "function FindProxyForURL(url, host) {\n"
        "  for (var h = host.toLowerCase(); h; h = h.indexOf('.') < 0 ? '' : h.substring(h.indexOf('.') + 1))\n"
        "    if (LOOKALIKES.hasOwnProperty(h)) return 'PROXY 127.0.0.1:9';\n"
        "  return 'DIRECT';\n"
        "}\n";
  } else if (format == "sigma") {
    out =
        "title: Connection to a look-alike of one of our names\n"
        "id: 6a1f6c0e-6f0e-4a53-9a1e-5d1f8b0c7a11\n"
        "status: experimental\n"
        "description: Names made by sekisho names\n"
        "logsource:\n  category: proxy\n"
        "detection:\n  selection:\n    cs-host:\n";
    for (const ExportedName& n : names) out += "      - '" + n.host + "'\n";
    out += "  below:\n    cs-host|endswith:\n";
    for (const ExportedName& n : names) out += "      - '." + n.host + "'\n";
    out += "  condition: selection or below\nlevel: high\n";
  } else if (format == "yaral") {
    out =
        "rule names_lookalike {\n  meta:\n    author = \"sekisho names\"\n"
        "    description = \"Connection to a look-alike of one of our names\"\n    severity = \"HIGH\"\n\n  events:\n";
    out += "    $e.target.hostname = /(^|\\.)(";
    for (size_t i = 0; i < names.size(); ++i) out += (i ? "|" : "") + escaped_for_regex(names[i].host);
    out += ")$/ nocase\n\n  condition:\n    $e\n}\n";
  }
  return out;
}

}  // namespace sekisho::cli
