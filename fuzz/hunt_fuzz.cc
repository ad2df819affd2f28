// Any bytes as a log, through the whole hunt: the first byte chooses how it is read and in how large blocks. Whatever
// comes out is JSON, and the number of threads changes nothing.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "event/json_line.h"
#include "hunt/rules.h"
#include "hunt/run.h"

namespace {

using namespace sekisho;

constexpr std::string_view kYaral = R"(
rule any_sign_in { events: $e.metadata.event_type = "USER_LOGIN" outcome: $risk_score = 10 $ip = array_distinct($e.principal.ip) condition: $e }
rule pair {
  events:
    $a.metadata.event_type = "USER_LOGIN"
    $a.principal.user.userid = $u
    $b.metadata.product_event_type = /x/ nocase
    $b.principal.user.userid = $u
  match: $u over 5m
  condition: $a and $b
}
rule few { events: $e.principal.ip = $ip match: $ip over 1m condition: #e > 1 and #e < 4 }
)";
constexpr std::string_view kSigma = R"(
title: Raw
name: raw
logsource: {product: test}
detection:
  s:
    eventType|contains: x
  k:
    - y
  condition: s or k
---
title: Count
correlation:
  type: event_count
  rules: [raw]
  group-by: [actor.id]
  timespan: 5m
  condition: {gte: 2}
)";

engine::Engine build(std::string_view text, const char* name) {
  hunt::RuleSet set = hunt::compile_rules({{name, std::string(text), {}}}, {}, {});
  if (!set.errors.empty() || set.rules.empty()) std::abort();
  engine::EngineOptions options;
  options.time_fields = {"time", "t"};
  auto engine = engine::Engine::build(std::move(set.rules), {}, options);
  if (!engine) std::abort();
  return std::move(*engine);
}

std::string run(const engine::Engine& engine, const std::string& path, uint8_t choice, unsigned threads) {
  const FixedClock clock({1767571200, 0});
  hunt::HuntOptions options;
  options.logs = {path};
  options.stream.reading = choice & 1 ? engine::Reading::raw : engine::Reading::udm;
  options.stream.time_fields = {"time", "t"};
  options.stream.threads = threads;
  options.stream.limits.event_bytes = choice & 2 ? 100 : 100'000;
  options.lateness_seconds = choice & 4 ? 0 : 300;
  options.budget = choice & 8 ? 2 : 0;
  options.format = static_cast<hunt::Format>((choice >> 4) % 3);
  std::string out;
  event::JsonLine json;
  hunt::HuntSinks sinks;
  sinks.write = [&](std::string_view line) {
    if (!line.ends_with('\n') || !json.parse(line, false)) std::abort();
    out += line;
  };
  sinks.problem = [](const std::string&, const hunt::Problem&) {};
  sinks.expired = [](const hunt::Exception&) {};
  sinks.stop = [] { return false; };
  if (!hunt::Hunt(engine, std::move(options), std::move(sinks), clock).run()) std::abort();
  return out;
}

// The bytes as a file in memory.
std::string file_of(const uint8_t* data, size_t size) {
  static const int descriptor = memfd_create("log", MFD_CLOEXEC);
  if (descriptor < 0 || ftruncate(descriptor, 0) != 0) std::abort();
  for (size_t done = 0; done < size;) {
    const ssize_t n = pwrite(descriptor, data + done, size - done, static_cast<off_t>(done));
    if (n <= 0) std::abort();
    done += static_cast<size_t>(n);
  }
  return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const engine::Engine udm = build(kYaral, "a.yaral"), raw = build(kSigma, "a.yml");
  if (size == 0) return 0;
  const uint8_t choice = data[0];
  const std::string path = file_of(data + 1, size - 1);
  const engine::Engine& engine = choice & 1 ? raw : udm;
  const std::string one = run(engine, path, choice, 1);
  if (choice & 128 && run(engine, path, choice, 3) != one) std::abort();
  return 0;
}
