// Takes Rules and reference lists, gives Plans: for each kind of variable a Program that selects rows of one event, and
// for rules over several events what joins them (compile_join.cc). Entries: compile(), Lowering::select(). Refuses
// malformed plans and what lower.cc refuses.
#include <algorithm>
#include <atomic>

#include "base/json.h"
#include "engine/correlation.h"
#include "engine/lower.h"

namespace sekisho::engine {
namespace {

const event::MessageType* root_of(Variable::Kind kind) {
  switch (kind) {
    case Variable::Kind::event:
      return &event::Schema::get().event();
    case Variable::Kind::graph:
      return &event::Schema::get().entity();
    case Variable::Kind::detection:
      return &event::Schema::get().detection();
    default:
      return nullptr;
  }
}

std::unexpected<Error> refuse(const Rule& rule, Span at, std::string text) {
  return fail_at("engine.plan", std::move(text), rule.source, at);
}

Result<void> check_slot(const Rule& rule, const Slot& slot) {
  if (slot.variable >= rule.variables.size()) return refuse(rule, rule.span, "malformed slot");
  const event::MessageType* type = root_of(rule.variables[slot.variable].kind);
  if (slot.raw != (type == nullptr) || slot.raw != slot.steps.empty() || (slot.raw && slot.type != Type::text) ||
      (slot.raw && slot.quantifier == Quantifier::all))
    return refuse(rule, rule.span, "malformed slot");
  for (size_t i = 0; i < slot.steps.size(); ++i) {
    const event::Field* f = slot.steps[i].field;
    if (type == nullptr || f == nullptr || type->fields.size() <= f->index || &type->fields[f->index] != f)
      return refuse(rule, rule.span, "a slot leaves the schema");
    const bool last = i + 1 == slot.steps.size();
    const bool map = f->kind == event::Kind::map || (f->is_label_list() && slot.keyed);
    if (last && (slot.keyed ? !map : f->kind == event::Kind::message || f->kind == event::Kind::map))
      return refuse(rule, rule.span, "a slot does not end in a value");
    type = f->message;
  }
  return {};
}

// Everything that is indexed later is checked here once.
Result<void> check_shape(const Rule& rule) {
  if (rule.variables.empty()) return refuse(rule, rule.span, "a rule needs an event variable");
  if (rule.variables.size() > 32)
    return fail_at("engine.limit.variables", "more than 32 event variables", rule.source, rule.span);
  for (const Slot& slot : rule.slots) TRY(check_slot(rule, slot));
  for (ExprId id = 0; id < rule.exprs.size(); ++id) {
    const Expr& e = rule.exprs[id];
    for (ExprId arg : e.args)
      if (arg >= id) return refuse(rule, e.span, "an operand stands behind its user");
    const bool slot = e.op == Op::slot || e.op == Op::whole || e.op == Op::has_field || e.op == Op::has_value;
    const bool variable = e.op == Op::exists || e.op == Op::count || e.op == Op::event_time;
    if (e.op == Op::whole && e.index < rule.slots.size() && !rule.slots[e.index].repeated())
      return refuse(rule, e.span, "only a repeated field can be taken as a list");
    if ((slot && e.index >= rule.slots.size()) || (variable && e.index >= rule.variables.size()) ||
        ((e.op == Op::placeholder || e.op == Op::placeholder_count) && e.index >= rule.placeholders.size()) ||
        (e.op == Op::outcome && e.index >= rule.outcomes.size()) ||
        (e.op == Op::metric && e.index >= rule.measures.size()))
      return refuse(rule, e.span, "an index leads nowhere");
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
      if ((e.op == Op::slot || (e.op == Op::whole && !rule.slots[s].raw)) && e.index == s)
        return refuse(rule, e.span, "any and all belong to one predicate");
      for (ExprId arg : e.args) open[arg] = true;
    }
  }
  const auto exists = [&](ExprId id) { return id == kNoExpr || id < rule.exprs.size(); };
  bool sound = exists(rule.where) && exists(rule.condition);
  for (const Placeholder& p : rule.placeholders)
    for (ExprId id : p.definitions) sound &= id < rule.exprs.size();
  for (const Outcome& o : rule.outcomes) sound &= o.value < rule.exprs.size();
  if (rule.options.suppression_key) sound &= *rule.options.suppression_key < rule.outcomes.size();
  if (!sound) return refuse(rule, rule.span, "an expression is missing");
  if (rule.match) {
    if (rule.match->seconds <= 0) return refuse(rule, rule.match->span, "a window needs a length");
    for (uint32_t key : rule.match->keys)
      if (key >= rule.placeholders.size()) return refuse(rule, rule.match->span, "a match variable is missing");
    const bool pivoted = rule.match->window == Match::Window::before || rule.match->window == Match::Window::after;
    if (pivoted && rule.match->pivot >= rule.variables.size())
      return refuse(rule, rule.match->span, "a sliding window needs an event variable");
  }
  return {};
}

// A rule over one event asks everything of its only variable.
Selection whole_selection(const Rule& rule) {
  Selection out;
  if (rule.where != kNoExpr) out.where.push_back(rule.where);
  for (const Placeholder& p : rule.placeholders) {
    out.placeholders.push_back(p.definitions.empty() ? kNoExpr : p.definitions[0]);
    for (size_t d = 1; d < p.definitions.size(); ++d) out.equal.emplace_back(p.definitions[0], p.definitions[d]);
  }
  return out;
}

// Row i of a data table is what stands at place i of each of its columns ("table.column" lists).
std::vector<std::string> table_rows(const std::string& table, const ReferenceLists& lists) {
  std::vector<std::pair<std::string, const std::vector<std::string>*>> columns;
  size_t count = 0;
  for (const auto& [name, values] : lists) {
    if (!name.starts_with(table + ".")) continue;
    columns.emplace_back(name.substr(table.size() + 1), &values);
    count = std::max(count, values.size());
  }
  std::vector<std::string> out(count);
  for (size_t i = 0; i < count; ++i) {
    JsonWriter json(out[i]);
    json.begin_object();
    for (const auto& [name, values] : columns)
      if (i < values->size()) json.member(name, (*values)[i]);
    json.end_object();
  }
  return out;
}

}  // namespace

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
      if (slot.variable == selection_->variable && slot.quantifier == Quantifier::each && slot.repeated())
        dims_of(slot, false, &dims);
      out.insert(dims.begin(), dims.end());
    }
    if (e.op == Op::placeholder && selection_->placeholders[e.index] != kNoExpr)
      roots.push_back(selection_->placeholders[e.index]);
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
    if (slot.variable == selection_->variable && slot.quantifier == Quantifier::each && slot.repeated())
      dims_of(slot, false, &chain);
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

