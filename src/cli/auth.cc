// sekisho auth verify | sign | domain: SPF, DKIM, DMARC and ARC without anything else. verify: what a mail is worth;
// sign: a DKIM signature for it; domain: how a domain stands, with advice.
#include <fmt/format.h>

#include "base/files.h"
#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "mailauth/authres.h"
#include "mailauth/verify.h"
#include "scan/inputs.h"

namespace sekisho::cli {
namespace {

std::string shown(std::string_view text) {
  constexpr size_t kMost = 1000;
  return printable(utf8_prefix(text, kMost)) + (text.size() > kMost ? "…" : "");
}

// A line a method, for people.
std::string describe(const mailauth::AuthReport& r, bool ja) {
  std::string out;
  const auto line = [&](std::string_view name, std::string_view result, const std::string& more) {
    out += fmt::format("  {:<6} {:<10} {}\n", name, result, more);
  };
  const auto because = [](const std::string& reason) { return reason.empty() ? "" : " (" + shown(reason) + ")"; };
  line("From", r.authors.domain().empty() ? "-" : shown(r.authors.domain()),
       r.authors.malformed ? (ja ? "書式が不正" : "malformed") : "");
  if (!r.client_known)
    line("SPF", "none", ja ? "送信元アドレスが不明 (--ip で指定)" : "the client's address is not known (--ip)");
  else
    line("SPF", spf_status_name(r.spf.status),
         shown(r.spf.domain) + (r.spf.mechanism.empty() ? "" : " " + shown(r.spf.mechanism)) + because(r.spf.reason));
  if (r.dkim.signatures.empty()) line("DKIM", "none", "");
  for (const mailauth::DkimResult& d : r.dkim.signatures) {
    std::string more = shown(d.domain) + " " + shown(d.selector) + " " + shown(d.algorithm);
    if (d.key_bits > 0) more += " " + std::to_string(d.key_bits);
    if (!d.unsigned_fields.empty()) {
      more += ja ? " 署名対象外:" : " not signed:";
      for (const std::string& f : d.unsigned_fields) more += " " + f;
    }
    if (d.unsigned_bytes > 0)
      more += fmt::format(" l= {} {}", ja ? "署名対象外の本文" : "body bytes not signed:", d.unsigned_bytes);
    line("DKIM", dkim_status_name(d.status), more + because(d.reason));
  }
  if (r.arc.status != mailauth::ArcStatus::none)
    line("ARC", arc_status_name(r.arc.status),
         (r.arc.sets.empty() ? "" : fmt::format("{} {}", r.arc.sets.size(), shown(r.arc.sets.back().domain))) +
             because(r.arc.reason));
  std::string more;
  if (r.dmarc.record)
    more =
        fmt::format("{} {}={}", shown(r.dmarc.record->domain), r.dmarc.policy_tag, dmarc_policy_name(r.dmarc.policy));
  if (!r.dmarc.aligned_spf.empty()) more += " SPF " + shown(r.dmarc.aligned_spf);
  if (!r.dmarc.aligned_dkim.empty()) more += " DKIM " + shown(r.dmarc.aligned_dkim);
  if (r.dmarc.status == mailauth::DmarcStatus::fail)
    more += !r.client_known
                ? (ja ? " SPF は未判定 (--ip で指定)" : " as far as signatures go: SPF needs --ip")
                : fmt::format(" {} {}", ja ? "処置:" : "disposition:", dmarc_policy_name(r.dmarc.disposition));
  if (!r.dmarc.override_reason.empty()) more += " " + r.dmarc.override_reason;
  line("DMARC", dmarc_status_name(r.dmarc.status), more + because(r.dmarc.reason));
  return out;
}

struct Advice {
  std::string en, ja;
};

// One domain: what its records say, and what they should.
class Posture {
 public:
  Posture(const AuthOptions& options, net::Resolver& resolver) : options_(options), resolver_(resolver) {}

