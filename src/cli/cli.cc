// Takes the command line, gives the exit status. Refuses unknown subcommands with a hint. The option parser (CLI11,
// seconds to compile) is in this file only.
#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <sstream>

#include "base/strings.h"

namespace sekisho::cli {
namespace {

void add_common(CLI::App& app, Common& common, bool packs = true) {
  app.add_flag("--json", common.json, "JSON, one object a line");
  if (!packs) return;
  app.add_option("--settings", common.settings, "settings file (default: /etc/sekisho/sekisho.toml, if there is one)");
  app.add_option("--content", common.content,
                 "folder of brands, lures, lists and rules (default: those in the program)");
  app.add_option_function<std::string>(
         "--language",
         [&common](const std::string& l) { common.language = l == "ja" ? scan::Language::ja : scan::Language::en; },
         "en or ja")
      ->check(CLI::IsMember({"en", "ja"}));
  app.add_option("--threads", common.threads, "threads, 1 to 256 (default: one per core)")->check(CLI::Range(1, 256));
}

// The parser's own message for an unknown subcommand names no near one; `sekisho mail.eml` is the first thing people
// try.
bool unknown_subcommand(int argc, char** argv) {
  if (argc < 2) return false;
  const std::string_view word = argv[1];
  if (word.starts_with("-") && word != "-") return false;
  std::string_view wrong = word, above;
  std::vector<std::string_view> known = {"scan",  "eval",   "train", "hunt",   "rules",  "auth",   "names",
                                         "brand", "memory", "event", "doctor", "attack", "advise", "notice"};
  if (argc > 2 && argv[2][0] != '-') {
    if (word == "rules") known = {"check", "test", "explain", "fmt", "stats"}, wrong = argv[2], above = "rules ";
    if (word == "auth") known = {"verify", "sign", "domain"}, wrong = argv[2], above = "auth ";
    if (word == "names") known = {"judge", "why", "plan", "watch", "fit", "eval"}, wrong = argv[2], above = "names ";
    if (word == "notice") known = {"draft", "lint"}, wrong = argv[2], above = "notice ";
    if (word == "attack") known = {"train", "eval", "suggest"}, wrong = argv[2], above = "attack ";
    if (word == "memory") known = {"import", "show", "stats"}, wrong = argv[2], above = "memory ";
  }
  if (std::find(known.begin(), known.end(), wrong) != known.end()) return false;
  std::error_code code;
  const bool path = wrong == "-" || std::filesystem::exists(std::filesystem::path(wrong), code);
  std::string hint;
  if (!above.empty()) {
    hint = near_names(wrong, known);
    if (hint.empty() && path)
      hint = "did you mean: sekisho " + std::string(above) +
             (above == "auth "     ? "verify "
              : above == "memory " ? "show "
              : above == "notice " ? "lint "
                                   : "check ") +
             std::string(wrong);
  } else if (path) {
    hint = "did you mean: sekisho scan " + std::string(wrong);
  } else {
    known.insert(known.end(),
                 {"rules check",   "rules test",    "rules explain", "rules fmt",    "rules stats",       "auth verify",
                  "auth sign",     "auth domain",   "names judge",   "names why",    "names plan",        "names watch",
                  "brand check",   "memory import", "memory show",   "memory stats", "advise indicators", "advise lint",
                  "advise export", "advise feed",   "notice draft",  "notice lint"});
    hint = near_names(wrong, known);
  }
  if (hint.empty()) hint = above.empty() ? "see sekisho --help" : "see sekisho " + std::string(above) + "--help";
  complain("", "no subcommand \"" + std::string(above) + std::string(wrong) + "\"; " + hint);
  return true;
}

int dispatch(int argc, char** argv) {
  if (unknown_subcommand(argc, argv)) return 2;
  CLI::App app{"sekisho (関所): a gate against credential phishing", "sekisho"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("sekisho " SEKISHO_VERSION));
  const SystemClock clock;

  // LANG=ja_JP… makes Japanese the default.
  Common common;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) {
      if (std::string_view(value).starts_with("ja")) common.language = scan::Language::ja;
      break;
    }

