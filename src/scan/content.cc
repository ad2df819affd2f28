// Takes settings, gives all content in memory or every error in it. Entries: load_content, content_files.
// Refuses the whole when any file has an error: a gate that starts with half its rules is worse than one that says why
// it does not start.
#include "scan/content.h"

#include <filesystem>

#include "base/bundle.h"
#include "base/sha256.h"
#include "memory/platforms.h"
#include "scan/lure_packs.h"
#include "scan/mail_rules.h"

namespace sekisho::scan {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kLureModel = "models/lure.model";

bool in(std::string_view path, std::string_view folder, std::string_view extension) {
  return path.starts_with(folder) && path.ends_with(extension);
}

// A number that a rule has written down; none: it is computed.
std::optional<double> constant(const engine::Rule& rule, engine::ExprId id) {
  const engine::Expr& e = rule.exprs[id];
  if (e.op == engine::Op::minus) {
    const auto value = constant(rule, e.args[0]);
    return value ? std::optional(-*value) : std::nullopt;
  }
  if (e.op != engine::Op::constant) return std::nullopt;
  if (const auto* whole = std::get_if<int64_t>(&e.value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&e.value)) return *real;
  return std::nullopt;
}

MailRule describe(const engine::Rule& rule) {
  MailRule out;
  out.name = rule.name;
  out.file = rule.source;
  out.family = rule.meta_value("family");
  out.description = rule.meta_value("description");
  out.description_ja = rule.meta_value("description_ja");
  out.severity = rule.meta_value("severity");
  out.author = rule.meta_value("author");
  out.technique = rule.meta_value("mitre_attack_technique");
  for (const engine::Outcome& o : rule.outcomes)
    if (o.name == "mail_weight") {
      const auto points = constant(rule, o.value);
      out.computed = !points;
      out.points = points.value_or(0);
    }
  for (const engine::Slot& slot : rule.slots)
    if (slot.keyed && slot.steps.size() >= 1 && slot.steps[0].field->name == "additional")
      out.facts.push_back(slot.key);
  return out;
}

void read_model(std::string_view bytes, const std::string& name, lure::Model& out, std::vector<Error>& errors) {
  auto model = lure::Model::read(bytes);
  if (model) {
    out = *std::move(model);
    return;
  }
  Error e = model.error();
  e.source = name;
  errors.push_back(std::move(e));
}

}  // namespace

const TextFile* LoadedContent::file(const std::string& name) const {
  for (const TextFile& f : files)
    if (f.name == name) return &f;
  return nullptr;
}

Result<std::vector<TextFile>> content_files(const Settings& settings) {
  std::vector<TextFile> out;
  if (settings.content_directory.empty()) {
    for (const BundledFile& f : bundled_files())
      out.push_back({"content/" + std::string(f.path), std::string(f.bytes), std::string(f.path)});
  } else {
    TRY_ASSIGN(files, text_files(settings.content_directory));
    out = std::move(files);
    // A folder that says nothing of names means those of the program: a judge without weights would call all
    // look-alikes. So with the curve: without one, no score says anything.
    for (const std::string_view part : {"names/", "points.toml"})
      if (std::ranges::none_of(out, [&](const TextFile& f) { return f.path.starts_with(part); }))
        for (const BundledFile& f : bundled_files())
          if (f.path.starts_with(part))
            out.push_back({"content/" + std::string(f.path), std::string(f.bytes), std::string(f.path)});
  }
  if (!settings.lure_model.empty()) {
    std::erase_if(out, [](const TextFile& f) { return f.path == kLureModel; });
    if (settings.lure_model != "none") {
      TRY_ASSIGN(bytes, read_file(settings.lure_model, 16u << 20));
      out.push_back({settings.lure_model, std::move(bytes), std::string(kLureModel)});
    }
  }
  for (const std::string& folder : settings.rule_directories) {
    TRY_ASSIGN(rules, text_files(folder, {".yaral"}));
    for (TextFile& f : rules) out.push_back(std::move(f));
  }
  return out;
}

