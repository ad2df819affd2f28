// Takes folded text, gives the days, contacts and live links in it. Entries: find_days, find_contacts, find_links.
// Refuses nothing: what is no date, such as 13月40日, is given with its numbers and judged by others.
#include "notice/values.h"

#include <algorithm>

#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::notice {
namespace {

bool host_char(char c) { return is_alnum(c) || c == '-' || c == '.'; }
bool high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// "a.example": labels of letters, digits and hyphens, the last of letters.
bool host_name(std::string_view s) {
  if (s.size() > 253 || s.find('.') == std::string_view::npos) return false;
  const auto labels = split(s, '.');
  for (const std::string_view l : labels)
    if (l.empty() || l.front() == '-' || l.back() == '-') return false;
  const std::string_view last = labels.back();
  return last.size() >= 2 && last.size() <= 24 && std::ranges::all_of(last, [](char c) { return is_alpha(c); });
}

bool dotted_quad(std::string_view s) {
  const auto parts = split(s, '.');
  return parts.size() == 4 && std::ranges::all_of(parts, [](std::string_view p) {
           return !p.empty() && p.size() <= 3 && std::ranges::all_of(p, is_digit);
         });
}

bool defanged(std::string_view target) {
  for (const std::string_view sign : {"[.]", "(.)", "{.}", "[dot]", "(dot)", "[:]", "hxxp", "fxp"})
    if (target.find(sign) != std::string_view::npos) return true;
  return false;
}

uint32_t link_end(std::string_view s, size_t from) {
  size_t i = from;
  constexpr size_t kLongest = 2'048;
  const size_t stop = std::min(s.size(), from + kLongest);
  while (i < stop && !high(s[i]) && s[i] != ' ' && s[i] != '<' && s[i] != '>' && s[i] != '"') ++i;
  return static_cast<uint32_t>(i);
}

}  // namespace

std::vector<Stretch> find_links(std::string_view s) {
  std::vector<Stretch> out;
  const auto add = [&](size_t from, size_t to) {
    if (!out.empty() && from < out.back().end()) return;
    out.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(std::max(to, from + 1) - from)});
  };
  constexpr size_t kHost = 253;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == ':' && s.substr(i).starts_with("://")) {
      size_t b = i;
      while (b > 0 && i - b < 12 && (is_alnum(s[b - 1]) || s[b - 1] == '*')) --b;
      const std::string_view scheme = s.substr(b, i - b);
      const std::string_view target = s.substr(i + 3, std::min<size_t>(link_end(s, i + 3) - i - 3, kHost));
      const std::string_view host = target.substr(0, target.find('/'));
      const bool live = scheme.ends_with("http") || scheme.ends_with("https") || scheme.ends_with("ftp");
      // A host in letters of another script is a host too.
      if (live && !defanged(host) && (!host.empty() || (i + 3 < s.size() && high(s[i + 3]))))
        add(b, link_end(s, i + 3));
    } else if (s[i] == 'w' && s.substr(i).starts_with("www.") &&
               (i == 0 || (!host_char(s[i - 1]) && s[i - 1] != '/'))) {
      size_t e = i;
      while (e < s.size() && e - i < kHost && host_char(s[e])) ++e;
      std::string_view host = s.substr(i, e - i);
      while (host.ends_with('.')) host.remove_suffix(1);
      if (host_name(host) && std::ranges::count(host, '.') >= 2) add(i, link_end(s, i));
    } else if (s[i] == '/' && i > 0 && host_char(s[i - 1]) && s[i - 1] != '.') {
      size_t b = i;
      while (b > 0 && i - b < kHost && host_char(s[b - 1])) --b;
      const std::string_view host = s.substr(b, i - b);
      const char before = b > 0 ? s[b - 1] : ' ';
      const bool path = i + 1 >= s.size() || !is_digit(s[i + 1]);
      if (before != '@' && before != '/' && before != ']' && before != ':' &&
          (host_name(host) || (dotted_quad(host) && path)))
        add(b, link_end(s, i));
    } else if (s[i] == ']' && s.substr(i).starts_with("](")) {
      const size_t close = s.substr(0, std::min(s.size(), i + 2000)).find(')', i);
      if (close == std::string_view::npos) continue;
      const std::string_view target = s.substr(i + 2, close - i - 2);
      if (is_ascii(target) && target.find(' ') == std::string_view::npos &&
          target.find_first_of("./:") != std::string_view::npos && !defanged(target))
        add(i, close + 1);
    } else if (s[i] == 'h' && (s.substr(i).starts_with("href=") || s.substr(i).starts_with("href ="))) {
      if (!defanged(s.substr(i, std::min<size_t>(link_end(s, i) - i + 60, kHost)))) add(i, i + 5);
    } else if (s[i] == 'j' && s.substr(i).starts_with("javascript:")) {
      add(i, i + 11);
    }
  }
  return out;
}

