// Takes bytes and the label they came with, gives well-formed UTF-8: the label's reading unless the bytes contradict
// it. Entries: decode_as_labelled, is_utf8, next_utf8, append_utf8. Refuses nothing; what cannot be read is U+FFFD.
#include "text/charset.h"

#include "base/strings.h"
#include "text/charset_tables.h"

namespace sekisho::text {

using internal::Charset;
using internal::Kind;

namespace internal {

size_t ascii_run(std::string_view s) {
  constexpr uint64_t kHigh = 0x8080808080808080ull;
  size_t i = 0;
  for (; i + 32 <= s.size(); i += 32) {
    uint64_t w[4];
    __builtin_memcpy(w, s.data() + i, 32);
    if ((w[0] | w[1] | w[2] | w[3]) & kHigh) break;
  }
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t w;
    __builtin_memcpy(&w, s.data() + i, 8);
    if (w & kHigh) return i + static_cast<size_t>(__builtin_ctzll(w & kHigh)) / 8;
  }
  while (i < s.size() && static_cast<unsigned char>(s[i]) < 0x80) ++i;
  return i;
}

}  // namespace internal

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  char b[4];
  size_t n = 0;
  if (c < 0x800) {
    b[n++] = static_cast<char>(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    b[n++] = static_cast<char>(0xE0 | (c >> 12));
    b[n++] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  } else {
    b[n++] = static_cast<char>(0xF0 | (c >> 18));
    b[n++] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    b[n++] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  b[n++] = static_cast<char>(0x80 | (c & 0x3F));
  out.append(b, n);
}

char32_t next_utf8(std::string_view s, size_t& i) {
  const auto* p = reinterpret_cast<const unsigned char*>(s.data()) + i;
  const size_t left = s.size() - i;
  const unsigned lead = p[0];
  ++i;
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return 0xFFFD;
  const auto tail = [&](size_t k) { return k < left && (p[k] & 0xC0) == 0x80; };
  if (lead < 0xE0) {
    if (!tail(1)) return 0xFFFD;
    i += 1;
    return (lead & 0x1F) << 6 | (p[1] & 0x3Fu);
  }
  if (lead < 0xF0) {
    if (!tail(1) || !tail(2)) return 0xFFFD;
    const char32_t c = (lead & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
    i += 2;
    return c;
  }
  if (!tail(1) || !tail(2) || !tail(3)) return 0xFFFD;
  const char32_t c = (lead & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
  if (c < 0x10000 || c > 0x10FFFF) return 0xFFFD;
  i += 3;
  return c;
}

bool is_utf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = p + bytes.size();
  while (p < end) {
    if (*p < 0x80) {
      p += internal::ascii_run({reinterpret_cast<const char*>(p), static_cast<size_t>(end - p)});
      continue;
    }
    // Three-byte runs are what Japanese text is made of.
    while (end - p >= 3 && (*p & 0xF0) == 0xE0) {
      const unsigned lead = p[0], second = p[1];
      if ((second & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (lead == 0xE0 && second < 0xA0) ||
          (lead == 0xED && second > 0x9F))
        return false;
      p += 3;
    }
    if (p == end || *p < 0x80) continue;
    const unsigned lead = *p;
    const auto left = end - p;
    if (lead < 0xC2 || lead > 0xF4 || (lead >= 0xE0 && lead < 0xF0)) return false;
    if (left < 2 || (p[1] & 0xC0) != 0x80) return false;
    if (lead < 0xE0) {
      p += 2;
      continue;
    }
    if (left < 4 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80 || (lead == 0xF0 && p[1] < 0x90) ||
        (lead == 0xF4 && p[1] > 0x8F))
      return false;
    p += 4;
  }
  return true;
}

namespace {

Decoded read(const Charset& charset, std::string_view bytes) {
  // Three bytes of UTF-8 for one of half-width kana or Cyrillic is the worst; half as much again is usual, and the sink
  // grows.
  internal::Sink sink(bytes.size() + bytes.size() / 2);
  internal::decode(charset, bytes, sink);
  Decoded out;
  out.replacements = sink.replacements;
  out.utf8 = sink.take();
  out.charset = charset.name;
  return out;
}

Decoded copy(std::string_view bytes, std::string_view name) {
  Decoded out;
  out.utf8 = bytes;
  out.charset = name;
  return out;
}

// ESC $ B, ESC $ @, ESC $ (, ESC ( J, ESC ( I: bytes that mean ISO-2022-JP and nothing else in mail.
bool has_jis_escape(std::string_view bytes) {
  for (size_t at = bytes.find('\x1B'); at != std::string_view::npos; at = bytes.find('\x1B', at + 1)) {
    const std::string_view two = bytes.substr(at + 1, 2);
    if (two == "$B" || two == "$@" || two == "$(" || two == "(J" || two == "(I") return true;
  }
  return false;
}

// UTF-16 without a byte order mark: every other byte of its ASCII is NUL. nullptr if it does not look so.
const Charset* utf16_by_nuls(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  size_t nuls[2] = {};
  for (size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++nuls[i % 2];
  if (nuls[0] > 1 + head.size() / 50 && nuls[1] * 8 < nuls[0]) return &internal::charset_of(Kind::utf16be);
  if (nuls[1] > 1 + head.size() / 50 && nuls[0] * 8 < nuls[1]) return &internal::charset_of(Kind::utf16le);
  return nullptr;
}

bool is_utf16(Kind k) { return k == Kind::utf16 || k == Kind::utf16le || k == Kind::utf16be; }

// A reading with few holes among much that fits (a mail cut in the middle, one stray byte) is still the right one.
bool nearly_clean(const Decoded& reading) {
  if (reading.replacements == 0) return true;
  size_t characters = 0;
  for (size_t i = internal::ascii_run(reading.utf8); i < reading.utf8.size(); ++i)
    characters += static_cast<unsigned char>(reading.utf8[i]) >= 0xC0;
  return reading.replacements * 8 <= characters;
}

}  // namespace

Decoded decode_as_labelled(std::string_view bytes, std::string_view label) {
  label = trim(label);
  const Charset* labelled = internal::find_charset(label);
  const bool unknown = !label.empty() && !labelled;
  // A byte order mark beats the label (WHATWG Encoding, "decode").
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    Decoded out = read(internal::charset_of(Kind::utf8), bytes.substr(3));
    out.label_wrong = !label.empty() && (!labelled || labelled->kind != Kind::utf8);
    return out;
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    Decoded out = read(internal::charset_of(bytes[0] == '\xFF' ? Kind::utf16le : Kind::utf16be), bytes.substr(2));
    out.label_wrong = !label.empty() && (!labelled || !is_utf16(labelled->kind));
    return out;
  }
  const bool seven_bit = internal::ascii_run(bytes) == bytes.size();
  const bool escapes = bytes.find('\x1B') != std::string_view::npos && has_jis_escape(bytes);
  const auto other = [&](Decoded reading) {
    reading.label_wrong = !label.empty();
    return reading;
  };

  if (!labelled || !is_utf16(labelled->kind)) {
    if (bytes.size() >= 4 && bytes.substr(0, 4096).find('\0') != std::string_view::npos)
      if (const Charset* wide = utf16_by_nuls(bytes)) return other(read(*wide, bytes));
  } else {
    const Charset* wide = utf16_by_nuls(bytes);
    if (wide && labelled->kind == Kind::utf16) return read(*wide, bytes);
    if (!wide && bytes.find('\0') == std::string_view::npos && !bytes.empty() && is_utf8(bytes))
      return other(copy(bytes, "utf-8"));
    return read(*labelled, bytes);
  }

  if (seven_bit && !escapes && (!labelled || is_plain(labelled->kind))) {
    Decoded out = copy(bytes, labelled ? labelled->name : std::string_view("utf-8"));
    out.label_wrong = unknown;
    return out;
  }
  if (labelled && labelled->kind == Kind::utf8 && !escapes && is_utf8(bytes)) return copy(bytes, "utf-8");

  Decoded best;
  bool have = false, contradicted = false;
  if (labelled) {
    best = read(*labelled, bytes);
    have = true;
    const Kind kind = labelled->kind;
    // Eight-bit bytes contradict us-ascii, and ISO-2022-JP where nothing is escaped; escapes contradict all but
    // ISO-2022; and no true text in a single-byte charset happens to be well-formed UTF-8 throughout.
    contradicted = (kind == Kind::ascii && !seven_bit) || (escapes && is_plain(kind)) ||
                   (kind == Kind::iso2022jp && !seven_bit && !escapes) ||
                   (kind == Kind::single && !seven_bit && is_utf8(bytes));
    if (!contradicted && best.replacements == 0) return best;
  }
  if (!seven_bit && is_utf8(bytes) && !escapes) return other(copy(bytes, "utf-8"));
  if (escapes && !(labelled && labelled->kind == Kind::iso2022jp)) {
    Decoded jis = read(internal::charset_of(Kind::iso2022jp), bytes);
    if (nearly_clean(jis)) return other(std::move(jis));
  }
  if (seven_bit) {
    if (have) return best;
    return other(copy(bytes, "utf-8"));
  }
  if (have && !contradicted && nearly_clean(best)) return best;

  const Charset& guessed = internal::guess(bytes, labelled);
  if (have && (&guessed == labelled || guessed.name == labelled->name)) return best;
  Decoded reading = read(guessed, bytes);
  if (have && !contradicted && reading.replacements >= best.replacements) return best;
  return other(std::move(reading));
}

}  // namespace sekisho::text