Lowering::Place Lowering::place(const std::set<DimId>& expanded) const {
  return {.expanded = &expanded, .memo = std::vector<NodeId>(rule_->exprs.size(), kNone)};
}

Result<RuleProgram> Lowering::select(const Rule& rule, const Selection& selection) {
  rule_ = &rule;
  selection_ = &selection;
  RuleProgram out;
  out.variable = selection.variable;
  out_ = &out;
  defining_.assign(rule.placeholders.size(), 0);
  placeholder_nodes_.assign(rule.placeholders.size(), kNone);

  std::vector<ExprId> roots = selection.where;
  roots.insert(roots.end(), selection.also_expand.begin(), selection.also_expand.end());
  for (ExprId id : selection.placeholders)
    if (id != kNoExpr) roots.push_back(id);
  for (const auto& [first, other] : selection.equal) roots.push_back(other);
  rule_dims_ = expanded_by(roots);
  out.dims = in_slot_order(rule_dims_);

  Place events = place(rule_dims_);
  std::vector<NodeId> conditions;
  for (ExprId id : selection.where) {
    TRY_ASSIGN(where, lower(id, events, 0));
    if (program_.nodes[where].type != Type::boolean)
      return refuse("engine.type", rule.exprs[id].span, "the events section needs a predicate");
    conjuncts(where, false, conditions);
  }
  for (const auto& [first, other] : selection.equal) {
    TRY_ASSIGN(a, lower(first, events, 0));
    TRY_ASSIGN(b, lower(other, events, 0));
    const Expr same{.op = Op::equal, .span = rule.exprs[other].span};
    TRY_ASSIGN(equality, lower_compare(same, {a, b}));
    conditions.push_back(equality);
  }
  for (ExprId id : selection.not_zero) {
    TRY_ASSIGN(value, lower(id, events, 0));
    conditions.push_back(
        program_.nodes[value].type == Type::boolean ? value : node({.code = Code::present, .leaf = true}, {value}));
  }
  for (NodeId id : conditions) (program_.nodes[id].dim == kMany ? out.rest : out.chain).push_back(id);
  const auto cheaper = [&](NodeId a, NodeId b) { return program_.nodes[a].cost < program_.nodes[b].cost; };
  std::stable_sort(out.chain.begin(), out.chain.end(), cheaper);
  std::stable_sort(out.rest.begin(), out.rest.end(), cheaper);
  return out;
}

