// Takes the values of a row, gives them packed into one block of memory, and back. Entries: StoredRow::pack(),
// from_bytes(). Refuses bytes whose offsets lead out of the row; of a row over 256 MB the texts that do not fit are
// kept as empty ones.
#include "engine/stored.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace sekisho::engine {
namespace {

constexpr size_t kHeader = 8, kCell = 8;
constexpr size_t kMost = 256u << 20;
constexpr size_t kShared = 16;  // of lists, longer texts are kept once

struct Place {
  uint32_t offset = 0, length = 0;
};

uint64_t load(const char* at) {
  uint64_t cell;
  std::memcpy(&cell, at, sizeof cell);
  return cell;
}
Place place(uint64_t cell) { return {static_cast<uint32_t>(cell), static_cast<uint32_t>(cell >> 32)}; }
uint64_t cell_of(Place p) { return p.offset | uint64_t{p.length} << 32; }

uint64_t number(const Datum& value, Type type) {
  switch (type) {
    case Type::boolean:
      return value.as_bool();
    case Type::integer:
      return static_cast<uint64_t>(value.as_int());
    default:
      return std::bit_cast<uint64_t>(value.as_real());
  }
}

Datum datum(const char* row, uint64_t cell, Type type) {
  switch (type) {
    case Type::boolean:
      return Datum::boolean(cell != 0);
    case Type::integer:
      return Datum::integer(static_cast<int64_t>(cell));
    case Type::real:
      return Datum::real(std::bit_cast<double>(cell));
    default:
      return Datum::text({row + place(cell).offset, place(cell).length});
  }
}

// Lays out a row twice: first to know its size, then into its memory.
class Packer {
 public:
  Packer(std::span<const StoredColumn> columns, std::span<const Datum> values) : columns_(columns), values_(values) {}

  size_t run(char* row) {
    row_ = row;
    end_ = columns_.size() * kCell;
    texts_.clear();
    for (size_t c = 0; c < columns_.size(); ++c) {
      const StoredColumn& as = columns_[c];
      if (!as.many) {
        put(c * kCell, scalar(values_[c], as.type));
        continue;
      }
      auto list = values_[c].as_list();
      if (list.size() > (kMost - end_) / kCell) list = {};
      const Place items{static_cast<uint32_t>(end_), static_cast<uint32_t>(list.size())};
      end_ += list.size() * kCell;
      in_list_ = true;
      for (size_t i = 0; i < list.size(); ++i) put(items.offset + i * kCell, scalar(list[i], as.type));
      in_list_ = false;
      put(c * kCell, cell_of(items));
    }
    return end_;
  }

 private:
  void put(size_t at, uint64_t cell) {
    if (row_ != nullptr) std::memcpy(row_ + at, &cell, kCell);
  }
  uint64_t scalar(const Datum& value, Type type) {
    if (type != Type::text) return number(value, type);
    const std::string_view text = value.as_text();
    if (text.size() > kMost || end_ + text.size() > kMost) return cell_of({static_cast<uint32_t>(end_), 0});
    // Expanding multiplies: the same bytes of an event may stand in a list many times.
    if (in_list_ && text.size() > kShared) {
      const auto [it, fresh] = texts_.try_emplace(text.data(), Place{});
      if (!fresh && it->second.length == text.size()) return cell_of(it->second);
      it->second = {static_cast<uint32_t>(end_), static_cast<uint32_t>(text.size())};
    }
    if (row_ != nullptr && !text.empty()) std::memcpy(row_ + end_, text.data(), text.size());
    const Place at{static_cast<uint32_t>(end_), static_cast<uint32_t>(text.size())};
    end_ += text.size();
    return cell_of(at);
  }

