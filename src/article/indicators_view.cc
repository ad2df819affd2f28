// Takes a text; gives its atoms: characters folded and refanged, each with the bytes that it stands for. Entry:
// atoms_of. Refuses nothing; ill-formed UTF-8 is U+FFFD. One pass with a look ahead of some twenty characters.
#include <algorithm>
#include <array>

#include "article/indicators_parts.h"
#include "text/charset.h"

namespace sekisho::article::internal {
namespace {

bool invisible(char32_t c) {
  return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

bool any_space(char32_t c) {
  return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

// One character as ASCII or another plain form of itself; flags say how it was written.
char32_t folded(char32_t c, uint8_t& flags) {
  if (c < 0x80) return c;
  if (any_space(c)) return ' ';
  if (c >= 0xff01 && c <= 0xff5e) {
    flags |= kWide;
    return c - 0xfee0;
  }
  if (c >= 0x1d400 && c <= 0x1d6a3) {  // mathematical letters, 26 capitals and 26 small ones after each other
    const char32_t letter = (c - 0x1d400) % 52;
    return letter < 26 ? 'A' + letter : 'a' + letter - 26;
  }
  if (c >= 0x1d7ce && c <= 0x1d7ff) return '0' + (c - 0x1d7ce) % 10;
  if (c >= 0x24b6 && c <= 0x24cf) return 'A' + (c - 0x24b6);
  switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2212:
    case 0xfe63:
      return '-';
    case 0xff61:
      return 0x3002;
    case 0xff65:
      return 0x30fb;
    case 0x2024:
    case 0xfe52:
      flags |= kFanged;
      return '.';
    case 0xfe6b:
    case 0x24d0:
      flags |= kFanged;
      return '@';
    case 0xfe55:
    case 0x2236:
      return ':';
    case 0x2044:
    case 0x2215:
      return '/';
    case 0xff62:
      return 0x300c;
    case 0xff63:
      return 0x300d;
    default:
      return c;
  }
}

// "&#46;", "&#x2e;" for the marks of an address: what they stand for; 0: none of these.
char32_t entity(std::string_view s, size_t& length) {
  if (!s.starts_with("&#")) return 0;
  const bool sixteen = s.size() > 2 && (s[2] == 'x' || s[2] == 'X');
  size_t i = sixteen ? 3 : 2;
  char32_t value = 0;
  for (const size_t first = i; i < s.size() && i < first + 4 && hex_digit(s[i]) >= 0; ++i)
    value = value * (sixteen ? 16 : 10) + static_cast<char32_t>(hex_digit(s[i]));
  if (i >= s.size() || s[i] != ';' || (value != '.' && value != '@' && value != ':' && value != '/')) return 0;
  length = i + 1;
  return value;
}

std::vector<Atom> characters(std::string_view text) {
  std::vector<Atom> out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    Atom a;
    a.at = static_cast<uint32_t>(i);
    const auto byte = static_cast<unsigned char>(text[i]);
    size_t length = 0;
    if (byte == '&' && (a.c = entity(text.substr(i, 10), length)) != 0) {
      a.flags = kFanged;
      i += length;
    } else if (byte == '\\' && i + 1 < text.size() &&
               std::string_view(".[](){}/_-@:*<>").find(text[i + 1]) != text.npos && (i == 0 || text[i - 1] != '\\')) {
      a.c = static_cast<unsigned char>(text[i + 1]);
      a.flags = kEscaped;
      if (a.c == '.' || a.c == '@') a.flags |= kFanged;
      i += 2;
    } else if (byte < 0x80) {
      a.c = byte;
      ++i;
    } else {
      const char32_t c = text::next_utf8(text, i);
      if (invisible(c)) continue;
      a.c = folded(c, a.flags);
    }
    a.end = static_cast<uint32_t>(i);
    out.push_back(a);
  }
  return out;
}

char32_t closing(char32_t open) {
  static constexpr std::array<std::array<char32_t, 2>, 10> kPairs{{{'[', ']'},
                                                                   {'(', ')'},
                                                                   {'{', '}'},
                                                                   {'<', '>'},
                                                                   {0x3010, 0x3011},
                                                                   {0x3014, 0x3015},
                                                                   {0x3008, 0x3009},
                                                                   {0x300a, 0x300b},
                                                                   {0x300c, 0x300d},
                                                                   {0x300e, 0x300f}}};
  for (const auto& pair : kPairs)
    if (pair[0] == open) return pair[1];
  return 0;
}

bool label_like(char32_t c) {
  const Class k = class_of(c);
  return k != Class::other || c == '-' || c == '_' || is_mask_sign(c);
}
bool latin_like(char32_t c) {
  const Class k = class_of(c);
  return k == Class::latin || k == Class::digit;
}

class Refanging {
 public:
  Refanging(const std::vector<Atom>& in, const Cues::Impl& cues) : in_(in), cues_(cues) { out_.reserve(in.size()); }

