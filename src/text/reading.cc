// Takes normalised text, gives how it reads: accents dropped, disguises undone, spellings made one. Entries:
// Reader::read, Reader::plain. Refuses nothing; words of more than kWord bytes are no disguises, runs of more than kRun
// spaced letters are read in pieces.
#include "text/reading.h"

#include <algorithm>

#include "text/charset.h"
#include "text/lookalikes.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

constexpr size_t kWord = 96;          // bytes of a word that may be a disguise
constexpr size_t kShortest = 4;       // letters of a word that a disguise may hide
constexpr size_t kRun = 400;          // letters set one by one that are read together
constexpr size_t kLongestKnown = 32;  // bytes of a word that spaced letters may make
constexpr std::string_view kSeparators = " .-_*/|,~+:";

bool is_sign(char c) { return c == '@' || c == '$' || c == '!' || c == '|'; }

// What is seen at a glance: look-alikes and pairs as in skeleton(), and i, l, 1 and ! are one, as are t and 7.
std::string look_of(std::string_view ascii) {
  std::string out = skeleton(ascii);
  for (char& c : out) {
    if (c == 'i' || c == '!') c = 'l';
    if (c == '7') c = 't';
  }
  return out;
}

// Katakana and the mark of a long vowel; all have three bytes.
bool katakana_at(std::string_view s, size_t i) {
  if (i + 3 > s.size() || s[i] != '\xE3') return false;
  const char32_t c = next_utf8(s, i);
  return c >= 0x30A1 && c <= 0x30FE && c != 0x30FB && c != 0x30F5 && c != 0x30F6;  // not ヵ and ヶ: they count
}

// One word of a text, letters of all scripts with spaces.
struct Token {
  size_t end = 0;
  std::string plain;     // without accents and marks
  bool changed = false;  // `plain` is not what stands there
  bool odd = false;      // signs, look-alikes, or digits between letters: it may be a disguise
  bool foreign = false;  // letters that look like no Latin ones
  bool ascii_letter = false;
};

bool spaceless(unsigned char lead) { return lead >= 0xE3 && lead <= 0xE9; }  // kana, ideographs

Token read_token(std::string_view s, size_t i) {
  Token t;
  bool digit_waits = false;  // after a letter; odd if another letter follows
  while (i < s.size()) {
    const char b = s[i];
    if (static_cast<unsigned char>(b) < 0x80) {
      if (is_sign(b)) {
        const bool more = i + 1 < s.size() && (is_alnum(s[i + 1]) || static_cast<unsigned char>(s[i + 1]) >= 0x80);
        if (!more || (t.plain.empty() && b != '@' && b != '$')) break;
        t.odd = true;
      } else if (!is_alnum(b)) {
        break;
      } else if (is_digit(b)) {
        digit_waits |= !t.plain.empty();
      } else {
        t.odd |= digit_waits;
        t.ascii_letter = true;
      }
      t.plain += b;
      ++i;
      continue;
    }
    if (spaceless(static_cast<unsigned char>(b))) break;
    size_t next = i;
    const char32_t c = next_utf8(s, next);
    if (is_mark(c)) {
      if (t.plain.empty()) break;
      t.changed = true;
    } else if (const char base = accented(c)) {
      t.plain += base;
      t.changed = t.ascii_letter = true;
    } else if (lookalike(c, false)) {
      t.plain.append(s, i, next - i);
      t.odd = true;
    } else if (c >= 0xA0 && c < 0x3000) {
      // Punctuation of these blocks ends a word as well; as a part of it, it only keeps it from being a disguise.
      if (t.plain.empty() || (c >= 0x2000 && c < 0x2C00) || c < 0xC0) break;
      t.plain.append(s, i, next - i);
      t.foreign = true;
    } else {
      break;
    }
    i = next;
  }
  t.end = i;
  return t;
}

