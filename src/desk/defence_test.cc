// Rules made from an advisory: what may stand in them, that nothing in an article leaves its place, and that a rule
// which misses or hurts is refused. Attackers' hosts are documentation names.
#include "desk/defence.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/strings.h"
#include "desk/hunt_mails.h"
#include "scan/content.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

using namespace sekisho;
using namespace sekisho::desk;

namespace {

struct World {
  FixedClock clock{{1790000000, 0}};
  DefenceContent content;
  std::unique_ptr<scan::Scanner> scanner;
  World() {
    std::vector<Error> errors;
    content = DefenceContent::read(DefenceContent::bundled(), errors);
    for (const Error& e : errors) MESSAGE(e.one_line());
    REQUIRE(errors.empty());
    scan::Settings settings = scan::default_settings();
    settings.domains = {"corp.example.jp"};
    settings.unwrap = false;
    auto loaded = scan::load_content(settings);
    REQUIRE(loaded.content);
    scanner = std::make_unique<scan::Scanner>(std::move(settings), std::move(loaded.content), clock);
  }
  std::vector<Defence> make(const Advisory& a, std::vector<LeftOut>* left = nullptr) const {
    return make_defences(a, content, scanner->content(), scanner->settings(), left);
  }
  std::vector<Defence> checked(const Advisory& a, const HonestMail& honest = {}) const {
    auto out = make(a);
    check_defences(out, a, content, *scanner, honest);
    return out;
  }
};
const World& world() {
  static const World w;
  return w;
}

Indicator indicator(std::string type, std::string role, std::string value, std::string host = {}) {
  desk::Indicator out;
  out.type = std::move(type), out.role = std::move(role), out.value = std::move(value), out.host = std::move(host);
  return out;
}

Advisory advisory(std::vector<std::string> themes = {"vault_phishing"}, const std::string& brand = "lastpass") {
  Advisory a;
  a.id = "SEKISHO-2026-01-21-test";
  a.on_topic = true;
  a.themes = std::move(themes);
  a.title = {"A test", "試験"};
  if (!brand.empty()) {
    Named named;
    named.id = named.name = brand;
    named.imitated = true;
    a.brands.push_back(named);
  }
  return a;
}

const Defence* find(const std::vector<Defence>& all, std::string_view part) {
  for (const Defence& d : all)
    if (d.path.find(part) != std::string::npos) return &d;
  return nullptr;
}

std::string why(const std::vector<LeftOut>& left, std::string_view value) {
  for (const LeftOut& l : left)
    if (l.value == value) return l.why;
  return "in use";
}

// One honest letter as an event.
HonestMail letter(const std::string& head, const std::string& text) {
  const std::string mail =
      "Received: from a.example ([198.51.100.7]) by mx.corp.example.jp with ESMTPS id 1; Mon, 05 Jan "
      "2026 09:00:00 +0900\r\nDate: Mon, 05 Jan 2026 09:00:00 +0900\r\nTo: user@corp.example.jp\r\n" +
      head + "\r\n\r\n" + text + "\r\n";
  auto event = world().scanner->read({.bytes = mail, .name = "honest.eml", .envelope = {}, .resolver = nullptr});
  REQUIRE(event);
  HonestMail out;
  out.items.push_back({"honest.eml", std::move(*event)});
  return out;
}

}  // namespace

