// Takes a rule document, gives its plan; takes its detection, gives a predicate. Entries: lower_rule(),
// lower_detection(). Refuses conditions over selections that do not exist, and values that do not fit their modifiers.
// How each construct is written down: docs/sigma.md.
#include "sigma/lower.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "sigma/test_lowering.h"

namespace sekisho::sigma {
namespace {

using engine::ExprId;
using engine::kNoExpr;
using engine::Op;

class DetectionLowering {
 public:
  DetectionLowering(engine::Rule& plan, uint32_t variable, const Document& document, const Lowering& how)
      : plan_(plan),
        document_(document),
        how_(how),
        file_(how.files[document.file]),
        near_(plan.source == file_),
        tests_(plan, variable, document, how),
        lowered_(document.detection.selections.size(), kNoExpr) {
    for (uint32_t i = 0; i < document.detection.selections.size(); ++i)
      by_name_.emplace(document.detection.selections[i].name, i);
  }

  ExprId run() {
    std::vector<ExprId> any;
    for (const Condition& c : document_.detection.conditions) any.push_back(condition(c));
    for (const Selection& s : document_.detection.selections)
      if (!used_[s.name] && s.name.find('_') != 0 && good_)
        how_.warnings->push_back(
            {"sigma.condition", "no condition reads \"" + printable(s.name) + "\"", file_, s.span, {}, {}});
    if (!good_ || !tests_.good()) return kNoExpr;
    return any.size() == 1 ? any[0] : plan_.any_of(std::move(any), document_span());
  }

 private:
  Span at(Span span) const { return near_ ? span : plan_.span; }
  Span document_span() const { return at(document_.title_span); }

  void error(std::string code, std::string text, Span span, std::string hint = {}) {
    good_ = false;
    how_.errors->push_back({std::move(code), std::move(text), file_, span, std::move(hint), {}});
  }

  bool too_large(Span span) {
    if (plan_.exprs.size() <= kPlanSize) return false;
    if (good_ && tests_.good()) error("sigma.limit.size", "this rule becomes too large a plan", span);
    good_ = false;
    return true;
  }

  // Operands stand before their users in a condition, so one pass does it.
  ExprId condition(const Condition& c) {
    std::vector<ExprId> ids(c.nodes.size(), kNoExpr);
    for (size_t i = 0; i < c.nodes.size(); ++i) {
      const ConditionNode& node = c.nodes[i];
      std::vector<ExprId> args;
      for (const uint32_t arg : node.args) args.push_back(ids[arg]);
      if (too_large(node.span)) return kNoExpr;
      switch (node.kind) {
        case ConditionNode::Kind::name:
          ids[i] = name(node);
          break;
        case ConditionNode::Kind::some_of:
          ids[i] = some_of(node);
          break;
        case ConditionNode::Kind::all_of:
          ids[i] = plan_.all_of(std::move(args), at(node.span));
          break;
        case ConditionNode::Kind::any_of:
          ids[i] = plan_.any_of(std::move(args), at(node.span));
          break;
        case ConditionNode::Kind::negate:
          ids[i] = plan_.negate(args[0], at(node.span));
          break;
      }
    }
    return ids[c.root];
  }

  ExprId name(const ConditionNode& node) {
    const auto found = by_name_.find(node.name);
    if (found != by_name_.end()) return selection(found->second);
    const bool pattern = node.name.find('*') != std::string::npos;
    error("sigma.condition", "no search identifier \"" + printable(node.name) + "\"", node.span,
          pattern ? "a name with * needs \"1 of\" or \"all of\" before it" : near(node.name));
    return 0;
  }

  std::string near(const std::string& text) {
    if (++hints_ > kMostErrors) return {};
    std::vector<std::string_view> names;
    for (const Selection& s : document_.detection.selections) names.push_back(s.name);
    return near_names(text, names);
  }

  ExprId some_of(const ConditionNode& node) {
    std::vector<ExprId> parts;
    for (uint32_t i = 0; i < document_.detection.selections.size(); ++i) {
      const std::string& each = document_.detection.selections[i].name;
      if (node.them ? !each.starts_with('_') : name_matches(node.name, each)) parts.push_back(selection(i));
    }
    if (parts.empty()) {
      error("sigma.condition",
            node.them ? "no search identifier to choose from"
                      : "no search identifier is like \"" + printable(node.name) + "\"",
            node.span, node.them ? "names that start with _ are left out" : near(node.name));
      return 0;
    }
    if (node.count > parts.size()) {
      error("sigma.condition", "there are only " + std::to_string(parts.size()) + " of them", node.span);
      return 0;
    }
    const Span span = at(node.span);
    if (parts.size() == 1) return parts[0];
    if (node.count == 0 || node.count == parts.size()) return plan_.all_of(std::move(parts), span);
    if (node.count == 1) return plan_.any_of(std::move(parts), span);
    ExprId sum = kNoExpr;
    for (const ExprId part : parts) {
      const ExprId one = plan_.choose(part, plan_.constant(int64_t{1}, span), plan_.constant(int64_t{0}, span), span);
      sum = sum == kNoExpr ? one : plan_.arithmetic(Op::add, sum, one, span);
    }
    return plan_.compare(Op::greater_equal, sum, plan_.constant(static_cast<int64_t>(node.count), span), false, span);
  }

