// The expression half of the parser: precedence, paths, calls, literals. Entry: Parser::parse_or(). Every function
// returns a node or, after reporting why, kNoExpr.
#include <charconv>

#include "base/strings.h"
#include "yaral/lex.h"
#include "yaral/parser.h"

namespace sekisho::yaral {
namespace {

constexpr size_t kMostExprs = 100'000;  // about 25 MB

// Counts one level of nesting while it lives.
class Nest {
 public:
  explicit Nest(size_t& level) : level_(level) { ++level_; }
  ~Nest() { --level_; }
  Nest(const Nest&) = delete;
  Nest& operator=(const Nest&) = delete;

 private:
  size_t& level_;
};

Op comparison(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
      return Op::equal;
    case TokenKind::not_equal:
      return Op::not_equal;
    case TokenKind::less:
      return Op::less;
    case TokenKind::less_equal:
      return Op::less_equal;
    case TokenKind::greater:
      return Op::greater;
    case TokenKind::greater_equal:
      return Op::greater_equal;
    default:
      return Op::none;
  }
}

}  // namespace

ExprId Parser::too_deep(Span span) {
  return error("yaral.limit.depth",
               "expression is nested deeper than " + std::to_string(limits_.rule_depth) + " levels", span,
               "split it into several lines of events");
}

ExprId Parser::add(Expr expr) {
  for (ExprId child : expr.children) expr.depth = std::max(expr.depth, file_.exprs[child].depth + 1);
  if (expr.depth > limits_.rule_depth) return too_deep(expr.mark.length ? expr.mark : expr.span);
  if (file_.exprs.size() >= kMostExprs) {
    const ExprId none =
        error("yaral.limit.size", "rule file holds more than " + std::to_string(kMostExprs) + " expressions", expr.span,
              "split the file");
    cut_short_ = true;
    at_ = tokens_.size() - 1;
    return none;
  }
  file_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(file_.exprs.size() - 1);
}

ExprId Parser::parse_or() {
  Nest nest(nesting_);
  if (nesting_ > limits_.rule_depth) return too_deep(peek().span);
  const Span start = peek().span;
  const ExprId first = parse_and();
  if (first == kNoExpr || !is_word("or")) return first;
  Expr expr;
  expr.kind = ExprKind::or_;
  expr.mark = peek().span;
  expr.children.push_back(first);
  while (is_word("or")) {
    next();
    const ExprId id = parse_and();
    if (id == kNoExpr) return kNoExpr;
    expr.children.push_back(id);
  }
  expr.span = since(start);
  return add(std::move(expr));
}

ExprId Parser::parse_and() {
  const Span start = peek().span;
  const ExprId first = parse_not();
  if (first == kNoExpr || !is_word("and")) return first;
  Expr expr;
  expr.kind = ExprKind::and_;
  expr.mark = peek().span;
  expr.children.push_back(first);
  while (is_word("and")) {
    next();
    const ExprId id = parse_not();
    if (id == kNoExpr) return kNoExpr;
    expr.children.push_back(id);
  }
  expr.span = since(start);
  return add(std::move(expr));
}

ExprId Parser::parse_not() {
  if (!is_word("not") && peek().kind != TokenKind::bang) return parse_compare();
  Nest nest(nesting_);
  if (nesting_ > limits_.rule_depth) return too_deep(peek().span);
  Expr expr;
  expr.kind = ExprKind::not_;
  expr.mark = next().span;
  const ExprId child = parse_not();
  if (child == kNoExpr) return kNoExpr;
  expr.children.push_back(child);
  expr.span = since(expr.mark);
  return add(std::move(expr));
}

bool Parser::take_nocase(Span& span) {
  if (!is_word("nocase")) return false;
  span = next().span;
  return true;
}

ExprId Parser::parse_compare() {
  const Span start = peek().span;
  const ExprId left = parse_sum();
  if (left == kNoExpr) return kNoExpr;
  const bool negated = is_word("not") && is_word("in", 1);
  if (negated || is_word("in")) return parse_member(left, start, negated);
  Expr expr;
  if (is_word("nocase") && comparison(peek(1).kind) != Op::none)
    expr.nocase = take_nocase(expr.nocase_span);  // /x/ nocase = $e.field
  expr.op = comparison(peek().kind);
  if (expr.op == Op::none) {
    Expr& value = file_.exprs[left];
    if (take_nocase(value.nocase_span)) {
      value.nocase = true;
      value.span = since(start);
    }
    return left;
  }
  expr.kind = ExprKind::compare;
  expr.mark = next().span;
  const size_t right_at = at_;
  const ExprId right = parse_sum();
  if (right == kNoExpr) return kNoExpr;
  expr.children = {left, right};
  expr.nocase |= take_nocase(expr.nocase_span);
  expr.span = since(start);
  if (comparison(peek().kind) != Op::none &&
      tokens_[right_at].starts_line) {  // the next line was taken for the right side
    at_ = right_at;
    return missing_value();
  }
  if (comparison(peek().kind) != Op::none)
    return error("yaral.syntax", "comparisons do not chain", peek().span, "write them one by one, joined by and");
  return add(std::move(expr));
}

