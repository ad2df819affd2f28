// Takes a notice in Japanese and the same in English, lays step beside step and sentence beside sentence, and reports
// what one says and the other does not: a "not", an "except", an "only"; opposites; another act; another number;
// another side of a day. Entry: lint_beside. Refuses nothing; sentences that find no counterpart are passed over.
#include <algorithm>
#include <bitset>
#include <cmath>
#include <map>

#include "base/strings.h"
#include "notice/lint.h"

namespace sekisho::notice {
namespace {

constexpr size_t kMostSentences = 80;  // of one half; beyond it prose is not aligned
constexpr size_t kMostHits = 64;       // of one sentence that are weighed
constexpr size_t kMostConcepts = 128;
constexpr size_t kButton = 24;  // bytes within quotes that may be the name of a button: 「承認」, "Deny"

struct Side {
  const Block* block = nullptr;
  std::vector<Stretch> sentences;
  // Of prose: its place. Where both halves are built alike, sentences at the same place belong together.
  size_t block_of = 0, sentence_of = 0, blocks = 0;
};

// What one side says.
struct Said {
  std::vector<uint32_t> strict, broad;  // of each trace: how often
  std::bitset<kMostConcepts> concepts, plus, minus, acts;
  std::vector<FoundNumber> numbers;
  std::vector<FoundDay> days;
  std::vector<std::string> contacts;
};

bool within(const std::vector<Hit>& longer, const Hit& h) {
  return std::ranges::any_of(longer, [&](const Hit& l) { return l.at <= h.at && h.end() <= l.end(); });
}

bool button(const std::vector<std::pair<uint32_t, uint32_t>>& quoted, const Hit& h) {
  return std::ranges::any_of(
      quoted, [&](const auto& q) { return q.first <= h.at && h.end() <= q.second && q.second - q.first <= kButton; });
}

// Hits that lie over each other count once.
size_t apart(std::vector<Hit>& hits) {
  size_t n = 0;
  uint32_t end = 0;
  for (const Hit& h : hits)
    if (h.at >= end) ++n, end = h.end();
    else end = std::max(end, h.end());
  return n;
}

Said said(const Lint& lint, const Side& side, int language) {
  Said out;
  out.strict.resize(lint.words.traces.size());
  out.broad.resize(lint.words.traces.size());
  const Block& b = *side.block;
  const auto quoted = quotes(b.text());
  for (const Stretch& s : side.sentences) {
    const std::vector<Hit> idioms = hits_in(b, s, Word::not_idiom);
    const std::vector<Hit> strict = hits_in(b, s, Word::trace_strict), broad = hits_in(b, s, Word::trace_broad);
    for (size_t t = 0; t < lint.words.traces.size(); ++t) {
      std::vector<Hit> own, other;
      for (const Hit& h : strict)
        if (h.index == t && !within(idioms, h)) own.push_back(h);
      for (const Hit& h : broad)
        if (h.index == t) other.push_back(h);
      out.strict[t] += apart(own);
      out.broad[t] += apart(other);
    }
    // Words of a concept and of its opposite; the longer one counts where they lie over each other.
    std::vector<Hit> hits;
    auto it = std::ranges::lower_bound(b.hits, s.at, {}, &Hit::at);
    for (; it != b.hits.end() && it->at < s.end() && hits.size() < kMostHits; ++it)
      if ((it->word == Word::concept_ || it->word == Word::concept_against) && it->index < kMostConcepts &&
          (!it->quoted || button(quoted, *it)))
        hits.push_back(*it);
    for (const Hit& h : hits) {
      const bool covered = std::ranges::any_of(hits, [&](const Hit& o) {
        return o.index == h.index && o.length > h.length && o.at <= h.at && h.end() <= o.end();
      });
      if (covered) continue;
      const Concept& row = lint.words.concepts[h.index];
      out.concepts.set(h.index);
      bool plus = h.word == Word::concept_;
      if (row.act) out.acts.set(h.index);
      if (row.polar && negated(b, s, h, language, plus)) plus = !plus;
      (plus ? out.plus : out.minus).set(h.index);
    }
    for (const FoundNumber& n : b.numbers)
      if (n.at >= s.at && n.at < s.end() && out.numbers.size() < kMostHits) out.numbers.push_back(n);
    for (const FoundDay& d : b.days.days)
      if (d.at >= s.at && d.at < s.end() && d.day && out.days.size() < kMostHits) out.days.push_back(d);
    for (const FoundContact& c : b.contacts)
      if (c.at >= s.at && c.at < s.end() && out.contacts.size() < kMostHits) out.contacts.push_back(c.value);
  }
  return out;
}

bool same(const FoundNumber& a, const FoundNumber& b) {
  return a.kind == b.kind && std::abs(a.value - b.value) < 1e-6 * std::max(1.0, std::abs(a.value));
}

bool same_day(const FoundDay& a, const FoundDay& b) {
  return a.day == b.day && (!a.month || !b.month || a.month == b.month);
}

struct Beside {
  const Lint& lint;
  const Part& ja;
  const Part& en;
  const Part& half(int l) const { return l == 1 ? ja : en; }

