// Takes a correlation with all it refers to, gives its plan. Entry: lower_correlation(). Refuses what the plan cannot
// say: rules and correlations counted together, an order among some of many rules, conditions over rules beyond
// and/or/not of names.
#include "sigma/correlate.h"

#include <algorithm>
#include <cfloat>

#include "base/strings.h"
#include "event/schema.h"

namespace sekisho::sigma {
namespace {

using engine::ExprId;
using engine::kNoExpr;
using engine::Op;
using Type = Correlation::Type;

// Several parts on the events of one variable.
struct Group {
  std::vector<uint32_t> parts;  // indexes into links.all
  bool negated = false;         // must not happen
  uint32_t variable = 0;
  std::vector<ExprId> conditions;  // of each part, when there are several
};

class Correlator {
 public:
  Correlator(const Links& links, uint32_t index, const Lowering& how)
      : links_(links),
        me_(links.all[index]),
        document_(*me_.document),
        c_(document_.correlation),
        how_(how),
        plan_(begin_plan(document_, how)) {}

  engine::Rule run() {
    describe_parts();
    std::vector<Group> groups = group();
    if (!good_) return std::move(plan_);
    std::vector<ExprId> where;
    for (Group& g : groups) where.push_back(events_of(g));
    if (!good_) return std::move(plan_);
    engine::Match match;
    match.seconds = c_.seconds;
    match.span = c_.timespan;
    for (const Reference& key : c_.group_by) match.keys.push_back(group_key(key, groups, where));
    plan_.match = std::move(match);
    if (c_.type == Type::temporal_ordered)
      for (size_t i = 1; i < groups.size(); ++i)
        where.push_back(plan_.compare(Op::less_equal, plan_.event_time(groups[i - 1].variable, c_.span),
                                      plan_.event_time(groups[i].variable, c_.span), false, c_.span));
    const ExprId condition = condition_of(groups, where);
    // Flat, so that the engine sees what reads which variable.
    std::vector<ExprId> all;
    for (const ExprId id : where) {
      const engine::Expr& e = plan_.exprs[id];
      if (e.op == Op::all_of) all.insert(all.end(), e.args.begin(), e.args.end());
      else all.push_back(id);
    }
    plan_.where = all.size() == 1 ? all[0] : plan_.all_of(std::move(all), c_.span);
    plan_.condition = condition;
    const auto bounded = std::find_if(groups.begin(), groups.end(), [](const Group& g) { return !g.negated; });
    for (const std::string& extra : me_.extras) plan_.outcome(extra, read(*bounded, extra, c_.span));
    return std::move(plan_);
  }

 private:
  const Document& part(uint32_t id) const { return *links_.all[id].document; }
  bool chained(uint32_t id) const { return part(id).kind == Document::Kind::correlation; }
  bool temporal() const { return c_.type == Type::temporal || c_.type == Type::temporal_ordered; }

  void error(std::string text, Span at, std::string hint = {}) {
    good_ = false;
    how_.errors->push_back({"sigma.correlation", std::move(text), how_.files[document_.file], at, std::move(hint), {}});
  }

  const std::string& field(const std::string& key, uint32_t id) const {
    const std::string* const found = field_of(c_, key, part(id));
    return found != nullptr ? *found : key;  // resolve() has refused gaps
  }

  // Whose rules these are stays with what is made of them; so do their log sources.
  void describe_parts() {
    std::string rules, authors;
    std::vector<uint32_t> open(me_.parts.rbegin(), me_.parts.rend()), seen;
    while (!open.empty()) {
      const uint32_t id = open.back();
      open.pop_back();
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      const Document& d = part(id);
      std::string author;
      for (const auto& [key, value] : d.meta)
        if (key == "author") author = value;
      rules += (rules.empty() ? "" : "; ") + d.title + (author.empty() ? "" : " by " + author);
      if (!author.empty() && authors.find(author) == std::string::npos)
        authors += (authors.empty() ? "" : ", ") + author;
      if (d.kind == Document::Kind::rule &&
          std::find(plan_.logsources.begin(), plan_.logsources.end(), d.logsource) == plan_.logsources.end())
        plan_.logsources.push_back(d.logsource);
      const auto& below = links_.all[id].parts;
      open.insert(open.end(), below.rbegin(), below.rend());
    }
    plan_.meta.emplace_back("rules", rules);
    if (plan_.meta_value("author").empty() && !authors.empty()) {
      std::erase_if(plan_.meta, [](const auto& m) { return m.first == "author"; });
      plan_.meta.emplace_back("author", authors);
    }
  }

  // ---- which parts share a variable

