// Takes a line near the title, gives who publishes and when. Entries: read_byline, read_dateline, office_name,
// site_of_title, strip_staff, machine_date. Refuses prose: a line that ends like a sentence, or is longer than a byline
// is.
#include <algorithm>

#include "article/find_dates.h"
#include "article/reading.h"
#include "base/clock.h"
#include "base/strings.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::article {
namespace {

constexpr size_t kByline = 240;  // bytes

bool is_blank(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0x2003; }

// What parts who from when.
constexpr std::string_view kSeparators[] = {"|",   "｜", "·",  "・", "•", "—",  "–",   " - ",
                                            " / ", "／", "、", "，", ",", "\t", "　　"};

std::vector<std::string_view> parts_of(std::string_view line) {
  std::vector<std::string_view> out;
  size_t from = 0;
  for (size_t i = 0; i < line.size();) {
    size_t length = 0;
    for (const std::string_view separator : kSeparators)
      if (line.substr(i).starts_with(separator)) {
        // 「・」 joins words as well as it parts them.
        length = separator.size();
        break;
      }
    if (length == 0) {
      ++i;
      continue;
    }
    out.push_back(line.substr(from, i - from));
    from = i += length;
  }
  out.push_back(line.substr(from));
  return out;
}

// Marks and blanks off at both ends, such as Markdown and print put around a byline.
std::string_view bare(std::string_view s) {
  for (bool again = true; again && !s.empty();) {
    again = false;
    for (const std::string_view mark :
         {" ", "\t", "\r", "　", "*", "_", ":", "：", "(", ")", "（", "）", "[", "]", "【", "】", "-",  "–",
          "—", "#",  "■",  "□",  "◆", "◇", "●", "○",  "★", "☆", "|",  "｜", "/", "©", ",",  "、", "＝", "="}) {
      if (s.starts_with(mark)) s.remove_prefix(mark.size()), again = true;
      if (s.ends_with(mark)) s.remove_suffix(mark.size()), again = true;
      if (again) break;
    }
  }
  return s;
}

bool has_letter(std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const char32_t c = text::next_utf8(s, i);
    if (c < 0x80 ? is_alpha(static_cast<char>(c))
                 : c >= 0xC0 && !(c >= 0x2000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF20))
      return true;
  }
  return false;
}

// 10:15, 10時15分, 08:00 JST, UTC, +09:00
std::string without_clock(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size();) {
    if (!is_digit(s[i]) || (i > 0 && is_alnum(s[i - 1]))) {
      out += s[i++];
      continue;
    }
    size_t j = i;
    while (j < s.size() && is_digit(s[j]) && j - i < 3) ++j;
    const bool colon = j < s.size() && s[j] == ':' && j + 1 < s.size() && is_digit(s[j + 1]);
    const bool hour = s.substr(j).starts_with("時");
    if (j - i > 2 || (!colon && !hour)) {
      out += s[i++];
      continue;
    }
    j += colon ? 1 : std::string_view("時").size();
    while (j < s.size() && (is_digit(s[j]) || s[j] == ':')) ++j;
    if (s.substr(j).starts_with("分")) j += std::string_view("分").size();
    for (const std::string_view zone :
         {" am", " pm", "am", "pm", " JST", " UTC", " GMT", " EST", " EDT", " CET", " PST", " PDT", " ET", "Z"})
      if (istarts_with(s.substr(j), zone)) {
        j += zone.size();
        break;
      }
    i = j;
  }
  return out;
}

bool is_issue(std::string_view part, const Words::Impl& words) {
  // 第88号, issue 214, Vol. 3 No. 7, #214
  bool number = false, word = part.find('#') != std::string_view::npos;
  for (const char c : part) number |= is_digit(c);
  if (!number) return false;
  for (const std::string& w : words.issue) word |= ifind(part, w) != std::string_view::npos;
  return word;
}

// Whether the piece is nothing but an issue's number.
std::string without_issue(std::string_view part, const Words::Impl& words) {
  std::string out;
  for (const std::string_view word : split(part, ' ')) {
    const std::string_view b = bare(word);
    if (b.empty()) continue;
    bool digits = true;
    for (const char c : b) digits &= is_digit(c) || c == '#' || c == '.';
    if (digits || words.issue.contains(ascii_lower(b)) || (is_issue(b, words) && !is_alpha(b[0]))) continue;
    if (!out.empty()) out += ' ';
    out += b;
  }
  return out;
}

