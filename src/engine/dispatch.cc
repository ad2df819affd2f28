// Takes a lowered Program, gives its pools: tests on one value that are answered together. Entries: build_pools(), and
// test() for a leaf alone. Refuses nothing.
#include <algorithm>

#include "engine/operators.h"

namespace sekisho::engine {

bool test(const Program& program, const Node& leaf, const Datum& v) {
  switch (leaf.code) {
    case Code::present:
      return !v.is_zero();
    case Code::equal:
      // A folded constant is folded already.
      if (leaf.nocase) {
        const std::string_view text = v.as_text();
        return is_ascii(text) && is_ascii(leaf.value.as_text()) ? iequals(text, leaf.value.as_text())
                                                                : fold(text) == leaf.value.as_text();
      }
      return equal(v, leaf.value, false);
    case Code::less:
    case Code::less_equal:
    case Code::greater:
    case Code::greater_equal:
      return compare(leaf.code, v, leaf.value, false);
    case Code::match:
      return program.patterns[leaf.index].matches(v.as_text());
    case Code::contains:
    case Code::prefix:
    case Code::suffix: {
      std::string_view text = v.as_text();
      std::string folded;
      if (leaf.nocase) text = folded = fold(text);
      if (leaf.code == Code::contains) return text.find(leaf.value.as_text()) != std::string_view::npos;
      return leaf.code == Code::prefix ? text.starts_with(leaf.value.as_text()) : text.ends_with(leaf.value.as_text());
    }
    case Code::in_set: {
      const KeyTable& keys = program.sets[leaf.index].keys;
      return (leaf.nocase ? keys.find(fold(v.as_text())) : keys.find(v.as_text())) != KeyTable::kAbsent;
    }
    case Code::in_cidr:
      return !v.as_text().empty() && program.sets[leaf.index].blocks.contain(v.as_text());
    default:
      return false;
  }
}

namespace {

// What of a literal stands in the bytes of a JSON text wherever a value has the literal: the longest piece that is
// written without escapes (\u and \/ aside) and is no number, for numbers may be written in several ways. "": nothing.
std::string_view piece_in_bytes(std::string_view literal) {
  std::string_view best;
  for (size_t from = 0, i = 0; i <= literal.size(); ++i) {
    const char c = i < literal.size() ? literal[i] : '"';
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) continue;
    if (i - from > best.size()) best = literal.substr(from, i - from);
    from = i + 1;
  }
  return best.size() < 3 || best.find_first_not_of("0123456789.eE+-") == std::string_view::npos ? "" : best;
}

}  // namespace

void build_pools(Program& p) {
  std::unordered_map<uint64_t, uint32_t> key_pool_of, literal_pool_of;
  const auto key_pool = [&](NodeId value, bool nocase) -> uint32_t {
    const auto [it, fresh] =
        key_pool_of.try_emplace(uint64_t{value} << 1 | nocase, static_cast<uint32_t>(p.key_pools.size()));
    if (fresh) {
      p.key_pools.emplace_back();
      p.key_pools.back().value = value;
      p.key_pools.back().nocase = nocase;
    }
    return it->second;
  };
  const auto leaves_of = [](KeyPool& pool, uint32_t index) -> std::vector<NodeId>& {
    if (index == pool.leaves.size()) pool.leaves.emplace_back();
    return pool.leaves[index];
  };
  for (NodeId id = 0; id < p.nodes.size(); ++id) {
    Node& n = p.nodes[id];
    if (!n.leaf || n.dim == kMany || n.zero_result) continue;
    const NodeId value = p.args[n.first];
    const Type type = p.nodes[value].type;
    if (n.code == Code::equal && type == Type::text) {
      n.pool = key_pool(value, n.nocase);
      n.pooled = Node::Pool::keys;
      KeyPool& pool = p.key_pools[n.pool];
      leaves_of(pool, pool.texts.insert(n.value.as_text(), static_cast<uint32_t>(pool.leaves.size()))).push_back(id);
    } else if (n.code == Code::equal && type == Type::integer && n.value.type() == Type::integer) {
      n.pool = key_pool(value, false);
      n.pooled = Node::Pool::keys;
      KeyPool& pool = p.key_pools[n.pool];
      const auto at =
          pool.numbers.try_emplace(n.value.as_int(), static_cast<uint32_t>(pool.leaves.size())).first->second;
      leaves_of(pool, at).push_back(id);
    } else if (n.code == Code::in_set) {
      n.pool = key_pool(value, n.nocase);
      n.pooled = Node::Pool::keys;
      KeyPool& pool = p.key_pools[n.pool];
      for (const std::string& item : p.sets[n.index].items) {
        auto& leaves = leaves_of(pool, pool.texts.insert(item, static_cast<uint32_t>(pool.leaves.size())));
        if (leaves.empty() || leaves.back() != id) leaves.push_back(id);
      }
    } else if (n.code == Code::contains || n.code == Code::prefix || n.code == Code::suffix || n.code == Code::match) {
      std::vector<std::string> literals;
      bool exact = false;
      if (n.code == Code::match) {
        literals = p.patterns[n.index].literals();
      } else {
        const std::string_view text = n.value.as_text();
        const std::string_view piece = n.nocase ? caseless_piece(text) : text;
        const bool letters = std::any_of(text.begin(), text.end(), is_alpha);
        exact = n.code == Code::contains && piece.size() == text.size() && (n.nocase || !letters);
        if (!piece.empty()) literals.emplace_back(piece);
      }
      if (literals.empty()) continue;
      const auto [it, fresh] = literal_pool_of.try_emplace(value, static_cast<uint32_t>(p.literal_pools.size()));
      if (fresh) {
        p.literal_pools.emplace_back();
        p.literal_pools.back().value = value;
        const Node& v = p.nodes[value];
        if (p.root == nullptr && v.code == Code::column && p.columns[v.index].raw == Column::Raw::values &&
            p.columns[v.index].key.empty())
          p.literal_pools.back().in_bytes.emplace();
      }
      n.pool = it->second;
      n.pooled = Node::Pool::literals;
      LiteralPool& pool = p.literal_pools[n.pool];
      n.first_literal = static_cast<uint32_t>(p.literals.size());
      n.literals = static_cast<uint16_t>(literals.size());
      n.exact = exact;
      n.folds = n.nocase || n.code == Code::match;
      pool.folds |= n.folds;
      for (const std::string& literal : literals) {
        p.literals.push_back(pool.literals.add(literal));
        const std::string_view piece = piece_in_bytes(literal);
        if (piece.empty()) pool.in_bytes.reset();
        else if (pool.in_bytes) pool.in_bytes->add(piece);
      }
    }
  }
  for (LiteralPool& pool : p.literal_pools) {
    pool.base = p.literal_count;
    p.literal_count += static_cast<uint32_t>(pool.literals.size());
    pool.literals.build();
    if (pool.in_bytes) pool.in_bytes->build();
  }
  for (const Node& n : p.nodes)
    if (n.pooled == Node::Pool::literals)
      for (uint32_t i = 0; i < n.literals; ++i) p.literals[n.first_literal + i] += p.literal_pools[n.pool].base;
}

}  // namespace sekisho::engine
