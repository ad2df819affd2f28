// Takes a sentence in comparable form, gives its hashed features with their places. Entry: read_features. Reads no more
// than kSentenceRead bytes; refuses nothing.
#include "attack/features.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::attack {

namespace {

constexpr size_t kPhraseWords = 4, kPhraseCharacters = 12;
constexpr size_t kConceptsPaired = 14;  // of a sentence: the work stays small
constexpr float kConceptPair = 0.5f;
constexpr size_t kSchemeRead = 11;

enum class Kind : uint8_t { other, latin, kanji, katakana, hiragana };

Kind kind_of(char32_t c) {
  if (c < 0x80) return is_alnum(static_cast<char>(c)) ? Kind::latin : Kind::other;
  if (c >= 0x3041 && c <= 0x309F) return Kind::hiragana;
  if ((c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC) return Kind::katakana;
  if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005) return Kind::kanji;
  if ((c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x52F)) return Kind::latin;
  return Kind::other;
}

class Hash {
 public:
  explicit Hash(char kind) { add(static_cast<unsigned char>(kind)); }
  Hash& add(std::string_view s) {
    for (const char c : s) add(static_cast<unsigned char>(c));
    return *this;
  }
  Hash& add(uint32_t v) {
    for (int i = 0; i < 4; ++i) add(static_cast<unsigned char>(v >> (8 * i)));
    return *this;
  }
  uint32_t value(bool japanese) const {
    uint64_t v = state_ ^ (state_ >> 29);
    v *= 0xBF58476D1CE4E5B9ull;
    v ^= v >> 32;
    return (static_cast<uint32_t>(v) & ~kJapaneseBit) | (japanese ? kJapaneseBit : 0);
  }

 private:
  void add(unsigned char c) { state_ = (state_ ^ c) * 0x100000001B3ull; }
  uint64_t state_ = 0xCBF29CE484222325ull;
};

bool has_vowel(std::string_view s) { return s.find_first_of("aeiouy") != std::string_view::npos; }

void undouble(std::string& w) {
  const size_t n = w.size();
  if (n > 3 && w[n - 1] == w[n - 2] && std::string_view("lsz").find(w[n - 1]) == std::string_view::npos) w.pop_back();
}

// English endings, so that "exfiltrated", "exfiltrates" and "exfiltration" are one word.
std::string stem(std::string_view word) {
  std::string w(word);
  const auto ends = [&](std::string_view e, size_t least) { return w.size() >= least && w.ends_with(e); };
  if (ends("ies", 5)) w.resize(w.size() - 3), w += 'y';
  else if (ends("sses", 6)) w.resize(w.size() - 2);
  else if (ends("s", 4) && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is")) w.pop_back();
  if (ends("ing", 6) && has_vowel(std::string_view(w).substr(0, w.size() - 3))) w.resize(w.size() - 3), undouble(w);
  else if (ends("ed", 5) && has_vowel(std::string_view(w).substr(0, w.size() - 2))) w.resize(w.size() - 2), undouble(w);
  else if (ends("ion", 7)) w.resize(w.size() - 3);
  if (ends("e", 5)) w.pop_back();
  if (ends("y", 4)) w.back() = 'i';
  return w;
}

struct Word {
  uint32_t at, length;
  uint32_t hash;
  bool japanese, joined;  // joined: only a hyphen stands before it
};

class Reader {
 public:
  Reader(std::string_view text, const Concepts& concepts, Features& out)
      : text_(text), concepts_(concepts), out_(out) {}

  void run() {
    size_t i = 0;
    while (i < text_.size()) {
      size_t next = i;
      const Kind kind = kind_of(text::next_utf8(text_, next));
      if (kind == Kind::other) {
        hyphen_ = text_[i] == '-';
        i = next;
      } else if (kind == Kind::latin) {
        i = latin(i);
      } else {
        i = japanese(i);
      }
    }
    pairs();
    if (!concepts_.entries().empty()) find_concepts();
  }

 private:
  void emit(uint32_t hash, size_t at, size_t length, float weight = 1) {
    out_.places.push_back({hash, static_cast<uint32_t>(at), static_cast<uint32_t>(length), weight});
  }

  void word(size_t at, size_t length, uint32_t hash, bool japanese) {
    words_.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(length), hash, japanese, hyphen_});
    out_.words.push_back({words_.back().at, words_.back().length});
    hyphen_ = false;
  }

