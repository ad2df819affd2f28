// Takes a checked rule, gives the plan the engine runs. One entry: lower(). Refuses nothing: the checker has.
#include "yaral/lower.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "yaral/metrics.h"

namespace sekisho::yaral {
namespace {

using engine::Rule;
using PlanId = engine::ExprId;

engine::Type plan_type(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return engine::Type::boolean;
    case ValueType::integer:
      return engine::Type::integer;
    case ValueType::real:
      return engine::Type::real;
    case ValueType::list:
      return engine::Type::list;
    default:
      return engine::Type::text;
  }
}

engine::Op plan_op(Op op) {
  switch (op) {
    case Op::not_equal:
      return engine::Op::not_equal;
    case Op::less:
      return engine::Op::less;
    case Op::less_equal:
      return engine::Op::less_equal;
    case Op::greater:
      return engine::Op::greater;
    case Op::greater_equal:
      return engine::Op::greater_equal;
    case Op::add:
      return engine::Op::add;
    case Op::subtract:
      return engine::Op::subtract;
    case Op::multiply:
      return engine::Op::multiply;
    case Op::divide:
      return engine::Op::divide;
    case Op::modulo:
      return engine::Op::modulo;
    default:
      return engine::Op::equal;
  }
}

bool is_number(ValueType t) { return t == ValueType::integer || t == ValueType::real; }

// "443" as the number it is compared as: whole if it is written so.
engine::Constant number_of(const std::string& text) {
  int64_t whole = 0;
  const char* const end = text.data() + text.size();
  if (const auto r = std::from_chars(text.data(), end, whole); r.ec == std::errc() && r.ptr == end) return whole;
  double real = 0;
  std::from_chars(text.data(), end, real);
  return real;
}

class Lowerer {
 public:
  Lowerer(const File& file, const Checked& checked, const CheckedRule& rule)
      : file_(file), checked_(checked), rule_(rule), ast_(file.rules[rule.rule]) {}

  Rule run() {
    out_.name = ast_.name;
    out_.language = "yara-l";
    out_.source = file_.name;
    out_.span = ast_.name_span;
    for (const MetaEntry& m : ast_.meta) out_.meta.emplace_back(m.key, m.value);
    for (const EventVariable& v : rule_.variables) out_.variables.push_back({v.name, v.kind});
    for (const PlaceholderInfo& p : rule_.placeholders)
      places_.push_back(p.alias == kNoExpr ? out_.placeholder(p.name, plan_type(p.type)) : UINT32_MAX);
    aliases_.resize(rule_.placeholders.size(), engine::kNoExpr);
    for (const Definition& d : rule_.definitions) define(d);
    if (ast_.has_match) match();
    std::vector<PlanId> tests;
    for (ExprId id : rule_.statements)
      if (!typed(id).defines) tests.push_back(predicate(id));
    if (!tests.empty()) out_.where = tests.size() == 1 ? tests[0] : out_.all_of(std::move(tests), ast_.span);
    for (const Outcome& o : ast_.outcomes) out_.outcome(o.name, plain(o.value));
    if (ast_.condition != kNoExpr) out_.condition = condition(ast_.condition);
    options();
    return std::move(out_);
  }

 private:
  const Expr& at(ExprId id) const { return file_.at(id); }
  const Typed& typed(ExprId id) const { return checked_.typed[id]; }

  // Placeholders inside are replaced by what they are of the same variable, so that it reads nothing else.
  void define(const Definition& d) {
    over_ = d.variable;
    const PlanId made = held(d.placeholder, d.value);
    over_.reset();
    defined_[{d.placeholder, d.variable}] = made;
    out_.define(places_[d.placeholder], made);
  }

  PlanId held(uint32_t placeholder, ExprId id) {
    return rule_.placeholders[placeholder].type == ValueType::text ? as_text(id) : value(id);
  }

  PlanId placeholder(uint32_t id, Span span) {
    const PlaceholderInfo& p = rule_.placeholders[id];
    if (over_)
      if (const auto it = defined_.find({id, *over_}); it != defined_.end()) return it->second;
    if (p.alias == kNoExpr) return out_.placeholder_ref(places_[id], span);
    if (aliases_[id] == engine::kNoExpr) aliases_[id] = held(id, p.alias);
    return aliases_[id];
  }

