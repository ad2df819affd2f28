// Takes a Program with its pools, gives each rule a witness: leaves of which one holds wherever the rule matches. A
// rule whose witness is false costs nothing. Entry: choose_witnesses(). Rules without any witness are always looked at.
//
// Pools cost time too, so not all are looked at in every event. The first ones are few: pools of equalities on plain
// fields, chosen so that most rules have a leaf in one. Such a leaf is a rule's guard. Its witness may be rarer and lie
// in another pool, which is then looked at only where the guard of some rule holds. How rare a leaf is, is guessed from
// the rules alone: what many rules ask for is what happens often, and a field that they compare with many constants
// tells events apart.
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>

#include "base/sorted.h"
#include "engine/evaluate.h"

namespace sekisho::engine {
namespace {

// What things cost, in nanoseconds as far as that can be said at all: only their proportions matter.
constexpr double kRule = 30, kNode = 3, kKeys = 15, kBelow = 40, kLiterals = 120;

using Pools = std::vector<PoolRef>;  // ascending

PoolRef pool_of(const Program& p, NodeId leaf) {
  const Node& n = p.nodes[leaf];
  return n.pooled == Node::Pool::none ? PoolRef{Node::Pool::none, leaf} : PoolRef{n.pooled, n.pool};
}

// A leaf outside of pools wakes its rules wherever there is a value.
bool usable(const Node& n) { return n.leaf && n.dim != kMany && (n.pooled != Node::Pool::none || !n.zero_result); }

struct Option {
  double chance = 2;  // that one of the leaves holds; over 1: there is none
  std::vector<NodeId> leaves;
  explicit operator bool() const { return !leaves.empty(); }
};

class Chooser {
 public:
  explicit Chooser(Program& program) : p_(program) {}

  // Returns the marks of JSON events at which pools are looked at.
  std::vector<uint32_t> run() {
    p_.woken.assign(p_.nodes.size(), {});
    opened_.assign(p_.nodes.size(), {});
    count_uses();
    std::vector<Pools> covers;
    for (const RuleProgram& rule : p_.programs) {
      covers.push_back(cover(rule));
      for (const PoolRef& pool : covers.back()) ++users_[pool];
    }
    choose_hubs(covers);
    Pools first;
    for (RuleId r = 0; r < p_.programs.size(); ++r) place(r, first);
    sort_unique(first);
    put_effects(first);
    decide(first);
    find_unguarded();
    return put_looks(first);
  }

 private:
  void put_effects(const Pools& first) {
    Dispatch& d = p_.dispatch;
    for (NodeId id = 0; id < p_.nodes.size(); ++id) {
      Dispatch::Effect effect;
      effect.rules = static_cast<uint32_t>(d.rules.size());
      d.rules.insert(d.rules.end(), p_.woken[id].begin(), p_.woken[id].end());
      effect.rules_end = static_cast<uint32_t>(d.rules.size());
      effect.pools = static_cast<uint32_t>(d.pools.size());
      effect.opens = static_cast<uint32_t>(d.openings.size());
      Pools pools;
      for (const auto& [pool, rule] : opened_[id]) {
        const bool open = !std::binary_search(first.begin(), first.end(), pool);
        d.openings.push_back({pool, rule, open});
        if (open) pools.push_back(pool);
      }
      sort_unique(pools);
      d.pools.insert(d.pools.end(), pools.begin(), pools.end());
      effect.pools_end = static_cast<uint32_t>(d.pools.size());
      effect.opens_end = static_cast<uint32_t>(d.openings.size());
      d.effects.push_back(effect);
    }
    std::vector<std::vector<RuleId>> by_literal(p_.literal_count);
    for (NodeId id = 0; id < p_.nodes.size(); ++id) {
      const Node& n = p_.nodes[id];
      if (n.pooled != Node::Pool::literals || p_.woken[id].empty()) continue;
      for (uint32_t i = 0; i < n.literals; ++i) {
        auto& rules = by_literal[p_.literals[n.first_literal + i]];
        rules.insert(rules.end(), p_.woken[id].begin(), p_.woken[id].end());
      }
      auto& folded = p_.literal_pools[n.pool].folded_wakes;
      if (n.folds) folded.insert(folded.end(), p_.woken[id].begin(), p_.woken[id].end());
    }
    for (LiteralPool& pool : p_.literal_pools) {
      sort_unique(pool.folded_wakes);
      for (uint32_t literal = 0; literal < pool.literals.size(); ++literal) {
        std::vector<RuleId>& rules = by_literal[pool.base + literal];
        sort_unique(rules);
        pool.wakes.push_back(static_cast<uint32_t>(d.rules.size()));
        d.rules.insert(d.rules.end(), rules.begin(), rules.end());
      }
      pool.wakes.push_back(static_cast<uint32_t>(d.rules.size()));
    }
  }

