// Takes a metric, gives what it tells: by looking through all events there are. Entries: OracleRule::metric(),
// counts(). Refuses nothing.
#include <algorithm>
#include <cmath>

#include "engine/oracle_parts.h"

namespace sekisho::engine {
namespace {

constexpr int64_t kHour = 3600, kDay = 86400;
int64_t start_of(int64_t seconds, int64_t period) {
  int64_t start = seconds / period * period;
  if (start > seconds) start -= period;
  return start;
}

}  // namespace

OracleRule& OracleRule::counting(uint32_t measure) {
  auto& made = counting_[measure];
  if (!made) made = std::make_unique<OracleRule>(*rule_.measures[measure].counts, lists_);
  return *made;
}

bool OracleRule::counts(const OracleSource& source) {
  for (uint32_t m = 0; m < rule_.measures.size(); ++m)
    if (source.kind == Variable::Kind::event && !counting(m).rows(0, source).empty()) return true;
  return false;
}

Datum OracleRule::metric(const Expr& e) {
  const MetricUse& use = e.metric;
  OracleRule& counting = this->counting(e.index);
  const size_t keys = e.args.size() - (use.filtered ? 1 : 0);
  // As of the first event that must be there and gives a key; or else the first that must be there.
  std::optional<uint32_t> first, gives;
  for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
    if (!bounded(v) || !temporal(v)) continue;
    if (!first) first = v;
    for (size_t i = 0; i < keys && !gives; ++i)
      if (!readable(e.args[i], {}) && readable(e.args[i], {v})) gives = v;
  }
  const int64_t now = env_[gives.value_or(*first)].source->time.seconds;
  const int64_t today = start_of(now, kDay);
  const int64_t from = use.today ? today : today - 30 * kDay, until = use.today ? start_of(now, kHour) : today;
  std::vector<std::string> wanted;
  for (size_t i = 0; i < keys; ++i) wanted.emplace_back(eval(e.args[i]).as_text());

  std::map<int64_t, OraclePeriod> periods;  // by start
  for (const OracleSource* source : *past_) {
    const int64_t at = source->time.seconds;
    if (source->kind != Variable::Kind::event || at < from || at >= until) continue;
    OraclePeriod* period = nullptr;
    for (const OracleRow& row : counting.rows(0, *source)) {
      const auto of_row = counting.keys({&row});
      bool same = true;
      for (size_t i = 0; i < keys; ++i) same = same && of_row[i]->text == wanted[i];
      if (!same) continue;
      if (period == nullptr) {
        period = &periods[start_of(at, use.today ? kHour : kDay)];
        if (period->events++ == 0) period->first = at;
        period->last = at;
        for (const Outcome& o : counting.rule_.outcomes) {
          counting.bind({&row});
          period->sum += counting.eval(counting.rule_.exprs[o.value].args[0]).as_int();
        }
      }
      if (of_row.size() > keys) period->values.insert(of_row[keys]->text);
    }
  }
  std::vector<std::pair<int64_t, int64_t>> values;  // start and value
  for (const auto& [start, period] : periods) {
    const int64_t all[] = {period.events, period.first, period.last, period.sum,
                           static_cast<int64_t>(period.values.size())};
    const int64_t value = all[static_cast<size_t>(use.of)];
    period_ = &period;
    if (value != 0 && (!use.filtered || eval(e.args[keys]).as_bool())) values.emplace_back(start, value);
  }
  if (values.empty()) return Datum::zero(e.type);
  const auto by_value = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto n = static_cast<double>(values.size());
  int64_t sum = 0;
  double squares = 0;
  for (const auto& [start, value] : values) sum += value;
  const double mean = static_cast<double>(sum) / n;
  for (const auto& [start, value] : values) squares += std::pow(static_cast<double>(value) - mean, 2);
  switch (use.over) {
    case OverPeriods::avg:
      return Datum::real(mean);
    case OverPeriods::stddev:
      return Datum::real(std::sqrt(squares / n));
    case OverPeriods::max:
      return Datum::integer(std::ranges::max_element(values, by_value)->second);
    case OverPeriods::min:
      return Datum::integer(std::ranges::min_element(values, by_value)->second);
    case OverPeriods::start_of_max:
      return Datum::integer(std::ranges::max_element(values, by_value)->first);
    case OverPeriods::start_of_min:
      return Datum::integer(std::ranges::min_element(values, by_value)->first);
    case OverPeriods::num_metric_periods:
      return Datum::integer(static_cast<int64_t>(values.size()));
    case OverPeriods::sum:
      return Datum::integer(sum);
  }
  return {};
}

}  // namespace sekisho::engine