  ExprId selection(uint32_t index) {
    const Selection& s = document_.detection.selections[index];
    used_[s.name] = true;
    if (lowered_[index] != kNoExpr) return lowered_[index];
    std::vector<ExprId> any;
    for (const std::vector<Test>& alternative : s.alternatives) {
      std::vector<ExprId> all;
      for (const Test& test : alternative) {
        if (too_large(s.span)) return 0;
        all.push_back(tests_.lower(test));
      }
      any.push_back(all.size() == 1 ? all[0] : plan_.all_of(std::move(all), at(s.span)));
    }
    return lowered_[index] = any.size() == 1 ? any[0] : plan_.any_of(std::move(any), at(s.span));
  }

  engine::Rule& plan_;
  const Document& document_;
  const Lowering& how_;
  const std::string& file_;
  const bool near_;  // the plan lies in this document's file
  TestLowering tests_;
  std::vector<ExprId> lowered_;  // of selections
  StringMap<uint32_t> by_name_;
  StringMap<bool> used_;
  size_t hints_ = 0;
  bool good_ = true;
};

// Two ways to write a filter are in use: the specification's `selection` says what is taken out, the tools' `not
// selection` what is kept. A condition whose outermost words are all `not` is the second.
bool says_what_is_kept(const Condition& c) {
  const auto negated = [&](uint32_t i) { return c.nodes[i].kind == ConditionNode::Kind::negate; };
  const ConditionNode& root = c.nodes[c.root];
  return root.kind == ConditionNode::Kind::all_of ? std::all_of(root.args.begin(), root.args.end(), negated)
                                                  : negated(c.root);
}

}  // namespace

ExprId lower_detection(engine::Rule& plan, uint32_t variable, const Document& rule,
                       std::span<const Document* const> filters, const Lowering& how) {
  const ExprId found = DetectionLowering(plan, variable, rule, how).run();
  if (found == kNoExpr) return kNoExpr;
  std::vector<ExprId> all{found};
  for (const Document* const filter : filters) {
    std::vector<Error> told;  // by check_filter()
    const Lowering quiet{how.files, how.lists, &told, &told};
    const ExprId other = DetectionLowering(plan, variable, *filter, quiet).run();
    if (other == kNoExpr) {
      how.errors->push_back({"sigma.limit.size",
                             "with its filters this rule becomes too large a plan",
                             how.files[rule.file],
                             rule.title_span,
                             {},
                             {}});
      return kNoExpr;
    }
    const bool kept =
        std::all_of(filter->detection.conditions.begin(), filter->detection.conditions.end(), says_what_is_kept);
    all.push_back(kept ? other : plan.negate(other, plan.exprs[other].span));
  }
  return all.size() == 1 ? all[0] : plan.all_of(std::move(all), plan.span);
}

bool check_filter(const Document& filter, const Lowering& how) {
  engine::Rule plan = begin_plan(filter, how);
  return DetectionLowering(plan, plan.variable("e", engine::Variable::Kind::raw), filter, how).run() != kNoExpr;
}

engine::Rule begin_plan(const Document& document, const Lowering& how) {
  engine::Rule plan;
  plan.name = document.title;
  plan.language = "sigma";
  plan.source = how.files[document.file];
  plan.span = document.title_span;
  plan.meta = document.meta;
  return plan;
}

engine::Rule lower_rule(const Document& rule, std::span<const Document* const> filters, const Lowering& how) {
  engine::Rule plan = begin_plan(rule, how);
  plan.logsources.push_back(rule.logsource);
  const uint32_t variable = plan.variable("e", engine::Variable::Kind::raw);
  plan.where = lower_detection(plan, variable, rule, filters, how);
  return plan;
}

engine::Constant number_constant(double number) {
  if (number == std::floor(number) && std::abs(number) < 9e15) return static_cast<int64_t>(number);
  return number;
}

}  // namespace sekisho::sigma
