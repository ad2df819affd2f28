// sekisho SUBCOMMAND: options as plain structs, one function and one file a subcommand. Only cli.cc knows the option
// parser. Exit status of all: 0 done and nothing found, 1 something found (scan: a mail above accept; hunt: a
// detection; rules: a failed test, a file that fmt would change), 2 usage or input error.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "cli/resolve.h"
#include "hunt/logsources.h"
#include "scan/scanner.h"

namespace sekisho::cli {

// Never throws: whatever escapes below is a message on standard error and status 2.
int run(int argc, char** argv);
std::string program_version();

struct Common {
  std::string settings;  // --settings FILE; "" = /etc/sekisho
  std::string content;   // --content DIR; "" = settings, else the bundled packs
  scan::Language language = scan::Language::en;
  bool json = false;
  unsigned threads = 0;  // 0 = one per core
};

struct ScanOptions : Common {
  std::vector<std::string> paths;
  bool explain = false;
  DnsOptions dns;              // none: authentication is not verified
  std::string ip, helo, from;  // of the envelope; "" = what the mail's own headers say
};
int scan_command(const ScanOptions& options, const Clock& clock);

struct AuthOptions : Common {
  std::vector<std::string> paths;  // mails; of `domain` the domains
  DnsOptions dns;
  std::string ip, helo, from;
  std::string authserv_id = "localhost";
  bool header = false, report = false, rfc7489 = false;
  std::string domain, selector, key;   // sign
  std::vector<std::string> selectors;  // domain
};
int auth_verify_command(const AuthOptions& options, const Clock& clock);
int auth_sign_command(const AuthOptions& options, const Clock& clock);
int auth_domain_command(const AuthOptions& options, const Clock& clock);

struct EvalOptions : Common {
  std::string manifest, phish, ham;
  std::vector<std::string> mask;  // header names hidden before scanning
  std::vector<std::string> also;  // fit, train: manifests of mail that is learned from and not measured
  bool rules = false;             // also print how often each rule fired, by class
  bool fit = false;               // points of rules and the curve, cross-validated
  std::string output;             // of the fit: the file to write; "" = print the figures only
  bool without_model = false;     // the fit, as if there were no learned model
};
int eval_command(const EvalOptions& options, const Clock& clock);

struct TrainOptions : EvalOptions {  // output: the model's file
  std::string from;                  // model from which learning goes on
  std::string data;                  // for the card: what the mail is, and under which licence
};
int train_command(const TrainOptions& options, const Clock& clock);

struct HuntOptions : Common {
  std::vector<std::string> logs, rules, lists, context, exceptions;
  std::string logsource;  // "product/service": raw events; "" = UDM events
  std::string lateness;   // "5m"; "" = settings
  int64_t budget = -1;    // -1 = settings
  std::string format = "ndjson";
  std::string state;
  bool stats = false, skip_bad_rules = false;
};
int hunt_command(const HuntOptions& options, const Clock& clock);

struct RulesOptions : Common {
  std::vector<std::string> paths, lists;
  std::string event;                  // explain: a file with one event
  bool check = false, write = false;  // fmt
};
int rules_check_command(const RulesOptions& options);
int rules_test_command(const RulesOptions& options, const Clock& clock);
int rules_explain_command(const RulesOptions& options);
int rules_stats_command(const RulesOptions& options);
int rules_fmt_command(const RulesOptions& options);

struct NamesOptions : Common {
  std::vector<std::string> hosts;
  bool stats = false;
  // fit, eval: hosts with what is known of them
  std::string reported, honest, tokens, labels, checked, output;
  std::string until = "2023";  // reported hosts first seen before it are for the fit, those of the year for the test
  size_t hits = 0;
  bool leave_out = false;
  std::string plan;               // fit: also count what plans are made of, into this file
  size_t budget = 50;             // plan
  std::string against, format;    // plan: names of another tool; plan, watch: how the names are written
  double least = -1e9;            // watch: log-odds; default: what is flagged
  std::vector<std::string> only;  // watch: brand ids
};
int names_plan_command(const NamesOptions& options);
int names_watch_command(const NamesOptions& options);
int brand_check_command(const NamesOptions& options);
int names_judge_command(const NamesOptions& options);
int names_why_command(const NamesOptions& options);
int names_fit_command(const NamesOptions& options);
int names_eval_command(const NamesOptions& options);

struct MemoryOptions : Common {
  std::string memory;              // --memory DIR; "" = settings
  std::vector<std::string> names;  // import: files; show: hosts and URLs
  std::string date;                // --date; "" = today
};
enum class MemoryList { rank, seen, registered, templates };
int memory_import_command(const MemoryOptions& options, MemoryList list, const Clock& clock);
int memory_show_command(const MemoryOptions& options, const Clock& clock);
int memory_stats_command(const MemoryOptions& options);

struct AdviseOptions : Common {
  std::vector<std::string> paths, hunt;
  std::vector<std::string> update;  // advisories (JSON) that are continued
  std::string out, lang = "both", as_of, benign, tlp, format;
  bool foreign = false;  // notice lint: no mark of a draft is asked for
};
int advise_command(const AdviseOptions& options, const Clock& clock);
int advise_indicators_command(const AdviseOptions& options, const Clock& clock);
int advise_export_command(const AdviseOptions& options, const Clock& clock);
int advise_lint_command(const AdviseOptions& options, const Clock& clock);
int advise_feed_command(const AdviseOptions& options, const Clock& clock);
int notice_draft_command(const AdviseOptions& options, const Clock& clock);
int notice_lint_command(const AdviseOptions& options, const Clock& clock);

struct AttackOptions : Common {
  std::string techniques, revoked, procedures, tram, sentences, version = "18.1";  // train, eval
  std::string output;                                                              // train
  std::string model, text;                                                         // suggest: "" = of the content
  size_t most = 3;
};
int attack_train_command(const AttackOptions& options);
int attack_eval_command(const AttackOptions& options);
int attack_suggest_command(const AttackOptions& options);

struct EventOptions : Common {
  std::string path;
};
int event_command(const EventOptions& options, const Clock& clock);

struct DoctorOptions : Common {
  bool schema = false;  // print docs/schema.md and nothing else
};
int doctor_command(const DoctorOptions& options);

// Shared by the subcommands (common.cc)

// Lists of the content and of the folders given (later ones replace); the time fields of raw events.
engine::ReferenceLists read_lists(const scan::Settings& settings, const std::vector<std::string>& folders,
                                  std::vector<TextFile>& files, std::vector<Error>& errors);
hunt::LogSources read_log_sources(const scan::Settings& settings, std::vector<Error>& errors);

// Settings and content, or the errors on standard error with carets, and null. wanted: whether what is scanned is
// remembered, where the settings name a memory. look: at the content, or to change it, before the Scanner has it.
std::unique_ptr<scan::Scanner> make_scanner(const Common& common, const Clock& clock,
                                            memory::Memory::Wanted wanted = memory::Memory::Wanted::read,
                                            const std::function<void(scan::LoadedContent&)>& look = {});
// files: gets the texts that were read, for spans that point into them.
bool read_settings(const Common& common, scan::Settings& out, std::vector<TextFile>* files = nullptr);
// Prints errors with carets; files hold the texts that spans point into.
void print_errors(const std::vector<Error>& errors, const std::vector<TextFile>& files,
                  std::string_view kind = "error");
// The same as JSON, one object a line on standard output: kind, code, text, source, line, column, hint.
void print_errors_json(const std::vector<Error>& errors, const std::vector<TextFile>& files,
                       std::string_view kind = "error");
// "sekisho: NAME: TEXT" on standard error; either may hold anything.
void complain(std::string_view name, std::string_view text);
// Everything for standard output goes through put, so that nothing is lost unseen: finish_output says on standard error
// if it was, and gives the exit status: 2 then, else `status`. put may be called from several threads.
void put(std::string_view text);
bool output_failed();
// The whole file; what stood there is replaced. Complains and gives false where it cannot be written.
bool write_file(const std::string& path, std::string_view bytes);
int finish_output(int status);
bool terminal(int descriptor);
unsigned thread_count(unsigned asked);

// A line on standard error that says how far a long run is, when that is a terminal; silent otherwise. Thread-safe.
class Progress {
 public:
  explicit Progress(size_t total);
  ~Progress();
  void step();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sekisho::cli
