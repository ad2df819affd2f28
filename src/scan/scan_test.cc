// Verdicts on mails written here: joins within one link, hostile input, settings and content with mistakes, mail
// sources, statistics.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "diag/render.h"
#include "scan/inputs.h"
#include "scan/rule_tests.h"
#include "scan/scanner.h"
#include "scan/score.h"
#include "scan/statistics.h"

using namespace sekisho;
using namespace sekisho::scan;

namespace {

const FixedClock kClock({1'790'000'000, 0});

// A folder that goes away with the test.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("sekisho_test_" + std::to_string(getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

std::unique_ptr<Scanner> scanner(Settings settings = default_settings()) {
  LoadedContent content = load_content(settings);
  for (const Error& e : content.errors) FAIL(e.one_line());
  return std::make_unique<Scanner>(std::move(settings), std::move(content.content), kClock);
}

const Scanner& plain() {
  static const std::unique_ptr<Scanner> s = scanner();
  return *s;
}

Verdict verdict(const Scanner& s, std::string_view mail) {
  Scanner::Scratch scratch(s);
  return s.scan({mail, "test", {}}, scratch);
}

bool fired(const Verdict& v, std::string_view rule) {
  for (const Fired& f : v.rules)
    if (f.rule == rule) return true;
  return false;
}

std::string html_mail(const std::string& body) {
  return "From: a@sender.example\nTo: b@corp.example\nDate: Mon, 5 Jan 2026 10:00:00 +0900\nMessage-ID: "
         "<1@sender.example>\n"
         "Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" +
         body;
}

constexpr std::string_view kJoin = R"(rule one_link {
  meta:
    family = "link"
  events:
    $e.about.labels["link.text_brand"] = "lastpass"
    $e.about.labels["link.owner"] = ""
    $e.about.hostname = "evil.example"
  outcome:
    $mail_weight = 50
  condition:
    $e
}
)";

}  // namespace

TEST_CASE("a rule that joins text brand, host and owner of one link does not fire across two links") {
  Folder folder;
  folder.write("join.yaral", std::string(kJoin));
  Settings settings = default_settings();
  settings.rule_directories.push_back(folder.path.string());
  const auto s = scanner(settings);
  const std::string genuine = "<a href=\"https://lastpass.com/help\">LastPass</a> ",
                    other = "<a href=\"https://evil.example/\">more</a> ";
  CHECK_FALSE(fired(verdict(*s, html_mail(genuine + other)), "one_link"));
  CHECK_FALSE(fired(verdict(*s, html_mail(other + genuine)), "one_link"));
  CHECK_FALSE(fired(verdict(*s, html_mail("<a href=\"https://third.example/\">LastPass</a> " + other)), "one_link"));
  CHECK(fired(verdict(*s, html_mail(genuine + "<a href=\"https://evil.example/\">LastPass</a>")), "one_link"));
}

TEST_CASE("a company whose own name resembles a brand's, and that claims no brand, is not quarantined") {
  const std::string mail =
      "From: \"Tanaka\" <tanaka@nomura-kensetsu.example>\nTo: user@corp.example\nSubject: =?UTF-8?B?"
      "6LOH5paZ?=\nDate: Mon, 5 Jan 2026 10:00:00 +0900\nMessage-ID: <1@nomura-kensetsu.example>\nMIME-Version: "
      "1.0\nContent-Type: text/plain; charset=utf-8\n\n資料をお送りします。会員ページにログインしてご確認ください。\n"
      "https://www.nomura-kensetsu.example/mypage\n";
  const Verdict v = verdict(plain(), mail);
  CHECK(v.action < Action::quarantine);
  CHECK_FALSE(fired(v, "mail_claim_brand_from_its_lookalike"));
  CHECK_FALSE(fired(v, "mail_identity_brand_in_local_part"));
}

