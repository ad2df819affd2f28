// Takes the text of a rule file, gives its tokens and the mistakes found on the way. One entry: lex(). Refuses text
// beyond the byte limit; an unfinished string, pattern or comment is reported where it opens.
#include "yaral/lex.h"

#include "base/strings.h"

namespace sekisho::yaral {
namespace {

constexpr size_t kMostErrors = 50;
constexpr size_t kMostStringLines = 16;  // how far a "…" string may run: bounds the search for a forgotten quote

bool is_name(char c) { return is_alnum(c) || c == '_'; }

class Lexer {
 public:
  Lexer(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Lexed run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (true) {
      skip_blank();
      if (at_ >= text_.size()) break;
      next();
    }
    add(TokenKind::end, text_.size());
    return std::move(out_);
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void add(TokenKind kind, size_t start) {
    out_.tokens.push_back({kind, line_start_, {static_cast<uint32_t>(start), static_cast<uint32_t>(at_ - start)}});
    line_start_ = false;
  }

  void error(std::string code, std::string message, size_t start, size_t length, std::string hint = {}) {
    if (out_.errors.size() >= kMostErrors) return;
    out_.errors.push_back(fail_at(std::move(code), std::move(message), name_,
                                  {static_cast<uint32_t>(start), static_cast<uint32_t>(length)}, std::move(hint))
                              .error());
  }

  void skip_blank() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        line_start_ = true;
        ++at_;
      } else if (is_space(c)) {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '/' && peek(1) == '*') {
        const size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          error("yaral.comment", "comment is never closed", at_, 2, "close it with */");
          at_ = text_.size();
        } else {
          if (text_.substr(at_, end - at_).find('\n') != std::string_view::npos) line_start_ = true;
          at_ = end + 2;
        }
      } else {
        return;
      }
    }
  }

  // Whether the token before could end an operand, so that / and % are arithmetic.
  bool after_operand() const {
    if (out_.tokens.empty()) return false;
    const Token& last = out_.tokens.back();
    switch (last.kind) {
      case TokenKind::word: {
        const std::string_view word = text_.substr(last.span.offset, last.span.length);
        const bool field = out_.tokens.size() > 1 && out_.tokens[out_.tokens.size() - 2].kind == TokenKind::dot;
        if (field) return true;
        for (std::string_view keyword : {"and", "or", "not", "in", "regex", "cidr", "nocase"})
          if (iequals(word, keyword)) return false;
        return true;
      }
      case TokenKind::variable:
      case TokenKind::count:
      case TokenKind::list:
      case TokenKind::string:
      case TokenKind::raw_string:
      case TokenKind::regex:
      case TokenKind::integer:
      case TokenKind::real:
      case TokenKind::duration:
      case TokenKind::right_paren:
      case TokenKind::right_bracket:
        return true;
      default:
        return false;
    }
  }

  size_t regex_end() const {  // place of the closing slash on this line, or npos
    for (size_t i = at_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == '\\') {
        ++i;
        if (i < text_.size() && text_[i] == '\n') break;
      } else if (text_[i] == '/') {
        return i;
      }
    }
    return std::string_view::npos;
  }

  // At the start of a line after an operand: "/x/ = …" or "/x/ nocase = …" is a pattern, "/ 2" divides.
  bool pattern_opens_line() const {
    if (!line_start_) return false;
    size_t end = regex_end();
    if (end == std::string_view::npos) return false;
    for (++end; end < text_.size() && (text_[end] == ' ' || text_[end] == '\t');) ++end;
    const std::string_view rest = text_.substr(end);
    return rest.starts_with("=") || rest.starts_with("!=") || istarts_with(rest, "nocase");
  }

  void name_after_sigil(TokenKind kind, size_t start, const char* what) {
    ++at_;
    while (is_name(peek())) ++at_;
    if (at_ == start + 1) {
      error("yaral.syntax", std::string("'") + text_[start] + "' needs the name of " + what, start, 1);
      return;
    }
    add(kind, start);
  }

  void number(size_t start) {
    while (is_digit(peek())) ++at_;
    TokenKind kind = TokenKind::integer;
    if (peek() == '.' && is_digit(peek(1))) {
      kind = TokenKind::real;
      ++at_;
      while (is_digit(peek())) ++at_;
    }
    if (is_name(peek())) {
      const size_t unit = at_;
      while (is_name(peek())) ++at_;
      const std::string_view letters = text_.substr(unit, at_ - unit);
      const bool known = letters == "s" || letters == "m" || letters == "h" || letters == "d";
      if (kind != TokenKind::integer || !known) {
        error("yaral.syntax", "not a number: '" + std::string(text_.substr(start, at_ - start)) + "'", start,
              at_ - start, "durations are written 30s, 5m, 1h or 1d");
        if (kind != TokenKind::integer) return;
      }
      kind = TokenKind::duration;
    }
    add(kind, start);
  }

  // What may follow a closed string: tells a string that spans lines from one whose closing quote was forgotten, where
  // the next quote found is the opening one of another string.
  bool may_follow_string(size_t at) const {
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (at >= text_.size()) return true;
    constexpr std::string_view kAfter = ")],}=!<>+-/\r\n";
    if (kAfter.find(text_[at]) != std::string_view::npos) return true;
    for (std::string_view word : {"and", "or", "nocase", "in"})
      if (istarts_with(text_.substr(at), word) &&
          (at + word.size() >= text_.size() || !is_name(text_[at + word.size()])))
        return true;
    return false;
  }

  void string(size_t start) {
    size_t line_end = 0;
    size_t lines = 0;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
        ++at_;
      } else if (text_[at_] == '\n') {
        if (line_end == 0) line_end = at_;
        if (++lines == kMostStringLines) break;
      } else if (text_[at_] == '"') {
        if (line_end != 0 && !may_follow_string(at_ + 1)) break;
        ++at_;
        return add(TokenKind::string, start);
      }
    }
    at_ = line_end != 0 ? line_end : text_.size();
    size_t end = at_;
    while (end > start + 1 && is_space(text_[end - 1])) --end;
    error("yaral.string", "string is never closed", start, end - start,
          "end it with \" (a backslash before a quote makes it part of the string)");
    add(TokenKind::string, start);
  }

  void raw_string(size_t start) {
    const size_t end = text_.find('`', start + 1);
    if (end == std::string_view::npos) {
      at_ = std::min(text_.find('\n', start), text_.size());
      error("yaral.string", "back-quoted string is never closed", start, at_ - start, "end it with `");
    } else {
      at_ = end + 1;
    }
    add(TokenKind::raw_string, start);
  }

  void regex(size_t start) {
    const size_t end = regex_end();
    if (end == std::string_view::npos) {
      at_ = std::min(text_.find('\n', start), text_.size());
      error("yaral.string", "pattern is not closed on its line", start, at_ - start,
            "end it with /, and write \\/ for a slash inside");
    } else {
      at_ = end + 1;
    }
    add(TokenKind::regex, start);
  }

  void one(TokenKind kind, size_t start, size_t bytes = 1) {
    at_ += bytes;
    add(kind, start);
  }

  void next() {
    const size_t start = at_;
    const char c = text_[at_];
    if (is_alpha(c) || c == '_') {
      while (is_name(peek())) ++at_;
      return add(TokenKind::word, start);
    }
    if (is_digit(c)) return number(start);
    const bool then_equal = peek(1) == '=';
    switch (c) {
      case '$':
        return name_after_sigil(TokenKind::variable, start, "a variable");
      case '#':
        return name_after_sigil(TokenKind::count, start, "the variable to count");
      case '%':
        if (is_name(peek(1)) && (!after_operand() || (line_start_ && !is_digit(peek(1)))))
          return name_after_sigil(TokenKind::list, start, "a list");
        return one(TokenKind::percent, start);
      case '"':
        return string(start);
      case '`':
        return raw_string(start);
      case '/':
        if (after_operand() && !pattern_opens_line()) return one(TokenKind::slash, start);
        return regex(start);
      case '(':
        return one(TokenKind::left_paren, start);
      case ')':
        return one(TokenKind::right_paren, start);
      case '{':
        return one(TokenKind::left_brace, start);
      case '}':
        return one(TokenKind::right_brace, start);
      case '[':
        return one(TokenKind::left_bracket, start);
      case ']':
        return one(TokenKind::right_bracket, start);
      case ',':
        return one(TokenKind::comma, start);
      case ':':
        return one(TokenKind::colon, start);
      case '.':
        return one(TokenKind::dot, start);
      case '+':
        return one(TokenKind::plus, start);
      case '-':
        return one(TokenKind::minus, start);
      case '*':
        return one(TokenKind::star, start);
      case '=':
        if (then_equal) error("yaral.syntax", "'==' is not an operator", start, 2, "equality is written with one =");
        return one(TokenKind::equal, start, then_equal ? 2 : 1);
      case '!':
        return one(then_equal ? TokenKind::not_equal : TokenKind::bang, start, then_equal ? 2 : 1);
      case '<':
        if (peek(1) == '>') {
          error("yaral.syntax", "'<>' is not an operator", start, 2, "inequality is written !=");
          return one(TokenKind::not_equal, start, 2);
        }
        return one(then_equal ? TokenKind::less_equal : TokenKind::less, start, then_equal ? 2 : 1);
      case '>':
        return one(then_equal ? TokenKind::greater_equal : TokenKind::greater, start, then_equal ? 2 : 1);
      default:
        return stray(start);
    }
  }

  void stray(size_t start) {
    const std::string_view rest = text_.substr(start);
    if (rest.starts_with("&&") || rest.starts_with("||")) {
      error("yaral.syntax", "'" + std::string(rest.substr(0, 2)) + "' is not an operator", start, 2,
            rest[0] == '&' ? "write and" : "write or");
      at_ += 2;
      return;
    }
    if (rest[0] == '\'') {
      error("yaral.string", "strings are not written with '", start, 1, "write \"…\" or `…`");
      do ++at_;
      while (at_ < text_.size() && text_[at_] != '\'' && text_[at_] != '\n');
      if (peek() == '\'') ++at_;
      return add(TokenKind::raw_string, start);
    }
    // A run of the same byte, or of bytes beyond ASCII, is one mistake; typographic quotes take what stands between
    // them along.
    const bool quote = rest.starts_with("\xE2\x80\x9C") || rest.starts_with("\xE2\x80\x9D");
    const bool wide = (static_cast<unsigned char>(rest[0]) & 0x80) != 0;
    if (quote) {
      do ++at_;
      while (at_ < text_.size() && text_[at_] != '\n' && !text_.substr(at_).starts_with("\xE2\x80\x9D"));
      if (at_ < text_.size() && text_[at_] != '\n') at_ += 3;
    } else {
      do ++at_;
      while (at_ < text_.size() &&
             (wide ? (static_cast<unsigned char>(text_[at_]) & 0x80) != 0 : text_[at_] == rest[0]));
    }
    const bool printable = static_cast<unsigned char>(rest[0]) >= 0x20 && rest[0] != 0x7F;
    const std::string what =
        quote       ? "typographic quotes mean nothing here"
        : printable ? "'" + std::string(rest.substr(0, std::min<size_t>(at_ - start, 80))) + "' means nothing here"
                    : "a control character means nothing here";
    error("yaral.syntax", what, start, at_ - start, quote ? "write plain quotes: \"" : "");
    if (wide && !after_operand())
      add(TokenKind::raw_string,
          start);  // stands for the value that was meant, so that the grammar does not complain too
  }

  std::string_view text_;
  const std::string& name_;
  size_t at_ = 0;
  bool line_start_ = true;
  Lexed out_;
};

