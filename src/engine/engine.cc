// Takes Rules and then Events, gives Detections. Entries: Engine::build(), Engine::run(). Refuses, while building, what
// compile.cc refuses; nothing while running.
#include "engine/engine.h"

#include "engine/matching.h"
#include "engine/program.h"

namespace sekisho::engine {

struct Scratch::State {
  Evaluation evaluation;
  MatchedRows rows;
  RunStatistics statistics;
};

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
const RunStatistics& Scratch::statistics() const { return state_->statistics; }

Engine::Engine(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::build(std::vector<Rule> rules, const ReferenceLists& lists, const Limits& limits,
                             const Clock* clock) {
  TRY_ASSIGN(program, compile(std::move(rules), lists, limits));
  program->clock = clock;
  return Engine(std::move(program));
}

std::vector<Error> Engine::check(const std::vector<Rule>& rules, const ReferenceLists& lists) {
  std::vector<Error> out;
  for (const Rule& rule : rules)
    if (auto program = compile({rule}, lists, {}); !program) out.push_back(std::move(program).error());
  return out;
}

std::vector<Detection> Engine::run(const event::Event& event, Scratch& scratch) const {
  Scratch::State& state = *scratch.state_;
  state.statistics = {};
  state.evaluation.begin(*program_, event);
  std::vector<Detection> out;
  const auto candidates = state.evaluation.candidates();
  state.statistics.rules_tried = candidates.size();
  for (RuleId id : candidates) {
    if (!match_rows(state.evaluation, program_->programs[id], state.rows)) {
      state.statistics.rules_cut += state.rows.not_looked_at > 0;
      continue;
    }
    state.statistics.rules_cut += state.rows.not_looked_at > 0;
    Detection detection{.rule = id};
    if (describe_match(state.evaluation, id, state.rows, detection)) out.push_back(std::move(detection));
  }
  state.statistics.patterns_run = state.evaluation.patterns_run;
  return out;
}

const std::vector<Rule>& Engine::rules() const { return program_->rules; }

std::string Engine::describe() const {
  const Program& p = *program_;
  size_t literals = 0, states = 0, keys = 0;
  for (const LiteralPool& pool : p.literal_pools) literals += pool.literals.size(), states += pool.literals.states();
  for (const KeyPool& pool : p.key_pools) keys += pool.leaves.size();
  const auto n = [](size_t v) { return std::to_string(v); };
  return n(p.rules.size()) + " rules, " + n(p.columns.size()) + " columns, " + n(p.dims.size() - 1) +
         " repeated fields, " + n(p.nodes.size()) + " expressions, " + n(p.patterns.size()) + " patterns, " + n(keys) +
         " keys in " + n(p.key_pools.size()) + " pools, " + n(literals) + " literals in " + n(p.literal_pools.size()) +
         " pools (" + n(states) + " states), " + n(p.always.size()) + " rules without a witness";
}

}  // namespace sekisho::engine
