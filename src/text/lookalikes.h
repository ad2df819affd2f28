// Which Latin letter a single character is or looks like. Thread-safe; the tables are made when first asked for.
#pragma once

namespace sekisho::text {

// The base letter of a lower-case Latin letter with marks ("é" → 'e', "ł" → 'l'); 0 for all else, ASCII too.
char accented(char32_t c);

// The ASCII letter that a lower-case letter or sign of another alphabet looks like, as it is or as a capital ("а" →
// 'a', "в" → 'b', "ʀ" → 'r'); 0 for those that look like none. In `as_capital` the look of the capital goes first: "ν"
// is 'n' then, not 'v'.
char lookalike(char32_t c, bool as_capital);

// The katakana that an ideograph, a hiragana or a dash looks like ("力" → 'カ', "へ" → 'ヘ'); 0 for all others. Means
// something only between two katakana.
char32_t katakana_lookalike(char32_t c);

// A mark that stands on, under or through the letter before it.
bool is_mark(char32_t c);

// Mathematical, circled and squared letters: text that is set so looks bold or framed and is read by no machine before
// it is normalised.
bool is_styled_letter(char32_t c);

}  // namespace sekisho::text
