// Takes one passage of text, gives its sentences as ranges. Entry: sentences. Two passes: brackets and quotation marks
// are paired, then ends are looked for outside of them; a mark without its partner counts for nothing.
#include <algorithm>
#include <vector>

#include "article/words.h"
#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

constexpr size_t kOpenMarks = 64;  // nested deeper, they are letters like others

char32_t partner(char32_t c) {
  switch (c) {
    case U'「':
      return U'」';
    case U'『':
      return U'』';
    case U'（':
      return U'）';
    case U'(':
      return U')';
    case U'【':
      return U'】';
    case U'〈':
      return U'〉';
    case U'《':
      return U'》';
    case U'〔':
      return U'〕';
    case U'［':
      return U'］';
    case U'｢':
      return U'｣';
    case U'“':
      return U'”';
    case U'„':
      return U'“';
    case U'‘':
    case U'‚':
      return U'’';
    case U'«':
      return U'»';
    case U'‹':
      return U'›';
    case U'〝':
      return U'〟';
    default:
      return 0;
  }
}

bool closes(char32_t c) {
  switch (c) {
    case U'」':
    case U'』':
    case U'）':
    case U')':
    case U'】':
    case U'〉':
    case U'》':
    case U'〕':
    case U'］':
    case U'｣':
    case U'”':
    case U'»':
    case U'›':
    case U'〟':
    case U'"':
    case U']':
    case U'’':
    case U'\'':
      return true;
    default:
      return false;
  }
}

bool is_japanese_stop(char32_t c) { return c == U'。' || c == U'｡'; }
bool is_wide_mark(char32_t c) { return c == U'！' || c == U'？'; }
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == 0x3000 || c == 0xA0; }
bool is_east(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF66 && c <= 0xFF9F);
}

bool is_letter(char32_t c) { return c < 0x80 ? is_alpha(static_cast<char>(c)) : c >= 0xC0 && c < 0x250; }

struct Letter {
  char32_t c;
  uint32_t at;
  bool inside;  // between a pair of marks
};

class Splitter {
 public:
  Splitter(std::string_view text, uint32_t base, const Words::Impl& words) : s_(text), base_(base), w_(words) {
    letters_.reserve(text.size() / 2 + 8);
    for (size_t i = 0; i < text.size();) {
      const auto at = static_cast<uint32_t>(i);
      letters_.push_back({text::next_utf8(text, i), at, false});
    }
    pair_marks();
  }

  std::vector<Range> run(size_t most) {
    std::vector<Range> out;
    size_t from = 0;
    for (size_t i = 0; i < letters_.size() && out.size() + 1 < most; ++i) {
      const size_t end = ends_at(i);
      if (end == 0) continue;
      put(out, from, end);
      from = end;
      i = end - 1;
    }
    put(out, from, letters_.size());
    return out;
  }

 private:
  char32_t at(size_t i) const { return i < letters_.size() ? letters_[i].c : 0; }
  size_t byte(size_t i) const { return i < letters_.size() ? letters_[i].at : s_.size(); }

  void pair_marks() {
    std::vector<std::pair<char32_t, size_t>> open;  // what would close it, where it stands
    std::vector<int> depth(letters_.size() + 1, 0);
    size_t straight = letters_.size();
    for (size_t i = 0; i < letters_.size(); ++i) {
      const char32_t c = letters_[i].c;
      if (c == '\n') {
        open.clear();
        straight = letters_.size();
        continue;
      }
      if (c == '"') {
        // An opening one follows a blank or a bracket; a closing one follows anything else.
        const char32_t previous = i ? letters_[i - 1].c : U' ';
        if (straight < i) {
          ++depth[straight], --depth[i];
          straight = letters_.size();
        } else if (is_blank(previous) || partner(previous) ||
                   !(previous < 0x80 && is_alnum(static_cast<char>(previous)))) {
          straight = i;
        }
        continue;
      }
      // "‘Don’t wait’": between two letters it is an apostrophe.
      if (c == U'’' && i > 0 && is_letter(letters_[i - 1].c) && i + 1 < letters_.size() && is_letter(letters_[i + 1].c))
        continue;
      // The one that closes: of those that stand open, the innermost like it; what was left open within it is dropped.
      bool closed = false;
      for (size_t k = closes(c) || c == U'“' ? open.size() : 0; k > 0 && !closed; --k) {
        if (open[k - 1].first != c) continue;
        ++depth[open[k - 1].second], --depth[i];
        open.resize(k - 1);
        closed = true;
      }
      if (!closed && partner(c) && open.size() < kOpenMarks) open.emplace_back(partner(c), i);
    }
    int level = 0;
    for (size_t i = 0; i < letters_.size(); ++i) {
      level += depth[i];
      letters_[i].inside = level > 0;
    }
  }

  // If a sentence ends with the letter i: one past its last letter, closing marks included. 0: it does not.
  size_t ends_at(size_t i) const {
    const Letter& letter = letters_[i];
    if (letter.c == '\n') return i + 1;
    // A whole sentence in quotation marks: its end is that of the mark.
    if (closes(letter.c) && !letter.inside && i > 0 && letters_[i - 1].inside) return ends_quoted(i);
    if (letter.inside) return 0;
    if (is_japanese_stop(letter.c)) return closed_after(i + 1);
    if (is_wide_mark(letter.c)) {
      const size_t end = closed_after(i + 1);
      return goes_on(end) ? 0 : end;
    }
    if (letter.c == U'．')
      return i > 0 && is_east(at(i - 1)) && (is_east(at(i + 1)) || is_blank(at(i + 1))) ? i + 1 : 0;
    if (letter.c == '.' || letter.c == '!' || letter.c == '?' || letter.c == U'…') return ends_western(i);
    return 0;
  }