std::vector<Token> tokens(std::string_view s) {
  std::vector<Token> out;
  bool space = true;
  for (size_t i = 0; i < s.size();) {
    Token t;
    t.at = static_cast<uint32_t>(i);
    t.space_before = space;
    space = false;
    if (s[i] == ' ') {
      space = true;
      ++i;
      continue;
    }
    if (is_digit(s[i])) {
      t.kind = Token::Kind::number;
      size_t dots = 0;
      double scale = 1;
      while (i < s.size()) {
        if (is_digit(s[i])) {
          if (dots) t.value += (s[i] - '0') * (scale /= 10);
          else t.value = t.value * 10 + (s[i] - '0');
        } else if (s[i] == '.' && i + 1 < s.size() && is_digit(s[i + 1])) {
          ++dots;
        } else if (!(s[i] == ',' && i + 3 < s.size() && is_digit(s[i + 1]) && is_digit(s[i + 2]) &&
                     is_digit(s[i + 3]) && (i + 4 >= s.size() || !is_digit(s[i + 4])))) {
          break;
        }
        ++i;
      }
      if (dots > 1) t.kind = Token::Kind::version;
    } else if (is_alpha(s[i])) {
      t.kind = Token::Kind::word;
      while (i < s.size() && (is_alpha(s[i]) || (s[i] == '\'' && i + 1 < s.size() && is_alpha(s[i + 1])))) ++i;
    } else {
      text::next_utf8(s, i);
    }
    t.length = static_cast<uint32_t>(i - t.at);
    out.push_back(t);
  }
  return out;
}

namespace {

class DayReader {
 public:
  DayReader(std::string_view s, const Words& words) : s_(s), words_(words), tokens_(tokens(s)) {}

  Days read() {
    for (size_t i = 0; i < tokens_.size();) {
      const size_t next = one(i);
      if (next > i) i = next;
      else ++i;
    }
    return std::move(out_);
  }

 private:
  std::string_view text(size_t i) const {
    return i < tokens_.size() ? s_.substr(tokens_[i].at, tokens_[i].length) : std::string_view();
  }
  bool is(size_t i, std::string_view t) const { return text(i) == t; }
  // A whole number of at most four figures; -1: none.
  int number(size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind != Token::Kind::number || tokens_[i].length > 4) return -1;
    return text(i).find_first_not_of("0123456789") == std::string_view::npos ? static_cast<int>(tokens_[i].value) : -1;
  }
  bool glued(size_t i) const { return i < tokens_.size() && !tokens_[i].space_before; }
  int month(size_t i) const { return words_.month(text(i)); }
  bool ordinal(size_t i) const { return glued(i) && (is(i, "st") || is(i, "nd") || is(i, "rd") || is(i, "th")); }

  // The weekday in or without brackets after a date; moves i past it.
  int weekday_after(size_t& i) const {
    const bool bracket = is(i, "(");
    size_t k = i + (bracket || is(i, ",") ? 1 : 0);
    int day = words_.weekday_ja(text(k));
    if (day >= 0) {
      const bool named = is(k + 1, "曜");
      if (!bracket && !named) return -1;
      if (bracket && !named && !is(k + 1, ")") && !is(k + 1, "・") && !is(k + 1, "/") && !is(k + 1, "、")) return -1;
      k += named ? (is(k + 2, "日") ? 3 : 2) : 1;
      if (is(k, ")")) ++k;
    } else {
      day = words_.weekday(text(k));
      if (day < 0 || (!bracket && !is(i, ",") && text(k).size() < 6)) return -1;
      ++k;
      if (is(k, ".")) ++k;
      if (bracket && is(k, ")")) ++k;
    }
    i = k;
    return day;
  }

