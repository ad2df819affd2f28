// What hunting costs: two made streams of events through the public rules of $SEKISHO_DATA, parse included, on one
// core; state of correlation by group and event. Prints "name  value unit" lines.
//   hunt_bench [MEGABYTES [udm|raw|state [PASSES [TIMES]]]]       megabytes of each stream; 200 by default. With PASSES
//   of udm or raw: so many hunts and nothing else, for a profiler; TIMES: with so many times the rules
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "bench_rules.h"
#include "engine/correlate.h"
#include "event/json.h"
#include "event/json_line.h"
#include "event_streams.h"
#include "parse_only.h"
#include "rule_positives.h"
#include "sigma/sigma.h"

namespace {

using namespace sekisho;
using engine::Engine;

constexpr int kPasses = 3;       // the best counts: the machine may be shared
constexpr size_t kBlock = 4096;  // lines given to the correlator at once

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  size_t pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

struct Lines {
  std::string_view text;
  template <class F>
  void each(F&& f) const {
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
      const char* stop = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
      if (stop == nullptr) stop = end;
      f(std::string_view(at, static_cast<size_t>(stop - at)), static_cast<uint64_t>(at - text.data()));
      at = stop + 1;
    }
  }
};

struct Figures {
  double seconds = 1e18;
  uint64_t events = 0, tests = 0, rules = 0, patterns = 0, matched = 0, rows = 0, detections = 0;
  engine::CorrelatorStatistics correlation;
  double rate() const { return static_cast<double>(events) / seconds; }
};

void load(engine::Correlator& correlator, const std::vector<std::string>& context) {
  for (const std::string& record : context) {
    event::ReadOptions as_entity;
    as_entity.root = &event::Schema::get().entity();
    if (const auto entity = event::read_json(record, as_entity)) correlator.context(*entity);
  }
}

// The whole hunt over lines in memory, in this thread.
Figures hunt(const Engine& engine, engine::Reading reading, std::string_view text,
             const std::vector<std::string>& context, const Limits& limits = {}, bool statistics = false) {
  Figures out;
  engine::Scratch scratch;
  event::JsonLine line;
  engine::Matched matched;
  engine::CorrelatorOptions options;
  options.limits = limits;
  options.lateness_seconds = 60;
  engine::Correlator correlator(engine, options, [&](engine::Detection&&) { ++out.detections; });
  load(correlator, context);
  scratch.know(correlator.known());
  const double start = now();
  Lines{text}.each([&](std::string_view bytes, uint64_t offset) {
    const auto json = line.parse(bytes, true);
    if (!json) return;
    const size_t before = matched.events.size();
    engine.match(*json, reading, bytes,
                 {.length = static_cast<uint32_t>(bytes.size()), .line = out.events + 1, .offset = offset}, scratch,
                 matched);
    ++out.events;
    if (statistics) {
      const engine::RunStatistics& s = scratch.statistics();
      out.tests += s.tests;
      out.rules += s.rules_tried;
      out.patterns += s.patterns_run;
    }
    out.matched += matched.events.size() - before;
    if (out.events % kBlock == 0) {
      out.rows += matched.rows.size();
      out.detections += matched.detections.size();
      correlator.add(std::move(matched));
      matched.clear();
    }
  });
  out.rows += matched.rows.size();
  out.detections += matched.detections.size();
  correlator.add(std::move(matched));
  correlator.finish();
  out.seconds = now() - start;
  out.correlation = correlator.statistics();
  return out;
}

// Parse and match alone, by several threads on pieces of the text.
double match_rate(const Engine& engine, engine::Reading reading, std::string_view text,
                  const std::vector<std::string>& context, size_t threads) {
  engine::Correlator records(engine, {}, [](engine::Detection&&) {});
  load(records, context);
  const auto known = records.known();
  std::vector<std::string_view> pieces;
  for (size_t i = 0, from = 0; i < threads; ++i) {
    size_t to = i + 1 == threads ? text.size() : text.find('\n', text.size() * (i + 1) / threads) + 1;
    pieces.push_back(text.substr(from, to - from));
    from = to;
  }
  std::vector<uint64_t> events(threads);
  const double start = now();
  {
    std::vector<std::jthread> workers;
    for (size_t i = 0; i < threads; ++i)
      workers.emplace_back([&, i] {
        engine::Scratch scratch;
        scratch.know(known);
        event::JsonLine line;
        engine::Matched matched;
        uint64_t n = 0;
        Lines{pieces[i]}.each([&](std::string_view bytes, uint64_t) {
          const auto json = line.parse(bytes, true);
          if (!json) return;
          engine.match(*json, reading, bytes, {}, scratch, matched);
          if (++n % kBlock == 0) matched.clear();
        });
        events[i] = n;
      });
  }
  uint64_t all = 0;
  for (const uint64_t n : events) all += n;
  return static_cast<double>(all) / (now() - start);
}

