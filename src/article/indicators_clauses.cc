// Takes a text, the candidates in it and the cues; gives the cue words with their places and the groups of candidates
// with their sentences. Entry: Clauses::read. Refuses nothing. Linear: the words are found in one pass, marks are read
// once.
#include "article/indicators_clauses.h"

#include <algorithm>
#include <numeric>

#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::article::internal {
namespace {

constexpr size_t kMostCues = 200'000, kSentence = 2000, kTableLine = 8 << 10;

}  // namespace

namespace {
bool goes_on(std::string_view text, size_t at, const std::string& word) {
  if (!ascii_lower(text.substr(at, word.size())).starts_with(word)) return false;
  return !is_alpha(word.back()) || at + word.size() >= text.size() || !is_alpha(text[at + word.size()]);
}
}  // namespace

bool Clauses::continues(size_t at, const std::string& word) const { return goes_on(text_, at, word); }

void Clauses::find_cues() {
  const auto normal = text::normalize(text_);
  auto raw = words_.phrases.find(normal.text, kMostCues);
  std::vector<Hit> hits;
  hits.reserve(raw.size());
  for (const auto& h : raw) {
    Hit hit;
    hit.from = normal.source_offset(h.offset);
    hit.to = normal.source_offset(h.offset + h.length);
    hit.cue = h.phrase;
    hit.says = words_.cues[h.phrase].says;
    if (hit.to > hit.from) hits.push_back(hit);
  }
  std::sort(hits.begin(), hits.end(),
            [](const Hit& a, const Hit& b) { return a.from != b.from ? a.from < b.from : a.to > b.to; });
  // For what follows a word and for what precedes it the longest counts by itself: "は悪性" speaks of what stands
  // before it, the "悪性" in it of both.
  for (const bool before : {true, false}) {
    std::vector<Hit> kept;
    size_t next = 0;
    for (Hit h : hits) {
      const auto& cue = words_.cues[h.cue];
      if (before ? !cue.before : !cue.after) continue;
      h.before = before;
      if (!kept.empty() && h.from < kept.back().to) {
        if (h.to - h.from <= kept.back().to - kept.back().from) continue;
        kept.pop_back();
      }
      while (next < found_.size() && found_[next].found.at + found_[next].found.length <= h.from) ++next;
      if (next < found_.size() && found_[next].found.at < h.to) continue;
      kept.push_back(h);
    }
    hits_.insert(hits_.end(), kept.begin(), kept.end());
  }
  std::sort(hits_.begin(), hits_.end(),
            [](const Hit& a, const Hit& b) { return a.from != b.from ? a.from < b.from : a.before && !b.before; });
}

bool Clauses::stop_ahead(std::string_view text, size_t i, size_t& length) {
  static constexpr std::string_view kStops[] = {"。", "！", "？", "．", "｡"};
  for (const std::string_view s : kStops)
    if (text.substr(i, s.size()) == s) {
      length = s.size();
      return s != "．" || i + 3 >= text.size() || static_cast<unsigned char>(text[i + 3]) >= 0xe0;
    }
  const char c = text[i];
  if (c != '.' && c != '!' && c != '?') return false;
  length = 1;
  if (i + 1 >= text.size()) return true;
  size_t k = i + 1;
  while (k < text.size() && (text[k] == '"' || text[k] == '\'' || text[k] == ')')) ++k;
  if (k >= text.size() || !is_space(text[k])) return false;
  while (k < text.size() && is_space(text[k])) ++k;
  if (k < text.size() && text[k] >= 'a' && text[k] <= 'z') return false;
  // "e.g. X", "Feb. 14", "No. 5", "vs. Y"
  size_t word = i;
  while (word > 0 && is_alpha(text[word - 1])) --word;
  const size_t letters = i - word;
  if (c == '.' && letters > 0 && letters <= 3 && (word == 0 || text[word - 1] == '.' || text[word] < 'a')) return false;
  return true;
}

