// The correlator on rules built by hand: what the cases of tests/rules are too small for. Large groups, caps, orders of
// arrival, hostile times and keys, saved state.
#include "engine/correlate.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

#include "base/sha256.h"
#include "engine/aggregates.h"
#include "engine/groups.h"
#include "engine/pair.h"
#include "engine/windows.h"

namespace sekisho::engine {
namespace {

constexpr int64_t kBase = 1'767'225'600;

struct Maker {
  Rule rule;
  std::vector<ExprId> all;
  explicit Maker(const char* name = "test") {
    rule.name = name;
    rule.source = "test.yaral";
  }
  uint32_t variable(const char* name) { return rule.variable(name); }
  ExprId field(uint32_t variable, const char* path) {
    auto s = resolve(path);
    REQUIRE_MESSAGE(s.has_value(), path);
    s->variable = variable;
    return rule.slot(*s);
  }
  ExprId text(const char* s) { return rule.constant(std::string(s)); }
  ExprId number(int64_t n) { return rule.constant(n); }
  ExprId is(uint32_t v, const char* path, const char* value) {
    return rule.compare(Op::equal, field(v, path), text(value));
  }
  void where(ExprId id) { all.push_back(id); }
  uint32_t key(const char* name, std::vector<ExprId> definitions) {
    const uint32_t p = rule.placeholder(name, Type::text);
    for (ExprId d : definitions) rule.define(p, d);
    return p;
  }
  void match(std::vector<uint32_t> keys, int64_t seconds, Match::Window window = Match::Window::hop,
             uint32_t pivot = 0) {
    rule.match = Match{.keys = std::move(keys), .seconds = seconds, .window = window, .pivot = pivot, .span = {}};
  }
  ExprId at_least(ExprId what, int64_t n) { return rule.compare(Op::greater_equal, what, number(n)); }
  Rule done() {
    rule.where = rule.all_of(all);
    return rule;
  }
};

constexpr const char* kUser = "principal.user.userid";
constexpr const char* kHost = "principal.hostname";
constexpr const char* kKind = "metadata.product_event_type";
constexpr const char* kBytes = "network.sent_bytes";

// At least n events of one user within a time.
Rule many_events(int64_t n, int64_t seconds, const char* name = "many") {
  Maker m(name);
  const uint32_t e = m.variable("e");
  m.where(m.is(e, kKind, "login"));
  m.match({m.key("user", {m.field(e, kUser)})}, seconds);
  m.rule.outcome("n", m.rule.aggregate(Aggregate::count));
  m.rule.condition = m.at_least(m.rule.count_of(e), n);
  return m.done();
}

// How often a user was seen on the busiest of the days before, and from how many hosts in the hours before.
Rule looks_back() {
  Maker counts("counts");
  const uint32_t c = counts.variable("c");
  const uint32_t user = counts.key("user", {counts.field(c, kUser)}),
                 host = counts.key("host", {counts.field(c, kHost)});
  counts.match({user, host}, 3600);
  Maker m("looks_back");
  const uint32_t e = m.variable("e");
  const uint32_t key = m.key("user", {m.field(e, kUser)});
  m.match({key}, 60);
  const uint32_t measure = m.rule.measure({"hosts", std::make_shared<const Rule>(counts.done()), true});
  for (const bool today : {false, true})
    m.rule.outcome(
        today ? "hosts" : "busiest",
        m.rule.aggregate(
            Aggregate::max,
            m.rule.metric(
                measure, {.of = today ? Observed::num_unique_filter_values : Observed::event_count_sum, .today = today},
                {m.rule.placeholder_ref(key)})));
  m.rule.condition = m.rule.exists(e);
  return m.done();
}

Rule many_hosts(int64_t n, int64_t seconds, Match::Window window = Match::Window::hop) {
  Maker m("hosts");
  const uint32_t e = m.variable("e");
  m.match({m.key("user", {m.field(e, kUser)})}, seconds, window);
  const uint32_t hosts = m.rule.outcome("hosts", m.rule.aggregate(Aggregate::count_distinct, m.field(e, kHost)));
  m.rule.condition = m.at_least(m.rule.outcome_ref(hosts), n);
  return m.done();
}

struct Said {
  int64_t time;  // after kBase
  std::string user, host = "h", kind = "login";
  int64_t bytes = 0;
};

OracleEvent event_of(const Said& s, size_t line) {
  OracleEvent out;
  out.time = Timestamp{kBase + s.time, 0};
  out.ref.line = line;
  out.text = R"({"metadata":{"eventTimestamp":")" + format_rfc3339(*out.time) + R"(","productEventType":")" + s.kind +
             R"("},"principal":{"hostname":")" + s.host + R"(","user":{"userid":")" + s.user +
             R"("}},"network":{"sentBytes":")" + std::to_string(s.bytes) + "\"}}";
  return out;
}

Engine build(std::vector<Rule> rules) {
  auto engine = Engine::build(std::move(rules));
  REQUIRE_MESSAGE(engine.has_value(), (engine ? "" : engine.error().one_line()));
  return *std::move(engine);
}

Matched matched(const Engine& engine, const Said& s, size_t line) {
  Matched out;
  Scratch scratch;
  event::JsonLine reader;
  const OracleEvent event = event_of(s, line);
  const auto json = reader.parse(event.text, false);
  REQUIRE(json.has_value());
  engine.match(*json, Reading::udm, event.text, event.ref, scratch, out);
  return out;
}

struct Run {
  const Engine& engine;
  std::vector<Detection> found;
  Correlator correlator;
  size_t lines = 0;
  explicit Run(const Engine& e, CorrelatorOptions options = {})
      : engine(e), correlator(e, std::move(options), [this](Detection&& d) { found.push_back(std::move(d)); }) {}
  Run(const Run&) = delete;
  void add(const Said& s) { correlator.add(matched(engine, s, ++lines)); }
  std::string shown() const { return show(engine.rules(), found); }
};

PairCase pair(std::vector<Rule> rules, const std::vector<Said>& events, int64_t lateness = 0) {
  PairCase out;
  out.rules = std::move(rules);
  out.lateness_seconds = lateness;
  for (const Said& s : events) out.events.push_back(event_of(s, out.events.size() + 1));
  return out;
}

std::vector<Said> stream(uint32_t seed, size_t n, int64_t gap, size_t users, size_t hosts) {
  std::mt19937 random(seed);
  std::vector<Said> out;
  int64_t time = 0;
  for (size_t i = 0; i < n; ++i) {
    time += static_cast<int64_t>(random() % static_cast<uint32_t>(gap + 1));
    out.push_back({time, "u" + std::to_string(random() % users), "h" + std::to_string(random() % hosts),
                   random() % 3 ? "login" : "reset", static_cast<int64_t>(random() % 100)});
  }
  return out;
}

std::string with_checksum(std::string body) { return body + sha256_hex(body); }

}  // namespace

