// Takes literals, gives the automaton of literals.h. Entries: add(), build(), scan(). Refuses nothing; an empty literal
// is ignored.
#include "engine/literals.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <map>

namespace sekisho::engine {
namespace {

constexpr size_t kShort = 4;  // shorter than what may_begin() looks at
constexpr size_t kLong = 8;   // long enough to be found by samples

}  // namespace

uint32_t Literals::add(std::string_view literal) {
  std::string folded = ascii_lower(literal);
  const auto [it, fresh] = added_.try_emplace(std::move(folded), count_);
  if (fresh) ++count_;
  return it->second;
}

void LiteralAutomaton::find_starts(const StringMap<uint32_t>& literals) {
  const uint32_t bits = literals.size() > 64 ? 14 : 12;
  constexpr uint8_t kAll[] = {0xff, 0xff, 0xff, 0xff};
  std::memcpy(&start_mask_, kAll, std::min(shortest_, sizeof start_mask_));
  start_shift_ = 32 - bits;
  starts_.assign((size_t{1} << bits) / 64, 0);
  std::vector<std::string_view> sorted;
  for (const auto& [text, number] : literals) sorted.push_back(text);
  std::sort(sorted.begin(), sorted.end());  // alike ones into one group
  for (size_t i = 0; i < sorted.size(); ++i) {
    uint32_t bytes = 0;
    std::memcpy(&bytes, sorted[i].data(), std::min(sizeof bytes, sorted[i].size()));
    const uint32_t bit = start_of(bytes);
    starts_[bit / 64] |= uint64_t{1} << bit % 64;
    const auto group = static_cast<uint8_t>(1u << i * 8 / sorted.size());
    for (size_t place = 0; place < kPlaces; ++place) {
      if (place >= shortest_) {  // any byte
        for (size_t half = 0; half < 16; ++half) low_[place][half] = high_[place][half] = 0xff;
        continue;
      }
      const auto put = [&](uint8_t byte) {
        low_[place][byte & 15] |= group;
        high_[place][byte >> 4] |= group;
      };
      const auto byte = static_cast<uint8_t>(sorted[i][place]);
      put(byte);
      if (is_alpha(sorted[i][place])) put(byte ^ 0x20);
    }
  }
}

#if defined(__x86_64__)
// As in Hyperscan's "Teddy": both halves of a byte are looked up, for sixteen places at once.
__attribute__((target("ssse3"))) size_t LiteralAutomaton::next_start_by_16(std::string_view text, size_t i) const {
  const __m128i half = _mm_set1_epi8(15);
  while (i + shortest_ <= text.size()) {
    char rest[16 + kPlaces];
    const char* at = text.data() + i;
    if (i + sizeof rest > text.size()) {
      std::memset(rest, 0, sizeof rest);
      std::memcpy(rest, at, text.size() - i);
      at = rest;
    }
    __m128i groups = _mm_set1_epi8(-1);
    for (size_t place = 0; place < kPlaces; ++place) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + place));
      const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(low_[place]));
      const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(high_[place]));
      groups = _mm_and_si128(groups, _mm_shuffle_epi8(low, _mm_and_si128(bytes, half)));
      groups = _mm_and_si128(groups, _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(bytes, 4), half)));
    }
    auto places = static_cast<uint32_t>(~_mm_movemask_epi8(_mm_cmpeq_epi8(groups, _mm_setzero_si128()))) & 0xffffu;
    for (; places != 0; places &= places - 1) {
      const size_t found = i + static_cast<size_t>(std::countr_zero(places));
      if (found + shortest_ > text.size()) return text.size();
      if (may_begin(text, found)) return found;
    }
    i += 16;
  }
  return text.size();
}
#endif

void LiteralAutomaton::find_samples(const StringMap<uint32_t>& literals) {
  samples_.assign((size_t{1} << (32 - kSampleShift)) / 64, 0);
  for (const auto& [text, number] : literals)
    for (size_t at = 0; at + 4 <= shortest_; ++at) {
      const uint32_t bit = sample_at(text.data() + at);
      samples_[bit / 64] |= uint64_t{1} << bit % 64;
    }
}

// Of the places where the first shortest_ bytes of a literal hold four bytes, one is a multiple of their number.
size_t LiteralAutomaton::next_start_by_samples(std::string_view text, size_t i) const {
  const size_t apart = shortest_ - 3;
  for (size_t sample = (i + apart - 1) / apart * apart; sample + 4 <= text.size(); sample += apart) {
    const uint32_t bit = sample_at(text.data() + sample);
    if ((samples_[bit / 64] >> (bit % 64) & 1) == 0) continue;
    for (size_t at = std::max(i, sample < apart ? 0 : sample - apart + 1); at <= sample; ++at)
      if (at + shortest_ <= text.size() && may_begin(text, at)) return at;
  }
  return text.size();
}

size_t LiteralAutomaton::next_start(std::string_view text, size_t i) const {
  if (!samples_.empty()) return next_start_by_samples(text, i);
#if defined(__x86_64__)
  static const bool by_16 = __builtin_cpu_supports("ssse3") != 0;
  if (by_16) return next_start_by_16(text, i);
#endif
  for (; i + shortest_ <= text.size(); ++i)
    if (may_begin(text, i)) return i;
  return text.size();
}

