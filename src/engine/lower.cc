// Takes expressions of a Rule, gives nodes of the Program. Entry: Lowering::rule(), in compile.cc; here is what happens
// to each operator. Refuses types that do not fit, bad patterns, unknown lists and functions that cannot run yet, with
// the span of the expression.
#include "engine/lower.h"

#include <algorithm>

#include "engine/node_key.h"
#include "net/host.h"

namespace sekisho::engine {
namespace {

bool is_number(Type t) { return t == Type::integer || t == Type::real; }

std::string quoted(std::string_view s) { return '"' + std::string(s) + '"'; }

bool accepts(Param param, Type type) {
  switch (param) {
    case Param::boolean:
      return type == Type::boolean;
    case Param::integer:
      return type == Type::integer;
    case Param::real:
    case Param::number:
      return is_number(type);
    case Param::list:
      return type == Type::list;
    case Param::any:
      return type != Type::list;
    default:
      return type == Type::text;
  }
}

}  // namespace

Datum Lowering::own(const Datum& value) {
  if (value.type() != Type::text) return value;
  program_.texts.emplace_back(value.as_text());
  return Datum::text(program_.texts.back());
}

// The chain that holds both, or kMany.
DimId Lowering::join(DimId a, DimId b) const {
  if (a == kMany || b == kMany) return kMany;
  if (program_.within(a, b)) return a;
  return program_.within(b, a) ? b : kMany;
}

NodeId Lowering::node(Node made, std::vector<NodeId> operands) {
  std::string key;
  append_key(key, made.code);
  append_key(key, made.type);
  append_key(key, made.nocase);
  append_key(key, made.index);
  append_key(key, made.of);
  append_key(key, made.function);
  append_key(key, made.enumeration);
  append_key(key, made.metric);
  append_key(key, static_cast<uint32_t>(operands.size()));
  for (NodeId id : operands) append_key(key, id);
  append_key(key, made.value);
  // What belongs to one rule's matches is never shared.
  const bool own_rule = made.code == Code::aggregate || made.code == Code::outcome ||
                        made.code == Code::placeholder_count || made.code == Code::stored ||
                        made.code == Code::stored_time || made.code == Code::event_count || made.code == Code::metric ||
                        made.code == Code::observed;
  if (own_rule) append_key(key, rule_);
  const auto [it, fresh] = known_.try_emplace(key, static_cast<NodeId>(program_.nodes.size()));
  if (!fresh) return it->second;
  if (own_rule) made.dim = kMany;
  if (made.code != Code::any && made.code != Code::all && made.code != Code::whole)
    for (NodeId id : operands) made.dim = join(made.dim, program_.nodes[id].dim);
  uint32_t cost = made.cost;
  for (NodeId id : operands) cost += program_.nodes[id].cost;
  made.cost = static_cast<uint16_t>(std::min<uint32_t>(cost, 60000));
  made.value = own(made.value);
  made.first = static_cast<uint32_t>(program_.args.size());
  made.count = static_cast<uint32_t>(operands.size());
  program_.args.insert(program_.args.end(), operands.begin(), operands.end());
  if (made.leaf) {
    const Type operand = program_.nodes[operands[0]].type;
    made.zero_result = test(program_, made, Datum::zero(operand));
  }
  program_.nodes.push_back(made);
  return it->second;
}

NodeId Lowering::constant(const Constant& value) {
  return node({.code = Code::constant, .type = engine::type_of(value), .cost = 0, .value = Datum::of(value)});
}

Result<uint32_t> Lowering::pattern(const std::string& text, bool nocase, Span at) {
  const std::string key = (nocase ? "i" : "c") + text;
  if (const auto it = known_patterns_.find(key); it != known_patterns_.end()) return it->second;
  auto compiled = Pattern::compile(text, nocase);
  if (!compiled) return refuse("engine.regex", at, compiled.error().text);
  program_.patterns.push_back(*std::move(compiled));
  return known_patterns_.emplace(key, static_cast<uint32_t>(program_.patterns.size() - 1)).first->second;
}

Result<NodeId> Lowering::lower_match(NodeId text, const std::string& pattern_text, bool nocase, Span at) {
  if (program_.nodes[text].type != Type::text) return refuse("engine.type", at, "a regular expression needs a string");
  TRY_ASSIGN(index, pattern(pattern_text, nocase, at));
  const uint16_t cost = program_.patterns[index].literals().empty() ? 100 : 10;
  return node({.code = Code::match, .leaf = true, .cost = cost, .index = index}, {text});
}

Result<NodeId> Lowering::lower_list(const Expr& e, NodeId text) {
  const std::string& name = std::get<std::string>(e.value);
  if (program_.nodes[text].type != Type::text)
    return refuse("engine.type", e.span, "only strings can be looked up in a list");
  const auto list = lists_.find(name);
  if (list == lists_.end()) return refuse("engine.list", e.span, "unknown reference list %" + name);
  if (e.list_mode == ListMode::regex) {
    std::vector<NodeId> any;
    for (const std::string& line : list->second) {
      auto one = lower_match(text, line, e.nocase, e.span);
      if (!one) {
        one.error().text += " in list %" + name + ": " + quoted(line);
        return one;
      }
      any.push_back(*one);
    }
    if (any.empty()) return boolean(false);
    return node({.code = Code::any_of}, std::move(any));
  }
  const std::string key = (e.list_mode == ListMode::cidr ? "c" : e.nocase ? "i" : "e") + name;
  auto [it, fresh] = known_sets_.try_emplace(key, static_cast<uint32_t>(program_.sets.size()));
  if (fresh) {
    Set set;
    for (const std::string& line : list->second) {
      if (e.list_mode == ListMode::cidr && !net::is_cidr(line))
        return refuse("engine.cidr", e.span, "not an address block in list %" + name + ": " + quoted(line));
      set.items.push_back(e.nocase ? fold(line) : line);
      if (e.list_mode == ListMode::exact) set.keys.insert(set.items.back(), 0);
      else set.blocks.add(line);
    }
    program_.sets.push_back(std::move(set));
  }
  const Code code = e.list_mode == ListMode::cidr ? Code::in_cidr : Code::in_set;
  return node({.code = code, .nocase = e.nocase, .leaf = true, .cost = 5, .index = it->second}, {text});
}

Result<NodeId> Lowering::lower_compare(const Expr& e, std::vector<NodeId> args) {
  const Type a = program_.nodes[args[0]].type, b = program_.nodes[args[1]].type;
  const bool ordered = e.op != Op::equal && e.op != Op::not_equal;
  // Raw fields are text: in an order with a number they are read as numbers.
  const bool read_as_number = ordered && a == Type::text && is_number(b) && is_constant(args[1]);
  if (!(a == b && a != Type::list) && !(is_number(a) && is_number(b)) && !read_as_number)
    return refuse("engine.type", e.span,
                  "cannot compare " + std::string(type_name(a)) + " with " + std::string(type_name(b)));
  if (ordered && a == Type::boolean) return refuse("engine.type", e.span, "booleans have no order");
  if (e.nocase && a != Type::text) return refuse("engine.type", e.span, "nocase needs strings");
  Op op = e.op;
  if (is_constant(args[0]) && !is_constant(args[1])) {
    std::swap(args[0], args[1]);
    op = mirrored(op);
  }
  const bool against_constant = is_constant(args[1]) && !is_constant(args[0]);
  const Datum right = program_.nodes[args[1]].value;
  if (op == Op::equal || op == Op::not_equal) {
    const bool negated = op == Op::not_equal;
    NodeId result;
    bool flip = negated;
    if (against_constant && a == Type::boolean) {
      result = args[0];
      flip = negated == right.as_bool();
    } else if (against_constant && right.is_zero()) {
      result = node({.code = Code::present, .leaf = true}, {args[0]});
      flip = !negated;
    } else if (against_constant) {
      std::string folded;
      Datum value = right;
      if (e.nocase) value = Datum::text(folded = fold(right.as_text()));
      result = node({.code = Code::equal, .nocase = e.nocase, .leaf = true, .value = value}, {args[0]});
    } else {
      result = node({.code = Code::equal, .nocase = e.nocase, .cost = 4}, std::move(args));
    }
    return flip ? node({.code = Code::negate}, {result}) : result;
  }
  Code code = Code::less;
  if (op == Op::less_equal) code = Code::less_equal;
  if (op == Op::greater) code = Code::greater;
  if (op == Op::greater_equal) code = Code::greater_equal;
  if (against_constant) return node({.code = code, .leaf = true, .value = right}, {args[0]});
  return node({.code = code, .cost = 4}, std::move(args));
}

Result<NodeId> Lowering::lower_call(const Expr& e, std::vector<NodeId> args) {
  const Function& f = *e.function;
  const std::string name(f.name);
  if (f.support != Support::runs && f.support != Support::internal)
    return refuse("engine.unsupported", e.span, name + " is not yet supported");
  if (args.size() < f.required || (args.size() > f.params.size() && !f.variadic))
    return refuse("engine.type", e.span, "wrong number of arguments for " + name);
  for (size_t i = 0; i < args.size(); ++i) {
    const Param param = f.params[std::min(i, f.params.size() - 1)];
    const Node& arg = program_.nodes[args[i]];
    if (!accepts(param, arg.type))
      return refuse(
          "engine.type", rule_->exprs[e.args[i]].span,
          "argument " + std::to_string(i + 1) + " of " + name + " cannot be " + std::string(type_name(arg.type)));
    if ((param == Param::pattern || param == Param::cidr) && arg.code != Code::constant)
      return refuse(
          "engine.type", rule_->exprs[e.args[i]].span,
          "argument " + std::to_string(i + 1) + " of " + name + " must be written out, not read from the event");
    if (param == Param::cidr && !net::is_cidr(arg.value.as_text()))
      return refuse("engine.cidr", rule_->exprs[e.args[i]].span,
                    "not an address block: " + quoted(arg.value.as_text()));
  }
  const Type type = f.same_as_first ? program_.nodes[args[0]].type : f.result;
  const auto written = [&](size_t i) { return program_.nodes[args[i]].value.as_text(); };
  if (f.run == nullptr) {
    const std::string text(written(1));
    if (name == "re.regex") return lower_match(args[0], text, e.nocase, e.span);
    TRY_ASSIGN(index, pattern(text, e.nocase, e.span));
    if (name == "re.replace")
      return node({.code = Code::replace, .type = type, .cost = 100, .index = index}, {args[0], args[2]});
    if (program_.patterns[index].groups() > 1)
      return refuse("engine.regex", e.span, name + " takes a pattern with at most one group",
                    "write (?:…) for the others");
    const Code code = name == "re.capture" ? Code::capture : Code::capture_all;
    return node({.code = code, .type = type, .cost = 100, .index = index}, {args[0]});
  }
  Code substring = Code::call;
  if (name == "strings.contains") substring = Code::contains;
  if (name == "strings.starts_with") substring = Code::prefix;
  if (name == "strings.ends_with") substring = Code::suffix;
  if (substring != Code::call && is_constant(args[1]) && !is_constant(args[0])) {
    const std::string text = e.nocase ? fold(written(1)) : std::string(written(1));
    if (text.empty()) return boolean(substring != Code::suffix);
    return node({.code = substring, .nocase = e.nocase, .leaf = true, .cost = 3, .value = Datum::text(text)},
                {args[0]});
  }
  if (e.nocase) {
    if (!f.nocase) return refuse("engine.type", e.span, name + " does not take nocase");
    for (NodeId& arg : args) arg = node({.code = Code::fold, .type = Type::text, .cost = 20}, {arg});
  }
  if (name == "net.ip_in_range_cidr") {
    const std::string key = "b" + std::string(written(1));
    const auto [it, fresh] = known_sets_.try_emplace(key, static_cast<uint32_t>(program_.sets.size()));
    if (fresh) {
      program_.sets.emplace_back();
      program_.sets.back().items.emplace_back(written(1));
      program_.sets.back().blocks.add(written(1));
    }
    return node({.code = Code::in_cidr, .leaf = true, .cost = 5, .index = it->second}, {args[0]});
  }
  return node({.code = Code::call, .type = type, .cost = 20, .function = &f}, std::move(args));
}

Result<NodeId> Lowering::lower_quantified(const Expr& e, Place& place, size_t depth) {
  const Slot& slot = rule_->slots[e.index];
  if (slot.quantifier == Quantifier::each || !slot.repeated())
    return refuse("engine.plan", e.span, "any and all need a quantified slot");
  TRY_ASSIGN(child, lower(e.args[0], place, depth));
  if (program_.nodes[child].type != Type::boolean) return refuse("engine.type", e.span, "any and all need a predicate");
  const DimId over = dims_of(slot, true);
  // Answered once for the event when the predicate reads nothing else that repeats; row by row otherwise.
  const DimId reads = program_.nodes[child].dim;
  const bool alone = reads != kMany && program_.within(over, reads);
  const Code code = e.op == Op::any ? Code::any : Code::all;
  return node({.code = code, .cost = 5, .dim = alone ? kRoot : kMany, .index = over}, {child});
}

const char* aggregate_refusal(Aggregate kind, bool has_argument, Type argument) {
  if (!has_argument) return kind == Aggregate::count ? nullptr : "this aggregate needs an argument";
  if (argument == Type::list) return "a list cannot be aggregated";
  if (kind == Aggregate::mode) return argument == Type::text ? nullptr : "this aggregate needs a text";
  const bool any_type = kind == Aggregate::count || kind == Aggregate::count_distinct || kind == Aggregate::array ||
                        kind == Aggregate::array_distinct;
  return any_type || is_number(argument) ? nullptr : "this aggregate needs a number";
}

Result<NodeId> Lowering::lower_aggregate(const Expr& e, Place& place, size_t depth) {
  if (!place.grouped || place.condition) return refuse("engine.plan", e.span, "aggregates belong to outcomes");
  AggregateUse use{.kind = e.kind};
  if (const auto* percentage = std::get_if<double>(&e.value)) use.percentage = *percentage;
  if (const auto* skip_zeros = std::get_if<bool>(&e.value)) use.skip_zeros = *skip_zeros;
  const bool keeps_text = e.kind == Aggregate::first || e.kind == Aggregate::last;
  if (e.args.size() > (keeps_text ? 2u : 1u)) return refuse("engine.plan", e.span, "malformed aggregate");
  Type type = Type::integer;
  if (!e.args.empty()) {
    // The argument is read on rows that are also expanded by what it reads itself.
    const std::set<DimId> own_dims = expanded_by(e.args);
    std::set<DimId> expanded = rule_dims_;
    expanded.insert(own_dims.begin(), own_dims.end());
    Place inner = this->place(expanded);
    TRY_ASSIGN(arg, lower(e.args[0], inner, depth));
    use.arg = arg;
    type = program_.nodes[arg].type;
    if (keeps_text) {
      if (e.args.size() != 2) return refuse("engine.plan", e.span, "malformed aggregate");
      TRY_ASSIGN(text, lower(e.args[1], inner, depth));
      if (program_.nodes[text].type != Type::text) return refuse("engine.type", e.span, "what is kept must be a text");
      use.text = text;
    }
    for (DimId d : in_slot_order(own_dims))
      if (!rule_dims_.contains(d)) use.extra.push_back(d);
  } else if (const char* why = aggregate_refusal(e.kind, false, type)) {
    return refuse("engine.type", e.span, why);
  }
  if (const char* why = aggregate_refusal(e.kind, true, type)) return refuse("engine.type", e.span, why);
  out_->aggregates.push_back(std::move(use));
  return node({.code = Code::aggregate,
               .type = aggregate_type(e.kind, type),
               .index = static_cast<uint32_t>(out_->aggregates.size() - 1)});
}

Result<NodeId> Lowering::lower(ExprId id, Place& place, size_t depth) {
  if (id >= rule_->exprs.size()) return refuse("engine.plan", rule_->span, "an expression is missing");
  if (place.memo[id] != kNone) return place.memo[id];
  const Expr& e = rule_->exprs[id];
  // Placeholders are followed into their definitions, so the limit is on what an expression stands for.
  if (depth > 2 * program_.limits.rule_depth + 50)
    return refuse("engine.limit.depth", e.span, "expression nested too deeply");
  TRY_ASSIGN(made, lower_new(id, e, place, depth + 1));
  place.memo[id] = made;
  return made;
}

// A placeholder as the selected variable defines it.
Result<NodeId> Lowering::lower_placeholder(const Expr& e, size_t depth) {
  const Placeholder& p = rule_->placeholders[e.index];
  if (placeholder_nodes_[e.index] != kNone) return placeholder_nodes_[e.index];
  const ExprId definition = selection_->placeholders[e.index];
  if (definition == kNoExpr) return refuse("engine.plan", e.span, "$" + p.name + " is never given a value");
  if (defining_[e.index]++) return refuse("engine.plan", e.span, "$" + p.name + " is defined by itself");
  Place events = place(rule_dims_);
  TRY_ASSIGN(value, lower(definition, events, depth));
  return placeholder_nodes_[e.index] = value;
}

Result<NodeId> Lowering::lower_new(ExprId id, const Expr& e, Place& place, size_t depth) {
  if (leaf_ != nullptr)
    if (auto known = (*leaf_)(id)) return *std::move(known);
  const auto arity = [&](size_t n) { return e.args.size() == n; };
  switch (e.op) {
    case Op::any:
    case Op::all:
      return arity(1) && e.index < rule_->slots.size() ? lower_quantified(e, place, depth)
                                                       : refuse("engine.plan", e.span, "malformed any or all");
    case Op::aggregate:
      return lower_aggregate(e, place, depth);
    case Op::constant:
      return constant(e.value);
    case Op::slot: {
      if (place.condition) return refuse("engine.plan", e.span, "a condition reads no fields");
      const Slot& slot = rule_->slots[e.index];
      if ((place.grouped || place.loose) && slot.repeated() && slot.quantifier == Quantifier::each)
        for (std::vector<DimId> dims; DimId d : (dims_of(slot, false, &dims), dims))
          if (!place.expanded->contains(d) && std::find(out_->loose.begin(), out_->loose.end(), d) == out_->loose.end())
            out_->loose.push_back(d);
      return lower_slot(slot, place, slot.quantifier != Quantifier::each);
    }
    case Op::whole: {
      const Slot& slot = rule_->slots[e.index];
      const NodeId elements = lower_slot(slot, place, true);
      return node({.code = Code::whole, .type = Type::list, .cost = 10}, {elements});
    }
    case Op::placeholder:
      return lower_placeholder(e, depth);
    case Op::has_field:
    case Op::has_value: {
      const Slot& slot = rule_->slots[e.index];
      if (!slot.raw) return refuse("engine.plan", e.span, "only a vendor's field can be asked whether it is there");
      return lower_raw(slot, e.op == Op::has_field ? Column::Raw::has_field : Column::Raw::has_value);
    }
    case Op::event_time:
      return node({.code = Code::event_time, .type = Type::integer});
    case Op::outcome:
      if (!place.grouped || e.index >= out_->outcomes.size())
        return refuse("engine.plan", e.span, "an outcome can only use earlier outcomes");
      return node({.code = Code::outcome, .type = rule_->outcomes[e.index].type, .index = e.index});
    case Op::exists:
    case Op::count:
      if (!place.condition) return refuse("engine.plan", e.span, "only a condition counts events");
      // One event, and the condition is only asked when it matched.
      return e.op == Op::exists ? boolean(true) : constant(Constant(int64_t{1}));
    case Op::placeholder_count:
      if (!place.condition || e.index >= rule_->placeholders.size())
        return refuse("engine.plan", e.span, "only a condition counts placeholders");
      out_->counts_placeholders = true;
      return node({.code = Code::placeholder_count, .type = Type::integer, .index = e.index});
    default:
      break;
  }

  std::vector<NodeId> args;
  for (ExprId arg_id : e.args) {
    TRY_ASSIGN(arg, lower(arg_id, place, depth));
    args.push_back(arg);
  }
  return lower_operator(e, std::move(args));
}

// What is left: operators whose operands are nodes by now.
Result<NodeId> Lowering::lower_operator(const Expr& e, std::vector<NodeId> args) {
  const auto arity = [&](size_t n) { return e.args.size() == n; };
  const auto all_are = [&](auto check) {
    return std::all_of(args.begin(), args.end(), [&](NodeId id) { return check(program_.nodes[id].type); });
  };
  switch (e.op) {
    case Op::list: {
      const Type first = args.empty() ? Type::text : program_.nodes[args[0]].type;
      if (first == Type::list || !all_are([&](Type t) { return t == first; }))
        return refuse("engine.type", e.span, "the items of a list must be of one type");
      return node({.code = Code::list, .type = Type::list, .cost = 5}, std::move(args));
    }
    case Op::enum_name:
      if (!arity(1) || !e.enumeration || !all_are([](Type t) { return t == Type::integer; }))
        return refuse("engine.plan", e.span, "malformed enum_name");
      return node({.code = Code::enum_name, .type = Type::text, .cost = 5, .enumeration = e.enumeration},
                  std::move(args));
    case Op::all_of:
    case Op::any_of:
    case Op::negate: {
      if (!all_are([](Type t) { return t == Type::boolean; }))
        return refuse("engine.type", e.span, "and, or and not need predicates");
      if (e.op == Op::negate) {
        if (!arity(1)) return refuse("engine.plan", e.span, "malformed not");
        return node({.code = Code::negate}, std::move(args));
      }
      if (args.empty()) return boolean(e.op == Op::all_of);
      if (args.size() == 1) return args[0];
      std::stable_sort(args.begin(), args.end(),
                       [&](NodeId a, NodeId b) { return program_.nodes[a].cost < program_.nodes[b].cost; });
      return node({.code = e.op == Op::all_of ? Code::all_of : Code::any_of}, std::move(args));
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
      return arity(2) ? lower_compare(e, std::move(args)) : refuse("engine.plan", e.span, "malformed comparison");
    case Op::match:
      if (!arity(1) || !std::holds_alternative<std::string>(e.value))
        return refuse("engine.plan", e.span, "malformed match");
      return lower_match(args[0], std::get<std::string>(e.value), e.nocase, e.span);
    case Op::in_list:
      if (!arity(1) || !std::holds_alternative<std::string>(e.value))
        return refuse("engine.plan", e.span, "malformed list");
      return lower_list(e, args[0]);
    case Op::call:
      return e.function ? lower_call(e, std::move(args)) : refuse("engine.plan", e.span, "malformed call");
    case Op::minus:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo: {
      if (!arity(e.op == Op::minus ? 1 : 2) || !all_are(is_number))
        return refuse("engine.type", e.span, "arithmetic needs numbers");
      static constexpr Code kCodes[] = {Code::add,    Code::subtract, Code::multiply,
                                        Code::divide, Code::modulo,   Code::minus};
      const Code code = kCodes[static_cast<size_t>(e.op) - static_cast<size_t>(Op::add)];
      const bool whole = code != Code::divide && all_are([](Type t) { return t == Type::integer; });
      return node({.code = code, .type = whole ? Type::integer : Type::real, .cost = 3}, std::move(args));
    }
    case Op::choose: {
      if (!arity(3) || program_.nodes[args[0]].type != Type::boolean)
        return refuse("engine.type", e.span, "if needs a predicate and two values");
      const Type yes = program_.nodes[args[1]].type, no = program_.nodes[args[2]].type;
      if (yes != no && !(is_number(yes) && is_number(no)))
        return refuse("engine.type", e.span, "both values of if must be of one type");
      return node({.code = Code::choose, .type = yes == no ? yes : Type::real, .cost = 3}, std::move(args));
    }
    default:
      return refuse("engine.plan", e.span, "operator out of place");
  }
}

}  // namespace sekisho::engine