TEST_CASE("evidence points at its place") {
  const std::string mail =
      html_mail("<p>Hello</p><form action=\"https://x.example/p\"><input type=password name=p></form>");
  const Verdict v = verdict(plain(), mail);
  REQUIRE(fired(v, "mail_link_form_asks_password"));
  for (const Fired& f : v.rules)
    if (f.rule == "mail_link_form_asks_password") {
      REQUIRE(f.evidence.size() == 1);
      CHECK(f.evidence[0].part == "1");
      CHECK(f.evidence[0].offset == 12);
      CHECK(f.floor == "quarantine");
    }
  CHECK(v.action == Action::quarantine);
}

TEST_CASE("counter-evidence never lowers a floor") {
  const std::string mail =
      html_mail("<form action=\"https://x.example/p\"><input type=password></form> phishing awareness training");
  const Verdict v = verdict(plain(), mail);
  CHECK(fired(v, "mail_trust_writes_about_phishing") == false);  // a form takes that away
  CHECK(v.action == Action::quarantine);
  Verdict by_hand;
  by_hand.rules.push_back({"a", "link", "", "", "", "", 50, false, "quarantine", {}, {}});
  by_hand.rules.push_back({"b", "trust", "", "", "", "", -80, false, "", {}, {}});
  judge(default_settings(), {45, 12}, by_hand);
  CHECK(by_hand.score == 0);
  CHECK(by_hand.action == Action::quarantine);
  CHECK(by_hand.floor_rule == "a");
}

