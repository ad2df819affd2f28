// Takes phrases, gives an Aho-Corasick automaton; takes normalised text, gives where phrases stand in it.
//
// Text and phrases are read as the same stream of symbols: their bytes, less the spaces beside a script that has none,
// with a symbol kStart before each word of a script with spaces. So a phrase that begins with a word can only match
// where a word begins, two spellings of a Japanese compound are one, and within a word that no phrase begins with there
// is nothing to do but to skip it. The end of a word is looked at when a phrase ends. A phrase with gaps is a chain of
// pieces; chains that begin alike are one path of a tree of links, and the ends of what was found of a path are kept in
// the queue of its link, which rises. Entries: add, joint, build, find. Refuses nothing; a phrase of white space,
// punctuation marks dropped by normalising, "*" or "~" alone never matches.
#include "text/phrases.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

#include "base/strings.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

constexpr uint16_t kStart = 256;  // the symbol before a word
constexpr size_t kSymbols = 257;
constexpr size_t kRowBytes = 512u << 10;      // memory for full rows of the states near the root
constexpr uint32_t kHasOutput = 0x80000000;   // bit of a target: a pattern ends there
constexpr uint16_t kLabelHasOutput = 0x8000;  // the same, in a label
constexpr uint32_t kNone = UINT32_MAX;
constexpr size_t kGapWords = 3, kGapCharacters = 12;
constexpr size_t kGapBytes = 200;  // and no gap is longer than this
constexpr size_t kJointBytes = 40;

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
bool skipped_space(std::string_view s, size_t at) {
  const bool before = at > 0 && static_cast<unsigned char>(s[at - 1]) >= 0x80;
  const bool after = at + 1 < s.size() && static_cast<unsigned char>(s[at + 1]) >= 0x80;
  return (before && spaceless_before(s, at)) || (after && spaceless_at(s, at + 1));
}

struct Pattern {
  std::vector<uint16_t> symbols;
  uint32_t bytes = 0;     // without kStart and skipped spaces
  bool word_end = false;  // must not go on in a word
};

// The stream of a phrase, spelt out plainly; find() reads text the same way, only faster.
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
    if (cls == Class::word && !in_word) out.symbols.push_back(kStart);
    in_word = cls == Class::word;
    for (size_t k = start; k < i; ++k, ++out.bytes) out.symbols.push_back(static_cast<unsigned char>(piece[k]));
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
  struct Ending {  // of a pattern, at a state
    uint32_t bytes;
    bool word_end;
    std::vector<uint32_t> links;  // whose piece it is, longer paths first
  };

  std::vector<std::string> texts;  // normalised, in order of add()
  StringSet joints;                // normalised, trimmed
  std::vector<Link> links;
  std::vector<uint32_t> next_same;  // by phrase: the next that ends at the same link, or kNone
  uint32_t queues = 0;
  size_t longest = 0;  // bytes of a piece

  // The automaton; states in breadth-first order, so that the children of a state are neighbours.
  std::array<uint8_t, kSymbols> column{};  // symbol → column of the rows; 0 for symbols of no phrase
  unsigned shift = 0;                      // a row has 1 << shift columns
  uint32_t full = 0;                       // states below this have a row
  std::vector<uint32_t> rows;              // full << shift targets
  std::vector<uint32_t> first_child;       // states + 1
  std::vector<uint16_t> label;             // symbol on the edge into a state, with kLabelHasOutput
  std::vector<uint32_t> fail;
  std::vector<uint32_t> output;   // index into `endings` of the pattern that ends here, or kNone
  std::vector<uint32_t> shorter;  // nearest state along the fails with an output, or kNone
  std::vector<Ending> endings;

  // The first three bytes (five bits of each) with which a word that begins a pattern can begin: most words of a text
  // are not among them and are passed over without a look at the states.
  std::array<uint64_t, 512> heads{};

  void build();
  void mark_head(const std::vector<uint16_t>& symbols);
  bool may_begin(const unsigned char* word) const {  // three bytes are there
    const unsigned at = head(word[0], word[1], word[2]);
    return heads[at >> 6] >> (at & 63) & 1;
  }
  static unsigned head(unsigned a, unsigned b, unsigned c) { return (a & 31) << 10 | (b & 31) << 5 | (c & 31); }
  uint32_t step(uint32_t state, uint16_t symbol) const;  // with kHasOutput
  bool joins(std::string_view gap) const;                // "~" may stand for it
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