  const auto add_dns = [](CLI::App& to, DnsOptions& dns) {
    to.add_option("--dns", dns.servers, "look names up: system, or addresses of servers at commas; off fails at once");
    to.add_option("--zone", dns.zone, "look names up in a zone file");
    to.add_option("--replay,--recorded", dns.replay, "look names up in what --record-dns wrote");
    to.add_option("--record-dns", dns.record, "write down what was answered");
  };
  const auto add_envelope = [](CLI::App& to, auto& options) {
    to.add_option("--ip", options.ip, "address of the client that brought the mail");
    to.add_option("--helo", options.helo, "name that it said");
    to.add_option("--from", options.from, "MAIL FROM, without angle brackets");
  };
  ScanOptions scan;
  static_cast<Common&>(scan) = common;
  CLI::App* scan_app =
      app.add_subcommand("scan", "judge mails: files, mboxes, Maildirs, folders, or - for standard input");
  add_common(*scan_app, scan);
  scan_app->add_flag("--explain", scan.explain, "every rule that fired, with its evidence");
  add_dns(*scan_app, scan.dns);
  add_envelope(*scan_app, scan);
  scan_app->add_option("path", scan.paths, "what to scan")->required();

  EvalOptions eval;
  static_cast<Common&>(eval) = common;
  CLI::App* eval_app = app.add_subcommand("eval", "measure verdicts on labelled mail");
  add_common(*eval_app, eval);
  const auto add_labelled = [](CLI::App& a, EvalOptions& o) {
    a.add_option("--manifest", o.manifest, "TSV: path, class (phish, or a class of ham), source, cluster");
    a.add_option("--phish", o.phish, "folder of phish");
    a.add_option("--ham", o.ham, "folder of ham");
    a.add_option("--mask", o.mask, "header names to hide before scanning")->delimiter(',');
  };
  const auto add_also = [](CLI::App& a, EvalOptions& o) {
    a.add_option("--also", o.also, "a further manifest: mail that is learned from and not measured")
        ->allow_extra_args(false);
  };
  add_labelled(*eval_app, eval);
  add_also(*eval_app, eval);
  eval_app->add_flag("--rules", eval.rules, "how often each rule fired, by class");
  CLI::Option* fit =
      eval_app->add_flag("--fit", eval.fit, "fit points of rules and the curve, cross-validated by cluster");
  eval_app->add_flag("--without-model", eval.without_model, "with --fit: as if there were no learned model")
      ->needs(fit);
  eval_app->add_option("--output", eval.output, "with --fit: the file to write (content/points.toml)")->needs(fit);
  eval_app->get_option("--also")->needs(fit);

  TrainOptions train;
  static_cast<Common&>(train) = common;
  CLI::App* train_app = app.add_subcommand("train", "learn the lure model from labelled mail");
  add_common(*train_app, train);
  add_labelled(*train_app, train);
  add_also(*train_app, train);
  train_app->add_option("--from", train.from, "model from which learning goes on");
  train_app->add_option("--data", train.data, "for the card: what the mail is, and its licence");
  train_app->add_option("--output", train.output, "the model's file; its card is written beside it (.md)")->required();

  HuntOptions hunt;
  static_cast<Common&>(hunt) = common;
  CLI::App* hunt_app = app.add_subcommand("hunt", "event logs through rules: detections as lines of JSON");
  add_common(*hunt_app, hunt);
  hunt_app->add_option("--rules", hunt.rules, "rule files or folders: .yaral, .yml")
      ->allow_extra_args(false)
      ->required();
  hunt_app->add_option("--lists", hunt.lists, "folders of reference lists (.txt) and data tables (.csv)")
      ->allow_extra_args(false);
  hunt_app->add_option("--context", hunt.context, "entity records: NDJSON or CSV")->allow_extra_args(false);
  hunt_app->add_option("--exceptions", hunt.exceptions, "exceptions: files or folders (.toml)")
      ->allow_extra_args(false);
  hunt_app->add_option("--logsource", hunt.logsource, "PRODUCT[/SERVICE]: the logs hold raw events of it (Sigma)");
  hunt_app->add_option("--lateness", hunt.lateness, "how late events may come: 30s, 5m, 1h, 2d");
  hunt_app->add_option("--budget", hunt.budget, "detections of one rule a day of event time; 0 = any number")
      ->check(CLI::NonNegativeNumber);
  hunt_app->add_option("--format", hunt.format, "ndjson, ecs or ocsf")->check(CLI::IsMember({"ndjson", "ecs", "ocsf"}));
  hunt_app->add_option("--state", hunt.state, "file to begin with and to leave behind");
  hunt_app->add_flag("--stats", hunt.stats, "figures on standard error");
  hunt_app->add_flag("--skip-bad-rules", hunt.skip_bad_rules, "go on without rules that have errors");
  hunt_app
      ->add_option("log", hunt.logs, "logs: NDJSON or JSON arrays, also .gz and .zst; folders; - for standard input")
      ->required();

