// Takes the text of a condition, gives its tree. Entry: parse_condition(). Refuses anything left over, missing
// operands, old aggregations and nesting beyond Limits::rule_depth.
#include "sigma/condition.h"

#include <charconv>

#include "base/strings.h"

namespace sekisho::sigma {
namespace {

struct Token {
  size_t offset = 0;
  std::string_view text;  // "" at the end
};

class Parser {
 public:
  Parser(const Node& node, const std::string& file, const Limits& limits)
      : node_(node), file_(file), limits_(limits), text_(node.text) {
    next();
  }

  std::expected<Condition, Error> run() {
    TRY_ASSIGN(root, any(0));
    if (!token_.text.empty()) {
      if (token_.text == "|") return old_aggregation();
      return refuse(token_, "expected \"and\", \"or\" or the end, found \"" + printable(token_.text) + "\"");
    }
    out_.root = root;
    return std::move(out_);
  }

 private:
  using Kind = ConditionNode::Kind;

  void next() {
    size_t at = token_.offset + token_.text.size();
    while (at < text_.size() && is_space(text_[at])) ++at;
    size_t end = at;
    const auto alone = [](char c) { return c == '(' || c == ')' || c == '|'; };
    if (at < text_.size() && alone(text_[at])) end = at + 1;
    else
      while (end < text_.size() && !is_space(text_[end]) && !alone(text_[end])) ++end;
    token_ = {at, text_.substr(at, end - at)};
  }

  bool word(std::string_view keyword) const { return iequals(token_.text, keyword); }

  std::unexpected<Error> refuse(const Token& at, std::string text, std::string hint = {}) const {
    return fail_at("sigma.condition", std::move(text), file_, node_.part(at.offset, at.text.size()), std::move(hint));
  }
  std::unexpected<Error> old_aggregation() const {
    return refuse(token_, "aggregations behind | are no longer part of Sigma",
                  "write a correlation document: type event_count or value_count");
  }

  uint32_t add(Kind kind, size_t from, std::vector<uint32_t> args) {
    const size_t end = last_end_ > from ? last_end_ : from;
    out_.nodes.push_back({.kind = kind, .span = node_.part(from, end - from), .args = std::move(args)});
    return static_cast<uint32_t>(out_.nodes.size() - 1);
  }

  Result<uint32_t> chain(Kind kind, std::string_view keyword, size_t depth) {
    const size_t from = token_.offset;
    TRY_ASSIGN(first, kind == Kind::any_of ? chain(Kind::all_of, "and", depth) : unary(depth));
    std::vector<uint32_t> args{first};
    while (word(keyword)) {
      next();
      TRY_ASSIGN(operand, kind == Kind::any_of ? chain(Kind::all_of, "and", depth) : unary(depth));
      args.push_back(operand);
    }
    return args.size() == 1 ? args[0] : add(kind, from, std::move(args));
  }
  Result<uint32_t> any(size_t depth) { return chain(Kind::any_of, "or", depth); }

  Result<uint32_t> unary(size_t depth) {
    const Token start = token_;
    if (depth >= limits_.rule_depth)
      return fail_at("sigma.limit.depth", "more than " + std::to_string(limits_.rule_depth) + " levels deep", file_,
                     node_.part(start.offset, start.text.size()));
    if (out_.nodes.size() >= kConditionNodes)
      return fail_at("sigma.limit.size", "a condition of more than " + std::to_string(kConditionNodes) + " parts",
                     file_, node_.part(start.offset, start.text.size()));
    if (word("not")) {
      next();
      TRY_ASSIGN(operand, unary(depth + 1));
      return add(Kind::negate, start.offset, {operand});
    }
    if (start.text == "(") {
      next();
      TRY_ASSIGN(inner, any(depth + 1));
      if (token_.text == "|") return old_aggregation();
      if (token_.text != ")") return refuse(start, "this parenthesis is never closed");
      advance();
      return inner;
    }
    if (start.text == "|") return old_aggregation();
    if (start.text.empty() || start.text == ")" || word("and") || word("or") || word("of"))
      return refuse(start, start.text.empty()
                               ? "the condition ends where a search identifier is expected"
                               : "expected a search identifier, found \"" + std::string(start.text) + "\"");
    advance();
    if (!word("of")) {
      const uint32_t id = add(Kind::name, start.offset, {});
      out_.nodes[id].name = start.text;
      return id;
    }
    return some_of(start);
  }

  // After a number, any or all; the token is "of".
  Result<uint32_t> some_of(const Token& quantity) {
    uint32_t count = 0;
    if (iequals(quantity.text, "any")) {
      count = 1;
    } else if (!iequals(quantity.text, "all")) {
      const char* const end = quantity.text.data() + quantity.text.size();
      const auto read = std::from_chars(quantity.text.data(), end, count);
      if (read.ec != std::errc() || read.ptr != end || count == 0)
        return refuse(quantity, "expected a number, \"any\" or \"all\" before \"of\", found \"" +
                                    printable(quantity.text) + "\"");
    }
    next();
    if (token_.text.empty() || token_.text == "(" || token_.text == ")" || token_.text == "|" || word("and") ||
        word("or") || word("not"))
      return refuse(token_, "expected \"them\" or a name behind \"of\"");
    const bool them = word("them");
    const std::string pattern(them ? "*" : token_.text);
    advance();
    const uint32_t id = add(Kind::some_of, quantity.offset, {});
    out_.nodes[id].name = pattern;
    out_.nodes[id].them = them;
    out_.nodes[id].count = count;
    return id;
  }

  void advance() {
    last_end_ = token_.offset + token_.text.size();
    next();
  }

  const Node& node_;
  const std::string& file_;
  const Limits& limits_;
  const std::string_view text_;
  Token token_;
  size_t last_end_ = 0;  // of the last operand read
  Condition out_;
};

}  // namespace

std::expected<Condition, Error> parse_condition(const Node& text, const std::string& file, const Limits& limits) {
  if (!text.is(Node::Kind::scalar) || trim(text.text).empty())
    return fail_at("sigma.condition", "a condition is a text such as \"selection and not filter\"", file, text.span);
  return Parser(text, file, limits).run();
}

bool name_matches(std::string_view pattern, std::string_view name) {
  size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace sekisho::sigma
