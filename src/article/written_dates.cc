// Takes text, gives the dates in it as they are written: in numbers, in words, with eras, relative. Entry:
// written_dates. One pass; what is looked at beside a number is bounded. Parts of addresses, versions and sums are
// none.
#include <algorithm>
#include <optional>

#include "article/find_dates.h"
#include "article/words.h"
#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

using What = WrittenDate::What;

// A character read with full-width forms folded to ASCII.
struct Glyph {
  char32_t c = 0;
  size_t end = 0;
};

class Scanner {
 public:
  Scanner(std::string_view text, size_t most, const Words::Impl& words) : s_(text), most_(most), w_(words) {}

  std::vector<WrittenDate> run() {
    size_t i = 0;
    while (i < s_.size() && out_.size() < most_) i = std::max(step(i), i + 1);
    return std::move(out_);
  }

 private:
  Glyph glyph(size_t i) const {
    if (i >= s_.size()) return {0, i};
    if (static_cast<unsigned char>(s_[i]) < 0x80) return {static_cast<unsigned char>(s_[i]), i + 1};
    size_t end = i;
    char32_t c = text::next_utf8(s_, end);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000 || c == 0xA0) c = ' ';
    return {c, end};
  }
  size_t character_before(size_t i) const {
    if (i == 0) return 0;
    --i;
    while (i > 0 && (static_cast<unsigned char>(s_[i]) & 0xC0) == 0x80) --i;
    return i;
  }
  std::string_view rest(size_t i) const { return s_.substr(std::min(i, s_.size()), 64); }
  std::string_view before(size_t i) const { return s_.substr(i > 32 ? i - 32 : 0, std::min<size_t>(i, 32)); }
  bool at(size_t i, std::string_view word) const { return s_.substr(std::min(i, s_.size())).starts_with(word); }
  size_t spaces(size_t i) const {
    for (int n = 0; n < 4; ++n) {
      const Glyph g = glyph(i);
      if (g.c != ' ') break;
      i = g.end;
    }
    return i;
  }

  struct Number {
    int value = 0, digits = 0;
    size_t end = 0;
  };
  Number number(size_t i) const {
    Number out;
    out.end = i;
    for (Glyph g = glyph(i); g.c >= '0' && g.c <= '9'; g = glyph(out.end)) {
      if (++out.digits > 9) break;
      out.value = out.value * 10 + static_cast<int>(g.c - '0');
      out.end = g.end;
    }
    return out;
  }

  struct Word {
    std::string text;
    size_t end = 0;
  };
  Word word(size_t i) const {
    Word out;
    out.end = i;
    while (out.end < s_.size() && is_alpha(s_[out.end]) && out.text.size() < 24) out.text += ascii_lower(s_[out.end++]);
    if (out.end < s_.size() && is_alpha(s_[out.end])) out.text.clear();
    return out;
  }
  // The word that ends right before the blanks before i.
  std::string word_before(size_t i) const {
    while (i > 0 && s_[i - 1] == ' ') --i;
    const size_t end = i;
    while (i > 0 && end - i < 24 && is_alpha(s_[i - 1])) --i;
    return ascii_lower(s_.substr(i, end - i));
  }
  std::optional<int> month_name(const Word& name) const {
    const auto found = w_.months.find(name.text);
    if (found == w_.months.end()) return std::nullopt;
    return found->second;
  }

  size_t put(WrittenDate date, size_t from, size_t to) {
    date.at = static_cast<uint32_t>(from);
    date.length = static_cast<uint32_t>(to - from);
    out_.push_back(date);
    return to;
  }

  size_t step(size_t i) {
    const auto c = static_cast<unsigned char>(s_[i]);
    if (is_digit(s_[i]) || (c == 0xEF && glyph(i).c >= '0' && glyph(i).c <= '9')) return from_number(i);
    if (is_alpha(s_[i])) return from_word(i);
    if (c < 0x80) return i + 1;
    return from_japanese(i);
  }

  // ---- what begins with a number

  size_t from_number(size_t i) {
    const Number n = number(i);
    size_t skip = n.end;
    while (glyph(skip).c >= '0' && glyph(skip).c <= '9') skip = glyph(skip).end;
    const char32_t previous = i == 0 ? U' ' : glyph(character_before(i)).c;
    const bool glued = previous < 0x80 && (is_alnum(static_cast<char>(previous)) || previous == '.' ||
                                           previous == '/' || previous == '[' || previous == '_' || previous == '@' ||
                                           previous == '-' || previous == ',' || previous == '$');
    if (n.digits == 0 || n.digits > 4 || glued) return skip;
    if (n.digits == 4)
      if (const size_t end = year_first(i, n)) return end;
    if (n.digits <= 2) {
      if (at(n.end, "月"))
        if (const size_t end = month_first(i, n)) return end;
      if (at(n.end, "年"))
        if (const size_t end = short_year(i, n)) return end;
      if (const size_t end = day_first(i, n)) return end;
      if (const size_t end = day_month_year(i, n)) return end;
      if (at(n.end, "日"))
        if (const size_t end = bare_day(i, n)) return end;
    }
    if (const size_t end = ago(i, n.value, n.end)) return end;
    return skip;
  }

  // 2026-01-21, 2026/1/21, 2026.01.21, 2026年1月21日, 2026年1月
  size_t year_first(size_t i, const Number& year) {
    if (year.value < 1900 || year.value > 2199) return 0;
    if (at(year.end, "年")) return japanese_month(i, year.end + 3, year.value, {});
    const Glyph separator = glyph(year.end);
    if (separator.c != '-' && separator.c != '/' && separator.c != '.') return 0;
    const Number month = number(separator.end);
    const Glyph second = glyph(month.end);
    if (month.digits == 0 || month.digits > 2 || second.c != separator.c) return 0;
    const Number day = number(second.end);
    if (day.digits == 0 || day.digits > 2 || goes_on(day.end, separator.c)) return 0;
    if (month.value > 12 || month.value < 1 || day.value < 1 || day.value > 31) return 0;
    WrittenDate date{.what = What::full, .year = year.value, .month = month.value, .day = day.value};
    return put(date, i, day.end);
  }
  // A further part: it was an address, a version or a path.
  bool goes_on(size_t i, char32_t separator) const {
    const Glyph g = glyph(i);
    if (g.c == '_' || g.c == '[') return true;
    if (g.c != separator && g.c != '-' && g.c != '.' && g.c != '/') return false;
    const Glyph next = glyph(g.end);
    return g.c != 0 && next.c < 0x80 && next.c != 0 && is_alnum(static_cast<char>(next.c));
  }

  // Right after 「年」.
  size_t japanese_month(size_t from, size_t i, int year, WrittenDate like) {
    const Number month = number(spaces(i));
    if (month.digits == 0 || month.digits > 2 || !at(month.end, "月") || month.value < 1 || month.value > 12) return 0;
    size_t end = month.end + 3;
    like.year = year;
    like.month = month.value;
    like.what = like.year_shifted || like.same_year ? What::month_only : What::month;
    const Number day = number(spaces(end));
    if (day.digits >= 1 && day.digits <= 2 && at(day.end, "日") && day.value >= 1 && day.value <= 31) {
      like.day = day.value;
      like.what = like.year_shifted || like.same_year ? What::no_year : What::full;
      end = day.end + 3;
    }
    return put(like, from, end);
  }

  // 1月19日; 7月
  size_t month_first(size_t i, const Number& month) {
    const size_t end = japanese_month(i, i, 0, {});
    if (end == 0 || month.value < 1) return 0;
    WrittenDate& made = out_.back();
    made.what = made.day ? What::no_year : What::month_only;
    if (made.day == 0 && (at(end, "間") || at(end, "号") || at(end, "分"))) {
      out_.pop_back();
      return end;
    }
    return end;
  }

  // 26年1月21日
  size_t short_year(size_t i, const Number& year) {
    if (year.digits != 2) return 0;
    return japanese_month(i, year.end + 3, 2000 + year.value, {});
  }

  // 13 February 2026, 2nd of October, 13 Feb.
  size_t day_first(size_t i, const Number& day) {
    if (day.value < 1 || day.value > 31) return 0;
    size_t j = day.end;
    const Word suffix = word(j);
    if (suffix.text == "st" || suffix.text == "nd" || suffix.text == "rd" || suffix.text == "th") j = suffix.end;
    const size_t gap = spaces(j);
    if (gap == j && j < s_.size() && s_[j] != '-') return 0;
    j = gap < s_.size() && s_[gap] == '-' ? gap + 1 : gap;
    Word name = word(j);
    if (name.text == "of") name = word(spaces(name.end));
    const size_t name_at = name.end - name.text.size();
    const auto month = month_name(name);
    if (!month || !(s_[name_at] >= 'A' && s_[name_at] <= 'Z')) return 0;
    WrittenDate date{.what = What::no_year, .month = *month, .day = day.value};
    size_t end = name.end;
    size_t k = end < s_.size() && s_[end] == '.' && name.text.size() <= 4 ? end + 1 : end;
    k = k < s_.size() && (s_[k] == ',' || s_[k] == '-') ? k + 1 : k;
    const Number year = number(spaces(k));
    if (year.digits == 4 && year.value >= 1900 && year.value <= 2199) {
      date.what = What::full;
      date.year = year.value;
      end = year.end;
    }
    return put(date, i, end);
  }

  // 18/02/2026, 02/18/2026, 18.02.2026
  size_t day_month_year(size_t i, const Number& first) {
    const Glyph separator = glyph(first.end);
    if (separator.c != '/' && separator.c != '.') return 0;
    const Number second = number(separator.end);
    const Glyph again = glyph(second.end);
    if (second.digits == 0 || second.digits > 2 || again.c != separator.c) return 0;
    const Number year = number(again.end);
    if (year.digits != 4 || year.value < 1990 || year.value > 2199 || goes_on(year.end, separator.c)) return 0;
    WrittenDate date{.what = What::full, .year = year.value, .month = second.value, .day = first.value};
    if (second.value > 12 && separator.c == '/') std::swap(date.month, date.day);
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return 0;
    date.either = separator.c == '/' && first.value <= 12 && second.value <= 12 && first.value != second.value;
    return put(date, i, year.end);
  }

  // 2日 (of this month)
  size_t bare_day(size_t i, const Number& day) {
    const size_t end = day.end + 3;
    if (day.value < 1 || day.value > 31) return 0;
    if (begins_with(rest(end), w_.not_after_day) || ends_with(before(i), w_.not_before_day)) return 0;
    if (!begins_with(rest(end), w_.after_day)) return 0;
    return put({.what = What::day_only, .day = day.value}, i, end);
  }

  // "3 days ago", 3時間前; i: of the number
  size_t ago(size_t from, int count, size_t i) {
    if (count > 5000) return 0;
    size_t j = spaces(i);
    WrittenDate date;
    const auto unit = [&](const WordList& list, What what, int factor) {
      const size_t length = begins_with(rest(j), list);
      if (length == 0) return false;
      const size_t gap = spaces(j + length);
      const size_t word = begins_with(rest(gap), w_.ago);
      if (word == 0 || begins_with(rest(gap + word), w_.not_after_ago)) return false;
      date.what = what;
      date.shift = -count * factor;
      j = gap + word;
      return true;
    };
    if (!unit(w_.day_unit, What::days_back, 1) && !unit(w_.week_unit, What::days_back, 7) &&
        !unit(w_.month_unit, What::months_back, 1) && !unit(w_.hour_unit, What::clock_back, 1))
      return 0;
    if (ends_with(before(from), w_.not_before_ago)) return j;
    return put(date, labelled(from, date), j);
  }

  // Where the label before a relative date begins ("Published 2 days ago"); marks the date as the page's own.
  size_t labelled(size_t from, WrittenDate& date) const {
    size_t i = from;
    for (int n = 0; n < 4 && i > 0; ++n) {
      const size_t back = character_before(i);
      const char32_t c = glyph(back).c;
      if (c != ' ' && c != ':') break;
      i = back;
    }
    const size_t length = ends_with(before(i), w_.published);
    if (length == 0) return from;
    date.of_page = true;
    return i - length;
  }

  // ---- what begins with a letter

  size_t from_word(size_t i) {
    const Word w = word(i);
    size_t end = i;
    while (end < s_.size() && is_alnum(s_[end])) ++end;
    if (i > 0 && (is_alnum(s_[i - 1]) || s_[i - 1] == '-' || s_[i - 1] == '.' || s_[i - 1] == '@' || s_[i - 1] == '/'))
      return end;
    if (const size_t after = relative(i)) return after;
    if (w.text.empty() || w.end != end) {
      if (const size_t after = short_era(i)) return after;
      return end;
    }
    const bool capital = s_[i] >= 'A' && s_[i] <= 'Z';
    if (const auto month = month_name(w); month && capital)
      if (const size_t after = english_month(i, w, *month)) return after;
    if (const auto day = w_.weekdays.find(w.text); day != w_.weekdays.end() && capital)
      return english_weekday(i, w, day->second);
    if (const auto count = w_.numbers.find(w.text); count != w_.numbers.end())
      if (const size_t after = ago(i, count->second, w.end)) return after;
    if (const size_t after = short_era(i)) return after;
    return end;
  }

  // February 17, 2025; Feb. 14; August 2024; in August
  size_t english_month(size_t i, const Word& name, int month) {
    size_t j = name.end < s_.size() && s_[name.end] == '.' ? name.end + 1 : name.end;
    j = j < s_.size() && s_[j] == ',' ? j + 1 : j;
    const Number first = number(spaces(j));
    WrittenDate date{.what = What::no_year, .month = month};
    if (first.digits == 4 && first.value >= 1900 && first.value <= 2199) {
      date.what = What::month;
      date.year = first.value;
      return put(date, i, first.end);
    }
    if (first.digits >= 1 && first.digits <= 2 && first.value >= 1 && first.value <= 31) {
      date.day = first.value;
      size_t end = first.end;
      const Word suffix = word(end);
      if (suffix.text == "st" || suffix.text == "nd" || suffix.text == "rd" || suffix.text == "th") end = suffix.end;
      size_t k = end < s_.size() && s_[end] == ',' ? end + 1 : end;
      const Number year = number(spaces(k));
      if (year.digits == 4 && year.value >= 1900 && year.value <= 2199) {
        date.what = What::full;
        date.year = year.value;
        end = year.end;
      }
      return put(date, i, end);
    }
    if (!w_.before_month.contains(word_before(i)) || name.text.size() < 3) return 0;
    if (w_.doubtful_months.contains(name.text) && word_before(i) != "in" && word_before(i) != "since") return 0;
    date.what = What::month_only;
    return put(date, i, name.end);
  }

  size_t english_weekday(size_t i, const Word& name, int day) {
    // A date follows: that one says it all.
    size_t j = name.end < s_.size() && s_[name.end] == ',' ? name.end + 1 : name.end;
    j = spaces(j);
    if (number(j).digits > 0 || month_name(word(j))) return name.end;
    const std::string previous = word_before(i);
    WrittenDate date{.what = What::weekday, .day = day};
    date.shift = w_.next.contains(previous) ? 1 : w_.last.contains(previous) ? -1 : 0;
    return put(date, i, name.end);
  }

  size_t relative(size_t i) {
    for (const auto& r : w_.relative[static_cast<unsigned char>(ascii_lower(s_[i]))]) {
      if (!istarts_with(s_.substr(i), r.word)) continue;
      const size_t end = i + r.word.size();
      if (is_alpha(r.word.back()) && end < s_.size() && (is_alnum(s_[end]) || s_[end] == '-')) continue;
      if (begins_with(rest(end), w_.not_after_today)) return end;
      WrittenDate date{.what = r.is_month ? What::months_back : What::days_back};
      date.shift = r.is_month ? r.months : r.days;
      // 「先月10日」
      if (r.is_month)
        if (const Number day = number(end); day.digits >= 1 && day.digits <= 2 && at(day.end, "日")) {
          date.day = day.value;
          return put(date, i, day.end + 3);
        }
      return put(date, labelled(i, date), end);
    }
    return 0;
  }

  // ---- what begins with a Japanese letter

  size_t from_japanese(size_t i) {
    if (const size_t end = relative(i)) return end;
    const auto year_word = [&](const WordList& list, int shift, bool same) -> size_t {
      const size_t length = begins_with(rest(i), list);
      if (length == 0) return 0;
      WrittenDate like;
      like.shift = shift;
      like.year_shifted = !same;
      like.same_year = same;
      return japanese_month(i, i + length, 0, like);
    };
    if (const size_t end = year_word(w_.last_year, -1, false)) return end;
    if (const size_t end = year_word(w_.this_year, 0, false)) return end;
    if (const size_t end = year_word(w_.next_year, 1, false)) return end;
    if (const size_t end = year_word(w_.same_year, 0, true)) return end;
    if (const size_t length = begins_with(rest(i), w_.same_month)) {
      const Number day = number(spaces(i + length));
      if (day.digits >= 1 && day.digits <= 2 && at(day.end, "日") && day.value >= 1 && day.value <= 31)
        return put({.what = What::day_only, .day = day.value, .same_month = true}, i, day.end + 3);
    }
    for (const auto& era : w_.eras) {
      if (!at(i, era.name)) continue;
      size_t j = i + era.name.size();
      Number year = number(spaces(j));
      if (year.digits == 0 && at(j, "元")) year = {1, 1, j + 3};
      if (year.digits == 0 || year.digits > 2 || !at(year.end, "年")) continue;
      if (const size_t end = japanese_month(i, year.end + 3, era.first + year.value - 1, {})) return end;
    }
    return glyph(i).end;
  }

  // R8.2.18
  size_t short_era(size_t i) {
    for (const auto& era : w_.eras) {
      if (era.letter == 0 || s_[i] != era.letter) continue;
      const Number year = number(i + 1);
      if (year.digits == 0 || year.digits > 2 || glyph(year.end).c != '.') continue;
      const Number month = number(glyph(year.end).end);
      if (month.digits == 0 || month.digits > 2 || glyph(month.end).c != '.') continue;
      const Number day = number(glyph(month.end).end);
      if (day.digits == 0 || day.digits > 2 || goes_on(day.end, '.')) continue;
      if (month.value < 1 || month.value > 12 || day.value < 1 || day.value > 31) continue;
      WrittenDate date{.what = What::full, .year = era.first + year.value - 1, .month = month.value, .day = day.value};
      return put(date, i, day.end);
    }
    return 0;
  }

  std::string_view s_;
  size_t most_;
  const Words::Impl& w_;
  std::vector<WrittenDate> out_;
};

}  // namespace

std::vector<WrittenDate> written_dates(std::string_view text, size_t most, const Words::Impl& words) {
  return Scanner(text, most, words).run();
}

}  // namespace sekisho::article
