// The linter of notices against clean drafts and against the same drafts broken on purpose. Clean: tests/notices/*.txt,
// written by hand, and drafts that the templates make from varied facts. Broken: each row of tests/notices/seeded.tsv
// (kind, drafts, what to find, what to put there). Prints notice/clean_alarms and notice/seeded caught/total; and,
// where the two reports are at hand, what is wrong with them. --verbose lists each.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "base/files.h"
#include "base/strings.h"
#include "notice/notice.h"

using namespace sekisho;
using namespace sekisho::notice;

namespace {

constexpr Day kToday{2026, 11, 23};  // a Monday

struct Topic {
  const char *subject_en, *subject_ja, *overview_en, *overview_ja, *lure;
  char rank;
  Day deadline;
  std::vector<Instruction> steps, admin;
};

std::vector<Topic> topics() {
  const Instruction link{"link", "Do not open links in such mails; use your bookmark.",
                         "該当するメールのリンクは開かず、ブックマークから操作してください。"};
  const Instruction never{"never", "Never tell anybody your master password.",
                          "マスターパスワードは誰にも伝えないでください。"};
  const Instruction report{"report", "Report a suspicious mail to the contact below.",
                           "不審なメールは下記の連絡先へ報告してください。"};
  const Instruction approve{"approve", "Do not approve a sign-in request that you did not start.",
                            "身に覚えのない承認リクエストは承認しないでください。"};
  const Instruction changed{"changed", "If you entered your password, change it and tell us.",
                            "パスワードを入力した場合は、変更のうえご連絡ください。"};
  const Instruction logs{"logs", "Check the audit logs of the past 14 days for exports of vaults.",
                         "過去14日間の監査ログで、ボールトのエクスポートを確認してください。"};
  const Instruction revoke{"revoke", "Revoke the sessions of everyone who opened the mail.",
                           "該当メールを開いた利用者のセッションを失効させてください。"};
  const Instruction keys{"keys", "Move administrators to phishing-resistant security keys.",
                         "管理者をフィッシング耐性のあるセキュリティキーへ移行してください。"};
  const Instruction call{"call", "Call back the registered number before you reset a password.",
                         "パスワードをリセットする前に、登録済みの番号へ折り返して電話してください。"};
  const Instruction rule{"rule", "Install the rule that finds such mails and quarantine what it hits.",
                         "検知ルールを適用し、該当するメールを隔離してください。"};
  return {
      {"Mails that pose as vault maintenance",
       "ボールトのメンテナンスを装うメール",
       "Since 19 November mails that pose as maintenance urge people to back up their vault within 24 hours.",
       "11月19日以降、メンテナンスを装い、24時間以内にボールトをバックアップするよう促すメールが出回っています。",
       "Create your backup now",
       'A',
       {2026, 11, 25},
       {link, never, report},
       {rule, logs, revoke}},
      {"Repeated sign-in prompts",
       "繰り返し届く承認リクエスト",
       "Attackers sent up to 40 sign-in prompts an hour to 6 accounts.",
       "攻撃者は6件のアカウントに、1時間あたり最大40件の承認リクエストを送りました。",
       "Approve sign-in?",
       'B',
       {2026, 11, 27},
       {approve, report, changed},
       {keys, revoke, logs}},
      {"Callers that pose as staff",
       "社員を名乗る電話",
       "Callers posed as staff and asked the help desk for resets 8 times.",
       "社員を名乗る電話によるリセット依頼が、ヘルプデスクに8件ありました。",
       "Password reset",
       'B',
       {2026, 11, 27},
       {never, report},
       {call, logs}},
      {"Mails about a tax refund",
       "還付金を口実にしたメール",
       "About 1,200 mails promise a tax refund and ask for card data.",
       "還付金を口実にカード情報を入力させるメールが約1,200通確認されました。",
       "【重要】還付金のお知らせ",
       'C',
       {2026, 11, 30},
       {link, changed, report},
       {rule, revoke}},
      {"A warning that turned out to be a false alarm",
       "誤報と判明した警告",
       "The notice of 20 November was genuine; the maker has confirmed it.",
       "11月20日の通知は本物であると、製造元が確認しました。",
       "Scheduled maintenance",
       'D',
       {2026, 12, 18},
       {link, report},
       {rule, logs}},
      {"Prompts after a leak of passwords",
       "パスワード流出後の攻撃",
       "A list of 63 addresses with passwords was published.",
       "63件のメールアドレスとパスワードの一覧が公開されました。",
       "Password expired",
       'A',
       {2026, 11, 26},
       {changed, approve, never, report},
       {revoke, keys, logs, rule}},
      {"Consent to outside apps",
       "外部アプリへの同意",
       "Attackers had 3 people consent to an app that reads mail.",
       "攻撃者は3名に、メールを読むアプリへ同意させました。",
       "Document shared with you",
       'C',
       {2026, 11, 30},
       {link, report},
       {logs, revoke, keys}},
  };
}

Facts facts(const Topic& t, size_t k) {
  Facts f;
  f.advisory = "EXAMPLE-2026-11-" + std::to_string(10 + k);
  f.rank = t.rank;
  f.horizon = t.rank == 'A' ? "now" : t.rank == 'B' ? "week" : t.rank == 'C' ? "month" : "reference";
  f.organisation = "Example Works";
  f.organisation_ja = k % 2 ? "例示製作所" : "Example Works";
  f.contact = "IT desk, security@corp.example, ext. 1" + std::to_string(200 + k);
  f.contact_ja = "情報システム担当 security@corp.example（内線1" + std::to_string(200 + k) + "）";
  f.today = kToday;
  f.deadline = t.deadline;
  f.subject_en = t.subject_en;
  f.subject_ja = t.subject_ja;
  f.overview = {{"overview", t.overview_en, t.overview_ja}};
  f.scope = {{"mail", "Everybody who receives mail from outside", "社外からのメールを受け取る全員"},
             {"admins", "Administrator accounts", "管理者アカウント"}};
  f.staff_steps = f.customer_steps = t.steps;
  f.admin_steps = t.admin;
  f.lure_subjects = {t.lure};
  f.indicators = {"hxxps://vault-backup[.]example/start", "203.0.113[.]7"};
  f.references = {{"Warning about " + std::string(t.subject_en),
                   "Example News",
                   "https://news.example/2026/" + std::to_string(k),
                   {2026, 11, 20}}};
  return f;
}

std::string replaced(std::string text, const std::string& find, const std::string& put) {
  size_t from = 0;
  std::string wanted = find;
  if (wanted.starts_with("LAST:")) {
    wanted = wanted.substr(5);
    from = text.rfind(wanted);
  } else {
    from = text.find(wanted);
  }
  if (wanted == "^") return put + text;
  if (wanted == "$") return text + put;
  if (from == std::string::npos) return {};
  return text.replace(from, wanted.size(), put);
}

std::string unescaped(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\' && i + 1 < s.size() && s[i + 1] == 'n') out += '\n', ++i;
    else out += s[i];
  }
  return out;
}

