// For every public rule under $SEKISHO_DATA/yaral and sigma: events made from the rule must fire it, the same events
// with one field changed must not.
//   positives_conformance [--verbose] [FILE|FOLDER…]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/files.h"
#include "engine/correlate.h"
#include "event/json.h"
#include "event/json_line.h"
#include "rule_positives.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

namespace {

using namespace sekisho;

// Whether rule 0 of the engine fires on the events. Errors are of the test itself.
Result<bool> fires(const engine::Engine& engine, const std::vector<tests::MadeEvent>& events) {
  bool found = false;
  engine::Correlator correlator(engine, {}, [&](engine::Detection&& d) { found |= d.rule == 0; });
  engine::Scratch scratch;
  event::JsonLine line;
  uint64_t number = 0;
  for (const tests::MadeEvent& e : events) {
    if (e.kind == engine::Variable::Kind::graph) {
      event::ReadOptions options;
      options.refuse_unknown = true;
      options.root = &event::Schema::get().entity();
      TRY_ASSIGN(record, event::read_json(e.json, options));
      correlator.context(record);
      continue;
    }
    TRY_ASSIGN(json, line.parse(e.json, false));
    const engine::Reading reading = e.kind == engine::Variable::Kind::raw ? engine::Reading::raw : engine::Reading::udm;
    engine::Matched matched;
    const engine::EventRef ref{.length = static_cast<uint32_t>(e.json.size()), .line = ++number};
    engine.match(json, reading, e.json, ref, scratch, matched);
    for (const engine::Detection& d : matched.detections) found |= d.rule == 0;
    correlator.add(std::move(matched));
  }
  correlator.finish();
  return found;
}

struct Totals {
  size_t rules = 0, impossible = 0, not_found = 0, fired = 0, mutations = 0, silent = 0, not_mutated = 0, counts = 0,
         counts_silent = 0;
};

void show(const char* what, const std::string& name, const std::vector<tests::MadeEvent>& events) {
  std::printf("%s: %s\n", what, name.c_str());
  for (const tests::MadeEvent& e : events) std::printf("    $%s %s\n", e.variable.c_str(), e.json.c_str());
}

void judge(const engine::Rule& rule, bool verbose, Totals& totals) {
  ++totals.rules;
  const engine::ReferenceLists lists = tests::lists_for({rule});
  auto positive = tests::make_positive(rule, lists);
  if (!positive) {
    (positive.error().code == "positive.contradiction" ? totals.impossible : totals.not_found) += 1;
    std::printf("no events: %s (%s): %s\n", rule.name.c_str(), rule.source.c_str(),
                positive.error().one_line().c_str());
    return;
  }
  auto engine = engine::Engine::build({rule}, lists);
  if (!engine) {
    std::printf("refused: %s: %s\n", rule.source.c_str(), engine.error().one_line().c_str());
    return;
  }
  const auto result = fires(*engine, positive->events);
  if (!result) std::printf("unreadable: %s: %s\n", rule.source.c_str(), result.error().one_line().c_str());
  if (!result || !*result) {
    show("silent", rule.source, positive->events);
    return;
  }
  ++totals.fired;
  if (verbose) show("fired", rule.name, positive->events);
  totals.not_mutated += positive->not_mutated;
  for (const tests::Mutation& m : positive->mutations) {
    const bool count = m.field.find('.') == std::string::npos;
    const auto mutated = fires(*engine, m.events);
    const bool silent = mutated && !*mutated;
    (count ? totals.counts : totals.mutations) += 1;
    (count ? totals.counts_silent : totals.silent) += silent;
    if (!silent) show("fires though changed", rule.source + " at " + m.field, m.events);
  }
}

bool print(const char* name, const Totals& t) {
  std::printf("%s/positive  %zu/%zu\n%s/positive_impossible  %zu count\n%s/positive_not_found  %zu count\n", name,
              t.fired, t.rules, name, t.impossible, name, t.not_found);
  std::printf("%s/mutation  %zu/%zu\n%s/fields_not_mutated  %zu count\n", name, t.silent, t.mutations, name,
              t.not_mutated);
  std::printf("%s/count_one_short  %zu/%zu\n", name, t.counts_silent, t.counts);
  // What no events were found for says something of the finder, not of the engine: it is printed.
  return t.fired + t.impossible + t.not_found == t.rules && t.silent == t.mutations && t.counts_silent == t.counts;
}

}  // namespace

int main(int argc, char** argv) {
  bool verbose = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--verbose") == 0) verbose = true;
    else paths.emplace_back(argv[i]);
  const char* data = std::getenv("SEKISHO_DATA");
  if (paths.empty() && data && *data) paths = {std::string(data) + "/yaral", std::string(data) + "/sigma"};
  Totals of_yaral, of_sigma;
  for (const std::string& path : paths) {
    if (const auto files = text_files(path, {".yaral"}))
      for (const TextFile& file : *files) {
        const yaral::CompiledFile compiled = yaral::compile(file.text, file.name);
        for (const Error& e : compiled.errors) std::printf("refused: %s\n", e.one_line().c_str());
        for (const engine::Rule& rule : compiled.rules) judge(rule, verbose, of_yaral);
      }
    if (const auto files = text_files(path, {".yml"})) {
      std::vector<sigma::Source> sources;
      for (const TextFile& file : *files) sources.push_back({file.text, file.name});
      for (const engine::Rule& rule : sigma::compile(sources).rules)
        if (!rule.silent) judge(rule, verbose, of_sigma);
    }
  }
  if (of_yaral.rules + of_sigma.rules == 0) {
    std::puts("positives: skipped: no data");
    return 0;
  }
  const bool good = print("yaral", of_yaral) & print("sigma", of_sigma);
  return good ? 0 : 1;
}