  size_t add(size_t from, size_t to, int year, int month, int day, int weekday) {
    FoundDay d;
    d.at = tokens_[from].at;
    d.length = tokens_[to - 1].end() - d.at;
    d.year = year;
    d.month = month;
    d.day = day;
    d.weekday = weekday;
    out_.days.push_back(d);
    return to;
  }

  int year_after(size_t& i) const {  // ", 2026" or "2026"
    const size_t k = is(i, ",") ? i + 1 : i;
    const int y = number(k);
    if (y < 1900 || y > 2200) return 0;
    i = k + 1;
    return y;
  }

  size_t one(size_t i) {
    int year = 0;
    size_t k = i;
    for (size_t e = 0; e < words_.eras.size(); ++e)
      if (s_.substr(tokens_[i].at).starts_with(words_.eras[e])) {
        size_t after = i;
        while (after < tokens_.size() && tokens_[after].at < tokens_[i].at + words_.eras[e].size()) ++after;
        if (number(after) > 0 && is(after + 1, "年")) {
          year = static_cast<int>(words_.era_years[e]) + number(after);
          k = after + 2;
        }
      }
    if (tokens_[i].kind == Token::Kind::number && number(i) >= 1900 && is(i + 1, "年")) {
      year = number(i);
      k = i + 2;
    }
    if (number(k) > 0 && is(k + 1, "月")) {
      const int m = number(k);
      if (number(k + 2) > 0 && is(k + 3, "日")) {
        const int d = number(k + 2);
        size_t to = k + 4;
        const int w = weekday_after(to);
        to = add(i, to, year, m, d, w);
        // "25日(水)~27日(金)"
        const bool range = is(to, "~") || is(to, "-") || is(to, "・") || is(to, "、");
        if (range && number(to + 1) > 0 && is(to + 2, "日")) {
          size_t end = to + 3;
          const int w2 = weekday_after(end);
          return add(to + 1, end, year, m, number(to + 1), w2);
        }
        return to;
      }
      const bool span = is(k + 2, "間") || is(k + 2, "々");
      return m <= 12 && !span ? add(i, k + 2, year, m, 0, -1) : i;
    }
    if (year) return i;
    if (tokens_[i].kind == Token::Kind::version) {  // 2026.11.25
      const auto parts = split(text(i), '.');
      if (parts.size() == 3 && parts[0].size() == 4) {
        const auto value = [](std::string_view p) { return p.size() > 4 ? 0 : std::stoi(std::string(p)); };
        size_t to = i + 1;
        const int w = weekday_after(to);
        return add(i, to, value(parts[0]), value(parts[1]), value(parts[2]), w);
      }
      return i;
    }
    if (const int n = number(i); n >= 0) return from_number(i, n);
    if (tokens_[i].kind == Token::Kind::word) return from_word(i);
    if (const int w = words_.weekday_ja(text(i)); w >= 0 && is(i + 1, "曜")) {
      add_weekday(i, w, is(i + 2, "日") ? i + 3 : i + 2);
      return i + 2;
    }
    return i;
  }

  void add_weekday(size_t from, int w, size_t to) {
    FoundWeekday f;
    f.at = tokens_[from].at;
    f.length = tokens_[to - 1].end() - f.at;
    f.weekday = w;
    out_.weekdays.push_back(f);
  }