// The next state; while building, flags are not known yet and not asked for.
inline uint32_t Phrases::Machine::step(uint32_t state, uint16_t symbol) const {
  while (state >= full) {
    const uint32_t end = first_child[state + 1];
    for (uint32_t c = first_child[state]; c < end; ++c)
      if ((label[c] & ~kLabelHasOutput) == symbol) return label[c] != symbol ? c | kHasOutput : c;
    state = fail[state];
  }
  return rows[(static_cast<size_t>(state) << shift) + column[symbol]];
}

void Phrases::Machine::mark_head(const std::vector<uint16_t>& symbols) {
  if (symbols[0] != kStart) return;
  // What follows a byte that is no ASCII, or the pattern's end, may be anything (a skipped space, the rest of the
  // text).
  int bytes[3] = {-1, -1, -1};
  for (size_t k = 0; k < 3 && k + 1 < symbols.size() && symbols[k + 1] < 0x80; ++k) bytes[k] = symbols[k + 1];
  if (bytes[0] < 0) return;  // such a word is never passed over
  const auto range = [&](int k) { return bytes[k] < 0 ? std::pair(0, 31) : std::pair(bytes[k] & 31, bytes[k] & 31); };
  for (int a = range(0).first; a <= range(0).second; ++a)
    for (int b = range(1).first; b <= range(1).second; ++b)
      for (int c = range(2).first; c <= range(2).second; ++c) {
        const unsigned at = head(static_cast<unsigned>(a), static_cast<unsigned>(b), static_cast<unsigned>(c));
        heads[at >> 6] |= uint64_t{1} << (at & 63);
      }
}

