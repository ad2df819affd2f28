// How a text was made from a token: the operators that attackers apply to a name. Pure functions on folded ASCII.
// Inside brand/ only.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::brand {

enum class Edit : uint8_t {  // the smallest one that makes the text from the token
  none,                      // equal
  transposition,             // two neighbours changed places
  doubled,                   // a letter twice, or a double one once
  vowel,                     // a vowel for another
  look,                      // a letter for one that looks alike
  keyboard,                  // a letter for its neighbour on a keyboard
  bit_flip,                  // one bit of a byte
  omission,
  insertion,
  substitution,
  farther,  // more than one of these
};
std::string_view edit_name(Edit e);

// Distance one or less (insert, delete, replace, swap of neighbours), else Edit::farther. O(length).
Edit edit_between(std::string_view token, std::string_view text);

// Distance with swaps of neighbours (optimal string alignment), at most `most`: above it most + 1. Of texts up to 64
// bytes; longer ones are most + 1 apart.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned most);

// The letters of the token in another order, with a few more or less: the first letter the same, the lengths within
// 0.75 to 1.5, at most one in eight of the token's letters missing.
bool is_scramble(std::string_view token, std::string_view text);
// The longest common subsequence as a share of the token's length, 0 to 1.
double order_kept(std::string_view token, std::string_view text);
size_t common_subsequence(std::string_view a, std::string_view b);  // its length; 0 where a or b is above 64 bytes

}  // namespace sekisho::brand
