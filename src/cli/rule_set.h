// What the subcommands of `rules` begin with: the rules of their paths, and all that compiling them needs.
#pragma once

#include "cli/cli.h"
#include "engine/engine.h"
#include "hunt/rules.h"

namespace sekisho::cli {

struct LoadedRules {
  scan::Settings settings;
  engine::ReferenceLists lists;
  hunt::LogSources sources;
  hunt::RuleSet set;  // those that scan would run are checked as mail rules, too
};

// Of options.paths, or of the content without any. False, with the reason printed, if there is nothing to go on with;
// errors in rules stay in `out`.
bool load_rules(const RulesOptions& options, LoadedRules& out);

// For rules of all log sources at once: their time fields together.
engine::EngineOptions engine_options(const LoadedRules& loaded, const Clock& clock);

}  // namespace sekisho::cli
