// Rules into nodes: one Lowering for all rules of a Program, so that equal expressions of different rules become one
// node. Inside engine/ only.
#pragma once

#include <set>

#include "engine/program.h"

namespace sekisho::engine {

class Lowering {
 public:
  Lowering(Program& program, const ReferenceLists& lists) : program_(program), lists_(lists) {}
  Result<RuleProgram> rule(const Rule& rule);

 private:
  // The place in which an expression stands decides what its map accesses read and which operators it may hold.
  struct Place {
    const std::set<DimId>* expanded = nullptr;  // dims that are expanded here
    bool grouped = false;                       // outcome or condition: aggregates and outcomes allowed
    bool condition = false;
    std::vector<NodeId> memo;
  };

  Result<void> check_shape(const Rule& rule) const;
  std::set<DimId> expanded_by(std::vector<ExprId> roots);
  std::vector<DimId> in_slot_order(const std::set<DimId>& dims);
  Result<NodeId> lower(ExprId id, Place& place, size_t depth);
  Result<NodeId> lower_new(const Expr& e, Place& place, size_t depth);
  Result<NodeId> lower_compare(const Expr& e, std::vector<NodeId> args);
  Result<NodeId> lower_call(const Expr& e, std::vector<NodeId> args);
  Result<NodeId> lower_list(const Expr& e, NodeId text);
  Result<NodeId> lower_match(NodeId text, const std::string& pattern, bool nocase, Span at);
  Result<NodeId> lower_aggregate(const Expr& e, Place& place, size_t depth);
  Result<NodeId> lower_quantified(const Expr& e, Place& place, size_t depth);
  NodeId lower_slot(const Slot& slot, const Place& place, bool quantified);
  void conjuncts(NodeId node, bool negated, std::vector<NodeId>& out);

  DimId dim(DimId parent, std::vector<Step> via, const event::Field* field, bool quantified);
  DimId dims_of(const Slot& slot, bool quantified, std::vector<DimId>* all = nullptr);
  uint32_t column(Column column);
  NodeId node(Node node, std::vector<NodeId> args = {});
  NodeId constant(const Constant& value);
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
  RuleProgram* out_ = nullptr;
  std::set<DimId> rule_dims_;
  std::vector<uint8_t> defining_;  // placeholders being lowered: a cycle shows here
  std::vector<NodeId> placeholder_nodes_;
  StringMap<NodeId> known_;  // hash-consing
  StringMap<DimId> known_dims_;
  StringMap<uint32_t> known_columns_, known_groups_, known_patterns_, known_sets_;
};

}  // namespace sekisho::engine
