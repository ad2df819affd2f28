// An advisory in the forms that others read: for people Markdown and HTML, for machines JSON (and back), STIX 2.1,
// CSAF 2.0, MISP and an ATT&CK Navigator layer. Each is a pure function of the advisory, the labels and the options:
// the same input gives the same bytes, on any machine. Whatever a source wrote stays text: no output of ours can be
// made to hold a link, a heading, markup or a script by what stands in the news. No state; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/advisory.h"

namespace sekisho::desk {

// The words around the facts, in both languages: headings, names of roles and horizons. From content/desk/labels.toml,
// [group] key = { en = "…", ja = "…" }. Immutable once read.
class Labels {
 public:
  Labels();
  // Errors are added: a label that is missing, one that nobody asks for, a language that is missing.
  static Labels read(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  // "heading.summary". Of groups that content may extend (owner, theme, hidden …) an unknown key is its own text;
  // elsewhere it is shown as "⟦key⟧", which no output may hold. Each {0}, {1} … of the label becomes an argument.
  std::string text(std::string_view key, std::string_view language,
                   const std::vector<std::string>& arguments = {}) const;
  struct Impl;

 private:
  std::shared_ptr<const Impl> impl_;  // copies share it
};

struct ExportOptions {
  const Labels* labels = nullptr;  // must be given
  std::string language = "both";   // "ja", "en", "both": Japanese first, then English. Machine forms take en for both
  std::string tlp = "AMBER";       // TLP 2.0: "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"; anything else: RED
  std::string publisher;           // the organisation; "" = the label publisher.none
  std::string publisher_url;       // under its control, http(s); "" = a URN made from its name
  std::string program_version;     // of Sekisho
  bool approved = false;           // false: every form says that it is a draft
};

std::string to_markdown(const Advisory& advisory, const ExportOptions& options);
std::string to_html(const Advisory& advisory, const ExportOptions& options);  // one file, no script, no link, prints

// Everything that an advisory holds, and for convenience some of it twice ("techniques", "masked", "brands" by name …).
std::string to_json(const Advisory& advisory, bool one_line = false);  // ends in \n
// The advisory back from that; what stands there for convenience is not looked at. to_json(read_advisory(j)) == j for
// every j that to_json wrote. Errors: event.json, event.limit.*, "advisory.schema" (another version, or no advisory),
// "advisory.field" (unknown member, wrong type; names the path), "advisory.index" (points to a source or statement that
// is not there), "advisory.limit.items".
Result<Advisory> read_advisory(std::string_view json);

// A bundle. Only what the sources call malicious becomes an indicator; masked names become patterns with the label
// "partial"; what is genuine, a victim's or a reference is in no object that a machine could block.
std::string to_stix(const Advisory& advisory, const ExportOptions& options);
std::string to_csaf(const Advisory& advisory, const ExportOptions& options);       // csaf_informational_advisory
std::string to_misp(const Advisory& advisory, const ExportOptions& options);       // {"Event": …}; to_ids: as in STIX
std::string to_navigator(const Advisory& advisory, const ExportOptions& options);  // layer format 4.5

}  // namespace sekisho::desk
