// The public vectors for URLs, IDNA and public suffixes, read from the unpacked test data: SEKISHO_DATA (a folder that
// holds url/ and psl/), or ../shared/data beside the source. Prints "NAME  passed/total" a set; --verbose names each
// vector that fails. Exit 1 if one fails that is not listed below; "skipped: no data" and exit 0 where there is no
// data.
//
// Not run, because the program has no such thing: setters_tests and ada_extra_setters_tests (a Url here is read, not
// edited), urlpattern* (another standard), verifydnslength_tests (beStrict = true; browsers parse with false), and the
// columns of percent-encoding.json for charsets other than UTF-8 (queries are always UTF-8 here).
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/host.h"
#include "net/url.h"

namespace {

using namespace sekisho;
namespace dom = simdjson::dom;

// Vectors that do not pass, each with its reason.
struct Exception {
  std::string_view set, input, reason;
};
constexpr std::string_view kExtensionJ =
    "CJK Extension J is new in Unicode 17; to ICU 72 (Unicode 15) its characters are unassigned";
constexpr Exception kExceptions[] = {
    {"url/IdnaTestV2", "\U0003293120.\u97f3.\ua8661.", kExtensionJ},
    {"url/IdnaTestV2", "\U00032b9a9\ua369\u17d3.ss", kExtensionJ},
    {"url/IdnaTestV2", "\U00032b9a9\ua369\u17d3.SS", kExtensionJ},
};

bool verbose = false;
int unexplained = 0;

struct Tally {
  std::string name;
  int passed = 0, total = 0;

