// The verdict record: what was decided on a mail, why, and from which content. Plain data; the same for scan, eval,
// gate and replay.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::scan {

enum class Action : uint8_t { accept, banner, quarantine, reject };
std::string_view to_string(Action action);
Action action_from(std::string_view name);  // accept for anything unknown

struct Evidence {
  std::string what;     // "link", "attachment", "brand", "lure.master_password", "identity.reply_to_other" …
  std::string part;     // MIME part ("1.2"), "header", "subject"; empty when it is about the whole mail
  uint32_t offset = 0;  // bytes in that part's decoded text
  std::string text;     // what stands there: URL and its text, phrase, file name, value of the fact
};

struct Fired {
  std::string rule, family, severity, technique;
  std::string description, description_ja;
  double weight = 0;    // points that count: of content/points.toml, else $mail_weight
  bool counts = false;  // the strongest of its family: what the score took
  std::string floor;    // action that the rule asks for at least; empty for none
  std::vector<Evidence> evidence;
  std::vector<std::pair<std::string, std::string>> outcomes;  // the others, as text
  double value = 0;                                           // $mail_weight as the rule has it
};

struct Verdict {
  std::string name, sha256;  // of the mail's bytes
  uint64_t size = 0;
  std::string from, subject, direction;
  Action action = Action::accept;
  double score = 0;                        // points
  double probability = 0;                  // 0…1, from the curve of the settings
  std::string floor_rule;                  // rule whose floor lifted the action; empty if the score alone decided
  std::map<std::string, double> families;  // what each family gave, capped
  std::vector<Fired> rules;                // strongest first; counter-evidence (negative weight) last
  std::vector<std::string> limits;         // limits that cut something while reading
  std::string content_digest, settings_digest;
  std::string error;  // the mail could not be read at all: one line; then there is no verdict, and no other field but
                      // name, size and digests holds
};

// One line. Of a mail that could not be read: name, size, error and digests alone.
void write_json(const Verdict& verdict, std::string& out);
enum class Language : uint8_t { en, ja };
// For people: a line for the verdict and its reasons; with explain, every rule, its evidence and what the families
// gave.
std::string describe(const Verdict& verdict, Language language, bool explain, bool colour);

}  // namespace sekisho::scan
