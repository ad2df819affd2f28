// Finds values for the fields of a rule under which it matches: the search behind rule_positives.h.
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "plan_model.h"

namespace sekisho::tests {

// What has to be true, and over what.
struct Need {
  engine::ExprId expr = engine::kNoExpr;
  bool wanted = true;
  bool of_all = false;  // the condition: of all instances together; otherwise of each
};

class Solver {
 public:
  explicit Solver(Model& model) : model_(model) {}
  // After success model.values hold. On failure `stuck` names the predicate.
  bool satisfy(const Need& need, size_t depth = 0);
  bool all_hold(const std::vector<Need>& needs);
  const std::vector<Need>& made() const { return made_; }
  engine::ExprId stuck = engine::kNoExpr;

 private:
  struct Try {
    size_t cell = 0;
    bool absent = false;
    engine::Constant value;
  };
  bool holds(const Need& need);
  bool fix(const Need& need, size_t repairs);
  bool repair(size_t repairs);
  bool by_counting(const Need& need);
  bool by_choosing(const Need& need, size_t depth);
  bool vary(size_t cell, size_t instances);

  void suggest(engine::ExprId id, bool wanted, std::vector<Try>& out);
  void push(engine::ExprId id, const engine::Constant& value, std::vector<Try>& out);
  void push_text(engine::ExprId id, std::string text, std::vector<Try>& out);
  void suggest_compare(const engine::Expr& e, bool wanted, std::vector<Try>& out);
  void suggest_match(const engine::Expr& e, std::vector<Try>& out);
  void suggest_call(const engine::Expr& e, std::vector<Try>& out);
  void suggest_list(const engine::Expr& e, std::vector<Try>& out);
  void defaults(size_t cell, std::vector<Try>& out);

  Model& model_;
  std::vector<Need> made_;
  size_t steps_ = 0;
};

// A likely value of a field, the nth one.
engine::Constant likely(const engine::Slot& slot, size_t nth);

}  // namespace sekisho::tests
