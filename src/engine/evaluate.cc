// Takes nodes of a Program and an event, gives their bits and values. Entries: begin(), bits(), values(), at(). Refuses
// nothing.
#include "engine/evaluate.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/history.h"
#include "engine/operators.h"

namespace sekisho::engine {

bool none(const uint64_t* bits, uint32_t count) {
  for (uint32_t w = 0; w < words(count); ++w)
    if (bits[w] != 0) return false;
  return true;
}

void Evaluation::start(const Program& program) {
  if (program_ != &program || serial_ != program.serial || epoch_ == UINT32_MAX) {
    program_ = &program;
    serial_ = program.serial;
    epoch_ = now_epoch_ = 0;
    const size_t dims = std::max<size_t>(program.dims.size(), 1);
    rows_.assign(dims, {});
    rows_epoch_.assign(dims, 0);
    notes_ = {};
    dim_notes_.assign(dims, nullptr);
    notes_epoch_.assign(dims, 0);
    group_epoch_.assign(program.groups.size(), 0);
    key_pools_.assign(program.key_pools.size(), {});
    literal_pools_.assign(program.literal_pools.size(), {});
    rule_epoch_.assign(program.programs.size(), 0);
    columns_.assign(program.columns.size(), {});
    nodes_.assign(program.nodes.size(), {});
    literals_.assign(program.literal_count, {});
    folded_.assign(program.literal_pools.size(), {});
    chains_.clear();
    for (const RuleProgram& rule : program.programs) chains_.push_back(rule.chain);
    held_.clear();
    considered_.clear();
    routes_.clear();
    seen_.assign(program.literal_pools.size(), {});
    seen_in_bytes_ = seen_;
    env_.assign(dims, 0);
    const event::MessageType* label = event::Schema::get().message("Label");
    label_key_ = label->find("key");
    label_value_ = label->find("value");
  }
  ++epoch_;
  event_ = nullptr;
  json_ = {};
  arena_.reset();
  entries_.clear();
  candidates_.clear();
  route_ = nullptr;
  rules_woken = patterns_run = tests_run = 0;
  calls_.memory = &arena_;
  calls_.event = {};
  static constexpr uint32_t kZero[2] = {0, 1};
  rows_[kRoot] = {.count = 1, .parent = kZero, .begin = kZero, .position = kZero, .zeros = new_bits(1, false)};
  rows_epoch_[kRoot] = epoch_;
}

void Evaluation::begin(const Program& program, const event::Event& event) {
  start(program);
  event_ = &event;
  auto** root = arena_.make<const event::Message*>(1);
  root[0] = &event.root();
  rows_[kRoot].messages = root;
}

void Evaluation::begin(const Program& program, const event::JsonValue& event) {
  start(program);
  json_ = event;
  auto* root = arena_.make<JsonPaths::Place>(1);
  root[0] = program.paths->begin(json_, notes_) ? json_.place() : 0;
  rows_[kRoot].places = root;
}

void Evaluation::begin_joined(const Program& program, int64_t now_seconds) {
  start(program);
  calls_.now_seconds = now_seconds;
  now_epoch_ = epoch_;
}

const CallContext& Evaluation::calls() {
  if (now_epoch_ == epoch_) return calls_;
  now_epoch_ = epoch_;
  calls_.now_seconds = event_time().value_or(Timestamp{}).seconds;
  if (calls_.now_seconds == 0 && program_->clock != nullptr) calls_.now_seconds = program_->clock->now().seconds;
  return calls_;
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

// ---- predicates

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

// Predicates on the event itself, without bit sets.
bool Evaluation::root_holds(const Node& n) {
  const NodeId* args = program_->args.data() + n.first;
  switch (n.code) {
    case Code::all_of:
    case Code::any_of:
      for (uint32_t i = 0; i < n.count; ++i) {
        const bool holds = !is_idle(program_->nodes[args[i]]) && bit(bits(args[i]), 0);
        if (holds != (n.code == Code::all_of)) return n.code == Code::any_of;
      }
      return n.code == Code::all_of;
    case Code::negate:
      return !bit(bits(args[0]), 0);
    case Code::column:
      return fill_column(n.index)[0].as_bool();
    case Code::any:
    case Code::all: {
      const Node& child = program_->nodes[args[0]];
      const bool wanted = n.code == Code::any;
      if (wanted && child.pooled != Node::Pool::none && nodes_[args[0]].epoch != epoch_) {
        if (is_untouched(args[0], child)) return false;
        if (child.dim == n.index && surely_holds(args[0], child)) return true;
      }
      const uint64_t* from = bits(args[0]);
      const uint32_t elements = rows(n.index).count;
      for (uint32_t i = 0; i < elements; ++i)
        if (bit(from, child.dim == n.index ? i : up(n.index, i, child.dim)) == wanted) return wanted;
      return !wanted;
    }
    default:
      return compute(n,
                     [&](NodeId arg) {
                       const Node& a = program_->nodes[arg];
                       return a.type == Type::boolean ? Datum::boolean(bit(bits(arg), 0)) : values(arg)[0];
                     })
          .as_bool();
  }
}

const uint64_t* Evaluation::bits(NodeId id) {
  if (nodes_[id].epoch == epoch_) return nodes_[id].bits;
  const Node& n = program_->nodes[id];
  if (n.dim == kRoot) {
    static constexpr uint64_t kBits[] = {0, 1};
    const uint64_t* result = &kBits[n.leaf ? root_leaf(id, n) : root_holds(n)];
    nodes_[id].epoch = epoch_;
    return nodes_[id].bits = result;
  }
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
          if (is_idle(program_->nodes[arg])) {
            if (!conjunction) continue;
            out = rows(n.dim).zeros;
            break;
          }
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
    case Code::event_time: {
      const auto time = event_time();
      return Datum::integer(time ? nanoseconds(*time) : 0);
    }
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
      return n.function->run(calls(), {operands, n.count});
    }
    default:
      if (n.leaf) return Datum::boolean(tested(n, get(args[0])));
      if (n.count == 1) return arithmetic(n.code, get(args[0]), Datum::integer(0), n.type);
      if (n.type == Type::boolean) return Datum::boolean(compare(n.code, get(args[0]), get(args[1]), n.nocase));
      return arithmetic(n.code, get(args[0]), get(args[1]), n.type);
  }
}

