// Takes the `correlation` section of a document, gives it typed. Entry: DocumentReader::read_correlation(). Refuses
// unknown types and keys, time spans and conditions that cannot be read or can never be met.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/strings.h"
#include "sigma/document_reader.h"

namespace sekisho::sigma {
namespace {

using Kind = Node::Kind;
using Type = Correlation::Type;

constexpr Type kTypes[] = {Type::event_count, Type::value_count, Type::temporal,        Type::temporal_ordered,
                           Type::value_sum,   Type::value_avg,   Type::value_percentile};
constexpr std::string_view kKeys[] = {"type", "rules", "aliases", "group-by", "timespan", "condition", "generate"};
constexpr std::pair<std::string_view, engine::Op> kBounds[] = {
    {"gt", engine::Op::greater},     {"gte", engine::Op::greater_equal}, {"lt", engine::Op::less},
    {"lte", engine::Op::less_equal}, {"eq", engine::Op::equal},          {"neq", engine::Op::not_equal}};

bool is_temporal(Type type) { return type == Type::temporal || type == Type::temporal_ordered; }
bool reads_values(Type type) { return !is_temporal(type) && type != Type::event_count; }

// Is there a whole number from `least` on that meets all bounds?
bool possible(const std::vector<Correlation::Bound>& bounds, int64_t least, int64_t most) {
  const auto holds = [&](double n) {
    return std::all_of(bounds.begin(), bounds.end(), [&](const Correlation::Bound& b) {
      switch (b.op) {
        case engine::Op::equal:
          return n == b.number;
        case engine::Op::not_equal:
          return n != b.number;
        case engine::Op::less:
          return n < b.number;
        case engine::Op::less_equal:
          return n <= b.number;
        case engine::Op::greater:
          return n > b.number;
        default:
          return n >= b.number;
      }
    });
  };
  std::vector<double> candidates{static_cast<double>(least), static_cast<double>(most)};
  for (const Correlation::Bound& b : bounds)
    for (const double near : {-2.0, -1.0, 0.0, 1.0, 2.0}) candidates.push_back(std::floor(b.number) + near);
  return std::any_of(candidates.begin(), candidates.end(), [&](double n) {
    return n >= static_cast<double>(least) && n <= static_cast<double>(most) && holds(n);
  });
}

}  // namespace

Correlation DocumentReader::read_correlation(const Node& node, const Node& root) {
  Correlation out;
  if (!node.is(Kind::map)) {
    error("sigma.correlation", "a correlation is a map of type, rules, timespan and condition", node.span);
    return out;
  }
  out.span = node.span;
  for (const auto& [key, value] : node.entries)
    if (std::find(std::begin(kKeys), std::end(kKeys), key.text) == std::end(kKeys))
      error("sigma.correlation", "a correlation has no \"" + printable(key.text) + "\"", key.span,
            near_names(ascii_lower(key.text), {std::begin(kKeys), std::end(kKeys)}));
  const auto required = [&](std::string_view key) {
    const Node* const value = node.find(key);
    if (value == nullptr) error("sigma.correlation", "a correlation needs \"" + std::string(key) + "\"", node.span);
    return value;
  };
  if (const Node* const type = required("type")) {
    const auto known =
        std::find_if(std::begin(kTypes), std::end(kTypes), [&](Type t) { return type_name(t) == type->text; });
    if (known != std::end(kTypes)) {
      out.type = *known;
    } else {
      std::vector<std::string_view> names;
      for (const Type t : kTypes) names.push_back(type_name(t));
      error("sigma.correlation", "no correlation type \"" + printable(type->text) + "\"", type->span,
            near_names(ascii_lower(type->text), names));
    }
  }
  if (const Node* const rules = required("rules"))
    out.rules = names(*rules, "sigma.correlation", "the id or name of a rule");
  if (const Node* const keys = node.find("group-by")) out.group_by = names(*keys, "sigma.correlation", "a field");
  if (const Node* const timespan = required("timespan")) read_timespan(*timespan, out);
  if (const Node* const aliases = node.find("aliases")) read_aliases(*aliases, out);
  for (const Node* const place : {node.find("generate"), root.find("generate")})
    if (place != nullptr && !is_boolean(*place, out.generate))
      error("sigma.correlation", "\"generate\" is true or false", place->span);
  const Node* const condition = is_temporal(out.type) ? node.find("condition") : required("condition");
  if (condition != nullptr) read_condition(*condition, out);
  return out;
}

void DocumentReader::read_timespan(const Node& node, Correlation& out) {
  static constexpr std::pair<char, int64_t> kUnits[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
  const std::string& text = node.text;
  int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(read.ptr, static_cast<size_t>(text.data() + text.size() - read.ptr));
  out.timespan = node.span;
  for (const auto& [letter, seconds] : kUnits) {
    if (unit.size() != 1 || unit[0] != letter || read.ec != std::errc() || number <= 0) continue;
    if (number > 366 * 86400 / seconds)
      return error("sigma.correlation", "a time span of more than 366 days", node.span);
    out.seconds = number * seconds;
    return;
  }
  error("sigma.correlation", "\"" + printable(text) + "\" is no time span", node.span,
        "a number and s, m, h, d or w: 90m");
}

void DocumentReader::read_aliases(const Node& node, Correlation& out) {
  if (!node.is(Kind::map)) return error("sigma.correlation", "aliases are a map: alias → rule → field", node.span);
  for (const auto& [name, rules] : node.entries) {
    Correlation::Alias alias{name.text, name.span, {}};
    if (!rules.is(Kind::map)) {
      error("sigma.correlation", "an alias is a map: rule → field", rules.span);
      continue;
    }
    for (const auto& [rule, field] : rules.entries) {
      if (!field.is(Kind::scalar) || field.text.empty())
        error("sigma.correlation", "expected the name of a field", field.span);
      else alias.fields.push_back({{rule.text, rule.span}, field.text});
    }
    out.aliases.push_back(std::move(alias));
  }
}

void DocumentReader::read_condition(const Node& node, Correlation& out) {
  if (node.is(Kind::scalar) && is_temporal(out.type)) {
    auto parsed = parse_condition(node, file_, limits_);
    if (parsed) out.over_rules = std::move(*parsed);
    else errors.push_back(std::move(parsed).error());
    return;
  }
  if (!node.is(Kind::map))
    return error("sigma.correlation", "a correlation's condition is a map such as gte: 10", node.span);
  const size_t before = errors.size();
  for (const auto& [key, value] : node.entries) {
    const auto bound =
        std::find_if(std::begin(kBounds), std::end(kBounds), [&](const auto& b) { return b.first == key.text; });
    double number = 0;
    if (bound != std::end(kBounds)) {
      if (!is_number(value, number)) error("sigma.correlation", "expected a number", value.span);
      else if ((out.type == Type::event_count || out.type == Type::value_count || is_temporal(out.type)) &&
               number != std::floor(number))
        error("sigma.correlation", "a count is a whole number", value.span);
      else out.bounds.push_back({bound->second, number, value.span});
    } else if (key.text == "field" && reads_values(out.type)) {
      out.fields = names(value, "sigma.correlation", "a field");
      if (out.fields.size() > 1 && out.type != Type::value_count)
        error("sigma.correlation", "only value_count reads several fields", out.fields[1].span);
    } else if (key.text == "percentile" && out.type == Type::value_percentile) {
      if (!is_number(value, out.percentile) || out.percentile < 0 || out.percentile > 100)
        error("sigma.correlation", "a percentile is a number from 0 to 100", value.span);
    } else {
      std::vector<std::string_view> names{"gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"};
      std::string hint = near_names(ascii_lower(key.text), names);
      if (key.text == "field") hint = "\"field\" belongs to value_count, value_sum, value_avg and value_percentile";
      error("sigma.correlation",
            "a condition of " + std::string(type_name(out.type)) + " has no \"" + printable(key.text) + "\"", key.span,
            hint);
    }
  }
  if (errors.size() == before) check_bounds(out, node);
}

void DocumentReader::check_bounds(Correlation& out, const Node& node) {
  if (out.bounds.empty())
    return error("sigma.correlation", "a condition needs a bound: gt, gte, lt, lte, eq or neq", node.span);
  if (reads_values(out.type) && out.fields.empty())
    error("sigma.correlation", "a condition of " + std::string(type_name(out.type)) + " needs \"field\"", node.span);
  if (out.type == Type::value_percentile && node.find("percentile") == nullptr)
    warning("sigma.correlation", "no \"percentile\" given: the 50th, the median, is taken", node.span);
  const bool counts = out.type == Type::event_count || out.type == Type::value_count || is_temporal(out.type);
  const int64_t most = is_temporal(out.type) ? static_cast<int64_t>(out.rules.size()) : int64_t{1} << 53;
  if (counts && !possible(out.bounds, 1, most))
    error("sigma.correlation", "this can never hold", out.bounds.front().span,
          is_temporal(out.type) ? "it counts the rules that were met: from 1 to " + std::to_string(most)
                                : "a group exists from its first event on: counts start at 1");
}

}  // namespace sekisho::sigma
