// Takes Rules and reference lists, gives a Program. Entries: compile(), Lowering::rule(). Refuses malformed plans, what
// is not yet supported, and what lower.cc refuses.
#include <algorithm>
#include <atomic>

#include "engine/lower.h"

namespace sekisho::engine {

// Everything that is indexed later is checked here once.
Result<void> Lowering::check_shape(const Rule& rule) const {
  if (rule.match) return refuse("engine.unsupported", rule.match->span, "a match section is not yet supported");
  if (rule.variables.size() > 1)
    return refuse("engine.unsupported", rule.span, "more than one event variable is not yet supported");
  for (const Variable& v : rule.variables)
    if (v.kind == Variable::Kind::graph)
      return refuse("engine.unsupported", rule.span, "entity graph variables are not yet supported");
  if (rule.variables.empty()) return refuse("engine.plan", rule.span, "a rule needs an event variable");
  for (const Slot& slot : rule.slots) {
    if (slot.variable >= rule.variables.size() || slot.steps.empty())
      return refuse("engine.plan", rule.span, "malformed slot");
    const event::MessageType* type = &event::Schema::get().event();
    for (size_t i = 0; i < slot.steps.size(); ++i) {
      const event::Field* f = slot.steps[i].field;
      if (type == nullptr || f == nullptr || type->fields.size() <= f->index || &type->fields[f->index] != f)
        return refuse("engine.plan", rule.span, "a slot leaves the schema");
      const bool last = i + 1 == slot.steps.size();
      const bool map = f->kind == event::Kind::map || (f->is_label_list() && slot.keyed);
      if (last && (slot.keyed ? !map : f->kind == event::Kind::message || f->kind == event::Kind::map))
        return refuse("engine.plan", rule.span, "a slot does not end in a value");
      type = f->message;
    }
  }
  for (ExprId id = 0; id < rule.exprs.size(); ++id) {
    const Expr& e = rule.exprs[id];
    for (ExprId arg : e.args)
      if (arg >= id) return refuse("engine.plan", e.span, "an operand stands behind its user");
    const bool slot = e.op == Op::slot || e.op == Op::whole;
    if (e.op == Op::whole && e.index < rule.slots.size() && !rule.slots[e.index].repeated())
      return refuse("engine.plan", e.span, "only a repeated field can be taken as a list");
    if ((slot && e.index >= rule.slots.size()) || (e.op == Op::placeholder && e.index >= rule.placeholders.size()) ||
        (e.op == Op::outcome && e.index >= rule.outcomes.size()))
      return refuse("engine.plan", e.span, "an index leads nowhere");
  }
  // An any/all slot has a value only inside its own any or all.
  std::vector<ExprId> roots;
  if (rule.where < rule.exprs.size()) roots.push_back(rule.where);
  if (rule.condition < rule.exprs.size()) roots.push_back(rule.condition);
  for (const Placeholder& p : rule.placeholders) roots.insert(roots.end(), p.definitions.begin(), p.definitions.end());
  for (const Outcome& o : rule.outcomes) roots.push_back(o.value);
  for (uint32_t s = 0; s < rule.slots.size(); ++s) {
    if (rule.slots[s].quantifier == Quantifier::each) continue;
    std::vector<bool> open(rule.exprs.size(), false);
    for (ExprId id : roots)
      if (id < open.size()) open[id] = true;
    for (ExprId id = static_cast<ExprId>(open.size()); id-- > 0;) {
      const Expr& e = rule.exprs[id];
      if (!open[id] || ((e.op == Op::any || e.op == Op::all) && e.index == s)) continue;
      if ((e.op == Op::slot || e.op == Op::whole) && e.index == s)
        return refuse("engine.plan", e.span, "any and all belong to one predicate");
      for (ExprId arg : e.args) open[arg] = true;
    }
  }
  const auto exists = [&](ExprId id) { return id == kNoExpr || id < rule.exprs.size(); };
  bool sound = exists(rule.where) && exists(rule.condition);
  for (const Placeholder& p : rule.placeholders)
    for (ExprId id : p.definitions) sound &= id < rule.exprs.size();
  for (const Outcome& o : rule.outcomes) sound &= o.value < rule.exprs.size();
  if (!sound) return refuse("engine.plan", rule.span, "an expression is missing");
  return {};
}

// The dims that these expressions expand, with what the placeholders in them stand for.
std::set<DimId> Lowering::expanded_by(std::vector<ExprId> roots) {
  std::vector<bool> seen(rule_->exprs.size(), false);
  std::set<DimId> out;
  while (!roots.empty()) {
    const ExprId id = roots.back();
    roots.pop_back();
    if (seen[id]) continue;
    seen[id] = true;
    const Expr& e = rule_->exprs[id];
    if (e.op == Op::slot) {
      const Slot& slot = rule_->slots[e.index];
      std::vector<DimId> dims;
      if (slot.quantifier == Quantifier::each && slot.repeated()) dims_of(slot, false, &dims);
      out.insert(dims.begin(), dims.end());
    }
    if (e.op == Op::placeholder)
      for (ExprId d : rule_->placeholders[e.index].definitions) roots.push_back(d);
    for (ExprId arg : e.args) roots.push_back(arg);
  }
  return out;
}

// Rows are ordered by the repeated fields as the rule first names them, so that other rules cannot change what comes
// first.
std::vector<DimId> Lowering::in_slot_order(const std::set<DimId>& dims) {
  std::vector<DimId> out;
  for (const Slot& slot : rule_->slots) {
    std::vector<DimId> chain;
    if (slot.quantifier == Quantifier::each && slot.repeated()) dims_of(slot, false, &chain);
    for (DimId d : chain)
      if (dims.contains(d) && std::find(out.begin(), out.end(), d) == out.end()) out.push_back(d);
  }
  return out;
}

// and inside and, and not (a or b), are taken apart, so that each piece can be answered on its own chain of dims.
void Lowering::conjuncts(NodeId id, bool negated, std::vector<NodeId>& out) {
  std::vector<std::pair<NodeId, bool>> open = {{id, negated}};
  while (!open.empty()) {
    const auto [at, flip] = open.back();
    open.pop_back();
    const Node n = program_.nodes[at];
    const std::vector<NodeId> operands(program_.args.begin() + n.first, program_.args.begin() + n.first + n.count);
    if (n.code == Code::negate) {
      open.emplace_back(operands[0], !flip);
    } else if ((n.code == Code::all_of && !flip) || (n.code == Code::any_of && flip)) {
      for (auto it = operands.rbegin(); it != operands.rend(); ++it) open.emplace_back(*it, flip);
    } else {
      out.push_back(flip ? node({.code = Code::negate}, {at}) : at);
    }
  }
}

Result<RuleProgram> Lowering::rule(const Rule& rule) {
  rule_ = &rule;
  RuleProgram out;
  out_ = &out;
  TRY(check_shape(rule));
  defining_.assign(rule.placeholders.size(), 0);
  placeholder_nodes_.assign(rule.placeholders.size(), kNone);

  std::vector<ExprId> roots;
  if (rule.where != kNoExpr) roots.push_back(rule.where);
  for (const Placeholder& p : rule.placeholders) roots.insert(roots.end(), p.definitions.begin(), p.definitions.end());
  rule_dims_ = expanded_by(roots);
  out.dims = in_slot_order(rule_dims_);

  const auto fresh = [&](bool grouped, bool condition) {
    return Place{&rule_dims_, grouped, condition, std::vector<NodeId>(rule.exprs.size(), kNone)};
  };
  Place events = fresh(false, false);
  std::vector<NodeId> conditions;
  if (rule.where != kNoExpr) {
    TRY_ASSIGN(where, lower(rule.where, events, 0));
    if (program_.nodes[where].type != Type::boolean)
      return refuse("engine.type", rule.exprs[rule.where].span, "the events section needs a predicate");
    conjuncts(where, false, conditions);
  }
  for (uint32_t i = 0; i < rule.placeholders.size(); ++i) {
    const Placeholder& p = rule.placeholders[i];
    if (p.definitions.empty()) return refuse("engine.plan", rule.span, "$" + p.name + " is never given a value");
    for (size_t d = 0; d < p.definitions.size(); ++d) {
      TRY_ASSIGN(value, lower(p.definitions[d], events, 0));
      if (d == 0) {
        out.placeholders.push_back(value);
        continue;
      }
      const Expr same{.op = Op::equal, .span = rule.exprs[p.definitions[d]].span};
      TRY_ASSIGN(equality, lower_compare(same, {out.placeholders.back(), value}));
      conditions.push_back(equality);
    }
  }
  for (NodeId id : conditions) (program_.nodes[id].dim == kMany ? out.rest : out.chain).push_back(id);
  const auto cheaper = [&](NodeId a, NodeId b) { return program_.nodes[a].cost < program_.nodes[b].cost; };
  std::stable_sort(out.chain.begin(), out.chain.end(), cheaper);
  std::stable_sort(out.rest.begin(), out.rest.end(), cheaper);

  for (const Outcome& o : rule.outcomes) {
    // A place of its own: an aggregate is evaluated before the outcome that holds it, and outcomes may be many.
    Place outcomes = fresh(true, false);
    TRY_ASSIGN(value, lower(o.value, outcomes, 0));
    out.outcomes.push_back(value);
    out.aggregates_before.push_back(static_cast<uint32_t>(out.aggregates.size()));
  }
  if (rule.condition != kNoExpr) {
    Place condition = fresh(true, true);
    TRY_ASSIGN(value, lower(rule.condition, condition, 0));
    if (program_.nodes[value].type != Type::boolean)
      return refuse("engine.type", rule.exprs[rule.condition].span, "the condition needs a predicate");
    out.condition = value;
  }
  return out;
}

Result<std::unique_ptr<Program>> compile(std::vector<Rule> rules, const ReferenceLists& lists, const Limits& limits) {
  static std::atomic<uint64_t> serial = 0;
  auto program = std::make_unique<Program>();
  program->serial = ++serial;
  program->limits = limits;
  program->rules = std::move(rules);
  program->dims.push_back({});
  Lowering lowering(*program, lists);
  for (const Rule& rule : program->rules) {
    TRY_ASSIGN(made, lowering.rule(rule));
    program->programs.push_back(std::move(made));
  }
  build_pools(*program);
  choose_witnesses(*program);
  return program;
}

}  // namespace sekisho::engine
