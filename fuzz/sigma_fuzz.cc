// Any bytes as a file of Sigma documents: read, resolve, lower, and hand what became a plan to the engine.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "diag/render.h"
#include "engine/engine.h"
#include "sigma/sigma.h"

// libfyaml 0.7.12 loses the chunks of a scalar whose unfolded text is longer than it foretold (fy_atom_format_text()
// returns without fy_atom_iter_finish()): 2 KiB for each such mistake in a rule file. What we hold of it is in
// unique_ptrs.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfyaml.so\n"; }

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const sekisho::engine::ReferenceLists lists{{"hosts", {"a.example", "b*"}}, {"empty", {}}};
  sekisho::sigma::Options options;
  options.lists = &lists;
  const sekisho::sigma::Compiled all = sekisho::sigma::compile(text, "fuzz.yml", options);
  if (all.errors.size() > sekisho::sigma::kMostErrors || all.rules.size() > all.documents) std::abort();
  for (const auto* list : {&all.errors, &all.warnings})
    for (const auto& error : *list) {
      if (!error.span || error.span->offset > size || error.span->length > size - error.span->offset) std::abort();
      (void)sekisho::diag::render(error, text);
    }
  // A pattern that only fails as a whole, or a limit, may still stop the engine; a plan that is malformed may not be.
  for (const auto& error : sekisho::engine::Engine::check(all.rules))
    if (error.code == "engine.plan" || error.code == "engine.type") std::abort();
  return 0;
}