  // A URL or an address as a whole is one thing; so is a number.
  size_t latin(size_t at) {
    size_t end = at;
    const size_t scheme = text_.substr(at, kSchemeRead).find("://");
    if (scheme != std::string_view::npos && std::ranges::all_of(text_.substr(at, scheme), is_alnum)) {
      size_t stop = at;
      while (stop < text_.size() && text_[stop] != ' ' && static_cast<unsigned char>(text_[stop]) < 0x80) ++stop;
      const uint32_t h = Hash('t').add("url").value(false);
      emit(h, at, stop - at);
      word(at, stop - at, h, false);
      return stop;
    }
    bool digits = true;
    while (end < text_.size()) {
      size_t next = end;
      const char32_t c = text::next_utf8(text_, next);
      if (kind_of(c) != Kind::latin) break;
      if (c >= 0x80 || !is_digit(static_cast<char>(c))) digits = false;
      end = next;
    }
    const std::string_view spelled = text_.substr(at, end - at);
    out_.letters = out_.letters || !digits;
    const std::string s = digits && spelled.size() > 3 ? std::string("0") : stem(spelled);
    const uint32_t h = Hash('w').add(s).value(false);
    emit(h, at, spelled.size());
    word(at, spelled.size(), h, false);
    // "spear-phishing" is "spearphishing" too.
    if (words_.size() > 1 && words_.back().joined && !words_[words_.size() - 2].japanese) {
      const Word& before = words_[words_.size() - 2];
      if (before.at + before.length + 1 == at) {
        std::string whole(text_.substr(before.at, before.length));
        whole += spelled;
        emit(Hash('w').add(stem(whole)).value(false), before.at, end - before.at);
      }
    }
    return end;
  }

  size_t japanese(size_t at) {
    out_.letters = true;
    japanese_ = true;
    struct Character {
      uint32_t at, length;
      Kind kind;
    };
    std::vector<Character> run;
    size_t i = at;
    while (i < text_.size()) {
      size_t next = i;
      const Kind kind = kind_of(text::next_utf8(text_, next));
      if (kind == Kind::other || kind == Kind::latin) break;
      run.push_back({static_cast<uint32_t>(i), static_cast<uint32_t>(next - i), kind});
      i = next;
    }
    const auto bytes = [&](size_t from, size_t n) {
      return text_.substr(run[from].at, run[from + n - 1].at + run[from + n - 1].length - run[from].at);
    };
    for (size_t n = 1; n <= 3; ++n)
      for (size_t k = 0; k + n <= run.size(); ++k) {
        if (n == 1 && run[k].kind != Kind::kanji) continue;
        const std::string_view s = bytes(k, n);
        emit(Hash('j').add(s).value(true), run[k].at, s.size());
      }
    for (size_t k = 0; k < run.size();) {
      size_t e = k;
      while (e < run.size() && run[e].kind == run[k].kind) ++e;
      if (run[k].kind != Kind::hiragana) {
        const std::string_view s = bytes(k, e - k);
        const uint32_t h = Hash('k').add(s).value(true);
        if (e - k > 1) emit(h, run[k].at, s.size());
        word(run[k].at, s.size(), h, true);
      }
      k = e;
    }
    return i;
  }

  void pairs() {
    for (size_t k = 0; k + 1 < words_.size(); ++k) {
      const Word &a = words_[k], &b = words_[k + 1];
      emit(Hash('p').add(a.hash).add(b.hash).value(a.japanese || b.japanese), a.at, b.at + b.length - a.at);
    }
  }

  struct Found {
    uint32_t index, at, length;
  };

