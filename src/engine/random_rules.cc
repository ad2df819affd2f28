// Takes choices, gives rules, entity records and events over a handful of fields and values. Entry: random_case().
// Refuses nothing; rules that the engine refuses are left out.
#include "engine/random_rules.h"

#include <algorithm>

#include "event/json.h"

namespace sekisho::engine {
namespace {

using event::EventBuilder;
using event::Node;

constexpr int64_t kBase = 1'767'225'600;  // 2026-01-01T00:00:00Z
const char* const kUsers[] = {"ada", "bob", "Ada", ""};
const char* const kAddresses[] = {"192.0.2.1", "192.0.2.2", "198.51.100.7"};
const char* const kTypes[] = {"login", "logout", "reset"};
const char* const kEventTypes[] = {"USER_LOGIN", "USER_LOGOUT"};
const char* const kActions[] = {"ALLOW", "BLOCK"};
const int64_t kLengths[] = {60, 100, 300};

class Maker {
 public:
  // large: for many events in one group, so of few variables.
  Maker(Choices& choices, size_t number, const std::vector<Rule>& before, int64_t length, bool large)
      : c_(choices), before_(before), length_(length), large_(large), metrics_(length > 1000) {
    rule_.name = "r" + std::to_string(number);
    rule_.language = "test";
  }

  Rule make() {
    const size_t what = large_ ? 24 + c_.below(76) : c_.below(100);
    if (what < 12) single();
    else if (what < 24 && !before_.empty()) composite();
    else several(what < 36 ? Variable::Kind::raw : Variable::Kind::event);
    return std::move(rule_);
  }
  bool mixed() const { return mixed_; }  // an aggregate reads several variables

 private:
  using Kind = Variable::Kind;

  // ---- fields

  ExprId text_field(uint32_t v) {
    static const char* const kEvent[] = {"principal.user.userid", "target.user.userid", "principal.ip",
                                         "principal.hostname", "metadata.product_event_type"};
    static const char* const kRaw[] = {"user", "ip", "info.host", "n"};
    static const char* const kEntity[] = {"entity.user.userid", "entity.user.title", "entity.ip"};
    static const char* const kDetection[] = {"detection.rule_name",
                                             "collection_elements.references.event.principal.user.userid"};
    static const char* const kTable[] = {"user", "level"};
    switch (rule_.variables[v].kind) {
      case Kind::event:
        if (c_.chance(15)) return field(v, "additional.fields[\"k\"]");
        if (c_.chance(large_ ? 30 : 6)) return field(v, "metadata.product_log_id");
        return field(v, c_.pick(kEvent));
      case Kind::raw:
        return raw(v, c_.pick(kRaw));
      case Kind::graph:
        return field(v, c_.pick(kEntity));
      case Kind::detection:
        return c_.chance(30) ? field(v, c_.pick(kDetection)) : field(v, "detection.outcomes[\"o0\"]");
      case Kind::table:
        return raw(v, c_.pick(kTable));
    }
    return kNoExpr;
  }
  ExprId user_field(uint32_t v) {
    switch (rule_.variables[v].kind) {
      case Kind::event:
        return field(v, c_.chance(75) ? "principal.user.userid" : "target.user.userid");
      case Kind::graph:
        return field(v, "entity.user.userid");
      case Kind::detection:
        return field(v, "detection.outcomes[\"o0\"]");
      default:
        return raw(v, "user");
    }
  }
  ExprId number_field(uint32_t v) {
    switch (rule_.variables[v].kind) {
      case Kind::event:
        return field(v, c_.chance(70) ? "network.sent_bytes" : "security_result.action");
      case Kind::graph:
        return field(v, "entity.port");
      default:
        return kNoExpr;
    }
  }
  ExprId field(uint32_t v, std::string_view path, Quantifier quantifier = Quantifier::each) {
    const event::Schema& schema = event::Schema::get();
    const Kind kind = rule_.variables[v].kind;
    std::vector<PathStep> steps;
    while (!path.empty()) {
      const size_t end = std::min(path.find_first_of(".["), path.size());
      PathStep step{path.substr(0, end), {}, {}};
      path.remove_prefix(end);
      if (path.starts_with("[\"")) {
        const size_t close = path.find("\"]");
        step.key = path.substr(2, close - 2);
        path.remove_prefix(close + 2);
      }
      if (path.starts_with('.')) path.remove_prefix(1);
      steps.push_back(step);
    }
    auto slot = resolve(kind == Kind::graph       ? schema.entity()
                        : kind == Kind::detection ? schema.detection()
                                                  : schema.event(),
                        steps, quantifier);
    if (!slot) return rule_.constant(std::string());
    slot->variable = v;
    return rule_.slot(*slot);
  }
  ExprId raw(uint32_t v, const char* name, bool first = true) {
    Slot slot = raw_slot(name, first);
    slot.variable = v;
    return rule_.slot(slot);
  }
  ExprId text(const char* s) { return rule_.constant(std::string(s)); }
  ExprId number(int64_t n) { return rule_.constant(n); }
  bool temporal(uint32_t v) const {
    return rule_.variables[v].kind != Kind::graph && rule_.variables[v].kind != Kind::table;
  }
  uint32_t any_variable() { return static_cast<uint32_t>(c_.below(rule_.variables.size())); }

