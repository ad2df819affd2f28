// The parser's inside: one class, its statement half in parse.cc, its expression half in parse_expr.cc. Used by those
// two files only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "yaral/parse.h"
#include "yaral/token.h"

namespace sekisho::yaral {

int64_t duration_seconds(std::string_view text);  // "5m" → 300; capped, never negative

class Parser {
 public:
  Parser(std::string_view source, std::string name, const std::vector<Token>& tokens, const Limits& limits,
         bool cut_short)
      : source_(source), tokens_(tokens), limits_(limits), cut_short_(cut_short) {
    file_.name = std::move(name);
  }
  Parsed run();

 private:
  const Token& peek(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  const Token& next() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_.back(); }
  std::string_view text(const Token& token) const;
  bool is_word(std::string_view word, size_t ahead = 0) const;  // keyword, any case
  Span since(Span start) const;                                 // from `start` to the last token read

  // Report. error() and expected() return kNoExpr, so that an expression function can `return expected(…)`.
  std::string found() const;
  ExprId error(std::string code, std::string message, Span span, std::string hint = {});
  ExprId expected(std::string_view what, std::string hint = {});
  bool expect(TokenKind kind, std::string_view what);

  bool at_section() const;
  bool at_rule() const;
  bool at_section_end() const;
  size_t begin_statement();
  void skip_statement(size_t start);
  void skip_to_section();

  void parse_rule();
  void parse_body(Span open_brace);
  void parse_section(size_t section);
  void parse_meta();
  void parse_events();
  void parse_match();
  bool parse_key();
  void parse_outcome();
  void parse_condition();
  void parse_options();
  bool parse_duration(int64_t& seconds);

  ExprId add(Expr expr);  // sets depth from the children; kNoExpr beyond the limit
  ExprId too_deep(Span span);
  ExprId parse_or();
  ExprId parse_and();
  ExprId parse_not();
  ExprId parse_compare();
  ExprId parse_member(ExprId value, Span start, bool negated);
  ExprId parse_sum();
  ExprId parse_term();
  ExprId parse_factor();
  ExprId parse_primary();
  ExprId missing_value();
  ExprId parse_parentheses();
  ExprId parse_variable(Quantifier quantifier, Span start);
  ExprId parse_list();
  ExprId parse_word();
  ExprId parse_of(int64_t least, Span start);
  ExprId parse_call(std::string function, Span name);
  bool parse_argument(Expr& call);
  ExprId bare_word(const Token& token);
  bool take_nocase(Span& span);
  ExprId literal(ExprKind kind);

  std::string_view source_;
  const std::vector<Token>& tokens_;
  const Limits& limits_;
  bool cut_short_;  // the rest is not read (unclosed comment, limit): do not complain about what is missing at the end
  File file_;
  std::vector<Error> errors_;
  Rule* rule_ = nullptr;
  size_t at_ = 0;
  size_t nesting_ = 0;  // of the functions below parse_or
  bool in_events_ = false;
  bool in_filter_ = false;  // of a metrics function: bare words are values
  int open_ = 0;            // parentheses open in the statement being read
};

}  // namespace sekisho::yaral
