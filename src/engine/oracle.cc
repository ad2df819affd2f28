// Takes a rule and what its variables are bound to, gives the values of its expressions and the Detection of a group of
// joined rows, in the plainest way. Entries: oracle_run(), OracleRule::rows(), holds(), judge(). Refuses nothing.
#include "engine/oracle.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/oracle_parts.h"
#include "net/host.h"

namespace sekisho::engine {
namespace {

__extension__ using Wide = __int128;

re2::RE2::Options options(bool nocase) {
  re2::RE2::Options o;
  o.set_case_sensitive(!nocase);
  o.set_log_errors(false);
  return o;
}

bool search(std::string_view text, const std::string& pattern, bool nocase) {
  if (pattern.find("(?s") == std::string::npos && pattern.find("(?is") == std::string::npos)
    text = text.substr(0, text.find('\n'));
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), re2::RE2(pattern, options(nocase)));
}

bool in_list(std::string_view text, const std::string& line, ListMode mode, bool nocase) {
  if (mode == ListMode::regex) return search(text, line, nocase);
  if (mode == ListMode::cidr) return net::in_cidr(text, line);
  return nocase ? fold(text) == fold(line) : text == line;
}

// A text as a number; nothing if it is none.
std::optional<Datum> number(const Datum& d) {
  if (d.type() != Type::text) return d;
  const std::string_view s = d.as_text();
  int64_t whole = 0;
  if (const auto r = std::from_chars(s.data(), s.data() + s.size(), whole);
      r.ec == std::errc() && r.ptr == s.data() + s.size())
    return Datum::integer(whole);
  double real = 0;
  if (const auto r = std::from_chars(s.data(), s.data() + s.size(), real);
      r.ec == std::errc() && r.ptr == s.data() + s.size())
    return Datum::real(real);
  return std::nullopt;
}

}  // namespace

OracleRule::OracleRule(const Rule& rule, const ReferenceLists& lists) : rule_(rule), lists_(lists) {
  for (uint32_t v = 0; v < rule.variables.size(); ++v)
    if (oracle_bounded(rule, v)) bounded_.insert(v);
  std::vector<ExprId> open;
  if (rule.where != kNoExpr) open.push_back(rule.where);
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (rule.exprs[id].op == Op::all_of)
      open.insert(open.end(), rule.exprs[id].args.begin(), rule.exprs[id].args.end());
    else conjuncts_.push_back(id);
  }
}

// Whether an expression can be read where only these variables are.
bool OracleRule::readable(ExprId id, const std::set<uint32_t>& where) const {
  const Expr& e = rule_.exprs[id];
  if (e.op == Op::slot || e.op == Op::whole || e.op == Op::has_field || e.op == Op::has_value || e.op == Op::any ||
      e.op == Op::all) {
    if (!where.contains(rule_.slots[e.index].variable)) return false;
  }
  if (e.op == Op::event_time && !where.contains(e.index)) return false;
  if (e.op == Op::call && e.args.empty() && std::ranges::none_of(where, [&](uint32_t v) { return temporal(v); }))
    return false;
  if (e.op == Op::placeholder && definition(e.index, where) == kNoExpr) return false;
  return std::ranges::all_of(e.args, [&](ExprId a) { return readable(a, where); });
}

// Of a placeholder a definition that can be read there; all of them agree.
ExprId OracleRule::definition(uint32_t placeholder, const std::set<uint32_t>& where) const {
  for (ExprId d : rule_.placeholders[placeholder].definitions)
    if (readable(d, where)) return d;
  return kNoExpr;
}

void OracleRule::bind(const OracleJoin& join) {
  env_.clear();
  there_.clear();
  // A function without arguments tells something of one event: the first that must be there.
  const OracleSource* told = nullptr;
  bool told_bounded = false;
  for (const OracleRow* row : join) {
    const auto v = static_cast<uint32_t>(env_.size());
    if (row) there_.insert(v);
    env_.push_back(row ? Bound{row->source, &row->copy, &row->copy} : Bound{});
    if (!row || !temporal(v) || (told && (told_bounded || !bounded(v)))) continue;
    told = row->source;
    told_bounded = bounded(v);
  }
  calls_ = {&memory_, told && told->timed ? told->time.seconds : 0, told ? told->bytes : std::string_view()};
}

bool OracleRule::temporal(uint32_t v) const {
  return rule_.variables[v].kind != Variable::Kind::graph && rule_.variables[v].kind != Variable::Kind::table;
}

bool OracleRule::holds(const OracleJoin& join) {
  memory_.release();
  bind(join);
  for (ExprId id : conjuncts_) {
    const auto alone = [&](uint32_t v) { return readable(id, {v}); };  // then it held when the row was made
    if (there_.size() > 1 && std::ranges::any_of(there_, alone)) continue;
    if (readable(id, there_) && !eval(id).as_bool()) return false;
  }
  for (const Placeholder& p : rule_.placeholders) {
    std::optional<Datum> first;
    for (ExprId d : p.definitions) {
      if (!readable(d, there_)) continue;
      const Datum v = eval(d);
      if (first && !equal(*first, v, false)) return false;
      first = v;
    }
  }
  if (!rule_.match || rule_.options.allow_zero_values) return true;
  for (uint32_t key : rule_.match->keys)
    for (ExprId d : rule_.placeholders[key].definitions)
      if (readable(d, there_) && is_zero_field(d)) return false;
  return true;
}