  CLI::App* rules_app = app.add_subcommand("rules", "rules: check, test, explain, format");
  rules_app->require_subcommand(1);
  RulesOptions check, test, explain, format, stats;
  for (RulesOptions* o : {&check, &test, &explain, &format, &stats}) static_cast<Common&>(*o) = common;
  CLI::App* check_app = rules_app->add_subcommand("check", "compile rules and list every error");
  add_common(*check_app, check);
  check_app->add_option("path", check.paths, "files or folders (default: the mail pack)");
  check_app->add_option("--lists", check.lists, "folders of reference lists and data tables")->allow_extra_args(false);
  CLI::App* test_app = rules_app->add_subcommand("test", "run the tests that stand beside rules");
  add_common(*test_app, test);
  test_app->add_option("path", test.paths, "folders with rules and tests/*.toml")->required();
  test_app->add_option("--lists", test.lists, "folders of reference lists and data tables")->allow_extra_args(false);
  CLI::App* explain_app =
      rules_app->add_subcommand("explain", "a rule's plan; with an event, why it matches or does not");
  add_common(*explain_app, explain);
  std::string explained;
  explain_app->add_option("rule", explained, "a rule file")->required();
  explain_app->add_option("event", explain.event, "a file with one event as JSON, or -");
  explain_app->add_option("--lists", explain.lists, "folders of reference lists and data tables")
      ->allow_extra_args(false);
  CLI::App* format_app = rules_app->add_subcommand("fmt", "print YARA-L rules in the one layout");
  add_common(*format_app, format, false);
  format_app->add_flag("--check", format.check, "only name the files that differ");
  format_app->add_flag("-w,--write", format.write, "change the files");
  format_app->add_option("path", format.paths, "files or folders")->required();
  CLI::App* stats_app = rules_app->add_subcommand("stats", "what rules are made of");
  add_common(*stats_app, stats);
  stats_app->add_option("path", stats.paths, "files or folders (default: the mail pack)");
  stats_app->add_option("--lists", stats.lists, "folders of reference lists and data tables")->allow_extra_args(false);

  AuthOptions auth;
  static_cast<Common&>(auth) = common;
  CLI::App* auth_app = app.add_subcommand("auth", "SPF, DKIM, DMARC, ARC: verify, sign, domain");
  auth_app->require_subcommand(1);
  CLI::App* verify_app = auth_app->add_subcommand("verify", "verify mails");
  add_common(*verify_app, auth);
  add_dns(*verify_app, auth.dns);
  add_envelope(*verify_app, auth);
  verify_app->add_flag("--header", auth.header, "print an Authentication-Results field");
  verify_app->add_option("--authserv-id", auth.authserv_id, "our name in it");
  verify_app->add_flag("--report", auth.report, "print a row of a DMARC aggregate report, as JSON");
  verify_app->add_flag("--rfc7489", auth.rfc7489, "DMARC with the public suffix list, as before RFC 9989");
  verify_app->add_option("mail", auth.paths, "files, mboxes, Maildirs, folders, or -")->required();
  CLI::App* sign_app = auth_app->add_subcommand("sign", "print a mail with a DKIM signature");
  add_common(*sign_app, auth);
  sign_app->add_option("--domain", auth.domain, "d=")->required();
  sign_app->add_option("--selector", auth.selector, "s=")->required();
  sign_app->add_option("--key", auth.key, "private key, PEM")->required();
  sign_app->add_flag("--header", auth.header, "print the field alone");
  sign_app->add_option("mail", auth.paths, "a mail, or -")->required();
  CLI::App* domain_app = auth_app->add_subcommand("domain", "how a domain stands, with advice");
  add_common(*domain_app, auth);
  add_dns(*domain_app, auth.dns);
  domain_app->add_option("--selector", auth.selectors, "DKIM selectors to ask for")->allow_extra_args(false);
  domain_app->add_option("domain", auth.paths, "domains")->required();

