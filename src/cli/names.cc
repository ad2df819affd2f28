// sekisho names judge, why: hosts in, what they resemble out.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "cli/names.h"
#include "text/normalize.h"

namespace sekisho::cli {

std::unique_ptr<scan::Content> load_names(const Common& common) {
  scan::Settings settings;
  if (!read_settings(common, settings)) return nullptr;
  scan::LoadedContent loaded = scan::load_content(settings, true);
  if (!loaded.content) print_errors(loaded.errors, loaded.files);
  return std::move(loaded.content);
}

std::string json_text(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

namespace {

constexpr size_t kMostLine = 64 << 10;

std::string_view shown_state(const brand::Judgement& j, bool ja) {
  using enum brand::Judgement::State;
  switch (j.state) {
    case resembles:
      return j.flagged ? (ja ? "偽装" : "look-alike") : (ja ? "類似" : "resembles");
    case owned:
      return ja ? "正規" : "owned";
    case nothing:
      return ja ? "該当なし" : "nothing";
    case address:
      return ja ? "アドレス" : "address";
    case too_long:
      return ja ? "長すぎる" : "too_long";
    default:
      return ja ? "名前でない" : "malformed";
  }
}

std::string padded(std::string_view text, size_t width) {
  const size_t shown = text::display_width(text);
  return std::string(text) + std::string(shown < width ? width - shown : 0, ' ');
}

void tell(const scan::Content& content, std::string_view host, const brand::Judgement& j, const NamesOptions& options,
          bool why) {
  const brand::Judge& judge = *content.judge;
  const bool resembles = j.state == brand::Judgement::State::resembles, ja = options.language == scan::Language::ja;
  const std::string_view id = j.brand ? std::string_view(content.brands[*j.brand].id) : "";
  if (options.json) {
    std::string line = "{\"host\":" + json_text(host) + ",\"state\":" + json_text(state_name(j.state));
    if (resembles) {
      line += fmt::format(",\"flagged\":{},\"log_odds\":{:.3f}", j.flagged, j.log_odds);
      if (j.brand)
        line += ",\"brand\":" + json_text(id) + ",\"token\":" + json_text(judge.token(j.token)) +
                fmt::format(",\"offset\":{},\"length\":{}", j.offset, j.length);
      line += ",\"how\":" + json_text(j.how_name()) + ",\"features\":[";
      for (size_t i = 0; i < j.feature_count; ++i) line += (i ? "," : "") + json_text(judge.name_of(j.features[i]));
      line += "]";
    }
    return put(line + "}\n");
  }
  put(padded(shown_state(j, ja), 12) +
      (resembles ? fmt::format(" {:>6.1f}  {:<20} ", j.log_odds, id) : std::string(30, ' ')) + printable(host) + "\n");
  if (!why || !resembles) return;
  if (j.brand) put(fmt::format("    {} {} {}+{}\n", j.how_name(), judge.token(j.token), j.offset, j.length));
  put(fmt::format("    {:>7.2f}  start\n", judge.weights().start));
  for (const brand::Feature f : j.all_features())
    put(fmt::format("    {:>7.2f}  {:<24} {}\n", judge.weight_of(f), judge.name_of(f), brand::feature_text(f, ja)));
}

int each_host(const NamesOptions& options, bool why) {
  const auto content = load_names(options);
  if (!content) return 2;
  size_t hosts = 0, flagged = 0, resembling = 0, owned = 0, bad = 0, too_long = 0;
  const auto start = std::chrono::steady_clock::now();
  const auto one = [&](std::string_view host) {
    const brand::Judgement j = content->judge->judge(host);
    ++hosts;
    flagged += j.flagged;
    resembling += j.state == brand::Judgement::State::resembles;
    owned += j.state == brand::Judgement::State::owned;
    bad += j.state == brand::Judgement::State::malformed || j.state == brand::Judgement::State::too_long;
    tell(*content, host, j, options, why);
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
  if (options.stats)
    std::fputs(fmt::format("hosts {}  owned {}  resembling {}  look-alikes {}  no names {}  {:.2f} s\n", hosts, owned,
                           resembling, flagged, bad,
                           std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count())
                   .c_str(),
               stderr);
  return flagged > 0 ? 1 : 0;
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
