// Takes phrases, gives a trie of their pieces; takes normalised text, gives where phrases stand in it.
//
// Text and phrases are read as the same stream: their bytes, less the spaces beside a script that has none. A piece
// that begins with a word can only stand where a word begins, so the trie is asked there, and at each character that is
// of no word; where a word ends is looked at when a piece ends. What costs is memory that no cache holds: most words of
// a text are told by a small filter to begin nothing, and the bytes that follow one another in a piece lie side by
// side. A phrase with gaps is a chain of pieces; chains that begin alike are one path of a tree of links, and the ends
// of what was found of a path are kept in the queue of its link, which rises. Entries: add, joint, build, find. Refuses
// nothing; a phrase of white space, punctuation marks dropped by normalising, "*" or "~" alone never matches.
#include "text/phrases.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>
#include <unordered_map>

#include "base/strings.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr size_t kGapWords = 3, kGapCharacters = 12;
constexpr size_t kGapBytes = 200;  // and no gap is longer than this
constexpr size_t kJointBytes = 40;
constexpr size_t kHead = 8;          // bytes of a word and what follows it that are looked at before the trie is asked
constexpr size_t kBitsOfAHead = 12;  // of the filter
constexpr size_t kEndsAtOnce = 256;  // that wait until all that end before them are known

enum class Class : uint8_t { other, space, word, spaceless };

Class class_of(char32_t c) {
  if (c < 0x80) return c == ' ' ? Class::space : is_alnum(static_cast<char>(c)) ? Class::word : Class::other;
  if ((c >= 0x3000 && c < 0x3130) || (c >= 0x3190 && c < 0xA000))
    return Class::spaceless;  // CJK, its punctuation, kana
  if (c >= 0xAC00 && c < 0xD7A4) return Class::word;
  if ((c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
      (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000) || (c >= 0xAA60 && c < 0xAA80) ||
      (c >= 0xFE30 && c < 0xFE50))
    return Class::spaceless;
  const auto type = u_charType(static_cast<UChar32>(c));
  const bool mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
  return mark || u_isalnum(static_cast<UChar32>(c)) ? Class::word : Class::other;
}

bool is_hangul(char32_t c) { return c >= 0xAC00 && c < 0xD7A4; }

// The character that ends before `end`.
char32_t last_before(std::string_view s, size_t end) {
  size_t at = end - 1;
  for (int k = 0; k < 3 && at > 0 && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80; ++k) --at;
  const char32_t c = next_utf8(s, at);
  return at == end ? c : U'\uFFFD';
}

bool spaceless_before(std::string_view s, size_t at) {
  return at > 0 && class_of(last_before(s, at)) == Class::spaceless;
}
bool spaceless_at(std::string_view s, size_t at) {
  return at < s.size() && class_of(next_utf8(s, at)) == Class::spaceless;
}

// A space beside a script without spaces is no symbol.
inline bool skipped_space(std::string_view s, size_t at) {
  const bool before = at > 0 && static_cast<unsigned char>(s[at - 1]) >= 0x80;
  const bool after = at + 1 < s.size() && static_cast<unsigned char>(s[at + 1]) >= 0x80;
  return (before && spaceless_before(s, at)) || (after && spaceless_at(s, at + 1));
}

struct Pattern {
  std::string bytes;      // without skipped spaces
  bool word = false;      // begins with a word
  bool word_end = false;  // must not go on in a word
};

// The stream of a piece, spelt out plainly; find() reads text the same way, only faster.
Pattern read_pattern(std::string_view piece) {
  Pattern out;
  bool in_word = false;
  char32_t last = 0;
  for (size_t i = 0; i < piece.size();) {
    const size_t start = i;
    const char32_t c = next_utf8(piece, i);
    const Class cls = class_of(c);
    if (cls == Class::space && skipped_space(piece, start)) {
      in_word = false;
      continue;
    }
    in_word = cls == Class::word;
    if (out.bytes.empty()) out.word = in_word;
    out.bytes.append(piece, start, i - start);
    last = c;
  }
  // Korean particles are glued to the word.
  out.word_end = in_word && !is_hangul(last);
  return out;
}

}  // namespace

