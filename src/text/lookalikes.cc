// Takes one character, gives the Latin letter it is or looks like: decompositions and confusables (UTS #39) from ICU,
// and small capitals, which Unicode does not call confusable. Entries: accented, lookalike, katakana_lookalike,
// is_mark, is_styled_letter.
// Refuses nothing.
#include "text/lookalikes.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <array>
#include <string>
#include <string_view>

#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Letters of languages that Unicode does not decompose.
char stroked(char32_t c) {
  switch (c) {
    case U'ø':
      return 'o';
    case U'ł':
      return 'l';
    case U'đ':
      return 'd';
    case U'ı':
      return 'i';
    default:
      return 0;
  }
}

struct Pair {
  char32_t letter;
  char latin;
};

// Small capitals are no confusables to Unicode; neither are letters whose capital looks Latin and who do not.
constexpr Pair kSmallCapitals[] = {
    {U'ᴀ', 'a'}, {U'ʙ', 'b'}, {U'ᴄ', 'c'}, {U'ᴅ', 'd'}, {U'ᴇ', 'e'}, {U'ꜰ', 'f'}, {U'ɢ', 'g'}, {U'ʜ', 'h'}, {U'ɪ', 'i'},
    {U'ᴊ', 'j'}, {U'ᴋ', 'k'}, {U'ʟ', 'l'}, {U'ᴍ', 'm'}, {U'ɴ', 'n'}, {U'ᴏ', 'o'}, {U'ᴘ', 'p'}, {U'ꞯ', 'q'}, {U'ʀ', 'r'},
    {U'ꜱ', 's'}, {U'ᴛ', 't'}, {U'ᴜ', 'u'}, {U'ᴠ', 'v'}, {U'ᴡ', 'w'}, {U'ʏ', 'y'}, {U'ᴢ', 'z'}, {U'ĸ', 'k'}};
constexpr Pair kCapitals[] = {{U'в', 'b'}, {U'н', 'h'}, {U'м', 'm'}, {U'т', 't'}, {U'к', 'k'}, {U'у', 'y'}, {U'β', 'b'},
                              {U'η', 'h'}, {U'ν', 'n'}, {U'κ', 'k'}, {U'μ', 'm'}, {U'τ', 't'}, {U'υ', 'y'}, {U'χ', 'x'},
                              {U'ζ', 'z'}, {U'ι', 'i'}, {U'ε', 'e'}, {U'α', 'a'}, {U'ρ', 'p'}};

template <size_t N>
char of(const Pair (&pairs)[N], char32_t c) {
  for (const Pair& p : pairs)
    if (p.letter == c) return p.latin;
  return 0;
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

char look(char32_t c) {
  if (const char s = of(kSmallCapitals, c)) return s;
  const std::string form = skeleton(utf8(c));
  if (form.size() == 1) return is_letter(form[0]) ? form[0] : '\0';
  size_t end = 0;
  const char32_t one = form.empty() ? 0 : next_utf8(form, end);
  return end == form.size() ? of(kSmallCapitals, one) : '\0';
}

// Where look-alikes of Latin letters are: Latin beyond the languages' own, Greek, Cyrillic, Armenian, Cherokee,
// phonetic letters, Coptic, Lisu.
constexpr struct Range {
  char32_t first, last;
} kRanges[] = {{0x0180, 0x02AF}, {0x0370, 0x058F}, {0x13A0, 0x13FF}, {0x1D00, 0x1D7F},
               {0x2C60, 0x2CFF}, {0xA4D0, 0xA4FF}, {0xA720, 0xA7FF}, {0xAB30, 0xABBF}};
constexpr char32_t kLast = 0xABBF;

struct Looks {
  std::array<char, kLast + 1> self{}, capital{};
};

const Looks& looks() {
  static const Looks* made = [] {
    auto* t = new Looks;
    for (const auto& [first, last] : kRanges)
      for (char32_t c = first; c <= last; ++c) {
        if (!u_isalpha(static_cast<UChar32>(c))) continue;
        t->self[c] = accented(c) ? accented(c) : look(c);
        t->capital[c] = of(kCapitals, c);
      }
    return t;
  }();
  return *made;
}

}  // namespace

char accented(char32_t c) {
  if (c < 0xC0 || (c >= 0x250 && c < 0x1E00) || c > 0x1EFF) return 0;
  static const std::array<char, 0x350> made = [] {
    std::array<char, 0x350> t{};
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
    const auto base = [&](char32_t of) {
      char16_t form[8];
      UErrorCode e = U_ZERO_ERROR;
      if (!nfd || unorm2_getDecomposition(nfd, static_cast<UChar32>(of), form, 8, &e) < 2 || U_FAILURE(e))
        return stroked(of);
      return form[0] < 0x80 && is_letter(static_cast<char>(form[0])) ? static_cast<char>(form[0]) : '\0';
    };
    for (char32_t k = 0; k < 0x250; ++k) t[k] = base(k);
    for (char32_t k = 0; k < 0x100; ++k) t[0x250 + k] = base(0x1E00 + k);
    return t;
  }();
  return made[c < 0x250 ? c : c - 0x1E00 + 0x250];
}

char lookalike(char32_t c, bool as_capital) {
  if (c < 0x180) return 0;
  if (c > kLast) {  // negative circled and squared letters
    if (c >= 0x1F150 && c <= 0x1F169) return static_cast<char>('a' + (c - 0x1F150));
    return c >= 0x1F170 && c <= 0x1F189 ? static_cast<char>('a' + (c - 0x1F170)) : '\0';
  }
  const Looks& t = looks();
  const char self = t.self[c], capital = t.capital[c];
  return as_capital ? (capital ? capital : self) : (self ? self : capital);
}

char32_t katakana_lookalike(char32_t c) {
  constexpr std::u32string_view kSeen = U"一-力口二工卜夕八三千才へべぺり丿";
  constexpr std::u32string_view kMeant = U"ーーカロニエトタハミチオヘベペリノ";
  const size_t at = kSeen.find(c);
  return at == std::u32string_view::npos ? 0 : kMeant[at];
}

bool is_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x1AB0 && c <= 0x1AFF) ||
         (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

bool is_styled_letter(char32_t c) {
  return (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0x249C && c <= 0x24E9) || (c >= 0x1F110 && c <= 0x1F189);
}

}  // namespace sekisho::text
