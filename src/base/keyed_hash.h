// A hash under a secret key (SipHash-1-3, 128 bits): whoever writes events cannot make their keys collide. Values that
// have the same digest are taken to be the same value.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho {

struct Digest {
  uint64_t low = 0, high = 0;
  bool operator==(const Digest&) const = default;
};

// Under the key of this process, drawn at its first use: it orders nothing and goes into no file.
Digest keyed_hash(std::string_view bytes);
// Under the key given: for tables in files, and checks that have to come out the same tomorrow.
Digest keyed_hash(std::string_view bytes, uint64_t key_low, uint64_t key_high);

}  // namespace sekisho
