// From an advisory to what finds and stops it: rules for mail and for audit logs (YARA-L), for proxies and name servers
// (Sigma), lists, names to watch. All is generated from templates of content/desk/defence/ and from what the advisory
// holds; then each rule has to find samples made for it and to stay silent on honest mail, or it is refused. Nothing is
// put to use from here: files are for proposed/, people decide. Pure functions; what is read once may be shared by
// threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "desk/advisory.h"
#include "event/event.h"
#include "scan/scanner.h"

namespace sekisho::desk {

// content/desk/defence/*.toml (docs/advisory.md, "From article to defence").
struct DefenceContent {
  struct Template {
    std::string id, kind;              // kind: as Defence::kind
    std::vector<std::string> needs;    // values that must be there; of the first, each rule takes at most `most`
    std::vector<std::string> without;  // values that must not be there
    std::vector<std::string> themes;   // one of them, if there are any
    Both what;
    std::string text, tests;  // tests: as tests/*.toml of rules (scan/rule_tests.h), or raw events of Sigma
  };
  struct Said {  // a lure as it might read; "{brand}" stands for the name
    std::string language, subject, text;
  };
  struct Pretext {  // by which a theme is played in mail
    std::string theme;
    std::vector<std::string> intents;  // of content/lures
    std::vector<Said> said;
  };
  struct Honest {                      // a mail that names all of it and is none
    std::string id, language, sender;  // sender: "brand", "press", "colleague", "customer"
    std::string name, subject, text;
  };
  std::vector<Template> rules;
  std::vector<Pretext> pretexts;
  std::vector<Honest> honest;
  // [choice]: what may become part of a rule at all.
  size_t most = 200;         // values in one rule
  size_t least_subject = 0;  // characters of a subject that stands without a brand
  size_t least_mask = 0;     // letters of a mask that must be known, the suffix not counted
  size_t sure_mask = 0;      // from so many on it needs no brand beside it
  std::vector<std::string> never_hosts, never_addresses;  // hosts with their subdomains; CIDR blocks
  std::vector<std::string> never_digests;                 // of files that everybody has

  // Files with other keys are errors (toml.*, "desk.defence": unknown placeholder, theme twice …).
  static DefenceContent read(const std::vector<TextFile>& files, std::vector<Error>& errors);
  // Those of the program: desk/defence/ of the bundled content.
  static std::vector<TextFile> bundled();
};

// Why a value of the article stands in no rule; shown in the list of indicators.
struct LeftOut {
  std::string value, type, role;
  std::string
      why;  // "role", "owned", "own", "platform", "shared", "never", "private", "unlisted", "too_wide", "malformed"
};

// Texts of all files, not tested yet: accepted is false. None for an advisory that is off topic or a false alarm.
// Order: mail rules, audit rules, Sigma, lists, watch.
std::vector<Defence> make_defences(const Advisory& advisory, const DefenceContent& content, const scan::Content& packs,
                                   const scan::Settings& settings, std::vector<LeftOut>* left_out = nullptr);

// A mail, or an event where no mail could have it (the digest of a file), that some of the rules must find.
struct DefenceSample {
  std::string name;  // "pretext_lastpass_en_1.eml"
  std::string mail;  // RFC 5322; "" where it is an event
  std::optional<event::Event> event;
  std::vector<std::string> rules;  // by Defence::name; none: an honest twin, which no rule may find
};
// Deterministic: no clock, no random. At most some 20 for each rule.
std::vector<DefenceSample> make_samples(const Advisory& advisory, const DefenceContent& content,
                                        const scan::Content& packs, const scan::Settings& settings);

// Honest mail as events, read once for any number of advisories.
struct HonestMail {
  struct Item {
    std::string name;
    event::Event event;
  };
  std::vector<Item> items;
  uint64_t unread = 0;
};
// Files, folders, mboxes, Maildirs (scan/inputs.h), by several threads. most: mails that are kept.
HonestMail read_honest(const std::vector<std::string>& paths, const scan::Scanner& scanner, size_t most = 20'000,
                       unsigned threads = 0);

// Fills accepted, refused, positives…, benign… of each: a rule is refused that does not compile, misses a sample made
// for it, or finds an honest mail (of `honest`, or of the twins that are made for this advisory). Lists and watch
// entries, which were chosen by value, are accepted.
void check_defences(std::vector<Defence>& defences, const Advisory& advisory, const DefenceContent& content,
                    const scan::Scanner& scanner, const HonestMail& honest);

}  // namespace sekisho::desk
