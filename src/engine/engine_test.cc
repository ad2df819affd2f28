// The documented semantics, one by one, on rules built by hand.
#include "engine/engine.h"

#include <doctest/doctest.h>

#include <thread>

namespace sekisho::engine {
namespace {

using event::EventBuilder;
using event::Node;

// A small language for these tests: a rule with one variable, and predicates that are joined by and.
struct Maker {
  Rule rule;
  std::vector<ExprId> all;
  Maker() {
    rule.name = "test";
    rule.source = "test.yaral";
    rule.variable("e");
  }
  ExprId field(const char* path, Quantifier q = Quantifier::each) {
    auto s = resolve(path, q);
    REQUIRE_MESSAGE(s.has_value(), path);
    return rule.slot(*s);
  }
  ExprId text(const char* s) { return rule.constant(std::string(s)); }
  ExprId number(int64_t n) { return rule.constant(n); }
  ExprId eq(ExprId a, ExprId b, bool nocase = false) { return rule.compare(Op::equal, a, b, nocase); }
  ExprId is(const char* path, const char* value, bool nocase = false) { return eq(field(path), text(value), nocase); }
  ExprId call(const char* name, std::vector<ExprId> args, bool nocase = false) {
    const Function* f = find_function(name);
    REQUIRE_MESSAGE(f != nullptr, name);
    return rule.call(*f, std::move(args), nocase);
  }
  Maker& where(ExprId id) {
    all.push_back(id);
    return *this;
  }
  Rule done() {
    rule.where = rule.all_of(all);
    return rule;
  }
  Engine build(const ReferenceLists& lists = {}, const Limits& limits = {}) {
    auto engine = Engine::build({done()}, lists, limits);
    REQUIRE_MESSAGE(engine.has_value(), (engine ? "" : engine.error().one_line()));
    return *std::move(engine);
  }
  std::vector<Detection> run(const event::Event& event, const ReferenceLists& lists = {}, const Limits& limits = {}) {
    Scratch scratch;
    return build(lists, limits).run(event, scratch);
  }
  bool fires(const event::Event& event, const ReferenceLists& lists = {}) { return !run(event, lists).empty(); }
  Error error(const ReferenceLists& lists = {}) {
    auto engine = Engine::build({done()}, lists);
    REQUIRE(!engine.has_value());
    return engine.error();
  }
};

// Two links: one names brand x and leads to it, the other names y and leads to nobody's host.
event::Event two_links() {
  EventBuilder b;
  b.root().child("metadata").set("event_type", "EMAIL_TRANSACTION");
  b.root()
      .add("about")
      .set("url", "https://x.example/")
      .label("kind", "link")
      .label("link.text_brand", "x")
      .label("link.owner", "x");
  b.root().add("about").set("url", "https://bad.example/").label("kind", "link").label("link.text_brand", "y");
  return std::move(b).seal();
}

event::Event nothing() { return EventBuilder().seal(); }

std::string outcome(const Detection& d, std::string_view name) {
  for (const auto& [key, value] : d.outcomes)
    if (key == name) return value.to_string();
  return "<none>";
}

}  // namespace

TEST_CASE("an absent field is its zero value") {
  Maker a;
  a.where(a.is("principal.hostname", "")).where(a.eq(a.field("principal.port"), a.number(0)));
  CHECK(a.fires(nothing()));
  Maker b;
  b.where(b.eq(b.field("principal.hostname"), b.field("target.user.userid")));
  CHECK(b.fires(nothing()));
  Maker c;
  c.where(c.is("principal.ip", ""));
  CHECK_MESSAGE(c.fires(nothing()), "an empty list has one copy, the zero value");
  Maker d;
  d.where(d.rule.compare(Op::equal, d.field("metadata.event_type"), d.number(0)));
  CHECK(d.fires(nothing()));
  CHECK(!d.fires(two_links()));
}

TEST_CASE("what is explained to people names the values of enums, not their numbers") {
  Maker a;
  a.where(a.eq(a.field("metadata.event_type"), a.number(15001)));
  a.where(a.eq(a.field("security_result.action", Quantifier::any), a.number(1)));
  a.all[1] = a.rule.quantified(a.all[1]);
  a.where(a.eq(a.field("principal.port"), a.number(15001)));
  const Engine engine = a.build();
  const std::string plan = engine.explain(0);
  CHECK_MESSAGE(plan.find("metadata.event_type = \"USER_LOGIN\"") != std::string::npos, plan);
  CHECK_MESSAGE(plan.find("security_result.action = \"ALLOW\"") != std::string::npos, plan);
  CHECK_MESSAGE(plan.find("principal.port = 15001") != std::string::npos, plan);
  CHECK(engine.has_witness(0));
  event::JsonLine json;
  const auto event = json.parse(R"({"metadata":{"eventType":"USER_LOGOUT"}})", false);
  REQUIRE(event);
  const std::string why = engine.explain(0, *event, Reading::udm, {});
  CHECK_MESSAGE(why.find("it is \"USER_LOGOUT\"") != std::string::npos, why);
  Maker b;
  b.where(b.is("principal.hostname", ""));
  CHECK_FALSE(b.build().has_witness(0));
}

TEST_CASE("all unmodified predicates hold on the same copy") {
  Maker a;
  a.where(a.is("about.url", "https://bad.example/")).where(a.is("about.labels[\"link.text_brand\"]", "y"));
  CHECK(a.fires(two_links()));
  Maker b;
  b.where(b.is("about.url", "https://bad.example/")).where(b.is("about.labels[\"link.text_brand\"]", "x"));
  CHECK(!b.fires(two_links()));
}

TEST_CASE("a rule that joins brand, host and owner of one link does not fire across two links") {
  const auto lie = [] {
    Maker m;
    m.where(m.is("about.labels[\"kind\"]", "link"));
    m.where(m.rule.compare(Op::not_equal, m.field("about.labels[\"link.text_brand\"]"), m.text("")));
    m.where(m.rule.compare(Op::not_equal, m.field("about.labels[\"link.text_brand\"]"),
                           m.field("about.labels[\"link.owner\"]")));
    return m;
  };
  CHECK(lie().fires(two_links()));
  EventBuilder b;
  b.root()
      .add("about")
      .set("url", "https://x.example/")
      .label("kind", "link")
      .label("link.text_brand", "x")
      .label("link.owner", "x");
  b.root().add("about").set("url", "https://cdn.example/").label("kind", "link").label("link.owner", "z");
  CHECK(!lie().fires(std::move(b).seal()));
}

TEST_CASE("evidence names the element and carries its noun") {
  Maker m;
  m.where(m.is("about.labels[\"link.text_brand\"]", "y"));
  const event::Event event = two_links();
  const auto found = m.build();
  Scratch scratch;
  const auto detections = found.run(event, scratch);
  REQUIRE(detections.size() == 1);
  REQUIRE(detections[0].rows.size() == 1);
  REQUIRE(detections[0].rows[0].size() == 1);
  const Element& e = detections[0].rows[0][0];
  CHECK(e.path == "about");
  CHECK(e.index == 1);
  REQUIRE(e.message != nullptr);
  CHECK(e.message->get("url").as_text() == "https://bad.example/");
}

TEST_CASE("map access to an undeclared key") {
  EventBuilder b;
  for (const char* v : {"first", "second"}) {
    const Node result = b.root().add("security_result");
    result.set("summary", std::string_view(v));
    result.add("detection_fields").set("key", "k").set("value", std::string_view(v));
    result.add("detection_fields").set("key", "k").set("value", "duplicate");
  }
  const event::Event event = std::move(b).seal();
  Maker first;
  first.where(first.is("security_result.detection_fields[\"k\"]", "first"));
  CHECK(first.fires(event));
  Maker second;
  second.where(second.is("security_result.detection_fields[\"k\"]", "second"));
  CHECK_MESSAGE(!second.fires(event), "one string: the first across all elements");
  Maker copy;
  copy.where(copy.is("security_result.detection_fields[\"k\"]", "second"))
      .where(copy.is("security_result.summary", "second"));
  CHECK_MESSAGE(copy.fires(event), "within the copy when an ordinary field expands it");
  Maker indexed;
  indexed.where(indexed.is("security_result[1].detection_fields[\"k\"]", "second"));
  CHECK(indexed.fires(event));
}

TEST_CASE("nested repeated fields expand jointly, different ones make a product") {
  EventBuilder b;
  const Node one = b.root().add("security_result");
  one.set("summary", "one").append("category_details", "a").append("category_details", "b");
  b.root().add("security_result").set("summary", "two");
  b.root().child("principal").append("ip", "192.0.2.1").append("ip", "192.0.2.2");
  const event::Event event = std::move(b).seal();
  Maker m;
  m.rule.outcome("n", m.rule.aggregate(Aggregate::count));
  m.where(m.rule.compare(Op::not_equal, m.field("security_result.summary"), m.text("x")));
  m.where(m.rule.compare(Op::not_equal, m.field("security_result.category_details"), m.text("x")));
  m.where(m.rule.compare(Op::not_equal, m.field("principal.ip"), m.text("x")));
  const auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(found[0].matched_rows == 6);  // (2 + the zero element) × 2
  Maker zero;
  zero.where(zero.is("security_result.summary", "two")).where(zero.is("security_result.category_details", ""));
  CHECK(zero.fires(event));
  Maker cross;
  cross.where(cross.is("security_result.summary", "two")).where(cross.is("security_result.category_details", "a"));
  CHECK(!cross.fires(event));
}

TEST_CASE("any and all look at the whole list") {
  EventBuilder b;
  b.root().child("principal").append("ip", "10.0.0.1").append("ip", "192.0.2.1");
  const event::Event event = std::move(b).seal();
  const auto fires = [](const event::Event& e, Quantifier q, const char* block) {
    Maker m;
    m.where(m.rule.quantified(m.call("net.ip_in_range_cidr", {m.field("principal.ip", q), m.text(block)})));
    return m.fires(e);
  };
  CHECK(fires(event, Quantifier::any, "10.0.0.0/8"));
  CHECK(!fires(event, Quantifier::all, "10.0.0.0/8"));
  CHECK(fires(event, Quantifier::all, "0.0.0.0/0"));
  CHECK(!fires(event, Quantifier::any, "203.0.113.0/24"));
  CHECK(!fires(nothing(), Quantifier::any, "0.0.0.0/0"));
  CHECK(fires(nothing(), Quantifier::all, "0.0.0.0/0"));
}

TEST_CASE("an index out of range is the zero value") {
  EventBuilder b;
  b.root().child("principal").append("ip", "10.0.0.1");
  const event::Event event = std::move(b).seal();
  Maker a;
  a.where(a.is("principal.ip[0]", "10.0.0.1")).where(a.is("principal.ip[7]", ""));
  CHECK(a.fires(event));
}

TEST_CASE("regular expressions search the first line, or all with (?s)") {
  EventBuilder b;
  b.fact("mail.text", "first line\nsecond LINE");
  const event::Event event = std::move(b).seal();
  const auto fires = [&](const char* pattern, bool nocase = false) {
    Maker m;
    m.where(m.rule.matches(m.field("additional.fields[\"mail.text\"]"), pattern, nocase));
    return m.fires(event);
  };
  CHECK(fires("rst li"));
  CHECK(fires("line$"));
  CHECK(!fires("second"));
  CHECK(fires("(?s)second"));
  CHECK(fires("(?s)first.*LINE"));
  CHECK(fires("(?is)second line$"));
  CHECK(!fires("FIRST"));
  CHECK(fires("FIRST", true));
  CHECK(!fires("[(?s)]second"));
}

TEST_CASE("nocase folds letters beyond ASCII, and the two that fold into it") {
  EventBuilder b;
  b.root()
      .child("principal")
      .set("hostname",
           "ÄRGER-\xE2\x84\xAA"
           "ey-pa\xC5\xBF\xC5\xBFword");
  const event::Event event = std::move(b).seal();
  const auto contains = [&](const char* what, bool nocase) {
    Maker m;
    m.where(m.call("strings.contains", {m.field("principal.hostname"), m.text(what)}, nocase));
    return m.fires(event);
  };
  CHECK(contains("ärger", true));
  CHECK(!contains("ärger", false));
  CHECK(contains("key", true));
  CHECK(contains("password", true));
  CHECK(!contains("password", false));
  Maker regex;
  regex.where(regex.rule.matches(regex.field("principal.hostname"), "key-password$", true));
  CHECK(regex.fires(event));
  Maker equality;
  equality.where(equality.is("principal.hostname", "ärger-KEY-PASSWORD", true));
  CHECK(equality.fires(event));
}

TEST_CASE("enums compare by number") {
  EventBuilder b;
  b.root().add("security_result").set("severity", "HIGH");
  const event::Event event = std::move(b).seal();
  const auto slot = resolve("security_result.severity");
  const int64_t medium = slot->enumeration->find("MEDIUM")->number;
  Maker m;
  m.where(m.rule.compare(Op::greater, m.field("security_result.severity"), m.number(medium)));
  m.rule.outcome("name", m.rule.enum_name(m.field("security_result.severity"), slot->enumeration));
  const auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(outcome(found[0], "name") == "HIGH");
}

TEST_CASE("placeholders: one row an element, equality between uses, distinct counts") {
  EventBuilder b;
  b.root().child("principal").append("ip", "192.0.2.1").append("ip", "192.0.2.2").append("ip", "192.0.2.1");
  b.root().child("target").append("ip", "192.0.2.2");
  const event::Event event = std::move(b).seal();
  Maker m;
  const uint32_t p = m.rule.placeholder("ip", Type::text);
  m.rule.define(p, m.field("principal.ip"));
  m.rule.condition = m.rule.compare(Op::equal, m.rule.placeholder_count(p), m.number(2));
  auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(found[0].matched_rows == 3);
  REQUIRE(found[0].placeholders.size() == 1);
  CHECK(found[0].placeholders[0].second.size() == 2);
  m.rule.condition = kNoExpr;
  m.rule.define(p, m.field("target.ip"));
  found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(found[0].matched_rows == 1);
  CHECK(found[0].placeholders[0].second[0].text == "192.0.2.2");
}

TEST_CASE("or across fields is decided row by row") {
  EventBuilder b;
  b.root().child("principal").append("ip", "192.0.2.1");
  b.root().add("about").set("url", "u1");
  b.root().add("about").set("url", "u2");
  const event::Event event = std::move(b).seal();
  Maker m;
  m.where(m.rule.any_of({m.is("about.url", "u2"), m.is("principal.ip", "192.0.2.9")}));
  m.rule.outcome("urls", m.rule.aggregate(Aggregate::array, m.field("about.url")));
  auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(outcome(found[0], "urls") == "u2");
  Maker either;
  either.where(either.rule.any_of({either.is("about.url", "u2"), either.is("principal.ip", "192.0.2.1")}));
  CHECK(either.run(event)[0].matched_rows == 2);
}

TEST_CASE("outcomes: if, arithmetic, aggregates over the rows that passed, conditions over them") {
  EventBuilder b;
  for (int i = 1; i <= 4; ++i) {
    const Node about = b.root().add("about");
    about.set("port", int64_t{i}).set("url", i % 2 ? "odd" : "even");
  }
  const event::Event event = std::move(b).seal();
  Maker m;
  m.where(m.rule.compare(Op::greater, m.field("about.port"), m.number(1)));
  const auto aggregate = [&](Aggregate kind) { return m.rule.aggregate(kind, m.field("about.port")); };
  m.rule.outcome("max", aggregate(Aggregate::max));
  m.rule.outcome("min", aggregate(Aggregate::min));
  m.rule.outcome("sum", aggregate(Aggregate::sum));
  m.rule.outcome("avg", aggregate(Aggregate::avg));
  m.rule.outcome("stddev", aggregate(Aggregate::stddev));
  m.rule.outcome("count", aggregate(Aggregate::count));
  m.rule.outcome("urls", m.rule.aggregate(Aggregate::array_distinct, m.field("about.url")));
  m.rule.outcome("distinct", m.rule.aggregate(Aggregate::count_distinct, m.field("about.url")));
  m.rule.outcome("first", m.field("about.url"));
  m.rule.outcome("scored", m.rule.aggregate(Aggregate::sum, m.rule.choose(m.is("about.url", "even"), m.number(10))));
  const uint32_t twice = m.rule.outcome("twice", m.rule.arithmetic(Op::multiply, m.rule.outcome_ref(2), m.number(2)));
  m.rule.outcome("half", m.rule.arithmetic(Op::divide, m.number(1), m.number(2)));
  m.rule.outcome("by_zero", m.rule.arithmetic(Op::divide, m.number(1), m.number(0)));
  m.rule.condition =
      m.rule.all_of({m.rule.exists(0), m.rule.compare(Op::greater_equal, m.rule.outcome_ref(twice), m.number(18))});
  const auto found = m.run(event);
  REQUIRE(found.size() == 1);
  const Detection& d = found[0];
  CHECK(outcome(d, "max") == "4");
  CHECK(outcome(d, "min") == "2");
  CHECK(outcome(d, "sum") == "9");
  CHECK(outcome(d, "avg") == "3");
  CHECK(outcome(d, "stddev").starts_with("0.816"));
  CHECK(outcome(d, "count") == "3");
  CHECK(outcome(d, "urls") == "even, odd");
  CHECK(outcome(d, "distinct") == "2");
  CHECK(outcome(d, "first") == "even");
  CHECK(outcome(d, "scored") == "20");
  CHECK(outcome(d, "twice") == "18");
  CHECK(outcome(d, "half") == "0.5");
  CHECK(outcome(d, "by_zero") == "0");
  m.rule.condition = m.rule.compare(Op::greater, m.rule.outcome_ref(twice), m.number(18));
  CHECK(m.run(event).empty());
}

TEST_CASE("an aggregate expands the fields that only it reads, alone") {
  EventBuilder b;
  for (const char* url : {"u1", "u2", "u3"}) b.root().add("about").set("url", std::string_view(url));
  b.root().child("principal").append("ip", "192.0.2.1").append("ip", "192.0.2.2").set("hostname", "h");
  const event::Event event = std::move(b).seal();
  Maker m;
  m.where(m.is("principal.hostname", "h"));
  m.rule.outcome("urls", m.rule.aggregate(Aggregate::count, m.field("about.url")));
  m.rule.outcome("addresses", m.rule.aggregate(Aggregate::count, m.field("principal.ip")));
  const auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(outcome(found[0], "urls") == "3");
  CHECK(outcome(found[0], "addresses") == "2");
}

TEST_CASE("arrays are cut to 25") {
  EventBuilder b;
  for (int i = 0; i < 40; ++i) b.root().add("about").set("port", int64_t{i + 1});
  const event::Event event = std::move(b).seal();
  Maker m;
  m.where(m.rule.compare(Op::greater, m.field("about.port"), m.number(0)));
  m.rule.outcome("a", m.rule.aggregate(Aggregate::array_distinct, m.field("about.port")));
  const auto found = m.run(event);
  REQUIRE(found.size() == 1);
  CHECK(found[0].outcomes[0].second.list.size() == 25);
  CHECK(found[0].rows.size() == 10);
  CHECK(found[0].matched_rows == 40);
}

TEST_CASE("reference lists") {
  EventBuilder b;
  b.root().child("principal").set("hostname", "Alpha").append("ip", "10.1.2.3");
  const event::Event event = std::move(b).seal();
  const ReferenceLists lists = {
      {"names", {"beta", "alpha"}}, {"blocks", {"10.0.0.0/8"}}, {"patterns", {"^x", "lph"}}, {"empty", {}}};
  const auto fires = [&](const char* path, const char* list, ListMode mode, bool nocase) {
    Maker m;
    m.where(m.rule.in_list(m.field(path), list, mode, nocase));
    return m.fires(event, lists);
  };
  CHECK(!fires("principal.hostname", "names", ListMode::exact, false));
  CHECK(fires("principal.hostname", "names", ListMode::exact, true));
  CHECK(fires("principal.hostname", "patterns", ListMode::regex, false));
  CHECK(fires("principal.ip", "blocks", ListMode::cidr, false));
  CHECK(!fires("principal.hostname", "blocks", ListMode::cidr, false));
  CHECK(!fires("principal.hostname", "empty", ListMode::regex, false));
  CHECK(!fires("principal.hostname", "empty", ListMode::exact, false));
}

TEST_CASE("rows beyond the limit are counted and not looked at") {
  EventBuilder b;
  for (int i = 0; i < 100; ++i) b.root().add("about").set("port", int64_t{i});
  for (int i = 0; i < 50; ++i) b.root().add("security_result").set("summary", "s");
  const event::Event event = std::move(b).seal();
  Maker m;
  m.where(m.rule.compare(Op::greater_equal, m.field("about.port"), m.number(0)));
  m.where(m.is("security_result.summary", "s"));
  Limits limits;
  limits.rows = 1000;
  const auto found = m.run(event, {}, limits);
  REQUIRE(found.size() == 1);
  CHECK(found[0].matched_rows == 1000);
  CHECK(found[0].rows_not_looked_at == 4000);
  // A join that could only be found by trying every pair stops there, too.
  Maker join;
  join.where(join.rule.compare(Op::equal, join.field("about.url"), join.field("security_result.description")));
  join.where(join.rule.compare(Op::not_equal, join.field("security_result.summary"), join.field("about.url")));
  join.where(join.rule.compare(Op::equal, join.field("about.hostname"), join.field("security_result.summary")));
  Scratch scratch;
  CHECK(join.build({}, limits).run(event, scratch).empty());
  CHECK(scratch.statistics().rules_cut == 1);
}

TEST_CASE("rules whose witness is false are not tried") {
  std::vector<Rule> rules;
  for (int i = 0; i < 100; ++i) {
    Maker m;
    m.where(m.is("about.labels[\"link.owner\"]", ("brand" + std::to_string(i)).c_str()));
    m.where(m.rule.matches(m.field("about.url"), "bad" + std::to_string(i)));
    rules.push_back(m.done());
  }
  auto engine = Engine::build(rules);
  REQUIRE(engine.has_value());
  EventBuilder b;
  b.root().add("about").set("url", "https://bad42.example").label("link.owner", "brand42");
  Scratch scratch;
  const auto found = engine->run(std::move(b).seal(), scratch);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == 42);
  CHECK(scratch.statistics().rules_tried == 1);
  CHECK(scratch.statistics().patterns_run == 1);
}

