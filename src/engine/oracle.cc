// Takes Rules and an Event, gives the Detections that the documented semantics ask for, in the plainest way. Entry:
// oracle_run(). Refuses nothing.
#include "engine/oracle.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory_resource>
#include <set>

#include "net/host.h"

namespace sekisho::engine {
namespace {

using event::Message;
__extension__ using Wide = __int128;

// A repeated field, by the steps that lead to it, and which element a copy holds (-1: the zero element of an empty
// list).
using Path = std::vector<const event::Field*>;
using Copy = std::map<Path, int64_t>;

// Indexed steps are no choice; a copy's key must tell f[0].g from f.g, so an indexed field is followed by its index as
// a null and a count.
struct Walk {
  const Message* at = nullptr;
  Path path;
};

class Oracle {
 public:
  Oracle(const Rule& rule, const event::Event& event, const ReferenceLists& lists)
      : rule_(rule), event_(event), lists_(lists) {
    calls_ = {&memory_, event.get("metadata.event_timestamp.seconds").as_int()};
  }

  bool run(Detection& out) {
    std::vector<ExprId> roots;
    if (rule_.where != kNoExpr) roots.push_back(rule_.where);
    for (const Placeholder& p : rule_.placeholders)
      roots.insert(roots.end(), p.definitions.begin(), p.definitions.end());
    expanded_ = slots_below(roots);
    std::vector<Copy> rows;
    for (const Copy& copy : copies({Copy()}, expanded_)) {
      copy_ = &copy;
      bool holds = rule_.where == kNoExpr || eval(rule_.where).as_bool();
      for (const Placeholder& p : rule_.placeholders)
        for (size_t d = 1; d < p.definitions.size(); ++d)
          holds = holds && equal(eval(p.definitions[0]), eval(p.definitions[d]), false);
      if (holds) rows.push_back(copy);
    }
    if (rows.empty()) return false;
    rows_ = &rows;
    for (const Placeholder& p : rule_.placeholders) {
      std::vector<Value> distinct;
      for (const Copy& row : rows) {
        copy_ = &row;
        const Value v = Value::of(eval(p.definitions[0]));
        if (std::find(distinct.begin(), distinct.end(), v) == distinct.end()) distinct.push_back(v);
      }
      counts_.push_back(static_cast<int64_t>(distinct.size()));
      if (distinct.size() > 25) distinct.resize(25);
      out.placeholders.emplace_back(p.name, std::move(distinct));
    }
    const Copy first = rows.front();
    for (const Outcome& o : rule_.outcomes) {
      copy_ = &first;
      loose_ = true;
      Datum v = eval(o.value);
      loose_ = false;
      if (o.type == Type::real && v.type() == Type::integer) v = Datum::real(v.as_real());
      outcomes_.push_back(v);
    }
    copy_ = &first;
    if (rule_.condition != kNoExpr && !eval(rule_.condition).as_bool()) return false;
    for (size_t i = 0; i < outcomes_.size(); ++i)
      out.outcomes.emplace_back(rule_.outcomes[i].name, Value::of(outcomes_[i]));
    out.matched_rows = rows.size();
    return true;
  }

 private:
  // The slots that expand rows below these expressions, in the order of the rule's slots.
  std::vector<const Slot*> slots_below(std::vector<ExprId> roots) const {
    std::set<uint32_t> found;
    std::set<ExprId> seen;
    while (!roots.empty()) {
      const ExprId id = roots.back();
      roots.pop_back();
      if (!seen.insert(id).second) continue;
      const Expr& e = rule_.exprs[id];
      if (e.op == Op::slot && rule_.slots[e.index].quantifier == Quantifier::each && rule_.slots[e.index].repeated())
        found.insert(e.index);
      if (e.op == Op::placeholder)
        for (ExprId d : rule_.placeholders[e.index].definitions) roots.push_back(d);
      roots.insert(roots.end(), e.args.begin(), e.args.end());
    }
    std::vector<const Slot*> out;
    for (uint32_t i : found) out.push_back(&rule_.slots[i]);
    return out;
  }

  static void step(Path& path, const Step& s) {
    path.push_back(s.field);
    if (s.index >= 0) path.insert(path.end(), static_cast<size_t>(s.index) + 1, nullptr);
  }