  std::vector<Atom> run() {
    for (size_t i = 0; i < in_.size();) {
      size_t next = i;
      const char32_t c = in_[i].c;
      if (closing(c) != 0) next = bracket(i);
      else if (c == ' ' && this->c(i + 1) == U'@' && this->c(i + 2) == ' ') next = spaced_at(i);
      else if (c == ' ' && this->c(i + 1) == U'.' && this->c(i + 2) == ' ' && digit_beside(i))
        emit('.', i, i + 3, kSpaced), next = i + 3;
      else if (c == ' ') next = spoken(i + 1, true, i);
      else if (c == '_') next = underscored(i);
      else if (class_of(c) == Class::kana && !out_.empty() && latin_like(out_.back().c)) next = spoken(i, false, i);
      if (next == i && (c == '[' || c == '.' || c == ']')) next = half_bracket(i);
      if (next == i) {
        out_.push_back(in_[i]);
        ++next;
      }
      i = next;
    }
    return std::move(out_);
  }

 private:
  char32_t c(size_t i) const { return i < in_.size() ? in_[i].c : 0; }

  void emit(char32_t what, size_t from, size_t to, uint8_t flags) {
    out_.push_back({what, in_[from].at, in_[to - 1].end, static_cast<uint8_t>(flags | kFanged)});
  }

  std::string word(size_t from, size_t to) const {
    std::string s;
    for (size_t i = from; i < to; ++i) text::append_utf8(s, in_[i].c);
    return ascii_lower(s);
  }

  // "[.]", "(dot)", "【ドット】", "[:]", "[://]", "http[s]": where it ends.
  size_t bracket(size_t i) {
    const char32_t close = closing(c(i));
    size_t from = i + 1;
    while (from < i + 3 && c(from) == ' ') ++from;
    size_t to = from;
    while (to < from + 8 && c(to) != 0 && c(to) != close && c(to) != ' ' && c(to) != '\n') ++to;
    size_t end = to;
    while (end < to + 2 && c(end) == ' ') ++end;
    if (to == from || c(end) != close) return i;
    ++end;
    const std::string inside = word(from, to);
    if (inside == "s" && c(i) == '[' && !out_.empty() && (out_.back().c == 'p' || out_.back().c == 'P')) {
      emit('s', i, end, 0);
      return end;
    }
    char32_t mark = 0;
    if (cues_.dot_words.contains(inside)) mark = '.';
    else if (cues_.at_words.contains(inside)) mark = '@';
    else if (to - from == 1) {
      const char32_t only = c(from);
      mark = only == ',' || only == 0x3002 || only == 0x30fb ? U'.' : only;
      if (mark != '.' && mark != '@' && mark != ':' && mark != '/') return i;
    } else if (to - from <= 3) {
      for (size_t k = from; k < to; ++k)
        if (c(k) != ':' && c(k) != '/' && c(k) != '.') return i;
      emit(c(from), i, end, 0);
      for (size_t k = from + 1; k < to; ++k) out_.push_back({c(k), in_[end - 1].end, in_[end - 1].end, kFanged});
      return end;
    } else {
      return i;
    }
    return joint(mark, i, end);
  }

  // A mark with perhaps a space on either side, which is swallowed when letters stand beyond both.
  size_t joint(char32_t mark, size_t from, size_t end) {
    uint8_t flags = 0;
    const bool before = out_.size() >= 2 && out_.back().c == ' ' && label_like(out_[out_.size() - 2].c);
    const bool after = c(end) == ' ' && label_like(c(end + 1));
    const bool touches = !out_.empty() && label_like(out_.back().c);
    if ((mark == '.' || mark == '@') && (before || after) && (before || touches) && (after || label_like(c(end)))) {
      flags = kSpaced;
      if (before) out_.pop_back();
      if (after) ++end;
      // The letters on both sides keep their own bytes; the mark covers all that lies between.
    }
    emit(mark, from, end, flags);
    return end;
  }

  // "vault[.example", "vault.]example", "vault.[example".
  size_t half_bracket(size_t i) {
    if (out_.empty() || !latin_like(out_.back().c)) return i;
    const bool open = c(i) == '[' && c(i + 1) == '.';
    const bool close = c(i) == '.' && c(i + 1) == ']';
    const bool turned = (c(i) == '.' && c(i + 1) == '[') || (c(i) == ']' && c(i + 1) == '.');
    if ((!open && !close && !turned) || !latin_like(c(i + 2))) return i;
    if (close || c(i) == ']') {  // "[203.0.113.14.]x" would be an ordinary pair
      size_t back = out_.size();
      for (size_t steps = 0; back > 0 && steps < 64 && (latin_like(out_[back - 1].c) || out_[back - 1].c == '-');
           ++steps)
        --back;
      if (back > 0 && out_[back - 1].c == '[') return i;
    }
    emit('.', i, i + 2, 0);
    return i + 2;
  }

