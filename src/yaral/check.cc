// Takes a syntax tree, gives types, roles and definitions for the lowering, and the mistakes of meaning. One entry:
// check(). Refuses what check.h lists. This is the statement half; expressions are typed in check_expr.cc.
#include "yaral/check.h"

#include <algorithm>
#include <set>

#include "yaral/checker.h"
#include "yaral/parse.h"

namespace sekisho::yaral {
namespace {

constexpr size_t kMostOutcomes = 20;
constexpr int kMostBindingRounds = 32;
constexpr size_t kMostVariables = 32;  // bounds the sets of them that check_join.cc works with
constexpr int64_t kShortestWindow = 60, kLongestWindow = 48 * 3600;

using Kind = engine::Variable::Kind;

std::string described(Kind kind) {
  return kind == Kind::graph ? "an entity (graph)" : kind == Kind::detection ? "a detection" : "an event";
}

std::string duration_text(int64_t seconds) {
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + "h";
  if (seconds % 60 == 0) return std::to_string(seconds / 60) + "m";
  return std::to_string(seconds) + "s";
}

}  // namespace

bool is_slip(std::string_view written, std::string_view meant) {
  if (written == meant || written.size() < 2 || written.size() > 64) return false;
  if (edit_distance(written, meant) <= std::max<size_t>(written.size() > 2, written.size() / 6)) return true;
  if (written.size() != meant.size()) return false;
  std::string a(written), b(meant);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b && edit_distance(written, meant) <= 2;
}

std::vector<std::string_view> near(std::string_view wanted, const std::vector<std::string_view>& names) {
  std::vector<std::pair<size_t, std::string_view>> ranked;
  const std::string folded = ascii_lower(wanted);
  for (std::string_view name : names) {
    const std::string lower = ascii_lower(name);
    size_t d = edit_distance(folded, lower);
    if (d > 1 + wanted.size() / 5 && !is_slip(folded, lower)) {
      if (wanted.size() < 4 || lower.find(folded) == std::string::npos) continue;
      d = 6;
    }
    ranked.emplace_back(d, name);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string_view> out;
  for (size_t i = 0; i < ranked.size() && i < 3; ++i) out.push_back(ranked[i].second);
  return out;
}

std::string did_you_mean(const std::vector<std::string_view>& names) {
  if (names.empty()) return {};
  std::string out = "did you mean ";
  for (size_t i = 0; i < names.size(); ++i) {
    if (i) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out + "?";
}

ValueType value_type(engine::Type type) {
  switch (type) {
    case engine::Type::boolean:
      return ValueType::boolean;
    case engine::Type::integer:
      return ValueType::integer;
    case engine::Type::real:
      return ValueType::real;
    case engine::Type::text:
      return ValueType::text;
    case engine::Type::list:
      return ValueType::list;
  }
  return ValueType::unknown;
}

ValueType Checker::error(std::string code, std::string text, Span span, std::string hint) {
  failed_ = true;
  if (out_.errors.size() < kMostErrors && (out_.errors.empty() || out_.errors.back().span->offset != span.offset))
    out_.errors.push_back(fail_at(std::move(code), std::move(text), file_.name, span, std::move(hint)).error());
  return ValueType::unknown;
}

void Checker::warn(std::string code, std::string text, Span span, std::string hint) {
  if (out_.warnings.size() < kMostErrors)
    out_.warnings.push_back(fail_at(std::move(code), std::move(text), file_.name, span, std::move(hint)).error());
}

std::string Checker::near_variables(std::string_view name) const {
  if (out_.errors.size() >= kMostErrors) return {};
  std::string_view best;
  size_t distance = SIZE_MAX;
  const auto consider = [&](std::string_view candidate) {
    if (!is_slip(name, candidate)) return;
    const size_t d = edit_distance(name, candidate);
    if (d < distance || (d == distance && candidate < best)) distance = d, best = candidate;
  };
  for (const auto& v : rule_.variables) consider(v.name);
  for (const auto& p : rule_.placeholders)
    if (p.bound) consider(p.name);
  for (const auto& [outcome, index] : outcomes_) consider(outcome);
  return best.empty() || best == name ? std::string() : "did you mean $" + std::string(best) + "?";
}

void Checker::check_meta() {
  std::set<std::string_view> seen;
  for (const MetaEntry& entry : ast_.meta)
    if (!seen.insert(entry.key).second)
      error("yaral.duplicate", "meta key " + entry.key + " is given twice", entry.key_span);
}

// Names of the events section: with a field an event variable, without one a placeholder.
void Checker::collect() {
  std::vector<ExprId> stack(ast_.events.rbegin(), ast_.events.rend());
  std::vector<ExprId> bare;
  while (!stack.empty()) {
    const ExprId id = stack.back();
    stack.pop_back();
    const Expr& e = at(id);
    if (e.kind == ExprKind::member) stack.push_back(e.children[0]);
    else stack.insert(stack.end(), e.children.rbegin(), e.children.rend());
    if (rule_.variables.size() >= kMostVariables && (e.kind == ExprKind::list || !e.steps.empty()) &&
        !variables_.contains(e.text) && !tables_.contains(e.text)) {
      error("yaral.limit.size", "more than " + std::to_string(kMostVariables) + " event variables", e.mark,
            "one variable stands for any number of events");
      cut_short_ = true;
      return;
    }
    if (e.kind == ExprKind::list && !e.column.empty() &&
        tables_.try_emplace(e.text, static_cast<uint32_t>(rule_.variables.size())).second)
      rule_.variables.push_back({e.text, Kind::table, e.mark});
    if (e.kind != ExprKind::variable) continue;
    if (e.steps.empty()) {
      bare.push_back(id);
      continue;
    }
    const std::string_view source = e.steps[0].kind == Step::Kind::field ? std::string_view(e.steps[0].name) : "";
    const Kind kind = source == "graph" ? Kind::graph : source == "detection" ? Kind::detection : Kind::event;
    const auto [it, added] = variables_.try_emplace(e.text, static_cast<uint32_t>(rule_.variables.size()));
    if (added) rule_.variables.push_back({e.text, kind, e.mark});
    else if (const Kind first = rule_.variables[it->second].kind; first != kind)
      error("yaral.variable", "$" + e.text + " stands for " + described(first) + " and for " + described(kind), e.span,
            "use a variable of its own for each");
  }
  for (ExprId id : bare) {
    const Expr& e = at(id);
    if (variables_.contains(e.text)) continue;  // reported when typed
    const auto [it, added] = placeholders_.try_emplace(e.text, static_cast<uint32_t>(rule_.placeholders.size()));
    if (added) rule_.placeholders.push_back({.name = e.text, .span = e.mark});
    typed(id).role = Role::placeholder;
    typed(id).index = it->second;
  }
  if (rule_.variables.empty() && !ast_.events.empty() && !ast_.damaged)
    error("yaral.variable", "no event variable in the events section", at(ast_.events[0]).span,
          "fields are written $e.principal.ip");
}

void Checker::flatten() {
  std::vector<ExprId> stack(ast_.events.rbegin(), ast_.events.rend());
  while (!stack.empty()) {
    const ExprId id = stack.back();
    stack.pop_back();
    const Expr& e = at(id);
    if (e.kind == ExprKind::and_) stack.insert(stack.end(), e.children.rbegin(), e.children.rend());
    else rule_.statements.push_back(id);
  }
}

bool Checker::ready(ExprId id) const {
  std::vector<ExprId> stack{id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (is_placeholder(top) && !rule_.placeholders[out_.typed[top].index].bound) return false;
    const Expr& e = at(top);
    stack.insert(stack.end(), e.children.begin(), e.children.end());
  }
  return true;
}

bool Checker::has_source(ExprId id) const {
  std::vector<ExprId> stack{id};
  while (!stack.empty()) {
    const Expr& e = at(stack.back());
    stack.pop_back();
    if (e.kind == ExprKind::variable && e.quantifier == Quantifier::none) return true;
    if (e.kind == ExprKind::list) return true;
    stack.insert(stack.end(), e.children.begin(), e.children.end());
  }
  return false;
}

void Checker::define(uint32_t placeholder, ExprId value_id, ExprId statement) {
  Predicate p;
  predicate_ = &p;
  const ValueType type = value(value_id);
  predicate_ = nullptr;
  PlaceholderInfo& info = rule_.placeholders[placeholder];
  const bool first = !info.bound;
  if (!first && type != ValueType::unknown && info.type != ValueType::unknown) {
    const auto number = [](ValueType t) { return t == ValueType::integer || t == ValueType::real; };
    const ValueType as = type == ValueType::enumeration ? ValueType::text : type;
    if (as != info.type && !(number(as) && number(info.type)))
      return;  // left to compare(), which says what does not fit
  }
  if (p.quantified > 0) return;  // likewise
  info.bound = true;
  if (first) {
    info.type = type == ValueType::enumeration ? ValueType::text : type;
    info.enumeration = typed(value_id).enumeration;
    if (type == ValueType::pattern || type == ValueType::list)
      info.type =
          error("yaral.type", "$" + info.name + " cannot hold " + std::string(type_name(type)), at(value_id).span,
                type == ValueType::list ? "use arrays.index_to_str or arrays.join_string to make one value of it" : "");
  }
  typed(statement).defines = true;
  typed(statement).done = true;
  typed(statement).type = ValueType::boolean;
  rule_.definitions.push_back({placeholder, value_id, statement, 0});
}

// Finds the equalities that define placeholders. A value may need other placeholders: those first, in a few rounds.
void Checker::bind() {
  struct Candidate {
    ExprId statement, left, right;
    bool done = false;
  };
  std::vector<Candidate> candidates;
  for (ExprId id : rule_.statements) {
    const Expr& e = at(id);
    if (e.kind == ExprKind::compare && e.op == Op::equal &&
        (is_placeholder(e.children[0]) || is_placeholder(e.children[1])))
      candidates.push_back({id, e.children[0], e.children[1]});
  }
  const auto try_one = [&](Candidate& c, ExprId name, ExprId source, bool again) {
    if (c.done || !is_placeholder(name) || !has_source(source) || !ready(source)) return false;
    const uint32_t placeholder = typed(name).index;
    if (rule_.placeholders[placeholder].bound && !again) return false;
    c.done = true;
    define(placeholder, source, c.statement);
    return typed(c.statement).defines;
  };
  bool progress = true;
  for (int round = 0; progress && round < kMostBindingRounds; ++round) {
    progress = false;
    for (Candidate& c : candidates) {
      const bool nocase =
          at(c.statement).nocase;  // an equality that folds case tests; it defines only where nothing else does
      if (is_placeholder(c.left) && is_placeholder(c.right)) {
        progress |= try_one(c, c.left, c.right, false) || try_one(c, c.right, c.left, false);
      } else {
        progress |= try_one(c, c.left, c.right, !nocase) || try_one(c, c.right, c.left, !nocase);
      }
    }
  }
  if (ast_.damaged) return;
  for (const PlaceholderInfo& p : rule_.placeholders) {
    if (p.bound) continue;
    std::string hint = near_variables(p.name);
    if (hint.empty()) hint = "give it a value on a line of its own: $e.field = $" + p.name;
    error("yaral.placeholder", "$" + p.name + " is never bound to a field", p.span, std::move(hint));
  }
}

void Checker::check_match() {
  const Match& match = ast_.match;
  if (match.span.length == 0) return;  // a syntax error was reported
  std::set<std::string_view> seen;
  for (const Match::Key& key : match.keys) {
    if (!seen.insert(key.name).second) error("yaral.duplicate", "$" + key.name + " is given twice", key.span);
    check_key(key);
  }
  if (match.seconds < kShortestWindow || match.seconds > kLongestWindow)
    error("yaral.match", "a window of " + duration_text(match.seconds) + " is out of range", match.window_span,
          "from 1m to 48h");
  if (match.pivot.empty()) return;
  const auto pivot = variables_.find(match.pivot);
  if (pivot == variables_.end()) {
    if (!ast_.damaged)
      error("yaral.match", "$" + match.pivot + " is no event variable", match.pivot_span, near_variables(match.pivot));
  } else if (!rule_.variables[pivot->second].is_event()) {
    error("yaral.match", "$" + match.pivot + " is an entity and happens at no time", match.pivot_span,
          "the window hangs on an event");
  }
}

// A placeholder, or a field, of which one is made.
void Checker::check_key(const Match::Key& key) {
  if (key.value != kNoExpr) {
    const ValueType type = value(key.value);
    if (type == ValueType::unknown) return;
    const uint32_t variable = typed(key.value).index;
    const auto placeholder = static_cast<uint32_t>(rule_.placeholders.size());
    rule_.placeholders.push_back({.name = key.name,
                                  .type = type == ValueType::enumeration ? ValueType::text : type,
                                  .enumeration = typed(key.value).enumeration,
                                  .bound = true,
                                  .span = key.span,
                                  .variables = {variable},
                                  .reads = {variable}});
    rule_.definitions.push_back({placeholder, key.value, kNoExpr, variable});
    rule_.keys.push_back(placeholder);
    return;
  }
  if (variables_.contains(key.name)) {
    error("yaral.match", "$" + key.name + " is an event, not a value", key.span,
          "give one of its fields a name in events, $name = $" + key.name + ".field, and group by $name");
  } else if (const auto it = placeholders_.find(key.name); it != placeholders_.end()) {
    rule_.keys.push_back(it->second);
    if (rule_.placeholders[it->second].alias != kNoExpr)
      error("yaral.match", "$" + key.name + " compares several events and cannot be grouped by", key.span,
            "group by the value of one event");
  } else if (!ast_.damaged) {
    std::string hint = near_variables(key.name);
    error("yaral.match", "$" + key.name + " is not bound in the events section", key.span,
          hint.empty() ? "add a line there: $e.field = $" + key.name : std::move(hint));
  }
}

void Checker::check_outcomes() {
  section_ = Section::outcome;
  for (uint32_t i = 0; i < ast_.outcomes.size(); ++i) {
    const Outcome& outcome = ast_.outcomes[i];
    if (i == kMostOutcomes)
      error("yaral.outcome", "more than " + std::to_string(kMostOutcomes) + " outcomes", outcome.name_span);
    if (variables_.contains(outcome.name))
      error("yaral.duplicate", "$" + outcome.name + " already names an event", outcome.name_span);
    const ValueType type = value(outcome.value);
    if (type == ValueType::pattern)
      error("yaral.type", "an outcome cannot be a pattern", at(outcome.value).span, "write it as text, in quotes");
    else if (outcome.name == "risk_score" && type != ValueType::unknown && !is_number(type))
      error("yaral.outcome", "$risk_score must be a number, not " + std::string(type_name(type)),
            at(outcome.value).span);
    if (ast_.has_match) warn_unaggregated(outcome);
    if (!outcomes_.try_emplace(outcome.name, i).second)
      error("yaral.duplicate", "outcome $" + outcome.name + " is given twice", outcome.name_span);
  }
}

// Within a group the key has one value.
void Checker::check_counted(uint32_t placeholder, Span span) {
  const PlaceholderInfo& p = rule_.placeholders[placeholder];
  if (p.alias != kNoExpr)
    error("yaral.condition", "$" + p.name + " compares several events and cannot be counted", span,
          "make an outcome of it");
  else if (std::find(rule_.keys.begin(), rule_.keys.end(), placeholder) != rule_.keys.end())
    warn("yaral.condition", "#" + p.name + " is always 1: events are grouped by it", span);
}

void Checker::check_condition_count(ExprId id) {
  const Expr& e = at(id);
  if (e.integer < 1 || e.integer > static_cast<int64_t>(e.children.size()))
    error("yaral.condition", std::to_string(e.integer) + " of " + std::to_string(e.children.size()) + " cannot be",
          e.span);
  for (ExprId child : e.children) check_condition(child);
}

void Checker::check_condition(ExprId id) {
  const Expr& e = at(id);
  switch (e.kind) {
    case ExprKind::and_:
    case ExprKind::or_:
    case ExprKind::not_:
      for (ExprId child : e.children) check_condition(child);
      return;
    case ExprKind::of:
      return check_condition_count(id);
    case ExprKind::variable:
      if (e.steps.empty()) {
        Typed& t = typed(id);
        t.done = true;
        t.type = ValueType::boolean;
        if (const auto it = variables_.find(e.text); it != variables_.end()) {
          t.role = Role::event;
          t.index = it->second;
          return;
        }
        if (const auto it = outcomes_.find(e.text); it != outcomes_.end()) {
          t.role = Role::outcome;
          t.index = it->second;
          const ValueType type = typed(ast_.outcomes[it->second].value).type;
          if (type != ValueType::boolean && type != ValueType::unknown)
            error("yaral.type", "$" + e.text + " is " + std::string(type_name(type)) + ", not true or false", e.span,
                  "compare it: $" + e.text + " > 0");
          return;
        }
        if (const auto it = placeholders_.find(e.text); it != placeholders_.end()) {
          t.role = Role::placeholder;
          t.index = it->second;
          check_counted(it->second, e.span);
          return;
        }
        if (!ast_.damaged)
          error("yaral.condition", "$" + e.text + " is neither an event nor an outcome of this rule", e.span,
                near_variables(e.text));
        return;
      }
      [[fallthrough]];
    default:
      return leaf_predicate(id);
  }
}

void Checker::check_options() {
  std::set<std::string_view> seen;
  for (const Option& option : ast_.options) {
    const Expr& v = at(option.value);
    if (!seen.insert(option.name).second)
      error("yaral.duplicate", "option " + option.name + " is given twice", option.name_span);
    if (option.name == "allow_zero_values") {
      if (v.kind != ExprKind::boolean) error("yaral.option", "allow_zero_values is true or false", v.span);
    } else if (option.name == "suppression_window") {
      check_suppression(option);
    } else {
      error("yaral.option", "unknown option " + option.name, option.name_span,
            "options are allow_zero_values and suppression_window");
    }
  }
}

void Checker::check_suppression(const Option& option) {
  const Expr& v = at(option.value);
  if (v.kind != ExprKind::duration)
    error("yaral.option", "suppression_window is a duration", v.span, "30s, 5m, 1h, 1d");
  else if (v.integer == 0)
    error("yaral.option", "a suppression_window of 0s suppresses nothing", v.span, "leave it out");
  else if (ast_.has_match && v.integer <= ast_.match.seconds)
    error("yaral.option",
          "suppression_window must be longer than the match window of " + duration_text(ast_.match.seconds), v.span);
  if (!ast_.has_match) return;
  for (const Outcome& outcome : ast_.outcomes)
    if (outcome.name == "suppression_key")
      warn("yaral.option", "$suppression_key does nothing in a rule with match: its match variables are the key",
           outcome.name_span);
}

void Checker::run() {
  failed_ = ast_.damaged;
  check_meta();
  collect();
  if (cut_short_) return;
  flatten();
  bind();
  link();
  section_ = Section::events;
  for (ExprId id : rule_.statements)
    if (!typed(id).defines) predicate(id);
  if (ast_.has_match) check_match();
  check_outcomes();
  section_ = Section::condition;
  if (ast_.condition != kNoExpr) check_condition(ast_.condition);
  if (!failed_ && !rule_.variables.empty()) check_joins();
  check_options();
  rule_.ok = !failed_;
}

Checked check(const File& file, const CheckOptions& options) {
  Checked out;
  out.typed.resize(file.exprs.size());
  std::set<std::string_view> names;
  for (uint32_t i = 0; i < file.rules.size(); ++i) {
    CheckedRule rule;
    rule.rule = i;
    Checker(file, options, out, rule).run();
    const Rule& ast = file.rules[i];
    if (!ast.name.empty() && !names.insert(ast.name).second) {
      rule.ok = false;
      if (out.errors.size() < kMostErrors)
        out.errors.push_back(
            fail_at("yaral.duplicate", "a second rule " + ast.name + " in this file", file.name, ast.name_span)
                .error());
    }
    out.rules.push_back(std::move(rule));
  }
  const auto by_place = [](const Error& a, const Error& b) { return a.span->offset < b.span->offset; };
  std::stable_sort(out.errors.begin(), out.errors.end(), by_place);
  std::stable_sort(out.warnings.begin(), out.warnings.end(), by_place);
  return out;
}

std::string_view type_name(ValueType type) {
  switch (type) {
    case ValueType::unknown:
      return "of unknown type";
    case ValueType::boolean:
      return "true or false";
    case ValueType::integer:
      return "a whole number";
    case ValueType::real:
      return "a number";
    case ValueType::text:
      return "text";
    case ValueType::enumeration:
      return "an enum";
    case ValueType::list:
      return "a list";
    case ValueType::pattern:
      return "a pattern";
  }
  return "";
}

}  // namespace sekisho::yaral
