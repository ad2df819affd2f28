// Takes UTF-8, gives the form in which text is compared, with a map back to the source bytes.
// ASCII goes eight bytes at a time; a character that stands alone is looked up in a table made from ICU once; only a
// base letter followed by combining marks is handed to ICU, at most kMarks marks at a time (UAX #15, Stream-Safe Text),
// so that no input is worse than linear. Entry: normalize. Refuses nothing; ill-formed bytes become U+FFFD each.
#include "text/normalize.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::text {
namespace {

constexpr size_t kMarks = 30;

// What becomes of a character of the Basic Multilingual Plane when it stands alone.
enum Fate : uint16_t { kKeep = 0, kMark = 1, kDrop = 2, kSpace = 3, kMapped = 4 /* + index into `mappings` */ };

struct Tables {
  std::array<uint16_t, 0x10000> fate{};
  std::vector<std::string> mappings;  // UTF-8
  const UNormalizer2* folder = nullptr;
};

// Typographic quotes and dashes: whoever writes a phrase writes the straight ones.
char straight(char32_t c) {
  if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0x02BC) return '\'';
  if (c == 0x201C || c == 0x201D || c == 0x201F || c == 0x2033) return '"';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
  return c == 0x301C ? '~' : '\0';
}

// Folded text as UTF-8, quotes and dashes made straight.
void append_utf16(std::string& out, const char16_t* text, int32_t length) {
  for (int32_t i = 0; i < length; ++i) {
    char32_t c = text[i];
    if ((c & 0xFC00) == 0xD800 && i + 1 < length) c = 0x10000 + ((c & 0x3FF) << 10) + (text[++i] & 0x3FFu);
    if (const char plain = straight(c)) out += plain;
    else append_utf8(out, c);
  }
}

// NFKC_Casefold of a short piece of UTF-16.
std::string fold(const UNormalizer2* folder, const char16_t* text, int32_t length) {
  char16_t buffer[1024];
  UErrorCode error = U_ZERO_ERROR;
  const int32_t n = unorm2_normalize(folder, text, length, buffer, 1024, &error);
  std::string out;
  if (U_SUCCESS(error) && n <= 1024) append_utf16(out, buffer, n);
  else append_utf16(out, text, length);
  return out;
}

bool is_white(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE) || c == 0x2800; }

bool is_invisible(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || (c >= 0xFFF9 && c <= 0xFFFB);
}

const Tables& tables() {
  static const Tables* made = [] {
    auto* t = new Tables;
    UErrorCode error = U_ZERO_ERROR;
    t->folder = unorm2_getNFKCCasefoldInstance(&error);
    for (char32_t c = 0; c < 0x10000; ++c) {
      // Ideographs, Hangul syllables, Yi, surrogates and private use stay as they are.
      if (c == 0x3400) c = 0x4DC0;
      if (c == 0x4E00) c = 0xA4D0;
      if (c == 0xAC00) c = 0xD7B0;
      if (c == 0xD800) c = 0xF900;
      if (is_white(c)) {
        t->fate[c] = kSpace;
      } else if (is_invisible(c)) {
        t->fate[c] = kDrop;
      } else if (!unorm2_hasBoundaryBefore(t->folder, static_cast<UChar32>(c))) {
        t->fate[c] = kMark;
      } else {
        const char16_t unit = static_cast<char16_t>(c);
        std::string self, folded = fold(t->folder, &unit, 1);
        append_utf8(self, c);
        if (const char q = straight(c)) folded = q;
        if (folded.empty()) t->fate[c] = kDrop;
        else if (folded != self)
          t->fate[c] = static_cast<uint16_t>(kMapped + t->mappings.size()), t->mappings.push_back(folded);
      }
    }
    return t;
  }();
  return *made;
}

bool is_wordlike(char32_t c) { return c < 0x80 ? is_alnum(static_cast<char>(c)) : u_isalnum(static_cast<UChar32>(c)); }

class Writer {
 public:
  Writer(std::string_view source, Normalized& out) : source_(source), out_(out), t_(tables()) {
    out_.text.reserve(source.size() + 16);
  }

  void run() {
    size_t i = 0;
    const size_t n = source_.size();
    while (i < n) {
      if (static_cast<unsigned char>(source_[i]) < 0x80) {
        i = ascii(i);
      } else {
        const size_t kept = kept_run(i);
        if (kept > i) {
          keep(i, kept);
          i = kept;
        } else {
          i = one(i);
        }
      }
      if (out_.text.size() > 0xFFFF0000u) break;  // offsets are 32 bits
    }
    map(out_.text.size(), i);
  }

