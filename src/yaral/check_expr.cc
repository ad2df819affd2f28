// The expression half of the checker. Entries: Checker::predicate() and Checker::value(); each expression is typed
// once. A mistake gives type `unknown`, which suits everything above it, so that one mistake is reported once.
#include <algorithm>
#include <charconv>

#include "yaral/checker.h"
#include "yaral/parse.h"
#include "yaral/pattern.h"

namespace sekisho::yaral {

using event::EnumType;

namespace {

bool looks_numeric(std::string_view s) {
  double value = 0;
  const auto [end, problem] = std::from_chars(s.data(), s.data() + s.size(), value);
  return problem == std::errc() && end == s.data() + s.size() && !s.empty();
}

bool is_timestamp(const engine::Slot& seconds) {
  const size_t n = seconds.steps.size();
  const event::MessageType* message = n > 1 ? seconds.steps[n - 2].field->message : nullptr;
  return message != nullptr && message->name == "Timestamp";
}

bool is_literal(ExprKind kind) {
  return kind == ExprKind::text || kind == ExprKind::regex || kind == ExprKind::integer || kind == ExprKind::real ||
         kind == ExprKind::boolean || kind == ExprKind::duration;
}

}  // namespace

void Checker::predicate(ExprId id) {
  const Expr& e = at(id);
  switch (e.kind) {
    case ExprKind::and_:
    case ExprKind::or_:
    case ExprKind::not_:
      typed(id).done = true;
      typed(id).type = ValueType::boolean;
      for (ExprId child : e.children) predicate(child);
      return;
    default:
      leaf_predicate(id);
  }
}

void Checker::leaf_predicate(ExprId id) {
  Predicate own;
  Predicate* const outer = predicate_;
  predicate_ = &own;
  const ValueType type = value(id);
  predicate_ = outer;
  finish_predicate(own);
  if (type == ValueType::boolean || type == ValueType::unknown) return;
  const Expr& e = at(id);
  std::string hint;
  if (e.kind == ExprKind::variable)
    hint = "compare it with something: " + to_text(file_, id) + (is_texty(type) ? " != \"\"" : " != 0");
  error("yaral.type", "expected a condition, found " + std::string(type_name(type)), e.span, std::move(hint));
}

// any and all take the list as a whole, so the predicate must be about that one list.
void Checker::finish_predicate(const Predicate& p) {
  if (p.quantified == 0) return;
  if (p.quantified > 1) error("yaral.quantifier", "any and all can stand only once in a comparison", p.at);
  else if (p.placeholder)
    error("yaral.quantifier", "any and all cannot be compared with placeholders", p.at,
          "leave any or all away: each element is then tried");
  else if (p.list)
    error("yaral.quantifier", "any and all cannot be used with lists", p.at,
          "leave any or all away: each element is then tried");
  else if (p.second_variable)
    error("yaral.quantifier", "any and all cannot join two events", p.at,
          "leave any or all away: each element is then tried");
}

ValueType Checker::value(ExprId id) {
  if (!typed(id).done) {
    typed(id).done = true;
    const ValueType type = compute(id);
    typed(id).type = type;
  } else if (predicate_ != nullptr && at(id).quantifier != Quantifier::none) {
    ++predicate_->quantified;
    predicate_->at = at(id).span;
  }
  return typed(id).type;
}

ValueType Checker::compute(ExprId id) {
  const Expr& e = at(id);
  if (e.nocase && e.kind != ExprKind::compare && e.kind != ExprKind::member && e.kind != ExprKind::call)
    return error("yaral.nocase", "nocase belongs to a comparison", e.nocase_span,
                 "write it after the right side: $e.field = \"text\" nocase");
  switch (e.kind) {
    case ExprKind::text:
      return ValueType::text;
    case ExprKind::regex:
      return check_pattern(id), ValueType::pattern;
    case ExprKind::integer:
    case ExprKind::duration:
      return ValueType::integer;
    case ExprKind::real:
      return ValueType::real;
    case ExprKind::boolean:
      return ValueType::boolean;
    case ExprKind::word:
      if (in_filter_) return ValueType::integer;
      return error("yaral.type", "'" + e.text + "' is not a value", e.span, "write text in quotes");
    case ExprKind::variable:
      return variable(id);
    case ExprKind::count:
      if (section_ != Section::condition) return error("yaral.type", "# counts only in the condition", e.span);
      if (const auto it = variables_.find(e.text); it != variables_.end()) {
        typed(id).role = Role::event;
        typed(id).index = it->second;
        return ValueType::integer;
      }
      if (const auto it = placeholders_.find(e.text); it != placeholders_.end()) {
        typed(id).role = Role::placeholder;
        typed(id).index = it->second;
        check_counted(it->second, e.span);
        return ValueType::integer;
      }
      if (ast_.damaged) return ValueType::unknown;
      return error("yaral.condition",
                   outcomes_.contains(e.text) ? "#" + e.text + ": outcomes are not counted"
                                              : "#" + e.text + " counts nothing: no such event or placeholder",
                   e.span, outcomes_.contains(e.text) ? "write $" + e.text : near_variables(e.text));
    case ExprKind::list:
      if (e.column.empty())
        return error("yaral.list", "a list can stand only after in", e.span, "write $e.field in %" + e.text);
      return column(id);
    case ExprKind::call:
      return call(id);
    case ExprKind::if_:
      return choice(id);
    case ExprKind::negate:
      return number_operand(e.children[0], "-");
    case ExprKind::arithmetic:
      return arithmetic(id);
    case ExprKind::compare:
      return compare(id);
    case ExprKind::member:
      return member(id);
    case ExprKind::not_:
    case ExprKind::and_:
    case ExprKind::or_:
      return predicate(id), ValueType::boolean;
    case ExprKind::of:
      return error("yaral.type", "N of […] can stand only in the condition", e.span);
  }
  return ValueType::unknown;
}

ValueType Checker::variable(ExprId id) {
  const Expr& e = at(id);
  if (!e.steps.empty()) return field(id);
  if (e.quantifier != Quantifier::none)
    return error("yaral.quantifier", "any and all need a repeated field, not a variable", e.span);
  Typed& t = typed(id);
  if (section_ != Section::events) {
    if (const auto it = outcomes_.find(e.text); it != outcomes_.end()) {
      t.role = Role::outcome;
      t.index = it->second;
      if (in_aggregate_) return error("yaral.aggregate", "outcome $" + e.text + " cannot be aggregated again", e.span);
      const ValueType type = typed(ast_.outcomes[it->second].value).type;
      return type == ValueType::enumeration ? ValueType::text : type;
    }
  }
  if (const auto it = placeholders_.find(e.text); it != placeholders_.end()) {
    if (section_ == Section::condition)
      return error("yaral.condition", "the condition cannot look at the value of $" + e.text, e.span,
                   "count its values, #" + e.text + ", or make an outcome of it and compare that");
    t.role = Role::placeholder;
    t.index = it->second;
    const PlaceholderInfo& info = rule_.placeholders[it->second];
    t.enumeration = info.enumeration;
    if (predicate_ != nullptr) predicate_->placeholder = true;
    return info.type;
  }
  if (variables_.contains(e.text))
    return error("yaral.variable", "$" + e.text + " is an event, not a value", e.span,
                 section_ == Section::condition ? "name it alone, or count it: #" + e.text
                                                : "name one of its fields: $" + e.text + ".…");
  if (ast_.damaged) return ValueType::unknown;
  for (const Outcome& later : ast_.outcomes)
    if (section_ == Section::outcome && later.name == e.text)
      return error("yaral.variable", "outcome $" + e.text + " is used before it is given", e.span, "move it up");
  return error("yaral.variable", "$" + e.text + " is not defined", e.span, near_variables(e.text));
}

// The value of one row of a data table; all columns of a table in a rule are of one row.
ValueType Checker::column(ExprId id) {
  const Expr& e = at(id);
  const auto it = tables_.find(e.text);
  if (it == tables_.end())
    return error("yaral.list", "no line of events joins the data table %" + e.text, e.span,
                 "compare one of its columns with a field there: $e.field = %" + e.text + "." + e.column);
  if (options_.list_exists && !options_.list_exists(e.text + "." + e.column))
    return error("yaral.list", "unknown list %" + e.text + "." + e.column, e.span,
                 "columns of data tables are named %table.column");
  Typed& t = typed(id);
  t.role = Role::field;
  t.index = it->second;
  t.slot = static_cast<uint32_t>(out_.slots.size());
  engine::Slot slot = engine::raw_slot(e.column, true);
  slot.variable = it->second;
  out_.slots.push_back(std::move(slot));
  if (predicate_ != nullptr) predicate_->second_variable = true;
  return ValueType::text;
}

ValueType Checker::field(ExprId id) {
  const Expr& e = at(id);
  const auto it = variables_.find(e.text);
  if (it == variables_.end()) {
    if (ast_.damaged) return ValueType::unknown;
    return error("yaral.variable", "$" + e.text + " is no event of this rule", e.mark, near_variables(e.text));
  }
  const EventVariable& variable = rule_.variables[it->second];
  std::vector<engine::PathStep> path;
  std::vector<Span> spans;
  for (const Step& step : e.steps) {
    if (step.kind == Step::Kind::field) {
      path.push_back({step.name, {}, {}});
      spans.push_back(step.span);
      continue;
    }
    if (path.empty()) return error("yaral.field", "an event is neither a list nor a map", step.span);
    if (path.back().index || path.back().key) return error("yaral.field", "one index or key a field", step.span);
    if (step.kind == Step::Kind::key && path.back().name == "variables") {  // a map without fields: outcomes and keys
      path.push_back({"fields", {}, step.name});
      spans.push_back(step.span);
      continue;
    }
    if (step.kind == Step::Kind::index) path.back().index = step.index;
    else path.back().key = step.name;
    spans.back().length = step.span.offset + step.span.length - spans.back().offset;
  }
  const event::Schema& schema = event::Schema::get();
  using Kind = engine::Variable::Kind;
  const std::string_view source = path[0].name;
  const Kind kind = source == "graph" ? Kind::graph : source == "detection" ? Kind::detection : Kind::event;
  if (kind != variable.kind && section_ == Section::events) return ValueType::unknown;  // collect() said so
  if (kind != variable.kind) {
    const std::string_view stands = variable.kind == Kind::graph       ? "an entity, its fields begin with graph"
                                    : variable.kind == Kind::detection ? "a detection, its fields begin with detection"
                                                                       : "an event";
    return error("yaral.variable", "$" + e.text + " stands for " + std::string(stands), e.span,
                 "use a variable of its own for each");
  }
  const event::MessageType* const root = kind == Kind::graph       ? &schema.entity()
                                         : kind == Kind::detection ? &schema.detection()
                                                                   : &schema.event();
  if (kind != Kind::event || source == "udm") {
    path.erase(path.begin());
    spans.erase(spans.begin());
    if (path.empty())
      return error("yaral.field", "a field is missing after " + std::string(source), e.span,
                   kind == Kind::graph       ? "for instance $" + e.text + ".graph.entity.hostname"
                   : kind == Kind::detection ? "for instance $" + e.text + ".detection.detection.rule_name"
                                             : "for instance $" + e.text + ".udm.principal.ip");
  }
  const engine::Quantifier quantifier = e.quantifier == Quantifier::any   ? engine::Quantifier::any
                                        : e.quantifier == Quantifier::all ? engine::Quantifier::all
                                                                          : engine::Quantifier::each;
  auto slot = engine::resolve(*root, path, quantifier);
  if (!slot && times_) {
    path.push_back({"seconds", {}, {}});
    if (auto seconds = engine::resolve(*root, path, quantifier); seconds && is_timestamp(*seconds)) slot = seconds;
  }
  if (!slot) {
    const size_t at_step = std::min(slot.error().step, spans.size() - 1);
    return error("yaral.field", slot.error().text, spans[at_step], slot.error().hint);
  }
  if (section_ == Section::condition)
    return error("yaral.condition", "the condition cannot read fields", e.span,
                 "test the field in events, or make an outcome of it and compare that");
  slot->variable = it->second;
  Typed& t = typed(id);
  t.role = Role::field;
  t.index = it->second;
  t.slot = static_cast<uint32_t>(out_.slots.size());
  t.enumeration = slot->enumeration;
  const ValueType type = slot->enumeration != nullptr ? ValueType::enumeration : value_type(slot->type);
  out_.slots.push_back(*std::move(slot));
  if (e.quantifier != Quantifier::none) {
    if (predicate_ == nullptr)
      return error("yaral.quantifier", "any and all can stand only in a comparison", e.span,
                   "an aggregate sees all elements without them");
    ++predicate_->quantified;
    predicate_->at = e.span;
  }
  if (predicate_ != nullptr) {
    if (predicate_->variable != UINT32_MAX && predicate_->variable != it->second) predicate_->second_variable = true;
    predicate_->variable = it->second;
  }
  return type;
}

void Checker::check_pattern(ExprId id) {
  const Expr& e = at(id);
  const std::string reason = pattern_error(e.text);
  if (!reason.empty())
    error("yaral.regex", "pattern does not compile: " + reason, e.span,
          "patterns are RE2's: no look-around, no back references");
}

void Checker::check_nocase(ExprId id, ExprId subject, ValueType type) {
  const Expr& e = at(id);
  if (!e.nocase || type == ValueType::text || type == ValueType::unknown || type == ValueType::pattern) return;
  if (type == ValueType::enumeration)
    error("yaral.nocase", "nocase cannot be used on an enum", e.nocase_span,
          "values of " + std::string(typed(subject).enumeration ? typed(subject).enumeration->name : "enums") +
              " are written in capitals");
  else error("yaral.nocase", "nocase is for text, not for " + std::string(type_name(type)), e.nocase_span);
}

void Checker::compare_enum(ExprId side, ExprId other) {
  const EnumType* enumeration = typed(side).enumeration;
  const Expr& literal = at(other);
  if (enumeration == nullptr || literal.kind != ExprKind::text || enumeration->find(literal.text) != nullptr) return;
  if (typed(side).role == Role::placeholder && literal.text.empty()) return;
  if (out_.errors.size() >= kMostErrors || out_.warnings.size() >= kMostErrors) {  // nobody will read the hint
    failed_ |= out_.errors.size() >= kMostErrors;
    return;
  }
  std::vector<std::string_view> values;
  for (const EnumType::Member& v : enumeration->values) values.push_back(v.name);
  const auto names = near(literal.text, values);
  const std::string text = "no value \"" + literal.text + "\" in " + enumeration->name;
  std::string hint = did_you_mean(names);
  // Written like a value and all but spelt like one: a slip. Anything else is a foreign word that will never be equal,
  // as in rules translated from other languages.
  const bool capitals = std::all_of(literal.text.begin(), literal.text.end(),
                                    [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; });
  if (capitals && !names.empty() && is_slip(literal.text, names[0]))
    error("yaral.enum", text, literal.span, std::move(hint));
  else warn("yaral.enum", text + ", so they are never equal", literal.span, std::move(hint));
}

void Checker::compare_pattern(ExprId id, ValueType left, ValueType right) {
  const Expr& e = at(id);
  const bool pattern_right = right == ValueType::pattern;
  const ValueType subject = pattern_right ? left : right;
  if (e.op != Op::equal && e.op != Op::not_equal)
    error("yaral.type", "a pattern can be compared with = and != only", e.mark);
  else if (!is_texty(subject) && !is_number(subject))
    error("yaral.type", "a pattern is matched against text, not " + std::string(type_name(subject)),
          at(e.children[pattern_right ? 0 : 1]).span);
}

ValueType Checker::compare(ExprId id) {
  const Expr& e = at(id);
  const ExprId a = e.children[0], b = e.children[1];
  const ValueType left = value(a), right = value(b);
  if (left == ValueType::unknown || right == ValueType::unknown) return ValueType::boolean;
  if (is_literal(at(a).kind) && is_literal(at(b).kind) && left != ValueType::boolean) {
    error("yaral.type", "both sides are constants", e.span, "compare a field with one of them");
    return ValueType::boolean;
  }
  check_nocase(id, left == ValueType::text ? b : a, left == ValueType::text ? right : left);
  if (left == ValueType::pattern || right == ValueType::pattern) {
    compare_pattern(id, left, right);
    return ValueType::boolean;
  }
  if (left == ValueType::list || right == ValueType::list) {
    error("yaral.type", "a list cannot be compared", at(left == ValueType::list ? a : b).span,
          "use arrays.contains, or count its elements");
    return ValueType::boolean;
  }
  const bool ordered = e.op != Op::equal && e.op != Op::not_equal;
  if (ordered && left == ValueType::boolean && right == ValueType::boolean) {
    error("yaral.type", "true and false have no order", e.mark, "compare them with = or !=");
    return ValueType::boolean;
  }
  if (left == ValueType::enumeration && right == ValueType::enumeration) {
    if (typed(a).enumeration != typed(b).enumeration)
      error("yaral.type", typed(a).enumeration->name + " cannot be compared with " + typed(b).enumeration->name,
            e.span);
    return ValueType::boolean;
  }
  compare_enum(a, b);
  compare_enum(b, a);
  // The order of an enum is that of its numbers, which only the field has: its name, as text or in a placeholder, has
  // none.
  const auto named = [&](ExprId x) { return typed(x).enumeration != nullptr; };
  const auto numbered = [&](ExprId x, ExprId other) {
    const Expr& o = at(other);
    return typed(x).type == ValueType::enumeration &&
           (is_number(typed(other).type) ||
            (o.kind == ExprKind::text && typed(x).enumeration->find(o.text) != nullptr));
  };
  if (ordered && (named(a) || named(b)) && !numbered(a, b) && !numbered(b, a)) {
    error("yaral.type", "names of enum values have no order", e.mark,
          "compare the field itself with a value: $e.security_result.severity >= \"HIGH\"");
    return ValueType::boolean;
  }
  const auto literal_number = [&](ValueType t, ExprId x) {
    return t == ValueType::integer && at(x).kind == ExprKind::integer;
  };
  const auto numeric_text = [&](ValueType t, ExprId x) {
    return is_number(t) && at(x).kind == ExprKind::text && looks_numeric(at(x).text);
  };
  const auto column_number = [&](ValueType t, ExprId x) { return is_number(t) && at(x).kind == ExprKind::list; };
  const bool fits = column_number(left, b) || column_number(right, a) || numeric_text(left, b) ||
                    numeric_text(right, a) || (is_texty(left) && is_texty(right)) ||
                    (is_number(left) && is_number(right)) || left == right ||
                    (left == ValueType::enumeration && literal_number(right, b)) ||
                    (right == ValueType::enumeration && literal_number(left, a));
  if (fits) return ValueType::boolean;
  const ExprId literal = at(a).kind == ExprKind::variable || at(a).kind == ExprKind::call ? b : a;
  const ExprId other = literal == a ? b : a;
  const ValueType wanted = literal == a ? right : left;
  const Expr& l = at(literal);
  std::string hint;
  if (l.kind == ExprKind::text && wanted == ValueType::boolean && (l.text == "true" || l.text == "false"))
    hint = "write " + l.text + " without quotes";
  else if (is_texty(wanted) && (l.kind == ExprKind::integer || l.kind == ExprKind::real || l.kind == ExprKind::boolean))
    hint = "write \"" + to_text(file_, literal) + "\", in quotes";
  else if (is_texty(wanted) && is_number(typed(literal).type)) hint = "cast.as_int() makes a number of text";
  error("yaral.type",
        to_text(file_, other) + " is " + std::string(type_name(wanted)) + " and cannot be compared with " +
            std::string(type_name(typed(literal).type)),
        l.span, std::move(hint));
  return ValueType::boolean;
}

ValueType Checker::member(ExprId id) {
  const Expr& e = at(id);
  const Expr& list = at(e.children[1]);
  const ValueType type = value(e.children[0]);
  typed(e.children[1]).done = true;
  if (predicate_ != nullptr) predicate_->list = true;
  const std::string name = list.text + (list.column.empty() ? "" : "." + list.column);
  if (options_.list_exists && !options_.list_exists(name))
    error("yaral.list", "unknown list %" + name, list.span,
          "lists are text files, one value a line, in the folder of lists");
  if (type == ValueType::unknown) return ValueType::boolean;
  if (type == ValueType::list || type == ValueType::boolean || type == ValueType::pattern)
    error("yaral.type", "only text and numbers can be in a list, not " + std::string(type_name(type)),
          at(e.children[0]).span);
  else if (e.op != Op::in && is_number(type))
    error("yaral.type", std::string(spelling(e.op)) + " is for text, not for " + std::string(type_name(type)),
          at(e.children[0]).span);
  else if (e.op == Op::in_cidr && e.nocase) error("yaral.nocase", "addresses have no case", e.nocase_span);
  else check_nocase(id, e.children[0], type);
  return ValueType::boolean;
}

ValueType Checker::number_operand(ExprId id, std::string_view what) {
  const ValueType type = value(id);
  if (type == ValueType::unknown || is_number(type)) return type;
  std::string hint;
  if (is_texty(type))
    hint = what == "+" ? "strings.concat() joins text, cast.as_int() makes a number of it"
                       : "cast.as_int() makes a number of text";
  return error("yaral.type", std::string(what) + " needs numbers, not " + std::string(type_name(type)), at(id).span,
               std::move(hint));
}

ValueType Checker::arithmetic(ExprId id) {
  const Expr& e = at(id);
  const std::string_view what = spelling(e.op);
  const ValueType left = number_operand(e.children[0], what), right = number_operand(e.children[1], what);
  if (left == ValueType::unknown || right == ValueType::unknown) return ValueType::unknown;
  if (e.op == Op::modulo && (left == ValueType::real || right == ValueType::real))
    return error("yaral.type", "% needs whole numbers", e.mark);
  return left == ValueType::integer && right == ValueType::integer && e.op != Op::divide ? ValueType::integer
                                                                                         : ValueType::real;
}

ValueType Checker::choice(ExprId id) {
  const Expr& e = at(id);
  if (e.children.size() < 2 || e.children.size() > 3)
    return error("yaral.arguments", "if takes a condition, a value and, if wanted, another value", e.mark,
                 "if($e.field = \"x\", 10, 0)");
  Predicate* const outer = predicate_;
  predicate_ = nullptr;
  predicate(e.children[0]);
  predicate_ = outer;
  const ValueType yes = value(e.children[1]);
  const ValueType no = e.children.size() == 3 ? value(e.children[2]) : yes;
  if (yes == ValueType::unknown || no == ValueType::unknown) return ValueType::unknown;
  for (size_t i = 1; i < e.children.size(); ++i)
    if (typed(e.children[i]).type == ValueType::pattern || typed(e.children[i]).type == ValueType::list)
      return error("yaral.type", "if cannot give " + std::string(type_name(typed(e.children[i]).type)),
                   at(e.children[i]).span);
  if (is_texty(yes) && is_texty(no)) return ValueType::text;
  if (is_number(yes) && is_number(no)) return yes == no ? yes : ValueType::real;
  if (yes == no) return yes;
  return error("yaral.type", "if gives " + std::string(type_name(yes)) + " or " + std::string(type_name(no)),
               at(e.children[2]).span, "both values must be of one type");
}

}  // namespace sekisho::yaral