  CLI::App* names_app = app.add_subcommand("names", "host names that look like a brand's");
  names_app->require_subcommand(1);
  NamesOptions names;
  static_cast<Common&>(names) = common;
  CLI::App* judge_app = names_app->add_subcommand("judge", "which brand each host tries to look like, how, how sure");
  CLI::App* why_app = names_app->add_subcommand("why", "the same with every feature and its weight");
  for (CLI::App* a : {judge_app, why_app}) {
    add_common(*a, names);
    a->add_option("host", names.hosts, "hosts, or - for one a line on standard input")->required();
  }
  judge_app->add_flag("--stats", names.stats, "counts and speed on standard error");
  CLI::App* fit_app = names_app->add_subcommand("fit", "find the weights of features by reported and honest hosts");
  CLI::App* names_eval_app = names_app->add_subcommand("eval", "measure the judge on reported and honest hosts");
  fit_app->add_option("--plan", names.plan, "file for what names plan makes names of");
  CLI::App* plan_app = names_app->add_subcommand("plan", "names to register for a brand, the likeliest first");
  add_common(*plan_app, names);
  plan_app->add_option("brand", names.hosts, "brand ids")->required();
  plan_app->add_option("--budget", names.budget, "how many names")->check(CLI::Range(1, 100000));
  plan_app->add_option("--reported", names.reported, "reported hosts (TSV): how many the names would have covered");
  plan_app->add_option("--year", names.until, "the year to test on");
  plan_app->add_option("--against", names.against, "names of another tool, one a line, to compare");
  CLI::App* watch_app = names_app->add_subcommand("watch", "new domains or certificates in, look-alikes out");
  add_common(*watch_app, names);
  watch_app->add_option("file", names.hosts, "lines or NDJSON; - for standard input")->required();
  watch_app->add_option("--least", names.least, "log-odds from which a name is told (default: what is flagged)");
  watch_app->add_option("--brand", names.only, "only these brands")->allow_extra_args(false);
  watch_app->add_flag("--stats", names.stats, "counts on standard error");
  for (CLI::App* a : {plan_app, watch_app})
    a->add_option("--format", names.format, "csv, ndjson, sigma, yaral, rpz, squid, pac")
        ->check(CLI::IsMember({"csv", "ndjson", "sigma", "yaral", "rpz", "squid", "pac"}));
  CLI::App* brand_app = app.add_subcommand("brand", "brand packs: check");
  brand_app->require_subcommand(1);
  CLI::App* brand_check_app = brand_app->add_subcommand("check", "overlaps, what is missing, what nobody can own");
  add_common(*brand_check_app, names);
  for (CLI::App* a : {fit_app, names_eval_app}) {
    add_common(*a, names);
    a->add_option("--reported", names.reported, "TSV with a header: first_seen, brand, host")->required();
    a->add_option("--honest", names.honest, "hosts, one a line")->required();
    a->add_option("--year", names.until, "reported hosts before this year are fitted, those of it tested");
    a->add_option("--checked", names.checked, "honest hosts that a person found to be phishing: SHA-256 prefixes");
  }
  fit_app->add_option("--output", names.output, "file for the weights (default: standard output)");
  names_eval_app->add_option("--tokens", names.tokens, "TSV: label, brand ids, tokens: what name-evident means");
  names_eval_app->add_option("--labels", names.labels, "TSV: SHA-256 prefix of a host, brand ids at |");
  names_eval_app->add_option("--hits", names.hits, "print so many flagged honest hosts");
  names_eval_app->add_flag("--leave-out", names.leave_out, "fit again without one brand, for twelve brands");

  MemoryOptions memory;
  static_cast<Common&>(memory) = common;
  CLI::App* memory_app = app.add_subcommand("memory", "what is remembered of names: import, show, stats");
  memory_app->require_subcommand(1);
  const auto add_memory = [&](CLI::App& to) {
    add_common(to, memory);
    to.add_option("--memory", memory.memory, "folder of the memory (default: settings)");
    return &to;
  };
  CLI::App* import_app = memory_app->add_subcommand("import", "read lists: rank, seen, registered, templates");
  import_app->require_subcommand(1);
  constexpr std::pair<MemoryList, std::pair<const char*, const char*>> kLists[] = {
      {MemoryList::rank,
       {"rank", "popular hosts: RANK,HOST (Tranco, Umbrella), or one a line; replaces the list before"}},
      {MemoryList::seen, {"seen", "domains that were met: DOMAIN[,DAY[,COUNT]]"}},
      {MemoryList::registered, {"registered", "new domains: DOMAIN[,DAY], zone lines, or RDAP answers (JSON)"}},
      {MemoryList::templates, {"templates", "URLs that were reported as phishing: one a line, or a table"}}};
  std::vector<std::pair<CLI::App*, MemoryList>> imports;
  for (const auto& [list, words] : kLists) {
    CLI::App* sub = add_memory(*import_app->add_subcommand(words.first, words.second));
    sub->add_option("--date", memory.date, "day of what has none: 2026-11-22 (default: today)");
    sub->add_option("file", memory.names, "files, also .gz and .zst; - for standard input")->required();
    imports.push_back({sub, list});
  }
  CLI::App* show_app = add_memory(*memory_app->add_subcommand("show", "what is known of hosts and URLs"));
  show_app->add_option("--date", memory.date, "as of the day (default: today)");
  show_app->add_option("host", memory.names, "hosts or URLs")->required();
  CLI::App* memory_stats_app = add_memory(*memory_app->add_subcommand("stats", "how much is remembered"));

