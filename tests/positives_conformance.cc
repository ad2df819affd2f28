// For every public YARA-L rule under $SEKISHO_DATA/yaral: events made from the rule must fire it, the same events with
// one field changed must not.
//   positives_conformance [--verbose] [FILE…]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/files.h"
#include "engine/correlate.h"
#include "event/json.h"
#include "event/json_line.h"
#include "rule_positives.h"
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
    const engine::Reading reading =
        e.kind == engine::Variable::Kind::raw ? engine::Reading::raw : engine::Reading::udm;
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
  size_t rules = 0, fired = 0, mutations = 0, silent = 0, not_mutated = 0, counts = 0, counts_silent = 0;
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
    std::printf("no events: %s (%s): %s\n", rule.name.c_str(), rule.source.c_str(), positive.error().one_line().c_str());
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

}  // namespace

int main(int argc, char** argv) {
  bool verbose = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--verbose") == 0) verbose = true;
    else paths.emplace_back(argv[i]);
  const char* data = std::getenv("SEKISHO_DATA");
  if (paths.empty() && data && *data) paths.push_back(std::string(data) + "/yaral");
  Totals totals;
  for (const std::string& path : paths) {
    const auto files = text_files(path, {".yaral"});
    if (!files) continue;
    for (const TextFile& file : *files) {
      const yaral::CompiledFile compiled = yaral::compile(file.text, file.name);
      for (const Error& e : compiled.errors) std::printf("refused: %s: %s\n", file.name.c_str(), e.one_line().c_str());
      for (const engine::Rule& rule : compiled.rules) judge(rule, verbose, totals);
    }
  }
  if (totals.rules == 0) {
    std::puts("yaral/positive: skipped: no data");
    return 0;
  }
  std::printf("yaral/positive  %zu/%zu\nyaral/mutation  %zu/%zu\nyaral/count_one_short  %zu/%zu\n", totals.fired,
              totals.rules, totals.silent, totals.mutations, totals.counts_silent, totals.counts);
  std::printf("yaral/fields_not_mutated  %zu count\n", totals.not_mutated);
  return totals.fired == totals.rules && totals.silent == totals.mutations && totals.counts_silent == totals.counts ? 0 : 1;
}
