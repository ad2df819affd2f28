// Calls: functions against the engine's table, aggregates, and their arguments. Entry: Checker::call().
#include <algorithm>
#include <charconv>
#include <span>

#include "net/host.h"
#include "yaral/checker.h"
#include "yaral/pattern.h"

namespace sekisho::yaral {
namespace {

struct AggregateName {
  std::string_view name;
  engine::Aggregate kind;
};
constexpr AggregateName kAggregates[] = {
    {"max", engine::Aggregate::max},
    {"min", engine::Aggregate::min},
    {"sum", engine::Aggregate::sum},
    {"avg", engine::Aggregate::avg},
    {"stddev", engine::Aggregate::stddev},
    {"count", engine::Aggregate::count},
    {"count_distinct", engine::Aggregate::count_distinct},
    {"array", engine::Aggregate::array},
    {"array_distinct", engine::Aggregate::array_distinct},
    {"earliest", engine::Aggregate::earliest},
    {"latest", engine::Aggregate::latest},
};
bool is_cidr(std::string_view s) {
  const size_t slash = s.find('/');
  const std::string_view host = s.substr(0, slash);
  const bool four = net::is_ipv4(host);
  if (!four && !net::is_ipv6(host)) return false;
  if (slash == std::string_view::npos) return true;
  const std::string_view bits = s.substr(slash + 1);
  int value = -1;
  const auto [end, problem] = std::from_chars(bits.data(), bits.data() + bits.size(), value);
  return problem == std::errc() && end == bits.data() + bits.size() && value >= 0 && value <= (four ? 32 : 128);
}

std::string_view param_name(engine::Param param) {
  switch (param) {
    case engine::Param::boolean:
      return "true or false";
    case engine::Param::integer:
      return "a whole number";
    case engine::Param::real:
    case engine::Param::number:
      return "a number";
    case engine::Param::text:
      return "text";
    case engine::Param::list:
      return "a list";
    case engine::Param::any:
      return "a value";
    case engine::Param::pattern:
      return "a pattern";
    case engine::Param::cidr:
      return "a CIDR block";
  }
  return "";
}

std::string function_hint(std::string_view name) {
  std::vector<std::string_view> names;
  for (const engine::Function& f : engine::functions())
    if (f.support != engine::Support::internal) names.push_back(f.name);
  if (name.find('.') == std::string_view::npos)
    for (const AggregateName& a : kAggregates) names.push_back(a.name);
  return did_you_mean(near(name, names));
}

}  // namespace

ValueType Checker::call(ExprId id) {
  const Expr& e = at(id);
  const std::string name = ascii_lower(e.text);
  for (const AggregateName& a : kAggregates) {
    if (a.name != name) continue;
    typed(id).aggregate = true;
    typed(id).kind = a.kind;
    return aggregate(id);
  }
  if (name == "period_start_for_max" || name == "period_start_for_min") return period_start(id);
  const engine::Function* function = engine::find_function(name);
  if (function == nullptr || function->support == engine::Support::internal)
    return error("yaral.function", "unknown function " + e.text, e.mark, function_hint(name));
  typed(id).function = function;
  if (function->support == engine::Support::aggregate) return window_call(id, *function);
  if (function->support == engine::Support::metric) return metrics_call(id, *function);
  return function_call(id, *function);
}

// window.avg(x[, true]) and its like: aggregates by another name.
ValueType Checker::window_call(ExprId id, const engine::Function& function) {
  const Expr& e = at(id);
  typed(id).aggregate = true;
  if (section_ != Section::outcome)
    return error("yaral.aggregate", e.text + " aggregates: it belongs to the outcome section", e.mark);
  if (in_aggregate_)
    return error("yaral.aggregate", "an aggregate inside an aggregate", e.mark, "give the inner one its own outcome");
  in_aggregate_ = true;
  Predicate* const outer = predicate_;
  predicate_ = nullptr;
  const ValueType type = function_call(id, function);
  predicate_ = outer;
  in_aggregate_ = false;
  if (e.children.size() == 2 && function.params[1] == engine::Param::boolean &&
      at(e.children[1]).kind != ExprKind::boolean)
    error("yaral.arguments", "argument 2 of " + e.text + " must be a constant: true or false", at(e.children[1]).span);
  return type;
}

ValueType Checker::aggregate(ExprId id) {
  const Expr& e = at(id);
  if (section_ != Section::outcome)
    return error("yaral.aggregate", e.text + " aggregates: it belongs to the outcome section", e.mark);
  if (in_aggregate_)
    return error("yaral.aggregate", "an aggregate inside an aggregate", e.mark, "give the inner one its own outcome");
  const engine::Aggregate kind = typed(id).kind;
  if (e.nocase) error("yaral.nocase", "nocase belongs to a comparison", e.nocase_span);
  if (!e.names.empty()) return error("yaral.arguments", e.text + " takes no named arguments", e.mark);
  if (e.children.size() != 1 && !(kind == engine::Aggregate::count && e.children.empty()))
    return error("yaral.arguments", e.text + " takes 1 argument, not " + std::to_string(e.children.size()), e.mark);
  if (e.children.empty()) return ValueType::integer;
  in_aggregate_ = true;
  times_ = kind == engine::Aggregate::earliest || kind == engine::Aggregate::latest;
  Predicate* const outer = predicate_;
  predicate_ = nullptr;
  const ValueType type = value(e.children[0]);
  predicate_ = outer;
  in_aggregate_ = times_ = false;
  switch (kind) {
    case engine::Aggregate::count:
    case engine::Aggregate::count_distinct:
      return ValueType::integer;
    case engine::Aggregate::array:
    case engine::Aggregate::array_distinct:
      if (type == ValueType::pattern || type == ValueType::list)
        return error("yaral.type", e.text + " gathers single values, not " + std::string(type_name(type)),
                     at(e.children[0]).span);
      return ValueType::list;
    default:
      if (type == ValueType::unknown) return type;
      if (!is_number(type))
        return error("yaral.type", e.text + " needs numbers, not " + std::string(type_name(type)),
                     at(e.children[0]).span,
                     is_texty(type) ? "array_distinct gathers text, cast.as_int() makes a number of it" : "");
      return value_type(
          engine::aggregate_type(kind, type == ValueType::integer ? engine::Type::integer : engine::Type::real));
  }
}

ValueType Checker::function_call(ExprId id, const engine::Function& function) {
  const Expr& e = at(id);
  if (!e.names.empty()) {
    return error("yaral.arguments", std::string(function.name) + " takes no named arguments", e.mark);
  }
  const size_t given = e.children.size(), most = function.params.size();
  if (given < function.required || (given > most && !function.variadic)) {
    std::string takes = std::to_string(function.required);
    if (function.variadic) takes = "at least " + takes;
    else if (most > function.required)
      takes += (most == function.required + 1u ? " or " : " to ") + std::to_string(most);
    error("yaral.arguments",
          std::string(function.name) + " takes " + takes + (takes == "1" ? " argument" : " arguments") + ", not " +
              std::to_string(given),
          e.mark);
    return value_type(function.result);
  }
  bool fits = true;
  for (size_t i = 0; i < given; ++i)
    fits &= argument(e.children[i], function.params[std::min(i, most - 1)], function, i);
  if (e.nocase && !function.nocase)
    error("yaral.nocase", std::string(function.name) + " does not take nocase", e.nocase_span,
          "compare strings.to_lower() of both sides, or use re.regex(…) nocase");
  if (!function.same_as_first || e.children.empty()) return value_type(function.result);
  if (!fits) return ValueType::unknown;
  const ValueType first = typed(e.children[0]).type;
  return first == ValueType::enumeration ? ValueType::text : first;
}

bool Checker::argument(ExprId id, engine::Param param, const engine::Function& function, size_t position) {
  const Expr& e = at(id);
  const ValueType type = value(id);
  if (type == ValueType::unknown) return true;
  bool fits = false;
  switch (param) {
    case engine::Param::boolean:
      fits = type == ValueType::boolean;
      break;
    case engine::Param::integer:
      fits = type == ValueType::integer;
      break;
    case engine::Param::real:
    case engine::Param::number:
      fits = is_number(type);
      break;
    case engine::Param::text:
      fits = is_texty(type) || is_number(type);
      break;
    case engine::Param::any:
      fits = type != ValueType::pattern;
      break;
    case engine::Param::list:
      if (typed(id).role == Role::field && e.quantifier == Quantifier::none && out_.slots[typed(id).slot].repeated()) {
        typed(id).whole = true;
        typed(id).type = ValueType::list;
        fits = true;
      } else {
        fits = type == ValueType::list;
      }
      break;
    case engine::Param::pattern:
      if (e.kind == ExprKind::text) check_pattern(id);
      fits = e.kind == ExprKind::text || e.kind == ExprKind::regex;
      if (fits && function.name.starts_with("re.capture") && pattern_groups(e.text) > 1)
        error("yaral.regex", std::string(function.name) + " takes a pattern with at most one group", e.span,
              "write (?:…) where nothing is captured");
      if (e.kind == ExprKind::list) fits = function.name == "re.regex";  // one pattern a row
      break;
    case engine::Param::cidr:
      if (e.kind == ExprKind::list) return true;  // one block a row
      fits = e.kind == ExprKind::text;
      if (fits && !is_cidr(e.text)) {
        error("yaral.arguments", "\"" + e.text + "\" is not a CIDR block", e.span,
              "for instance \"10.0.0.0/8\" or \"2001:db8::/32\"");
        return true;
      }
      break;
  }
  if (fits) return true;
  const bool constant = param == engine::Param::pattern || param == engine::Param::cidr;
  error("yaral.arguments",
        "argument " + std::to_string(position + 1) + " of " + std::string(function.name) + " must be " +
            (constant ? "a constant: " : "") + std::string(param_name(param)) + ", not " + std::string(type_name(type)),
        e.span, constant ? "write it in the rule, in quotes" : "");
  return false;
}

}  // namespace sekisho::yaral