  // Every copy, once for each element of each repeated field of these slots that it has not chosen yet.
  std::vector<Copy> copies(std::vector<Copy> from, const std::vector<const Slot*>& slots) const {
    for (const Slot* slot : slots) {
      for (size_t i = 0; i < slot->steps.size() - (slot->keyed ? 1 : 0); ++i) {
        const Step& s = slot->steps[i];
        if (!s.field->repeated || s.index >= 0) continue;
        std::vector<Copy> more;
        for (const Copy& copy : from) {
          Walk walk = follow(*slot, i, copy);
          step(walk.path, s);
          if (copy.contains(walk.path)) {
            more.push_back(copy);
            continue;
          }
          const size_t n = walk.at ? walk.at->list(*s.field).size() : 0;
          Copy made = copy;
          for (size_t k = 0; k < n; ++k) {
            made[walk.path] = static_cast<int64_t>(k);
            more.push_back(made);
          }
          if (n == 0) {
            made[walk.path] = -1;
            more.push_back(made);
          }
        }
        from = std::move(more);
      }
    }
    return from;
  }

  static event::Value element(const Message* m, const event::Field& field, int64_t index) {
    if (m == nullptr || index < 0) return {};
    const auto list = m->list(field);
    return static_cast<size_t>(index) < list.size() ? list[static_cast<size_t>(index)] : event::Value();
  }

  // The message before step `end` of a slot, on a copy.
  Walk follow(const Slot& slot, size_t end, const Copy& copy) const {
    Walk walk{&event_.root(), {}};
    for (size_t i = 0; i < end; ++i) {
      const Step& s = slot.steps[i];
      step(walk.path, s);
      if (!s.field->repeated) walk.at = walk.at ? walk.at->get(*s.field).as_message() : nullptr;
      else walk.at = element(walk.at, *s.field, s.index >= 0 ? s.index : copy.at(walk.path)).as_message();
    }
    return walk;
  }

  static Datum scalar(const event::Value& v, Type type) {
    if (type == Type::text) return Datum::text(v.as_text());
    if (type == Type::boolean) return Datum::boolean(v.as_bool());
    if (type == Type::integer) return Datum::integer(v.as_int());
    return Datum::real(v.type() == event::Value::Type::real ? v.as_real() : static_cast<double>(v.as_int()));
  }

  // All values of a slot from step `i` on, below a message, flattened; with a copy, repeated fields that it has chosen
  // are followed there.
  void values(const Slot& slot, size_t i, const Message* m, Path path, const Copy* copy,
              std::vector<Datum>& out) const {
    const Step& s = slot.steps[i];
    const bool last = i + 1 == slot.steps.size();
    if (last && slot.keyed) {
      if (m == nullptr) return;
      if (s.field->kind == event::Kind::map) {
        const event::Map* map = m->get(*s.field).as_map();
        if (map != nullptr)
          for (const auto& e : map->entries())
            if (e.key == slot.key) return out.push_back(Datum::text(e.value.as_text()));
      } else {
        for (const event::Value& v : m->list(*s.field))
          if (v.as_message()->get("key").as_text() == slot.key)
            return out.push_back(Datum::text(v.as_message()->get("value").as_text()));
      }
      // A label of a noun is an ordinary field: absent is zero.
      if (slot.follows_noun) out.push_back(Datum::text({}));
      return;
    }
    step(path, s);
    std::vector<event::Value> items;
    if (!s.field->repeated) items.push_back(m ? m->get(*s.field) : event::Value());
    else if (s.index >= 0) items.push_back(element(m, *s.field, s.index));
    else if (copy && copy->contains(path)) items.push_back(element(m, *s.field, copy->at(path)));
    else if (m) items.assign(m->list(*s.field).begin(), m->list(*s.field).end());
    for (const event::Value& v : items) {
      if (last) out.push_back(scalar(v, slot.type));
      else values(slot, i + 1, v.as_message(), path, copy, out);
    }
  }

  Datum read(const Slot& slot) {
    std::vector<Datum> found;
    if (slot.quantifier != Quantifier::each) return quantified_;
    if (!slot.keyed || slot.follows_noun) {
      Copy copy = *copy_;
      if (loose_) copy = copies({copy}, {&slot}).front();
      values(slot, 0, &event_.root(), {}, &copy, found);
      return found.empty() ? Datum::zero(slot.type) : found[0];
    }
    // A plain map access: the first string, below what is expanded here.
    values(slot, 0, &event_.root(), {}, copy_, found);
    return found.empty() ? Datum::text({}) : found[0];
  }