  // Which predicates the keys of plain looks decide.
  void decide(const Pools& first) {
    for (const PoolRef& pool : first) {
      if (pool.kind != Node::Pool::keys) continue;
      const Node& value = p_.nodes[value_of(pool)];
      p_.key_pools[pool.index].deciding = value.code == Code::column && p_.paths->column(value.index).plain;
    }
    // Operands come before what they are in.
    for (Node& n : p_.nodes) {
      const auto args = p_.operands(n);
      n.gate = gate_of(n);
      if (n.leaf) {
        n.decided = n.pooled == Node::Pool::keys && p_.key_pools[n.pool].deciding;
      } else if (n.code == Code::all_of || n.code == Code::any_of) {
        // Where there is no element, nothing holds at one.
        n.decided = std::ranges::all_of(
            args, [&](NodeId a) { return p_.nodes[a].decided && (n.dim == kRoot || p_.nodes[a].dim == n.dim); });
      } else if (n.code == Code::negate) {
        n.decided = n.dim == kRoot && p_.nodes[args[0]].decided;
      } else if (n.code == Code::any) {
        n.decided = p_.nodes[args[0]].decided && p_.nodes[args[0]].dim == n.index;
      }
      n.decided = n.decided && n.dim != kMany;
      n.decidable = n.decided || std::ranges::any_of(args, [&](NodeId a) { return p_.nodes[a].decidable; });
    }
  }

  // After decide().
  void find_unguarded() {
    Dispatch& d = p_.dispatch;
    d.undecided.assign((p_.programs.size() + 63) / 64, 0);
    for (RuleId r = 0; r < p_.programs.size(); ++r) {
      const RuleProgram& rule = p_.programs[r];
      const bool guarded = !guards_[r].empty() && std::ranges::all_of(guards_[r], [&](NodeId leaf) {
        return p_.nodes[leaf].pooled == Node::Pool::keys && p_.key_pools[p_.nodes[leaf].pool].deciding;
      });
      if (guarded) continue;
      const auto decidable = [&](NodeId id) { return p_.nodes[id].decidable; };
      if (!rule.lookups.empty() || std::ranges::any_of(rule.chain, decidable)) d.unguarded.push_back(r);
      else d.undecided[r / 64] |= uint64_t{1} << r % 64;
    }
  }

  uint32_t gate_of(const Node& n) const {
    const auto args = p_.operands(n);
    if (n.leaf && !n.zero_result) {
      const NodeId value = args[0];
      const NodeId column = p_.nodes[value].code == Code::fold ? p_.args[p_.nodes[value].first] : value;
      if (p_.nodes[column].code != Code::column) return kNone;
      const std::vector<uint32_t> marks = marks_of(column);
      return marks.size() == 1 ? marks[0] : kNone;
    }
    if (n.code == Code::any) return p_.nodes[args[0]].gate;
    if (n.code == Code::all_of)
      for (const NodeId arg : args)
        if (p_.nodes[arg].gate != kNone) return p_.nodes[arg].gate;
    return kNone;
  }