  void count(bool good, std::string_view input, const std::string& wanted, const std::string& got) {
    ++total;
    passed += good;
    if (good) return;
    std::string_view reason;
    for (const Exception& e : kExceptions)
      if (e.set == name && e.input == input) reason = e.reason;
    unexplained += reason.empty();
    if (verbose)
      std::printf("  %s: <%.*s> wanted <%s> got <%s>%s%.*s\n", name.c_str(), static_cast<int>(input.size()),
                  input.data(), wanted.c_str(), got.c_str(), reason.empty() ? "" : " because ",
                  static_cast<int>(reason.size()), reason.data());
  }
  void print() const { std::printf("%-32s %d/%d\n", name.c_str(), passed, total); }
};

std::optional<std::string> read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// Inputs are JavaScript strings and become scalar values on their way into the parser: a surrogate without its twin is
// U+FFFD.
std::string without_lone_surrogates(std::string json) {
  const auto unit = [&json](size_t at) -> unsigned {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return 0;
    return static_cast<unsigned>(std::strtoul(json.substr(at + 2, 4).c_str(), nullptr, 16));
  };
  for (size_t i = 0; i + 1 < json.size(); ++i) {
    if (json[i] != '\\') continue;
    const unsigned first = unit(i);
    if (first >= 0xd800 && first <= 0xdbff && unit(i + 6) >= 0xdc00 && unit(i + 6) <= 0xdfff) i += 11;
    else if (first >= 0xd800 && first <= 0xdfff) json.replace(i + 2, 4, "FFFD");
    else ++i;
  }
  return json;
}

std::optional<std::string> text(dom::element e, const char* key) {
  std::string_view s;
  if (e[key].get(s)) return std::nullopt;
  return std::string(s);
}

// What the URL API would say, by name of the getter.
std::string getter(const net::Url& u, std::string_view name) {
  const std::string port = u.port ? std::to_string(*u.port) : "";
  if (name == "href") return u.href();
  if (name == "origin") return u.origin();
  if (name == "protocol") return u.scheme + ":";
  if (name == "username") return u.username;
  if (name == "password") return u.password;
  if (name == "hostname") return std::string(u.host_view());
  if (name == "host") return std::string(u.host_view()) + (port.empty() ? "" : ":" + port);
  if (name == "port") return port;
  if (name == "pathname") return u.path;
  if (name == "search") return u.query && !u.query->empty() ? "?" + *u.query : "";
  return u.fragment && !u.fragment->empty() ? "#" + *u.fragment : "";
}

void url_vector(dom::element v, Tally& tally) {
  const auto input = text(v, "input");
  if (!input) return;
  const std::string label = *input + (text(v, "base") ? " on " + *text(v, "base") : "");
  bool failure = false;
  if (v["failure"].get(failure)) failure = false;
  std::optional<net::Url> base;
  bool base_failed = false;
  if (auto b = text(v, "base")) {
    auto parsed = net::parse_url(*b);
    base_failed = !parsed;
    if (parsed) base = std::move(*parsed);
  }
  if (base_failed) return tally.count(failure, label, "a base that parses", "failure");
  const auto u = net::parse_url(*input, base ? &*base : nullptr);
  if (failure || !u)
    return tally.count(failure && !u, label, failure ? "failure" : text(v, "href").value_or(""),
                       u ? u->href() : u.error().code);
  for (const char* name : {"href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname",
                           "search", "hash"}) {
    const auto wanted = text(v, name);
    if (wanted && getter(*u, name) != *wanted)
      return tally.count(false, label, std::string(name) + " " + *wanted, getter(*u, name));
  }
  // Serialised and read again it must be the same URL.
  Limits wide;
  wide.url_bytes *= 4;
  const auto again = net::parse_url(u->href(), nullptr, wide);
  tally.count(again && again->href() == u->href(), label, "the same after a second parse",
              again ? again->href() : again.error().code);
}

void ascii_vector(dom::element v, Tally& tally) {
  const auto input = text(v, "input");
  if (!input) return;
  const auto wanted = text(v, "output");
  const auto got = net::to_ascii(*input);
  // An empty result is a failure of the URL Standard's "domain to ASCII" only.
  const bool good = wanted && !wanted->empty() ? got && *got == *wanted : !got;
  tally.count(good, *input, wanted.value_or("failure"), got ? *got : got.error().code);
}

void encoding_vector(dom::element v, Tally& tally) {
  const auto input = text(v, "input");
  std::string_view wanted;
  if (!input || v["output"]["utf-8"].get(wanted)) return;
  const auto u = net::parse_url("https://doesnotmatter.invalid/?" + *input + "#" + *input);
  const std::string got = u ? u->query.value_or("") : "failure";
  tally.count(u && got == wanted && u->fragment == got, *input, std::string(wanted), got);
}

bool json_set(const std::filesystem::path& folder, const char* file, void (*run)(dom::element, Tally&)) {
  auto bytes = read(folder / (std::string(file) + ".json"));
  if (!bytes) return false;
  Tally tally{std::string("url/") + file};
  dom::parser parser;
  dom::array vectors;
  if (parser.parse(without_lone_surrogates(std::move(*bytes))).get(vectors)) {
    std::printf("%-32s unreadable JSON\n", tally.name.c_str());
    ++unexplained;
    return true;
  }
  for (dom::element v : vectors)
    if (v.is_object()) run(v, tally);
  tally.print();
  return true;
}

// Lines of checkPublicSuffix('host', 'domain' | null).
bool suffix_set(const std::filesystem::path& folder) {
  std::ifstream in(folder / "tests/test_psl.txt");
  const auto list = net::PublicSuffixes::load((folder / "public_suffix_list.dat").string());
  if (!in || !list) return false;
  Tally tally{"psl/test_psl"};
  const auto quoted = [](const std::string& line, size_t& at) -> std::optional<std::string> {
    while (at < line.size() && (line[at] == ' ' || line[at] == ',' || line[at] == '(')) ++at;
    if (at >= line.size() || line[at] != '\'') return at += 4, std::nullopt;  // null
    const size_t end = line.find('\'', at + 1);
    std::string out = line.substr(at + 1, end - at - 1);
    at = end + 1;
    return out;
  };
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("checkPublicSuffix(")) continue;
    size_t at = 17;
    const auto host = quoted(line, at);
    const auto domain = quoted(line, at);
    std::string got;
    if (host)
      if (const auto ascii = net::to_ascii(*host)) got = list->registrable(*ascii);
    const std::string wanted = domain ? net::to_ascii(*domain).value_or("?") : "";
    tally.count(got == wanted, host.value_or("null"), wanted, got);
  }
  tally.print();
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) verbose = verbose || std::string_view(argv[i]) == "--verbose";
  const char* set = std::getenv("SEKISHO_DATA");
  std::filesystem::path data =
      set && *set ? std::filesystem::path(set) : std::filesystem::path(__FILE__).parent_path() / "../../shared/data";
  const auto url = data / "url/wpt/tests/wpt";
  bool any = json_set(url, "urltestdata", url_vector);
  any |= json_set(url, "urltestdata-javascript-only", url_vector);
  any |= json_set(url, "ada_extra_urltestdata", url_vector);
  any |= json_set(url, "ada_long_urltestdata", url_vector);
  any |= json_set(url, "toascii", ascii_vector);
  any |= json_set(url, "IdnaTestV2", ascii_vector);
  any |= json_set(url, "IdnaTestV2-removed", ascii_vector);
  any |= json_set(url, "percent-encoding", encoding_vector);
  any |= suffix_set(data / "psl");
  if (!any) std::printf("skipped: no data\n");
  return unexplained == 0 ? 0 : 1;
}
