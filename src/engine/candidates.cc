// Takes an event, gives the rules that may match it, and the bits of leaves: tests on one value, most of them answered
// for all rules together by pools. Entries: Evaluation::candidates(), leaf_bits(). Refuses nothing.
#include <algorithm>

#include "engine/evaluate.h"

namespace sekisho::engine {

std::span<const RuleId> Evaluation::candidates() {
  const Program& p = *program_;
  waking_ = true;
  for (const PoolRef& pool : p.first) look_at(pool);
  if (!p.first_at.empty() && json_)
    for (size_t i = 0; i < notes_.count; ++i)
      for (const PoolRef& pool : p.first_at[notes_.noted[i]]) look_at(pool);
  while (!open_.empty()) {
    const PoolRef pool = open_.back();
    open_.pop_back();
    look_at(pool);
  }
  waking_ = false;
  candidates_.insert(candidates_.end(), p.always.begin(), p.always.end());
  rules_woken += candidates_.size();
  std::erase_if(candidates_, [this](RuleId r) { return !may_match(program_->programs[r]); });
  std::sort(candidates_.begin(), candidates_.end());
  return candidates_;
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
  for (RuleId r : program_->woken[leaf]) {
    if (rule_epoch_[r] == epoch_) continue;
    rule_epoch_[r] = epoch_;
    candidates_.push_back(r);
  }
  const auto& opened = program_->opened[leaf];
  open_.insert(open_.end(), opened.begin(), opened.end());
}

// Whether each conjunct on one chain of dims holds somewhere; cheapest first.
bool Evaluation::may_match(const RuleProgram& rule) {
  return std::all_of(rule.chain.begin(), rule.chain.end(), [this](NodeId id) {
    const DimId dim = program_->nodes[id].dim;
    return dim == kRoot ? bit(bits(id), 0) : !none(bits(id), rows(dim).count);
  });
}

template <class Visit>
void Evaluation::each_present(NodeId value, Visit visit) {
  const Node& n = program_->nodes[value];
  if (n.code == Code::column && program_->columns[n.index].group != kNone) {
    const uint32_t group = program_->columns[n.index].group;
    if (group_epoch_[group] != epoch_) fill_group(group);
    // By number, not by reference: the visitor may cause other groups to be filled.
    for (uint32_t at = columns_[n.index].head; at != kNone; at = entries_[at].next) {
      const Entry entry = entries_[at];
      if (!entry.value.is_zero()) visit(entry.element, entry.value);
    }
    return;
  }
  const Datum* all = values(value);
  const uint32_t count = rows(n.dim).count;
  for (uint32_t i = 0; i < count; ++i)
    if (!all[i].is_zero()) visit(i, all[i]);
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
  const Datum* all = values(value);
  const uint32_t count = rows(n.dim).count;
  return std::any_of(all, all + count, [](const Datum& d) { return !d.is_zero(); });
}

Evaluation::NodeData& Evaluation::touch(NodeId leaf) {
  NodeData& d = nodes_[leaf];
  if (d.touched != epoch_) {
    d.touched = epoch_;
    d.hits = d.maybe = nullptr;
    wake(leaf);
  }
  return d;
}

void Evaluation::scan_keys(uint32_t id) {
  if (key_epoch_[id] == epoch_) return;
  key_epoch_[id] = epoch_;
  const KeyPool& pool = program_->key_pools[id];
  const DimId dim = program_->nodes[pool.value].dim;
  const auto hit = [&](uint32_t element, uint32_t key) {
    for (NodeId leaf : pool.leaves[key]) {
      NodeData& d = touch(leaf);
      if (d.hits == nullptr) d.hits = new_bits(rows(dim).count, false);
      set_bit(d.hits, element);
    }
  };
  each_present(pool.value, [&](uint32_t element, const Datum& v) {
    if (v.type() == Type::integer) {
      if (const auto it = pool.numbers.find(v.as_int()); it != pool.numbers.end()) hit(element, it->second);
      return;
    }
    // Folding keeps no length, but no key is found in a text many times as long.
    if (v.as_text().size() > pool.texts.longest() * (pool.nocase ? 4 : 1)) return;
    const uint32_t key = pool.nocase ? pool.texts.find(fold(v.as_text())) : pool.texts.find(v.as_text());
    if (key != KeyTable::kAbsent) hit(element, key);
  });
}

void Evaluation::scan_literals(uint32_t id) {
  if (literal_epoch_[id] == epoch_) return;
  literal_epoch_[id] = epoch_;
  const LiteralPool& pool = program_->literal_pools[id];
  const DimId dim = program_->nodes[pool.value].dim;
  each_present(pool.value, [&](uint32_t element, const Datum& v) {
    const std::string_view text = v.as_text();
    pool.literals.scan(text, seen_[id], [&](uint32_t literal) {
      for (const LiteralPool::Use& use : pool.uses[literal]) {
        NodeData& d = touch(use.leaf);
        uint64_t*& bits = use.exact ? d.hits : d.maybe;
        if (bits == nullptr) bits = new_bits(rows(dim).count, false);
        set_bit(bits, element);
      }
    });
    // Two letters outside ASCII fold to s and k; where they stand, the automaton cannot be believed.
    if (!pool.folding.empty() && !is_ascii(text) &&
        (text.find("\xC5\xBF") != std::string_view::npos || text.find("\xE2\x84\xAA") != std::string_view::npos)) {
      for (NodeId leaf : pool.folding) {
        NodeData& d = touch(leaf);
        if (d.maybe == nullptr) d.maybe = new_bits(rows(dim).count, false);
        set_bit(d.maybe, element);
      }
    }
  });
}

const uint64_t* Evaluation::leaf_bits(NodeId id, const Node& n) {
  const DimRows& rows = this->rows(n.dim);
  const NodeId value = program_->args[n.first];
  if (n.pooled != Node::Pool::none) {
    if (n.pooled == Node::Pool::keys) scan_keys(n.pool);
    else scan_literals(n.pool);
    NodeData& d = nodes_[id];
    if (d.touched != epoch_) return rows.zeros;
    if (d.maybe != nullptr) {
      if (d.hits == nullptr) d.hits = new_bits(rows.count, false);
      const Datum* all = values(value);
      for (uint32_t w = 0; w < words(rows.count); ++w) {
        for (uint64_t open = d.maybe[w] & ~d.hits[w]; open != 0; open &= open - 1) {
          const auto i = w * 64 + static_cast<uint32_t>(std::countr_zero(open));
          if (tested(n, all[i])) set_bit(d.hits, i);
        }
      }
    }
    return d.hits;
  }
  uint64_t* out = new_bits(rows.count, n.zero_result);
  each_present(value, [&](uint32_t i, const Datum& v) {
    if (tested(n, v)) set_bit(out, i);
    else clear_bit(out, i);
  });
  return out;
}

}  // namespace sekisho::engine
