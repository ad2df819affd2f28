// What the operator says: sekisho.toml and sekisho.d/*.toml. Every key has a default that works with no file at all.
// Plain data, read once at start, then shared read-only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/limits.h"
#include "base/result.h"
#include "brand/brand.h"
#include "unwrap/unwrap.h"

namespace sekisho::scan {

// probability = 1 / (1 + exp(-(score - midpoint) / spread)).
struct Curve {
  double midpoint = 0, spread = 1;
};

// [desk]: what the advisory desk may know of the organisation (docs/advisory.md). Ids of brands and processes, and of
// controls that are in place (content/desk/controls.toml). What is in no list is unknown, which never lowers a rank.
struct DeskProfile {
  std::vector<std::string> uses, uses_not;
  std::vector<std::string> controls;
  bool controls_told = false;                            // the key is there, though perhaps empty
  std::vector<std::string> languages;                    // of drafts: "ja", "en"
  std::string contact, contact_ja;                       // whom staff ask and report to
  std::string name_ja;                                   // the organisation's Japanese name
  std::map<std::string, char, std::less<>> reliability;  // host or publisher → A … F, before the pack's
  std::string benign;                                    // folder of honest mail on which made rules may not fire
};

struct Settings {
  // [organisation]
  std::string organisation;                       // shown to people
  std::vector<std::string> organisation_names;    // names by which a stranger might claim to be us
  std::vector<std::string> domains;               // ours, lower-case ASCII
  std::vector<std::string> partners;              // of others who may write in our name; the same form
  std::vector<std::string> networks;              // CIDR blocks whose hosts submit our mail
  std::vector<std::string> trusted_relays;        // CIDR blocks whose Received lines are believed
  std::vector<std::string> trusted_authserv_ids;  // whose Authentication-Results are believed
  std::vector<std::string> trusted_sealers;       // domains whose ARC seals are believed, lower-case ASCII

  // [verdict]: points of the score at which an action is proposed. reject is only proposed where allow_reject says so.
  // The numbers themselves are content/defaults.toml's, which read_settings reads first.
  double banner = 0, quarantine = 0, reject = 0;
  bool allow_reject = false;
  // [verdict.families]: the most that the strongest rule of a family may add. The defaults name all families.
  std::map<std::string, double, std::less<>> family_caps;
  std::optional<Curve> curve;  // [verdict.curve], in place of that of content/points.toml
  // [verdict.points]: of rules, in place of what the fit found; with the place where the rule is named.
  struct PointsOfRule {
    double value = 0;
    std::string file;
    Span span;
  };
  std::map<std::string, PointsOfRule, std::less<>> points;

  // [content]
  std::string content_directory;              // "" = the packs inside the binary
  std::vector<std::string> rule_directories;  // further rules, added to the packs
  std::vector<std::string> disabled_brands;   // ids of packs to leave out
  std::vector<std::string> disabled_intents;  // ids of content/lures to leave out
  std::string public_suffix_list;             // "" = the system's
  std::string lure_model;                     // file of `sekisho train`; "" = the packs', "none" = no model

  // [dns]
  std::vector<std::string> dns_servers;  // as net/dns_unbound.h has them; or "system"; none: nothing is looked up
  int64_t dns_timeout = 0;               // seconds
  std::string trust_anchor;              // file; "": DNSSEC is not validated

  // [hunt]: the numbers are content/defaults.toml's
  int64_t hunt_lateness = 0;  // seconds that an event may come behind the newest one
  int64_t alert_budget = 0;   // detections of one rule a day of event time; 0 = no budget

  DeskProfile desk;

  std::string memory_directory;  // [memory] directory; "": nothing is remembered

  // [unwrap]: images, PDFs and archives
  bool unwrap = true;                       // false: they stay closed
  int64_t unwrap_workers = 0;               // 0: one for each core
  int64_t unwrap_mail_milliseconds = 5000;  // of all files of one mail together
  unwrap::Bounds unwrap_bounds;             // of one file

  std::vector<brand::Brand> brands;  // [[brand]]: the organisation's own packs, the same form as content/brands
  Limits limits;                     // [limits], names as in base/limits.h

  std::string digest;  // SHA-256 of all texts that were read, in order
};

// The bundled defaults come first. Later files override earlier ones; lists and [[brand]] tables of later files replace
// and add respectively. All errors of all files.
struct LoadedSettings {
  Settings settings;
  std::vector<Error> errors;  // error.source names a file of `files`
};
LoadedSettings read_settings(const std::vector<TextFile>& files);
// The settings of an installation without any: content/defaults.toml alone.
Settings default_settings();

// path: a file, or "" for /etc/sekisho/sekisho.toml with /etc/sekisho/sekisho.d/*.toml (none there is fine).
Result<std::vector<TextFile>> settings_files(const std::string& path);

}  // namespace sekisho::scan
