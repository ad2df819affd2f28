// The public suites of mail authentication, read from the unpacked test data: SEKISHO_DATA (a folder that holds
// mailauth/), or ../shared/data beside the source. Prints "NAME  passed/total" a suite; --verbose names each test that
// fails. Exit 1 if one fails; "skipped: no data" and exit 0 where there is no data.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "mailauth/authres.h"
#include "mailauth/dkim2.h"
#include "mailauth/tags.h"
#include "mailauth/verify.h"
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

// One letter made another, behind a place; nothing where there is none before the end.
std::optional<std::string> swapped(const std::string& bytes, size_t from, size_t end) {
  for (size_t i = from; i < std::min(end, bytes.size()); ++i) {
    if (!is_alpha(bytes[i])) continue;
    std::string out = bytes;
    out[i] = out[i] == 'q' ? 'w' : 'q';
    return out;
  }
  return std::nullopt;
}

// What passed must not pass any more once a byte of the From, or of the body that is covered, is another.
Tally* swaps = nullptr;
void swap_bytes(const std::string& name, const std::string& bytes, net::Resolver& zone, Timestamp now) {
  const mailauth::Message message(bytes);
  const auto before = verify_dkim(message, zone, now);
  const bool chain = verify_arc(message, zone).status == mailauth::ArcStatus::pass;
  const auto from = message.all("From");
  const auto place = [&](std::string_view needle) {
    const size_t at = bytes.find(needle.substr(0, needle.find('\r')));
    return at == std::string::npos ? bytes.size() : at;
  };
  const size_t head = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
  for (const bool body : {false, true}) {
    if (!body && (from.size() != 1 || from[0]->value.empty())) continue;
    const auto other = body ? swapped(bytes, head, bytes.size())
                            : swapped(bytes, place(from[0]->value), place(from[0]->value) + from[0]->value.size());
    if (!other) continue;
    const mailauth::Message changed(*other);
    const auto after = verify_dkim(changed, zone, now);
    for (size_t i = 0; i < before.signatures.size(); ++i) {
      const auto& was = before.signatures[i];
      if (was.status != mailauth::DkimStatus::pass || (body && was.body_length == 0)) continue;
      swaps->count(after.signatures[i].status == mailauth::DkimStatus::fail, name, "fail",
                   std::string(dkim_status_name(after.signatures[i].status)));
    }
    if (chain && body)
      swaps->count(verify_arc(changed, zone).status == mailauth::ArcStatus::fail, name, "fail", "an ARC pass");
  }
}