// "Sample Wire | ": what follows is no part of a sentence.
bool set_off(std::string_view before) {
  if (before.ends_with("  ")) return true;
  before = trim(before);
  for (const std::string_view mark : {",", "|", "｜", "　", "、", "・", "/", "／", "—", "–"})
    if (before.ends_with(mark)) return true;
  return false;
}

// What stands right after a date in brackets, four letters at most, is its weekday.
size_t bracketed_day(std::string_view s) {
  size_t i = 0, letters = 0;
  while (i < s.size() && s[i] == ' ') ++i;
  const bool wide = s.substr(i).starts_with("（");
  if (!wide && !s.substr(i).starts_with("(")) return 0;
  i += wide ? 3 : 1;
  while (i < s.size() && letters++ < 5) {
    const char32_t c = text::next_utf8(s, i);
    if (c == U'）' || c == ')') return i;
    if (c >= '0' && c <= '9') return 0;
  }
  return i == s.size() && letters < 5 ? i : 0;  // the line's last bracket may have been taken off
}

bool is_weekday(std::string_view part, const Words::Impl& words) {
  const std::string name = ascii_lower(part);
  for (const auto& [day, number] : words.weekdays)
    if (name == day || (name.size() >= 3 && name.size() <= 4 && day.starts_with(name))) return true;
  return false;
}

}  // namespace

std::string squeezed(std::string_view text) {
  std::string out;
  bool gap = false;
  for (size_t i = 0; i < text.size();) {
    const size_t from = i;
    if (is_blank(text::next_utf8(text, i))) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out.append(text.substr(from, i - from));
  }
  return out;
}

size_t columns(std::string_view text) { return text::display_width(text); }

size_t prose_words(std::string_view text) {
  size_t words = 0, east = 0, run = 0;
  bool letters = true;
  const auto close = [&] {
    if (run >= 2 && letters) ++words;
    run = 0;
    letters = true;
  };
  for (size_t i = 0; i < text.size();) {
    const char32_t c = text::next_utf8(text, i);
    if (is_blank(c)) {
      close();
    } else if (c < 0x80) {
      if (is_alpha(static_cast<char>(c))) ++run;
      else if (c != '\'' && c != ',' && c != '.' && c != '!' && c != '?' && c != ';' && c != ':' && c != '"' &&
               c != ')' && c != '(')
        letters = false;
    } else if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)) {
      ++east;
    } else if (c >= 0xC0 && c < 0x2000) {
      ++run;
    }
  }
  close();
  return words + east / 2;
}

std::string strip_staff(std::string_view name, const Words::Impl& words) {
  std::string_view s = bare(name);
  for (int n = 0; n < 3; ++n) {
    const size_t length = ends_with(s, words.staff);
    if (length == 0 || length == s.size()) break;
    const std::string_view rest = bare(s.substr(0, s.size() - length));
    if (rest.empty()) break;
    s = rest;
  }
  return squeezed(s);
}

