// Takes folded text, gives the amounts, durations and times of day in it, in figures, in English words and in kanji.
// Entry: find_numbers. Refuses numbers that are part of a name or version, or that count the steps of a list.
#include <algorithm>

#include "base/strings.h"
#include "notice/values.h"

namespace sekisho::notice {
namespace {

class NumberReader {
 public:
  NumberReader(std::string_view s, const Words& words, const std::vector<Hit>& hits, std::vector<Stretch> taken)
      : s_(s), words_(words), hits_(hits), taken_(std::move(taken)), tokens_(tokens(s)) {
    for (const Hit& h : hits)
      if (h.word == Word::idiom || h.word == Word::midnight) taken_.push_back({h.at, h.length});
    std::ranges::sort(taken_, {}, &Stretch::at);
    for (const Hit& h : hits)
      for (size_t i = 0; i < std::size(kBefore); ++i)
        if (h.word == kBefore[i]) ends_[i].push_back(h.end());
    for (auto& ends : ends_) std::ranges::sort(ends);
  }

  std::vector<FoundNumber> read() {
    for (const Hit& h : hits_)
      if (h.word == Word::noon) add(h.at, h.end(), FoundNumber::Kind::time, 720, true);
      else if (h.word == Word::midnight) add(h.at, h.end(), FoundNumber::Kind::time, 0, true);
    size_t t = 0;
    uint32_t reach = 0;  // end of what is taken so far
    for (size_t i = 0; i < tokens_.size();) {
      while (t < taken_.size() && taken_[t].at <= tokens_[i].at) reach = std::max(reach, taken_[t++].end());
      if (tokens_[i].at < reach) {
        ++i;
        continue;
      }
      const size_t next = one(i);
      i = std::max(next, i + 1);
    }
    // "24 to 72 hours": the unit stands once.
    std::ranges::sort(out_, {}, &FoundNumber::at);
    constexpr uint32_t kJoint = 6;
    for (size_t i = 0; i + 1 < out_.size(); ++i)
      if (out_[i].kind == FoundNumber::Kind::plain && out_[i + 1].kind == FoundNumber::Kind::duration &&
          out_[i + 1].at - out_[i].end() <= kJoint) {
        out_[i].kind = FoundNumber::Kind::duration;
        out_[i].unit = out_[i + 1].unit;
        out_[i].value *= out_[i].unit;
      }
    return std::move(out_);
  }

 private:
  std::string_view text(size_t i) const {
    return i < tokens_.size() ? s_.substr(tokens_[i].at, tokens_[i].length) : std::string_view();
  }
  bool glued(size_t i) const { return i < tokens_.size() && !tokens_[i].space_before; }
  bool number(size_t i) const { return i < tokens_.size() && tokens_[i].kind == Token::Kind::number; }
  bool word(size_t i) const { return i < tokens_.size() && tokens_[i].kind == Token::Kind::word; }

  void add(uint32_t from, uint32_t to, FoundNumber::Kind kind, double value, bool hard, double unit = 0) {
    FoundNumber n;
    n.at = from;
    n.length = to - from;
    n.kind = kind;
    n.value = value;
    n.hard = hard;
    n.unit = unit;
    out_.push_back(n);
  }

  const Hit* hit_at(uint32_t at, Word word) const {
    auto it = std::ranges::lower_bound(hits_, at, {}, &Hit::at);
    for (; it != hits_.end() && it->at == at; ++it)
      if (it->word == word) return &*it;
    return nullptr;
  }
  // A word of the list ends here, or a space or full stop before.
  bool hit_ends(uint32_t at, Word word) const {
    const auto& ends = ends_[word == Word::number_label ? 0 : word == Word::morning ? 1 : 2];
    for (uint32_t back = 0; back < 3 && back <= at; ++back) {
      if (back && s_[at - back] != ' ' && s_[at - back] != '.') return false;
      if (std::ranges::binary_search(ends, at - back)) return true;
    }
    return false;
  }

