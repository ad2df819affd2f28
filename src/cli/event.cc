// sekisho event: takes one mail, gives its UDM event as JSON: what rules see.
#include <cstdio>

#include "cli/cli.h"
#include "event/json.h"
#include "scan/inputs.h"

namespace sekisho::cli {

int event_command(const EventOptions& options, const Clock& clock) {
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;
  int status = 2;
  scan::each_mail(
      options.path, scanner->settings().limits,
      [&](const std::string& name, std::string bytes) {
        const auto event = scanner->read({bytes, name, {}});
        if (!event) {
          std::fprintf(stderr, "sekisho: %s: %s\n", name.c_str(), event.error().one_line().c_str());
          return;
        }
        std::string out;
        event::write_json(*event, out, options.json ? 0 : 2);
        std::printf("%s\n", out.c_str());
        status = 0;
      },
      [](const std::string& name, const Error& error) {
        std::fprintf(stderr, "sekisho: %s: %s\n", name.c_str(), error.text.c_str());
      });
  return status;
}

}  // namespace sekisho::cli