Byline read_byline(std::string_view line, const Date& published, const Words::Impl& words) {
  Byline out;
  if (line.size() > kByline) return out;
  std::string_view s = bare(line);
  if (s.empty() || s.ends_with("。") || s.ends_with("！") || s.ends_with("？")) return out;
  if (trim(line).ends_with(".") && prose_words(line) >= 6) return out;

  // When: the dates are taken out of the line, with the words around them that only say what they are.
  std::string rest;
  size_t from = 0;
  bool relative = false;
  for (const WrittenDate& date : written_dates(s, 8, words)) {
    const bool absolute = date.what == WrittenDate::What::full;
    relative |= date.of_page;
    const bool no_year = date.what == WrittenDate::What::no_year;
    const bool closes = no_year && !date.year_shifted && !date.same_year && set_off(s.substr(0, date.at)) &&
                        without_clock(s.substr(date.at + date.length)).find_first_not_of(' ') == std::string::npos;
    if (!absolute && !date.of_page && !closes && !(no_year && published.known())) continue;
    if (closes) out.no_year = {0, date.month, date.day};
    std::string_view before = s.substr(from, date.at - from);
    const std::string_view label = bare(before);
    const size_t labelled = ends_with(label, words.published);
    if (labelled > 0) {
      before = before.substr(0, static_cast<size_t>(label.data() - before.data()) + label.size() - labelled);
      out.labelled = true;
    }
    if (absolute && (!out.date.known() || labelled > 0)) {
      const Date day{date.year, date.month, date.day};
      if (day.day <= days_in_month(day.year, day.month)) out.date = day;
    }
    if (absolute && date.day <= days_in_month(date.year, date.month) && out.dates.size() < 8)
      out.dates.push_back({date.year, date.month, date.day});
    rest.append(before).append("|");
    from = date.at + date.length;
    from += bracketed_day(s.substr(from));
    from += begins_with(s.substr(from), words.after_date);
  }
  rest.append(s.substr(from));
  const bool dated = out.date.known() || relative || out.no_year.month > 0;
  rest = without_clock(rest);

  // Who: of the parts that are left, the first that is neither a person nor furniture.
  size_t said = 0, persons = 0;
  bool kind = false;
  for (std::string_view part : parts_of(rest)) {
    part = bare(part);
    if (!has_letter(part)) continue;
    if (const size_t length = begins_with(part, words.author);
        length > 0 && (length < part.size() && (is_blank(static_cast<unsigned char>(part[length])) ||
                                                part.substr(length).starts_with("：") || part[length] == ':'))) {
      ++persons;
      // 「by the technology desk」 names nobody; "by Jane Roe, Site" names the site after it.
      continue;
    }
    bool noise = false;
    for (const std::string& word : words.noise) noise |= ifind(part, word) != std::string_view::npos;
    if (noise || begins_with(part, words.published) == part.size() || is_weekday(part, words)) continue;
    if (const size_t length = begins_with(part, words.publisher); length > 0 && length < part.size()) {
      const std::string_view name = bare(part.substr(length));
      const bool marked = part.substr(length).starts_with("：") || part[length] == ':' || is_alpha(part[0]);
      if (marked && !name.empty() && name.size() <= 80 && name.find("http") == std::string_view::npos) {
        out.publisher = strip_staff(name, words);
        out.is_byline = true;
        continue;
      }
    }
    ++said;
    const std::string lower = ascii_lower(part);
    if (words.kinds.contains(lower)) {
      kind = true;
      continue;
    }
    // "Court report, Lund": after the kind of text one word alone is where it was written.
    if (words.places.contains(lower)) continue;
    if (kind && is_alpha(part[0]) && part.find(' ') == std::string_view::npos) continue;
    const std::string name = without_issue(squeezed(part), words);
    const std::string stripped = strip_staff(name, words);
    // Names are short; a full-width blank within one parts its words.
    if (!out.publisher.empty() || stripped.empty() || columns(stripped) > 48) continue;
    bool only_staff = false;
    for (const std::string& word : words.staff) only_staff |= iequals(stripped, word);
    if (!only_staff) out.publisher = stripped;
  }
  out.is_byline |= (dated && said <= 3 && rest.size() <= 120) || (persons > 0 && said <= 2 && line.size() <= 120);
  if (!out.is_byline) out.publisher.clear();
  out.bare = out.date.known() && said == 0 && persons == 0 && out.publisher.empty();
  return out;
}

// A name: short, no sentence, no address; of Latin words the long ones have capitals, and Japanese ones do not end in
// kana, as clauses do.
std::string office_name(std::string_view line, const Words::Impl& words) {
  const std::string_view s = bare(line);
  if (s.empty() || columns(s) > 40 || !has_letter(s) || s.find_first_of("@:?!\"") != std::string_view::npos) return {};
  for (const std::string_view mark : {"、", "。", "：", "！", "？", "「", "『", "“"})
    if (s.find(mark) != std::string_view::npos) return {};
  size_t last = s.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(s[last]) & 0xC0) == 0x80) --last;
  if (const char32_t c = text::next_utf8(s, last); (c >= 0x3041 && c <= 0x309F) || c == '.' || c == ',') return {};
  if (s.find_first_of("0123456789") != std::string_view::npos) return {};
  for (const std::string_view word : split(s, ' '))
    if (word.size() > 3 && word[0] >= 'a' && word[0] <= 'z') return {};
  if (words.kinds.contains(ascii_lower(s)) || words.places.contains(ascii_lower(s))) return {};
  return strip_staff(s, words);
}

