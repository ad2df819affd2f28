// Takes the rows that satisfied a rule, gives its Detection: aggregates, outcomes, the condition, placeholder values
// and evidence. Entry: describe_match(). Aggregates read each matching row, expanded further by the repeated fields
// that only their own argument reads.
#include <algorithm>

#include "engine/aggregates.h"
#include "engine/matching.h"

namespace sekisho::engine {
namespace {

constexpr size_t kEvidence = 10;  // rows kept in a Detection

class Describer {
 public:
  Describer(Evaluation& evaluation, RuleId id, const MatchedRows& rows)
      : eval_(evaluation),
        program_(evaluation.program()),
        rule_(program_.programs[id]),
        plan_((*program_.rules)[rule_.rule]),
        rows_(rows),
        env_(evaluation.env().data()) {}

  bool run(Detection& out) {
    std::vector<Datum> aggregates(rule_.aggregates.size()), outcomes(rule_.outcomes.size()), counts;
    MatchValues match{aggregates, outcomes, {}};
    collect_placeholders(counts, out);
    match.placeholder_counts = counts;
    size_t done = 0;
    for (size_t o = 0; o < rule_.outcomes.size(); ++o) {
      for (; done < rule_.aggregates_before[o]; ++done) aggregates[done] = aggregate(rule_.aggregates[done]);
      load_first();
      outcomes[o] = eval_.at(rule_.outcomes[o], env_, &match);
      if (outcomes[o].type() == Type::integer && plan_.outcomes[o].type == Type::real)
        outcomes[o] = Datum::real(outcomes[o].as_real());
    }
    if (rule_.condition != kNone) {
      load_first();
      if (!eval_.holds(rule_.condition, env_, &match)) return false;
    }
    for (size_t o = 0; o < outcomes.size(); ++o)
      out.outcomes.emplace_back(plan_.outcomes[o].name, Value::of(outcomes[o]));
    out.matched_rows = rows_.count;
    out.rows_not_looked_at = rows_.not_looked_at;
    for (uint64_t r = 0; r < std::min<uint64_t>(rows_.count, kEvidence); ++r) out.rows.push_back(evidence(r));
    return true;
  }

 private:
  // The first matching row; fields outside aggregates that no row expands are read from their first element.
  void load_first() {
    env_[kRoot] = 0;
    load_row(rule_, rows_, 0, env_);
    for (DimId d : rule_.loose) env_[d] = eval_.rows(d).begin[env_[program_.dims[d].parent]];
  }

  Datum aggregate(const AggregateUse& use) {
    const Type type = use.arg == kNone ? Type::integer : program_.nodes[use.arg].type;
    Collector collector({.kind = use.kind, .type = type, .percentage = use.percentage, .skip_zeros = use.skip_zeros});
    env_[kRoot] = 0;
    uint64_t looked_at = 0;
    for (uint64_t r = 0; r < rows_.count && looked_at < program_.limits.rows; ++r) {
      load_row(rule_, rows_, r, env_);
      if (use.extra.empty()) {
        take(use, collector);
        ++looked_at;
      } else {
        extend(use, collector, looked_at);
      }
      if (collector.full()) break;
    }
    return collector.result(eval_.arena());
  }

  void take(const AggregateUse& use, Collector& collector) {
    collector.take(use.arg == kNone ? Datum::integer(0) : eval_.at(use.arg, env_),
                   use.text == kNone ? Datum() : eval_.at(use.text, env_));
  }

  void extend(const AggregateUse& use, Collector& collector, uint64_t& looked_at) {
    const size_t depth = use.extra.size();
    at_.resize(depth);
    end_.resize(depth);
    const auto open = [&](size_t l) {
      const DimRows& rows = eval_.rows(use.extra[l]);
      const uint32_t above = env_[program_.dims[use.extra[l]].parent];
      at_[l] = rows.begin[above];
      end_[l] = rows.begin[above + 1];
    };
    size_t level = 0;
    open(0);
    for (;;) {
      if (at_[level] == end_[level]) {
        if (level == 0) return;
        ++at_[--level];
        continue;
      }
      env_[use.extra[level]] = at_[level];
      if (level + 1 < depth) {
        open(++level);
        continue;
      }
      if (looked_at++ == program_.limits.rows || collector.full()) return;
      take(use, collector);
      ++at_[level];
    }
  }

  void collect_placeholders(std::vector<Datum>& counts, Detection& out) {
    env_[kRoot] = 0;
    for (size_t p = 0; p < rule_.placeholders.size(); ++p) {
      DistinctCounts seen;
      std::vector<Value> values;
      for (uint64_t r = 0; r < rows_.count; ++r) {
        if (values.size() == kArray && !rule_.counts_placeholders) break;
        load_row(rule_, rows_, r, env_);
        const Datum v = eval_.at(rule_.placeholders[p], env_);
        if (seen.add(digest_of(v)) && values.size() < kArray) values.push_back(Value::of(v));
      }
      counts.push_back(Datum::integer(static_cast<int64_t>(seen.size())));
      out.placeholders.emplace_back(plan_.placeholders[p].name, std::move(values));
    }
  }

  std::vector<Element> evidence(uint64_t row) {
    std::vector<Element> out;
    const size_t width = rule_.dims.size();
    for (size_t d = 0; d < width; ++d) {
      const DimRows& rows = eval_.rows(rule_.dims[d]);
      const uint32_t element = rows_.elements[row * width + d];
      if (rows.position[element] == kNone) continue;
      out.push_back({program_.dims[rule_.dims[d]].path, rows.position[element],
                     rows.messages ? rows.messages[element] : nullptr});
    }
    return out;
  }

  Evaluation& eval_;
  const Program& program_;
  const RuleProgram& rule_;
  const Rule& plan_;
  const MatchedRows& rows_;
  uint32_t* env_;
  std::vector<uint32_t> at_, end_;
};

}  // namespace

bool describe_match(Evaluation& evaluation, RuleId rule, const MatchedRows& rows, Detection& out) {
  return Describer(evaluation, rule, rows).run(out);
}

}  // namespace sekisho::engine
