// Rules made from advisories, over all themes and many brands of the packs: each has to compile, to find the mails made
// for it, and to find none of mail-dev's honest mails (all rules in one engine, one pass over the mails). SEKISHO_DATA,
// or
// ../shared/data beside the source. Exit 1 if a bar is missed; without data the last figure is left out.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "base/files.h"
#include "base/strings.h"
#include "desk/advise.h"
#include "desk/content.h"
#include "desk/hunt_mails.h"
#include "scan/content.h"
#include "yaral/yaral.h"

namespace {

using namespace sekisho;
namespace fs = std::filesystem;

desk::Indicator indicator(std::string type, std::string role, std::string value, std::string host = {}) {
  desk::Indicator out;
  out.type = std::move(type), out.role = std::move(role), out.value = std::move(value), out.host = std::move(host);
  return out;
}

// One for each theme and a run of brands, with infrastructure of documentation names that differs from one to the next.
std::vector<desk::Advisory> advisories(const desk::DefenceContent& content, const scan::Content& packs) {
  std::vector<desk::Advisory> out;
  const size_t brands = packs.brands.all().size();
  static constexpr std::string_view kSubjects[] = {
      "Action needed: your vault before 24 hours have gone", "【重要】お取引の一時停止に関するお知らせ",
      "NEW PROPOSAL - \"Q3\" {draft}", "Re: (no) .* [a-z]+ $e or 1=1 /* */", "ご本人様確認のお願い（期限：本日中）"};
  size_t next = 0;
  for (size_t round = 0; round < 3; ++round)
    for (const auto& pretext : content.pretexts) {
      const size_t n = out.size();
      const std::string number = std::to_string(n);
      desk::Advisory a;
      a.id = "SEKISHO-2026-01-" + number + "-" + pretext.theme;
      a.on_topic = true;
      a.language = n % 2 ? "ja" : "en";
      a.title = {"Test " + number, "試験" + number};
      a.themes = {pretext.theme};
      if (round == 2) a.themes.push_back("credential_phishing");
      for (size_t i = 0; i < 1 + round * 2; ++i) {
        desk::Named brand;
        brand.id = packs.brands[static_cast<brand::Index>(next++ * 17 % brands)].id;
        brand.name = brand.id;
        brand.imitated = true;
        a.brands.push_back(brand);
      }
      a.lure_subjects = {std::string(kSubjects[n % 5])};
      a.indicators = {
          indicator("domain", "malicious", "evil" + number + ".test-attack.example",
                    "evil" + number + ".test-attack.example"),
          indicator("url", "malicious",
                    "https://shared" + number + ".s3.eu-west-3.amazonaws.com/a" + number + "b/start",
                    "shared" + number + ".s3.eu-west-3.amazonaws.com"),
          indicator("email", "malicious", "hello" + number + "@sender-attack.example", "sender-attack.example"),
          indicator("ipv4", "malicious", "198.18.9." + std::to_string(n % 250) + ":8443"),
          indicator("sha256", "malicious", std::string(62, 'a') + (n % 90 < 10 ? "0" : "") + std::to_string(n % 90)),
          indicator("domain", "partial", "attack" + number + "-*.com"),
          indicator("domain", "partial", "nta-*.com"),
          indicator("url", "partial", "https://*.attack.example/login" + number),
          indicator("url", "reference", "https://www.news.example/item", "www.news.example")};
      out.push_back(std::move(a));
    }
  return out;
}

// The project's own honest samples: folders are read file by file, so that a figure tells how many.
std::vector<std::string> samples(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) out.push_back(entry.path().string());
  return out;
}

// The plain items of the desk's data, as the desk itself reads them.
std::vector<desk::Advisory> plain_items(const desk::DeskContent& content, const scan::Scanner& scanner,
                                        const fs::path& folder, const Clock& clock) {
  std::vector<std::string> paths;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code))
    if (entry.path().extension() != ".json") paths.push_back(entry.path().string());
  std::ranges::sort(paths);
  std::vector<article::Article> articles;
  for (const std::string& path : paths) {
    const auto bytes = read_file(path, 64 << 20);
    article::ReadOptions reading;
    reading.words = &content.reading;
    auto read = bytes ? article::read(*bytes, path, reading) : std::unexpected(bytes.error());
    if (!read) std::printf("  %s: %s\n", path.c_str(), read.error().one_line().c_str());
    else std::ranges::move(*read, std::back_inserter(articles));
  }
  const desk::Desk desk{&content, &scanner, nullptr};
  desk::AdviseOptions options;
  options.defend = false;
  return articles.empty() ? std::vector<desk::Advisory>() : desk::advise(articles, {}, desk, options, clock);
}

std::string any_brand(std::string text) {
  static constexpr std::string_view kLabel = "$e.about.labels[\"brand.id\"] = ";
  const size_t at = text.find(kLabel);
  if (at == std::string::npos) return text;
  const size_t from = at + kLabel.size();
  return text.replace(from, text.find('\n', from) - from, "/./");
}

