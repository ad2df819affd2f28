// Takes ICU's converters, gives flat tables from pointer to code point, each made on first use. Whole tables are read
// in one conversion, with a line feed after each character: no trail byte is one, so a broken entry cannot swallow its
// neighbour. Entries: jis0208() and its sisters. Refuses nothing; a converter ICU does not have leaves an empty table.
#include "text/charset_tables.h"

#include <unicode/ucnv.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

namespace sekisho::text::internal {
namespace {

// One code point (or 0) for each of the `count` byte strings that `write` appends.
std::vector<char32_t> read_table(const char* converter, size_t count,
                                 const std::function<void(std::string&, size_t)>& write) {
  std::vector<char32_t> out(count, 0);
  UErrorCode error = U_ZERO_ERROR;
  UConverter* icu = ucnv_open(converter, &error);
  if (!icu) return out;
  std::string bytes;
  bytes.reserve(count * 5);
  for (size_t i = 0; i < count; ++i) {
    write(bytes, i);
    bytes += '\n';
  }
  std::u16string text(bytes.size() * 2 + 16, u'\0');
  error = U_ZERO_ERROR;
  const int32_t length = ucnv_toUChars(icu, text.data(), static_cast<int32_t>(text.size()), bytes.data(),
                                       static_cast<int32_t>(bytes.size()), &error);
  ucnv_close(icu);
  if (U_FAILURE(error)) return out;
  text.resize(static_cast<size_t>(length));
  size_t from = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t end = text.find(u'\n', from);
    if (end == std::u16string::npos) break;
    const std::u16string_view piece(text.data() + from, end - from);
    from = end + 1;
    if (piece.size() == 1 && piece[0] >= 0x80 && piece[0] != 0xFFFD && (piece[0] & 0xF800) != 0xD800) {
      out[i] = piece[0];
    } else if (piece.size() == 2 && (piece[0] & 0xFC00) == 0xD800 && (piece[1] & 0xFC00) == 0xDC00) {
      out[i] = 0x10000 + ((static_cast<char32_t>(piece[0]) & 0x3FF) << 10) + (piece[1] & 0x3FF);
    }
  }
  return out;
}

const char16_t* narrow(const std::vector<char32_t>& wide) {
  auto* table = new char16_t[wide.size()]();
  for (size_t i = 0; i < wide.size(); ++i) table[i] = wide[i] < 0x10000 ? static_cast<char16_t>(wide[i]) : u'\0';
  return table;
}

void two(std::string& out, size_t lead, size_t trail) {
  out += static_cast<char>(lead);
  out += static_cast<char>(trail);
}

// Right half of ISO-8859-16 where it differs from ISO-8859-1 (ICU 72 has no such converter).
constexpr struct {
  uint8_t byte;
  char16_t c;
} kLatin10[] = {{0xA1, 0x104}, {0xA2, 0x105}, {0xA3, 0x141},  {0xA4, 0x20AC}, {0xA5, 0x201E}, {0xA6, 0x160},
                {0xA8, 0x161}, {0xAA, 0x218}, {0xAC, 0x179},  {0xAE, 0x17A},  {0xAF, 0x17B},  {0xB2, 0x10C},
                {0xB3, 0x142}, {0xB4, 0x17D}, {0xB5, 0x201D}, {0xB8, 0x17E},  {0xB9, 0x10D},  {0xBA, 0x219},
                {0xBC, 0x152}, {0xBD, 0x153}, {0xBE, 0x178},  {0xBF, 0x17C},  {0xC3, 0x102},  {0xC5, 0x106},
                {0xD0, 0x110}, {0xD1, 0x143}, {0xD5, 0x150},  {0xD7, 0x15A},  {0xD8, 0x170},  {0xDD, 0x118},
                {0xDE, 0x21A}, {0xE3, 0x103}, {0xE5, 0x107},  {0xF0, 0x111},  {0xF1, 0x144},  {0xF5, 0x151},
                {0xF7, 0x15B}, {0xF8, 0x171}, {0xFD, 0x119},  {0xFE, 0x21B}};

const char16_t* make_single(const Charset& charset) {
  std::vector<char32_t> table(128);
  if (*charset.icu) {
    table = read_table(charset.icu, 128, [](std::string& out, size_t i) { out += static_cast<char>(0x80 + i); });
    // Holes of windows-125x are the C1 controls (WHATWG); elsewhere a hole stays unreadable.
    if (charset.name.starts_with("windows-125"))
      for (size_t i = 0; i < 32; ++i)
        if (table[i] == 0) table[i] = static_cast<char32_t>(0x80 + i);
  } else {
    for (size_t i = 0; i < 128; ++i) table[i] = static_cast<char32_t>(0x80 + i);
    for (const auto& row : kLatin10) table[row.byte - 0x80u] = row.c;
  }
  return narrow(table);
}

}  // namespace

