// Takes a rule and an event, gives the rows (event copies) that satisfy it. Predicates on one chain of repeated fields
// are answered as bit sets and cut away elements before any row is made; only what joins several chains is tested row
// by row. Entry: match_rows().
#include <algorithm>
#include <cstring>

#include "engine/matching.h"

namespace sekisho::engine {
namespace {

uint64_t saturating_multiply(uint64_t a, uint64_t b) {
  uint64_t out;
  return __builtin_mul_overflow(a, b, &out) ? UINT64_MAX : out;
}
uint64_t saturating_add(uint64_t a, uint64_t b) {
  uint64_t out;
  return __builtin_add_overflow(a, b, &out) ? UINT64_MAX : out;
}

class RowFinder {
 public:
  RowFinder(Evaluation& evaluation, const RuleProgram& rule)
      : eval_(evaluation), rule_(rule), program_(evaluation.program()) {}

  bool run(MatchedRows& out) {
    masks_ = eval_.arena().make<uint64_t*>(rule_.dims.size());
    std::fill_n(masks_, rule_.dims.size(), nullptr);
    for (NodeId id : rule_.chain)
      if (!apply(id)) return false;
    if (rule_.dims.empty()) {
      uint32_t* env = eval_.env().data();
      env[kRoot] = 0;
      for (NodeId id : rule_.rest)
        if (!eval_.holds(id, env)) return false;
      out.count = 1;
      return true;
    }
    for (size_t d = 0; d < rule_.dims.size(); ++d)
      if (masks_[d] == nullptr) masks_[d] = eval_.new_bits(eval_.rows(rule_.dims[d]).count, true);
    if (!prune()) return false;
    enumerate(out);
    return out.count > 0;
  }

 private:
  size_t place(DimId dim) const {
    return static_cast<size_t>(std::find(rule_.dims.begin(), rule_.dims.end(), dim) - rule_.dims.begin());
  }

  bool apply(NodeId id) {
    const Node& n = program_.nodes[id];
    const uint64_t* bits = eval_.bits(id);
    if (n.dim == kRoot) return bit(bits, 0);
    const uint32_t count = eval_.rows(n.dim).count;
    uint64_t*& mask = masks_[place(n.dim)];
    if (mask == nullptr) {
      mask = eval_.arena().make<uint64_t>(words(count));
      std::memcpy(mask, bits, words(count) * sizeof(uint64_t));
    } else {
      for (uint32_t w = 0; w < words(count); ++w) mask[w] &= bits[w];
    }
    return !none(mask, count);
  }

  // Takes away elements that no row can hold: parents without a remaining child, then children of parents that are
  // gone.
  bool prune() {
    for (size_t d = rule_.dims.size(); d-- > 0;) {
      const DimId parent = program_.dims[rule_.dims[d]].parent;
      if (parent == kRoot) continue;
      const DimRows& rows = eval_.rows(rule_.dims[d]);
      uint64_t* above = masks_[place(parent)];
      const uint32_t parents = eval_.rows(parent).count;
      for (uint32_t p = 0; p < parents; ++p) {
        if (!bit(above, p)) continue;
        bool any = false;
        for (uint32_t i = rows.begin[p]; i < rows.begin[p + 1] && !any; ++i) any = bit(masks_[d], i);
        if (!any) clear_bit(above, p);
      }
    }
    for (size_t d = 0; d < rule_.dims.size(); ++d) {
      const DimId parent = program_.dims[rule_.dims[d]].parent;
      const DimRows& rows = eval_.rows(rule_.dims[d]);
      if (parent != kRoot) {
        const uint64_t* above = masks_[place(parent)];
        for (uint32_t i = 0; i < rows.count; ++i)
          if (!bit(above, rows.parent[i])) clear_bit(masks_[d], i);
      }
      if (none(masks_[d], rows.count)) return false;
    }
    return true;
  }