  AdviseOptions advise;
  static_cast<Common&>(advise) = common;
  CLI::App* advise_app = app.add_subcommand("advise", "news in, advisory, rules, hunt and drafts of notices out");
  advise_app->require_subcommand(0, 1);
  const auto add_advise = [&](CLI::App* sub, std::string_view what) {
    add_common(*sub, advise);
    sub->add_option("path", advise.paths, std::string(what));
    return sub;
  };
  const auto add_forms = [&](CLI::App* sub) {
    sub->add_option("--lang", advise.lang, "ja, en or both")->check(CLI::IsMember({"ja", "en", "both"}));
    sub->add_option("--tlp", advise.tlp, "how far it may go (default AMBER)")
        ->check(CLI::IsMember({"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"}));
  };
  const auto add_making = [&](CLI::App* sub) {
    add_forms(sub);
    sub->add_option("--out", advise.out, "folder: one below it for each event; what stands there is continued");
    sub->add_option("--update", advise.update, "an advisory (JSON) that is continued")->allow_extra_args(false);
    sub->add_option("--hunt", advise.hunt, "mails to search: file, mbox, Maildir, folder")->allow_extra_args(false);
    sub->add_option("--benign", advise.benign, "folder of honest mail that no made rule may find");
    sub->add_option("--as-of", advise.as_of, "the day that it is for (default: that of the news)");
  };
  add_advise(advise_app, "news: text, HTML, Markdown, mail, PDF, RSS or Atom; - for standard input");
  add_making(advise_app);
  CLI::App* advise_indicators_app =
      add_advise(advise_app->add_subcommand("indicators", "what a text names, with role and place, as lines of JSON"),
                 "a text, or - (default)");
  CLI::App* advise_feed_app =
      add_advise(advise_app->add_subcommand("feed", "every entry of a feed, the most urgent first"), "RSS or Atom");
  add_making(advise_feed_app);
  CLI::App* advise_export_app =
      add_advise(advise_app->add_subcommand("export", "an advisory (JSON) in another form"), "advisory.json, or -");
  add_forms(advise_export_app);
  advise_export_app->add_option("--format", advise.format, "markdown, html, json, stix, csaf, misp, navigator")
      ->check(CLI::IsMember({"markdown", "html", "json", "stix", "csaf", "misp", "navigator"}));
  CLI::App* advise_lint_app = add_advise(
      advise_app->add_subcommand("lint", "whether an advisory (JSON) agrees with itself and with its notices"),
      "advisory.json, or -");
  CLI::App* notice_app = app.add_subcommand("notice", "notices: draft, lint");
  notice_app->require_subcommand(1);
  CLI::App* notice_draft_app =
      add_advise(notice_app->add_subcommand("draft", "drafts for an advisory (JSON)"), "advisory.json, or -");
  add_forms(notice_draft_app);
  notice_draft_app->add_option("--out", advise.out, "folder to write them to");
  CLI::App* notice_lint_app =
      add_advise(notice_app->add_subcommand("lint", "what is wrong with a notice, in one language or two"),
                 "texts, or -; several are halves of one notice");
  notice_lint_app->add_option("--as-of", advise.as_of, "the day on which it is sent (default: today)");
  notice_lint_app->add_flag("--foreign", advise.foreign, "of others: no mark of a draft is asked for");

