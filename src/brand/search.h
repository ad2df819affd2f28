// Where a host's text holds or nearly holds a token. Inside brand/ only.
#pragma once

#include <array>
#include <cstdint>

#include "brand/edits.h"
#include "brand/features.h"
#include "brand/host_text.h"
#include "brand/index.h"

namespace sekisho::brand {

struct Candidate {
  uint32_t token;
  uint8_t begin, end;  // in the text
  Operator how;        // whole: equal, but not yet looked at what stands around it
  Edit edit;
};

struct Found {
  static constexpr size_t kMost = 24;  // of the pieces, those at the end first; a host that holds more is odd enough
  uint8_t count = 0;
  bool registry = false;
  std::array<Candidate, kMost> candidates;
  std::array<uint8_t, HostText::kMostPieces> words;  // kinds of each piece
  void add(const Candidate& c);
};

void search(const HostText& host, const TokenIndex& index, Found& out);

}  // namespace sekisho::brand