struct Phrases::Machine {
  // A path from the first piece of some phrases to one of their pieces.
  struct Link {
    uint32_t before;         // the link of the piece before, or kNone
    uint32_t waits = kNone;  // its queue
    uint32_t queue = kNone;  // where its ends are kept, if some phrase goes on
    bool joint = false;      // "~" stands before the piece, not "*"
    uint32_t depth = 0;
    uint32_t phrase = kNone;  // the first that ends here; next_same leads on
  };
  struct Ending {  // of a piece
    bool word_end;
    std::vector<uint32_t> links;  // whose piece it is, longer paths first
  };

  std::vector<std::string> texts;  // normalised, in order of add()
  StringSet joints;                // normalised, trimmed
  std::vector<Link> links;
  std::vector<uint32_t> next_same;  // by phrase: the next that ends at the same link, or kNone
  uint32_t queues = 0;
  size_t longest = 0;  // bytes of a piece

  // A byte of a piece. The children of a node have a slot for each byte from the lowest to the highest, so that none is
  // searched for; most nodes have one child, which stands next to them.
  struct Node {
    uint32_t children = 0;  // the first slot
    uint8_t label = 0;      // the byte that leads here; in a slot that is none, not the one that it would stand for
    uint8_t lowest = 0;
    uint8_t last = 0;  // slots after the first
    bool ends = false;
  };
  std::vector<Node> nodes;       // the first is the root
  std::vector<uint32_t> ending;  // by node: index into `endings`, or kNone
  std::vector<Ending> endings;

  // What stands where a piece that begins with a word begins, if all is ASCII: of pieces of eight bytes and more the
  // first eight, of shorter ones the first four, hashed into bits of `filter`; of still shorter ones the first three,
  // five bits of each, in `heads`.
  std::vector<uint64_t> filter;
  unsigned filter_shift = 0;  // of a hash, which leaves the number of a bit
  std::array<uint64_t, 512> heads{};

  void build();
  void mark_head(const Pattern& pattern, std::vector<uint64_t>& hashes);
  bool may_begin(const unsigned char* word) const {  // kHead + 1 bytes are there
    uint64_t bytes;
    std::memcpy(&bytes, word, kHead);
    if (((bytes & 0x8080808080808080u) | (word[kHead] & 0x80u)) != 0) return true;
    const auto is_set = [](const auto& bits, uint64_t at) { return (bits[at >> 6] >> (at & 63) & 1) != 0; };
    return is_set(filter, hash8(bytes) >> filter_shift) || is_set(filter, hash4(bytes) >> filter_shift) ||
           is_set(heads, head(word[0], word[1], word[2]));
  }
  static uint64_t hash8(uint64_t bytes) { return bytes * 0x9E3779B97F4A7C15u; }
  static uint64_t hash4(uint64_t bytes) { return (bytes << 32) * 0xD6E8FEB86659FD93u; }
  static unsigned head(unsigned a, unsigned b, unsigned c) { return (a & 31) << 10 | (b & 31) << 5 | (c & 31); }
  const Node* step(const Node& node, unsigned char byte) const {  // or nullptr
    const unsigned slot = static_cast<unsigned>(byte) - node.lowest;
    if (slot > node.last || node.children == 0) return nullptr;
    const Node& next = nodes[node.children + slot];
    return next.label == byte ? &next : nullptr;
  }
  bool joins(std::string_view gap) const;  // "~" may stand for it
};

namespace {

// Two ends of a gap: the words and characters between them.
bool gap_fits(std::string_view gap) {
  if (gap.size() > kGapBytes) return false;
  size_t words = 0, characters = 0;
  bool in_word = false;
  for (size_t i = 0; i < gap.size();) {
    const Class cls = class_of(next_utf8(gap, i));
    words += cls == Class::word && !in_word;
    in_word = cls == Class::word;
    characters += cls == Class::spaceless;
    if (words > kGapWords || characters > kGapCharacters) return false;
  }
  return true;
}

// Where paths of earlier pieces ended.
struct Found {
  uint32_t start, end;
};
struct Queue {
  std::vector<Found> ends;  // in order of `end`; those before `head` are too far from all that can still come
  size_t head = 0;

