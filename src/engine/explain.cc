// Takes a rule of an Engine, and perhaps an event, gives text for people: its plan, or why the event matches it or does
// not. Entries: Engine::explain(), has_witness(). Refuses nothing.
#include <algorithm>

#include "engine/correlation.h"
#include "engine/matching.h"

namespace sekisho::engine {
namespace {

// names: what the numbers of an enum stand for; may be null.
std::string text_of(const Datum& d, const event::EnumType* names = nullptr) {
  if (names && d.type() == Type::integer)
    if (const std::string_view name = names->name_of(d.as_int()); !name.empty()) return '"' + std::string(name) + '"';
  if (d.type() == Type::text) return '"' + printable(utf8_prefix(d.as_text(), 80)) + '"';
  return Value::of(d).to_string();
}

// A node in the spelling of YARA-L, near enough for people. Nodes are shallow (Limits::rule_depth).
class Speller {
 public:
  explicit Speller(const Program& program) : program_(program) {}

  std::string column(const Column& c) const {
    if (c.raw != Column::Raw::no) return c.key.empty() ? "(any value)" : c.key;
    std::string out = program_.dims[c.dim].path;
    for (const Step& s : c.steps) {
      if (!out.empty()) out += '.';
      out += s.field->name;
      if (s.index >= 0) out += '[' + std::to_string(s.index) + ']';
    }
    if (c.keyed) out += (c.steps.back().field->kind == event::Kind::map ? ".fields[\"" : "[\"") + c.key + "\"]";
    return out;
  }

  // Of a column that holds an enum; else null.
  const event::EnumType* names(NodeId id) const {
    if (program_.nodes[id].code != Code::column) return nullptr;
    const Column& c = program_.columns[program_.nodes[id].index];
    const event::Field* field = c.steps.empty() ? program_.dims[c.dim].field : c.steps.back().field;
    return field == nullptr ? nullptr : field->enumeration;
  }

  std::string node(NodeId id) const {
    const Node& n = program_.nodes[id];
    const auto args = program_.operands(n);
    const auto list = [&](std::string_view between) {
      std::string out;
      for (NodeId arg : args) out += (out.empty() ? "" : std::string(between)) + node(arg);
      return out;
    };
    const std::string fold = n.nocase ? " nocase" : "";
    const auto right = [&] { return n.leaf ? text_of(n.value, names(args[0])) : node(args[1]); };
    switch (n.code) {
      case Code::constant:
        return text_of(n.value);
      case Code::column: {
        const Column& c = program_.columns[n.index];
        if (c.raw == Column::Raw::has_field) return "exists(" + c.key + ")";
        if (c.raw == Column::Raw::has_value) return "not_null(" + c.key + ")";
        return column(c);
      }
      case Code::all_of:
        return "(" + list(" and ") + ")";
      case Code::any_of:
        return "(" + list(" or ") + ")";
      case Code::negate:
        return "not " + node(args[0]);
      case Code::equal:
        return node(args[0]) + " = " + right() + fold;
      case Code::less:
        return node(args[0]) + " < " + right();
      case Code::less_equal:
        return node(args[0]) + " <= " + right();
      case Code::greater:
        return node(args[0]) + " > " + right();
      case Code::greater_equal:
        return node(args[0]) + " >= " + right();
      case Code::present:
        return node(args[0]) + " has a value";
      case Code::match:
        return node(args[0]) + " = /" + program_.patterns[n.index].text() + "/" + fold;
      case Code::contains:
        return node(args[0]) + " contains " + right() + fold;
      case Code::prefix:
        return node(args[0]) + " starts with " + right() + fold;
      case Code::suffix:
        return node(args[0]) + " ends with " + right() + fold;
      case Code::in_set:
        return node(args[0]) + " in a list of " + std::to_string(program_.sets[n.index].items.size()) + fold;
      case Code::in_cidr: {
        const auto& items = program_.sets[n.index].items;
        return node(args[0]) + " in " + (items.size() == 1 ? items[0] : std::to_string(items.size()) + " blocks");
      }
      case Code::any:
        return program_.dims[n.index].raw ? node(args[0]) : "any " + node(args[0]);
      case Code::all:
        return "all " + node(args[0]);
      case Code::enum_name:
      case Code::fold:
      case Code::whole:
        return node(args[0]);
      case Code::call:
        return std::string(n.function->name) + "(" + list(", ") + ")";
      case Code::capture:
        return "re.capture(" + list(", ") + ", /" + program_.patterns[n.index].text() + "/)";
      case Code::replace:
        return "re.replace(" + list(", ") + ", /" + program_.patterns[n.index].text() + "/)";
      case Code::event_time:
        return "time";
      default:
        return "(" + list(", ") + ")";
    }
  }