// A field, or a field in the form in which placeholders hold it, with its zero value.
bool OracleRule::is_zero_field(ExprId id) {
  const auto form = [](const Expr& e) {
    return e.op == Op::enum_name || (e.op == Op::call && e.function->name == "cast.as_string");
  };
  while (form(rule_.exprs[id])) id = rule_.exprs[id].args[0];
  return rule_.exprs[id].op == Op::slot && eval(id).is_zero();
}

std::vector<OracleRow> OracleRule::rows(uint32_t variable, const OracleSource& source) {
  std::vector<ExprId> roots;
  if (rule_.where != kNoExpr) roots.push_back(rule_.where);
  for (const Placeholder& p : rule_.placeholders) roots.insert(roots.end(), p.definitions.begin(), p.definitions.end());
  std::vector<OracleRow> out;
  for (OracleCopy& copy : copies(source, {OracleCopy()}, expanding(roots, variable))) {
    OracleRow row{&source, std::move(copy)};
    OracleJoin join(rule_.variables.size());
    join[variable] = &row;
    if (holds(join)) out.push_back(std::move(row));
  }
  return out;
}

std::vector<std::optional<Value>> OracleRule::keys(const OracleJoin& join) {
  std::vector<std::optional<Value>> out;
  bind(join);
  if (!rule_.match) return out;
  for (uint32_t key : rule_.match->keys) {
    out.emplace_back();
    if (const ExprId d = definition(key, there_); d != kNoExpr) out.back() = Value::of(eval(d));
  }
  return out;
}

Datum OracleRule::kept(const std::string& s) { return Datum::text(calls_.keep(s)); }
Datum OracleRule::kept(const std::vector<Datum>& items) {
  auto* copy = static_cast<Datum*>(memory_.allocate(items.size() * sizeof(Datum) + 1, alignof(Datum)));
  std::copy(items.begin(), items.end(), copy);
  return Datum::list({copy, items.size()});
}

Datum OracleRule::call(const Expr& e) {
  std::vector<Datum> args;
  for (ExprId id : e.args) args.push_back(eval(id));
  const std::string_view name = e.function->name;
  if (!name.starts_with("re.")) {
    if (e.nocase)
      for (Datum& d : args) d = kept(fold(d.as_text()));
    return e.function->run(calls_, args);
  }
  const std::string pattern(args[1].as_text());
  const re2::RE2 re(pattern, options(e.nocase));
  const re2::StringPiece text(args[0].as_text().data(), args[0].as_text().size());
  if (name == "re.regex") return Datum::boolean(search(args[0].as_text(), pattern, e.nocase));
  if (name == "re.replace") {
    std::string out(args[0].as_text());
    re2::RE2::GlobalReplace(&out, re, re2::StringPiece(args[2].as_text().data(), args[2].as_text().size()));
    return kept(out);
  }
  std::vector<Datum> all;
  re2::StringPiece found[2];
  size_t at = 0;
  const size_t group = re.NumberOfCapturingGroups() > 0;
  while (at <= text.size() && re.Match(text, at, text.size(), re2::RE2::UNANCHORED, found, 2)) {
    all.push_back(Datum::text({found[group].data(), found[group].size()}));
    at = static_cast<size_t>(found[0].data() - text.data()) + std::max<size_t>(found[0].size(), 1);
  }
  if (name == "re.capture_all") return kept(all);
  return all.empty() ? Datum::text({}) : all[0];
}

Datum OracleRule::compare(const Expr& e) {
  Datum a = eval(e.args[0]), b = eval(e.args[1]);
  if (e.op == Op::equal) return Datum::boolean(equal(a, b, e.nocase));
  if (e.op == Op::not_equal) return Datum::boolean(!equal(a, b, e.nocase));
  if ((a.type() == Type::text) != (b.type() == Type::text)) {
    const auto x = number(a), y = number(b);
    if (!x || !y) return Datum::boolean(false);
    a = *x;
    b = *y;
  }
  const int order = engine::order(a, b);
  return Datum::boolean(e.op == Op::less         ? order < 0
                        : e.op == Op::less_equal ? order <= 0
                        : e.op == Op::greater    ? order > 0
                                                 : order >= 0);
}