TEST_CASE("windows at the ends of time do not overflow") {
  for (const Match::Window kind :
       {Match::Window::hop, Match::Window::tumbling, Match::Window::before, Match::Window::after}) {
    for (const Correlation::Judged judged : {Correlation::Judged::arrival, Correlation::Judged::grid}) {
      Correlation c;
      c.window = kind;
      c.judged = judged;
      c.seconds = 600;
      c.step = 60;
      const WindowRule rule(c);
      for (const int64_t t : {INT64_MIN, INT64_MIN + 1, int64_t{-1}, int64_t{0}, INT64_MAX - 1, INT64_MAX}) {
        const JudgedWindow a = rule.arriving(t, t), d = rule.at_deadline(t, t);
        CHECK(a.start <= a.end);
        CHECK(d.start <= d.end);
        if (t >= 0) CHECK(rule.needed_from(t, t, kNever) <= plus(t, 1));
        CHECK(rule.forgotten_at(t) >= t);
        CHECK(rule.next_grid_end(t, t) >= t);
        CHECK(nanoseconds(timestamp(t)) <= t);
      }
    }
  }
}

TEST_CASE("large groups: counters and indexes give what the oracle gives") {
  for (uint32_t seed = 1; seed <= 3; ++seed) {
    std::vector<Rule> rules;
    rules.push_back(many_events(45, 300));
    rules.push_back(many_hosts(38, 400));
    rules.push_back(many_hosts(36, 400, Match::Window::tumbling));
    Maker sum("sum");
    {
      const uint32_t e = sum.variable("e");
      sum.match({sum.key("user", {sum.field(e, kUser)})}, 350);
      const uint32_t total = sum.rule.outcome("total", sum.rule.aggregate(Aggregate::sum, sum.field(e, kBytes)));
      sum.rule.condition = sum.at_least(sum.rule.outcome_ref(total), 2600);
      rules.push_back(sum.done());
    }
    Maker either("either");  // a placeholder, and or
    {
      const uint32_t e = either.variable("e");
      const uint32_t host = either.rule.placeholder("host", Type::text);
      either.rule.define(host, either.field(e, kHost));
      either.match({either.key("user", {either.field(e, kUser)})}, 350);
      either.rule.condition = either.rule.any_of(
          {either.at_least(either.rule.placeholder_count(host), 39), either.at_least(either.rule.count_of(e), 120)});
      rules.push_back(either.done());
    }
    Maker exact("exact");  // not monotone: on a grid
    {
      const uint32_t e = exact.variable("e");
      exact.match({exact.key("user", {exact.field(e, kUser)})}, 200);
      exact.rule.condition = exact.rule.compare(Op::equal, exact.rule.count_of(e), exact.number(41));
      rules.push_back(exact.done());
    }
    const std::string off = difference(pair(std::move(rules), stream(seed, 400, 7, 2, 60)));
    CHECK_MESSAGE(off.empty(), off);
  }
}