  size_t from_number(size_t i, int n) {
    const bool slash = is(i + 1, "/"), dash = is(i + 1, "-");
    if ((slash || dash) && glued(i + 1) && glued(i + 2) && number(i + 2) > 0) {
      const int m = number(i + 2);
      if (n >= 1900 && text(i + 3) == text(i + 1) && glued(i + 4) && number(i + 4) > 0) {
        size_t to = i + 5;
        const int w = weekday_after(to);
        return add(i, to, n, m, number(i + 4), w);
      }
      if (slash && is(i + 3, "/") && number(i + 4) >= 1900) {
        const bool day_first = n > 12;
        size_t to = i + 5;
        const int w = weekday_after(to);
        return add(i, to, number(i + 4), day_first ? m : n, day_first ? n : m, w);
      }
      if (slash && n <= 12 && m <= 31) {
        size_t to = i + 3;
        const int w = weekday_after(to);
        const bool until = is(to, "ま") || is(to, "に") || is(to, "締") || is(to, "迄");
        if (w >= 0 || until) return add(i, to, 0, n, m, w);
      }
      // "25-27 November"
      if (dash && n <= 31 && m <= 31 && month(i + 3)) {
        size_t to = i + 4;
        const int year = year_after(to);
        add(i, i + 1, year, month(i + 3), n, -1);
        return add(i + 2, to, year, month(i + 3), m, -1);
      }
    }
    if (n < 1 || n > 31) return i;
    size_t k = i + 1;
    const bool th = ordinal(k);
    if (th) ++k;
    if (is(k, "of")) ++k;
    if ((is(k, "-") || is(k, "–")) && glued(k)) ++k;  // 25-Nov-2026
    if (const int m = month(k); m && tokens_[k].kind == Token::Kind::word) {
      size_t to = k + 1;
      if (is(to, ".")) ++to;
      if (is(to, "-") && number(to + 1) >= 1900) ++to;
      const int year = year_after(to);
      const int before = weekday_before(i);
      const int w = before >= 0 ? before : weekday_after(to);
      return add(i, to, year, m, n, w);
    }
    // "20日まで": a day of the month, not a duration.
    for (const std::string_view after : {"ま", "以", "付", "時点"})
      if (is(i + 1, "日") && s_.substr(std::min<size_t>(s_.size(), tokens_[i + 1].end())).starts_with(after) &&
          (i == 0 || !(is(i - 1, "去") || is(i - 1, "約") || is(i - 1, "近"))) && !is(i + 3, "内"))
        return add(i, i + 2, 0, 0, n, -1);
    if (is(i + 1, "日") && is(i + 2, "(")) {
      size_t to = i + 2;
      if (const int w = weekday_after(to); w >= 0) return add(i, to, 0, 0, n, w);
    }
    if (th) {
      if (const int w = weekday_before(i); w >= 0) return add(i, i + 2, 0, 0, n, w);
      // "up to the 20th", not "the 20th floor"
      const bool alone = k >= tokens_.size() || tokens_[k].kind != Token::Kind::word || is(k, "and") || is(k, "to");
      if (i > 0 && is(i - 1, "the") && alone) return add(i, i + 2, 0, 0, n, -1);
    }
    return i;
  }

  // "Wednesday, the 25th": looks back from the number. The weekday was taken as one that stands alone.
  int weekday_before(size_t i) {
    size_t k = i;
    while (k > 0 && (is(k - 1, ",") || is(k - 1, "the") || is(k - 1, ".") || is(k - 1, "("))) --k;
    if (k == 0) return -1;
    const int w = words_.weekday(text(k - 1));
    if (w >= 0 && !out_.weekdays.empty() && out_.weekdays.back().at == tokens_[k - 1].at) out_.weekdays.pop_back();
    return w;
  }

  size_t from_word(size_t i) {
    const int m = month(i);
    if (m && number(i + 1) > 0 && number(i + 1) <= 31) {
      size_t to = i + 2;
      const int d = number(i + 1);
      if (ordinal(to)) ++to;
      int second = 0;
      if (is(to, "-") && number(to + 1) > 0 && number(to + 1) <= 31) {
        second = number(to + 1);
        to += 2;
      }
      const int year = year_after(to);
      const int before = weekday_before(i);
      const int w = before >= 0 ? before : weekday_after(to);
      add(i, to, year, m, d, w);
      if (second) add(i, to, year, m, second, -1);
      return to;
    }
    if (m && is(i + 1, ".") && number(i + 2) > 0 && number(i + 2) <= 31) {  // Nov. 25
      size_t to = i + 3;
      const int year = year_after(to);
      const int before = weekday_before(i);
      return add(i, to, year, m, number(i + 2), before);
    }
    if (m && number(i + 1) >= 1900) return add(i, i + 2, number(i + 1), m, 0, -1);
    // A month alone; "may" and "march" are verbs too.
    constexpr size_t kSure = 6;
    const bool led = i > 0 && (is(i - 1, "in") || is(i - 1, "since") || is(i - 1, "of") || is(i - 1, "until"));
    if (m && (text(i).size() >= kSure || led)) return add(i, i + 1, 0, m, 0, -1);
    // A short name alone may be another word ("sun", "sat"): only weekday_before asks for it.
    if (const int w = words_.weekday(text(i)); w >= 0 && text(i).size() >= 6) add_weekday(i, w, i + 1);
    return i;
  }