  std::string last_word() const {
    size_t from = out_.size();
    while (from > 0 && out_.size() - from < 24 && (latin_like(out_[from - 1].c) || out_[from - 1].c == '-')) --from;
    std::string s;
    for (size_t i = from; i < out_.size(); ++i) text::append_utf8(s, out_[i].c);
    return ascii_lower(s);
  }
  // The word at `from`, to the next space; "" if it is longer than a word for a mark may be.
  std::string next_word(size_t from, size_t& end, bool spaced) const {
    end = from;
    while (end < from + 24 && end < in_.size() &&
           (spaced ? latin_like(in_[end].c) || class_of(in_[end].c) == Class::kana || in_[end].c == '-'
                   : class_of(in_[end].c) == Class::kana))
      ++end;
    return word(from, end);
  }

  // " dot " or "ドット" between two words.
  size_t spoken(size_t from, bool spaced, size_t begin) {
    if (out_.empty() || !latin_like(out_.back().c)) return begin;
    // Words for marks are short: anything else is told by its length before any string is made.
    size_t end = from;
    while (end < from + 9 && end < in_.size() &&
           (class_of(in_[end].c) == Class::kana || (spaced && class_of(in_[end].c) == Class::latin)))
      ++end;
    if (end == from || end == from + 9) return begin;
    if (spaced && (c(end) != ' ' || !latin_like(c(end + 1)))) return begin;
    if (!spaced && !latin_like(c(end))) return begin;
    const std::string said = word(from, end);
    const bool dot = cues_.spoken_dots.contains(said), at = cues_.spoken_ats.contains(said);
    if (!dot && !at) return begin;
    const size_t after = spaced ? end + 1 : end;
    size_t word_end = after;
    const std::string next = next_word(after, word_end, true);
    const std::string last = last_word();
    if (spaced && (cues_.glue_words.contains(last) || cues_.glue_words.contains(next))) return begin;
    bool capitals = true;  // "AT", "DOT": said on purpose
    for (size_t i = from; i < end; ++i) capitals = capitals && in_[i].c >= 'A' && in_[i].c <= 'Z';
    if (spaced && at) {
      if (!capitals && (cues_.no_local.contains(last) || last.ends_with("ed") || last.ends_with("ing"))) return begin;
      // Only where the host goes on with a spoken dot: "at" alone is a word like any other.
      if (c(word_end) != ' ') return begin;
      size_t dot_end = word_end + 1;
      const std::string then = next_word(word_end + 1, dot_end, true);
      if (!cues_.spoken_dots.contains(then)) return begin;
    }
    out_.push_back({dot ? U'.' : U'@', in_[begin].at, in_[after - 1].end, kFanged | kSpaced});
    return after;
  }

  // "203 . 0 . 113 . 9"
  bool digit_beside(size_t i) const {
    const auto digit = [](char32_t d) { return class_of(d) == Class::digit; };
    if (out_.size() < 2 || !digit(out_.back().c) || !digit(c(i + 3))) return false;
    return digit(out_[out_.size() - 2].c) || digit(c(i + 4));  // "5 . 6" counts chapters
  }

  // "jiro @ bad.example": an address, unless the word before is none that one has.
  size_t spaced_at(size_t i) {
    if (out_.empty() || !latin_like(out_.back().c) || !latin_like(c(i + 3))) return i;
    const std::string last = last_word();
    if (cues_.glue_words.contains(last) || cues_.no_local.contains(last) || last.ends_with("ed") ||
        last.ends_with("ing"))
      return i;
    out_.push_back({'@', in_[i].at, in_[i + 2].end, kFanged | kSpaced});
    return i + 3;
  }

  // "jiro_at_bad_dot_example"
  size_t underscored(size_t i) {
    if (out_.empty() || !latin_like(out_.back().c)) return i;
    size_t end = i + 1;
    while (end < i + 5 && class_of(c(end)) == Class::latin) ++end;
    if (end == i + 1 || c(end) != '_' || !latin_like(c(end + 1))) return i;
    const std::string said = word(i + 1, end);
    const bool dot = cues_.spoken_dots.contains(said);
    if (!dot && !cues_.spoken_ats.contains(said)) return i;
    emit(dot ? U'.' : U'@', i, end + 1, 0);
    return end + 1;
  }