  Span span(const Side& s) const {
    if (s.sentences.size() == s.block->sentences.size()) return s.block->span();
    const Stretch& first = s.sentences.front();
    return s.block->span(first.at, s.sentences.back().end() - first.at);
  }

  // True if something was reported: what is told once of a step is not told again of its sentences.
  bool compare(const Side (&side)[2], bool step) const {
    const Said both[2] = {said(lint, side[0], 0), said(lint, side[1], 1)};
    for (size_t t = 0; t < lint.words.traces.size(); ++t)
      for (int l = 0; l < 2; ++l) {
        // A limit once is enough; of each "not" the other language shows a sign.
        const bool limit = lint.words.traces[t].limit;
        const uint32_t there = both[l].strict[t], found = both[1 - l].broad[t];
        if (there == 0 || (limit ? found > 0 : found >= there)) continue;
        if (limit) {
          if (!step) continue;
          lint.add("limits_differ", "one language sets a limit (only, except) that the other does not have",
                   "一方の言語にある「のみ」「を除く」などの限定が、もう一方にありません", span(side[1 - l]),
                   &half(1 - l));
        } else {
          lint.add("negation_differs", "one language says \"not\", the other does not",
                   "一方の言語では否定、もう一方では肯定になっています", span(side[1 - l]), &half(1 - l));
        }
        return true;
      }
    const auto only_plus = [&](int l) { return both[l].plus & ~both[l].minus; };
    const auto only_minus = [&](int l) { return both[l].minus & ~both[l].plus; };
    const auto turned = (only_plus(0) & only_minus(1)) | (only_minus(0) & only_plus(1));
    if (turned.any()) {
      lint.add("opposites_differ", "the languages say the opposite of each other",
               "日本語と英語で反対の内容になっています", span(side[1]), &half(1));
      return true;
    }
    if (step && both[0].acts.any() && both[1].acts.any() && (both[0].acts & both[1].acts).none() &&
        (both[0].acts & both[1].concepts).none() && (both[0].concepts & both[1].acts).none()) {
      lint.add("actions_differ", "this step is another one in the other language",
               "この対応がもう一方の言語と一致しません", span(side[1]), &half(1));
      return true;
    }
    // A number of one side that the other replaces by one of its own.
    for (int l = 0; l < 2; ++l)
      for (const FoundNumber& n : both[l].numbers) {
        if (!n.hard || std::ranges::any_of(both[1 - l].numbers, [&](const auto& o) { return same(n, o); })) continue;
        const bool replaced = std::ranges::any_of(both[1 - l].numbers, [&](const FoundNumber& o) {
          return o.kind == n.kind && std::ranges::none_of(both[l].numbers, [&](const auto& m) { return same(m, o); });
        });
        if (!replaced) continue;
        lint.add("numbers_differ", "this number is another one in the other language",
                 "この数がもう一方の言語と違います", side[l].block->span(n.at, n.length), &half(l));
        return true;
      }
    return false;
  }
};

Side whole(const Block& b) { return {&b, b.sentences}; }

void steps(const Beside& beside) {
  const std::vector<const Block*> both[2] = {beside.en.steps(), beside.ja.steps()};
  if (both[0].size() != both[1].size()) return;
  for (size_t i = 0; i < both[0].size(); ++i) {
    const Block &en = *both[0][i], &ja = *both[1][i];
    if (beside.compare({whole(en), whole(ja)}, true)) continue;
    if (en.sentences.size() != ja.sentences.size() || en.sentences.size() < 2) continue;
    for (size_t k = 0; k < en.sentences.size(); ++k)
      if (beside.compare({{&en, {en.sentences[k]}}, {&ja, {ja.sentences[k]}}}, true)) break;
  }
}

// A line that greets or leads to a list: short, and no sentence.
bool label(std::string_view s) {
  constexpr size_t kShort = 60;
  if (s.size() > kShort) return false;
  for (const std::string_view end : {"。", ".", "!", "！", "?"})
    if (s.ends_with(end)) return false;
  return true;
}

std::vector<Side> prose(const Part& p) {
  const std::vector<const Block*> steps = p.steps();
  std::vector<Side> out;
  std::map<Word, size_t> blocks;  // of each section
  for (const Block& b : p.blocks) {
    if (b.kind != Block::Kind::paragraph && b.kind != Block::Kind::item) continue;
    if (b.section == Word::head_reference || b.has(Word::mark) || std::ranges::binary_search(steps, &b)) continue;
    if (b.kind == Block::Kind::paragraph && label(b.text())) continue;
    size_t k = 0;
    const size_t nth = blocks[b.section]++;
    for (const Stretch& s : b.sentences) out.push_back({&b, {s}, nth, k++, 0});
  }
  for (Side& s : out) s.blocks = blocks[s.block->section];
  return out;
}

// Which sentences say the same: in the order in which they stand, by what they speak of.
void sentences(const Beside& beside) {
  const std::vector<Side> both[2] = {prose(beside.en), prose(beside.ja)};
  const size_t rows = both[0].size(), columns = both[1].size();
  if (!rows || !columns || rows > kMostSentences || columns > kMostSentences) return;
  std::vector<Said> all[2];
  for (int l = 0; l < 2; ++l)
    for (const Side& s : both[l]) all[l].push_back(said(beside.lint, s, l));
  const auto likeness = [&](size_t i, size_t k) {
    constexpr int kConcept = 2, kValue = 4, kEnough = 3;
    const Said &a = all[0][i], &b = all[1][k];
    int n = static_cast<int>((a.concepts & b.concepts).count()) * kConcept;
    for (const FoundNumber& x : a.numbers)
      n += kValue * std::ranges::any_of(b.numbers, [&](const auto& y) { return same(x, y); });
    for (const FoundDay& x : a.days)
      n += kValue * std::ranges::any_of(b.days, [&](const auto& y) { return same_day(x, y); });
    for (const std::string& x : a.contacts) n += kValue * (std::ranges::find(b.contacts, x) != b.contacts.end());
    n -= static_cast<int>((a.concepts ^ b.concepts).count()) / 2;
    const Side &x = both[0][i], &y = both[1][k];
    if (x.block->section == y.block->section && x.block_of == y.block_of && x.blocks == y.blocks &&
        x.sentence_of == y.sentence_of && x.block->sentences.size() == y.block->sentences.size())
      n = std::max(n, 0) + kEnough;
    return n >= kEnough ? n : 0;
  };
  std::vector<int> best((rows + 1) * (columns + 1), 0), score(rows * columns, 0);
  const auto at = [&](size_t i, size_t k) -> int& { return best[i * (columns + 1) + k]; };
  for (size_t i = rows; i-- > 0;)
    for (size_t k = columns; k-- > 0;) {
      score[i * columns + k] = likeness(i, k);
      at(i, k) = std::max({at(i + 1, k), at(i, k + 1), score[i * columns + k] + at(i + 1, k + 1)});
    }
  for (size_t i = 0, k = 0; i < rows && k < columns;) {
    const int own = score[i * columns + k];
    if (own > 0 && at(i, k) == own + at(i + 1, k + 1)) {
      beside.compare({both[0][i], both[1][k]}, false);
      ++i, ++k;
    } else if (at(i, k) == at(i + 1, k)) {
      ++i;
    } else {
      ++k;
    }
  }
}

// Since a day in one language, until it in the other.
void sides_of_days(const Beside& beside) {
  struct Seen {
    int before = 0, after = 0;
    const Block* block = nullptr;
    Stretch where;
  };
  std::map<std::pair<int, int>, Seen> both[2];
  constexpr uint32_t kAfterJa = 4, kBeforeEn = 16;
  for (int l = 0; l < 2; ++l)
    for (const Block& b : beside.half(l).blocks) {
      if (b.section == Word::head_reference || b.head == Word::head_reference) continue;
      size_t seen = 0;
      for (const FoundDay& d : b.days.days) {
        if (!d.day || !d.month || ++seen > kMostHits) continue;
        Seen& s = both[l][{d.month, d.day}];
        s.block = &b, s.where = d;
        const uint32_t from = l == 1 ? d.end() : d.at - std::min(d.at, kBeforeEn);
        const Stretch near{from, l == 1 ? kAfterJa : d.at - from};
        const auto close = [&](const Hit& h) { return l == 1 || h.end() <= d.at; };
        for (const Hit& h : hits_in(b, near, Word::day_before)) s.before += close(h);
        for (const Hit& h : hits_in(b, near, Word::day_after)) s.after += close(h);
      }
    }
  for (const auto& [day, en] : both[0]) {
    const auto found = both[1].find(day);
    if (found == both[1].end()) continue;
    const Seen& ja = found->second;
    if ((en.before && !en.after && ja.after && !ja.before) || (en.after && !en.before && ja.before && !ja.after))
      beside.lint.add("dates_differ", "one language says since this day, the other until it",
                      "一方の言語では「以降」、もう一方では「以前」になっています",
                      ja.block->span(ja.where.at, ja.where.length), &beside.ja);
  }
}

}  // namespace

void lint_beside(const Lint& lint, const Part& ja, const Part& en) {
  const Beside beside{lint, ja, en};
  steps(beside);
  sentences(beside);
  sides_of_days(beside);
}

}  // namespace sekisho::notice
