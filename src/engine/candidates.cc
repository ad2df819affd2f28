// Takes an event, gives the rules that may match it, and the bits of leaves: tests on one value, most of them answered
// for all rules together by pools. Entries: Evaluation::candidates(), leaf_bits(). Refuses nothing.
#include <algorithm>
#include <utility>

#include "base/sorted.h"
#include "engine/evaluate.h"
#include "engine/join.h"
#include "engine/json_values.h"

namespace sekisho::engine {

// The looks of a JSON event.
template <class Visit>
void Evaluation::each_look(Visit visit) {
  const Dispatch& d = program_->dispatch;
  for (size_t i = 0; i < notes_.count; ++i)
    for (uint32_t look = d.at[notes_.noted[i]]; look < d.at[notes_.noted[i] + 1]; ++look) visit(d.looks[look]);
  for (size_t look = d.anyway; look < d.looks.size(); ++look) visit(d.looks[look]);
}

// Fills keys_; false: some value has several elements.
bool Evaluation::meet_keys() {
  keys_.clear();
  bool plain = true;
  each_look([&](const Dispatch::Look& look) {
    if (look.first == look.keys || !plain) return;
    Datum only;
    const Found found = plain_value(program_->nodes[look.value], only);
    plain = found != Found::many;
    if (found != Found::one || only.is_zero()) return;
    for (uint32_t i = look.first; i < look.keys; ++i) {
      const uint32_t pool = program_->dispatch.look_pools[i].index;
      if (const uint32_t key = find_key(program_->key_pools[pool], only); key != KeyTable::kAbsent)
        keys_.push_back(uint64_t{pool} << 32 | key);
    }
  });
  return plain;
}

std::span<const RuleId> Evaluation::candidates() {
  const Dispatch& d = program_->dispatch;
  waking_ = true;
  bool plain = false;
  uint64_t hash = 0;
  if (json_) {
    plain = meet_keys();
    for (const uint64_t key : keys_) hash = (hash ^ key) * 0x9e3779b97f4a7c15u, hash ^= hash >> 32;
    if (plain) route_ = routes_.find(keys_, hash);
    if (route_ != nullptr) {
      candidates_.assign(route_->rules.begin(), route_->rules.end());
      for (const RuleId r : candidates_) rule_epoch_[r] = epoch_;
      open_.assign(route_->pools.begin(), route_->pools.end());
      each_look([&](const Dispatch::Look& look) {
        if (look.keys < look.end) look_at({look.value, look.keys, look.keys, look.end});
      });
    } else {
      each_look([&](const Dispatch::Look& look) { look_at(look); });
    }
  } else if (event_ != nullptr) {
    for (const Dispatch::Look& look : d.looks) look_at(look);
  }
  while (!open_.empty()) {
    const PoolRef pool = open_.back();
    open_.pop_back();
    look_at(pool);
  }
  waking_ = false;
  if (route_ == nullptr && plain && routes_.worth_adding()) remember_route(hash);
  for (const RuleId r : program_->always)
    if (route_ == nullptr || route_->possible(r)) candidates_.push_back(r);
  rules_woken += candidates_.size();
  std::erase_if(candidates_, [this](RuleId r) { return !may_match(r); });
  std::sort(candidates_.begin(), candidates_.end());
  return candidates_;
}

// What the keys of the event decide. no: it holds at no element. Expressions are shallow (Limits::rule_depth).
Evaluation::Truth Evaluation::decided(NodeId id) {
  const Node& n = program_->nodes[id];
  if (!n.decidable) return Truth::unknown;
  if (n.decided) {
    if (!holds_somewhere(id, n)) return Truth::no;
    return n.dim == kRoot ? Truth::yes : Truth::unknown;
  }
  const auto args = program_->operands(n);
  if (n.code == Code::any) return decided(args[0]) == Truth::no ? Truth::no : Truth::unknown;
  if (n.code != Code::all_of && n.code != Code::any_of) return Truth::unknown;
  const Truth deciding = n.code == Code::all_of ? Truth::no : Truth::yes;
  bool all = true;
  for (const NodeId arg : args) {
    const Truth one = decided(arg);
    if (one == deciding) return deciding;
    all = all && one != Truth::unknown;
  }
  return !all ? Truth::unknown : n.code == Code::all_of ? Truth::yes : Truth::no;
}

// After an event whose keys were met for the first time.
void Evaluation::remember_route(uint64_t hash) {
  const Dispatch& d = program_->dispatch;
  Route& route = routes_.add(keys_, hash);
  route.alive = d.undecided;
  considered_.resize(program_->programs.size(), 0);
  const auto consider = [&](RuleId r) {
    if (std::exchange(considered_[r], epoch_) == epoch_) return route.possible(r);
    const RuleProgram& rule = program_->programs[r];
    const bool missing = known_ != nullptr && std::ranges::any_of(rule.lookups, [&](const RecordLookup& l) {
                           return !known_->live(l.lookup);
                         });
    if (missing || std::ranges::any_of(rule.chain, [&](NodeId id) { return decided(id) == Truth::no; })) return false;
    route.alive[r / 64] |= uint64_t{1} << r % 64;
    return true;
  };
  for (const RuleId r : d.unguarded) consider(r);
  for (const uint64_t key : keys_)
    for (const NodeId leaf : program_->key_pools[key >> 32].leaves[static_cast<uint32_t>(key)]) {
      const Dispatch::Effect& effect = d.effects[leaf];
      for (uint32_t i = effect.rules; i < effect.rules_end; ++i)
        if (consider(d.rules[i])) route.rules.push_back(d.rules[i]);
      for (uint32_t i = effect.opens; i < effect.opens_end; ++i)
        if (consider(d.openings[i].rule) && d.openings[i].open) route.pools.push_back(d.openings[i].pool);
    }
  sort_unique(route.rules);
  sort_unique(route.pools);
}

// The elements of a list of scalars in a JSON event, straight from the text; false: the value is something else.
template <class Visit>
bool Evaluation::each_listed(const Node& value, Visit visit) {
  if (!json_ || value.code != Code::column || program_->root == nullptr) return false;
  const Column& column = program_->columns[value.index];
  if (column.dim == kRoot || !column.steps.empty()) return false;
  const Dim& dim = program_->dims[column.dim];
  const JsonPaths::Path& path = program_->paths->dim(column.dim);
  if (dim.parent != kRoot || path.steps <= dim.via.size()) return false;
  each_item(noted(kRoot, 0, path.mark), [&](const event::JsonValue& item) { visit(json_datum(value.index, item)); });
  return true;
}

// Mostly no key of a pool is there, and no element has to be made to find that out.
bool Evaluation::lists_no_key(uint32_t id) {
  const KeyPool& pool = program_->key_pools[id];
  bool some = key_pools_[id].scanned == epoch_;
  const auto visit = [&](const Datum& v) { some = some || (!v.is_zero() && find_key(pool, v) != KeyTable::kAbsent); };
  return !some && each_listed(program_->nodes[pool.value], visit) && !some;
}

// All pools over one value, which is read once.
void Evaluation::look_at(const Dispatch::Look& look) {
  const std::span pools = std::span(program_->dispatch.look_pools).subspan(look.first, look.end - look.first);
  Datum only;
  const Found found = plain_value(program_->nodes[look.value], only);
  if (found == Found::many) {
    for (const PoolRef& pool : pools)
      if (pool.kind == Node::Pool::keys && lists_no_key(pool.index)) key_pools_[pool.index].scanned = epoch_;
      else look_at(pool);
    return;
  }
  const bool some = found == Found::one && !only.is_zero();
  for (const PoolRef& pool : pools) {
    if (pool.kind == Node::Pool::none) {
      if (some) wake(pool.index);
      continue;
    }
    PoolData& data = (pool.kind == Node::Pool::keys ? key_pools_ : literal_pools_)[pool.index];
    if (data.scanned == epoch_) continue;
    data.scanned = epoch_;
    if (!some) continue;
    if (pool.kind == Node::Pool::keys) match_keys(program_->key_pools[pool.index], 0, 1, only);
    else match_literals(pool.index, 0, 1, only.as_text());
  }
}

void Evaluation::look_at(const PoolRef& pool) {
  switch (pool.kind) {
    case Node::Pool::keys:
      return scan_keys(pool.index);
    case Node::Pool::literals:
      return scan_literals(pool.index);
    case Node::Pool::none:
      if (nodes_[pool.index].touched == epoch_) return;
      nodes_[pool.index].touched = epoch_;
      if (any_present(program_->args[program_->nodes[pool.index].first])) wake(pool.index);
  }
}

// Only while candidates are sought: pools that are asked later wake nobody.
void Evaluation::wake(NodeId leaf) {
  if (!waking_) return;
  const Dispatch& d = program_->dispatch;
  const Dispatch::Effect& effect = d.effects[leaf];
  wake(std::span(d.rules).subspan(effect.rules, effect.rules_end - effect.rules));
  open_.insert(open_.end(), d.pools.begin() + effect.pools, d.pools.begin() + effect.pools_end);
}
void Evaluation::wake(std::span<const RuleId> rules) {
  for (const RuleId r : rules) {
    if (route_ != nullptr && !route_->possible(r)) continue;
    if (rule_epoch_[r] == epoch_) continue;
    rule_epoch_[r] = epoch_;
    candidates_.push_back(r);
  }
}

// Whether the event has a value that records have, of each that a record must have.
bool Evaluation::goes_with_records(const RuleProgram& rule) {
  for (const RecordLookup& l : rule.lookups)
    if (!known_->live(l.lookup)) return false;
  for (const RecordLookup& l : rule.lookups) {
    if (held_.size() <= l.value) held_.resize(program_->nodes.size());
    Held& held = held_[l.value];
    if (held.epoch != epoch_) {
      held = {.epoch = epoch_};
      const Datum* all = values(l.value);
      const uint32_t count = rows(program_->nodes[l.value].dim).count;
      uint64_t* hashes = nullptr;
      for (uint32_t i = 0; i < count; ++i) {
        const uint64_t hash = join_hash(all[i]);
        if (!known_->any(hash)) continue;
        if (hashes == nullptr) held.hashes = hashes = arena_.make<uint64_t>(count);
        hashes[held.count++] = hash;
      }
    }
    const std::span some(held.hashes, held.count);
    if (std::ranges::none_of(some, [&](uint64_t hash) { return known_->has(l.lookup, hash); })) return false;
  }
  return true;
}

bool Evaluation::holds_somewhere(NodeId id, const Node& n) {
  if (json_ && n.gate != kNone && program_->paths->find(json_, notes_, n.gate) == 0) return false;
  if (n.pooled != Node::Pool::none && nodes_[id].epoch != epoch_ && is_untouched(id, n)) return false;
  return n.dim == kRoot ? bit(bits(id), 0) : !none(bits(id), rows(n.dim).count);
}

// Whether each conjunct on one chain of dims holds somewhere. What was false the last time is asked sooner.
bool Evaluation::may_match(RuleId r) {
  const RuleProgram& rule = program_->programs[r];
  if (known_ != nullptr && !rule.lookups.empty() && !goes_with_records(rule)) return false;
  std::vector<NodeId>& chain = chains_[r];
  for (size_t i = 0; i < chain.size(); ++i) {
    const NodeId id = chain[i];
    const Node& n = program_->nodes[id];
    if (n.decided && route_ != nullptr) continue;
    if (holds_somewhere(id, n)) continue;
    // Not ahead of what is much cheaper.
    for (; i > 0 && program_->nodes[chain[i - 1]].cost * 4 >= n.cost; --i) std::swap(chain[i - 1], chain[i]);
    return false;
  }
  return true;
}

// visit(element, number of elements, value), zero values left out.
template <class Visit>
void Evaluation::each_present(NodeId value, Visit visit) {
  const Node& n = program_->nodes[value];
  if (n.code == Code::column && program_->columns[n.index].group != kNone) {
    const uint32_t group = program_->columns[n.index].group;
    if (group_epoch_[group] != epoch_) fill_group(group);
    // By number, not by reference: the visitor may cause other groups to be filled.
    for (uint32_t at = columns_[n.index].head; at != kNone; at = entries_[at].next) {
      const Entry entry = entries_[at];
      if (!entry.value.is_zero()) visit(entry.element, rows(n.dim).count, entry.value);
    }
    return;
  }
  Datum only;
  if (const Found found = plain_value(n, only); found != Found::many) {
    if (found == Found::one && !only.is_zero()) visit(0, 1, only);
    return;
  }
  const Datum* all = values(value);
  const uint32_t count = rows(n.dim).count;
  for (uint32_t i = 0; i < count; ++i)
    if (!all[i].is_zero()) visit(i, count, all[i]);
}

bool Evaluation::any_present(NodeId value) {
  const Node& n = program_->nodes[value];
  if (n.code == Code::column && program_->columns[n.index].group != kNone) {
    const uint32_t group = program_->columns[n.index].group;
    if (group_epoch_[group] != epoch_) fill_group(group);
    for (uint32_t at = columns_[n.index].head; at != kNone; at = entries_[at].next)
      if (!entries_[at].value.is_zero()) return true;
    return false;
  }
  Datum only;
  if (const Found found = plain_value(n, only); found != Found::many) return found == Found::one && !only.is_zero();
  const Datum* all = values(value);
  const uint32_t count = rows(n.dim).count;
  return std::any_of(all, all + count, [](const Datum& d) { return !d.is_zero(); });
}

Evaluation::NodeData& Evaluation::touch(NodeId leaf) {
  NodeData& d = nodes_[leaf];
  if (d.touched != epoch_) {
    d.touched = epoch_;
    d.hits = nullptr;
    wake(leaf);
  }
  return d;
}

void Evaluation::hit(uint64_t*& bits, uint32_t element, uint32_t count) {
  static uint64_t only = 1;  // of one element; never written
  if (count == 1) {
    bits = &only;
    return;
  }
  if (bits == nullptr) bits = new_bits(count, false);
  set_bit(bits, element);
}

uint32_t Evaluation::find_key(const KeyPool& pool, const Datum& v) {
  ++tests_run;
  if (v.type() == Type::integer) {
    const auto it = pool.numbers.find(v.as_int());
    return it == pool.numbers.end() ? KeyTable::kAbsent : it->second;
  }
  const std::string_view text = v.as_text();
  if (!pool.nocase) return pool.texts.find(text);
  // Folding keeps no length, but no key is found in a text many times as long.
  if (text.size() > pool.texts.longest() * 4) return KeyTable::kAbsent;
  FoldedKey folded;
  return folded.set(text) ? pool.texts.find(folded.text()) : pool.texts.find(fold(text));
}

void Evaluation::match_keys(const KeyPool& pool, uint32_t element, uint32_t count, const Datum& v) {
  const uint32_t key = find_key(pool, v);
  if (key == KeyTable::kAbsent) return;
  key_pools_[static_cast<size_t>(&pool - program_->key_pools.data())].found = epoch_;
  for (NodeId leaf : pool.leaves[key]) hit(touch(leaf).hits, element, count);
}

void Evaluation::match_literals(uint32_t id, uint32_t element, uint32_t count, std::string_view text) {
  ++tests_run;
  const LiteralPool& pool = program_->literal_pools[id];
  const auto note = [&](LiteralData& d, std::span<const RuleId> rules) {
    literal_pools_[id].found = epoch_;
    if (d.epoch != epoch_) {
      d = {.epoch = epoch_};
      if (waking_) wake(rules);
    }
    hit(d.elements, element, count);
  };
  const RuleId* const rules = program_->dispatch.rules.data();
  pool.literals.scan(text, seen_[id], [&](uint32_t literal) {
    note(literals_[pool.base + literal], {rules + pool.wakes[literal], rules + pool.wakes[literal + 1]});
  });
  // Two letters outside ASCII fold to s and k; where they stand, the automaton cannot be believed.
  if (pool.folds && !is_ascii(text) &&
      (text.find("\xC5\xBF") != std::string_view::npos || text.find("\xE2\x84\xAA") != std::string_view::npos))
    note(folded_[id], pool.folded_wakes);
}

// What meet_keys() found, once a predicate asks for it.
void Evaluation::put_keys() {
  for (uint32_t id = 0; id < program_->key_pools.size(); ++id)
    if (program_->key_pools[id].deciding) key_pools_[id].scanned = epoch_;
  for (const uint64_t key : keys_) {
    key_pools_[key >> 32].found = epoch_;
    for (const NodeId leaf : program_->key_pools[key >> 32].leaves[static_cast<uint32_t>(key)])
      hit(touch(leaf).hits, 0, 1);
  }
}

void Evaluation::scan_keys(uint32_t id) {
  if (key_pools_[id].scanned == epoch_) return;
  if (route_ != nullptr && program_->key_pools[id].deciding) return put_keys();
  key_pools_[id].scanned = epoch_;
  const KeyPool& pool = program_->key_pools[id];
  each_present(pool.value,
               [&](uint32_t element, uint32_t count, const Datum& v) { match_keys(pool, element, count, v); });
}

// One look at an event's bytes instead of one at each of its values.
bool Evaluation::may_have_literals(uint32_t id) {
  const LiteralPool& pool = program_->literal_pools[id];
  const std::string_view bytes = calls_.event;
  constexpr auto npos = std::string_view::npos;
  if (!pool.in_bytes || bytes.empty()) return true;
  for (size_t at = bytes.find('\\'); at < bytes.size(); at = bytes.find('\\', at + 2))
    if (const char escaped = at + 1 < bytes.size() ? bytes[at + 1] : 'u'; escaped == 'u' || escaped == '/') return true;
  if (pool.folds && (bytes.find("\xC5\xBF") != npos || bytes.find("\xE2\x84\xAA") != npos)) return true;
  bool some = false;
  pool.in_bytes->scan(bytes, seen_in_bytes_[id], [&some](uint32_t) { some = true; });
  return some;
}

void Evaluation::scan_literals(uint32_t id) {
  if (literal_pools_[id].scanned == epoch_) return;
  literal_pools_[id].scanned = epoch_;
  if (!may_have_literals(id)) return;
  each_present(program_->literal_pools[id].value, [&](uint32_t element, uint32_t count, const Datum& v) {
    match_literals(id, element, count, v.as_text());
  });
}

// Its pool says that it holds nowhere.
bool Evaluation::is_untouched(NodeId leaf, const Node& n) {
  if (n.pooled == Node::Pool::none) return false;
  if (n.pooled == Node::Pool::keys) {
    scan_keys(n.pool);
    return nodes_[leaf].touched != epoch_;
  }
  scan_literals(n.pool);
  if (literal_pools_[n.pool].found != epoch_) return true;
  if (n.folds && folded_[n.pool].epoch == epoch_) return false;
  const uint32_t* const own = program_->literals.data() + n.first_literal;
  return std::none_of(own, own + n.literals, [this](uint32_t l) { return literals_[l].epoch == epoch_; });
}

// Of a leaf that is not untouched: its pool says that it holds somewhere.
bool Evaluation::surely_holds(NodeId leaf, const Node& n) const {
  if (n.pooled == Node::Pool::keys) return nodes_[leaf].hits != nullptr;
  return n.exact && literals_[program_->literals[n.first_literal]].epoch == epoch_;
}

bool Evaluation::root_leaf(NodeId id, const Node& n) {
  const NodeId value = program_->args[n.first];
  if (n.pooled == Node::Pool::none) {
    Datum v;
    const Found found = plain_value(program_->nodes[value], v);
    if (found == Found::many) v = values(value)[0];
    if (found == Found::none || v.is_zero()) return n.zero_result;
    return tested(n, v);
  }
  if (is_untouched(id, n)) return false;
  if (surely_holds(id, n)) return true;
  Datum v;
  if (plain_value(program_->nodes[value], v) == Found::many) v = values(value)[0];
  return tested(n, v);
}

const uint64_t* Evaluation::leaf_bits(NodeId id, const Node& n) {
  if (is_untouched(id, n)) return rows(n.dim).zeros;
  const DimRows& rows = this->rows(n.dim);
  const NodeId value = program_->args[n.first];
  if (n.pooled == Node::Pool::keys) return nodes_[id].hits;
  if (n.pooled == Node::Pool::literals) {
    uint64_t *hits = new_bits(rows.count, false), *maybe = new_bits(rows.count, false);
    const auto add = [&](uint64_t* into, const LiteralData& d) {
      for (uint32_t w = 0; d.epoch == epoch_ && w < words(rows.count); ++w) into[w] |= d.elements[w];
    };
    for (uint32_t i = 0; i < n.literals; ++i)
      add(n.exact ? hits : maybe, literals_[program_->literals[n.first_literal + i]]);
    if (n.folds) add(maybe, folded_[n.pool]);
    const Datum* all = values(value);
    for (uint32_t w = 0; w < words(rows.count); ++w) {
      for (uint64_t open = maybe[w] & ~hits[w]; open != 0; open &= open - 1) {
        const auto i = w * 64 + static_cast<uint32_t>(std::countr_zero(open));
        if (tested(n, all[i])) set_bit(hits, i);
      }
    }
    return hits;
  }
  uint64_t* out = new_bits(rows.count, n.zero_result);
  each_present(value, [&](uint32_t i, uint32_t, const Datum& v) {
    if (tested(n, v)) set_bit(out, i);
    else clear_bit(out, i);
  });
  return out;
}

}  // namespace sekisho::engine