Engine build(std::vector<engine::Rule> rules, const engine::ReferenceLists& lists) {
  engine::EngineOptions options;
  options.time_fields = {"@timestamp",   "published", "time", "TimeGenerated", "eventTime", "timestamp",
                         "CreationTime", "id.time",   "date", "isotimestamp",  "created_at"};
  auto engine = Engine::build(std::move(rules), lists, options);
  if (!engine) {
    std::fprintf(stderr, "%s\n", engine.error().one_line().c_str());
    std::exit(2);
  }
  return *std::move(engine);
}

void rate(const std::string& name, double value) { std::printf("%s  %.0f events/s\n", name.c_str(), value); }

void stream_figures(const std::string& name, engine::Reading reading, std::vector<engine::Rule> rules, size_t bytes,
                    int only_hunt, size_t times) {
  const engine::ReferenceLists lists = tests::lists_for(rules);
  rules = bench::runnable(std::move(rules), lists);
  std::vector<std::string> context;
  bench::StreamOptions options;
  options.bytes = bytes;
  options.sequences = bench::sequences_for(rules, lists, context);
  const bool udm = reading == engine::Reading::udm;
  const bench::Stream stream = bench::make_stream(udm ? bench::udm_shapes() : bench::vendor_shapes(), options);
  const std::string_view text(stream.text.data(), stream.size);
  const double built = now();
  const Engine engine =
      times > 1 ? build(bench::runnable(bench::multiplied(rules, times), lists), lists) : build(rules, lists);
  std::printf("%s/rules  %zu count\n%s/build  %.0f ms\n", name.c_str(), rules.size(), name.c_str(),
              (now() - built) * 1000);
  std::printf("%s/stream  %.1f MB\n%s/event_bytes  %.0f bytes\n", name.c_str(), static_cast<double>(stream.size) / 1e6,
              name.c_str(), static_cast<double>(stream.size) / static_cast<double>(stream.events));
  if (only_hunt > 0) {
    double parse = 1e18, hunted = 1e18;
    for (int pass = 0; pass < only_hunt; ++pass) {
      const double start = now();
      const size_t objects = bench::parse_only(text);
      parse = std::min(parse, (now() - start) / static_cast<double>(objects));
      hunted = std::min(hunted, 1 / hunt(engine, reading, text, context).rate());
    }
    rate(name + "/hunt", 1 / hunted);
    std::printf("%s/to_parse_only  %.2f ratio\n", name.c_str(), hunted / parse);
    return;
  }
  Figures best;
  double parse = 1e18;
  for (int pass = 0; pass < kPasses; ++pass) {
    const double start = now();
    const size_t objects = bench::parse_only(text);
    parse = std::min(parse, (now() - start) / static_cast<double>(objects));
    const Figures f = hunt(engine, reading, text, context);
    if (f.seconds < best.seconds) best = f;
  }
  rate(name + "/hunt", best.rate());
  rate(name + "/parse_only", 1 / parse);
  std::printf("%s/to_parse_only  %.2f ratio\n", name.c_str(), 1 / parse / best.rate());
  const Figures counted = hunt(engine, reading, text, context, {}, true);
  const auto per_event = [&](uint64_t n) { return static_cast<double>(n) / static_cast<double>(counted.events); };
  std::printf(
      "%s/predicates_per_event  %.2f count\n%s/rules_reached_per_event  %.2f count\n%s/patterns_per_event  %.3f "
      "count\n",
      name.c_str(), per_event(counted.tests), name.c_str(), per_event(counted.rules), name.c_str(),
      per_event(counted.patterns));
  std::printf(
      "%s/inserted  %.2f percent\n%s/events_kept_for_joins_or_matching  %.2f percent\n%s/detections  %zu count\n",
      name.c_str(), 100.0 * static_cast<double>(stream.inserted) / static_cast<double>(stream.events), name.c_str(),
      100 * per_event(counted.matched), name.c_str(), static_cast<size_t>(counted.detections));
  const double one = match_rate(engine, reading, text, context, 1), two = match_rate(engine, reading, text, context, 2);
  rate(name + "/match_1_thread", one);
  rate(name + "/match_2_threads", two);
  std::printf("%s/2_threads  %.2f ratio\n", name.c_str(), two / one);
  // Ten times the rules: copies with other words.
  const std::string_view part = text.substr(0, text.find('\n', text.size() / 4) + 1);
  const double build_start = now();
  const Engine larger = build(bench::runnable(bench::multiplied(rules, 10), lists), lists);
  std::printf("%s/build_10_times  %.0f ms\n", name.c_str(), (now() - build_start) * 1000);
  Figures few, many;
  for (int pass = 0; pass < kPasses; ++pass) {
    if (const Figures f = hunt(engine, reading, part, context); f.seconds < few.seconds) few = f;
    if (const Figures f = hunt(larger, reading, part, context); f.seconds < many.seconds) many = f;
  }
  rate(name + "/hunt_10_times_the_rules", many.rate());
  std::printf("%s/10_times_the_rules  %.2f ratio\n", name.c_str(), many.seconds / few.seconds);
}

