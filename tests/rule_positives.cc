// Takes a plan and lists, gives events that fulfil it and changes that undo it. Entry: make_positive(). Refuses rules
// on detections and tables.
#include "rule_positives.h"

#include <algorithm>

#include "event_draft.h"
#include "regex_samples.h"
#include "rule_solver.h"

namespace sekisho::tests {

using engine::Constant;
using engine::Expr;
using engine::ExprId;
using engine::Op;
using engine::Slot;
using engine::Type;
using Kind = engine::Variable::Kind;

namespace {

constexpr size_t kMostMutationChecks = 60;  // values tried for one field

bool is_zero(const Constant& value) { return engine::Datum::of(value).is_zero(); }

class Maker {
 public:
  Maker(engine::Rule& rule, const engine::ReferenceLists& lists)
      : rule_(rule), needs_(demands(rule)), model_(rule, lists), solver_(model_) {
    join_fields();
    const int64_t window = rule.match ? rule.match->seconds : 600;
    model_.gap = std::clamp<int64_t>(window / 50, 1, 5);
  }

  Result<Positive> run() {
    for (const Need& need : needs_) {
      if (solver_.satisfy(need)) continue;
      const ExprId at = solver_.stuck == engine::kNoExpr ? need.expr : solver_.stuck;
      if (contradicts())
        return fail_at("positive.contradiction", "no event can fulfil this rule", rule_.source, rule_.exprs[at].span);
      return fail_at("positive.unsolved", "no value found for a predicate", rule_.source, rule_.exprs[at].span);
    }
    if (!solver_.all_hold(needs_)) return fail("positive.unsolved", "predicates contradict each other", rule_.source);
    // All instances of one variable before the next second: what the rule says of their order holds for each.
    model_.step = std::max<int64_t>(1, 500 / static_cast<int64_t>(model_.values.instances));
    Positive out;
    out.events = events(model_.values.instances);
    mutate(out);
    return out;
  }

 private:
  // All that the plan asks for, as expressions of its own; those it implies are added.
  static std::vector<Need> demands(engine::Rule& rule) {
    std::vector<Need> out;
    if (rule.where != engine::kNoExpr) out.push_back({rule.where, true, false});
    for (size_t p = 0; p < rule.placeholders.size(); ++p) {
      const std::vector<ExprId> definitions = rule.placeholders[p].definitions;
      for (size_t i = 1; i < definitions.size(); ++i)
        out.push_back({rule.compare(Op::equal, definitions[0], definitions[i]), true, false});
    }
    if (rule.match && !rule.options.allow_zero_values)
      for (const uint32_t key : rule.match->keys)
        for (ExprId d : std::vector(rule.placeholders[key].definitions)) {
          if (rule.exprs[d].op == Op::enum_name) d = rule.exprs[d].args[0];
          if (rule.exprs[d].op != Op::slot) continue;
          const Type type = rule.exprs[d].type;
          const Constant zero = type == Type::text   ? Constant(std::string())
                                : type == Type::real ? Constant(0.0)
                                                     : Constant(int64_t{0});
          if (type != Type::boolean) out.push_back({rule.compare(Op::not_equal, d, rule.constant(zero)), true, false});
        }
    if (rule.condition != engine::kNoExpr) out.push_back({rule.condition, true, true});
    return out;
  }

  // Fields that must be equal have one value from the start.
  void join_fields() {
    std::vector<ExprId> todo;
    for (const Need& n : needs_)
      if (!n.of_all) todo.push_back(n.expr);
    for (size_t i = 0; i < todo.size(); ++i) {
      const Expr& e = rule_.exprs[todo[i]];
      if (e.op == Op::all_of) todo.insert(todo.end(), e.args.begin(), e.args.end());
      if (e.op != Op::equal) continue;
      const Slot *a = slot_of(e.args[0]), *b = slot_of(e.args[1]);
      if (a && b && a->type == b->type && a->enumeration == b->enumeration) model_.join(*a, *b);
    }
  }

  // Plainly impossible: a field must equal one constant and something that this constant denies, an enum a name it
  // does not have, a text what no text matches.
  bool contradicts() {
    std::vector<ExprId> roots;
    for (const Need& n : needs_)
      if (!n.of_all) roots.push_back(n.expr);
    return contradicts(std::move(roots), 0);
  }

