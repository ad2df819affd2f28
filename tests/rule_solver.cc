// Takes needs one by one, changes the model so that they hold together with those before. Entry: Solver::satisfy().
// Gives up after kMostSteps evaluations.
#include "rule_solver.h"

#include <algorithm>

#include "regex_samples.h"

namespace sekisho::tests {

using engine::Constant;
using engine::Expr;
using engine::ExprId;
using engine::Op;
using engine::Slot;
using engine::Type;

namespace {

constexpr size_t kMostSteps = 400'000;
constexpr size_t kDepth = 200;
constexpr size_t kMostInstances = 1200;

Constant as_type(const Constant& value, Type type) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* whole = std::get_if<int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  const auto* flag = std::get_if<bool>(&value);
  switch (type) {
    case Type::boolean:
      return flag ? *flag : whole ? *whole != 0 : text && *text == "true";
    case Type::integer:
      return whole  ? *whole
             : real ? static_cast<int64_t>(*real)
             : text ? std::strtoll(text->c_str(), nullptr, 10)
                    : int64_t{*flag ? 1 : 0};
    case Type::real:
      return real    ? *real
             : whole ? static_cast<double>(*whole)
             : text  ? std::strtod(text->c_str(), nullptr)
             : *flag ? 1.0
                     : 0.0;
    default:
      if (text) return *text;
      return whole ? std::to_string(*whole) : flag ? std::string(*flag ? "true" : "false") : std::to_string(*real);
  }
}

Constant constant(const engine::Datum& d) {
  switch (d.type()) {
    case Type::boolean:
      return d.as_bool();
    case Type::integer:
      return d.as_int();
    case Type::real:
      return d.as_real();
    default:
      return std::string(d.as_text());
  }
}

bool is_compare(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

}  // namespace

Constant likely(const Slot& slot, size_t nth) {
  const std::string n = std::to_string(nth + 1);
  if (slot.enumeration) {
    const auto& values = slot.enumeration->values;
    return values[(nth + 1) % values.size()].number;
  }
  if (slot.type == Type::boolean) return nth % 2 == 0;
  if (slot.type == Type::integer) return static_cast<int64_t>(nth + 1);
  if (slot.type == Type::real) return static_cast<double>(nth + 1);
  const std::string_view name =
      slot.raw ? std::string_view(slot.field) : std::string_view(slot.steps.back().field->name);
  const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (name == "ip" || name == "nat_ip" || has("ip_address")) return "198.51.100." + std::to_string((nth + 1) % 250);
  if (has("email") || has("userid") || has("user_id")) return "person" + n + "@corp.example";
  if (has("hostname")) return "host" + n + ".corp.example";
  if (has("url")) return "https://www" + n + ".example/path";
  if (has("sha256")) return std::string(64 - n.size(), 'a') + n;
  if (has("mac")) return "00:00:5e:00:53:" + std::string(n.size() < 2 ? 1 : 0, '0') + n;
  return "value" + n;
}

bool Solver::holds(const Need& need) {
  ++steps_;
  model_.forget();
  if (need.of_all) return model_.holds(need.expr) == need.wanted;
  for (const size_t c : model_.cells_of(need.expr))
    if (!model_.values.present[model_.cells()[c].slot.variable]) return true;  // nobody will judge it
  const size_t before = model_.instance;
  bool good = true;
  for (model_.instance = 0; good && model_.instance < model_.values.instances; ++model_.instance)
    good = model_.holds(need.expr) == need.wanted;
  model_.instance = before;
  return good;
}

bool Solver::all_hold(const std::vector<Need>& needs) {
  return std::ranges::all_of(needs, [&](const Need& n) { return holds(n); });
}

bool Solver::satisfy(const Need& need, size_t depth) {
  if (depth > kDepth || steps_ > kMostSteps) return false;
  const Expr& e = model_.rule().exprs[need.expr];
  if (e.op == Op::negate) return satisfy({e.args[0], !need.wanted, need.of_all}, depth + 1);
  if (e.op == Op::all_of || e.op == Op::any_of) {
    const bool every = (e.op == Op::all_of) == need.wanted;
    // Plain predicates before branches: what they fix decides which branch can be had.
    std::vector<ExprId> order(e.args.begin(), e.args.end());
    std::ranges::stable_partition(order, [&](ExprId a) {
      const Op op = model_.rule().exprs[a].op;
      return op != Op::all_of && op != Op::any_of;
    });
    const Values before = model_.values;
    const size_t made = made_.size();
    const auto back = [&] {
      model_.values = before;
      made_.resize(made);
    };
    if (every) {
      for (const ExprId a : order)
        if (!satisfy({a, need.wanted, need.of_all}, depth + 1)) return back(), false;
      return true;
    }
    for (const ExprId a : order) {  // one that is true already, else the first that can be made so
      if (!holds({a, need.wanted, need.of_all})) continue;
      made_.push_back({need.expr, need.wanted, need.of_all});
      return true;
    }
    for (const ExprId a : order) {
      const bool done = satisfy({a, need.wanted, need.of_all}, depth + 1);
      if (!done) back();
      made_.resize(made);
      if (!done) continue;
      made_.push_back(need);  // not the branch: another one may serve later
      return true;
    }
    return false;
  }
  const bool done = holds(need) || fix(need, 2) || by_counting(need) || by_choosing(need, depth + 1);
  if (done) made_.push_back(need);
  else stuck = need.expr;
  return done;
}

// One change after the other; what that breaks is mended by further changes, `repairs` deep.
bool Solver::fix(const Need& need, size_t repairs) {
  std::vector<Try> tries;
  suggest(need.expr, need.wanted, tries);
  const Values before = model_.values;
  for (const Try& t : tries) {
    if (steps_ > kMostSteps) return false;
    CellValue& cell = model_.values.cells[t.cell];
    const Slot& slot = model_.cells()[t.cell].slot;
    cell.values.clear();
    if (!t.absent) cell.values.push_back(as_type(t.value, slot.type));
    made_.push_back(need);
    const bool good = holds(need) && repair(repairs);
    made_.pop_back();
    if (good) return true;
    model_.values = before;
  }
  return false;
}

bool Solver::repair(size_t repairs) {
  for (size_t i = 0; i < made_.size(); ++i) {
    const Need n = made_[i];
    if (holds(n)) continue;
    if (repairs == 0 || !fix(n, repairs - 1)) return false;
  }
  return all_hold(made_);
}

// An outcome or value that hangs on if(): its conditions are made true, then false, all that can be, then each alone.
bool Solver::by_choosing(const Need& need, size_t depth) {
  const engine::Rule& rule = model_.rule();
  std::vector<ExprId> todo{need.expr}, conditions;
  for (size_t i = 0; i < todo.size() && todo.size() < 5000; ++i) {
    const Expr& e = rule.exprs[todo[i]];
    if (e.op == Op::choose) conditions.push_back(e.args[0]);
    if (e.op == Op::outcome) todo.push_back(rule.outcomes[e.index].value);
    if (e.op == Op::placeholder)
      for (const ExprId d : rule.placeholders[e.index].definitions) todo.push_back(d);
    for (const ExprId a : e.args)
      if (a != engine::kNoExpr) todo.push_back(a);
  }
  const Values before = model_.values;
  const size_t made = made_.size();
  for (const bool together : {true, false})
    for (const bool wanted : {true, false}) {
      for (const ExprId c : conditions) {
        if (!together) {
          model_.values = before;
          made_.resize(made);
        }
        if (c == need.expr || !satisfy({c, wanted, false}, depth + 1)) continue;
        if ((holds(need) && all_hold(made_)) || by_counting(need)) return true;
      }
      model_.values = before;
      made_.resize(made);
    }
  return false;
}

// A condition that counts: more instances, and different values where distinct ones are counted.
bool Solver::by_counting(const Need& need) {
  const engine::Rule& rule = model_.rule();
  if (!need.of_all) return false;
  std::vector<ExprId> todo{need.expr};
  std::vector<uint32_t> counted;
  std::vector<size_t> distinct;
  for (size_t i = 0; i < todo.size() && todo.size() < 5000; ++i) {
    const Expr& e = rule.exprs[todo[i]];
    if (e.op == Op::exists || e.op == Op::count) counted.push_back(e.index);
    if (e.op == Op::placeholder_count)
      distinct.push_back(model_.cells_of(rule.placeholders[e.index].definitions[0]).at(0));
    if (e.op == Op::aggregate && !e.args.empty())
      for (const size_t c : model_.cells_of(e.args[0])) distinct.push_back(c);
    if (e.op == Op::outcome) todo.push_back(rule.outcomes[e.index].value);
    for (const ExprId a : e.args)
      if (a != engine::kNoExpr) todo.push_back(a);
  }
  const Values before = model_.values;
  for (const uint32_t v : counted) {  // fewer: none at all
    model_.values.present[v] = false;
    if (holds(need) && all_hold(made_)) return true;
    model_.values = before;
  }
  for (size_t n = 2; n <= kMostInstances; n = n < 110 ? n + 1 : n + 50) {
    if (steps_ > kMostSteps) return false;
    model_.values = before;
    model_.values.instances = n;
    if (holds(need) && all_hold(made_)) return true;
    for (const size_t c : distinct) {
      if (!vary(c, n)) continue;
      if (holds(need) && all_hold(made_)) return true;
    }
  }
  model_.values = before;
  return false;
}

bool Solver::vary(size_t cell, size_t instances) {
  const Slot& slot = model_.cells()[cell].slot;
  const CellValue before = model_.values.cells[cell];
  std::vector<Need> concerned;
  for (const Need& n : made_) {
    const auto& read = model_.cells_of(n.expr);
    if (!n.of_all && std::ranges::find(read, cell) != read.end()) concerned.push_back(n);
  }
  // One instance at a time: the others are judged when theirs are chosen.
  const auto good = [&](const Constant& value) {
    model_.values.cells[cell].values = {value};
    for (const Need& n : concerned) {
      model_.forget();
      if (model_.holds(n.expr) != n.wanted) return false;
    }
    return true;
  };
  std::vector<Constant> chosen;
  std::vector<Try> tries;
  for (size_t i = 0; chosen.size() < instances && i < instances * 4 + 64; ++i) {
    std::vector<Constant> candidates{likely(slot, i)};
    if (slot.type == Type::text && !before.values.empty()) {
      const std::string base = std::get<std::string>(before.values[0]);
      candidates.push_back(base + std::to_string(i));
      candidates.push_back(std::to_string(i) + base);
    }
    if (i % 8 == 0)
      for (const Need& n : concerned) {
        tries.clear();
        suggest(n.expr, n.wanted, tries);
        for (const Try& t : tries)
          if (t.cell == cell && !t.absent) candidates.push_back(as_type(t.value, slot.type));
      }
    for (const Constant& c : candidates)
      if (chosen.size() < instances && std::ranges::find(chosen, c) == chosen.end() && good(c)) chosen.push_back(c);
  }
  model_.values.cells[cell] = before;
  if (chosen.size() < instances) return false;
  model_.values.cells[cell].values = std::move(chosen);
  return true;
}

// What a predicate's own words suggest for the fields it reads; then likely values; then nothing at all.
void Solver::suggest(ExprId id, bool wanted, std::vector<Try>& out) {
  const Expr& e = model_.rule().exprs[id];
  switch (e.op) {
    case Op::any:
    case Op::all:
    case Op::negate:
      suggest(e.args[0], e.op == Op::negate ? !wanted : wanted, out);
      break;
    case Op::all_of:
    case Op::any_of:
      for (const ExprId a : e.args) suggest(a, wanted, out);
      break;
    case Op::slot:
      if (e.type == Type::boolean) push(id, wanted, out);
      break;
    case Op::match:
      if (wanted) suggest_match(e, out);
      break;
    case Op::in_list:
      if (wanted) suggest_list(e, out);
      break;
    case Op::call:
      if (wanted) suggest_call(e, out);
      break;
    default:
      if (is_compare(e.op)) suggest_compare(e, wanted, out);
  }
  for (const size_t c : model_.cells_of(id)) defaults(c, out);
}

void Solver::defaults(size_t cell, std::vector<Try>& out) {
  if (model_.cells()[cell].slot.field.empty() && model_.cells()[cell].slot.raw) return;
  for (size_t n = 0; n < 3; ++n) out.push_back({cell, false, likely(model_.cells()[cell].slot, n)});
  if (model_.cells()[cell].slot.type == Type::text) out.push_back({cell, false, std::string("plain")});
  out.push_back({cell, true, {}});
}

// Makes an expression take a value, by the field behind it.
void Solver::push(ExprId id, const Constant& value, std::vector<Try>& out) {
  const engine::Rule& rule = model_.rule();
  const Expr& e = rule.exprs[id];
  switch (e.op) {
    case Op::slot:
      out.push_back({model_.cell(rule.slots[e.index]), false, value});
      return;
    case Op::placeholder:
      return push(rule.placeholders[e.index].definitions[0], value, out);
    case Op::outcome:
      return push(rule.outcomes[e.index].value, value, out);
    case Op::enum_name:
      for (const auto& member : e.enumeration->values) push(e.args[0], member.number, out);
      return;
    case Op::add:
    case Op::subtract:
      if (!std::holds_alternative<std::string>(value)) {
        const int64_t v = std::get<int64_t>(as_type(value, Type::integer));
        const int64_t a = model_.value(e.args[0]).as_int(), b = model_.value(e.args[1]).as_int();
        push(e.args[0], e.op == Op::add ? v - b : v + b, out);
        push(e.args[1], e.op == Op::add ? v - a : a - v, out);
      }
      return;
    case Op::call:
      if (const auto* text = std::get_if<std::string>(&value); text && e.function->name == "re.capture") {
        const Constant pattern = constant(model_.value(e.args[1]));
        for (uint32_t choice = 0; choice < 4; ++choice)
          push(e.args[0], regex_sample(std::get<std::string>(pattern), choice, *text), out);
        return;
      }
      if (const auto* times = std::get_if<int64_t>(&value); times && e.function->name == "strings.count_substrings") {
        const Constant piece = constant(model_.value(e.args[1]));
        std::string many;
        for (int64_t i = 0; i < std::min<int64_t>(*times, 100); ++i) many += std::get<std::string>(piece) + ' ';
        return push(e.args[0], many, out);
      }
      [[fallthrough]];
    default:
      // A function gives back much of what it is given.
      for (const ExprId a : e.args)
        if (a != engine::kNoExpr && rule.exprs[a].op != Op::constant) push(a, value, out);
  }
}

// A text that must be somewhere in a field: alone, or beside what is there.
void Solver::push_text(ExprId id, std::string text, std::vector<Try>& out) {
  if (text.empty()) return;
  const std::string now(model_.value(id).as_text());
  if (!now.empty() && now != text)
    for (const char* between : {" ", "", "/", "."}) {
      push(id, now + between + text, out);
      push(id, text + between + now, out);
    }
  push(id, text, out);
}

void Solver::suggest_compare(const Expr& e, bool wanted, std::vector<Try>& out) {
  for (const size_t side : {size_t{0}, size_t{1}}) {
    const ExprId mine = e.args[side], other = e.args[1 - side];
    if (model_.rule().exprs[mine].op == Op::constant) continue;
    const Constant there = constant(model_.value(other));
    if (e.op == Op::equal || e.op == Op::not_equal) {
      if ((e.op == Op::equal) == wanted) push(mine, there, out);
      continue;
    }
    if (std::holds_alternative<std::string>(there)) {
      push(mine, there, out);
      continue;
    }
    const int64_t n = std::get<int64_t>(as_type(there, Type::integer));
    for (const int64_t v : {n, n + 1, n - 1, n + 2, n * 2, n / 2, int64_t{0}}) push(mine, v, out);
  }
}

void Solver::suggest_match(const Expr& e, std::vector<Try>& out) {
  const std::string& pattern = std::get<std::string>(e.value);
  for (uint32_t choice = 0; choice < 24; ++choice)
    push_text(e.args[0], regex_sample(pattern, choice * 7 % 64 + choice / 10), out);
  // Two patterns that must overlap: the sample, then the end of what is there, or the other way round.
  const std::string now(model_.value(e.args[0]).as_text()), sample = regex_sample(pattern, 0);
  for (size_t i = 1; i < std::min<size_t>(now.size(), 64); ++i) {
    push(e.args[0], sample + now.substr(now.size() - i), out);
    push(e.args[0], now.substr(0, i) + sample, out);
  }
}

void Solver::suggest_call(const Expr& e, std::vector<Try>& out) {
  const std::string_view name = e.function->name;
  if (e.args.size() < 2) return;
  engine::Datum there = model_.value(e.args[1]);
  if (there.type() == Type::list && !there.as_list().empty()) there = there.as_list()[0];
  const Constant second = constant(there);
  const auto* text = std::get_if<std::string>(&second);
  if (name == "net.ip_in_range_cidr" && text) return push(e.args[0], text->substr(0, text->find('/')), out);
  if (name.starts_with("re.") && text) {
    for (uint32_t choice = 0; choice < 16; ++choice) push_text(e.args[0], regex_sample(*text, choice), out);
    return;
  }
  if (text) push_text(e.args[0], *text, out);
}

void Solver::suggest_list(const Expr& e, std::vector<Try>& out) {
  for (const std::string& entry : model_.list(std::get<std::string>(e.value))) {
    if (e.list_mode == engine::ListMode::exact) push(e.args[0], entry, out);
    else if (e.list_mode == engine::ListMode::cidr) push(e.args[0], entry.substr(0, entry.find('/')), out);
    else
      for (uint32_t choice = 0; choice < 8; ++choice) push_text(e.args[0], regex_sample(entry, choice), out);
  }
}

}  // namespace sekisho::tests
