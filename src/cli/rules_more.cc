// sekisho rules explain | stats | fmt: takes rules; explain prints plans and why an event matched or did not, stats
// what the rules are made of, fmt the rules in the one layout.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "base/strings.h"
#include "cli/rule_set.h"
#include "event/json_line.h"
#include "hunt/reader.h"
#include "yaral/format.h"

namespace sekisho::cli {

namespace {

struct Built {
  LoadedRules loaded;
  std::optional<engine::Engine> engine;
};

// Rules that have no error, built; null if there are none. Errors are printed.
std::unique_ptr<Built> build(const RulesOptions& options, const Clock& clock) {
  auto out = std::make_unique<Built>();
  if (!load_rules(options, out->loaded)) return nullptr;
  hunt::RuleSet& set = out->loaded.set;
  hunt::check_rules(set, out->loaded.lists);
  print_errors(set.errors, set.files);
  if (set.rules.empty()) {
    if (set.errors.empty()) complain("", "no rules");
    return nullptr;
  }
  auto engine = engine::Engine::build(set.rules, out->loaded.lists, engine_options(out->loaded, clock));
  if (!engine) return print_errors({engine.error()}, set.files), nullptr;
  out->engine.emplace(std::move(*engine));
  return out;
}

// What a rule is made of, by name.
void count_constructs(const engine::Rule& rule, std::map<std::string, size_t>& counts) {
  using Kind = engine::Variable::Kind;
  std::map<Kind, size_t> kinds;
  for (const engine::Variable& v : rule.variables) ++kinds[v.kind];
  std::set<std::string> found{"language " + rule.language};
  const size_t events = kinds[Kind::event] + kinds[Kind::raw];
  found.insert(fmt::format("{} event variable{}", events, events == 1 ? "" : "s"));
  for (const auto& [kind, name] : {std::pair(Kind::graph, "entity context"), std::pair(Kind::detection, "composite"),
                                   std::pair(Kind::table, "data table"), std::pair(Kind::raw, "raw fields")})
    if (kinds[kind] > 0) found.insert(name);
  if (rule.match) {
    static constexpr std::string_view kWindows[] = {"hop", "tumbling", "before", "after"};
    found.insert(fmt::format("window {}", kWindows[static_cast<size_t>(rule.match->window)]));
    found.insert(fmt::format("match with {} key{}", rule.match->keys.size(), rule.match->keys.size() == 1 ? "" : "s"));
  } else {
    found.insert("no match section");
  }
  if (!rule.outcomes.empty()) found.insert("outcomes");
  if (!rule.placeholders.empty()) found.insert("placeholders");
  if (rule.options.allow_zero_values) found.insert("option allow_zero_values");
  if (rule.options.suppression_seconds > 0) found.insert("option suppression_window");
  if (rule.silent) found.insert("only read by other rules");
  for (const engine::Expr& e : rule.exprs) {
    using engine::Op;
    if (e.nocase) found.insert("nocase");
    if (e.op == Op::call && e.function) found.insert("function " + std::string(e.function->name));
    else if (e.op == Op::match) found.insert("regular expression");
    else if (e.op == Op::in_list) found.insert("list");
    else if (e.op == Op::any) found.insert("any");
    else if (e.op == Op::all) found.insert("all");
    else if (e.op == Op::aggregate) found.insert("aggregate");
    else if (e.op == Op::choose) found.insert("if");
    else if (e.op == Op::count) found.insert("#event");
    else if (e.op == Op::placeholder_count) found.insert("#placeholder");
  }
  for (const std::string& name : found) ++counts[name];
}

// The first event of a file, or standard input.
Result<std::string> read_event(const std::string& path, const Limits& limits) {
  TRY_ASSIGN(input, hunt::Input::open(path));
  std::string text(limits.event_bytes, '\0');
  size_t size = 0;
  while (size < text.size()) {
    TRY_ASSIGN(got, input.read(text.data() + size, text.size() - size));
    if (got == 0) break;
    size += got;
  }
  text.resize(size);
  // One event over several lines, as an editor leaves it, or the first of a log.
  event::JsonLine json(limits);
  if (json.parse(text, false)) return text;
  return std::string(trim(std::string_view(text).substr(0, text.find('\n', text.find_first_not_of(" \r\n\t")))));
}

}  // namespace

int rules_explain_command(const RulesOptions& options) {
  const SystemClock clock;
  const auto built = build(options, clock);
  if (!built) return 2;
  const engine::Engine& engine = *built->engine;
  if (options.event.empty()) {
    for (uint32_t i = 0; i < engine.rules().size(); ++i) put((i > 0 ? "\n" : "") + engine.explain(i));
    return 0;
  }
  const Limits& limits = built->loaded.settings.limits;
  const auto text = read_event(options.event, limits);
  if (!text) return complain(options.event, text.error().text), 2;
  event::JsonLine json(limits);
  const auto value = json.parse(*text, false);
  if (!value || value->type() != event::JsonValue::Type::object)
    return complain(options.event, value ? "not a JSON object" : value.error().text), 2;
  // As it stands in a log: without the end of its line.
  const std::string_view bytes = std::string_view(*text).substr(0, text->find_last_not_of("\r\n") + 1);
  for (uint32_t i = 0; i < engine.rules().size(); ++i) {
    const auto& variables = engine.rules()[i].variables;
    const bool raw = std::any_of(variables.begin(), variables.end(),
                                 [](const auto& v) { return v.kind == engine::Variable::Kind::raw; });
    put(engine.explain(i, *value, raw ? engine::Reading::raw : engine::Reading::udm, bytes));
  }
  return 0;
}

int rules_stats_command(const RulesOptions& options) {
  const SystemClock clock;
  const auto built = build(options, clock);
  if (!built) return 2;
  const engine::Engine& engine = *built->engine;
  std::map<std::string, size_t> counts;
  size_t witness = 0;
  for (uint32_t i = 0; i < engine.rules().size(); ++i) {
    count_constructs(engine.rules()[i], counts);
    witness += engine.has_witness(i);
  }
  if (options.json) {
    std::string out;
    JsonWriter writer(out);
    writer.begin_object();
    writer.member("rules", uint64_t{engine.rules().size()});
    writer.member("with_witness", uint64_t{witness});
    writer.key("constructs");
    writer.begin_object();
    for (const auto& [name, n] : counts) writer.member(name, uint64_t{n});
    writer.end_object();
    writer.end_object();
    put(out + "\n");
    return 0;
  }
  put(fmt::format("{:>6}  rules\n{:>6}  with a witness: only events that hold it are looked at ({:.1f} %)\n",
                  engine.rules().size(), witness,
                  100.0 * static_cast<double>(witness) / static_cast<double>(engine.rules().size())));
  for (const auto& [name, n] : counts) put(fmt::format("{:>6}  {}\n", n, name));
  put(engine.describe() + "\n");
  return 0;
}

int rules_fmt_command(const RulesOptions& options) {
  bool failed = false;
  size_t different = 0;
  const Limits limits;
  std::vector<TextFile> files;
  for (const std::string& path : options.paths) {
    auto some = text_files(path, {".yaral"});
    if (!some) {
      complain("", some.error().text);
      failed = true;
      continue;
    }
    for (TextFile& f : *some) files.push_back(std::move(f));
  }
  for (const TextFile& f : files) {
    const yaral::Parsed parsed = yaral::parse_file(f.text, f.name, limits);
    if (!parsed.errors.empty()) {
      print_errors(parsed.errors, files);
      failed = true;
      continue;
    }
    const std::string text = yaral::format(f.text, limits);
    const bool same = text == f.text;
    different += !same;
    if (options.check) {
      if (!same) put(f.name + "\n");
    } else if (!options.write) {
      put(text);
    } else if (!same) {
      const std::string beside = f.name + ".new";
      const bool out = write_file(beside, text);
      std::error_code code;
      if (out) std::filesystem::permissions(beside, std::filesystem::status(f.name, code).permissions(), code);
      if (out && !code) std::filesystem::rename(beside, f.name, code);
      if (!out || code) {
        if (code) complain(f.name, "cannot write it: " + code.message());
        std::filesystem::remove(beside, code);
        failed = true;
      } else {
        complain(f.name, "formatted");
      }
    }
  }
  if (failed) return 2;
  return options.check && different > 0 ? 1 : 0;
}

}  // namespace sekisho::cli
