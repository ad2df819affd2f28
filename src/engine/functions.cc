// Takes a documented function name, gives its signature and implementation. Entries: find_function(), functions().
// Names and behaviour are those of the YARA-L 2.0 reference (docs.cloud.google.com/chronicle/docs/yara-l/functions),
// plus strings.starts_with, strings.substr, strings.length and timestamp.diff, which are in use. A result is the same
// on every replay of the event.
#include "engine/functions.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/functions_impl.h"

namespace sekisho::engine {
namespace {

template <Param... P>
constexpr std::array<Param, sizeof...(P)> kParams{P...};

constexpr Param text = Param::text, integer = Param::integer, list = Param::list, number = Param::number,
                any = Param::any;
constexpr Param boolean = Param::boolean, pattern = Param::pattern, cidr = Param::cidr;

constexpr Function metric(std::string_view name, Type result) {
  return {.name = name,
          .params = kParams<any>,
          .required = 0,
          .variadic = true,
          .result = result,
          .support = Support::metric};
}

template <Param... P>
constexpr Function fn(std::string_view name, Type result, Implementation run, size_t required = sizeof...(P)) {
  return {
      .name = name, .params = kParams<P...>, .required = static_cast<uint8_t>(required), .result = result, .run = run};
}

// A signature without an implementation here; of functions that a front end writes otherwise.
template <Param... P>
constexpr Function aggregate(std::string_view name, Type result, size_t required = sizeof...(P)) {
  Function f = fn<P...>(name, result, nullptr, required);
  f.support = Support::aggregate;
  return f;
}

constexpr Function internal(Function f) {
  f.support = Support::internal;
  return f;
}
constexpr Function variadic(Function f, size_t required) {
  f.variadic = true;
  f.required = static_cast<uint8_t>(required);
  return f;
}
constexpr Function like_first(Function f) {
  f.same_as_first = true;
  return f;
}
constexpr Function folds(Function f) {
  f.nocase = true;
  return f;
}

constexpr Function kTable[] = {
    fn<list, list>("arrays.concat", Type::list, impl::array_concat),
    fn<list, any>("arrays.contains", Type::boolean, impl::array_contains),
    fn<list, integer>("arrays.index_to_float", Type::real, impl::index_to_float),
    fn<list, integer>("arrays.index_to_int", Type::integer, impl::index_to_int),
    fn<list, integer>("arrays.index_to_str", Type::text, impl::index_to_str),
    fn<list, text>("arrays.join_string", Type::text, impl::join_string, 1),
    fn<list>("arrays.length", Type::integer, impl::array_size),
    fn<list>("arrays.max", Type::real, impl::array_max),
    fn<list, boolean>("arrays.min", Type::real, impl::array_min, 1),
    fn<list>("arrays.size", Type::integer, impl::array_size),
    fn<text, text>("bytes.to_base64", Type::text, impl::to_base64, 1),
    fn<any>("cast.as_bool", Type::boolean, impl::as_bool),
    fn<any>("cast.as_float", Type::real, impl::as_float),
    fn<any>("cast.as_int", Type::integer, impl::as_int),
    fn<any, text>("cast.as_string", Type::text, impl::as_string, 1),
    fn<text>("hash.fingerprint2011", Type::integer, impl::fingerprint2011),
    fn<text>("hash.sha256", Type::text, impl::sha256),
    like_first(fn<number>("math.abs", Type::real, impl::absolute)),
    fn<number>("math.ceil", Type::integer, impl::ceiling),
    fn<number>("math.floor", Type::integer, impl::floor_of),
    fn<number, number, number, number>("math.geo_distance", Type::real, impl::geo_distance),
    variadic(fn<number, number, number>("math.is_increasing", Type::boolean, impl::is_increasing), 2),
    fn<number>("math.log", Type::real, impl::logarithm),
    fn<number, number>("math.pow", Type::real, impl::power),
    fn<>("math.random", Type::real, impl::random),
    like_first(fn<number, integer>("math.round", Type::real, impl::round_to, 1)),
    fn<number>("math.sqrt", Type::real, impl::square_root),
    metric("metrics.alert_event_name_count", Type::real),
    metric("metrics.auth_attempts_fail", Type::real),
    metric("metrics.auth_attempts_success", Type::real),
    metric("metrics.auth_attempts_total", Type::real),
    metric("metrics.dns_bytes_outbound", Type::real),
    metric("metrics.dns_queries_fail", Type::real),
    metric("metrics.dns_queries_success", Type::real),
    metric("metrics.dns_queries_total", Type::real),
    metric("metrics.file_executions_fail", Type::real),
    metric("metrics.file_executions_success", Type::real),
    metric("metrics.file_executions_total", Type::real),
    metric("metrics.http_queries_fail", Type::real),
    metric("metrics.http_queries_success", Type::real),
    metric("metrics.http_queries_total", Type::real),
    metric("metrics.network_bytes_inbound", Type::real),
    metric("metrics.network_bytes_outbound", Type::real),
    metric("metrics.network_bytes_total", Type::real),
    metric("metrics.resource_creation_success", Type::real),
    metric("metrics.resource_creation_total", Type::real),
    metric("metrics.resource_deletion_success", Type::real),
    metric("metrics.resource_read_fail", Type::real),
    metric("metrics.resource_read_success", Type::real),
    fn<text, cidr>("net.ip_in_range_cidr", Type::boolean, impl::ip_in_range_cidr),
    internal(fn<text, text>("net.ip_in_range_cidr(row)", Type::boolean, impl::ip_in_range_cidr)),
    fn<text, integer, integer>("optimization.sample_rate", Type::boolean, impl::sample_rate),
    fn<text, pattern>("re.capture", Type::text, nullptr),
    fn<text, pattern>("re.capture_all", Type::list, nullptr),
    folds(fn<text, pattern>("re.regex", Type::boolean, nullptr)),
    internal(fn<text, text>("re.regex(row)", Type::boolean, impl::row_matches)),
    fn<text, pattern, text>("re.replace", Type::text, nullptr),
    fn<text>("strings.base64_decode", Type::text, impl::base64_decode),
    variadic(fn<text>("strings.coalesce", Type::text, impl::coalesce), 1),
    variadic(fn<any>("strings.concat", Type::text, impl::concat), 1),
    folds(fn<text, text>("strings.contains", Type::boolean, impl::contains)),
    internal(fn<text, list, boolean>("strings.contains(any)", Type::boolean, impl::contains_any)),
    fn<text, text>("strings.count_substrings", Type::integer, impl::count_substrings),
    folds(fn<text, text>("strings.ends_with", Type::boolean, impl::ends_with)),
    internal(fn<text, list, boolean>("strings.ends_with(any)", Type::boolean, impl::ends_with_any)),
    internal(fn<text, list, boolean>("strings.equals(any)", Type::boolean, impl::equals_any)),
    fn<text>("strings.extract_domain", Type::text, impl::extract_domain),
    fn<text>("strings.extract_hostname", Type::text, impl::extract_hostname),
    fn<text>("strings.from_base64", Type::text, impl::from_base64),
    fn<text>("strings.from_hex", Type::text, impl::from_hex),
    fn<text>("strings.length", Type::integer, impl::length),
    fn<text, text>("strings.ltrim", Type::text, impl::ltrim, 1),
    fn<text>("strings.reverse", Type::text, impl::reverse),
    fn<text, text>("strings.rtrim", Type::text, impl::rtrim, 1),
    fn<text, text>("strings.split", Type::list, impl::split, 1),
    folds(fn<text, text>("strings.starts_with", Type::boolean, impl::starts_with)),
    internal(fn<text, list, boolean>("strings.starts_with(any)", Type::boolean, impl::starts_with_any)),
    fn<text, integer, integer>("strings.substr", Type::text, impl::substr, 2),
    fn<text>("strings.to_lower", Type::text, impl::to_lower),
    fn<text>("strings.to_upper", Type::text, impl::to_upper),
    fn<text, text>("strings.trim", Type::text, impl::trim, 1),
    fn<text>("strings.url_decode", Type::text, impl::url_decode),
    fn<text, text>("timestamp.as_unix_seconds", Type::integer, impl::as_unix_seconds, 1),
    fn<>("timestamp.current_seconds", Type::integer, impl::current_seconds),
    fn<integer, integer, text>("timestamp.diff", Type::integer, impl::time_diff, 2),
    fn<integer, text>("timestamp.get_date", Type::text, impl::get_date, 1),
    fn<integer, text>("timestamp.get_day_of_week", Type::integer, impl::get_day_of_week, 1),
    fn<integer, text>("timestamp.get_hour", Type::integer, impl::get_hour, 1),
    fn<integer, text>("timestamp.get_minute", Type::integer, impl::get_minute, 1),
    fn<integer, text, text>("timestamp.get_timestamp", Type::text, impl::get_timestamp, 1),
    fn<integer, text>("timestamp.get_week", Type::integer, impl::get_week, 1),
    fn<>("timestamp.now", Type::integer, impl::current_seconds),
    aggregate<number, boolean>("window.avg", Type::real, 1),
    aggregate<number, text>("window.first", Type::text),
    aggregate<number, text>("window.last", Type::text),
    aggregate<number, boolean>("window.median", Type::real, 1),
    aggregate<text>("window.mode", Type::text),
    aggregate<number, boolean>("window.range", Type::list, 1),
    aggregate<number>("window.stddev", Type::real),
    aggregate<number>("window.variance", Type::real),
};
static_assert(std::is_sorted(std::begin(kTable), std::end(kTable),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

std::span<const Function> functions() { return kTable; }

const Function* find_function(std::string_view name) {
  const auto* it = std::lower_bound(std::begin(kTable), std::end(kTable), name,
                                    [](const Function& f, std::string_view n) { return f.name < n; });
  return it != std::end(kTable) && it->name == name ? it : nullptr;
}

std::string_view CallContext::keep(std::string_view bytes) const {
  if (bytes.empty()) return {};
  char* copy = static_cast<char*>(memory->allocate(bytes.size(), 1));
  std::memcpy(copy, bytes.data(), bytes.size());
  return {copy, bytes.size()};
}

}  // namespace sekisho::engine