void Clauses::make_groups() {
  // Ends of sentences and lines, with the candidates jumped over.
  std::vector<uint32_t> ends, lines;
  size_t next = 0;
  for (size_t i = 0; i < text_.size();) {
    if (next < found_.size() && i >= found_[next].found.at) {
      i = std::max<size_t>(i, found_[next].found.at + found_[next].found.length);
      ++next;
      continue;
    }
    size_t length = 1;
    if (text_[i] == '\n') {
      ends.push_back(static_cast<uint32_t>(i));
      lines.push_back(static_cast<uint32_t>(i));
    } else if (stop_ahead(text_, i, length)) {
      ends.push_back(static_cast<uint32_t>(i + length));
    } else {
      length = 1;
    }
    i += length;
  }
  const auto around = [&](const std::vector<uint32_t>& marks, uint32_t at, uint32_t& begin, uint32_t& end) {
    const auto it = std::upper_bound(marks.begin(), marks.end(), at);
    begin = it == marks.begin() ? 0 : *(it - 1);
    end = it == marks.end() ? static_cast<uint32_t>(text_.size()) : *it;
  };
  for (size_t i = 0; i < found_.size(); ++i) {
    const Indicator& f = found_[i].found;
    Group g;
    g.first = g.last = i;
    g.from = f.at;
    g.to = f.at + f.length;
    around(ends, f.at, g.begin, g.end);
    around(lines, f.at, g.line, g.line_end);
    if (g.from - g.begin > kSentence) g.begin = static_cast<uint32_t>(g.from - kSentence);
    if (g.end > g.to && g.end - g.to > kSentence) g.end = static_cast<uint32_t>(g.to + kSentence);
    g.end = std::max(g.end, g.to);
    if (!groups_.empty()) {
      Group& last = groups_.back();
      const uint32_t lead = std::max(last.begin, last.from > 200 ? last.from - 200 : 0);
      if (last.line == g.line && g.from <= last.end + 4 && !has_word(lead, last.from, words_.contrasts) &&
          list_glue(text_.substr(last.to, g.from - last.to))) {
        last.last = i;
        last.to = g.to;
        last.end = std::max(last.end, g.end);
        continue;
      }
    }
    const bool same = !groups_.empty() && groups_.back().line == g.line;
    g.table = same ? groups_.back().table : table_line(text_.substr(g.line, g.line_end - g.line));
    groups_.push_back(g);
  }
}

// A run of cells, each on its own line, gives no rows. Where indicators stand in one column, their distance does: what
// a row says counts for that row alone.
void Clauses::read_table(size_t first, size_t last) {
  const auto& cells = *passages_;
  const auto cell_of = [&](uint32_t at) {
    const auto it = std::upper_bound(cells.begin() + static_cast<long>(first), cells.begin() + static_cast<long>(last),
                                     at, [](uint32_t x, const Passage& p) { return x < p.at; });
    return static_cast<size_t>(it - cells.begin()) - 1 - first;
  };
  const uint32_t begin = cells[first].at, end = cells[last - 1].at + cells[last - 1].length;
  size_t g = static_cast<size_t>(
      std::lower_bound(groups_.begin(), groups_.end(), begin, [](const Group& x, uint32_t at) { return x.from < at; }) -
      groups_.begin());
  const size_t g0 = g;
  size_t stride = 0, before = 0;
  for (; g < groups_.size() && groups_[g].from < end; ++g) {
    const size_t at = cell_of(groups_[g].from);
    if (g > g0 && at != before) stride = std::gcd(stride, at - before);
    before = at;
  }
  // Several columns hold indicators: the shortest row that repeats.
  if (stride == 1) {
    std::vector<char> holds(last - first);
    for (size_t i = g0; i < g; ++i) holds[cell_of(groups_[i].from)] = 1;
    const size_t start = cell_of(groups_[g0].from);
    for (size_t n = 2; n <= 12 && n <= start && stride == 1; ++n) {
      bool same = holds.size() % n == 0;
      for (size_t i = 2 * n; i < holds.size() && same; ++i) same = holds[i] == holds[i - n];
      if (same) stride = n;
    }
  }
  for (size_t i = g0; i < g; ++i) {
    Group& group = groups_[i];
    const size_t at = cell_of(group.from);
    group.cell = true;
    group.table_begin = begin;
    if (stride < 2 || stride > 20) continue;
    const size_t row = at - at % stride, row_end = std::min(row + stride, last - first);
    group.table = true;
    group.begin = cells[first + row].at;
    const Passage& tail = cells[first + row_end - 1];
    group.end = std::max(group.to, tail.at + tail.length);
    if (cell_of(groups_[g0].from) < stride) continue;  // no row of heads
    const Passage& head = cells[first + at % stride];
    group.head = head.at;
    group.head_end = head.at + head.length;
  }
}

void Clauses::read_tables() {
  for (size_t i = 0; i < passages_->size();) {
    size_t end = i;
    while (end < passages_->size() && (*passages_)[end].kind == Passage::Kind::cell) ++end;
    if (end > i + 1) read_table(i, end);
    i = std::max(end, i + 1);
  }
}

bool Clauses::list_glue(std::string_view between) const {
  if (between.size() > 60) return false;
  std::string word;
  for (size_t i = 0; i <= between.size();) {
    const char32_t c = i < between.size() ? text::next_utf8(between, i) : (++i, U' ');
    const Class k = class_of(c);
    if (k != Class::other) {
      text::append_utf8(word, c);
      continue;
    }
    if (!word.empty() && !words_.list_glue.contains(ascii_lower(word))) return false;
    word.clear();
    if (c == 0x2192 || c == '>' || c == ':' || c == 0xff1a || c == 0x3002) return false;
  }
  return true;
}