constexpr std::string_view kLogin =
    R"({"uuid":"<uuid>","published":"<time>","eventType":"user.session.start","version":"0","severity":"INFO","displayMessage":"<sentence>","actor":{"id":"<hex>","type":"User","alternateId":"@WHO@","displayName":"<name>"},"tenant":"one","client":{"userAgent":{"rawUserAgent":"<agent>","os":"Windows 10","browser":"CHROME"},"zone":"null","device":"Computer","ipAddress":"<ip>"},"outcome":{"result":"SUCCESS"},"target":[{"id":"<hex>","type":"AppInstance","alternateId":"<app>","displayName":"<app>"}],"debugContext":{"debugData":{"requestUri":"/api/v1/<word>"}},"authenticationContext":{"externalSessionId":"<hex>"}})";

std::string login_shape(std::string_view who) {
  std::string out(kLogin);
  return out.replace(out.find("@WHO@"), 5, who);
}

// A correlation over logins that never fires: what it keeps and costs is what is measured.
Engine login_engine(const std::string& correlation) {
  const std::string text =
      "title: login\nname: login\nlogsource:\n    product: okta\ndetection:\n    selection:\n        eventType: "
      "user.session.start\n    condition: selection\n---\ntitle: many\ncorrelation:\n    rules: login\n" +
      correlation;
  sigma::Compiled compiled = sigma::compile(text, "bench.yml");
  for (const Error& e : compiled.errors) std::fprintf(stderr, "%s\n", e.one_line().c_str());
  return build(std::move(compiled.rules), {});
}

// One group; 140,000 events in the window hold about 100,000 of 200,000 values.
void distinct_values(size_t bytes) {
  const std::string shape = login_shape("<value>");
  bench::StreamOptions options;
  options.bytes = bytes;
  options.events_per_second = 39;
  const bench::Stream stream = bench::make_stream({{1, shape}}, options);
  const Engine engine = login_engine(
      "    type: value_count\n    group-by:\n        - tenant\n    timespan: 1h\n    condition:\n        field: "
      "actor.alternateId\n        gte: 1000000\n");
  Figures best;
  for (int pass = 0; pass < kPasses; ++pass)
    if (const Figures f = hunt(engine, engine::Reading::raw, {stream.text.data(), stream.size}, {});
        f.seconds < best.seconds)
      best = f;
  rate("state/value_count_100k_distinct", best.rate());
  std::printf("state/value_count_event_bytes  %.0f bytes\n",
              static_cast<double>(stream.size) / static_cast<double>(stream.events));
}

