// What the outputs share: text made harmless, names made unique, and the document that Markdown and HTML are two prints
// of. Used by export_*.cc and by nobody else. No state; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/export.h"

namespace sekisho::desk {

// Text of a source on one line: white space runs are one space; control, bidirectional, zero-width and tag characters,
// and bytes that are not UTF-8, are shown as \u{…}. Linear.
std::string visible(std::string_view text);
// visible(), and with nothing left in it that a viewer would turn into a link: "hxxp://", "a[@]b", "evil[.]example".
// is_code: paths and commands keep their dots, for nobody makes links within code of anything but whole addresses.
std::string unlinked(std::string_view text, bool is_code = false);
// The same for text of several lines that is quoted as it is (notices, in a block of code): lines stay lines, and
// addresses stay whole.
std::string visible_lines(std::string_view text);

// RFC 9562 section 5.5. space: 36 characters.
std::string uuid5(std::string_view space, std::string_view name);
// Unique for this key of this event, the same in every revision.
std::string advisory_uuid(const Advisory& advisory, std::string_view key);
std::string_view tlp_of(const ExportOptions& options);  // one of the five
bool japanese(const ExportOptions& options);            // the language of forms that have only one
std::string publisher_of(const ExportOptions& options);
// Addresses that a machine may read as such: http or https, printable ASCII, at most 2,000 bytes.
bool is_web_address(std::string_view url);
// The source's own address, unless it is none, or is (or lies on a host) what the advisory calls malicious: then "".
std::string reference_of(const Advisory& advisory, const Source& source);
// Nothing but letters, digits and printable signs, no spaces: what an indicator needs to be of use to a machine.
bool is_plain_value(std::string_view value);
std::string printed_value(const Indicator& indicator);  // defanged where that means anything
std::string_view horizon_of(const Action& action);      // "now", "month", "long"
// Has its value the form that its type promises?
bool is_sayable(const Indicator& indicator);
std::string without_port(std::string_view address);  // "1.2.3.4:80", "[::1]:80"
// A masked name ("nta-*.com", "https://*.example/x") as a regular expression over the whole of it; "" if nothing of
// the name itself is left, so that the pattern would match half of the world.
std::string mask_regex(std::string_view type, std::string_view pattern);
Timestamp midnight(const article::Date& date, Timestamp otherwise);
std::string milliseconds(Timestamp at);  // RFC 3339 with three digits
Timestamp first_made(const Advisory& advisory);
// Where a fact stands: "[1], line 12". "" if there is no such source.
std::string mark(const Advisory& advisory, const Place& place, const Labels& labels, std::string_view language);

// One for each technique that any statement or scenario names: the most likely mention.
struct TechniqueUse {
  std::string id, name;
  std::vector<std::string> tactics;
  double probability = 0;
  bool literal = false;
  std::vector<uint32_t> statements;  // in the advisory, in order
};
std::vector<TechniqueUse> techniques_of(const Advisory& advisory);  // by id; ids of the right form only

// --- the document ---

struct Run {
  enum class Style : uint8_t { plain, strong, quote, code, mark } style = Style::plain;
  std::string text;      // as it is to be read; the printer escapes it
  std::string language;  // of a quote
};
using Line = std::vector<Run>;

struct Block {
  enum class Kind : uint8_t { heading, paragraph, item, table, listing } kind = Kind::paragraph;
  int level = 1;     // heading 1 … 4, item 1 … 2
  std::string role;  // for the eye: "rank_A", "hypothesis", "finding", "draft"; "" = none
  Line line;
  std::vector<Line> head;  // table
  std::vector<std::vector<Line>> rows;
  std::string listing;  // several lines
};

struct Document {
  std::string language, title;
  std::vector<Block> blocks;
};
Document make_document(const Advisory& advisory, const ExportOptions& options, std::string_view language);
std::vector<Document> make_documents(const Advisory& advisory, const ExportOptions& options);  // one a language

}  // namespace sekisho::desk