  std::vector<Group> group() {
    std::vector<Group> out;
    if (!temporal() || (c_.over_rules.has_value() ? false : !needs_all())) {
      if (c_.type == Type::temporal_ordered) {
        error("an order among some of the rules only cannot be told", c_.bounds.front().span,
              "leave the condition out: all rules in their order");
        return out;
      }
      out.push_back({me_.parts, false, 0, {}});
    } else if (c_.over_rules) {
      out = groups_of(*c_.over_rules);
    } else {
      for (const uint32_t id : me_.parts) out.push_back({{id}, false, 0, {}});
    }
    for (const Group& g : out)
      for (const uint32_t id : g.parts)
        if (chained(id) != chained(g.parts[0])) {
          error("rules and correlations cannot be counted together", c_.span,
                "use two correlations, and one above them");
          return out;
        }
    return out;
  }

  // Do the bounds hold for all rules together, and for no fewer?
  bool needs_all() const {
    for (size_t n = 1; n <= me_.parts.size(); ++n)
      if (holds(static_cast<double>(n)) != (n == me_.parts.size())) return false;
    return true;
  }
  bool holds(double n) const {
    if (c_.bounds.empty()) return n == static_cast<double>(me_.parts.size());
    return std::all_of(c_.bounds.begin(), c_.bounds.end(), [n](const Correlation::Bound& b) {
      switch (b.op) {
        case Op::equal:
          return n == b.number;
        case Op::not_equal:
          return n != b.number;
        case Op::less:
          return n < b.number;
        case Op::less_equal:
          return n <= b.number;
        case Op::greater:
          return n > b.number;
        default:
          return n >= b.number;
      }
    });
  }

  // "a and (b or c) and not d": one group for each operand of the and.
  std::vector<Group> groups_of(const Condition& condition) {
    std::vector<Group> out;
    std::vector<uint32_t> open{condition.root}, ands;
    while (!open.empty()) {
      const uint32_t id = open.back();
      open.pop_back();
      const ConditionNode& node = condition.nodes[id];
      const bool every = node.kind == ConditionNode::Kind::some_of && node.count == 0;
      if (node.kind == ConditionNode::Kind::all_of) open.insert(open.end(), node.args.rbegin(), node.args.rend());
      else if (every)
        for (const uint32_t p : named(node)) out.push_back({{p}, false, 0, {}});
      else ands.push_back(id);
    }
    for (const uint32_t id : ands) {
      const ConditionNode& node = condition.nodes[id];
      const bool negated = node.kind == ConditionNode::Kind::negate;
      Group g{alternatives(condition, negated ? node.args[0] : id), negated, 0, {}};
      if (!good_) return out;
      out.push_back(std::move(g));
    }
    std::vector<uint32_t> used;
    for (const Group& g : out) used.insert(used.end(), g.parts.begin(), g.parts.end());
    for (const uint32_t id : me_.parts)
      if (std::find(used.begin(), used.end(), id) == used.end())
        how_.warnings->push_back({"sigma.correlation",
                                  "the condition does not name \"" + printable(part(id).title) + "\"",
                                  how_.files[document_.file],
                                  c_.span,
                                  {},
                                  {}});
    const auto negated = [](const Group& g) { return g.negated; };
    if (good_ && std::all_of(out.begin(), out.end(), negated))
      error("a correlation needs at least one rule that is met", condition.nodes[condition.root].span);
    if (good_ && c_.type == Type::temporal_ordered && std::any_of(out.begin(), out.end(), negated))
      error("what does not happen has no place in an order", condition.nodes[condition.root].span,
            "use type temporal, or leave \"not\" out");
    if (c_.type == Type::temporal_ordered) {
      // The order is that of `rules`.
      const auto place = [&](const Group& g) { return std::find(me_.parts.begin(), me_.parts.end(), g.parts[0]); };
      std::stable_sort(out.begin(), out.end(), [&](const Group& a, const Group& b) { return place(a) < place(b); });
    }
    return out;
  }