  void push(Found found, size_t reach) {
    while (head < ends.size() && ends[head].end + reach < found.end) ++head;
    if (head > 64 && head * 2 > ends.size()) {
      ends.erase(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(head));
      head = 0;
    }
    ends.push_back(found);
  }
  // The nearest that ended at `start` or before.
  const Found* before(uint32_t start) const {
    const auto first = ends.begin() + static_cast<std::ptrdiff_t>(head);
    const auto after =
        std::upper_bound(first, ends.end(), start, [](uint32_t at, const Found& f) { return at < f.end; });
    return after == first ? nullptr : &*std::prev(after);
  }
};

}  // namespace

bool Phrases::Machine::joins(std::string_view gap) const {
  gap = trim(gap);
  return gap.empty() || (gap.size() <= kJointBytes && joints.contains(gap));
}

void Phrases::Machine::mark_head(const Pattern& pattern, std::vector<uint64_t>& hashes) {
  if (!pattern.word) return;
  std::array<unsigned char, kHead> bytes{};
  size_t known = 0;
  for (; known < std::min(kHead, pattern.bytes.size()); ++known) {
    bytes[known] = static_cast<unsigned char>(pattern.bytes[known]);
    // A text in which this is found has a byte that is no ASCII as near as that, if a skipped space is counted.
    if (bytes[known] >= 0x80) return;
  }
  if (known >= 4) {
    uint64_t whole;
    std::memcpy(&whole, bytes.data(), kHead);
    hashes.push_back(known == kHead ? hash8(whole) : hash4(whole));
    return;
  }
  const auto range = [&](size_t k) {
    const unsigned byte = bytes[k] & 31u;
    return k < known ? std::pair(byte, byte) : std::pair(0u, 31u);
  };
  for (unsigned a = range(0).first; a <= range(0).second; ++a)
    for (unsigned b = range(1).first; b <= range(1).second; ++b)
      for (unsigned c = range(2).first; c <= range(2).second; ++c) {
        const unsigned at = head(a, b, c);
        heads[at >> 6] |= uint64_t{1} << (at & 63);
      }
}

