// The whole scan over honest mail of the unpacked test data: SEKISHO_DATA (a folder that holds mail-dev/), or
// ../shared/data beside the source. Exit 1 if a bar is missed; "skipped: no data" and exit 0 where there is no data.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "base/files.h"
#include "net/dns.h"
#include "scan/content.h"
#include "scan/scanner.h"

namespace {

using namespace sekisho;
namespace fs = std::filesystem;

// With dead DNS no more honest mail is flagged than with DNS that answers (that no name exists: the archive's senders
// cannot be asked any more), nor than without looking.
int dead_dns(const fs::path& data) {
  std::set<fs::path> files;
  if (!fs::is_directory(data / "mail-dev/ham")) return 0;
  for (const auto& entry : fs::recursive_directory_iterator(data / "mail-dev/ham"))
    if (entry.is_regular_file()) files.insert(entry.path());
  const FixedClock clock({1790000000, 0});
  scan::Settings settings = scan::default_settings();
  scan::LoadedContent content = scan::load_content(settings);
  if (!content.content) return 1;
  const scan::Scanner scanner(std::move(settings), std::move(content.content), clock);
  scan::Scanner::Scratch scratch(scanner);
  net::NoResolver nobody;
  net::ZoneResolver empty;
  int dead = 0, answering = 0, without = 0;
  const auto flagged = [&](const std::string& bytes, net::Resolver* dns) {
    return scanner.scan({.bytes = bytes, .name = "ham", .envelope = {}, .resolver = dns}, scratch).action !=
           scan::Action::accept;
  };
  for (const fs::path& path : files) {
    const auto bytes = read_file(path.string(), 64 << 20);
    if (!bytes) return 1;
    dead += flagged(*bytes, &nobody);
    answering += flagged(*bytes, &empty);
    without += flagged(*bytes, nullptr);
  }
  std::printf("%-24s %d of %zu flagged; %d with DNS that answers, %d without looking\n", "ham, dead DNS", dead,
              files.size(), answering, without);
  return dead > answering || dead > without ? 1 : 0;
}

}  // namespace

int main() {
  const char* set = std::getenv("SEKISHO_DATA");
  const fs::path root = set ? set : SEKISHO_SOURCE_DIR "/../shared/data";
  if (!fs::is_directory(root / "mail-dev")) {
    std::printf("scan: skipped: no data\n");
    return 0;
  }
  return dead_dns(root);
}
