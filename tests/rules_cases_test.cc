// Rules over several events, end to end: tests/rules/**/*.case, each rules, events and the detections that the
// documented semantics demand. README.md there has the form. Each case is run by the engine on the JSON text, by the
// engine on events read from it, by the oracle; again with the events in other orders that the lateness allows, and
// with the state saved and restored on the way. All must give exactly the lines of the case. The cases of
// tests/yaral/cases, on one event each, take the same roads. Expected values come from the documentation and are never
// renewed by a switch.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "base/strings.h"
#include "diag/render.h"
#include "engine/pair.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

namespace sekisho {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kBase = 1'767'225'600;  // @0: 2026-01-01T00:00:00Z

struct Case {
  std::string rules, expected;
  bool sigma = false;
  bool in_order_only = false;  // some events are late or have no time: their detections come when they come
  engine::PairCase pair;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> case_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / "tests" / folder))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Timestamp at_second(std::string_view text) {
  const bool minus = text.starts_with('-');
  if (minus) text.remove_prefix(1);
  std::string digits(text);
  int64_t nanos = 0;
  if (const size_t dot = digits.find('.'); dot != std::string::npos) {
    std::string fraction = digits.substr(dot + 1);
    fraction.resize(9, '0');
    nanos = std::atoll(fraction.c_str());
    digits.resize(dot);
  }
  const int64_t total = (std::atoll(digits.c_str()) * 1'000'000'000 + nanos) * (minus ? -1 : 1) + kBase * 1'000'000'000;
  return {total / 1'000'000'000, static_cast<int32_t>(total % 1'000'000'000)};
}