// The suites' mails without what others recorded about them.
std::string without_results(const std::string& bytes) {
  const mailauth::Message message(bytes);
  std::string out;
  for (const mailauth::Field& f : message.fields())
    if (!iequals(f.name, "Authentication-Results")) out += f.raw;
  return out + "\r\n" + std::string(message.body());
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text(const Node* node) { return node ? node->text : std::string(); }

// mend: of the public suites.
std::vector<Node> documents(const fs::path& path, bool mend = true) {
  Limits limits;
  limits.rule_file_bytes = 64u << 20;
  // Two things that the suites are free with. An empty block scalar swallows the lines behind it in libfyaml, and tests
  // of one document have the same name.
  std::string bytes;
  std::set<std::string> names;
  const std::string all = read_file(path);
  const auto lines = split(all, '\n');
  if (!mend) bytes = all;
  for (size_t i = 0; mend && i < lines.size(); ++i) {
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
        swap_bytes(name.text, bytes, zone, {1500000000, 0});
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

// ---- DKIM2

void dkim2_suite(const fs::path& root) {
  namespace dom = simdjson::dom;
  Tally tally{"dkim2"};
  const fs::path folder = root / "mail-auth/resources/dkim2";
  dom::parser parser, names;
  dom::object domains;
  dom::array cases;
  if (names.load((folder / "dns.json").string()).get(domains) ||
      parser.load((folder / "cases.json").string()).get(cases)) {
    tally.count(false, "suite", "JSON", "none");
    return;
  }
  net::ZoneResolver zone;
  for (const auto& [domain, selectors] : domains)
    for (const auto& [selector, records] : dom::object(selectors))
      zone.add(std::string(selector) + "." + std::string(domain), net::DnsType::txt,
               {std::string(std::string_view(records.at(0).at(1)))});
  for (const dom::element test : cases) {
    const auto text_at = [&](const char* key) { return std::string(std::string_view(test[key])); };
    const std::string name = text_at("name"), wanted = text_at("expected");
    const std::string bytes = read_file(folder / "expected" / text_at("file"));
    const mailauth::Message message(bytes);
    mailauth::Dkim2Envelope envelope{text_at("mail_from"), {}};
    for (const dom::element to : dom::array(test["rcpt_to"])) envelope.recipients.emplace_back(std::string_view(to));
    const auto got =
        verify_dkim2(message, envelope, zone, {int64_t(test["now"]), 0}, {.brackets = bool(test["strict"])});
    tally.count(wanted == dkim_status_name(got.status), name, wanted,
                std::string(dkim_status_name(got.status)) + " " + got.reason);
  }
}

// ---- DMARC: tests/dmarc/README.md

template <class Status>
Status status_of(std::string_view name, std::string_view (*name_of)(Status), int last) {
  for (int i = 0; i <= last; ++i)
    if (name_of(static_cast<Status>(i)) == name) return static_cast<Status>(i);
  return {};
}

void dmarc_suite() {
  Tally tally{"dmarc/rfc9989"};
  for (const Node& document : documents(fs::path(SEKISHO_SOURCE_DIR) / "tests/dmarc/rfc9989.yml", false))
    for (const Node& test : document.items) {
      std::string lines;
      std::vector<std::string> broken;
      if (const Node* zone = test.find("zone"))
        for (const Node& line : zone->items) {
          if (line.text.starts_with('!')) broken.push_back(line.text.substr(1));
          else lines += line.text + "\n";
        }
      const std::string name = text(test.find("name"));
      const auto zone = net::ZoneResolver::read(lines, name);
      if (!zone) {
        tally.count(false, name, "a zone", zone.error().one_line());
        continue;
      }
      for (const std::string& b : broken) (*zone)->fail(b);
      std::string bytes;
      for (const Node& from : test.find("from")->items) bytes += "From: " + from.text + "\r\n";
      bytes += "\r\nbody\r\n";
      const mailauth::Message message(bytes);
      const auto split_status = [](const std::string& said) {
        return std::pair(said.substr(0, said.find(' ')), said.substr(said.find(' ') + 1));
      };
      mailauth::SpfResult spf;
      if (const Node* said = test.find("spf")) {
        const auto [status, domain] = split_status(said->text);
        spf.status = status_of(status, mailauth::spf_status_name, 6);
        spf.domain = domain;
      }
      mailauth::DkimResults dkim;
      if (const Node* said = test.find("dkim"))
        for (const Node& one : said->items) {
          const auto [status, domain] = split_status(one.text);
          dkim.signatures.emplace_back().status = status_of(status, mailauth::dkim_status_name, 5);
          dkim.signatures.back().domain = domain;
        }
      const mailauth::Authors authors = read_authors(message);
      const mailauth::DmarcResult got = mailauth::check_dmarc({authors, spf, dkim}, **zone);
      std::string shown, wanted;
      const auto compare = [&](const char* key, const std::string& value) {
        const Node* expected = test.find(key);
        if (expected == nullptr) return;
        shown += std::string(key) + "=" + value + " ";
        std::string list = expected->text;
        for (const Node& item : expected->items) list += (list.empty() ? "" : ",") + item.text;
        wanted += std::string(key) + "=" + list + " ";
      };
      compare("result", std::string(dmarc_status_name(got.status)));
      compare("policy", std::string(dmarc_policy_name(got.policy)));
      compare("tag", got.policy_tag);
      compare("record", got.record ? got.record->domain : "");
      compare("disposition", std::string(dmarc_policy_name(got.disposition)));
      compare("override", got.override_reason);
      compare("org", got.organizational_domain);
      compare("aligned_spf", got.aligned_spf);
      compare("aligned_dkim", got.aligned_dkim);
      compare("from_domain", got.from_domain);
      compare("malformed", authors.malformed ? "true" : "false");
      compare("questions", std::to_string(got.asked.size()));
      std::string asked;
      for (const std::string& a : got.asked) asked += (asked.empty() ? "" : ",") + a.substr(7);
      compare("asked", asked);
      tally.count(shown == wanted, name, wanted, shown + got.reason);
    }
}

// ---- whole mails with a zone

// What the suite's own gateway wrote into a mail: its topmost field.
const mailauth::MethodResult* method(const mailauth::AuthResults& results, std::string_view name) {
  const auto it = std::ranges::find(results.results, name, &mailauth::MethodResult::method);
  return it == results.results.end() ? nullptr : &*it;
}
std::string value(const mailauth::MethodResult* from, std::string_view name) {
  const auto* property = from ? from->find("smtp", name) : nullptr;
  return property ? property->value : "";
}

void milter_suite(const fs::path& root) {
  Tally tally{"authentication_milter"};
  const fs::path folder = root / "authentication_milter/t";
  const auto zone = net::ZoneResolver::read(read_file(folder / "zonefile"), "zonefile");
  if (!zone) {
    tally.count(false, "zonefile", "", zone.error().one_line());
    return;
  }
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder / "data/example")) files.insert(entry.path());
  for (const fs::path& path : files) {
    const std::string bytes = read_file(path);
    const mailauth::Message message(bytes);
    const auto fields = message.all("Authentication-Results");
    const auto written =
        fields.empty() ? Result<mailauth::AuthResults>(fail("", "")) : mailauth::parse_authres(fields[0]->value);
    if (!written) continue;
    const auto *spf = method(*written, "spf"), *dkim = method(*written, "dkim"), *dmarc = method(*written, "dmarc");
    const mailauth::AuthEnvelope envelope{value(method(*written, "iprev"), "remote-ip"), value(spf, "helo"),
                                          value(spf, "mailfrom"), "test.module"};
    const std::string clean = without_results(bytes);
    const mailauth::Message judged(clean);
    const auto got = verify(judged, envelope, **zone, {1423000000, 0});
    swap_bytes(path.filename().string(), clean, **zone, {1423000000, 0});
    const std::string name = path.filename().string();
    if (spf && !envelope.address.empty())
      tally.count(spf->result == spf_status_name(got.spf.status), name + " spf", spf->result,
                  std::string(spf_status_name(got.spf.status)) + " " + got.spf.reason);
    if (dkim) {
      const mailauth::DkimResult none{};
      const auto& first = got.dkim.signatures.empty() ? none : got.dkim.signatures[0];
      // SHA-1 passes there; RFC 8301 section 3.1 forbids that.
      const bool sha1 = first.algorithm == "rsa-sha1" && first.status == mailauth::DkimStatus::policy;
      tally.count(sha1 || dkim->result == dkim_status_name(first.status), name + " dkim", dkim->result,
                  std::string(dkim_status_name(first.status)) + " " + first.reason);
    }
    // The suite judges each address of a From with several; here such a From is an error of its own.
    const bool several = got.dmarc.status == mailauth::DmarcStatus::permerror && name.starts_with("dmarc_multi");
    if (dmarc && !envelope.address.empty())
      tally.count(several || dmarc->result == dmarc_status_name(got.dmarc.status), name + " dmarc", dmarc->result,
                  std::string(dmarc_status_name(got.dmarc.status)) + " " + got.dmarc.reason);
  }
}

// Mails with what DNS says of them in front: "name record" a line, then an empty one.
void keyed_mails(const fs::path& root) {
  Tally tally{"mail-auth/dkim"};
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(root / "mail-auth/resources/dkim")) files.insert(entry.path());
  for (const fs::path& path : files) {
    const std::string all = read_file(path);
    net::ZoneResolver zone;
    size_t at = 0;
    while (at < all.size()) {
      const size_t end = all.find('\n', at);
      const std::string_view line = trim(std::string_view(all).substr(at, end - at));
      at = end + 1;
      if (line.empty()) break;
      const size_t space = line.find(' ');
      zone.add(line.substr(0, space), net::DnsType::txt, {std::string(line.substr(space + 1))});
    }
    const std::string bytes = without_results(all.substr(at));
    const mailauth::Message message(bytes);
    // Soon after it was signed: some expire.
    Timestamp now{1700000000, 0};
    for (const auto& r : verify_dkim(message, zone, now).signatures)
      if (r.signed_at) now.seconds = *r.signed_at + 60;
    const auto got = verify_dkim(message, zone, now);
    swap_bytes(path.filename().string(), bytes, zone, now);
    for (const auto& r : got.signatures)
      tally.count(r.status == mailauth::DkimStatus::pass, path.filename().string(), "pass",
                  std::string(dkim_status_name(r.status)) + " " + r.reason);
  }
}

