// Values while rules run. A Datum is a typed scalar (or a list of them): 24 bytes, trivially copyable, views text that
// somebody else keeps (the event, the plan or the scratch arena). Constant and Value own their text: for plans, and for
// what leaves the engine.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sekisho::engine {

enum class Type : uint8_t {
  boolean,
  integer,
  real,
  text,
  list
};  // list: of text, integers or reals, from functions and outcome arrays
std::string_view type_name(Type type);

using Constant = std::variant<bool, int64_t, double, std::string>;
Type type_of(const Constant& constant);

class Datum {
 public:
  Datum() = default;
  static Datum zero(Type type);
  static Datum boolean(bool v);
  static Datum integer(int64_t v);
  static Datum real(double v);
  static Datum text(std::string_view v);
  static Datum list(std::span<const Datum> v);
  static Datum of(const Constant& constant);  // views constant's text

  Type type() const { return type_; }
  bool as_bool() const { return type_ == Type::boolean && integer_ != 0; }
  int64_t as_int() const { return type_ == Type::real ? clamp(real_) : type_ <= Type::integer ? integer_ : 0; }
  double as_real() const {
    return type_ == Type::real ? real_ : type_ <= Type::integer ? static_cast<double>(integer_) : 0;
  }
  std::string_view as_text() const {
    return type_ == Type::text && size_ > 0 ? std::string_view(text_, size_) : std::string_view();
  }
  std::span<const Datum> as_list() const {
    return type_ == Type::list ? std::span<const Datum>(list_, size_) : std::span<const Datum>();
  }
  bool is_zero() const;

 private:
  static int64_t clamp(double v);
  Type type_ = Type::boolean;
  uint32_t size_ = 0;
  union {
    int64_t integer_ = 0;
    double real_;
    const char* text_;
    const Datum* list_;
  };
};

// What leaves the engine.
struct Value {
  Type type = Type::text;
  bool boolean = false;
  int64_t integer = 0;
  double real = 0;
  std::string text;
  std::vector<Value> list;
  static Value of(const Datum& datum);
  std::string to_string() const;  // as a person would write it; lists joined by ", "
  double as_real() const {
    return type == Type::real ? real : type == Type::integer ? static_cast<double>(integer) : boolean ? 1.0 : 0.0;
  }
  bool operator==(const Value&) const = default;
};

// Equality and order of two Datums of comparable types: numbers by value (integers exactly), text by bytes. nocase:
// simple case folding of every code point.
bool equal(const Datum& a, const Datum& b, bool nocase);
int order(const Datum& a, const Datum& b);  // <0, 0, >0; false < true; NaN sorts first

// Simple (one to one) Unicode case folding; ASCII is fast. Bytes that are not UTF-8 stay.
std::string fold(std::string_view text);
bool equal_folded(std::string_view a, std::string_view b);

}  // namespace sekisho::engine
