// Engine and oracle on random rules and random events: they must give the same detections, outcomes and rows. Rules
// over one event first, with every kind of field and function; then rules over several (random_rules.h). SEKISHO_SOAK=n
// runs n times as many of those, from other seeds.
#include "engine/oracle.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "engine/random_rules.h"

namespace sekisho::engine {
namespace {

using event::EventBuilder;
using event::Node;

const char* const kTexts[] = {"",
                              "a",
                              "b",
                              "ab",
                              "Alpha",
                              "alpha",
                              "ALPHA beta",
                              "beta",
                              "x\nalpha",
                              "10.0.0.1",
                              "10.9.0.1",
                              "2001:db8::1",
                              "gamma-alphabet",
                              "\xE2\x84\xAA"
                              "elvin",
                              "kelvin",
                              "マスター パスワード",
                              "パスワード",
                              "ＡＢ",
                              "sa\xC5\xBF"
                              "s",
                              "a,b,c"};
const char* const kPatterns[] = {"alpha",       "^a",         "b$",     "al.*bet",          "(?i)ALPHA",
                                 "(?s)x.alpha", "alpha|beta", "[ab]+$", "パスワード",       "(?i)kelvin",
                                 ".*",          "^$",         "sass",   "マスター.*ワード", "(a|b)c?",
                                 "ab",          "10\\.0\\.",  "ａｂ",   "x.alpha",          "(alp)(ha)?"};

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  size_t below(size_t n) { return engine_() % n; }
  bool chance(size_t percent) { return below(100) < percent; }
  template <class T, size_t N>
  const T& pick(const T (&items)[N]) {
    return items[below(N)];
  }
  std::string text() { return pick(kTexts); }

 private:
  std::mt19937 engine_;
};

void labels(Random& r, const Node& node, const char* field) {
  static const char* const kKeys[] = {"kind", "link.owner", "link.text_brand", "k1", "k2", "k1"};
  for (size_t n = r.below(4); n > 0; --n) node.add(field).set("key", r.pick(kKeys)).set("value", r.text());
}

event::Event random_event(Random& r) {
  EventBuilder b;
  const Node root = b.root();
  const auto some = [&](const Node& node, const char* field) {
    if (r.chance(60)) node.set(field, std::string_view(r.text()));
  };
  const auto list = [&](const Node& node, const char* field) {
    for (size_t n = r.below(4); n > 0; --n) node.append(field, r.text());
  };
  if (r.chance(80)) root.child("metadata").set("event_type", r.chance(50) ? "EMAIL_TRANSACTION" : "USER_LOGIN");
  if (r.chance(50)) root.child("metadata").set_time("event_timestamp", static_cast<int64_t>(r.below(100000)));
  if (r.chance(50)) some(root.child("metadata"), "product_name");
  if (r.chance(80)) {
    some(root.child("principal"), "hostname");
    list(root.child("principal"), "ip");
    if (r.chance(50)) {
      some(root.child("principal").child("user"), "userid");
      list(root.child("principal").child("user"), "email_addresses");
    }
    if (r.chance(50)) root.child("principal").set("port", static_cast<int64_t>(r.below(4)));
  }
  if (r.chance(70)) {
    some(root.child("network").child("email"), "from");
    list(root.child("network").child("email"), "subject");
    if (r.chance(50)) root.child("network").set("sent_bytes", static_cast<int64_t>(r.below(5)));
  }
  for (size_t n = r.below(5); n > 0; --n) {
    const Node about = root.add("about");
    some(about, "url");
    if (r.chance(30)) list(about, "ip");
    if (r.chance(30)) some(about.child("file"), "sha256");
    if (r.chance(80)) labels(r, about, "labels");
  }
  for (size_t n = r.below(3); n > 0; --n) {
    const Node result = root.add("security_result");
    some(result, "summary");
    list(result, "category_details");
    if (r.chance(50)) result.append("action", r.chance(50) ? "BLOCK" : "ALLOW");
    if (r.chance(50)) labels(r, result, "detection_fields");
    if (r.chance(30)) labels(r, result.child("about"), "labels");
  }
  if (r.chance(60)) b.fact("mail.text", r.text());
  if (r.chance(40)) b.fact("mail.list", true);
  return std::move(b).seal();
}

const char* const kTextPaths[] = {"metadata.product_name",
                                  "principal.hostname",
                                  "principal.ip",
                                  "principal.ip[0]",
                                  "principal.ip[2]",
                                  "principal.user.userid",
                                  "principal.user.email_addresses",
                                  "network.email.from",
                                  "network.email.subject",
                                  "about.url",
                                  "about.ip",
                                  "about.file.sha256",
                                  "about[1].url",
                                  "about.labels[\"kind\"]",
                                  "about.labels[\"link.owner\"]",
                                  "about.labels[\"link.text_brand\"]",
                                  "about.labels[\"k1\"]",
                                  "about[0].labels[\"kind\"]",
                                  "about.labels.value",
                                  "about.labels.key",
                                  "security_result.summary",
                                  "security_result.category_details",
                                  "security_result.detection_fields[\"k1\"]",
                                  "security_result.about.labels[\"k2\"]",
                                  "additional.fields[\"mail.text\"]",
                                  "additional.fields[\"mail.list\"]"};
const char* const kNumberPaths[] = {"metadata.event_type", "principal.port", "network.sent_bytes",
                                    "metadata.event_timestamp.seconds", "security_result.action"};

class RuleMaker {
 public:
  explicit RuleMaker(Random& r) : r_(r) { rule_.variable("e"); }

