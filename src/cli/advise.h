// What the commands of the desk have in common.
#pragma once

#include <memory>
#include <string>

#include "cli/cli.h"
#include "desk/advise.h"

namespace sekisho::cli {

struct LoadedDesk {
  std::unique_ptr<scan::Scanner> scanner;
  std::unique_ptr<desk::DeskContent> content;
  desk::HonestMail honest;
  desk::Desk desk;
};
// Settings, content and the desk's own, or the errors on standard error and false.
bool load_desk_of(const Common& common, LoadedDesk& out, const Clock& clock);

std::string notice_text(const LoadedDesk& loaded, const desk::Notice& notice);  // as people and the linter read it
// Values that an advisory calls malicious though their registered domain is a known brand's own, or ours. Addresses and
// URLs of shared services may be a stranger's: they are left to the article.
std::vector<std::string> honest_but_malicious(const LoadedDesk& loaded, const desk::Advisory& advisory);
Result<std::string> read_input(const std::string& path, size_t most);  // "-": standard input
Result<desk::Advisory> read_advisory_file(const std::string& path);    // complains

}  // namespace sekisho::cli
