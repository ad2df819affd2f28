// Takes a rule's condition, says what its form implies: which variables it bounds, and whether further rows can only
// make it truer. Entries: oracle_bounded(), oracle_monotone().
#include "engine/oracle_parts.h"

namespace sekisho::engine {
namespace {

// What is known of an expression when a variable has no event and nothing is known of all else.
struct Known {
  std::optional<double> number;  // of a truth: 0 or 1
};

bool judge(Op op, double a, double b) {
  switch (op) {
    case Op::equal:
      return a == b;
    case Op::not_equal:
      return a != b;
    case Op::less:
      return a < b;
    case Op::less_equal:
      return a <= b;
    case Op::greater:
      return a > b;
    default:
      return a >= b;
  }
}

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

std::optional<double> number_of(const Constant& c) {
  if (const auto* i = std::get_if<int64_t>(&c)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&c)) return *d;
  if (const auto* b = std::get_if<bool>(&c)) return *b ? 1.0 : 0.0;
  return std::nullopt;
}

bool reads(const Rule& rule, ExprId id, uint32_t variable) {
  const Expr& e = rule.exprs[id];
  if ((e.op == Op::slot || e.op == Op::whole || e.op == Op::has_field || e.op == Op::has_value) &&
      rule.slots[e.index].variable == variable)
    return true;
  if (e.op == Op::event_time && e.index == variable) return true;
  if (e.op == Op::placeholder)
    for (ExprId d : rule.placeholders[e.index].definitions)
      if (reads(rule, d, variable)) return true;
  for (ExprId a : e.args)
    if (reads(rule, a, variable)) return true;
  return false;
}

// Without an event of the variable the placeholder has no value.
bool only_of(const Rule& rule, uint32_t placeholder, uint32_t variable) {
  for (ExprId d : rule.placeholders[placeholder].definitions)
    if (!reads(rule, d, variable)) return false;
  return true;
}

Known without(const Rule& rule, ExprId id, uint32_t variable) {
  const Expr& e = rule.exprs[id];
  if (e.op == Op::constant) return {number_of(e.value)};
  if ((e.op == Op::exists || e.op == Op::count) && e.index == variable) return {0.0};
  if (e.op == Op::placeholder_count && only_of(rule, e.index, variable)) return {0.0};
  if (e.op == Op::negate) {
    const Known k = without(rule, e.args[0], variable);
    return k.number ? Known{*k.number == 0 ? 1.0 : 0.0} : Known{};
  }
  if (e.op == Op::all_of || e.op == Op::any_of) {
    const double decisive = e.op == Op::any_of ? 1.0 : 0.0;
    bool all_known = true;
    for (ExprId a : e.args) {
      const Known k = without(rule, a, variable);
      if (k.number == decisive) return k;
      all_known = all_known && k.number.has_value();
    }
    return all_known ? Known{1.0 - decisive} : Known{};
  }
  if (is_comparison(e.op)) {
    const Known a = without(rule, e.args[0], variable), b = without(rule, e.args[1], variable);
    if (a.number && b.number) return {judge(e.op, *a.number, *b.number) ? 1.0 : 0.0};
  }
  return {};
}

bool names(const Rule& rule, ExprId id, uint32_t variable) {
  const Expr& e = rule.exprs[id];
  if ((e.op == Op::exists || e.op == Op::count) && e.index == variable) return true;
  for (ExprId a : e.args)
    if (names(rule, a, variable)) return true;
  return false;
}

// Whether an expression of outcomes can only grow (or only shrink) with more rows.
bool grows(const Rule& rule, ExprId id, bool shrink) {
  const Expr& e = rule.exprs[id];
  switch (e.op) {
    case Op::constant:
      return true;
    case Op::count:
    case Op::placeholder_count:
      return !shrink;
    case Op::outcome:
      return grows(rule, rule.outcomes[e.index].value, shrink);
    case Op::add:
      return grows(rule, e.args[0], shrink) && grows(rule, e.args[1], shrink);
    case Op::multiply:
      for (size_t i : {0, 1}) {
        const auto factor =
            rule.exprs[e.args[i]].op == Op::constant ? number_of(rule.exprs[e.args[i]].value) : std::nullopt;
        if (factor && *factor >= 0 && grows(rule, e.args[1 - i], shrink)) return true;
      }
      return false;
    case Op::aggregate:
      // A least value that leaves zeros out begins at 0 and grows with the first other one.
      if (shrink) return (e.kind == Aggregate::min && e.value != Constant(true)) || e.kind == Aggregate::earliest;
      return e.kind == Aggregate::count || e.kind == Aggregate::count_distinct || e.kind == Aggregate::max ||
             e.kind == Aggregate::latest || e.kind == Aggregate::sum;
    default:
      return false;
  }
}

bool truer(const Rule& rule, ExprId id) {
  const Expr& e = rule.exprs[id];
  if (e.op == Op::exists) return true;
  if (e.op == Op::all_of || e.op == Op::any_of) {
    for (ExprId a : e.args)
      if (!truer(rule, a)) return false;
    return true;
  }
  if (e.op != Op::less && e.op != Op::less_equal && e.op != Op::greater && e.op != Op::greater_equal) return false;
  const auto limited = [&](size_t i) {
    const Expr& side = rule.exprs[e.args[i]];
    return side.op == Op::constant && number_of(side.value).has_value();
  };
  const bool mirrored = limited(0);
  if (!mirrored && !limited(1)) return false;
  const bool at_least = (e.op == Op::greater || e.op == Op::greater_equal) != mirrored;
  return grows(rule, e.args[mirrored ? 1 : 0], !at_least);
}

}  // namespace

bool oracle_bounded(const Rule& rule, uint32_t variable) {
  const Variable::Kind kind = rule.variables[variable].kind;
  if (kind == Variable::Kind::graph || kind == Variable::Kind::table) return true;
  if (!rule.match || rule.condition == kNoExpr || !names(rule, rule.condition, variable)) return true;
  return without(rule, rule.condition, variable).number == 0.0;
}

bool oracle_monotone(const Rule& rule) {
  for (uint32_t v = 0; v < rule.variables.size(); ++v)
    if (!oracle_bounded(rule, v)) return false;
  return rule.condition == kNoExpr || truer(rule, rule.condition);
}

}  // namespace sekisho::engine
