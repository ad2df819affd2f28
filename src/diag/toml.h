// TOML (toml++ in one .cc) as a small tree with spans, read strictly: every key must be asked for, an unknown one is an
// error with a near-name hint. All problems of a file are collected, so that one run shows them all. One thread at a
// time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::diag {

struct TomlValue {
  enum class Type : uint8_t { table, array, string, integer, real, boolean, date, other };
  Type type = Type::other;
  Span span;         // of the value (tables: of the header)
  std::string text;  // of a string; of a date, with or without a time of day, as it is written
  int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  std::vector<TomlValue> items;  // array
  struct Member;
  std::vector<Member> members;  // table, in file order
};

struct TomlValue::Member {
  std::string name;
  TomlValue value;
  Span key_span;
};

// Errors: toml.syntax with line and column.
Result<TomlValue> parse_toml(std::string_view text, const std::string& name);

// Reads one table. Getters record the key as known; finish() reports the others.
class TomlReader {
 public:
  TomlReader(const TomlValue& table, std::string source, std::vector<Error>& errors)
      : table_(table), source_(std::move(source)), errors_(errors) {}

  bool has(std::string_view key);
  std::string text(std::string_view key, std::string fallback = {});
  std::string required_text(std::string_view key);
  std::string date(std::string_view key);  // as written: "2026-12-31", "2026-12-31T08:00:00Z"; a string passes too
  double number(std::string_view key, double fallback);  // integers too
  int64_t integer(std::string_view key, int64_t fallback);
  bool boolean(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key);        // array of strings
  std::vector<const TomlValue*> tables(std::string_view key);  // [[key]] or an array of inline tables
  const TomlValue* table(std::string_view key);                // [key]
  // A text that must be one of `allowed`; the first is the fallback.
  std::string one_of(std::string_view key, const std::vector<std::string_view>& allowed);
  void finish();                                                              // unknown keys → errors
  void error(std::string_view key, std::string text, std::string hint = {});  // at the key's value, or the table
  const TomlValue& value() const { return table_; }

 private:
  const TomlValue* find(std::string_view key);
  const TomlValue* find(std::string_view key, TomlValue::Type wanted, std::string_view what);
  const TomlValue& table_;
  std::string source_;
  std::vector<Error>& errors_;
  std::vector<std::string> asked_;
};

}  // namespace sekisho::diag