// Letters set one by one from `i`: the places of the letters; the same separator between all of them.
size_t spaced_run(std::string_view s, size_t i, std::string& letters) {
  if (i + 6 >= s.size() || kSeparators.find(s[i + 1]) == std::string_view::npos) return i;
  const char separator = s[i + 1];
  size_t end = i;
  for (size_t k = i; k < s.size() && is_alpha(s[k]) && letters.size() < kRun; k += 2) {
    // A letter that a word goes on from does not belong.
    if (k + 1 < s.size() && (is_alnum(s[k + 1]) || static_cast<unsigned char>(s[k + 1]) >= 0x80)) break;
    letters += s[k];
    end = k + 1;
    if (k + 1 >= s.size() || s[k + 1] != separator) break;
  }
  return letters.size() >= kShortest ? end : i;
}

// Appends to `out.text` and notes what was replaced.
struct Writer {
  std::string_view in;
  std::string& text;
  std::vector<Reading::Change>& changes;
  size_t copied = 0;

  void replace(size_t from, size_t to, std::string_view with, bool disguise) {
    text.append(in, copied, from - copied);
    const auto at = static_cast<uint32_t>(text.size());
    text += with;
    changes.push_back(
        {at, static_cast<uint32_t>(text.size()), static_cast<uint32_t>(from), static_cast<uint32_t>(to), disguise});
    copied = to;
  }
  void finish() { text.append(in, copied, std::string_view::npos); }
};

uint32_t start_in(const std::vector<Reading::Change>& changes, uint32_t at) {
  const auto after = std::upper_bound(changes.begin(), changes.end(), at,
                                      [](uint32_t a, const Reading::Change& c) { return a < c.at; });
  if (after == changes.begin()) return at;
  const Reading::Change& c = *std::prev(after);
  return at < c.at_end ? c.from : c.from_end + (at - c.at_end);
}

uint32_t end_in(const std::vector<Reading::Change>& changes, uint32_t at) {
  const auto after = std::lower_bound(changes.begin(), changes.end(), at,
                                      [](const Reading::Change& c, uint32_t a) { return c.at < a; });
  if (after == changes.begin()) return at;
  const Reading::Change& c = *std::prev(after);
  return at <= c.at_end ? c.from_end : c.from_end + (at - c.at_end);
}

}  // namespace

uint32_t Reading::source_start(uint32_t at) const { return start_in(letters, start_in(spellings, at)); }
uint32_t Reading::source_end(uint32_t at) const { return end_in(letters, end_in(spellings, at)); }

bool Reading::disguised(uint32_t from, uint32_t to) const {
  from = start_in(spellings, from);
  to = end_in(spellings, to);
  auto c = std::lower_bound(letters.begin(), letters.end(), from,
                            [](const Change& change, uint32_t at) { return change.at_end <= at; });
  for (; c != letters.end() && c->at < to; ++c)
    if (c->disguise) return true;
  return false;
}

void Reader::spelling(std::string_view variant, std::string_view as) {
  Reading v;
  read_letters(normalize(variant).text, false, v);
  Reading a;
  read_letters(normalize(as).text, false, a);
  if (v.text.empty() || a.text.empty()) return;  // what is read as nothing would have no place
  spelt_.add(v.text);
  as_.push_back(std::move(a.text));
}

void Reader::word(std::string_view word) {
  if (word.empty() || !words_.emplace(word).second) return;
  size_t letters = 0;
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80) return;
    letters += is_alpha(c);
  }
  if (letters == word.size() && letters >= kShortest) looks_.try_emplace(look_of(word), word);
}

void Reader::build() { spelt_.build(); }

std::string Reader::plain(std::string_view phrase) const {
  Reading out;
  read_letters(normalize(phrase).text, false, out);
  read_spellings(out);
  return std::move(out.text);
}

Reading Reader::read(std::string_view normalized) const {
  Reading out;
  read_letters(normalized, true, out);
  read_spellings(out);
  return out;
}

std::string_view Reader::undisguised(std::string_view token) const {
  if (token.size() > kWord || words_.contains(token)) return {};
  for (const bool capital : {false, true}) {
    std::string ascii;
    for (size_t i = 0; i < token.size();) {
      const char32_t c = next_utf8(token, i);
      const char look = c < 0x80 ? static_cast<char>(c) : lookalike(c, capital);
      if (!look) return {};
      ascii += look;
    }
    if (ascii.size() < kShortest) return {};
    if (const auto it = looks_.find(look_of(ascii)); it != looks_.end()) return it->second;
  }
  return {};
}