  void found(uint32_t hash, size_t at, size_t length) {
    for (const Concepts::Entry& e : concepts_.find(hash))
      if (std::ranges::find(found_, e.index, &Found::index) == found_.end())
        found_.push_back({e.index, static_cast<uint32_t>(at), static_cast<uint32_t>(length)});
  }

  void find_concepts() {
    for (size_t k = 0; k < words_.size(); ++k) {
      Hash h('E');
      for (size_t n = 0; n < kPhraseWords && k + n < words_.size(); ++n) {
        h.add(words_[k + n].hash);
        found(h.value(false), words_[k].at, words_[k + n].at + words_[k + n].length - words_[k].at);
      }
    }
    if (japanese_) {
      for (size_t i = 0; i < text_.size();) {
        Hash h('J');
        size_t end = i, step = 0;
        for (size_t n = 0; n < kPhraseCharacters && end < text_.size(); ++n) {
          const size_t from = end;
          if (text::next_utf8(text_, end) == ' ') break;
          h.add(text_.substr(from, end - from));
          if (n == 0) step = end - i;
          found(h.value(true), i, end - i);
        }
        i += step ? step : 1;
      }
    }
    for (size_t i = 0; i < found_.size(); ++i) {
      const Found& a = found_[i];
      emit(Hash('C').add(a.index).value(false), a.at, a.length);
      if (i < kConceptsPaired)
        for (size_t j = 0; j < i; ++j) {
          const Found& b = found_[j];
          const uint32_t from = std::min(a.at, b.at), to = std::max(a.at + a.length, b.at + b.length);
          emit(Hash('D').add(std::min(a.index, b.index)).add(std::max(a.index, b.index)).value(false), from, to - from,
               kConceptPair);
        }
    }
  }

  std::string_view text_;
  const Concepts& concepts_;
  Features& out_;
  std::vector<Found> found_;
  bool japanese_ = false;
  std::vector<Word> words_;
  bool hyphen_ = false;
};

}  // namespace

Concepts::Concepts(std::vector<Entry> entries) : entries_(std::move(entries)) {
  std::ranges::sort(entries_, {}, [](const Entry& e) { return std::pair(e.hash, e.index); });
}

std::span<const Concepts::Entry> Concepts::find(uint32_t hash) const {
  const auto [from, to] = std::ranges::equal_range(entries_, hash, {}, &Entry::hash);
  return {from, to};
}

void Concepts::add_english(std::string_view phrase, uint32_t index, std::vector<Entry>& out) {
  Hash h('E');
  size_t words = 0;
  for (const std::string_view word : split(phrase, ' '))
    if (!word.empty()) h.add(Hash('w').add(stem(word)).value(false)), ++words;
  if (words > 0 && words <= kPhraseWords) out.push_back({h.value(false), index});
}

void Concepts::add_japanese(std::string_view phrase, uint32_t index, std::vector<Entry>& out) {
  Hash h('J');
  size_t characters = 0;
  for (size_t i = 0; i < phrase.size(); ++characters) {
    const size_t from = i;
    text::next_utf8(phrase, i);
    h.add(phrase.substr(from, i - from));
  }
  if (characters > 0 && characters <= kPhraseCharacters) out.push_back({h.value(true), index});
}

void read_features(std::string_view comparable, const Concepts& concepts, Features& out) {
  out.places.clear();
  out.words.clear();
  out.letters = false;
  out.text = utf8_prefix(comparable, kSentenceRead);
  Reader(out.text, concepts, out).run();
  std::ranges::sort(out.places, {}, [](const Features::Place& p) { return std::pair(p.hash, p.at); });
  size_t kept = 0;
  for (size_t i = 0; i < out.places.size();) {
    size_t end = i;
    while (end < out.places.size() && out.places[end].hash == out.places[i].hash) ++end;
    Features::Place p = out.places[i];
    p.weight *= 1 + std::log(static_cast<float>(end - i));
    out.places[kept++] = p;
    i = end;
  }
  out.places.resize(kept);
}

}  // namespace sekisho::attack
