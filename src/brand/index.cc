// Takes brands and words, gives the tables. Entry: TokenIndex::make. Tokens that hold nothing a host could hold are
// left out.
#include "brand/index.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace sekisho::brand {

void HashTable::build() {
  if (pairs_.empty()) return;
  std::ranges::sort(pairs_);
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
  const size_t bits = std::max<size_t>(std::bit_ceil(pairs_.size() * 24), 4096);
  filter_.assign(bits / 64, 0);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(bits));
  slots_.assign(std::bit_ceil(pairs_.size() * 2), {});
  slot_shift_ = 64U - static_cast<unsigned>(std::countr_zero(slots_.size()));
  mask_ = slots_.size() - 1;
  for (const auto& [hash, value] : pairs_) {
    const uint64_t at = hash >> shift_;
    filter_[at >> 6] |= uint64_t{1} << (at & 63);
    size_t i = hash >> slot_shift_;
    while (slots_[i].value != kEmpty) i = (i + 1) & mask_;
    slots_[i] = {static_cast<uint32_t>(hash), value};
  }
  pairs_ = {};
}

uint32_t TokenIndex::letter_set(std::string_view text) {
  uint32_t out = 0;
  for (const char c : text) out |= 1U << (static_cast<unsigned char>(c) & 31);
  return out;
}

namespace {

size_t letter(char c) { return c >= 'a' && c <= 'z' ? static_cast<size_t>(c - 'a' + 1) : 27; }

}  // namespace

double TokenIndex::surprise(std::string_view letters) const {
  if (letters.empty()) return 0;
  double sum = 0;
  size_t last = 0;
  for (const char c : letters) {
    sum += static_cast<double>(pairs_[last][letter(c)]);
    last = letter(c);
  }
  return (sum + static_cast<double>(pairs_[last][0])) / static_cast<double>(letters.size() + 1);
}

uint8_t TokenIndex::known_word(uint64_t hash, std::string_view text) const {
  uint8_t kinds = 0;
  words.each(hash, [&](uint32_t w) {
    if (words_[w].text == text) kinds |= words_[w].kinds;
  });
  return kinds;
}

TokenIndex TokenIndex::make(std::span<const Brand> brands, const Words& words, const net::PublicSuffixes& suffixes) {
  TokenIndex out;
  for (Index i = 0; i < brands.size(); ++i) {
    std::vector<std::string> labels;
    for (const std::string& d : brands[i].owned) {
      const auto answer = suffixes.find(d);
      if (answer.registrable > answer.suffix)
        labels.push_back(
            folded(std::string_view(d).substr(d.size() - answer.registrable, answer.registrable - answer.suffix)));
    }
    std::vector<std::string> seen;
    for (const Token& t : brands[i].tokens) {
      TokenEntry e{folded(t.text), {}, i, t.danger, false};
      for (const char c : t.text)
        if (is_alnum(c)) e.raw += ascii_lower(c);
      if (e.text.size() < 2 || e.text.size() > HostText::kMost / 4) continue;
      if (std::ranges::find(seen, e.text) != seen.end()) continue;
      seen.push_back(e.text);
      e.owned_label = std::ranges::find(labels, e.text) != labels.end();
      out.tokens_.push_back(std::move(e));
    }
  }
  std::map<unsigned char, std::vector<uint32_t>> families;
  for (uint32_t t = 0; t < out.tokens_.size(); ++t) {
    const TokenEntry& e = out.tokens_[t];
    const std::string& s = e.text;
    out.near.add(text_hash(s), t);
    if (e.danger == Danger::low) continue;  // an everyday word: only by itself
    if (s.size() >= kShortestNear) {
      for (size_t i = 0; i < s.size(); ++i) out.near.add(text_hash(s.substr(0, i) + s.substr(i + 1)), t);
    }
    if (s.size() >= kShortestWithin) out.grams.add(gram(s.data()), t);
    if (s.size() >= kShortestFar && s.size() < kLongestFar) families[static_cast<unsigned char>(s[0])].push_back(t);
  }
  for (auto& [first, tokens] : families) {
    std::ranges::stable_sort(tokens, {}, [&](uint32_t t) { return out.tokens_[t].text.size(); });
    Family& f = out.families[first];
    for (const uint32_t t : tokens) {
      f.letters.push_back(letter_set(out.tokens_[t].text));
      f.tokens.push_back(t);
    }
    for (size_t n = 0; n < f.from.size(); ++n)
      f.from[n] = static_cast<uint16_t>(
          std::ranges::lower_bound(tokens, n, {}, [&](uint32_t t) { return out.tokens_[t].text.size(); }) -
          tokens.begin());
  }
  std::map<std::string, uint8_t> kinds;
  for (const auto& [list, kind] :
       {std::pair{&words.lure, kLure}, {&words.common, kCommon}, {&words.registry, kRegistry}})
    for (const std::string& w : *list)
      if (std::string s = folded(w); s.size() >= 2) kinds[std::move(s)] |= kind;
  for (auto& [text, kind] : kinds) {
    out.words.add(text_hash(text), static_cast<uint32_t>(out.words_.size()));
    out.words_.push_back({text, kind});
  }
  for (auto& row : out.pairs_) row.fill(0.5F);  // none is impossible
  for (const auto* list : {&words.lure, &words.common})
    for (const std::string& w : *list) {
      size_t last = 0;
      for (const char c : w) out.pairs_[last][letter(c)] += 1, last = letter(c);
      out.pairs_[last][0] += 1;
    }
  for (auto& row : out.pairs_) {
    float sum = 0;
    for (const float n : row) sum += n;
    for (float& n : row) n = -std::log2(n / sum);
  }
  out.near.build();
  out.words.build();
  out.grams.build();
  return out;
}

}  // namespace sekisho::brand
