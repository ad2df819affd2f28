// sekisho doctor: says what works in this installation and what is blind, and why. Reads settings and content; touches
// nothing else.
#include <unistd.h>

#include <fmt/format.h>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "event/schema.h"

namespace sekisho::cli {
namespace {

enum class State { ok, blind, note };

struct Finding {
  State state;
  std::string what, why_en, why_ja;
};

}  // namespace

int doctor_command(const DoctorOptions& options) {
  if (options.schema) {
    put(event::Schema::get().markdown());
    return 0;
  }
  const SystemClock clock;
  const auto scanner = make_scanner(options, clock, memory::Memory::Wanted::read,
                                    [](scan::LoadedContent& c) { print_errors(c.warnings, c.files, "warning"); });
  if (!scanner) return 2;
  const scan::Settings& s = scanner->settings();
  const scan::Content& c = scanner->content();
  std::vector<Finding> findings;
  const auto add = [&](State state, std::string what, std::string en, std::string ja) {
    findings.push_back({state, std::move(what), std::move(en), std::move(ja)});
  };

  add(State::ok, "content",
      std::to_string(c.rules.size()) + " rules, " + std::to_string(c.brands.all().size()) + " brands, " +
          std::to_string(c.lures.all().size()) + " lure intents; digest " + c.digest.substr(0, 12),
      "規則 " + std::to_string(c.rules.size()) + " 件、ブランド " + std::to_string(c.brands.all().size()) +
          " 件、誘導意図 " + std::to_string(c.lures.all().size()) + " 種; ダイジェスト " + c.digest.substr(0, 12));
  if (s.domains.empty())
    add(State::blind, "organisation.domains",
        "no domain of yours is set: mail that pretends to come from inside is not seen",
        "自組織のドメインが未設定のため、内部を装うメールを見分けられません");
  else add(State::ok, "organisation.domains", s.domains[0], s.domains[0]);
  if (s.organisation_names.empty())
    add(State::blind, "organisation.names",
        "no name of yours is set: a stranger's display name that claims to be you is not seen",
        "自組織の名称が未設定のため、表示名で自組織を騙るメールを見分けられません");
  if (s.dns_servers.empty() && s.trusted_authserv_ids.empty())
    add(State::blind, "dns.servers",
        "nothing is looked up and no server's results are trusted: SPF, DKIM, ARC and DMARC are not known "
        "(servers = [\"system\"], or trusted_authserv_ids)",
        "DNS も信頼する認証サーバーも未設定のため、SPF・DKIM・ARC・DMARC を判定できません"
        "(servers = [\"system\"] または trusted_authserv_ids を設定)");
  else if (s.dns_servers.empty())
    add(State::ok, "organisation.trusted_authserv_ids", "results of " + s.trusted_authserv_ids[0] + " are believed",
        s.trusted_authserv_ids[0] + " の認証結果を信頼します");
  else
    add(State::ok, "dns.servers", "SPF, DKIM, ARC and DMARC are verified by way of " + s.dns_servers[0],
        "SPF・DKIM・ARC・DMARC を検証します (DNS: " + s.dns_servers[0] + ")");
  if (s.memory_directory.empty())
    add(State::blind, "memory.directory",
        "nothing is remembered: a name that is new to you, newly registered or unknown to lists is not told apart",
        "記憶用ディレクトリが未設定のため、初めて見る名前・新規登録・順位のない名前を見分けられません");
  else add(State::ok, "memory.directory", s.memory_directory, s.memory_directory);
  if (scanner->workers() == nullptr)
    add(State::blind, "unwrap.enabled", "images, PDFs and archives stay closed by your settings",
        "設定により、画像・PDF・圧縮ファイルを開きません");
  else if (scanner->workers()->open(unwrap::Kind::probe, "file").outcome != unwrap::Outcome::read)
    add(State::blind, "unwrap",
        "no jailed process can be made here: images, PDFs and archives stay closed (fork, seccomp)",
        "隔離プロセスを作れないため、画像・PDF・圧縮ファイルを開けません (fork、seccomp)");
  else
    add(State::ok, "unwrap", "images, PDFs and archives are opened in jailed processes",
        "画像・PDF・圧縮ファイルを隔離プロセスで開きます");
  if (!s.allow_reject)
    add(State::note, "verdict.allow_reject", "nothing is ever refused: the strongest action is quarantine",
        "拒否は行わず、最も強い処置は隔離です");
  // The advisory desk judges by what it is told of the organisation; unknown counts as the worst.
  if (s.desk.uses.empty() && s.desk.uses_not.empty())
    add(State::note, "desk.uses", "the desk does not know which brands and processes you use: its ranks assume all",
        "利用中のサービスと手順が未設定のため、ランクはすべて利用しているものとして判定します");
  if (!s.desk.controls_told)
    add(State::note, "desk.controls", "the desk does not know which controls you have: its ranks assume none",
        "導入済みの対策が未設定のため、ランクはないものとして判定します");
  if (s.desk.contact.empty())
    add(State::blind, "desk.contact", "drafts of notices name no contact: set [desk] contact",
        "通知の下書きに連絡先が入りません。[desk] contact を設定してください");
  if (::access("/usr/bin/pdftotext", X_OK) != 0)
    add(State::blind, "desk.pdf", "pdftotext is not installed (poppler-utils): the desk reads no PDF",
        "pdftotext がないため、PDF のニュースを読めません (poppler-utils)");
  // The rows of the product that this version does not have yet are blind everywhere.
  static constexpr const char* kLater[][3] = {
      {"rows 2, 4-14, 18-20",
       "the mail gateway itself (quarantine, banner, milter), web, audit logs, cases, containment, reset desk and "
       "console are not in this version",
       "メールゲートウェイ(隔離・バナー・milter)"
       "、Web、監査ログ、ケース、封じ込め、リセット窓口、コンソールはこの版にありません"},
      {"row 17", "notices are drafted and checked; nobody approves or sends them from here yet",
       "通知は下書きと検査までです。承認と送信はこの版にありません"}};
  for (const auto& row : kLater) add(State::blind, row[0], row[1], row[2]);

  static constexpr const char* kWords[] = {"ok", "blind", "note"};
  static constexpr const char* kWordsJa[] = {"正常", "盲点", "注記"};
  const bool ja = options.language == scan::Language::ja;
  for (const Finding& f : findings) {
    const auto state = static_cast<size_t>(f.state);
    if (options.json) {
      std::string out;
      JsonWriter json(out);
      json.begin_object();
      json.member("state", kWords[state]);
      json.member("what", f.what);
      json.member("why", ja ? f.why_ja : f.why_en);
      json.end_object();
      put(out + "\n");
    } else {
      put(fmt::format("{:<6} {:<36} {}\n", ja ? kWordsJa[state] : kWords[state], f.what,
                      printable(ja ? f.why_ja : f.why_en)));
    }
  }
  return 0;
}

}  // namespace sekisho::cli
