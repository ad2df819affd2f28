// The own samples, held to what their README promises: with the organisation's settings, and with a brand taken away or
// invented.
#include <doctest/doctest.h>

#include "base/strings.h"
#include "scan/inputs.h"
#include "scan/scanner.h"

using namespace sekisho;
using namespace sekisho::scan;

namespace {

const std::string kSamples = SEKISHO_SOURCE_DIR "/content/samples/mail/";
const FixedClock kClock({1'790'000'000, 0});

struct Sample {
  std::string path, label, brand;
};

std::vector<Sample> manifest() {
  std::vector<Sample> out;
  const auto text = read_file(kSamples + "MANIFEST.tsv", 1u << 20);
  REQUIRE(text);
  for (const std::string_view line : split(*text, '\n')) {
    const auto c = split(line, '\t');
    if (c.size() >= 5 && c[0] != "path") out.push_back({std::string(c[0]), std::string(c[1]), std::string(c[4])});
  }
  return out;
}

std::unique_ptr<Scanner> scanner(const std::string& more_settings = {}) {
  auto base = read_file(kSamples + "sekisho.toml", 1u << 20);
  REQUIRE(base);
  LoadedSettings loaded = read_settings({{"sekisho.toml", *base}, {"more.toml", more_settings}});
  for (const Error& e : loaded.errors) FAIL(e.one_line());
  LoadedContent content = load_content(loaded.settings);
  for (const Error& e : content.errors) FAIL(e.one_line());
  return std::make_unique<Scanner>(std::move(loaded.settings), std::move(content.content), kClock);
}

Verdict verdict(const Scanner& s, const std::string& path) {
  const auto bytes = read_file(kSamples + path, 1u << 24);
  REQUIRE(bytes);
  Scanner::Scratch scratch(s);
  return s.scan({*bytes, path, {}}, scratch);
}

}  // namespace

// How much of the suite is found is a figure (tests/suite_conformance.cc), not a truth; these must hold.
TEST_CASE("the samples are read, and the plain attack and its honest twin are told apart") {
  const auto s = scanner();
  size_t attacks = 0, honest = 0;
  for (const Sample& m : manifest()) {
    INFO(m.path);
    CHECK(verdict(*s, m.path).error.empty());
    ++(m.label == "attack" ? attacks : honest);
  }
  CHECK(attacks >= 125);
  CHECK(honest >= 200);
  for (const char* name : {"lastpass-maintenance-backup-en", "lastpass-maintenance-plain-ja", "lastpass-subdomain-ja"})
    CHECK(verdict(*s, std::string("attack/") + name + ".eml").action >= Action::quarantine);
  for (const char* name : {"lastpass-maintenance-ja", "bitwarden-maintenance-plain-en", "csirt-warning-ja"})
    CHECK(verdict(*s, std::string("honest/") + name + ".eml").action == Action::accept);
}

TEST_CASE("a brand invented in settings is caught with no rebuild, its honest mail is not") {
  const auto s = scanner(R"([[brand]]
id = "kazahana"
sector = "password_manager"
names = ["Kazahana Vault"]
names_ja = ["カザハナ金庫"]
owned = ["kazahana.example"]
senders = ["kazahana.example"]
tokens = [{text = "kazahana", danger = "high"}]
)");
  size_t attacks = 0;
  for (const Sample& m : manifest()) {
    if (m.brand != "kazahana") continue;
    INFO(m.path);
    const Verdict v = verdict(*s, m.path);
    if (m.label != "attack") {
      CHECK(v.action == Action::accept);
      continue;
    }
    ++attacks;
    CHECK(v.action >= Action::quarantine);
    bool named = false;
    for (const Fired& f : v.rules)
      for (const auto& [key, value] : f.outcomes) named |= key == "brand" && value == "kazahana";
    CHECK(named);
  }
  CHECK(attacks >= 3);
}

TEST_CASE("the same bytes give the same verdict, and the record names its content") {
  const auto s = scanner();
  const std::string path = manifest()[0].path;
  std::string a, b;
  write_json(verdict(*s, path), a);
  write_json(verdict(*s, path), b);
  CHECK(a == b);
  CHECK(a.find("\"content\":\"" + s->content().digest) != std::string::npos);
  CHECK(a.find("\"evidence\":[{") != std::string::npos);
}