LoadedContent load_content(const Settings& settings, bool names_only) {
  LoadedContent out;
  auto files = content_files(settings);
  if (!files) {
    out.errors.push_back(files.error());
    return out;
  }
  out.files = std::move(*files);
  std::vector<brand::Brand> brands = settings.brands;  // the organisation's own first: they win a shared domain
  LurePacks lure_packs;
  std::vector<engine::Rule> rules;
  engine::ReferenceLists reference_lists;
  Lists lists;
  brand::Words words;
  std::vector<std::string> services;
  brand::Weights weights;
  brand::PlanModel plan;
  Points points;
  std::string points_file;
  // The program's points beside rules of a folder: that some of its rules are not there says nothing.
  std::error_code code;
  const bool own_points =
      settings.content_directory.empty() || fs::exists(settings.content_directory + "/points.toml", code);
  lure::Model model;
  Sha256 digest;
  StringMap<std::string> rule_places;
  std::set<std::string, std::less<>> known_brands;
  for (const TextFile& f : out.files) {
    if (names_only && (in(f.path, "lures/", "") || f.name.ends_with(".yaral"))) continue;
    digest.add(f.path + "\n");
    digest.add(f.text);
    if (in(f.path, "brands/", ".toml")) {
      for (brand::Brand& b : read_brand_pack(f.text, f.name, out.errors)) {
        known_brands.insert(b.id);
        const auto same = [&](const brand::Brand& other) { return other.id == b.id; };
        const bool disabled = std::find(settings.disabled_brands.begin(), settings.disabled_brands.end(), b.id) !=
                              settings.disabled_brands.end();
        const bool overridden = std::any_of(settings.brands.begin(), settings.brands.end(), same);
        if (!disabled && !overridden && std::any_of(brands.begin(), brands.end(), same))
          out.errors.push_back({"content.brand", "brand \"" + b.id + "\" is declared twice", f.name, {}, {}, {}});
        if (!disabled && !overridden) brands.push_back(std::move(b));
      }
    } else if (in(f.path, "lures/", ".toml")) {
      lure_packs.add(f.text, f.name, out.errors);
    } else if (in(f.path, "lists/", ".txt")) {
      const std::string stem = fs::path(f.name).stem().string();
      List list = List::read(f.text);
      if (stem == "shorteners") lists.shorteners = std::move(list);
      else if (stem == "free_hosting") lists.free_hosting = std::move(list);
      else if (stem == "dynamic_dns") lists.dynamic_dns = std::move(list);
      else if (stem == "click_trackers") lists.trackers = std::move(list);
      else if (stem == "free_mail") lists.free_mail = std::move(list);
      else if (stem == "risky_tlds") lists.risky_tlds = std::move(list);
      else if (stem == "risky_extensions") lists.risky_extensions = std::move(list);
      else if (stem == "program_extensions") lists.program_extensions = std::move(list);
      else if (stem == "document_extensions") lists.document_extensions = std::move(list);
      else if (stem == "archive_types") lists.archive_types = std::move(list);
      else if (stem == "tenant_domains") lists.tenant_domains = std::move(list);
      else if (stem == "redirectors") lists.redirectors = std::move(list);
      auto& lines = reference_lists[stem];  // every list is also a %reference_list of the rules
      for (const std::string_view line : split(f.text, '\n'))
        if (const auto entry = trim(line.substr(0, line.find('#'))); !entry.empty()) lines.emplace_back(entry);
    } else if (f.path == "names/weights.toml") {
      weights = read_weights(f.text, f.name, out.errors);
    } else if (f.path == "points.toml") {
      points = read_points(f.text, f.name, out.errors);
      points_file = f.name;
    } else if (f.path == kLureModel) {
      read_model(f.text, f.name, model, out.errors);
    } else if (f.path == "names/plan.toml") {
      plan = read_plan(f.text, f.name, out.errors);
    } else if (in(f.path, "names/", ".txt")) {
      const std::string stem = fs::path(f.name).stem().string();
      auto& list = stem == "lure_words"         ? words.lure
                   : stem == "registry_strings" ? words.registry
                   : stem == "services"         ? services
                                                : words.common;
      for (std::string& w : read_words(f.text)) list.push_back(std::move(w));
    } else if (f.name.ends_with(".yaral")) {
      yaral::CompiledFile compiled = yaral::compile(f.text, f.name, settings.limits);
      for (Error& e : compiled.errors) out.errors.push_back(std::move(e));
      for (engine::Rule& r : compiled.rules) {
        std::vector<Error> warnings;  // rules check shows them
        check_mail_rule(r, settings, out.errors, warnings);
        if (r.meta_value("family").empty()) check_one_event(r, out.errors);
        const auto [place, fresh] = rule_places.try_emplace(r.name, f.name);
        if (!fresh)
          out.errors.push_back({"content.rule",
                                "rule \"" + r.name + "\" stands in " + place->second + " already",
                                f.name,
                                r.span,
                                {},
                                {}});
        else rules.push_back(std::move(r));
      }
    }
  }
  auto intents = lure_packs.intents(out.errors);
  for (const std::string& id : settings.disabled_brands)
    if (!known_brands.contains(id))
      out.errors.push_back(
          {"content.brand", "disabled_brands names \"" + id + "\", which is in no pack", {}, {}, {}, {}});
  for (const std::string& id : settings.disabled_intents)
    if (!names_only && std::erase_if(intents, [&](const lure::Intent& i) { return i.id == id; }) == 0)
      out.errors.push_back(
          {"content.lure", "disabled_intents names \"" + id + "\", which is in no pack", {}, {}, {}, {}});
  if (out.errors.empty() && (brands.empty() || (!names_only && (intents.empty() || rules.empty()))))
    out.errors.push_back({"content.empty",
                          "the content has " + std::to_string(brands.size()) + " brands, " +
                              std::to_string(intents.size()) + " lure intents and " + std::to_string(rules.size()) +
                              " rules: nothing would ever be found",
                          settings.content_directory,
                          {},
                          "a content folder has brands/, lures/, lists/ and rules/",
                          {}});
  if (!out.errors.empty()) return out;

  auto content = std::make_unique<Content>();
  // The system's list lives as long as the program: nothing to free.
  content->suffixes = {std::shared_ptr<void>(), &net::PublicSuffixes::system()};
  if (!settings.public_suffix_list.empty()) {
    auto suffixes = net::PublicSuffixes::load(settings.public_suffix_list);
    if (!suffixes) {
      out.errors.push_back(suffixes.error());
      return out;
    }
    content->suffixes = std::make_shared<const net::PublicSuffixes>(std::move(*suffixes));
  }
  content->brands =
      brand::Brands::make(std::move(brands), [&](std::string_view domain) { return lists.free_mail.has(domain); });
  std::vector<std::string> platforms = lists.free_hosting.hosts();
  for (const List* list : {&lists.dynamic_dns, &lists.tenant_domains})
    for (std::string& p : list->hosts()) platforms.push_back(std::move(p));
  content->judge = std::make_unique<const brand::Judge>(
      brand::Judge::make(content->brands, *content->suffixes, words, std::move(weights), platforms, services));
  content->plan = std::move(plan);
  if (names_only) {
    content->lists = std::move(lists);
    content->digest = digest.hex();
    out.content = std::move(content);
    return out;
  }
  content->lures = lure::Lures::make(std::move(intents), lure_packs.language());
  content->model = std::move(model);
  content->points = std::move(points);
  if (settings.curve) content->points.curve = *settings.curve;
  content->lists = std::move(lists);
  for (const engine::Rule& r : rules) content->rules.push_back(describe(r));
  std::vector<std::string_view> names;
  for (const engine::Rule& r : rules) names.push_back(r.name);
  const auto unknown = [&](const std::string& rule) { return std::ranges::find(names, rule) == names.end(); };
  if (own_points)
    for (const auto& [rule, span] : content->points.places)
      if (unknown(rule))
        out.warnings.push_back(
            {"content.points", "there is no rule \"" + rule + "\"", points_file, span, near_names(rule, names), {}});
  for (const auto& [rule, own] : settings.points) {
    if (unknown(rule))
      out.errors.push_back({"verdict.points",
                            "[verdict.points] names \"" + rule + "\", and there is no such rule",
                            own.file,
                            own.span,
                            near_names(rule, names),
                            {}});
    content->points.of[rule] = own.value;
  }
  StringSet read;
  for (const MailRule& r : content->rules) read.insert(r.facts.begin(), r.facts.end());
  lure_packs.check_aims([&](std::string_view aim) { return read.contains("aim." + std::string(aim)); }, out.warnings);
  if (!out.errors.empty()) return out;
  out.errors = engine::Engine::check(rules, reference_lists);
  if (!out.errors.empty()) return out;
  auto built = engine::Engine::build(std::move(rules), reference_lists, settings.limits);
  if (!built) {
    out.errors.push_back(built.error());
    return out;
  }
  content->engine = std::make_unique<engine::Engine>(std::move(*built));
  content->digest = digest.hex();
  out.content = std::move(content);
  return out;
}

std::string_view Content::platform(std::string_view host) const {
  const memory::Platforms platforms(*suffixes, [&](std::string_view asked) {
    const std::string_view hosting = lists.free_hosting.covering(asked), dns = lists.dynamic_dns.covering(asked);
    return hosting.size() > dns.size() ? hosting : dns;
  });
  return platforms.platform(host);
}

Result<void> open_memory(const Settings& settings, memory::Memory::Wanted wanted, Content& content) {
  if (settings.memory_directory.empty()) return {};
  TRY_ASSIGN(opened, memory::Memory::open(settings.memory_directory, wanted, memory::random_key(), *content.suffixes));
  content.memory = std::make_unique<memory::Memory>(std::move(opened));
  return {};
}

}  // namespace sekisho::scan
