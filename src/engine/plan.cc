// Takes what a front end says, gives expressions of a Rule, with their types. No entry of its own; Engine::build checks
// what is built here.
#include "engine/plan.h"

namespace sekisho::engine {

Type aggregate_type(Aggregate kind, Type argument) {
  switch (kind) {
    case Aggregate::count:
    case Aggregate::count_distinct:
      return Type::integer;
    case Aggregate::avg:
    case Aggregate::stddev:
    case Aggregate::percentile:
    case Aggregate::variance:
    case Aggregate::median:
      return Type::real;
    case Aggregate::mode:
    case Aggregate::first:
    case Aggregate::last:
      return Type::text;
    case Aggregate::array:
    case Aggregate::array_distinct:
      return Type::list;
    default:
      return argument;
  }
}

Type metric_type(const MetricUse& use) {
  return use.over == OverPeriods::avg || use.over == OverPeriods::stddev ? Type::real : Type::integer;
}

std::string_view Rule::meta_value(std::string_view key) const {
  for (const auto& [meta_key, value] : meta)
    if (meta_key == key) return value;
  return {};
}

uint32_t Rule::variable(std::string_view name_of, Variable::Kind kind) {
  for (size_t i = 0; i < variables.size(); ++i)
    if (variables[i].name == name_of) return static_cast<uint32_t>(i);
  variables.push_back({std::string(name_of), kind});
  return static_cast<uint32_t>(variables.size() - 1);
}

uint32_t Rule::placeholder(std::string_view name_of, Type type) {
  for (size_t i = 0; i < placeholders.size(); ++i)
    if (placeholders[i].name == name_of) return static_cast<uint32_t>(i);
  placeholders.push_back({std::string(name_of), type, {}});
  return static_cast<uint32_t>(placeholders.size() - 1);
}

void Rule::define(uint32_t id, ExprId value) { placeholders[id].definitions.push_back(value); }

uint32_t Rule::add_slot(Slot slot) {
  for (size_t i = 0; i < slots.size(); ++i)
    if (slots[i] == slot) return static_cast<uint32_t>(i);
  slots.push_back(std::move(slot));
  return static_cast<uint32_t>(slots.size() - 1);
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_equal:
      return Op::less_equal;
    default:
      return op;
  }
}

ExprId Rule::add(Expr expr) {
  exprs.push_back(std::move(expr));
  return static_cast<ExprId>(exprs.size() - 1);
}

ExprId Rule::constant(Constant value, Span at) {
  const Type type = engine::type_of(value);
  return add({.op = Op::constant, .type = type, .value = std::move(value), .span = at});
}

ExprId Rule::slot(Slot slot, Span at) {
  const Type type = slot.type;
  return add({.op = Op::slot, .type = type, .index = add_slot(std::move(slot)), .span = at});
}

ExprId Rule::whole(Slot slot, Span at) {
  return add({.op = Op::whole, .type = Type::list, .index = add_slot(std::move(slot)), .span = at});
}

ExprId Rule::list(std::vector<ExprId> items, Span at) {
  return add({.op = Op::list, .type = Type::list, .args = std::move(items), .span = at});
}

ExprId Rule::placeholder_ref(uint32_t id, Span at) {
  return add({.op = Op::placeholder, .type = placeholders[id].type, .index = id, .span = at});
}

ExprId Rule::enum_name(ExprId arg, const event::EnumType* enumeration, Span at) {
  return add({.op = Op::enum_name, .type = Type::text, .enumeration = enumeration, .args = {arg}, .span = at});
}

ExprId Rule::all_of(std::vector<ExprId> args, Span at) {
  return add({.op = Op::all_of, .type = Type::boolean, .args = std::move(args), .span = at});
}

ExprId Rule::any_of(std::vector<ExprId> args, Span at) {
  return add({.op = Op::any_of, .type = Type::boolean, .args = std::move(args), .span = at});
}

ExprId Rule::negate(ExprId arg, Span at) {
  return add({.op = Op::negate, .type = Type::boolean, .args = {arg}, .span = at});
}

ExprId Rule::compare(Op op, ExprId a, ExprId b, bool nocase, Span at) {
  return add({.op = op, .type = Type::boolean, .nocase = nocase, .args = {a, b}, .span = at});
}

ExprId Rule::matches(ExprId text, std::string pattern, bool nocase, Span at) {
  return add({.op = Op::match,
              .type = Type::boolean,
              .nocase = nocase,
              .value = std::move(pattern),
              .args = {text},
              .span = at});
}

ExprId Rule::in_list(ExprId text, std::string list_name, ListMode mode, bool nocase, Span at) {
  return add({.op = Op::in_list,
              .type = Type::boolean,
              .nocase = nocase,
              .list_mode = mode,
              .value = std::move(list_name),
              .args = {text},
              .span = at});
}

