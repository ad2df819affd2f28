// Takes bytes whose label is missing or wrong, gives the charset in which their characters would be the most usual
// ones. Each reading pays for every character by how rare it is in honest text of that charset: kana and first-level
// kanji cost little, second-level kanji more, holes most. All readings pay over the same bytes, so sums compare. Entry:
// guess. Refuses nothing; windows-1252 is what remains.
#include <algorithm>
#include <array>

#include "text/charset.h"
#include "text/charset_tables.h"

namespace sekisho::text::internal {
namespace {

using Byte = unsigned char;

// Costs in tenths. What matters is their order, and that a hole costs more than a few odd characters.
constexpr int kHole = 80, kUsual = 3, kLessUsual = 15, kOdd = 25, kForeignKana = 12, kNoKana = 4;

struct Window {
  const Byte* p;
  const Byte* end;
  Byte at(size_t i) const { return p + i < end ? p[i] : Byte{0}; }
};

bool is_letter(Byte b) { return (b | 0x20) >= 'a' && (b | 0x20) <= 'z'; }

// A double-byte character between two ASCII letters is a single-byte accent misread.
int lonely(const Byte* begin, const Window& w, size_t length) {
  const bool before = w.p > begin && is_letter(w.p[-1]);
  return before && is_letter(w.at(length)) ? kOdd : 0;
}

int64_t windows31j_cost(Window w) {
  const Byte* begin = w.p;
  const char16_t* table = jis0208();
  int64_t cost = 0;
  size_t kana = 0, kanji = 0;
  while (w.p < w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      ++w.p;
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      cost += 10;
      ++w.p;
    } else if (lead == 0x80 || lead == 0xA0 || lead > 0xFC) {
      cost += kHole;
      ++w.p;
    } else {
      const Byte trail = w.at(1);
      const bool fits = trail >= 0x40 && trail <= 0xFC && trail != 0x7F;
      const size_t pointer =
          fits ? (lead - (lead < 0xA0 ? 0x81u : 0xC1u)) * 188 + trail - (trail < 0x7F ? 0x40u : 0x41u) : 0;
      if (!fits || table[pointer] == 0) {
        cost += w.p + 1 == w.end ? 0 : kHole;
        w.p += trail >= 0x80 ? 2 : 1;
        continue;
      }
      const size_t row = pointer / 94 + 1;
      if (row <= 8) kana += row == 4 || row == 5;
      else if (row >= 16 && row <= 47) cost += kUsual, ++kanji;
      else cost += row == 13 ? kUsual : row <= 84 ? kLessUsual : kOdd;
      cost += lonely(begin, w, 2);
      w.p += 2;
    }
  }
  return cost + (kana == 0 ? static_cast<int64_t>(kanji) * kNoKana : 0);
}

// Charsets whose wide characters have lead and trail in 0xA1–0xFE, with or without an extension below.
struct Levels {
  Byte first, second, last;  // lead bytes: usual characters from `first`, less usual from `second` to `last`
  bool japanese;
  bool extended;  // trail bytes below 0xA1 exist, for rare characters
  int usual;      // what a usual one costs
};

int64_t wide_cost(Window w, const Levels& levels, bool (*assigned)(Byte, Byte)) {
  const Byte* begin = w.p;
  int64_t cost = 0;
  size_t kana = 0, usual = 0;
  while (w.p < w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      ++w.p;
      continue;
    }
    const Byte trail = w.at(1);
    if (levels.japanese && lead == 0x8E && trail >= 0xA1 && trail <= 0xDF) {
      cost += 10;
      w.p += 2;
      continue;
    }
    if (levels.japanese && lead == 0x8F && trail >= 0xA1 && w.at(2) >= 0xA1) {
      cost += kOdd;
      w.p += 3;
      continue;
    }
    if (lead == 0x80 || lead == 0xFF || (trail < 0xA1 && !levels.extended) || !assigned(lead, trail)) {
      cost += w.p + 1 == w.end ? 0 : kHole;
      w.p += trail >= 0x80 ? 2 : 1;
      continue;
    }
    if (trail < 0xA1 || lead < 0xA1) {
      cost += kOdd;
    } else if (lead >= levels.first && lead < levels.second) {
      cost += levels.usual;
      ++usual;
    } else if (lead >= levels.second && lead <= levels.last) {
      cost += kLessUsual;
    } else if (lead == 0xA4 || lead == 0xA5) {
      ++kana;
      cost += levels.japanese ? 0 : kForeignKana;
    } else if (lead > levels.last) {
      cost += kOdd;
    }
    cost += lonely(begin, w, 2);
    w.p += 2;
  }
  return cost + (levels.japanese && kana == 0 ? static_cast<int64_t>(usual) * kNoKana : 0);
}