std::map<std::string, size_t> rules_of(const std::vector<Problem>& problems) {
  std::map<std::string, size_t> out;
  for (const Problem& p : problems) ++out[p.rule];
  return out;
}

bool fits(std::string_view name, std::string_view pattern) {
  return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern;
}

}  // namespace

int main(int argc, char** argv) {
  const bool verbose = argc > 1 && std::string_view(argv[1]) == "--verbose";
  const char* other = std::getenv("SEKISHO_NOTICE_ROOT");  // drafts and rows of others
  const std::string root = other ? other : SEKISHO_SOURCE_DIR;
  std::vector<Error> errors;
  const auto content = text_files(root + "/content/notices", {".toml"});
  if (!content) return 2;
  std::vector<Templates::File> files;
  for (const TextFile& f : *content) files.push_back({f.path, f.text});
  const Templates templates = Templates::read(files, errors);
  for (const Error& e : errors) std::fprintf(stderr, "%s\n", e.one_line().c_str());
  if (!errors.empty()) return 2;

  LintOptions options;
  options.today = kToday;
  std::map<std::string, std::string> drafts;
  const auto by_hand = text_files(root + "/tests/notices", {".txt"});
  if (!by_hand) return 2;
  for (const TextFile& f : *by_hand) drafts[std::filesystem::path(f.name).stem().string()] = f.text;
  const size_t hand = drafts.size();
  size_t k = 0;
  for (const Topic& t : topics()) {
    const Facts f = facts(t, k);
    for (const Audience a : {Audience::staff, Audience::administrators, Audience::customers, Audience::regulator})
      drafts[std::string(to_string(a)) + "-" + std::to_string(k)] =
          templates.text(templates.draft(a, "ja", f)) + "\n" + templates.text(templates.draft(a, "en", f));
    ++k;
  }
  size_t alarms = 0;
  std::map<std::string, std::map<std::string, size_t>> before;  // what an unbroken draft is blamed for catches nothing
  for (const auto& [name, text] : drafts) {
    const std::vector<Problem> problems = lint(text, templates, options);
    alarms += !problems.empty();
    before[name] = rules_of(problems);
    for (const Problem& p : problems)
      std::printf("  alarm %s: %s [%s] %s: %s\n", name.c_str(), p.rule.c_str(), p.language.c_str(), p.text.c_str(),
                  std::string(utf8_prefix(text.substr(p.span.offset, p.span.length), 90)).c_str());
  }
  std::printf("notice/clean_by_hand  %zu\n", hand);
  std::printf("notice/clean_alarms  %zu/%zu\n", alarms, drafts.size());

  const auto seeds = read_file(root + "/tests/notices/seeded.tsv", 1u << 20);
  if (!seeds) return 2;
  size_t total = 0, caught = 0, stale = 0;
  std::set<std::string> kinds;
  for (const std::string_view line : split(*seeds, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = split(line, '\t');
    if (cells.size() < 4) continue;
    bool used = false;
    for (const auto& [name, text] : drafts) {
      if (!fits(name, cells[1])) continue;
      std::string broken = text;
      for (size_t i = 2; i + 1 < cells.size() && !broken.empty(); i += 2)
        broken = replaced(broken, unescaped(cells[i]), unescaped(cells[i + 1]));
      if (broken.empty() || broken == text) continue;
      used = true;
      ++total;
      kinds.insert(std::string(cells[0]));
      const std::vector<Problem> problems = lint(broken, templates, options);
      std::string as;
      for (const auto& [rule, n] : rules_of(problems))
        if (n > before[name][rule]) as += (as.empty() ? "" : ", ") + rule;
      caught += !as.empty();
      if (as.empty() || verbose)
        std::printf("  %s %.*s in %s%s%s\n", as.empty() ? "missed" : "caught", static_cast<int>(cells[0].size()),
                    cells[0].data(), name.c_str(), as.empty() ? ": " : " as ",
                    as.empty() ? std::string(line).c_str() : as.c_str());
    }
    if (!used) {
      ++stale;
      std::printf("  fits no draft: %.*s\n", static_cast<int>(line.size()), line.data());
    }
  }
  std::printf("notice/seeded_kinds  %zu\n", kinds.size());
  std::printf("notice/seeded  %zu/%zu\n", caught, total);

  const char* data = std::getenv("SEKISHO_ARTICLES");
  const std::string articles = data ? data : root + "/../shared/data/articles";
  for (const char* name : {"password-reset-impersonation.ja.txt", "lastpass-maintenance-phishing.ja.txt"}) {
    const auto text = read_file(articles + "/" + name, 1u << 20);
    if (!text) {
      std::printf("notice/report %s  skipped: no data\n", name);
      continue;
    }
    std::map<std::string, size_t> rules;
    for (const Problem& p : lint(*text, templates, options)) {
      ++rules[p.rule];
      if (verbose)
        std::printf("  %s at byte %u [%s]: %s\n", p.rule.c_str(), p.span.offset, p.language.c_str(), p.text.c_str());
    }
    std::string all;
    for (const auto& [rule, n] : rules) all += (all.empty() ? "" : ", ") + rule + " " + std::to_string(n);
    std::printf("notice/report %s  %s\n", name, all.c_str());
  }
  return alarms == 0 && stale == 0 && drafts.size() >= 50 && total >= 100 && caught * 100 >= total * 98 ? 0 : 1;
}
