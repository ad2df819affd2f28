// Takes a rule and values for its fields, gives what its expressions are worth. Entry: Model::value(). What needs state
// of others (tables, detections) reads as absent.
#include "plan_model.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace sekisho::tests {

using engine::Aggregate;
using engine::Constant;
using engine::Datum;
using engine::Expr;
using engine::ExprId;
using engine::Op;
using engine::Slot;
using engine::Type;

FieldKey key_of(const Slot& slot) {
  if (slot.raw) return {slot.variable, "=" + slot.field};
  std::string path;
  for (const engine::Step& step : slot.steps) {
    path += '.' + step.field->name;
    if (step.index > 0) path += '[' + std::to_string(step.index) + ']';
  }
  if (slot.keyed) path += '[' + slot.key + ']';
  return {slot.variable, std::move(path)};
}

namespace {
constexpr std::string_view kTimePath = ".metadata.event_timestamp.seconds";
}  // namespace

Model::Model(const engine::Rule& rule, const engine::ReferenceLists& lists) : rule_(rule), lists_(lists) {
  for (const Slot& slot : rule.slots)
    if (index_.try_emplace(key_of(slot), cells_.size()).second) cells_.push_back({slot, cells_.size()});
  values.cells.resize(cells_.size());
  values.present.assign(rule.variables.size(), true);
  for (uint32_t v = 0; v < rule.variables.size(); ++v) served_by.push_back(v);
}

size_t Model::find(size_t cell) const {
  while (cells_[cell].same != cell) cell = cells_[cell].same;
  return cell;
}

void Model::join(const Slot& a, const Slot& b) {
  const size_t x = cell(a), y = cell(b);
  cells_[std::max(x, y)].same = std::min(x, y);
  read_.clear();
}

const Constant* Model::read(const Slot& slot) const {
  FieldKey key = key_of(slot);
  key.variable = served_by[key.variable];
  if (changed && changed->first == key) return &changed->second;
  const auto it = index_.find(key);
  if (it == index_.end()) return nullptr;
  const std::vector<Constant>& v = values.cells[find(it->second)].values;
  return v.empty() ? nullptr : &v[v.size() > 1 ? std::min(instance, v.size() - 1) : 0];
}

int64_t Model::time_of(uint32_t variable, size_t at) const {
  int64_t seconds = kStart + gap * variable;
  if (const auto it = index_.find({variable, std::string(kTimePath)}); it != index_.end()) {
    const std::vector<Constant>& v = values.cells[find(it->second)].values;
    if (!v.empty()) seconds = std::get<int64_t>(v[0]);
  }
  if (changed && changed->first == FieldKey{variable, std::string(kTimePath)})
    seconds = std::get<int64_t>(changed->second);
  return seconds * 1000 + static_cast<int64_t>(at) * step;
}

Constant Model::constant_of(const Slot& slot) const {
  if (const Constant* v = read(slot)) return *v;
  switch (slot.type) {
    case Type::boolean:
      return false;
    case Type::integer:
      return int64_t{0};
    case Type::real:
      return 0.0;
    default:
      return std::string();
  }
}

Datum Model::text(std::string_view bytes) {
  char* copy = static_cast<char*>(arena_.allocate(bytes.size() + 1, 1));
  std::copy(bytes.begin(), bytes.end(), copy);
  return Datum::text({copy, bytes.size()});
}

Datum Model::slot_value(const Slot& slot) {
  if (!slot.raw && key_of(slot).path == kTimePath &&
      rule_.variables[slot.variable].kind == engine::Variable::Kind::event)
    return Datum::integer(time_of(served_by[slot.variable], instance) / 1000);
  const Constant* v = read(slot);
  if (v == nullptr) return Datum::zero(slot.type);
  return std::holds_alternative<std::string>(*v) ? text(std::get<std::string>(*v)) : Datum::of(*v);
}

const engine::Pattern* Model::pattern(const std::string& source, bool nocase) {
  auto [it, added] = patterns_.try_emplace({source, nocase});
  if (added)
    if (auto compiled = engine::Pattern::compile(source, nocase)) it->second = *std::move(compiled);
  return it->second ? &*it->second : nullptr;
}

const std::vector<std::string>& Model::list(const std::string& name) const {
  static const std::vector<std::string> kNone;
  const auto it = lists_.find(name);
  return it == lists_.end() ? kNone : it->second;
}

