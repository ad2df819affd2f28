// Takes Rules and then events, gives Detections and the rows that the Correlator joins. Entries: Engine::build(),
// Engine::run(), Engine::match(). Refuses, while building, what compile.cc refuses; nothing while running.
#include "engine/engine.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "engine/correlation.h"
#include "engine/matching.h"

namespace sekisho::engine {
namespace {

constexpr size_t kKinds = 5;
size_t index_of(Variable::Kind kind) { return static_cast<size_t>(kind); }

// Orders events of one time, so it must be the same on every machine and in every run. Four words at a time, each in a
// sum of its own, because a multiplication waits for the one before.
uint64_t hash_of(std::string_view bytes) {
  constexpr uint64_t kBy = 0x9e37'79b9'7f4a'7c15u;
  const auto word_at = [](const char* at) {
    uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
  };
  const auto mix = [](uint64_t& sum, uint64_t word) {
    sum = (sum ^ word) * kBy;
    sum ^= sum >> 29;
  };
  uint64_t sums[4] = {bytes.size(), 1, 2, 3};
  for (; bytes.size() >= 32; bytes.remove_prefix(32))
    for (size_t i = 0; i < 4; ++i) mix(sums[i], word_at(bytes.data() + 8 * i));
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) mix(sums[0], word_at(bytes.data()));
  for (const char c : bytes) mix(sums[0], static_cast<uint8_t>(c));
  for (size_t i = 1; i < 4; ++i) mix(sums[0], sums[i]);
  return sums[0];
}

}  // namespace

struct Scratch::State {
  std::array<Evaluation, kKinds> evaluations;  // by kind of variable: each keeps the memory of its Program
  MatchedRows rows;
  RunStatistics statistics;
  std::vector<Datum> values;
  std::shared_ptr<const KnownKeys> known;
};

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
const RunStatistics& Scratch::statistics() const { return state_->statistics; }

void Scratch::know(std::shared_ptr<const KnownKeys> records) {
  for (Evaluation& e : state_->evaluations) e.know(nullptr);
  state_->known = std::move(records);
}

void Matched::clear() {
  events.clear();
  rows.clear();
  detections.clear();
  untimed = 0;
}