  // The unit that follows: minutes; 0: none. Moves i past it.
  double unit(size_t& i) const {
    if (i >= tokens_.size()) return 0;
    uint32_t at = tokens_[i].at;
    if (s_[at] == '-' && i + 1 < tokens_.size() && word(i + 1)) at = tokens_[++i].at;  // "24-hour"
    const Hit* best = nullptr;
    auto it = std::ranges::lower_bound(hits_, at, {}, &Hit::at);
    for (; it != hits_.end() && it->at == at; ++it)
      if (it->word == Word::unit && (!best || it->length > best->length)) best = &*it;
    if (!best) {  // glued: "24h" is one word for the machine
      const auto glue = words_.unit_words.find(text(i));
      if (!word(i) || glue == words_.unit_words.end()) return 0;
      ++i;
      return glue->second;
    }
    while (i < tokens_.size() && tokens_[i].at < best->end()) ++i;
    return words_.units[best->index];
  }

  bool half_of_day(size_t i, bool& afternoon, size_t& next) const {  // am, p.m.
    next = i;
    for (const Word w : {Word::morning, Word::afternoon}) {
      const bool letters = word(i) && words_.in(w, text(i));
      const bool dotted = word(i) && text(i).size() == 1 && text(i + 1) == "." && text(i + 2) == "m" &&
                          words_.in(w, std::string(text(i)) + ".m");
      if (!letters && !dotted) continue;
      afternoon = w == Word::afternoon;
      next = i + (letters ? 1 : 3);
      return true;
    }
    return false;
  }

  size_t one(size_t i) {
    if (number(i)) return figures(i);
    if (word(i)) return in_words(i);
    return kanji(i);
  }

  size_t figures(size_t i) {
    const Token& t = tokens_[i];
    double value = t.value;
    size_t next = i + 1;
    const bool named = i > 0 && glued(i) &&
                       (word(i - 1) || text(i - 1) == "-" || text(i - 1) == "_" || text(i - 1) == "/") &&
                       !(text(i - 1) == "-" && i > 1 && (number(i - 2) || tokens_[i - 1].space_before));
    const bool slash_named = i > 0 && glued(i) && text(i - 1) == "/" && !(i > 1 && number(i - 2));
    if ((named && text(i - 1) != "/") || slash_named || hit_ends(t.at, Word::number_label)) return next;
    // Times of the day.
    bool afternoon = false;
    size_t after = next;
    const bool pm_before = hit_ends(t.at, Word::afternoon), am_before = hit_ends(t.at, Word::morning);
    const auto time = [&](double hour, double minute, size_t end) {
      size_t k = end;
      const bool said = half_of_day(end, afternoon, k);
      if ((said && afternoon) || pm_before) hour = hour < 12 ? hour + 12 : hour;
      else if ((said || am_before) && hour == 12) hour = 0;
      add(t.at, tokens_[k - 1].end(), FoundNumber::Kind::time, hour * 60 + minute, true);
      return k;
    };
    if (value <= 24 && text(next) == ":" && glued(next) && number(next + 1) && glued(next + 1) &&
        tokens_[next + 1].length == 2)
      return time(value, tokens_[next + 1].value, next + 2);
    if (value <= 24 && text(next) == "時" && text(next + 1) != "間") {
      if (number(next + 1) && text(next + 2) == "分") return time(value, tokens_[next + 1].value, next + 3);
      if (text(next + 1) == "半") return time(value, 30, next + 2);
      return time(value, 0, next + 1);
    }
    if (value <= 12 && half_of_day(next, afternoon, after)) return time(value, 0, next);
    // 1億2000万, 3 million, 10k
    double total = 0;
    bool many = false;
    while (next < tokens_.size()) {
      const auto m = words_.multiplier_words.find(text(next));
      const bool letter = word(next) && text(next).size() == 1;
      if (m == words_.multiplier_words.end() || (letter && !glued(next)) || (letter && text(next) == "m")) break;
      total += value * m->second;
      value = 0;
      many = true;
      ++next;
      if (!number(next) || !glued(next)) break;
      value = tokens_[next].value;
      ++next;
    }
    value += total;
    size_t k = next;
    if (const double minutes = unit(k); minutes > 0) {
      // "2 hours 30 minutes" are two durations in both languages.
      add(t.at, tokens_[k - 1].end(), FoundNumber::Kind::duration, value * minutes, value > 1, minutes);
      return k;
    }
    // 2FA, 3rd, 5g
    if (!many && word(next) && glued(next)) return next + 1;
    if (!many && text(next) == "-" && glued(next) && word(next + 1) && glued(next + 1) && t.length > 4) return next + 1;
    const bool counts_list = next < tokens_.size() && hit_at(tokens_[next].at, Word::list_counter);
    add(t.at, tokens_[next - 1].end(), FoundNumber::Kind::plain, value, value > 1 && !counts_list);
    return next;
  }