ExprId Parser::parse_member(ExprId value, Span start, bool negated) {
  Expr expr;
  expr.kind = ExprKind::member;
  const Span first = next().span;
  if (negated) next();
  expr.op = Op::in;
  if (is_word("regex")) expr.op = Op::in_regex, next();
  else if (is_word("cidr")) expr.op = Op::in_cidr, next();
  expr.mark = since(first);
  if (peek().kind != TokenKind::list)
    return expected("a %list", "lists are named with a percent sign: in %name, in regex %name, in cidr %name");
  const ExprId list = parse_list();
  if (list == kNoExpr) return kNoExpr;
  expr.children = {value, list};
  expr.nocase = take_nocase(expr.nocase_span);
  expr.span = since(start);
  if (!negated) return add(std::move(expr));
  Expr outer;
  outer.kind = ExprKind::not_;
  outer.mark = first;
  outer.span = expr.span;
  const ExprId inner = add(std::move(expr));
  if (inner == kNoExpr) return kNoExpr;
  outer.children.push_back(inner);
  return add(std::move(outer));
}

ExprId Parser::parse_sum() {
  const Span start = peek().span;
  ExprId left = parse_term();
  while (left != kNoExpr && (peek().kind == TokenKind::plus || peek().kind == TokenKind::minus)) {
    // "-$e.x < 3" on a line of its own is the next event line, not a subtraction.
    const Span sign = peek().span;
    const bool unary = peek().kind == TokenKind::minus && peek().starts_line && peek(1).span.offset == sign.offset + 1;
    if (unary && in_events_ && open_ == 0) break;
    Expr expr;
    expr.kind = ExprKind::arithmetic;
    expr.op = peek().kind == TokenKind::plus ? Op::add : Op::subtract;
    expr.mark = next().span;
    const ExprId right = parse_term();
    if (right == kNoExpr) return kNoExpr;
    expr.children = {left, right};
    expr.span = since(start);
    left = add(std::move(expr));
  }
  return left;
}

ExprId Parser::parse_term() {
  const Span start = peek().span;
  ExprId left = parse_factor();
  while (left != kNoExpr &&
         (peek().kind == TokenKind::star || peek().kind == TokenKind::slash || peek().kind == TokenKind::percent)) {
    Expr expr;
    expr.kind = ExprKind::arithmetic;
    expr.op = peek().kind == TokenKind::star ? Op::multiply : peek().kind == TokenKind::slash ? Op::divide : Op::modulo;
    expr.mark = next().span;
    const ExprId right = parse_factor();
    if (right == kNoExpr) return kNoExpr;
    expr.children = {left, right};
    expr.span = since(start);
    left = add(std::move(expr));
  }
  return left;
}

ExprId Parser::parse_factor() {
  if (peek().kind != TokenKind::minus) return parse_primary();
  Nest nest(nesting_);
  if (nesting_ > limits_.rule_depth) return too_deep(peek().span);
  Expr expr;
  expr.kind = ExprKind::negate;
  expr.mark = next().span;
  const ExprId child = parse_factor();
  if (child == kNoExpr) return kNoExpr;
  // -5 is a number, so that it may stand wherever one may.
  Expr& value = file_.exprs[child];
  if (value.kind == ExprKind::integer || value.kind == ExprKind::real) {
    value.integer = -value.integer;
    value.real = -value.real;
    value.span = since(expr.mark);
    return child;
  }
  expr.children.push_back(child);
  expr.span = since(expr.mark);
  return add(std::move(expr));
}

ExprId Parser::literal(ExprKind kind) {
  const Token token = next();
  Expr expr;
  expr.kind = kind;
  expr.span = expr.mark = token.span;
  const std::string_view written = text(token);
  if (kind == ExprKind::text || kind == ExprKind::regex) {
    expr.text = decode_string(token.kind, written);
  } else if (kind == ExprKind::duration) {
    expr.integer = duration_seconds(written);
  } else {
    const auto [end, problem] = kind == ExprKind::integer
                                    ? std::from_chars(written.data(), written.data() + written.size(), expr.integer)
                                    : std::from_chars(written.data(), written.data() + written.size(), expr.real);
    if (problem != std::errc()) return error("yaral.syntax", "number is too large", token.span);
  }
  return add(std::move(expr));
}