  size_t closed_after(size_t end) const {
    while (end < letters_.size() &&
           (is_japanese_stop(at(end)) || is_wide_mark(at(end)) || at(end) == '!' || at(end) == '?'))
      ++end;
    while (end < letters_.size() && !letters_[end].inside && closes(at(end))) ++end;
    return end;
  }

  bool goes_on(size_t i) const { return begins_with(s_.substr(byte(i), 32), w_.joins) > 0; }

  // 「…。」 or "…!": i is the closing mark.
  size_t ends_quoted(size_t i) const {
    const char32_t last = letters_[i - 1].c;
    const bool stop = is_japanese_stop(last) || is_wide_mark(last);
    if (!stop && last != '.' && last != '!' && last != '?') return 0;
    const char32_t next = at(i + 1);
    if (next == 0) return i + 1;
    if (stop || is_east(next)) return stop && (is_blank(next) || partner(next)) && !goes_on(i + 1) ? i + 1 : 0;
    return is_blank(next) && begins_sentence(i + 1) ? i + 1 : 0;
  }

  // Whether what follows the blanks at i looks like a beginning.
  bool begins_sentence(size_t i) const {
    while (is_blank(at(i))) ++i;
    char32_t c = at(i);
    if (c == 0) return true;
    while (c == '"' || c == U'“' || c == U'‘' || c == U'«' || c == U'„' || c == '\'' || c == '(' || c == '[')
      c = at(++i);
    if (c >= 'a' && c <= 'z') return at(i + 1) >= 'A' && at(i + 1) <= 'Z';  // "iPhones are …"
    if (c < 0x80) return is_alnum(static_cast<char>(c));
    return c != U'–' && c != U'—' && c != U'・' && c != U'、';
  }

  // The word that ends right before the letter i, lower case; its dots belong to it.
  std::string word_before(size_t i) const {
    size_t from = byte(i);
    const size_t end = from;
    while (from > 0 && end - from < 16 && (is_alpha(s_[from - 1]) || s_[from - 1] == '.')) --from;
    return ascii_lower(s_.substr(from, end - from));
  }
  std::string word_after(size_t i) const {
    while (is_blank(at(i))) ++i;
    const size_t from = byte(i);
    size_t end = from;
    while (end < s_.size() && end - from < 24 && (is_alnum(s_[end]) || s_[end] == '\'')) ++end;
    return ascii_lower(s_.substr(from, end - from));
  }

  size_t ends_western(size_t i) const {
    const char32_t previous = i ? at(i - 1) : U' ';
    if (is_blank(previous) || partner(previous) || previous == '[' || previous == '\n') return 0;
    size_t end = i + 1;
    while (at(end) == '.' || at(end) == '!' || at(end) == '?') ++end;
    const bool dots = end - i > 1;
    while (end < letters_.size() && !letters_[end].inside && closes(at(end))) ++end;
    // "[1]" right after the stop is a note's number.
    if (at(end) == '[' && at(end + 1) >= '0' && at(end + 1) <= '9') {
      size_t note = end + 1;
      while (at(note) >= '0' && at(note) <= '9') ++note;
      if (at(note) == ']') end = note + 1;
    }
    if (at(end) == 0) return end;
    if (!is_blank(at(end)) && at(end) != '\n')
      return is_east(at(end)) && letters_[i].c != '.' && !goes_on(end) ? end : 0;
    if (!begins_sentence(end)) return 0;
    if (letters_[i].c != '.' || dots) return end;
    const std::string word = word_before(i);
    if (word.empty()) return number_before(i) && list_number(i) ? 0 : end;
    const bool initial = word.size() == 1 && at(i - 1) >= 'A' && at(i - 1) <= 'Z' && at(i - 1) != 'I';
    if (initial || w_.abbreviations.contains(word)) return 0;
    const std::string next = word_after(end);
    if (w_.before_number.contains(word) && !next.empty() && is_digit(next[0])) return 0;
    if (w_.either.contains(word)) return w_.starters.contains(next) ? end : 0;
    return end;
  }

  bool number_before(size_t i) const { return i > 0 && at(i - 1) >= '0' && at(i - 1) <= '9'; }
  // "1. Open the app": the number with which the passage, or the line, begins.
  bool list_number(size_t i) const {
    size_t k = i;
    while (k > 0 && at(k - 1) >= '0' && at(k - 1) <= '9') --k;
    return i - k <= 2 && (k == 0 || at(k - 1) == '\n');
  }

  void put(std::vector<Range>& out, size_t from, size_t end) const {
    while (from < end && (is_blank(at(from)) || at(from) == '\n')) ++from;
    while (end > from && (is_blank(at(end - 1)) || at(end - 1) == '\n')) --end;
    if (from >= end) return;
    out.push_back({base_ + static_cast<uint32_t>(byte(from)), static_cast<uint32_t>(byte(end) - byte(from))});
  }

  std::string_view s_;
  uint32_t base_;
  const Words::Impl& w_;
  std::vector<Letter> letters_;
};

}  // namespace

std::vector<Range> sentences(std::string_view text, Range passage, size_t most, const Words* words) {
  if (most == 0 || passage.at >= text.size()) return {};
  return Splitter(text.substr(passage.at, passage.length), passage.at, words_or_bundled(words)).run(most);
}

}  // namespace sekisho::article