const char16_t* jis0208() {
  static const char16_t* table = narrow(read_table("ibm-943_P15A-2003", kJis0208, [](std::string& out, size_t i) {
    const size_t lead = i / 188, trail = i % 188;
    two(out, lead + (lead < 0x1F ? 0x81 : 0xC1), trail + (trail < 0x3F ? 0x40 : 0x41));
  }));
  return table;
}

const char16_t* jis0212() {
  static const char16_t* table = narrow(read_table("euc-jp-2007", kJis0212, [](std::string& out, size_t i) {
    out += '\x8F';
    two(out, 0xA1 + i / 94, 0xA1 + i % 94);
  }));
  return table;
}

const char16_t* gbk() {
  static const char16_t* table = narrow(read_table("gb18030", kWide190, [](std::string& out, size_t i) {
    const size_t trail = i % 190;
    two(out, 0x81 + i / 190, trail + (trail < 0x3F ? 0x40 : 0x41));
  }));
  return table;
}

const char16_t* gb_four() {
  static const char16_t* table = narrow(read_table("gb18030", kGbFour, [](std::string& out, size_t i) {
    two(out, 0x81 + i / 12600, 0x30 + i / 1260 % 10);
    two(out, 0x81 + i / 10 % 126, 0x30 + i % 10);
  }));
  return table;
}

const char16_t* euckr() {
  static const char16_t* table = narrow(read_table(
      "windows-949-2000", kWide190, [](std::string& out, size_t i) { two(out, 0x81 + i / 190, 0x41 + i % 190); }));
  return table;
}

const char32_t* big5() {
  static const char32_t* table = [] {
    const auto write = [](std::string& out, size_t i) {
      const size_t trail = i % 157;
      two(out, 0x81 + i / 157, trail + (trail < 0x3F ? 0x40 : 0x62));
    };
    const auto windows = read_table("windows-950-2000", kBig5, write);
    const auto hong_kong = read_table("ibm-1375_P100-2008", kBig5, write);
    auto* t = new char32_t[kBig5]();
    for (size_t i = 0; i < kBig5; ++i) {
      const auto usable = [](char32_t c) { return c != 0 && !(c >= 0xE000 && c <= 0xF8FF); };
      t[i] = usable(windows[i]) ? windows[i] : usable(hong_kong[i]) ? hong_kong[i] : 0;
    }
    // Two letters with an accent that has no composed form: 0x8862, 0x8864, 0x88A3, 0x88A5.
    t[1133] = 0xCA | kBig5Macron;
    t[1135] = 0xCA | kBig5Caron;
    t[1164] = 0xEA | kBig5Macron;
    t[1166] = 0xEA | kBig5Caron;
    return t;
  }();
  return table;
}

const char16_t* single_byte(const Charset& charset) {
  // One slot for each row of the charset list; a slot is filled once, by whoever comes first.
  struct Slot {
    const Charset* charset;
    const char16_t* table;
  };
  static constexpr size_t kSlots = 64;
  static std::mutex mutex;
  static std::array<std::atomic<const Slot*>, kSlots> slots{};
  const auto find = [&]() -> const char16_t* {
    for (const auto& s : slots) {
      const Slot* slot = s.load(std::memory_order_acquire);
      if (!slot) return nullptr;
      if (slot->charset == &charset) return slot->table;
    }
    return nullptr;
  };
  if (const auto* table = find()) return table;
  const std::lock_guard lock(mutex);
  if (const auto* table = find()) return table;
  const char16_t* table = make_single(charset);
  for (auto& s : slots) {
    if (s.load(std::memory_order_relaxed)) continue;
    s.store(new Slot{&charset, table}, std::memory_order_release);
    break;
  }
  return table;
}

}  // namespace sekisho::text::internal
