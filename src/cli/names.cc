// sekisho names judge, why: hosts in, what they resemble out.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "cli/names.h"

namespace sekisho::cli {

std::unique_ptr<scan::Content> load_names(const Common& common) {
  scan::Settings settings;
  if (!read_settings(common, settings)) return nullptr;
  scan::LoadedContent loaded = scan::load_content(settings, true);
  if (!loaded.content) print_errors(loaded.errors, loaded.files);
  return std::move(loaded.content);
}

namespace {

constexpr size_t kMostLine = 64 << 10;

std::string json_text(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// Operators and what goes with them, as rules and people read it.
std::string how(const brand::Judgement& j) { return std::string(operator_name(j.how)); }

void tell(const scan::Content& content, std::string_view host, const NamesOptions& options, bool why) {
  const brand::Judge& judge = *content.judge;
  const brand::Judgement j = judge.judge(host);
  const bool resembles = j.state == brand::Judgement::State::resembles;
  const std::string_view id = j.brand ? std::string_view(content.brands[*j.brand].id) : "";
  if (options.json) {
    std::string line = "{\"host\":" + json_text(host) + ",\"state\":" + json_text(state_name(j.state));
    if (resembles) {
      line += fmt::format(",\"flagged\":{},\"log_odds\":{:.3f}", j.flagged, j.log_odds);
      if (j.brand)
        line += ",\"brand\":" + json_text(id) + ",\"token\":" + json_text(judge.token(j.token)) +
                fmt::format(",\"offset\":{},\"length\":{}", j.offset, j.length);
      line += ",\"how\":" + json_text(how(j)) + ",\"features\":[";
      for (size_t i = 0; i < j.feature_count; ++i) line += (i ? "," : "") + json_text(judge.name_of(j.features[i]));
      line += "]";
    }
    return put(line + "}\n");
  }
  if (!resembles) return put(fmt::format("{:<12} {:>6}  {:<20} {}\n", state_name(j.state), "", "", printable(host)));
  put(fmt::format("{:<12} {:>6.1f}  {:<20} {}\n", j.flagged ? "look-alike" : "resembles", j.log_odds, id,
                  printable(host)));
  if (!why) return;
  if (j.brand) put(fmt::format("    {} of {} at {}+{}\n", how(j), judge.token(j.token), j.offset, j.length));
  put(fmt::format("    {:>7.2f}  start\n", judge.weights().start));
  for (const brand::Feature f : j.all_features())
    put(fmt::format("    {:>7.2f}  {}\n", judge.weight_of(f), judge.name_of(f)));
}

int each_host(const NamesOptions& options, bool why) {
  const auto content = load_names(options);
  if (!content) return 2;
  bool found = false;
  uint64_t hosts = 0, flagged = 0, resembling = 0, owned = 0, bad = 0, too_long = 0;
  const auto start = std::chrono::steady_clock::now();
  const auto one = [&](std::string_view host) {
    ++hosts;
    if (options.stats || why || true) {
      const brand::Judgement j = content->judge->judge(host);

      flagged += j.flagged;
      resembling += j.state == brand::Judgement::State::resembles;
      owned += j.state == brand::Judgement::State::owned;
      bad += j.state == brand::Judgement::State::malformed || j.state == brand::Judgement::State::too_long;
      found |= j.flagged;
    }
    tell(*content, host, options, why);
  };
  for (const std::string& given : options.hosts) {
    if (given != "-") {
      one(given);
      continue;
    }
    each_line(stdin, kMostLine, [&](std::string_view line, bool whole) {
      line = trim(line);
      if (line.empty() || line.starts_with('#')) return;
      if (!whole) ++too_long;
      else one(line);
    });
  }
  if (too_long > 0) complain("-", fmt::format("{} lines of more than {} bytes were left out", too_long, kMostLine));
  if (options.stats) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::fprintf(stderr, "hosts %llu  owned %llu  resembling %llu  look-alikes %llu  no names %llu  %.2f s\n",
                 static_cast<unsigned long long>(hosts), static_cast<unsigned long long>(owned),
                 static_cast<unsigned long long>(resembling), static_cast<unsigned long long>(flagged),
                 static_cast<unsigned long long>(bad), seconds);
  }
  return found ? 1 : 0;
}

}  // namespace

void each_line(std::FILE* in, size_t most, const std::function<void(std::string_view, bool)>& each) {
  std::string line;
  bool whole = true;
  std::vector<char> block(1 << 16);
  for (size_t n; (n = std::fread(block.data(), 1, block.size(), in)) > 0;) {
    for (std::string_view rest(block.data(), n); !rest.empty();) {
      const size_t end = rest.find('\n');
      const std::string_view part = rest.substr(0, end);
      if (line.size() + part.size() <= most) line += part;
      else whole = false;
      if (end == std::string_view::npos) break;
      each(line, whole);
      line.clear();
      whole = true;
      rest.remove_prefix(end + 1);
    }
  }
  if (!line.empty() || !whole) each(line, whole);
}

int names_judge_command(const NamesOptions& options) { return each_host(options, false); }
int names_why_command(const NamesOptions& options) { return each_host(options, true); }

}  // namespace sekisho::cli