TEST_CASE("large sides of a join are looked up, and order in time is kept") {
  for (const Match::Window window : {Match::Window::hop, Match::Window::after, Match::Window::before}) {
    Maker m("join");
    const uint32_t a = m.variable("a"), b = m.variable("b");
    m.where(m.is(a, kKind, "login"));
    m.where(m.is(b, kKind, "reset"));
    m.where(m.rule.compare(Op::equal, m.field(a, kHost), m.field(b, kHost)));
    m.where(m.rule.compare(Op::less, m.rule.event_time(a), m.rule.event_time(b)));
    m.where(m.rule.compare(Op::less, m.field(a, kBytes), m.field(b, kBytes)));
    m.match({m.key("user", {m.field(a, kUser), m.field(b, kUser)})}, 500, window, a);
    m.rule.outcome("hosts", m.rule.aggregate(Aggregate::array_distinct, m.field(a, kHost)));
    Rule exists = m.done();
    m.rule.name = "count";
    m.rule.condition = m.rule.all_of({m.rule.exists(a), m.at_least(m.rule.count_of(b), 3)});
    Rule counts = m.done();
    m.rule.name = "absent";
    m.rule.condition = m.rule.all_of({m.rule.exists(a), m.rule.negate(m.rule.exists(b))});
    const std::string off = difference(pair({exists, counts, m.done()}, stream(11, 220, 5, 2, 70)));
    CHECK_MESSAGE(off.empty(), off);
  }
}

TEST_CASE("keys that no variable shares make groups within a group") {
  Maker m("hosts");
  const uint32_t a = m.variable("a"), b = m.variable("b");
  m.where(m.is(a, kKind, "login"));
  m.where(m.is(b, kKind, "reset"));
  m.where(m.rule.compare(Op::equal, m.field(a, kUser), m.field(b, kUser)));
  m.match({m.key("from", {m.field(a, kHost)}), m.key("to", {m.field(b, kHost)})}, 200);
  m.rule.condition = m.rule.all_of({m.rule.exists(a), m.at_least(m.rule.count_of(b), 2)});
  Rule hop = m.done();
  m.match({m.key("from", {}), m.key("to", {})}, 200, Match::Window::after, a);
  const std::string off = difference(pair({hop, m.done()}, stream(5, 120, 6, 3, 4)));
  CHECK_MESSAGE(off.empty(), off);
}