TEST_CASE("only what is the attackers' alone becomes a rule; all else is left out with its reason") {
  Advisory a = advisory();
  a.indicators = {
      indicator("domain", "malicious", "lastpass-vault.example", "lastpass-vault.example"),
      indicator("domain", "malicious", "lastpass.com", "lastpass.com"),
      indicator("domain", "malicious", "s3.amazonaws.com", "s3.amazonaws.com"),
      indicator("domain", "malicious", "bit.ly", "bit.ly"),
      indicator("domain", "malicious", "mail.corp.example.jp", "mail.corp.example.jp"),
      indicator("domain", "malicious", "www.google.com", "www.google.com"),
      indicator("domain", "malicious", "paper.example", "paper.example"),
      indicator("domain", "reference", "www.paper.example", "www.paper.example"),
      indicator("domain", "genuine", "help.vendor.example", "help.vendor.example"),
      indicator("url", "malicious", "https://bucket.s3.eu-west-3.amazonaws.com/aBc9/start?x=1",
                "bucket.s3.eu-west-3.amazonaws.com"),
      indicator("url", "malicious", "https://bit.ly/3xYzAbc", "bit.ly"),
      indicator("url", "malicious", "https://shop.example/wp-content/login", "shop.example"),
      indicator("email", "malicious", "someone@gmail.com", "gmail.com"),
      indicator("email", "malicious", "support@lastpass.com", "lastpass.com"),
      indicator("ipv4", "malicious", "198.51.100.9:443"),
      indicator("ipv4", "malicious", "10.1.2.3"),
      indicator("ipv4", "malicious", "8.8.8.8"),
      indicator("sha256", "malicious", "xyz"),
      indicator("domain", "partial", "a*.com"),
      indicator("domain", "partial", "secure-*.*"),
      indicator("domain", "partial", "*.lastpass.com"),
  };
  std::vector<LeftOut> left;
  const auto all = world().make(a, &left);
  CHECK(why(left, "lastpass-vault.example") == "in use");
  CHECK(why(left, "lastpass.com") == "owned");
  CHECK(why(left, "s3.amazonaws.com") != "in use");
  CHECK(why(left, "bit.ly") != "in use");
  CHECK(why(left, "mail.corp.example.jp") == "own");
  CHECK(why(left, "www.google.com") == "never");
  CHECK(why(left, "paper.example") == "role");
  CHECK(why(left, "www.paper.example") == "role");
  CHECK(why(left, "help.vendor.example") == "role");
  CHECK(why(left, "support@lastpass.com") == "owned");
  CHECK(why(left, "someone@gmail.com") == "in use");
  CHECK(why(left, "10.1.2.3") == "private");
  CHECK(why(left, "8.8.8.8") == "private");
  CHECK(why(left, "xyz") == "malformed");
  CHECK(why(left, "a*.com") == "too_wide");
  CHECK(why(left, "secure-*.*") == "too_wide");
  CHECK(why(left, "*.lastpass.com") == "owned");
  const Defence* hosts = find(all, "lists/hosts.txt");
  REQUIRE(hosts);
  CHECK(hosts->text.substr(hosts->text.find('\n') + 1) == "lastpass-vault.example\n");
  const Defence* urls = find(all, "lists/urls.txt");
  REQUIRE(urls);
  CHECK(urls->text.substr(urls->text.find('\n') + 1) ==
        "bucket.s3.eu-west-3.amazonaws.com/aBc9/start\nbit.ly/3xYzAbc\nshop.example/wp-content/login\n");
  const Defence* senders = find(all, "lists/senders.txt");
  REQUIRE(senders);
  CHECK(senders->text.substr(senders->text.find('\n') + 1) == "someone@gmail.com\n");
  const Defence* addresses = find(all, "lists/ips.txt");
  REQUIRE(addresses);
  CHECK(addresses->text.substr(addresses->text.find('\n') + 1) == "198.51.100.9\n");
  CHECK(!find(all, "hashes.txt"));
  // No rule names what was left out.
  for (const Defence& d : all)
    if (d.kind != "list") {
      CHECK(d.text.find("google") == std::string::npos);
      CHECK(d.text.find("paper") == std::string::npos);
    }
}

TEST_CASE("off topic and false alarms yield nothing") {
  Advisory a = advisory();
  a.indicators = {indicator("domain", "malicious", "evil.test-attack.example", "evil.test-attack.example")};
  a.lure_subjects = {"LastPass: your vault will be closed"};
  CHECK(!world().make(a).empty());
  a.false_alarm = true;
  CHECK(world().make(a).empty());
  CHECK(make_samples(a, world().content, world().scanner->content(), world().scanner->settings()).empty());
  a.false_alarm = false;
  a.on_topic = false;
  CHECK(world().make(a).empty());
}