int64_t big5_cost(Window w) {
  const Byte* begin = w.p;
  const char32_t* table = big5();
  int64_t cost = 0;
  while (w.p < w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      ++w.p;
      continue;
    }
    const Byte trail = w.at(1);
    const bool fits = (trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE);
    if (lead == 0x80 || lead == 0xFF || !fits ||
        table[(lead - 0x81u) * 157 + trail - (trail < 0x7F ? 0x40u : 0x62u)] == 0) {
      cost += w.p + 1 == w.end ? 0 : kHole;
      w.p += trail >= 0x80 ? 2 : 1;
      continue;
    }
    cost += lead < 0xA1   ? kOdd
            : lead < 0xA4 ? 1
            : lead < 0xC6 ? kUsual
            : lead < 0xC9 ? kOdd
            : lead < 0xFA ? kLessUsual
                          : kOdd;
    cost += lonely(begin, w, 2);
    w.p += 2;
  }
  return cost;
}

int64_t windows1252_cost(Window w) {
  const Byte* begin = w.p;
  int64_t cost = 0;
  for (; w.p < w.end; ++w.p) {
    const Byte b = *w.p;
    if (b < 0x80) continue;
    const bool alone = (w.p == begin || w.p[-1] < 0x80) && w.at(1) < 0x80;
    const bool letter = b >= 0xC0 && b != 0xD7 && b != 0xF7;
    const bool quote = b >= 0x91 && b <= 0x97;
    if (b == 0x81 || b == 0x8D || b == 0x8F || b == 0x90 || b == 0x9D) cost += kHole;
    else if (letter || quote || b == 0xA0) cost += alone ? 5 : 20;
    else cost += alone ? 10 : 20;
  }
  return cost;
}

int64_t utf8_cost(std::string_view s) {
  int64_t cost = 0;
  for (size_t i = 0; i < s.size();) {
    if (static_cast<Byte>(s[i]) < 0x80) {
      ++i;
      continue;
    }
    const size_t start = i;
    const char32_t c = next_utf8(s, i);
    cost += c == 0xFFFD && i - start == 1 && s.size() - i > 3 ? kHole : 1;
  }
  return cost;
}

}  // namespace

const Charset& guess(std::string_view bytes, const Charset* label) {
  const size_t start = ascii_run(bytes);
  // One letter before, so that an accent within a word is seen as one.
  const std::string_view sample = bytes.substr(start ? start - 1 : 0, 16384);
  const auto* p = reinterpret_cast<const Byte*>(sample.data());
  const Window w{p, p + sample.size()};
  struct Candidate {
    Kind kind;
    int64_t cost;
  };
  const std::array<Candidate, 7> candidates{{
      {Kind::utf8, utf8_cost(sample)},
      {Kind::windows31j, windows31j_cost(w)},
      {Kind::eucjp, wide_cost(w, {0xB0, 0xD0, 0xF4, true, false, kUsual},
                              [](Byte a, Byte b) {
                                return a >= 0xA1 && a != 0xFF && b != 0xFF &&
                                       jis0208()[(a - 0xA1u) * 94 + b - 0xA1u] != 0;
                              })},
      {Kind::gb18030, wide_cost(w, {0xB0, 0xD8, 0xF7, false, true, kUsual},
                                [](Byte a, Byte b) {
                                  return b >= 0x40 && b != 0x7F && b != 0xFF &&
                                         gbk()[(a - 0x81u) * 190 + b - (b < 0x7F ? 0x40u : 0x41u)] != 0;
                                })},
      {Kind::big5, big5_cost(w)},
      {Kind::euckr,
       wide_cost(w, {0xB0, 0xC9, 0xFD, false, true, kUsual - 1},
                 [](Byte a, Byte b) { return b >= 0x41 && b != 0xFF && euckr()[(a - 0x81u) * 190 + b - 0x41u] != 0; })},
      {Kind::single, windows1252_cost(w)},
  }};
  const Candidate* best = &candidates.back();
  for (const Candidate& c : candidates)
    if (c.cost < best->cost || (c.cost == best->cost && label && c.kind == label->kind)) best = &c;
  return best->kind == Kind::single ? *find_charset("windows-1252") : charset_of(best->kind);
}

}  // namespace sekisho::text::internal
