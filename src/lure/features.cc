// Takes a document, gives its hashed features with the places they stand at. Entry: read_features. Refuses nothing.
#include "lure/features.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "base/strings.h"

namespace sekisho::lure {
namespace {

constexpr size_t kLongestWord = 24, kMostTerms = 6000, kMostAbsent = 40;
constexpr uint64_t kPrime = 0x9E3779B97F4A7C15U;

enum class Kind : uint8_t { none, letter, ideograph };

// A letter of a script with spaces, one of a script without (kana, kanji; each a term of its own), or neither.
Kind kind_at(std::string_view s, size_t i, size_t& length) {
  const auto c = static_cast<unsigned char>(s[i]);
  length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  length = std::min(length, s.size() - i);
  if (c < 0x80) return is_alnum(s[i]) ? Kind::letter : Kind::none;
  if (c < 0xC3) return Kind::none;  // signs of Latin-1
  if (c < 0xE0) return Kind::letter;
  if (c == 0xE2) return Kind::none;  // punctuation, arrows, signs
  if (c == 0xE3 && i + 2 < s.size() && static_cast<unsigned char>(s[i + 1]) == 0x80) return Kind::none;  // 、。「」
  return c < 0xE3 ? Kind::letter : Kind::ideograph;
}

// Reads a run of letters from s[i] on into `word`, each run of digits as one 0; gives where it ends.
size_t read_word(std::string_view s, size_t i, std::string& word) {
  word.clear();
  for (size_t n = 0; i < s.size() && kind_at(s, i, n) == Kind::letter; i += n) {
    if (!is_digit(s[i])) word.append(s, i, n);
    else if (!word.ends_with('0')) word += '0';
  }
  return i;
}

std::vector<std::string> words_of(std::span<const std::string> texts) {
  std::vector<std::string> out;
  std::string word;
  for (const std::string& text : texts)
    for (size_t i = 0, n = 0; i < text.size() && out.size() < kMostAbsent;) {
      if (kind_at(text, i, n) != Kind::letter) {
        i += n;
        continue;
      }
      i = read_word(text, i, word);
      if (word.size() >= 2) out.push_back(word);
    }
  return out;
}

struct Reader {
  Features& out;
  std::bitset<kBuckets>& seen;
  std::vector<std::string> absent;

  void put(uint64_t hash, size_t terms) {
    const auto bucket = static_cast<uint32_t>((hash ^ hash >> 29) * kPrime >> (64 - kBucketBits));
    if (seen[bucket]) return;
    seen[bucket] = true;
    out.features.push_back({bucket, static_cast<uint16_t>(out.terms.size() - 1), static_cast<uint8_t>(terms)});
  }
  static uint64_t hash(std::string_view s, uint64_t from) {
    uint64_t h = from;
    for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return h;
  }

  void text(std::string_view s, bool subject) {
    uint64_t before = 0, before_ideograph = 0, before_that = 0;
    std::string word;
    for (size_t i = 0; i < s.size() && out.terms.size() < kMostTerms;) {
      size_t length = 0;
      const Kind kind = kind_at(s, i, length);
      if (kind == Kind::none) {
        if (s[i] != ' ') before = 0;  // a pair of words does not reach over punctuation
        before_ideograph = before_that = 0;
        i += length;
        continue;
      }
      if (kind == Kind::ideograph) {
        out.terms.push_back({subject, static_cast<uint32_t>(i), static_cast<uint32_t>(length)});
        const uint64_t one = hash(s.substr(i, length), 11);
        if (before_ideograph != 0) both(hash(s.substr(i, length), before_ideograph), 2, subject);
        if (before_that != 0) both(hash(s.substr(i, length), before_that), 3, subject);
        before_that = before_ideograph != 0 ? hash(s.substr(i, length), before_ideograph) : 0;
        before_ideograph = one;
        before = 0;
        i += length;
        continue;
      }
      before_ideograph = before_that = 0;
      // A run of letters; with "@" or "://" in what hangs together with it, an address or a URL.
      bool address = false, url = false;
      const size_t whole = std::min(s.find(' ', i), s.size());
      size_t end = read_word(s, i, word);
      const std::string_view rest = s.substr(end, whole - end);
      if (rest.starts_with("://") || (word == "www" && rest.starts_with('.'))) url = true;
      for (size_t k = end; k < whole && !url && !address; ++k) {
        if (s[k] == '@') address = true;
        if (!is_alnum(s[k]) && s[k] != '.' && s[k] != '_' && s[k] != '-' && s[k] != '+') break;
      }
      if (url || address) {
        word = url ? "://" : "@";
        end = whole;
        // Where no space follows (Japanese text), an address ends with its last ASCII byte.
        for (size_t k = i; k < whole; ++k)
          if (static_cast<unsigned char>(s[k]) >= 0x80) {
            end = std::max(k, i + 1);
            break;
          }
      }
      const size_t begin = i;
      i = end;
      if (std::ranges::find(absent, word) != absent.end()) {
        before = 0;
        continue;
      }
      if (word.size() > kLongestWord) word.resize(kLongestWord);
      out.terms.push_back({subject, static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)});
      const uint64_t one = hash(word, 1);
      both(one, 1, subject);
      if (before != 0) both(before * 31 + one, 2, subject);
      before = one;
      if (word.size() >= 3) {
        word.insert(0, 1, '^');
        word += '$';
        for (size_t k = 0; k + 4 <= word.size(); ++k) put(hash(std::string_view(word).substr(k, 4), 7), 1);
      }
    }
  }
  // What stands in the subject counts as such, and as a word.
  void both(uint64_t h, size_t terms, bool subject) {
    put(h, terms);
    if (subject) put(h * 5 + 3, terms);
  }
};

}  // namespace

std::string_view bare_subject(std::string_view s) {
  for (;;) {
    while (s.starts_with(' ')) s.remove_prefix(1);
    if (s.starts_with('[')) {
      const size_t close = s.find(']');
      if (close == std::string_view::npos || close > 40) return s;
      s.remove_prefix(close + 1);
      continue;
    }
    const size_t colon = s.find(':');
    if (colon == std::string_view::npos || colon > 4 || colon == 0) return s;
    for (const char c : s.substr(0, colon))
      if (!is_alpha(c)) return s;
    s.remove_prefix(colon + 1);
  }
}

void read_features(const Document& document, Features& out) {
  static thread_local std::bitset<kBuckets> seen;
  out.terms.clear();
  out.features.clear();
  Reader reader{out, seen, words_of(document.absent)};
  reader.text(utf8_prefix(bare_subject(document.subject), 512), true);
  // Places count from the subject's beginning.
  const auto cut = static_cast<uint32_t>(document.subject.size() - bare_subject(document.subject).size());
  for (Features::Term& t : out.terms) t.offset += cut;
  reader.text(utf8_prefix(document.text, kTextRead), false);
  for (const std::string& token : document.shape) {
    out.terms.push_back({});
    reader.put(Reader::hash(token, 3), 1);
  }
  for (const Features::Feature& f : out.features) seen[f.bucket] = false;
}

}  // namespace sekisho::lure