TEST_CASE("each rule of an advisory compiles, finds its samples, and spares honest twins") {
  Advisory a = advisory({"vault_phishing", "mfa_fatigue", "oauth_consent", "session_theft", "mailbox_abuse",
                         "fake_software", "help_desk_reset", "device_code", "leaked_credentials"});
  a.lure_subjects = {"LastPass Vault: keep your copy before Monday", "【重要】保管庫の移行について（期限：本日中）"};
  a.indicators = {
      indicator("domain", "malicious", "evil.test-attack.example", "evil.test-attack.example"),
      indicator("url", "malicious", "bucket.s3.eu-west-3.amazonaws.com/aBc9", "bucket.s3.eu-west-3.amazonaws.com"),
      indicator("email", "malicious", "Support@attack.example", "attack.example"),
      indicator("ipv4", "malicious", "198.51.100.9"),
      indicator("ipv6", "malicious", "[2001:db8::7]:443"),
      indicator("sha256", "malicious", std::string(64, 'b')),
      indicator("md5", "malicious", std::string(32, 'c')),
      indicator("domain", "partial", "lastpass-*.com"),
      indicator("domain", "partial", "lp-*.com"),
      indicator("domain", "partial", "nta-*.com"),
      indicator("url", "partial", "https://*.attack.example/vault/login"),
  };
  const auto all = world().checked(a);
  size_t mail = 0, audit = 0, sigma = 0;
  for (const Defence& d : all) {
    INFO(d.path << ": " << d.refused);
    CHECK(d.accepted);
    CHECK(d.refused.empty());
    CHECK(d.path.starts_with("SEKISHO-2026-01-21-test/"));
    CHECK(!d.what.en.empty());
    CHECK(!d.what.ja.empty());
    if (d.kind == "list" || d.kind == "watch") continue;
    CHECK(d.name.starts_with("sekisho_2026_01_21_test_"));
    CHECK(d.positives > 0);
    CHECK(d.positives_hit == d.positives);
    CHECK(d.benign > 0);
    CHECK(d.benign_hit == 0);
    mail += d.kind == "yaral_mail", audit += d.kind == "yaral_audit", sigma += d.kind == "sigma";
  }
  for (const std::string_view id : {"hosts", "urls", "senders", "addresses", "attachments", "subjects", "pretext",
                                    "masks", "short_masks", "masked_urls"}) {
    INFO(id);
    CHECK(find(all, "mail/sekisho_2026_01_21_test_" + std::string(id) + ".yaral"));
  }
  CHECK(mail == 10);
  CHECK(audit >= 10);
  CHECK(sigma == 5);
  const Defence* hashes = find(all, "hashes.txt");
  REQUIRE(hashes);
  CHECK(hashes->text.find(std::string(32, 'c')) != std::string::npos);
}

TEST_CASE("nothing in an article can leave the literal that it is put in") {
  Advisory a = advisory();
  const std::string nasty[] = {"\" } rule open { condition: $e } //",
                               "x/ or $e.metadata.id != \"\" nocase\n}",
                               "(.*)|.+ [a-z]* ^$ \\E \\Q {{hosts}} {{rule}}",
                               "'''\"\"\"\n[[rule]]\nid = 'x'",
                               "a\\",
                               "- x\n  y: z # ' '' \" %name% *?",
                               "*/ /* %list $x #y {2,}",
                               "\xff\xfe broken \xe3\x81"};
  a.id = "../../etc/\n\" } rule x {";
  a.title = {nasty[0] + nasty[1], nasty[3]};
  for (const std::string& n : nasty) a.lure_subjects.push_back("LastPass " + n);
  a.indicators = {
      indicator("domain", "malicious", "evil.example\" or \"a", "evil.example\" or \"a"),
      indicator("domain", "malicious", "good.test-attack.example", "good.test-attack.example"),
      indicator("url", "malicious", "https://attack.example/a'}]b\"/{{rule}}/.*", "attack.example"),
      indicator("email", "malicious", "a'or.*|x@attack.example", "attack.example"),
      indicator("domain", "partial", "lastpass-*|.*.com"),
      indicator("sha256", "malicious", std::string(60, 'a') + "\")})"),
  };
  a.indicators[2].as_written = "=cmd|' /C calc'!A0\n,\"";
  const auto all = world().checked(a);
  size_t rules = 0;
  for (const Defence& d : all) {
    INFO(d.path << "\n" << d.text << "\n" << d.refused);
    CHECK(d.accepted);
    CHECK(d.path.find("..") == std::string::npos);
    CHECK(d.path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.") ==
          std::string::npos);
    if (d.kind.starts_with("yaral")) {
      const auto compiled = yaral::compile(d.text, d.path);
      CHECK(compiled.errors.empty());
      REQUIRE(compiled.rules.size() == 1);
      CHECK(compiled.rules[0].name == d.name);
      ++rules;
    }
    if (d.path.ends_with(".csv")) {
      CHECK(d.text.find("\n=cmd") == std::string::npos);
      CHECK(d.text.find(",=cmd") == std::string::npos);
      // A line for each indicator and the head: no value has made one of its own.
      CHECK(std::ranges::count(d.text, '\n') == 1 + static_cast<long>(a.indicators.size()));
    }
  }
  CHECK(rules >= 4);
  // The patterns mean themselves: a subject of another text, which ".*" would find, is not found.
  const auto other = world().checked(
      a, letter("From: LastPass <x@attack.example.net>\r\nSubject: LastPass something else", "LastPass: hello"));
  const Defence* subjects = find(other, "_subjects.yaral");
  REQUIRE(subjects);
  INFO(subjects->refused);
  CHECK(subjects->accepted);
}

