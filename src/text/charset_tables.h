// Inside text/ only: the charsets we know, and their tables as flat arrays (pointer → code point, in the pointer
// arithmetic of the WHATWG Encoding standard). Tables are made from ICU's on first use, once a process, and never
// freed; any thread may read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::text::internal {

enum class Kind : uint8_t {
  utf8,
  utf16,
  utf16le,
  utf16be,
  utf7,
  windows31j,
  eucjp,
  iso2022jp,
  iso2022kr,
  hz,
  gb18030,
  big5,
  euckr,
  ascii,
  single,
  user
};

struct Charset {
  std::string_view name;  // canonical name, as WHATWG writes it in lower case
  Kind kind;
  const char* icu;           // ICU's converter for Kind::single
  std::string_view aliases;  // letters and digits of each further label, with one space between two
};

const Charset* find_charset(std::string_view label);  // nullptr: unknown
const Charset& charset_of(Kind kind);                 // first of that kind
constexpr bool is_plain(Kind k) {                     // bytes below 0x80 are always ASCII
  return k != Kind::utf16 && k != Kind::utf16le && k != Kind::utf16be && k != Kind::utf7 && k != Kind::iso2022jp &&
         k != Kind::iso2022kr && k != Kind::hz;
}

// 0 means unassigned in all of them.
inline constexpr size_t kJis0208 = 94 * 120;  // rows 95–120 exist in windows-31J only
inline constexpr size_t kJis0212 = 94 * 94;
inline constexpr size_t kWide190 = 126 * 190;  // GBK and windows-949: lead 0x81–0xFE
inline constexpr size_t kBig5 = 126 * 157;
inline constexpr size_t kGbFour = 39420;  // four-byte GB18030 within the BMP

const char16_t* jis0208();  // (lead, trail) of Shift_JIS, or 94 × row + cell
const char16_t* jis0212();
const char16_t* gbk();  // (lead − 0x81) × 190 + (trail − (trail < 0x7F ? 0x40 : 0x41))
const char16_t* gb_four();
const char16_t* euckr();                              // (lead − 0x81) × 190 + (trail − 0x41)
const char32_t* big5();                               // (lead − 0x81) × 157 + (trail − (trail < 0x7F ? 0x40 : 0x62))
const char16_t* single_byte(const Charset& charset);  // 128 entries for 0x80–0xFF

// Four sequences of Big5-HKSCS are two code points: the table holds the first with this bit, and the second is U+0304
// or U+030C.
inline constexpr char32_t kBig5Macron = 0x1000000, kBig5Caron = 0x2000000;

// A string that grows in steps, written through a pointer: room(n) before every write of n bytes.
class Sink {
 public:
  explicit Sink(size_t expected) {
    text_.resize(expected + 64);
    at_ = text_.data();
    end_ = at_ + text_.size();
  }
  void room(size_t n) {
    if (static_cast<size_t>(end_ - at_) < n) grow(n);
  }
  void ascii(char c) {  // after room(1)
    *at_++ = c;
  }
  void put(char32_t c) {  // after room(4)
    if (c < 0x80) {
      *at_++ = static_cast<char>(c);
    } else if (c < 0x800) {
      *at_++ = static_cast<char>(0xC0 | (c >> 6));
      *at_++ = static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      *at_++ = static_cast<char>(0xE0 | (c >> 12));
      *at_++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      *at_++ = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      *at_++ = static_cast<char>(0xF0 | (c >> 18));
      *at_++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      *at_++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      *at_++ = static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  void bad() {
    put(0xFFFD);
    ++replacements;
  }
  void append(std::string_view s) {
    room(s.size() + 8);
    __builtin_memcpy(at_, s.data(), s.size());
    at_ += s.size();
  }
  std::string take() {
    text_.resize(static_cast<size_t>(at_ - text_.data()));
    return std::move(text_);
  }

  size_t replacements = 0;

 private:
  void grow(size_t n) {
    const size_t used = static_cast<size_t>(at_ - text_.data());
    text_.resize(text_.size() + text_.size() / 2 + n + 64);
    at_ = text_.data() + used;
    end_ = text_.data() + text_.size();
  }
  std::string text_;
  char* at_;
  char* end_;
};

// Length of the ASCII run at the start of s.
size_t ascii_run(std::string_view s);

// Reads all bytes by one charset, whatever comes.
void decode(const Charset& charset, std::string_view bytes, Sink& out);

// What the bytes most likely are, by how usual the characters of each reading would be. `label` (may be null) wins
// ties.
const Charset& guess(std::string_view bytes, const Charset* label);

}  // namespace sekisho::text::internal
