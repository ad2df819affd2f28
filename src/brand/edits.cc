// Takes two short texts, gives how one was made from the other. Entries: edit_between, edit_distance, is_scramble,
// order_kept. Refuses nothing: what is too long is far.
#include "brand/edits.h"

#include <algorithm>
#include <array>
#include <bit>

namespace sekisho::brand {
namespace {

constexpr size_t kMost = 64;

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool look_alike(char a, char b) {
  constexpr std::string_view kGroups[] = {"il1jt7", "o0cqe", "uvy", "gq9", "nhm", "sz25", "b86", "wv", "ft", "dcb"};
  return std::ranges::any_of(kGroups, [&](std::string_view g) {
    return g.find(a) != std::string_view::npos && g.find(b) != std::string_view::npos;
  });
}

bool neighbours(char a, char b) {
  constexpr std::string_view kRows[] = {"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"};
  const auto place = [&](char c) {
    for (int r = 0; r < 4; ++r)
      if (const size_t at = kRows[static_cast<size_t>(r)].find(c); at != std::string_view::npos)
        return std::pair(r, static_cast<int>(at));
    return std::pair(-9, -9);
  };
  const auto [row, column] = place(a);
  const auto [other_row, other_column] = place(b);
  const int down = other_row - row, across = other_column - column;
  // Rows stand half a key further right each.
  return row >= 0 && other_row >= 0 &&
         ((down == 0 && std::abs(across) == 1) || (down == 1 && (across == 0 || across == -1)) ||
          (down == -1 && (across == 0 || across == 1)));
}

Edit kind_of_swap_in(char from, char to) {
  if (is_vowel(from) && is_vowel(to)) return Edit::vowel;
  if (look_alike(from, to)) return Edit::look;
  if (neighbours(from, to)) return Edit::keyboard;
  const int bits = from ^ to;
  if ((bits & (bits - 1)) == 0) return Edit::bit_flip;
  return Edit::substitution;
}

}  // namespace

std::string_view edit_name(Edit e) {
  constexpr std::array<std::string_view, 11> kNames = {"equal",     "transposition", "doubled",  "vowel",
                                                       "look",      "keyboard",      "bit_flip", "omission",
                                                       "insertion", "substitution",  "farther"};
  return kNames[static_cast<size_t>(e)];
}

Edit edit_between(std::string_view token, std::string_view text) {
  const size_t n = token.size(), m = text.size();
  if (n > m + 1 || m > n + 1) return Edit::farther;
  size_t i = 0;
  while (i < n && i < m && token[i] == text[i]) ++i;
  if (n == m) {
    if (i == n) return Edit::none;
    if (token.substr(i + 1) == text.substr(i + 1)) return kind_of_swap_in(token[i], text[i]);
    if (i + 1 < n && token[i] == text[i + 1] && token[i + 1] == text[i] && token.substr(i + 2) == text.substr(i + 2))
      return Edit::transposition;
    return Edit::farther;
  }
  const std::string_view longer = n > m ? token : text, shorter = n > m ? text : token;
  if (longer.substr(i + 1) != shorter.substr(i)) return Edit::farther;
  if (i > 0 && longer[i] == longer[i - 1]) return Edit::doubled;
  return n > m ? Edit::omission : Edit::insertion;
}

unsigned edit_distance(std::string_view a, std::string_view b, unsigned most) {
  if (a.size() > kMost || b.size() > kMost) return most + 1;
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::array<std::array<uint8_t, kMost + 1>, 3> rows;
  auto *two = &rows[0], *one = &rows[1], *now = &rows[2];
  for (size_t j = 0; j <= b.size(); ++j) (*one)[j] = static_cast<uint8_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    (*now)[0] = static_cast<uint8_t>(i);
    unsigned best = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      unsigned d = std::min({static_cast<unsigned>((*one)[j]) + 1, static_cast<unsigned>((*now)[j - 1]) + 1,
                             static_cast<unsigned>((*one)[j - 1]) + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d = std::min(d, static_cast<unsigned>((*two)[j - 2]) + 1);
      (*now)[j] = static_cast<uint8_t>(d);
      best = std::min(best, d);
    }
    if (best > most) return most + 1;
    std::swap(two, one);
    std::swap(one, now);
  }
  return std::min<unsigned>((*one)[b.size()], most + 1);
}

bool is_scramble(std::string_view token, std::string_view text) {
  if (token.empty() || text.empty() || token[0] != text[0]) return false;
  if (text.size() * 4 < token.size() * 3 || text.size() * 2 > token.size() * 3) return false;
  std::array<int8_t, 256> left{};
  for (const char c : text) ++left[static_cast<unsigned char>(c)];
  size_t missing = 0;
  for (const char c : token) missing += left[static_cast<unsigned char>(c)]-- <= 0;
  return missing * 8 <= token.size();
}

double order_kept(std::string_view token, std::string_view text) {
  return token.empty() ? 0 : static_cast<double>(common_subsequence(token, text)) / static_cast<double>(token.size());
}

// Bit-parallel (Hyyrö 2004): a bit for each letter of `a`, a step for each of `b`.
size_t common_subsequence(std::string_view a, std::string_view b) {
  if (a.size() > kMost || b.size() > kMost || a.empty()) return 0;
  std::array<uint64_t, 256> places{};
  for (size_t i = 0; i < a.size(); ++i) places[static_cast<unsigned char>(a[i])] |= uint64_t{1} << i;
  uint64_t rows = ~uint64_t{0};
  for (const char c : b) {
    const uint64_t same = rows & places[static_cast<unsigned char>(c)];
    rows = (rows + same) | (rows - same);
  }
  const uint64_t used = a.size() == 64 ? ~uint64_t{0} : (uint64_t{1} << a.size()) - 1;
  return static_cast<size_t>(std::popcount(~rows & used));
}

}  // namespace sekisho::brand