// `digits` hex digits from `at`, or -1.
int hex_value(std::string_view s, size_t at, size_t digits) {
  if (at + digits > s.size()) return -1;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    const int d = hex_digit(s[at + i]);
    if (d < 0) return -1;
    value = value * 16 + d;
  }
  return value;
}

void append_utf8(std::string& out, int code) {
  const auto byte = [&](int value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
  } else {
    byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
  }
}

}  // namespace

Lexed lex(std::string_view text, const std::string& name, const Limits& limits) {
  if (text.size() > std::min<size_t>(limits.rule_file_bytes, UINT32_MAX)) {
    Lexed out;
    out.tokens.push_back({TokenKind::end, true, {}});
    out.errors.push_back(fail_at("yaral.limit.bytes",
                                 "rule file is larger than " + std::to_string(limits.rule_file_bytes) + " bytes", name,
                                 {0, 0}, "split it: one rule a file is the custom")
                             .error());
    return out;
  }
  return Lexer(text, name).run();
}

std::string decode_string(TokenKind kind, std::string_view token_text) {
  std::string_view s = token_text;
  if (!s.empty()) {
    const char quote = s.front();
    s.remove_prefix(1);
    if (s.ends_with(quote)) s.remove_suffix(1);  // an unfinished one has been reported
  }
  if (kind == TokenKind::raw_string || s.find('\\') == std::string_view::npos) return std::string(s);
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\\' || i + 1 == s.size()) {
      out += s[i];
      continue;
    }
    const char c = s[++i];
    if (kind == TokenKind::regex) {
      if (c != '/') out += '\\';
      out += c;
      continue;
    }
    constexpr std::string_view kFrom = "\\\"'`/nrtabfv0";
    constexpr std::string_view kTo("\\\"'`/\n\r\t\a\b\f\v\0", 13);
    if (const size_t known = kFrom.find(c); known != std::string_view::npos) {
      out += kTo[known];
    } else if (const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 0; digits && hex_value(s, i + 1, digits) >= 0) {
      const int code = hex_value(s, i + 1, digits);
      append_utf8(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
      i += digits;
    } else {
      out += '\\';
      out += c;
    }
  }
  return out;
}

