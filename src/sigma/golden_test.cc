// Golden tests: tests/sigma/errors/*.yml → the mistakes as people read them, tests/sigma/plans/*.yml → the plans.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diag/golden.h"
#include "diag/render.h"
#include "sigma/sigma.h"

namespace sekisho::sigma {
namespace {

using engine::Expr;
using engine::ExprId;
using engine::Op;
using engine::Rule;

using diag::compare_golden;
using diag::read_golden;

std::string constant(const engine::Constant& c) {
  if (const auto* b = std::get_if<bool>(&c)) return *b ? "true" : "false";
  if (const auto* i = std::get_if<int64_t>(&c)) return std::to_string(*i);
  if (const auto* d = std::get_if<double>(&c)) return engine::Value::of(engine::Datum::real(*d)).to_string();
  return "\"" + std::get<std::string>(c) + "\"";
}

std::string show(const Rule& r, ExprId id) {
  const Expr& e = r.exprs[id];
  const auto arg = [&](size_t i) { return show(r, e.args[i]); };
  const auto list = [&](const char* between) {
    std::string out;
    for (size_t i = 0; i < e.args.size(); ++i) out += (i ? between : "") + arg(i);
    return out;
  };
  const std::string nocase = e.nocase ? " nocase" : "";
  const auto slot = [&] {
    const engine::Slot& s = r.slots[e.index];
    return "$" + r.variables[s.variable].name + "." + (s.raw && s.field.empty() ? "*" : s.path()) +
           (s.raw && s.quantifier == engine::Quantifier::each ? "#first" : "");
  };
  switch (e.op) {
    case Op::constant:
      return constant(e.value);
    case Op::slot:
      return slot();
    case Op::whole:
      return "[" + slot() + "]";
    case Op::placeholder:
      return "$" + r.placeholders[e.index].name;
    case Op::all_of:
      return "(" + list(" and ") + ")";
    case Op::any_of:
      return "(" + list(" or ") + ")";
    case Op::negate:
      return "not " + arg(0);
    case Op::equal:
      return arg(0) + " = " + arg(1) + nocase;
    case Op::not_equal:
      return arg(0) + " != " + arg(1) + nocase;
    case Op::less:
      return arg(0) + " < " + arg(1);
    case Op::less_equal:
      return arg(0) + " <= " + arg(1);
    case Op::greater:
      return arg(0) + " > " + arg(1);
    case Op::greater_equal:
      return arg(0) + " >= " + arg(1);
    case Op::match:
      return arg(0) + " ~ " + constant(e.value) + nocase;
    case Op::any:
      return "any[" + arg(0) + "]";
    case Op::call:
      return std::string(e.function->name) + "(" + list(", ") + ")" + nocase;
    case Op::add:
      return arg(0) + " + " + arg(1);
    case Op::choose:
      return "if(" + list(", ") + ")";
    case Op::aggregate: {
      static constexpr const char* kNames[] = {"max", "min", "sum", "avg", "stddev", "count", "count_distinct"};
      const auto kind = static_cast<size_t>(e.kind);
      return (kind < std::size(kNames) ? std::string(kNames[kind]) : "percentile " + constant(e.value)) + "(" +
             list(", ") + ")";
    }
    case Op::outcome:
      return "$" + r.outcomes[e.index].name;
    case Op::has_field:
      return "has_field(" + slot() + ")";
    case Op::has_value:
      return "has_value(" + slot() + ")";
    case Op::event_time:
      return "time($" + r.variables[e.index].name + ")";
    case Op::exists:
      return "$" + r.variables[e.index].name;
    case Op::count:
      return "#" + r.variables[e.index].name;
    default:
      return "?";
  }
}

std::string show(const Rule& r) {
  static constexpr const char* kKinds[] = {"event", "graph", "detection", "raw", "table"};
  std::string out = "rule " + r.name + (r.silent ? " (silent)" : "") + "\n";
  for (const auto& [key, value] : r.meta) out += "  meta " + key + " = " + value + "\n";
  for (const engine::LogSource& s : r.logsources)
    out += "  source " + s.category + "/" + s.product + "/" + s.service + "\n";
  for (const engine::Variable& v : r.variables)
    out += "  " + std::string(kKinds[static_cast<size_t>(v.kind)]) + " $" + v.name + "\n";
  for (const engine::Placeholder& p : r.placeholders)
    for (const ExprId d : p.definitions) out += "  $" + p.name + " = " + show(r, d) + "\n";
  out += "  where " + (r.where == engine::kNoExpr ? "true" : show(r, r.where)) + "\n";
  if (r.match) {
    out += "  match";
    for (const uint32_t key : r.match->keys) out += " $" + r.placeholders[key].name;
    out += " over " + std::to_string(r.match->seconds) + "s\n";
  }
  for (const engine::Outcome& o : r.outcomes) out += "  outcome $" + o.name + " = " + show(r, o.value) + "\n";
  if (r.condition != engine::kNoExpr) out += "  condition " + show(r, r.condition) + "\n";
  return out;
}

const engine::ReferenceLists kLists{{"admins", {"root", "adm_*"}}, {"own_networks", {"192.0.2.0/24", "2001:db8::/32"}}};

std::string problems(const Compiled& compiled, const std::string& text) {
  std::string out;
  for (const Error& error : compiled.errors) out += diag::render(error, text) + "\n";
  for (const Error& warning : compiled.warnings) out += diag::render(warning, text, false, "warning") + "\n";
  return out;
}

TEST_CASE("mistakes are explained as expected") {
  const auto files = diag::golden_inputs("sigma/errors", ".yml");
  CHECK(files.size() >= 40);
  Options options;
  options.lists = &kLists;
  for (const std::filesystem::path& path : files) {
    const std::string text = read_golden(path);
    const std::string got = problems(compile(text, path.filename().string(), options), text);
    compare_golden(path, got.empty() ? "no mistakes\n" : got);
  }
}

TEST_CASE("plans are as expected") {
  const auto files = diag::golden_inputs("sigma/plans", ".yml");
  CHECK(files.size() >= 20);
  Options options;
  options.lists = &kLists;
  for (const std::filesystem::path& path : files) {
    const std::string text = read_golden(path);
    const Compiled compiled = compile(text, path.filename().string(), options);
    std::string got = problems(compiled, text);
    for (const Rule& rule : compiled.rules) got += show(rule);
    compare_golden(path, got);
  }
}

}  // namespace
}  // namespace sekisho::sigma