  std::string run(const std::string& domain) {
    out_ = options_.json ? "" : domain + "\n";
    advice_.clear();
    domain_ = domain;
    JsonWriter json(out_);
    json_ = &json;
    if (options_.json) {
      json.begin_object();
      json.member("domain", printable(domain));
    }
    if (resolver_.look_up(domain, net::DnsType::mx).status == net::DnsStatus::no_name)
      advise("there is no such domain in DNS: is it written right?",
             "このドメインは DNS に存在しません。綴りを確認してください");
    spf();
    dkim();
    dmarc();
    text("mta_sts", "MTA-STS", "_mta-sts." + domain, "v=STSv1");
    text("tls_rpt", "TLS-RPT", "_smtp._tls." + domain, "v=TLSRPTv1");
    text("bimi", "BIMI", "default._bimi." + domain, "v=BIMI1");
    if (options_.json) {
      json.key("advice");
      json.begin_array();
      for (const Advice& a : advice_) {
        json.begin_object();
        json.member("en", a.en);
        json.member("ja", a.ja);
        json.end_object();
      }
      json.end_array();
      json.end_object();
      return out_ + "\n";
    }
    const bool ja = options_.language == scan::Language::ja;
    for (const Advice& a : advice_) out_ += "  ! " + (ja ? a.ja : a.en) + "\n";
    if (advice_.empty()) out_ += ja ? "  問題は見つかりませんでした\n" : "  nothing to advise\n";
    return out_;
  }
  bool found_fault() const { return !advice_.empty(); }

 private:
  void line(std::string_view name, std::string_view value) { out_ += fmt::format("  {:<8} {}\n", name, shown(value)); }
  void advise(std::string en, std::string ja) { advice_.push_back({std::move(en), std::move(ja)}); }

  void spf() {
    // From an address that nobody has (RFC 1112 section 4), so that the whole tree is read.
    const auto result =
        mailauth::check_spf({.address = "240.0.0.1", .helo = domain_, .mail_from = "postmaster@" + domain_}, resolver_);
    const std::string_view status = mailauth::spf_status_name(result.status);
    if (options_.json) {
      json_->key("spf");
      json_->begin_object();
      json_->member("for_a_stranger", status);
      if (!result.reason.empty()) json_->member("reason", printable(result.reason));
      json_->member("look_ups", uint64_t{result.look_ups});
      json_->member("void_look_ups", uint64_t{result.void_look_ups});
      json_->key("records");
      json_->begin_array();
      for (const auto& r : result.records) {
        json_->begin_object();
        json_->member("domain", printable(r.domain));
        json_->member("record", printable(r.text));
        json_->member("depth", uint64_t{r.depth});
        json_->end_object();
      }
      json_->end_array();
      json_->end_object();
    } else {
      for (const auto& r : result.records)
        line(r.depth == 0 ? "SPF" : "", std::string(2 * r.depth, ' ') + r.domain + ": " + r.text);
      line(result.records.empty() ? "SPF" : "",
           fmt::format("{}/10 {}", result.look_ups,
                       options_.language == scan::Language::ja ? "回の問い合わせ" : "look-ups"));
    }
    using enum mailauth::SpfStatus;
    if (result.status == none)
      advise("publish SPF: \"v=spf1 -all\" where the domain sends no mail",
             "SPF を公開してください。送信しないドメインなら \"v=spf1 -all\"");
    if (result.status == permerror)
      advise("SPF is broken and counts as none: " + shown(result.reason),
             "SPF に誤りがあり無効です: " + shown(result.reason));
    if (result.status == temperror)
      advise("SPF could not be read: " + shown(result.reason), "SPF を取得できませんでした: " + shown(result.reason));
    if (result.status == pass)
      advise("SPF lets everybody send: " + shown(result.mechanism),
             "SPF が全ての送信元を許可しています: " + shown(result.mechanism));
    if (result.status == neutral)
      advise("SPF says nothing of strangers: end it with ~all or -all", "SPF の末尾を ~all または -all にしてください");
    if (result.look_ups > 8 && result.status != permerror)
      advise(fmt::format("SPF uses {} of 10 look-ups: one more include may break it", result.look_ups),
             fmt::format("SPF の問い合わせが上限 10 回のうち {} 回です。include を足すと無効になるおそれがあります",
                         result.look_ups));
  }