  Rule make(size_t which) {
    rule_.name = "r" + std::to_string(which);
    std::vector<ExprId> all;
    for (size_t n = r_.below(3); n > 0; --n) {
      const uint32_t p = rule_.placeholder("p" + std::to_string(n), Type::text);
      rule_.define(p, text(2));
      if (r_.chance(20)) rule_.define(p, text(1));
    }
    for (size_t n = 1 + r_.below(3); n > 0; --n) all.push_back(predicate(2));
    rule_.where = r_.chance(90) ? rule_.all_of(all) : rule_.any_of(all);
    static const Aggregate kAny[] = {Aggregate::count, Aggregate::count_distinct, Aggregate::array,
                                     Aggregate::array_distinct};
    static const Aggregate kNumeric[] = {Aggregate::max, Aggregate::min, Aggregate::sum, Aggregate::avg,
                                         Aggregate::stddev};
    for (size_t n = r_.below(4); n > 0; --n) {
      ExprId value;
      switch (r_.below(5)) {
        case 0:
          value = rule_.aggregate(r_.pick(kAny), text(1));
          break;
        case 1:
          value = rule_.aggregate(r_.pick(kNumeric), number(1));
          break;
        case 2:
          value = rule_.arithmetic(Op::add, rule_.aggregate(r_.pick(kNumeric), number(1)),
                                   rule_.aggregate(Aggregate::count));
          break;
        case 3:
          value = text(1);
          break;
        default:
          value = rule_.choose(predicate(1), number(1), r_.chance(50) ? kNoExpr : number(0));
          break;
      }
      rule_.outcome("o" + std::to_string(n), value);
    }
    if (r_.chance(50)) {
      std::vector<ExprId> conditions = {rule_.exists(0)};
      if (!rule_.placeholders.empty())
        conditions.push_back(
            rule_.compare(Op::greater, rule_.placeholder_count(0), rule_.constant(int64_t(r_.below(3)))));
      for (uint32_t o = 0; o < rule_.outcomes.size(); ++o)
        if (rule_.outcomes[o].type == Type::integer)
          conditions.push_back(
              rule_.compare(Op::less_equal, rule_.outcome_ref(o), rule_.constant(int64_t(r_.below(4)))));
      rule_.condition = r_.chance(70) ? rule_.all_of(conditions) : rule_.any_of(conditions);
    }
    return std::move(rule_);
  }