// What joined rows keep.
Datum Evaluation::stored(const Node& n, const MatchValues& match) {
  switch (n.code) {
    case Code::stored: {
      const StoredRow* row = match.rows[n.of];
      if (row == nullptr) return Datum::zero(n.type);
      const StoredColumn& column = (*match.columns[n.of])[n.index];
      if (!column.many) return row->get(n.index, column);
      const size_t count = row->count(n.index);
      Datum* items = arena_.make<Datum>(count);
      for (size_t i = 0; i < count; ++i) items[i] = row->item(n.index, column, i);
      return Datum::list({items, count});
    }
    case Code::stored_time:
      return Datum::integer(match.times[n.of]);
    default:
      return Datum::integer(match.event_counts[n.of]);
  }
}

Datum Evaluation::metric(const Node& n, uint32_t* env, const MatchValues& match) {
  if (history_ == nullptr) return Datum::zero(n.type);
  const auto args = program_->operands(n);
  const size_t keys = args.size() - (n.metric.filtered ? 1 : 0);
  std::string key;
  for (size_t i = 0; i < keys; ++i) append_key_value(at(args[i], env, &match), key);
  return history_->tell(n.metric, n.index, key, match.times[n.of], [&](const Period& period) {
    period_ = &period;
    return !n.metric.filtered || holds(args[keys], env, &match);
  });
}

Datum Evaluation::at(NodeId id, uint32_t* env, const MatchValues* match) {
  const Node& n = program_->nodes[id];
  if (n.code == Code::constant) return n.value;
  if (n.dim == kRoot) return n.type == Type::boolean ? Datum::boolean(bit(bits(id), 0)) : *values(id);
  if (n.dim != kMany)
    return n.type == Type::boolean ? Datum::boolean(bit(bits(id), env[n.dim])) : values(id)[env[n.dim]];
  switch (n.code) {
    case Code::aggregate:
      return match->aggregates[n.index];
    case Code::outcome:
      return match->outcomes[n.index];
    case Code::placeholder_count:
      return match->placeholder_counts[n.index];
    case Code::stored:
    case Code::stored_time:
    case Code::event_count:
      return stored(n, *match);
    case Code::metric:
      return metric(n, env, *match);
    case Code::observed:
      return Datum::integer(period_->at(static_cast<Observed>(n.index)));
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
