// A host name made ready to be searched: lower case, without its public suffix, look-alike characters folded,
// separators out of the way but remembered. Inside brand/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/host.h"

namespace sekisho::brand {

// A polynomial over the bytes of a text, modulo 2^64: that of any part follows from two of its beginnings, and that of
// a part with one byte left out from four.
constexpr uint64_t kHashBase = 0x9E3779B97F4A7C15U;
const std::array<uint64_t, 260>& hash_powers();
uint64_t text_hash(std::string_view text);
inline uint64_t spread(uint64_t hash) { return hash * 0xD6E8FEB86659FD93U; }  // the upper bits are good ones

struct Piece {                  // a run between "." and "-"
  uint8_t begin = 0, end = 0;   // in the text
  uint8_t first = 0, last = 0;  // the same without digits at its ends
  uint8_t label = 0;            // from the left; HostText::labels: the registrable one
};

// Everything in it is only as long as `size`, `pieces_count` say; the rest is not initialised.
struct HostText {
  enum class State : uint8_t { name, empty, address, too_long, malformed };
  static constexpr size_t kMost = 253, kMostPieces = 48;

  State state = State::empty;
  bool idn = false, mixed_scripts = false;
  uint8_t host_size = 0, suffix = 0, registrable = 0;  // bytes; of the last two: at the host's end
  bool private_suffix = false, listed = false;
  uint8_t labels = 0;  // before the registrable domain
  uint8_t size = 0, pieces_count = 0;
  std::array<char, kMost + 11> host;     // lower case
  std::array<char, kMost + 11> text;     // folded, no separators, no public suffix
  std::array<uint8_t, kMost + 3> from;   // text → host
  std::array<uint8_t, kMost + 3> edge;   // what stands before: 0 nothing, 1 "-", 2 "."; of the end 2
  std::array<uint64_t, kMost + 3> sums;  // hashes of the beginnings
  std::array<Piece, kMostPieces> pieces;

  std::string_view host_view() const { return {host.data(), host_size}; }
  std::string_view view() const { return {text.data(), size}; }
  uint64_t hash(size_t begin, size_t end) const { return sums[end] - sums[begin] * hash_powers()[end - begin]; }
};

// Fills `out`. host: as it stands in a URL, a log or a certificate; a final dot and upper case are forgiven, Punycode
// and UTF-8 are read as a person would see them.
void read_host(std::string_view host, const net::PublicSuffixes& suffixes, HostText& out);
void read_words(std::string_view normalized, HostText& out);  // a display name, a path: words are pieces of one label

// A token or word as it would stand in HostText::text.
std::string folded(std::string_view text);

}  // namespace sekisho::brand
