// Takes a field and its values, gives a predicate over a raw slot. Entry: TestLowering::lower(). Refuses values that do
// not fit the modifiers: bad patterns, address blocks, numbers.
#include "sigma/test_lowering.h"

#include <algorithm>

#include "base/strings.h"
#include "net/host.h"

namespace sekisho::sigma {
namespace {

using engine::ExprId;
using engine::Op;

bool has_letters(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; });
}

Op order_of(Compare c) {
  switch (c) {
    case Compare::less:
      return Op::less;
    case Compare::less_equal:
      return Op::less_equal;
    case Compare::greater:
      return Op::greater;
    case Compare::greater_equal:
      return Op::greater_equal;
    default:
      return Op::equal;
  }
}

// Where a part of a date stands in "2026-01-31T23:59…"; a week is reckoned from the date.
const char* place_of(TimePart part) {
  switch (part) {
    case TimePart::minute:
      return R"(^\d{4}-\d{2}-\d{2}[T ]\d{2}:(\d{2}))";
    case TimePart::hour:
      return R"(^\d{4}-\d{2}-\d{2}[T ](\d{2}):\d{2})";
    case TimePart::day:
      return R"(^\d{4}-\d{2}-(\d{2}))";
    case TimePart::month:
      return R"(^\d{4}-(\d{2})-\d{2})";
    case TimePart::year:
      return R"(^(\d{4})-\d{2}-\d{2})";
    default:
      return R"(^(\d{4}-\d{2}-\d{2}))";
  }
}

}  // namespace

TestLowering::TestLowering(engine::Rule& plan, uint32_t variable, const Document& document, const Lowering& how)
    : plan_(plan),
      variable_(variable),
      file_(how.files[document.file]),
      how_(how),
      near_(plan.source == how.files[document.file]) {}

ExprId TestLowering::refuse(Error error) {
  good_ = false;
  how_.errors->push_back(std::move(error));
  return 0;
}
ExprId TestLowering::refuse(std::string code, std::string text, Span span, std::string hint) {
  return refuse(Error{std::move(code), std::move(text), file_, span, std::move(hint), {}});
}

engine::Slot TestLowering::slot(const std::string& field, bool first) const {
  engine::Slot out = engine::raw_slot(field, first);
  out.variable = variable_;
  return out;
}

ExprId TestLowering::any_of(std::vector<ExprId> ids, Span span) {
  return ids.size() == 1 ? ids[0] : plan_.any_of(std::move(ids), span);
}

ExprId TestLowering::lower(const Test& test) {
  std::vector<ExprId> ids;
  for (const Node& each : test.values) {
    ids.push_back(value(test, each));
    if (plan_.exprs.size() > kPlanSize)
      return refuse("sigma.limit.size", "this rule becomes too large a plan", test.span);
  }
  const Span span = at(test.span);
  const bool negated_parts = test.key.negated && test.key.part != TimePart::none;  // by date_part()
  const bool all = (test.key.all || negated_parts) && ids.size() > 1;
  const ExprId holds = all ? plan_.all_of(std::move(ids), span) : any_of(std::move(ids), span);
  if (!test.key.negated || negated_parts) return holds;
  // A field that is not there is not different from anything.
  std::vector<ExprId> differs{plan_.has_value(slot(test.key.field), span)};
  if (test.key.field_ref)
    for (const Node& other : test.values) differs.push_back(plan_.has_value(slot(other.text), span));
  differs.push_back(plan_.negate(holds, span));
  return plan_.all_of(std::move(differs), span);
}

ExprId TestLowering::value(const Test& test, const Node& value) {
  const Key& key = test.key;
  if (value.is(Node::Kind::null)) {
    if (key.compare != Compare::equal || key.part != TimePart::none || key.field_ref || key.field.empty())
      return refuse("sigma.modifier", "null stands only behind a plain field",
                    value.span.length ? value.span : test.span);
    return plan_.negate(plan_.has_value(slot(key.field), at(test.span)), at(test.span));
  }
  if (key.field_ref) return other_field(key, value);
  if (key.part != TimePart::none) return date_part(key, value);
  switch (key.compare) {
    case Compare::exists: {
      bool wanted = true;
      if (test.values.size() > 1 || !is_boolean(value, wanted))
        return refuse("sigma.modifier", "\"exists\" is true or false", value.span);
      const ExprId there = plan_.has_field(slot(key.field), at(value.span));
      return wanted ? there : plan_.negate(there, at(value.span));
    }
    case Compare::regex:
      return pattern(key, value);
    case Compare::cidr:
      return cidr(key, value);
    case Compare::less:
    case Compare::less_equal:
    case Compare::greater:
    case Compare::greater_equal:
      return number(key, value);
    default:
      return text(key, value);
  }
}

ExprId TestLowering::text(const Key& key, const Node& value) {
  Node node = value;
  bool truth = false;
  if (is_boolean(value, truth)) node.text = truth ? "true" : "false";
  auto texts = texts_of(node, key, how_.lists, file_);
  if (!texts) return refuse(std::move(texts).error());
  std::vector<ExprId> ids;
  for (const Text& t : *texts) ids.push_back(found(key, wanted(t), value.span));
  // 0x1F is the number 31 to YAML; events may have it either way.
  double number = 0;
  if (value.text.starts_with("0x") && key.compare == Compare::equal && is_number(value, number))
    ids.push_back(found(key, {Wanted::Shape::equal, std::to_string(static_cast<uint64_t>(number))}, value.span));
  return any_of(std::move(ids), at(value.span));
}

