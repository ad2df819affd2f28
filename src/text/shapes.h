// What letters look like, whatever the language: words that nobody would have made, capitals, symbols, letters in
// disguise. Counts only; what is too many is for rules to say. No state; thread-safe; linear.
#pragma once

#include <cstddef>
#include <string_view>

namespace sekisho::text {

// The first run of at least `shortest` ASCII letters and digits that changes at least four times between letter and
// digit or from a small letter to a capital ("4q1sVqWetH7ci"); "" if there is none. A view into `s`.
std::string_view random_token(std::string_view s, size_t shortest = 7);

// Whole words only: "taro" is not in "guitaro". Both in the same case.
bool has_word(std::string_view text, std::string_view word);

struct Shape {
  size_t letters = 0;             // cased ones: Latin, Greek, Cyrillic …
  size_t capitals = 0;            // of those
  size_t symbols = 0;             // emoji, pictures, arrows, boxes
  size_t disguised = 0;           // mathematical and enclosed letters; not full-width ones, which Japanese mail has
  size_t wide = 0;                // full-width Latin letters and digits
  size_t marks = 0;               // ASCII punctuation that names rarely have: [ ] { } # | ! _ * < > = ~ ^ \ %
  size_t longest_digits = 0;      // ASCII digits in a row
  size_t longest_consonants = 0;  // ASCII letters in a row without a, e, i, o, u or y
};
Shape shape(std::string_view utf8);

}  // namespace sekisho::text