  std::string_view s_;
  const Words& words_;
  std::vector<Token> tokens_;
  Days out_;
};

}  // namespace

Days find_days(std::string_view folded, const Words& words) { return DayReader(folded, words).read(); }

std::vector<FoundContact> find_contacts(std::string_view s, const std::vector<Hit>& hits, const Days& days) {
  std::vector<FoundContact> out;
  const auto add = [&](size_t from, size_t to, FoundContact::Kind kind, std::string value) {
    FoundContact c;
    c.at = static_cast<uint32_t>(from);
    c.length = static_cast<uint32_t>(to - from);
    c.kind = kind;
    c.value = std::move(value);
    out.push_back(std::move(c));
  };
  const auto local = [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '+' || c == '-' || c == '%'; };
  constexpr size_t kLongest = 254;
  for (size_t i = s.find('@'); i != std::string_view::npos; i = s.find('@', i + 1)) {
    size_t b = i, e = i + 1;
    while (b > 0 && i - b < 64 && local(s[b - 1])) --b;
    while (e < s.size() && e - i < kLongest && host_char(s[e])) ++e;
    while (e > i && (s[e - 1] == '.' || s[e - 1] == '-')) --e;
    if (b < i && host_name(s.substr(i + 1, e - i - 1)))
      add(b, e, FoundContact::Kind::email, std::string(s.substr(b, e - b)));
  }
  for (const Hit& h : hits) {
    if (h.word != Word::extension) continue;
    size_t i = h.end();
    for (int skipped = 0; i < s.size() && skipped < 4 && !is_digit(s[i]); ++skipped) text::next_utf8(s, i);
    size_t e = i;
    while (e < s.size() && is_digit(s[e])) ++e;
    if (e - i >= 2 && e - i <= 6)
      if (out.empty() || out.back().kind != FoundContact::Kind::extension || out.back().end() != e)
        add(i, e, FoundContact::Kind::extension, std::string(s.substr(i, e - i)));
  }
  for (size_t i = 0; i < s.size();) {
    const char before = i > 0 ? s[i - 1] : ' ';
    if (s[i] == '#' && !is_alnum(before) && before != '&' && i + 1 < s.size()) {
      size_t e = i + 1;
      bool letter = false;
      while (e < s.size() && e - i < 80 && (is_alnum(s[e]) || s[e] == '-' || s[e] == '_' || high(s[e]))) {
        if (s.substr(e).starts_with("、") || s.substr(e).starts_with("。") || s.substr(e).starts_with("」")) break;
        letter |= !is_digit(s[e]);
        ++e;
      }
      // The name of a channel in Latin letters ends where Japanese goes on: "#it-helpまで".
      if (is_alpha(s[i + 1]))
        for (size_t k = i + 1; k < e; ++k)
          if (high(s[k])) e = k;
      if (letter && e - i >= 3) add(i, e, FoundContact::Kind::channel, std::string(s.substr(i, e - i)));
      i = std::max(e, i + 1);
      continue;
    }
    if ((is_digit(s[i]) || s[i] == '+') && !is_alnum(before) && before != '-' && before != '.') {
      size_t e = i, digits = 0, last = i;
      bool joined = s[i] == '+';
      while (e < s.size() && e - i < 24 &&
             (is_digit(s[e]) || s[e] == '-' || s[e] == '(' || s[e] == ')' || s[e] == ' ' || (e == i && s[e] == '+'))) {
        if (is_digit(s[e])) ++digits, last = e + 1;
        else if (digits && e + 1 < s.size() && (is_digit(s[e + 1]) || s[e + 1] == '(')) joined = true;
        ++e;
      }
      const bool is_day = std::ranges::any_of(days.days, [&](const FoundDay& d) { return d.at <= i && i < d.end(); });
      if (digits >= 9 && digits <= 15 && joined && !is_day) {
        std::string number;
        for (size_t k = i; k < last; ++k)
          if (is_digit(s[k])) number += s[k];
        if (s[i] == '+' && number.starts_with("81")) number = (number[2] == '0' ? "" : "0") + number.substr(2);
        add(i, last, FoundContact::Kind::phone, number);
        i = last;
        continue;
      }
      while (i < s.size() && (is_digit(s[i]) || s[i] == '+')) ++i;
      continue;
    }
    ++i;
  }
  return out;
}

}  // namespace sekisho::notice