  Datum kept(const std::string& s) { return Datum::text(calls_.keep(s)); }
  Datum kept(const std::vector<Datum>& items) {
    auto* copy = static_cast<Datum*>(memory_.allocate(items.size() * sizeof(Datum) + 1, alignof(Datum)));
    std::copy(items.begin(), items.end(), copy);
    return Datum::list({copy, items.size()});
  }

  static re2::RE2::Options options(bool nocase) {
    re2::RE2::Options o;
    o.set_case_sensitive(!nocase);
    o.set_log_errors(false);
    return o;
  }
  static bool search(std::string_view text, const std::string& pattern, bool nocase) {
    if (pattern.find("(?s") == std::string::npos && pattern.find("(?is") == std::string::npos)
      text = text.substr(0, text.find('\n'));
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), re2::RE2(pattern, options(nocase)));
  }

  Datum call(const Expr& e) {
    std::vector<Datum> args;
    for (ExprId id : e.args) args.push_back(eval(id));
    const std::string_view name = e.function->name;
    if (name.starts_with("re.")) {
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
    if (e.nocase)
      for (Datum& d : args) d = kept(fold(d.as_text()));
    return e.function->run(calls_, args);
  }

  Datum aggregate(const Expr& e) {
    const Copy* before = copy_;
    loose_ = false;
    std::vector<Datum> all;
    std::vector<const Slot*> slots;
    if (!e.args.empty()) slots = slots_below({e.args[0]});
    for (const Copy& row : *rows_) {
      row_ = &row;
      for (const Copy& copy : copies({row}, slots)) {
        copy_ = &copy;
        all.push_back(e.args.empty() ? Datum::integer(0) : eval(e.args[0]));
      }
    }
    row_ = nullptr;
    copy_ = before;
    loose_ = true;
    std::vector<Datum> distinct;
    for (const Datum& d : all)
      if (std::none_of(distinct.begin(), distinct.end(),
                       [&](const Datum& x) { return x.type() == d.type() && equal(x, d, false); }))
        distinct.push_back(d);
    double sum = 0, squares = 0;
    int64_t whole = 0;
    Datum least = all[0], most = all[0];
    for (const Datum& d : all) {
      sum += d.as_real();
      whole += d.as_int();
      if (order(d, least) < 0) least = d;
      if (order(d, most) > 0) most = d;
    }
    const double mean = sum / static_cast<double>(all.size());
    for (const Datum& d : all) squares += (d.as_real() - mean) * (d.as_real() - mean);
    switch (e.kind) {
      case Aggregate::max:
      case Aggregate::latest:
        return most;
      case Aggregate::min:
      case Aggregate::earliest:
        return least;
      case Aggregate::sum:
        return e.type == Type::integer ? Datum::integer(whole) : Datum::real(sum);
      case Aggregate::avg:
        return Datum::real(mean);
      case Aggregate::stddev:
        return Datum::real(std::sqrt(squares / static_cast<double>(all.size())));
      case Aggregate::count:
        return Datum::integer(static_cast<int64_t>(all.size()));
      case Aggregate::count_distinct:
        return Datum::integer(static_cast<int64_t>(distinct.size()));
      case Aggregate::array:
        all.resize(std::min<size_t>(all.size(), 25));
        return kept(all);
      case Aggregate::array_distinct:
        distinct.resize(std::min<size_t>(distinct.size(), 25));
        return kept(distinct);
    }
    return {};
  }

  Datum eval(ExprId id) {
    const Expr& e = rule_.exprs[id];
    const auto arg = [&](size_t i) { return eval(e.args[i]); };
    switch (e.op) {
      case Op::constant:
        return Datum::of(e.value);
      case Op::slot:
        return read(rule_.slots[e.index]);
      case Op::whole: {
        std::vector<Datum> all;
        values(rule_.slots[e.index], 0, &event_.root(), {}, nullptr, all);
        return kept(all);
      }
      case Op::list: {
        std::vector<Datum> all;
        for (ExprId a : e.args) all.push_back(eval(a));
        return kept(all);
      }
      case Op::placeholder: {
        // Its value belongs to the row, whatever an aggregate expands beyond that.
        const Copy* here = copy_;
        if (row_) copy_ = row_;
        const Datum v = eval(rule_.placeholders[e.index].definitions[0]);
        copy_ = here;
        return v;
      }
      case Op::enum_name:
        return Datum::text(e.enumeration->name_of(arg(0).as_int()));
      case Op::all_of:
        for (ExprId a : e.args)
          if (!eval(a).as_bool()) return Datum::boolean(false);
        return Datum::boolean(true);
      case Op::any_of:
        for (ExprId a : e.args)
          if (eval(a).as_bool()) return Datum::boolean(true);
        return Datum::boolean(false);
      case Op::negate:
        return Datum::boolean(!arg(0).as_bool());
      case Op::equal:
        return Datum::boolean(equal(arg(0), arg(1), e.nocase));
      case Op::not_equal:
        return Datum::boolean(!equal(arg(0), arg(1), e.nocase));
      case Op::less:
        return Datum::boolean(order(arg(0), arg(1)) < 0);
      case Op::less_equal:
        return Datum::boolean(order(arg(0), arg(1)) <= 0);
      case Op::greater:
        return Datum::boolean(order(arg(0), arg(1)) > 0);
      case Op::greater_equal:
        return Datum::boolean(order(arg(0), arg(1)) >= 0);
      case Op::match:
        return Datum::boolean(search(arg(0).as_text(), std::get<std::string>(e.value), e.nocase));
      case Op::in_list: {
        const std::string_view text = arg(0).as_text();
        for (const std::string& line : lists_.find(std::get<std::string>(e.value))->second) {
          const bool hit = e.list_mode == ListMode::exact   ? (e.nocase ? fold(text) == fold(line) : text == line)
                           : e.list_mode == ListMode::regex ? search(text, line, e.nocase)
                                                            : net::in_cidr(text, line);
          if (hit) return Datum::boolean(true);
        }
        return Datum::boolean(false);
      }
      case Op::any:
      case Op::all: {
        std::vector<Datum> all;
        values(rule_.slots[e.index], 0, &event_.root(), {}, nullptr, all);
        for (const Datum& d : all) {
          const Datum before = quantified_;
          quantified_ = d;
          const bool holds = arg(0).as_bool();
          quantified_ = before;
          if (holds == (e.op == Op::any)) return Datum::boolean(e.op == Op::any);
        }
        return Datum::boolean(e.op == Op::all);
      }
      case Op::call:
        return call(e);
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::modulo:
      case Op::minus: {
        const Datum a = arg(0), b = e.args.size() > 1 ? arg(1) : Datum::integer(0);
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
      case Op::choose: {
        const Datum v = arg(arg(0).as_bool() ? 1 : 2);
        return e.type == Type::real ? Datum::real(v.as_real()) : v;
      }
      case Op::aggregate:
        return aggregate(e);
      case Op::outcome:
        return outcomes_[e.index];
      case Op::exists:
        return Datum::boolean(true);
      case Op::count:
        return Datum::integer(1);
      case Op::placeholder_count:
        return Datum::integer(counts_[e.index]);
    }
    return {};
  }

  const Rule& rule_;
  const event::Event& event_;
  const ReferenceLists& lists_;
  std::pmr::monotonic_buffer_resource memory_;
  CallContext calls_{};
  std::vector<const Slot*> expanded_;
  const Copy* copy_ = nullptr;
  const Copy* row_ = nullptr;  // inside an aggregate: the row without what the aggregate expands
  const std::vector<Copy>* rows_ = nullptr;
  Datum quantified_;
  bool loose_ = false;  // outside rows: a repeated field that the row has not chosen is read at its first element
  std::vector<Datum> outcomes_;
  std::vector<int64_t> counts_;
};

}  // namespace

std::vector<Detection> oracle_run(const std::vector<Rule>& rules, const event::Event& event,
                                  const ReferenceLists& lists) {
  std::vector<Detection> out;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    Detection detection{.rule = i};
    if (Oracle(rules[i], event, lists).run(detection)) out.push_back(std::move(detection));
  }
  return out;
}

}  // namespace sekisho::engine
