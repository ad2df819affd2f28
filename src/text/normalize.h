// The form in which text is compared: NFKC, full case folding, zero-width and bidi controls, tags and soft hyphens
// dropped, every run of white space one space, katakana kept (half-width becomes full), curly quotes and dashes
// straight, control characters dropped, so that "ＭＡＳＴＥＲ　Ｐａｓｓ\u200bｗord" equals "master password". A map
// leads each byte back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::text {

struct Normalized {
  std::string text;  // UTF-8
  // Where each piece came from, ascending by `at`; between two marks the offset grows byte by byte. Empty means
  // identity.
  struct Mark {
    uint32_t at;    // byte offset in `text`
    uint32_t from;  // byte offset in the source
  };
  std::vector<Mark> marks;
  uint32_t dropped = 0;  // invisible characters removed (zero width, bidi, tags): evasion is itself a fact
  uint32_t inside_words =
      0;  // those of them between two letters or digits: honest mail has invisible padding, but not there

  // Byte in `text` → byte in the source. The first byte of a character leads to where the source character (or the base
  // letter with its marks) begins that made it; text.size() leads to the end of the source. O(log marks).
  uint32_t source_offset(uint32_t at) const;
};

// ASCII runs never reach ICU. Input longer than 4 GiB is cut. Thread-safe.
Normalized normalize(std::string_view utf8);

// UTS #39 skeleton (ICU confusables) of a lower-cased name, with digits and multi-letter look-alikes folded too
// (0→o, 1→l, 3→e, 4→a, 5→s, 8→b; rn→m, vv→w, cl→d; accents dropped): two names that look alike have equal skeletons.
// For comparison only, never shown.
std::string skeleton(std::string_view utf8);

// Scripts used by the letters of a text ("Latn", "Cyrl" … ISO 15924 codes, sorted, Common and Inherited left out).
std::vector<std::string> scripts(std::string_view utf8);

// Share of letters that are Japanese (Hiragana, Katakana, Han with any kana present), 0…1.
double japanese_share(std::string_view utf8);

// Columns a terminal needs (East Asian wide = 2, combining = 0).
size_t display_width(std::string_view utf8);

}  // namespace sekisho::text