Datum Model::value(ExprId id) {
  const Expr& e = rule_.exprs[id];
  const auto arg = [&](size_t i) { return value(e.args[i]); };
  switch (e.op) {
    case Op::constant:
      return Datum::of(e.value);
    case Op::slot:
      return slot_value(rule_.slots[e.index]);
    case Op::whole: {
      const Slot& slot = rule_.slots[e.index];
      if (read(slot) == nullptr) return Datum::list({});
      return Datum::list({new (arena_.allocate(sizeof(Datum), alignof(Datum))) Datum(slot_value(slot)), 1});
    }
    case Op::list: {
      Datum* items = static_cast<Datum*>(arena_.allocate(sizeof(Datum) * (e.args.size() + 1), alignof(Datum)));
      for (size_t i = 0; i < e.args.size(); ++i) items[i] = arg(i);
      return Datum::list({items, e.args.size()});
    }
    case Op::placeholder: {
      // The definition of a variable that is there.
      for (const ExprId definition : rule_.placeholders[e.index].definitions) {
        const std::vector<size_t>& read_by = cells_of(definition);
        if (std::ranges::all_of(read_by, [&](size_t c) { return values.present[cells_[c].slot.variable]; }))
          return value(definition);
      }
      return Datum::zero(e.type);
    }
    case Op::enum_name:
      return Datum::text(e.enumeration->name_of(arg(0).as_int()));
    case Op::all_of:
      return boolean(std::ranges::all_of(e.args, [&](ExprId a) { return value(a).as_bool(); }));
    case Op::any_of:
      return boolean(std::ranges::any_of(e.args, [&](ExprId a) { return value(a).as_bool(); }));
    case Op::negate:
      return boolean(!arg(0).as_bool());
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
      return compare(e);
    case Op::match: {
      const engine::Pattern* p = pattern(std::get<std::string>(e.value), e.nocase);
      return boolean(p != nullptr && p->matches(arg(0).as_text()));
    }
    case Op::in_list:
      return boolean(in_list(e));
    case Op::any:
      return boolean(read(rule_.slots[e.index]) != nullptr && arg(0).as_bool());
    case Op::all:
      return boolean(read(rule_.slots[e.index]) == nullptr || arg(0).as_bool());
    case Op::has_field:
    case Op::has_value:
      return boolean(read(rule_.slots[e.index]) != nullptr);
    case Op::call:
      return call(e);
    case Op::minus: {
      const Datum v = arg(0);
      return v.type() == Type::real ? Datum::real(-v.as_real()) : Datum::integer(-v.as_int());
    }
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo: {
      const Datum a = arg(0), b = arg(1);
      if (e.op == Op::divide) return Datum::real(b.as_real() == 0 ? 0 : a.as_real() / b.as_real());
      if (e.op == Op::modulo) return Datum::integer(b.as_int() == 0 ? 0 : a.as_int() % b.as_int());
      if (a.type() == Type::real || b.type() == Type::real) {
        const double x = a.as_real(), y = b.as_real();
        return Datum::real(e.op == Op::add ? x + y : e.op == Op::subtract ? x - y : x * y);
      }
      const int64_t x = a.as_int(), y = b.as_int();
      return Datum::integer(e.op == Op::add ? x + y : e.op == Op::subtract ? x - y : x * y);
    }
    case Op::choose:
      return arg(0).as_bool()                                    ? arg(1)
             : e.args.size() > 2 && e.args[2] != engine::kNoExpr ? arg(2)
                                                                 : Datum::zero(e.type);
    case Op::aggregate:
      return aggregate(e);
    case Op::outcome:
      return value(rule_.outcomes[e.index].value);
    case Op::event_time:
      return Datum::integer(time_of(served_by[e.index], instance) * 1'000'000);
    case Op::metric:  // nothing came before
      return Datum::zero(e.type);
    case Op::observed:
      return Datum::integer(0);
    case Op::exists:
      return boolean(values.present[e.index]);
    case Op::count:
      return Datum::integer(values.present[e.index] ? static_cast<int64_t>(values.instances) : 0);
    case Op::placeholder_count: {
      std::set<std::string> seen;
      const size_t before = instance;
      for (instance = 0; instance < values.instances; ++instance)
        seen.insert(engine::Value::of(value(rule_.placeholders[e.index].definitions[0])).to_string());
      instance = before;
      return Datum::integer(static_cast<int64_t>(seen.size()));
    }
  }
  return Datum::zero(e.type);
}

Datum Model::compare(const Expr& e) {
  Datum a = value(e.args[0]), b = value(e.args[1]);
  if (e.op == Op::equal) return boolean(engine::equal(a, b, e.nocase));
  if (e.op == Op::not_equal) return boolean(!engine::equal(a, b, e.nocase));
  for (Datum* side : {&a, &b}) {  // text against a number: the number it spells
    if (side->type() != Type::text || (side == &a ? b : a).type() == Type::text) continue;
    const std::string spelled(side->as_text());
    char* end = nullptr;
    const double number = std::strtod(spelled.c_str(), &end);
    if (spelled.empty() || *end != '\0') return boolean(false);
    *side = Datum::real(number);
  }
  const int order = engine::order(a, b);
  return boolean(e.op == Op::less         ? order < 0
                 : e.op == Op::less_equal ? order <= 0
                 : e.op == Op::greater    ? order > 0
                                          : order >= 0);
}