void Phrases::Machine::build() {
  heads.fill(0);
  // A trie of plain lists first.
  struct Node {
    uint32_t child = 0, sibling = 0;  // 0: none
    uint32_t ending = kNone;
    uint16_t symbol = 0;
  };
  std::vector<Node> trie(1);
  std::array<uint32_t, kSymbols> first{};  // the children of the root, who has too many to be asked one by one
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
    if (pattern.symbols.empty()) return kNone;
    longest = std::max(longest, piece.size());
    mark_head(pattern.symbols);
    uint32_t at = 0;
    for (const uint16_t symbol : pattern.symbols) {
      uint32_t next = at == 0 ? first[symbol] : trie[at].child;
      while (at != 0 && next != 0 && trie[next].symbol != symbol) next = trie[next].sibling;
      if (next == 0) {
        next = static_cast<uint32_t>(trie.size());
        trie.push_back({0, trie[at].child, kNone, symbol});
        trie[at].child = next;
        if (at == 0) first[symbol] = next;
      }
      at = next;
    }
    if (trie[at].ending == kNone) {
      trie[at].ending = static_cast<uint32_t>(endings.size());
      endings.push_back({pattern.bytes, pattern.word_end, {}});
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
      if (const uint32_t ending = insert(trim(text.substr(from, end - from))); ending != kNone) {
        const uint64_t key = (static_cast<uint64_t>(path + 1) * 2 + joint) << 32 | ending;
        const auto [it, fresh] = known.try_emplace(key, static_cast<uint32_t>(links.size()));
        if (fresh) {
          if (path != kNone && links[path].queue == kNone) links[path].queue = queues++;
          links.push_back({path, path == kNone ? kNone : links[path].queue, kNone, joint,
                           path == kNone ? 0 : links[path].depth + 1, kNone});
          endings[ending].links.push_back(it->second);
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

  // Breadth-first numbers.
  const size_t states = trie.size();
  std::vector<uint32_t> order{0}, number(states, 0);
  order.reserve(states);
  first_child.assign(states + 1, 0);
  label.assign(states, 0);
  std::vector<uint32_t> parent(states, 0);
  std::vector<std::pair<uint16_t, uint32_t>> children;
  for (size_t s = 0; s < order.size(); ++s) {
    first_child[s] = static_cast<uint32_t>(order.size());
    children.clear();
    for (uint32_t c = trie[order[s]].child; c != 0; c = trie[c].sibling) children.emplace_back(trie[c].symbol, c);
    std::ranges::sort(children);
    for (const auto& [symbol, child] : children) {
      const auto id = static_cast<uint32_t>(order.size());
      number[child] = id;
      label[id] = symbol;
      parent[id] = static_cast<uint32_t>(s);
      order.push_back(child);
    }
  }
  first_child[states] = static_cast<uint32_t>(states);

  column.fill(0);
  size_t columns = 1;
  for (size_t s = 1; s < states; ++s)
    if (!column[label[s]]) column[label[s]] = static_cast<uint8_t>(columns++);
  shift = static_cast<unsigned>(std::bit_width(columns - 1));
  full = static_cast<uint32_t>(std::min(states, std::max<size_t>(2, kRowBytes / (sizeof(uint32_t) << shift))));

  output.assign(states, kNone);
  shorter.assign(states, kNone);
  fail.assign(states, 0);
  rows.assign(static_cast<size_t>(full) << shift, 0);
  const auto flagged = [&](uint32_t s) { return output[s] != kNone || shorter[s] != kNone ? s | kHasOutput : s; };
  for (uint32_t s = 0; s < states; ++s) output[s] = trie[order[s]].ending;
  for (uint32_t s = 0; s < states; ++s) {
    if (s > 0 && parent[s] != 0) fail[s] = step(fail[parent[s]], label[s]) & ~kHasOutput;
    if (s > 0) shorter[s] = output[fail[s]] != kNone ? fail[s] : shorter[fail[s]];
    if (s >= full) continue;
    uint32_t* row = &rows[static_cast<size_t>(s) << shift];
    if (s > 0) std::copy_n(&rows[static_cast<size_t>(fail[s]) << shift], columns, row);
    // The outputs of the children are known only when it is their turn: flags are set below.
    for (uint32_t c = first_child[s]; c < first_child[s + 1]; ++c) row[column[label[c]]] = c;
  }
  for (uint32_t& target : rows) target = flagged(target);
  for (uint32_t s = 0; s < states; ++s)
    if (flagged(s) != s) label[s] |= kLabelHasOutput;
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
  size_t sum = m.rows.size() * 4 + m.first_child.size() * 4 + m.label.size() * 2 + m.fail.size() * 12;
  for (const std::string& t : m.texts) sum += sizeof t + t.size();
  for (const Machine::Ending& e : m.endings) sum += sizeof e + e.links.size() * 4;
  sum += m.links.size() * sizeof(Machine::Link) + m.next_same.size() * 4;
  return sum;
}

namespace {

// One reading of one text.
struct Search {
  std::string_view text;
  std::vector<uint32_t> skipped;  // for each skipped space, how many symbols stood before it
  std::vector<uint32_t> slots;    // by number of a queue: 1 + its index in `queues`, 0 while it is empty
  std::vector<Queue> queues;
  std::vector<Phrases::Hit> hits;
  size_t most;

  const Queue* queue(uint32_t number) const {
    return slots.empty() || slots[number] == 0 ? nullptr : &queues[slots[number] - 1];
  }

  // Byte of the text that is symbol `at` of the stream.
  size_t position(size_t at) const {
    const auto before = std::upper_bound(skipped.begin(), skipped.end(), static_cast<uint32_t>(at)) - skipped.begin();
    return at + static_cast<size_t>(before);
  }
};

}  // namespace

std::vector<Phrases::Hit> Phrases::find(std::string_view text, size_t most) const {
  const Machine& m = *machine_;
  text = text.substr(0, 0xFFFF0000u);
  Search search{text, {}, {}, {}, {}, most};
  if (m.full == 0 || most == 0) return {};

  // Everything that ends at byte `end` of the text, in `state`; false when enough was found.
  const auto report = [&](uint32_t state, size_t end) {
    const bool goes_on = [&] {
      if (end >= text.size()) return false;
      size_t at = end;
      return class_of(next_utf8(text, at)) == Class::word;
    }();
    if (m.output[state] == kNone) state = m.shorter[state];
    for (; state != kNone; state = m.shorter[state]) {
      const Machine::Ending& ending = m.endings[m.output[state]];
      if (ending.word_end && goes_on) continue;
      const auto start = static_cast<uint32_t>(search.position(end - search.skipped.size() - ending.bytes));
      const auto end32 = static_cast<uint32_t>(end);
      for (const uint32_t at : ending.links) {
        const Machine::Link& link = m.links[at];
        Found found{start, end32};
        if (link.before != kNone) {
          const Queue* queue = search.queue(link.waits);
          const Found* earlier = queue ? queue->before(start) : nullptr;
          if (!earlier) continue;
          const std::string_view gap = text.substr(earlier->end, start - earlier->end);
          if (link.joint ? !m.joins(gap) : !gap_fits(gap)) continue;
          found.start = earlier->start;
        }
        if (link.queue != kNone) {
          if (search.slots.empty()) search.slots.resize(m.queues);
          uint32_t& slot = search.slots[link.queue];
          if (slot == 0) {
            search.queues.emplace_back();
            slot = static_cast<uint32_t>(search.queues.size());
          }
          search.queues[slot - 1].push(found, kGapBytes + m.longest);
        }
        for (uint32_t phrase = link.phrase; phrase != kNone; phrase = m.next_same[phrase]) {
          search.hits.push_back({phrase, found.start, end32 - found.start});
          if (search.hits.size() >= most) return false;
        }
      }
    }
    return true;
  };

  uint32_t state = 0;
  bool in_word = false;
  const size_t n = text.size();
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto letter = [](unsigned char b) {
    return static_cast<unsigned>((b | 0x20) - 'a') < 26 || static_cast<unsigned>(b - '0') < 10;
  };
  const auto take = [&](uint16_t symbol) {
    state = m.step(state & ~kHasOutput, symbol);
    return state;
  };
  for (size_t i = 0; i < n;) {
    const unsigned char b = bytes[i];
    if (b < 0x80) {
      if (letter(b)) {
        if (!in_word) {
          in_word = true;
          if (state == 0 && i + 2 < n && !m.may_begin(bytes + i)) {
            while (i < n && letter(bytes[i])) ++i;
            continue;
          }
          take(kStart);
        }
        do {
          if ((take(bytes[i++]) & kHasOutput) && !report(state & ~kHasOutput, i)) return std::move(search.hits);
          if (state == 0)
            while (i < n && letter(bytes[i])) ++i;
        } while (i < n && letter(bytes[i]));
        continue;
      }
      in_word = false;
      if (b == ' ' && skipped_space(text, i)) {
        search.skipped.push_back(static_cast<uint32_t>(i - search.skipped.size()));
        ++i;
        continue;
      }
      if ((take(b) & kHasOutput) && !report(state & ~kHasOutput, i + 1)) return std::move(search.hits);
      ++i;
      continue;
    }
    size_t end = i;
    const char32_t c = next_utf8(text, end);
    const bool word = class_of(c) == Class::word;
    if (word && !in_word) take(kStart);
    in_word = word;
    for (; i < end; ++i) take(bytes[i]);
    if ((state & kHasOutput) && !report(state & ~kHasOutput, i)) return std::move(search.hits);
  }
  return std::move(search.hits);
}

}  // namespace sekisho::text