  // A pool is looked at only in events that have what it reads, unless its value is something where they have nothing.
  std::vector<uint32_t> put_looks(const Pools& first) {
    Dispatch& d = p_.dispatch;
    event::JsonLine line;
    const auto nothing = line.parse("{}", false);
    Evaluation absent;
    if (nothing) absent.begin(p_, *nothing);
    std::map<NodeId, Pools> by_value;
    for (const PoolRef& pool : first) by_value[value_of(pool)].push_back(pool);
    std::vector<std::vector<NodeId>> at(p_.paths->marks(kRoot));
    std::vector<NodeId> anyway;
    for (const auto& [value, pools] : by_value) {
      const std::vector<uint32_t> marks = marks_of(value);
      bool anything = marks.empty() || !nothing;
      if (!anything) {
        const Datum* values = absent.values(value);
        for (uint32_t i = 0; i < absent.rows(p_.nodes[value].dim).count; ++i)
          anything = anything || !values[i].is_zero();
      }
      if (anything) anyway.push_back(value);
      else
        for (const uint32_t mark : marks) at[mark].push_back(value);
    }
    const auto put = [&](NodeId value) {
      const Pools& pools = by_value[value];
      const auto from = static_cast<uint32_t>(d.look_pools.size());
      d.look_pools.insert(d.look_pools.end(), pools.begin(), pools.end());
      const auto keys = std::stable_partition(
          d.look_pools.begin() + from, d.look_pools.end(),
          [&](const PoolRef& pool) { return pool.kind == Node::Pool::keys && p_.key_pools[pool.index].deciding; });
      d.looks.push_back({value, from, static_cast<uint32_t>(keys - d.look_pools.begin()),
                         static_cast<uint32_t>(d.look_pools.size())});
    };
    std::vector<uint32_t> watched;
    for (uint32_t mark = 0; mark < at.size(); ++mark) {
      d.at.push_back(static_cast<uint32_t>(d.looks.size()));
      if (!at[mark].empty()) watched.push_back(mark);
      for (const NodeId value : at[mark]) put(value);
    }
    d.at.push_back(static_cast<uint32_t>(d.looks.size()));
    d.anyway = d.at.back();
    for (const NodeId value : anyway) put(value);
    return watched;
  }

  NodeId value_of(const PoolRef& pool) const {
    if (pool.kind == Node::Pool::keys) return p_.key_pools[pool.index].value;
    if (pool.kind == Node::Pool::literals) return p_.literal_pools[pool.index].value;
    return p_.args[p_.nodes[pool.index].first];
  }

  // In how many rules each leaf of a pool of keys stands.
  void count_uses() {
    uses_.assign(p_.nodes.size(), 0);
    pool_uses_.assign(p_.key_pools.size(), 0);
    std::vector<RuleId> seen(p_.nodes.size(), UINT32_MAX);
    std::vector<NodeId> open;
    for (RuleId r = 0; r < p_.programs.size(); ++r) {
      const RuleProgram& rule = p_.programs[r];
      open.assign(rule.chain.begin(), rule.chain.end());
      open.insert(open.end(), rule.rest.begin(), rule.rest.end());
      while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (seen[id] == r) continue;
        seen[id] = r;
        const Node& n = p_.nodes[id];
        if (n.pooled == Node::Pool::keys) ++uses_[id], ++pool_uses_[n.pool];
        for (const NodeId arg : p_.operands(n)) open.push_back(arg);
      }
    }
  }

  // The marks of the event without which all columns under a value are zero; none: that cannot be said.
  std::vector<uint32_t> marks_of(NodeId value) const {
    std::vector<uint32_t> out;
    std::vector<NodeId> open = {value};
    std::unordered_set<NodeId> seen = {value};
    while (!open.empty()) {
      const Node& n = p_.nodes[open.back()];
      open.pop_back();
      // The time, a random number: what they say without fields is not what they say now.
      if (n.code == Code::event_time || (n.code == Code::call && n.count == 0)) return {};
      for (const NodeId arg : p_.operands(n))
        if (seen.insert(arg).second) open.push_back(arg);
      if (n.code != Code::column) continue;
      const Column& c = p_.columns[n.index];
      const JsonPaths::Path* path = &p_.paths->column(n.index);
      if (c.raw == Column::Raw::no)
        for (DimId dim = c.dim; dim != kRoot; dim = p_.dims[dim].parent) path = &p_.paths->dim(dim);
      const uint32_t mark = path->time != kNone ? path->time : path->mark;
      if (mark == kNone) return {};
      out.push_back(mark);
    }
    sort_unique(out);
    return out;
  }

