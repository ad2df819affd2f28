// Takes text, gives numbers that scatter: hash.fingerprint2011, and what is drawn with it, optimization.sample_rate and
// math.random. All of them give the same on every machine and every replay. They refuse nothing.
#include <bit>
#include <cstring>
#include <utility>

#include "engine/functions_impl.h"

namespace sekisho::engine::impl {
namespace {

// The 64-bit hash that Google publishes under this name (in its Guava library), over little-endian words.
constexpr uint64_t kA = 0xa5b85c5e198ed849, kB = 0x8d58ac26afe12e47, kC = 0xc47b6e9e3a970ed3, kD = 0xc6a4a7935bd1e995;
constexpr uint64_t kSeed = 0xec9b9ee68cf8f8dd;

struct Pair {
  uint64_t first, second;
};

uint64_t word(const char* at) {
  uint64_t out = 0;
  for (int i = 7; i >= 0; --i) out = out << 8 | static_cast<unsigned char>(at[i]);
  return out;
}

uint64_t turn(uint64_t x, int by) { return std::rotr(x, by); }
uint64_t mix(uint64_t x) { return x ^ x >> 47; }
uint64_t join(uint64_t high, uint64_t low) { return mix((mix((low ^ high) * kD) ^ high) * kD) * kD; }

uint64_t up_to_32(std::string_view s) {
  uint64_t h = kSeed ^ s.size() * kD;
  for (; s.size() >= 8; s.remove_prefix(8)) h = (h ^ mix(word(s.data()) * kD) * kD) * kD;
  if (!s.empty()) {
    uint64_t rest = 0;
    for (size_t i = s.size(); i-- > 0;) rest = rest << 8 | static_cast<unsigned char>(s[i]);
    h = (h ^ rest) * kD;
  }
  return mix(mix(h) * kD);
}

Pair half(uint64_t a, uint64_t z, uint64_t second, uint64_t third) {
  const uint64_t b = turn(a + z, 52);
  uint64_t c = turn(a, 37);
  a += second;
  c += turn(a, 7);
  a += third;
  return {a + z, b + turn(a, 31) + c};
}

uint64_t up_to_64(std::string_view s) {
  const char *p = s.data(), *end = p + s.size();
  const Pair v = half(word(p) + (s.size() + word(end - 16)) * kA, word(p + 24), word(p + 8), word(p + 16));
  const Pair w = half(word(p + 16) + word(end - 32), word(end - 8), word(end - 24), word(end - 16));
  const uint64_t both = mix((v.first + w.second) * kC + (w.first + v.second) * kA);
  return mix(both * kA + v.second) * kC;
}

Pair block(const char* p, uint64_t a, uint64_t b) {
  const uint64_t last = word(p + 24), start = a + word(p);
  const uint64_t most = start + word(p + 8) + word(p + 16);
  return {most + last, turn(b + start + last, 51) + turn(most, 23) + start};
}

uint64_t any_length(std::string_view s) {
  const char *p = s.data(), *end = p + s.size();
  uint64_t y = word(end - 16) ^ kB, z = word(end - 56) ^ kA;
  Pair v = block(end - 64, s.size(), y), w = block(end - 32, s.size() * kB, kA);
  z += mix(v.second) * kB;
  uint64_t x = turn(z + word(p), 39) * kB;
  y = turn(y, 33) * kB;
  for (size_t left = (s.size() - 1) & ~size_t{63}; left > 0; left -= 64, p += 64) {
    x = turn(x + y + v.first + word(p + 16), 37) * kB ^ w.second;
    y = turn(y + v.second + word(p + 48), 42) * kB ^ v.first;
    z = turn(z ^ w.first, 33);
    v = block(p, v.second * kB, x + w.first);
    w = block(p + 32, z + w.second, y);
    std::swap(x, z);
  }
  return join(join(v.first, w.first) + mix(y) * kB + z, join(v.second, w.second) + x);
}

uint64_t fingerprint(std::string_view s) {
  const uint64_t h = s.size() <= 32 ? up_to_32(s) : s.size() <= 64 ? up_to_64(s) : any_length(s);
  const uint64_t low = s.size() >= 8 ? word(s.data()) : kA;
  const uint64_t high = s.size() >= 9 ? word(s.data() + s.size() - 8) : kA;
  const uint64_t out = join(h + high, low);
  return out < 2 ? out - 2 : out;
}

}  // namespace

// The reference calls the result unsigned; it is given with the same 64 bits as a signed number.
Datum fingerprint2011(const Context&, Args args) {
  return Datum::integer(static_cast<int64_t>(fingerprint(args[0].as_text())));
}

Datum sample_rate(const Context&, Args args) {
  const int64_t numerator = args[1].as_int(), denominator = args[2].as_int();
  if (numerator <= 0 || denominator <= 0) return Datum::boolean(false);
  return Datum::boolean(fingerprint(args[0].as_text()) % static_cast<uint64_t>(denominator) <
                        static_cast<uint64_t>(numerator));
}

// One draw an event, from its bytes and its time: a replay gives the same, and so does every call in it.
Datum random(const Context& context, Args) {
  const uint64_t drawn = join(fingerprint(context.event), static_cast<uint64_t>(context.now_seconds));
  return Datum::real(static_cast<double>(drawn >> 11) * 0x1p-53);
}

}  // namespace sekisho::engine::impl