bool Model::in_list(const Expr& e) {
  const Datum subject = value(e.args[0]);
  for (const std::string& entry : list(std::get<std::string>(e.value))) {
    if (e.list_mode == engine::ListMode::exact && engine::equal(subject, Datum::text(entry), e.nocase)) return true;
    if (e.list_mode == engine::ListMode::regex) {
      const engine::Pattern* p = pattern(entry, e.nocase);
      if (p != nullptr && p->matches(subject.as_text())) return true;
    }
    if (e.list_mode == engine::ListMode::cidr) {
      const std::array args = {subject, Datum::text(entry)};
      const engine::Function* in_range = engine::find_function("net.ip_in_range_cidr");
      if (in_range->run && in_range->run({&arena_, kStart}, args).as_bool()) return true;
    }
  }
  return false;
}

Datum Model::call(const Expr& e) {
  std::vector<Datum> args;
  for (const ExprId a : e.args) args.push_back(value(a));
  const std::string_view name = e.function->name;
  if (name == "re.capture" || name == "re.capture_all" || name == "re.replace" || name == "re.regex") {
    const engine::Pattern* p = pattern(std::string(args[1].as_text()), e.nocase);
    if (p == nullptr) return Datum::zero(e.type);
    if (name == "re.regex") return boolean(p->matches(args[0].as_text()));
    if (name == "re.capture") return text(p->capture(args[0].as_text()));
    if (name == "re.replace") return text(p->replace(args[0].as_text(), args[2].as_text()));
    const auto found = p->capture_all(args[0].as_text());
    Datum* items = static_cast<Datum*>(arena_.allocate(sizeof(Datum) * (found.size() + 1), alignof(Datum)));
    for (size_t i = 0; i < found.size(); ++i) items[i] = text(found[i]);
    return Datum::list({items, found.size()});
  }
  if (e.function->run == nullptr) return Datum::zero(e.type);
  if (e.nocase)
    for (Datum& a : args)
      if (a.type() == Type::text) a = text(engine::fold(a.as_text()));
  return e.function->run({&arena_, kStart}, args);
}

Datum Model::aggregate(const Expr& e) {
  const size_t before = instance;
  std::vector<engine::Value> rows;
  for (instance = 0; instance < values.instances; ++instance)
    rows.push_back(e.args.empty() ? engine::Value() : engine::Value::of(value(e.args[0])));
  instance = before;
  double sum = 0, least = rows[0].as_real(), most = least;
  std::set<std::string> distinct;
  for (const engine::Value& v : rows) {
    sum += v.as_real();
    least = std::min(least, v.as_real());
    most = std::max(most, v.as_real());
    distinct.insert(v.to_string());
  }
  const auto number = [&](double v) {
    return e.type == Type::real ? Datum::real(v) : Datum::integer(static_cast<int64_t>(v));
  };
  switch (e.kind) {
    case Aggregate::count:
      return number(static_cast<double>(rows.size()));
    case Aggregate::count_distinct:
      return number(static_cast<double>(distinct.size()));
    case Aggregate::sum:
      return number(sum);
    case Aggregate::max:
    case Aggregate::latest:
      return number(most);
    case Aggregate::min:
    case Aggregate::earliest:
      return number(least);
    case Aggregate::avg:
    case Aggregate::median:
    case Aggregate::percentile:
      return number(sum / static_cast<double>(rows.size()));
    default:
      return Datum::zero(e.type);
  }
}

const std::vector<size_t>& Model::cells_of(ExprId id) const {
  const auto [known, added] = read_.try_emplace(id);
  std::vector<size_t>& out = known->second;
  if (!added) return out;
  std::vector<ExprId> todo{id};
  for (size_t i = 0; i < todo.size() && todo.size() < 10'000; ++i) {
    const Expr& e = rule_.exprs[todo[i]];
    if (e.op == Op::slot || e.op == Op::whole || e.op == Op::any || e.op == Op::all || e.op == Op::has_field ||
        e.op == Op::has_value) {
      const size_t c = cell(rule_.slots[e.index]);
      if (std::ranges::find(out, c) == out.end()) out.push_back(c);
    }
    if (e.op == Op::placeholder || e.op == Op::placeholder_count)
      for (const ExprId d : rule_.placeholders[e.index].definitions) todo.push_back(d);
    if (e.op == Op::outcome) todo.push_back(rule_.outcomes[e.index].value);
    for (const ExprId a : e.args)
      if (a != engine::kNoExpr) todo.push_back(a);
  }
  return out;
}

}  // namespace sekisho::tests
