// Takes a syntax tree, gives it as text: dump() one node a line, to_text() in YARA-L again. Refuses nothing; recursion
// is bounded by the depth that the parser enforced.
#include <charconv>

#include "yaral/ast.h"

namespace sekisho::yaral {
namespace {

std::string real_text(double value) {
  char buffer[40];
  const auto [end, problem] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return problem == std::errc() ? std::string(buffer, end) : "0";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\', out += c;
    else if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (c == '\r') out += "\\r";
    else if (c == '\0') out += "\\0";
    else out += c;
  }
  return out + '"';
}

class Writer {
 public:
  explicit Writer(const File& file) : file_(file) {}

  std::string expr(ExprId id) const {
    const Expr& e = file_.at(id);
    const std::string nocase = e.nocase ? " nocase" : "";
    switch (e.kind) {
      case ExprKind::text:
        return quoted(e.text) + nocase;
      case ExprKind::regex:
        return "/" + slashes(e.text) + "/" + nocase;
      case ExprKind::integer:
        return std::to_string(e.integer);
      case ExprKind::real:
        return real_text(e.real);
      case ExprKind::boolean:
        return e.integer ? "true" : "false";
      case ExprKind::duration:
        return std::to_string(e.integer) + "s";
      case ExprKind::word:
        return e.text;
      case ExprKind::variable:
        return variable(e) + nocase;
      case ExprKind::count:
        return "#" + e.text;
      case ExprKind::list:
        return "%" + e.text + (e.column.empty() ? "" : "." + e.column);
      case ExprKind::call:
      case ExprKind::if_: {
        std::string out = e.text + "(";
        for (size_t i = 0; i < e.children.size(); ++i) {
          if (i) out += ", ";
          if (i < e.names.size() && !e.names[i].empty()) out += e.names[i] + ": ";
          out += expr(e.children[i]);
        }
        return out + ")" + nocase;
      }
      case ExprKind::negate:
        return "-" + inner(e.children[0], 7);
      case ExprKind::arithmetic: {
        const int level = binding(id);
        return inner(e.children[0], level) + " " + std::string(spelling(e.op)) + " " + inner(e.children[1], level + 1);
      }
      case ExprKind::compare:
      case ExprKind::member:
        return inner(e.children[0], 5) + " " + std::string(spelling(e.op)) + " " + inner(e.children[1], 5) + nocase;
      case ExprKind::not_:
        return "not " + inner(e.children[0], 3);
      case ExprKind::and_:
        return joined(e, " and ", 3);
      case ExprKind::or_:
        return joined(e, " or ", 2);
      case ExprKind::of: {
        std::string out = std::to_string(e.integer) + " of [";
        for (size_t i = 0; i < e.children.size(); ++i) out += (i ? ", " : "") + expr(e.children[i]);
        return out + "]";
      }
    }
    return {};
  }

 private:
  static std::string variable(const Expr& e) {
    std::string out = e.quantifier == Quantifier::any ? "any $" : e.quantifier == Quantifier::all ? "all $" : "$";
    out += e.text;
    for (const Step& s : e.steps) {
      if (s.kind == Step::Kind::field) out += "." + s.name;
      else if (s.kind == Step::Kind::index) out += "[" + std::to_string(s.index) + "]";
      else out += "[" + quoted(s.name) + "]";
    }
    return out;
  }

  static std::string slashes(std::string_view pattern) {
    std::string out;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == '/') out += '\\';
      out += pattern[i];
    }
    return out;
  }

  int binding(ExprId id) const {
    const Expr& e = file_.at(id);
    switch (e.kind) {
      case ExprKind::or_:
        return 1;
      case ExprKind::and_:
        return 2;
      case ExprKind::not_:
        return 3;
      case ExprKind::compare:
      case ExprKind::member:
        return 4;
      case ExprKind::arithmetic:
        return e.op == Op::add || e.op == Op::subtract ? 5 : 6;
      case ExprKind::negate:
        return 7;
      default:
        return 8;
    }
  }

  std::string inner(ExprId id, int least) const { return binding(id) < least ? "(" + expr(id) + ")" : expr(id); }

  std::string joined(const Expr& e, const char* word, int least) const {
    std::string out;
    for (size_t i = 0; i < e.children.size(); ++i) out += (i ? word : "") + inner(e.children[i], least);
    return out;
  }

  const File& file_;
};

