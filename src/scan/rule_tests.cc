// Takes the text of a rule test file, gives its tests with sealed events, and every error with its place. One entry:
// read_rule_tests.
#include "scan/rule_tests.h"

#include "base/clock.h"
#include "base/strings.h"
#include "diag/toml.h"

namespace sekisho::scan {
namespace {

using diag::TomlValue;

constexpr int64_t kMonday = 1767571200;  // 2026-01-05T00:00:00Z

class TestReader {
 public:
  TestReader(const std::string& source, std::vector<Error>& errors) : source_(source), errors_(errors) {}

  RuleTest read(const TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    RuleTest out;
    out.rule = t.required_text("rule");
    out.fires = t.boolean("fires", true);
    out.note = t.text("note");
    out.span = table.span;
    out.file = source_;
    if (t.has("count")) {
      out.count = t.integer("count", 1);
      if (out.count < 1 || !out.fires) t.error("count", "count says how often a rule fires: at least once");
    }
    const bool several = t.has("events");
    for (const TomlValue* entity : t.tables("context")) {
      diag::TomlReader r(*entity, source_, errors_);
      event::EventBuilder builder(event::Schema::get().entity());
      fields(r, builder, event::Schema::get().entity());
      r.finish();
      out.context.push_back(std::move(builder).seal());
    }
    if (several) {
      size_t number = 0;
      for (const TomlValue* event : t.tables("events")) out.events.push_back(step(*event, number++));
      if (out.events.empty()) t.error("events", "no events");
    } else {
      event::EventBuilder builder;
      builder.root().child("metadata").set_time("event_timestamp", kMonday).set("event_type", "EMAIL_TRANSACTION");
      content(t, builder);
      out.events.push_back({std::move(builder).seal(), {}});
    }
    t.finish();
    return out;
  }

 private:
  RuleTest::Step step(const TomlValue& table, size_t number) {
    diag::TomlReader t(table, source_, errors_);
    RuleTest::Step out;
    if (t.has("json")) {
      out.json = t.text("json");
      for (const std::string_view key : {"at", "fields", "facts", "about"})
        if (t.has(key)) t.error(key, "beside json nothing else is needed: write it into the JSON");
      t.finish();
      return out;
    }
    int64_t seconds = static_cast<int64_t>(number);
    if (const std::string at = t.text("at"); !at.empty()) {
      if (const auto span = parse_time_span(at)) seconds = *span;
      else t.error("at", "\"" + at + "\" is no time span", "write 30s, 5m, 1h or 2d");
    }
    event::EventBuilder builder;
    builder.root().child("metadata").set_time("event_timestamp", kMonday + seconds);
    content(t, builder);
    t.finish();
    out.event = std::move(builder).seal();
    return out;
  }

  void fields(diag::TomlReader& t, event::EventBuilder& builder, const event::MessageType& root) {
    if (const TomlValue* all = t.table("fields"))
      for (const auto& [path, value, at] : all->members) field(builder, root, path, value);
  }

  void content(diag::TomlReader& t, event::EventBuilder& builder) {
    fields(t, builder, event::Schema::get().event());
    if (const TomlValue* facts = t.table("facts"))
      for (const auto& [key, value, at] : facts->members) {
        if (!event::Schema::get().label("additional.fields", key)) undeclared("additional.fields", key, value.span);
        else if (is_text(value, key)) builder.fact(key, value.text);
      }
    for (const TomlValue* noun : t.tables("about")) about(builder, *noun);
  }

  void error(Span span, std::string text, std::string hint = {}) {
    errors_.push_back({"rules.test", std::move(text), source_, span, std::move(hint), {}});
  }

  bool is_text(const TomlValue& value, const std::string& key) {
    if (value.type == TomlValue::Type::string) return true;
    error(value.span, "\"" + key + "\" must be a string: facts and labels are texts", "write \"true\" or \"3\"");
    return false;
  }

  void undeclared(std::string_view home, const std::string& key, Span span) {
    std::vector<std::string_view> names;
    for (const event::Label& l : event::Schema::get().labels())
      if (l.home == home) names.push_back(l.key);
    error(span, "no label \"" + key + "\" is declared for " + std::string(home), near_names(key, names));
  }

  void about(event::EventBuilder& builder, const TomlValue& table) {
    const event::Node noun = builder.root().add("about");
    for (const auto& [key, value, at] : table.members) {
      if (!is_text(value, key)) continue;
      if (key == "url" || key == "hostname") noun.set(key, value.text);
      else if (!event::Schema::get().label("about.labels", key)) undeclared("about.labels", key, value.span);
      else noun.label(key, value.text);
    }
  }

  // "network.email.to" = "x" or ["x", "y"]: walked down to its scalar.
  void field(event::EventBuilder& builder, const event::MessageType& root, const std::string& path,
             const TomlValue& value) {
    event::Node at = builder.root();
    const event::MessageType* type = &root;
    const std::vector<std::string_view> steps = split(path, '.');
    for (size_t i = 0; i < steps.size(); ++i) {
      const event::Field* f = type->find(steps[i]);
      if (!f)
        return error(value.span, "no field \"" + std::string(steps[i]) + "\" in " + type->name, type->near(steps[i]));
      const bool last = i + 1 == steps.size();
      if (last && f->kind == event::Kind::message && f->message->name == "Timestamp") {
        const auto time = parse_rfc3339(value.text);
        if (!time) return error(value.span, "\"" + path + "\" is not a time", "write 2026-01-05T08:00:00Z");
        at.set_time(steps[i], time->seconds, time->nanos);
        return;
      }
      if (last == (f->kind == event::Kind::message) || f->kind == event::Kind::map)
        return error(value.span, "\"" + path + "\" is not the path of a scalar field");
      if (!last) {
        at = f->repeated ? at.add(steps[i]) : at.child(steps[i]);
        type = f->message;
        continue;
      }
      if (value.type == TomlValue::Type::array && f->repeated) {
        for (const TomlValue& item : value.items)
          if (is_text(item, path)) at.append(steps[i], item.text);
      } else if (value.type == TomlValue::Type::string) {
        if (f->kind == event::Kind::enumeration && !f->enumeration->find(value.text))
          return error(value.span, "\"" + value.text + "\" is not a value of " + f->enumeration->name);
        f->repeated ? at.append(steps[i], value.text) : at.set(steps[i], value.text);
      } else if (value.type == TomlValue::Type::integer && !f->repeated) {
        at.set(steps[i], value.integer);
      } else {
        error(value.span, "\"" + path + "\" has another type");
      }
    }
  }

  const std::string& source_;
  std::vector<Error>& errors_;
};

}  // namespace

std::vector<RuleTest> read_rule_tests(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  std::vector<RuleTest> out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  for (const TomlValue* table : top.tables("test")) out.push_back(TestReader(source, errors).read(*table));
  top.finish();
  return out;
}

}  // namespace sekisho::scan
