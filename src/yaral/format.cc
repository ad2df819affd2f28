// Takes the text of a rule file, gives it well laid out. One entry: format(). What does not parse is given back as it
// is. Works on tokens and comments, with the parser's word for where statements begin; at the end the result is read
// again, so that a rule can never change its meaning here.
#include "yaral/format.h"

#include <algorithm>
#include <vector>

#include "base/strings.h"
#include "yaral/lex.h"
#include "yaral/parse.h"

namespace sekisho::yaral {
namespace {

constexpr std::string_view kSections[] = {"meta", "events", "match", "outcome", "condition", "options"};
constexpr std::string_view kWords[] = {"and", "or",   "not", "in", "if",    "nocase", "regex", "cidr", "any",
                                       "all", "over", "of",  "by", "every", "before", "after", "true", "false"};

template <size_t N>
bool one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view w) { return iequals(word, w); });
}

// A token or a comment.
struct Item {
  enum class Place : uint8_t { inside, rule, open, header, statement, close, comment, end };
  Place place = Place::inside;
  TokenKind kind = TokenKind::end;
  std::string text = {};
  size_t breaks = 0;      // line ends before it
  bool to_line = false;   // a comment up to the end of its line
  bool unary = false;     // a minus
  bool keyword = false;   // a word that is none of the user's
  bool attached = false;  // a comment right above a header, a rule or their comment
};

class Formatter {
 public:
  Formatter(std::string_view source, const std::vector<Token>& tokens, const std::vector<uint32_t>& statements)
      : source_(source) {
    read(tokens, statements);
    attach();
  }

  std::string run() {
    for (size_t i = 0; i < items_.size(); ++i) put(i);
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  using Place = Item::Place;

  std::string_view text(const Token& t) const { return source_.substr(t.span.offset, t.span.length); }

  void read(const std::vector<Token>& tokens, const std::vector<uint32_t>& statements) {
    size_t from = source_.starts_with("\xEF\xBB\xBF") ? 3 : 0, depth = 0;
    auto statement = statements.begin();
    bool in_rule = false, in_meta = false;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const Token& t = tokens[i];
      const size_t breaks = comments(source_.substr(from, t.span.offset - from));
      from = t.span.offset + t.span.length;
      Item item{.kind = t.kind, .text = std::string(text(t)), .breaks = breaks};
      const TokenKind before = i > 0 ? tokens[i - 1].kind : TokenKind::end;
      const TokenKind after = i + 1 < tokens.size() ? tokens[i + 1].kind : TokenKind::end;
      while (statement != statements.end() && *statement < t.span.offset) ++statement;
      if (t.kind == TokenKind::end) {
        item.place = Place::end;
      } else if (!in_rule) {
        if (t.kind == TokenKind::word && before != TokenKind::word) item.place = Place::rule, lower(item);
        if (t.kind == TokenKind::left_brace) item.place = Place::open, in_rule = true;
      } else if (t.kind == TokenKind::right_brace) {
        item.place = Place::close, in_rule = false;
      } else if (depth == 0 && t.kind == TokenKind::word && after == TokenKind::colon && one_of(item.text, kSections)) {
        item.place = Place::header, lower(item);
        in_meta = item.text == "meta" || item.text == "options";
      } else {
        if (statement != statements.end() && *statement == t.span.offset) item.place = Place::statement;
        item.unary = t.kind == TokenKind::minus && (item.place == Place::statement || !ends_operand());
        const bool argument = depth > 0 && (before == TokenKind::colon || after == TokenKind::colon);
        const bool name = before == TokenKind::dot || argument || (in_meta && after == TokenKind::equal);
        if (t.kind == TokenKind::word && !name && one_of(item.text, kWords)) item.keyword = true, lower(item);
        if (t.kind == TokenKind::left_paren) ++depth;
        if (t.kind == TokenKind::right_paren && depth > 0) --depth;
      }
      items_.push_back(std::move(item));
    }
  }

  static void lower(Item& item) { item.text = ascii_lower(item.text); }