double Clauses::words_between(uint32_t from, uint32_t to) const {
  double n = 0;
  bool in = false;
  for (size_t i = from; i < to;) {
    const char32_t c = text::next_utf8(text_, i);
    const Class k = class_of(c);
    if (k == Class::kana) n += 0.5;
    const bool letter = k == Class::latin || k == Class::digit;
    if (letter && !in) n += 1;
    in = letter || (in && (c == '-' || c == '\''));
    if (n > 60) break;
  }
  return n;
}

int Clauses::breaks_between(uint32_t from, uint32_t to) const {
  if (to <= from || to - from > kSentence) return to > from ? 5 : 0;
  int n = 0;
  const std::string_view s = text_.substr(from, to - from);
  for (size_t i = 0; i < s.size(); ++i) {
    const bool mark = s[i] == ';' || s[i] == ',' || s.substr(i).starts_with("、") || s.substr(i).starts_with("，") ||
                      s.substr(i).starts_with("；") || s.substr(i).starts_with("。") || s.substr(i).starts_with("／");
    n += mark;
    if (mark) continue;
    if (i > 0 && is_alpha(s[i - 1]) && is_alpha(s[i])) continue;
    for (const std::string& w : words_.breaks)
      if (goes_on(s, i, w)) {
        ++n;
        break;
      }
  }
  return std::min(n, 4);
}

bool Clauses::has_word(uint32_t from, uint32_t to, const std::vector<std::string>& list) const {
  if (to <= from) return false;
  const std::string_view s = text_.substr(from, std::min<uint32_t>(to - from, 200));
  for (size_t i = 0; i < s.size(); ++i) {
    if (i > 0 && is_alpha(s[i - 1]) && is_alpha(s[i])) continue;
    for (const std::string& w : list)
      if (goes_on(s, i, w)) return true;
  }
  return false;
}

bool Clauses::negated(const Hit& h) const {
  for (const std::string& w : words_.negators_after)
    if (continues(h.to, w)) return true;
  // "not", then at most two words that say nothing
  size_t end = h.from;
  for (int words = 0; words < 3; ++words) {
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '"')) --end;
    size_t from = end;
    while (from > 0 && (is_alpha(text_[from - 1]) || text_[from - 1] == '\'')) --from;
    if (from == end || end - from > 12) return false;
    const std::string word = ascii_lower(text_.substr(from, end - from));
    if (std::find(words_.negators_before.begin(), words_.negators_before.end(), word) != words_.negators_before.end())
      return true;
    if (std::find(words_.fillers.begin(), words_.fillers.end(), word) == words_.fillers.end()) return false;
    end = from;
  }
  return false;
}

bool Clauses::copula_at(uint32_t at, uint32_t end) const {
  size_t i = at;
  while (i < end && (text_[i] == ' ' || text_[i] == '"' || text_[i] == '\'' || text_[i] == '`' || text_[i] == ')' ||
                     text_[i] == '*'))
    ++i;
  for (const std::string_view s : {"」", "』", "）", "】"})
    if (text_.substr(i).starts_with(s)) i += s.size();
  for (const std::string& w : words_.copulas)
    if (continues(i, w)) return true;
  return false;
}

uint32_t Clauses::apposition(uint32_t at, uint32_t end) const {
  size_t i = at;
  while (i < end && (text_[i] == ' ' || text_[i] == '`' || text_[i] == '"')) ++i;
  std::string_view close;
  if (text_.substr(i).starts_with("（")) close = "）";
  else if (text_[i < text_.size() ? i : 0] == '(' && i < text_.size()) close = ")";
  else if (text_.substr(i).starts_with("［")) close = "］";
  else if (i < text_.size() && text_[i] == '[') close = "]";
  else return 0;
  const size_t to = text_.find(close, i);
  return to == std::string_view::npos || to > end + 3 ? 0 : static_cast<uint32_t>(to);
}

uint32_t Clauses::comma_apposition(uint32_t at, uint32_t end, bool more) const {
  for (const std::string& w : words_.appositions)
    if (text_.size() > at && ascii_lower(text_.substr(at, w.size())) == w) {
      uint32_t to = at + static_cast<uint32_t>(w.size());
      while (to < end && text_[to] != ',' && text_[to] != ';' && !text_.substr(to).starts_with("、")) ++to;
      return to == end && more ? 0 : to;
    }
  return 0;
}

size_t Clauses::first_hit(uint32_t at) const {
  return static_cast<size_t>(
      std::lower_bound(hits_.begin(), hits_.end(), at, [](const Hit& h, uint32_t x) { return h.from < x; }) -
      hits_.begin());
}

bool Clauses::table_line(std::string_view line) {
  return line.size() < kTableLine && (std::count(line.begin(), line.end(), '|') > 1 || line.find('\t') != line.npos);
}

}  // namespace sekisho::article::internal
