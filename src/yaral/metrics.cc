// Takes a metrics function and the fields that it is looked up by, gives the rule whose rows are counted for it. Entry:
// measure(). Refuses nothing: the checker has.
#include "yaral/metrics.h"

#include <algorithm>

#include "yaral/yaral.h"

namespace sekisho::yaral {
namespace {

using engine::Observed;
using engine::OverPeriods;

struct Counting {
  std::string_view function;
  std::string_view events;
  std::string_view value = "";
};

#define SEKISHO_ALLOWED " any $e.security_result.action = \"ALLOW\""
#define SEKISHO_NOT_ALLOWED " all $e.security_result.action != \"ALLOW\""
// Event types that the schema's reference calls equivalent count alike.
#define SEKISHO_READ "($e.metadata.event_type = \"RESOURCE_READ\" or $e.metadata.event_type = \"USER_RESOURCE_ACCESS\")"
constexpr Counting kCountings[] = {
    // Published for the alerts of four products; here for those of any.
    {"metrics.alert_event_name_count", "any $e.security_result.alert_state = \"ALERTING\""},
    {"metrics.auth_attempts_fail", "$e.metadata.event_type = \"USER_LOGIN\"" SEKISHO_NOT_ALLOWED},
    {"metrics.auth_attempts_success", "$e.metadata.event_type = \"USER_LOGIN\"" SEKISHO_ALLOWED},
    {"metrics.auth_attempts_total", "$e.metadata.event_type = \"USER_LOGIN\""},
    {"metrics.dns_bytes_outbound",
     "$e.network.sent_bytes > 0 ($e.target.port = 53 and ($e.network.ip_protocol = \"UDP\" or "
     "$e.network.ip_protocol = \"TCP\")) or ($e.target.port = 3000 and $e.network.ip_protocol = \"TCP\")",
     "$e.network.sent_bytes"},
    {"metrics.dns_queries_fail", "$e.network.dns.response_code > 0"},
    {"metrics.dns_queries_success", "$e.network.dns.id != 0 $e.network.dns.response_code = 0"},
    {"metrics.dns_queries_total", "$e.network.dns.id != 0"},
    {"metrics.file_executions_fail", "$e.metadata.event_type = \"PROCESS_LAUNCH\"" SEKISHO_NOT_ALLOWED},
    {"metrics.file_executions_success", "$e.metadata.event_type = \"PROCESS_LAUNCH\"" SEKISHO_ALLOWED},
    {"metrics.file_executions_total", "$e.metadata.event_type = \"PROCESS_LAUNCH\""},
    {"metrics.http_queries_fail", "$e.network.http.response_code >= 400"},
    {"metrics.http_queries_success", "$e.network.http.method != \"\" $e.network.http.response_code < 400"},
    {"metrics.http_queries_total", "$e.network.http.method != \"\""},
    {"metrics.network_bytes_inbound", "$e.network.received_bytes > 0", "$e.network.received_bytes"},
    {"metrics.network_bytes_outbound", "$e.network.sent_bytes > 0", "$e.network.sent_bytes"},
    {"metrics.network_bytes_total", "$e.network.received_bytes > 0 or $e.network.sent_bytes > 0",
     "$e.network.received_bytes + $e.network.sent_bytes"},
    {"metrics.resource_creation_success",
     "($e.metadata.event_type = \"RESOURCE_CREATION\" or $e.metadata.event_type = "
     "\"USER_RESOURCE_CREATION\")" SEKISHO_ALLOWED},
    {"metrics.resource_creation_total",
     "($e.metadata.event_type = \"RESOURCE_CREATION\" or $e.metadata.event_type = \"USER_RESOURCE_CREATION\")"},
    {"metrics.resource_deletion_success",
     "($e.metadata.event_type = \"RESOURCE_DELETION\" or $e.metadata.event_type = "
     "\"USER_RESOURCE_DELETION\")" SEKISHO_ALLOWED},
    {"metrics.resource_read_fail", SEKISHO_READ SEKISHO_NOT_ALLOWED},
    {"metrics.resource_read_success", SEKISHO_READ SEKISHO_ALLOWED},
};
#undef SEKISHO_ALLOWED
#undef SEKISHO_NOT_ALLOWED
#undef SEKISHO_READ

constexpr MetricName kObserved[] = {
    {"event_count_sum", static_cast<uint8_t>(Observed::event_count_sum)},
    {"first_seen", static_cast<uint8_t>(Observed::first_seen)},
    {"last_seen", static_cast<uint8_t>(Observed::last_seen)},
    {"value_sum", static_cast<uint8_t>(Observed::value_sum)},
    {"num_unique_filter_values", static_cast<uint8_t>(Observed::num_unique_filter_values)},
};
constexpr MetricName kOverPeriods[] = {
    {"avg", static_cast<uint8_t>(OverPeriods::avg)},
    {"max", static_cast<uint8_t>(OverPeriods::max)},
    {"min", static_cast<uint8_t>(OverPeriods::min)},
    {"num_metric_periods", static_cast<uint8_t>(OverPeriods::num_metric_periods)},
    {"stddev", static_cast<uint8_t>(OverPeriods::stddev)},
    {"sum", static_cast<uint8_t>(OverPeriods::sum)},
};

const Counting& counting(std::string_view function) {
  return *std::ranges::find(kCountings, function, &Counting::function);
}

// A field as the text that it is looked up by. A namespace may be empty, and a key that is a field may not.
std::string as_text(const std::string& field) {
  const std::string read = "$e." + field;
  if (field.ends_with(".namespace")) return "strings.concat(" + read + ", \"\")";
  const auto slot = engine::resolve(field);
  return !slot || slot->type == engine::Type::text || slot->enumeration != nullptr ? read
                                                                                   : "cast.as_string(" + read + ")";
}

}  // namespace

std::span<const MetricName> observed_names() { return kObserved; }
std::span<const MetricName> over_periods_names() { return kOverPeriods; }
bool sums_values(std::string_view function) { return !counting(function).value.empty(); }

engine::Measure measure(std::string_view function, const std::vector<std::string>& fields, bool unique) {
  const Counting& d = counting(function);
  std::string name = std::string(function) + "(", keys, text = "rule measure { events: " + std::string(d.events);
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string key = "$k" + std::to_string(i);
    name += (i > 0 ? ", " : "") + fields[i] + (unique && i + 1 == fields.size() ? ": *" : "");
    keys += (i > 0 ? ", " : "") + key;
    text += " " + as_text(fields[i]) + " = " + key;
  }
  text += " match: " + keys + " over 1h";
  if (!d.value.empty()) text += " outcome: $value = sum(" + std::string(d.value) + ")";
  text += " condition: $e }";
  CompiledFile made = compile(text, name);
  engine::Measure out{.name = name + ")", .counts = nullptr, .unique = unique};
  if (made.errors.empty() && made.rules.size() == 1)
    out.counts = std::make_shared<const engine::Rule>(std::move(made.rules[0]));
  return out;
}

}  // namespace sekisho::yaral
