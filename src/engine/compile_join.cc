// Takes a Rule over several events (or over one event and records), gives its Correlation: what each variable selects
// and keeps, what must be equal or hold between them, and its outcomes and condition over joined rows. Entry:
// compile_join(). Refuses what cannot be joined: engine.join.
#include <algorithm>
#include <map>

#include "base/sorted.h"
#include "engine/correlation.h"
#include "engine/homes.h"
#include "engine/judged.h"
#include "engine/lower.h"

namespace sekisho::engine {
namespace {

class JoinCompiler {
 public:
  JoinCompiler(const Rule& rule, RuleId id, const std::function<Lowering&(Variable::Kind)>& selectors, Lowering& joined,
               Plans& plans)
      : rule_(rule),
        selectors_(selectors),
        joined_(joined),
        plans_(plans),
        bounded_(bounded_variables(rule)),
        homes_(find_homes(rule)) {
    out_.rule = id;
    out_.variables.resize(rule.variables.size());
    for (uint32_t v = 0; v < rule.variables.size(); ++v) {
      out_.variables[v].kind = rule.variables[v].kind;
      out_.variables[v].bounded = bounded_[v];
    }
  }

  Result<void> run() {
    TRY(check_variables(rule_, bounded_));
    TRY(split_where());
    TRY(define_placeholders());
    TRY(choose_partition());
    gather_columns();
    for (uint32_t v = 0; v < rule_.variables.size(); ++v) TRY(make_selector(v));
    TRY(make_joins());
    find_lookups();
    TRY(make_report());
    choose_judging();
    plans_.correlations.push_back(std::move(out_));
    return {};
  }

 private:
  struct Wish {  // a value that rows of a variable must carry
    ExprId expr;
    bool predicate, many;
    bool part = false;  // of an aggregate's argument over several variables: nothing may repeat that its row does not
    uint32_t column = kNone;
  };
  using Key = std::pair<uint32_t, ExprId>;

  std::unexpected<Error> refuse(Span at, std::string text, std::string hint = {}) const {
    return fail_at("engine.join", std::move(text), rule_.source, at, std::move(hint));
  }
  bool temporal(uint32_t v) const { return out_.variables[v].temporal(); }

  // Where a value that several variables could give is taken from: a bounded event if there is one.
  uint32_t pick(uint64_t home) const {
    uint32_t found = kNone;
    for (uint32_t v = static_cast<uint32_t>(rule_.variables.size()); v-- > 0;) {
      if ((home >> v & 1) == 0) continue;
      const auto rank = [&](uint32_t x) { return (bounded_[x] ? 2 : 0) + (temporal(x) ? 1 : 0); };
      if (found == kNone || rank(v) >= rank(found)) found = v;
    }
    return found;
  }
  bool leaf(ExprId id) const { return !fixed_[id] && home_[id] != 0; }
  uint32_t first_bounded() const {
    for (uint32_t v = 0; v < rule_.variables.size(); ++v)
      if (bounded_[v] && temporal(v)) return v;
    return 0;
  }

  Result<void> split_where() {
    selections_.resize(rule_.variables.size());
    for (uint32_t v = 0; v < selections_.size(); ++v) {
      selections_[v].variable = v;
      selections_[v].placeholders.assign(rule_.placeholders.size(), kNoExpr);
    }
    std::vector<ExprId> open;
    if (rule_.where != kNoExpr) open.push_back(rule_.where);
    std::vector<ExprId> parts;
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      const Expr& e = rule_.exprs[id];
      if (e.op == Op::all_of) open.insert(open.end(), e.args.rbegin(), e.args.rend());
      else parts.push_back(id);
    }
    for (ExprId id : parts) {
      if (fixed_[id]) {
        selections_[first_bounded()].where.push_back(id);
      } else if (home_[id] != 0) {
        for (uint32_t v = 0; v < selections_.size(); ++v)
          if (home_[id] >> v & 1) selections_[v].where.push_back(id);
      } else {
        between_.push_back(id);
        expand_everywhere(id);
      }
    }
    return {};
  }