  void dkim() {
    if (options_.json) {
      json_->key("dkim");
      json_->begin_array();
    }
    for (const std::string& selector : options_.selectors) {
      const net::DnsAnswer answer = resolver_.look_up(selector + "._domainkey." + domain_, net::DnsType::txt);
      const std::string record =
          answer.records.empty() ? std::string(dns_status_name(answer.status)) : answer.records[0].text;
      if (options_.json) {
        json_->begin_object();
        json_->member("selector", printable(selector));
        json_->member("record", printable(record));
        json_->end_object();
      } else {
        line("DKIM", selector + ": " + record);
      }
      const mailauth::DkimKey key = mailauth::check_dkim_key(selector, domain_, resolver_);
      if (key.status != mailauth::DkimStatus::pass)
        advise("the DKIM key at selector " + shown(selector) + " is not usable: " + shown(key.reason),
               "DKIM セレクタ " + shown(selector) + " の鍵は使えません: " + shown(key.reason));
      else if (key.testing)
        advise("the DKIM key at selector " + shown(selector) + " is only tried (t=y)",
               "DKIM セレクタ " + shown(selector) + " は試験中 (t=y) です");
    }
    if (options_.json) json_->end_array();
  }

  void dmarc() {
    const auto walk = mailauth::walk_dmarc(domain_, resolver_);
    const mailauth::DmarcRecord* record = walk.records.empty() ? nullptr : &walk.records[0];
    if (options_.json) {
      json_->key("dmarc");
      json_->begin_object();
      json_->member("organizational_domain", printable(walk.organizational_domain));
      if (record != nullptr) {
        json_->member("record_domain", printable(record->domain));
        json_->member("record", printable(record->text));
      }
      json_->key("asked");
      json_->begin_array();
      for (const std::string& a : walk.asked) json_->value(a);
      json_->end_array();
      json_->end_object();
    } else {
      line("DMARC", record == nullptr ? "-" : record->domain + ": " + record->text);
    }
    size_t records = 0;
    for (const net::DnsRecord& r : resolver_.look_up("_dmarc." + domain_, net::DnsType::txt).records)
      records += mailauth::read_dmarc(r.text).has_value();
    if (records > 1)
      advise(fmt::format("{} DMARC records at one name: receivers pass over them all", records),
             fmt::format("DMARC レコードが {} 件あり、受信側はすべて無視します", records));
    else if (walk.failed) advise("DMARC could not be looked up", "DMARC を取得できませんでした");
    else if (record == nullptr)
      advise("publish DMARC: begin with \"v=DMARC1; p=none; rua=mailto:…\" and read the reports",
             "DMARC を公開してください。まず \"v=DMARC1; p=none; rua=mailto:…\" で報告を確認します");
    if (record == nullptr) return;
    if (!record->p) advise("the DMARC record has no policy p=", "DMARC レコードに p= がありません");
    else if (*record->p == mailauth::DmarcPolicy::none)
      advise("DMARC only watches (p=none): move to quarantine and reject when the reports are clean",
             "DMARC は監視のみ (p=none) です。報告を確認し quarantine、reject へ進めてください");
    if (record->domain != domain_ && record->sp == mailauth::DmarcPolicy::none)
      advise("the policy that holds here is sp=none of " + shown(record->domain),
             "ここに適用されるのは " + shown(record->domain) + " の sp=none です");
    if (record->testing) advise("t=y: receivers act one step milder", "t=y のため受信側の処置が一段弱くなります");
    if (record->percent < 100)
      advise("pct= is gone in RFC 9989: receivers read it as 100", "pct= は RFC 9989 で廃止され、100 とみなされます");
    if (record->rua.empty()) advise("no reports are asked for: add rua=", "集計レポートの宛先 rua= がありません");
    if (record->p && *record->p != mailauth::DmarcPolicy::none && !record->np &&
        record->sp == mailauth::DmarcPolicy::none)
      advise("subdomains that do not exist are open: add np=reject",
             "存在しないサブドメインが無防備です。np=reject を加えてください");
  }

  void text(const char* key, const char* name, const std::string& at, std::string_view version) {
    const net::DnsAnswer answer = resolver_.look_up(at, net::DnsType::txt);
    std::string record;
    for (const net::DnsRecord& r : answer.records)
      if (r.text.starts_with(version)) record = r.text;
    if (options_.json) {
      if (!record.empty()) json_->member(key, printable(record));
    } else {
      line(name, record.empty() ? "-" : record);
    }
  }