  // ---- the events section

  ExprId predicate(uint32_t v, size_t depth = 1) {
    if (depth > 0 && c_.chance(20)) {
      switch (c_.below(3)) {
        case 0:
          return rule_.negate(predicate(v, depth - 1));
        case 1:
          return rule_.all_of({predicate(v, depth - 1), predicate(v, depth - 1)});
        default:
          return rule_.any_of({predicate(v, depth - 1), predicate(v, depth - 1)});
      }
    }
    switch (rule_.variables[v].kind) {
      case Kind::event:
        switch (c_.below(6)) {
          case 0:
            return rule_.compare(c_.chance(70) ? Op::equal : Op::not_equal, user_field(v), text(c_.pick(kUsers)),
                                 c_.chance(20));
          case 1:
            return rule_.quantified(
                rule_.compare(Op::equal, field(v, "principal.ip", c_.chance(70) ? Quantifier::any : Quantifier::all),
                              text(c_.pick(kAddresses))));
          case 2:
            return rule_.compare(c_.chance(50) ? Op::greater : Op::less_equal, number_field(v), number(count(3)));
          case 3:
            return rule_.in_list(user_field(v), "people", ListMode::exact, c_.chance(30));
          case 4:
            if (c_.chance(30))
              return rule_.compare(Op::less, rule_.call(*find_function("math.random"), {}), rule_.constant(0.7));
            [[fallthrough]];
          default:
            return rule_.compare(Op::equal, field(v, "metadata.product_event_type"), text(c_.pick(kTypes)));
        }
      case Kind::raw:
        switch (c_.below(5)) {
          case 0:
            return rule_.quantified(rule_.compare(Op::equal, raw(v, "ip", false), text(c_.pick(kAddresses))));
          case 1:
            return rule_.quantified(rule_.compare(Op::greater, raw(v, "n", false), number(count(3))));
          case 2:
            return rule_.has_field(slot_of(raw(v, "info.host", false)));
          default:
            return rule_.quantified(
                rule_.compare(Op::equal, raw(v, "type", false), text(c_.pick(kTypes)), c_.chance(30)));
        }
      case Kind::graph:
        return rule_.compare(Op::not_equal, field(v, "entity.user.title"), text(c_.chance(50) ? "admin" : "guest"));
      case Kind::detection:
        return rule_.compare(c_.chance(80) ? Op::equal : Op::not_equal, field(v, "detection.rule_name"),
                             rule_.constant("r" + std::to_string(c_.below(before_.size() + 1))));
      case Kind::table:
        return rule_.compare(Op::equal, raw(v, "level"), text(c_.chance(50) ? "1" : "2"));
    }
    return kNoExpr;
  }
  Slot slot_of(ExprId id) const { return rule_.slots[rule_.exprs[id].index]; }
  int64_t count(size_t n) { return static_cast<int64_t>(c_.below(n)); }
  int64_t threshold() { return large_ ? count(60) : count(2); }

