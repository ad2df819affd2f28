// What the model sees of a sentence: its words by their stems, pairs of words, of Japanese up to three characters in a
// row and whole runs of kanji or katakana, the concepts that its words stand for and pairs of these, all hashed. A URL
// or a long number is a kind of thing, not itself.
// Internal to attack/, and for `sekisho attack train`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::attack {

inline constexpr size_t kSentenceRead = 4 << 10;  // bytes; the rest of a longer one is not read
inline constexpr uint32_t kJapaneseBit = 1u << 31;

struct Features {
  struct Place {
    uint32_t hash;        // kJapaneseBit: of the Japanese part
    uint32_t at, length;  // bytes of `text` where it stands first
    float weight;         // grows with the logarithm of how often it stands there
  };
  struct Span {
    uint32_t at, length;  // bytes of `text`
  };
  std::string text;           // the sentence in comparable form (text/normalize.h)
  std::vector<Span> words;    // of spaces, and runs of kanji or katakana; in order
  std::vector<Place> places;  // by hash, no hash twice
  bool letters = false;       // anything that can be read
};

// Words of either language that mean the same thing, so that what was learned of one word counts for the others
// (content/attack/concepts.toml, kept in the model's file). Immutable once made.
class Concepts {
 public:
  struct Entry {
    uint32_t hash;
    uint32_t index;
  };
  Concepts() = default;
  explicit Concepts(std::vector<Entry> entries);  // sorts them
  // Phrases of English words (by their stems) and of Japanese characters, in comparable form.
  static void add_english(std::string_view phrase, uint32_t index, std::vector<Entry>& out);
  static void add_japanese(std::string_view phrase, uint32_t index, std::vector<Entry>& out);
  std::span<const Entry> entries() const { return entries_; }
  std::span<const Entry> find(uint32_t hash) const;

 private:
  std::vector<Entry> entries_;  // by hash
};

// `out` is filled anew. O(sentence). Thread-safe.
void read_features(std::string_view comparable, const Concepts& concepts, Features& out);

}  // namespace sekisho::attack