Result<StoredValue> Lowering::value(ExprId id, bool predicate, bool many, RuleProgram& into) {
  out_ = &into;
  const std::set<DimId> own_dims = expanded_by({id});
  std::set<DimId> expanded = rule_dims_;
  StoredValue out;
  if (many) {
    expanded.insert(own_dims.begin(), own_dims.end());
    for (DimId d : in_slot_order(own_dims))
      if (!rule_dims_.contains(d)) out.extra.push_back(d);
    out.many = !out.extra.empty();
  }
  Place here = place(expanded);
  here.loose = !predicate;
  TRY_ASSIGN(made, lower(id, here, 0));
  out.node = made;
  return out;
}

Result<NodeId> Lowering::lower_with(const Rule& rule, ExprId id, const Leaf& leaf) {
  rule_ = &rule;
  const Leaf* const outer = std::exchange(leaf_, &leaf);  // an aggregate's argument is lowered while its outcome is
  static const std::set<DimId> kNothing;
  Place here = place(kNothing);
  auto made = lower(id, here, 0);
  leaf_ = outer;
  return made;
}

Result<RuleProgram> Lowering::whole_rule(const Rule& rule, const Selection& selection) {
  TRY_ASSIGN(out, select(rule, selection));
  out_ = &out;
  const auto fresh = [&](bool condition) {
    Place made = place(rule_dims_);
    made.grouped = true;
    made.condition = condition;
    return made;
  };
  for (const Placeholder& p : rule.placeholders) {
    if (p.definitions.empty()) return refuse("engine.plan", rule.span, "$" + p.name + " is never given a value");
    Place events = place(rule_dims_);
    TRY_ASSIGN(value, lower(p.definitions[0], events, 0));
    out.placeholders.push_back(value);
  }
  for (const Outcome& o : rule.outcomes) {
    // A place of its own: an aggregate is evaluated before the outcome that holds it, and outcomes may be many.
    Place outcomes = fresh(false);
    TRY_ASSIGN(value, lower(o.value, outcomes, 0));
    out.outcomes.push_back(value);
    out.aggregates_before.push_back(static_cast<uint32_t>(out.aggregates.size()));
  }
  if (rule.condition != kNoExpr) {
    Place condition = fresh(true);
    TRY_ASSIGN(value, lower(rule.condition, condition, 0));
    if (program_.nodes[value].type != Type::boolean)
      return refuse("engine.type", rule.exprs[rule.condition].span, "the condition needs a predicate");
    out.condition = value;
  }
  return out;
}

