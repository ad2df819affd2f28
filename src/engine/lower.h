// Expressions into nodes: one Lowering for all rules of a Program, so that equal expressions of different rules become
// one node. select() makes what one variable of a rule asks of an event; the rest of a rule over several events is made
// by compile_join.cc with lower_with(). Inside engine/ only.
#pragma once

#include <functional>
#include <set>

#include "engine/program.h"

namespace sekisho::engine {

// What a rule asks of one of its variables.
struct Selection {
  uint32_t variable = 0;
  std::vector<ExprId> where;         // predicates that read this variable only
  std::vector<ExprId> also_expand;   // expressions of predicates over several variables: they expand rows too
  std::vector<ExprId> placeholders;  // by placeholder: its definition in this variable, or kNoExpr
  std::vector<std::pair<ExprId, ExprId>> equal;  // further definitions: equal to the first
  std::vector<ExprId> not_zero;                  // fields that must have a value
};

class Lowering {
 public:
  Lowering(Program& program, const ReferenceLists& lists) : program_(program), lists_(lists) {}

  // The rows of one variable. Then value() may be asked for what is to be kept of them, until the next select().
  Result<RuleProgram> select(const Rule& rule, const Selection& selection);
  // A whole rule over one event: outcomes and condition as well.
  Result<RuleProgram> whole_rule(const Rule& rule, const Selection& selection);
  // An expression of the selected variable, read on each of its rows. predicate: it stands in the event section, where
  // all it reads is expanded; else what the rows do not expand is read at its first element. many: an aggregate's
  // argument, whose further repeated fields expand the row: StoredValue::extra.
  Result<StoredValue> value(ExprId id, bool predicate, bool many, RuleProgram& into);

  // Any expression in which `leaf` gives the nodes of what it knows; nothing = go on with the operands.
  using Leaf = std::function<std::optional<Result<NodeId>>(ExprId)>;
  Result<NodeId> lower_with(const Rule& rule, ExprId id, const Leaf& leaf);

  NodeId node(Node node, std::vector<NodeId> args = {});
  NodeId constant(const Constant& value);
  Type type_of(NodeId id) const { return program_.nodes[id].type; }
  // The comparison of two nodes as `e` says it.
  Result<NodeId> lower_compare(const Rule& rule, const Expr& e, std::vector<NodeId> args) {
    rule_ = &rule;
    return lower_compare(e, std::move(args));
  }

 private:
  // The place in which an expression stands decides what its map accesses read and which operators it may hold.
  struct Place {
    const std::set<DimId>* expanded = nullptr;  // dims that are expanded here
    bool grouped = false;                       // outcome or condition: aggregates and outcomes allowed
    bool condition = false;
    bool loose = false;  // what is not expanded is read at its first element
    std::vector<NodeId> memo;
  };

  std::set<DimId> expanded_by(std::vector<ExprId> roots);
  std::vector<DimId> in_slot_order(const std::set<DimId>& dims);
  Place place(const std::set<DimId>& expanded) const;
  Result<NodeId> lower(ExprId id, Place& place, size_t depth);
  Result<NodeId> lower_new(ExprId id, const Expr& e, Place& place, size_t depth);
  Result<NodeId> lower_operator(const Expr& e, std::vector<NodeId> args);
  Result<NodeId> lower_compare(const Expr& e, std::vector<NodeId> args);
  Result<NodeId> lower_call(const Expr& e, std::vector<NodeId> args);
  Result<NodeId> lower_list(const Expr& e, NodeId text);
  Result<NodeId> lower_match(NodeId text, const std::string& pattern, bool nocase, Span at);
  Result<NodeId> lower_aggregate(const Expr& e, Place& place, size_t depth);
  Result<NodeId> lower_quantified(const Expr& e, Place& place, size_t depth);
  Result<NodeId> lower_placeholder(const Expr& e, size_t depth);
  NodeId lower_slot(const Slot& slot, const Place& place, bool quantified);
  NodeId lower_raw(const Slot& slot, Column::Raw what);
  void conjuncts(NodeId node, bool negated, std::vector<NodeId>& out);

  DimId dim(DimId parent, std::vector<Step> via, const event::Field* field, bool quantified);
  DimId raw_dim(const std::string& field);
  DimId dims_of(const Slot& slot, bool quantified, std::vector<DimId>* all = nullptr);
  uint32_t column(Column column);
  NodeId boolean(bool value) { return constant(Constant(value)); }
  Result<uint32_t> pattern(const std::string& text, bool nocase, Span at);
  Datum own(const Datum& value);
  DimId join(DimId a, DimId b) const;
  bool is_constant(NodeId id) const { return program_.nodes[id].code == Code::constant; }

  std::unexpected<Error> refuse(const char* code, Span at, std::string text, std::string hint = {}) const {
    return fail_at(code, std::move(text), rule_->source, at, std::move(hint));
  }

  Program& program_;
  const ReferenceLists& lists_;
  const Rule* rule_ = nullptr;
  const Selection* selection_ = nullptr;
  const Leaf* leaf_ = nullptr;
  RuleProgram* out_ = nullptr;
  std::set<DimId> rule_dims_;
  std::vector<uint8_t> defining_;  // placeholders being lowered: a cycle shows here
  std::vector<NodeId> placeholder_nodes_;
  StringMap<NodeId> known_;  // hash-consing
  StringMap<DimId> known_dims_;
  StringMap<uint32_t> known_columns_, known_groups_, known_patterns_, known_sets_;
};

// compile_join.cc: a rule over several events.
Result<void> compile_join(const Rule& rule, RuleId id, const std::function<Lowering&(Variable::Kind)>& selectors,
                          Lowering& joined, Plans& plans);

// An aggregate's result type, or why it cannot take this argument (nullptr: it can).
const char* aggregate_refusal(Aggregate kind, bool has_argument, Type argument);

}  // namespace sekisho::engine
