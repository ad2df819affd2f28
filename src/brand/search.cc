// Takes a host's text, gives the tokens in it: equal, one edit away, farther. Entry: search. All work is bounded by the
// host's 253 bytes and the filters of the index; what is found is compared in full.
#include "brand/search.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sekisho::brand {
namespace {

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define SEKISHO_WIDE __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define SEKISHO_WIDE
#endif

// Which sets lack at most one of the letters and have at most three others. A set a lane; gives whether any passed.
SEKISHO_WIDE uint32_t alike_sets(const uint32_t* sets, size_t count, uint32_t letters, uint8_t* passed) {
  uint32_t any = 0;
  for (size_t i = 0; i < count; ++i) {
    uint32_t missing = sets[i] & ~letters, more = letters & ~sets[i];
    missing &= missing - 1;
    more &= more - 1;
    more &= more - 1;
    more &= more - 1;
    const uint32_t one = (missing | more) == 0 ? 1 : 0;
    passed[i] = static_cast<uint8_t>(one);
    any |= one;
  }
  return any;
}

class Searcher {
 public:
  Searcher(const HostText& host, const TokenIndex& index, Found& out) : host_(host), index_(index), out_(out) {}

  void run() {
    for (size_t p = host_.pieces_count; p-- > 0;) piece(p);  // what counts most stands at the end
    within();
    if (out_.registry) before_registry();
  }

 private:
  void piece(size_t p) {
    const Piece& piece = host_.pieces[p];
    const size_t begin = piece.first, end = piece.last;
    const uint64_t hash = spread(host_.hash(begin, end));
    const uint8_t kinds = index_.word(hash, part(begin, end));
    out_.words[p] = kinds;
    out_.registry |= (kinds & kRegistry) != 0;
    const bool pair = p + 1 < host_.pieces_count;
    if (pair && end - begin <= 3)
      out_.registry |= (index_.word(host_, begin, host_.pieces[p + 1].end) & kRegistry) != 0;
    if (index_.near.maybe(hash)) equal(begin, end, Operator::whole);
    if (kinds != 0) return;
    if (near(begin, end, Operator::edited)) return;
    if (end - begin >= 5) worded(begin, end);
    if (pair && host_.pieces[p + 1].label == piece.label) near(begin, host_.pieces[p + 1].last, Operator::edited);
    if (end - begin >= TokenIndex::kShortestFar) far(begin, end);
  }

  bool equal(size_t begin, size_t end, Operator how) {
    const uint64_t hash = spread(host_.hash(begin, end));
    if (!index_.near.maybe(hash)) return false;
    const std::string_view text = part(begin, end);
    bool some = false;
    index_.near.each(hash, [&](uint32_t t) {
      // With words around it, what is short or an everyday word is part of some other word.
      const bool alone = how == Operator::whole || (text.size() > 3 && index_[t].danger != Danger::low);
      if (index_[t].text != text || !alone) return;
      out_.add({t, static_cast<uint8_t>(begin), static_cast<uint8_t>(end), how, Edit::none});
      some = true;
    });
    return some;
  }

  // One edit away: a token's deletions stand in the table, the text's are made here (SymSpell's idea).
  bool near(size_t begin, size_t end, Operator how) {
    const size_t length = end - begin;
    if (length + 1 < TokenIndex::kShortestNear || length > 40) return false;
    bool some = false;
    const HashTable::Filter filter = index_.near.filter();
    const uint64_t* const powers = hash_powers().data();
    const uint64_t* const sums = host_.sums.data();
    const uint64_t frame = sums[end] - sums[begin] * powers[length - 1];
    if (const uint64_t hash = spread(host_.hash(begin, end)); filter.maybe(hash))
      some |= check_near(hash, begin, end, how);
    for (size_t k = begin; k < end; ++k) {
      const uint64_t hash = spread(frame + powers[end - 1 - k] * (sums[k] - sums[k + 1]));
      if (filter.maybe(hash)) some |= check_near(hash, begin, end, how);
    }
    return some;
  }