LiteralAutomaton::LiteralAutomaton(const StringMap<uint32_t>& literals) {
  // A trie with ordered edges, numbered breadth first, so that the states near the root come first.
  struct Building {
    std::map<uint8_t, uint32_t> edges;
    uint32_t literal = kNone;
  };
  std::vector<Building> trie(1);
  bool used[256] = {};
  for (const auto& [text, number] : literals) {
    uint32_t at = 0;
    for (const char c : text) {
      const auto byte = static_cast<uint8_t>(c);
      used[byte] = true;
      const auto it = trie[at].edges.find(byte);
      if (it != trie[at].edges.end()) {
        at = it->second;
        continue;
      }
      const auto made = static_cast<uint32_t>(trie.size());
      trie[at].edges.emplace(byte, made);
      trie.emplace_back();
      at = made;
    }
    if (at != 0) trie[at].literal = number;
  }
  for (int b = 0; b < 256; ++b) fold_[b] = static_cast<uint8_t>(ascii_lower(static_cast<char>(b)));
  shortest_ = SIZE_MAX;
  for (const auto& [text, number] : literals) shortest_ = std::min(shortest_, text.size());
  if (shortest_ >= 2) find_starts(literals);
  if (shortest_ >= kLong) find_samples(literals);
  classes_ = 1;  // class 0: bytes that no literal has
  for (int b = 0; b < 256; ++b)
    if (used[b]) class_[b] = static_cast<uint8_t>(classes_ < 256 ? classes_++ : 0);

  std::vector<uint32_t> order = {0}, number(trie.size(), 0), depth(trie.size(), 0);
  for (size_t i = 0; i < order.size(); ++i) {
    number[order[i]] = static_cast<uint32_t>(i);
    for (const auto& [byte, to] : trie[order[i]].edges) {
      depth[to] = depth[order[i]] + 1;
      order.push_back(to);
    }
  }
  states_.assign(trie.size(), {});
  edges_.clear();
  // Full rows for depth 0 and 1, and for as much of depth 2 as fits a second-level cache.
  constexpr size_t kRowBytes = 128 << 10;
  dense_ = 0;
  while (dense_ < order.size() &&
         (depth[order[dense_]] <= 1 || (depth[order[dense_]] == 2 && (dense_ + 1) * classes_ * 4 <= kRowBytes)))
    ++dense_;
  rows_.assign(size_t{dense_} * classes_, 0);

  for (size_t i = 0; i < order.size(); ++i) {
    const Building& from = trie[order[i]];
    State& s = states_[i];
    s.literal = from.literal;
    for (auto it = from.edges.begin(); it != from.edges.end(); ++it) {
      if (it == from.edges.begin()) {
        s.byte = it->first;
        s.next = number[it->second];
        continue;
      }
      if (s.more == 0) s.more = static_cast<uint32_t>(edges_.size()) + 1;
      edges_.push_back({number[it->second], it->first});
    }
    if (s.more != 0) edges_.push_back({0, 0});
  }
  const auto edge = [&](uint32_t state, uint8_t byte) -> uint32_t {
    const State& s = states_[state];
    if (s.next != 0 && s.byte == byte) return s.next;
    return s.more != 0 ? other_edge(s, byte) : 0;
  };
  // Breadth first again: failure links of shallower states are known when they are needed.
  for (size_t i = 0; i < order.size(); ++i) {
    for (const auto& [byte, trie_to] : trie[order[i]].edges) {
      const uint32_t to = number[trie_to];
      uint32_t f = 0;
      if (i != 0) {
        f = states_[i].fail;
        for (uint32_t t; (t = edge(f, byte)) == 0 && f != 0;) f = states_[f].fail;
        f = edge(f, byte);
      }
      states_[to].fail = f;
    }
  }
  for (size_t i = 1; i < order.size(); ++i)
    states_[i].report = states_[i].literal != kNone ? static_cast<uint32_t>(i) : states_[states_[i].fail].report;
  for (uint32_t i = 0; i < dense_; ++i) {
    for (int b = 0; b < 256; ++b) {
      if (class_[b] == 0) continue;
      const uint32_t to = edge(i, static_cast<uint8_t>(b));
      rows_[i * classes_ + class_[b]] = to != 0 || i == 0 ? to : rows_[states_[i].fail * classes_ + class_[b]];
    }
  }
}

// ---- Literals

void Literals::build() {
  StringMap<uint32_t> parts[3];
  for (auto& [text, number] : added_)
    if (!text.empty()) parts[text.size() < kShort ? 0 : text.size() < kLong ? 1 : 2].emplace(text, number);
  for (const auto& part : parts)
    if (!part.empty()) automata_.emplace_back(part);
  added_.clear();
}

size_t Literals::states() const {
  size_t out = 0;
  for (const LiteralAutomaton& a : automata_) out += a.states();
  return out;
}

}  // namespace sekisho::engine