  bool contradicts(std::vector<ExprId> todo, size_t depth) {
    if (depth > 20) return false;
    for (size_t i = 0; i < todo.size(); ++i) {
      const Expr& e = rule_.exprs[todo[i]];
      if (e.op == Op::all_of) todo.insert(todo.end(), e.args.begin(), e.args.end());
      if (e.op == Op::any_of &&
          std::ranges::all_of(e.args, [&](ExprId a) { return contradicts(std::vector{a}, depth + 1); }))
        return true;
    }
    const auto denies = [&](ExprId id, size_t cell) {
      return model_.cells_of(id) == std::vector{cell} && !model_.holds(id);
    };
    for (const ExprId id : todo) {
      const Expr& e = rule_.exprs[id];
      if (e.op == Op::match && never_matches(std::get<std::string>(e.value))) return true;
      const Expr& denied = rule_.exprs[e.op == Op::negate ? e.args[0] : id];
      if (&denied != &e && denied.op == Op::match && always_matches(std::get<std::string>(denied.value))) return true;
      if (e.op != Op::equal || model_.cells_of(id).size() != 1) continue;
      const size_t cell = model_.cells_of(id)[0];
      const Slot& slot = model_.cells()[cell].slot;
      CellValue& now = model_.values.cells[cell];
      if (slot.enumeration) {
        bool possible = false;
        for (const auto& member : slot.enumeration->values) {
          now.values = {member.number};
          possible |= model_.holds(id);
        }
        if (!possible) return true;
      }
      const ExprId other = rule_.exprs[e.args[0]].op == Op::constant ? e.args[0] : e.args[1];
      if (e.nocase || rule_.exprs[other].op != Op::constant || slot_of(e.args[other == e.args[0]]) == nullptr) continue;
      now.values = {rule_.exprs[other].value};
      if (std::ranges::any_of(todo, [&](ExprId t) { return rule_.exprs[t].op != Op::all_of && denies(t, cell); }))
        return true;
    }
    return false;
  }

  const Slot* slot_of(ExprId id) const {
    const Expr& e = rule_.exprs[id];
    if (e.op == Op::placeholder) return slot_of(rule_.placeholders[e.index].definitions[0]);
    return e.op == Op::slot ? &rule_.slots[e.index] : nullptr;
  }

  std::string json(uint32_t variable, bool timed) {
    const Kind kind = rule_.variables[variable].kind;
    EventDraft draft;
    if (kind == Kind::event && timed) draft.set_time(model_.time_of(variable, model_.instance));
    if (kind == Kind::raw && timed && rule_.match)
      draft.set_raw("@timestamp", time_text(model_.time_of(variable, model_.instance)));
    for (const Cell& cell : model_.cells()) {
      Slot slot = cell.slot;
      if (slot.variable != variable ||
          (kind == Kind::event && key_of(slot).path.starts_with(".metadata.event_timestamp")))
        continue;
      const Constant value = model_.constant_of(slot);
      if (slot.raw ? !model_.has(slot) : is_zero(value)) continue;
      if (slot.raw && slot.field.empty()) slot.field = "message";
      draft.set(slot, value);
    }
    return draft.json();
  }

  // An event an instance; where instances differ in nothing and are not counted, the first only.
  std::vector<MadeEvent> events(size_t instances) {
    struct Timed {
      int64_t time;
      MadeEvent event;
    };
    std::vector<Timed> all;
    for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
      if (!model_.values.present[v]) continue;
      const Kind kind = rule_.variables[v].kind;
      std::string first;
      for (model_.instance = 0; model_.instance < instances; ++model_.instance) {
        const std::string bare = json(v, false);
        const bool again = model_.instance > 0 && bare == first;
        if (model_.instance == 0) first = bare;
        if (again && (kind == Kind::graph || !counted(v))) continue;
        const int64_t time = kind == Kind::graph ? 0 : model_.time_of(v, model_.instance);
        all.push_back({time, {rule_.variables[v].name, kind, time, json(v, true)}});
      }
    }
    model_.instance = 0;
    std::ranges::stable_sort(all, {}, &Timed::time);
    std::vector<MadeEvent> out;
    for (Timed& t : all) out.push_back(std::move(t.event));
    return out;
  }

  // The condition reads a number that this variable's events make.
  bool counted(uint32_t variable) const {
    if (rule_.condition == engine::kNoExpr) return false;
    std::vector<ExprId> todo{rule_.condition};
    for (size_t i = 0; i < todo.size() && todo.size() < 5000; ++i) {
      const Expr& e = rule_.exprs[todo[i]];
      if (e.op == Op::count && e.index == variable) return true;
      if (e.op == Op::aggregate && e.args.empty()) return true;
      if (e.op == Op::aggregate)
        for (const size_t c : model_.cells_of(e.args[0]))
          if (model_.cells()[c].slot.variable == variable) return true;
      if (e.op == Op::outcome) todo.push_back(rule_.outcomes[e.index].value);
      for (const ExprId a : e.args)
        if (a != engine::kNoExpr) todo.push_back(a);
    }
    return false;
  }