  [[gnu::noinline]] bool check_near(uint64_t hash, size_t begin, size_t end, Operator how) {
    bool some = false;
    index_.near.each(hash, [&](uint32_t t) {
      const TokenEntry& token = index_[t];
      if (token.text.size() < TokenIndex::kShortestNear || token.danger == Danger::low) return;
      const Edit edit = edit_between(token.text, part(begin, end));
      if (edit == Edit::none || edit == Edit::farther) return;
      out_.add({t, static_cast<uint8_t>(begin), static_cast<uint8_t>(end), how, edit});
      some = true;
    });
    return some;
  }

  // The piece without the lure words that it begins or ends with. Words of two letters are too common beside what is
  // not quite a token.
  void worded(size_t begin, size_t end) {
    constexpr uint8_t kBeside = kLure | kRegistry;
    const HashTable::Filter filter = index_.words.filter();
    const uint64_t* const powers = hash_powers().data();
    const uint64_t* const sums = host_.sums.data();
    for (size_t s = begin + 2; s + 2 <= end; ++s) {
      const size_t before = s - begin, after = end - s;
      const bool maybe_before = filter.maybe(spread(sums[s] - sums[begin] * powers[before])),
                 maybe_after = filter.maybe(spread(sums[end] - sums[s] * powers[after]));
      if (!maybe_before && !maybe_after) continue;
      if ((index_.word(host_, begin, s) & (before > 2 ? kBeside : uint8_t{kLure})) != 0) {
        if (!equal(s, end, Operator::worded) && before > 2 && after >= TokenIndex::kShortestNear &&
            !near(s, end, Operator::edited_worded) && after >= TokenIndex::kShortestFar)
          far(s, end);
        for (size_t t = s + 2; t + 2 <= end; ++t)
          if ((index_.word(host_, t, end) & (end - t > 2 ? kBeside : uint8_t{kLure})) != 0)
            equal(s, t, Operator::worded);
      }
      if (const uint8_t kinds = index_.word(host_, s, end); (kinds & (after > 2 ? kBeside : uint8_t{kLure})) != 0) {
        out_.registry |= (kinds & kRegistry) != 0;
        if (!equal(begin, s, Operator::worded) && after > 2 && before >= TokenIndex::kShortestNear)
          near(begin, s, Operator::edited_worded);
      }
    }
  }

  // Two edits, or the letters in another order: by sets of letters first, then by how many of each.
  void far(size_t begin, size_t end) {
    const size_t length = end - begin;
    if (length + 2 > TokenIndex::kLongestFar) return;
    const auto& family = index_.families[static_cast<unsigned char>(host_.text[begin])];
    // The letters of a short token in another order say something only below a domain.
    const size_t shortest = host_.labels == 0 ? TokenIndex::kShortestFarAlone : 0;
    const size_t from = family.from[std::max((length * 2 + 2) / 3, shortest)],
                 to = family.from[length + length / 3 + 1];
    if (from >= to) return;
    const std::string_view text = part(begin, end);
    std::array<uint8_t, 512 + 8> passed;
    std::array<int8_t, 32> counts{};
    for (const char c : text) ++counts[static_cast<unsigned char>(c) & 31];
    const uint32_t letters = TokenIndex::letter_set(text);
    for (size_t block = from; block < to; block += 512) {
      const size_t n = std::min<size_t>(to - block, 512);
      std::memset(passed.data() + n, 0, 8);
      if (alike_sets(family.letters.data() + block, n, letters, passed.data()) == 0) continue;
      for (size_t i = 0; i < n; ++i) {
        uint64_t eight;
        std::memcpy(&eight, passed.data() + i, 8);
        if (eight == 0) i += 7;
        else if (passed[i] != 0) far_token(family.tokens[block + i], begin, end, text, counts);
      }
    }
  }

  void far_token(uint32_t t, size_t begin, size_t end, std::string_view text, std::array<int8_t, 32> counts) {
    const std::string_view token = index_[t].text;
    size_t missing = 0;
    for (const char c : token) missing += counts[static_cast<unsigned char>(c) & 31]-- <= 0;
    const size_t more = text.size() + missing - token.size();
    const auto b = static_cast<uint8_t>(begin), e = static_cast<uint8_t>(end);
    if (missing <= 2 && more <= 2 && edit_distance(token, text, 2) <= 2)
      out_.add({t, b, e, Operator::edited_two, Edit::farther});
    else if (missing * 8 <= token.size() && is_scramble(token, text))
      out_.add({t, b, e, Operator::scrambled, Edit::farther});
  }