TEST_CASE("a subject is found however it is typed") {
  Advisory a = advisory();
  a.lure_subjects = {"LastPass \"Vault\" - back up (24 hours)"};
  for (const std::string subject :
       {"LASTPASS \"Vault\" - back up (24 hours)",
        "=?UTF-8?B?772M772B772T772U772Q772B772T772TIOKAnFZhdWx04oCdIOKAkyBiYWNrIHVw44CA77yIMjQgaG91cnPvvIk=?="}) {
    const auto all =
        world().checked(a, letter("From: LastPass <x@attack.example.net>\r\nSubject: " + subject, "hello"));
    const Defence* d = find(all, "_subjects.yaral");
    REQUIRE(d);
    CHECK(d->benign_hit == 1);  // played honest here, so that the rule has to be refused
    CHECK(d->refused == "finds honest mail: honest.eml");
    CHECK(!d->accepted);
  }
  const auto all = world().checked(
      a, letter("From: LastPass <x@lastpass.com>\r\nSubject: LastPass \"Vault\" - back up (24 hours)", "hello"));
  CHECK(find(all, "_subjects.yaral")->accepted);
}

TEST_CASE("a rule is refused that does not compile, misses, or is not the one that was made") {
  Advisory a = advisory();
  a.indicators = {indicator("domain", "malicious", "evil.test-attack.example", "evil.test-attack.example")};
  auto all = world().make(a);
  const auto one = [&](std::string_view part) -> Defence& {
    for (Defence& d : all)
      if (d.path.find(part) != std::string::npos) return d;
    REQUIRE(false);
    return all[0];
  };
  Defence& hosts = one("_hosts.yaral");
  const std::string good = hosts.text;
  const auto refused = [&](std::string text) {
    hosts.text = std::move(text);
    check_defences(all, a, world().content, *world().scanner, {});
    CHECK(!hosts.accepted);
    return hosts.refused;
  };
  CHECK(refused(good.substr(0, good.size() / 2)).starts_with("does not compile"));
  CHECK(refused(good + good).starts_with("does not compile"));
  std::string text = good;
  for (size_t at = 0; (at = text.find("evil", at)) != std::string::npos;) text.replace(at, 4, "good");
  CHECK(refused(text).starts_with("misses a sample made for it"));
  Defence& query = one("_sigma_dns.yml");
  const std::string sigma = query.text;
  query.text = sigma.substr(0, sigma.find("detection:"));
  CHECK(refused(good + "x").starts_with("does not compile"));
  CHECK(query.refused.starts_with("does not compile"));
  query.text = sigma;
  hosts.text = good;
  check_defences(all, a, world().content, *world().scanner, {});
  CHECK(hosts.accepted);
  CHECK(query.accepted);
}

TEST_CASE("a brand that no pack has becomes a pack to look through, and a rule only where its own hosts are told") {
  Advisory a = advisory({"credential_phishing"}, "");
  Named named;
  named.name = "Kazeno Pass";
  named.imitated = true;
  a.brands = {named};
  CHECK(!find(world().make(a), "_pretext_named"));
  a.indicators = {indicator("domain", "genuine", "kazeno.example", "kazeno.example")};
  const auto all = world().checked(a);
  const Defence* rule = find(all, "_pretext_named");
  REQUIRE(rule);
  INFO(rule->refused);
  CHECK(rule->accepted);
  const Defence* brands = find(all, "watch/brands.toml");
  REQUIRE(brands);
  const auto settings = scan::read_settings({{"brands.toml", brands->text, {}}});
  for (const Error& e : settings.errors) MESSAGE(e.one_line());
  CHECK(settings.errors.empty());
  REQUIRE(settings.settings.brands.size() == 1);
  CHECK(settings.settings.brands[0].owned == std::vector<std::string>{"kazeno.example"});
}