void Phrases::Machine::build() {
  heads.fill(0);
  std::vector<uint64_t> hashes;
  // A trie of plain lists first.
  struct Plain {
    uint32_t child = 0, sibling = 0;  // 0: none
    uint32_t ending = kNone;
    uint8_t label = 0;
  };
  std::vector<Plain> trie(1);
  endings.clear();
  links.clear();
  links.reserve(texts.size());
  next_same.assign(texts.size(), kNone);
  queues = 0;
  longest = 0;
  std::unordered_map<std::string_view, uint32_t> pieces;  // → its ending, or kNone
  const auto insert = [&](std::string_view piece) {
    const auto [piece_at, fresh] = pieces.try_emplace(piece, kNone);
    if (!fresh) return piece_at->second;
    const Pattern pattern = read_pattern(piece);
    if (pattern.bytes.empty()) return kNone;
    longest = std::max(longest, piece.size());
    mark_head(pattern, hashes);
    uint32_t at = 0;
    for (const char c : pattern.bytes) {
      const auto byte = static_cast<uint8_t>(c);
      uint32_t next = trie[at].child;
      while (next != 0 && trie[next].label != byte) next = trie[next].sibling;
      if (next == 0) {
        next = static_cast<uint32_t>(trie.size());
        trie.push_back({0, trie[at].child, kNone, byte});
        trie[at].child = next;
      }
      at = next;
    }
    if (trie[at].ending == kNone) {
      trie[at].ending = static_cast<uint32_t>(endings.size());
      endings.push_back({pattern.word_end, {}});
    }
    return piece_at->second = trie[at].ending;
  };
  std::unordered_map<uint64_t, uint32_t> known;  // link before and kind of gap, ending → link
  known.reserve(texts.size() * 2);
  for (auto index = static_cast<uint32_t>(texts.size()); index-- > 0;) {
    const std::string_view text = texts[index];
    uint32_t path = kNone;
    bool joint = false;
    for (size_t from = 0; from <= text.size();) {
      const size_t end = std::min(text.find_first_of("*~", from), text.size());
      if (const uint32_t found = insert(trim(text.substr(from, end - from))); found != kNone) {
        const uint64_t key = (static_cast<uint64_t>(path + 1) * 2 + joint) << 32 | found;
        const auto [it, fresh] = known.try_emplace(key, static_cast<uint32_t>(links.size()));
        if (fresh) {
          if (path != kNone && links[path].queue == kNone) links[path].queue = queues++;
          links.push_back({path, path == kNone ? kNone : links[path].queue, kNone, joint,
                           path == kNone ? 0 : links[path].depth + 1, kNone});
          endings[found].links.push_back(it->second);
        }
        path = it->second;
        joint = true;
      }
      // Of several gaps in a row the wider counts; those at the ends of a phrase are nothing.
      if (end < text.size() && text[end] == '*') joint = false;
      from = end + 1;
    }
    if (path == kNone) continue;
    next_same[index] = links[path].phrase;
    links[path].phrase = index;
  }
  for (Ending& e : endings)
    std::ranges::stable_sort(e.links, [&](uint32_t a, uint32_t b) { return links[a].depth > links[b].depth; });

  // Depth first, so that what follows one another lies side by side.
  nodes.assign(1, {});
  ending.assign(1, kNone);
  std::vector<std::pair<uint32_t, uint32_t>> waiting{{0, 0}};  // of the trie, of `nodes`
  std::vector<std::pair<uint8_t, uint32_t>> children;
  while (!waiting.empty()) {
    const auto [from, to] = waiting.back();
    waiting.pop_back();
    ending[to] = trie[from].ending;
    nodes[to].ends = trie[from].ending != kNone;
    children.clear();
    for (uint32_t c = trie[from].child; c != 0; c = trie[c].sibling) children.emplace_back(trie[c].label, c);
    if (children.empty()) continue;
    std::ranges::sort(children, std::greater());
    const auto base = static_cast<uint32_t>(nodes.size());
    const uint8_t lowest = children.back().first, highest = children.front().first;
    nodes[to].children = base;
    nodes[to].lowest = lowest;
    nodes[to].last = static_cast<uint8_t>(highest - lowest);
    for (unsigned byte = lowest; byte <= highest; ++byte)
      nodes.push_back({0, static_cast<uint8_t>(byte + 1), 0, 0, false});
    ending.resize(nodes.size(), kNone);
    for (const auto& [byte, child] : children) {
      const uint32_t slot = base + byte - lowest;
      nodes[slot].label = byte;
      waiting.emplace_back(child, slot);
    }
  }
  nodes.shrink_to_fit();
  ending.shrink_to_fit();

  std::ranges::sort(hashes);
  const auto [same, last_hash] = std::ranges::unique(hashes);
  hashes.erase(same, last_hash);
  const size_t bits = std::bit_ceil(std::max<size_t>(64, hashes.size() * kBitsOfAHead));
  filter.assign(bits / 64, 0);
  filter_shift = 64 - static_cast<unsigned>(std::bit_width(bits - 1));
  for (const uint64_t hash : hashes) filter[hash >> filter_shift >> 6] |= uint64_t{1} << (hash >> filter_shift & 63);
}

Phrases::Phrases() : machine_(std::make_unique<Machine>()) {}
Phrases::~Phrases() = default;
Phrases::Phrases(Phrases&&) noexcept = default;
Phrases& Phrases::operator=(Phrases&&) noexcept = default;

uint32_t Phrases::add(std::string_view phrase) { return add_normalized(std::string(trim(normalize(phrase).text))); }

uint32_t Phrases::add_normalized(std::string phrase) {
  machine_->texts.push_back(std::move(phrase));
  return static_cast<uint32_t>(machine_->texts.size() - 1);
}

void Phrases::joint(std::string_view joint) {
  const std::string text = normalize(joint).text;
  if (const std::string_view t = trim(text); !t.empty() && t.size() <= kJointBytes) machine_->joints.emplace(t);
}

void Phrases::build() { machine_->build(); }

size_t Phrases::size() const { return machine_->texts.size(); }

size_t Phrases::bytes() const {
  const Machine& m = *machine_;
  size_t sum = sizeof m + m.nodes.size() * (sizeof(Machine::Node) + 4) + m.filter.size() * 8;
  for (const std::string& t : m.texts) sum += sizeof t + t.size();
  for (const Machine::Ending& e : m.endings) sum += sizeof e + e.links.size() * 4;
  sum += m.links.size() * sizeof(Machine::Link) + m.next_same.size() * 4;
  return sum;
}

