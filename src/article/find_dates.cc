// Takes dates as they are written and the day of publication, gives days of the calendar. Entry: find_dates. A year
// that is not said is the one that makes the day the latest not more than sixty days after publication; without a day
// of publication what is relative stays unknown.
#include "article/find_dates.h"

#include <algorithm>

#include "article/words.h"

namespace sekisho::article {
namespace {

using What = WrittenDate::What;

constexpr int64_t kAhead = 60;  // days after publication that a day without a year may lie

bool exists(const Date& date) { return date.day <= days_in_month(date.year, date.month); }

// The latest of the years around that of `published` for which the day is not too far ahead.
Date with_year(int month, int day, const Date& published) {
  const int64_t today = days_from_civil(published);
  for (int year = published.year + 1; year >= published.year - 8; --year) {
    const Date date{year, month, day};
    if (exists(date) && days_from_civil(date) <= today + kAhead) return date;
  }
  return {published.year, month, day};  // 31 February
}

Date shifted_month(const Date& published, int months) {
  const int64_t count = int64_t{published.year} * 12 + published.month - 1 + months;
  return {static_cast<int>(count / 12), static_cast<int>(count % 12) + 1, 0};
}

// The latest day of that number on or before publication.
Date with_month(int day, const Date& published) {
  Date date = published;
  date.day = day;
  for (int n = 0; n < 3 && (date > published || !exists(date)); ++n) {
    date = shifted_month(date, -1);
    date.day = day;
  }
  return date;
}

// 「11月16日から20日」: the day belongs to the date before it in the same sentence; after "から" it is the next of that
// number, else it is of that month if it lies behind.
Date after_date(int day, const Date& before, std::string_view between, const Words::Impl& words) {
  constexpr size_t kClause = 120;
  if (!before.known() || before.day == 0 || between.size() > kClause) return {};
  for (const std::string_view stop : {"。", "\n", "！", "？", "．"})
    if (between.find(stop) != std::string_view::npos) return {};
  // What the date bears in brackets is its weekday.
  while (between.starts_with(" ")) between.remove_prefix(1);
  for (const auto& [open, close] : {std::pair{std::string_view("("), std::string_view(")")}, {"（", "）"}})
    if (between.starts_with(open))
      if (const size_t end = between.find(close); end != std::string_view::npos && end <= 16)
        between.remove_prefix(end + close.size());
  while (between.starts_with(" ")) between.remove_prefix(1);
  Date out{before.year, before.month, day};
  if (day > before.day) return exists(out) ? out : Date{};
  if (begins_with(between, words.range) == 0) return {};
  if (before.month == 12) out = {before.year + 1, 1, day};
  else ++out.month;
  return exists(out) ? out : Date{};
}

Date with_weekday(int day, int shift, const Date& published) {
  const int64_t today = days_from_civil(published);
  const int since = (weekday(published) - day + 7) % 7;  // days since the last one, 0: today
  if (shift > 0) return civil_from_days(today + (since == 0 ? 7 : 7 - since));
  if (shift < 0 && since == 0) return civil_from_days(today - 7);
  return civil_from_days(today - since);
}

Date day_or_month(const WrittenDate& w, const Date& published, const Date& before) {
  switch (w.what) {
    case What::full:
    case What::month: {
      Date date{w.year, w.month, w.day};
      if (!w.either || !published.known()) return date;
      const Date other{w.year, w.day, w.month};
      const int64_t today = days_from_civil(published);
      const auto far = [today](const Date& d) {
        const int64_t apart = days_from_civil(d) - today;
        return apart > 0 ? apart * 4 : -apart;  // news tell of what was
      };
      return far(other) < far(date) ? other : date;
    }
    case What::no_year:
    case What::month_only:
      if (w.same_year && before.known()) return {before.year, w.month, w.day};
      if (!published.known()) return {};
      if (w.year_shifted) return {published.year + w.shift, w.month, w.day};
      if (w.what == What::month_only) {
        Date date = with_year(w.month, 1, published);
        date.day = 0;
        return date;
      }
      return with_year(w.month, w.day, published);
    case What::day_only:
      if (w.same_month) return before.known() ? Date{before.year, before.month, w.day} : Date{};
      return published.known() ? with_month(w.day, published) : Date{};
    case What::days_back:
      if (!published.known()) return {};
      return w.of_page ? published : civil_from_days(days_from_civil(published) + w.shift);
    case What::clock_back:
      if (!published.known()) return {};
      return w.of_page ? published : civil_from_days(days_from_civil(published));
    case What::months_back: {
      if (!published.known()) return {};
      if (w.of_page) return published;
      Date date = shifted_month(published, w.shift);
      date.day = w.day;
      return date;
    }
    case What::weekday:
      return published.known() ? with_weekday(w.day, w.shift, published) : Date{};
  }
  return {};
}

}  // namespace

std::vector<FoundDate> find_dates(std::string_view text, const Date& published, size_t most, const Words* words) {
  std::vector<FoundDate> out;
  Date anchor = published;  // a month alone cannot be counted from
  if (anchor.known() && anchor.day == 0) anchor.day = 1;
  Date before;
  Date last;         // the date right before, if it is one that is named
  uint32_t end = 0;  // where that ends
  const Words::Impl& lists = words_or_bundled(words);
  for (const WrittenDate& w : written_dates(text, most, lists)) {
    FoundDate found{{}, w.at, w.length};
    found.relative = (w.what != What::full && w.what != What::month) || w.either;
    if (w.what == What::day_only && !w.same_month && w.at >= end)
      found.date = after_date(w.day, last, text.substr(end, w.at - end), lists);
    if (!found.date.known()) found.date = day_or_month(w, anchor, before);
    end = w.at + w.length;
    if (found.date.known() && !exists(found.date)) {
      found.date = {};
      found.no_such_day = true;
    }
    // Of no year one cannot say it for 29 February.
    if (!found.date.known() && (w.what == What::no_year || w.what == What::full) && w.day > 0)
      found.no_such_day = w.day > days_in_month(w.year ? w.year : 2000, w.month);
    if (found.date.known()) before = found.date;
    const bool named = w.what == What::full || w.what == What::no_year || w.what == What::day_only;
    last = named ? found.date : Date{};
    out.push_back(found);
  }
  return out;
}

}  // namespace sekisho::article