  // Whatever event stands for whatever variable, something demanded does not hold.
  bool silent() {
    const size_t n = rule_.variables.size();
    const std::vector<uint32_t> own = model_.served_by;
    bool found = false;
    std::vector<uint32_t>& served = model_.served_by;
    served.assign(n, 0);
    for (bool more = true; more && !found;) {
      bool kinds = true;
      for (size_t v = 0; v < n; ++v)
        kinds &= model_.values.present[v]
                     ? rule_.variables[v].kind == rule_.variables[served[v]].kind && model_.values.present[served[v]]
                     : served[v] == v;
      found = kinds && matches(served == own);
      more = false;
      for (size_t v = 0; v < n && !more; ++v) {
        served[v] = (served[v] + 1) % static_cast<uint32_t>(n);
        more = served[v] != 0;
      }
    }
    served = own;
    return !found;
  }

  bool matches(bool own_places) {
    for (model_.instance = 0; model_.instance < std::min<size_t>(2, model_.values.instances); ++model_.instance) {
      const bool rows = std::ranges::all_of(needs_, [&](const Need& need) {
        model_.forget();
        if (need.of_all) return true;
        for (const size_t c : model_.cells_of(need.expr))
          if (!model_.values.present[model_.cells()[c].slot.variable]) return true;
        return model_.holds(need.expr) == need.wanted;
      });
      model_.forget();
      const bool all = !rows || !own_places || rule_.condition == engine::kNoExpr || model_.holds(rule_.condition);
      if (rows && all) return model_.instance = 0, true;
    }
    model_.instance = 0;
    return false;
  }

  void mutate(Positive& out) {
    for (const Cell& cell : model_.cells()) {
      const FieldKey key = key_of(cell.slot);
      const bool time =
          key.path == ".metadata.event_timestamp.seconds" && rule_.variables[key.variable].kind == Kind::event;
      if (!model_.values.present[key.variable] || (!time && is_zero(model_.constant_of(cell.slot)))) continue;
      bool done = false;
      for (const Constant& value : other_values(cell.slot, time)) {
        model_.changed.emplace(key, value);
        if (!silent()) continue;
        out.mutations.push_back(
            {rule_.variables[key.variable].name + (key.path[0] == '=' ? "." + key.path.substr(1) : key.path),
             events(model_.values.instances)});
        done = true;
        break;
      }
      model_.changed.reset();
      out.not_mutated += !done;
    }
    // A count one short.
    size_t temporal = 0;
    for (const engine::Variable& v : rule_.variables) temporal += v.kind != Kind::graph;
    if (model_.values.instances < 2 || temporal != 1) return;
    --model_.values.instances;
    model_.forget();
    if (!model_.holds(rule_.condition))
      out.mutations.push_back({rule_.variables[0].name, events(model_.values.instances)});
    ++model_.values.instances;
  }

  std::vector<Constant> other_values(const Slot& slot, bool time) const {
    const Constant now = model_.constant_of(slot);
    std::vector<Constant> out;
    if (time) {
      const int64_t span = model_.gap * static_cast<int64_t>(rule_.variables.size() + 1);
      for (const int64_t t : {Model::kStart - model_.gap, Model::kStart + span}) out.emplace_back(t);
      return out;
    }
    for (size_t n = 5; n < 5 + kMostMutationChecks / 2; ++n) out.push_back(likely(slot, n));
    if (const auto* text = std::get_if<std::string>(&now)) {
      out.insert(out.begin(), {*text + "~other", "other~" + *text});
      out.emplace_back(std::string());
    } else if (const auto* number = std::get_if<int64_t>(&now); number && !slot.enumeration) {
      for (const int64_t v : {*number + 1, *number - 1, int64_t{0}, *number * 2 + 1000}) out.emplace_back(v);
    }
    std::erase(out, now);
    return out;
  }

  engine::Rule& rule_;
  const std::vector<Need> needs_;
  Model model_;
  Solver solver_;
};

}  // namespace

engine::ReferenceLists lists_for(const std::vector<engine::Rule>& rules) {
  engine::ReferenceLists out;
  for (const engine::Rule& rule : rules)
    for (const Expr& e : rule.exprs) {
      if (e.op != Op::in_list) continue;
      out.try_emplace(std::get<std::string>(e.value),
                      e.list_mode == engine::ListMode::cidr    ? std::vector<std::string>{"203.0.113.0/24"}
                      : e.list_mode == engine::ListMode::regex ? std::vector<std::string>{"^listed[0-9]+"}
                                                               : std::vector<std::string>{"listed1", "listed2"});
    }
  return out;
}

Result<Positive> make_positive(const engine::Rule& rule, const engine::ReferenceLists& lists) {
  for (const engine::Variable& v : rule.variables)
    if (v.kind == Kind::detection || v.kind == Kind::table)
      return fail_at("positive.kind", "rules on detections and tables are not made events for", rule.source, rule.span);
  engine::Rule own = rule;
  return Maker(own, lists).run();
}

}  // namespace sekisho::tests
