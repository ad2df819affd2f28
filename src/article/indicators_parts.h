// The parts of indicators.h that its sources share; used inside article/indicators*.cc only. A text goes this way:
// characters → atoms (refanged, each with the bytes it came from) → candidates → roles.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/indicators.h"
#include "base/strings.h"
#include "text/phrases.h"

namespace sekisho::article {

// What cues say: the four roles that words can give, and three helpers that give none by themselves.
enum class Says : uint8_t {
  malicious,
  victim,
  reference,
  genuine,
  nothing,    // swallows the words in it: "anti-phishing"
  imitation,  // turns "the official page at X" into the attacker's
  fake,       // malicious, and so is what it stands before: "fake status page", "偽の公式サイト"
  list_end,   // "IoC", "indicators": a heading over lists of what is malicious
  leads,      // malicious, and who or what is named before it is not the host: "victims are redirected to X"
  drill,      // what its sentence calls malicious is the organisation's own: "simulated phishing"
};

struct Cues::Impl {
  struct Cue {
    Says says = Says::nothing;
    bool before = true, after = true;  // where it may stand, seen from the indicator
    double strength = 1;
    double reach = 60;  // words that may stand between it and the indicator
    std::string word;
  };
  std::vector<Cue> cues;
  text::Phrases phrases;
  // Lower-case words, sorted lists are small: looked through one by one or as sets.
  StringSet dot_words, at_words;      // within brackets: "dot", "ドット"
  StringSet spoken_dots, spoken_ats;  // between words with spaces, or between letters for kana
  StringSet glue_words;               // ordinary words that cannot be a label of a spoken host
  StringSet no_local;                 // words before a spoken "at" that are no local part
  StringSet reserved;                 // last labels that no list has and news use
  StringSet file_endings, code_words, package_roots, not_hosts;
  std::vector<std::string> publishers;                  // endings of hosts that only publish
  std::vector<std::string> host_nouns;                  // before "update.zip": it is a host after all
  std::vector<std::string> host_company, file_company;  // near a name that may be a file: what it is
  std::vector<std::string> mailboxes, places;           // where anybody gets an address, or a page
  StringSet report_boxes;                               // pieces of local parts: "abuse"
  std::vector<std::string> version_before, version_after, address_before, hash_before, technique_before;
  std::vector<std::string> negators_before, negators_after, fillers, locators, copulas, breaks, anaphors, appositions;
  std::vector<std::string> contrasts;  // "Unlike X, Y"
  StringSet opposites;                 // between two that are opposite: "X, not Y"
  StringSet list_glue;                 // words between the members of a list: "and", "および"
  std::vector<std::string> at_legend;  // words near "★ … @" that make ★ an @
  bool complete = false;               // the file was read
};

namespace internal {

// Flags of an atom.
constexpr uint8_t kFanged = 1;    // written so that it is no live address: "[.]", "hxxp", "ドット"
constexpr uint8_t kWide = 2;      // full-width
constexpr uint8_t kSpaced = 4;    // spaces around it were swallowed
constexpr uint8_t kAtSign = 8;    // a sign that a legend declares to be "@"
constexpr uint8_t kEscaped = 16;  // a backslash stood before it

struct Atom {
  char32_t c = 0;            // after refanging; full-width forms as ASCII, any space as ' '
  uint32_t at = 0, end = 0;  // bytes of the text
  uint8_t flags = 0;
};

// The text as atoms: zero-width and direction marks dropped, spaces and full-width forms folded, what stands for
// ".", "@", ":" and "/" replaced. O(text).
std::vector<Atom> atoms_of(std::string_view text, const Cues::Impl& cues);

// latin: ASCII letters, digits and every script written with spaces. kana: those without (Japanese, Chinese, Thai) and
// Hangul, whose particles are glued on.
enum class Class : uint8_t { other, latin, digit, kana };
Class class_of(char32_t c);
bool is_mask_sign(char32_t c);

// Looks at atoms; all functions take any position, also beyond the end.
class View {
 public:
  View(std::string_view whole, const Cues::Impl& words) : cues(words), text(whole), atoms(atoms_of(whole, words)) {}
  size_t size() const { return atoms.size(); }
  char32_t c(size_t i) const { return i < atoms.size() ? atoms[i].c : 0; }
  uint8_t flags(size_t i) const { return i < atoms.size() ? atoms[i].flags : 0; }
  Class cls(size_t i) const { return i < atoms.size() ? class_of(atoms[i].c) : Class::other; }
  bool latin(size_t i) const { return cls(i) == Class::latin || cls(i) == Class::digit; }
  bool digit(size_t i) const { return i < atoms.size() && atoms[i].c >= '0' && atoms[i].c <= '9'; }
  bool hex(size_t i) const {
    return i < atoms.size() && atoms[i].c < 128 && hex_digit(static_cast<char>(atoms[i].c)) >= 0;
  }
  bool space(size_t i) const { return c(i) == ' '; }
  // A run of mask signs begins at i: its end, or i. One sign alone counts only where `single` allows it.
  size_t mask_end(size_t i, bool single) const;
  bool at_sign(size_t i) const;  // "@", or a sign that stands for it between a name and a host
  std::string utf8(size_t from, size_t to) const;
  std::string lower(size_t from, size_t to) const { return ascii_lower(utf8(from, to)); }
  bool fanged(size_t from, size_t to) const;

  const Cues::Impl& cues;
  std::string_view text;
  std::vector<Atom> atoms;
};

struct Candidate {
  Indicator found;
  size_t from = 0, to = 0;  // atoms
  bool masked = false;
  bool path = false;  // a URL with more than "/"
};

// indicators_host.cc: "label.label.label" at `from`, first label included; anchored: what stands before forces the
// first label to begin there.
struct Host {
  bool good = false, masked = false, listed = false, fanged = false, wide = false, numeric = false;
  size_t from = 0, to = 0;
  std::string value;         // ASCII, or a pattern
  std::string tld, written;  // last label in lower case; the whole as written
  size_t labels = 0;
  bool suffix_only = false;  // "co.jp"
};
enum class Trust : uint8_t { bare, path, mail, url };  // how much else speaks for a host
// dot: position of the first dot. floor: atoms before it are taken.
Host read_host(const View& view, size_t dot, size_t floor, const net::PublicSuffixes& suffixes);
Host read_host_after(const View& view, size_t from, const net::PublicSuffixes& suffixes);
bool plausible(const View& view, const Host& host, Trust trust);
bool dot_at(const View& view, size_t i);  // a dot, in any form, between two label characters

// indicators_numbers.cc: what begins at i; to == from: nothing.
bool read_ipv4(const View& view, size_t i, Candidate& out, size_t& skip);
bool read_ipv6(const View& view, size_t i, Candidate& out, size_t& skip);
bool read_hash(const View& view, size_t i, Candidate& out, size_t& skip);
bool read_cve(const View& view, size_t i, Candidate& out);
bool read_technique(const View& view, size_t i, Candidate& out);
size_t port_end(const View& view, size_t colon);  // colon if there is no port
std::string ipv6_text(std::string_view s);        // RFC 5952; "" if it is none

// indicators_scan.cc
std::vector<Candidate> scan(const View& view, const net::PublicSuffixes& suffixes, size_t most);

// indicators_roles.cc: sets role, owner and why of each.
void decide_roles(std::string_view text, std::vector<Candidate>& found, const IndicatorContext& context);

}  // namespace internal
}  // namespace sekisho::article