  // Below a registry's suffix that is none (www.smboc-cascerd.co.jp.x.example) somebody wants a name to be read: most
  // letters of a token in their order suffice. Such hosts are rare, so each token of the first letter is looked at.
  void before_registry() {
    for (size_t p = 1; p < host_.pieces_count; ++p) {
      const bool pair = p + 1 < host_.pieces_count && host_.pieces[p].end - host_.pieces[p].begin <= 3 &&
                        (index_.word(host_, host_.pieces[p].begin, host_.pieces[p + 1].end) & kRegistry) != 0;
      if (!pair && (out_.words[p] & kRegistry) == 0) continue;
      const size_t end = host_.pieces[p - 1].last;
      for (size_t q = p; q-- > 0 && host_.pieces[q].label == host_.pieces[p - 1].label;)
        if (out_.words[q] == 0 && ++spelled_ <= kMostSpelled) spelled(host_.pieces[q].first, end);
    }
  }

  void spelled(size_t begin, size_t end) {
    if (begin + TokenIndex::kShortestNear > end || end - begin > 40) return;
    const std::string_view text = part(begin, end);
    const uint32_t letters = TokenIndex::letter_set(text);
    const auto& family = index_.families[static_cast<unsigned char>(text[0])];
    const size_t from = family.from[text.size() / 2], to = family.from[text.size() + 4];
    double best = 0.68;  // of the letters of both, those that agree
    uint32_t token = ~0U;
    for (size_t i = from; i < to; ++i) {
      const std::string_view t = index_[family.tokens[i]].text;
      if (static_cast<size_t>(std::popcount(family.letters[i] & ~letters)) * 3 > t.size()) continue;
      const double alike =
          2.0 * static_cast<double>(common_subsequence(t, text)) / static_cast<double>(t.size() + text.size());
      if (alike > best) best = alike, token = family.tokens[i];
    }
    if (token != ~0U)
      out_.add({token, static_cast<uint8_t>(begin), static_cast<uint8_t>(end), Operator::spelled, Edit::farther});
  }

  // Tokens that stand anywhere, also across separators.
  void within() {
    if (host_.size < TokenIndex::kShortestWithin) return;
    size_t p = 0;
    const HashTable::Filter filter = index_.grams.filter();
    const char* const text = host_.text.data();
    const size_t stop = host_.size - TokenIndex::kShortestWithin + 1;
    for (size_t i = 0; i < stop; ++i) {
      const uint64_t hash = spread(TokenIndex::gram(text + i));
      if (!filter.maybe(hash)) continue;
      while (p + 1 < host_.pieces_count && host_.pieces[p + 1].begin <= i) ++p;
      index_.grams.each(hash, [&](uint32_t t) {
        const std::string& token = index_[t].text;
        const size_t end = i + token.size();
        if (end > host_.size || host_.view().compare(i, token.size(), token) != 0) return;
        const bool one_piece = end <= host_.pieces[p].end;
        if (one_piece && (out_.words[p] & kCommon) != 0) return;
        if (one_piece && i == host_.pieces[p].first && end == host_.pieces[p].last) return;  // equal() has it
        if (!one_piece && (!host_.at_edge(i) || !host_.at_edge(end))) return;
        out_.add({t, static_cast<uint8_t>(i), static_cast<uint8_t>(end),
                  one_piece ? Operator::within : Operator::joined, Edit::none});
      });
    }
  }

  std::string_view part(size_t begin, size_t end) const { return host_.view().substr(begin, end - begin); }

  static constexpr size_t kMostSpelled = 12;  // a host that is worth reading has few labels before its suffix
  size_t spelled_ = 0;
  const HostText& host_;
  const TokenIndex& index_;
  Found& out_;
};

}  // namespace

void Found::add(const Candidate& c) {
  for (size_t i = 0; i < count; ++i) {
    Candidate& other = candidates[i];
    if (other.token != c.token || other.begin != c.begin || other.end != c.end) continue;
    if (c.how < other.how) other = c;
    return;
  }
  if (count < kMost) candidates[count++] = c;
}

void search(const HostText& host, const TokenIndex& index, Found& out) {
  out.count = 0;
  out.registry = false;
  Searcher(host, index, out).run();
}

}  // namespace sekisho::brand
