// Sigma in (specification 2.1: rules, correlations, filters), plans for the engine out. The one entry of this folder;
// the stages are yaml.h → document.h (condition.h, modifiers.h) → resolve.h → lower.h (value.h), correlate.h. Nothing
// here keeps state: any thread may compile anything. What each construct becomes: docs/sigma.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "sigma/resolve.h"

namespace sekisho::sigma {

struct Source {
  std::string_view text;
  std::string name;  // in errors and plans
};

struct Options {
  const engine::ReferenceLists* lists = nullptr;  // what `expand` puts for %name%; borrowed for the call
};

struct Compiled {
  std::vector<engine::Rule> rules;  // of documents without any mistake, in the order of files and documents
  // All mistakes, by file and place; Error::source names the file. Codes: sigma.yaml, .field, .modifier, .regex,
  // .condition, .correlation, .filter, .limit.{bytes,depth,nodes,size,values}.
  std::vector<Error> errors;
  std::vector<Error> warnings;
  size_t documents = 0;  // read, good or not
};

// All files together: correlations and filters find their rules in any of them, by id or name. Rules that only
// correlations read are `silent`.
Compiled compile(std::span<const Source> files, const Options& options = {}, const Limits& limits = {});
Compiled compile(std::string_view text, std::string name, const Options& options = {}, const Limits& limits = {});

}  // namespace sekisho::sigma