Engine::Engine(std::unique_ptr<const Plans> plans) : plans_(std::move(plans)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::build(std::vector<Rule> rules, const ReferenceLists& lists, const EngineOptions& options) {
  TRY_ASSIGN(plans, compile(std::move(rules), lists, options));
  return Engine(std::move(plans));
}

Result<Engine> Engine::build(std::vector<Rule> rules, const ReferenceLists& lists, const Limits& limits,
                             const Clock* clock) {
  return build(std::move(rules), lists, EngineOptions{limits, clock, {}});
}

std::vector<Error> Engine::check(const std::vector<Rule>& rules, const ReferenceLists& lists) {
  std::vector<Error> out;
  for (const Rule& rule : rules)
    if (auto plans = compile({rule}, lists, {}); !plans) out.push_back(std::move(plans).error());
  return out;
}

// One event on one Program: whole rules give detections, selectors of larger rules give rows.
struct MatchRun {
  const Plans& plans;
  const Program& program;
  Scratch::State& state;
  Evaluation& evaluation;
  Matched* out = nullptr;  // null: detections only
  std::vector<Detection>* detections = nullptr;
  std::string_view bytes = {};  // of the event

  void run() {
    const auto candidates = evaluation.candidates();
    state.statistics.rules_tried = evaluation.rules_woken;
    for (RuleId id : candidates) {
      const RuleProgram& rule = program.programs[id];
      const bool joined = rule.correlation != kNone;
      if (joined && out == nullptr) continue;
      const bool some = match_rows(evaluation, rule, state.rows);
      state.statistics.rules_cut += state.rows.not_looked_at > 0;
      if (!some) continue;
      if (joined) {
        keep_rows(rule);
        continue;
      }
      Detection detection{.rule = rule.rule};
      if (describe_match(evaluation, id, state.rows, detection)) detections->push_back(std::move(detection));
    }
    state.statistics.patterns_run = evaluation.patterns_run;
    state.statistics.tests = evaluation.tests_run;
  }

  template <class Input>
  static void one(const Plans& plans, Variable::Kind kind, const Input& event, std::string_view bytes,
                  const EventRef& ref, Scratch& scratch, Matched& out) {
    Scratch::State& state = *scratch.state_;
    Evaluation& evaluation = state.evaluations[index_of(kind)];
    const Program* program = plans.selector(kind);
    state.statistics = {};
    if (program == nullptr) return;
    evaluation.know(state.known && state.known->rules() == plans.serial ? state.known.get() : nullptr);
    evaluation.begin(*program, event);
    evaluation.tell(bytes);
    const size_t rows = out.rows.size(), detections = out.detections.size();
    MatchRun{plans, *program, state, evaluation, &out, &out.detections, bytes}.run();
    if (out.rows.size() == rows && out.detections.size() == detections) return;
    const std::optional<Timestamp> time = evaluation.event_time();
    const bool happened = kind == Variable::Kind::event || kind == Variable::Kind::raw;  // records need no time
    if (happened && !time && out.rows.size() > rows) {
      ++out.untimed;
      out.rows.resize(rows);
      if (out.detections.size() == detections) return;
    }
    Matched::Event made{
        .time = time.value_or(Timestamp{}), .timed = time.has_value(), .hash = hash_of(bytes), .ref = ref};
    made.rows = static_cast<uint32_t>(out.rows.size() - rows);
    made.detections = static_cast<uint32_t>(out.detections.size() - detections);
    std::shared_ptr<const std::string> text;
    if (plans.reads_texts && kind == Variable::Kind::event && out.detections.size() > detections)
      text = std::make_shared<const std::string>(bytes);
    for (size_t d = detections; d < out.detections.size(); ++d) {
      Detection& detection = out.detections[d];
      detection.time = made.time;
      detection.events.push_back({0, made.time, ref, text});
      detection.event_count = 1;
    }
    out.events.push_back(made);
  }

  void keep_rows(const RuleProgram& rule) {
    const JoinVariable& variable = plans.correlations[rule.correlation].variables[rule.variable];
    uint32_t* env = evaluation.env().data();
    std::vector<Datum>& values = state.values;
    for (uint64_t r = 0; r < state.rows.count; ++r) {
      env[kRoot] = 0;
      load_row(rule, state.rows, r, env);
      values.clear();
      for (const StoredValue& stored : rule.stored) {
        // Expanding a value moves what the next one reads.
        for (DimId d : rule.loose) env[d] = evaluation.rows(d).begin[env[program.dims[d].parent]];
        values.push_back(stored.many ? expand_value(evaluation, stored) : evaluation.at(stored.node, env));
      }
      if (variable.text != kNone) values.push_back(Datum::text(bytes));
      out->rows.push_back({rule.correlation, rule.variable, StoredRow::pack(variable.columns, values)});
    }
  }
};

std::vector<Detection> Engine::run(const event::Event& event, Scratch& scratch) const {
  Scratch::State& state = *scratch.state_;
  state.statistics = {};
  std::vector<Detection> out;
  const Program* program = plans_->selector(Variable::Kind::event);
  if (program == nullptr) return out;
  Evaluation& evaluation = state.evaluations[index_of(Variable::Kind::event)];
  evaluation.know(nullptr);
  evaluation.begin(*program, event);
  evaluation.tell(event.origin().sha256);
  MatchRun{*plans_, *program, state, evaluation, nullptr, &out}.run();
  return out;
}

void Engine::match(const event::JsonValue& event, Reading reading, std::string_view bytes, const EventRef& ref,
                   Scratch& scratch, Matched& out) const {
  const Variable::Kind kind = reading == Reading::udm ? Variable::Kind::event : Variable::Kind::raw;
  MatchRun::one(*plans_, kind, event, bytes, ref, scratch, out);
}

void Engine::match(const event::Event& event, std::string_view bytes, const EventRef& ref, Scratch& scratch,
                   Matched& out) const {
  const event::MessageType* type = &event.root().type();
  Variable::Kind kind = Variable::Kind::event;
  if (type == &event::Schema::get().entity()) kind = Variable::Kind::graph;
  if (type == &event::Schema::get().detection()) kind = Variable::Kind::detection;
  MatchRun::one(*plans_, kind, event, bytes, ref, scratch, out);
}

void Engine::match_row(const event::JsonValue& row, Scratch& scratch, Matched& out) const {
  MatchRun::one(*plans_, Variable::Kind::table, row, {}, {}, scratch, out);
}

std::span<const Rule> Engine::rules() const { return {plans_->rules.data(), plans_->own_rules}; }

bool Engine::reads(Variable::Kind kind) const { return plans_->selector(kind) != nullptr; }

std::string Engine::describe() const {
  size_t literals = 0, states = 0, keys = 0, key_pools = 0, literal_pools = 0, columns = 0, dims = 0, nodes = 0,
         patterns = 0, always = 0;
  for (const auto& p : plans_->selectors) {
    if (!p) continue;
    for (const LiteralPool& pool : p->literal_pools) literals += pool.literals.size(), states += pool.literals.states();
    for (const KeyPool& pool : p->key_pools) keys += pool.leaves.size();
    key_pools += p->key_pools.size();
    literal_pools += p->literal_pools.size();
    columns += p->columns.size();
    dims += p->dims.size() - 1;
    nodes += p->nodes.size();
    patterns += p->patterns.size();
    always += p->always.size();
  }
  const auto n = [](size_t v) { return std::to_string(v); };
  return n(plans_->own_rules) + " rules (" + n(plans_->correlations.size() - plans_->counted.size()) +
         " over several events), " + n(columns) + " columns, " + n(dims) + " repeated fields, " + n(nodes) +
         " expressions, " + n(patterns) + " patterns, " + n(keys) + " keys in " + n(key_pools) + " pools, " +
         n(literals) + " literals in " + n(literal_pools) + " pools (" + n(states) + " states), " + n(always) +
         " selectors without a witness";
}

}  // namespace sekisho::engine
