// Calls of metrics.*: what is looked up, in which window, by which fields. Entries: Checker::metrics_call(),
// period_start().
#include <algorithm>
#include <set>
#include <span>

#include "yaral/checker.h"
#include "yaral/metrics.h"

namespace sekisho::yaral {
namespace {

std::vector<std::string_view> names(std::span<const MetricName> from) {
  std::vector<std::string_view> out;
  for (const MetricName& n : from) out.push_back(n.name);
  return out;
}

std::string listed(std::span<const MetricName> from) {
  std::string out;
  for (size_t i = 0; i < from.size(); ++i)
    out += (i == 0 ? "" : i + 1 == from.size() ? " or " : ", ") + std::string(from[i].name);
  return out;
}

}  // namespace

// metrics.name(period: 1d, window: 30d, metric: event_count_sum, agg: max, target.user.userid: $user[, filter: …])
ValueType Checker::metrics_call(ExprId id, const engine::Function& function) {
  const Expr& e = at(id);
  const std::string called(function.name);
  if (section_ != Section::outcome) error("yaral.function", called + " belongs to the outcome section", e.mark);
  else if (!in_aggregate_ && ast_.has_match)
    error("yaral.aggregate", called + " has to be aggregated", e.mark, "max(" + called + "(…))");
  StringMap<ExprId> given;
  size_t fields = 0, counted = 0;
  ExprId filter = kNoExpr;
  for (size_t i = 0; i < e.children.size(); ++i) {
    const std::string name = i < e.names.size() ? ascii_lower(e.names[i]) : "";
    if (name.empty())
      return error("yaral.arguments", "arguments of " + called + " are named", at(e.children[i]).span,
                   "period: 1d, window: 30d, metric: event_count_sum, agg: max, target.user.userid: $user");
    if (!given.try_emplace(name, e.children[i]).second)
      error("yaral.duplicate", "argument " + name + " is given twice", at(e.children[i]).span);
    const bool field = name.find('.') != std::string::npos;
    const bool all = at(e.children[i]).kind == ExprKind::word && at(e.children[i]).text == "*";
    fields += field && !all;
    counted += field && all;
    metrics_argument(e.children[i], name, function.name);
    if (name == "filter") filter = e.children[i];
  }
  if (filter != kNoExpr) metrics_filter(filter, sums_values(function.name), counted > 0);
  for (const char* needed : {"period", "window", "metric", "agg"})
    if (!given.contains(needed))
      return error("yaral.arguments", called + " lacks the argument " + needed, e.mark,
                   "period: 1d, window: 30d, metric: event_count_sum, agg: max");
  if (fields == 0)
    error("yaral.arguments", called + " names no field to look up by", e.mark,
          "for instance target.user.userid: $user");
  const auto word = [&](const char* name) { return ascii_lower(at(given.find(name)->second).text); };
  const bool hours = at(given.find("period")->second).integer == 3600, today = word("window") == "today";
  if (hours != today)
    error("yaral.arguments", "window: today goes with period: 1h, window: 30d with period: 1d",
          at(given.find("window")->second).span);
  const bool unique = word("metric") == "num_unique_filter_values";
  if (counted != (unique ? 1 : 0))
    error("yaral.arguments",
          unique ? "num_unique_filter_values counts the values of one field: the one that is *"
                 : "* is for metric: num_unique_filter_values",
          unique ? at(given.find("metric")->second).span : e.mark,
          unique ? "for instance principal.ip: *" : "give the field a value, or leave it out");
  const std::string agg = word("agg");
  return agg == "avg" || agg == "stddev" ? ValueType::real : ValueType::integer;
}

// period_start_for_max(metrics.name(…)): when the day or hour began.
ValueType Checker::period_start(ExprId id) {
  const Expr& e = at(id);
  typed(id).aggregate = true;
  if (section_ != Section::outcome)
    return error("yaral.aggregate", e.text + " aggregates: it belongs to the outcome section", e.mark);
  if (in_aggregate_)
    return error("yaral.aggregate", "an aggregate inside an aggregate", e.mark, "give the inner one its own outcome");
  if (e.children.size() != 1)
    return error("yaral.arguments", e.text + " takes 1 argument, not " + std::to_string(e.children.size()), e.mark);
  in_aggregate_ = true;
  Predicate* const outer = predicate_;
  predicate_ = nullptr;
  value(e.children[0]);
  predicate_ = outer;
  in_aggregate_ = false;
  const engine::Function* of = typed(e.children[0]).function;
  if (at(e.children[0]).kind != ExprKind::call || of == nullptr || of->support != engine::Support::metric)
    return error("yaral.arguments", e.text + " asks for a period, which only metrics have", at(e.children[0]).span,
                 e.text + "(metrics.auth_attempts_fail(…))");
  return ValueType::integer;
}

void Checker::metrics_argument(ExprId id, const std::string& name, std::string_view function) {
  const Expr& v = at(id);
  const auto one_of = [&](std::span<const MetricName> words) {
    if (v.kind != ExprKind::word || std::ranges::find(words, ascii_lower(v.text), &MetricName::name) == words.end())
      error("yaral.arguments", name + " of " + std::string(function) + " is " + listed(words), v.span,
            v.kind == ExprKind::word ? did_you_mean(near(v.text, names(words))) : "");
  };
  typed(id).done = true;
  if (name == "period") {
    if (v.kind != ExprKind::duration || (v.integer != 3600 && v.integer != 86400))
      error("yaral.arguments", "period is 1h or 1d", v.span);
  } else if (name == "window") {
    const bool today = v.kind == ExprKind::word && iequals(v.text, "today");
    if (!today && (v.kind != ExprKind::duration || v.integer != 30 * 86400))
      error("yaral.arguments", "window is today (of period 1h) or 30d (of period 1d)", v.span);
  } else if (name == "metric") {
    one_of(observed_names());
    if (v.kind == ExprKind::word && iequals(v.text, "value_sum") && !sums_values(function))
      error("yaral.arguments", "value_sum counts bytes: " + std::string(function) + " has none", v.span,
            "event_count_sum counts events");
  } else if (name == "agg") {
    one_of(over_periods_names());
  } else if (name == "filter") {
    return;  // metrics_filter(), when all is known
  } else if (name.find('.') == std::string::npos) {
    error("yaral.arguments", "no argument " + name + " in " + std::string(function), v.span,
          "period, window, metric, agg, filter, and fields such as target.user.userid");
  } else {
    const auto slot = engine::resolve(name);
    if (!slot) error("yaral.field", slot.error().text, v.span, slot.error().hint);
    if (v.kind == ExprKind::word) {
      if (v.text != "*") error("yaral.type", "'" + v.text + "' is not a value", v.span, "write text in quotes");
      return;
    }
    typed(id).done = false;
    const ValueType type = value(id);
    if (slot && type != ValueType::unknown) metrics_key(id, name, *slot, type);
  }
}

// What a metric is looked up by.
void Checker::metrics_key(ExprId id, const std::string& name, const engine::Slot& field, ValueType type) {
  const Expr& v = at(id);
  const auto refuse = [&](const std::string& text, const std::string& hint) {
    error("yaral.arguments", text, v.span, hint);
  };
  const bool written = v.kind == ExprKind::text || v.kind == ExprKind::integer || v.kind == ExprKind::variable;
  if (type == ValueType::boolean || type == ValueType::real || type == ValueType::list)
    return refuse(name + " cannot be looked up by what is " + std::string(type_name(type)), "a text or a whole number");
  if (!written)
    return refuse(name + " is looked up by a placeholder, a field, a text or a number",
                  v.kind == ExprKind::list ? "bind the column to a placeholder in events"
                                           : "give what it is a placeholder in events");
  if (v.kind == ExprKind::variable) {
    if (typed(id).role == Role::field && out_.slots[typed(id).slot].repeated())
      refuse("a repeated field cannot be read here", "bind it to a placeholder in events: $e." + name + " = $value");
    return;
  }
  const bool zero = v.kind == ExprKind::text ? v.text.empty() : v.integer == 0;
  if (zero && !name.ends_with(".namespace"))
    return refuse("a metric cannot be looked up by the default value of " + name, "events without it are not counted");
  if (field.enumeration != nullptr && v.kind == ExprKind::text && field.enumeration->find(v.text) == nullptr)
    return refuse("\"" + v.text + "\" is not a value of " + name, "");
  if (field.enumeration != nullptr && v.kind == ExprKind::integer)
    return refuse(name + " is looked up by the name of its value", "in quotes");
}

// Over metrics only: value_sum > 10 and event_count_sum != 5.
void Checker::metrics_filter(ExprId id, bool sums, bool counts) {
  bool foreign = false;
  std::vector<ExprId> stack{id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Expr& e = at(top);
    stack.insert(stack.end(), e.children.rbegin(), e.children.rend());
    const auto refuse = [&](const std::string& text) {
      error("yaral.arguments", text, e.span, listed(observed_names()));
      foreign = true;
    };
    if (e.kind == ExprKind::variable || e.kind == ExprKind::list || e.kind == ExprKind::count)
      refuse("a filter reads metrics, no fields and placeholders");
    else if (e.kind == ExprKind::word &&
             std::ranges::find(observed_names(), ascii_lower(e.text), &MetricName::name) == observed_names().end())
      refuse("no metric " + e.text);
    else if (e.kind == ExprKind::word && !sums && iequals(e.text, "value_sum"))
      refuse("value_sum counts bytes, and this function has none");
    else if (e.kind == ExprKind::word && !counts && iequals(e.text, "num_unique_filter_values"))
      refuse("num_unique_filter_values counts the field that is *, and there is none");
  }
  typed(id).done = foreign;
  if (foreign) return;
  const bool outer = in_filter_, aggregated = in_aggregate_;
  in_filter_ = true;
  in_aggregate_ = true;  // what is one inside it cannot be meant
  Predicate* const predicate = predicate_;
  predicate_ = nullptr;
  this->predicate(id);
  predicate_ = predicate;
  in_filter_ = outer;
  in_aggregate_ = aggregated;
}

}  // namespace sekisho::yaral
