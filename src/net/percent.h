// What each byte means to the URL Standard: which percent-encode sets hold it, and which hosts it is forbidden in.
// Used inside net/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::net {

// Bits of kByteClass. The first seven are percent-encode sets, where bytes over 0x7E are in each.
enum ByteClass : uint16_t {
  kC0Set = 1 << 0,
  kFragmentSet = 1 << 1,
  kQuerySet = 1 << 2,
  kSpecialQuerySet = 1 << 3,
  kPathSet = 1 << 4,
  kUserinfoSet = 1 << 5,
  kForbiddenHost = 1 << 6,
  kForbiddenDomain = 1 << 7,
  kEndsPath = 1 << 8,       // ? #
  kEndsAuthority = 1 << 9,  // / ? #
  kSchemeByte = 1 << 10,    // letter, digit, + - .
  kDropped = 1 << 11,       // tab, line feed, carriage return: removed wherever they stand
};

constexpr std::array<uint16_t, 256> make_byte_classes() {
  std::array<uint16_t, 256> t{};
  const auto mark = [&t](std::string_view bytes, unsigned bits) {
    for (char c : bytes) t[static_cast<unsigned char>(c)] |= static_cast<uint16_t>(bits);
  };
  const unsigned every_set = kC0Set | kFragmentSet | kQuerySet | kSpecialQuerySet | kPathSet | kUserinfoSet;
  for (unsigned c = 0; c < 256; ++c)
    if (c < 0x20 || c > 0x7e) t[c] |= static_cast<uint16_t>(every_set);
  for (unsigned c = 0; c < 0x20; ++c) t[c] |= kForbiddenDomain;
  t[0x7f] |= kForbiddenDomain;
  mark("%", kForbiddenDomain);
  mark(std::string_view("\0\t\n\r #/:<>?@[\\]^|", 17), kForbiddenHost | kForbiddenDomain);
  mark(" \"<>", kFragmentSet | kQuerySet | kSpecialQuerySet | kPathSet | kUserinfoSet);
  mark("`", kFragmentSet | kPathSet | kUserinfoSet);
  mark("#", kQuerySet | kSpecialQuerySet | kPathSet | kUserinfoSet);
  mark("'", kSpecialQuerySet);
  mark("?^{}", kPathSet | kUserinfoSet);
  mark("/:;=@[\\]|", kUserinfoSet);
  mark("?#", kEndsPath | kEndsAuthority);
  mark("/", kEndsAuthority);
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.", kSchemeByte);
  mark("\t\n\r", kDropped);
  return t;
}

inline constexpr std::array<uint16_t, 256> kByteClass = make_byte_classes();

inline bool byte_in(char c, unsigned classes) { return kByteClass[static_cast<unsigned char>(c)] & classes; }

// Position of the first byte at or after `from` that is in one of the classes; s.size() if there is none.
inline size_t find_class(std::string_view s, unsigned classes, size_t from = 0) {
  while (from < s.size() && !byte_in(s[from], classes)) ++from;
  return from;
}

// Append s, with the bytes of one percent-encode set as %XX.
void append_encoded(std::string& out, std::string_view s, unsigned set);

}  // namespace sekisho::net