// Expected by what each file is named after; the keys are those of RFC 6376 appendix C and RFC 8463 appendix A.2.
void dkim_verifier_suite(const fs::path& root) {
  Tally tally{"dkim_verifier"};
  net::ZoneResolver zone;
  zone.add(
      "brisbane._domainkey.example.com", net::DnsType::txt,
      {"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v"
       "3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUY"
       "ckcQ2QIDAQAB"});
  zone.add("brisbane._domainkey.football.example.com", net::DnsType::txt,
           {"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="});
  zone.add(
      "test._domainkey.football.example.com", net::DnsType::txt,
      {"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
       "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kr"
       "yOTIKT+l/K4w3QIDAQAB"});
  // The suite's key that allows no subdomains in i=.
  zone.add("s.flags._domainkey.example.com", net::DnsType::txt,
           {zone.look_up("brisbane._domainkey.example.com", net::DnsType::txt).records[0].text + "; t=s"});
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / "dkim_verifier/test/data"))
    if (entry.path().extension() == ".eml") files.insert(entry.path());
  for (const fs::path& path : files) {
    const std::string name = path.filename().string(), bytes = without_results(read_file(path));
    const mailauth::Message message(bytes);
    const auto got = verify_dkim(message, zone, {1740000000, 0});
    swap_bytes(name, bytes, zone, {1740000000, 0});
    const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    for (const auto& r : got.signatures) {
      // A status, and a field that a signature leaves open. The suite warns of such fields, or fails by its user's
      // preferences; here they are facts beside the result, but for a second From.
      std::string wanted = "pass";
      if (path.parent_path().filename() == "original") wanted = "body";  // their keys are not in the set
      else if (has("added_header-from")) wanted = "policy from";
      else if (has("added_header-") || has("unsigned_header-"))
        wanted += " " + (has("reply_to")       ? std::string("reply-to")
                         : has("content-type") ? "content-type"
                                               : name.substr(13, name.find('.') - 13));
      else if (has("body_modified") || has("subject_modified")) wanted = "fail";
      else if (has("missing_v") || has("algo_mismatch") || has("auid_is_subdomain")) wanted = "permerror";
      const std::string open = wanted.substr(std::min(wanted.find(' '), wanted.size() - 1) + 1);
      std::string shown(dkim_status_name(r.status));
      if (wanted == "body" && r.body_hash_ok) shown = "body";
      if (wanted.find(' ') != std::string::npos &&
          std::ranges::find(r.unsigned_fields, open) != r.unsigned_fields.end())
        shown += " " + open;
      tally.count(shown == wanted, name, wanted, shown + " (" + r.reason + ")");
    }
  }
}

