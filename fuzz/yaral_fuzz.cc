// Any bytes as a rule file: parse, check, lower, hand what became a plan to the engine, and format it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "diag/render.h"
#include "engine/engine.h"
#include "yaral/format.h"
#include "yaral/yaral.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sekisho::yaral::CompiledFile file = sekisho::yaral::compile(text, "fuzz.yaral");
  if (file.errors.size() > sekisho::yaral::kMostErrors) std::abort();
  for (const auto& error : file.errors) {
    if (!error.span || error.span->offset > size || error.span->length > size - error.span->offset) std::abort();
  }
  if (!file.errors.empty()) (void)sekisho::diag::render(file.errors.front(), text);
  (void)sekisho::yaral::dump(file.file);
  // A list, a pattern that only fails as a whole, or a limit may still stop the engine; a plan that is malformed may
  // not be.
  for (const auto& error : sekisho::engine::Engine::check(file.rules))
    if (error.code == "engine.plan" || error.code == "engine.type") std::abort();
  // The layout is one: what has it stays as it is, and still parses. What does not parse comes back unchanged.
  const std::string formatted = sekisho::yaral::format(text);
  if (!sekisho::yaral::parse_file(text, "fuzz.yaral").errors.empty()) {
    if (formatted != text) std::abort();
    return 0;
  }
  if (!sekisho::yaral::parse_file(formatted, "fuzz.yaral").errors.empty()) std::abort();
  if (sekisho::yaral::format(formatted) != formatted) std::abort();
  return 0;
}