 private:
  Slot slot(const char* path, Quantifier q = Quantifier::each) {
    auto s = resolve(path, q);
    REQUIRE_MESSAGE(s.has_value(), path);
    return *s;
  }
  ExprId text(size_t depth) {
    if (depth > 0 && r_.chance(20)) {
      const auto f = [](const char* name) -> const Function& { return *find_function(name); };
      switch (r_.below(5)) {
        case 0:
          return rule_.call(f("strings.to_lower"), {text(depth - 1)});
        case 1:
          return rule_.call(f("strings.concat"), {text(depth - 1), rule_.constant(std::string("-")), text(depth - 1)});
        case 2:
          return rule_.call(f("re.capture"), {text(depth - 1), rule_.constant(std::string(kPatterns[r_.below(15)]))});
        case 3:
          return rule_.call(f("strings.coalesce"), {text(depth - 1), text(depth - 1)});
        default:
          return rule_.call(f("re.replace"),
                            {text(depth - 1), rule_.constant(std::string("a")), rule_.constant(std::string("<\\0>"))});
      }
    }
    if (!rule_.placeholders.empty() && !rule_.placeholders[0].definitions.empty() && depth < 2 && r_.chance(15))
      return rule_.placeholder_ref(0);
    return rule_.slot(slot(r_.pick(kTextPaths)));
  }
  ExprId number(size_t depth) {
    if (depth > 0 && r_.chance(20)) {
      static const Op kOps[] = {Op::add, Op::subtract, Op::multiply, Op::divide, Op::modulo};
      return rule_.arithmetic(r_.pick(kOps), number(depth - 1), number(depth - 1));
    }
    if (r_.chance(20)) {
      static const char* const kLists[] = {"principal.ip", "about.ip", "about.url", "security_result.category_details"};
      return rule_.call(*find_function("arrays.length"), {rule_.whole(slot(r_.pick(kLists)))});
    }
    if (r_.chance(20)) return rule_.constant(int64_t(r_.below(5)));
    return rule_.slot(slot(r_.pick(kNumberPaths)));
  }
  ExprId test(ExprId value) {
    const bool nocase = r_.chance(30);
    static const char* const kCalls[] = {"strings.contains", "strings.starts_with", "strings.ends_with"};
    switch (r_.below(7)) {
      case 0:
      case 1:
        return rule_.compare(r_.chance(80) ? Op::equal : Op::not_equal, value, rule_.constant(r_.text()), nocase);
      case 2:
        return rule_.call(*find_function(r_.pick(kCalls)), {value, rule_.constant(r_.text())}, nocase);
      case 3:
        return rule_.matches(value, r_.pick(kPatterns), nocase);
      case 4: {
        static const char* const kNames[] = {"words", "blocks", "patterns"};
        const size_t list = r_.below(3);
        const ListMode mode = list == 0 ? ListMode::exact : list == 1 ? ListMode::cidr : ListMode::regex;
        return rule_.in_list(value, kNames[list], mode, nocase && list != 1);
      }
      case 5:
        return rule_.call(*find_function("net.ip_in_range_cidr"), {value, rule_.constant(std::string("10.0.0.0/16"))});
      default:
        return rule_.compare(r_.chance(80) ? Op::equal : Op::less, rule_.constant(r_.text()), value);
    }
  }
  ExprId predicate(size_t depth) {
    if (depth > 0 && r_.chance(35)) {
      switch (r_.below(3)) {
        case 0:
          return rule_.negate(predicate(depth - 1));
        case 1:
          return rule_.all_of({predicate(depth - 1), predicate(depth - 1)});
        default:
          return rule_.any_of({predicate(depth - 1), predicate(depth - 1)});
      }
    }
    switch (r_.below(10)) {
      case 0: {
        static const Op kOps[] = {Op::equal, Op::not_equal, Op::less, Op::less_equal, Op::greater, Op::greater_equal};
        return rule_.compare(r_.pick(kOps), number(1), number(1));
      }
      case 1:
        return rule_.compare(r_.chance(70) ? Op::equal : Op::not_equal, text(1), text(1), r_.chance(30));
      case 2:
      case 3: {
        static const char* const kLists[] = {"principal.ip",
                                             "about.url",
                                             "about.ip",
                                             "security_result.category_details",
                                             "about.labels[\"kind\"]",
                                             "network.email.subject",
                                             "about.labels.value"};
        const Quantifier q = r_.chance(60) ? Quantifier::any : Quantifier::all;
        const ExprId value = rule_.slot(slot(r_.pick(kLists), q));
        return rule_.quantified(r_.chance(80) ? test(value) : rule_.compare(Op::equal, value, text(0)));
      }
      default:
        return test(text(1));
    }
  }

