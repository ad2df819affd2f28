// What is kept of an event for correlation: one row, the values that its rule will need again, in one block of memory.
// The types of the columns are the rule's (StoredLayout); a row holds no types. Inside engine/, and in state files.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value.h"

namespace sekisho::engine {

struct StoredColumn {
  Type type = Type::text;
  bool many = false;  // a list of values of this type
};

// Bytes under which equal scalars are equal, numbers of either type included; they end where the next ones begin.
void append_key_value(const Datum& value, std::string& out);

// A row: `columns` cells of 8 bytes, then the bytes they refer to. A cell is the number itself, or offset and length
// (32 bits each) of a text's bytes or of a list's cells, from the start of the row.
class StoredRow {
 public:
  StoredRow() = default;
  StoredRow(StoredRow&&) noexcept = default;
  StoredRow& operator=(StoredRow&&) noexcept = default;

  // values: one Datum a column; of a `many` column a list Datum.
  static StoredRow pack(std::span<const StoredColumn> columns, std::span<const Datum> values);
  // From a state file; checked against the columns, empty if it does not fit.
  static StoredRow from_bytes(std::span<const StoredColumn> columns, std::string_view bytes);

  explicit operator bool() const { return bytes_ != nullptr; }
  size_t size() const;                                     // bytes on the heap
  std::string_view bytes() const;                          // for state files
  Datum get(size_t column, const StoredColumn& as) const;  // of a scalar column; views the row
  // Of a `many` column: its values one by one.
  size_t count(size_t column) const;
  Datum item(size_t column, const StoredColumn& as, size_t index) const;
  // Columns [0, n) as bytes under which equal values are equal, whatever row they come from: a group's key.
  void append_key(size_t n, std::span<const StoredColumn> columns, std::string& out) const;

 private:
  std::unique_ptr<char[]> bytes_;  // 4 bytes of size, 4 of nothing, then the row
};

}  // namespace sekisho::engine