constexpr std::string_view kKinds[] = {"text",     "regex",  "integer", "real", "boolean", "duration", "word",
                                       "variable", "count",  "list",    "call", "if",      "negate",   "arithmetic",
                                       "compare",  "member", "not",     "and",  "or",      "of"};

class Dumper {
 public:
  explicit Dumper(const File& file) : file_(file), writer_(file) {}

  std::string run() {
    for (const Rule& r : file_.rules) rule(r);
    return std::move(out_);
  }

 private:
  void line(size_t indent, std::string_view text) {
    out_.append(indent * 2, ' ');
    out_ += text;
    out_ += '\n';
  }

  void rule(const Rule& r) {
    line(0, "rule " + r.name + (r.damaged ? " (damaged)" : ""));
    for (const MetaEntry& m : r.meta) line(1, "meta " + m.key + " = " + quoted(m.value));
    for (ExprId id : r.events) line(1, "event"), expr(id, 2);
    if (r.has_match) match(r.match);
    for (const Outcome& o : r.outcomes) line(1, "outcome $" + o.name), expr(o.value, 2);
    if (r.condition != kNoExpr) line(1, "condition"), expr(r.condition, 2);
    for (const Option& o : r.options) line(1, "option " + o.name), expr(o.value, 2);
  }

  void match(const Match& m) {
    std::string text = "match";
    for (const Match::Key& k : m.keys) text += " " + (k.value == kNoExpr ? "$" + k.name : writer_.expr(k.value));
    text += m.window == Match::Window::tumbling ? " by " : " over ";
    text += std::to_string(m.seconds) + "s";
    if (m.window == Match::Window::before) text += " before $" + m.pivot;
    if (m.window == Match::Window::after) text += " after $" + m.pivot;
    line(1, text);
  }

  void expr(ExprId id, size_t indent) {
    const Expr& e = file_.at(id);
    std::string text(kKinds[static_cast<size_t>(e.kind)]);
    switch (e.kind) {
      case ExprKind::compare:
      case ExprKind::member:
      case ExprKind::arithmetic:
        text += " " + std::string(spelling(e.op));
        break;
      case ExprKind::call:
        text += " " + e.text;
        break;
      case ExprKind::if_:
      case ExprKind::negate:
      case ExprKind::not_:
      case ExprKind::and_:
      case ExprKind::or_:
        break;
      default:
        line(indent, text + " " + writer_.expr(id));
        return;
    }
    line(indent, text + (e.nocase ? " nocase" : ""));
    for (size_t i = 0; i < e.children.size(); ++i) {
      if (i < e.names.size() && !e.names[i].empty()) line(indent + 1, e.names[i] + ":");
      expr(e.children[i], indent + 1);
    }
  }

  const File& file_;
  Writer writer_;
  std::string out_;
};

}  // namespace

std::string_view spelling(Op op) {
  switch (op) {
    case Op::none:
      return "";
    case Op::equal:
      return "=";
    case Op::not_equal:
      return "!=";
    case Op::less:
      return "<";
    case Op::less_equal:
      return "<=";
    case Op::greater:
      return ">";
    case Op::greater_equal:
      return ">=";
    case Op::add:
      return "+";
    case Op::subtract:
      return "-";
    case Op::multiply:
      return "*";
    case Op::divide:
      return "/";
    case Op::modulo:
      return "%";
    case Op::in:
      return "in";
    case Op::in_regex:
      return "in regex";
    case Op::in_cidr:
      return "in cidr";
  }
  return "";
}

std::string dump(const File& file) { return Dumper(file).run(); }

std::string to_text(const File& file, ExprId id) { return id == kNoExpr ? std::string() : Writer(file).expr(id); }

}  // namespace sekisho::yaral