  // What a predicate over several variables reads expands each of them.
  void expand_everywhere(ExprId id) {
    each_leaf(id, [&](ExprId part) { selections_[pick(home_[part])].also_expand.push_back(part); });
  }

  // The outermost parts of an expression that one variable can give. Expressions are shallow (Limits::rule_depth).
  template <class Visit>
  void each_leaf(ExprId id, Visit visit) const {
    std::vector<ExprId> open = {id};
    std::vector<bool> seen(rule_.exprs.size(), false);
    while (!open.empty()) {
      const ExprId at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      if (leaf(at)) {
        visit(at);
        continue;
      }
      const Expr& e = rule_.exprs[at];
      if (e.op == Op::placeholder)
        for (ExprId d : rule_.placeholders[e.index].definitions) open.push_back(d);
      open.insert(open.end(), e.args.begin(), e.args.end());
    }
  }

  Result<void> define_placeholders() {
    for (uint32_t p = 0; p < rule_.placeholders.size(); ++p) {
      const Placeholder& placeholder = rule_.placeholders[p];
      if (placeholder.definitions.empty())
        return fail_at("engine.plan", "$" + placeholder.name + " is never given a value", rule_.source, rule_.span);
      std::vector<uint32_t> members;
      for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
        bool own = false;
        for (ExprId d : placeholder.definitions) {
          if ((home_[d] >> v & 1) == 0) continue;
          ExprId& first = selections_[v].placeholders[p];
          if (first == kNoExpr) first = d;
          else selections_[v].equal.emplace_back(first, d);
          own |= (reads_[d] >> v & 1) != 0;
        }
        if (own) members.push_back(v);
      }
      if (members.size() > 1) shared_.emplace_back(p, std::move(members));
      for (ExprId d : placeholder.definitions) {
        if (home_[d] != 0) continue;
        expand_everywhere(d);
        mixed_.emplace_back(p, d);
      }
    }
    return {};
  }

  // $p = strings.concat(…), a field, or a field in the form that placeholders hold: the field itself.
  std::optional<ExprId> plain_field(ExprId id) const {
    const Expr& e = rule_.exprs[id];
    if (e.op == Op::slot) return id;
    if (e.op == Op::enum_name) return plain_field(e.args[0]);
    if (e.op == Op::call && e.function && e.function->name == "cast.as_string" && e.args.size() == 1)
      return plain_field(e.args[0]);
    return std::nullopt;
  }