  // Rows that remain, counted without making them: for each element, the product over the dims below it of what is
  // under it.
  uint64_t total() {
    std::vector<std::vector<uint64_t>> below(rule_.dims.size());
    uint64_t all = 1;
    for (size_t d = rule_.dims.size(); d-- > 0;) {
      const DimRows& rows = eval_.rows(rule_.dims[d]);
      std::vector<uint64_t>& mine = below[d];
      mine.resize(rows.count, 1);
      const DimId parent = program_.dims[rule_.dims[d]].parent;
      const size_t up = parent == kRoot ? 0 : place(parent);
      const uint32_t parents = eval_.rows(parent).count;
      if (parent != kRoot) below[up].resize(parents, 1);
      for (uint32_t p = 0; p < parents; ++p) {
        uint64_t sum = 0;
        for (uint32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i)
          if (bit(masks_[d], i)) sum = saturating_add(sum, mine[i]);
        uint64_t& into = parent == kRoot ? all : below[up][p];
        into = saturating_multiply(into, sum);
      }
    }
    return all;
  }

  void enumerate(MatchedRows& out) {
    const size_t depth = rule_.dims.size();
    const uint64_t limit = program_.limits.rows;
    uint32_t* env = eval_.env().data();
    env[kRoot] = 0;
    auto *at = eval_.arena().make<uint32_t>(depth), *end = eval_.arena().make<uint32_t>(depth);
    uint64_t looked_at = 0;
    size_t level = 0;
    const auto open = [&](size_t l) {
      const DimRows& rows = eval_.rows(rule_.dims[l]);
      const uint32_t above = env[program_.dims[rule_.dims[l]].parent];
      at[l] = rows.begin[above];
      end[l] = rows.begin[above + 1];
    };
    open(0);
    for (;;) {
      while (at[level] < end[level] && !bit(masks_[level], at[level])) ++at[level];
      if (at[level] == end[level]) {
        if (level == 0) return;
        ++at[--level];
        continue;
      }
      env[rule_.dims[level]] = at[level];
      if (level + 1 < depth) {
        open(++level);
        continue;
      }
      if (looked_at == limit) {
        out.not_looked_at = total() - looked_at;
        return;
      }
      ++looked_at;
      bool holds = true;
      for (size_t i = 0; i < rule_.rest.size() && holds; ++i) holds = eval_.holds(rule_.rest[i], env);
      if (holds) {
        ++out.count;
        for (DimId d : rule_.dims) out.elements.push_back(env[d]);
      }
      ++at[level];
    }
  }

  Evaluation& eval_;
  const RuleProgram& rule_;
  const Program& program_;
  uint64_t** masks_ = nullptr;  // by place in rule_.dims
};

}  // namespace

bool match_rows(Evaluation& evaluation, const RuleProgram& rule, MatchedRows& out) {
  out.elements.clear();
  out.count = out.not_looked_at = 0;
  return RowFinder(evaluation, rule).run(out);
}

void load_row(const RuleProgram& rule, const MatchedRows& rows, uint64_t row, uint32_t* env) {
  const size_t width = rule.dims.size();
  for (size_t d = 0; d < width; ++d) env[rule.dims[d]] = rows.elements[row * width + d];
}

Datum expand_value(Evaluation& evaluation, const StoredValue& value) {
  const Program& program = evaluation.program();
  uint32_t* env = evaluation.env().data();
  const size_t depth = value.extra.size();
  std::vector<uint32_t> at(depth), end(depth);
  std::vector<Datum> found;
  const auto open = [&](size_t level) {
    const DimRows& rows = evaluation.rows(value.extra[level]);
    const uint32_t above = env[program.dims[value.extra[level]].parent];
    at[level] = rows.begin[above];
    end[level] = rows.begin[above + 1];
  };
  size_t level = 0;
  open(0);
  while (found.size() < program.limits.rows) {
    if (at[level] == end[level]) {
      if (level == 0) break;
      ++at[--level];
      continue;
    }
    env[value.extra[level]] = at[level];
    if (level + 1 < depth) {
      open(++level);
      continue;
    }
    found.push_back(evaluation.at(value.node, env));
    ++at[level];
  }
  Datum* items = evaluation.arena().make<Datum>(found.size());
  std::copy(found.begin(), found.end(), items);
  return Datum::list({items, found.size()});
}

}  // namespace sekisho::engine