namespace {

// What counts for the measures of all rules: as rules after theirs, one for each name.
Result<void> add_measures(Plans& plans) {
  plans.own_rules = plans.rules.size();
  std::vector<Rule> counts;
  for (const Rule& rule : plans.rules)
    for (const Measure& m : rule.measures) {
      if (!m.counts) return refuse(rule, rule.span, "a measure counts nothing");
      const Rule& from = *m.counts;
      const size_t keys = from.match ? from.match->keys.size() : 0;
      if (from.variables.size() != 1 || from.variables[0].kind != Variable::Kind::event ||
          keys <= (m.unique ? 1u : 0u) || from.outcomes.size() > 1 || !from.measures.empty())
        return refuse(rule, rule.span, "malformed measure " + m.name);
      if (!plans.measures.try_emplace(m.name, static_cast<uint32_t>(counts.size())).second) continue;
      counts.push_back(from);
      counts.back().name = m.name;
      counts.back().silent = true;
      plans.counted.push_back({.unique = m.unique});
    }
  std::ranges::move(counts, std::back_inserter(plans.rules));
  return {};
}

// The correlation made last counts for a measure: its groups' keys and what is summed are looked up there.
Result<void> note_measure(Plans& plans, uint32_t measure) {
  Correlation& c = plans.correlations.back();
  Counted& counted = plans.counted[measure];
  c.measure = measure;
  counted.correlation = static_cast<uint32_t>(plans.correlations.size() - 1);
  const Rule& rule = plans.rules[c.rule];
  if (c.aggregates.size() > 1 || c.partition != rule.match->keys.size())
    return refuse(rule, rule.span, "malformed measure");
  for (const JoinAggregate& a : c.aggregates) {
    const Node* read = a.arg == kNone ? nullptr : &plans.joined->nodes[a.arg];
    if (a.kind != Aggregate::sum || read == nullptr || read->code != Code::stored)
      return refuse(rule, rule.span, "a measure sums one number of an event");
    counted.sum = read->index;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Plans>> compile(std::vector<Rule> rules, const ReferenceLists& lists,
                                       const EngineOptions& options) {
  static std::atomic<uint64_t> serial = 0;
  auto plans = std::make_unique<Plans>();
  plans->options = options;
  plans->serial = ++serial;
  plans->rules = std::move(rules);
  TRY(add_measures(*plans));
  const auto program = [&](const event::MessageType* root) {
    auto made = std::make_unique<Program>();
    made->serial = ++serial;
    made->rules = &plans->rules;
    made->root = root;
    made->limits = options.limits;
    made->clock = options.clock;
    made->time_fields = options.time_fields;
    made->dims.push_back({});
    return made;
  };
  plans->joined = program(nullptr);
  Lowering joined(*plans->joined, lists);
  std::array<std::unique_ptr<Lowering>, 5> lowerings;
  const auto lowering = [&](Variable::Kind kind) -> Lowering& {
    const auto k = static_cast<size_t>(kind);
    if (!lowerings[k]) {
      plans->selectors[k] = program(root_of(kind));
      lowerings[k] = std::make_unique<Lowering>(*plans->selectors[k], lists);
    }
    return *lowerings[k];
  };
  for (RuleId id = 0; id < plans->rules.size(); ++id) {
    const Rule& rule = plans->rules[id];
    TRY(check_shape(rule));
    for (const Variable& v : rule.variables)
      if (v.kind == Variable::Kind::table && !plans->tables.contains(v.name)) {
        auto rows = table_rows(v.name, lists);
        if (rows.empty()) return fail_at("engine.list", "unknown data table %" + v.name, rule.source, rule.span);
        plans->tables.emplace(v.name, std::move(rows));
      }
    const Variable::Kind kind = rule.variables[0].kind;
    if (rule.match || rule.variables.size() > 1 || !is_temporal(kind) || !rule.measures.empty()) {
      TRY(compile_join(rule, id, lowering, joined, *plans));
      if (id >= plans->own_rules) TRY(note_measure(*plans, static_cast<uint32_t>(id - plans->own_rules)));
      continue;
    }
    TRY_ASSIGN(made, lowering(kind).whole_rule(rule, whole_selection(rule)));
    made.rule = id;
    plans->selectors[static_cast<size_t>(kind)]->programs.push_back(std::move(made));
  }
  if (const Program* detections = plans->selector(Variable::Kind::detection))
    plans->reads_texts = std::any_of(detections->dims.begin(), detections->dims.end(),
                                     [](const Dim& d) { return d.path.starts_with("collection_elements"); });
  // A text is a value like any other that a row keeps: it is counted, evicted and saved with it.
  for (Correlation& c : plans->correlations)
    for (JoinVariable& v : c.variables) {
      if (!plans->reads_texts || v.kind != Variable::Kind::event || c.measure != kNone) continue;
      v.text = static_cast<uint32_t>(v.columns.size());
      v.columns.push_back({Type::text, false});
    }
  for (auto& selector : plans->selectors) {
    if (!selector) continue;
    build_pools(*selector);
    choose_witnesses(*selector);
  }
  return plans;
}

}  // namespace sekisho::engine
