// One choice of values for the fields that a rule reads, and the rule's expressions evaluated over it: one row, one
// element in each repeated field. The plainest reading of engine/plan.h there is; it shares nothing with the engine but
// value operations, functions and patterns. For making test events (rule_positives.h).
//
// A Model may hold several *instances* of every event (a condition that counts needs them): each field has one value in
// all of them, or one value in each.
#pragma once

#include <map>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/pattern.h"

namespace sekisho::tests {

// A field of one variable. Slots that name the same field (principal.ip, principal.ip[0], any principal.ip) are one.
struct FieldKey {
  uint32_t variable = 0;
  std::string path;
  auto operator<=>(const FieldKey&) const = default;
};
FieldKey key_of(const engine::Slot& slot);

struct Cell {
  engine::Slot slot;
  size_t same = 0;  // the cell whose values this one has (joined fields); its own index otherwise
};

struct CellValue {
  std::vector<engine::Constant> values;  // none: absent; one; or one an instance
  bool operator==(const CellValue&) const = default;
};

// All that may be changed and put back.
struct Values {
  std::vector<CellValue> cells;
  std::vector<bool> present;  // by variable: false = no such event is made
  size_t instances = 1;
};

class Model {
 public:
  // Event times start at kStart, `gap` seconds between variables; instances are `step` milliseconds apart.
  static constexpr int64_t kStart = 1'760'000'000;
  Model(const engine::Rule& rule, const engine::ReferenceLists& lists);

  const engine::Rule& rule() const { return rule_; }
  size_t cell(const engine::Slot& slot) const { return find(index_.at(key_of(slot))); }
  const std::vector<Cell>& cells() const { return cells_; }
  void join(const engine::Slot& a, const engine::Slot& b);  // from now on they have one value
  const std::vector<size_t>& cells_of(
      engine::ExprId id) const;  // that the expression reads, through outcomes; distinct

  // A row of one instance. Texts live until the next forget().
  engine::Datum value(engine::ExprId id);
  bool holds(engine::ExprId id) { return value(id).as_bool(); }
  void forget() { arena_.release(); }
  const engine::Pattern* pattern(const std::string& text, bool nocase);
  const std::vector<std::string>& list(const std::string& name) const;  // empty if there is none

  bool has(const engine::Slot& slot) const { return read(slot) != nullptr; }
  engine::Constant constant_of(const engine::Slot& slot) const;  // its present value or the zero value
  int64_t time_of(uint32_t variable, size_t instance) const;     // milliseconds

  Values values;
  size_t instance = 0;              // the one that is read
  std::vector<uint32_t> served_by;  // variable → the variable whose event stands in its place
  std::optional<std::pair<FieldKey, engine::Constant>> changed;  // one field that reads as another value
  int64_t gap = 2, step = 1000;

 private:
  size_t find(size_t cell) const;
  const engine::Constant* read(const engine::Slot& slot) const;
  engine::Datum slot_value(const engine::Slot& slot);
  engine::Datum compare(const engine::Expr& e);
  engine::Datum call(const engine::Expr& e);
  engine::Datum aggregate(const engine::Expr& e);
  bool in_list(const engine::Expr& e);
  engine::Datum text(std::string_view bytes);
  engine::Datum boolean(bool v) { return engine::Datum::boolean(v); }

  const engine::Rule& rule_;
  const engine::ReferenceLists& lists_;
  std::vector<Cell> cells_;
  std::map<FieldKey, size_t> index_;
  std::map<std::pair<std::string, bool>, std::optional<engine::Pattern>> patterns_;
  mutable std::map<engine::ExprId, std::vector<size_t>> read_;  // cells_of
  std::pmr::monotonic_buffer_resource arena_;
};

}  // namespace sekisho::tests
