// Takes nodes of a Program and an event, gives their bits and values. Entries: begin(), candidates(), bits(), values(),
// at(). Refuses nothing.
#include "engine/evaluate.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/operators.h"

namespace sekisho::engine {

bool none(const uint64_t* bits, uint32_t count) {
  for (uint32_t w = 0; w < words(count); ++w)
    if (bits[w] != 0) return false;
  return true;
}

void Evaluation::begin(const Program& program, const event::Event& event) {
  if (program_ != &program || serial_ != program.serial) {
    program_ = &program;
    serial_ = program.serial;
    epoch_ = 0;
    rows_.assign(program.dims.size(), {});
    rows_epoch_.assign(program.dims.size(), 0);
    group_epoch_.assign(program.groups.size(), 0);
    key_epoch_.assign(program.key_pools.size(), 0);
    literal_epoch_.assign(program.literal_pools.size(), 0);
    rule_epoch_.assign(program.programs.size(), 0);
    columns_.assign(program.columns.size(), {});
    nodes_.assign(program.nodes.size(), {});
    seen_.assign(program.literal_pools.size(), {});
    env_.assign(program.dims.size(), 0);
    const event::MessageType* label = event::Schema::get().message("Label");
    label_key_ = label->find("key");
    label_value_ = label->find("value");
  }
  ++epoch_;
  event_ = &event;
  arena_.reset();
  entries_.clear();
  candidates_.clear();
  patterns_run = 0;
  auto** root = arena_.make<const event::Message*>(1);
  root[0] = &event.root();
  static constexpr uint32_t kZero[2] = {0, 1};
  rows_[kRoot] = {1, kZero, kZero, kZero, root, nullptr, new_bits(1, false)};
  rows_epoch_[kRoot] = epoch_;
  int64_t now = event.get("metadata.event_timestamp.seconds").as_int();
  if (now == 0 && program.clock != nullptr) now = program.clock->now().seconds;
  calls_ = {&arena_, now};
}

uint64_t* Evaluation::new_bits(uint32_t count, bool value) {
  const uint32_t n = std::max(words(count), 1u);
  auto* out = arena_.make<uint64_t>(n);
  std::memset(out, value ? 0xff : 0, n * sizeof(uint64_t));
  if (value && count % 64 != 0) out[n - 1] = (uint64_t{1} << count % 64) - 1;
  if (value && count == 0) out[0] = 0;
  return out;
}

uint32_t Evaluation::up(DimId from, uint32_t element, DimId to) {
  while (from != to && from != kRoot) {
    element = rows(from).parent[element];
    from = program_->dims[from].parent;
  }
  return element;
}

// ---- witnesses and pools

std::span<const RuleId> Evaluation::candidates() {
  const Program& p = *program_;
  for (uint32_t i = 0; i < p.key_pools.size(); ++i)
    if (p.key_pools[i].dispatches) scan_keys(i);
  for (uint32_t i = 0; i < p.literal_pools.size(); ++i)
    if (p.literal_pools[i].dispatches) scan_literals(i);
  for (NodeId leaf : p.present_witnesses)
    if (any_present(p.args[p.nodes[leaf].first])) wake(leaf);
  candidates_.insert(candidates_.end(), p.always.begin(), p.always.end());
  std::sort(candidates_.begin(), candidates_.end());
  return candidates_;
}

void Evaluation::wake(NodeId leaf) {
  for (RuleId r : program_->woken[leaf]) {
    if (rule_epoch_[r] == epoch_) continue;
    rule_epoch_[r] = epoch_;
    candidates_.push_back(r);
  }
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

// ---- predicates

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

// into &= arg, or into |= arg, where arg may sit on a dim above.
void Evaluation::combine(uint64_t* into, NodeId arg, DimId dim, bool conjunction) {
  const uint64_t* from = bits(arg);
  const DimId from_dim = program_->nodes[arg].dim;
  const uint32_t count = rows(dim).count;
  if (from_dim == dim) {
    for (uint32_t w = 0; w < words(count); ++w) into[w] = conjunction ? into[w] & from[w] : into[w] | from[w];
    return;
  }
  if (from_dim == kRoot) {
    if (bit(from, 0) == conjunction) return;
    const uint64_t* fixed = conjunction ? rows(dim).zeros : new_bits(count, true);
    std::memcpy(into, fixed, words(count) * sizeof(uint64_t));
    return;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const bool v = bit(from, up(dim, i, from_dim));
    if (conjunction && !v) clear_bit(into, i);
    if (!conjunction && v) set_bit(into, i);
  }
}

const uint64_t* Evaluation::bits(NodeId id) {
  if (nodes_[id].epoch == epoch_) return nodes_[id].bits;
  const Node& n = program_->nodes[id];
  const uint32_t count = rows(n.dim).count;
  const uint64_t* result = nullptr;
  if (n.leaf) {
    result = leaf_bits(id, n);
  } else {
    switch (n.code) {
      case Code::all_of:
      case Code::any_of: {
        const bool conjunction = n.code == Code::all_of;
        uint64_t* out = new_bits(count, conjunction);
        for (NodeId arg : program_->operands(n)) {
          combine(out, arg, n.dim, conjunction);
          if (conjunction && none(out, count)) break;
        }
        result = out;
        break;
      }
      case Code::column: {
        uint64_t* out = new_bits(count, false);
        const Datum* all = fill_column(n.index);
        for (uint32_t i = 0; i < count; ++i)
          if (all[i].as_bool()) set_bit(out, i);
        result = out;
        break;
      }
      case Code::negate: {
        uint64_t* out = new_bits(count, true);
        const uint64_t* from = bits(program_->args[n.first]);
        for (uint32_t w = 0; w < words(count); ++w) out[w] &= ~from[w];
        result = out;
        break;
      }
      case Code::any:
      case Code::all: {
        const NodeId child = program_->args[n.first];
        const uint32_t elements = rows(n.index).count;
        const uint64_t* from = bits(child);
        const DimId from_dim = program_->nodes[child].dim;
        bool some = false, every = true;
        if (from_dim == n.index) {
          for (uint32_t i = 0; i < elements; ++i) (bit(from, i) ? some : every) = bit(from, i);
        } else {
          for (uint32_t i = 0; i < elements; ++i) {
            const bool v = bit(from, up(n.index, i, from_dim));
            (v ? some : every) = v;
          }
        }
        result = new_bits(1, n.code == Code::any ? some : every);
        break;
      }
      default: {
        uint64_t* out = new_bits(count, false);
        for (uint32_t i = 0; i < count; ++i) {
          const auto get = [&](NodeId arg) {
            const Node& a = program_->nodes[arg];
            const uint32_t e = up(n.dim, i, a.dim);
            return a.type == Type::boolean ? Datum::boolean(bit(bits(arg), e)) : values(arg)[e];
          };
          if (compute(n, get).as_bool()) set_bit(out, i);
        }
        result = out;
      }
    }
  }
  nodes_[id].epoch = epoch_;
  return nodes_[id].bits = result;
}

// ---- values

const Datum* Evaluation::values(NodeId id) {
  if (nodes_[id].epoch == epoch_) return nodes_[id].values;
  const Node& n = program_->nodes[id];
  const Datum* result = nullptr;
  if (n.code == Code::column) {
    result = fill_column(n.index);
  } else if (n.code == Code::constant) {
    result = &n.value;
  } else if (n.code == Code::whole) {
    const NodeId elements = program_->args[n.first];
    const Datum* all = fill_column(program_->nodes[elements].index);
    Datum* list = arena_.make<Datum>(1);
    *list = Datum::list({all, rows(program_->nodes[elements].dim).count});
    result = list;
  } else {
    const uint32_t count = rows(n.dim).count;
    Datum* out = arena_.make<Datum>(count);
    for (uint32_t i = 0; i < count; ++i) {
      out[i] = compute(n, [&](NodeId arg) {
        const Node& a = program_->nodes[arg];
        const uint32_t e = up(n.dim, i, a.dim);
        return a.type == Type::boolean ? Datum::boolean(bit(bits(arg), e)) : values(arg)[e];
      });
    }
    result = out;
  }
  nodes_[id].epoch = epoch_;
  return nodes_[id].values = result;
}

// The operators that need no more than their operands' values; get(node) gives those.
template <class Get>
Datum Evaluation::compute(const Node& n, Get get) {
  const NodeId* args = program_->args.data() + n.first;
  switch (n.code) {
    case Code::constant:
      return n.value;
    case Code::fold:
      return Datum::text(arena_text(fold(get(args[0]).as_text()), calls_));
    case Code::enum_name:
      return Datum::text(n.enumeration->name_of(get(args[0]).as_int()));
    case Code::all_of:
    case Code::any_of:
      for (uint32_t i = 0; i < n.count; ++i)
        if (get(args[i]).as_bool() != (n.code == Code::all_of)) return Datum::boolean(n.code == Code::any_of);
      return Datum::boolean(n.code == Code::all_of);
    case Code::negate:
      return Datum::boolean(!get(args[0]).as_bool());
    case Code::choose: {
      const Datum v = get(get(args[0]).as_bool() ? args[1] : args[2]);
      return n.type == Type::real ? Datum::real(v.as_real()) : v;
    }
    case Code::capture:
      ++patterns_run;
      return Datum::text(program_->patterns[n.index].capture(get(args[0]).as_text()));
    case Code::capture_all: {
      ++patterns_run;
      const auto found = program_->patterns[n.index].capture_all(get(args[0]).as_text());
      Datum* items = arena_.make<Datum>(found.size());
      for (size_t i = 0; i < found.size(); ++i) items[i] = Datum::text(found[i]);
      return Datum::list({items, found.size()});
    }
    case Code::replace:
      ++patterns_run;
      return Datum::text(
          arena_text(program_->patterns[n.index].replace(get(args[0]).as_text(), get(args[1]).as_text()), calls_));
    case Code::list:
    case Code::call: {
      Datum few[8];
      Datum* operands = n.count <= 8 && n.code == Code::call ? few : arena_.make<Datum>(n.count);
      for (uint32_t i = 0; i < n.count; ++i) operands[i] = get(args[i]);
      if (n.code == Code::list) return Datum::list({operands, n.count});
      return n.function->run(calls_, {operands, n.count});
    }
    default:
      if (n.leaf) return Datum::boolean(tested(n, get(args[0])));
      if (n.count == 1) return arithmetic(n.code, get(args[0]), Datum::integer(0), n.type);
      if (n.type == Type::boolean) return Datum::boolean(compare(n.code, get(args[0]), get(args[1]), n.nocase));
      return arithmetic(n.code, get(args[0]), get(args[1]), n.type);
  }
}

Datum Evaluation::at(NodeId id, uint32_t* env, const MatchValues* match) {
  const Node& n = program_->nodes[id];
  if (n.dim != kMany)
    return n.type == Type::boolean ? Datum::boolean(bit(bits(id), env[n.dim])) : values(id)[env[n.dim]];
  switch (n.code) {
    case Code::aggregate:
      return match->aggregates[n.index];
    case Code::outcome:
      return match->outcomes[n.index];
    case Code::placeholder_count:
      return match->placeholder_counts[n.index];
    case Code::any:
    case Code::all: {
      const NodeId child = program_->args[n.first];
      const uint32_t elements = rows(n.index).count;
      for (uint32_t i = 0; i < elements; ++i) {
        uint32_t e = i;
        for (DimId d = n.index; d != kRoot; d = program_->dims[d].parent) {
          env[d] = e;
          e = rows(d).parent[e];
        }
        if (at(child, env, match).as_bool() == (n.code == Code::any)) return Datum::boolean(n.code == Code::any);
      }
      return Datum::boolean(n.code == Code::all);
    }
    default:
      return compute(n, [&](NodeId arg) { return at(arg, env, match); });
  }
}

}  // namespace sekisho::engine