  std::vector<uint32_t> alternatives(const Condition& condition, uint32_t root) {
    std::vector<uint32_t> out, open{root};
    while (!open.empty() && good_) {
      const ConditionNode& node = condition.nodes[open.back()];
      open.pop_back();
      std::vector<uint32_t> here;
      if (node.kind == ConditionNode::Kind::any_of) open.insert(open.end(), node.args.rbegin(), node.args.rend());
      else if (node.kind == ConditionNode::Kind::name || (node.kind == ConditionNode::Kind::some_of && node.count == 1))
        here = named(node);
      else
        error("a condition over rules is an \"and\" of names, of \"or\"s of names, and of \"not\"s of those", node.span,
              "build the rest from a correlation above this one");
      for (const uint32_t id : here)
        if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return out;
  }

  std::vector<uint32_t> named(const ConditionNode& node) {
    std::vector<uint32_t> out;
    std::vector<std::string_view> names;
    for (const uint32_t id : me_.parts) {
      const Document& d = part(id);
      const auto fits = [&](const std::string& s) {
        return !s.empty() && (node.kind == ConditionNode::Kind::name ? s == node.name : name_matches(node.name, s));
      };
      if (fits(d.name) || fits(d.id)) out.push_back(id);
      for (const std::string* s : {&d.name, &d.id})
        if (!s->empty()) names.push_back(*s);
    }
    if (out.empty())
      error("none of the rules is \"" + printable(node.name) + "\"", node.span, near_names(node.name, names));
    return out;
  }

  // ---- variables and fields

  ExprId events_of(Group& g) {
    const Document& first = part(g.parts[0]);
    std::string name = g.parts.size() > 1 ? "e" : !first.name.empty() ? first.name : first.id;
    for (char& c : name)
      if (!is_alnum(c)) c = '_';
    const auto taken = [&](const std::string& s) {
      return std::any_of(plan_.variables.begin(), plan_.variables.end(), [&](const auto& v) { return v.name == s; });
    };
    std::string unique = name.empty() ? "e" : name;
    for (int i = 2; taken(unique); ++i) unique = name + "_" + std::to_string(i);
    g.variable =
        plan_.variable(unique, chained(g.parts[0]) ? engine::Variable::Kind::detection : engine::Variable::Kind::raw);
    std::vector<ExprId> any;
    for (const uint32_t id : g.parts)
      any.push_back(chained(id) ? detections_of(id, g.variable) : matches_of(id, g.variable));
    g.conditions = any;
    return any.size() == 1 ? any[0] : plan_.any_of(std::move(any), c_.span);
  }

  ExprId matches_of(uint32_t id, uint32_t variable) {
    std::vector<const Document*> filters;
    for (const uint32_t f : links_.all[id].filters) filters.push_back(links_.all[f].document);
    std::vector<Error> told;  // with the rule itself
    const Lowering quiet{how_.files, how_.lists, &told, &told};
    const ExprId out = lower_detection(plan_, variable, part(id), filters, quiet);
    if (out != kNoExpr && plan_.exprs.size() <= kPlanSize) return out;
    error("the rules of this correlation become too large a plan", c_.span);
    return 0;
  }

  ExprId detections_of(uint32_t id, uint32_t variable) {
    for (const Linked& other : links_.all)
      if (other.document != &part(id) && other.document->kind != Document::Kind::filter &&
          other.document->title == part(id).title) {
        error("two rules have the title \"" + printable(part(id).title) +
                  "\": a correlation that others read needs its own",
              document_.title_span);
        break;
      }
    return plan_.compare(Op::equal, plan_.slot(detection_slot(variable, {"rule_name", {}, {}}), c_.span),
                         plan_.constant(part(id).title, c_.span), false, c_.span);
  }

  engine::Slot detection_slot(uint32_t variable, engine::PathStep last) const {
    const engine::PathStep path[] = {{"detection", {}, {}}, last};
    engine::Slot out = engine::resolve(event::Schema::get().detection(), path).value_or(engine::Slot{});
    out.variable = variable;
    return out;
  }

  // A field of the events of a rule, or of the detections of a correlation: a key of its groups, or an outcome.
  engine::Slot field_slot(uint32_t id, uint32_t variable, const std::string& name) const {
    if (!chained(id)) {
      engine::Slot out = engine::raw_slot(name, true);
      out.variable = variable;
      return out;
    }
    const auto& keys = part(id).correlation.group_by;
    const bool key = std::any_of(keys.begin(), keys.end(), [&](const Reference& r) { return r.text == name; });
    return detection_slot(variable, {key ? "detection_fields" : "outcomes", {}, std::string_view(name)});
  }

  bool same_field(const Group& g, const std::string& key) const {
    return std::all_of(g.parts.begin(), g.parts.end(),
                       [&](uint32_t id) { return field(key, id) == field(key, g.parts[0]); });
  }

  // A key or value of a group's event: which field it is may depend on the rule that it meets.
  ExprId read(const Group& g, const std::string& key, Span at) {
    ExprId out = plan_.slot(field_slot(g.parts.back(), g.variable, field(key, g.parts.back())), at);
    if (same_field(g, key) && !chained(g.parts[0])) return out;
    for (size_t i = g.parts.size() - 1; i-- > 0;)
      out = plan_.choose(g.conditions[i], plan_.slot(field_slot(g.parts[i], g.variable, field(key, g.parts[i])), at),
                         out, at);
    return out;
  }

  uint32_t group_key(const Reference& key, const std::vector<Group>& groups, std::vector<ExprId>& where) {
    const uint32_t placeholder = plan_.placeholder(key.text, engine::Type::text);
    bool chosen = false;
    for (const Group& g : groups) {
      const ExprId value = read(g, key.text, key.span);
      chosen |= plan_.exprs[value].op != Op::slot;
      plan_.define(placeholder, value);
    }
    // Keys that are plain fields are never "" by themselves.
    if (chosen)
      where.push_back(plan_.compare(Op::not_equal, plan_.placeholder_ref(placeholder, key.span),
                                    plan_.constant(std::string(), key.span), false, key.span));
    return placeholder;
  }

  // ---- conditions

  ExprId bounds(ExprId value) {
    std::vector<ExprId> all;
    for (const Correlation::Bound& b : c_.bounds)
      all.push_back(plan_.compare(b.op, value, plan_.constant(number_constant(b.number), b.span), false, b.span));
    return all.size() == 1 ? all[0] : plan_.all_of(std::move(all), c_.span);
  }

  ExprId condition_of(const std::vector<Group>& groups, std::vector<ExprId>& where) {
    const Group& g = groups[0];
    switch (c_.type) {
      case Type::event_count: {
        const ExprId counted = bounds(plan_.count_of(g.variable, c_.span));
        const bool open = std::all_of(c_.bounds.begin(), c_.bounds.end(), [](const Correlation::Bound& b) {
          return b.op == Op::less || b.op == Op::less_equal || b.op == Op::not_equal;
        });
        return open ? plan_.all_of({plan_.exists(g.variable, c_.span), counted}, c_.span) : counted;
      }
      case Type::temporal:
      case Type::temporal_ordered:
        return c_.over_rules || needs_all() ? all_happen(groups) : some_happen(g);
      default:
        return over_values(g, where);
    }
  }

  ExprId all_happen(const std::vector<Group>& groups) {
    std::vector<ExprId> all;
    for (const Group& g : groups) {
      const ExprId there = plan_.exists(g.variable, c_.span);
      all.push_back(g.negated ? plan_.negate(there, c_.span) : there);
    }
    return all.size() == 1 ? all[0] : plan_.all_of(std::move(all), c_.span);
  }

  // How many of the rules were met by the events of the window.
  ExprId some_happen(const Group& g) {
    ExprId sum = kNoExpr;
    for (const ExprId condition : g.conditions) {
      const ExprId met =
          plan_.choose(condition, plan_.constant(int64_t{1}, c_.span), plan_.constant(int64_t{0}, c_.span), c_.span);
      const ExprId once = plan_.aggregate(engine::Aggregate::max, met, c_.span);
      sum = sum == kNoExpr ? once : plan_.arithmetic(Op::add, sum, once, c_.span);
    }
    return bounds(plan_.outcome_ref(plan_.outcome("rules_met", sum), c_.span));
  }

  ExprId over_values(const Group& g, std::vector<ExprId>& where) {
    std::vector<ExprId> values;
    for (const Reference& key : c_.fields) {
      const ExprId value = read(g, key.text, key.span);
      values.push_back(value);
      // Events without the field have no part in it.
      const engine::Constant least =
          c_.type == Type::value_count ? engine::Constant(std::string()) : engine::Constant(-DBL_MAX);
      where.push_back(plan_.compare(c_.type == Type::value_count ? Op::not_equal : Op::greater_equal, value,
                                    plan_.constant(least, key.span), false, key.span));
    }
    const std::string name(type_name(c_.type));
    const Span at = c_.fields[0].span;
    if (c_.type == Type::value_count) {
      ExprId value = values[0];
      if (values.size() > 1) {
        std::vector<ExprId> pieces;
        for (const ExprId v : values) {
          if (!pieces.empty()) pieces.push_back(plan_.constant(std::string("\x1F"), at));
          pieces.push_back(v);
        }
        value = plan_.call(*engine::find_function("strings.concat"), std::move(pieces), false, at);
      }
      return bounds(
          plan_.outcome_ref(plan_.outcome(name, plan_.aggregate(engine::Aggregate::count_distinct, value, at)), at));
    }
    const ExprId number = plan_.call(*engine::find_function("cast.as_float"), {values[0]}, false, at);
    const engine::Aggregate kind = c_.type == Type::value_sum   ? engine::Aggregate::sum
                                   : c_.type == Type::value_avg ? engine::Aggregate::avg
                                                                : engine::Aggregate::percentile;
    return bounds(plan_.outcome_ref(plan_.outcome(name, plan_.aggregate(kind, number, at, c_.percentile)), at));
  }

  const Links& links_;
  const Linked& me_;
  const Document& document_;
  const Correlation& c_;
  const Lowering& how_;
  engine::Rule plan_;
  bool good_ = true;
};

}  // namespace

engine::Rule lower_correlation(const Links& links, uint32_t index, const Lowering& how) {
  return Correlator(links, index, how).run();
}

}  // namespace sekisho::sigma
