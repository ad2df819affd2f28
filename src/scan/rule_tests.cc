// Takes the text of a rule test file, gives its tests with sealed events, and every error with its place. One entry:
// read_rule_tests.
#include "scan/rule_tests.h"

#include "base/strings.h"
#include "diag/toml.h"

namespace sekisho::scan {
namespace {

using diag::TomlValue;

class TestReader {
 public:
  TestReader(const std::string& source, std::vector<Error>& errors) : source_(source), errors_(errors) {}

  RuleTest read(const TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    event::EventBuilder builder;
    const std::string rule = t.required_text("rule");
    const bool fires = t.boolean("fires", true);
    const std::string note = t.text("note");
    builder.root().child("metadata").set("event_type", "EMAIL_TRANSACTION");
    if (const TomlValue* fields = t.table("fields"))
      for (const auto& [path, value, at] : fields->members) field(builder, path, value);
    if (const TomlValue* facts = t.table("facts"))
      for (const auto& [key, value, at] : facts->members) {
        if (!event::Schema::get().label("additional.fields", key)) undeclared("additional.fields", key, value.span);
        else if (is_text(value, key)) builder.fact(key, value.text);
      }
    for (const TomlValue* noun : t.tables("about")) about(builder, *noun);
    t.finish();
    return {rule, note, fires, table.span, source_, std::move(builder).seal()};
  }

 private:
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
  void field(event::EventBuilder& builder, const std::string& path, const TomlValue& value) {
    event::Node at = builder.root();
    const event::MessageType* type = &event::Schema::get().event();
    const std::vector<std::string_view> steps = split(path, '.');
    for (size_t i = 0; i < steps.size(); ++i) {
      const event::Field* f = type->find(steps[i]);
      if (!f)
        return error(value.span, "no field \"" + std::string(steps[i]) + "\" in " + type->name, type->near(steps[i]));
      const bool last = i + 1 == steps.size();
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