  Result<void> choose_partition() {
    out_.keys_are_partition = true;
    if (!rule_.match) return {};
    for (uint32_t p : rule_.match->keys) {
      bool everywhere = true;
      for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
        const ExprId d = selections_[v].placeholders[p];
        if (temporal(v)) everywhere &= d != kNoExpr && !fixed_[d];
        if (d == kNoExpr || rule_.options.allow_zero_values) continue;
        if (const auto field = plain_field(d)) selections_[v].not_zero.push_back(*field);
      }
      if (everywhere) partition_.push_back(p);
      else out_.keys_are_partition = false;
    }
    out_.partition = static_cast<uint32_t>(partition_.size());
    return {};
  }

  // ---- what rows carry

  void wish(uint32_t v, ExprId id, bool predicate, bool many, bool part = false) {
    const auto [it, fresh] = wished_.try_emplace({v, id, many}, wishes_[v].size());
    if (fresh) wishes_[v].push_back({id, predicate, many});
    wishes_[v][it->second].part |= part;
  }
  void wish_leaves(ExprId id, bool predicate, bool part_of = false) {
    each_leaf(id, [&](ExprId part) {
      if (rule_.exprs[part].op != Op::event_time)
        wish(pick(home_[part]), definition_at(part), predicate, false, part_of);
    });
  }
  // A placeholder as a leaf is its definition there.
  ExprId definition_at(ExprId id) const {
    const Expr& e = rule_.exprs[id];
    return e.op == Op::placeholder ? selections_[pick(home_[id])].placeholders[e.index] : id;
  }

  void gather_columns() {
    wishes_.resize(rule_.variables.size());
    for (uint32_t v = 0; v < rule_.variables.size(); ++v)
      if (temporal(v))
        for (uint32_t p : partition_) wish(v, selections_[v].placeholders[p], true, false);
    for (const auto& [p, members] : shared_)
      for (uint32_t v : members) wish(v, selections_[v].placeholders[p], true, false);
    for (ExprId id : between_) wish_leaves(id, true);
    for (const auto& [p, d] : mixed_) wish_leaves(d, true);
    for (uint32_t p = 0; p < rule_.placeholders.size(); ++p)
      if (placeholder_home_[p] != 0 && !fixed_placeholder(p)) {
        const uint32_t v = pick(placeholder_home_[p]);
        wish(v, selections_[v].placeholders[p], true, false);
      }
    for (const Outcome& o : rule_.outcomes) {
      std::vector<ExprId> open = {o.value};
      while (!open.empty()) {
        const ExprId id = open.back();
        open.pop_back();
        const Expr& e = rule_.exprs[id];
        if (e.op == Op::aggregate) {
          for (ExprId arg : e.args) {
            if (leaf(arg)) wish(pick(home_[arg]), definition_at(arg), false, true);
            else wish_leaves(arg, false, true);
          }
        } else if (leaf(id)) {
          wish_leaves(id, false);
        } else {
          open.insert(open.end(), e.args.begin(), e.args.end());
        }
      }
    }
  }
  bool fixed_placeholder(uint32_t p) const { return fixed_[selections_[pick(placeholder_home_[p])].placeholders[p]]; }

  Result<void> make_selector(uint32_t v) {
    const Variable::Kind kind = rule_.variables[v].kind;
    Lowering& lowering = selectors_(kind);
    Program& program = *plans_.selectors[static_cast<size_t>(kind)];
    TRY_ASSIGN(made, lowering.select(rule_, selections_[v]));
    made.rule = out_.rule;
    made.correlation = static_cast<uint32_t>(plans_.correlations.size());
    JoinVariable& variable = out_.variables[v];
    for (size_t w = 0; w < wishes_[v].size(); ++w) {
      Wish& wanted = wishes_[v][w];
      const size_t loose = made.loose.size();
      TRY_ASSIGN(value, lowering.value(wanted.expr, wanted.predicate, wanted.many, made));
      if (wanted.part && made.loose.size() > loose)
        return refuse(rule_.exprs[wanted.expr].span,
                      rule_.variables.size() > 1 ? "a repeated field cannot be aggregated together with another event"
                                                 : "a repeated field cannot be read here",
                      "bind it to a placeholder in events first");
      const Type type = lowering.type_of(value.node);
      if (type == Type::list)
        return refuse(rule_.exprs[wanted.expr].span, "a list cannot be carried from event to event");
      const bool key = temporal(v) && w < partition_.size();
      for (size_t c = 0; c < made.stored.size() && !key; ++c)
        if (!made.stored[c].many && !value.many && made.stored[c].node == value.node)
          wanted.column = static_cast<uint32_t>(c);
      if (wanted.column != kNone) continue;
      wanted.column = static_cast<uint32_t>(made.stored.size());
      variable.columns.push_back({type, value.many});
      made.stored.push_back(std::move(value));
    }
    variable.selector = static_cast<RuleId>(program.programs.size());
    program.programs.push_back(std::move(made));
    return {};
  }

  StoredAt column(uint32_t v, ExprId id, bool many = false) const {
    return {v, wishes_[v][wished_.at({v, id, many})].column};
  }

  // ---- over joined rows

  NodeId stored(StoredAt at) {
    return joined_.node({.code = Code::stored,
                         .type = out_.variables[at.variable].columns[at.column].type,
                         .index = at.column,
                         .of = at.variable});
  }

  Result<NodeId> lower(ExprId id) {
    const Lowering::Leaf leaf_of = [this](ExprId part) { return known(part); };
    return joined_.lower_with(rule_, id, leaf_of);
  }

  std::optional<Result<NodeId>> known(ExprId id) {
    const Expr& e = rule_.exprs[id];
    if (e.op == Op::event_time) return joined_.node({.code = Code::stored_time, .type = Type::integer, .of = e.index});
    if (e.op == Op::placeholder) {
      const NodeId node = placeholder_nodes_[e.index];
      if (node == kNone) return refuse(e.span, "$" + rule_.placeholders[e.index].name + " cannot be used here");
      return node;
    }
    if (leaf(id)) return stored(column(pick(home_[id]), id));
    switch (e.op) {
      case Op::aggregate:
        return aggregate(e);
      case Op::outcome:
        if (e.index >= out_.outcomes.size())
          return fail_at("engine.plan", "an outcome can only use earlier outcomes", rule_.source, e.span);
        return joined_.node({.code = Code::outcome, .type = rule_.outcomes[e.index].type, .index = e.index});
      case Op::exists:
        return joined_.node({.code = Code::greater, .cost = 2},
                            {event_count(e.index), joined_.constant(Constant(int64_t{0}))});
      case Op::count:
        return event_count(e.index);
      case Op::placeholder_count:
        out_.counts_placeholders = true;
        return joined_.node({.code = Code::placeholder_count, .type = Type::integer, .index = e.index});
      case Op::metric:
        return metric(e);
      case Op::observed:
        return joined_.node({.code = Code::observed, .type = Type::integer, .index = e.index});
      case Op::any:
      case Op::all:
      case Op::whole:
      case Op::slot:
        return refuse(e.span, "this cannot be asked across several events");
      default:
        return std::nullopt;
    }
  }
  NodeId event_count(uint32_t v) { return joined_.node({.code = Code::event_count, .type = Type::integer, .of = v}); }

  Result<NodeId> metric(const Expr& e) {
    const uint32_t measure = plans_.measures.at(rule_.measures[e.index].name);
    const Rule& counts = plans_.rules[plans_.own_rules + measure];
    const size_t keys = counts.match->keys.size() - (plans_.counted[measure].unique ? 1 : 0);
    if (e.args.size() != keys + (e.metric.filtered ? 1 : 0))
      return fail_at("engine.plan", "malformed metric", rule_.source, e.span);
    std::vector<NodeId> args;
    uint64_t from = 0;
    for (size_t i = 0; i < e.args.size(); ++i) {
      const ExprId arg = e.args[i];
      TRY_ASSIGN(node, lower(arg));
      if (joined_.type_of(node) != (i < keys ? Type::text : Type::boolean))
        return fail_at("engine.type", i < keys ? "a metric is looked up by texts" : "a filter is a predicate",
                       rule_.source, rule_.exprs[arg].span);
      args.push_back(node);
      if (i >= keys || fixed_[arg]) continue;
      if (home_[arg] != 0 && !bounded_[pick(home_[arg])])
        return refuse(rule_.exprs[arg].span, "a metric cannot be looked up by what may be absent");
      from |= home_[arg];
    }
    uint32_t as_of = first_bounded();
    for (uint32_t v = static_cast<uint32_t>(rule_.variables.size()); v-- > 0;)
      if ((from >> v & 1) != 0 && bounded_[v] && temporal(v)) as_of = v;
    return joined_.node({.code = Code::metric, .type = e.type, .index = measure, .of = as_of, .metric = e.metric},
                        std::move(args));
  }

  Result<NodeId> aggregate(const Expr& e) {
    JoinAggregate made{.kind = e.kind};
    if (const auto* percentage = std::get_if<double>(&e.value)) made.percentage = *percentage;
    if (const auto* skip_zeros = std::get_if<bool>(&e.value)) made.skip_zeros = *skip_zeros;
    const bool keeps_text = e.kind == Aggregate::first || e.kind == Aggregate::last;
    if (keeps_text ? e.args.size() != 2 : e.args.size() > 1)
      return fail_at("engine.plan", "malformed aggregate", rule_.source, e.span);
    if (!e.args.empty()) TRY(operand(e.args[0], made.arg, made.many, made.only, made.type));
    if (keeps_text) {
      Type type = Type::text;
      uint32_t only = kNone;
      TRY(operand(e.args[1], made.text, made.text_many, only, type));
      if (only != made.only) made.only = kNone;
      if (type != Type::text) return fail_at("engine.type", "what is kept must be a text", rule_.source, e.span);
      if (made.many.variable != kNone && made.text_many.variable != kNone)
        return refuse(e.span, "the number and the text both read repeated fields", "use a placeholder for one of them");
    }
    if (const char* why = aggregate_refusal(e.kind, !e.args.empty(), made.type))
      return fail_at("engine.type", why, rule_.source, e.span);
    const Type type = aggregate_type(e.kind, made.type);
    out_.aggregates.push_back(made);
    return joined_.node(
        {.code = Code::aggregate, .type = type, .index = static_cast<uint32_t>(out_.aggregates.size() - 1)});
  }
  // What an aggregate reads: a column, its list of values, or an expression over several variables.
  Result<void> operand(ExprId arg, NodeId& node, StoredAt& many, uint32_t& only, Type& type) {
    if (leaf(arg)) {
      const StoredAt at = column(pick(home_[arg]), definition_at(arg), true);
      only = at.variable;
      type = out_.variables[at.variable].columns[at.column].type;
      if (out_.variables[at.variable].columns[at.column].many) many = at;
      else node = stored(at);
      return {};
    }
    // An aggregate within an aggregate is refused by place: it is no leaf and has no operands here.
    TRY_ASSIGN(made, nested(arg));
    node = made;
    type = joined_.type_of(made);
    return {};
  }
  Result<NodeId> nested(ExprId id) {
    for (std::vector<ExprId> open = {id}; !open.empty();) {
      const Expr& e = rule_.exprs[open.back()];
      open.pop_back();
      if (e.op == Op::aggregate)
        return fail_at("engine.plan", "an aggregate cannot stand in another", rule_.source, e.span);
      open.insert(open.end(), e.args.begin(), e.args.end());
    }
    return lower(id);
  }

  Result<void> add_class(std::vector<StoredAt> members, Span at) {
    size_t bounded = 0;
    for (const StoredAt& m : members) bounded += bounded_[m.variable];
    if (bounded == 0) return refuse(at, "two variables that may be absent cannot be compared with each other");
    const Type type = out_.variables[members[0].variable].columns[members[0].column].type;
    const bool same = std::all_of(members.begin(), members.end(), [&](const StoredAt& m) {
      return out_.variables[m.variable].columns[m.column].type == type;
    });
    if (same && type != Type::real) {
      out_.classes.push_back({std::move(members)});
      return {};
    }
    const Expr equal{.op = Op::equal, .span = at};
    for (size_t i = 1; i < members.size(); ++i) {
      TRY_ASSIGN(node, joined_.lower_compare(rule_, equal, {stored(members[0]), stored(members[i])}));
      TRY(add_relation(node, {members[0].variable, members[i].variable}, at));
    }
    return {};
  }

  Result<void> add_relation(NodeId node, std::vector<uint32_t> variables, Span at) {
    sort_unique(variables);
    size_t absent = 0;
    for (uint32_t v : variables) absent += !bounded_[v];
    if (absent > 1) return refuse(at, "two variables that may be absent cannot be compared with each other");
    if (joined_.type_of(node) != Type::boolean)
      return fail_at("engine.type", "the events section needs a predicate", rule_.source, at);
    out_.relations.push_back({node, std::move(variables)});
    return {};
  }

  std::vector<uint32_t> variables_of(ExprId id) const {
    std::vector<uint32_t> out;
    each_leaf(id, [&](ExprId part) { out.push_back(pick(home_[part])); });
    return out;
  }

  Result<void> make_joins() {
    placeholder_nodes_.assign(rule_.placeholders.size(), kNone);
    for (uint32_t p = 0; p < rule_.placeholders.size(); ++p) {
      if (placeholder_home_[p] == 0) continue;
      const uint32_t v = pick(placeholder_home_[p]);
      if (fixed_placeholder(p)) {
        TRY_ASSIGN(node, lower(selections_[v].placeholders[p]));
        placeholder_nodes_[p] = node;
      } else {
        placeholder_nodes_[p] = stored(column(v, selections_[v].placeholders[p]));
      }
    }
    for (const auto& [p, members] : shared_) {
      std::vector<StoredAt> all;
      const bool partition = std::find(partition_.begin(), partition_.end(), p) != partition_.end();
      // Rows of one group agree on its key, so that one that is always there stands for all: records still have to.
      bool kept = false;
      for (uint32_t v : members) {
        if (partition && temporal(v) && (!bounded_[v] || std::exchange(kept, true))) continue;
        all.push_back(column(v, selections_[v].placeholders[p]));
      }
      if (all.size() > 1) TRY(add_class(std::move(all), rule_.span));
    }
    // Placeholders that only several variables together can give.
    for (const auto& [p, d] : mixed_) {
      TRY_ASSIGN(node, lower(d));
      if (placeholder_nodes_[p] == kNone) {
        placeholder_nodes_[p] = node;
        continue;
      }
      const Span at = rule_.exprs[d].span;
      const Expr equal{.op = Op::equal, .span = at};
      TRY_ASSIGN(same, joined_.lower_compare(rule_, equal, {placeholder_nodes_[p], node}));
      std::vector<uint32_t> variables = variables_of(d);
      if (placeholder_home_[p] != 0) variables.push_back(pick(placeholder_home_[p]));
      TRY(add_relation(same, std::move(variables), at));
    }
    for (ExprId id : between_) {
      const Expr& e = rule_.exprs[id];
      if (e.op == Op::equal && !e.nocase && leaf(e.args[0]) && leaf(e.args[1]) && !reads_time(e.args[0]) &&
          !reads_time(e.args[1])) {
        std::vector<StoredAt> members;
        for (ExprId side : e.args) members.push_back(column(pick(home_[side]), definition_at(side)));
        if (members[0].variable > members[1].variable) std::swap(members[0], members[1]);
        TRY(add_class(std::move(members), e.span));
        continue;
      }
      TRY_ASSIGN(node, lower(id));
      TRY(add_relation(node, variables_of(id), e.span));
    }
    return {};
  }
  // Where a record has to be there for anything to be joined.
  void find_lookups() {
    for (const JoinClass& k : out_.classes)
      for (const StoredAt& record : k.members) {
        const JoinVariable& of = out_.variables[record.variable];
        if (of.temporal() || !of.bounded) continue;
        const auto lookup = static_cast<uint32_t>(plans_.lookups.size());
        plans_.lookups.push_back({static_cast<uint32_t>(plans_.correlations.size()), record});
        for (const StoredAt& m : k.members)
          if (temporal(m.variable)) {
            Program& program = *plans_.selectors[static_cast<size_t>(out_.variables[m.variable].kind)];
            RuleProgram& selector = program.programs[out_.variables[m.variable].selector];
            const NodeId value = selector.stored[m.column].node;
            if (program.nodes[value].dim != kMany && program.nodes[value].type != Type::boolean)
              selector.lookups.push_back({value, lookup});
          }
      }
  }
  bool reads_time(ExprId id) const { return rule_.exprs[id].op == Op::event_time; }

  Result<void> make_report() {
    for (uint32_t p = 0; p < rule_.placeholders.size(); ++p) {
      const bool several = placeholder_home_[p] == 0 || fixed_placeholder(p);
      out_.placeholders.push_back(placeholder_nodes_[p]);
      out_.placeholder_of.push_back(several ? kNone : pick(placeholder_home_[p]));
    }
    if (rule_.match)
      for (uint32_t p : rule_.match->keys) {
        const uint32_t v = out_.placeholder_of[p];
        if (v != kNone && !bounded_[v])
          return refuse(rule_.match->span, "$" + rule_.placeholders[p].name + " is only given by what may be absent");
        out_.keys.push_back(placeholder_nodes_[p]);
      }
    for (const Outcome& o : rule_.outcomes) {
      TRY_ASSIGN(node, lower(o.value));
      out_.outcomes.push_back(node);
      out_.aggregates_before.push_back(static_cast<uint32_t>(out_.aggregates.size()));
    }
    if (rule_.condition != kNoExpr) {
      TRY_ASSIGN(node, lower(rule_.condition));
      if (joined_.type_of(node) != Type::boolean)
        return fail_at("engine.type", "the condition needs a predicate", rule_.source,
                       rule_.exprs[rule_.condition].span);
      out_.condition = node;
    }
    return {};
  }

  void choose_judging() {
    out_.suppression_seconds = rule_.options.suppression_seconds;
    if (rule_.options.suppression_key) out_.suppression_key = *rule_.options.suppression_key;
    const bool all = std::all_of(bounded_.begin(), bounded_.end(), [](bool b) { return b; });
    out_.existence = all && asks_existence_only(rule_);
    out_.gates = gates_of(rule_, out_);
    if (!rule_.match) {
      out_.judged = Correlation::Judged::per_event;
      return;
    }
    out_.judged = all && is_monotone(rule_) ? Correlation::Judged::arrival : Correlation::Judged::grid;
    out_.window = rule_.match->window;
    out_.seconds = rule_.match->seconds;
    out_.step = std::max<int64_t>(1, out_.seconds / 10);
    if (out_.window == Match::Window::before || out_.window == Match::Window::after) out_.pivot = rule_.match->pivot;
  }

  const Rule& rule_;
  const std::function<Lowering&(Variable::Kind)>& selectors_;
  Lowering& joined_;
  Plans& plans_;
  const std::vector<bool> bounded_;
  const Homes homes_;
  const std::vector<uint64_t>& home_ = homes_.of;
  const std::vector<uint64_t>& reads_ = homes_.reads;
  const std::vector<uint64_t>& placeholder_home_ = homes_.of_placeholder;
  const std::vector<bool>& fixed_ = homes_.fixed;
  Correlation out_;
  std::vector<Selection> selections_;
  std::vector<ExprId> between_;                                     // predicates over several variables
  std::vector<std::pair<uint32_t, std::vector<uint32_t>>> shared_;  // placeholders and the variables that define them
  std::vector<std::pair<uint32_t, ExprId>> mixed_;                  // definitions over several variables
  std::vector<uint32_t> partition_;                                 // placeholders
  std::vector<std::vector<Wish>> wishes_;                           // by variable
  std::map<std::tuple<uint32_t, ExprId, bool>, size_t> wished_;
  std::vector<NodeId> placeholder_nodes_;
};

}  // namespace

Result<void> compile_join(const Rule& rule, RuleId id, const std::function<Lowering&(Variable::Kind)>& selectors,
                          Lowering& joined, Plans& plans) {
  return JoinCompiler(rule, id, selectors, joined, plans).run();
}

}  // namespace sekisho::engine