// Nothing stands where a value should: said of what comes before.
ExprId Parser::missing_value() {
  const Token& before = tokens_[at_ == 0 ? 0 : at_ - 1];
  return error("yaral.syntax", "a value is missing after '" + std::string(text(before)) + "'", before.span);
}

ExprId Parser::parse_primary() {
  const Token token = peek();
  if (at_section_end()) return missing_value();
  switch (token.kind) {
    case TokenKind::string:
    case TokenKind::raw_string:
      return literal(ExprKind::text);
    case TokenKind::regex:
      return literal(ExprKind::regex);
    case TokenKind::real:
      return literal(ExprKind::real);
    case TokenKind::duration:
      return literal(ExprKind::duration);
    case TokenKind::integer: {
      if (!is_word("of", 1)) return literal(ExprKind::integer);
      int64_t least = 0;
      const std::string_view written = text(token);
      std::from_chars(written.data(), written.data() + written.size(), least);
      next();
      return parse_of(least, token.span);
    }
    case TokenKind::count: {
      next();
      Expr expr;
      expr.kind = ExprKind::count;
      expr.text = text(token).substr(1);
      expr.span = expr.mark = token.span;
      if (peek().kind == TokenKind::dot)
        return error("yaral.syntax", "# counts a variable, not a field", since(token.span),
                     "give the field a name in events, $name = $e.field, and count #name");
      return add(std::move(expr));
    }
    case TokenKind::variable:
      return parse_variable(Quantifier::none, token.span);
    case TokenKind::list:
      return parse_list();
    case TokenKind::left_paren:
      return parse_parentheses();
    case TokenKind::word:
      return parse_word();
    default:
      return expected("a value");
  }
}

ExprId Parser::parse_parentheses() {
  const Span open = next().span;
  ++open_;
  const ExprId id = parse_or();
  if (id == kNoExpr) return kNoExpr;
  if (peek().kind != TokenKind::right_paren) {
    if (at_section_end()) return error("yaral.syntax", "this '(' is never closed", open, "close it with )");
    return expected("')', or and, or an operator");
  }
  next();
  --open_;
  return id;
}

ExprId Parser::parse_variable(Quantifier quantifier, Span start) {
  const Token token = next();
  Expr expr;
  expr.kind = ExprKind::variable;
  expr.quantifier = quantifier;
  expr.text = text(token).substr(1);
  expr.mark = token.span;
  while (true) {
    Step step;
    if (peek().kind == TokenKind::dot) {
      next();
      if (peek().kind != TokenKind::word) return expected("the name of a field after '.'");
      step.span = peek().span;
      step.name = text(next());
    } else if (peek().kind == TokenKind::left_bracket) {
      const Span open = next().span;
      const Token key = peek();
      if (key.kind == TokenKind::string || key.kind == TokenKind::raw_string) {
        step.kind = Step::Kind::key;
        step.name = decode_string(key.kind, text(key));
      } else if (key.kind == TokenKind::integer) {
        step.kind = Step::Kind::index;
        const std::string_view written = text(key);
        if (std::from_chars(written.data(), written.data() + written.size(), step.index).ec != std::errc() ||
            step.index > UINT32_MAX)
          return error("yaral.syntax", "index is too large", key.span);
      } else {
        return expected("an index or a key in quotes",
                        key.kind == TokenKind::minus ? "indexes count from 0 and are not negative" : "");
      }
      next();
      if (!expect(TokenKind::right_bracket, "']'")) return kNoExpr;
      step.span = since(open);
    } else {
      break;
    }
    expr.steps.push_back(std::move(step));
  }
  expr.span = since(start);
  return add(std::move(expr));
}

ExprId Parser::parse_list() {
  const Token token = next();
  Expr expr;
  expr.kind = ExprKind::list;
  expr.text = text(token).substr(1);
  expr.mark = token.span;
  if (peek().kind == TokenKind::dot) {
    next();
    if (peek().kind != TokenKind::word) return expected("the name of a column after '.'");
    expr.column = text(next());
  }
  expr.span = since(token.span);
  return add(std::move(expr));
}