TEST_CASE("many values become many rules, and stay quick") {
  Advisory a = advisory();
  for (size_t i = 0; i < 950; ++i) {
    const std::string host = "evil" + std::to_string(i) + ".test-attack.example";
    a.indicators.push_back(indicator("domain", "malicious", host, host));
  }
  const auto all = world().checked(a);
  size_t rules = 0;
  for (const Defence& d : all) {
    INFO(d.path << ": " << d.refused);
    CHECK(d.accepted);
    rules += d.kind == "yaral_mail" && d.name.find("_hosts") != std::string::npos;
  }
  CHECK(rules == 5);
}

TEST_CASE("the hunt finds attacks in an archive, in the order of the input, and counts the rest") {
  const std::string attacks = SEKISHO_SOURCE_DIR "/content/samples/mail/attack";
  if (!std::filesystem::is_directory(attacks)) return;
  Advisory a = advisory();
  const auto defences = world().checked(a);
  const auto found = hunt_mails({attacks}, defences, *world().scanner, {.threads = 2});
  REQUIRE(found);
  CHECK(found->mails > 200);
  CHECK(found->unread == 0);
  REQUIRE(found->hits.size() >= 4);
  CHECK(std::ranges::is_sorted(found->hits, {}, &HuntHit::mail));
  bool maintenance = false;
  for (const HuntHit& hit : found->hits) {
    CHECK(hit.mail.find("lastpass") != std::string::npos);
    CHECK(!hit.rules.empty());
    CHECK(!hit.date.empty());
    maintenance |= hit.mail.ends_with("lastpass-maintenance-backup-en.eml");
  }
  CHECK(maintenance);
  const auto two = hunt_mails({attacks}, defences, *world().scanner, {.threads = 3, .most_hits = 2});
  REQUIRE(two);
  REQUIRE(two->hits.size() == 2);
  CHECK(two->more == found->hits.size() - 2);
  CHECK(two->hits[0].mail == found->hits[0].mail);
  CHECK(two->hits[1].mail == found->hits[1].mail);
  // Refused rules find nothing, and a path that is not there is told.
  auto refused = defences;
  for (Defence& d : refused) d.accepted = false;
  const auto none = hunt_mails({attacks, "/nonexistent-path"}, refused, *world().scanner);
  REQUIRE(none);
  CHECK(none->hits.empty());
  CHECK(none->mails == found->mails);
  CHECK(none->unread == 1);
}

TEST_CASE("templates are read strictly") {
  const auto errors_of = [](std::string text) {
    std::vector<Error> errors;
    DefenceContent::read({{"t.toml", std::move(text), {}}}, errors);
    std::string out;
    for (const Error& e : errors) out += e.text + (e.hint.empty() ? "" : " (" + e.hint + ")") + "\n";
    return out;
  };
  const std::string rule = "[[rule]]\nid = \"a\"\nwhat = \"w\"\nwhat_ja = \"w\"\n";
  CHECK(errors_of(rule + "text = \"rule {{rule}}\"").empty());
  CHECK(errors_of(rule + "text = \"{{hots}}\"").find("did you mean hosts") != std::string::npos);
  CHECK(errors_of(rule + "text = \"{{rule\"").find("{{ without }}") != std::string::npos);
  CHECK(errors_of(rule + "text = \"x\"\nneeds = [\"host\"]").find("hosts") != std::string::npos);
  CHECK(errors_of(rule + "text = \"x\"\nkind = \"sigma\"").find("needs tests") != std::string::npos);
  CHECK(errors_of(rule + "text = \"x\"\ntheme = []").find("themes") != std::string::npos);
  CHECK(errors_of(rule + "text = \"x\"\n" + rule + "text = \"x\"").find("two templates") != std::string::npos);
  CHECK(errors_of("[[pretext]]\ntheme = \"x\"\nintents = [\"a\"]").find("no sample") != std::string::npos);
  CHECK(errors_of("[choice]\nnever_addresses = [\"10.0.0/8\"]").find("no block") != std::string::npos);
}

TEST_CASE("every intent of a pretext is one of content/lures, and every theme of the desk has its pretext") {
  for (const auto& pretext : world().content.pretexts)
    for (const std::string& id : pretext.intents) {
      INFO(pretext.theme << ": " << id);
      CHECK(std::ranges::any_of(world().scanner->content().lures.all(),
                                [&](const lure::Intent& i) { return i.id == id; }));
    }
}