TEST_CASE("errors carry the source and the span") {
  Maker regex;
  regex.where(regex.rule.matches(regex.field("about.url"), "(unclosed", false, {12, 5}));
  Error error = regex.error();
  CHECK(error.code == "engine.regex");
  CHECK(error.source == "test.yaral");
  CHECK(error.span == Span{12, 5});
  Maker list;
  list.where(list.rule.in_list(list.field("about.url"), "nowhere", ListMode::exact, false, {3, 4}));
  CHECK(list.error().code == "engine.list");
  Maker blocks;
  blocks.where(blocks.rule.in_list(blocks.field("principal.ip"), "blocks", ListMode::cidr));
  CHECK(blocks.error({{"blocks", {"10.0.0.0/99"}}}).code == "engine.cidr");
  Maker types;
  types.where(types.rule.compare(Op::equal, types.field("about.url"), types.number(3)));
  CHECK(types.error().code == "engine.type");
  Maker state;
  state.where(state.rule.compare(Op::greater, state.call("window.avg", {state.number(1)}), state.number(1)));
  CHECK(state.error().code == "engine.unsupported");
  Maker windows;
  windows.rule.match = Match{};
  CHECK(windows.error().code == "engine.plan");  // a window without length
  Maker two;
  two.rule.variable("f");
  CHECK(two.error().code == "engine.join");  // without match
  Maker circle;
  const uint32_t p = circle.rule.placeholder("p", Type::text), q = circle.rule.placeholder("q", Type::text);
  circle.rule.define(p, circle.call("strings.to_lower", {circle.rule.placeholder_ref(q)}));
  circle.rule.define(q, circle.call("strings.to_lower", {circle.rule.placeholder_ref(p)}));
  CHECK(circle.error().code == "engine.plan");
  Maker loose;
  loose.where(loose.eq(loose.field("principal.ip", Quantifier::any), loose.text("x")));
  CHECK(loose.error().code == "engine.plan");
  Maker deep;
  ExprId at = deep.is("about.url", "x");
  for (int i = 0; i < 5000; ++i) at = deep.rule.negate(at);
  deep.where(at);
  CHECK(deep.error().code == "engine.limit.depth");
  Maker groups;
  groups.where(
      groups.eq(groups.call("re.capture", {groups.field("about.url"), groups.text("(a)(b)")}), groups.text("a")));
  CHECK(groups.error().code == "engine.regex");
}