namespace {

bool letter(unsigned char b) {
  return static_cast<unsigned>((b | 0x20) - 'a') < 26 || static_cast<unsigned>(b - '0') < 10;
}

bool word_at(std::string_view s, size_t at) {
  if (at >= s.size()) return false;
  const auto b = static_cast<unsigned char>(s[at]);
  return b < 0x80 ? letter(b) : class_of(next_utf8(s, at)) == Class::word;
}

}  // namespace

// One reading of one text.
struct Phrases::Search {
  struct End {  // of a piece
    uint32_t end, start, ending;
    auto operator<=>(const End&) const = default;
  };

  const Machine& m;
  std::string_view text;
  size_t most;
  std::vector<End> ends;  // as they were found: in order of their start
  size_t settle_at = kEndsAtOnce;
  std::vector<uint32_t> slots;  // by number of a queue: 1 + its index in `queues`, 0 while it is empty
  std::vector<Queue> queues;
  std::vector<Hit> hits;

  // All pieces that begin at `start`.
  void walk(size_t start) {
    const Machine::Node* node = m.nodes.data();
    for (size_t at = start; at < text.size(); ++at) {
      if (text[at] == ' ' && skipped_space(text, at)) continue;
      node = m.step(*node, static_cast<unsigned char>(text[at]));
      if (!node) return;
      if (!node->ends) continue;
      const uint32_t ending = m.ending[static_cast<size_t>(node - m.nodes.data())];
      if (!m.endings[ending].word_end || !word_at(text, at + 1))
        ends.push_back({static_cast<uint32_t>(at + 1), static_cast<uint32_t>(start), ending});
    }
  }

  // Takes what ends at `before` or earlier in order; nothing that ends there is found any more. False when enough was
  // found.
  bool settle(size_t before) {
    std::ranges::sort(ends);
    size_t k = 0;
    for (; k < ends.size() && ends[k].end <= before; ++k)
      if (!take(ends[k])) return false;
    ends.erase(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(k));
    settle_at = std::max(kEndsAtOnce, ends.size() * 2);
    return true;
  }

  bool take(const End& piece) {
    for (const uint32_t at : m.endings[piece.ending].links) {
      const Machine::Link& link = m.links[at];
      Found found{piece.start, piece.end};
      if (link.before != kNone) {
        const uint32_t slot = slots.empty() ? 0 : slots[link.waits];
        const Found* earlier = slot ? queues[slot - 1].before(piece.start) : nullptr;
        if (!earlier) continue;
        const std::string_view gap = text.substr(earlier->end, piece.start - earlier->end);
        if (link.joint ? !m.joins(gap) : !gap_fits(gap)) continue;
        found.start = earlier->start;
      }
      if (link.queue != kNone) {
        if (slots.empty()) slots.resize(m.queues);
        uint32_t& slot = slots[link.queue];
        if (slot == 0) {
          queues.emplace_back();
          slot = static_cast<uint32_t>(queues.size());
        }
        queues[slot - 1].push(found, kGapBytes + m.longest);
      }
      for (uint32_t phrase = link.phrase; phrase != kNone; phrase = m.next_same[phrase]) {
        hits.push_back({phrase, found.start, piece.end - found.start});
        if (hits.size() >= most) return false;
      }
    }
    return true;
  }
};

std::vector<Phrases::Hit> Phrases::find(std::string_view text, size_t most) const {
  const Machine& m = *machine_;
  text = text.substr(0, 0xFFFF0000u);
  if (m.endings.empty() || most == 0) return {};
  Search search{m, text, most, {}, kEndsAtOnce, {}, {}, {}};
  const size_t n = text.size();
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  bool in_word = false;
  for (size_t i = 0; i < n;) {
    const size_t start = i;
    const unsigned char b = bytes[i];
    bool begins = false;
    if (letter(b)) {
      begins = !in_word && (i + kHead >= n || m.may_begin(bytes + i));
      in_word = true;
      while (++i < n && letter(bytes[i])) {
      }
    } else if (b < 0x80) {
      begins = m.step(m.nodes[0], b) != nullptr;
      in_word = false;
      ++i;
    } else {
      const bool word = class_of(next_utf8(text, i)) == Class::word;
      begins = !word || !in_word;
      in_word = word;
    }
    if (!begins) continue;
    search.walk(start);
    if (search.ends.size() >= search.settle_at && !search.settle(start)) return std::move(search.hits);
  }
  search.settle(n);
  return std::move(search.hits);
}

}  // namespace sekisho::text