  const std::vector<Atom>& in_;
  const Cues::Impl& cues_;
  std::vector<Atom> out_;
};

bool may_be_at(char32_t c) {
  return c == 0x25cf || c == 0x25cb || c == 0x25ef || c == 0x25ce || c == 0x2606 || c == 0x2605 || c == 0x25c6 ||
         c == 0x25c7 || c == 0x25a0 || c == 0x25a1 || c == 0x25b2 || c == 0x25b3;
}

// "(replace # with @)", "★を@に": signs that a legend declares.
void read_legend(std::vector<Atom>& atoms, const Cues::Impl& cues) {
  std::vector<char32_t> signs;
  for (size_t i = 0; i < atoms.size(); ++i) {
    if (atoms[i].c != '@' || (i > 0 && latin_like(atoms[i - 1].c)) ||
        (i + 1 < atoms.size() && latin_like(atoms[i + 1].c)))
      continue;
    char32_t sign = 0;
    for (size_t k = i; k > 0 && i - k < 12 && sign == 0; --k) {
      const char32_t c = atoms[k - 1].c;
      if (c == '\n') break;
      if (may_be_at(c) || is_mask_sign(c) || c == '#' || c == '$' || c == '%' || c == '!' || c == '~' || c == '^' ||
          c == '+' || c == '=')
        sign = c;
    }
    if (sign == 0 || std::find(signs.begin(), signs.end(), sign) != signs.end()) continue;
    std::string around;
    for (size_t k = i > 24 ? i - 24 : 0; k < atoms.size() && k < i + 24; ++k) text::append_utf8(around, atoms[k].c);
    around = ascii_lower(around);
    for (const std::string& word : cues.at_legend)
      if (around.find(word) != std::string::npos) {
        signs.push_back(sign);
        break;
      }
  }
  if (signs.empty()) return;
  for (size_t i = 1; i + 1 < atoms.size(); ++i)
    if (std::find(signs.begin(), signs.end(), atoms[i].c) != signs.end() && label_like(atoms[i - 1].c) &&
        latin_like(atoms[i + 1].c) && class_of(atoms[i - 1].c) != Class::kana && !is_mask_sign(atoms[i - 1].c))
      atoms[i].flags |= kAtSign;
}

}  // namespace

Class class_of(char32_t c) {
  if (c < 0x80) {
    if (c >= '0' && c <= '9') return Class::digit;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Class::latin : Class::other;
  }
  if (c < 0xaa || c == 0xd7 || c == 0xf7) return Class::other;
  if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba ? Class::latin : Class::other;
  if (c < 0xe00) return Class::latin;
  if (c < 0x1100) return Class::kana;  // Thai, Lao, Tibetan, Burmese
  if (c < 0x1200) return Class::kana;  // Hangul letters
  if (c < 0x2000) return c == 0x1680 ? Class::other : Class::latin;
  if (c >= 0x2c00 && c < 0x2e00) return Class::latin;
  if (c == 0x3005 || c == 0x3006 || (c >= 0x3041 && c <= 0x30ff && c != 0x30fb && c != 0x30a0)) return Class::kana;
  if ((c >= 0x31f0 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) ||
      (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff66 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff))
    return Class::kana;
  if ((c >= 0xa000 && c <= 0xabff) || (c >= 0x10000 && c <= 0x16fff)) return Class::latin;
  return Class::other;
}

bool is_mask_sign(char32_t c) {
  switch (c) {
    case '*':
    case 0xd7:
    case 0x2588:
    case 0x2715:
    case 0x2716:
    case 0x3007:
    case 0x2217:
      return true;
    default:
      return may_be_at(c);
  }
}

std::vector<Atom> atoms_of(std::string_view text, const Cues::Impl& cues) {
  text = text.substr(0, 0xfffffff0U);
  const auto chars = characters(text);
  auto out = Refanging(chars, cues).run();
  read_legend(out, cues);
  return out;
}

size_t View::mask_end(size_t i, bool single) const {
  if (i >= size() || !is_mask_sign(c(i)) || (flags(i) & kAtSign) != 0) return i;
  size_t end = i;
  while (end < size() && is_mask_sign(c(end))) ++end;
  return end - i >= 2 || single ? end : i;
}

bool View::at_sign(size_t i) const {
  if (c(i) == '@' || (flags(i) & kAtSign) != 0) return true;
  return may_be_at(c(i)) && i > 0 && latin(i - 1) && latin(i + 1);
}

std::string View::utf8(size_t from, size_t to) const {
  std::string s;
  for (size_t i = from; i < to && i < atoms.size(); ++i) text::append_utf8(s, atoms[i].c);
  return s;
}

bool View::fanged(size_t from, size_t to) const {
  for (size_t i = from; i < to && i < atoms.size(); ++i)
    if ((atoms[i].flags & kFanged) != 0) return true;
  return false;
}

}  // namespace sekisho::article::internal
