// A host name made ready to be searched: lower case, without its public suffix, look-alike characters folded,
// separators out of the way but remembered. Inside brand/ only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/host.h"
#include "net/label_table.h"

namespace sekisho::brand {

// A polynomial over the bytes of a text, modulo 2^64: that of any part follows from two of its beginnings, and that of
// a part with one byte left out from four.
constexpr uint64_t kHashBase = 0x9E3779B97F4A7C15U;
const std::array<uint64_t, 260>& hash_powers();
uint64_t text_hash(std::string_view text);
inline uint64_t spread(uint64_t hash) { return hash * 0xD6E8FEB86659FD93U; }  // the upper bits are good ones

struct Piece {          // a run between "." and "-"
  uint8_t begin, end;   // in the text
  uint8_t first, last;  // the same without digits at its ends
  uint8_t host;         // where it begins in the host
  uint8_t label;        // from the left; HostText::labels: the registrable one
};

// Everything in it is only as long as `size`, `pieces_count` say; the rest is not initialised.
struct HostText {
  enum class State : uint8_t { name, empty, address, too_long, malformed };
  static constexpr size_t kMost = 253, kMostPieces = 127;

  State state;
  bool idn, mixed_scripts, private_suffix, listed;
  std::array<bool, 128> idn_labels;        // where idn: which labels were read by what they look like
  uint8_t host_size, suffix, registrable;  // bytes; of the last two: at the host's end
  uint8_t labels;                          // before the registrable domain
  uint8_t size, pieces_count;
  std::array<char, kMost + 11> host;     // lower case
  std::array<char, kMost + 11> text;     // folded, no separators, no public suffix
  std::array<uint64_t, kMost + 3> sums;  // hashes of the text's beginnings
  std::array<Piece, kMostPieces> pieces;
  std::array<uint8_t, kMost + 3> from, to;  // text → host, where a letter begins and ends: only after trace()

  std::string_view host_view() const { return {host.data(), host_size}; }
  std::string_view view() const { return {text.data(), size}; }
  void leave_out(size_t from);  // the host's pieces from this byte on
  void trace();                 // fills `from` and `to`
  // Whether a piece begins, or the text ends, here.
  bool at_edge(size_t i) const {
    if (i == size) return true;
    for (size_t p = 0; p < pieces_count && pieces[p].begin <= i; ++p)
      if (pieces[p].begin == i) return true;
    return false;
  }
  uint64_t hash(size_t begin, size_t end) const { return sums[end] - sums[begin] * hash_powers()[end - begin]; }
};

// Fills `out`, of a name also `endings` (of out.host). host: as it stands in a URL, a log or a certificate; a final dot
// and upper case are forgiven, Punycode and UTF-8 are read as a person would see them.
void read_host(std::string_view host, const net::PublicSuffixes& suffixes, HostText& out,
               std::optional<net::LabelEndings>& endings);
void read_words(std::string_view normalized, HostText& out);  // a display name, a path: words are pieces of one label

// A token or word as it would stand in HostText::text.
std::string folded(std::string_view text);

}  // namespace sekisho::brand
