// The checker's inside: one object a rule. Statements in check.cc, expressions in check_expr.cc, check_call.cc
// and check_metrics.cc, what
// holds between several events in check_join.cc. Used by those files only.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "yaral/check.h"

namespace sekisho::yaral {

// Whether `written` is `meant` with a slip of the keyboard: a letter or a few wrong, by length, or letters in another
// order.
bool is_slip(std::string_view written, std::string_view meant);

// Up to three of `names` close to `wanted`, closest first, upper and lower case alike; and the hint made of them ("" if
// there are none).
std::vector<std::string_view> near(std::string_view wanted, const std::vector<std::string_view>& names);
std::string did_you_mean(const std::vector<std::string_view>& names);

ValueType value_type(engine::Type type);
inline bool is_number(ValueType t) { return t == ValueType::integer || t == ValueType::real; }
inline bool is_texty(ValueType t) { return t == ValueType::text || t == ValueType::enumeration; }

class Checker {
 public:
  Checker(const File& file, const CheckOptions& options, Checked& out, CheckedRule& rule)
      : file_(file), options_(options), out_(out), rule_(rule), ast_(file.rules[rule.rule]) {}
  void run();

 private:
  enum class Section : uint8_t { events, outcome, condition };

  // What stands in the predicate being checked: the rules for any and all are about whole predicates.
  struct Predicate {
    size_t quantified = 0;
    Span at;
    bool placeholder = false;
    bool list = false;
    bool second_variable = false;
    uint32_t variable = UINT32_MAX;
  };

  const Expr& at(ExprId id) const { return file_.at(id); }
  Typed& typed(ExprId id) { return out_.typed[id]; }
  ValueType error(std::string code, std::string text, Span span, std::string hint = {});  // returns unknown
  void warn(std::string code, std::string text, Span span, std::string hint = {});
  std::string near_variables(std::string_view name) const;  // hint text or ""

  // check.cc
  void check_meta();
  void collect();                    // variables and placeholders of the events section
  void flatten();                    // statements
  void bind();                       // placeholders to their definitions
  bool ready(ExprId id) const;       // every placeholder inside has a type
  bool has_source(ExprId id) const;  // reads a field or a placeholder
  void define(uint32_t placeholder, ExprId value, ExprId statement);
  void check_match();
  void check_key(const Match::Key& key);
  void check_outcomes();
  void check_condition(ExprId id);
  void check_condition_count(ExprId id);
  void check_counted(uint32_t placeholder, Span span);
  void check_options();
  void check_suppression(const Option& option);
  bool is_placeholder(ExprId id) const { return out_.typed[id].role == Role::placeholder; }

  // check_join.cc
  struct Test;                                  // one test of an event or placeholder in the condition
  void link();                                  // definitions to the variables that they read
  std::set<uint32_t> reads(ExprId id) const;    // variables, also behind placeholders
  std::set<uint32_t> sources(ExprId id) const;  // those from which alone id can be told
  void check_joins();
  void check_relations();
  void check_bounds();
  void check_tests(ExprId id, bool negated);
  void collect_tests(ExprId id, bool negated, std::vector<Test>& out) const;
  void check_either(ExprId id, const std::vector<Test>& tests);
  void check_absences();
  void warn_unaggregated(const Outcome& outcome);
  std::string name_of(uint32_t variable) const;

  // check_expr.cc
  void predicate(ExprId id);       // id must be true or false
  void leaf_predicate(ExprId id);  // compare, member, call, bare field
  void finish_predicate(const Predicate& p);
  ValueType value(ExprId id);  // types id, once
  ValueType compute(ExprId id);
  ValueType variable(ExprId id);
  ValueType field(ExprId id);
  ValueType column(ExprId id);
  ValueType compare(ExprId id);
  void compare_enum(ExprId side, ExprId other);
  void compare_pattern(ExprId id, ValueType left, ValueType right);
  ValueType member(ExprId id);
  ValueType arithmetic(ExprId id);
  ValueType number_operand(ExprId id, std::string_view what);
  ValueType choice(ExprId id);

  // check_call.cc
  ValueType call(ExprId id);
  ValueType aggregate(ExprId id);
  ValueType function_call(ExprId id, const engine::Function& function);
  ValueType window_call(ExprId id, const engine::Function& function);
  bool argument(ExprId id, engine::Param param, const engine::Function& function, size_t position);

  // check_metrics.cc
  ValueType metrics_call(ExprId id, const engine::Function& function);
  ValueType period_start(ExprId id);
  void metrics_argument(ExprId id, const std::string& name, std::string_view function);
  void metrics_key(ExprId id, const std::string& name, const engine::Slot& field, ValueType type);
  void metrics_filter(ExprId id, bool sums, bool counts);

  // check_expr.cc
  void check_pattern(ExprId id);
  void check_nocase(ExprId id, ExprId subject, ValueType type);

  const File& file_;
  const CheckOptions& options_;
  Checked& out_;
  CheckedRule& rule_;
  const Rule& ast_;
  StringMap<uint32_t> variables_, tables_;
  StringMap<uint32_t> placeholders_;
  StringMap<uint32_t> outcomes_;  // those checked so far
  Section section_ = Section::events;
  Predicate* predicate_ = nullptr;
  std::set<uint32_t> absent_;  // variables that the condition allows to be absent
  Span absence_;               // where it does so first
  bool in_aggregate_ = false;
  bool in_filter_ = false;  // of a metrics function: words are metrics
  bool times_ = false;      // a timestamp may stand for its seconds: in earliest and latest
  bool failed_ = false;
  bool cut_short_ = false;  // a limit was met: the rest is not looked at
};

}  // namespace sekisho::yaral
