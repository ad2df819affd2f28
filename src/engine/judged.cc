// Takes the condition and outcomes of a Rule, tells how it can be judged. Entries: judged.h. Refuses nothing: what it
// does not know counts as not monotone.
#include "engine/judged.h"

#include <algorithm>

#include "engine/homes.h"

namespace sekisho::engine {
namespace {

// A comparison whose right side is a number: `5 < #e` is `#e > 5`.
struct Comparison {
  Op op;
  ExprId left;
  double right;
};

std::optional<double> number(const Expr& e) {
  if (e.op != Op::constant) return std::nullopt;
  if (const auto* i = std::get_if<int64_t>(&e.value)) return static_cast<double>(*i);
  if (const auto* r = std::get_if<double>(&e.value)) return *r;
  return std::nullopt;
}

std::optional<Comparison> comparison(const Rule& rule, const Expr& e) {
  if (e.op < Op::equal || e.op > Op::greater_equal || e.args.size() != 2) return std::nullopt;
  if (const auto right = number(rule.exprs[e.args[1]])) return Comparison{e.op, e.args[0], *right};
  if (const auto left = number(rule.exprs[e.args[0]])) return Comparison{mirrored(e.op), e.args[1], *left};
  return std::nullopt;
}

// A condition where one variable has no event and nothing is known of the rest.
enum class Truth : uint8_t { no, maybe, yes };

class Absent {
 public:
  Absent(const Rule& rule, uint32_t variable) : rule_(rule), variable_(variable), reads_(variables_read(rule)) {}

  // Conditions are shallow (Limits::rule_depth), and so is this recursion.
  Truth holds(ExprId id) const {
    const Expr& e = rule_.exprs[id];
    switch (e.op) {
      case Op::exists:
        return e.index == variable_ ? Truth::no : Truth::maybe;
      case Op::negate: {
        const Truth inner = holds(e.args[0]);
        return inner == Truth::maybe ? Truth::maybe : inner == Truth::no ? Truth::yes : Truth::no;
      }
      case Op::all_of:
      case Op::any_of: {
        Truth out = e.op == Op::all_of ? Truth::yes : Truth::no;
        for (ExprId arg : e.args) out = e.op == Op::all_of ? std::min(out, holds(arg)) : std::max(out, holds(arg));
        return out;
      }
      default:
        break;
    }
    const auto c = comparison(rule_, e);
    if (!c || !is_zero(rule_.exprs[c->left])) return Truth::maybe;
    bool holds_for_zero = false;
    switch (c->op) {
      case Op::equal:
        holds_for_zero = c->right == 0;
        break;
      case Op::not_equal:
        holds_for_zero = c->right != 0;
        break;
      case Op::less:
        holds_for_zero = 0 < c->right;
        break;
      case Op::less_equal:
        holds_for_zero = 0 <= c->right;
        break;
      case Op::greater:
        holds_for_zero = 0 > c->right;
        break;
      default:
        holds_for_zero = 0 >= c->right;
    }
    return holds_for_zero ? Truth::yes : Truth::no;
  }

 private:
  // #e, or #p of a placeholder that only $e defines.
  bool is_zero(const Expr& e) const {
    if (e.op == Op::count) return e.index == variable_;
    if (e.op != Op::placeholder_count) return false;
    const auto& definitions = rule_.placeholders[e.index].definitions;
    return !definitions.empty() && std::all_of(definitions.begin(), definitions.end(),
                                               [&](ExprId d) { return reads_[d] == uint64_t{1} << variable_; });
  }

  const Rule& rule_;
  const uint32_t variable_;
  const std::vector<uint64_t> reads_;
};

std::vector<ExprId> conjuncts(const Rule& rule) {
  std::vector<ExprId> open, out;
  if (rule.condition != kNoExpr) open.push_back(rule.condition);
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    const Expr& e = rule.exprs[id];
    if (e.op == Op::all_of) open.insert(open.end(), e.args.rbegin(), e.args.rend());
    else out.push_back(id);
  }
  return out;
}

// Can only grow as rows come; down: can only fall. Expressions are shallow (Limits::rule_depth).
bool moves(const Rule& rule, ExprId id, bool down) {
  const Expr& e = rule.exprs[id];
  switch (e.op) {
    case Op::constant:
      return true;
    case Op::outcome:
      return moves(rule, rule.outcomes[e.index].value, down);
    case Op::aggregate:
      // A minimum that leaves zero values out is 0 where there are no others, and rises from there.
      if (down) return (e.kind == Aggregate::min && e.value != Constant(true)) || e.kind == Aggregate::earliest;
      return e.kind == Aggregate::count || e.kind == Aggregate::count_distinct || e.kind == Aggregate::max ||
             e.kind == Aggregate::latest || e.kind == Aggregate::sum;
    case Op::count:
    case Op::placeholder_count:
      return !down;
    case Op::add:
      return moves(rule, e.args[0], down) && moves(rule, e.args[1], down);
    case Op::multiply: {
      const auto a = number(rule.exprs[e.args[0]]), b = number(rule.exprs[e.args[1]]);
      if (a) return *a >= 0 && moves(rule, e.args[1], down);
      return b && *b >= 0 && moves(rule, e.args[0], down);
    }
    default:
      return false;
  }
}

bool monotone(const Rule& rule, ExprId id) {
  const Expr& e = rule.exprs[id];
  if (e.op == Op::exists) return true;
  if (e.op == Op::all_of || e.op == Op::any_of) {
    for (ExprId arg : e.args)
      if (!monotone(rule, arg)) return false;
    return true;
  }
  const auto c = comparison(rule, e);
  if (!c) return false;
  if (c->op == Op::greater || c->op == Op::greater_equal) return moves(rule, c->left, false);
  const bool outcome = rule.exprs[c->left].op == Op::outcome;
  return outcome && (c->op == Op::less || c->op == Op::less_equal) && moves(rule, c->left, true);
}

}  // namespace

