// sekisho event: takes one mail, gives its UDM event as JSON: what rules see.
#include "cli/cli.h"
#include "event/json.h"
#include "scan/inputs.h"

namespace sekisho::cli {

int event_command(const EventOptions& options, const Clock& clock) {
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;
  size_t printed = 0;
  bool failed = false;
  const auto error = [&](const std::string& name, const Error& e) {
    complain(name, e.code.starts_with("io.") ? e.text : e.one_line());
    failed = true;
  };
  scan::each_mail(
      options.path, scanner->settings().limits,
      [&](const std::string& name, std::string bytes) {
        if (output_failed()) return;
        const auto event = scanner->read({bytes, name, {}});
        if (!event) return error(name, event.error());
        std::string out;
        event::write_json(*event, out, options.json ? 0 : 2);
        put(out + "\n");
        ++printed;
      },
      error);
  return failed || printed == 0 ? 2 : 0;
}

}  // namespace sekisho::cli