 private:
  // The byte at `at` of the result comes from `from`; a mark only where byte-by-byte growth would not say so.
  void map(size_t at, size_t from) {
    if (from - at == shift_) return;
    shift_ = from - at;
    auto& marks = out_.marks;
    const auto at32 = static_cast<uint32_t>(at), from32 = static_cast<uint32_t>(from);
    if (!marks.empty() && marks.back().at == at32) marks.back().from = from32;
    else marks.push_back({at32, from32});
  }

  size_t ascii(size_t i) {
    constexpr uint64_t kOnes = 0x0101010101010101ull, kHigh = 0x8080808080808080ull;
    const size_t n = source_.size();
    std::string& text = out_.text;
    char block[256];
    while (i < n) {
      // Plain words: no high bit, no control character, no two spaces in a row.
      map(text.size(), i);
      size_t used = 0;
      const char* p = source_.data() + i;
      while (used + 8 <= sizeof block && i + used + 8 <= n) {
        uint64_t w;
        __builtin_memcpy(&w, p + used, 8);
        if (w & kHigh) break;
        // In each byte: high bit set where byte < 0x20, = 0x20, = 0x7F, 'A' ≤ byte ≤ 'Z'. No carry leaves a byte below
        // 0x80.
        const uint64_t control = ~(w + kOnes * 0x60) & kHigh;
        const uint64_t space = ~(w + kOnes * 0x5F) & kHigh & ~control;
        const uint64_t del = (w + kOnes) & kHigh;
        if (control | del | (space & (space << 8)) | (space_ ? space & 0x80 : 0)) break;
        const uint64_t upper = (w + kOnes * 0x3F) & ~(w + kOnes * 0x25) & kHigh;
        w |= upper >> 2;
        __builtin_memcpy(block + used, &w, 8);
        space_ = (space >> 63) != 0;
        used += 8;
      }
      if (used) {
        text.append(block, used);
        i += used;
        base_ = i - 1;
        base_out_ = text.size() - 1;
        if (used == sizeof block) continue;
      }
      // One byte or up to the next word by hand.
      for (size_t k = 0; k < 8 && i < n; ++k, ++i) {
        const auto c = static_cast<unsigned char>(source_[i]);
        if (c >= 0x80) return i;
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
          white(i);
        } else if (c < 0x20 || c == 0x7F) {
          drop(i, 1);
        } else {
          map(text.size(), i);
          base_ = i;
          base_out_ = text.size();
          text += ascii_lower(static_cast<char>(c));
          space_ = false;
        }
      }
    }
    return i;
  }

  void white(size_t from) {
    if (!space_) {
      map(out_.text.size(), from);
      out_.text += ' ';
    }
    space_ = true;
    base_ = kNone;
  }

  void drop(size_t from, size_t length) {
    ++out_.dropped;
    // Between two letters or digits? Only ASCII neighbours for the joiners, which other scripts need.
    const std::string& text = out_.text;
    if (text.empty() || text.back() == ' ') return;
    size_t after = from + length;
    while (after < source_.size()) {
      const size_t start = after;
      const char32_t c = next_utf8(source_, after);
      if (c < 0x10000 ? t_.fate[c] != kDrop : !is_invisible(c)) {
        after = start;
        break;
      }
      if (after - from > 64) return;
    }
    if (after >= source_.size()) return;
    size_t back = text.size() - 1;
    while (back > 0 && (static_cast<unsigned char>(text[back]) & 0xC0) == 0x80) --back;
    const char32_t before = next_utf8(text, back);
    const char32_t next = next_utf8(source_, after);
    size_t at = from;
    const char32_t self = next_utf8(source_, at);
    const bool joiner =
        self == 0x200C || self == 0x200D || (self >= 0x180B && self <= 0x180F) || (self >= 0xFE00 && self <= 0xFE0F);
    if (joiner && (before >= 0x80 || next >= 0x80)) return;
    if (is_wordlike(before) && is_wordlike(next)) ++out_.inside_words;
  }

  // End of the run of characters at i that stay as they are: kana and ideographs, by their bytes.
  size_t kept_run(size_t i) const {
    const auto* p = reinterpret_cast<const unsigned char*>(source_.data());
    const size_t n = source_.size();
    while (i + 3 <= n) {
      const unsigned a = p[i], b = p[i + 1], c = p[i + 2];
      if ((a & 0xF0) != 0xE0 || (b & 0xC0) != 0x80 || (c & 0xC0) != 0x80) break;
      const unsigned code = (a & 15) << 12 | (b & 63) << 6 | (c & 63);
      const bool kana = code >= 0x3001 && code < 0x3100 && t_.fate[code] == kKeep;
      if (!kana && !(code >= 0x4E00 && code <= 0x9FFF)) break;
      i += 3;
    }
    return i;
  }

  void keep(size_t from, size_t to) {
    map(out_.text.size(), from);
    out_.text.append(source_.substr(from, to - from));
    base_ = to - 3;
    base_out_ = out_.text.size() - 3;
    space_ = false;
  }

  size_t one(size_t i) {
    const size_t start = i;
    const char32_t c = next_utf8(source_, i);
    if (c == 0xFFFD) {
      base_ = start;
      base_out_ = out_.text.size();
      emit("\xEF\xBF\xBD", start, i - start);
      return i;
    }
    uint16_t fate = kKeep;
    if (c < 0x10000) {
      fate = t_.fate[c];
    } else {
      const bool plain = (c >= 0x1F300 && c < 0x1FB00) || (c >= 0x20000 && c < 0x2F800);
      if (!plain) return supplementary(start, i, c);
    }
    switch (fate) {
      case kKeep:
        base_ = start;
        base_out_ = out_.text.size();
        map(out_.text.size(), start);
        out_.text.append(source_.substr(start, i - start));
        space_ = false;
        break;
      case kMark:
        return marks(start);
      case kDrop:
        drop(start, i - start);
        break;
      case kSpace:
        white(start);
        break;
      default:
        base_ = start;
        base_out_ = out_.text.size();
        emit(t_.mappings[fate - kMapped], start, i - start);
    }
    return i;
  }

  size_t supplementary(size_t start, size_t i, char32_t c) {
    if (is_invisible(c)) {
      drop(start, i - start);
      return i;
    }
    if (!unorm2_hasBoundaryBefore(t_.folder, static_cast<UChar32>(c))) return marks(start);
    const char16_t units[2] = {static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)),
                               static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF))};
    base_ = start;
    base_out_ = out_.text.size();
    emit(fold(t_.folder, units, 2), start, i - start);
    return i;
  }

  // Characters that join what stands before them: the base is taken back, and base and marks are folded together.
  size_t marks(size_t i) {
    char16_t units[2 * kMarks + 8];
    int32_t length = 0;
    const auto push = [&](char32_t c) {
      if (c < 0x10000) {
        units[length++] = static_cast<char16_t>(c);
      } else {
        units[length++] = static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
        units[length++] = static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
      }
    };
    size_t from = i;
    if (base_ != kNone && base_out_ <= out_.text.size()) {
      from = base_;
      size_t at = base_;
      push(next_utf8(source_, at));
      out_.text.resize(base_out_);
      while (!out_.marks.empty() && out_.marks.back().at > base_out_) out_.marks.pop_back();
      shift_ = out_.marks.empty() ? 0 : out_.marks.back().from - out_.marks.back().at;
      space_ = !out_.text.empty() && out_.text.back() == ' ';
    }
    const size_t end = source_.size();
    size_t last = i;
    for (size_t count = 0; count < kMarks && i < end;) {
      size_t next = i;
      const char32_t c = next_utf8(source_, next);
      const bool invisible = c < 0x10000 ? t_.fate[c] == kDrop : is_invisible(c);
      const bool joins = c < 0x10000 ? t_.fate[c] == kMark
                                     : !invisible && !unorm2_hasBoundaryBefore(t_.folder, static_cast<UChar32>(c));
      if (!joins && !invisible) break;
      if (invisible) {
        drop(i, next - i);
      } else {
        push(c);
        ++count;
        last = next;
      }
      i = next;
    }
    base_ = kNone;
    emit(fold(t_.folder, units, length), from, last - from);
    return i;
  }

  // Writes `made`, which stands for `length` source bytes at `from`; spaces in it join the run of white space they
  // stand in.
  void emit(std::string_view made, size_t from, size_t length) {
    std::string& text = out_.text;
    size_t within = 0;
    for (const char c : made) {
      within = (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? within + 1 : 0;
      if (c == ' ' && space_) continue;
      map(text.size(), from + (within < length ? within : length - 1));
      text += c;
      space_ = c == ' ';
    }
  }

  static constexpr size_t kNone = SIZE_MAX;
  std::string_view source_;
  Normalized& out_;
  const Tables& t_;
  size_t shift_ = 0;     // from − at, modulo 2^64, at the end of the result
  size_t base_ = kNone;  // source offset of the last character that marks could join
  size_t base_out_ = 0;  // and where its form begins in the result
  bool space_ = false;   // the result ends in a space
};

}  // namespace

Normalized normalize(std::string_view utf8) {
  Normalized out;
  Writer(utf8.substr(0, 0xFFFFFFFFu), out).run();
  return out;
}

uint32_t Normalized::source_offset(uint32_t at) const {
  const auto after =
      std::upper_bound(marks.begin(), marks.end(), at, [](uint32_t a, const Mark& m) { return a < m.at; });
  if (after == marks.begin()) return at;
  const Mark& mark = *std::prev(after);
  return mark.from + (at - mark.at);
}

}  // namespace sekisho::text