  void match() {
    const Match& m = ast_.match;
    engine::Match& to = out_.match.emplace();
    for (uint32_t key : rule_.keys) to.keys.push_back(places_[key]);
    to.seconds = m.seconds;
    switch (m.window) {
      case Match::Window::hop:
        to.window = engine::Match::Window::hop;
        break;
      case Match::Window::tumbling:
        to.window = engine::Match::Window::tumbling;
        break;
      case Match::Window::before:
        to.window = engine::Match::Window::before;
        break;
      case Match::Window::after:
        to.window = engine::Match::Window::after;
        break;
    }
    for (uint32_t i = 0; i < rule_.variables.size(); ++i)
      if (rule_.variables[i].is_event() && rule_.variables[i].name == m.pivot) to.pivot = i;
    to.span = m.span;
  }

  void options() {
    for (const Option& o : ast_.options) {
      if (o.name == "allow_zero_values") out_.options.allow_zero_values = at(o.value).integer != 0;
      if (o.name == "suppression_window") out_.options.suppression_seconds = at(o.value).integer;
    }
    if (out_.options.suppression_seconds == 0 || ast_.has_match) return;
    for (uint32_t i = 0; i < ast_.outcomes.size(); ++i)
      if (ast_.outcomes[i].name == "suppression_key") out_.options.suppression_key = i;
  }

  // The event section and the condition of if().
  PlanId predicate(ExprId id) {
    const Expr& e = at(id);
    if (e.kind == ExprKind::not_) return out_.negate(predicate(e.children[0]), e.span);
    if (e.kind == ExprKind::and_ || e.kind == ExprKind::or_) {
      std::vector<PlanId> args;
      for (ExprId child : e.children) args.push_back(predicate(child));
      return e.kind == ExprKind::and_ ? out_.all_of(std::move(args), e.span) : out_.any_of(std::move(args), e.span);
    }
    const PlanId leaf = value(id);
    return has_quantifier(id) ? out_.quantified(leaf, e.span) : leaf;
  }

  bool has_quantifier(ExprId id) const {
    const Expr& e = at(id);
    if (e.quantifier != Quantifier::none) return true;
    for (size_t i = e.kind == ExprKind::if_ ? 1 : 0; i < e.children.size();
         ++i)  // the condition of if() is its own predicate
      if (has_quantifier(e.children[i])) return true;
    return false;
  }

  PlanId condition(ExprId id) {
    const Expr& e = at(id);
    const Typed& t = typed(id);
    switch (e.kind) {
      case ExprKind::not_:
        return out_.negate(condition(e.children[0]), e.span);
      case ExprKind::and_:
      case ExprKind::or_: {
        std::vector<PlanId> args;
        for (ExprId child : e.children) args.push_back(condition(child));
        return e.kind == ExprKind::and_ ? out_.all_of(std::move(args), e.span) : out_.any_of(std::move(args), e.span);
      }
      case ExprKind::of:
        return some_of(id);
      case ExprKind::variable:
        if (t.role == Role::event) return out_.exists(t.index, e.span);
        if (t.role == Role::placeholder)
          return out_.compare(engine::Op::greater, out_.placeholder_count(places_[t.index], e.span),
                              out_.constant(int64_t{0}, e.span), false, e.span);
        return out_.outcome_ref(t.index, e.span);
      default:
        return predicate(id);
    }
  }

  PlanId some_of(ExprId id) {
    const Expr& e = at(id);
    std::vector<PlanId> parts;
    for (ExprId child : e.children) parts.push_back(condition(child));
    if (e.integer == static_cast<int64_t>(parts.size())) return out_.all_of(std::move(parts), e.span);
    if (e.integer == 1) return out_.any_of(std::move(parts), e.span);
    PlanId sum = kNoExpr;
    for (PlanId part : parts) {
      const PlanId one =
          out_.choose(part, out_.constant(int64_t{1}, e.span), out_.constant(int64_t{0}, e.span), e.span);
      sum = sum == kNoExpr ? one : out_.arithmetic(engine::Op::add, sum, one, e.span);
    }
    return out_.compare(engine::Op::greater_equal, sum, out_.constant(e.integer, e.span), false, e.span);
  }