TEST_CASE("placeholders that double each other do not explode") {
  Maker m;
  uint32_t before = m.rule.placeholder("p0", Type::text);
  m.rule.define(before, m.field("principal.hostname"));
  for (int i = 1; i < 60; ++i) {
    const uint32_t next = m.rule.placeholder("p" + std::to_string(i), Type::text);
    m.rule.define(next, m.call("strings.coalesce", {m.rule.placeholder_ref(before), m.rule.placeholder_ref(before)}));
    before = next;
  }
  m.where(m.eq(m.rule.placeholder_ref(before), m.text("h")));
  EventBuilder b;
  b.root().child("principal").set("hostname", "h");
  CHECK(m.fires(std::move(b).seal()));
}

TEST_CASE("time comes from the event") {
  EventBuilder b;
  b.root().child("metadata").set_time("event_timestamp", 1760000000);
  Maker m;
  m.where(m.eq(m.call("timestamp.current_seconds", {}), m.number(1760000000)));
  CHECK(m.fires(std::move(b).seal()));
  const FixedClock clock({42, 0});
  auto engine = Engine::build({[] {
                                Maker n;
                                n.where(n.eq(n.call("timestamp.now", {}), n.number(42)));
                                return n.done();
                              }()},
                              {}, {}, &clock);
  REQUIRE(engine.has_value());
  Scratch scratch;
  CHECK(engine->run(nothing(), scratch).size() == 1);
}

TEST_CASE("one engine serves many threads, one scratch many engines") {
  Maker a, b;
  a.where(a.rule.matches(a.field("about.url"), "bad|worse"));
  b.where(b.is("about.labels[\"link.text_brand\"]", "x"));
  const Engine one = a.build(), two = b.build();
  const event::Event event = two_links();
  std::vector<std::jthread> threads;
  std::vector<size_t> found(4, 0);
  for (size_t t = 0; t < found.size(); ++t)
    threads.emplace_back([&, t] {
      Scratch scratch;
      for (int i = 0; i < 200; ++i) found[t] += one.run(event, scratch).size() + two.run(event, scratch).size();
    });
  threads.clear();
  for (size_t n : found) CHECK(n == 400);
}

TEST_CASE("a rule without predicates matches every event") {
  Maker m;
  CHECK(m.fires(nothing()));
  CHECK(m.run(nothing())[0].matched_rows == 1);
}

}  // namespace sekisho::engine
