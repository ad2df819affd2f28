// Takes UTF-8 and a label, gives the bytes a mail program would send in that charset; '?' where there is no such
// character. For tests and sample makers: the way back is looked up in a map made from the decoding tables. Entry:
// encode. Refuses nothing; an unknown label encodes as UTF-8.
#include <mutex>
#include <unordered_map>

#include "text/charset.h"
#include "text/charset_tables.h"

namespace sekisho::text {
namespace {

using internal::Charset;
using internal::Kind;
using Map = std::unordered_map<char32_t, uint32_t>;  // code point → bytes, most significant first

template <class Table, class Bytes>
void invert(Map& map, const Table* table, size_t size, Bytes bytes) {
  for (size_t i = 0; i < size; ++i)
    if (table[i]) map.try_emplace(table[i], bytes(static_cast<uint32_t>(i)));
}

Map make(const Charset& charset) {
  Map map;
  switch (charset.kind) {
    case Kind::windows31j: {
      const auto bytes = [](uint32_t i) {
        const uint32_t lead = i / 188, trail = i % 188;
        return (lead + (lead < 0x1F ? 0x81 : 0xC1)) << 8 | (trail + (trail < 0x3F ? 0x40 : 0x41));
      };
      // IBM's extensions stand twice; rows 115–119 are the ones Windows writes.
      const char16_t* table = internal::jis0208();
      for (uint32_t i = 0; i < internal::kJis0208; ++i)
        if (table[i] && (i < 8272 || i > 8835)) map.try_emplace(table[i], bytes(i));
      for (uint32_t i = 0xA1; i <= 0xDF; ++i) map.try_emplace(0xFF61 - 0xA1 + i, i);
      break;
    }
    case Kind::eucjp:
      invert(map, internal::jis0208(), 94 * 94, [](uint32_t i) { return (i / 94 + 0xA1) << 8 | (i % 94 + 0xA1); });
      for (uint32_t i = 0xA1; i <= 0xDF; ++i) map.try_emplace(0xFF61 - 0xA1 + i, 0x8E00 | i);
      invert(map, internal::jis0212(), internal::kJis0212,
             [](uint32_t i) { return 0x8F0000 | (i / 94 + 0xA1) << 8 | (i % 94 + 0xA1); });
      break;
    case Kind::iso2022jp:
      invert(map, internal::jis0208(), 94 * 94, [](uint32_t i) { return (i / 94 + 0x21) << 8 | (i % 94 + 0x21); });
      for (uint32_t i = 0x21; i <= 0x5F; ++i) map.try_emplace(0xFF61 - 0x21 + i, i);
      break;
    case Kind::gb18030:
      invert(map, internal::gbk(), internal::kWide190, [](uint32_t i) {
        const uint32_t trail = i % 190;
        return (i / 190 + 0x81) << 8 | (trail + (trail < 0x3F ? 0x40 : 0x41));
      });
      invert(map, internal::gb_four(), internal::kGbFour, [](uint32_t i) {
        return (0x81 + i / 12600) << 24 | (0x30 + i / 1260 % 10) << 16 | (0x81 + i / 10 % 126) << 8 | (0x30 + i % 10);
      });
      break;
    case Kind::big5:
      invert(map, internal::big5(), internal::kBig5, [](uint32_t i) {
        const uint32_t trail = i % 157;
        return (i / 157 + 0x81) << 8 | (trail + (trail < 0x3F ? 0x40 : 0x62));
      });
      break;
    case Kind::euckr:
      invert(map, internal::euckr(), internal::kWide190,
             [](uint32_t i) { return (i / 190 + 0x81) << 8 | (i % 190 + 0x41); });
      break;
    case Kind::single:
      invert(map, internal::single_byte(charset), 128, [](uint32_t i) { return i + 0x80; });
      break;
    default:
      break;
  }
  return map;
}

const Map& map_of(const Charset& charset) {
  static std::mutex mutex;
  static auto* maps = new std::unordered_map<const Charset*, Map>;
  const std::lock_guard lock(mutex);
  const auto [it, fresh] = maps->try_emplace(&charset);
  if (fresh) it->second = make(charset);
  return it->second;
}

void append_bytes(std::string& out, uint32_t bytes) {
  for (int shift = 24; shift >= 0; shift -= 8)
    if (bytes >> shift) out += static_cast<char>(bytes >> shift);
}

std::string encode_iso2022jp(std::string_view utf8, const Map& map) {
  std::string out;
  std::string_view set = "\x1B(B";
  const auto change = [&](std::string_view to) {
    if (set != to) out += to;
    set = to;
  };
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    const auto found = c < 0x80 ? map.end() : map.find(c);
    if (found == map.end()) {
      change("\x1B(B");
      out += c < 0x80 ? static_cast<char>(c) : '?';
      continue;
    }
    change(found->second > 0xFF ? "\x1B$B" : "\x1B(I");
    append_bytes(out, found->second);
  }
  change("\x1B(B");
  return out;
}

std::string encode_utf16(std::string_view utf8, bool big) {
  std::string out;
  const auto unit = [&](char32_t u) {
    out += static_cast<char>(big ? u >> 8 : u & 0xFF);
    out += static_cast<char>(big ? u & 0xFF : u >> 8);
  };
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD800 + ((c - 0x10000) >> 10));
      unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

}  // namespace

std::string encode(std::string_view utf8, std::string_view label) {
  const Charset* charset = internal::find_charset(label);
  if (!charset || charset->kind == Kind::utf8) return std::string(utf8);
  if (charset->kind == Kind::utf16) return "\xFF\xFE" + encode_utf16(utf8, false);
  if (charset->kind == Kind::utf16le || charset->kind == Kind::utf16be)
    return encode_utf16(utf8, charset->kind == Kind::utf16be);
  const Map& map = map_of(*charset);
  if (charset->kind == Kind::iso2022jp) return encode_iso2022jp(utf8, map);
  std::string out;
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_utf8(utf8, i);
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    if (charset->kind == Kind::gb18030 && c >= 0x10000) {
      const uint32_t p = 189000 + static_cast<uint32_t>(c) - 0x10000;
      append_bytes(
          out, (0x81 + p / 12600) << 24 | (0x30 + p / 1260 % 10) << 16 | (0x81 + p / 10 % 126) << 8 | (0x30 + p % 10));
      continue;
    }
    const auto found = map.find(c);
    if (found == map.end()) out += '?';
    else append_bytes(out, found->second);
  }
  return out;
}

}  // namespace sekisho::text