Date read_dateline(std::string_view paragraph, const Words::Impl& words) {
  const std::string_view head = trim(utf8_prefix(paragraph, 120));
  size_t end = std::string_view::npos;
  for (const std::string_view dash : {" - ", " -- ", "--", "—", "–", "―", "＝"}) end = std::min(end, head.find(dash));
  if (end == std::string_view::npos) return {};
  const std::string_view line = head.substr(0, end);
  const std::vector<WrittenDate> dates = written_dates(line, 2, words);
  if (dates.size() != 1 || (dates[0].what != WrittenDate::What::full && dates[0].what != WrittenDate::What::no_year) ||
      dates[0].either || dates[0].year_shifted || dates[0].same_year)
    return {};
  // Before the day stands a place, after it at most an agency: no lower-case word, no sentence.
  const std::string_view before = line.substr(0, dates[0].at), after = line.substr(dates[0].at + dates[0].length);
  const std::string_view place = bare(before);
  if (place.empty() || columns(place) > 40 || columns(after) > 40) return {};
  for (const std::string_view word : split(place, ' '))
    if (!word.empty() && (is_digit(word[0]) || (word[0] >= 'a' && word[0] <= 'z'))) return {};
  const std::string_view between = trim(after);
  if (!between.empty() && !between.starts_with("(") && !between.starts_with("/") && !between.starts_with("（") &&
      !between.starts_with(".") && !between.starts_with(","))
    return {};
  // "On Nov. 16" is how a sentence begins; a place is set off by a comma, or has two words, or is in capitals.
  const bool comma = trim(before).ends_with(",") || trim(before).ends_with("、");
  const bool capitals = std::none_of(place.begin(), place.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!comma && !capitals && !words.places.contains(ascii_lower(place))) return {};
  if (dates[0].what == WrittenDate::What::full && dates[0].day > days_in_month(dates[0].year, dates[0].month))
    return {};
  return {dates[0].year, dates[0].month, dates[0].day};
}

std::string site_of_title(std::string_view title, std::string_view headline) {
  static constexpr std::string_view kParting[] = {
      " | ", "｜", " - ", " – ", " — ", " :: ", " » ", "|", " ： ", " : ", " / ", "／"};
  const std::string whole = squeezed(title), head = squeezed(headline);
  if (!head.empty() && whole.size() > head.size() && whole.starts_with(head)) {
    const std::string_view tail = std::string_view(whole).substr(head.size());
    for (const std::string_view parting : kParting)
      if (tail.starts_with(parting) || (parting.front() == ' ' && tail.starts_with(parting.substr(1)))) {
        // The last part is the site's; sections may stand between.
        const size_t last = tail.rfind(parting);
        const std::string_view site = bare(tail.substr(last));
        if (!site.empty() && site.size() <= 100) return std::string(site);
      }
    return {};
  }
  if (!head.empty() && whole.ends_with(head)) {
    const std::string_view front = bare(std::string_view(whole).substr(0, whole.size() - head.size()));
    return front.size() <= 100 ? std::string(front) : std::string();
  }
  if (!head.empty()) return {};
  for (const std::string_view parting : kParting) {
    const size_t last = whole.rfind(parting);
    if (last == std::string::npos || last == 0) continue;
    const std::string_view site = bare(std::string_view(whole).substr(last + parting.size()));
    if (!site.empty() && columns(site) <= 40) return std::string(site);
  }
  return {};
}

Date machine_date(std::string_view value) {
  value = trim(value);
  if (const auto day = parse_iso_date(value.substr(0, 10)); day && day->day > 0) return *day;
  if (value.size() >= 8 && std::all_of(value.begin(), value.begin() + 8, is_digit)) {
    const std::string dashed =
        std::string(value.substr(0, 4)) + "-" + std::string(value.substr(4, 2)) + "-" + std::string(value.substr(6, 2));
    if (const auto day = parse_iso_date(dashed)) return *day;
  }
  for (const WrittenDate& date : written_dates(value.substr(0, 200), 4, Words::bundled().impl()))
    if (date.what == WrittenDate::What::full && date.day <= days_in_month(date.year, date.month))
      return {date.year, date.month, date.day};
  return {};
}

}  // namespace sekisho::article