void state_figures() {
  const std::string count = "    timespan: 24h\n    condition:\n        gte: 1000000000\n";
  const std::string alone = login_shape("<serial>"), together = login_shape("<user>");
  bench::StreamOptions options;
  options.events_per_second = 1000;
  const auto measure = [&](const Engine& engine, const std::string& shape, uint64_t events, const Limits& limits) {
    // In pieces: the stream itself is not to be measured.
    struct Result {
      double state, resident;
      engine::CorrelatorStatistics statistics;
    } out{};
    engine::CorrelatorOptions how;
    how.limits = limits;
    engine::Correlator correlator(engine, how, [](engine::Detection&&) {});
    engine::Scratch scratch;
    event::JsonLine line;
    size_t before = 0;
    uint64_t n = 0;
    for (uint64_t piece = 0; n < events; ++piece) {
      bench::StreamOptions part = options;
      part.bytes = 8u << 20;
      part.seed = piece + 1;
      part.start += static_cast<int64_t>(piece) * 20;
      std::string renamed = shape;
      if (const size_t at = renamed.find("<serial>"); at != std::string::npos)
        renamed.insert(at, std::to_string(piece) + "-");
      const bench::Stream stream = bench::make_stream({{1, renamed}}, part);
      if (piece == 0) before = resident_bytes();
      engine::Matched matched;
      Lines{{stream.text.data(), stream.size}}.each([&](std::string_view bytes, uint64_t) {
        if (n >= events) return;
        if (const auto json = line.parse(bytes, true))
          engine.match(*json, engine::Reading::raw, bytes, {.line = ++n}, scratch, matched);
        if (n % kBlock == 0) {
          correlator.add(std::move(matched));
          matched.clear();
        }
      });
      correlator.add(std::move(matched));
    }
    out.statistics = correlator.statistics();
    out.state = static_cast<double>(out.statistics.state_bytes);
    out.resident = static_cast<double>(resident_bytes()) - static_cast<double>(before);
    return out;
  };
  constexpr uint64_t kMany = 1'000'000;
  const std::string by_user = "    type: event_count\n    group-by:\n        - actor.alternateId\n" + count;
  const std::string by_tenant = "    type: event_count\n    group-by:\n        - tenant\n" + count;
  const std::string values =
      "    type: value_count\n    group-by:\n        - tenant\n    timespan: 24h\n    condition:\n        field: "
      "actor.alternateId\n        gte: 1000000000\n";
  {
    const auto r = measure(login_engine(by_tenant), together, kMany, {});
    std::printf("state/event_in_window  %.1f bytes\nstate/event_in_window_resident  %.1f bytes\n", r.state / kMany,
                r.resident / kMany);
  }
  {
    const auto r = measure(login_engine(values), together, kMany, {});
    std::printf("state/event_in_window_value_count  %.1f bytes\n", r.state / kMany);
  }
  {
    const auto r = measure(login_engine(by_user), alone, kMany, {});
    std::printf(
        "state/live_groups  %zu count\nstate/group  %.1f bytes\nstate/1M_groups  %.0f MB\nstate/1M_groups_resident  "
        "%.0f MB\n",
        r.statistics.groups, r.state / static_cast<double>(std::max<size_t>(1, r.statistics.groups)), r.state / 1e6,
        r.resident / 1e6);
  }
  {
    Limits limits;
    limits.state_bytes = 64u << 20;
    const auto r = measure(login_engine(by_user), alone, 2 * kMany, limits);
    std::printf("state/cap_64MB_of_2M_unique_keys  %.1f MB\nstate/cap_evicted_groups  %zu count\n", r.state / 1e6,
                static_cast<size_t>(r.statistics.evicted_groups));
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const size_t bytes = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200) * 1'000'000;
  const std::string_view part = argc > 2 ? argv[2] : "";
  const int only_hunt = argc > 3 ? std::atoi(argv[3]) : 0;
  const size_t times = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1;
  const char* data = std::getenv("SEKISHO_DATA");
  const std::string root = data ? data : "";
  if (part.empty() || part == "udm") {
    std::vector<engine::Rule> rules = bench::yaral_rules(root + "/yaral");
    if (rules.empty()) std::puts("udm: skipped: no data");
    for (engine::Rule& rule : bench::synthetic_identity_rules(500)) rules.push_back(std::move(rule));
    if (rules.size() > 500) stream_figures("udm", engine::Reading::udm, std::move(rules), bytes, only_hunt, times);
  }
  if (part.empty() || part == "raw") {
    std::vector<engine::Rule> rules = bench::sigma_rules(root + "/sigma");
    if (rules.empty()) std::puts("raw: skipped: no data");
    else stream_figures("raw", engine::Reading::raw, std::move(rules), bytes, only_hunt, times);
  }
  if (part.empty() || part == "state") {
    distinct_values(bytes);
    state_figures();
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("hunt/peak_memory  %.0f MB\n", static_cast<double>(usage.ru_maxrss) / 1000);
}
