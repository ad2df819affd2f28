// Takes a path and a StateFile. Entries: read_state, write_state. Refuses what is not whole: its digest must fit.
#include "hunt/state_file.h"

#include "base/durable.h"
#include "base/files.h"
#include "base/json.h"
#include "base/sha256.h"
#include "event/json_line.h"

namespace sekisho::hunt {
namespace {

using event::JsonValue;
constexpr int64_t kVersion = 1;
constexpr size_t kMostBytes = size_t{4} << 30;

std::string_view text_of(const JsonValue& object, std::string_view name) {
  const JsonValue v = object.member(name);
  return v.type() == JsonValue::Type::text ? v.text() : std::string_view();
}

int64_t number_of(const JsonValue& object, std::string_view name) {
  const JsonValue v = object.member(name);
  return v.type() == JsonValue::Type::integer ? v.integer() : 0;
}

}  // namespace

Result<StateFile> read_state(const std::string& path) {
  const auto damaged = [&](std::string why) {
    return fail("hunt.state", path + " " + why, "remove it to begin anew; what was open in it is lost then");
  };
  TRY_ASSIGN(text, read_file(path, kMostBytes));
  const size_t end = text.find('\n');
  if (end == std::string::npos || !text.starts_with("{\"sekisho_hunt_state\":")) return damaged("is no state file");
  StateFile out;
  out.correlator = text.substr(end + 1);
  text.resize(end);
  event::JsonLine json;
  const auto root = json.parse(text, false);
  if (!root || root->type() != JsonValue::Type::object) return damaged("is damaged");
  if (number_of(*root, "sekisho_hunt_state") != kVersion) return damaged("is of another version");
  if (text_of(*root, "sha256") != sha256_hex(out.correlator)) return damaged("is damaged");
  if (const JsonValue names = root->member("sources"); names.type() == JsonValue::Type::list)
    for (JsonValue v = names.first(); v; v = v.next(names))
      out.sources.emplace_back(v.type() == JsonValue::Type::text ? v.text() : std::string_view());
  if (const JsonValue budgets = root->member("budgets"); budgets.type() == JsonValue::Type::list)
    for (JsonValue v = budgets.first(); v; v = v.next(budgets))
      if (v.type() == JsonValue::Type::object)
        out.budgets.push_back({std::string(text_of(v, "rule")), number_of(v, "start"), number_of(v, "end"),
                               static_cast<uint64_t>(number_of(v, "written")),
                               static_cast<uint64_t>(number_of(v, "held"))});
  return out;
}

Result<void> write_state(const std::string& path, const StateFile& state) {
  std::string head;
  JsonWriter json(head);
  json.begin_object();
  json.member("sekisho_hunt_state", kVersion);
  json.member("sha256", sha256_hex(state.correlator));
  json.key("sources");
  json.begin_array();
  for (const std::string& name : state.sources) json.value(name);
  json.end_array();
  json.key("budgets");
  json.begin_array();
  for (const BudgetReport& b : state.budgets) {
    json.begin_object();
    json.member("rule", b.rule);
    json.member("start", b.start);
    json.member("end", b.end);
    json.member("written", b.written);
    json.member("held", b.held);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  head += '\n';

  const auto written = replace_file(path, [&](const Sink& sink) -> Result<void> {
    TRY(sink(head));
    return sink(state.correlator);
  });
  if (!written) return fail("hunt.state", written.error().text);
  return {};
}

}  // namespace sekisho::hunt
