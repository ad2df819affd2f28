// Takes bytes, gives their digest under a key. Entry: keyed_hash(). Refuses nothing.
#include "base/keyed_hash.h"

#include <unistd.h>

#include <bit>
#include <cstring>

namespace sekisho {
namespace {

struct Key {
  uint64_t low = 0x9e3779b97f4a7c15u, high = 0xd1b54a32d192ed03u;
};

Key draw() {
  Key key;
  Key drawn;
  return getentropy(&drawn, sizeof drawn) == 0 ? drawn : key;
}

uint64_t word(const char* at, size_t n) {
  uint64_t w = 0;
  std::memcpy(&w, at, n);
  return w;
}

struct Sip {
  uint64_t a, b, c, d;
  void round() {
    a += b;
    b = std::rotl(b, 13) ^ a;
    a = std::rotl(a, 32);
    c += d;
    d = std::rotl(d, 16) ^ c;
    a += d;
    d = std::rotl(d, 21) ^ a;
    c += b;
    b = std::rotl(b, 17) ^ c;
    c = std::rotl(c, 32);
  }
  void take(uint64_t w) {
    d ^= w;
    round();
    a ^= w;
  }
  uint64_t finish() {
    for (int i = 0; i < 3; ++i) round();
    return a ^ b ^ c ^ d;
  }
};

}  // namespace

Digest keyed_hash(std::string_view bytes, uint64_t low, uint64_t high) {
  Sip sip{low ^ 0x736f6d6570736575u, high ^ 0x646f72616e646f6du ^ 0xee, low ^ 0x6c7967656e657261u,
          high ^ 0x7465646279746573u};
  const char* at = bytes.data();
  size_t n = bytes.size();
  for (; n >= 8; n -= 8, at += 8) sip.take(word(at, 8));
  sip.take((n > 0 ? word(at, n) : 0) | uint64_t{bytes.size()} << 56);
  sip.c ^= 0xee;
  Digest out;
  out.low = sip.finish();
  sip.b ^= 0xdd;
  out.high = sip.finish();
  return out;
}

Digest keyed_hash(std::string_view bytes) {
  static const Key key = draw();
  return keyed_hash(bytes, key.low, key.high);
}

}  // namespace sekisho