  Random& r_;
  Rule rule_;
};

bool close(const Value& a, const Value& b) {
  if (a.type == Type::real && b.type == Type::real)
    return std::fabs(a.real - b.real) <= 1e-9 * std::max(1.0, std::fabs(a.real)) ||
           (std::isnan(a.real) && std::isnan(b.real));
  return a == b;
}

std::string show(const std::vector<Detection>& detections) {
  std::string out;
  for (const Detection& d : detections) {
    out += "rule " + std::to_string(d.rule) + " rows " + std::to_string(d.matched_rows);
    for (const auto& [name, v] : d.outcomes) out += " " + std::string(name) + "=" + v.to_string();
    for (const auto& [name, vs] : d.placeholders)
      for (const Value& v : vs) out += " $" + std::string(name) + "=" + v.to_string();
    out += "; ";
  }
  return out;
}

bool same(const std::vector<Detection>& a, const std::vector<Detection>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].rule != b[i].rule || a[i].matched_rows != b[i].matched_rows ||
        a[i].outcomes.size() != b[i].outcomes.size() || a[i].placeholders != b[i].placeholders)
      return false;
    for (size_t o = 0; o < a[i].outcomes.size(); ++o)
      if (a[i].outcomes[o].first != b[i].outcomes[o].first || !close(a[i].outcomes[o].second, b[i].outcomes[o].second))
        return false;
  }
  return true;
}

}  // namespace

TEST_CASE("engine equals oracle on random rules and events") {
  const ReferenceLists lists = {{"words", {"alpha", "b", "パスワード"}},
                                {"blocks", {"10.0.0.0/8", "2001:db8::/32"}},
                                {"patterns", {"^al", "b$", "ワード"}}};
  Random r(20261122);
  size_t pairs = 0, matched = 0;
  Scratch scratch;
  for (size_t round = 0; round < 500; ++round) {
    std::vector<Rule> rules;
    for (size_t i = 0; i < 8; ++i) rules.push_back(RuleMaker(r).make(i));
    auto engine = Engine::build(rules, lists);
    REQUIRE_MESSAGE(engine.has_value(), engine.error().one_line());
    for (size_t e = 0; e < 8; ++e) {
      const event::Event event = random_event(r);
      const auto got = engine->run(event, scratch), expected = oracle_run(rules, event, lists);
      pairs += rules.size();
      matched += expected.size();
      INFO("round " << round << " event " << e);
      INFO("engine " << show(got));
      INFO("oracle " << show(expected));
      REQUIRE(same(got, expected));
    }
  }
  MESSAGE("pairs " << pairs << ", matches " << matched);
  CHECK(pairs >= 20000);
  CHECK(matched > pairs / 20);
}

TEST_CASE("engine equals oracle on random rules over several events") {
  const char* soak = std::getenv("SEKISHO_SOAK");
  const size_t times = soak ? std::max(1, std::atoi(soak)) : 1;
  size_t cases = 0, rules = 0, fired = 0, detections = 0, differences = 0;
  for (uint32_t seed = 1; seed <= 2500 * times && differences < 3; ++seed) {
    Choices choices(seed);
    const PairCase c = random_case(choices);
    if (c.rules.empty()) continue;
    ++cases;
    rules += c.rules.size();
    const std::string report = difference(c);
    CAPTURE(seed);
    if (!report.empty()) {
      ++differences;
      FAIL_CHECK(report);
    }
    const size_t found = run_oracle(c).size();
    fired += found > 0;
    detections += found;
  }
  MESSAGE("cases " << cases << ", rules " << rules << ", cases that fired " << fired << ", detections " << detections);
  CHECK(cases >= 2000);
  CHECK(fired > cases / 3);
}

}  // namespace sekisho::engine