  void relate(uint32_t a, uint32_t b) {
    const auto time = [&](uint32_t v) { return rule_.event_time(v); };
    switch (c_.below(5)) {
      case 0:
        where_.push_back(
            rule_.compare(c_.chance(60) ? Op::equal : Op::not_equal, text_field(a), text_field(b), c_.chance(15)));
        break;
      case 1:
        if (number_field(a) != kNoExpr && number_field(b) != kNoExpr)
          where_.push_back(rule_.compare(Op::less_equal, number_field(a), number_field(b)));
        break;
      case 2:
        if (temporal(a) && temporal(b)) {
          where_.push_back(rule_.compare(Op::less_equal, rule_.arithmetic(Op::subtract, time(b), time(a)),
                                         number(length_ / 2 * 1'000'000'000)));
        }
        break;
      default:
        if (temporal(a) && temporal(b))
          where_.push_back(rule_.compare(c_.chance(50) ? Op::less : Op::less_equal, time(a), time(b)));
        break;
    }
  }

  // A placeholder that some of the variables define.
  void key(uint32_t p, bool user) {
    const size_t form = c_.below(10);
    bool defined = false;
    const auto define = [&](uint32_t v) {
      ExprId value = user ? user_field(v) : text_field(v);
      if (form == 0 && rule_.type_of(value) == Type::text)
        value = rule_.call(*find_function("strings.to_lower"), {value});
      rule_.define(p, value);
      defined = true;
    };
    for (uint32_t v = 0; v < rule_.variables.size(); ++v)
      if (c_.chance(user ? 88 : 50)) define(v);
    if (!defined) define(any_variable());
  }

  void finish_where() { rule_.where = rule_.all_of(where_); }

  // ---- outcomes and the condition

  // What a metric looks up: events that satisfy a predicate, by one or two texts.
  Measure counted(const std::string& name) {
    Maker made(c_, 0, before_, length_, large_);
    Rule& rule = made.rule_;
    rule.variable("m", Kind::event);
    if (c_.chance(60)) rule.where = made.predicate(0);
    rule.match.emplace().seconds = 3600;
    for (size_t k = 0, n = 1 + c_.below(2); k < n; ++k) {
      const uint32_t p = rule.placeholder("m" + std::to_string(k), Type::text);
      rule.define(p, k == 0 ? made.user_field(0) : made.text_field(0));
      rule.match->keys.push_back(p);
    }
    if (c_.chance(50)) rule.outcome("sum", rule.aggregate(Aggregate::sum, made.field(0, "network.sent_bytes")));
    rule.options.allow_zero_values = c_.chance(20);
    return {name, std::make_shared<const Rule>(rule), rule.match->keys.size() > 1 && c_.chance(40)};
  }
  ExprId metric() {
    if (rule_.measures.empty() || c_.chance(40))
      rule_.measure(counted("m." + rule_.name + "." + std::to_string(rule_.measures.size())));
    const auto measure = static_cast<uint32_t>(c_.below(rule_.measures.size()));
    const Measure& m = rule_.measures[measure];
    MetricUse use{.of = static_cast<Observed>(c_.below(5)),
                  .over = static_cast<OverPeriods>(c_.below(8)),
                  .today = c_.chance(40),
                  .filtered = c_.chance(25)};
    std::vector<ExprId> args;
    for (size_t n = m.counts->match->keys.size() - (m.unique ? 1 : 0); n > 0; --n) {
      if (!rule_.placeholders.empty() && c_.chance(50))
        args.push_back(rule_.placeholder_ref(static_cast<uint32_t>(c_.below(rule_.placeholders.size()))));
      else args.push_back(c_.chance(20) ? text(c_.pick(kUsers)) : user_field(any_variable()));
    }
    if (use.filtered)
      args.push_back(rule_.compare(c_.chance(50) ? Op::greater : Op::less_equal,
                                   rule_.observed(c_.chance(70) ? Observed::event_count_sum : Observed::value_sum),
                                   number(count(4))));
    const ExprId made = rule_.metric(measure, use, std::move(args));
    if (!rule_.match && c_.chance(30)) return made;
    static const Aggregate kNumber[] = {Aggregate::max, Aggregate::max, Aggregate::min, Aggregate::sum};
    return rule_.aggregate(c_.pick(kNumber), made);
  }

  ExprId outcome() {
    if (rule_.variables[0].kind == Kind::event && c_.chance(metrics_ ? 60 : 4)) return metric();
    const uint32_t v = any_variable();
    static const Aggregate kText[] = {Aggregate::count_distinct, Aggregate::array, Aggregate::array_distinct,
                                      Aggregate::count};
    static const Aggregate kNumber[] = {Aggregate::max, Aggregate::min, Aggregate::sum, Aggregate::avg,
                                        Aggregate::stddev};
    const ExprId n = number_field(v);
    const uint32_t other = any_variable();
    if (c_.chance(8) && n != kNoExpr) {
      static const Aggregate kMore[] = {Aggregate::variance, Aggregate::median, Aggregate::avg, Aggregate::min,
                                        Aggregate::max};
      const ExprId id = rule_.aggregate(c_.pick(kMore), n);
      if (c_.chance(50) && rule_.exprs[id].kind != Aggregate::variance) rule_.exprs[id].value = true;
      return id;
    }
    if (c_.chance(5)) {
      const ExprId when = rule_.event_time(v);
      const ExprId id = rule_.aggregate(c_.chance(30) ? Aggregate::mode : Aggregate::first, text_field(v));
      Expr& e = rule_.exprs[id];
      if (e.kind == Aggregate::mode) return id;
      if (c_.chance(50)) e.kind = Aggregate::last;
      e.args.insert(e.args.begin(), when);
      return id;
    }
    if (v != other && c_.chance(10)) {
      mixed_ = true;
      const ExprId both = rule_.call(*find_function("strings.concat"), {user_field(v), user_field(other)});
      return rule_.aggregate(c_.pick(kText), both);
    }
    switch (c_.below(9)) {
      case 0:
        return rule_.aggregate(Aggregate::count);
      case 1:
        if (n != kNoExpr) return rule_.aggregate(c_.pick(kNumber), n);
        [[fallthrough]];
      case 2:
        if (n != kNoExpr) return rule_.aggregate(Aggregate::percentile, n, {}, 25.0 * static_cast<double>(c_.below(5)));
        [[fallthrough]];
      case 3:
        if (!rule_.placeholders.empty())
          return rule_.aggregate(c_.pick(kText),
                                 rule_.placeholder_ref(static_cast<uint32_t>(c_.below(rule_.placeholders.size()))));
        [[fallthrough]];
      case 4:
        return text_field(v);
      case 5: {
        const ExprId yes = predicate(v, 0);
        return rule_.aggregate(Aggregate::sum, rule_.choose(yes, number(1), number(0)));
      }
      case 6:
        return rule_.arithmetic(c_.chance(50) ? Op::add : Op::multiply, rule_.aggregate(Aggregate::count),
                                number(count(3)));
      default:
        return rule_.aggregate(c_.pick(kText), text_field(v));
    }
  }

  ExprId ask(uint32_t v, bool may_be_absent) {
    static const Op kLow[] = {Op::greater, Op::greater_equal};
    if (may_be_absent && c_.chance(50)) {
      switch (c_.below(4)) {
        case 0:
          return rule_.compare(Op::less, rule_.count_of(v), number(1 + threshold()));
        case 1:
          return rule_.compare(Op::equal, rule_.count_of(v), number(0));
        case 2:
          return rule_.compare(Op::greater_equal, rule_.count_of(v), number(0));
        default:
          return rule_.negate(rule_.exists(v));
      }
    }
    switch (c_.below(8)) {
      case 0:
        return rule_.compare(Op::equal, rule_.count_of(v), number(1 + threshold()));
      case 1:
        return rule_.compare(Op::not_equal, rule_.count_of(v), number(0));
      case 2:
        return rule_.any_of({rule_.compare(Op::greater, rule_.count_of(v), number(1)),
                             rule_.compare(Op::equal, rule_.count_of(v), number(1 + threshold()))});
      case 3:
      case 4:
        return rule_.compare(c_.pick(kLow), rule_.count_of(v), number(1 + threshold()));
      default:
        return rule_.exists(v);
    }
  }

  void condition() {
    if (c_.chance(8)) return;
    std::vector<ExprId> all;
    const bool absence = c_.chance(25);
    for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
      if (!temporal(v)) {
        if (c_.chance(60)) all.push_back(rule_.exists(v));
      } else if (c_.chance(85)) {
        all.push_back(ask(v, absence));
      }
    }
    static const Op kCompare[] = {Op::greater,    Op::greater_equal, Op::greater_equal, Op::less,
                                  Op::less_equal, Op::equal,         Op::not_equal};
    if (!rule_.placeholders.empty() && c_.chance(20))
      all.push_back(rule_.compare(c_.pick(kCompare),
                                  rule_.placeholder_count(static_cast<uint32_t>(c_.below(rule_.placeholders.size()))),
                                  number(1 + threshold())));
    for (uint32_t o = 0; o < rule_.outcomes.size(); ++o) {
      const Type type = rule_.outcomes[o].type;
      if (!c_.chance(35)) continue;
      // No sum of small numbers meets this bound by rounding alone.
      const ExprId bound = type == Type::integer ? number(large_ ? threshold() : count(4)) : rule_.constant(1.7321);
      if (type == Type::integer || type == Type::real)
        all.push_back(rule_.compare(c_.pick(kCompare), rule_.outcome_ref(o), bound));
    }
    if (!all.empty()) rule_.condition = all.size() == 1 ? all[0] : rule_.all_of(all);
  }

  // ---- kinds of rules

  void single() {
    rule_.variable("e", c_.chance(25) ? Kind::raw : Kind::event);
    for (size_t n = 1 + c_.below(2); n > 0; --n) where_.push_back(predicate(0));
    if (c_.chance(40)) key(rule_.placeholder("p", Type::text), true);
    finish_where();
    rule_.outcome("o0", user_field(0));
    for (size_t n = c_.below(2); n > 0; --n) rule_.outcome("x" + std::to_string(n), outcome());
    if (c_.chance(15)) {
      rule_.options.suppression_seconds = length_ * 2;
      if (c_.chance(60)) rule_.options.suppression_key = 0;
    }
    rule_.silent = c_.chance(10);
  }

  void window() {
    static const Match::Window kKinds[] = {Match::Window::hop, Match::Window::hop, Match::Window::tumbling,
                                           Match::Window::before, Match::Window::after};
    rule_.match->seconds = length_;
    rule_.match->window = c_.pick(kKinds);
    do rule_.match->pivot = any_variable();
    while (!temporal(rule_.match->pivot));
  }

  void options() {
    rule_.options.allow_zero_values = c_.chance(20);
    if (c_.chance(10)) rule_.options.suppression_seconds = length_ * 2;
    rule_.silent = c_.chance(6);
  }

  void several(Kind kind) {
    static const char* const kNames[] = {"a", "b", "c"};
    const size_t events = large_ ? 1 + c_.below(5) / 4 : 1 + c_.below(10) / 4;
    for (size_t i = 0; i < events; ++i) rule_.variable(kNames[i], kind);
    if (kind == Kind::event && !large_ && c_.chance(22)) rule_.variable("g", Kind::graph);
    if (!large_ && c_.chance(8)) rule_.variable("table", Kind::table);
    body(events > 1 || rule_.variables.size() == 1 || c_.chance(70));
  }

  void composite() {
    rule_.variable("d", Kind::detection);
    if (c_.chance(30)) rule_.variable("e", Kind::event);
    else if (c_.chance(25)) rule_.variable("d2", Kind::detection);
    body(rule_.variables.size() > 1 || c_.chance(80));
  }

  void body(bool with_match) {
    for (uint32_t v = 0; v < rule_.variables.size(); ++v)
      for (size_t n = c_.below(5) / 2; n > 0; --n) where_.push_back(predicate(v));
    if (with_match) {
      rule_.match.emplace();
      for (size_t k = 0, n = c_.below(10) == 0 ? 0 : 1 + c_.below(5) / 4; k < n; ++k) {
        const uint32_t p = rule_.placeholder("k" + std::to_string(k), Type::text);
        rule_.match->keys.push_back(p);
        key(p, k == 0);
      }
      window();
      options();
    } else {
      key(rule_.placeholder("k0", Type::text), true);
    }
    if (c_.chance(30)) key(rule_.placeholder("p", Type::text), false);
    for (uint32_t v = 1; v < rule_.variables.size(); ++v)
      if (c_.chance(35)) relate(v - 1, v);
    if (c_.chance(10) && !rule_.placeholders.empty())
      where_.push_back(rule_.compare(Op::not_equal, rule_.placeholder_ref(0), text(c_.pick(kUsers))));
    finish_where();
    rule_.outcome("o0", user_field(0));
    for (size_t n = c_.below(3); n > 0; --n) rule_.outcome("x" + std::to_string(n), outcome());
    condition();
  }

  Choices& c_;
  const std::vector<Rule>& before_;
  const int64_t length_;
  const bool large_;
  const bool metrics_;  // there are days to look back on
  Rule rule_;
  std::vector<ExprId> where_;
  bool mixed_ = false;
};

// ---- events

std::string udm_event(Choices& c, Timestamp time, size_t number, bool timed) {
  EventBuilder b;
  const Node metadata = b.root().child("metadata");
  metadata.set("product_log_id", std::to_string(number));
  if (timed) metadata.set_time("event_timestamp", time.seconds, time.nanos);
  metadata.set("product_event_type", c.pick(kTypes)).set("event_type", c.pick(kEventTypes));
  if (c.chance(90)) b.root().child("principal").child("user").set("userid", c.pick(kUsers));
  if (c.chance(40)) b.root().child("target").child("user").set("userid", c.pick(kUsers));
  if (c.chance(30)) b.root().child("principal").set("hostname", c.chance(50) ? "h1" : "h2");
  for (size_t n = c.below(3); n > 0; --n) b.root().child("principal").append("ip", c.pick(kAddresses));
  if (c.chance(50)) b.root().child("network").set("sent_bytes", static_cast<int64_t>(c.below(4)));
  for (size_t n = c.chance(30) ? c.below(3) : 0; n > 0; --n)
    b.root().add("security_result").append("action", c.pick(kActions));
  std::string out;
  event::write_json(std::move(b).seal(), out);
  // An undeclared key, which only JSON can bring.
  if (c.chance(30)) out.insert(1, "\"additional\":{\"k\":\"" + std::string(c.pick(kUsers)) + "\"},");
  return out;
}

std::string raw_event(Choices& c, size_t number) {
  const auto quoted = [](std::string_view s) { return '"' + std::string(s) + '"'; };
  std::string out = "{\"id\":" + std::to_string(number) + ",\"type\":" + quoted(c.pick(kTypes));
  if (c.chance(90)) out += ",\"user\":" + quoted(c.pick(kUsers));
  if (c.chance(60)) {
    out += ",\"ip\":[" + quoted(c.pick(kAddresses));
    if (c.chance(50)) out += "," + quoted(c.pick(kAddresses));
    out += "]";
  }
  if (c.chance(40)) out += c.chance(80) ? ",\"info\":{\"host\":\"h1\"}" : ",\"info\":{\"host\":null}";
  if (c.chance(20)) out += ",\"info.host\":\"h2\"";
  if (c.chance(60)) out += ",\"n\":" + std::string(c.chance(50) ? "2" : c.chance(50) ? "\"3\"" : "1.5");
  return out + "}";
}

// near: the time of an event, so that intervals start and end at one.
std::string entity(Choices& c, Timestamp near, int64_t length) {
  EventBuilder b(event::Schema::get().entity());
  const Node user = b.root().child("entity").child("user");
  user.set("userid", c.pick(kUsers)).set("title", c.chance(50) ? "admin" : "clerk");
  b.root().child("entity").set("port", static_cast<int64_t>(c.below(3)));
  if (c.chance(50)) b.root().child("entity").append("ip", c.pick(kAddresses));
  const Node metadata = b.root().child("metadata");
  const auto at = [&] {
    return near.seconds + (c.chance(60) ? 0 : static_cast<int64_t>(c.below(2 * static_cast<size_t>(length))) - length);
  };
  if (c.chance(40)) metadata.child("interval").set_time("start_time", at(), near.nanos);
  if (c.chance(40)) metadata.child("interval").set_time("end_time", at(), near.nanos);
  std::string out;
  event::write_json(std::move(b).seal(), out);
  return out;
}

}  // namespace

PairCase random_case(Choices& c) {
  PairCase out;
  out.lists = {{"people", {"ada", "bob"}}, {"table.user", {"ada", "bob", "ada"}}, {"table.level", {"1", "2", "2"}}};
  const int64_t length = c.pick(kLengths) * (c.chance(15) ? 500 : 1);
  const bool large = c.chance(6), careless = c.chance(6);
  out.all_in_time = !careless;
  for (size_t want = 1 + c.below(3), tries = 0; out.rules.size() < want && tries < 12; ++tries) {
    Maker maker(c, out.rules.size(), out.rules, length, large);
    Rule rule = maker.make();
    // No language makes these: a pivot that may be absent, an aggregate over that and something else.
    const auto absent = [&](uint32_t v) { return !oracle_bounded(rule, v); };
    if (rule.match && rule.match->window >= Match::Window::before && absent(rule.match->pivot)) continue;
    bool any_absent = false;
    for (uint32_t v = 0; v < rule.variables.size(); ++v) any_absent = any_absent || absent(v);
    if (maker.mixed() && any_absent) continue;
    if (Engine::build({rule}, out.lists, pair_options())) out.rules.push_back(std::move(rule));
  }
  bool raw = false, udm = false;
  for (const Rule& rule : out.rules)
    for (const Variable& v : rule.variables) {
      raw = raw || v.kind == Variable::Kind::raw;
      udm = udm || v.kind != Variable::Kind::raw;
    }
  const int64_t gaps[] = {0, 1, length / 10, length / 4, length / 2, length - 1, length, length + 1};
  Timestamp time{kBase + static_cast<int64_t>(c.below(120)), 0};
  out.lateness_seconds = c.chance(50) ? 0 : length;
  std::vector<std::pair<Timestamp, OracleEvent>> events;
  const bool two = std::ranges::any_of(out.rules, [](const Rule& r) { return r.variables.size() > 1; });
  for (size_t n = !large ? 5 + c.below(20) : two ? 50 : 60 + c.below(120), i = 0; i < n; ++i) {
    const bool as_raw = raw && (!udm || c.chance(50));
    time.seconds += large ? static_cast<int64_t>(c.below(3)) : c.chance(60) ? gaps[c.below(5)] : c.pick(gaps);
    if (c.chance(5)) time.nanos = time.nanos == 0 ? 500'000'000 : 0;
    OracleEvent event{.reading = as_raw ? Reading::raw : Reading::udm, .ref = {.line = i + 1}};
    const bool timed = !careless || c.chance(90);
    event.text = as_raw ? raw_event(c, i) : udm_event(c, time, i, timed);
    if (as_raw && timed) {
      event.time = time;
      event.text.insert(1, "\"time\":\"" + format_rfc3339(time) + "\",");
    }
    // As much later as the lateness allows.
    Timestamp arrival = time;
    if (out.lateness_seconds > 0 || careless)
      arrival.seconds += static_cast<int64_t>(c.below(static_cast<size_t>(careless ? 2 * length : length)));
    events.emplace_back(arrival, std::move(event));
    if (c.chance(12) && out.context.size() < 4) out.context.push_back(entity(c, time, length));
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [arrival, event] : events) out.events.push_back(std::move(event));
  return out;
}

}  // namespace sekisho::engine
