// sekisho names watch: newly registered domains or certificate-transparency lines in, those that look like a brand out.
// Constant memory; a line that cannot be read is counted and told.
#include <fmt/format.h>

#include "base/strings.h"
#include "cli/names.h"
#include "event/json_line.h"

namespace sekisho::cli {
namespace {

// Members of certificate and registration records that hold names.
bool holds_names(std::string_view key) {
  for (const std::string_view k : {"all_domains", "dns_names", "name_value", "domains", "domain", "names", "host",
                                   "hostname", "name", "fqdn", "common_name", "CN"})
    if (k == key) return true;
  return false;
}

class Watch {
 public:
  Watch(const scan::Content& content, const NamesOptions& options) : content_(content), options_(options) {}

  void line(std::string_view line, bool whole) {
    line = trim(line);
    if (line.empty() || line.starts_with('#')) return;
    ++lines_;
    if (!whole) {
      ++bad_;
      return;
    }
    found_name_ = false;
    if (line.front() != '{' && line.front() != '[') {
      names(line.substr(0, line.find_first_of(",; \t")));
      bad_ += !found_name_;
      return;
    }
    const auto record = reader_.parse(line, false);
    if (!record) {
      ++bad_;
      return;
    }
    walk(*record, false, 0);
    bad_ += !found_name_;
  }

  int finish() {
    if (!options_.format.empty()) put(export_names(hits_, options_.format));
    if (bad_ > 0) complain("", fmt::format("{} of {} lines hold no name that could be read", bad_, lines_));
    if (options_.stats) std::fprintf(stderr, "lines %zu  names %zu  hits %zu\n", lines_, judged_, found_);
    return found_ > 0 ? 1 : 0;
  }

 private:
  static constexpr int kDeepest = 8;
  static constexpr size_t kMostKept = 1'000'000;  // of hits that a list is made of

  void walk(const event::JsonValue& v, bool named, int depth) {
    using Type = event::JsonValue::Type;
    if (depth > kDeepest) return;
    if (v.type() == Type::text && named) return names(v.text());
    if (v.type() == Type::list) {
      for (auto item = v.first(); item; item = item.next(v)) walk(item, named, depth + 1);
    } else if (v.type() == Type::object) {
      for (auto key = v.first(); key;) {
        const event::JsonValue value = key.after();
        walk(value, holds_names(key.text()), depth + 1);
        key = value.next(v);
      }
    }
  }

  void names(std::string_view text) {  // several a line in crt.sh's name_value
    for (std::string_view name : split(text, '\n')) {
      name = trim(name);
      if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
      if (const size_t scheme = name.find("://"); scheme != std::string_view::npos) {
        name.remove_prefix(scheme + 3);
        name = name.substr(0, name.find_first_of("/?#:"));
      }
      while (name.starts_with("*.")) name.remove_prefix(2);
      if (!name.empty()) judge(name);
    }
  }

  void judge(std::string_view name) {
    ++judged_;
    const brand::Judgement j = content_.judge->judge(name);
    if (j.state == brand::Judgement::State::malformed || j.state == brand::Judgement::State::too_long) return;
    found_name_ = true;
    const bool hit = options_.least > -1e8 ? j.brand && j.log_odds >= static_cast<float>(options_.least) : j.flagged;
    if (!hit) return;
    const std::string id = j.brand ? content_.brands[*j.brand].id : "";
    if (!options_.only.empty() && std::ranges::find(options_.only, id) == options_.only.end()) return;
    ++found_;
    ExportedName out{ascii_lower(name), id, j.log_odds, std::string(j.how_name())};
    if (!options_.format.empty()) {
      if (hits_.size() < kMostKept) hits_.push_back(std::move(out));
      return;
    }
    put(options_.json ? export_names({out}, "ndjson")
                      : fmt::format("{:>6.1f}  {:<20} {:<10} {}\n", j.log_odds, id, out.how, printable(name)));
  }

  const scan::Content& content_;
  const NamesOptions& options_;
  event::JsonLine reader_;
  bool found_name_ = false;
  size_t lines_ = 0, judged_ = 0, found_ = 0, bad_ = 0;
  std::vector<ExportedName> hits_;
};

}  // namespace

int names_watch_command(const NamesOptions& options) {
  const auto content = load_names(options);
  if (!content) return 2;
  for (const std::string& id : options.only)
    if (!content->brands.find(id)) {
      complain(id, "no such brand");
      return 2;
    }
  Watch watch(*content, options);
  for (const std::string& path : options.hosts) {
    std::FILE* in = path == "-" ? stdin : std::fopen(path.c_str(), "r");
    if (in == nullptr) {
      complain(path, "cannot be read");
      return 2;
    }
    each_line(in, size_t{1} << 20, [&](std::string_view line, bool whole) { watch.line(line, whole); });
    if (in != stdin) std::fclose(in);
  }
  return watch.finish();
}

}  // namespace sekisho::cli