// Honest mails of the manifest: path and class are its first columns. Phish are never opened.
std::vector<std::string> ham(const fs::path& data) {
  std::vector<std::string> out;
  const auto manifest = read_file((data / "mail-dev/MANIFEST.tsv").string(), 64 << 20);
  if (!manifest) return out;
  for (const std::string_view line : split(*manifest, '\n')) {
    const auto cells = split(line, '\t');
    if (cells.size() > 1 && cells[1] != "phish") out.push_back((data / "mail-dev" / cells[0]).string());
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  // --quick: a few advisories, and no ham: for a debug build.
  const bool quick = argc > 1 && std::string_view(argv[1]) == "--quick";
  const FixedClock clock({1790000000, 0});
  // The organisation to which the honest samples are written.
  const std::string file = SEKISHO_SOURCE_DIR "/content/samples/mail/sekisho.toml";
  const auto text = read_file(file, 1 << 20);
  if (!text) return std::printf("%s\n", text.error().one_line().c_str()), 1;
  scan::LoadedSettings read = scan::read_settings({{file, *text, {}}});
  if (!read.errors.empty()) return std::printf("%s\n", read.errors[0].one_line().c_str()), 1;
  scan::Settings settings = std::move(read.settings);
  scan::LoadedContent loaded = scan::load_content(settings);
  if (!loaded.content) return 1;
  desk::LoadedDesk desk = desk::load_desk(loaded.files);
  const std::vector<Error>& errors = desk.errors;
  for (const Error& e : errors) std::printf("%s\n", e.one_line().c_str());
  if (!desk.content) return 1;
  const desk::DefenceContent& content = desk.content->defence;
  const scan::Scanner scanner(std::move(settings), std::move(loaded.content), clock);

  size_t rules = 0, compiled = 0, accepted = 0, positives = 0, hit = 0, made = 0, twins = 0;
  std::vector<engine::Rule> mail_rules, any_rules;
  std::map<std::string, size_t> refusals;
  auto all = advisories(content, scanner.content());
  const auto plain = plain_items(*desk.content, scanner, SEKISHO_SOURCE_DIR "/../shared/data/articles/plain", clock);
  for (const desk::Advisory& a : plain) {
    std::string themes;
    for (const std::string& t : a.themes) themes += " " + t;
    std::printf("  plain: %s%s%s\n", a.id.c_str(), a.on_topic ? "" : " (off topic)", themes.c_str());
    all.push_back(a);
  }
  if (quick && all.size() > 10) all.resize(10);
  const std::clock_t start = std::clock();
  for (const desk::Advisory& a : all) {
    auto defences = desk::make_defences(a, content, scanner.content(), scanner.settings());
    desk::check_defences(defences, a, content, scanner, {});
    ++made;
    for (desk::Defence& d : defences) {
      if (d.kind == "list" || d.kind == "watch") continue;
      ++rules;
      compiled += !d.refused.starts_with("does not compile");
      accepted += d.accepted;
      positives += d.positives, hit += d.positives_hit, twins += d.benign_hit;
      if (!d.accepted && refusals.size() < 40) ++refusals[d.name + ": " + d.refused];
      if (d.kind != "yaral_mail") continue;
      for (engine::Rule& r : yaral::compile(d.text, d.path).rules) mail_rules.push_back(std::move(r));
      // The same pretext in the name of whatever brand of the packs.
      const std::string any = any_brand(d.text);
      if (any != d.text)
        for (engine::Rule& r : yaral::compile(any, d.path).rules) any_rules.push_back(std::move(r));
    }
  }
  std::printf("  %.1f ms of processor time an advisory, made and checked without a corpus\n",
              static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC / static_cast<double>(made));
  for (const auto& [why, n] : refusals) std::printf("  refused: %s\n", why.c_str());
  std::printf(
      "defence/advisories  %zu\ndefence/compiled  %zu/%zu\ndefence/positives  %zu/%zu\ndefence/accepted  "
      "%zu/%zu\ndefence/twin_hits  %zu\n",
      made, compiled, rules, hit, positives, accepted, rules, twins);
  bool good = errors.empty() && (quick || made >= 40) && compiled == rules && hit == positives && twins == 0;

  const auto engine = engine::Engine::build(std::move(mail_rules)), any = engine::Engine::build(std::move(any_rules));
  if (!engine || !any) return std::printf("%s\n", (engine ? any : engine).error().one_line().c_str()), 1;
  const auto silent = [&](const std::string& name, const engine::Engine& rules_of,
                          const std::vector<std::string>& paths) {
    std::mutex mutex;
    std::map<std::string, std::set<std::string>> hits;
    size_t mails = 0;
    std::vector<engine::Scratch> scratches(desk::hunt_threads(2));
    const auto begin = std::chrono::steady_clock::now();
    const uint64_t unread = desk::each_event(paths, scanner, 2, [&](unsigned thread, const desk::ReadMail& mail) {
      const auto found = rules_of.run(mail.event, scratches[thread]);
      const std::lock_guard lock(mutex);
      ++mails;
      for (const auto& d : found) {
        const std::string& rule = rules_of.rules()[d.rule].name;
        // The plain items and our samples both use the few addresses that are set aside for documentation.
        if (!name.starts_with("defence/sample") || !rule.ends_with("_addresses")) hits[mail.name].insert(rule);
      }
    });
    for (const auto& [mail, names] : hits)
      std::printf("  hit: %s by %zu, %s\n", mail.c_str(), names.size(), names.begin()->c_str());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::printf("%s  %zu/%zu\n  %.0f mails a second, two threads, %zu rules\n", name.c_str(), hits.size(), mails,
                static_cast<double>(mails) / seconds.count(), rules_of.rules().size());
    if (unread > 0) std::printf("  unread: %llu\n", static_cast<unsigned long long>(unread));
    good = good && hits.empty() && unread == 0;
  };
  silent("defence/sample_hits", *engine, samples(SEKISHO_SOURCE_DIR "/content/samples/mail/honest"));
  const char* set = std::getenv("SEKISHO_DATA");
  const auto paths = quick ? std::vector<std::string>{} : ham(set ? set : SEKISHO_SOURCE_DIR "/../shared/data");
  if (paths.empty() && !quick) std::printf("defence: mail-dev skipped: no data\n");
  if (!paths.empty()) {
    silent("defence/ham_hits", *engine, paths);
    silent("defence/ham_hits_any_brand", *any, paths);
  }
  return good ? 0 : 1;
}