  double chance_of(NodeId id) const {
    const Node& leaf = p_.nodes[id];
    if (leaf.pooled == Node::Pool::keys) {
      const double share = (uses_[id] + 1.0) / (pool_uses_[leaf.pool] + 2.0);
      // Elsewhere than in the fields that tell events apart, a long text is one of many.
      const bool hub = std::binary_search(hubs_.begin(), hubs_.end(), pool_of(p_, id));
      return hub || leaf.code != Code::equal || leaf.value.type() != Type::text
                 ? share
                 : std::min(share, std::max(std::pow(0.75, static_cast<double>(leaf.value.as_text().size())), 0.005));
    }
    if (leaf.pooled == Node::Pool::none) return 0.6;
    const auto of_length = [](size_t n) { return std::max(0.25 * std::pow(0.6, static_cast<double>(n)), 0.001); };
    if (leaf.code != Code::match) return of_length(leaf.value.as_text().size());
    double sum = 0;
    for (const std::string& literal : p_.patterns[leaf.index].literals()) sum += of_length(literal.size());
    return std::min(sum, 0.6);
  }

  double cost_of(const PoolRef& pool) const {
    const double below = p_.nodes[value_of(pool)].dim == kRoot || p_.root == nullptr ? 0 : kBelow;
    return below + (pool.kind == Node::Pool::literals ? kLiterals : kKeys);
  }

  // Pools in which a rule has a witness without the help of others. Expressions are shallow (Limits::rule_depth), and
  // so are these recursions.
  const Pools& cover(NodeId id) {
    if (const auto it = covers_.find(id); it != covers_.end()) return it->second;
    const Node& n = p_.nodes[id];
    Pools out;
    if (n.code == Code::any) {
      out = cover(p_.args[n.first]);
    } else if (n.code == Code::all_of || n.code == Code::any_of) {
      bool fresh = true;
      for (const NodeId arg : p_.operands(n)) {
        const Pools& more = cover(arg);
        Pools joined;
        if (n.code == Code::all_of)
          std::set_union(out.begin(), out.end(), more.begin(), more.end(), std::back_inserter(joined));
        else if (fresh) joined = more;
        else std::set_intersection(out.begin(), out.end(), more.begin(), more.end(), std::back_inserter(joined));
        out = std::move(joined);
        fresh = false;
      }
    } else if (usable(n)) {
      out = {pool_of(p_, id)};
    }
    return covers_[id] = std::move(out);
  }
  Pools cover(const RuleProgram& rule) {
    std::vector<PoolRef> out;
    for (const auto* part : {&rule.chain, &rule.rest})
      for (const NodeId id : *part) {
        const Pools& more = cover(id);
        out.insert(out.end(), more.begin(), more.end());
      }
    sort_unique(out);
    return out;
  }

  // The chance that a pool tells two events apart.
  double spread(uint32_t pool) const {
    double same = 0;
    std::vector<NodeId> leaves;
    for (const auto& of_key : p_.key_pools[pool].leaves) leaves.insert(leaves.end(), of_key.begin(), of_key.end());
    sort_unique(leaves);
    for (const NodeId leaf : leaves) same += std::pow(chance_of(leaf), 2);
    return std::max(1 - same, 0.01);
  }

  // Pools of equalities on plain fields; each time the one that tells most of the remaining rules apart.
  void choose_hubs(const std::vector<Pools>& covers) {
    const auto plain = [&](const PoolRef& pool) {
      if (pool.kind != Node::Pool::keys) return false;
      const Node& value = p_.nodes[value_of(pool)];
      return value.code == Code::column && !p_.columns[value.index].keyed && (value.dim == kRoot || p_.root == nullptr);
    };
    std::vector<bool> covered(covers.size(), false);
    for (;;) {
      std::map<PoolRef, size_t> rules;
      for (size_t r = 0; r < covers.size(); ++r)
        if (!covered[r])
          for (const PoolRef& pool : covers[r])
            if (plain(pool)) ++rules[pool];
      PoolRef best;
      double most = 0;
      for (const auto& [pool, count] : rules)
        if (const double gain = static_cast<double>(count) * spread(pool.index); gain > most) most = gain, best = pool;
      if (most == 0) return;
      hubs_.insert(std::upper_bound(hubs_.begin(), hubs_.end(), best), best);
      for (size_t r = 0; r < covers.size(); ++r)
        if (std::binary_search(covers[r].begin(), covers[r].end(), best)) covered[r] = true;
    }
  }