  AttackOptions attack;
  static_cast<Common&>(attack) = common;
  CLI::App* attack_app = app.add_subcommand("attack", "ATT&CK techniques of sentences: suggest, train, eval");
  attack_app->require_subcommand(1);
  CLI::App* attack_train_app =
      attack_app->add_subcommand("train", "learn the model of techniques; writes its card too");
  CLI::App* attack_eval_app = attack_app->add_subcommand("eval", "what such a model finds in sentences held out");
  for (CLI::App* a : {attack_train_app, attack_eval_app}) {
    a->add_option("--techniques", attack.techniques, "JSON: id, name, live, tactics, description")->required();
    a->add_option("--revoked", attack.revoked, "JSON: old, new")->required();
    a->add_option("--procedures", attack.procedures, "NDJSON: technique, text")->required();
    a->add_option("--tram", attack.tram, "NDJSON: label, text, doc_title")->required();
    a->add_option("--sentences", attack.sentences, "folder of our own (content/attack)")->required();
    a->add_option("--attack-version", attack.version, "of ATT&CK (default: 18.1)");
    a->add_option("--threads", attack.threads, "threads (default: one per core)")->check(CLI::Range(1, 256));
  }
  attack_train_app->add_option("--output", attack.output, "the model's file; its card is written beside it (.md)")
      ->required();
  CLI::App* attack_suggest_app = attack_app->add_subcommand("suggest", "techniques of a sentence, or of each line");
  attack_suggest_app->add_flag("--json", attack.json, "JSON, one object a line");
  attack_suggest_app->add_option("--content", attack.content, "folder of content (default: that in the program)");
  attack_suggest_app->add_option("--model", attack.model, "a model's file");
  attack_suggest_app->add_option("--most", attack.most, "how many (default: 3)")->check(CLI::Range(1, 100));
  attack_suggest_app->add_option("text", attack.text, "a sentence, or - for lines of standard input")->required();

  EventOptions event{common, {}};
  CLI::App* event_app = app.add_subcommand("event", "print a mail as the event that rules see");
  add_common(*event_app, event);
  event_app->add_option("mail", event.path, "a mail, or -")->required();

  DoctorOptions doctor{common, false};
  CLI::App* doctor_app = app.add_subcommand("doctor", "what works in this installation, and what is blind");
  add_common(*doctor_app, doctor);
  doctor_app->add_flag("--schema", doctor.schema, "print the event schema (docs/schema.md)");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, message;
    const int status = app.exit(error, out, message);
    put(out.str());
    const std::string lines = message.str();
    for (const std::string_view line : split(trim(lines), '\n'))
      if (!lines.empty()) std::fprintf(stderr, "%s\n", printable(line).c_str());
    return status == 0 ? 0 : 2;
  }
  if (*scan_app) return scan_command(scan, clock);
  if (*eval_app) return eval_command(eval, clock);
  if (*train_app) return train_command(train, clock);
  if (*check_app) return rules_check_command(check);
  if (*test_app) return rules_test_command(test, clock);
  if (*explain_app) {
    explain.paths = {explained};
    return rules_explain_command(explain);
  }
  if (*format_app) return rules_fmt_command(format);
  if (*stats_app) return rules_stats_command(stats);
  if (*hunt_app) return hunt_command(hunt, clock);
  if (*judge_app) return names_judge_command(names);
  if (*why_app) return names_why_command(names);
  if (*fit_app) return names_fit_command(names);
  if (*plan_app) return names_plan_command(names);
  if (*watch_app) return names_watch_command(names);
  if (*brand_check_app) return brand_check_command(names);
  if (*names_eval_app) return names_eval_command(names);
  if (*verify_app) return auth_verify_command(auth, clock);
  if (*sign_app) return auth_sign_command(auth, clock);
  if (*domain_app) return auth_domain_command(auth, clock);
  for (const auto& [sub, list] : imports)
    if (*sub) return memory_import_command(memory, list, clock);
  if (*show_app) return memory_show_command(memory, clock);
  if (*memory_stats_app) return memory_stats_command(memory);
  if (*advise_indicators_app) return advise_indicators_command(advise, clock);
  if (*advise_feed_app) return advise_feed_command(advise, clock);
  if (*advise_export_app) return advise_export_command(advise, clock);
  if (*advise_lint_app) return advise_lint_command(advise, clock);
  if (*advise_app) return advise_command(advise, clock);
  if (*notice_draft_app) return notice_draft_command(advise, clock);
  if (*notice_lint_app) return notice_lint_command(advise, clock);
  if (*attack_train_app) return attack_train_command(attack);
  if (*attack_eval_app) return attack_eval_command(attack);
  if (*attack_suggest_app) return attack_suggest_command(attack);
  if (*event_app) return event_command(event, clock);
  return doctor_command(doctor);
}

}  // namespace

std::string program_version() { return SEKISHO_VERSION; }

int run(int argc, char** argv) {
  try {
    return finish_output(dispatch(argc, argv));
  } catch (const std::exception& error) {
    complain("", std::string("cannot go on: ") + error.what());
  } catch (...) {
    complain("", "cannot go on");
  }
  return finish_output(2);
}

}  // namespace sekisho::cli
