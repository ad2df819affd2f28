// Lists that other people publish, read into memory. Nothing is fetched: a Source gives the bytes. A line that cannot
// be used is counted and told with its number, and reading goes on; what is held is one line (or one JSON text),
// whatever the input. Blank lines, lines that begin with "#" and a first line of column names are passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory/day.h"
#include "memory/ranks.h"
#include "memory/registered.h"
#include "memory/seen.h"
#include "memory/source.h"
#include "memory/templates.h"
#include "net/host.h"

namespace sekisho::memory {

struct ImportReport {
  static constexpr size_t kShown = 20;
  struct Bad {
    uint64_t line;
    std::string why;  // "no name", "no date", "too long", …; of a source that broke off its own words
  };
  uint64_t lines = 0, taken = 0, bad = 0;
  std::vector<Bad> first_bad;  // at most kShown

  void refuse(uint64_t line, std::string why);
};

constexpr size_t kLineBytes = 64u << 10;    // of a list; a longer line is passed over
constexpr size_t kJsonBytes = 1024u << 10;  // of one RDAP answer

// A host name as lists write it ("Example.COM.", "*.example.com", "\"example.com\"", IDN): lower-case ASCII; nothing if
// it is none. Names without a dot are names.
std::optional<std::string> read_name(std::string_view field);

// Errors of all: what the tables say (memory.full, io.write); nothing else ends an import.

// "RANK,HOST" (Tranco, Umbrella), or one host a line, whose rank is its place.
Result<ImportReport> import_ranks(Source source, Ranks::Import& into);
// "DOMAIN[,DAY[,COUNT]]", the first two in either order; at `day` where there is none.
Result<ImportReport> import_seen(Source source, Seen& into, const net::PublicSuffixes& suffixes, Day day);
// "DOMAIN[,DAY]", in either order, lines of a zone file, or RDAP answers (RFC 9083): one, several, or a list of them.
Result<ImportReport> import_registered(Source source, Registered& into, const net::PublicSuffixes& suffixes, Day day);
// URLs that were reported as phishing: one a line, or the first column of a table (tabs or commas) that holds one; the
// first column that holds a date is its day.
Result<ImportReport> import_templates(Source source, Templates& into, const net::PublicSuffixes& suffixes, Day day);

// What an RDAP answer about a domain says.
struct RdapDomain {
  std::string name;  // ldhName, or unicodeName in ASCII
  Day day = 0;       // of the event "registration"
};
// json: one object. Errors: memory.rdap (no JSON object, no name, no registration event).
Result<RdapDomain> read_rdap(std::string_view json);

}  // namespace sekisho::memory