  // As it is written; an enum is its number.
  PlanId value(ExprId id) {
    const Expr& e = at(id);
    const Typed& t = typed(id);
    switch (e.kind) {
      case ExprKind::word:  // in a metric's filter only
        return out_.observed(static_cast<engine::Observed>(named(observed_names(), e.text)), e.span);
      case ExprKind::text:
      case ExprKind::regex:
        return out_.constant(e.text, e.span);
      case ExprKind::integer:
      case ExprKind::duration:
        return out_.constant(e.integer, e.span);
      case ExprKind::real:
        return out_.constant(e.real, e.span);
      case ExprKind::boolean:
        return out_.constant(e.integer != 0, e.span);
      case ExprKind::variable:
        if (t.role == Role::field)
          return t.whole ? out_.whole(checked_.slots[t.slot], e.span) : out_.slot(checked_.slots[t.slot], e.span);
        if (t.role == Role::outcome) return out_.outcome_ref(t.index, e.span);
        return placeholder(t.index, e.span);
      case ExprKind::count:
        return t.role == Role::event ? out_.count_of(t.index, e.span)
                                     : out_.placeholder_count(places_[t.index], e.span);
      case ExprKind::call:
        return call(id);
      case ExprKind::if_:
        return choice(id);
      case ExprKind::negate:
        return out_.arithmetic(engine::Op::minus, value(e.children[0]), kNoExpr, e.span);
      case ExprKind::arithmetic: {
        const PlanId left = value(e.children[0]);
        return out_.arithmetic(plan_op(e.op), left, value(e.children[1]), e.span);
      }
      case ExprKind::compare:
        return compare(id);
      case ExprKind::member:
        return member(id);
      case ExprKind::not_:
      case ExprKind::and_:
      case ExprKind::or_:
        return predicate(id);
      case ExprKind::list:  // a column of a table's row
        return out_.slot(checked_.slots[t.slot], e.span);
      case ExprKind::of:
        break;  // the checker lets neither through
    }
    return out_.constant(false, e.span);
  }

  // An enum by its name, everything else as it is: what a person wants to see.
  PlanId plain(ExprId id) { return typed(id).type == ValueType::enumeration ? as_text(id) : value(id); }

  PlanId as_text(ExprId id) {
    const Typed& t = typed(id);
    const PlanId v = value(id);
    if (t.type == ValueType::enumeration) return out_.enum_name(v, t.enumeration, at(id).span);
    if (is_number(t.type))
      if (const engine::Function* cast = engine::find_function("cast.as_string"))
        return out_.call(*cast, {v}, false, at(id).span);
    return v;
  }

  PlanId pattern(ExprId subject, const std::string& text, const Expr& e) {
    const PlanId match = out_.matches(as_text(subject), text, e.nocase, e.span);
    return e.op == Op::not_equal ? out_.negate(match, e.span) : match;
  }

  PlanId compare(ExprId id) {
    const Expr& e = at(id);
    const ExprId a = e.children[0], b = e.children[1];
    if (at(b).kind == ExprKind::regex) return pattern(a, at(b).text, e);
    if (at(a).kind == ExprKind::regex) return pattern(b, at(a).text, e);
    const bool column = at(a).kind == ExprKind::list || at(b).kind == ExprKind::list;
    if (column && (e.op == Op::equal || e.op == Op::not_equal)) {  // columns are text
      const PlanId left = as_text(a);
      return out_.compare(plan_op(e.op), left, as_text(b), e.nocase, e.span);
    }
    const PlanId left = side(a, b);
    return out_.compare(plan_op(e.op), left, side(b, a), e.nocase, e.span);
  }