TEST_CASE("hostile input: a verdict or a clear error, within time") {
  const auto check = [&](const char* what, const std::string& mail, const char* limit, const char* error = "") {
    INFO(what);
    const auto start = std::chrono::steady_clock::now();
    const Verdict v = verdict(plain(), mail);
    // Not a benchmark: a bound so wide that only super-linear work can meet it, sanitizers included.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
    if (*error) CHECK(v.error.find(error) != std::string::npos);
    else CHECK(v.error == "");
    if (*limit) CHECK(std::find(v.limits.begin(), v.limits.end(), limit) != v.limits.end());
  };
  check("empty", "", "", "mail.empty");
  check("one byte", "x", "");
  check("only a newline", "\n", "");
  std::string binary;
  for (int i = 0; i < 100'000; ++i) binary += static_cast<char>(i * 2654435761u >> 24);
  check("binary", binary, "");
  check("truncated multipart",
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        "text/plain\n\nhel",
        "");
  std::string parts = "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 10'000; ++i) parts += "--b\nContent-Type: text/plain\n\nx\n";
  check("10,000 parts", parts + "--b--\n", "parts");
  std::string deep = "From: a@example.com\nMIME-Version: 1.0\n";
  for (int i = 0; i < 2'000; ++i) {
    const std::string b = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n";
  }
  check("MIME 2,000 deep", deep, "mime_depth");
  std::string divs;
  for (int i = 0; i < 1'000'000; ++i) divs += "<div>";
  check("HTML a million deep", html_mail(divs), "html_depth");
  check("a header of 1 MB", "From: a@example.com\nX-Long: " + std::string(1 << 20, 'x') + "\n\nhello\n",
        "header_bytes");
  std::string headers;
  for (int i = 0; i < 5'000; ++i) headers += "X-H: y\n";
  check("5,000 headers", "From: a@example.com\n" + headers + "\nhello\n", "headers");
  check("50 MB", "From: a@example.com\n\n" + std::string(50u << 20, 'a'), "");
  check("over the limit of a mail", "From: a@example.com\n\n" + std::string(65u << 20, 'a'), "", "mail.limit.bytes");
  std::string links;
  for (int i = 0; i < 5'000; ++i) links += "<a href=\"https://h" + std::to_string(i) + ".example/\">t</a>";
  check("5,000 links", html_mail(links), "links");
}

TEST_CASE("settings: each mistake with its place, and a hint") {
  const std::string text =
      "[organisation]\ndomains = [\"corp.example\", \"nodot\"]\nnetworks = [\"10.0.0.0/99\"]\ndomain = "
      "\"x\"\n[verdict]\nbanner = 80\nquarantine = 60\n";
  const LoadedSettings loaded = read_settings({{"s.toml", text}});
  std::string all;
  for (const Error& e : loaded.errors) all += diag::render(e, text);
  CHECK(all.find("s.toml:2:") != std::string::npos);
  CHECK(all.find("\"nodot\" is not a domain name") != std::string::npos);
  CHECK(all.find("\"10.0.0.0/99\" is not an address block") != std::string::npos);
  CHECK(all.find("unknown key \"domain\"") != std::string::npos);
  CHECK(all.find("did you mean") != std::string::npos);
  CHECK(all.find("banner, quarantine and reject must not decrease") != std::string::npos);
  CHECK(read_settings({{"a", "[verdict]\nbanner = 10\n"}, {"b", "[verdict]\nbanner = 20\n"}}).settings.banner == 20);
}

TEST_CASE("content with a mistake does not load, and names every mistake") {
  Folder folder;
  folder.write("brands/b.toml", "[[brand]]\nid = \"Bad Id\"\nnames = [\"B\"]\nownd = [\"b.example\"]\n");
  folder.write("lures/l.toml",
               "[[intent]]\nid = \"x\"\nfamily = \"f\"\ntext = \"t\"\ntext_ja = \"t\"\nstrength = \"huge\"\nen = [\"a "
               "phrase\"]\n");
  folder.write("rules/r.yaral",
               "rule r { meta: author = \"a\" events: $e.network.email.subjct = \"x\" condition: $e }\n");
  Settings settings = default_settings();
  settings.content_directory = folder.path.string();
  const LoadedContent loaded = load_content(settings);
  CHECK_FALSE(loaded.content);
  std::string all;
  for (const Error& e : loaded.errors) {
    const TextFile* file = loaded.file(e.source);
    REQUIRE(file);
    all += diag::render(e, file->text);
  }
  CHECK(all.find("an id is made of") != std::string::npos);
  CHECK(all.find("unknown key \"ownd\"") != std::string::npos);
  CHECK(all.find("did you mean owned") != std::string::npos);
  CHECK(all.find("\"huge\" is not a value of strength") != std::string::npos);
  CHECK(all.find("subjct") != std::string::npos);
  CHECK(all.find("r.yaral:1:") != std::string::npos);
}

TEST_CASE("a rule that needs more than one mail does not load") {
  const auto errors = [](const std::string& head, const std::string& events, const std::string& rest = "") {
    Folder folder;
    const std::string text =
        "rule r {\n" + head + "events:\n  $e.network.email.subject = \"x\"\n" + events + rest + "condition:\n  $e\n}\n";
    folder.write("r.yaral", text);
    Settings settings = default_settings();
    settings.rule_directories.push_back(folder.path.string());
    std::string all;
    for (const Error& e : load_content(settings).errors) all += diag::render(e, text);
    return all;
  };
  const auto has = [](const std::string& all, std::string_view what) {
    INFO(all);
    return all.find(what) != std::string::npos && all.find("sekisho hunt") != std::string::npos;
  };
  CHECK(errors("", "") == "");
  const std::string one = errors("", "  $e.network.email.from = $from\n", "match:\n  $from over 10m\n");
  CHECK(has(one, "there is nothing to match it with"));
  CHECK(has(one, "r.yaral:6:"));
  CHECK(has(errors("", "  $e.network.email.from = $g.graph.entity.user.userid\n"), "reads more: \"g\""));
  CHECK(has(errors("", "  $e.network.email.from = %known.mail\n"), "reads more: \"known\""));
  const std::string metric = errors("", "  $e.network.email.from = $from\n",
                                    "outcome:\n  $n = metrics.auth_attempts_total(period: 1d, window: 30d, metric: "
                                    "event_count_sum, agg: sum, target.user.userid: $from)\n");
  CHECK(has(metric, "nothing before it is counted for metrics.auth_attempts_total(target.user.userid)"));
  // One error, not two, where it is a mail rule besides.
  const std::string mail = errors("meta:\n  family = \"link\"\n", "  $e.network.email.from = $from\n",
                                  "match:\n  $from over 10m\noutcome:\n  $mail_weight = 20\n");
  CHECK(mail.find("a mail is judged alone") == mail.rfind("a mail is judged alone"));
}

TEST_CASE("mail sources: file, mbox with quoting, Maildir, folder") {
  Folder folder;
  const std::string mbox = folder.write("a.mbox",
                                        "From x Mon Jan  5 10:00:00 2026\nFrom: a@example.com\n\none\n>From here\n\n"
                                        "From y Mon Jan  5 10:00:00 2026\nFrom: b@example.com\n\ntwo\n");
  folder.write("dir/cur/1:2,S", "From: c@example.com\n\nx\n");
  folder.write("dir/tmp/2", "From: unfinished@example.com\n\nx\n");
  folder.write("dir/.hidden", "From: d@example.com\n\nx\n");
  std::vector<std::string> names, bytes;
  std::vector<std::string> errors;
  const auto mail = [&](const std::string& n, std::string b) { names.push_back(n), bytes.push_back(std::move(b)); };
  const auto error = [&](const std::string& n, const Error&) { errors.push_back(n); };
  each_mail(mbox, {}, mail, error);
  REQUIRE(names.size() == 2);
  CHECK(names[1] == mbox + "#2");
  CHECK(bytes[0] == "From: a@example.com\n\none\nFrom here\n");
  names.clear();
  each_mail((folder.path / "dir").string(), {}, mail, error);
  CHECK(names.size() == 1);
  each_mail((folder.path / "nothing").string(), {}, mail, error);
  CHECK(errors.size() == 1);
}

TEST_CASE("direction is decided from authenticated submission, own networks and own domains") {
  Settings settings = default_settings();
  settings.domains = {"corp.example"};
  settings.networks = {"192.0.2.0/24"};
  settings.trusted_relays = {"192.0.2.0/24"};
  const auto s = scanner(settings);
  const auto direction = [&](const std::string& received, const std::string& from, const std::string& to) {
    return verdict(*s, received + "From: " + from + "\nTo: " + to + "\nSubject: x\n\nhello\n").direction;
  };
  const std::string submitted =
      "Received: from pc (pc.corp.example [192.0.2.9])\n by mx.corp.example with ESMTPSA id 1; Mon, 5 Jan 2026 "
      "10:00:00 +0900\n";
  const std::string outside =
      "Received: from x (x.example.net [203.0.113.9])\n by mx.corp.example with ESMTPS id 1; Mon, 5 Jan 2026 10:00:00 "
      "+0900\n";
  CHECK(direction(submitted, "a@corp.example", "b@corp.example") == "internal");
  CHECK(direction(submitted, "a@corp.example", "b@example.org") == "outbound");
  CHECK(direction(outside, "a@corp.example", "b@corp.example") == "inbound");
  CHECK(direction(outside, "a@example.net", "b@corp.example") == "inbound");
}

TEST_CASE("a recorded authentication result counts only from a trusted server above the entry") {
  Settings settings = default_settings();
  settings.domains = {"corp.example"};
  settings.trusted_relays = {"192.0.2.0/24"};
  settings.trusted_authserv_ids = {"mx.corp.example"};
  const auto s = scanner(settings);
  const std::string entry =
      "Received: from x (x.example.net [203.0.113.9])\n by mx.corp.example with ESMTPS id 1; Mon, 5 Jan 2026 10:00:00 "
      "+0900\n";
  const std::string result = "Authentication-Results: mx.corp.example; dmarc=fail header.from=example.com\n";
  const std::string foreign = "Authentication-Results: mx.other.example; dmarc=fail header.from=example.com\n";
  const std::string rest = "From: a@example.com\nTo: b@corp.example\nSubject: x\n\nhello\n";
  CHECK(fired(verdict(*s, result + entry + rest), "mail_auth_dmarc_fail"));
  CHECK_FALSE(fired(verdict(*s, foreign + entry + rest), "mail_auth_dmarc_fail"));
  const Verdict forged = verdict(*s, entry + result + rest);
  CHECK_FALSE(fired(forged, "mail_auth_dmarc_fail"));
  CHECK(fired(forged, "mail_auth_forged_results"));
}

TEST_CASE("exact intervals and ROC points") {
  CHECK(exact_interval(0, 10).high == doctest::Approx(0.3085).epsilon(0.001));  // 1 - 0.025^(1/10)
  CHECK(exact_interval(10, 10).low == doctest::Approx(0.6915).epsilon(0.001));
  CHECK(exact_interval(5, 10).low == doctest::Approx(0.1871).epsilon(0.001));
  CHECK(exact_interval(5, 10).high == doctest::Approx(0.8129).epsilon(0.001));
  CHECK(exact_interval(0, 0).high == 1);
  const RocPoint p = roc_point({5, 6, 7, 1}, {1, 2, 3, 4, 5, 0, 0, 0, 0, 0}, 0.1);
  CHECK(p.false_positives == 1);
  CHECK(p.true_positives == 3);
}

TEST_CASE("rule tests: undeclared labels and unknown fields are errors with hints") {
  std::vector<Error> errors;
  const std::string text =
      "[[test]]\nrule = \"r\"\nfacts = {\"mail.lnks\" = \"1\"}\nfields = {\"network.email.frm\" = \"x\"}\nabout = "
      "[{\"link.ownr\" = \"x\"}]\n";
  read_rule_tests(text, "t.toml", errors);
  REQUIRE(errors.size() == 3);
  std::string all;
  for (const Error& e : errors) all += diag::render(e, text);
  CHECK(all.find("did you mean mail.links") != std::string::npos);
  CHECK(all.find("did you mean link.owner") != std::string::npos);
  CHECK(all.find("no field \"frm\" in Email") != std::string::npos);
}

TEST_CASE("Received lines below the entry are the sender's word") {
  Settings settings = default_settings();
  settings.domains = {"corp.example"};
  settings.networks = {"192.0.2.0/24"};
  settings.trusted_relays = {"198.51.100.5"};
  settings.trusted_authserv_ids = {"mx.corp.example"};
  const auto s = scanner(settings);
  const std::string head = "From: boss@corp.example\nTo: b@corp.example\nSubject: x\n\nhello\n";
  const std::string outside =
      "Received: from x (x.example.net [203.0.113.9])\n by mx.corp.example with ESMTPS id 1; Mon, 5 Jan 2026 10:00:00 "
      "+0900\n";
  const std::string forged =
      "Received: from pc (pc.corp.example [192.0.2.77])\n by mx.corp.example with ESMTPSA id 2; Mon, 5 Jan 2026 "
      "09:59:00 +0900\n";
  const std::string delivery = "Received: by mbox.corp.example with LMTP id 3; Mon, 5 Jan 2026 10:00:01 +0900\n";
  const std::string filter =
      "Received: from localhost (localhost [127.0.0.1])\n by mx.corp.example with ESMTP id 4; Mon, 5 Jan 2026 10:00:01 "
      "+0900\n";
  const std::string relay =
      "Received: from gw (gw.corp.example [198.51.100.5])\n by mbox.corp.example with ESMTPS id 5; Mon, 5 Jan 2026 "
      "10:00:01 +0900\n";
  CHECK(verdict(*s, outside + forged + head).direction == "inbound");
  CHECK(verdict(*s, forged + head).direction == "internal");
  CHECK(verdict(*s, delivery + filter + forged + head).direction == "internal");
  const std::string pass = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example\n";
  for (const std::string& steps : {delivery, filter, relay, delivery + filter + relay}) {
    INFO(steps);
    const Verdict v = verdict(*s, steps + pass + outside + head);
    CHECK(fired(v, "mail_auth_dmarc_fail"));
    CHECK_FALSE(fired(v, "mail_auth_forged_results"));
    CHECK(fired(verdict(*s, steps + outside + pass + head), "mail_auth_forged_results"));
  }
}

TEST_CASE("a message carried inside is judged by the same rules") {
  const std::string lure =
      "From: LastPass <a@vault-notice.example>\nTo: b@corp.example\nSubject: LastPass maintenance\nContent-Type: "
      "text/html\n\n"
      "LastPass: back up your vault within 24 hours. <a href=\"https://lastpass-backup.example/\">Enter your master "
      "password</a>\n";
  const std::string outer =
      "From: c@sender.example\nTo: b@corp.example\nSubject: see this\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nsee below\n--x\n"
      "Content-Type: message/rfc822\n\n" +
      lure + "\n--x--\n";
  CHECK(verdict(plain(), lure).action == Action::quarantine);
  const Verdict v = verdict(plain(), outer);
  CHECK(fired(v, "mail_attachment_message_quarantine"));
  CHECK(v.action >= Action::banner);
}

TEST_CASE("evidence offsets are bytes of the part's source") {
  const std::string body = "<p>Hello, <b>dear</b> user.</p><p>Please enter your master password within 24 hours.</p>";
  const Verdict v = verdict(plain(), html_mail(body));
  REQUIRE(fired(v, "mail_lure_vault_secret"));
  bool seen = false;
  for (const Fired& f : v.rules)
    for (const Evidence& e : f.evidence)
      if (e.what == "lure.master_password") {
        seen = true;
        CHECK(e.part == "1");
        CHECK(body.substr(e.offset, e.text.size()) == e.text);
      }
  CHECK(seen);
}

TEST_CASE("hosts beyond what DNS allows cost nothing and own nothing") {
  std::string links;
  std::string dots;
  for (int i = 0; i < 4000; ++i) dots += "a.";
  for (int i = 0; i < 250; ++i)
    links += "<a href=\"https://" + dots + "lastpass.com/" + std::to_string(i) + "\">LastPass</a>";
  const auto start = std::chrono::steady_clock::now();
  (void)verdict(plain(), html_mail(links));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("one brand named a thousand times does not hide another") {
  std::string filler;
  for (int i = 0; i < 1000; ++i) filler += "LinkedIn Facebook Instagram ";
  const Verdict v = verdict(
      plain(),
      html_mail(
          filler +
          "<p>LastPass: enter your master password within 24 hours at <a href=\"https://x.example/\">LastPass</a>"));
  bool named = false;
  for (const Fired& f : v.rules)
    for (const auto& [key, value] : f.outcomes) named |= value.find("lastpass") != std::string::npos;
  CHECK(named);
}

TEST_CASE("a link in the subject of a mail without a body") {
  const Verdict v = verdict(plain(), "Subject: see https://192.0.2.1/ now\n\n");
  CHECK(v.error.empty());
  CHECK(fired(v, "mail_link_bare_address"));
}

// What was known of a host viewed the URL that had asked first, and outlived it (found by AddressSanitizer).
TEST_CASE("two links to one host of a risky top-level domain") {
  std::string links;
  for (const char* path : {"one", "two", "three"})
    links +=
        "<a href=\"https://a-host-name-beyond-sixteen-bytes.example.top/" + std::string(path) + "\">" + path + "</a> ";
  CHECK(fired(verdict(plain(), html_mail("<p>Confirm your master password within 24 hours: " + links)),
              "mail_link_risky_tld_with_lure"));
}