ExprId TestLowering::found(const Key& key, const Wanted& wanted, Span place) {
  using Shape = Wanted::Shape;
  const Span span = at(place);
  if (wanted.shape == Shape::any_value) return plan_.has_value(slot(key.field), span);
  const bool nocase = !key.cased && has_letters(wanted.text);
  const ExprId field = plan_.slot(slot(key.field), span);
  if (wanted.shape == Shape::regex) {
    if (const auto error = pattern_error(wanted.text))
      return refuse("sigma.modifier", "too many wildcards: " + error->text, place);
    return plan_.quantified(plan_.matches(field, wanted.text, nocase, span), span);
  }
  const ExprId constant = plan_.constant(wanted.text, span);
  if (wanted.shape == Shape::equal)
    return plan_.quantified(plan_.compare(Op::equal, field, constant, nocase, span), span);
  const char* const name = wanted.shape == Shape::contains      ? "strings.contains"
                           : wanted.shape == Shape::starts_with ? "strings.starts_with"
                                                                : "strings.ends_with";
  return plan_.quantified(plan_.call(*engine::find_function(name), {field, constant}, nocase, span), span);
}

ExprId TestLowering::pattern(const Key& key, const Node& value) {
  const auto patterns = strings_of(value, key, how_.lists, file_);
  if (!patterns) return refuse(patterns.error());
  std::vector<ExprId> ids;
  for (const std::string& written : *patterns) {
    if (const auto error = pattern_error(written)) {
      const size_t place = error->part.empty() ? std::string::npos : value.text.find(error->part);
      const bool around = error->text.find("perl operator") != std::string::npos;
      return refuse("sigma.regex", error->text,
                    place == std::string::npos ? value.span : value.part(place, error->part.size()),
                    around ? "look-around is not part of Sigma's regular expressions" : "");
    }
    // (?s) in front: the engine looks at all lines; the dot itself stops at them unless re|s.
    std::string whole = "(?s)(?";
    if (key.ignore_case) whole += 'i';
    if (key.multi_line) whole += 'm';
    if (!key.dot_all) whole += "-s";
    whole += ":" + written + ")";
    const Span span = at(value.span);
    ids.push_back(
        plan_.quantified(plan_.matches(plan_.slot(slot(key.field), span), std::move(whole), false, span), span));
  }
  return any_of(std::move(ids), at(value.span));
}

ExprId TestLowering::cidr(const Key& key, const Node& value) {
  const auto blocks = strings_of(value, key, how_.lists, file_);
  if (!blocks) return refuse(blocks.error());
  std::vector<ExprId> ids;
  const Span span = at(value.span);
  for (const std::string& block : *blocks) {
    if (!net::is_cidr(block))
      return refuse("sigma.modifier", "\"" + printable(block) + "\" is no address block", value.span,
                    "such as 192.0.2.0/24 or 2001:db8::/32");
    const ExprId field = plan_.slot(slot(key.field), span);
    ids.push_back(plan_.quantified(
        plan_.call(*engine::find_function("net.ip_in_range_cidr"), {field, plan_.constant(block, span)}, false, span),
        span));
  }
  return any_of(std::move(ids), span);
}

ExprId TestLowering::number(const Key& key, const Node& value) {
  Node node = value;
  node.plain = true;  // "10" is a number here, quoted or not
  double n = 0;
  if (!is_number(node, n)) return refuse("sigma.modifier", "this modifier compares with a number", value.span);
  const Span span = at(value.span);
  const ExprId field = plan_.slot(slot(key.field), span);
  return plan_.quantified(
      plan_.compare(order_of(key.compare), field, plan_.constant(number_constant(n), span), false, span), span);
}

ExprId TestLowering::date_part(const Key& key, const Node& value) {
  Node node = value;
  node.plain = true;
  double n = 0;
  if (!is_number(node, n)) return refuse("sigma.modifier", "a part of a date is a number", value.span);
  const Span span = at(value.span);
  const auto call = [&](const char* name, std::vector<ExprId> args) {
    return plan_.call(*engine::find_function(name), std::move(args), false, span);
  };
  const auto text = [&](const char* s) { return plan_.constant(std::string(s), span); };
  const ExprId field = plan_.slot(slot(key.field), span);
  const ExprId dated = plan_.matches(field, place_of(key.part), false, span);
  ExprId part = call("re.capture", {field, text(place_of(key.part))});
  if (key.part == TimePart::week) {
    const ExprId midnight = call("strings.concat", {part, text(" 00:00:00")});
    part = call("timestamp.get_timestamp", {call("timestamp.as_unix_seconds", {midnight}), text("%V")});
  }
  const Op op = key.negated ? Op::not_equal : order_of(key.compare);
  const ExprId holds =
      plan_.compare(op, call("cast.as_int", {part}), plan_.constant(number_constant(n), span), false, span);
  return plan_.quantified(plan_.all_of({dated, holds}, span), span);
}

ExprId TestLowering::other_field(const Key& key, const Node& value) {
  const Span span = at(value.span);
  if (value.text.empty()) return refuse("sigma.modifier", "\"fieldref\" needs the name of a field", value.span);
  const char* const name = key.compare == Compare::contains      ? "strings.contains(any)"
                           : key.compare == Compare::starts_with ? "strings.starts_with(any)"
                           : key.compare == Compare::ends_with   ? "strings.ends_with(any)"
                                                                 : "strings.equals(any)";
  const ExprId mine = plan_.slot(slot(key.field), span), theirs = plan_.whole(slot(value.text), span);
  const ExprId same = plan_.quantified(
      plan_.call(*engine::find_function(name), {mine, theirs, plan_.constant(!key.cased, span)}, false, span), span);
  // Follows from the rest, and is told sooner: most events have no such field.
  return plan_.all_of({plan_.has_value(slot(value.text), span), same}, span);
}

}  // namespace sekisho::sigma