// Real mail: its body hashes, which need no key. Three signatures of linux-integrity are in encoded words, by the
// archive that the mails come from: they cannot be read, and are told as failures that are known.
void body_hashes(const fs::path& data) {
  const fs::path folder = data / "mail-dev";
  if (!fs::is_directory(folder)) return;
  int passed = 0, total = 0, encoded = 0;
  net::NoResolver nobody;
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().filename().string().starts_with("linux-")) files.insert(entry.path());
  for (const fs::path& path : files) {
    const std::string bytes = read_file(path);
    const mailauth::Message message(bytes);
    const auto fields = message.all("DKIM-Signature");
    const auto got = verify_dkim(message, nobody, {1700000000, 0}).signatures;
    for (size_t i = 0; i < got.size(); ++i) {
      if (got[i].algorithm == "rsa-sha1") continue;
      ++total;
      passed += got[i].body_hash_ok;
      if (got[i].body_hash_ok) continue;
      const bool known = trim(fields[i]->value).starts_with("=?");
      encoded += known;
      if (verbose || !known)
        std::printf("  body hash: %s: %s %s\n", path.filename().string().c_str(), got[i].domain.c_str(),
                    got[i].reason.c_str());
    }
  }
  std::printf("%-24s %d/%d (%d are in encoded words)\n", "body hashes, linux-*", passed, total, encoded);
  failures += total - passed - encoded;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) verbose |= std::string_view(argv[i]) == "--verbose";
  const char* set = std::getenv("SEKISHO_DATA");
  dmarc_suite();
  const fs::path root = fs::path(set ? set : SEKISHO_SOURCE_DIR "/../shared/data") / "mailauth";
  if (!fs::is_directory(root)) {
    std::printf("mailauth: skipped: no data\n");
    return 0;
  }
  Tally one_byte{"one byte swapped"};
  swaps = &one_byte;
  spf_suite(root);
  arc_suites(root);
  dkim2_suite(root);
  keyed_mails(root);
  milter_suite(root);
  dkim_verifier_suite(root);
  body_hashes(root.parent_path());
  return failures == 0 ? 0 : 1;
}