  size_t in_words(size_t i) {
    auto it = words_.number_words.find(text(i));
    const bool hyphen = text(i + 1) == "-" && glued(i + 1) && word(i + 2) && glued(i + 2);
    if (hyphen) {
      const auto both = words_.number_words.find(std::string(text(i)) + "-" + std::string(text(i + 2)));
      if (both != words_.number_words.end()) it = both;
    }
    if (it == words_.number_words.end()) return i + 1;
    double value = it->second;
    size_t next = i + 1;
    if (hyphen) {
      const auto ones = words_.number_words.find(text(i + 2));
      if (ones != words_.number_words.end()) {
        if (it->first.find('-') == std::string::npos && value >= 20 && ones->second < 10) value += ones->second;
        next = i + 3;
      }
    }
    double total = 0;
    while (word(next)) {
      const auto m = words_.multiplier_words.find(text(next));
      const auto n = words_.number_words.find(text(next));
      if (m != words_.multiplier_words.end()) value *= m->second;
      else if (n != words_.number_words.end() && value >= 20) total += value, value = n->second;
      else if (!(text(next) == "and" && value >= 100 && words_.number_words.contains(text(next + 1)))) break;
      ++next;
    }
    value += total;
    size_t k = next;
    if (const double minutes = unit(k); minutes > 0) {
      add(tokens_[i].at, tokens_[k - 1].end(), FoundNumber::Kind::duration, value * minutes, false, minutes);
      return k;
    }
    const bool counts_list = next < tokens_.size() && hit_at(tokens_[next].at, Word::list_counter);
    if (!counts_list) add(tokens_[i].at, tokens_[next - 1].end(), FoundNumber::Kind::plain, value, false);
    return next;
  }

  size_t kanji(size_t i) {
    double total = 0, current = 0;
    size_t next = i;
    while (next < tokens_.size()) {
      const auto it = words_.kanji.find(text(next));
      if (it == words_.kanji.end() || (next > i && !glued(next))) break;
      const double v = it->second;
      if (v < 10) {
        current = current * 10 + v;
      } else if (v < 10'000) {
        total += (current > 0 ? current : 1) * v;
        current = 0;
      } else {
        total = (total + (current > 0 ? current : total > 0 ? 0 : 1)) * v;
        current = 0;
      }
      ++next;
    }
    if (next == i) return i + 1;
    total += current;
    size_t k = next;
    if (next >= tokens_.size() || !hit_at(tokens_[next].at, Word::counter)) return next;
    if (const double minutes = unit(k); minutes > 0) {
      add(tokens_[i].at, tokens_[k - 1].end(), FoundNumber::Kind::duration, total * minutes, false, minutes);
      return k;
    }
    if (!hit_at(tokens_[next].at, Word::list_counter))
      add(tokens_[i].at, tokens_[next - 1].end(), FoundNumber::Kind::plain, total, false);
    return next;
  }

  std::string_view s_;
  const Words& words_;
  const std::vector<Hit>& hits_;
  static constexpr Word kBefore[] = {Word::number_label, Word::morning, Word::afternoon};
  std::vector<uint32_t> ends_[3];  // where words of kBefore end
  std::vector<Stretch> taken_;
  std::vector<Token> tokens_;
  std::vector<FoundNumber> out_;
};

}  // namespace

std::vector<FoundNumber> find_numbers(std::string_view folded, const Words& words, const std::vector<Hit>& hits,
                                      std::vector<Stretch> taken) {
  return NumberReader(folded, words, hits, std::move(taken)).read();
}

}  // namespace sekisho::notice