  // Whether the last token could end an operand, so that a minus after it subtracts.
  bool ends_operand() const {
    for (size_t i = items_.size(); i-- > 0;) {
      const Item& last = items_[i];
      if (last.place == Place::comment) continue;
      switch (last.kind) {
        case TokenKind::word:
          return !last.keyword;
        case TokenKind::variable:
        case TokenKind::count:
        case TokenKind::list:
        case TokenKind::string:
        case TokenKind::raw_string:
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
    return false;
  }

  // The comments between two tokens; gives the line ends before the second token.
  size_t comments(std::string_view gap) {
    size_t breaks = 0;
    for (size_t i = 0; i < gap.size();) {
      if (gap[i] != '/') {
        breaks += gap[i] == '\n';
        ++i;
        continue;
      }
      Item item{.place = Place::comment, .breaks = breaks, .to_line = gap.substr(i, 2) == "//"};
      const size_t end = item.to_line ? std::min(gap.find('\n', i), gap.size()) : gap.find("*/", i + 2) + 2;
      for (std::string_view line : split(gap.substr(i, end - i), '\n')) {
        while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
        if (!item.text.empty()) item.text += '\n';
        item.text += line;
      }
      items_.push_back(std::move(item));
      breaks = 0;
      i = end;
    }
    return breaks;
  }

  // From below: a comment belongs to the header or rule under it if no blank line parts them.
  void attach() {
    for (size_t i = items_.size(); i-- > 1;) {
      const Item& below = items_[i];
      const bool head = below.place == Place::header || below.place == Place::rule || below.attached;
      Item& above = items_[i - 1];
      above.attached = head && below.breaks <= 1 && above.place == Place::comment && (above.breaks > 0 || i == 1);
    }
  }

  // What the comment at i stands before.
  const Item& next_token(size_t i) const {
    while (items_[i].place == Place::comment) ++i;
    return items_[i];
  }

  void put(size_t i) {
    const Item& item = items_[i];
    switch (item.place) {
      case Place::end:
        return;
      case Place::rule:
        line(0, true, i);
        break;
      case Place::open:
        if (ends_line_) line(0, false, i);
        else out_ += ' ';
        break;
      case Place::header:
        line(2, true, i);
        in_section_ = true;
        open_ = 0;
        break;
      case Place::statement:
        line(4, item.breaks > 1, i);
        open_ = 0;
        break;
      case Place::close:
        line(0, false, i);
        in_section_ = false;
        break;
      case Place::comment:
        return put_comment(i);
      case Place::inside:
        put_inside(i);
        break;
    }
    out_ += item.text;
    ends_line_ = false;
    if (item.kind == TokenKind::left_paren || item.kind == TokenKind::left_bracket) ++open_;
    fresh_ = item.place == Place::open || (item.kind == TokenKind::colon && before(i).place == Place::header);
  }

  const Item& before(size_t i) const {
    static const Item none;
    while (i-- > 0)
      if (items_[i].place != Place::comment) return items_[i];
    return none;
  }

  void put_inside(size_t i) {
    const Item& item = items_[i];
    const bool closes = item.kind == TokenKind::right_paren || item.kind == TokenKind::right_bracket;
    if (closes && open_ > 0) --open_;
    const bool in_statement = in_section_ && before(i).place != Place::header;
    if (ends_line_ || (item.breaks > 0 && in_statement)) line(in_statement ? indent(closes) : 2, false, i);
    else if (wants_space(before(i), item)) out_ += ' ';
  }

  size_t indent(bool closes) const { return 4 + 2 * (closes ? open_ : std::max<size_t>(open_, 1)); }

  void put_comment(size_t i) {
    const Item& item = items_[i];
    if (!out_.empty() && item.breaks == 0 && !ends_line_) {
      out_ += item.to_line ? "  " : " ";
    } else {
      const Item& next = next_token(i);
      const bool within = next.place == Place::inside || next.place == Place::open;
      size_t column = in_section_ ? 4 : in_rule(next) ? 2 : 0;
      if (within) column = in_section_ ? indent(false) : 0;
      if (item.attached) column = next.place == Place::rule ? 0 : 2;
      line(column, !within && (item.breaks > 1 || item.attached), i);
    }
    out_ += item.text;
    ends_line_ = item.to_line;
  }

  static bool in_rule(const Item& next) { return next.place == Place::header || next.place == Place::close; }

  // Begins a line. A blank one goes before it where wanted, but not at the start of a rule or section, and not between
  // a header and the comment on top of it.
  void line(size_t column, bool blank, size_t i) {
    const bool below = i > 0 && items_[i - 1].attached;
    if (!out_.empty()) out_ += blank && !fresh_ && !below ? "\n\n" : "\n";
    out_.append(column, ' ');
    ends_line_ = false;
    fresh_ = false;
  }

  static bool wants_space(const Item& left, const Item& right) {
    switch (right.kind) {
      case TokenKind::right_paren:
      case TokenKind::right_bracket:
      case TokenKind::comma:
      case TokenKind::dot:
      case TokenKind::colon:
        return false;
      case TokenKind::left_bracket:
        return left.keyword;
      case TokenKind::left_paren:
        if (left.kind == TokenKind::word) return left.keyword && left.text != "if";
        break;
      default:
        break;
    }
    switch (left.kind) {
      case TokenKind::left_paren:
      case TokenKind::left_bracket:
      case TokenKind::dot:
      case TokenKind::bang:
        return false;
      default:
        return !left.unary;
    }
  }

  std::string_view source_;
  std::vector<Item> items_;
  std::string out_;
  size_t open_ = 0;  // parentheses and brackets of the statement
  bool in_section_ = false;
  bool fresh_ = false;      // right after { or a header
  bool ends_line_ = false;  // after a // comment
};

}  // namespace

std::string format(std::string_view source, const Limits& limits) {
  const Parsed parsed = parse(source, "", limits);
  if (!parsed.errors.empty()) return std::string(source);
  const Lexed lexed = lex(source, "", limits);
  std::string out = Formatter(source, lexed.tokens, parsed.file.statements).run();
  const Parsed again = parse(out, "", limits);
  return again.errors.empty() && dump(again.file) == dump(parsed.file) ? out : std::string(source);
}

}  // namespace sekisho::yaral