 private:
  const Program& program_;
};

// What the predicate read: the value of its first column, of each element where it repeats.
std::string met(Evaluation& evaluation, const Speller& speller, NodeId id) {
  const Program& program = evaluation.program();
  std::vector<NodeId> open = {id};
  while (!open.empty()) {
    const NodeId at = open.back();
    const Node& n = program.nodes[at];
    open.pop_back();
    if (n.code == Code::column) {
      const uint32_t count = evaluation.rows(n.dim).count;
      if (n.type == Type::boolean) return bit(evaluation.bits(at), 0) ? "it is true" : "it is false";
      const Datum* all = evaluation.values(at);
      if (count == 0) return "it is absent";
      std::string out = "it is ";
      for (uint32_t i = 0; i < std::min(count, 5u); ++i) out += (i ? ", " : "") + text_of(all[i], speller.names(at));
      if (count > 5) out += ", … (" + std::to_string(count) + ")";
      return out;
    }
    const auto args = program.operands(n);
    open.insert(open.end(), args.rbegin(), args.rend());
  }
  return "";
}

const char* window_name(Match::Window window) {
  switch (window) {
    case Match::Window::hop:
      return "over";
    case Match::Window::tumbling:
      return "by";
    case Match::Window::before:
      return "over (before the pivot)";
    case Match::Window::after:
      return "over (after the pivot)";
  }
  return "";
}

void spell_selector(const Program& program, RuleId id, std::string& out) {
  const RuleProgram& selector = program.programs[id];
  const Speller speller(program);
  if (selector.always) out += "    witness: none; every event is looked at\n";
  for (NodeId leaf = 0; leaf < program.woken.size(); ++leaf)
    if (std::find(program.woken[leaf].begin(), program.woken[leaf].end(), id) != program.woken[leaf].end())
      out += "    witness: " + speller.node(leaf) + "\n";
  for (DimId d : selector.dims) out += "    a row for each " + program.dims[d].path + "\n";
  for (NodeId n : selector.chain) out += "    " + speller.node(n) + "\n";
  for (NodeId n : selector.rest) out += "    " + speller.node(n) + "   (row by row)\n";
  for (const StoredValue& s : selector.stored)
    out += "    keeps " + speller.node(s.node) + (s.many ? " (all)" : "") + "\n";
}

}  // namespace

bool Engine::has_witness(uint32_t id) const {
  return std::ranges::none_of(plans_->selectors, [&](const auto& program) {
    return program &&
           std::ranges::any_of(program->programs, [&](const RuleProgram& p) { return p.rule == id && p.always; });
  });
}

std::string Engine::explain(uint32_t id) const {
  const Rule& rule = plans_->rules[id];
  std::string out = rule.name + "\n";
  for (size_t kind = 0; kind < plans_->selectors.size(); ++kind) {
    const Program* program = plans_->selectors[kind].get();
    if (program == nullptr) continue;
    for (RuleId s = 0; s < program->programs.size(); ++s) {
      if (program->programs[s].rule != id) continue;
      out += "  $" + rule.variables[program->programs[s].variable].name + "\n";
      spell_selector(*program, s, out);
    }
  }
  for (const Correlation& c : plans_->correlations) {
    if (c.rule != id) continue;
    const auto at = [&](const StoredAt& s) {
      return "$" + rule.variables[s.variable].name + "[" + std::to_string(s.column) + "]";
    };
    for (const JoinClass& join : c.classes) {
      out += "  equal:";
      for (const StoredAt& s : join.members) out += " " + at(s);
      out += "\n";
    }
    if (!c.relations.empty())
      out += "  and " + std::to_string(c.relations.size()) + " predicates over several variables\n";
    if (c.judged == Correlation::Judged::per_event) {
      out += "  judged at each event\n";
      continue;
    }
    out += std::string("  ") + window_name(c.window) + " " + std::to_string(c.seconds) + " s, ";
    out += c.judged == Correlation::Judged::arrival ? "judged at each event (monotone)"
                                                    : "judged on a grid of " + std::to_string(c.step) + " s";
    for (size_t v = 0; v < c.variables.size(); ++v)
      if (!c.variables[v].bounded) out += "; $" + rule.variables[v].name + " may be absent";
    out += c.keys_are_partition ? "" : "; match variables are found after joining";
    out += "\n";
  }
  return out;
}

std::string Engine::explain(uint32_t id, const event::JsonValue& event, Reading reading, std::string_view bytes) const {
  const Rule& rule = plans_->rules[id];
  const Program* program = plans_->selector(reading == Reading::udm ? Variable::Kind::event : Variable::Kind::raw);
  std::string out;
  if (program == nullptr) return rule.name + ": reads no such events\n";
  const Speller speller(*program);
  Evaluation evaluation;
  MatchedRows rows;
  for (RuleId s = 0; s < program->programs.size(); ++s) {
    const RuleProgram& selector = program->programs[s];
    if (selector.rule != id) continue;
    evaluation.begin(*program, event);
    evaluation.tell(bytes);
    out += rule.name + " $" + rule.variables[selector.variable].name + ": ";
    if (match_rows(evaluation, selector, rows)) {
      Detection detection{};
      const bool whole = selector.correlation == kNone;
      const bool holds = !whole || describe_match(evaluation, s, rows, detection);
      out += std::to_string(rows.count) + (rows.count == 1 ? " row matches" : " rows match");
      out += holds ? "\n" : ", but the condition does not hold\n";
      continue;
    }
    out += "does not match\n";
    bool alone = false;
    for (NodeId n : selector.chain) {
      const DimId dim = program->nodes[n].dim;
      if (!none(evaluation.bits(n), evaluation.rows(dim).count)) continue;
      out += "    false: " + speller.node(n) + "\n           " + met(evaluation, speller, n) + "\n";
      alone = true;
      break;
    }
    if (!alone) out += "    each predicate holds somewhere, but not all on one row (repeated fields)\n";
  }
  if (out.empty()) out = rule.name + ": reads no such events\n";
  return out;
}

}  // namespace sekisho::engine
