// Writing and reading the bytes of a state file: numbers as base-128, texts with their length. A reader never goes
// beyond its text; after the first thing that does not fit it gives zeros and ok() is false. Inside engine/ only.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::engine {

class StateWriter {
 public:
  void number(uint64_t v) {
    for (; v >= 0x80; v >>= 7) out_ += static_cast<char>(v | 0x80);
    out_ += static_cast<char>(v);
  }
  void integer(int64_t v) { number(static_cast<uint64_t>(v) << 1 ^ static_cast<uint64_t>(v >> 63)); }
  void real(double v) {
    const auto bits = std::bit_cast<uint64_t>(v);
    for (int i = 0; i < 8; ++i) out_ += static_cast<char>(bits >> 8 * i);
  }
  void flag(bool v) { out_ += v ? '\1' : '\0'; }
  void text(std::string_view v) {
    number(v.size());
    out_ += v;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class StateReader {
 public:
  explicit StateReader(std::string_view in) : in_(in) {}

  bool ok() const { return ok_; }
  bool done() const { return ok_ && in_.empty(); }
  void refuse() {
    ok_ = false;
    in_ = {};
  }
  uint64_t number() {
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (in_.empty()) break;
      const auto byte = static_cast<uint8_t>(in_.front());
      in_.remove_prefix(1);
      if (shift == 63 && byte > 1) break;
      v |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return v;
    }
    refuse();
    return 0;
  }
  // A number below `end`.
  uint64_t below(uint64_t end) {
    const uint64_t v = number();
    if (v < end) return v;
    refuse();
    return 0;
  }
  // How many things follow, each of at least one byte.
  uint64_t count() { return below(in_.size() + 1); }
  int64_t integer() {
    const uint64_t v = number();
    return static_cast<int64_t>(v >> 1 ^ (~(v & 1) + 1));
  }
  double real() {
    uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits |= uint64_t{byte()} << 8 * i;
    return std::bit_cast<double>(bits);
  }
  bool flag() { return byte() != 0; }
  std::string_view text() {
    const uint64_t size = number();
    if (size > in_.size()) {
      refuse();
      return {};
    }
    const std::string_view v = in_.substr(0, size);
    in_.remove_prefix(size);
    return v;
  }

 private:
  uint8_t byte() {
    if (in_.empty()) {
      refuse();
      return 0;
    }
    const auto v = static_cast<uint8_t>(in_.front());
    in_.remove_prefix(1);
    return v;
  }
  std::string_view in_;
  bool ok_ = true;
};

}  // namespace sekisho::engine