std::string Reader::words_in(std::string_view letters) const {
  // The fewest words to each place, and the length of the last of them.
  std::vector<uint32_t> fewest(letters.size() + 1, UINT32_MAX), last(letters.size() + 1, 0);
  fewest[0] = 0;
  for (size_t to = 1; to <= letters.size(); ++to)
    for (size_t n = 1; n <= std::min(to, kLongestKnown); ++n) {
      if (fewest[to - n] == UINT32_MAX || fewest[to - n] + 1 >= fewest[to]) continue;
      if (!words_.contains(letters.substr(to - n, n))) continue;
      fewest[to] = fewest[to - n] + 1;
      last[to] = static_cast<uint32_t>(n);
    }
  if (fewest[letters.size()] == UINT32_MAX) return {};
  std::vector<std::string_view> words;
  size_t longest = 0;
  for (size_t at = letters.size(); at > 0; at -= last[at]) {
    words.push_back(letters.substr(at - last[at], last[at]));
    longest = std::max(longest, words.back().size());
  }
  if (longest < kShortest) return {};
  std::string out;
  for (size_t k = words.size(); k-- > 0;) out.append(words[k]).append(k ? " " : "");
  return out;
}

void Reader::read_letters(std::string_view in, bool disguises, Reading& out) const {
  Writer writer{in, out.text, out.letters};
  out.text.reserve(in.size() + 16);
  for (size_t i = 0; i < in.size();) {
    const auto b = static_cast<unsigned char>(in[i]);
    if (spaceless(b) || b == '-') {
      size_t end = i;
      if (disguises && i >= 3 && katakana_at(in, i - 3)) {
        const char32_t c = next_utf8(in, end);
        if (const char32_t meant = katakana_lookalike(c); meant && katakana_at(in, end)) {
          std::string kana;
          append_utf8(kana, meant);
          writer.replace(i, end, kana, true);
        }
      }
      i += b == '-' ? 1 : 3;
      continue;
    }
    if (b < 0x80 && !is_alnum(in[i]) && in[i] != '@' && in[i] != '$') {
      ++i;
      continue;
    }
    if (b < 0x80) {  // words in plain letters, which most are
      size_t end = i;
      while (end < in.size() && is_alpha(in[end])) ++end;
      const bool plain =
          end > i &&
          (end == in.size() || (static_cast<unsigned char>(in[end]) < 0x80 && !is_digit(in[end]) && !is_sign(in[end])));
      if (plain && disguises && end == i + 1) {
        std::string letters;
        if (const size_t to = spaced_run(in, i, letters); to > i) {
          if (const std::string words = words_in(letters); !words.empty()) writer.replace(i, to, words, true);
          i = to;
          continue;
        }
      }
      if (plain) {
        i = end;
        continue;
      }
    }
    const Token token = read_token(in, i);
    if (token.end == i) {
      next_utf8(in, i);
      continue;
    }
    if (disguises && token.odd && !token.foreign) {
      if (const std::string_view word = undisguised(token.plain); !word.empty()) {
        writer.replace(i, token.end, word, true);
        i = token.end;
        continue;
      }
    }
    if (token.changed) writer.replace(i, token.end, token.plain, false);
    i = token.end;
  }
  writer.finish();
}

void Reader::read_spellings(Reading& out) const {
  std::vector<Phrases::Hit> hits = spelt_.find(out.text, SIZE_MAX);
  if (hits.empty()) return;
  std::ranges::sort(hits, [](const Phrases::Hit& a, const Phrases::Hit& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.length > b.length;
  });
  const std::string before = std::move(out.text);
  out.text.clear();
  Writer writer{before, out.text, out.spellings};
  for (const Phrases::Hit& h : hits)
    if (h.offset >= writer.copied) writer.replace(h.offset, h.offset + h.length, as_[h.phrase], false);
  writer.finish();
}

}  // namespace sekisho::text
