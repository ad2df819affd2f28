// Takes base64 text, gives bytes, and back. Entries: decode_base64, encode_base64. Refuses nothing.
#include "base/base64.h"

#include <algorithm>
#include <array>

namespace sekisho {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> make_table() {
  std::array<int8_t, 256> table{};
  for (auto& entry : table) entry = -1;
  for (size_t i = 0; i < kAlphabet.size(); ++i)
    table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<int8_t>(i);
  table['-'] = 62, table['_'] = 63;  // the URL-safe alphabet, which some mailers use
  return table;
}
constexpr std::array<int8_t, 256> kValues = make_table();

}  // namespace

std::string decode_base64(std::string_view text, size_t most) {
  std::string out;
  out.resize(std::min(text.size() / 4 * 3 + 3, most < SIZE_MAX - 8 ? most + 8 : most));
  char* to = out.data();
  const char* const full = most < out.size() ? to + most : to + out.size();
  const auto value_of = [](char c) { return static_cast<int32_t>(kValues[static_cast<unsigned char>(c)]); };
  uint32_t bits = 0;
  int count = 0;
  size_t i = 0;
  while (i < text.size() && to < full) {
    if (count == 0 && i + 4 <= text.size()) {  // whole groups inside a line
      const int32_t group =
          value_of(text[i]) << 18 | value_of(text[i + 1]) << 12 | value_of(text[i + 2]) << 6 | value_of(text[i + 3]);
      if (group >= 0) {
        if (full - to < 3) break;
        to[0] = static_cast<char>(group >> 16), to[1] = static_cast<char>(group >> 8), to[2] = static_cast<char>(group);
        to += 3, i += 4;
        continue;
      }
    }
    const char c = text[i++];
    if (c == '=') {  // a group ends early
      if (count >= 2) *to++ = static_cast<char>(bits >> (count == 2 ? 4 : 10));
      if (count == 3 && to < full) *to++ = static_cast<char>(bits >> 2);
      bits = 0, count = 0;
      continue;
    }
    const int32_t value = value_of(c);
    if (value < 0) continue;
    bits = bits << 6 | static_cast<uint32_t>(value);
    if (++count == 4) {
      if (full - to < 3) break;
      to[0] = static_cast<char>(bits >> 16), to[1] = static_cast<char>(bits >> 8), to[2] = static_cast<char>(bits);
      to += 3;
      bits = 0, count = 0;
    }
  }
  if (i >= text.size() && to < full && count >= 2 && count < 4) {
    *to++ = static_cast<char>(bits >> (count == 2 ? 4 : 10));
    if (count == 3 && to < full) *to++ = static_cast<char>(bits >> 2);
  }
  out.resize(static_cast<size_t>(to - out.data()));
  return out;
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t k) -> uint32_t { return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0; };
    const uint32_t three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kAlphabet[three >> 18];
    out += kAlphabet[three >> 12 & 63];
    out += i + 1 < bytes.size() ? kAlphabet[three >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[three & 63] : '=';
  }
  return out;
}

}  // namespace sekisho