  // guard: the chance that pools other than hubs are looked at.
  double cost_of(const Option& option, double guard) const {
    if (!option) return INFINITY;
    Pools pools;
    for (const NodeId leaf : option.leaves) pools.push_back(pool_of(p_, leaf));
    sort_unique(pools);
    double cost = rule_cost_ * option.chance;
    for (const PoolRef& pool : pools) {
      if (std::binary_search(hubs_.begin(), hubs_.end(), pool)) continue;
      const auto users = users_.find(pool);
      cost += guard * cost_of(pool) / static_cast<double>(users == users_.end() ? 1 : users->second);
    }
    return cost;
  }

  Option best_of(NodeId id, bool hubs_only, double guard) const {
    const Node& n = p_.nodes[id];
    Option out;
    switch (n.code) {
      case Code::any:
        return best_of(p_.args[n.first], hubs_only, guard);
      case Code::all_of:
        for (const NodeId arg : p_.operands(n)) keep_best(out, best_of(arg, hubs_only, guard), guard);
        return out;
      case Code::any_of:
        out.chance = 0;
        for (const NodeId arg : p_.operands(n)) {
          const Option one = best_of(arg, hubs_only, guard);
          if (!one) return {};
          out.chance = std::min(out.chance + one.chance, 1.0);
          out.leaves.insert(out.leaves.end(), one.leaves.begin(), one.leaves.end());
        }
        return out;
      default:
        if (!usable(n) || (hubs_only && !std::binary_search(hubs_.begin(), hubs_.end(), pool_of(p_, id)))) return {};
        return {chance_of(id), {id}};
    }
  }
  void keep_best(Option& best, Option other, double guard) const {
    if (cost_of(other, guard) < cost_of(best, guard)) best = std::move(other);
  }

  // What it takes at least to find out that a woken rule does not match: its cheapest predicate that the keys of hubs
  // leave open.
  double cheapest(const RuleProgram& rule) const {
    double least = 1000;
    for (const NodeId id : rule.chain) {
      const Node& n = p_.nodes[id];
      if (!n.leaf || !std::binary_search(hubs_.begin(), hubs_.end(), pool_of(p_, id)))
        least = std::min(least, static_cast<double>(n.cost));
    }
    return least == 1000 ? 1 : least;
  }

  void place(RuleId r, Pools& first) {
    RuleProgram& rule = p_.programs[r];
    rule_cost_ = kRule + kNode * cheapest(rule);
    Option guard, witness;
    for (const auto* part : {&rule.chain, &rule.rest})
      for (const NodeId id : *part) keep_best(guard, best_of(id, true, 1), 1);
    const double chance = std::min(guard.chance, 1.0);
    for (const auto* part : {&rule.chain, &rule.rest})
      for (const NodeId id : *part) keep_best(witness, best_of(id, false, chance), chance);
    guards_.push_back(guard.leaves);
    rule.always = !witness;
    if (rule.always) return p_.always.push_back(r);
    if (guard && cost_of(guard, 1) <= cost_of(witness, chance)) witness = guard;
    for (const NodeId leaf : guard.leaves) first.push_back(pool_of(p_, leaf));
    for (const NodeId leaf : witness.leaves) {
      if (p_.woken[leaf].empty() || p_.woken[leaf].back() != r) p_.woken[leaf].push_back(r);
      const PoolRef pool = pool_of(p_, leaf);
      if (!guard) first.push_back(pool);
      for (const NodeId by : guard.leaves)
        if (auto& opened = opened_[by]; opened.empty() || opened.back() != std::pair(pool, r))
          opened.emplace_back(pool, r);
    }
  }

  Program& p_;
  std::map<NodeId, Pools> covers_;
  std::map<PoolRef, size_t> users_;         // rules that have a witness there
  std::vector<uint32_t> uses_, pool_uses_;  // by node, by pool of keys: rules
  Pools hubs_;
  double rule_cost_ = kRule;                                     // of the rule that is placed
  std::vector<std::vector<std::pair<PoolRef, RuleId>>> opened_;  // by node: pools that are looked at where it holds
  std::vector<std::vector<NodeId>> guards_;                      // by rule: of which one holds where it matches
};

}  // namespace

void choose_witnesses(Program& program) {
  auto paths = std::make_shared<JsonPaths>(program);
  program.paths = paths;
  paths->watch(Chooser(program).run());
}

}  // namespace sekisho::engine
