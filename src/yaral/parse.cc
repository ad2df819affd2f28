// Takes the tokens of a rule file, gives its tree and every mistake of form. One entry: parse(). Refuses nesting and
// operator chains beyond Limits::rule_depth. The expression half of the parser is parse_expr.cc.
#include "yaral/parse.h"

#include <algorithm>

#include "base/strings.h"
#include "yaral/lex.h"
#include "yaral/parser.h"

namespace sekisho::yaral {

constexpr std::string_view kSections[] = {"meta", "events", "match", "outcome", "condition", "options"};

std::string_view Parser::text(const Token& token) const { return source_.substr(token.span.offset, token.span.length); }

bool Parser::is_word(std::string_view word, size_t ahead) const {
  return peek(ahead).kind == TokenKind::word && iequals(text(peek(ahead)), word);
}

std::string Parser::found() const {
  const Token& token = peek();
  if (token.kind == TokenKind::end) return "the end of the file";
  const std::string_view shown = text(token);
  if (shown.size() > 40 || shown.find('\n') != std::string_view::npos) return std::string(describe(token.kind));
  return token.kind == TokenKind::string || token.kind == TokenKind::raw_string ? std::string(shown)
                                                                                : "'" + std::string(shown) + "'";
}

ExprId Parser::error(std::string code, std::string message, Span span, std::string hint) {
  if (rule_ != nullptr) rule_->damaged = true;
  if (errors_.size() < kMostErrors && (errors_.empty() || errors_.back().span->offset != span.offset))
    errors_.push_back(fail_at(std::move(code), std::move(message), file_.name, span, std::move(hint)).error());
  return kNoExpr;
}

ExprId Parser::expected(std::string_view what, std::string hint) {
  return error("yaral.syntax", "expected " + std::string(what) + ", found " + found(), peek().span, std::move(hint));
}

bool Parser::expect(TokenKind kind, std::string_view what) {
  if (peek().kind == kind) return next(), true;
  expected(what);
  return false;
}

Span Parser::since(Span start) const {
  const Span last = at_ == 0 ? start : tokens_[at_ - 1].span;
  return {start.offset, std::max(last.offset + last.length, start.offset + start.length) - start.offset};
}

// "events:" and its like. Inside a statement a word is never followed by a colon but in named arguments, which are read
// elsewhere.
bool Parser::at_section() const {
  if (peek().kind != TokenKind::word || peek(1).kind != TokenKind::colon) return false;
  for (std::string_view section : kSections)
    if (iequals(text(peek()), section)) return true;
  return false;
}

bool Parser::at_rule() const {
  return is_word("rule") && peek(1).kind == TokenKind::word && peek(2).kind == TokenKind::left_brace;
}

bool Parser::at_section_end() const {
  const TokenKind kind = peek().kind;
  return kind == TokenKind::end || kind == TokenKind::right_brace || at_section() || at_rule();
}

size_t Parser::begin_statement() {
  file_.statements.push_back(peek().span.offset);
  open_ = 0;
  return at_;
}

// To the next line that can begin a statement, or the end of the section. `start`: the token at which the failed
// statement began.
void Parser::skip_statement(size_t start) {
  int open = open_;
  open_ = 0;
  if (at_ == start && !at_section_end()) {
    if (peek().kind == TokenKind::left_paren) ++open;
    next();
  }
  while (!at_section_end()) {
    const Token& token = peek();
    if (token.kind == TokenKind::left_paren) {
      if (token.starts_line && open <= 0) return;
      ++open;
    } else if (token.kind == TokenKind::right_paren) {
      --open;
    } else if (token.starts_line && open <= 0) {
      const bool goes_on = is_word("and") || is_word("or") || is_word("in") || is_word("nocase");
      const bool starts = token.kind == TokenKind::variable || token.kind == TokenKind::word ||
                          token.kind == TokenKind::count || token.kind == TokenKind::string ||
                          token.kind == TokenKind::raw_string || token.kind == TokenKind::bang;
      if (starts && !goes_on) return;
    }
    next();
  }
}

void Parser::skip_to_section() {
  while (peek().kind != TokenKind::end && !at_section_end()) next();
}

void Parser::parse_meta() {
  while (!at_section_end()) {
    const size_t start = begin_statement();
    const Token key = peek();
    if (key.kind != TokenKind::word) {
      expected("a meta key", key.kind == TokenKind::variable ? "meta keys are written without $" : "");
      skip_statement(start);
      continue;
    }
    next();
    if (!expect(TokenKind::equal, "'='")) {
      skip_statement(start);
      continue;
    }
    MetaEntry entry;
    entry.key = text(key);
    entry.key_span = key.span;
    if (peek().kind == TokenKind::minus && peek(1).kind == TokenKind::integer) entry.value = "-", next();
    const Token value = peek();
    switch (value.kind) {
      case TokenKind::string:
      case TokenKind::raw_string:
        entry.value = decode_string(value.kind, text(value));
        break;
      case TokenKind::integer:
      case TokenKind::real:
      case TokenKind::duration:
        entry.value += text(value);
        break;
      default:
        if (is_word("true") || is_word("false")) {
          entry.value = ascii_lower(text(value));
          break;
        }
        expected("a string", "meta values are strings: key = \"value\"");
        skip_statement(start);
        continue;
    }
    next();
    entry.span = since(key.span);
    rule_->meta.push_back(std::move(entry));
    if (!at_section_end() && !peek().starts_line && peek().kind != TokenKind::word) {
      expected("the next meta line");
      skip_statement(start);
    }
  }
}

void Parser::parse_events() {
  in_events_ = true;
  while (!at_section_end()) {
    const size_t start = begin_statement();
    if (peek().kind == TokenKind::right_paren) {
      error("yaral.syntax", "')' closes nothing", peek().span);
      skip_statement(start);
      continue;
    }
    const ExprId id = parse_or();
    if (id == kNoExpr) skip_statement(start);
    else rule_->events.push_back(id);
  }
  in_events_ = false;
}

bool Parser::parse_duration(int64_t& seconds) {
  const Token token = peek();
  if (token.kind != TokenKind::duration) {
    expected("a duration", "a whole number and a unit: 30s, 5m, 1h, 1d");
    return false;
  }
  next();
  seconds = duration_seconds(text(token));
  return true;
}

// $placeholder, or a field: $e.principal.ip
bool Parser::parse_key() {
  if (peek().kind != TokenKind::variable) return expected("a $variable to group by"), false;
  const Span span = peek().span;
  Match::Key key;
  if (peek(1).kind == TokenKind::dot || peek(1).kind == TokenKind::left_bracket) {
    key.value = parse_variable(Quantifier::none, span);
    if (key.value == kNoExpr) return false;
    key.span = since(span);
    key.name = to_text(file_, key.value).substr(1);
  } else {
    key.name = text(next()).substr(1);
    key.span = span;
  }
  rule_->match.keys.push_back(std::move(key));
  return true;
}

void Parser::parse_match() {
  const size_t start = begin_statement();
  const Span first = peek().span;
  Match& match = rule_->match;
  while (true) {
    if (!parse_key()) return skip_statement(start), skip_to_section();
    if (peek().kind != TokenKind::comma) break;
    next();
  }
  if (is_word("over")) {
    next();
    if (is_word("every")) match.window = Match::Window::tumbling, next();
  } else if (is_word("by")) {
    next();
    match.window = Match::Window::tumbling;
  } else {
    expected("'over' and a duration", "match: $key over 5m");
    return skip_to_section();
  }
  match.window_span = peek().span;
  if (!parse_duration(match.seconds)) return skip_to_section();
  if (is_word("before") || is_word("after")) {
    match.window = is_word("before") ? Match::Window::before : Match::Window::after;
    next();
    if (peek().kind != TokenKind::variable) {
      expected("the event variable at which the window ends or begins");
      return skip_to_section();
    }
    match.pivot_span = peek().span;
    match.pivot = text(next()).substr(1);
  }
  match.span = since(first);
  if (!at_section_end()) {
    expected("the end of the match section");
    skip_to_section();
  }
}

void Parser::parse_outcome() {
  while (!at_section_end()) {
    const size_t start = begin_statement();
    const Token name = peek();
    Outcome outcome;
    if (name.kind != TokenKind::variable) {
      expected("an outcome variable", name.kind == TokenKind::word ? "outcomes are written $name = value" : "");
      skip_statement(start);
      continue;
    }
    next();
    if (!expect(TokenKind::equal, "'='") || (outcome.value = parse_or()) == kNoExpr) {
      skip_statement(start);
      continue;
    }
    outcome.name = text(name).substr(1);
    outcome.name_span = name.span;
    outcome.span = since(name.span);
    rule_->outcomes.push_back(std::move(outcome));
    if (!at_section_end() && peek().kind != TokenKind::variable) {
      expected("the next outcome");
      skip_statement(start);
    }
  }
}

void Parser::parse_condition() {
  if (at_section_end()) {
    expected("a condition", "name the events that must be there: $e");
    return;
  }
  const size_t start = begin_statement();
  rule_->condition = parse_or();
  if (rule_->condition == kNoExpr) {
    skip_statement(start);
    skip_to_section();
  } else if (!at_section_end()) {
    error("yaral.syntax", "the condition is one expression, found " + found() + " after it", peek().span,
          "join the parts with and, or");
    skip_to_section();
  }
}

void Parser::parse_options() {
  while (!at_section_end()) {
    const size_t start = begin_statement();
    const Token name = peek();
    Option option;
    if (name.kind != TokenKind::word) {
      expected("the name of an option");
      skip_statement(start);
      continue;
    }
    next();
    if (!expect(TokenKind::equal, "'='") || (option.value = parse_primary()) == kNoExpr) {
      skip_statement(start);
      continue;
    }
    option.name = text(name);
    option.name_span = name.span;
    option.span = since(name.span);
    rule_->options.push_back(std::move(option));
  }
}

void Parser::parse_section(size_t section) {
  switch (section) {
    case 0:
      return parse_meta();
    case 1:
      return parse_events();
    case 2:
      rule_->has_match = true;
      return parse_match();
    case 3:
      return parse_outcome();
    case 4:
      return parse_condition();
    default:
      return parse_options();
  }
}

void Parser::parse_body(Span open_brace) {
  constexpr size_t kCount = std::size(kSections);
  bool seen[kCount] = {};
  size_t last = 0;
  bool unknown_section = false;
  while (peek().kind != TokenKind::right_brace) {
    if (peek().kind == TokenKind::end || at_rule()) {
      if (!cut_short_) error("yaral.syntax", "rule " + rule_->name + " is never closed", open_brace, "end it with }");
      rule_->damaged = true;
      break;
    }
    if (!at_section()) {
      if (peek().kind == TokenKind::word && peek(1).kind == TokenKind::colon) {
        const std::string word(text(peek()));
        std::string_view best;
        size_t distance = 4;
        for (std::string_view s : kSections)
          if (const size_t d = edit_distance(ascii_lower(word), s); d < distance) distance = d, best = s;
        error("yaral.section", "unknown section '" + word + "'", peek().span,
              best.empty() ? "sections are meta, events, match, outcome, condition and options"
                           : "did you mean " + std::string(best) + "?");
        unknown_section = true;
        next(), next();
      } else {
        expected("a section", "meta:, events:, match:, outcome:, condition: or options:");
        next();
      }
      skip_to_section();
      continue;
    }
    size_t section = 0;
    while (!iequals(text(peek()), kSections[section])) ++section;
    const Span header = peek().span;
    next(), next();
    const std::string name(kSections[section]);
    if (seen[section]) {
      error("yaral.section", "a second " + name + " section", header, "a rule has each section once");
    } else if (section < last) {
      error("yaral.section", "the " + name + " section comes too late", header,
            "the order is meta, events, match, outcome, condition, options");
    }
    seen[section] = true;
    last = std::max(last, section);
    parse_section(section);
    if (section == 1 && rule_->events.empty() && !rule_->damaged && peek().kind != TokenKind::end)
      error("yaral.section", "the events section is empty", header,
            "say what the event must look like: $e.metadata.event_type = \"…\"");
  }
  if (unknown_section || (cut_short_ && rule_->damaged)) return;
  for (size_t required : {1, 4})
    if (!seen[required])
      error("yaral.section", "rule " + rule_->name + " has no " + std::string(kSections[required]) + " section",
            rule_->name_span,
            required == 1 ? "events: says what the events look like"
                          : "condition: says which events must be there, such as $e");
}

void Parser::parse_rule() {
  const Span start = next().span;  // "rule"
  Rule rule;
  rule_ = &rule;
  if (peek().kind != TokenKind::word) {
    expected("the name of the rule", "letters, digits and _");
  } else {
    rule.name_span = peek().span;
    rule.name = text(next());
  }
  const Span brace = peek().span;
  bool body = expect(TokenKind::left_brace, "'{'");
  if (!body)  // a brace after some stray words still opens the rule
    while (peek().kind != TokenKind::end && !at_section_end() && !body) body = next().kind == TokenKind::left_brace;
  if (body || at_section()) {
    parse_body(brace);
    if (peek().kind == TokenKind::right_brace) next();
  }
  rule.span = since(start);
  rule_ = nullptr;
  file_.rules.push_back(std::move(rule));
}

Parsed Parser::run() {
  while (peek().kind != TokenKind::end) {
    if (is_word("rule")) {
      parse_rule();
      continue;
    }
    expected("'rule'", peek().kind == TokenKind::right_brace ? "one } too many?" : "a rule file is: rule name { … }");
    next();
    while (peek().kind != TokenKind::end && !(is_word("rule") && peek().starts_line)) next();
  }
  return {std::move(file_), std::move(errors_)};
}

int64_t duration_seconds(std::string_view text) {
  int64_t value = 0;
  for (char c : text) {
    if (!is_digit(c)) {
      const int64_t unit = c == 's' ? 1 : c == 'm' ? 60 : c == 'h' ? 3600 : 86400;
      return value * unit;
    }
    value = std::min<int64_t>(value * 10 + (c - '0'), 1'000'000'000'000);
  }
  return value;
}

Parsed parse(std::string_view text, std::string name, const Limits& limits) {
  Lexed lexed = lex(text, name, limits);
  const bool cut_short =
      std::any_of(lexed.errors.begin(), lexed.errors.end(), [](const Error& e) { return e.code == "yaral.comment"; });
  Parsed out = Parser(text, std::move(name), lexed.tokens, limits, cut_short).run();
  if (lexed.errors.empty()) return out;
  for (Rule& rule : out.file.rules)
    for (const Error& e : lexed.errors)
      if (e.span->offset - rule.span.offset < rule.span.length) rule.damaged = true;
  out.errors.insert(out.errors.begin(), lexed.errors.begin(), lexed.errors.end());
  std::stable_sort(out.errors.begin(), out.errors.end(),
                   [](const Error& a, const Error& b) { return a.span->offset < b.span->offset; });
  // A token that the lexer refused usually breaks the grammar at the same place: the first word counts.
  const auto same = [](const Error& a, const Error& b) { return a.span->offset == b.span->offset; };
  out.errors.erase(std::unique(out.errors.begin(), out.errors.end(), same), out.errors.end());
  if (out.errors.size() > kMostErrors) out.errors.resize(kMostErrors);
  return out;
}

}  // namespace sekisho::yaral