std::string second_of(Timestamp t) {
  const int64_t total = (t.seconds - kBase) * 1'000'000'000 + t.nanos, size = total < 0 ? -total : total;
  std::string out = (total < 0 ? "-" : "") + std::to_string(size / 1'000'000'000);
  std::string fraction = std::to_string(size % 1'000'000'000);
  if (fraction == "0") return out;
  fraction.insert(0, 9 - fraction.size(), '0');
  while (fraction.ends_with('0')) fraction.pop_back();
  return out + "." + fraction;
}

// Puts the time where its reader looks for it.
void set_time(engine::OracleEvent& event, Timestamp time) {
  const std::string text = '"' + format_rfc3339(time) + '"';
  event.time = time;
  const auto put = [&](size_t brace, const std::string& member) {
    const bool last = event.text.find_first_not_of(' ', brace + 1) == event.text.find('}', brace);
    event.text.insert(brace + 1, member + (last ? "" : ", "));
  };
  const size_t metadata = event.text.find("\"metadata\":");
  if (event.reading == engine::Reading::raw) put(event.text.find('{'), "\"time\": " + text);
  else if (metadata == std::string::npos) put(event.text.find('{'), "\"metadata\": {\"eventTimestamp\": " + text + "}");
  else put(event.text.find('{', metadata), "\"eventTimestamp\": " + text);
}

Case read_case(const fs::path& path) {
  Case out;
  std::string section;
  const std::string text = read_file(path);
  for (std::string_view line : split(text, '\n')) {
    if (line.starts_with("== ")) {
      section = trim(line.substr(3));
      out.sigma = out.sigma || section == "sigma";
    } else if (section == "rules" || section == "sigma") {
      out.rules += std::string(line) + "\n";
    } else if (trim(line).empty()) {
      continue;
    } else if (section == "lateness") {
      out.pair.lateness_seconds = std::atoll(std::string(line).c_str());
    } else if (section == "lists") {
      const size_t colon = line.find(':');
      REQUIRE(colon != std::string_view::npos);
      auto& values = out.pair.lists[std::string(trim(line.substr(0, colon)))];
      for (std::string_view value : split(line.substr(colon + 1), '|')) values.emplace_back(trim(value));
    } else if (section == "context") {
      out.pair.context.emplace_back(line);
    } else if (section == "events") {
      engine::OracleEvent event{.reading = out.sigma ? engine::Reading::raw : engine::Reading::udm};
      event.ref.line = out.pair.events.size() + 1;
      const size_t brace = line.find('{');
      REQUIRE(brace != std::string_view::npos);
      event.text = line.substr(brace);
      if (line.starts_with('@')) set_time(event, at_second(trim(line.substr(1, brace - 1))));
      else out.in_order_only = true;
      out.pair.events.push_back(std::move(event));
    } else if (section == "detections") {
      out.expected += std::string(trim(line)) + "\n";
    }
  }
  int64_t newest = INT64_MIN;
  for (const engine::OracleEvent& event : out.pair.events) {
    if (!event.time) continue;
    out.in_order_only = out.in_order_only || event.time->seconds + out.pair.lateness_seconds < newest;
    newest = std::max(newest, event.time->seconds);
  }
  return out;
}

std::string outcomes(const engine::Detection& d) {
  std::string out;
  for (const auto& [name, value] : d.outcomes) {
    out += (out.empty() ? " $" : "; $") + std::string(name) + " = " + value.to_string();
    while (out.ends_with(' ')) out.pop_back();
  }
  return out;
}

std::string describe(const Case& c, const std::vector<engine::Detection>& detections) {
  std::string out;
  for (const engine::Detection& d : detections) {
    out += "@" + (d.time == Timestamp() ? "-" : second_of(d.time)) + " " + c.pair.rules[d.rule].name;
    for (const auto& [name, value] : d.keys) out += " " + std::string(name) + "=" + value.to_string();
    if (d.window) out += " [" + second_of(d.window->start) + ".." + second_of(d.window->end) + "]";
    if (!c.sigma) out += outcomes(d);  // those of Sigma are named by us
    out += "\n";
  }
  return out;
}

std::string sorted_lines(const std::string& text) {
  std::vector<std::string_view> lines = split(text, '\n');
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (std::string_view line : lines) out += std::string(line) + "\n";
  return out;
}

bool compile(Case& c, const std::string& name) {
  std::vector<Error> errors;
  if (c.sigma) {
    sigma::Compiled made = sigma::compile(c.rules, name, {.lists = &c.pair.lists});
    c.pair.rules = std::move(made.rules);
    errors = std::move(made.errors);
  } else {
    yaral::CompiledFile made = yaral::compile(c.rules, name);
    c.pair.rules = std::move(made.rules);
    errors = std::move(made.errors);
  }
  for (const Error& error : errors) FAIL_CHECK(diag::render(error, c.rules));
  return errors.empty();
}

// The same events in another order in which none is late.
void shuffle(engine::PairCase& c, uint32_t seed) {
  std::mt19937 random(seed);
  c.lateness_seconds = std::max<int64_t>(c.lateness_seconds, 400);
  std::vector<std::pair<int64_t, engine::OracleEvent>> events;
  for (engine::OracleEvent& event : c.events) {
    const int64_t arrival = event.time->seconds + static_cast<int64_t>(random() % (c.lateness_seconds - 1));
    events.emplace_back(arrival, std::move(event));
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < events.size(); ++i) c.events[i] = std::move(events[i].second);
}

TEST_CASE("rules over several events detect what the documentation says") {
  size_t cases = 0;
  for (const fs::path& path : case_files("rules")) {
    const std::string name = path.parent_path().filename().string() + "/" + path.filename().string();
    CAPTURE(name);
    Case c = read_case(path);
    ++cases;
    if (!compile(c, name)) continue;
    const auto engine = engine::Engine::build(c.pair.rules, c.pair.lists, engine::pair_options());
    if (!engine) {
      FAIL_CHECK(diag::render(engine.error(), c.rules));
      continue;
    }
    engine::set_hashes(*engine, c.pair.events);
    const auto form = [&](const std::vector<engine::Detection>& found) {
      return c.in_order_only ? sorted_lines(describe(c, found)) : describe(c, found);
    };
    const std::string expected = c.in_order_only ? sorted_lines(c.expected) : c.expected;
    const auto runs = [&](const engine::PairCase& pair, const engine::Road& road) {
      const auto found = engine::run_engine(*engine, pair, road);
      return found ? form(*found) : found.error().one_line();
    };
    CHECK_MESSAGE(form(engine::run_oracle(c.pair)) == expected, "the oracle");
    CHECK_MESSAGE(runs(c.pair, {}) == expected, "JSON text");
    CHECK_MESSAGE(runs(c.pair, {.from_event = true}) == expected, "events");
    CHECK_MESSAGE(runs(c.pair, {.know = true}) == expected, "records known");
    for (size_t i = 0; i < c.pair.events.size(); ++i)
      CHECK_MESSAGE(runs(c.pair, {.save_after = i}) == expected, "saved and restored after event " << i + 1);
    if (c.in_order_only) continue;
    for (uint32_t seed = 1; seed <= 4; ++seed) {
      engine::PairCase other = c.pair;
      shuffle(other, seed);
      CAPTURE(seed);
      CHECK_MESSAGE(form(engine::run_oracle(other)) == expected, "the oracle, shuffled");
      CHECK_MESSAGE(runs(other, {.block = seed, .know = true}) == expected, "shuffled");
      CHECK_MESSAGE(runs(other, {.from_event = true, .save_after = seed}) == expected, "shuffled, saved and restored");
    }
  }
  CHECK(cases >= 170);
}

TEST_CASE("rules over one event detect the same on every road") {
  for (const fs::path& path : case_files("yaral/cases")) {
    const std::string name = path.filename().string();
    CAPTURE(name);
    Case c = read_case(path);
    if (!compile(c, name)) continue;
    const auto engine = engine::Engine::build(c.pair.rules, c.pair.lists, engine::pair_options());
    if (!engine) {
      FAIL_CHECK(diag::render(engine.error(), c.rules));
      continue;
    }
    std::string expected, text, event, oracle;
    for (const engine::OracleEvent& one : c.pair.events) {
      engine::PairCase alone = c.pair;
      alone.events = {one};
      const auto add = [&](std::string& out, const std::vector<engine::Detection>& found) {
        for (const engine::Detection& d : found)
          out += std::to_string(one.ref.line) + " " + c.pair.rules[d.rule].name + outcomes(d) + "\n";
      };
      add(oracle, engine::run_oracle(alone));
      if (const auto found = engine::run_engine(*engine, alone)) add(text, *found);
      if (const auto found = engine::run_engine(*engine, alone, {.from_event = true})) add(event, *found);
    }
    CHECK(oracle == c.expected);
    CHECK(text == c.expected);
    CHECK(event == c.expected);
  }
}

}  // namespace
}  // namespace sekisho
