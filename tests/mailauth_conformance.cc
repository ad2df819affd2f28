// The public suites of mail authentication, read from the unpacked test data: SEKISHO_DATA (a folder that holds
// mailauth/), or ../shared/data beside the source. Prints "NAME  passed/total" a suite; --verbose names each test that
// fails. Exit 1 if one fails; "skipped: no data" and exit 0 where there is no data.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "mailauth/arc.h"
#include "mailauth/spf.h"
#include "mailauth/tags.h"
#include "net/dns.h"
#include "sigma/yaml.h"

namespace {

using namespace sekisho;
using sigma::Node;
namespace fs = std::filesystem;

bool verbose = false;
int failures = 0;

struct Tally {
  std::string name;
  int passed = 0, total = 0;
  void count(bool good, const std::string& test, const std::string& wanted, const std::string& got) {
    ++total;
    passed += good;
    failures += !good;
    if (!good && verbose)
      std::printf("  %s: %s wanted <%s> got <%s>\n", name.c_str(), test.c_str(), wanted.c_str(), got.c_str());
  }
  ~Tally() { std::printf("%-24s %d/%d\n", name.c_str(), passed, total); }
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text(const Node* node) { return node ? node->text : std::string(); }

std::vector<Node> documents(const fs::path& path) {
  Limits limits;
  limits.rule_file_bytes = 64u << 20;
  // Two things that the suites are free with. An empty block scalar swallows the lines behind it in libfyaml, and tests
  // of one document have the same name.
  std::string bytes;
  std::set<std::string> names;
  const std::string all = read_file(path);
  const auto lines = split(all, '\n');
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string line(lines[i]);
    const std::string_view start = trim(line);
    const auto indent = [&](size_t n) { return lines[n].find_first_not_of(' '); };
    size_t next = i + 1;
    while (next < lines.size() && trim(lines[next]).empty()) ++next;
    if ((start.ends_with(": |") || start.ends_with(": >-") || start.ends_with("     |")) && next < lines.size() &&
        indent(next) <= indent(i))
      line.resize(line.find(':') + 1);
    if (line == "---") names.clear();
    if (line.size() > 3 && indent(i) == 2 && line.ends_with(':') && !names.insert(line).second)
      line.insert(line.size() - 1, "_" + std::to_string(i));
    bytes += line + "\n";
  }
  sigma::Stream stream = sigma::read_yaml(bytes, path.filename().string(), limits);
  for (const Error& e : stream.errors) {
    std::printf("  %s\n", e.one_line().c_str());
    ++failures;
  }
  return std::move(stream.documents);
}

// ---- SPF: zonedata as lists of {TYPE: value}; SPF stands for TXT too unless the name has TXT of its own.

std::string joined(const Node& value) {
  std::string out = value.text;
  for (const Node& item : value.items) out += item.text;
  return out;
}

void add_name(net::ZoneResolver& zone, const std::string& name, const Node& entries) {
  bool own_texts = false;
  for (const Node& entry : entries.items) own_texts |= entry.find("TXT") != nullptr;
  for (const Node& entry : entries.items) {
    if (entry.text == "TIMEOUT") zone.fail(name);
    for (const auto& [key, value] : entry.entries) {
      if (value.text == "NONE") continue;
      const bool spf = key.text == "SPF";
      const auto type = spf ? net::DnsType::txt : net::dns_type(key.text);
      if (!type || (spf && own_texts)) continue;
      net::DnsRecord record;
      if (*type == net::DnsType::mx) {
        record.preference = static_cast<uint16_t>(std::atoi(value.items[0].text.c_str()));
        record.text = value.items[1].text;
      } else {
        record.text = joined(value);
      }
      zone.add(name, *type, std::move(record));
    }
    zone.add(name, net::DnsType::soa, {});  // the name exists
  }
}

void spf_suite(const fs::path& root) {
  Tally tally{"spf/rfc7208"};
  for (const Node& document : documents(root / "spf/test/rfc7208-tests.yml")) {
    const Node *tests = document.find("tests"), *names = document.find("zonedata");
    if (!tests || !names) continue;
    net::ZoneResolver zone;
    for (const auto& [name, entries] : names->entries) add_name(zone, name.text, entries);
    for (const auto& [name, test] : tests->entries) {
      mailauth::SpfRequest request;
      request.address = text(test.find("host"));
      request.helo = text(test.find("helo"));
      request.mail_from = text(test.find("mailfrom"));
      request.receiver = "receiver.example.org";
      const mailauth::SpfResult got = check_spf(request, zone);
      const Node* wanted = test.find("result");
      if (wanted == nullptr) {
        tally.count(false, name.text, "a result in the suite", "none");
        continue;
      }
      std::vector<std::string> allowed = {wanted->text};
      for (const Node& item : wanted->items) allowed.push_back(item.text);
      const std::string status(spf_status_name(got.status));
      bool good = std::ranges::find(allowed, status) != allowed.end();
      std::string shown = status + " " + got.reason;
      std::string expected = joined(*wanted);
      if (const Node* explanation = test.find("explanation"); good && explanation && explanation->text != "DEFAULT") {
        good = got.explanation == explanation->text;
        shown += " \"" + got.explanation + "\"";
        expected += " \"" + explanation->text + "\"";
      }
      tally.count(good, name.text, expected, shown);
    }
  }
}

// ---- ARC

void add_texts(net::ZoneResolver& zone, const Node* texts) {
  for (size_t i = 0; texts && i < texts->entries.size(); ++i) {
    const auto& [name, value] = texts->entries[i];
    std::string record;
    for (const char c : value.text) record += c == '\n' ? ' ' : c;
    zone.add(name.text, net::DnsType::txt, {record});
  }
}

// The tags of a field in one order, without white space.
std::string tags_of(std::string_view field) {
  std::vector<std::string> tags;
  for (const std::string_view piece : split(field, ';')) tags.push_back(mailauth::without_space(piece));
  std::ranges::sort(tags);
  std::string out;
  for (const std::string& t : tags) out += t + ";";
  return out;
}

void arc_suites(const fs::path& root) {
  {
    Tally tally{"arc/validate"};
    for (const Node& document : documents(root / "arc/tests/arc-draft-validation-tests.yml")) {
      net::ZoneResolver zone;
      add_texts(zone, document.find("txt-records"));
      for (const auto& [name, test] : document.find("tests")->entries) {
        const std::string bytes = text(test.find("message"));
        const mailauth::Message message(bytes);
        const mailauth::ArcResult got = verify_arc(message, zone);
        // Nothing stands for a chain that a sealer ended: fail, by RFC 8617 section 5.2 step 2.
        std::string wanted(trim(ascii_lower(text(test.find("cv")))));
        if (wanted.empty()) wanted = "fail";
        tally.count(arc_status_name(got.status) == wanted, name.text, wanted,
                    std::string(arc_status_name(got.status)) + " " + got.reason);
      }
    }
  }
  Tally tally{"arc/seal"};
  for (const Node& document : documents(root / "arc/tests/arc-draft-sign-tests.yml")) {
    net::ZoneResolver zone;
    add_texts(zone, document.find("txt-records"));
    const auto key = mailauth::Key::read_private(text(document.find("privatekey")));
    for (const auto& [name, test] : document.find("tests")->entries) {
      const std::string bytes = text(test.find("message"));
      const mailauth::Message message(bytes);
      mailauth::ArcSealer sealer{.domain = text(document.find("domain")), .selector = text(document.find("sel"))};
      sealer.authserv_id = text(test.find("srv-id"));
      sealer.fields = mailauth::colon_list(text(test.find("sig-headers")));
      sealer.now.seconds = std::atoll(text(test.find("t")).c_str());
      const auto made = seal_arc(message, verify_arc(message, zone), sealer, *key);
      std::string got, wanted;
      if (made) {
        const mailauth::Message fields(*made);
        for (const mailauth::Field& f : fields.fields()) got += tags_of(f.value) + "\n";
      }
      for (const char* field : {"AS", "AMS", "AAR"})
        if (const std::string value = text(test.find(field)); !value.empty()) wanted += tags_of(value) + "\n";
      tally.count(got == wanted, name.text, wanted, got);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) verbose |= std::string_view(argv[i]) == "--verbose";
  const char* set = std::getenv("SEKISHO_DATA");
  const fs::path root = fs::path(set ? set : SEKISHO_SOURCE_DIR "/../shared/data") / "mailauth";
  if (!fs::is_directory(root)) {
    std::printf("mailauth: skipped: no data\n");
    return 0;
  }
  spf_suite(root);
  arc_suites(root);
  return failures == 0 ? 0 : 1;
}