TEST_CASE("any order within the lateness gives the same detections") {
  const Engine engine = build({many_events(5, 100), many_hosts(4, 60)});
  std::vector<Said> events = stream(21, 200, 6, 3, 8);
  for (size_t i = 0; i < events.size(); ++i) events[i].bytes = static_cast<int64_t>(i);  // no two are alike
  std::string first;
  std::mt19937 random(1);
  for (int round = 0; round < 6; ++round) {
    std::vector<Said> order = events;
    for (size_t i = 0; round > 0 && i < order.size(); i += 20)
      std::shuffle(order.begin() + static_cast<ptrdiff_t>(i),
                   order.begin() + static_cast<ptrdiff_t>(std::min(i + 20, order.size())), random);
    Run run(engine, {.limits = {}, .lateness_seconds = 120});
    for (const Said& s : order) {
      const auto line = static_cast<size_t>(s.bytes) + 1;
      run.correlator.add(matched(engine, s, line));
    }
    run.correlator.finish();
    CHECK(run.correlator.statistics().late == 0);
    REQUIRE(!run.found.empty());
    if (round == 0) first = run.shown();
    CHECK(run.shown() == first);
  }
}

TEST_CASE("late events are counted and left out; advance() lets windows end") {
  const Engine engine = build({many_events(2, 100)});
  Run run(engine, {.limits = {}, .lateness_seconds = 10});
  run.add({100, "u"});
  run.add({150, "v"});
  run.add({139, "u"});
  CHECK(run.correlator.statistics().late == 1);
  run.correlator.advance({kBase + 1000, 0});
  CHECK(run.correlator.statistics().pending == 0);
  CHECK(run.correlator.statistics().groups == 0);
  run.add({999, "u"});
  CHECK(run.correlator.statistics().late == 2);
  run.correlator.finish();
  CHECK(run.found.empty());

  Maker absent("absent");
  const uint32_t a = absent.variable("a"), b = absent.variable("b");
  absent.where(absent.is(a, kKind, "login"));
  absent.where(absent.is(b, kKind, "reset"));
  absent.match({absent.key("user", {absent.field(a, kUser), absent.field(b, kUser)})}, 60, Match::Window::after, a);
  absent.rule.condition = absent.rule.all_of({absent.rule.exists(a), absent.rule.negate(absent.rule.exists(b))});
  const Engine waits = build({absent.done()});
  Run waiting(waits);
  waiting.add({0, "u"});
  waiting.correlator.advance({kBase + 60, 0});
  CHECK_MESSAGE(waiting.found.empty(), "a reset in the sixtieth second may still come");
  waiting.correlator.advance({kBase + 61, 0});
  REQUIRE(waiting.found.size() == 1);
  CHECK(waiting.found[0].time == Timestamp{kBase + 60, 0});
}