  // One side of a comparison, in the type that both are compared in.
  PlanId side(ExprId id, ExprId other) {
    const Expr& e = at(id);
    const ValueType mine = typed(id).type, theirs = typed(other).type;
    if (theirs == ValueType::enumeration) {
      const event::EnumType* enumeration = typed(other).enumeration;
      if (mine == ValueType::enumeration || is_number(mine)) return value(id);
      if (e.kind == ExprKind::text)
        if (const auto* member_of = enumeration->find(e.text)) return out_.constant(member_of->number, e.span);
      return value(id);
    }
    if (mine == ValueType::enumeration) {
      const Expr& o = at(other);
      const bool number =
          is_number(theirs) || (o.kind == ExprKind::text && typed(id).enumeration->find(o.text) != nullptr);
      return number ? value(id) : as_text(id);
    }
    if (e.kind == ExprKind::text && is_number(theirs)) return out_.constant(number_of(e.text), e.span);
    return value(id);
  }

  PlanId member(ExprId id) {
    const Expr& e = at(id);
    const Expr& list = at(e.children[1]);
    const engine::ListMode mode = e.op == Op::in_regex  ? engine::ListMode::regex
                                  : e.op == Op::in_cidr ? engine::ListMode::cidr
                                                        : engine::ListMode::exact;
    return out_.in_list(as_text(e.children[0]), list.text + (list.column.empty() ? "" : "." + list.column), mode,
                        e.nocase, e.span);
  }

  PlanId choice(ExprId id) {
    const Expr& e = at(id);
    const bool text = typed(id).type == ValueType::text;
    const PlanId test = predicate(e.children[0]);
    const PlanId yes = text ? as_text(e.children[1]) : plain(e.children[1]);
    PlanId no = kNoExpr;
    if (e.children.size() == 3) no = text ? as_text(e.children[2]) : plain(e.children[2]);
    return out_.choose(test, yes, no, e.span);
  }

  PlanId call(ExprId id) {
    const Expr& e = at(id);
    const Typed& t = typed(id);
    if (iequals(e.text, "period_start_for_max") || iequals(e.text, "period_start_for_min")) return period_start(id);
    if (t.aggregate && t.function != nullptr) return window(id, t.function->name);
    if (t.function != nullptr && t.function->support == engine::Support::metric) return metric(id);
    if (t.aggregate) return out_.aggregate(t.kind, e.children.empty() ? kNoExpr : plain(e.children[0]), e.span);
    const engine::Function& function = *t.function;
    if (e.children.size() == 2 && at(e.children[1]).kind == ExprKind::list)
      if (const engine::Function* row = engine::find_function(std::string(function.name) + "(row)"))
        return by_row(*row, e);
    if (function.name == "re.regex")
      return out_.matches(as_text(e.children[0]), at(e.children[1]).text, e.nocase, e.span);
    std::vector<PlanId> args;
    for (size_t i = 0; i < e.children.size(); ++i) {
      const engine::Param param = function.params[std::min(i, function.params.size() - 1)];
      args.push_back(param == engine::Param::text ? as_text(e.children[i]) : plain(e.children[i]));
    }
    return out_.call(function, std::move(args), e.nocase, e.span);
  }

  // re.regex, net.ip_in_range_cidr with what the row of a table says.
  PlanId by_row(const engine::Function& function, const Expr& e) {
    const PlanId subject = as_text(e.children[0]);
    PlanId by = as_text(e.children[1]);
    if (e.nocase)
      if (const engine::Function* concat = engine::find_function("strings.concat"))
        by = out_.call(*concat, {out_.constant("(?i)", e.span), by}, false, e.span);
    return out_.call(function, {subject, by}, false, e.span);
  }

  static uint8_t named(std::span<const MetricName> names, std::string_view name) {
    return std::ranges::find(names, ascii_lower(name), &MetricName::name)->value;
  }