ExprId Parser::parse_of(int64_t least, Span start) {
  Expr expr;
  expr.kind = ExprKind::of;
  expr.mark = next().span;  // "of"
  if (!expect(TokenKind::left_bracket, "'['")) return kNoExpr;
  while (true) {
    if (peek().kind != TokenKind::variable) return expected("an event variable");
    const ExprId id = parse_variable(Quantifier::none, peek().span);
    if (id == kNoExpr) return kNoExpr;
    expr.children.push_back(id);
    if (peek().kind != TokenKind::comma) break;
    next();
  }
  if (!expect(TokenKind::right_bracket, "']'")) return kNoExpr;
  expr.integer = least < 0 ? static_cast<int64_t>(expr.children.size()) : least;
  expr.span = since(start);
  return add(std::move(expr));
}

ExprId Parser::parse_word() {
  const Token token = peek();
  for (std::string_view keyword : {"and", "or", "not", "in", "nocase", "over"})
    if (is_word(keyword) && peek(1).kind != TokenKind::left_paren) return expected("a value");
  const bool any = is_word("any");
  if (any || is_word("all")) {
    if (peek(1).kind == TokenKind::variable) {
      next();
      return parse_variable(any ? Quantifier::any : Quantifier::all, token.span);
    }
    if (is_word("of", 1)) {
      next();
      return parse_of(any ? 1 : -1, token.span);
    }
  }
  std::string name(text(next()));
  while (peek().kind == TokenKind::dot && peek(1).kind == TokenKind::word) {
    next();
    name += '.';
    name += text(next());
  }
  const Span span = since(token.span);
  if (peek().kind == TokenKind::left_paren) return parse_call(std::move(name), span);
  if (iequals(name, "true") || iequals(name, "false")) {
    Expr expr;
    expr.kind = ExprKind::boolean;
    expr.integer = iequals(name, "true");
    expr.span = expr.mark = span;
    return add(std::move(expr));
  }
  if (in_filter_ && name.find('.') == std::string::npos) return bare_word(token);
  return error("yaral.syntax", "'" + name + "' is neither a value nor a function", span,
               name.find('.') != std::string::npos ? "fields begin with their event variable: $e." + name
                                                   : "text is written in quotes, variables begin with $");
}

ExprId Parser::parse_call(std::string function, Span name) {
  Nest nest(nesting_);
  if (nesting_ > limits_.rule_depth) return too_deep(name);
  Expr expr;
  expr.kind = iequals(function, "if") ? ExprKind::if_ : ExprKind::call;
  expr.text = std::move(function);
  expr.mark = name;
  const Span open = next().span;
  ++open_;
  if (peek().kind != TokenKind::right_paren) {
    while (true) {
      if (!parse_argument(expr)) return kNoExpr;
      if (peek().kind != TokenKind::comma) break;
      next();
    }
  }
  if (peek().kind != TokenKind::right_paren) {
    if (at_section_end()) return error("yaral.syntax", "this '(' is never closed", open, "close it with )");
    return expected("',' or ')'");
  }
  next();
  --open_;
  expr.span = since(name);
  if (expr.names.size() < expr.children.size() && !expr.names.empty()) expr.names.resize(expr.children.size());
  return add(std::move(expr));
}

ExprId Parser::bare_word(const Token& token) {
  Expr word;
  word.kind = ExprKind::word;
  word.text = text(token);
  word.span = word.mark = token.span;
  return add(std::move(word));
}

// One argument of a call; `name: value` only for the metrics functions, whose values may be bare words or *.
bool Parser::parse_argument(Expr& call) {
  size_t ahead = 0;
  while (peek(ahead).kind == TokenKind::word && peek(ahead + 1).kind == TokenKind::dot) ahead += 2;
  const bool named = peek(ahead).kind == TokenKind::word && peek(ahead + 1).kind == TokenKind::colon;
  if (named) {
    if (at_section() && peek().starts_line) {  // an unclosed call ran into the next section
      error("yaral.syntax", "call of " + call.text + " is never closed", call.mark, "close it with )");
      return false;
    }
    const Span start = peek().span;
    for (size_t i = 0; i < ahead; ++i) next();
    next();
    call.names.resize(call.children.size());
    call.names.emplace_back(source_.substr(start.offset, since(start).length));
    next();  // ':'
    const bool any = peek().kind == TokenKind::star;
    const bool word = peek().kind == TokenKind::word && !is_word("true") && !is_word("false");
    if (any || (word && (peek(1).kind == TokenKind::comma || peek(1).kind == TokenKind::right_paren))) {
      const ExprId id = bare_word(next());
      if (id == kNoExpr) return false;
      call.children.push_back(id);
      return true;
    }
  }
  const bool outer = in_filter_;
  if (named) in_filter_ = iequals(call.names.back(), "filter");
  const ExprId id = parse_or();
  in_filter_ = outer;
  if (id == kNoExpr) return false;
  call.children.push_back(id);
  return true;
}

}  // namespace sekisho::yaral
