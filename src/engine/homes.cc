// Takes a Rule, tells on whose rows each of its expressions can be read. Entry: find_homes(). Refuses nothing.
#include "engine/homes.h"

namespace sekisho::engine {
namespace {

uint64_t temporal_variables(const Rule& rule) {
  uint64_t out = 0;
  for (size_t v = 0; v < rule.variables.size(); ++v) {
    const Variable::Kind kind = rule.variables[v].kind;
    out |= uint64_t{kind != Variable::Kind::graph && kind != Variable::Kind::table} << v;
  }
  return out;
}

// With what is known of placeholders so far.
void read_expressions(const Rule& rule, uint64_t temporal, Homes& out) {
  out.of.assign(rule.exprs.size(), UINT64_MAX);
  out.fixed.assign(rule.exprs.size(), true);
  for (ExprId id = 0; id < rule.exprs.size(); ++id) {
    const Expr& e = rule.exprs[id];
    switch (e.op) {
      case Op::slot:
      case Op::whole:
      case Op::has_field:
      case Op::has_value:
      case Op::event_time:
        out.of[id] = out.reads[id];
        out.fixed[id] = false;
        break;
      case Op::placeholder:
        out.of[id] = out.of_placeholder[e.index];
        out.fixed[id] = false;
        break;
      case Op::aggregate:
      case Op::outcome:
      case Op::exists:
      case Op::count:
      case Op::placeholder_count:
      case Op::metric:
      case Op::observed:
        out.of[id] = 0;
        out.fixed[id] = false;
        break;
      default:
        // A function without arguments tells something of the event that is judged, such as its time: no record can.
        if (e.op == Op::call && e.args.empty()) {
          out.of[id] = temporal;
          out.fixed[id] = false;
        }
        for (ExprId arg : e.args) {
          out.of[id] &= out.of[arg];
          out.fixed[id] = out.fixed[id] && out.fixed[arg];
        }
    }
  }
}

}  // namespace

std::vector<uint64_t> variables_read(const Rule& rule) {
  std::vector<uint64_t> out(rule.exprs.size(), 0);
  for (ExprId id = 0; id < rule.exprs.size(); ++id) {
    const Expr& e = rule.exprs[id];
    if (e.op == Op::slot || e.op == Op::whole || e.op == Op::has_field || e.op == Op::has_value)
      out[id] |= uint64_t{1} << rule.slots[e.index].variable;
    if (e.op == Op::event_time) out[id] |= uint64_t{1} << e.index;
    for (ExprId arg : e.args) out[id] |= out[arg];
  }
  return out;
}

Homes find_homes(const Rule& rule) {
  Homes out;
  out.reads = variables_read(rule);
  out.of_placeholder.assign(rule.placeholders.size(), 0);
  const uint64_t temporal = temporal_variables(rule);
  // Definitions may use other placeholders: until nothing is new.
  for (bool changed = true; changed;) {
    changed = false;
    read_expressions(rule, temporal, out);
    for (size_t p = 0; p < rule.placeholders.size(); ++p) {
      uint64_t home = 0;
      for (ExprId d : rule.placeholders[p].definitions) home |= out.of[d];
      if (home != out.of_placeholder[p]) changed = true;
      out.of_placeholder[p] = home;
    }
  }
  return out;
}

}  // namespace sekisho::engine
