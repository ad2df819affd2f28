// Inside of lower.cc: one line of a selection (a field and its values) → a predicate.
#pragma once

#include <string>

#include "engine/plan.h"
#include "sigma/document.h"
#include "sigma/lower.h"
#include "sigma/value.h"

namespace sekisho::sigma {

class TestLowering {
 public:
  TestLowering(engine::Rule& plan, uint32_t variable, const Document& document, const Lowering& how);

  // Some predicate even after a mistake, which good() tells.
  engine::ExprId lower(const Test& test);
  bool good() const { return good_; }

 private:
  engine::ExprId value(const Test& test, const Node& value);
  engine::ExprId text(const Key& key, const Node& value);
  engine::ExprId found(const Key& key, const Wanted& wanted, Span span);
  engine::ExprId pattern(const Key& key, const Node& value);
  engine::ExprId cidr(const Key& key, const Node& value);
  engine::ExprId number(const Key& key, const Node& value);
  engine::ExprId date_part(const Key& key, const Node& value);
  engine::ExprId other_field(const Key& key, const Node& value);

  engine::Slot slot(const std::string& field, bool first = false) const;
  engine::ExprId any_of(std::vector<engine::ExprId> ids, Span span);
  engine::ExprId refuse(std::string code, std::string text, Span span, std::string hint = {});
  engine::ExprId refuse(Error error);
  Span at(Span span) const { return near_ ? span : plan_.span; }

  engine::Rule& plan_;
  const uint32_t variable_;
  const std::string& file_;
  const Lowering& how_;
  const bool near_;
  bool good_ = true;
};

}  // namespace sekisho::sigma
