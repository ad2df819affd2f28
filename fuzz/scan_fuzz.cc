// Any bytes as a mail through the whole pipeline: read, facts, rules, verdict, both ways of printing it. Nothing may
// crash, hang or read outside its input, and the same bytes give the same record.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scan/scanner.h"

namespace {

using namespace sekisho;

const scan::Scanner& scanner() {
  static const FixedClock clock({1'790'000'000, 0});
  static const scan::Scanner* const made = [] {
    scan::Settings settings = scan::default_settings();
    settings.domains = {"corp.example"};
    settings.organisation_names = {"Corp Example"};
    settings.trusted_authserv_ids = {"mx.corp.example"};
    settings.unwrap = false;  // the openers have fuzzers of their own
    settings.limits.parts = 50;
    settings.limits.decoded_bytes = 1u << 20;
    scan::LoadedContent content = scan::load_content(settings);
    if (!content.content) std::abort();
    return new scan::Scanner(std::move(settings), std::move(content.content), clock);
  }();
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static scan::Scanner::Scratch scratch(scanner());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const scan::Verdict verdict = scanner().scan({bytes, "fuzz", {}}, scratch);
  std::string once, again;
  scan::write_json(verdict, once);
  scan::write_json(scanner().scan({bytes, "fuzz", {}}, scratch), again);
  if (once != again) std::abort();
  (void)scan::describe(verdict, scan::Language::ja, true, false);
  return 0;
}