Datum OracleRule::arithmetic(const Expr& e) {
  const Datum a = eval(e.args[0]), b = e.args.size() > 1 ? eval(e.args[1]) : Datum::integer(0);
  if (e.type == Type::integer) {
    const Wide x = a.as_int(), y = b.as_int();
    Wide r = 0;
    if (e.op == Op::add) r = x + y;
    if (e.op == Op::subtract) r = x - y;
    if (e.op == Op::multiply) r = x * y;
    if (e.op == Op::modulo) r = y == 0 ? 0 : x % y;
    if (e.op == Op::minus) r = -x;
    return Datum::integer(static_cast<int64_t>(std::clamp<Wide>(r, INT64_MIN, INT64_MAX)));
  }
  const double x = a.as_real(), y = b.as_real();
  if (e.op == Op::add) return Datum::real(x + y);
  if (e.op == Op::subtract) return Datum::real(x - y);
  if (e.op == Op::multiply) return Datum::real(x * y);
  if (e.op == Op::divide) return Datum::real(y == 0 ? 0 : x / y);
  if (e.op == Op::modulo) return Datum::real(y == 0 ? 0 : std::fmod(x, y));
  return Datum::real(-x);
}

Datum OracleRule::eval(ExprId id) {
  const Expr& e = rule_.exprs[id];
  switch (e.op) {
    case Op::constant:
      return Datum::of(e.value);
    case Op::slot:
      return read(rule_.slots[e.index]);
    case Op::whole:
      return kept(elements(rule_.slots[e.index]));
    case Op::list: {
      std::vector<Datum> all;
      for (ExprId a : e.args) all.push_back(eval(a));
      return kept(all);
    }
    case Op::placeholder: {
      // Its value belongs to the row, whatever an aggregate expands beyond that.
      const std::vector<Bound> here = env_;
      for (Bound& b : env_) b.copy = b.row;
      const ExprId d = definition(e.index, there_);
      const Datum v = d == kNoExpr ? Datum::zero(e.type) : eval(d);
      env_ = here;
      return v;
    }
    case Op::enum_name:
      return Datum::text(e.enumeration->name_of(eval(e.args[0]).as_int()));
    case Op::all_of:
      for (ExprId a : e.args)
        if (!eval(a).as_bool()) return Datum::boolean(false);
      return Datum::boolean(true);
    case Op::any_of:
      for (ExprId a : e.args)
        if (eval(a).as_bool()) return Datum::boolean(true);
      return Datum::boolean(false);
    case Op::negate:
      return Datum::boolean(!eval(e.args[0]).as_bool());
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
      return compare(e);
    case Op::match:
      return Datum::boolean(search(eval(e.args[0]).as_text(), std::get<std::string>(e.value), e.nocase));
    case Op::in_list: {
      const std::string text(eval(e.args[0]).as_text());
      for (const std::string& line : lists_.find(std::get<std::string>(e.value))->second)
        if (in_list(text, line, e.list_mode, e.nocase)) return Datum::boolean(true);
      return Datum::boolean(false);
    }
    case Op::any:
    case Op::all: {
      const Datum before = quantified_;
      bool holds = e.op == Op::all;
      for (const Datum& d : elements(rule_.slots[e.index])) {
        quantified_ = d;
        if (eval(e.args[0]).as_bool() != (e.op == Op::any)) continue;
        holds = e.op == Op::any;
        break;
      }
      quantified_ = before;
      return Datum::boolean(holds);
    }
    case Op::call:
      return call(e);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
    case Op::minus:
      return arithmetic(e);
    case Op::choose: {
      const Datum v = eval(e.args[eval(e.args[0]).as_bool() ? 1 : 2]);
      return e.type == Type::real ? Datum::real(v.as_real()) : v;
    }
    case Op::aggregate:
      return aggregate(e);
    case Op::metric:
      return metric(e);
    case Op::observed: {
      const int64_t all[] = {period_->events, period_->first, period_->last, period_->sum,
                             static_cast<int64_t>(period_->values.size())};
      return Datum::integer(all[e.index]);
    }
    case Op::outcome:
      return outcomes_[e.index];
    case Op::has_field:
      return Datum::boolean(has_field(rule_.slots[e.index]));
    case Op::has_value:
      return Datum::boolean(!elements(rule_.slots[e.index]).empty());
    case Op::event_time: {
      const OracleSource* source = env_[e.index].source;
      if (source == nullptr || !source->timed) return Datum::integer(0);
      return Datum::integer(source->time.seconds * 1'000'000'000 + source->time.nanos);
    }
    case Op::exists:
      return Datum::boolean(counts_[e.index] > 0);
    case Op::count:
      return Datum::integer(counts_[e.index]);
    case Op::placeholder_count:
      return Datum::integer(placeholder_counts_[e.index]);
  }
  return {};
}

std::vector<Detection> oracle_run(const std::vector<Rule>& rules, const event::Event& event,
                                  const ReferenceLists& lists) {
  OracleSource source{.message = &event.root(), .bytes = event.origin().sha256};
  source.time.seconds = event.get("metadata.event_timestamp.seconds").as_int();
  source.timed = source.time.seconds != 0;
  std::vector<Detection> out;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    OracleRule rule(rules[i], lists);
    const std::vector<OracleRow> rows = rule.rows(0, source);
    if (rows.empty()) continue;
    OracleGroup group;
    for (const OracleRow& row : rows) group.joined.push_back({&row});
    OracleDetection detection;
    detection.rule = i;
    if (!rule.judge(group, detection)) continue;
    detection.events.clear();
    detection.event_count = 0;
    out.push_back(std::move(detection));
  }
  return out;
}

}  // namespace sekisho::engine