  // over: in place of what agg says.
  PlanId metric(ExprId id, std::optional<engine::OverPeriods> over = {}) {
    const Expr& e = at(id);
    engine::MetricUse use;
    std::map<std::string, ExprId> fields;  // in one order, so that the same measure is one
    std::string counted;
    ExprId filter = kNoExpr;
    for (size_t i = 0; i < e.children.size(); ++i) {
      const std::string name = ascii_lower(e.names[i]);
      const Expr& v = at(e.children[i]);
      if (name == "metric") use.of = static_cast<engine::Observed>(named(observed_names(), v.text));
      else if (name == "agg") use.over = static_cast<engine::OverPeriods>(named(over_periods_names(), v.text));
      else if (name == "window") use.today = v.kind == ExprKind::word;
      else if (name == "filter") filter = e.children[i];
      else if (name == "period") continue;
      else if (v.kind == ExprKind::word) counted = name;
      else fields.emplace(name, e.children[i]);
    }
    if (over) use.over = *over;
    use.filtered = filter != kNoExpr;
    std::vector<PlanId> args;
    std::vector<std::string> names;
    for (const auto& [name, v] : fields) {
      names.push_back(name);
      args.push_back(at(v).kind == ExprKind::integer ? out_.constant(std::to_string(at(v).integer), at(v).span)
                                                     : as_text(v));
    }
    if (!counted.empty()) names.push_back(counted);
    if (use.filtered) args.push_back(predicate(filter));
    const uint32_t made = out_.measure(measure(typed(id).function->name, names, !counted.empty()));
    return out_.metric(made, use, std::move(args), e.span);
  }

  // The start of the period with the greatest or least value, of several rows in the row where that is so.
  PlanId period_start(ExprId id) {
    using engine::OverPeriods;
    const Expr& e = at(id);
    const bool most = iequals(e.text, "period_start_for_max");
    const PlanId by = metric(e.children[0], most ? OverPeriods::max : OverPeriods::min);
    const PlanId start = metric(e.children[0], most ? OverPeriods::start_of_max : OverPeriods::start_of_min);
    const PlanId text = out_.call(*engine::find_function("cast.as_string"), {start}, false, e.span);
    const PlanId kept = out_.add({.op = engine::Op::aggregate,
                                  .type = engine::Type::text,
                                  .kind = most ? engine::Aggregate::last : engine::Aggregate::first,
                                  .args = {by, text},
                                  .span = e.span});
    return out_.call(*engine::find_function("cast.as_int"), {kept}, false, e.span);
  }

  PlanId window(ExprId id, std::string_view name) {
    using engine::Aggregate;
    const Expr& e = at(id);
    const bool skip_zero =
        e.children.size() == 2 && at(e.children[1]).kind == ExprKind::boolean && at(e.children[1]).integer != 0;
    const auto make = [&](Aggregate kind, std::vector<PlanId> args) {
      const engine::Type type = engine::aggregate_type(kind, out_.type_of(args[0]));
      return out_.add({.op = engine::Op::aggregate,
                       .type = type,
                       .kind = kind,
                       .value = skip_zero,
                       .args = std::move(args),
                       .span = e.span});
    };
    const auto of = [&](Aggregate kind) { return make(kind, {value(e.children[0])}); };
    const auto cast = [&](const char* function, PlanId arg) {
      return out_.call(*engine::find_function(function), {arg}, false, e.span);
    };
    if (name == "window.avg") return of(Aggregate::avg);
    if (name == "window.median") return of(Aggregate::median);
    if (name == "window.variance") return of(Aggregate::variance);
    if (name == "window.stddev") return cast("math.sqrt", of(Aggregate::variance));
    if (name == "window.mode") return make(Aggregate::mode, {as_text(e.children[0])});
    if (name == "window.range") {
      const PlanId least = cast("cast.as_float", of(Aggregate::min));
      return out_.list({least, cast("cast.as_float", of(Aggregate::max))}, e.span);
    }
    const PlanId by = value(e.children[0]);
    return make(name == "window.first" ? Aggregate::first : Aggregate::last, {by, as_text(e.children[1])});
  }

  const File& file_;
  const Checked& checked_;
  const CheckedRule& rule_;
  const yaral::Rule& ast_;
  Rule out_;
  std::vector<uint32_t> places_;  // of placeholders, in the plan
  std::vector<PlanId> aliases_;
  std::map<std::pair<uint32_t, uint32_t>, PlanId> defined_;  // placeholder, variable
  std::optional<uint32_t> over_;                             // the variable of the definition being made
};

}  // namespace

engine::Rule lower(const File& file, const Checked& checked, const CheckedRule& rule) {
  return Lowerer(file, checked, rule).run();
}

}  // namespace sekisho::yaral