std::vector<bool> bounded_variables(const Rule& rule) {
  std::vector<bool> out(rule.variables.size(), true);
  if (rule.condition == kNoExpr) return out;
  std::vector<bool> seen(rule.exprs.size(), false);
  seen[rule.condition] = true;
  for (ExprId id = rule.condition + 1; id-- > 0;) {
    if (!seen[id]) continue;
    const Expr& e = rule.exprs[id];
    if (e.op == Op::exists || e.op == Op::count) out[e.index] = false;
    for (ExprId arg : e.args) seen[arg] = true;
  }
  for (uint32_t v = 0; v < out.size(); ++v)
    if (!out[v]) out[v] = Absent(rule, v).holds(rule.condition) == Truth::no;
  return out;
}

Result<void> check_variables(const Rule& rule, const std::vector<bool>& bounded) {
  const auto refuse = [&](Span at, const char* text, const char* hint = "") {
    return fail_at("engine.join", text, rule.source, at, hint);
  };
  size_t events = 0;
  bool any = false;
  for (uint32_t v = 0; v < rule.variables.size(); ++v) {
    events += is_temporal(rule.variables[v].kind);
    any |= is_temporal(rule.variables[v].kind) && bounded[v];
  }
  if (events == 0) return refuse(rule.span, "a rule needs an event variable");
  if (events > 1 && !rule.match)
    return refuse(rule.span, "several event variables need a match section",
                  "say within which time they belong together: match: $key over 10m");
  if (!rule.match && !std::ranges::all_of(bounded, [](bool b) { return b; }))
    return refuse(rule.span, "what is absent can only be told within a window", "add a match section");
  if (!any)
    return refuse(rule.condition < rule.exprs.size() ? rule.exprs[rule.condition].span : rule.span,
                  "the condition must ask for at least one event",
                  "$e, or #e > 0, of one variable: nothing happens where nothing is seen");
  if (rule.match && rule.match->window != Match::Window::hop && rule.match->window != Match::Window::tumbling &&
      (!is_temporal(rule.variables[rule.match->pivot].kind) || !bounded[rule.match->pivot]))
    return refuse(rule.match->span, "a sliding window starts or ends at an event variable that must have an event");
  return {};
}

bool is_monotone(const Rule& rule) { return rule.condition == kNoExpr || monotone(rule, rule.condition); }

bool asks_existence_only(const Rule& rule) {
  for (ExprId id : conjuncts(rule)) {
    const Expr& e = rule.exprs[id];
    if (e.op == Op::exists) continue;
    const auto c = comparison(rule, e);
    if (!c || rule.exprs[c->left].op != Op::count) return false;
    if (!(c->op == Op::greater && c->right == 0) && !(c->op == Op::greater_equal && c->right == 1)) return false;
  }
  return true;
}

std::vector<Gate> gates_of(const Rule& rule, const Correlation& correlation) {
  std::vector<Gate> out;
  for (ExprId id : conjuncts(rule)) {
    const auto c = comparison(rule, rule.exprs[id]);
    if (!c || (c->op != Op::greater && c->op != Op::greater_equal && c->op != Op::equal)) continue;
    const Expr& left = rule.exprs[c->left];
    Gate gate{.index = left.index, .least = c->right, .more = c->op == Op::greater};
    if (left.op == Op::count) {
      if (!correlation.variables[left.index].bounded) continue;
      gate.of = Gate::Of::events;
    } else if (left.op == Op::placeholder_count) {
      if (correlation.placeholder_of[left.index] == kNone) continue;
      gate.of = Gate::Of::placeholder;
    } else if (left.op == Op::outcome) {
      // Joining multiplies rows: of several variables only what counts each value once stays a bound.
      const Expr& value = rule.exprs[rule.outcomes[left.index].value];
      if (value.op != Op::aggregate) continue;
      const uint32_t before = left.index == 0 ? 0 : correlation.aggregates_before[left.index - 1];
      const JoinAggregate& aggregate = correlation.aggregates[before];
      const bool once = aggregate.kind == Aggregate::count_distinct || aggregate.kind == Aggregate::max;
      const bool total = aggregate.kind == Aggregate::count || aggregate.kind == Aggregate::sum;
      if (!once && !(total && correlation.variables.size() == 1)) continue;
      if (once && aggregate.only == kNone) continue;
      gate.of = Gate::Of::aggregate;
      gate.index = before;
    } else {
      continue;
    }
    out.push_back(gate);
  }
  return out;
}

}  // namespace sekisho::engine