ExprId Rule::quantified(ExprId predicate, Span at) {
  // Operands stand before their users, so one pass down the array finds everything below the predicate.
  std::vector<bool> below(predicate + 1, false);
  below[predicate] = true;
  for (ExprId i = predicate + 1; i-- > 0;) {
    if (!below[i]) continue;
    const Expr& e = exprs[i];
    if (e.op == Op::slot && slots[e.index].quantifier != Quantifier::each) {
      const Op op = slots[e.index].quantifier == Quantifier::any ? Op::any : Op::all;
      const uint32_t index = e.index;
      return add({.op = op, .type = Type::boolean, .index = index, .args = {predicate}, .span = at});
    }
    for (ExprId arg : e.args)
      if (arg < i) below[arg] = true;
  }
  return predicate;
}

ExprId Rule::call(const Function& function, std::vector<ExprId> args, bool nocase, Span at) {
  const Type type = function.same_as_first && !args.empty() ? type_of(args[0]) : function.result;
  return add(
      {.op = Op::call, .type = type, .nocase = nocase, .function = &function, .args = std::move(args), .span = at});
}

ExprId Rule::arithmetic(Op op, ExprId a, ExprId b, Span at) {
  if (b == kNoExpr) return add({.op = op, .type = type_of(a), .args = {a}, .span = at});
  const bool whole = type_of(a) == Type::integer && type_of(b) == Type::integer && op != Op::divide;
  return add({.op = op, .type = whole ? Type::integer : Type::real, .args = {a, b}, .span = at});
}

ExprId Rule::choose(ExprId condition_id, ExprId yes, ExprId no, Span at) {
  if (no == kNoExpr) {
    Constant zero;
    switch (type_of(yes)) {
      case Type::integer:
        zero = int64_t{0};
        break;
      case Type::real:
        zero = 0.0;
        break;
      case Type::text:
        zero = std::string();
        break;
      default:
        zero = false;
    }
    no = constant(std::move(zero), at);
  }
  const Type type = type_of(yes) == Type::integer && type_of(no) == Type::real ? Type::real : type_of(yes);
  return add({.op = Op::choose, .type = type, .args = {condition_id, yes, no}, .span = at});
}

ExprId Rule::aggregate(Aggregate kind, ExprId arg, Span at, double percentage) {
  const Type type = aggregate_type(kind, arg == kNoExpr ? Type::integer : type_of(arg));
  std::vector<ExprId> args;
  if (arg != kNoExpr) args.push_back(arg);
  return add(
      {.op = Op::aggregate, .type = type, .kind = kind, .value = percentage, .args = std::move(args), .span = at});
}

ExprId Rule::outcome_ref(uint32_t id, Span at) {
  return add({.op = Op::outcome, .type = outcomes[id].type, .index = id, .span = at});
}

uint32_t Rule::measure(Measure made) {
  for (size_t i = 0; i < measures.size(); ++i)
    if (measures[i].name == made.name) return static_cast<uint32_t>(i);
  measures.push_back(std::move(made));
  return static_cast<uint32_t>(measures.size() - 1);
}

ExprId Rule::metric(uint32_t id, MetricUse use, std::vector<ExprId> args, Span at) {
  return add(
      {.op = Op::metric, .type = metric_type(use), .index = id, .metric = use, .args = std::move(args), .span = at});
}

ExprId Rule::observed(Observed of, Span at) {
  return add({.op = Op::observed, .type = Type::integer, .index = static_cast<uint32_t>(of), .span = at});
}

ExprId Rule::has_field(Slot raw, Span at) {
  return add({.op = Op::has_field, .type = Type::boolean, .index = add_slot(std::move(raw)), .span = at});
}

ExprId Rule::has_value(Slot raw, Span at) {
  return add({.op = Op::has_value, .type = Type::boolean, .index = add_slot(std::move(raw)), .span = at});
}

ExprId Rule::event_time(uint32_t id, Span at) {
  return add({.op = Op::event_time, .type = Type::integer, .index = id, .span = at});
}

ExprId Rule::exists(uint32_t id, Span at) {
  return add({.op = Op::exists, .type = Type::boolean, .index = id, .span = at});
}

ExprId Rule::count_of(uint32_t id, Span at) {
  return add({.op = Op::count, .type = Type::integer, .index = id, .span = at});
}

ExprId Rule::placeholder_count(uint32_t id, Span at) {
  return add({.op = Op::placeholder_count, .type = Type::integer, .index = id, .span = at});
}

uint32_t Rule::outcome(std::string outcome_name, ExprId value) {
  outcomes.push_back({std::move(outcome_name), value, type_of(value)});
  return static_cast<uint32_t>(outcomes.size() - 1);
}

}  // namespace sekisho::engine
