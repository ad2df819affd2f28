// Takes a rule, gives its fingerprint. Entry: fingerprint(). Refuses nothing.
#include "engine/fingerprint.h"

#include "base/sha256.h"
#include "engine/state_bytes.h"

namespace sekisho::engine {
namespace {

void put(StateWriter& out, const Constant& value) {
  out.number(value.index());
  if (const bool* b = std::get_if<bool>(&value)) out.flag(*b);
  else if (const int64_t* i = std::get_if<int64_t>(&value)) out.integer(*i);
  else if (const double* d = std::get_if<double>(&value)) out.real(*d);
  else out.text(std::get<std::string>(value));
}

template <class T>
void put(StateWriter& out, const std::vector<T>& numbers) {
  out.number(numbers.size());
  for (const T& n : numbers) out.number(n);
}

}  // namespace

std::string fingerprint(const Rule& rule, const Correlation* correlation) {
  StateWriter out;
  out.text(rule.name);
  out.text(rule.language);
  for (const Variable& v : rule.variables) {
    out.text(v.name);
    out.number(static_cast<uint64_t>(v.kind));
  }
  for (const Slot& slot : rule.slots) {
    out.number(slot.variable);
    out.text(slot.path());
    out.number(static_cast<uint64_t>(slot.quantifier));
    out.flag(slot.raw);
  }
  for (const Expr& e : rule.exprs) {
    out.number(static_cast<uint64_t>(e.op));
    out.number(static_cast<uint64_t>(e.type));
    out.flag(e.nocase);
    out.number(static_cast<uint64_t>(e.list_mode));
    out.number(static_cast<uint64_t>(e.kind));
    out.number(e.index);
    out.text(e.function ? e.function->name : std::string_view());
    out.text(e.enumeration ? std::string_view(e.enumeration->name) : std::string_view());
    put(out, e.value);
    put(out, e.args);
    if (e.op != Op::metric) continue;
    out.number(static_cast<uint64_t>(e.metric.of));
    out.number(static_cast<uint64_t>(e.metric.over));
    out.flag(e.metric.today);
    out.flag(e.metric.filtered);
  }
  for (const Measure& m : rule.measures) out.text(m.name);
  for (const Placeholder& p : rule.placeholders) {
    out.text(p.name);
    out.number(static_cast<uint64_t>(p.type));
    put(out, p.definitions);
  }
  for (const Outcome& o : rule.outcomes) {
    out.text(o.name);
    out.number(o.value);
  }
  out.number(rule.where);
  out.number(rule.condition);
  if (rule.match) {
    put(out, rule.match->keys);
    out.integer(rule.match->seconds);
    out.number(static_cast<uint64_t>(rule.match->window));
    out.number(rule.match->pivot);
  }
  out.flag(rule.options.allow_zero_values);
  out.integer(rule.options.suppression_seconds);
  out.number(rule.options.suppression_key.value_or(kNone));
  if (correlation != nullptr) {
    out.number(correlation->partition);
    for (const JoinVariable& v : correlation->variables) {
      out.number(v.columns.size());
      for (const StoredColumn& c : v.columns) out.number(static_cast<uint64_t>(c.type) * 2 + c.many);
    }
  }
  return sha256_hex(out.take());
}

}  // namespace sekisho::engine
