// Takes the joined rows of one group, gives their Detection: counts, placeholders, aggregates, outcomes, the condition.
// Entry: OracleRule::judge(). Refuses nothing.
#include <algorithm>
#include <cmath>

#include "engine/oracle_parts.h"

namespace sekisho::engine {
namespace {

__extension__ using Wide = __int128;

template <class T>
bool same(const T& a, const T& b) {
  return a.type() == b.type() && equal(a, b, false);
}

std::vector<Datum> distinct(const std::vector<Datum>& all) {
  std::vector<Datum> out;
  for (const Datum& d : all)
    if (std::none_of(out.begin(), out.end(), [&](const Datum& x) { return same(x, d); })) out.push_back(d);
  return out;
}

}  // namespace

bool OracleRule::judge(const OracleGroup& group, OracleDetection& out) {
  memory_.release();
  group_ = &group;
  outcomes_.clear();
  counts_.clear();
  placeholder_counts_.clear();
  OracleJoin first = group.joined.front();
  for (uint32_t v = 0; v < rule_.variables.size(); ++v) {
    std::set<const OracleSource*> sources;
    std::vector<const OracleRow*> rows;
    if (bounded(v))
      for (const OracleJoin& join : group.joined) rows.push_back(join[v]);
    else rows = group.unjoined[v];
    if (!bounded(v) && !rows.empty()) first[v] = rows.front();
    std::vector<const OracleSource*> in_order;
    for (const OracleRow* row : rows)
      if (sources.insert(row->source).second) in_order.push_back(row->source);
    counts_.push_back(static_cast<int64_t>(sources.size()));
    const Variable::Kind kind = rule_.variables[v].kind;
    if (kind == Variable::Kind::graph || kind == Variable::Kind::table) continue;
    std::stable_sort(in_order.begin(), in_order.end(), [](const OracleSource* a, const OracleSource* b) {
      return std::tie(a->time, a->hash) < std::tie(b->time, b->hash);
    });
    out.event_count += in_order.size();
    for (size_t i = 0; i < std::min<size_t>(in_order.size(), 10); ++i) {
      out.events.push_back({v, in_order[i]->time, in_order[i]->ref});
      out.sources.push_back(in_order[i]);
    }
  }
  for (uint32_t p = 0; p < rule_.placeholders.size(); ++p) {
    ExprId value = definition(p, bounded_);
    for (uint32_t v = 0; v < rule_.variables.size() && value == kNoExpr; ++v) value = definition(p, {v});
    std::vector<Datum> values;
    if (value != kNoExpr) values = distinct(collect({.op = Op::aggregate, .args = {value}}, 0));
    placeholder_counts_.push_back(static_cast<int64_t>(values.size()));
    std::vector<Value> shown;
    for (size_t i = 0; i < std::min<size_t>(values.size(), 25); ++i) shown.push_back(Value::of(values[i]));
    out.placeholders.emplace_back(rule_.placeholders[p].name, std::move(shown));
  }
  bind(first);
  loose_ = true;
  for (const Outcome& o : rule_.outcomes) {
    Datum v = eval(o.value);
    if (o.type == Type::real && v.type() == Type::integer) v = Datum::real(v.as_real());
    outcomes_.push_back(v);
  }
  const bool fires = rule_.condition == kNoExpr
                         ? std::all_of(counts_.begin(), counts_.end(), [](int64_t n) { return n > 0; })
                         : eval(rule_.condition).as_bool();
  loose_ = false;
  for (size_t i = 0; i < outcomes_.size(); ++i)
    out.outcomes.emplace_back(rule_.outcomes[i].name, Value::of(outcomes_[i]));
  out.matched_rows = group.joined.size();
  return fires;
}

// An argument of an aggregate on every row of the group, each expanded by what only the arguments read: on the joined
// rows, or, where they read an unbounded variable, on the rows of that.
std::vector<Datum> OracleRule::collect(const Expr& e, size_t argument) {
  const std::vector<Bound> before = env_;
  const bool loose = std::exchange(loose_, false);
  const std::set<uint32_t> there = there_;
  std::vector<OracleJoin> rows = group_->joined;
  const auto from = [&](const std::set<uint32_t>& where) {
    return std::ranges::all_of(e.args, [&](ExprId a) { return readable(a, where); });
  };
  for (uint32_t v = 0; v < rule_.variables.size() && !from(bounded_); ++v) {
    if (bounded(v) || !from({v})) continue;
    rows.clear();
    for (const OracleRow* row : group_->unjoined[v]) {
      rows.emplace_back(rule_.variables.size());
      rows.back()[v] = row;
    }
    break;
  }
  std::vector<Datum> out;
  for (const OracleJoin& row : rows) {
    bind(row);
    std::vector<std::vector<OracleCopy>> choices(row.size());  // by variable
    std::vector<size_t> at(row.size());
    for (uint32_t v = 0; v < row.size(); ++v)
      if (row[v] != nullptr) choices[v] = copies(*row[v]->source, {row[v]->copy}, expanding(e.args, v));
    // Every combination of the copies, the last variable fastest.
    for (bool more = true; more;) {
      for (uint32_t v = 0; v < row.size(); ++v)
        if (row[v] != nullptr) env_[v].copy = &choices[v][at[v]];
      out.push_back(e.args.empty() ? Datum::integer(0) : eval(e.args[argument]));
      more = false;
      for (size_t v = row.size(); v-- > 0 && !more;) {
        more = ++at[v] < choices[v].size();
        if (!more) at[v] = 0;
      }
    }
  }
  env_ = before;
  there_ = there;
  loose_ = loose;
  return out;
}

Datum OracleRule::aggregate(const Expr& e) {
  std::vector<Datum> all = collect(e, 0);
  if (e.kind == Aggregate::count) return Datum::integer(static_cast<int64_t>(all.size()));
  if (e.kind == Aggregate::count_distinct) return Datum::integer(static_cast<int64_t>(distinct(all).size()));
  if (e.kind == Aggregate::array || e.kind == Aggregate::array_distinct) {
    if (e.kind == Aggregate::array_distinct) all = distinct(all);
    all.resize(std::min<size_t>(all.size(), 25));
    return kept(all);
  }
  if (all.empty()) return Datum::zero(e.type);
  if (e.kind == Aggregate::mode) {
    const auto times = [&](const Datum& d) {
      return std::ranges::count_if(all, [&](const Datum& x) { return same(x, d); });
    };
    return *std::ranges::max_element(all, std::less(), times);
  }
  if (e.kind == Aggregate::first || e.kind == Aggregate::last) {
    const std::vector<Datum> texts = collect(e, 1);
    size_t best = 0;
    for (size_t i = 1; i < all.size(); ++i) {
      const int by = order(all[i], all[best]);
      if (e.kind == Aggregate::first ? by < 0 : by >= 0) best = i;
    }
    return texts[best];
  }
  if (const bool* nonzero = std::get_if<bool>(&e.value); nonzero && *nonzero)
    std::erase_if(all, [](const Datum& d) { return d.is_zero(); });
  if (all.empty()) return Datum::zero(e.type);
  const auto n = static_cast<double>(all.size());
  double sum = 0, squares = 0;
  Wide whole = 0;
  for (const Datum& d : all) {
    sum += d.as_real();
    whole = std::clamp<Wide>(whole + d.as_int(), INT64_MIN, INT64_MAX);
  }
  for (const Datum& d : all) squares += (d.as_real() - sum / n) * (d.as_real() - sum / n);
  std::stable_sort(all.begin(), all.end(), [](const Datum& a, const Datum& b) { return order(a, b) < 0; });
  switch (e.kind) {
    case Aggregate::max:
    case Aggregate::latest:
      return all.back();
    case Aggregate::min:
    case Aggregate::earliest:
      return all.front();
    case Aggregate::sum:
      return e.type == Type::integer ? Datum::integer(static_cast<int64_t>(whole)) : Datum::real(sum);
    case Aggregate::avg:
      return Datum::real(sum / n);
    case Aggregate::stddev:
      return Datum::real(std::sqrt(squares / n));
    case Aggregate::variance:
      return Datum::real(all.size() < 2 ? 0 : squares / (n - 1));
    case Aggregate::median:
      return Datum::real(all[(all.size() - 1) / 2].as_real());
    case Aggregate::percentile: {
      // Nearest rank: the smallest value that at least so many percent do not exceed.
      const double rank = std::ceil(Datum::of(e.value).as_real() / 100 * n);
      return Datum::real(all[static_cast<size_t>(std::clamp(rank, 1.0, n)) - 1].as_real());
    }
    default:
      return {};
  }
}

}  // namespace sekisho::engine