std::string_view describe(TokenKind kind) {
  switch (kind) {
    case TokenKind::end:
      return "the end of the file";
    case TokenKind::word:
      return "a word";
    case TokenKind::variable:
      return "a $variable";
    case TokenKind::count:
      return "a #count";
    case TokenKind::list:
      return "a %list";
    case TokenKind::string:
    case TokenKind::raw_string:
      return "a string";
    case TokenKind::regex:
      return "a /pattern/";
    case TokenKind::integer:
    case TokenKind::real:
      return "a number";
    case TokenKind::duration:
      return "a duration";
    case TokenKind::left_paren:
      return "'('";
    case TokenKind::right_paren:
      return "')'";
    case TokenKind::left_brace:
      return "'{'";
    case TokenKind::right_brace:
      return "'}'";
    case TokenKind::left_bracket:
      return "'['";
    case TokenKind::right_bracket:
      return "']'";
    case TokenKind::comma:
      return "','";
    case TokenKind::colon:
      return "':'";
    case TokenKind::dot:
      return "'.'";
    case TokenKind::equal:
      return "'='";
    case TokenKind::not_equal:
      return "'!='";
    case TokenKind::less:
      return "'<'";
    case TokenKind::less_equal:
      return "'<='";
    case TokenKind::greater:
      return "'>'";
    case TokenKind::greater_equal:
      return "'>='";
    case TokenKind::plus:
      return "'+'";
    case TokenKind::minus:
      return "'-'";
    case TokenKind::star:
      return "'*'";
    case TokenKind::slash:
      return "'/'";
    case TokenKind::percent:
      return "'%'";
    case TokenKind::bang:
      return "'!'";
  }
  return "";
}

}  // namespace sekisho::yaral
