// What holds between the events of one rule: which placeholder each of them defines, what joins them, and which of them
// the condition lets be absent. Entries: Checker::link() before anything is typed that uses a placeholder,
// Checker::check_joins() when all else is.
#include <algorithm>
#include <numeric>
#include <optional>

#include "yaral/checker.h"

namespace sekisho::yaral {
namespace {

using Kind = engine::Variable::Kind;

// Sets of variables that something holds together.
class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  uint32_t find(uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(const std::set<uint32_t>& all) {
    for (uint32_t x : all) parent_[find(x)] = find(*all.begin());
  }

 private:
  std::vector<uint32_t> parent_;
};

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

bool holds(double left, Op op, double right) {
  switch (op) {
    case Op::equal:
      return left == right;
    case Op::not_equal:
      return left != right;
    case Op::less:
      return left < right;
    case Op::less_equal:
      return left <= right;
    case Op::greater:
      return left > right;
    default:
      return left >= right;
  }
}

std::string_view what(Kind kind) {
  return kind == Kind::graph       ? "entity"
         : kind == Kind::table     ? "data table"
         : kind == Kind::detection ? "detection"
                                   : "event";
}

}  // namespace

std::string Checker::name_of(uint32_t variable) const {
  const EventVariable& v = rule_.variables[variable];
  return (v.kind == Kind::table ? "%" : "$") + v.name;
}

std::set<uint32_t> Checker::reads(ExprId id) const {
  std::set<uint32_t> out;
  std::vector<ExprId> stack{id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Typed& t = out_.typed[top];
    if (t.role == Role::field) out.insert(t.index);
    if (t.role == Role::placeholder) {
      const auto& more = rule_.placeholders[t.index].reads;
      out.insert(more.begin(), more.end());
    }
    const Expr& e = at(top);
    stack.insert(stack.end(), e.children.begin(), e.children.end());
  }
  return out;
}

std::set<uint32_t> Checker::sources(ExprId id) const {
  std::optional<std::set<uint32_t>> out;
  const auto narrow = [&](const std::set<uint32_t>& to) {
    if (!out) out = to;
    else std::erase_if(*out, [&](uint32_t v) { return !to.contains(v); });
  };
  std::vector<ExprId> stack{id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Typed& t = out_.typed[top];
    if (t.role == Role::field) narrow({t.index});
    if (t.role == Role::placeholder) narrow(rule_.placeholders[t.index].variables);
    const Expr& e = at(top);
    stack.insert(stack.end(), e.children.begin(), e.children.end());
  }
  return out.value_or(std::set<uint32_t>());
}

// Each definition to the one variable that it reads; a value that reads several together defines nothing: it is another
// name for itself, or a test where the placeholder has a definition beside it.
void Checker::link() {
  std::vector<Definition> linked, crossing;
  const auto take = [&](Definition& d) {
    PlaceholderInfo& p = rule_.placeholders[d.placeholder];
    const std::set<uint32_t> all = reads(d.value), from = sources(d.value);
    p.reads.insert(all.begin(), all.end());
    if (from.empty()) return crossing.push_back(d);
    d.variable = *from.begin();
    p.variables.insert(d.variable);
    linked.push_back(d);
  };
  std::vector<Definition> later;
  for (Definition& d : rule_.definitions) {
    std::vector<ExprId> stack{d.value};
    bool plain = true;
    while (!stack.empty() && plain) {
      const ExprId top = stack.back();
      stack.pop_back();
      plain = !is_placeholder(top);
      stack.insert(stack.end(), at(top).children.begin(), at(top).children.end());
    }
    if (plain) take(d);
    else later.push_back(d);
  }
  for (Definition& d : later) take(d);
  for (const Definition& d : crossing) {
    PlaceholderInfo& p = rule_.placeholders[d.placeholder];
    if (p.variables.empty() && p.alias == kNoExpr) {
      if (p.type != ValueType::unknown) p.alias = d.value;
    } else {
      typed(d.statement).defines = false;
      typed(d.statement).done = false;
    }
  }
  rule_.definitions = std::move(linked);
}

void Checker::check_joins() {
  uint32_t first = UINT32_MAX;
  for (uint32_t i = 0; i < rule_.variables.size(); ++i) {
    const EventVariable& v = rule_.variables[i];
    if (!v.is_event()) continue;
    if (!ast_.has_match && v.kind == Kind::detection)
      error("yaral.match", "a rule over detections needs a match section", v.span, "match: $key over 1h");
    else if (!ast_.has_match && first != UINT32_MAX)
      error("yaral.match", "this rule joins " + name_of(first) + " and " + name_of(i) + ", which needs a match section",
            v.span, "say within what time and by which value they belong together: match: $key over 5m");
    if (first == UINT32_MAX) first = i;
  }
  if (first == UINT32_MAX) {
    const EventVariable& v = rule_.variables[0];
    error("yaral.variable", "this rule has no event, only the " + std::string(what(v.kind)) + " " + name_of(0), v.span,
          "join it with an event: $e.principal.ip = …");
  }
  if (failed_) return;
  check_relations();
  check_bounds();
}

void Checker::check_relations() {
  Groups equal(rule_.variables.size()), related(rule_.variables.size());
  for (const PlaceholderInfo& p : rule_.placeholders)
    if (!p.variables.empty()) equal.join(p.variables), related.join(p.variables);
  for (ExprId statement : rule_.statements) {
    if (typed(statement).defines) continue;
    const std::set<uint32_t> all = reads(statement);
    if (all.size() < 2) continue;
    related.join(all);
    std::vector<ExprId> stack{statement};
    while (!stack.empty()) {
      const Expr& e = at(stack.back());
      stack.pop_back();
      if (e.kind == ExprKind::and_ || e.kind == ExprKind::or_)
        stack.insert(stack.end(), e.children.begin(), e.children.end());
      if (e.kind != ExprKind::compare || e.op != Op::equal) continue;
      std::set<uint32_t> sides = reads(e.children[0]);
      const std::set<uint32_t> right = reads(e.children[1]);
      if (sides.empty() || right.empty()) continue;
      sides.insert(right.begin(), right.end());
      equal.join(sides);
    }
  }
  uint32_t first = 0;
  while (!rule_.variables[first].is_event()) ++first;
  for (uint32_t i = 0; i < rule_.variables.size(); ++i) {
    const EventVariable& v = rule_.variables[i];
    if (v.is_event()) {
      if (i > first && equal.find(i) != equal.find(first))
        warn("yaral.join",
             "nothing joins " + name_of(i) + " with " + name_of(first) + ": every pair of them in one window counts",
             v.span, "give both the same placeholder, or compare their fields with =");
      continue;
    }
    bool joined = false;
    for (uint32_t j = 0; j < rule_.variables.size() && !joined; ++j)
      joined = rule_.variables[j].is_event() && related.find(j) == related.find(i);
    if (!joined)
      error("yaral.join", "the " + std::string(what(v.kind)) + " " + name_of(i) + " is joined with no event", v.span,
            "compare a field of " + name_of(first) + " with one of " + name_of(i));
  }
}

struct Checker::Test {
  bool event = false;  // else a placeholder
  uint32_t index = 0;
  bool bounded = false;  // it holds only if there is one
  bool never = false;    // it holds only if there is none
  Span span;
};

void Checker::collect_tests(ExprId id, bool negated, std::vector<Test>& out) const {
  const Expr& e = at(id);
  if (e.kind == ExprKind::not_) return collect_tests(e.children[0], !negated, out);
  if (e.kind == ExprKind::and_ || e.kind == ExprKind::or_ || e.kind == ExprKind::of) {
    for (ExprId child : e.children) collect_tests(child, negated, out);
    return;
  }
  const auto add = [&](ExprId counted, bool at_zero, bool above) {
    const Typed& t = out_.typed[counted];
    if (t.role == Role::event || t.role == Role::placeholder)
      out.push_back({t.role == Role::event, t.index, !at_zero, !above, e.span});
  };
  if (e.kind == ExprKind::variable) return add(id, negated, !negated);
  if (e.kind != ExprKind::compare) return;
  const bool swapped = at(e.children[1]).kind == ExprKind::count;
  const ExprId counted = e.children[swapped], limit = e.children[!swapped];
  const Expr& number = at(limit);
  if (at(counted).kind != ExprKind::count || (number.kind != ExprKind::integer && number.kind != ExprKind::real))
    return;
  const double n = number.kind == ExprKind::integer ? static_cast<double>(number.integer) : number.real;
  const Op op = swapped ? mirrored(e.op) : e.op;
  add(counted, holds(0, op, n) != negated, (holds(1, op, n) != negated) || (holds(1e18, op, n) != negated) || n > 1);
}

void Checker::check_tests(ExprId id, bool negated) {
  const Expr& e = at(id);
  if (e.kind == ExprKind::not_) return check_tests(e.children[0], !negated);
  const bool several = e.children.size() > 1;
  const bool group = e.kind == ExprKind::and_ || e.kind == ExprKind::or_ || e.kind == ExprKind::of;
  bool every = e.kind == ExprKind::and_ ? !negated : negated;
  if (e.kind == ExprKind::of) every = negated ? e.integer == 1 : e.integer == static_cast<int64_t>(e.children.size());
  if (group && (every || !several)) {
    for (ExprId child : e.children) check_tests(child, negated);
    return;
  }
  std::vector<Test> tests;
  collect_tests(id, negated, tests);
  if (group) return check_either(id, tests);
  for (const Test& t : tests) {
    if (t.event) {
      if (t.bounded) rule_.variables[t.index].bounded = true;
      else if (absent_.insert(t.index).second && absent_.size() == 1) absence_ = t.span;
      continue;
    }
    const PlaceholderInfo& p = rule_.placeholders[t.index];
    if (t.never)
      warn("yaral.condition", "#" + p.name + " is never 0 where there is an event that gives it a value", t.span,
           "to ask for absence, name the event: !$e");
  }
}

// Tests joined by or: all of one event, none of them for its absence.
void Checker::check_either(ExprId id, const std::vector<Test>& tests) {
  std::optional<std::set<uint32_t>> common;
  for (const Test& t : tests) {
    if (t.event && !t.bounded) {
      error("yaral.condition", "a test that $" + rule_.variables[t.index].name + " is absent cannot stand under or",
            t.span, "write two rules");
      return;
    }
    const std::set<uint32_t> of = t.event ? std::set<uint32_t>{t.index} : rule_.placeholders[t.index].variables;
    if (!common) common = of;
    else std::erase_if(*common, [&](uint32_t v) { return !of.contains(v); });
    if (common->empty()) {
      error("yaral.condition", "or cannot choose between different events", at(id).span,
            "and joins them; to accept either, write two rules, or one event variable with or in events");
      return;
    }
  }
  for (const Test& t : tests)
    if (t.event) rule_.variables[t.index].bounded = true;
}

void Checker::check_bounds() {
  if (ast_.condition != kNoExpr) check_tests(ast_.condition, false);
  bool any = false;
  for (uint32_t i = 0; i < rule_.variables.size(); ++i) {
    EventVariable& v = rule_.variables[i];
    if (v.bounded) absent_.erase(i);
    v.bounded = !absent_.contains(i);
    any |= v.bounded && v.is_event();
  }
  if (!any) {
    error("yaral.condition", "unbounded: the condition asks for no event that has to be there", absence_,
          "absence is judged beside another event that has to be there: $other and !$" +
              rule_.variables[*absent_.begin()].name);
    return;
  }
  if (!absent_.empty()) check_absences();
}

void Checker::check_absences() {
  const auto may_lack = [&](const std::set<uint32_t>& variables) {
    return !variables.empty() &&
           std::all_of(variables.begin(), variables.end(), [&](uint32_t v) { return absent_.contains(v); });
  };
  // The absent variables that id cannot do without.
  const auto needs = [&](ExprId id) {
    std::set<uint32_t> out;
    std::vector<ExprId> stack{id};
    while (!stack.empty()) {
      const ExprId top = stack.back();
      stack.pop_back();
      const Typed& t = out_.typed[top];
      if (t.role == Role::field && absent_.contains(t.index)) out.insert(t.index);
      if (t.role == Role::placeholder) {
        const PlaceholderInfo& p = rule_.placeholders[t.index];
        const auto& variables = p.alias == kNoExpr ? p.variables : p.reads;
        if (p.alias != kNoExpr || may_lack(variables))
          for (uint32_t v : variables)
            if (absent_.contains(v)) out.insert(v);
      }
      stack.insert(stack.end(), at(top).children.begin(), at(top).children.end());
    }
    return out;
  };
  const auto refuse_both = [&](const std::set<uint32_t>& both, Span span) {
    error("yaral.join",
          name_of(*both.begin()) + " and " + name_of(*both.rbegin()) + " may both be absent and cannot be joined", span,
          "join each of them with an event that has to be there");
  };
  for (const PlaceholderInfo& p : rule_.placeholders)
    if (p.variables.size() > 1 && may_lack(p.variables)) refuse_both(p.variables, p.span);
  for (ExprId statement : rule_.statements)
    if (!typed(statement).defines)
      if (const auto both = needs(statement); both.size() > 1) refuse_both(both, at(statement).span);
  for (size_t i = 0; i < rule_.keys.size(); ++i)
    if (const PlaceholderInfo& p = rule_.placeholders[rule_.keys[i]]; may_lack(p.variables))
      error("yaral.match", "only events that may be absent give $" + p.name + " a value", ast_.match.keys[i].span,
            "bind it to an event that has to be there too");
  if (const auto pivot = variables_.find(ast_.match.pivot);
      !ast_.match.pivot.empty() && pivot != variables_.end() && absent_.contains(pivot->second))
    error("yaral.match", "the window hangs on $" + ast_.match.pivot + ", which may be absent", ast_.match.pivot_span,
          "the condition has to ask for it: $" + ast_.match.pivot);
  for (const Outcome& outcome : ast_.outcomes) {
    std::vector<ExprId> stack{outcome.value};
    while (!stack.empty()) {
      const ExprId top = stack.back();
      stack.pop_back();
      if (!typed(top).aggregate) {
        stack.insert(stack.end(), at(top).children.begin(), at(top).children.end());
        continue;
      }
      const std::set<uint32_t> absent = needs(top);
      if (absent.size() > 1 || (!absent.empty() && sources(top).empty()))
        error("yaral.outcome",
              name_of(*absent.begin()) + " may be absent and cannot be aggregated together with others", at(top).span,
              "aggregate each event by itself");
    }
  }
}

// In a rule with match there are many rows where an outcome wants one value.
void Checker::warn_unaggregated(const Outcome& outcome) {
  std::vector<ExprId> stack{outcome.value};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Typed& t = typed(top);
    if (t.aggregate) continue;
    const bool key =
        t.role == Role::placeholder && std::find(rule_.keys.begin(), rule_.keys.end(), t.index) != rule_.keys.end();
    if ((t.role == Role::field || t.role == Role::placeholder) && !key)
      return warn("yaral.aggregate", "$" + outcome.name + " takes the first of the events in the window", at(top).span,
                  "say which of them: array_distinct(…), max(…), count_distinct(…)");
    stack.insert(stack.end(), at(top).children.rbegin(), at(top).children.rend());
  }
}

}  // namespace sekisho::yaral