  std::span<const StoredColumn> columns_;
  std::span<const Datum> values_;
  char* row_ = nullptr;
  size_t end_ = 0;
  bool in_list_ = false;
  std::unordered_map<const char*, Place> texts_;
};

bool fits(std::string_view row, uint64_t cell, Type type) {
  const Place p = place(cell);
  return type != Type::text || (p.offset <= row.size() && p.length <= row.size() - p.offset);
}

void append_number(std::string& out, uint64_t v) {
  for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
  out += static_cast<char>(v);
}

}  // namespace

StoredRow StoredRow::pack(std::span<const StoredColumn> columns, std::span<const Datum> values) {
  Packer packer(columns, values);
  const size_t size = packer.run(nullptr);
  StoredRow out;
  out.bytes_.reset(new char[kHeader + size]);
  const uint32_t header[2] = {static_cast<uint32_t>(size), 0};
  std::memcpy(out.bytes_.get(), header, kHeader);
  packer.run(out.bytes_.get() + kHeader);
  return out;
}

StoredRow StoredRow::from_bytes(std::span<const StoredColumn> columns, std::string_view bytes) {
  if (bytes.size() > kMost || bytes.size() < columns.size() * kCell) return {};
  for (size_t c = 0; c < columns.size(); ++c) {
    const uint64_t cell = load(bytes.data() + c * kCell);
    if (!columns[c].many) {
      if (!fits(bytes, cell, columns[c].type)) return {};
      continue;
    }
    const Place items = place(cell);
    if (items.offset > bytes.size() || items.length > (bytes.size() - items.offset) / kCell) return {};
    for (size_t i = 0; i < items.length; ++i)
      if (!fits(bytes, load(bytes.data() + items.offset + i * kCell), columns[c].type)) return {};
  }
  StoredRow out;
  out.bytes_.reset(new char[kHeader + bytes.size()]);
  const uint32_t header[2] = {static_cast<uint32_t>(bytes.size()), 0};
  std::memcpy(out.bytes_.get(), header, kHeader);
  if (!bytes.empty()) std::memcpy(out.bytes_.get() + kHeader, bytes.data(), bytes.size());
  return out;
}

std::string_view StoredRow::bytes() const {
  if (!bytes_) return {};
  return {bytes_.get() + kHeader, static_cast<uint32_t>(load(bytes_.get()))};
}

size_t StoredRow::size() const { return bytes_ ? kHeader + bytes().size() : 0; }

Datum StoredRow::get(size_t column, const StoredColumn& as) const {
  const char* row = bytes_.get() + kHeader;
  return datum(row, load(row + column * kCell), as.type);
}

size_t StoredRow::count(size_t column) const { return place(load(bytes_.get() + kHeader + column * kCell)).length; }

Datum StoredRow::item(size_t column, const StoredColumn& as, size_t index) const {
  const char* row = bytes_.get() + kHeader;
  const Place items = place(load(row + column * kCell));
  return datum(row, load(row + items.offset + index * kCell), as.type);
}

void StoredRow::append_key(size_t n, std::span<const StoredColumn> columns, std::string& out) const {
  for (size_t c = 0; c < n; ++c) append_key_value(get(c, columns[c]), out);
}

// One number whose lowest bits tell the kind: a text's length, a whole number, true or false, or that a fraction's bits
// follow.
void append_key_value(const Datum& v, std::string& out) {
  switch (v.type()) {
    case Type::text:
      append_number(out, uint64_t{v.as_text().size()} << 2);
      out += v.as_text();
      return;
    case Type::boolean:
      append_number(out, uint64_t{v.as_bool()} << 2 | 3);
      return;
    default:
      break;
  }
  const double real = v.as_real();
  const int64_t whole = v.as_int();
  if (v.type() == Type::integer || (std::abs(real) < 9e15 && static_cast<double>(whole) == real)) {
    append_number(out, 1);
    append_number(out, static_cast<uint64_t>(whole) << 1 ^ static_cast<uint64_t>(whole >> 63));
  } else {
    append_number(out, 2);
    const uint64_t bits = std::bit_cast<uint64_t>(std::isnan(real) ? std::nan("") : real);
    out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
}

}  // namespace sekisho::engine