TEST_CASE("groups go when their rows have left every window, though their key never comes again") {
  const Engine engine = build({many_events(3, 100), many_hosts(3, 50)});
  Run run(engine);
  for (int i = 0; i < 500; ++i) run.add({i, "u" + std::to_string(i)});
  CHECK(run.correlator.statistics().groups <= 155);
  run.add({10'000, "x"});
  run.add({10'001, "x"});
  CHECK(run.correlator.statistics().groups == 2);
  run.correlator.finish();
  CHECK(run.correlator.statistics().groups == 0);
  CHECK(run.correlator.statistics().rows == 0);
}

TEST_CASE("caps hold, and what they take is counted") {
  const Engine engine = build({many_events(3, 1000)});
  CorrelatorOptions options;
  options.limits.state_bytes = 2u << 20;
  Run unique(engine, options);
  for (int i = 0; i < 30'000; ++i) unique.add({i / 100, "user" + std::to_string(i)});
  const CorrelatorStatistics s = unique.correlator.statistics();
  CHECK(s.evicted_groups > 10'000);
  CHECK(s.state_bytes <= (2u << 20) + (2u << 18));
  CHECK(s.groups > 1000);
  unique.add({310, "user29999"});
  unique.add({311, "user29999"});
  unique.add({312, "user29999"});
  unique.add({313, "-"});
  CHECK_MESSAGE(unique.found.size() == 1, "those used last stay");

  options = {};
  options.limits.group_rows = 10;
  const Engine fifty = build({many_events(50, 1000)});
  Run rows(fifty, options);
  for (int i = 0; i < 100; ++i) rows.add({i, "u"});
  CHECK(rows.correlator.statistics().evicted_rows == 89);  // the last event still waits
  CHECK(rows.correlator.statistics().rows == 10);

  options = {};
  options.limits.pending_bytes = 20'000;
  options.lateness_seconds = 1'000'000;
  Run queue(engine, options);
  for (int i = 0; i < 300; ++i) queue.add({i, "u"});
  CHECK(queue.correlator.statistics().released_early > 100);
  CHECK(queue.correlator.statistics().pending < 200);
  CHECK(!queue.found.empty());
}

TEST_CASE("a join of many rows stops at the limit and says so") {
  Maker m("product");
  const uint32_t a = m.variable("a"), b = m.variable("b");
  m.where(m.is(a, kKind, "login"));
  m.where(m.is(b, kKind, "reset"));
  m.match({m.key("user", {m.field(a, kUser), m.field(b, kUser)})}, 10'000);
  m.rule.outcome("n", m.rule.aggregate(Aggregate::count));
  m.rule.condition = m.rule.all_of({m.rule.exists(b), m.at_least(m.rule.count_of(a), 150)});
  const Engine engine = build({m.done()});
  CorrelatorOptions options;
  options.limits.join_rows = 1000;
  Run run(engine, options);
  for (int i = 0; i < 300; ++i) run.add({i, "u", "h", i % 2 ? "login" : "reset"});
  run.correlator.finish();
  CHECK(run.correlator.statistics().cut_evaluations > 0);
  for (const Detection& d : run.found) {
    CHECK(d.matched_rows <= 1000);
    CHECK(d.rows_not_looked_at > 0);
  }
}

TEST_CASE("a saved state goes on as if nothing had been, wherever it is cut") {
  Maker absent("absent");
  const uint32_t a = absent.variable("a"), b = absent.variable("b");
  absent.where(absent.is(a, kKind, "login"));
  absent.where(absent.is(b, kKind, "reset"));
  absent.match({absent.key("user", {absent.field(a, kUser), absent.field(b, kUser)})}, 40);
  absent.rule.condition = absent.rule.all_of({absent.rule.exists(a), absent.rule.negate(absent.rule.exists(b))});
  absent.rule.options.suppression_seconds = 90;
  Maker single("single");
  const uint32_t e = single.variable("e");
  single.where(single.is(e, kKind, "reset"));
  single.rule.outcome("user", single.field(e, kUser));
  single.rule.options.suppression_seconds = 30;
  const std::vector<Rule> rules = {many_events(4, 60), many_hosts(36, 400), absent.done(), single.done()};
  const Engine engine = build(rules);
  const std::vector<Said> events = stream(31, 130, 4, 2, 60);
  std::string whole;
  {
    Run run(engine, {.limits = {}, .lateness_seconds = 15});
    for (const Said& s : events) run.add(s);
    run.correlator.finish();
    whole = run.shown();
    REQUIRE(run.found.size() > 10);
  }
  for (size_t cut = 0; cut <= events.size(); ++cut) {
    Run before(engine, {.limits = {}, .lateness_seconds = 15}), after(engine, {.limits = {}, .lateness_seconds = 15});
    for (size_t i = 0; i < cut; ++i) before.add(events[i]);
    const auto restored = after.correlator.restore(before.correlator.save());
    REQUIRE_MESSAGE(restored.has_value(), restored.error().one_line());
    CHECK(*restored == 0);
    after.lines = cut;
    for (size_t i = cut; i < events.size(); ++i) after.add(events[i]);
    after.correlator.finish();
    CHECK(before.shown() + after.shown() == whole);
    CHECK(after.correlator.statistics().suppressed > 0);
  }
}

TEST_CASE("rules that went or changed are dropped from a state, new ones start empty") {
  const Engine old = build({many_events(3, 100), many_hosts(9, 100)});
  Run before(old);
  for (int i = 0; i < 3; ++i) before.add({i, "u"});
  const std::string state = before.correlator.save();
  const Engine changed = build({many_hosts(1, 77), many_events(3, 100)});
  Run after(changed);
  const auto dropped = after.correlator.restore(state);
  REQUIRE(dropped.has_value());
  CHECK(*dropped == 1);
  CHECK(after.correlator.statistics().groups == 1);
  after.correlator.finish();
  REQUIRE(after.found.size() == 1);
  CHECK(after.found[0].rule == 1);
}

TEST_CASE("a damaged state is refused or loads safely") {
  const Engine engine = build({many_events(3, 100), many_hosts(9, 100), looks_back()});
  Run before(engine, {.limits = {}, .lateness_seconds = 20});
  for (const Said& s : stream(41, 12, 50'000, 2, 3)) before.add(s);
  for (Said s : stream(41, 25, 4, 2, 3)) s.time += 600'000, before.add(s);
  const std::string state = before.correlator.save();
  const auto code = [&](std::string_view bytes) {
    Run run(engine);
    const auto read = run.correlator.restore(bytes);
    if (!read) CHECK(run.correlator.statistics().groups == 0);
    run.add({1000, "u"});
    run.correlator.finish();
    return read ? std::string() : read.error().code;
  };
  CHECK(code(state).empty());
  CHECK(code("") == "engine.state");
  CHECK(code("sekisho state 1\n" + state.substr(16)) == "engine.state");
  for (size_t n = 0; n < state.size(); n += 7) CHECK(code(state.substr(0, n)) == "engine.state");
  for (size_t i = 0; i < state.size(); i += 3) {
    std::string bad = state;
    bad[i] = static_cast<char>(bad[i] ^ 0x55);
    CHECK(code(bad) == "engine.state");
  }
  // Whoever can write a checksum can write anything: it must be read safely all the same.
  const std::string body = state.substr(0, state.size() - 64);
  std::mt19937 random(5);
  size_t loaded = 0;
  for (size_t i = 16; i < body.size(); ++i) {
    std::string bad = body;
    bad[i] = static_cast<char>(random());
    if (i % 5 == 0) bad.erase(i, random() % 20);
    loaded += code(with_checksum(bad)).empty();
  }
  CHECK(loaded > 0);
  Run used(engine);
  used.add({0, "u"});
  CHECK(used.correlator.restore(state).error().code == "engine.state");
}

TEST_CASE("times at the ends, and keys of any bytes") {
  const Engine engine = build({many_events(2, 100), many_hosts(1, INT64_MAX / 2), looks_back()});
  Run run(engine, {.limits = {}, .lateness_seconds = INT64_MAX});
  Matched all;
  for (const int64_t seconds :
       {INT64_MIN, INT64_MIN / 1'000'000'000, int64_t{0}, INT64_MAX / 1'000'000'000, INT64_MAX}) {
    Matched m = matched(engine, {0, "u\\u0000x"}, 1);
    REQUIRE(m.events.size() == 1);
    m.events[0].time = {seconds, 999'999'999};
    run.correlator.add(std::move(m));
  }
  run.correlator.advance({INT64_MAX, 999'999'999});
  run.correlator.finish();
  CHECK(!run.found.empty());
  CHECK(run.correlator.statistics().groups == 0);
}

}  // namespace sekisho::engine