  const AuthOptions& options_;
  net::Resolver& resolver_;
  std::string out_, domain_;
  std::vector<Advice> advice_;
  JsonWriter* json_ = nullptr;
};

}  // namespace

int auth_verify_command(const AuthOptions& options, const Clock& clock) {
  scan::Settings settings;
  if (!read_settings(options, settings)) return 2;
  const auto dns = Dns::make(options.dns, settings, "system");
  if (!dns) return 2;
  const auto given = envelope(options.ip, options.helo, options.from);
  if (!given) return 2;
  const mailauth::AuthEnvelope envelope{given->client_ip, given->helo, given->mail_from};
  if (options.header + options.report + options.json > 1)
    return complain("", "--header, --report and --json are three forms of output: give one of them"), 2;
  if (options.report && envelope.address.empty()) return complain("", "--report needs --ip"), 2;
  if (options.header &&
      (options.authserv_id.empty() ||
       mailauth::parse_authres(options.authserv_id + "; none").value_or(mailauth::AuthResults()).authserv_id !=
           options.authserv_id))
    return complain("", "--authserv-id: \"" + printable(options.authserv_id) + "\" is no name of a server"), 2;
  bool broken = false, failed = false, unknown = false;
  size_t mails = 0;
  const auto one = [&](const std::string& name, const std::string& bytes) {
    ++mails;
    net::LimitedResolver resolver(*dns->resolver(), clock);
    const mailauth::Message message(bytes);
    const auto mode = options.rfc7489 ? mailauth::DmarcMode::rfc7489 : mailauth::DmarcMode::rfc9989;
    const mailauth::AuthReport report = verify(message, envelope, resolver, clock.now(), mode);
    using enum mailauth::DmarcStatus;
    failed |= report.dmarc_failed() || report.dmarc.status == permerror;
    unknown |= report.dmarc.status == temperror;
    if (options.header) return put(authentication_results(report, envelope, options.authserv_id));
    if (options.report) {
      const std::string row = report_row(report, envelope, clock.now());
      if (!row.empty()) put(row + "\n");
      return;
    }
    if (!options.json) return put(printable(name) + "\n" + describe(report, options.language == scan::Language::ja));
    std::string line;
    JsonWriter json(line);
    json.begin_object();
    json.member("name", printable(name));
    json.key("auth");
    json.raw(to_json(report, envelope));
    json.end_object();
    put(line + "\n");
  };
  for (const std::string& path : options.paths)
    scan::each_mail(path, Limits(), one, [&](const std::string& name, const Error& error) {
      complain(name, error.text);
      broken = true;
    });
  if (!dns->finish() || broken || mails == 0) return 2;
  if (unknown) complain("", "DNS did not answer all that was asked: DMARC is not known for each mail");
  return unknown ? 2 : failed ? 1 : 0;
}

int auth_sign_command(const AuthOptions& options, const Clock& clock) {
  auto pem = read_file(options.key, 1u << 20);
  if (!pem) return print_errors({pem.error()}, {}), 2;
  const auto key = mailauth::Key::read_private(*pem);
  if (!key) return complain(options.key, key.error().text + "; " + key.error().hint), 2;
  bool broken = false;
  size_t mails = 0;
  for (const std::string& path : options.paths)
    scan::each_mail(
        path, Limits(),
        [&](const std::string& name, const std::string& bytes) {
          if (++mails > 1 && !options.header) {
            if (mails == 2) complain(name, "only the first mail was signed; --header prints a field for each");
            broken = true;
            return;
          }
          const mailauth::Message message(bytes);
          mailauth::DkimSigner signer{.domain = options.domain, .selector = options.selector, .now = clock.now()};
          const auto field = sign_dkim(message, signer, *key);
          if (!field) {
            complain(name, field.error().text);
            broken = true;
            return;
          }
          std::string whole = *field;
          for (const mailauth::Field& f : message.fields()) whole += f.raw;
          put(options.header ? *field : whole + "\r\n" + std::string(message.body()));
        },
        [&](const std::string& name, const Error& error) {
          complain(name, error.text);
          broken = true;
        });
  return broken ? 2 : 0;
}

int auth_domain_command(const AuthOptions& options, const Clock& clock) {
  scan::Settings settings;
  if (!read_settings(options, settings)) return 2;
  const auto dns = Dns::make(options.dns, settings, "system");
  if (!dns) return 2;
  bool fault = false;
  for (const std::string& given : options.paths) {
    const auto domain = net::to_ascii(given);
    if (!domain || domain->find('.') == std::string::npos) return complain("", "\"" + given + "\" is no domain"), 2;
    net::LimitedResolver resolver(*dns->resolver(), clock);
    Posture posture(options, resolver);
    put(posture.run(*domain));
    fault |= posture.found_fault();
  }
  return !dns->finish() ? 2 : fault ? 1 : 0;
}

}  // namespace sekisho::cli
